//! Lifetime limits on the page of a regimen.

use crate::quantity::number::print;
use crate::regimen::model::{Limit, Regimen};

use super::{Entry, Section};

/// One line a limit.
pub(super) fn section(regimen: &Regimen) -> Option<Section> {
    let lines: Vec<Entry> = regimen.limits.iter().flat_map(entries).collect();
    (!lines.is_empty()).then(|| Section { id: "limits".to_owned(), title: "Lifetime limits".to_owned(), lines })
}

fn entries(limit: &Limit) -> Vec<Entry> {
    let factors: Vec<String> =
        limit.factors.iter().map(|(drug, factor)| format!("{drug} × {}", print(*factor))).collect();
    let entry = |label: String, value: String, key: &str| Entry {
        label,
        value,
        source: limit.provenance.of(key).map(str::to_owned),
        conflict: limit.provenance.conflict.get(key).cloned(),
    };
    let mut all = vec![
        entry(limit.name.clone(), format!("at most {}", limit.most), "most"),
        entry(format!("{}: counts", limit.name), factors.join(", "), "factors"),
    ];
    all.extend(limit.note.as_ref().map(|note| entry(format!("{}: note", limit.name), note.clone(), "note")));
    all
}
