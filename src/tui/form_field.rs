//! A field that is typed in: what it asks, its text, what was made of it.

use crate::calendar::Date;
use crate::finding;
use crate::quantity::body::Reading;
use crate::subject::{Described, Fact, Subject, Value};

use super::field::TextField;
use super::when;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldId {
    /// A fact of the subject.
    Fact(Fact),
    /// How many cycles are planned.
    Cycles,
    /// A fact measured again, and typed without seeing what was typed first.
    Again(Fact),
    /// The second person, who confirms a dose.
    Second,
    /// The doses in question, as the second person works them out.
    SecondDose,
    /// Why what was questioned is right.
    Why,
    /// A figure that belongs to a calculation and not to a subject.
    Figure(Figure),
}

/// Label, unit, what to type, and the word under which findings name the field.
pub struct Label {
    /// On the form.
    pub label: &'static str,
    /// Behind the figure.
    pub unit: &'static str,
    /// What may be typed.
    pub hint: &'static str,
    /// What a finding about it names.
    pub about: finding::Field,
}

impl FieldId {
    /// How the field is labelled.
    pub fn label(self) -> Label {
        match self {
            FieldId::Fact(fact) => {
                let Described { name, label, unit, hint, .. } = fact.described();
                Label { label, unit, hint, about: name.into() }
            }
            FieldId::Cycles => {
                Label { label: "Number shown", unit: "", hint: "how many to plan: 6", about: finding::Field::Cycles }
            }
            FieldId::Again(fact) => {
                let Described { unit, .. } = fact.described();
                let label = again_label(fact);
                let hint = "measured once more, and typed without looking at the first figure";
                Label { label, unit, hint, about: finding::Field::Reason }
            }
            FieldId::Second => {
                let hint = "a pharmacist or investigator who has looked at the dose, by name";
                Label { label: "Second person", unit: "", hint, about: finding::Field::Reason }
            }
            FieldId::SecondDose => {
                let hint = "each dose in question, worked out by the second person: 130 mg; of several 130 mg; 500 mg";
                Label { label: "Second person's dose", unit: "", hint, about: finding::Field::Reason }
            }
            FieldId::Why => {
                let hint = "the figure is right: why, in a few words; kept with the enrolment";
                Label { label: "Why it is right", unit: "", hint, about: finding::Field::Reason }
            }
            FieldId::Figure(figure) => figure.label(),
        }
    }
}

/// The label of a fact that is typed again.
pub fn again_label(fact: Fact) -> &'static str {
    match fact {
        Fact::Height => "Height again",
        Fact::Weight => "Weight again",
        Fact::Age => "Age again",
        Fact::Creatinine => "Creatinine again",
        Fact::Gfr => "GFR again",
        _ => "Typed again",
    }
}

/// What the calculators ask beside the facts of a body, in the order in which it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// The body surface, typed or by a formula.
    Surface,
    /// The target AUC of carboplatin.
    Target,
    /// The dose of a protocol.
    Dose,
    /// To what it is rounded.
    Step,
    /// What is in one vial.
    Vial,
    /// A date.
    Date,
    /// How much later.
    Add,
    /// Another date.
    Until,
    /// Days early and late.
    Window,
    /// The share of the excess weight that an adjusted weight counts.
    Factor,
    /// The ideal weight that it starts from.
    Ideal,
    /// A lower creatinine is raised to it.
    Floor,
    /// Above it no more of a GFR is counted.
    Cap,
}

impl Figure {
    /// Every figure.
    pub const ALL: &'static [Figure] = &[
        Figure::Surface,
        Figure::Target,
        Figure::Dose,
        Figure::Step,
        Figure::Vial,
        Figure::Date,
        Figure::Add,
        Figure::Until,
        Figure::Window,
        Figure::Factor,
        Figure::Ideal,
        Figure::Floor,
        Figure::Cap,
    ];

    fn label(self) -> Label {
        let about = |label, unit, hint| {
            let about = match self {
                Figure::Target => finding::Field::Auc,
                Figure::Surface => finding::Field::Surface,
                // No finding is about the others.
                _ => finding::Field::Reason,
            };
            Label { label, unit, hint, about }
        };
        match self {
            Figure::Surface => about("Body surface", "m²", "1.75; or a formula: du-bois, haycock"),
            Figure::Target => about("Target AUC", "", "in mg/mL × min: 5"),
            Figure::Dose => about("Dose", "", "70 mg/m2, 6 mg/kg or 400 mg"),
            Figure::Step => about("Rounded to", "", "1 mg; 5 mg down; 10 mg up"),
            Figure::Vial => about("Vial", "", "43 mg in 10 mL; of a powder 200 mg"),
            Figure::Date => about("Date", "", "7dec, +4, mon, today"),
            Figure::Add => about("Add", "", "14 days, 3 weeks, 8 x 14 days"),
            Figure::Until => about("Until", "", "another date: 4jan"),
            Figure::Window => about("Window", "days", "early and late: -1 +3"),
            Figure::Factor => about("Adjusted by", "", "the share of the excess weight: 0.4"),
            Figure::Ideal => about("Ideal weight", "kg", "instead of Devine's: 60"),
            Figure::Floor => about("Creatinine from", "", "a lower one is raised to it: 0.7 mg/dL"),
            Figure::Cap => about("GFR up to", "mL/min", "none, or a figure; empty is 125"),
        }
    }
}

/// A field and what was made of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// Its text.
    pub text: TextField,
    /// Whether there is no plan without it.
    pub needed: bool,
    /// What was read, where that is worth saying: a date in full, a conversion.
    pub echo: Option<String>,
    /// Why the text was refused.
    pub fault: Option<String>,
}

impl Field {
    /// Nothing typed yet.
    pub fn empty(id: FieldId, needed: bool) -> Self {
        Self { id, text: TextField::default(), needed, echo: None, fault: None }
    }

    /// What its text says of a fact; what is worth saying of it stands beside the field.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(&mut self, fact: Fact, today: Date) -> Result<Value, String> {
        let Reading { value, converted } =
            fact.read(self.text.text.trim(), today).map_err(|error| error.to_string())?;
        self.echo = echo(&value, today).or(converted);
        Ok(value)
    }
}

/// What was read, where the text does not say it all: a date in full, an age, a figure with its unit.
fn echo(value: &Value, today: Date) -> Option<String> {
    match value {
        Value::Born(born) => {
            let subject = Subject { born: Some(*born), ..Subject::default() };
            subject.age_on(today).map(|age| format!("{age} today; the date is not kept"))
        }
        Value::Height(_)
        | Value::Weight(_)
        | Value::CorrectedAge(_)
        | Value::Genotype(_)
        | Value::Lab(_)
        | Value::Cohort(_) => None,
        value => value.date().map_or_else(|| Some(value.to_string()), |date| Some(when::echo(date, today))),
    }
}
