//! Order that means nothing changes nothing: cohorts, rows of a table, drugs, tables of rules and entries of the
//! eligibility may stand in any order, and cohorts may have any id. Compared are all doses, dates, findings and advice, as
//! sets: where something stands in a list is all that may differ.
//!
//! What is ordered by definition is named at the end, one test each that shows that there the order matters.

mod generated;
pub mod outcome;
mod shuffle;

use std::collections::BTreeSet;

use crate::fuzz_bodies::shipped;
use crate::support::{one_phase, planned, subject};

use generated::Generated;
use outcome::{outcome, plain};
use shuffle::{Chance, shuffled, written};

/// How many regimens are made up: a few in the ordinary run, as many as `POSOLOGY_ORDERS` says in a long one.
fn orders() -> u64 {
    std::env::var("POSOLOGY_ORDERS").ok().and_then(|count| count.parse().ok()).unwrap_or(150)
}

/// What differs between two outcomes, at most a few lines of each side.
fn difference(one: &BTreeSet<String>, other: &BTreeSet<String>) -> String {
    let missing = |from: &BTreeSet<String>, at: &BTreeSet<String>| {
        let lines: Vec<&str> = from.difference(at).take(6).map(String::as_str).collect();
        lines.join("\n  ")
    };
    format!("only as written:\n  {}\nonly in another order:\n  {}", missing(one, other), missing(other, one))
}

/// Holds a text in several orders against itself.
fn indifferent(name: &str, text: &str, times: u64) -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let plainly = |text: &str| outcome(text).iter().map(|line| plain(line)).collect::<BTreeSet<String>>();
    let expected = plainly(&written(&table));
    for seed in 0..times {
        let other = written(&shuffled(&table, &mut Chance::new(seed)));
        let found = plainly(&other);
        assert!(found == expected, "{name}, order {seed}: {}\n{other}", difference(&expected, &found));
    }
    expected
}

#[test]
fn no_shipped_regimen_depends_on_an_order_that_means_nothing() {
    for (at, text) in shipped().iter().enumerate() {
        indifferent(&format!("shipped file {at}"), text, 2);
    }
}

#[test]
fn no_valid_case_depends_on_an_order_that_means_nothing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/valid");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            indifferent(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap(), 6);
            files += 1;
        }
    }
    assert!(files > 5, "{files} files");
}

/// Beside the order, two cohorts exchange their ids: what the one got as `q1` the other gets as `q2`.
#[test]
fn no_made_up_regimen_depends_on_an_order_or_on_the_ids_of_its_cohorts() {
    let (mut loaded, mut planned, mut advised) = (0, 0, 0);
    let count = orders();
    for seed in 0..count {
        let text = Generated::new(seed).text();
        let expected = indifferent(&format!("made up {seed}"), &text, 1);
        let exchanged =
            |text: &str| text.replace("arm-q1", "arm-q0").replace("arm-q2", "arm-q1").replace("arm-q0", "arm-q2");
        let table: toml::Table = toml::from_str(&exchanged(&text)).unwrap();
        let found: BTreeSet<String> = outcome(&written(&table)).iter().map(|line| plain(&exchanged(line))).collect();
        assert!(found == expected, "made up {seed}, ids exchanged: {}\n{text}", difference(&expected, &found));
        loaded += u64::from(!expected.iter().any(|line| line.contains("Block R")));
        planned += u64::from(expected.iter().any(|line| line.contains("dose Key")));
        advised += u64::from(expected.iter().any(|line| line.contains("advised drug")));
    }
    // The regimens are worth the name: many load, are planned and are advised on.
    let many = |some: u64| some * 4 > count;
    assert!(many(loaded) && many(planned) && many(advised), "{loaded} {planned} {advised} of {count}");
}

/// A drug whose lines stand in the order given, for a subject of 170 cm and 65 kg, which are 1.75 m².
fn first_dose(lines: &str) -> String {
    let regimen = one_phase(
        crate::support::TWO_WEEKS,
        &crate::support::drug("a", &format!("route = \"subcutaneous\"\nround = \"none\"\ndays = [1]\n{lines}")),
    );
    let plan =
        planned(&regimen, &posology::course::Course::new(crate::support::date("2026-12-07"), subject("170", "65")));
    crate::support::dose(&plan, "a", 1, 1)
}

/// 65 kg is in both rules; the first is meant: 50 mg, or 20 mg.
#[test]
fn the_first_starting_rule_that_holds_is_the_one() {
    let wide = r#"{ when = { weight = { below = "70 kg" } }, dose = "50 mg" }"#;
    let other = r#"{ when = { weight = { from = "60 kg" } }, dose = "20 mg" }"#;
    assert_eq!(first_dose(&format!("dose = \"100 mg\"\nstart = [{wide}, {other}]")), "50 mg");
    assert_eq!(first_dose(&format!("dose = \"100 mg\"\nstart = [{other}, {wide}]")), "20 mg");
}

