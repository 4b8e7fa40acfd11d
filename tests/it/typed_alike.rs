//! A fact of a subject is read alike wherever it is typed: on the command line, in the form, in a correction, in a
//! second person's check, in a list of options, in a regimen's file.

use posology::calendar::Site;
use posology::checker;
use posology::quantity::Sex;
use posology::subject::{Fact, Value};

use crate::clinic::Clinic;
use crate::program::Home;
use crate::support::date;

#[test]
fn every_fact_is_found_by_its_name_and_says_how_it_is_asked_for() {
    let mut names: Vec<&str> = Fact::ALL.iter().map(|fact| fact.name()).collect();
    assert!(Fact::ALL.iter().all(|fact| Fact::called(fact.name()) == Some(*fact)));
    assert!(Fact::ALL.windows(2).all(|pair| pair[0] < pair[1]), "asked for in the order of the list");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Fact::ALL.len(), "a name is one fact's");
    for fact in Fact::ALL {
        let told = fact.described();
        for text in [told.label, told.noun, told.hint, told.help, told.placeholder] {
            assert!(!text.is_empty(), "{fact:?}");
        }
    }
}

#[test]
fn what_is_read_reads_back_and_is_of_its_own_fact() {
    let today = date("2026-12-05");
    for (fact, typed) in [
        (Fact::Start, "7dec"),
        (Fact::Height, "5ft7in"),
        (Fact::Weight, "154lb"),
        (Fact::Sex, "M"),
        (Fact::Age, "46 years"),
        (Fact::Born, "1980-02-01"),
        (Fact::Creatinine, "0.8 mg/dL"),
        (Fact::Gfr, "85 mL/min"),
        (Fact::Genotype, "UGT1A1*1/*28"),
        (Fact::Lab, "platelets 180 10^9/L; bilirubin 20 umol/L"),
        (Fact::Cohort, "2"),
        (Fact::Measured, "yesterday"),
        (Fact::WeightFrom, "elsewhere"),
        (Fact::Consented, "24nov"),
        (Fact::Enrolled, "-4"),
        (Fact::Randomised, "2026-12-01"),
        (Fact::At, "08:00 America/New_York"),
    ] {
        let read = fact.read(typed, today).unwrap_or_else(|error| panic!("{typed}: {error}")).value;
        assert_eq!(read.fact(), fact);
        assert_eq!(fact.read(&read.typed(), today).unwrap().value, read, "{typed}");
        let mut subject = posology::subject::Subject::default();
        subject.set(read.clone());
        assert_eq!(subject.get(fact), Some(read).filter(|_| fact != Fact::Start), "{fact:?}");
    }
    assert_eq!(Fact::Age.read("1980-02-01", today).unwrap().value, Value::Born(date("1980-02-01")));
    assert!(Fact::Age.read("2027-02-01", today).unwrap_err().to_string().contains("lies in the future"));
}

#[test]
fn the_first_letter_of_a_sex_will_do_in_every_place() {
    for typed in ["f", "F", "Female", "female"] {
        assert_eq!(Sex::read(typed), Ok(Sex::Female), "{typed}");
        let line = ["calc", "ibw", "--height", "175", "--sex", typed];
        // 45.5 kg + 2.3 × (175 ÷ 2.54 − 60) = 65.96…
        assert!(Home::new().run(&line).out.contains("devine: 66 kg"), "{typed}");
    }
    let clinic = Clinic::new();
    clinic.enrol();
    let options = ["--sex", "m", "--age", "46 years", "--reason", "left out"];
    clinic.record(&[&["correct", "S-014", "1"][..], &options].concat());
    let history = clinic.show()["history"].to_string();
    assert!(history.contains(r#""sex":"male""#) && history.contains(r#""age":"46""#), "{history}");
}

#[test]
fn a_correction_of_what_an_entry_does_not_hold_is_refused() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["note", "S-014", "a remark"]);
    for (option, value) in
        [("--sex", "f"), ("--weight", "64"), ("--dose", "120 mg"), ("--days", "3"), ("--percent", "75")]
    {
        let told = clinic.refused(&["correct", "S-014", "2", option, value, "--reason", "x"], "not-in-entry");
        assert!(told.contains("An entry of the kind \"note\" holds no"), "{told}");
    }
    clinic.record(&["correct", "S-014", "2", "--text", "another remark", "--reason", "x"]);
}

#[test]
fn a_year_is_a_year_in_a_file_too() {
    let text = include_str!("../corpus/valid/rules.toml");
    let with = |age: &str| {
        let line = format!("\n[eligibility]\nage = {{ from = \"{age}\" }}\nsource = \"unverified\"\n\n[[drug]]");
        let text = text.replacen("\n[[drug]]", &line, 1);
        checker::check(text.as_bytes(), &Site::default())
    };
    for age in ["1 year", "18 years"] {
        let checked = with(age);
        assert!(checked.findings.iter().all(|finding| finding.code.name() != "R011"), "{age}: {:#?}", checked.findings);
        assert!(checked.regimen.is_some(), "{age}");
    }
    assert!(with("1 month").findings.iter().any(|finding| finding.code.name() == "R011"));
}
