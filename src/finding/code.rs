//! What a finding is called: a name that never changes, and static texts about it.

use std::fmt;

/// What there is to say about a code, whatever the case at hand.
#[derive(Debug)]
pub struct About {
    /// The stable name: `R013` for rules over regimens, a word such as `weight-range` elsewhere. Records keep it.
    pub name: &'static str,
    /// What is the matter, in a few words.
    pub title: &'static str,
    /// What a person is asked for where it warns: the label of the reason. `None` where it never asks.
    pub asks: Option<&'static str>,
    /// Its page: when it is raised and what to do. A rule over regimens has its page in the checker.
    pub page: &'static str,
}

impl About {
    /// What a page in Markdown says of a code that never asks: its first line is the title.
    pub const fn of_page(name: &'static str, page: &'static str) -> Self {
        let (bytes, mut end) = (page.as_bytes(), 0);
        while end < bytes.len() && bytes[end] != b'\n' {
            end += 1;
        }
        Self { name, title: page.split_at(end).0, asks: None, page }
    }
}

/// A code of a finding. Each room declares its own, in one list; two codes are the same when their names are.
#[derive(Clone, Copy)]
pub struct Code(&'static About);

impl Code {
    /// The code of these texts.
    pub const fn new(about: &'static About) -> Self {
        Self(about)
    }

    /// The stable name.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// What is the matter, in a few words.
    pub const fn title(self) -> &'static str {
        self.0.title
    }

    /// What a person is asked for where it warns; `None` where it never asks by itself.
    pub const fn asks(self) -> Option<&'static str> {
        self.0.asks
    }

    /// The label of the reason: "Reason for using a draft regimen". What blocks a plan is only asked about where it
    /// is a fact already, so every code has one.
    pub fn prompt(self) -> String {
        self.asks().map_or_else(|| format!("Reason for recording it ({})", self.0.title.to_lowercase()), str::to_owned)
    }

    /// Its page.
    pub const fn page(self) -> &'static str {
        self.0.page
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
