//! How far a file has been checked: by whom against what, and what is still to be done before anybody signs it.

use crate::calendar;
use crate::regimen::{Over, Regimen, Stated, SupportiveCare};

use super::super::{full_name, words};
use super::{Entry, Section};

pub(super) fn checked(regimen: &Regimen) -> Option<Section> {
    let lines = regimen.checked.iter().map(|one| {
        let what = one.what.as_ref().map_or(String::new(), |what| format!(": {what}"));
        Entry {
            label: calendar::print(one.on),
            value: format!("{}, against {}{what}", one.by, one.against.join(", ")),
            source: None,
            conflict: None,
            table: None,
        }
    });
    let lines: Vec<Entry> = lines.collect();
    (!lines.is_empty()).then(|| Section { id: "checked".to_owned(), title: "Checked".to_owned(), lines })
}

/// What is still to be checked before anybody signs, one thing a line, in the order in which it is best done: what nobody
/// has verified, where sources disagree, what is known from a retelling only, what is not known, what is not planned.
pub fn to_check(regimen: &Regimen) -> Vec<String> {
    let unverified = regimen.unverified_words().into_iter().map(|line| format!("not verified: {line}"));
    let disagree = regimen.conflicts().into_iter().map(|key| format!("the sources disagree: {key}"));
    let retold = regimen.sources.iter().filter(|source| source.retells());
    let retold = retold.map(|source| format!("only retold, read the document: {}", source.title));
    let care = match &regimen.supportive_care {
        Some(SupportiveCare::AsListed { .. }) => None,
        Some(_) => words::supportive_care(regimen).map(|care| format!("supportive care: {care}")),
        None => Some("supportive care: the file does not say".to_owned()),
    };
    let nobody = (regimen.checked.is_empty()).then(|| "compared by nobody yet: the file names nobody".to_owned());
    unverified.chain(disagree).chain(retold).chain(unknown(regimen)).chain(care).chain(nobody).collect()
}

/// What the file says that no source gives.
fn unknown(regimen: &Regimen) -> Vec<String> {
    let overs = regimen.drugs().filter(|drug| drug.over == Some(Over::Unknown));
    let mut open: Vec<String> = overs.map(|drug| format!("not known: {}: over", full_name(drug))).collect();
    open.dedup();
    if regimen.phases.iter().any(|phase| phase.cycle.window == Stated::Unknown) {
        open.push("not known: window of day 1".to_owned());
    }
    if regimen.trial == Some(Stated::Unknown) {
        open.push("not known: registry number of the trial".to_owned());
    }
    open
}
