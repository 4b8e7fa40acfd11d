//! What nobody sees in a file: as it stands in the text, and as an escape in a value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Finding;
use crate::format::codes;
use crate::writing::{Hidden, hidden, is_hidden};

/// Everything of the kind: once for each place.
pub(super) fn look(text: &str, tree: &Spanned<DeTable<'_>>) -> Vec<Finding> {
    let raw = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
    let mut found = Unseen { text, findings: Vec::new() };
    for (at, character) in text.char_indices().filter(|(_, c)| raw(*c)).take(super::MOST) {
        let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        let at_line = Hidden { character, at: line.chars().count() + 1 };
        found.push("the line", at_line, at..at + character.len_utf8());
    }
    found.table(tree.get_ref());
    found.findings
}

struct Unseen<'t> {
    text: &'t str,
    findings: Vec<Finding>,
}

impl Unseen<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.escaped("the key", key.get_ref(), key.span());
            self.value(value.get_ref(), value.span());
        }
    }

    fn value(&mut self, value: &DeValue<'_>, span: Range<usize>) {
        match value {
            DeValue::Table(table) => self.table(table),
            DeValue::Array(list) => list.iter().for_each(|one| self.value(one.get_ref(), one.span())),
            DeValue::String(said) => self.escaped("the text", said, span),
            _ => {}
        }
    }

    /// What stands in the file as itself was told of already; here is what an escape or a line end makes of it.
    fn escaped(&mut self, what: &str, said: &str, span: Range<usize>) {
        let written = self.text.get(span.clone()).unwrap_or_default();
        let as_itself = |c: char| !matches!(c, '\n' | '\t') && written.contains(c);
        if let Some(found) = hidden(said).filter(|found| !as_itself(found.character)) {
            self.push(what, found, span);
        }
    }

    fn push(&mut self, what: &str, found: Hidden, span: Range<usize>) {
        if self.findings.len() < super::MOST {
            let text = format!("{what} holds {found}, which nobody can see");
            let finding = Finding::block(codes::HIDDEN_CHARACTER, text).at(span, "here");
            self.findings.push(finding.help("write the text anew, on one line"));
        }
    }
}
