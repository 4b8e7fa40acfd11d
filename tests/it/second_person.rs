//! A second person confirms a dose: they type the subject's code and the dose they worked out, and see neither, on both faces.

use posology::subject::Fact;
use posology::tui::session::FieldId;

use crate::clinic::Clinic;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, drug};
use crate::tui_record::Interface;

/// A clinic whose library has one regimen, `test`, of one drug.
fn clinic(name: &str, lines: &str) -> Clinic {
    let mut clinic = Clinic::new();
    let library = clinic.path("library");
    std::fs::create_dir_all(&library).unwrap();
    let drug = drug("a", lines).replace("name = \"a\"", &format!("name = \"{name}\""));
    let text = format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{EXAMPLE}");
    std::fs::write(library.join("test.toml"), text).unwrap();
    clinic.extra = vec!["--library".into(), library.display().to_string()];
    clinic
}

/// 170 cm and 65 kg: 1.75 m² × 75 mg/m² = 131.25 mg; 263 mg is 2.004 times the largest dose.
const LARGE: &str = "route = \"intravenous\"\ndays = [1]\ndose = \"263 mg\"\nround = \"none\"";

/// Level −1 is 100 mg of 120 mg, and the tablets are of 100 mg: both are rounded to 100 mg.
const TABLETS: &str = "route = \"oral\"\ngiven = \"clinic\"\ndose = \"120 mg\"\ndays = [1]\ntablets = [\"100 mg\"]\n\
     round = { nearest = \"100 mg\", ties = \"up\" }\nreduce = { to = [\"100 mg\", \"80 mg\"], then = \"stop this drug\", raise_again = \"never\" }";

#[test]
fn on_the_command_line_the_second_person_types_the_dose() {
    let clinic = clinic("doxorubicin", LARGE);
    let add = |more: &[&str]| {
        let base = ["subject", "add", "S-1", "test", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        let who = ["--who", "A. Nurse", "--accept", "draft=training", "--yes"];
        let made = clinic.run(&[&base[..], &who, more].concat());
        (made.status.code().unwrap(), String::from_utf8(made.stderr).unwrap())
    };
    let (code, told) = add(&[]);
    assert!(code == 3 && told.contains("--second-figure \"doxorubicin=DOSE\""), "{told}");
    let confirm = ["--confirm", "dose-large=read in the protocol"];
    let second = [&confirm[..], &["--second", "B. Lee"]].concat();
    // A name alone confirms no dose, and nobody sits at a terminal.
    let (code, told) = add(&second);
    assert!(code == 3 && told.contains("as B. Lee works it out"), "{told}");
    let (code, told) = add(&[&second[..], &["--second-figure", "doxorubicin=236 mg"]].concat());
    assert!(code == 3 && told.contains("came to another dose of doxorubicin than the plan: 236 mg"), "{told}");
    let (code, told) = add(&[&confirm[..], &["--second", "a nurse", "--second-figure", "263 mg"]].concat());
    assert!(code == 3 && told.contains("same person"), "{told}");
    let (code, told) = add(&[&second[..], &["--second-figure", "doxorubicin=0.263 g"]].concat());
    assert_eq!(code, 0, "{told}");
    let shown = String::from_utf8(clinic.run(&["subject", "show", "S-1", "--json"]).stdout).unwrap();
    assert!(shown.contains("\"second\": \"B. Lee\"") && !shown.contains("\"typed\""), "{shown}");
}

#[test]
fn a_reduction_without_effect_is_confirmed_by_the_dose_on_both_faces() {
    let clinic = clinic("a", TABLETS);
    let add = ["add", "S-1", "test", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let level = ["level", "S-1", "a=-1", "--from", "2", "--reason", "grade 3"];
    let second = ["--confirm", "reduction-without-effect=no other tablets", "--second", "B. Lee"];
    clinic.refused(&[&level[..], &second].concat(), "reduction-without-effect");

    let mut interface = Interface::of(clinic);
    interface.keys("<f3>");
    interface.keys("<enter>rr");
    interface.keys("<ctrl-u>");
    let asked = interface.keys("-1<enter>grade 3<enter>A.Nurse<enter>");
    assert!(asked.contains("Second person") && asked.contains("a, second person's dose"), "{asked}");
    interface.keys("B.Lee<enter>S-1<enter>");
    interface.typed("120 mg");
    interface.keys("<enter>");
    interface.typed("no other tablets");
    let differs = interface.text();
    assert!(differs.contains("another dose than the plan's") && !differs.contains("would be recorded"), "{differs}");
    interface.keys("<up><ctrl-u>");
    interface.typed("100 mg");
    let ready = interface.text();
    assert!(ready.contains("1 entry would be recorded"), "{ready}");
    // Who records is no second person under a Cyrillic capital, without the dot, in capitals.
    interface.keys("<up><up><ctrl-u>");
    interface.typed("\u{410} NURSE");
    let same = interface.text();
    assert!(same.contains("\u{410} NURSE") && !same.contains("would be recorded"), "{same}");
}

/// The form of a plan that nobody records asks for the same.
#[test]
fn on_the_form_the_second_person_types_the_dose() {
    let mut interface = Interface::of(clinic("doxorubicin", LARGE));
    interface.typed("test");
    interface.keys("<enter>7dec");
    let mut typed = |id: FieldId, text: &str| {
        interface.model.session.as_mut().unwrap().focus = id;
        interface.keys("<ctrl-u>");
        interface.typed(text);
        (interface.model.planned().is_some(), interface.text())
    };
    typed(FieldId::Fact(Fact::Height), "170");
    typed(FieldId::Fact(Fact::Weight), "65");
    typed(FieldId::Second, "B. Lee");
    let (planned, shown) = typed(FieldId::Why, "as the protocol says");
    assert!(!planned && shown.contains("Second person's dose"), "{shown}");
    let (planned, shown) = typed(FieldId::SecondDose, "236 mg");
    assert!(!planned && shown.contains("another dose than the plan's"), "{shown}");
    assert!(typed(FieldId::SecondDose, "263 mg").0);
}
