//! What a new author meets: mistakes that the checker must name, and none that it may invent. Every figure was worked out by hand.

use posology::course::Course;
use posology::library::{Library, Origin};
use posology::plan::{self, Options};
use posology::quantity::Weight;
use posology::subject::Subject;

use crate::support::{date, regimen, site};

const HEAD: &str = r#"format = 1
[regimen]
id = "a"
name = "Test"
version = "1"
status = "draft"
setting = "trial"
indication = "testing"
supportive_care = "not included"
[body]
bsa = "mosteller"
bsa_places = 2
weight = "actual"
recalculate = "every cycle"
source = "unverified"
"#;
const CYCLE: &str = "length = \"14 days\"\ncount = { planned = 2 }\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nsource = \"unverified\"\n";
const GIVEN: &str =
    "route = \"intravenous\"\nover = \"60 minutes\"\ndays = [1]\nround = \"none\"\nsource = \"unverified\"\n";

/// The codes of the findings, with what each says.
fn told(text: &str) -> Vec<(String, String)> {
    let checked = Library::new(None, Vec::new(), site()).check("a", Origin::Shipped, text.as_bytes());
    let findings = checked.findings.iter().map(|finding| (finding.code.to_string(), finding.text.clone()));
    findings.filter(|(code, _)| code != "examples-untried").collect()
}

fn codes(text: &str) -> Vec<String> {
    told(text).into_iter().map(|(code, _)| code).collect()
}

fn one_drug(drug: &str, dose: &str) -> String {
    format!(
        "{HEAD}[cycle]\n{CYCLE}[[drug]]\n{drug}\n[[example]]\nsubject = {{ height = \"170 cm\", weight = \"65 kg\" }}\nstart = 2026-12-07\nexpect = [{{ cycle = 2, day = 1, drug = \"docetaxel\", date = 2026-12-21{dose} }}]\n"
    )
}

fn drug(dose: &str) -> String {
    format!("name = \"docetaxel\"\ndose = \"{dose}\"\n{GIVEN}")
}

/// 50 before and 75 after surgery: 87.5 and 131.25 mg at 1.75 m2 (170 × 65 ÷ 3600 = 3.0694, its root 1.752).
fn two_phases(rows: &str) -> String {
    let phase = |id: &str, begins: &str, dose: &str| {
        format!(
            "[[phase]]\nid = \"{id}\"\nname = \"{id}\"\nnumbering = \"continues\"\n{begins}source = \"unverified\"\n[phase.cycle]\n{CYCLE}[[phase.drug]]\nname = \"calcium folinate\"\ndose = \"{dose}\"\n{GIVEN}"
        )
    };
    let before = phase("before", "", "50 mg/m2");
    let after =
        phase("after", "begins = { after = \"before\", on = \"end of last cycle\", gap = \"0 days\" }\n", "75 mg/m2");
    format!(
        "{HEAD}{before}{after}[[example]]\nsubject = {{ height = \"170 cm\", weight = \"65 kg\" }}\nstart = 2026-12-07\nexpect = [{rows}]\n"
    )
}

#[test]
fn an_example_is_asked_for_in_every_phase_and_by_name_or_id_alike() {
    let before =
        |drug: &str| format!("{{ phase = \"before\", cycle = 2, day = 1, drug = \"{drug}\", dose = \"87.5 mg\" }}");
    let after = "{ phase = \"after\", cycle = 3, day = 1, drug = \"calcium folinate\", dose = \"131.25 mg\" }";
    let missing =
        |phase: &str| ("R089".to_owned(), format!("no worked example gives calcium-folinate in phase {phase}"));
    for name in ["calcium folinate", "calcium-folinate"] {
        assert_eq!(told(&two_phases(&before(name))), [missing("after")], "{name}");
    }
    assert_eq!(told(&two_phases(after)), [missing("before")]);
    assert_eq!(told(&two_phases(&format!("{}, {after}", before("calcium folinate")))), []);
}

