//! The calculators: what is typed, and what follows from it at each key. Nothing of it is kept anywhere.

mod dates;
mod sections;
mod typed;

use crate::calendar::Date;
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::subject::Fact;

use super::confirming::{self, ToConfirm};
use super::field::TextField;
use super::form_field::{Field, FieldId, Figure};

pub use sections::{Row, Section};

/// What somebody comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Topic {
    Surface,
    Weight,
    Kidney,
    Carboplatin,
    Dose,
    Dates,
}

impl Topic {
    /// Its heading.
    pub fn heading(self) -> &'static str {
        match self {
            Topic::Surface => "Body surface",
            Topic::Weight => "Weight",
            Topic::Kidney => "Kidney function",
            Topic::Carboplatin => "Carboplatin by AUC",
            Topic::Dose => "Dose × size",
            Topic::Dates => "Dates",
        }
    }

    /// The fields it is made of, the most needed first.
    pub fn fields(self) -> &'static [FieldId] {
        const HEIGHT: FieldId = FieldId::Fact(Fact::Height);
        const WEIGHT: FieldId = FieldId::Fact(Fact::Weight);
        const SEX: FieldId = FieldId::Fact(Fact::Sex);
        const AGE: FieldId = FieldId::Fact(Fact::Age);
        const CREATININE: FieldId = FieldId::Fact(Fact::Creatinine);
        const GFR: FieldId = FieldId::Fact(Fact::Gfr);
        const FACTOR: FieldId = FieldId::Figure(Figure::Factor);
        const IDEAL: FieldId = FieldId::Figure(Figure::Ideal);
        const FLOOR: FieldId = FieldId::Figure(Figure::Floor);
        const CAP: FieldId = FieldId::Figure(Figure::Cap);
        const SURFACE: FieldId = FieldId::Figure(Figure::Surface);
        const TARGET: FieldId = FieldId::Figure(Figure::Target);
        match self {
            Topic::Surface => &[HEIGHT, WEIGHT, SEX],
            Topic::Weight => &[HEIGHT, WEIGHT, SEX, FACTOR, IDEAL],
            Topic::Kidney => &[WEIGHT, SEX, AGE, CREATININE, HEIGHT, SURFACE, FACTOR, IDEAL, FLOOR],
            Topic::Carboplatin => &[TARGET, WEIGHT, SEX, AGE, CREATININE, GFR, SURFACE, FLOOR, CAP],
            Topic::Dose => {
                const DOSE: FieldId = FieldId::Figure(Figure::Dose);
                const STEP: FieldId = FieldId::Figure(Figure::Step);
                const VIAL: FieldId = FieldId::Figure(Figure::Vial);
                &[DOSE, HEIGHT, WEIGHT, STEP, VIAL, SURFACE]
            }
            Topic::Dates => {
                const DATE: FieldId = FieldId::Figure(Figure::Date);
                const ADD: FieldId = FieldId::Figure(Figure::Add);
                const UNTIL: FieldId = FieldId::Figure(Figure::Until);
                const WINDOW: FieldId = FieldId::Figure(Figure::Window);
                &[DATE, ADD, UNTIL, WINDOW]
            }
        }
    }
}

/// How the regimen in hand makes a body surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfRegimen {
    /// Its name.
    pub name: String,
    /// Its formula.
    pub formula: BsaFormula,
    /// To how many decimals.
    pub places: u32,
}

/// What the screen is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The subject it comes from, in words: a code, or the form.
    pub from: Option<String>,
    /// Texts of fields.
    pub texts: Vec<(Fact, String)>,
    /// The regimen in hand.
    pub regimen: Option<OfRegimen>,
}

/// The calculators on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct CalculatorsView {
    /// What it was opened with.
    pub given: Given,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// The one being typed in; none while the results have the focus.
    pub focus: Option<FieldId>,
    /// What was found about what is typed.
    pub findings: Vec<Finding>,
    /// What is to be confirmed before it is calculated with.
    pub to_confirm: Vec<ToConfirm>,
    /// What follows.
    pub sections: Vec<Section>,
    /// The chosen result, counted over all of them.
    pub at: usize,
}

/// The facts that are asked for, in order.
const FACTS: [Fact; 6] = [Fact::Height, Fact::Weight, Fact::Sex, Fact::Age, Fact::Creatinine, Fact::Gfr];

impl CalculatorsView {
    /// Everything empty but what was given.
    pub fn new(given: Given, today: Date) -> Self {
        let facts = FACTS.into_iter().map(FieldId::Fact);
        let figures = Figure::ALL.iter().copied().map(FieldId::Figure);
        let fields = facts.chain(figures).map(|id| Field::empty(id, false)).collect();
        let mut view = Self {
            given,
            fields,
            focus: Some(FieldId::Fact(Fact::Height)),
            findings: Vec::new(),
            to_confirm: Vec::new(),
            sections: Vec::new(),
            at: 0,
        };
        for (fact, text) in view.given.texts.clone() {
            view.fill(FieldId::Fact(fact), &text);
        }
        view.again(today);
        view
    }

