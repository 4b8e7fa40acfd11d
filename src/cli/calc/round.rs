//! `posology calc round`.

use clap::ValueEnum;
use serde_json::json;

use crate::cli::{Output, json, measure};
use crate::failure::Failure;
use crate::formula::rounding::{difference, step};
use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::{Amount, number};

use super::report::failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The dose: 122.5, or with its unit: "122.5 mg".
    #[arg(allow_negative_numbers = true)]
    dose: String,
    /// The step to round to, with its unit: 5mg.
    #[arg(long, value_name = "STEP", allow_negative_numbers = true)]
    to: String,
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
    let step = Amount::read(&args.to).map_err(|error| measure::unreadable("--to", &error))?;
    let dose = dose(&args.dose, step)?;
    let rounded = step::round(dose, step.value, args.direction.into(), args.ties.into());
    let rounded = rounded.map_err(|error| failure(&error))?;
    let percent = difference::percent(rounded.value, dose.value).map_err(|error| failure(&error))?;
    let given = Amount { value: rounded.value, unit: dose.unit };
    let steps: Vec<String> = rounded.steps.iter().chain(&percent.steps).map(json::sentence).collect();
    let difference = number::percent(crate::quantity::decimal::half_up(percent.value, 2));
    if output.is_json() {
        return output.json(&json!({
            "format": json::FORMAT,
            "value": number::plain(given.value),
            "unit": given.unit.written(),
            "calculated": number::plain(dose.value),
            "difference_percent": difference.trim_end_matches(" %"),
            "working": steps,
        }));
    }
    output.line(&format!("{dose} rounded is {given} ({difference})"))?;
    steps.iter().try_for_each(|step| output.line(&format!("  {step}")))
}

/// A bare dose is in the unit of the step; one with a unit is brought to it.
fn dose(text: &str, step: Amount) -> Result<Amount, Failure> {
    if let Ok(value) = number::parse(text) {
        return Ok(Amount { value, unit: step.unit });
    }
    let dose = Amount::read(text).map_err(|error| measure::unreadable("the dose", &error))?;
    dose.in_unit(step.unit).ok_or_else(|| {
        Failure::usage(format!("a dose in {} cannot be rounded to a step in {}", dose.unit, step.unit))
            .hint("give both in units of one kind, such as mg and g")
    })
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
