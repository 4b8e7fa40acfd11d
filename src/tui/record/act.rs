//! What is about to be recorded: its fields, and what is made of them at each key.

use crate::course::Key;
use crate::course::event::Looked;
use crate::decide::{AskedFigure, Preview, Proposed, Scope};
use crate::finding::{Field, Finding};
use crate::regimen::CycleWord;
use crate::subject::Fact;
use crate::tui::field::TextField;

/// What a person is about to record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Act {
    Enrol,
    Give,
    Hold,
    Omit,
    Delay,
    Level,
    Measure,
    Criteria,
    /// A second person works this visit out before it is given.
    Verify(Scope),
    Prepare,
    Stop,
    Note,
    Expose,
    Supply,
    Move,
    /// A second person types an entry again.
    Check(u64),
    Undo(u64),
    /// The texts of an entry are taken away for good.
    Redact(u64),
    Correct(u64),
}

impl Act {
    /// The title of the screen.
    pub fn title(&self, word: CycleWord) -> String {
        match self {
            Act::Enrol => "Enrol: keep a record of this subject".to_owned(),
            Act::Give => "Doses given".to_owned(),
            Act::Hold => "Hold doses (date to be decided)".to_owned(),
            Act::Omit => "Omit doses (schedule unchanged)".to_owned(),
            Act::Delay => format!("A {} starts later", word.one()),
            Act::Level => "Dose level or percentage".to_owned(),
            Act::Measure => "New weight, height or creatinine".to_owned(),
            Act::Criteria => "Criteria to treat were checked".to_owned(),
            Act::Verify(visit) => {
                format!("Independent double check: {} day {}", word.numbered(visit.cycle), visit.day.unwrap_or(1))
            }
            Act::Prepare => "Doses prepared".to_owned(),
            Act::Stop => "Treatment ended".to_owned(),
            Act::Note => "Remark".to_owned(),
            Act::Expose => "Prior exposure (lifetime dose)".to_owned(),
            Act::Supply => "Home doses dispensed, returned or taken".to_owned(),
            Act::Move => "Another version of the regimen".to_owned(),
            Act::Check(entry) => format!("Check entry {entry}: type it again"),
            Act::Undo(entry) => format!("Undo entry {entry}"),
            Act::Redact(entry) => format!("Take the texts of entry {entry} away for good"),
            Act::Correct(entry) => format!("Correct entry {entry}"),
        }
    }
}

/// What a field is for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FieldKind {
    Subject,
    Phase,
    Cycle,
    Day,
    Drug,
    Date,
    /// The dose of the drug, of the part of the day.
    Dose {
        drug: String,
        part: Option<String>,
    },
    /// The kit and the lot of a drug, of the part of the day; of home doses, and of an entry, without its drug.
    Product {
        drug: String,
        part: Option<String>,
    },
    /// The hours of a drug, of the part of the day; of an entry without its drug.
    Times {
        drug: String,
        part: Option<String>,
    },
    /// That another dose was given where one is on record.
    Second,
    Study,
    Site,
    Days,
    Required,
    /// That nobody decided it: a dose that was due and was not taken.
    Missed,
    Level,
    /// A fact of the subject.
    Fact(Fact),
    /// A fact measured again, and typed without seeing what was typed first.
    Again(Fact),
    /// Why what was questioned is right.
    Confirm(ToConfirm),
    /// The second person.
    SecondName,
    /// The subject's code, typed by the second person.
    SecondSubject,
    /// The dose of a drug, as the second person works it out.
    SecondDose(String),
    Met,
    Text,
    Before,
    Happened,
    Count,
    /// Another version, by its id in the library.
    Version,
    /// A figure that is typed again, by its word.
    Figure(&'static str),
    /// A figure of a double check.
    Verify(AskedFigure),
    /// What a remark tells of, where it is more than a remark.
    Noted,
    /// Something of a dose that the second person looks at beside its figure.
    Tick(Key, Looked),
    Reason,
    Who,
    /// The reason that answers a warning.
    Answer(String),
}

impl FieldKind {
    /// Whether it answers a question: it is asked for once the question is there.
    pub fn is_answer(&self) -> bool {
        matches!(
            self,
            FieldKind::Answer(_)
                | FieldKind::Again(_)
                | FieldKind::Confirm(_)
                | FieldKind::SecondName
                | FieldKind::SecondSubject
                | FieldKind::SecondDose(_)
        )
    }

    /// The code whose reason is typed into it.
    pub fn answers(&self) -> Option<&str> {
        match self {
            FieldKind::Answer(code) => Some(code),
            FieldKind::Confirm(what) => Some(what.code),
            _ => None,
        }
    }

    /// What a finding about it names; `None` of what no finding is about.
    pub fn about(&self) -> Option<Field> {
        Some(match self {
            FieldKind::Subject => Field::Subject,
            FieldKind::Phase => Field::Phase,
            FieldKind::Cycle => Field::Cycle,
            FieldKind::Day => Field::Day,
            FieldKind::Drug => Field::Drug,
            FieldKind::Date => Field::On,
            FieldKind::Dose { .. } => Field::Dose,
            FieldKind::Second => Field::SecondDose,
            FieldKind::Days => Field::Days,
            FieldKind::Level => Field::Level,
            FieldKind::Fact(fact) => fact.name().into(),
            FieldKind::Before => Field::Exposure,
            FieldKind::Count => Field::Count,
            FieldKind::Version => Field::Regimen,
            FieldKind::Reason => Field::Reason,
            FieldKind::Who => Field::Who,
            FieldKind::Again(_)
            | FieldKind::Confirm(_)
            | FieldKind::SecondName
            | FieldKind::SecondSubject
            | FieldKind::SecondDose(_)
            | FieldKind::Product { .. }
            | FieldKind::Times { .. }
            | FieldKind::Noted
            | FieldKind::Study
            | FieldKind::Site
            | FieldKind::Required
            | FieldKind::Missed
            | FieldKind::Met
            | FieldKind::Text
            | FieldKind::Happened
            | FieldKind::Figure(_)
            | FieldKind::Verify(_)
            | FieldKind::Tick(..)
            | FieldKind::Answer(_) => return None,
        })
    }
}