#[test]
fn an_example_is_asked_for_of_every_row_and_cohort() {
    let rows = "table = [{ weight = { below = \"50 kg\" }, dose = \"100 mg\" }, { weight = { from = \"50 kg\" }, dose = \"150 mg\" }]";
    let by_row = one_drug(&format!("name = \"docetaxel\"\n{rows}\n{GIVEN}"), ", dose = \"150 mg\"");
    assert_eq!(
        told(&by_row),
        [("R089".to_owned(), "no worked example gives docetaxel for weight below 50 kg".to_owned())]
    );
    let small = "\n[[example]]\nsubject = { height = \"150 cm\", weight = \"49 kg\" }\nstart = 2026-12-07\nexpect = [{ cycle = 1, day = 1, drug = \"docetaxel\", dose = \"100 mg\" }]\n";
    assert_eq!(codes(&format!("{by_row}{small}")), Vec::<String>::new());
    let cohorts = "[[cohort]]\nid = \"1\"\nname = \"one\"\n[[cohort]]\nid = \"2\"\nname = \"two\"\n";
    let by_cohort = one_drug(
        &format!("name = \"docetaxel\"\nby_cohort = {{ \"1\" = \"100 mg\", \"2\" = \"150 mg\" }}\n{GIVEN}"),
        ", dose = \"150 mg\"",
    );
    let by_cohort = by_cohort.replace("weight = \"65 kg\"", "weight = \"65 kg\", cohort = \"2\"") + cohorts;
    assert_eq!(told(&by_cohort), [("R089".to_owned(), "no worked example gives docetaxel for cohort 1".to_owned())]);
}

#[test]
fn a_dose_in_milligrams_that_no_plan_can_have_is_told_without_an_example_of_it() {
    let round =
        |step: &str| GIVEN.replace("\"none\"", &format!("{{ nearest = \"{step}\", ties = \"up\", within = \"5 %\" }}"));
    // 2.4 to 2 mg is 16.7 % less; 24 to 24 mg nothing.
    let level = |dose: &str| {
        let steps = format!("reduce = {{ to = [\"{dose}\"], then = \"stop this drug\", raise_again = \"never\" }}\n");
        one_drug(&format!("name = \"docetaxel\"\ndose = \"24 mg\"\n{steps}{}", round("1 mg")), ", dose = \"24 mg\"")
    };
    assert_eq!(codes(&level("2.4 mg")), ["R119"]);
    assert_eq!(codes(&level("2 mg")), Vec::<String>::new());
}

