//! Doses far above the largest in use, routes that kill, rescues that are missing: in the file and in the plan. The ratios are
//! worked out by hand beside each row.

use posology::checker;
use posology::course::event::How;
use posology::course::{Answered, Course};
use posology::finding::{Finding, Lift, Severity};
use posology::plan::{self, Options};
use posology::plausibility::doses;
use posology::quantity::Amount;
use posology::regimen::Regimen;

use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, course, drug, regimen, site};

fn text(drugs: &str) -> String {
    format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drugs}\n{EXAMPLE}")
}

fn named(id: &str, name: &str, lines: &str) -> String {
    let lines = if lines.contains("round =") { lines.to_owned() } else { format!("{lines}\nround = \"none\"") };
    drug(id, &lines).replace(&format!("name = \"{id}\""), &format!("name = \"{name}\""))
}

fn found(text: &str, code: &str) -> Option<Finding> {
    let checked = checker::check(text.as_bytes(), &site());
    checked.findings.into_iter().find(|finding| finding.code.name() == code)
}

fn graded(name: &str, lines: &str) -> Option<Severity> {
    found(&text(&named("a", name, lines)), "R120").map(|finding| finding.severity)
}

fn iv(dose: &str) -> String {
    format!("route = \"intravenous\"\ndays = [1]\n{dose}")
}

#[test]
fn doses_that_nobody_gives_are_refused_in_the_file() {
    let block = Some(Severity::Block);
    for (name, dose, expected) in [
        ("doxorubicin", "600 mg/m2", block),               // 600 ÷ 75 = 8
        ("paclitaxel", "1750 mg/m2", block),               // 1750 ÷ 260 = 6.7
        ("docetaxel", "750 mg/m2", block),                 // 7.5
        ("topotecan", "15 mg/m2", block),                  // 15 × 1.75 = 26.25 mg, 26.25 ÷ 4 = 6.6
        ("topotecan", "7 mg/m2", Some(Severity::Warn)),    // 12.25 ÷ 4 = 3.06: a second person for each subject
        ("topotecan", "1.5 mg/m2", None),                  // 2.625 mg
        ("vinblastine", "60 mg/m2", block),                // 60 ÷ 11.1 = 5.4
        ("trastuzumab", "60 mg/kg", block),                // 7.5
        ("bortezomib", "13 mg/m2", block),                 // 13 ÷ 1.3 = 10
        ("epirubicin", "1000 mg/m2", block),               // 1000 ÷ 120 = 8.3
        ("dactinomycin", "15 mg/m2", block),               // 10
        ("melphalan", "2000 mg/m2", block),                // 50
        ("irinotecan", "1800 mg/m2", block),               // 1800 ÷ 350 = 5.1
        ("mitoxantrone", "120 mg/m2", block),              // 8.6
        ("cisplatin", "1000 mg/m2", block),                // 10
        ("doxorubicin hydrochloride", "600 mg/m2", block), // a salt
        ("doxorubicine", "600 mg/m2", block),              // a slip of the pen
        ("doxorubicin", "75 mg/m2", None),
        ("doxorubicin", "80 mg/m2", Some(Severity::Note)),  // 1.07
        ("doxorubicin", "100 mg/m2", Some(Severity::Warn)), // 1.33
        ("cyclophosphamide", "4000 mg/m2", None),           // mobilisation
        ("carboplatin", "AUC 5", None),
        ("melphalan", "200 mg/m2", Some(Severity::Warn)), // 5 times what is given without stem cells
    ] {
        let gfr = "gfr = { formula = \"cockcroft-gault\", weight = \"actual\", creatinine_floor = \"none\", cap = \"none\", places = 0, recalculate = \"never\" }";
        let gfr = if dose.starts_with("AUC") { gfr } else { "" };
        assert_eq!(graded(name, &iv(&format!("dose = \"{dose}\"\n{gfr}"))), expected, "{name} {dose}");
    }
    let vincristine =
        |dose: &str| graded("vincristine", &iv(&format!("dose = \"{dose}\"\ncap = \"none\"\nwarn = \"x\"")));
    assert_eq!((vincristine("14 mg/m2"), vincristine("0.4 mg/m2")), (block, None));
    // A row without a source says so to the file's author, as to whoever plans; one with a source does not.
    let told = |name: &str| found(&text(&named("a", name, &iv("dose = \"60 mg/m2\""))), "R120").unwrap().text;
    assert!(told("dactinomycin").ends_with("1.5 mg/m2 (not verified)"), "{}", told("dactinomycin"));
    assert!(told("topotecan").ends_with("4 mg"), "{}", told("topotecan"));
    let iv_200 = |more: &str| graded("melphalan", &iv(&format!("dose = \"200 mg/m2\"\n{more}")));
    assert_eq!(iv_200("rescue = \"autologous stem cells on day 3\""), None);
    // A note is for people, whatever words are in it.
    for said in ["note = \"not for transplant, no stem cell rescue\"", "note = \"stem cell rescue\"", "rescue = \" \""]
    {
        assert_eq!(iv_200(said), Some(Severity::Warn), "{said}");
    }
    let oral = "route = \"oral\"\ngiven = \"home\"\ndays = [1]\ndose = \"200 mg/m2\"\nrescue = \"stem cells\"";
    assert_eq!(graded("melphalan", oral), block, "20 times 10 mg/m2 by mouth");
}

