//! How far a regimen may be relied on: the word of its file, and what the approvals on record make of it.

use serde::Serialize;

use super::codes;
use crate::finding::Code;

/// What a file says of itself under `status`: its author's word, which approves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Said {
    Draft,
    Reviewed,
    Approved,
    Retired,
}

impl Said {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Said::Draft => "draft",
            Said::Reviewed => "reviewed",
            Said::Approved => "approved",
            Said::Retired => "retired",
        }
    }

    /// What the content is while nobody has approved it.
    pub fn alone(self) -> Status {
        match self {
            Said::Draft | Said::Reviewed | Said::Approved => Status::Draft,
            Said::Retired => Status::Retired,
        }
    }
}

/// How far a content may be relied on. Only the library, which knows the approvals on record, says `Approved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Status {
    Draft,
    Approved,
    Retired,
}

impl Status {
    /// In one word.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Approved => "approved",
            Status::Retired => "retired",
        }
    }

    /// What stands above everything made from a content that is not approved.
    pub fn banner(self) -> Option<&'static str> {
        match self {
            Status::Draft => Some("DRAFT: nobody has approved this regimen for use."),
            Status::Approved => None,
            Status::Retired => Some("RETIRED: this regimen is no longer for use."),
        }
    }

    /// The code of what is told of it, and the same within a sentence: `a draft: nobody has approved it for use`.
    pub fn caution(self) -> Option<(Code, &'static str)> {
        match self {
            Status::Draft => Some((codes::DRAFT, "a draft: nobody has approved it for use")),
            Status::Approved => None,
            Status::Retired => Some((codes::RETIRED, "retired: it is no longer for use")),
        }
    }
}

/// Whether only the protocol's own modifications are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Setting {
    Trial,
    Practice,
}
