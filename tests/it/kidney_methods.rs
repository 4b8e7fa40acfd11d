//! How a kidney function was measured, a reported one, and dialysis. Worked out by hand beside each.

use posology::course::event::How;
use posology::course::{Answered, Course, Measurement};
use posology::finding::{Finding, Lift, Severity};
use posology::plan::{self, Options, Plan};
use posology::quantity::{Age, Creatinine, Gfr, Sex};
use posology::regimen::Regimen;
use posology::subject::{Fact, Subject};
use posology::tui::session::FieldId;

use serde_json::json;

use crate::program::Home;
use crate::support::{TWO_WEEKS, date, dose, drug, one_phase, planned, site, subject};
use crate::tui_record::Interface;

fn carboplatin(more: &str) -> Regimen {
    let gfr = format!(
        "gfr = {{ formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"125 mL/min\", places = 1, recalculate = \"every cycle\"{more} }}"
    );
    let lines = format!("route = \"intravenous\"\ndose = \"AUC 5\"\ndays = [1]\nround = \"none\"\n{gfr}");
    one_phase(TWO_WEEKS, &drug("a", &lines))
}

fn measured(gfr: &str) -> Course {
    let known = Subject { age: Age::read("40").ok(), sex: Some(Sex::Female), ..subject("145", "52.2") };
    Course::new(date("2026-12-07"), Subject { gfr: Some(Gfr::read(gfr).unwrap()), ..known })
}

fn made(regimen: &Regimen, course: &Course) -> Result<Plan, Vec<Finding>> {
    plan::plan(regimen, course, &site(), Options::default())
}

/// 5 × (125 + 25) = 750 mg where it counts as estimated; 5 × (150 + 25) = 875 mg where the method is one the file does not cap;
/// 95 × 1.45 ÷ 1.73 = 79.6, 5 × 104.6 = 523 mg.
#[test]
fn the_cap_is_for_what_was_estimated() {
    let capped = carboplatin("");
    let uncapped = carboplatin(", uncapped = [\"iohexol\", \"DTPA\"]");
    let of = |regimen: &Regimen, gfr: &str| dose(&planned(regimen, &measured(gfr)), "a", 1, 1);
    assert_eq!(of(&uncapped, "150 mL/min"), "750 mg");
    assert_eq!(of(&uncapped, "150 mL/min by iohexol"), "875 mg");
    assert_eq!(of(&uncapped, "150 mL/min (99mTc-DTPA)"), "875 mg");
    assert_eq!(of(&uncapped, "150 mL/min by EDTA"), "750 mg");
    assert_eq!(of(&uncapped, "150 mL/min by timed urine"), "750 mg");
    assert_eq!(of(&capped, "150 mL/min by iohexol"), "750 mg");
    assert_eq!(of(&capped, "95 mL/min/1.73m2"), "523 mg");
    // Above 250 a reason is enough only where the cap applies.
    let grade = |regimen: &Regimen, gfr: &str| {
        let findings = made(regimen, &measured(gfr)).map_or_else(|findings| findings, |plan| plan.findings);
        findings.into_iter().find(|one| one.code.name() == "gfr-range").map(|one| one.severity)
    };
    assert_eq!(grade(&uncapped, "260 mL/min"), Some(Severity::Warn));
    assert_eq!(grade(&uncapped, "260 mL/min by iohexol"), Some(Severity::Confirm));
}

/// A GFR of 39.99 is 40.0 with one decimal, and the row from 40 is taken: told with both rows, and with the figure that was
/// found. 39.94 is 39.9, and 40 is in the row by itself.
#[test]
fn a_row_that_only_the_rounded_figure_lies_in_is_told() {
    let rows =
        r#"{ gfr = { below = "40 mL/min" }, dose = "50 mg" }, { gfr = { from = "40 mL/min" }, dose = "100 mg" }"#;
    let gfr = "gfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"none\", places = 1, recalculate = \"every cycle\" }";
    let lines = format!("route = \"intravenous\"\ntable = [{rows}]\ndays = [1, 8]\nround = \"none\"\n{gfr}");
    let regimen = one_phase(TWO_WEEKS, &drug("a", &lines));
    for (found, given, told) in [
        ("39.99 mL/min", "100 mg", true),
        ("39.95 mL/min by iohexol", "100 mg", true),
        ("39.94 mL/min", "50 mg", false),
        ("40 mL/min", "100 mg", false),
        ("40.04 mL/min", "100 mg", false),
    ] {
        let plan = made(&regimen, &measured(found)).unwrap();
        assert_eq!(dose(&plan, "a", 1, 1), given, "{found}");
        let findings: Vec<&Finding> = plan.findings.iter().filter(|one| one.code.name() == "gfr-rounded").collect();
        assert_eq!(findings.len(), usize::from(told), "{found}: {findings:?}");
        for one in findings {
            assert_eq!(one.severity, Severity::Warn);
            let figure = found.split(' ').next().unwrap();
            let words = format!(
                "the GFR of {figure} mL/min is rounded to 40 and then lies in the row of 100 mg; unrounded it lies in the row of 50 mg."
            );
            assert!(one.text.contains(&words), "{}", one.text);
        }
    }
}