#[test]
fn two_doses_of_one_drug_for_one_cohort_are_told_and_a_cohort_without_one() {
    let text = |second: &str| {
        let entry = |id: &str, cohort: &str, dose: &str| {
            format!(
                "[[drug]]\nid = \"{id}\"\nname = \"telatinib\"\ncohorts = [\"{cohort}\"]\ndose = \"{dose}\"\n{GIVEN}"
            )
        };
        let example = |cohort: &str, rows: &str| {
            format!(
                "[[example]]\nsubject = {{ height = \"170 cm\", weight = \"70 kg\", cohort = \"{cohort}\" }}\nstart = 2026-12-07\nexpect = [{rows}]\n"
            )
        };
        let low = "{ cycle = 2, day = 1, drug = \"low\", dose = \"700 mg\" }";
        let high = "{ cycle = 2, day = 1, drug = \"high\", dose = \"1400 mg\" }";
        let examples = if second == "8" {
            format!("{}{}", example("7", low), example("8", high))
        } else {
            example("7", &format!("{low}, {high}"))
        };
        format!(
            "{HEAD}[cycle]\n{CYCLE}[[cohort]]\nid = \"7\"\nname = \"7\"\n[[cohort]]\nid = \"8\"\nname = \"8\"\n{}{}{examples}",
            entry("low", "7", "10 mg/kg"),
            entry("high", second, "20 mg/kg")
        )
    };
    assert_eq!(told(&text("8")), []);
    let both = "cohort 7: low gives 10 mg/kg of telatinib and high gives 20 mg/kg, on the same day";
    let none = "no treatment drug has a dose for cohort 8";
    let mut found = told(&text("7"));
    found.sort();
    assert_eq!(found, [("R117".to_owned(), both.to_owned()), ("R118".to_owned(), none.to_owned())]);
    // And who is in that cohort gets no empty schedule.
    let regimen = regimen(&text("7"));
    let subject =
        Subject { weight: Some(Weight::read("70 kg").unwrap()), cohort: Some("8".to_owned()), ..Subject::default() };
    let course = Course::new(date("2026-12-07"), subject);
    let refused = plan::plan(&regimen, &course, &site(), Options::default()).unwrap_err();
    assert_eq!(refused.iter().map(|finding| finding.code.name()).collect::<Vec<_>>(), ["nothing-planned"]);
    let on_record = plan::plan(&regimen, &course, &site(), Options { recorded: true, ..Options::default() }).unwrap();
    assert!(on_record.findings.iter().any(|finding| finding.code.name() == "nothing-planned"));
    let stopped = Course { stopped: Some((date("2026-12-08"), "consent withdrawn".to_owned())), ..course };
    let ended = plan::plan(&regimen, &stopped, &site(), Options { recorded: true, ..Options::default() }).unwrap();
    assert!(ended.findings.iter().all(|finding| finding.code.name() != "nothing-planned"));
}

#[test]
fn a_table_by_kidney_function_asks_the_file_how_it_is_worked_out() {
    let rows = "table = [{ gfr = { below = \"60 mL/min\" }, dose = \"100 mg\" }, { gfr = { from = \"60 mL/min\" }, dose = \"200 mg\" }]";
    let text = one_drug(&format!("name = \"docetaxel\"\n{rows}\n{GIVEN}"), "");
    let found = told(&text);
    assert!(found.iter().any(|(code, text)| code == "R010" && text.contains("`gfr`")), "{found:?}");
}

#[test]
fn nothing_is_suggested_between_routes_into_the_body() {
    let text = |route: &str| one_drug(&drug("50 mg/m2").replace("intravenous", route), "");
    let found = |route: &str| {
        let checked = Library::new(None, Vec::new(), site()).check("a", Origin::Shipped, text(route).as_bytes());
        let helps = checked.findings.iter().filter(|finding| finding.code.name() == "R012");
        helps.map(|finding| finding.wanted().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for route in ["intravitrael", "intrathecl", "Intravenous", "intra-articlar"] {
        let helps = found(route);
        assert_eq!(helps.len(), 1, "{route}");
        assert!(!helps[0].contains("did you mean"), "{route}: {}", helps[0]);
    }
    assert!(found("subcutanous")[0].contains("did you mean \"subcutaneous\""));
    for route in ["intravitreal", "intra-articular", "intralesional", "subconjunctival", "percutaneous", "otic"] {
        assert_eq!(codes(&text(route).replace("over = \"60 minutes\"\n", "")), Vec::<String>::new(), "{route}");
    }
}

#[test]
fn a_key_of_an_assessment_that_its_clock_does_not_read_is_refused() {
    for (clock, days) in [("with each cycle", "days = [1]"), ("calendar from first dose", "every = \"6 weeks\"")] {
        let look = format!(
            "[[assessment]]\nname = \"PK sample\"\nclock = \"{clock}\"\n{days}\nafter = \"0.5 hours\"\nsource = \"unverified\"\n"
        );
        let found = told(&(one_drug(&drug("50 mg/m2"), ", dose = \"87.5 mg\"") + &look));
        assert_eq!(found.len(), 1, "{clock}: {found:?}");
        assert_eq!(found[0].0, "R033", "{clock}");
    }
}
