//! One thing to be told beside a file.

use crate::finding::Severity;

/// One thing to be told beside a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Whether it can mislead.
    pub severity: Severity,
    /// A sentence.
    pub text: String,
}

impl Note {
    pub(super) fn told(text: impl Into<String>) -> Self {
        Self { severity: Severity::Note, text: text.into() }
    }

    pub(super) fn warn(text: impl Into<String>) -> Self {
        Self { severity: Severity::Warn, text: text.into() }
    }
}

impl std::fmt::Display for Note {
    /// `WARN: …`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.severity.word(), self.text)
    }
}
