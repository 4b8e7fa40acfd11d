//! Dose modifications on the page of a regimen.

use crate::regimen::{LooksAt, Provenance, Regimen, Rule};

use super::{Entry, Section};

/// One line a row: when it applies, and what it says.
pub(super) fn section(regimen: &Regimen) -> Option<Section> {
    let lines: Vec<Entry> = regimen.rules.iter().flat_map(entries).collect();
    (!lines.is_empty()).then(|| Section { id: "rules".to_owned(), title: "Dose modifications".to_owned(), lines })
}

fn entries(rule: &Rule) -> Vec<Entry> {
    let version = match &rule.looks_at {
        LooksAt::Grade { ctcae: Some(version) } => format!(" (CTCAE {version})"),
        LooksAt::Grade { ctcae: None } => " (CTCAE version unknown)".to_owned(),
        LooksAt::Test { .. } | LooksAt::Event => String::new(),
    };
    let rows = rule.rows.iter().map(|row| Entry {
        label: format!("{}{version}: {}", rule.name, rule.row_words(row)),
        value: rule.says_words(row).join(", "),
        source: row.source.clone().or_else(|| rule.provenance.of("rows").map(str::to_owned)),
        conflict: conflict(&rule.provenance),
        table: Some(format!("{}{version}", rule.name)),
    });
    let note = rule.note.as_ref().map(|note| Entry {
        label: format!("{}: note", rule.name),
        value: note.clone(),
        source: None,
        conflict: None,
        table: None,
    });
    rows.chain(note).collect()
}

fn conflict(provenance: &Provenance) -> Option<String> {
    provenance.conflict.get("rows").cloned()
}
