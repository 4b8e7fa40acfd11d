//! Tables of rules that cannot be meant: waits that end no better, doses above the protocol's, names of two things, tables
//! that contradict each other; and one misspelt value that is one finding.

use posology::calendar::Site;
use posology::checker::check;
use posology::finding::Severity;

use crate::program::Home;

const CASE: &str = include_str!("../corpus/valid/rules.toml");

/// Every code but those of notes, with its severity, of the case after some edits.
fn codes(edits: &[(&str, &str)]) -> Vec<(&'static str, Severity)> {
    let text = edits.iter().fold(CASE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let findings = check(text.as_bytes(), &Site::default()).findings;
    findings.iter().filter(|one| one.severity != Severity::Note).map(|one| (one.code.name(), one.severity)).collect()
}

const NEUTROPHILS: &str = "{ below = \"1.5 10^9/L\", do = \"hold\", until = { from = \"1.5 10^9/L\" }, longest = \"28 days\", if_longer = \"stop the regimen\" }";
const BLOCK: Severity = Severity::Block;
const WARN: Severity = Severity::Warn;

#[test]
fn the_case_itself_is_sound() {
    assert_eq!(codes(&[]), []);
}

#[test]
fn a_wait_ends_with_something_better() {
    let until = |row: &str| codes(&[(NEUTROPHILS, row)]);
    // Held below 1.5, on again below 1: worse, and inside the row.
    let hold = |until: &str| format!("{{ below = \"1.5 10^9/L\", do = \"hold\", until = {{ {until} }} }}");
    assert_eq!(until(&hold("below = \"1 10^9/L\"")), [("R097", BLOCK)]);
    // 1.2 is held, and fits the end of the wait.
    assert_eq!(until(&hold("from = \"1 10^9/L\"")), [("R097", BLOCK)]);
    assert_eq!(until(&hold("from = \"1500 /mm3\"")), []);
    assert_eq!(until(&hold("above = \"2 10^9/L\"")), []);
    // Outside the row, and still nothing milder: below 0.5 the table stops.
    let rows = "{ from = \"0.5 10^9/L\", below = \"1.5 10^9/L\", do = \"hold\", until = { below = \"0.5 10^9/L\" } },\n\
                { below = \"0.5 10^9/L\", do = \"stop the regimen\" }";
    assert_eq!(until(rows), [("R097", BLOCK)]);
    // What happens beside the count may be what is waited out.
    let fever = "{ below = \"1.5 10^9/L\", without = \"fever\", do = \"hold\", until = { from = \"1.5 10^9/L\" } },\n\
                 { below = \"1.5 10^9/L\", with = \"fever\", do = \"hold\", until = { from = \"1 10^9/L\" } }";
    assert_eq!(until(fever), []);
}

#[test]
fn a_grade_waits_for_a_lower_one() {
    let grade = "{ is = \"grade 2\", do = \"hold\", until = { through = \"grade 1\" } }";
    let until = |end: &str| codes(&[(grade, &grade.replace("through = \"grade 1\"", end))]);
    assert_eq!(until("from = \"grade 2\""), [("R097", BLOCK)]);
    assert_eq!(until("through = \"grade 2\""), [("R097", BLOCK)]);
    assert_eq!(until("from = \"grade 3\""), [("R097", BLOCK)]);
    assert_eq!(until("through = \"grade 0\""), []);
}

#[test]
fn nothing_comes_to_more_than_the_protocol_s_dose() {
    let half = "\"50 % of the starting dose\"";
    let practice = ("setting = \"trial\"", "setting = \"practice\"");
    for of in ["the starting dose", "the protocol dose", "the last dose"] {
        let more = format!("\"110 % of {of}\"");
        assert_eq!(codes(&[(half, &more)]), [("R098", BLOCK)], "{of}");
        assert_eq!(codes(&[(half, &more), practice]), [("R098", WARN)], "{of}");
        assert_eq!(codes(&[(half, &format!("\"100 % of {of}\""))]), [], "{of}");
    }
    // Also behind a wait, and drug by drug.
    let then = "fluorouracil = \"75 % of the protocol dose\"";
    assert_eq!(codes(&[(then, "fluorouracil = \"101 % of the protocol dose\"")]), [("R098", BLOCK)]);
}

#[test]
fn a_start_above_the_dose_is_asked_about() {
    let start = "dose = \"50 mg/m2\", reduce";
    assert_eq!(codes(&[(start, "percent = \"110 %\", reduce")]), [("R098", BLOCK)]);
    // 80 mg/m2 where everybody else gets 70; 0.06 g/m2 is 60 mg/m2.
    assert_eq!(codes(&[(start, "dose = \"80 mg/m2\", reduce")]), [("R098", WARN)]);
    assert_eq!(codes(&[(start, "dose = \"0.06 g/m2\", reduce")]), []);
}

#[test]
fn one_name_is_one_thing() {
    let anc = "also = [\"ANC\"]";
    assert_eq!(codes(&[(anc, "also = [\"bilirubin\"]")]), [("R025", BLOCK)]);
    assert_eq!(codes(&[(anc, "also = [\"ANC\", \"Bilirubin\"]")]), [("R025", BLOCK)]);
    // A grade is another kind of finding: "diarrhoea" there is in nobody's way.
    assert_eq!(codes(&[(anc, "also = [\"diarrhoea\"]")]), []);
    let other = "test = \"bilirubin\"\nalso = [\"ANC\"]";
    assert_eq!(codes(&[("test = \"bilirubin\"", other)]), [("R025", BLOCK)]);
}

/// The bilirubin table once more.
fn second(rows: &str, drugs: &str) -> String {
    format!(
        "[[rule]]\ntest = \"bilirubin\"\ndrugs = [{drugs}]\nrows = [{rows}]\nsource = \"unverified\"\n\n# A grade with and"
    )
}

#[test]
fn two_tables_of_one_test_may_speak_of_their_own_drugs_and_not_contradict() {
    let at = "# A grade with and";
    let other = "{ through = \"2 x ULN\", do = \"treat\" }, { above = \"2 x ULN\", do = \"omit\" }";
    assert_eq!(codes(&[(at, &second(other, "\"fluorouracil\""))]), []);
    // Between 1.5 and 2 × ULN: half the dose in one table, all of it in the other.
    assert_eq!(codes(&[(at, &second(other, "\"irinotecan\""))]), [("R103", WARN)]);
    let same = "{ through = \"1.5 x ULN\", do = \"treat\" }, { above = \"1.5 x ULN\", through = \"3 x ULN\", do = \"50 % of the starting dose\" }, { above = \"3 x ULN\", do = \"omit\" }";
    assert_eq!(codes(&[(at, &second(same, "\"irinotecan\""))]), []);
}

/// A bare number says no grade: one thing to correct, and nothing about rows that are in the way of each other.
#[test]
fn a_bare_number_is_one_finding() {
    for (right, bare) in [
        ("is = \"grade 2\"", "is = 2"),
        ("through = \"grade 1\", do = \"treat\"", "through = 1, do = \"treat\""),
        ("occurrence = \"second\"", "occurrence = 2"),
        ("with = \"fever\"", "with = true"),
        ("genotype = \"UGT1A1*28/*28\" }, do", "genotype = 28 }, do"),
        ("age = { from = \"70 years\" }", "age = { from = 70 }"),
        ("age = { from = \"70 years\" }", "age = 70"),
    ] {
        assert_eq!(codes(&[(right, bare)]), [("R005", BLOCK)], "{bare}");
    }
}

const UNTRIED: &str = "worked examples not run";

#[test]
fn what_blocks_keeps_the_worked_examples_from_being_tried_and_that_is_said() {
    let home = Home::new();
    let check = |text: &str| {
        std::fs::write(home.path().join("case.toml"), text).unwrap();
        home.run(&["regimen", "check", "./case.toml"]).out
    };
    let broken = check(&CASE.replace("is = \"grade 2\"", "is = 2"));
    assert!(broken.contains(UNTRIED) && broken.contains("not usable, 1 to correct"), "{broken}");
    assert!(check(&format!("{CASE}\nx = ")).contains(UNTRIED));
    // Tried, and one does not come out: nothing is left to try.
    let wrong = check(&CASE.replacen("dose = \"", "dose = \"1", 1));
    assert!(wrong.contains("R090") && !wrong.contains(UNTRIED), "{wrong}");
    assert!(!check(CASE).contains(UNTRIED));
    // There is none to try, and that is what is wrong.
    let none = check(CASE.split("[[example]]").next().unwrap());
    assert!(none.contains("R032") && !none.contains(UNTRIED), "{none}");
}

#[test]
fn a_table_names_every_entry_of_a_substance() {
    // The shipped file holds both entries of carfilzomib, 20 mg/m2 on days 1 and 2 of cycle 1 and 27 mg/m2 after it.
    let krd = include_str!("../../regimens/heme-krd.toml");
    let told = |text: &str| {
        let findings = check(text.as_bytes(), &Site::default()).findings;
        let of_rule: Vec<String> =
            findings.iter().filter(|one| one.code.name() == "R130").map(|one| one.text.clone()).collect();
        of_rule
    };
    assert_eq!(told(krd), [""; 0]);
    let both = "drugs  = [\"carfilzomib-first\", \"carfilzomib\"]";
    assert_eq!(krd.matches(both).count(), 3);
    assert_eq!(
        told(&krd.replacen(both, "drugs  = [\"carfilzomib\"]", 1)),
        ["the table on neutrophils speaks of carfilzomib, and not of carfilzomib-first, which is carfilzomib too"]
    );
    // Another table on the same thing may speak of it, and what follows for nobody is said.
    let apart = krd.replacen(both, "drugs  = [\"carfilzomib\"]", 1)
        + "\n[[rule]]\ntest = \"neutrophils\"\ndrugs = [\"carfilzomib-first\"]\nsource = \"kyprolis-table\"\n\
           rows = [{ below = \"0.5 10^9/L\", do = \"hold\" }, { from = \"0.5 10^9/L\", do = \"treat\" }]\n";
    assert_eq!(told(&apart), [""; 0]);
}