/// 100 mg/m2 × 1.75 m2 = 175 mg, cut to 150 mg or to 120 mg by the first cap that fits 65 kg.
#[test]
fn the_first_cap_that_fits_is_the_one() {
    let wide = r#"{ weight = { below = "70 kg" }, dose = "150 mg" }"#;
    let other = r#"{ weight = { from = "60 kg" }, dose = "120 mg" }"#;
    assert_eq!(first_dose(&format!("dose = \"100 mg/m2\"\ncap = [{wide}, {other}]")), "150 mg");
    assert_eq!(first_dose(&format!("dose = \"100 mg/m2\"\ncap = [{other}, {wide}]")), "120 mg");
}

/// Level -1 is the first step: 80 mg, or 60 mg of 100 mg.
#[test]
fn the_steps_of_a_ladder_are_levels_in_order() {
    use posology::course::Reduction;
    let level = |to: &str| {
        let lines = format!(
            "route = \"subcutaneous\"\nround = \"none\"\ndays = [1]\ndose = \"100 mg\"\nreduce = {{ to = [{to}], then = \"ask\", raise_again = \"never\" }}"
        );
        let regimen = one_phase(crate::support::TWO_WEEKS, &crate::support::drug("a", &lines));
        let mut course = crate::support::course("2026-12-07", "170", "65");
        course.reductions.push(Reduction {
            drug: "a".to_owned(),
            from: (None, 1),
            level: Some(-1),
            percent: None,
            reason: "tried".to_owned(),
        });
        crate::support::dose(&planned(&regimen, &course), "a", 1, 1)
    };
    assert_eq!(level("\"80 mg\", \"60 mg\""), "80 mg");
    assert_eq!(level("\"60 mg\", \"40 mg\""), "60 mg");
}

/// Of one dose each, the step listed first is given first; a list that does not rise is refused.
#[test]
fn the_steps_before_the_full_dose_are_given_in_order() {
    let steps = |first: &str, second: &str| {
        format!(
            "dose = \"100 mg\"\nramp = [{{ dose = \"{first}\", lasts = \"7 days\" }}, {{ dose = \"{second}\", lasts = \"7 days\" }}]"
        )
    };
    assert_eq!(first_dose(&steps("20 mg", "50 mg")), "20 mg");
    let text = crate::support::drug("a", &format!("route = \"subcutaneous\"\ndays = [1]\n{}", steps("50 mg", "20 mg")));
    let file = format!(
        "{}\n[cycle]\n{}\nsource = \"unverified\"\n{text}\n{}",
        crate::support::HEAD,
        crate::support::TWO_WEEKS,
        crate::support::EXAMPLE
    );
    let checked = posology::checker::check(file.as_bytes(), &posology::calendar::Site::default());
    assert!(
        checked.findings.iter().any(|finding| finding.text.contains("does not lead up to")),
        "{:#?}",
        checked.findings
    );
}

/// The first infusion takes the first length of the list: 90 minutes, or 30.
#[test]
fn lengths_by_occurrence_are_those_of_the_first_and_of_the_next() {
    let minutes = |list: &str| {
        let lines = format!(
            "route = \"intravenous\"\nover = {{ by_occurrence = [{list}] }}\nround = \"none\"\ndays = [1]\ndose = \"100 mg\""
        );
        let regimen = one_phase(crate::support::TWO_WEEKS, &crate::support::drug("a", &lines));
        let plan = planned(&regimen, &crate::support::course("2026-12-07", "170", "65"));
        format!("{:?}", crate::support::on(&plan, "a", 1, 1).infusion)
    };
    assert_ne!(minutes("\"90 minutes\", \"30 minutes\""), minutes("\"30 minutes\", \"90 minutes\""));
}

/// Phases are treated one after another.
#[test]
fn phases_follow_each_other_in_order() {
    let phase = |id: &str, before: Option<&str>| {
        let begins = before.map_or_else(String::new, |before| {
            format!("begins = {{ after = \"{before}\", on = \"end of last cycle\", gap = \"0 days\" }}\n")
        });
        format!(
            "[[phase]]\nid = \"{id}\"\nname = \"{id}\"\nnumbering = \"continues\"\n{begins}source = \"unverified\"\n[phase.cycle]\nlength = \"14 days\"\ncount = {{ planned = 1 }}\nnext = \"from actual day 1\"\nwindow = \"unknown\"\nsource = \"unverified\"\n[[phase.drug]]\nid = \"{id}\"\nname = \"{id}\"\ndose = \"100 mg\"\nroute = \"subcutaneous\"\ndays = [1]\nsource = \"unverified\"\n"
        )
    };
    let first = |one: &str, other: &str| {
        let example = crate::support::EXAMPLE.replace("drug = \"a\"", &format!("drug = \"{one}\""));
        let file = format!("{}\n{}{}{example}", crate::support::HEAD, phase(one, None), phase(other, Some(one)));
        let plan = planned(&crate::support::regimen(&file), &crate::support::course("2026-12-07", "170", "65"));
        plan.administrations.first().map(|one| one.key.drug.clone())
    };
    assert_eq!((first("a", "b").as_deref(), first("b", "a").as_deref()), (Some("a"), Some("b")));
}
