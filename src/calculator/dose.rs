//! A dose by size, rounded to what can be given, with the vials and the volume it takes.

use crate::dosing::vials;
use crate::formula::rounding::{difference, step};
use crate::formula::{Computed, FormulaError, Line, Need, per_size};
use crate::quantity::decimal::{self, Direction, Ties};
use crate::quantity::{Amount, Basis, Bsa, Decimal, DoseUnit, ProtocolDose, QuantityError, Volume, Weight, number};
use crate::regimen::Vial;

/// The decimals a body surface is used with, unless somebody says otherwise.
pub const USUAL_PLACES: u32 = 2;

const NAME: &str = "the dose";

/// To what a dose is rounded, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct To {
    /// The step.
    pub step: Amount,
    /// Which way.
    pub direction: Direction,
    /// Where a dose exactly between two steps goes.
    pub ties: Ties,
}

impl To {
    /// Reads `1 mg`, `5 mg down`, `10 mg up`; to the nearest, ties up, where nothing is said.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let words = text.trim();
        let (figure, direction) = [("down", Direction::Down), ("up", Direction::Up), ("nearest", Direction::Nearest)]
            .into_iter()
            .find_map(|(word, direction)| Some((words.strip_suffix(word)?, direction)))
            .unwrap_or((words, Direction::Nearest));
        let step = Amount::read(figure.trim().trim_end_matches(','))?;
        if step.value <= Decimal::ZERO {
            return Err(QuantityError::new(
                text,
                "is not a step",
                "a step above zero, such as \"5 mg\" or \"5 mg down\"",
            ));
        }
        Ok(Self { step, direction, ties: Ties::Up })
    }
}

/// Reads a vial: `43 mg in 10 mL`; of a powder `200 mg`.
pub fn read_vial(text: &str) -> Result<Vial, QuantityError> {
    let right = "what is in one vial: \"43 mg in 10 mL\", or \"200 mg\" of a powder";
    let wrong = |why: &str| QuantityError::new(text, why, right);
    let (amount, volume) = match text.split_once(" in ").or_else(|| text.split_once('/')) {
        Some((amount, volume)) => (amount, Some(Amount::read(volume.trim())?)),
        None => (text, None),
    };
    let amount = Amount::read(amount.trim())?;
    let millilitres = |volume: Amount| volume.in_unit(DoseUnit::Ml).map(|found| Volume::ml(found.value));
    let volume = match volume {
        Some(volume) => Some(millilitres(volume).ok_or_else(|| wrong("names no volume behind \"in\""))?),
        None => None,
    };
    let empty = amount.value <= Decimal::ZERO || volume.is_some_and(|volume| volume.value() <= Decimal::ZERO);
    if empty { Err(wrong("is an empty vial")) } else { Ok(Vial { amount, volume }) }
}

/// A body surface as it is used: to so many decimals, which is a step of its own.
pub fn surface_used(bsa: Bsa, places: u32) -> (Bsa, Option<Line>) {
    let rounded = decimal::half_up(bsa.value(), places);
    let expression = format!("{} m² to {}", number::figure(bsa.value()), number::count(places, "decimal"));
    let line = Line { label: "body surface used".to_owned(), expression, value: rounded, unit: Bsa::UNIT };
    (Bsa::new(rounded), (rounded != bsa.value()).then_some(line))
}

/// What a dose is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseBySize {
    /// The dose of the protocol.
    pub per: ProtocolDose,
    /// The body surface it is used with, and how it came about.
    pub surface: Option<(Bsa, Vec<Line>)>,
    /// The weight it is used with.
    pub weight: Option<Weight>,
    /// To what it is rounded.
    pub to: Option<To>,
    /// What is on the shelf.
    pub vial: Option<Vial>,
}

/// A dose with what is prepared for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Before it is rounded.
    pub calculated: Amount,
    /// What is given.
    pub given: Amount,
    /// By how much rounding changed it, in percent.
    pub difference: Option<Decimal>,
    /// What is drawn up.
    pub volume: Option<Volume>,
    /// Whole vials that hold it.
    pub vials: Option<u32>,
    /// Every step.
    pub steps: Vec<Line>,
}

impl DoseBySize {
    /// The dose.
    pub fn made(&self) -> Result<Made, FormulaError> {
        let mut computed = self.product()?;
        let calculated = Amount { value: computed.value, unit: self.per.unit };
        let mut made =
            Made { calculated, given: calculated, difference: None, volume: None, vials: None, steps: Vec::new() };
        if let Some(to) = self.to {
            let in_unit = to.step.in_unit(calculated.unit).ok_or_else(|| other_kind(to.step, calculated))?;
            let rounded = step::round(calculated, in_unit.value, to.direction, to.ties)?;
            let changed = difference::percent(rounded.value, calculated.value)?;
            made.given = Amount { value: rounded.value, unit: calculated.unit };
            made.difference = Some(changed.value);
            computed.steps.extend(rounded.steps);
            computed.steps.extend(changed.steps);
        }
        if let Some(vial) = self.vial {
            vial.amount.in_unit(made.given.unit).ok_or_else(|| other_kind(vial.amount, made.given))?;
            made.volume = vial.volume.and_then(|volume| Volume::drawn(made.given, vial.amount, volume));
            made.vials = vials(made.given, vial);
        }
        made.steps = computed.steps;
        Ok(made)
    }

    fn product(&self) -> Result<Computed, FormulaError> {
        let missing = |input| FormulaError::Missing { formula: NAME, input };
        match self.per.basis {
            Basis::Flat => {
                let unit = self.per.unit.written();
                Ok(Computed { value: self.per.value, unit, steps: Vec::new(), cautions: Vec::new() })
            }
            Basis::PerKg => per_size::per_kg(self.per, self.weight.ok_or(missing(Need::Weight))?, ""),
            Basis::PerM2 => {
                let (bsa, lines) = self.surface.clone().ok_or(missing(Need::Bsa))?;
                let computed = per_size::per_m2(self.per, bsa)?;
                Ok(Computed { steps: lines.into_iter().chain(computed.steps).collect(), ..computed })
            }
            Basis::Auc => Err(FormulaError::OutOfRange {
                formula: NAME,
                what: "a target AUC",
                given: self.per.to_string(),
                right: "carboplatin has a calculation of its own, from the target and the kidney function".to_owned(),
            }),
        }
    }
}

impl std::fmt::Display for Made {
    /// `123 mg; about 28.6 mL; 3 vials`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.given)?;
        if let Some(percent) = self.difference.filter(|percent| !percent.is_zero()) {
            write!(f, " ({})", number::percent(decimal::half_up(percent, 2)))?;
        }
        if let Some(volume) = self.volume {
            write!(f, "; {volume}")?;
        }
        self.vials.map_or(Ok(()), |count| write!(f, "; {}", number::count(count, "vial")))
    }
}

fn other_kind(one: Amount, dose: Amount) -> FormulaError {
    FormulaError::OutOfRange {
        formula: NAME,
        what: "a step or vial",
        given: one.to_string(),
        right: format!("give it in the unit of the dose, which is in {}", dose.unit),
    }
}
