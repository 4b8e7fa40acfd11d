//! One danger, many spellings: what a rule knows it knows however the file writes it.

use posology::calendar::Site;
use posology::checker::{self, Checked};
use posology::finding::{Finding, Severity};

use crate::support::{BODY, HEAD};

/// A file of one phase with these tables; the cycle is replaced where `cycle` says so.
fn checked(cycle: &str, more: &str) -> Checked {
    let text = format!(
        "{HEAD}\n[cycle]\n{cycle}\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nsource = \"unverified\"\n\n{BODY}\n{more}\n[[example]]\nsubject = {{ height = \"180 cm\", weight = \"80 kg\" }}\nstart = 2026-12-07\nexpect = [{{ cycle = 1, day = 1, drug = \"x\", date = 2026-12-07 }}]\n"
    );
    checker::check(text.as_bytes(), &Site::default())
}

const THREE_WEEKS: &str = "length = \"21 days\"\ncount = { planned = 3 }";

fn drug(lines: &str) -> String {
    let id = if lines.contains("id =") { "" } else { "id = \"x\"\n" };
    format!("[[drug]]\n{id}{lines}\nsource = \"unverified\"\n")
}

fn intravenous(name: &str, lines: &str) -> String {
    drug(&format!(
        "name = \"{name}\"\nroute = \"intravenous\"\nover = \"60 minutes\"\nround = \"none\"\ndays = [1]\n{lines}"
    ))
}

fn of(checked: &Checked, code: &str) -> Vec<Finding> {
    checked.findings.iter().filter(|finding| finding.code.name() == code).cloned().collect()
}

#[track_caller]
fn told(checked: &Checked, code: &str) -> Finding {
    let found = of(checked, code);
    assert!(
        !found.is_empty(),
        "no {code}: {:?}",
        checked.findings.iter().map(|f| (f.code.name(), &f.text)).collect::<Vec<_>>()
    );
    found[0].clone()
}

#[track_caller]
fn silent(checked: &Checked, code: &str) {
    assert_eq!(of(checked, code), [], "{code}");
}

#[track_caller]
fn usable(checked: &Checked) {
    let blocks: Vec<_> = checked.findings.iter().filter(|f| f.severity == Severity::Block).collect();
    assert!(checked.regimen.is_some(), "{blocks:?}");
}

#[test]
fn methotrexate_by_mouth_is_known_as_a_salt_and_on_every_way_to_write_the_days() {
    let oral = |name: &str, days: &str| {
        let lines = format!(
            "name = \"{name}\"\nroute = \"oral\"\ngiven = \"home\"\ndose = \"2.5 mg\"\nmissed = \"skip\"\n{days}"
        );
        checked(THREE_WEEKS, &drug(&lines))
    };
    for name in
        ["methotrexate", "methotrexate sodium", "Methotrexate Disodium", "MTX", "methotrexat", "methotrexate-sodium"]
    {
        told(&oral(name, "days = \"every day\""), "R066");
        silent(&oral(name, "days = [1, 8, 15]"), "R066");
    }
    let by_cycle =
        oral("methotrexate", "by_cycle = [{ from = 1, through = 1, days = [1] }, { from = 2, days = [1, 2] }]");
    told(&by_cycle, "R066");
    // Day 1 and day 7 of a seven-day cycle are neighbours.
    let week = "length = \"7 days\"\ncount = { planned = 3 }";
    let lines = "name = \"methotrexate\"\nroute = \"oral\"\ngiven = \"home\"\ndose = \"2.5 mg\"\nmissed = \"skip\"\ncycle_total = \"5 mg\"\ndays = [1, 7]";
    told(&checked(week, &drug(lines)), "R066");
}

#[test]
fn a_vinca_alkaloid_is_known_as_a_salt_a_slip_and_by_a_table() {
    for name in ["vincristine", "vincristine sulfate", "Vincristine (sulphate)", "vincristin", "VCR"] {
        told(&checked(THREE_WEEKS, &intravenous(name, "dose = \"1.4 mg/m2\"")), "R041");
        let spinal =
            drug(&format!("name = \"{name}\"\nroute = \"intrathecal\"\nround = \"none\"\ndose = \"2 mg\"\ndays = [1]"));
        told(&checked(THREE_WEEKS, &spinal), "R040");
    }
    let table = "table = [{ age = { below = \"18 years\" }, dose = \"1 mg\" }, { age = { from = \"18 years\" }, dose = \"1.4 mg/m2\" }]";
    told(&checked(THREE_WEEKS, &intravenous("vincristine", table)), "R041");
    let capped = intravenous("vincristine sulfate", "dose = \"1.4 mg/m2\"\ncap = \"2 mg\"");
    silent(&checked(THREE_WEEKS, &capped), "R041");
}

#[test]
fn a_letter_that_only_looks_right_is_refused() {
    for name in ["vincri\u{200b}stine", "v\u{456}ncristine", "vincristine\u{a0}", "ｖincristine"] {
        let checked = checked(THREE_WEEKS, &intravenous(name, "dose = \"2 mg\""));
        let finding = told(&checked, "R099");
        assert!(finding.text.contains("U+") && finding.remedy.is_some(), "{finding:?}");
        assert!(checked.regimen.is_none());
    }
}

