//! Laboratory values that nobody has, and the names they go by: alike on every way in.
//!
//! Worked by hand: 100,000 /mm3 is 100 10^9/L (a thousand millions to a litre); 9 g/dL is 90 g/L; a platelet count of 100
//! gives 200 mg of niraparib, one of 150 or more at 80 kg 300 mg.

use std::sync::Arc;

use posology::advice::{ObservationKind, Observations, advise, implausible};
use posology::calendar::{self, Site};
use posology::finding::Severity;
use posology::plausibility;
use posology::quantity::Measured;
use posology::subject::Fact;
use posology::tui::advice::AdviceView;
use posology::tui::field::TextField;
use posology::tui::session::{FieldId, Session};
use serde_json::Value;

use crate::clinic::Clinic;
use crate::program::Home;

const REGIMEN: &str = "gyn-niraparib";
const CASE: &str = include_str!("../corpus/valid/rules.toml");

fn read(text: &str) -> Measured {
    Measured::read(text).unwrap()
}

#[test]
fn a_unit_too_high_or_too_low_is_named_and_ordinary_values_pass() {
    for (test, typed, severity, words) in [
        ("platelets", "100000 10^9/L", Severity::Block, "Is it /mm3? 100,000 /mm3 is 100 10^9/L."),
        ("platelets", "1500 10^9/L", Severity::Warn, "Is it /mm3?"),
        ("ANC", "900 10^9/L", Severity::Block, "Is it /mm3? 900 /mm3 is 0.9 10^9/L."),
        ("neutrophils", "0.9 /mm3", Severity::Warn, "Is it 10^9/L? 0.9 10^9/L is 900 /mm3."),
        ("WBC", "900 K/uL", Severity::Block, "Is it /mm3?"),
        ("hb", "9 g/L", Severity::Block, "Is it g/dL? 9 g/dL is 90 g/L."),
        ("haemoglobin", "120 g/dL", Severity::Block, "(1,200 g/L) is above 300 g/L. Is it g/L?"),
        ("haemoglobin", "900 g/L", Severity::Block, "Was 90 g/L meant?"),
        ("bilirubin", "1.2 umol/L", Severity::Warn, "Is it mg/dL?"),
        ("bilirubin", "0.8 umol/L", Severity::Block, "Is it mg/dL?"),
        ("creatinine", "0.9 umol/L", Severity::Block, "Is it mg/dL?"),
        ("creatinine", "80 mg/dL", Severity::Block, "Is it umol/L?"),
        ("ALT", "3 U/L", Severity::Warn, "Is it ukat/L? 3 ukat/L is 180 U/L."),
        ("ALT", "120 x ULN", Severity::Warn, "Is it U/L?"),
        ("ALT", "0 x ULN", Severity::Block, "at or below 0"),
        ("albumin", "3.5 g/L", Severity::Block, "Is it g/dL?"),
        ("LVEF", "0.55 %", Severity::Block, "Was 55 % meant?"),
    ] {
        let told = plausibility::result(test, &read(typed)).unwrap_or_else(|| panic!("{test} {typed}"));
        assert_eq!((told.severity, told.text.contains(words)), (severity, true), "{test} {typed}: {}", told.text);
        assert_eq!(told.field, Some(posology::finding::Field::Lab));
    }
    for (test, typed) in [
        ("platelets", "180 10^9/L"),
        ("platelets", "5000 /mm3"),
        ("neutrophils", "0 10^9/L"),
        ("neutrophils", "25 10^9/L"),
        ("haemoglobin", "70 g/L"),
        ("haemoglobin", "7.5 mmol/L"),
        ("bilirubin", "5 umol/L"),
        ("bilirubin", "12 mg/dL"),
        ("creatinine", "250 umol/L"),
        ("ALT", "400 U/L"),
        ("AST", "20 x ULN"),
        ("ferritin", "100000 ng/mL"),
    ] {
        assert_eq!(plausibility::result(test, &read(typed)), None, "{test} {typed}");
    }
    for (test, typed, severity) in [
        ("bilirubin", "1.2 umol/L", Some(Severity::Block)),
        ("ALT", "400 U/L", Some(Severity::Block)),
        ("ALT", "120 U/L", Some(Severity::Warn)),
        ("bilirubin", "20 umol/L", None),
        ("alp", "130 U/L", None),
    ] {
        let told = plausibility::upper_limit(test, &read(typed));
        assert_eq!(told.map(|told| told.severity), severity, "{test} {typed}");
    }
}