/// PMC3138377: the bolus and the hours are what kills, not the milligrams.
#[test]
fn fluorouracil_depends_on_how_fast_it_runs() {
    for (lines, expected) in [
        ("dose = \"2400 mg/m2\"\nover = \"bolus\"", Some(Severity::Block)),
        ("dose = \"2400 mg/m2\"\nover = \"4 hours\"", Some(Severity::Block)),
        ("dose = \"650 mg/m2\"\nover = \"21 hours\"", Some(Severity::Block)),
        ("dose = \"600 mg/m2\"\nover = \"15 minutes\"", None),
        ("dose = \"600 mg/m2\"\nover = \"22 hours\"", None),
        ("dose = \"2600 mg/m2\"\nover = \"24 hours\"", None),
        ("total = \"2400 mg/m2\"\nover = \"46 hours\"", None),
    ] {
        assert_eq!(graded("fluorouracil", &iv(lines)), expected, "{lines}");
    }
}

/// 300 mg/m2 × 1.75 m² = 525 mg once a week is in use with bortezomib; of every day 525 ÷ (5 × 70 = 350) = 1.5 times the largest.
#[test]
fn a_dose_of_a_week_is_no_dose_of_a_day() {
    let by_mouth = |days: &str, total: &str| {
        let lines = format!(
            "route = \"oral\"\ngiven = \"home\"\ndose = \"300 mg/m2\"\ndays = {days}\nmissed = \"skip\"\ncycle_total = \"{total} mg/m2\""
        );
        let file =
            text(&named("a", "cyclophosphamide", &lines)).replace("length = \"14 days\"", "length = \"28 days\"");
        let checked = checker::check(file.as_bytes(), &site());
        assert!(checked.regimen.is_some(), "{days}: {:?}", checked.findings);
        found(&file, "R120")
    };
    assert_eq!(by_mouth("[1, 8, 15, 22]", "1200"), None);
    // From day 23 to the next day 1 there are 6 days.
    for (days, total) in [("[1, 2]", "600"), ("[1, 8, 15, 22, 27]", "1500"), ("[1, 8, 15, 23]", "1200")] {
        let told = by_mouth(days, total).unwrap_or_else(|| panic!("{days}"));
        assert_eq!(told.severity, Severity::Warn, "{days}");
        assert!(told.text.contains("1.5 times the largest single dose in use, 5 mg/kg"), "{}", told.text);
    }
}

/// Capsules of olaparib go to 400 mg, tablets to 300: 400 ÷ 300 = 1.33.
#[test]
fn a_tablet_is_held_to_the_row_of_tablets() {
    let olaparib = |more: &str| {
        graded("olaparib", &format!("route = \"oral\"\ngiven = \"home\"\ndays = [1]\ndose = \"400 mg\"\n{more}"))
    };
    assert_eq!(olaparib(""), None);
    assert_eq!(olaparib("tablets = [\"50 mg\"]\nform = \"capsules\""), None);
    assert_eq!(olaparib("tablets = [\"100 mg\"]"), Some(Severity::Warn));
}