#[test]
fn lomustine_is_known_by_every_length_a_cycle_may_have() {
    let lomustine = |name: &str, lines: &str, cycle: &str| {
        let lines =
            format!("name = \"{name}\"\nroute = \"oral\"\ngiven = \"home\"\ndays = [1]\nround = \"none\"\n{lines}");
        checked(cycle, &drug(&lines))
    };
    let six_weeks = "length = \"42 days\"\ncount = { planned = 3 }";
    silent(&lomustine("lomustine", "dose = \"110 mg/m2\"", six_weeks), "R067");
    told(
        &lomustine("lomustine hydrate", "dose = \"110 mg/m2\"", "length = \"28 days\"\ncount = { planned = 3 }"),
        "R067",
    );
    let row = "table = [{ weight = { below = \"50 kg\" }, dose = \"50 mg\", length = \"21 days\" }, { weight = { from = \"50 kg\" }, dose = \"100 mg\" }]";
    told(&lomustine("lomustine", row, six_weeks), "R067");
    let level = "dose = \"110 mg/m2\"\nreduce = { to = [{ dose = \"80 mg/m2\", length = \"28 days\" }], then = \"ask\", raise_again = \"never\" }";
    told(&lomustine("lomustine", level, six_weeks), "R067");
}

#[test]
fn the_conjugate_is_known_by_its_formulation_in_a_table_and_as_a_loading_dose() {
    let conjugate = "trastuzumab emtansine";
    for lines in [
        "dose = \"3.6 mg/kg\"\nloading = { dose = \"6 mg/kg\", again_after = \"never\" }",
        "table = [{ age = { below = \"70 years\" }, dose = \"6 mg/kg\" }, { age = { from = \"70 years\" }, dose = \"3.6 mg/kg\" }]",
        // 480 mg at 80 kg is 6 mg/kg, and more below.
        "table = [{ weight = { through = \"80 kg\" }, dose = \"480 mg\" }, { weight = { above = \"80 kg\" }, dose = \"500 mg\" }]",
        "dose = \"6000 mcg/kg\"",
    ] {
        told(&checked(THREE_WEEKS, &intravenous(conjugate, lines)), "R065");
    }
    told(&checked(THREE_WEEKS, &intravenous("trastuzumab", "formulation = \"emtansine\"\ndose = \"6 mg/kg\"")), "R065");
    silent(&checked(THREE_WEEKS, &intravenous("trastuzumab", "dose = \"6 mg/kg\"")), "R065");
    silent(&checked(THREE_WEEKS, &intravenous(conjugate, "dose = \"3.6 mg/kg\"")), "R065");
}

#[test]
fn a_mass_for_a_drug_in_units_is_known_as_a_salt_and_in_a_row() {
    told(&checked(THREE_WEEKS, &intravenous("bleomycin sulfate", "dose = \"15 mg\"")), "R072");
    told(&checked(THREE_WEEKS, &intravenous("insulin glargine", "dose = \"10 mg\"")), "R072");
    let row = "table = [{ age = { below = \"70 years\" }, dose = \"30 mg\" }, { age = { from = \"70 years\" }, dose = \"15 mg\" }]";
    told(&checked(THREE_WEEKS, &intravenous("bleomycin", row)), "R072");
}

#[test]
fn one_drug_twice_is_known_in_other_words() {
    let twice = |second: &str| {
        let both = intravenous("alpha", "dose = \"100 mg\"")
            + &drug(&format!("id = \"again\"\nroute = \"intravenous\"\nround = \"none\"\n{second}"));
        checked(THREE_WEEKS, &both)
    };
    for second in [
        "name = \"alpha\"\nover = \"60 minutes\"\ndose = \"0.1 g\"\ndays = [1]",
        "name = \"Alpha\"\nover = \"1 hour\"\ndose = \"100 mg\"\ndays = [1]",
        "name = \"alpha hydrochloride\"\nover = \"60 minutes\"\ndose = \"100 mg\"\ndays = [1]",
        "name = \"alpha\"\nover = \"60 minutes\"\ndose = \"100 mg\"\nby_cycle = [{ from = 1, days = [1] }]",
        // Once in the third cycle is twice in the third cycle.
        "name = \"alpha\"\nover = \"60 minutes\"\ndose = \"100 mg\"\nby_cycle = [{ from = 1, through = 2, days = [8] }, { from = 3, days = [1] }]",
        "name = \"alpha\"\nover = \"60 minutes\"\ntable = [{ age = { below = \"70 years\" }, dose = \"50 mg\" }, { age = { from = \"70 years\" }, dose = \"100 mg\" }]\ndays = [1]",
    ] {
        told(&twice(second), "R075");
    }
    for second in [
        "name = \"alpha\"\nover = \"60 minutes\"\ndose = \"0.2 g\"\ndays = [1]",
        "name = \"alpha\"\nover = \"60 minutes\"\ndose = \"100 mg\"\nby_cycle = [{ from = 1, days = [8] }]",
        "name = \"alpha\"\nformulation = \"liposomal\"\nover = \"60 minutes\"\ndose = \"100 mg\"\ndays = [1]",
        "name = \"beta\"\nover = \"60 minutes\"\ndose = \"100 mg\"\ndays = [1]",
    ] {
        silent(&twice(second), "R075");
    }
}

