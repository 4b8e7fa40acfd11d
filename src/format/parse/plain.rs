//! What TOML allows and a regimen does not: numbers in other digits, and lists longer than anybody means.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Finding;
use crate::format::codes;
use crate::quantity::number::shown;

/// The most entries of a list: an engineering bound, wide on purpose. What is read, compared and told grows with its square.
pub(super) const LONGEST: usize = 2_000;

/// Everything of the kind in a text; `true` where a list is too long to be read at all.
pub(super) fn look(text: &str, tree: &Spanned<DeTable<'_>>) -> (Vec<Finding>, bool) {
    let mut looked = Look { text, findings: Vec::new(), long: false };
    looked.table(tree.get_ref());
    (looked.findings, looked.long)
}

struct Look<'t> {
    text: &'t str,
    findings: Vec<Finding>,
    long: bool,
}

impl Look<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            if let DeValue::Array(list) = value.get_ref()
                && list.len() > LONGEST
            {
                let name = shown(key.get_ref());
                let text =
                    format!("`{name}` has {} entries, and a regimen has at most {LONGEST} of anything", list.len());
                let finding = Finding::block(codes::BOUNDS, text).at(key.span(), "too many");
                self.findings.push(finding.help("check that this is a regimen file; leave out what is not used"));
                self.long = true;
                continue;
            }
            self.value(value.get_ref(), value.span());
        }
    }

    fn value(&mut self, value: &DeValue<'_>, span: Range<usize>) {
        match value {
            DeValue::Table(table) => self.table(table),
            DeValue::Array(list) => list.iter().for_each(|one| self.value(one.get_ref(), one.span())),
            DeValue::Integer(number) => self.number(span, i128::from_str_radix(number.as_str(), number.radix()).ok()),
            _ => {}
        }
    }

    fn number(&mut self, span: Range<usize>, means: Option<i128>) {
        let written = self.text.get(span.clone()).unwrap_or_default();
        let digits = written.strip_prefix('-').unwrap_or(written);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain && self.findings.len() < super::MOST {
            let means = means.map_or_else(String::new, |means| format!(": a machine reads it as {means}"));
            let text = format!("\"{}\" is not a number in plain digits{means}", shown(written));
            let finding = Finding::block(codes::NUMBER_PLAIN, text).at(span, "not plain digits");
            self.findings
                .push(finding.help("write a whole number in the digits 0 to 9, such as 15; days 1 and 5 are [1, 5]"));
        }
    }
}
