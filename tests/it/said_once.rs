//! What a file says once means what it means written out: the same doses on the same days, the same marks on each.

use std::collections::BTreeSet;

use posology::calendar::Site;
use posology::checker::check;
use posology::finding::Severity;
use posology::regimen::Regimen;

use crate::order::outcome::outcome;

fn short() -> String {
    std::fs::read_to_string("tests/corpus/valid/said-once.toml").unwrap()
}

/// The same file written out by hand.
fn long() -> String {
    std::fs::read_to_string("tests/fixtures/written-out.toml").unwrap()
}

fn loaded(text: &str) -> Regimen {
    let checked = check(text.as_bytes(), &Site::default());
    let blocks: Vec<_> = checked.findings.iter().filter(|one| one.severity == Severity::Block).collect();
    assert!(blocks.is_empty(), "{blocks:#?}");
    checked.regimen.unwrap()
}

#[test]
fn said_once_and_written_out_come_to_the_same_plan() {
    let plain = |text: &str| {
        // A digest of the text, and the places, are those of another file.
        outcome(text).into_iter().filter(|line| line.contains("dose Key")).collect::<BTreeSet<_>>()
    };
    let (short, long) = (plain(&short()), plain(&long()));
    assert!(short.len() > 20, "{} lines", short.len());
    assert_eq!(short, long);
}

#[test]
fn a_mark_that_is_said_once_is_counted_once() {
    let (short, long) = (loaded(&short()), loaded(&long()));
    let rounding = |regimen: &Regimen| {
        regimen.unverified().into_iter().filter(|line| line.ends_with(": round")).collect::<Vec<_>>()
    };
    assert_eq!(rounding(&short), ["defaults: round", "fluorouracil: round"]);
    assert_eq!(rounding(&long), ["docetaxel: round", "oxaliplatin: round", "fluorouracil: round"]);
    assert!(short.unverified().contains(&"defaults: bsa".to_owned()), "{:?}", short.unverified());
    assert_eq!(short.unverified_words().iter().filter(|line| line.starts_with("defaults: ")).count(), 1);
    // The figure itself carries its mark wherever it goes.
    let drug = short.drugs().find(|drug| drug.name == "docetaxel").unwrap();
    assert_eq!(drug.provenance.of("round"), Some("unverified"));
    assert_eq!(drug.provenance.of("dose"), Some("library"));
}

#[test]
fn what_differs_has_its_own_source_and_the_rest_that_of_the_model() {
    let regimen = loaded(&short());
    let later = regimen.phases[1].drugs.iter().find(|drug| drug.name == "docetaxel").unwrap();
    assert_eq!((later.provenance.of("dose"), later.provenance.of("over")), (Some("amendment"), Some("library")));
    assert_eq!(regimen.phases[1].drugs.len(), 3);
}

/// Nothing is rounded that need not be, and no flat dose asks for a rule.
#[test]
fn a_default_fills_only_what_would_be_asked_for() {
    let regimen = loaded(&short());
    let flat = regimen.drugs().find(|drug| drug.name == "dexamethasone").unwrap();
    assert_eq!((&flat.rounding, flat.provenance.of("round")), (&posology::regimen::Rounding::None, None));
}