#[test]
fn a_plan_stops_and_a_name_means_one_thing() {
    let plan = |labs: &[&str]| {
        let mut all = vec!["plan", REGIMEN, "--height", "170", "--weight", "80", "--start", "2026-12-07", "--json"];
        labs.iter().for_each(|lab| all.extend(["--lab", lab]));
        let ran = Home::new().run(&all);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        (ran.code, document["doses"][0]["planned"]["dose"].clone(), document["error"]["code"].clone(), ran.err)
    };
    let (code, dose, error, told) = plan(&["platelets 100000 10^9/L"]);
    assert_eq!((code, dose.is_null(), error), (3, true, "lab-unit".into()), "{told}");
    assert!(told.contains("100,000 /mm3 is 100 10^9/L") && told.contains("\"platelets 100000 /mm3\""), "{told}");
    for name in ["PLT", "platelets", "Thrombocytes", "platelet count"] {
        let (code, dose, _, told) = plan(&[&format!("{name} 100 10^9/L")]);
        assert_eq!((code, dose), (0, "200".into()), "{name}: {told}");
    }
    assert_eq!(plan(&["PLT 100000 /mm3"]).1, "200");
    let (code, _, _, told) = plan(&["platelets 180 10^9/L", "PLT 90 10^9/L"]);
    assert_eq!((code, told.contains("stands beside platelets 180 10^9/L")), (1, true), "{told}");
}

#[test]
fn the_record_refuses_and_asks_as_a_plan_does() {
    let clinic = Clinic::new();
    let add = ["add", "S-3", REGIMEN, "--weight", "80", "--start", "2026-12-07", "--accept", "draft=training", "--lab"];
    let with = |lab: &'static str| [&add[..], &[lab]].concat();
    clinic.refused(&with("platelets 100000 10^9/L"), "lab-unit");
    clinic.refused(&with("platelets 1200 10^9/L"), "lab-unit");
    clinic.record(&with("PLT 100 10^9/L"));
    let show =
        || -> Value { serde_json::from_slice(&clinic.run(&["subject", "show", "S-3", "--json"]).stdout).unwrap() };
    assert_eq!(show()["plan"]["doses"][0]["planned"]["dose"], "200");
    clinic.refused(&["correct", "S-3", "1", "--reason", "x", "--lab", "platelets 180000 10^9/L"], "lab-unit");
    assert_eq!(show()["plan"]["doses"][0]["planned"]["dose"], "200");
}

#[test]
fn advice_says_nothing_to_what_cannot_be() {
    let home = Home::new();
    std::fs::write(home.path().join("case.toml"), CASE).unwrap();
    let run = |more: &[&str]| home.run(&[&["regimen", "advise", "./case.toml"][..], more].concat());
    for (more, words) in [
        (&["--lab", "neutrophils 900 10^9/L"][..], "900 /mm3 is 0.9 10^9/L"),
        (&["--lab", "ANC 900 10^9/L"], "Is it /mm3?"),
        (&["--lab", "bilirubin 2000 x ULN"], "x ULN"),
        (&["--lab", "bilirubin 80 umol/L", "--uln", "bilirubin 1.2 umol/L"], "Is it mg/dL?"),
        (&["--event", "poor tolerance", "--age", "700"], "An age of 700 years"),
        (&["--event", "poor tolerance", "--weight", "700"], "700"),
        (&["--event", "poor tolerance", "--bsa", "17.5"], "was 1.75 meant?"),
        (&["--event", "poor tolerance", "--gfr", "900 mL/min"], "900 mL/min"),
    ] {
        let ran = run(more);
        assert_eq!(ran.code, 3, "{more:?}: {}", ran.out);
        assert!(ran.err.contains("BLOCK") && ran.err.contains(words), "{more:?}: {}", ran.err);
        assert!(!ran.out.contains("irinotecan"), "{more:?}: {}", ran.out);
    }
    let unusual = run(&["--lab", "neutrophils 40 10^9/L", "--json"]);
    assert_eq!(unusual.code, 0, "{}", unusual.err);
    let document: Value = serde_json::from_str(&unusual.out).unwrap();
    assert_eq!(document["doubts"][0]["severity"], "warn");
    // Below the faces, too: nothing is looked up.
    let regimen = posology::checker::check(CASE.as_bytes(), &Site::default()).regimen.unwrap();
    let mut facts = Observations::default();
    facts.add(ObservationKind::Test, "neutrophils", "900 10^9/L").unwrap();
    let advice = advise(&regimen, &facts);
    assert!(advice.rows.is_empty() && advice.drugs.is_empty() && advice.implausible == implausible(&regimen, &facts));
}

