//! The name a file proposes for itself: whose it is, what it is, of which plan.

use crate::calendar::{self, Date};

use super::Format;

impl Format {
    /// `S-014-worksheet-gi-mfolfox6-2026-12-07.pdf`: no two documents of a plan, and no two subjects, share a name.
    pub fn proposed_name(&self, subject: Option<&str>, regimen: &str, start: Date) -> String {
        let printed = self.id.strip_prefix("pdf-").or_else(|| self.id.strip_prefix("html-"));
        let what = printed.or_else(|| Some(self.id).filter(|id| *id != self.extension));
        let start = calendar::iso(start);
        let parts = [subject.filter(|code| !code.is_empty()), what, Some(regimen), Some(&start)];
        format!("{}.{}", parts.into_iter().flatten().collect::<Vec<_>>().join("-"), self.extension)
    }
}
