//! Why a command did not do what was asked: the kind decides the exit code, the message the next step.

use crate::finding::{Finding, Remedy};

/// What kind of failure, and with it the exit code that scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regimen, a measurement or a file is absent or cannot be read; or a check the command ran has failed.
    Unreadable,
    /// Wrong use of the command line.
    Usage,
    /// Everything was read, and nothing is calculated with it.
    Blocked,
    /// The store is damaged, exposed, or of a newer program.
    Store,
    /// The store is in use, or was exchanged: the same may work in a moment.
    Busy,
    /// The reader of the output has gone; nothing to tell anyone.
    ClosedPipe,
}

/// What is wrong; the hints and findings are shown beside it.
impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl Kind {
    /// The exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Kind::Unreadable => 1,
            Kind::Usage => 2,
            Kind::Blocked => 3,
            Kind::Store => 4,
            Kind::Busy => 5,
            Kind::ClosedPipe => 141, // what a shell reports for a process that SIGPIPE ended
        }
    }
}

/// A failure at the edge of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind.
    pub kind: Kind,
    /// A stable name, for programs: `missing`, `unreadable`, `usage` …
    pub code: &'static str,
    /// What was given and what is wrong with it.
    pub message: String,
    /// Whether the message is several lines that the program laid out; any other stands on one line, whatever is in it.
    pub laid_out: bool,
    /// What would be right, one a line.
    pub hints: Vec<String>,
    /// What is wanted and into which fields it is typed, for each face to say in its own way.
    pub remedies: Vec<Remedy>,
    /// The findings that block, when it is they.
    pub findings: Vec<Finding>,
}

impl Failure {
    fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            code,
            message: message.into(),
            laid_out: false,
            hints: Vec::new(),
            remedies: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Something that was needed was not given.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreadable, "missing", message)
    }

    /// Something that was given cannot be read.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreadable, "unreadable", message)
    }

    /// A check that the command was asked to run found something wrong.
    pub fn check(message: impl Into<String>) -> Self {
        Self::new(Kind::Unreadable, "check-failed", message)
    }

    /// The command line makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, "usage", message)
    }

    /// Readable, and not to be calculated with.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Blocked, "refused", message)
    }

    /// Findings of which at least one blocks.
    pub fn blocked(findings: Vec<Finding>) -> Self {
        let texts: Vec<&str> = findings.iter().map(|finding| finding.text.as_str()).collect();
        let message = texts.join(" ");
        Self { findings, ..Self::new(Kind::Blocked, "blocked", message) }
    }

    /// The store is in use by another program.
    pub fn busy(message: impl Into<String>) -> Self {
        Self::new(Kind::Busy, "busy", message)
    }

    /// The store is damaged, or cannot be used.
    pub fn store(message: impl Into<String>) -> Self {
        Self::new(Kind::Store, "store", message)
    }

    /// Output that could not be written.
    pub fn output(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::new(Kind::ClosedPipe, "closed-pipe", ""),
            _ => Self::unreadable(format!("the output cannot be written: {error}")),
        }
    }

    /// Adds lines that the program laid out: what is wrong, at its places in a text.
    #[must_use]
    pub fn laid_out(mut self, report: &str) -> Self {
        self.message = format!("{}\n\n{}", self.message, report.trim_end());
        self.laid_out = true;
        self
    }

    /// Adds what is wanted, of a failure that more than one face tells.
    #[must_use]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedies.push(remedy);
        self
    }

    /// Adds what would be right.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}