/// What is confirmed by a field: its code, and what is measured again for it; nothing where a second person confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ToConfirm {
    pub code: &'static str,
    pub again: Vec<Fact>,
}

/// A field of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActField {
    /// What it is for.
    pub kind: FieldKind,
    /// Its label.
    pub label: String,
    /// What may be typed.
    pub hint: &'static str,
    /// Its text.
    pub text: TextField,
    /// Whether it may stay empty.
    pub optional: bool,
    /// What was read, where that is worth saying.
    pub echo: Option<String>,
    /// Why the text was refused.
    pub fault: Option<String>,
}

/// What is made of the fields.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Outcome {
    /// Not enough typed yet: the labels that are missing, and what would change as far as it can be told.
    Open(Vec<String>, Preview),
    Refused(Finding),
    Asks(Vec<Finding>, Preview),
    Ready(Vec<Proposed>, Preview),
}

/// The screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ActView {
    /// What is recorded.
    pub act: Act,
    /// Its fields.
    pub fields: Vec<ActField>,
    /// The field with the focus.
    pub focus: usize,
    /// How far the preview is scrolled.
    pub scroll: usize,
    /// What is made of the fields.
    pub outcome: Outcome,
    /// What else is worth seeing before it is recorded.
    pub remarks: Vec<String>,
    /// It is being recorded.
    pub busy: bool,
    /// Somebody has typed in it.
    pub typed: bool,
    /// The visit whose doses stand in it: phase, cycle, day.
    pub of: Option<(Option<String>, u32, i32)>,
    /// What the record asked when it was to be recorded.
    pub asked: Vec<Finding>,
}

impl ActView {
    /// A screen with its fields, the first empty one in focus.
    pub fn new(act: Act, fields: Vec<ActField>) -> Self {
        // Where the first figure goes; a name that is not known yet is typed last, but of a check, which is a second person's.
        let second = matches!(act, Act::Verify(_) | Act::Check(_));
        let open = |field: &ActField| {
            field.text.text.is_empty() && !field.optional && (second || field.kind != FieldKind::Who)
        };
        let figure = |field: &ActField| matches!(field.kind, FieldKind::Dose { .. } | FieldKind::Fact(_));
        let passed = |field: &ActField| field.kind == FieldKind::Date && field.text.is_offered();
        let first = fields.iter().position(open).or_else(|| fields.iter().position(passed));
        let first = first.or_else(|| fields.iter().position(figure));
        let focus = first.or_else(|| fields.iter().position(|field| field.text.text.is_empty() && !field.optional));
        // Whether all treatment ends or one drug is what an end begins with.
        let focus = if act == Act::Stop { 0 } else { focus.unwrap_or(0) };
        let outcome = Outcome::Open(Vec::new(), Preview::default());
        Self {
            act,
            fields,
            focus,
            scroll: 0,
            outcome,
            remarks: Vec::new(),
            busy: false,
            typed: false,
            of: None,
            asked: Vec::new(),
        }
    }

    /// Whether a field is not to be seen: what it holds is being typed again.
    pub fn is_hidden(&self, field: &ActField) -> bool {
        let FieldKind::Fact(fact) = field.kind else { return false };
        let focus = self.fields.get(self.focus).map(|field| &field.kind);
        matches!(focus, Some(FieldKind::Again(_))) && self.fields.iter().any(|one| one.kind == FieldKind::Again(fact))
    }

    /// The text of a field, trimmed; empty where there is none.
    pub fn text(&self, kind: &FieldKind) -> &str {
        self.fields.iter().find(|field| field.kind == *kind).map_or("", |field| field.text.text.trim())
    }

    /// The same; `None` where it is empty.
    pub fn typed(&self, kind: &FieldKind) -> Option<String> {
        Some(self.text(kind).to_owned()).filter(|text| !text.is_empty())
    }

    /// Fills a field, where there is one.
    pub fn fill(&mut self, kind: &FieldKind, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.kind == *kind) {
            field.text = TextField::with(text);
        }
    }

    /// The field with the focus.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        self.fields.get_mut(self.focus).map(|field| &mut field.text)
    }

    /// The field of this screen into which a fact or a part of an entry is typed.
    pub fn field_for(&self, wanted: &Field) -> Option<&ActField> {
        self.fields.iter().find(|field| field.kind.about().as_ref() == Some(wanted))
    }

    /// Labels of fields that must be filled.
    pub fn missing(&self) -> Vec<String> {
        let empty = |field: &&ActField| !field.optional && field.text.text.trim().is_empty();
        self.fields.iter().filter(empty).map(|field| field.label.clone()).collect()
    }
}

impl ActField {
    /// An empty field that must be filled.
    pub fn new(kind: FieldKind, label: impl Into<String>, hint: &'static str) -> Self {
        let text = TextField::default();
        Self { kind, label: label.into(), hint, text, optional: false, echo: None, fault: None }
    }

    /// Filled in already.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>) -> Self {
        self.text = TextField::with(text);
        self
    }

    /// May stay empty.
    #[must_use]
    pub fn maybe(mut self) -> Self {
        self.optional = true;
        self
    }
}