#[test]
fn pumps_that_overlap_are_known_across_cycles_and_within_a_day() {
    let pump = |over: &str, lines: &str, length: &str| {
        let lines = format!(
            "name = \"alpha\"\nroute = \"intravenous\"\ntotal = \"2400 mg/m2\"\nround = \"none\"\nover = \"{over}\"\n{lines}"
        );
        checked(&format!("length = \"{length}\"\ncount = {{ planned = 2 }}"), &drug(&lines))
    };
    // 192 hours are eight days, and the next begins after seven.
    told(&pump("192 hours", "days = [3]", "7 days"), "R076");
    silent(&pump("168 hours", "days = [3]", "7 days"), "R076");
    told(&pump("96 hours", "days = [1]\ntimes = \"twice daily\"\ncycle_total = \"4800 mg/m2\"", "21 days"), "R076");
    // 20 hours twice a day.
    let short = intravenous("alpha", "dose = \"10 mg\"\ntimes = \"twice daily\"\ncycle_total = \"20 mg\"")
        .replace("60 minutes", "20 hours");
    told(&checked(THREE_WEEKS, &short), "R076");
}

const COHORTS: &str = "[[cohort]]\nid = \"1\"\n\n[[cohort]]\nid = \"2\"\n\n";

#[test]
fn doses_by_two_body_sizes_are_not_compared_in_silence() {
    let reduce = |step: &str| format!("reduce = {{ to = [\"{step}\"], then = \"ask\", raise_again = \"never\" }}");
    let cohorts = |one: &str, two: &str, more: &str| {
        let lines = format!("by_cohort = {{ \"1\" = \"{one}\", \"2\" = \"{two}\" }}\n{more}");
        checked(THREE_WEEKS, &(COHORTS.to_owned() + &intravenous("alpha", &lines)))
    };
    let finding = told(&cohorts("100 mg/m2", "5 mg/kg", &reduce("3 mg/kg")), "R100");
    assert!(finding.text.contains("nobody can tell whether it is lower"), "{}", finding.text);
    told(&checked(THREE_WEEKS, &intravenous("alpha", &format!("dose = \"50 mg/m2\"\n{}", reduce("120 mg")))), "R100");
    let loading = "dose = \"50 mg/m2\"\nloading = { dose = \"1 mg/kg\", again_after = \"never\" }";
    told(&checked(THREE_WEEKS, &intravenous("alpha", loading)), "R100");
    let same = checked(THREE_WEEKS, &intravenous("alpha", &format!("dose = \"50 mg/m2\"\n{}", reduce("40 mg/m2"))));
    silent(&same, "R100");
    usable(&same);
}

#[test]
fn every_cohort_is_compared_with_cap_maximum_and_loading_dose() {
    let second = |more: &str| {
        let lines = format!("by_cohort = {{ \"1\" = \"100 mg\", \"2\" = \"500 mg\" }}\n{more}");
        checked(THREE_WEEKS, &(COHORTS.to_owned() + &intravenous("alpha", &lines)))
    };
    assert!(told(&second("cap = \"200 mg\""), "R082").text.contains("500 mg"));
    assert!(told(&second("maximum = { dose = \"200 mg\" }"), "R084").text.contains("500 mg"));
    let loading = "loading = { dose = \"400 mg\", again_after = \"never\" }";
    assert!(told(&second(loading), "R081").text.contains("500 mg"));
    silent(&second("cap = \"600 mg\""), "R082");
    silent(&second(&loading.replace("400", "600")), "R081");
    // 200 mg/m2 with a cap of 20 mg is capped from 0.1 m2 on: everybody of the second cohort gets 20 mg.
    let odd = "by_cohort = { \"1\" = \"20 mg/m2\", \"2\" = \"200 mg/m2\" }\ncap = \"20 mg\"";
    told(&checked(THREE_WEEKS, &(COHORTS.to_owned() + &intravenous("alpha", odd))), "R083");
}

#[test]
fn a_dose_no_body_can_be_given_is_refused_however_it_is_written() {
    for dose in ["79228162514264337593543950335 mg", "501 g", "201 g/m2", "11 g/kg", "1001 million units"] {
        told(&checked(THREE_WEEKS, &intravenous("alpha", &format!("dose = \"{dose}\""))), "R111");
    }
    for dose in ["160 g", "33 g/m2", "2 g/kg", "42 million units"] {
        silent(&checked(THREE_WEEKS, &intravenous("alpha", &format!("dose = \"{dose}\""))), "R111");
    }
    let row = "table = [{ age = { below = \"70 years\" }, dose = \"30 mg\" }, { age = { from = \"70 years\" }, dose = \"900 g\" }]";
    told(&checked(THREE_WEEKS, &intravenous("alpha", row)), "R111");
}