#[test]
fn every_way_of_writing_a_kidney_function_reads_back() {
    for text in ["150 mL/min by iohexol", "88.5 mL/min by EDTA", "70 mL/min by timed urine", "dialysis", "85 mL/min"] {
        let read = Gfr::read(text).unwrap();
        assert_eq!(read.to_string(), text);
        assert_eq!(Gfr::read(&read.to_string()), Ok(read));
    }
    for (text, told) in [
        ("150 mL/min by guess", "names the method \"guess\""),
        ("80 mL/min/1.73m2 by iohexol", "is measured and indexed"),
        ("0 mL/min", "is zero"),
    ] {
        let error = Gfr::read(text).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    assert!(Gfr::read("0 mL/min").unwrap_err().to_string().contains("dialysis"));
}

/// 5 × (0 + 25) = 125 mg, confirmed with the timing; a newer creatinine estimates nothing.
#[test]
fn dialysis_is_no_kidney_function_of_nothing() {
    let regimen = carboplatin("");
    let mut course = measured("dialysis");
    let refused = made(&regimen, &course).unwrap_err();
    let asked = refused.iter().find(|one| one.code.name() == "auc-on-dialysis").unwrap();
    assert_eq!((asked.severity, asked.lift()), (Severity::Confirm, Some(&Lift::Second(None))));
    course.answered = vec![Answered {
        code: "auc-on-dialysis".to_owned(),
        figure: None,
        how: Some(How::Second),
        second: Some("B. Lee".to_owned()),
        typed: None,
        who: String::new(),
        on: None,
        reason: "session 24 hours later".to_owned(),
    }];
    let plan = made(&regimen, &course).unwrap();
    assert_eq!(dose(&plan, "a", 1, 1), "125 mg");
    // And nobody measured 0 mL/min, in any file.
    let schedule = posology::present::schedule(&regimen, &course, &plan);
    let file = |id: &str| {
        let format = posology::export::FORMATS.iter().find(|format| format.id == id).unwrap();
        String::from_utf8(format.bytes(&schedule, &crate::schedules::options()).unwrap()).unwrap()
    };
    let document: serde_json::Value = serde_json::from_str(&file("json")).unwrap();
    let measurements = &document["doses"][0]["planned"]["measurements"];
    assert_eq!((&document["subject"]["gfr"], &document["subject"]["dialysis"]), (&json!(null), &json!(true)));
    assert_eq!((&measurements["gfr"], &measurements["dialysis"]), (&json!(null), &json!(true)));
    assert!(!file("fhir").contains("Glomerular"));
    assert!(file("fhir-losses").contains("on dialysis"));
    course.measurements.push(Measurement {
        on: date("2026-12-14"),
        height: None,
        weight: None,
        creatinine: Creatinine::read("6 mg/dL").ok(),
        gfr: None,
    });
    assert_eq!(dose(&made(&regimen, &course).unwrap(), "a", 2, 1), "125 mg");
    // A table by kidney function has no row for it, however low its rows go.
    let rows = "table = [{ gfr = { below = \"30 mL/min\" }, dose = \"50 mg\" }, { gfr = { from = \"30 mL/min\" }, dose = \"100 mg\" }]";
    let gfr = "gfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"none\", places = 1, recalculate = \"every cycle\" }";
    let lines = format!("route = \"intravenous\"\n{rows}\ndays = [1]\nround = \"none\"\n{gfr}");
    let by_table = one_phase(TWO_WEEKS, &drug("a", &lines));
    let refused = made(&by_table, &measured("dialysis")).unwrap_err();
    let told = refused.iter().find(|one| one.code.name() == "no-dialysis-rule").unwrap();
    assert!(told.severity == Severity::Block && told.text.contains("no rule for dialysis"), "{}", told.text);
    assert_eq!(dose(&planned(&by_table, &measured("20 mL/min")), "a", 1, 1), "50 mg");
}

/// Newell 1993: 5 × (42.9 + 0.36 × 18) = 246.9 mg.
#[test]
fn the_calculators_refuse_adult_formulas_for_children() {
    let home = Home::new();
    let line =
        ["calc", "auc", "--target", "5", "--gfr", "42.9 mL/min", "--age", "5", "--height", "110", "--weight", "18"];
    let ran = home.run(&line);
    assert!(ran.code != 0 && ran.err.contains("--formula newell"), "{}", ran.err);
    let ran = home.run(&[&line[..], &["--formula", "newell"]].concat());
    assert!(ran.code == 0 && ran.out.contains("246.9"), "{} {}", ran.out, ran.err);
    let line =
        ["calc", "crcl", "--creatinine", "0.4 mg/dL", "--age", "5", "--sex", "f", "--weight", "18", "--height", "110"];
    let ran = home.run(&line);
    assert!(
        ran.code != 0 && ran.err.contains("not defined below 18 years") && ran.err.contains("schwartz"),
        "{}",
        ran.err
    );
}

/// The form has fields for the second person while the dose waits for one; only with a name and a reason is there a plan.
#[test]
fn on_the_form_a_second_person_confirms_the_dose_on_dialysis() {
    let mut interface = Interface::new();
    interface.keys("gyn-carboplatin-paclitaxel<enter>7dec");
    let mut typed = |id: FieldId, text: &str| {
        interface.model.session.as_mut().unwrap().focus = id;
        interface.typed(text);
        let dose = interface.model.planned().and_then(|planned| {
            let found = planned.plan.administrations.iter().find(|one| one.key.drug == "carboplatin");
            found.map(|one| one.dose.amount.to_string())
        });
        (dose, interface.text())
    };
    for (fact, text) in [(Fact::Height, "165"), (Fact::Weight, "60"), (Fact::Sex, "f"), (Fact::Age, "50")] {
        typed(FieldId::Fact(fact), text);
    }
    let (dose, shown) = typed(FieldId::Fact(Fact::Gfr), "dialysis");
    assert!(dose.is_none() && shown.contains("a second person confirms it in the fields below"), "{shown}");
    assert_eq!(typed(FieldId::Second, "B Lee").0, None);
    let (dose, shown) = typed(FieldId::Why, "session on the next day");
    assert_eq!(dose.as_deref(), Some("125 mg"), "{shown}");
}
