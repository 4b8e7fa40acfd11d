//! What was found in a subject, typed field by field, and what the modification tables say to it.
//!
//! The fields are those the regimen's own tables look at; what only some rows ask (which occurrence it is, the
//! upper limit of normal) appears once a row asks for it. Reading and matching are the library's.

use crate::advice::{
    Advice, ForDrug, ObservationKind, Observations, TableInput, add, advise, implausible, table_inputs,
};
use crate::finding::{Severity, in_full};
use crate::quantity::QuantityError;
use crate::regimen::Regimen;

use super::field::TextField;

/// A field: one thing that may be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it asks.
    pub asked: TableInput,
    /// Its text; empty where nothing is said.
    pub text: TextField,
    /// Why the text was refused.
    pub fault: Option<String>,
    /// What is unusual about it.
    pub doubt: Option<String>,
    /// Whether it is on the screen.
    pub shown: bool,
}

/// The screen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AdviceView {
    /// Its fields, also those no row asks for yet.
    pub fields: Vec<Field>,
    /// The field with the focus.
    pub focus: usize,
    /// The drug that may be recorded of, among those of the advice.
    pub drug: usize,
    /// How far the rows are scrolled.
    pub scroll: usize,
    /// Somebody has typed in it.
    pub typed: bool,
    /// What the tables say.
    pub advice: Advice,
}

impl AdviceView {
    /// Fields for everything the tables look at. Dose levels that the record knows are not asked.
    pub fn new(regimen: &Regimen, known: &Observations, recorded: bool) -> Self {
        let wanted = table_inputs(regimen).into_iter().filter(|one| !(recorded && one.kind == ObservationKind::Level));
        let field = |asked: TableInput| {
            let level = known.levels.get(&asked.name).copied().unwrap_or(0);
            let text = if asked.kind == ObservationKind::Level { level.to_string() } else { String::new() };
            Field { text: TextField::with(text), fault: None, doubt: None, shown: asked.first, asked }
        };
        let mut view = Self { fields: wanted.map(field).collect(), ..Self::default() };
        view.look_up(regimen, known.clone());
        view
    }

    /// Reads every field and looks everything up again.
    pub fn look_up(&mut self, regimen: &Regimen, known: Observations) {
        let mut observed = known;
        for field in &mut self.fields {
            field.read_again(regimen);
            if field.fault.is_none() {
                field.fault = field.read(regimen, &mut observed).err().map(|error| error.to_string());
            }
        }
        self.advice = advise(regimen, &observed);
        let open = &self.advice.open;
        for (at, field) in self.fields.iter_mut().enumerate() {
            let asks = open.iter().any(|one| one.kind == field.asked.kind && one.name == field.asked.name);
            field.shown = field.asked.first || asks || at == self.focus || !field.text.text.is_empty();
        }
        self.drug = self.drug.min(self.advice.drugs.len().saturating_sub(1));
    }

    /// Whether anything was said beside the dose levels.
    pub fn is_filled(&self) -> bool {
        let found = |field: &&Field| !matches!(field.asked.kind, ObservationKind::Level | ObservationKind::Day);
        self.fields.iter().filter(found).any(|field| !field.text.text.trim().is_empty())
    }

    /// The field with the focus.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        self.fields.get_mut(self.focus).map(|field| &mut field.text)
    }

    /// The next or previous field on the screen; stays at the ends.
    pub fn step(&mut self, back: bool) {
        let shown = |at: &usize| self.fields.get(*at).is_some_and(|field| field.shown);
        let to = if back { (0..self.focus).rev().find(shown) } else { (self.focus + 1..self.fields.len()).find(shown) };
        self.focus = to.unwrap_or(self.focus);
    }

    /// The drug that may be recorded of.
    pub fn chosen(&self) -> Option<&ForDrug> {
        self.advice.drugs.get(self.drug)
    }
}

impl Field {
    /// What is wrong with what it says, or unusual, whatever the other fields say.
    fn read_again(&mut self, regimen: &Regimen) {
        let mut own = Observations::default();
        (self.fault, self.doubt) = (self.read(regimen, &mut own).err().map(|error| error.to_string()), None);
        for finding in implausible(regimen, &own) {
            let text = in_full(&finding.text, finding.wanted());
            match finding.severity {
                Severity::Block => self.fault = self.fault.take().or(Some(text)),
                _ => self.doubt = self.doubt.take().or(Some(text)),
            }
        }
    }

    fn read(&self, regimen: &Regimen, observed: &mut Observations) -> Result<(), QuantityError> {
        match self.text.text.trim() {
            "" => Ok(()),
            text => add(regimen, observed, self.asked.kind, &self.asked.name, text),
        }
    }
}
