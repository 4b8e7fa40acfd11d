//! What a file may not leave to a machine: odd digits, endless lists, values in no row, cycles in no row, drugs that count nothing.

use posology::calendar::Site;
use posology::checker::{self, Checked};
use posology::dosing::{self, DoseError, Modification, SubjectOnDay};
use posology::finding::Severity;
use posology::quantity::{Height, Weight};

use crate::support::{HEAD, TWO_WEEKS, course, drug, one_phase, planned};

fn checked(text: &str) -> Checked {
    checker::check(text.as_bytes(), &Site::default())
}

fn texts(checked: &Checked, code: &str) -> Vec<String> {
    checked.findings.iter().filter(|finding| finding.code.name() == code).map(|finding| finding.text.clone()).collect()
}

fn file(body: &str, cycle: &str, more: &str) -> String {
    format!(
        "{HEAD}\n[cycle]\n{cycle}\nsource = \"unverified\"\n\n[body]\nbsa = \"mosteller\"\n{body}\nweight = \"actual\"\nrecalculate = \"every cycle\"\nsource = \"unverified\"\n{more}\n[[example]]\nsubject = {{ height = \"180 cm\", weight = \"80 kg\" }}\nstart = 2026-12-07\nexpect = [{{ cycle = 1, day = 1, drug = \"a\", date = 2026-12-07 }}]\n"
    )
}

const PLACES: &str = "bsa_places = 2";

fn alpha(lines: &str) -> String {
    drug("a", &format!("route = \"intravenous\"\nround = \"none\"\n{lines}"))
}

#[test]
fn only_plain_digits_are_a_number() {
    for (days, means) in
        [("[1_5]", "15"), ("[0x0F]", "15"), ("[0b101]", "5"), ("[+5]", "5"), ("{ from = 1, through = 1_0 }", "10")]
    {
        let found = checked(&file(PLACES, TWO_WEEKS, &alpha(&format!("dose = \"10 mg\"\ndays = {days}"))));
        let told = texts(&found, "R110");
        assert_eq!(told.len(), 1, "{days}: {:?}", found.findings);
        assert!(told[0].ends_with(means), "{told:?}");
        assert!(found.regimen.is_none());
    }
    let counted = file(PLACES, &TWO_WEEKS.replace("up_to = 8", "up_to = 0x8"), &alpha("dose = \"10 mg\"\ndays = [1]"));
    assert_eq!(texts(&checked(&counted), "R110").len(), 1);
    let before = file(PLACES, TWO_WEEKS, &alpha("dose = \"10 mg\"\ndays = [-1, 1]"));
    assert_eq!(texts(&checked(&before), "R110"), [""; 0]);
}

#[test]
fn a_body_surface_in_no_row_is_found_in_the_steps_that_occur() {
    let gap = |body: &str, rows: &str| {
        texts(&checked(&file(body, TWO_WEEKS, &alpha(&format!("days = [1]\ntable = [{rows}]")))), "R046")
    };
    // One decimal: 2.0 can occur between 1.95 and 2.05, 1.95 and 2.05 cannot.
    let between =
        "{ bsa = { through = \"1.95 m2\" }, dose = \"100 mg\" }, { bsa = { from = \"2.05 m2\" }, dose = \"200 mg\" }";
    assert_eq!(
        gap("bsa_places = 1", between),
        ["body surface above 1.95 to below 2.05 m2 is in no row of the table of drug a"]
    );
    // Two decimals: 1.23 lies between 1.225 and 1.235.
    let halves =
        "{ bsa = { from = \"1.235 m2\" }, dose = \"200 mg\" }, { bsa = { through = \"1.225 m2\" }, dose = \"100 mg\" }";
    assert_eq!(gap(PLACES, halves).len(), 1);
    // One decimal: nothing lies between 1.225 and 1.235.
    assert_eq!(gap("bsa_places = 1", halves), [""; 0]);
    // A surface is cut at 2.005, which is no multiple of 0.01.
    let cut =
        "{ bsa = { through = \"2 m2\" }, dose = \"100 mg\" }, { bsa = { from = \"2.01 m2\" }, dose = \"200 mg\" }";
    assert_eq!(
        gap("bsa_places = 2\nbsa_cap = \"2.005 m2\"", cut),
        ["body surface 2.005 m2 is in no row of the table of drug a"]
    );
    assert_eq!(gap(PLACES, cut), [""; 0]);
}