    /// The text with the focus.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        let focus = self.focus?;
        self.fields.iter_mut().find(|field| field.id == focus).map(|field| &mut field.text)
    }

    /// Fills a field.
    pub fn fill(&mut self, id: FieldId, text: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            field.text = TextField::with(text);
        }
    }

    /// The text of a field.
    pub fn text(&self, id: FieldId) -> &str {
        self.fields.iter().find(|field| field.id == id).map_or("", |field| field.text.text.trim())
    }

    /// Reads everything and calculates again.
    pub fn again(&mut self, today: Date) {
        let typed = typed::read(&mut self.fields, &self.to_confirm, today);
        let (mut sections, findings) = sections::all(&typed, self.given.regimen.as_ref());
        sections.push(dates::section(&typed));
        self.hold(&mut sections);
        self.findings = findings;
        self.to_confirm = confirming::asked(&self.findings);
        confirming::ask_again(&mut self.fields, &self.to_confirm, typed.young);
        if self.focus.is_some_and(|focus| !self.fields.iter().any(|field| field.id == focus)) {
            self.focus = self.fields.first().map(|field| field.id);
        }
        let chosen = self.chosen().map(|(topic, row)| (topic, row.title.clone()));
        self.sections = sections;
        // The result that was looked at stays the one that is looked at, also when others come and go.
        let still =
            chosen.and_then(|(topic, title)| self.results().position(|(of, row)| of == topic && row.title == title));
        self.at = still.unwrap_or_else(|| self.at.min(self.results().count().saturating_sub(1)));
    }

    /// What cannot be read is left out of no figure in silence: while a field is wrong, nothing that it belongs to is shown.
    fn hold(&self, sections: &mut [Section]) {
        let wrong: Vec<FieldId> = self.fields.iter().filter(|one| one.fault.is_some()).map(|one| one.id).collect();
        for section in sections {
            if let Some(field) = section.topic.fields().iter().find(|id| wrong.contains(id)) {
                section.rows.clear();
                section.note = Some(format!("no figure while {} cannot be read", field.label().label));
            }
        }
    }

    /// Every result with what it belongs to.
    pub fn results(&self) -> impl Iterator<Item = (Topic, &Row)> {
        self.sections.iter().flat_map(|section| section.rows.iter().map(|row| (section.topic, row)))
    }

    /// The chosen result.
    pub fn chosen(&self) -> Option<(Topic, &Row)> {
        self.results().nth(self.at)
    }

    /// Goes to a topic: its first result, and the first of its fields that is empty.
    pub fn go(&mut self, topic: Topic) {
        let first = self.results().position(|(of, _)| of == topic);
        self.at = first.unwrap_or(self.at);
        let empty = topic.fields().iter().find(|id| self.text(**id).is_empty());
        self.focus = empty.or(topic.fields().first()).copied().or(self.focus);
    }

    /// The next field, or the one before; behind the last one the results.
    pub fn move_focus(&mut self, back: bool) {
        let count = self.fields.len() + 1;
        let at = self.focus.and_then(|focus| self.fields.iter().position(|field| field.id == focus));
        let at = at.unwrap_or(self.fields.len());
        let to = if back { at + count - 1 } else { at + 1 } % count;
        self.focus = self.fields.get(to).map(|field| field.id);
    }

    /// Empties every field.
    pub fn clear(&mut self, today: Date) {
        let regimen = self.given.regimen.take();
        *self = Self::new(Given { regimen, ..Given::default() }, today);
    }

    /// The chosen result as it is pasted elsewhere: figure, inputs, formula, the day, and what it is not. No code of anybody.
    pub fn copied(&self, today: Date) -> Option<String> {
        let (topic, row) = self.chosen()?;
        let inputs = self.fields.iter().filter(|field| topic.fields().contains(&field.id)).filter_map(|field| {
            let (label, text) = (field.id.label(), field.text.text.trim());
            let unit = if text.contains(|c: char| c.is_ascii_alphabetic()) { "" } else { label.unit };
            (!text.is_empty()).then(|| format!("{} {text} {unit}", label.label.to_lowercase()).trim_end().to_owned())
        });
        let mut lines = vec![format!("{}, {}: {}", topic.heading(), row.title, row.answer)];
        lines.push(format!("of {}", inputs.collect::<Vec<_>>().join(", ")));
        lines.extend(row.working.iter().cloned());
        lines.extend((!row.source.is_empty()).then(|| row.source.to_owned()));
        let on = crate::calendar::with_weekday(today);
        lines.push(format!("Calculated on {on} with Posology {}", env!("CARGO_PKG_VERSION")));
        lines.push(crate::present::NOT_AN_ORDER.to_owned());
        Some(lines.join("\n"))
    }
}
