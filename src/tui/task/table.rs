//! Which commands are reached as forms, in the order in which they are listed.

/// Under what a command is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Group {
    Record,
    Regimens,
    Study,
    Program,
}

impl Group {
    /// The heading.
    pub fn heading(self) -> &'static str {
        match self {
            Group::Record => "The record",
            Group::Regimens => "Regimens",
            Group::Study => "The study",
            Group::Program => "The program",
        }
    }
}

/// What a command changes beside a file that it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// Nothing.
    Nothing,
    /// The record.
    Record,
    /// Regimens, or their approval.
    Regimens,
}

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is written: `subject import`.
    pub path: &'static str,
    /// Where it stands.
    pub group: Group,
    /// What it changes; what changes anything is looked at first.
    pub changes: Changes,
    /// What is looked at before it is done: a command that changes nothing, and the argument that it is given as well.
    pub first: Option<(&'static str, Option<&'static str>)>,
}

const fn looks(group: Group, path: &'static str) -> Row {
    Row { path, group, changes: Changes::Nothing, first: None }
}

const fn changes(group: Group, path: &'static str, changes: Changes, first: &'static str) -> Row {
    Row { path, group, changes, first: Some((first, None)) }
}

/// The commands.
pub const ROWS: &[Row] = &[
    looks(Group::Record, "deviations"),
    looks(Group::Record, "subject export"),
    changes(Group::Record, "subject import", Changes::Record, "audit verify"),
    looks(Group::Record, "audit verify"),
    looks(Group::Record, "audit show"),
    looks(Group::Record, "audit affected"),
    looks(Group::Record, "audit seal"),
    changes(Group::Record, "audit witness", Changes::Record, "audit verify"),
    looks(Group::Record, "backup"),
    changes(Group::Record, "restore", Changes::Record, "audit verify"),
    looks(Group::Regimens, "regimen diff"),
    looks(Group::Regimens, "regimen compare"),
    looks(Group::Regimens, "regimen explain"),
    Row {
        path: "regimen approve",
        group: Group::Regimens,
        changes: Changes::Regimens,
        first: Some(("regimen read-back", Some("regimen"))),
    },
    looks(Group::Regimens, "cohort"),
    looks(Group::Study, "study new"),
    looks(Group::Study, "study check"),
    looks(Group::Study, "study show"),
    looks(Group::Program, "selftest"),
    looks(Group::Program, "config"),
];