#[test]
fn a_subject_in_no_row_gets_no_dose_and_never_the_first_row_s() {
    let rows = "days = [1]\ntable = [{ bsa = { through = \"1.5 m2\" }, dose = \"100 mg\" }, { bsa = { above = \"1.5 m2\" }, dose = \"200 mg\" }]";
    let mut regimen = one_phase(TWO_WEEKS, &alpha(rows));
    // As if the proof had missed the second row.
    let posology::regimen::Doses::ByRow { rows, .. } = &mut regimen.phases[0].drugs[0].dosing.doses else {
        panic!("a table")
    };
    rows.truncate(1);
    let state = SubjectOnDay {
        height: Some(Height::read("180 cm").unwrap()),
        weight: Some(Weight::read("80 kg").unwrap()),
        ..SubjectOnDay::default()
    };
    let size = dosing::size(regimen.body.as_ref().unwrap(), &state).unwrap();
    let drug = regimen.drugs().next().unwrap();
    let error = dosing::dose(&regimen, drug, &state, Modification::default(), Some(&size)).unwrap_err();
    assert!(matches!(error, DoseError::NoRow { .. }), "{error}");
    // sqrt(180 x 80 / 3600) is 2.
    assert_eq!(error.to_string(), "a: no row of the table holds body surface 2 m², so no dose is planned");
    assert_eq!(error.finding().severity, Severity::Block);
}

fn phases(count: &str, numbering: &str, by_cycle: &str) -> String {
    let cycle = |count: &str| {
        format!(
            "[phase.cycle]\nlength = \"21 days\"\ncount = {{ {count} }}\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nsource = \"unverified\"\n"
        )
    };
    let drug = |id: &str, days: &str| {
        format!(
            "\n[[phase.drug]]\nid = \"{id}\"\nname = \"{id}\"\nroute = \"intravenous\"\nover = \"60 minutes\"\ndose = \"100 mg\"\n{days}\nsource = \"unverified\"\n"
        )
    };
    format!(
        "{HEAD}\n[[phase]]\nid = \"first\"\nnumbering = \"continues\"\nsource = \"unverified\"\n{}{}\n[[phase]]\nid = \"second\"\nnumbering = \"{numbering}\"\nbegins = {{ after = \"first\", on = \"end of last cycle\", gap = \"0 days\" }}\nsource = \"unverified\"\n{}{}\n[[example]]\nsubject = {{ height = \"180 cm\", weight = \"80 kg\" }}\nstart = 2026-12-07\nexpect = [{{ cycle = 1, day = 1, drug = \"a\", date = 2026-12-07 }}]\n",
        cycle(count),
        drug("a", "days = [1]"),
        cycle("planned = 4"),
        drug("b", by_cycle)
    )
}

#[test]
fn cycles_counted_behind_a_phase_of_unknown_length_are_refused() {
    let late = "by_cycle = [{ from = 6, days = [1] }]";
    for count in ["between = [2, 3]", "up_to = 3"] {
        let found = checked(&phases(count, "continues", late));
        assert_eq!(texts(&found, "R017").len(), 1, "{:?}", found.findings);
    }
    let early = "by_cycle = [{ from = 1, through = 2, days = [1] }, { from = 3, days = [1] }]";
    assert_eq!(texts(&checked(&phases("up_to = 3", "continues", early)), "R017").len(), 1);
    assert_eq!(texts(&checked(&phases("up_to = 3", "restarts", early)), "R017"), [""; 0]);
    // Three cycles before: the second phase has cycles 4 to 7, and 6 leaves out two of them.
    assert_eq!(
        texts(&checked(&phases("planned = 3", "continues", late)), "R017"),
        ["cycles 4 through 5 are in no row"]
    );
}

