//! `posology calc round`.

use clap::ValueEnum;
use serde_json::json;

use crate::cli::{Output, json};
use crate::failure::Failure;
use crate::formula::rounding::{difference, step};
use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::{Amount, Decimal, QuantityError, number};

use super::report::failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The dose: 122.5, or with its unit: "122.5 mg".
    #[arg(allow_negative_numbers = true, value_parser = Dose::read)]
    dose: Dose,
    /// The step to round to, with its unit: 5mg.
    #[arg(long, value_name = "STEP", allow_negative_numbers = true, value_parser = Amount::read)]
    to: Amount,
    /// Which way.
    #[arg(long, value_enum, default_value_t = Way::Nearest)]
    direction: Way,
    /// Where a dose exactly between two steps goes.
    #[arg(long, value_enum, default_value_t = Tie::Up)]
    ties: Tie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    Nearest,
    Down,
    Up,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tie {
    Up,
    Down,
    Even,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let step = args.to;
    let dose = args.dose.beside(step)?;
    let rounded = step::round(dose, step.value, args.direction.into(), args.ties.into());
    let rounded = rounded.map_err(|error| failure(&error))?;
    let percent = difference::percent(rounded.value, dose.value).map_err(|error| failure(&error))?;
    let given = Amount { value: rounded.value, unit: dose.unit };
    let steps: Vec<String> = rounded.steps.iter().chain(&percent.steps).map(ToString::to_string).collect();
    let difference = crate::quantity::decimal::half_up(percent.value, 2);
    if output.is_json() {
        return output.json(&json!({
            "format": json::FORMAT,
            "value": number::plain(given.value),
            "unit": given.unit.written(),
            "calculated": number::plain(dose.value),
            "difference_percent": number::plain(difference),
            "working": steps,
        }));
    }
    output.line(&format!("{dose} rounded is {given} ({})", number::percent(difference)))?;
    steps.iter().try_for_each(|step| output.line(&format!("  {step}")))
}

/// A dose with its unit, or a bare figure in the unit of the step.
#[derive(Debug, Clone, Copy)]
enum Dose {
    Bare(Decimal),
    Amount(Amount),
}

impl Dose {
    fn read(text: &str) -> Result<Self, QuantityError> {
        number::parse(text).map(Dose::Bare).or_else(|_| Amount::read(text).map(Dose::Amount))
    }

    /// In the unit of the step.
    fn beside(self, step: Amount) -> Result<Amount, Failure> {
        let dose = match self {
            Dose::Bare(value) => return Ok(Amount { value, unit: step.unit }),
            Dose::Amount(dose) => dose,
        };
        dose.in_unit(step.unit).ok_or_else(|| {
            Failure::usage(format!("a dose in {} cannot be rounded to a step in {}", dose.unit, step.unit))
                .hint("give both in units of one kind, such as mg and g")
        })
    }
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Nearest => Direction::Nearest,
            Way::Down => Direction::Down,
            Way::Up => Direction::Up,
        }
    }
}

impl From<Tie> for Ties {
    fn from(tie: Tie) -> Self {
        match tie {
            Tie::Up => Ties::Up,
            Tie::Down => Ties::Down,
            Tie::Even => Ties::Even,
        }
    }
}
