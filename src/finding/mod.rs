//! One type for everything worth telling: a fault in a file, an implausible measurement, a message
//! about a plan.
//!
//! *Block* is lifted by another input only: no living person has it, or it cannot be calculated. *Confirm* is lifted by an
//! act: measured again, its unit typed, a second person ([`Lift`]). *Warn* asks for a typed reason. *Note* informs.

mod code;
mod field;
mod grades;
mod question;

pub use code::{About, Code};
pub use field::Field;
pub use grades::Grades;
pub use question::{DoseInQuestion, Figure, InUnits, Lift, Question};

use std::ops::Range;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No result is shown; only another input lifts it.
    Block,
    /// No result is shown until an act has confirmed it.
    Confirm,
    /// A reason is asked for and kept.
    Warn,
    /// Told, nothing asked.
    Note,
}

impl Severity {
    /// Every grade, the gravest first.
    pub const ALL: [Severity; 4] = [Severity::Block, Severity::Confirm, Severity::Warn, Severity::Note];

    /// Whether it waits for somebody: for an act, or for a reason.
    pub fn asks(self) -> bool {
        matches!(self, Severity::Confirm | Severity::Warn)
    }

    /// The word that stands on every face: BLOCK, CONFIRM, WARN, NOTE.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Block => "BLOCK",
            Severity::Confirm => "CONFIRM",
            Severity::Warn => "WARN",
            Severity::Note => "NOTE",
        }
    }

    /// The symbol beside the word, plain text so that every terminal has it.
    pub fn symbol(self) -> &'static str {
        match self {
            Severity::Block => "✖",
            Severity::Confirm => "◆",
            Severity::Warn => "▲",
            Severity::Note => "•",
        }
    }
}

/// A place in the text a finding is about, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// First byte, and the byte after the last.
    pub range: Range<usize>,
    /// What stands there, in a few words.
    pub label: String,
}

/// What would put it right: what is wanted, never how a face asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What is wanted, in a few words.
    pub text: String,
    /// The facts or parts of an entry it is typed into: the command line adds its options, a screen its fields.
    pub fields: Vec<Field>,
}

impl Remedy {
    /// What is wanted, typed into these fields.
    pub fn of(fields: impl Into<Vec<Field>>, text: impl Into<String>) -> Self {
        Self { text: text.into(), fields: fields.into() }
    }
}

impl<T: Into<String>> From<T> for Remedy {
    fn from(text: T) -> Self {
        Self { text: text.into(), fields: Vec::new() }
    }
}

/// Something worth telling.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is called.
    pub code: Code,
    /// One or two sentences.
    pub text: String,
    /// Where, for findings about a file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What to do or write instead.
    #[serde(rename = "help", skip_serializing_if = "Option::is_none", serialize_with = "text_alone")]
    pub remedy: Option<Box<Remedy>>,
    /// The field it belongs to, for faces that show it beside the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The figure in question and what lifts it, where it asks about one.
    #[serde(skip)]
    pub question: Option<Box<Question>>,
    /// The cycles it is about, where it is not about all of a plan: a page of another cycle does not say it.
    #[serde(skip)]
    pub cycles: Option<Box<Cycles>>,
}

/// The cycles a finding is about, each by its phase and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cycles {
    /// From one on, until another of its kind takes its place.
    From(Option<String>, u32),
    /// That one alone.
    Only(Option<String>, u32),
}

#[allow(clippy::ref_option)] // what serde hands over
fn text_alone<S: serde::Serializer>(remedy: &Option<Box<Remedy>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(remedy.as_ref().map_or("", |remedy| remedy.text.as_str()))
}

impl Finding {
    /// A finding without a place.
    pub fn new(severity: Severity, code: Code, text: impl Into<String>) -> Self {
        let (places, text) = (Vec::new(), text.into());
        Self { severity, code, text, places, remedy: None, field: None, question: None, cycles: None }
    }

    /// A BLOCK.
    pub fn block(code: Code, text: impl Into<String>) -> Self {
        Self::new(Severity::Block, code, text)
    }

    /// A CONFIRM, and what lifts it.
    pub fn confirm(code: Code, text: impl Into<String>, lift: Lift) -> Self {
        Self::new(Severity::Confirm, code, text).asking(None, lift)
    }

    /// A WARN.
    pub fn warn(code: Code, text: impl Into<String>) -> Self {
        Self::new(Severity::Warn, code, text)
    }

    /// A NOTE.
    pub fn note(code: Code, text: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, text)
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, range: Range<usize>, label: impl Into<String>) -> Self {
        self.places.push(Place { range, label: label.into() });
        self
    }

    /// Adds what to do instead.
    #[must_use]
    pub fn help(mut self, remedy: impl Into<Remedy>) -> Self {
        self.remedy = Some(Box::new(remedy.into()));
        self
    }

    /// Names the field it belongs to.
    #[must_use]
    pub fn field(mut self, field: impl Into<Field>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Says which cycles it is about.
    #[must_use]
    pub fn about(mut self, cycles: Cycles) -> Self {
        self.cycles = Some(Box::new(cycles));
        self
    }

    /// Says which figure is in question and what lifts it.
    #[must_use]
    pub fn asking(mut self, figure: Option<Figure>, lift: Lift) -> Self {
        self.question = Some(Box::new(Question { figure, lift }));
        self
    }

    /// What lifts it.
    pub fn lift(&self) -> Option<&Lift> {
        self.question.as_deref().map(|question| &question.lift)
    }

    /// What to do instead, in words that no face has added to.
    pub fn wanted(&self) -> Option<&str> {
        self.remedy.as_ref().map(|remedy| remedy.text.as_str())
    }
}

/// A finding and what to do about it, as one text.
///
/// ```
/// assert_eq!(posology::finding::in_full("The weight lies below 35 kg.", Some("check the entry")),
///     "The weight lies below 35 kg. → check the entry");
/// ```
pub fn in_full(text: &str, help: Option<&str>) -> String {
    help.map_or_else(|| text.to_owned(), |help| format!("{text} → {help}"))
}

/// Whether any of them stops a calculation: one that only another input lifts, or one that waits to be confirmed.
pub fn blocks(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity <= Severity::Confirm)
}