/// A rate that is not to be passed makes a length: 375 × 1.75 = 656 mg at 400 an hour are 98 minutes, at 1,000 an hour 39, which
/// is shorter than the 60 in use; for a child of 0.61 m² 229 mg at 400 an hour are 34 minutes.
#[test]
fn a_rate_is_held_to_the_shortest_time() {
    let rituximab = |rate: &str| {
        let lines = format!(
            "dose = \"375 mg/m2\"\nover = {{ at_most_per_hour = \"{rate}\" }}\nround = {{ nearest = \"1 mg\", ties = \"up\", within = \"5 %\" }}"
        );
        text(&named("a", "rituximab", &iv(&lines)))
    };
    assert_eq!(found(&rituximab("400 mg"), "R128"), None);
    let fast = found(&rituximab("1000 mg"), "R128").unwrap();
    assert_eq!(fast.severity, Severity::Warn);
    assert!(fast.text.contains("at the fastest rate of the file in 39 minutes"), "{}", fast.text);
    let told = |file: &str, course: &Course| {
        let plan = plan::plan(&regimen(file), course, &site(), Options::default()).unwrap();
        plan.findings.into_iter().find(|one| one.code.name() == "infusion-short").map(|one| (one.severity, one.text))
    };
    let mut child = course("2026-12-07", "95", "14kg");
    child.subject.age = posology::quantity::Age::read("3").ok();
    assert_eq!(told(&rituximab("400 mg"), &course("2026-12-07", "170", "65")), None);
    let (severity, text) = told(&rituximab("400 mg"), &child).unwrap();
    assert_eq!(severity, Severity::Warn);
    assert!(
        text.contains("at the fastest rate of the file in 34 minutes: the shortest time in use is 60 minutes"),
        "{text}"
    );
}

#[test]
fn a_source_of_the_first_tier_lets_an_exception_in_and_nothing_else_does() {
    let source = |tier: &str| format!("\n[[source]]\nid = \"trial\"\ntitle = \"A trial\"\ntier = \"{tier}\"\n");
    let file = |tier: &str| {
        let lines = iv("dose = \"600 mg/m2\"\ndose_exception = \"trial\"");
        text(&named("a", "doxorubicin", &lines)).replace(
            "source = \"unverified\"\n\n[[example]]",
            "source = { trial = [\"dose\"], unverified = [\"route\", \"days\", \"over\", \"round\"] }\n\n[[example]]",
        ) + &source(tier)
    };
    let severity = |tier: &str| found(&file(tier), "R120").unwrap().severity;
    assert_eq!((severity("A"), severity("B"), severity("C")), (Severity::Warn, Severity::Block, Severity::Block));
    // Each subject's dose waits for the second person all the same.
    let regimen = regimen(&file("A"));
    let refused = plan::plan(&regimen, &course("2026-12-07", "170", "65"), &site(), Options::default()).unwrap_err();
    let told = refused.iter().find(|one| one.code.name() == "dose-large").unwrap();
    let Some(Lift::Second(Some(dose))) = told.lift() else { panic!("{told:?}") };
    assert_eq!((told.severity, dose.drug.as_str()), (Severity::Confirm, "doxorubicin"));
    assert!(told.text.contains("1,050 mg is 8 times the largest single dose in use, 75 mg/m2"), "{}", told.text);
}

fn doxorubicin(milligrams: &str) -> Regimen {
    regimen(&text(&named("a", "doxorubicin", &iv(&format!("dose = \"{milligrams} mg\"")))))
}

fn of_code<'f>(findings: &'f [Finding], code: &str) -> Option<&'f Finding> {
    findings.iter().find(|one| one.code.name() == code)
}