#[test]
fn a_limit_over_a_life_counts_a_drug_by_its_id_and_as_a_salt() {
    let six = TWO_WEEKS.replace("up_to = 8", "planned = 6");
    let limit = |name: &str, counts: &str| {
        let drug = format!(
            "\n[[drug]]\nid = \"a\"\nname = \"{name}\"\nroute = \"intravenous\"\nover = \"unknown\"\nround = \"none\"\ndose = \"60 mg/m2\"\ndays = [1]\nsource = \"unverified\"\n"
        );
        let limit = format!(
            "\n[[lifetime]]\nname = \"anthracyclines\"\ncounts = {{ {counts} }}\nequivalence = \"X 2019\"\nlimit = \"300 mg/m2\"\nsource = \"unverified\"\n"
        );
        file(PLACES, &six, &(drug + &limit))
    };
    for (name, counts) in [
        ("doxorubicin", "doxorubicin = \"1\""),
        ("doxorubicin", "a = \"1\""),
        ("doxorubicin hydrochloride", "doxorubicin = \"1\""),
        ("doxorubicin", "\"doxorubicin hydrochloride\" = \"1\""),
    ] {
        let found = checked(&limit(name, counts));
        let regimen = found.regimen.unwrap_or_else(|| panic!("{counts}: {:?}", found.findings));
        let planned = planned(&regimen, &course("2026-12-07", "180 cm", "80 kg"));
        // Five doses of 60 mg/m2 come to 300 mg/m2, the limit.
        let reached = planned
            .findings
            .iter()
            .any(|finding| finding.code.name() == "lifetime-limit" && finding.text.contains("100 %"));
        assert!(reached, "{name} {counts}: {:?}", planned.findings);
    }
    let twice = checked(&limit("doxorubicin", "a = \"1\", doxorubicin = \"2\""));
    assert!(texts(&twice, "R053")[0].contains("twice"), "{:?}", twice.findings);
}

fn sources(count: usize) -> String {
    let one = |at: usize| format!("\n[[source]]\nid = \"s{at}\"\ntitle = \"T\"\n");
    (0..count).map(one).collect::<Vec<String>>().concat()
}

#[test]
fn a_list_longer_than_anybody_means_is_told_at_once() {
    let text = file(PLACES, TWO_WEEKS, &alpha("dose = \"10 mg\"\ndays = [1]"));
    let many = sources(20_000);
    let found = checked(&(text.clone() + &many));
    assert_eq!(texts(&found, "R034"), ["`source` has 20000 entries, and a regimen has at most 2000 of anything"]);
    assert!(found.regimen.is_none() && found.findings.len() < 5);
    // Below the bound every source is told of, up to what a person reads.
    let some = sources(1_500);
    assert!(checked(&(text + &some)).findings.len() <= 301);
}

#[test]
fn more_administrations_than_can_be_meant_are_refused() {
    let cycles = |count: u32| TWO_WEEKS.replace("up_to = 8", &format!("planned = {count}"));
    let drugs = |count: usize| -> String {
        let one = |at: usize| {
            let id = if at == 0 { "a".to_owned() } else { format!("a{at}") };
            drug(
                &id,
                "route = \"oral\"\ngiven = \"home\"\nround = \"none\"\ndose = \"10 mg\"\ncycle_total = \"140 mg\"\ndays = { from = 1, through = 14 }",
            )
        };
        (0..count).map(one).collect()
    };
    // 60 drugs on 14 days of 999 cycles.
    let found = checked(&file(PLACES, &cycles(999), &drugs(60)));
    assert_eq!(texts(&found, "R034"), ["this file asks for 839160 administrations, and a course has at most 50000"]);
    // One drug every day for 38 years.
    assert_eq!(texts(&checked(&file(PLACES, &cycles(999), &drugs(1))), "R034"), [""; 0]);
}
