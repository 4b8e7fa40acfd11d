//! What the law of a country asks to stand on a label of a clinical trial: 21 CFR 312.6(a); Regulation (EU) No 536/2014,
//! Annex VI, A.1. The wording for China is to be verified by the sponsor, and the label says so.

use crate::study::Jurisdiction;

/// Lines at the foot of a label; of a label that is of no trial only what every pack at home carries.
pub(super) fn words(jurisdiction: Option<Jurisdiction>, trial: bool, home: bool) -> Vec<String> {
    let (first, second) = match jurisdiction {
        None if !trial => (None, None),
        None => (Some("For clinical trial use only."), Some("Sponsor, tel. ____________________")),
        Some(Jurisdiction::Us) => {
            (Some("Caution: New Drug\u{2014}Limited by Federal (or United States) law to investigational use."), None)
        }
        Some(Jurisdiction::Eu) => (
            Some("For clinical trial use only."),
            Some("Main contact, tel. ______________ Investigator ______________"),
        ),
        Some(Jurisdiction::China) => (Some("仅用于临床试验 (wording to be verified)"), None),
    };
    let first = first.into_iter().chain(home.then_some("Keep out of the reach of children."));
    let first = first.collect::<Vec<_>>().join(" ");
    let lines = [first, second.unwrap_or_default().to_owned()];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