/// 170 cm and 65 kg: 1.75 m² × 75 mg/m² = 131.25 mg. 262.5 mg is twice as much.
#[test]
fn a_plan_looks_at_what_the_subject_would_get() {
    let subject = course("2026-12-07", "170", "65");
    let of =
        |milligrams: &str, course: &Course| plan::plan(&doxorubicin(milligrams), course, &site(), Options::default());
    let grade = |milligrams: &str| match of(milligrams, &subject) {
        Ok(plan) => of_code(&plan.findings, "dose-large").map(|one| one.severity),
        Err(findings) => of_code(&findings, "dose-large").map(|one| one.severity),
    };
    assert_eq!(grade("131"), None);
    assert_eq!(grade("132"), Some(Severity::Note));
    assert_eq!(grade("165"), Some(Severity::Warn)); // 1.257
    assert_eq!(grade("262"), Some(Severity::Warn)); // 1.996
    assert_eq!(grade("263"), Some(Severity::Confirm)); // 2.004
    // A reason alone lifts no CONFIRM; a second person does.
    let mut confirmed = subject.clone();
    let answer = |how: Option<How>, typed: &str| Answered {
        code: "dose-large".to_owned(),
        figure: None,
        how,
        second: Some("B. Lee".to_owned()),
        typed: how.map(|_| vec![("doxorubicin".to_owned(), Amount::read(typed).unwrap())]),
        who: String::new(),
        on: None,
        reason: "read in the protocol".to_owned(),
    };
    confirmed.answered = vec![answer(None, "")];
    assert!(of("263", &confirmed).is_err());
    // The second person's own dose has to be the plan's, in whatever unit.
    confirmed.answered = vec![answer(Some(How::Second), "131 mg")];
    assert!(of("263", &confirmed).is_err());
    confirmed.answered = vec![answer(Some(How::Second), "0.263 g")];
    assert!(of("263", &confirmed).is_ok());
}

#[test]
fn what_goes_into_the_spine_and_by_which_route_a_vinca_alkaloid_goes() {
    let spinal = |name: &str, dose: &str| {
        text(&named("a", name, &format!("route = \"intrathecal\"\ndays = [1]\ndose = \"{dose}\"")))
    };
    let route = |name: &str, dose: &str| found(&spinal(name, dose), "R071").map(|finding| finding.severity);
    assert_eq!(route("oxaliplatin", "50 mg"), Some(Severity::Block));
    assert_eq!(route("rituximab", "25 mg"), Some(Severity::Warn));
    for usual in ["methotrexate", "cytarabine", "hydrocortisone", "dexamethasone"] {
        assert_eq!(route(usual, "8 mg"), None, "{usual}");
    }
    let asked = |name: &str, dose: &str, code: &str| {
        let planned =
            plan::plan(&regimen(&spinal(name, dose)), &course("2026-12-07", "170", "65"), &site(), Options::default());
        let findings = planned.map_or_else(|findings| findings, |plan| plan.findings);
        of_code(&findings, code).map(|one| one.severity)
    };
    assert_eq!(asked("rituximab", "25 mg", "spinal-seldom"), Some(Severity::Confirm));
    assert_eq!(asked("methotrexate", "15 mg", "dose-large"), None);
    assert_eq!(asked("methotrexate", "16 mg", "dose-large"), Some(Severity::Confirm));
    assert_eq!(asked("cytarabine", "101 mg", "dose-large"), Some(Severity::Confirm));
    let vinca = |name: &str, route: &str| {
        let lines = format!("route = \"{route}\"\ngiven = \"clinic\"\ndays = [1]\ndose = \"2 mg\"");
        found(&text(&named("a", name, &lines)), "R040").map(|finding| finding.severity)
    };
    for route in ["subcutaneous", "intramuscular", "intrathecal", "oral"] {
        assert_eq!(vinca("vincristine", route), Some(Severity::Block), "{route}");
    }
    assert_eq!((vinca("vincristine", "intravenous"), vinca("vinorelbine", "oral")), (None, None));
}

