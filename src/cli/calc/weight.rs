//! `posology calc weight`.

use super::report::Sheet;
use super::{ALL, names};
use crate::calculator::Outcome;
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Body, Echo, Facts};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::{Inputs, weight::WeightFormula};
use crate::plausibility::Policy;
use crate::quantity::{Decimal, Weight, number};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: Facts<Body>,
    #[command(flatten)]
    confirming: Confirming,
    /// Which formula; `weight` computes all, `ibw` devine
    #[arg(long, value_parser = names(WeightFormula::ALL.iter().map(|formula| formula.name())))]
    formula: Option<String>,
    /// The share of the excess weight that an adjusted weight counts, such as 0.4.
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true, value_parser = number::parse)]
    factor: Option<Decimal>,
    /// The ideal weight that an adjusted weight starts from; Devine's unless given.
    #[arg(long, value_name = "W", allow_negative_numbers = true, value_parser = Weight::read)]
    ideal: Option<Weight>,
}

/// `usual` is the formula where none was named.
pub(super) fn run(args: &Args, usual: &str, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let inputs = Inputs {
        ideal: args.ideal.map(|ideal| echo.note("ideal weight", ideal)),
        factor: args.factor.map(|factor| echo.note("factor", factor)),
        ..known.inputs(&mut echo)?
    };
    let policy = Policy::default();
    let findings = measure::guard(
        &measure::measurements(&inputs, &known),
        &policy,
        &mut Asked::of(&args.confirming, known.subject(), output),
    )?;
    let sheet = Sheet { echo: &echo, findings: &findings };
    let outcome = |formula: &WeightFormula| Outcome::by(formula.entry(), &inputs);
    let asked = args.formula.as_deref().unwrap_or(usual);
    if asked == ALL {
        return sheet.all(&WeightFormula::ALL.iter().map(outcome).collect::<Vec<_>>(), output);
    }
    let formula = WeightFormula::read(asked).map_err(|error| Failure::usage(error.to_string()))?;
    sheet.one(&outcome(&formula), output)
}