#[test]
fn the_screens_say_it_beside_the_field() {
    let regimen = Arc::new(posology::checker::check(CASE.as_bytes(), &Site::default()).regimen.unwrap());
    let mut view = AdviceView::new(&regimen, &Observations::default(), false);
    let at = |view: &AdviceView, name: &str| view.fields.iter().position(|one| one.asked.name == name).unwrap();
    let field = at(&view, "neutrophils");
    for (typed, fault, doubt) in [("900 10^9/L", true, false), ("40 10^9/L", false, true), ("0.9 10^9/L", false, false)]
    {
        view.fields[field].text = TextField::with(typed);
        view.look_up(&regimen, Observations::default());
        let shown = &view.fields[field];
        assert_eq!((shown.fault.is_some(), shown.doubt.is_some()), (fault, doubt), "{typed}: {shown:?}");
        assert_eq!(view.advice.rows.is_empty(), fault, "{typed}");
    }
    let genotype = view.fields.iter().position(|one| one.asked.kind == ObservationKind::Genotype).unwrap();
    view.fields[genotype].text = TextField::with("homozygous");
    view.look_up(&regimen, Observations::default());
    assert!(view.fields[genotype].fault.as_ref().unwrap().contains("UGT1A1*28/*28"), "{:?}", view.fields[genotype]);

    let file = std::fs::read(format!("regimens/{REGIMEN}.toml")).unwrap();
    let mut session = Session::new(Arc::new(posology::checker::check(&file, &Site::default()).regimen.unwrap()));
    let today = calendar::read("2026-12-01").unwrap();
    for (id, text) in [
        (FieldId::Fact(Fact::Start), "7dec"),
        (FieldId::Fact(Fact::Weight), "80"),
        (FieldId::Fact(Fact::Lab), "platelets 100000 10^9/L"),
    ] {
        session.fill(id, text);
    }
    session.plan_again(today, &Site::default());
    assert!(session.planned.is_none());
    assert!(
        session
            .findings
            .iter()
            .any(|one| one.code.name() == "lab-unit" && one.field == Some(posology::finding::Field::Lab))
    );
    session.fill(FieldId::Fact(Fact::Lab), "PLT 100 10^9/L");
    session.plan_again(today, &Site::default());
    assert_eq!(session.planned.unwrap().schedule.doses[0].portion().to_string(), "200 mg");

    let mut session = Session::new(regimen);
    for (id, text) in [
        (FieldId::Fact(Fact::Start), "7dec"),
        (FieldId::Fact(Fact::Height), "170"),
        (FieldId::Fact(Fact::Weight), "65"),
    ] {
        session.fill(id, text);
    }
    for (typed, planned) in [("*28/*28", None), ("ugt1a1 *28/*28", Some("88 mg")), ("UGT1A1*1/*1", Some("123 mg"))] {
        session.fill(FieldId::Fact(Fact::Genotype), typed);
        session.plan_again(today, &Site::default());
        // 170 cm and 65 kg are 1.75 m2: 50 × 1.75 = 87.5, to the nearest 1 mg with ties up 88; 70 × 1.75 = 122.5, 123.
        let dose = session.planned.as_ref().map(|planned| planned.schedule.doses[0].portion().to_string());
        assert_eq!(dose.as_deref(), planned, "{typed}: {:?}", session.findings);
    }
}