#[test]
fn methotrexate_has_its_rescue_and_its_week() {
    let high = |lines: &str| found(&text(&named("a", "methotrexate", &iv(lines))), "R121").map(|one| one.severity);
    assert_eq!(high("dose = \"500 mg/m2\""), Some(Severity::Block));
    assert_eq!(high("dose = \"499 mg/m2\""), None);
    assert_eq!(high("dose = \"3000 mg/m2\"\nrescue = \"folinic acid from hour 24, not in this file\""), None);
    assert_eq!(high("dose = \"3000 mg/m2\"\nnote = \"no rescue\""), Some(Severity::Block));
    let folinic = named("b", "folinic acid", &iv("dose = \"15 mg\"\nrole = \"support\""));
    let with_row = format!("{}{folinic}", named("a", "methotrexate", &iv("dose = \"3000 mg/m2\"")));
    assert!(found(&text(&with_row), "R121").is_none());
    let weekly = |days: &str| {
        let lines =
            format!("route = \"oral\"\ngiven = \"clinic\"\ndays = {days}\ndose = \"15 mg\"\ncycle_total = \"30 mg\"");
        let planned = plan::plan(
            &regimen(&text(&named("a", "methotrexate", &lines))),
            &course("2026-12-07", "170", "65"),
            &site(),
            Options::default(),
        );
        planned.err().is_some_and(|findings| of_code(&findings, "methotrexate-weekly").is_some())
    };
    assert!(weekly("[1, 4]") && !weekly("[1, 8]"));
}

/// The last dose by vein and the first under the skin: 375 mg/m2 of 500, 1,400 mg of 1,600, each more than half.
#[test]
fn two_full_doses_of_one_substance_on_one_day_are_told() {
    let vein = |more: &str| named("a", "rituximab", &iv(&format!("dose = \"375 mg/m2\"\n{more}")));
    let skin =
        |dose: &str| named("b", "rituximab", &format!("route = \"subcutaneous\"\ndays = [1]\ndose = \"{dose}\""));
    let told = |drugs: &str| {
        let plan = plan::plan(&regimen(&text(drugs)), &course("2026-12-07", "170", "65"), &site(), Options::default());
        let findings = plan.map_or_else(|findings| findings, |plan| plan.findings);
        of_code(&findings, "same-substance").map(|one| (one.severity, one.text.clone()))
    };
    let (severity, words) = told(&(vein("") + &skin("1400 mg"))).unwrap();
    assert_eq!(severity, Severity::Warn);
    assert!(words.contains("rituximab on 07-Dec-2026: rituximab intravenous"), "{words}");
    assert_eq!(told(&(vein("together = true") + &skin("1400 mg"))), None);
    assert_eq!(told(&(vein("") + &skin("700 mg"))), None, "less than half of 1,600 mg");
    let biosimilar = named("b", "rituximab", &iv("dose = \"375 mg/m2\"\nformulation = \"biosimilar\""));
    assert!(told(&(vein("") + &biosimilar)).is_some());
    // A bolus before a pump, and a dose into the spine, are meant.
    let bolus = named("a", "fluorouracil", &iv("dose = \"400 mg/m2\"\nover = \"bolus\""));
    let pump = named("b", "fluorouracil", &iv("total = \"4000 mg/m2\"\nover = \"96 hours\""));
    assert_eq!(told(&(bolus + &pump)), None);
    let spine = named("b", "cytarabine", "route = \"intrathecal\"\ndays = [1]\ndose = \"70 mg\"");
    assert_eq!(told(&(named("a", "cytarabine", &iv("dose = \"3000 mg/m2\"")) + &spine)), None);
}

/// Every row can be read, has a source, and stands for one substance; no shipped file is above one by more than a note.
#[test]
fn the_table_is_whole_and_the_shipped_files_pass_it() {
    let table = doses::table();
    let mut substances: Vec<&str> = table.most.iter().map(|row| row.drug).collect();
    substances.sort_unstable();
    substances.dedup();
    assert!(substances.len() >= 150, "{}", substances.len());
    for row in table.most {
        assert!(row.source.len() >= 10 && row.drug == posology::regimen::substance::base(row.drug), "{row:?}");
    }
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/regimens")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let checked = checker::check(&std::fs::read(&path).unwrap(), &site());
            let told: Vec<&Finding> = checked
                .findings
                .iter()
                .filter(|one| ["R120", "R121", "R071", "R040"].contains(&one.code.name()))
                .filter(|one| one.severity != Severity::Note)
                .collect();
            assert!(told.is_empty(), "{}: {told:#?}", path.display());
        }
    }
}
