//! `posology calc dose`: a dose per m² or per kg, rounded, with the vials and the volume.

use serde_json::json;

use super::renal::surface;
use super::report::{Sheet, failure};
use crate::calculator::dose::{DoseBySize, To, read_vial, surface_used};
use crate::calculator::{Surface, surface_policy};
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Body, Echo, Facts};
use crate::cli::measure::{self, Asked};
use crate::cli::{Output, json};
use crate::failure::Failure;
use crate::quantity::{Basis, ProtocolDose, decimal, number};
use crate::regimen::Vial;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The dose of the protocol: "70 mg/m2", "6 mg/kg" or "400 mg".
    #[arg(allow_negative_numbers = true, value_parser = ProtocolDose::read)]
    dose: ProtocolDose,
    #[command(flatten)]
    facts: Facts<Body>,
    #[command(flatten)]
    confirming: Confirming,
    /// Body surface in m², or the formula to compute it from height and weight.
    #[arg(long, value_name = "BSA", default_value = "mosteller", allow_negative_numbers = true, value_parser = Surface::read)]
    bsa: Surface,
    /// The decimals the body surface is used with.
    #[arg(long, value_name = "N", default_value_t = crate::calculator::dose::USUAL_PLACES, value_parser = clap::value_parser!(u32).range(0..=6))]
    places: u32,
    /// The step to round to: "1 mg", "5 mg down", "10 mg up"
    #[arg(long, value_name = "STEP", allow_negative_numbers = true, value_parser = To::read)]
    step: Option<To>,
    /// What is in one vial: "43 mg in 10 mL", or "200 mg" of a powder
    #[arg(long, value_name = "VIAL", value_parser = read_vial)]
    vial: Option<Vial>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    echo.note("dose", args.dose);
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let inputs = known.inputs(&mut echo)?;
    let findings = measure::guard(
        &measure::measurements(&inputs, &known),
        &surface_policy(),
        &mut Asked::of(&args.confirming, known.subject(), output),
    )?;
    let by_surface = args.dose.basis == Basis::PerM2;
    let surface = by_surface.then(|| surface(args.bsa, &inputs, &mut echo)).transpose()?.map(|(bsa, mut lines)| {
        let (used, line) = surface_used(bsa, args.places);
        lines.extend(line);
        (used, lines)
    });
    let asked = DoseBySize { per: args.dose, surface, weight: inputs.weight, to: args.step, vial: args.vial };
    let made = asked.made().map_err(|error| failure(&error))?;
    if output.is_json() {
        let mut document = json!({
            "format": json::FORMAT,
            "value": number::plain(made.given.value),
            "unit": made.given.unit.written(),
            "calculated": number::plain(made.calculated.value),
            "difference_percent": made.difference.map(|percent| number::plain(decimal::half_up(percent, 2))),
            "volume_ml": made.volume.map(|volume| number::plain(volume.value())),
            "vials": made.vials,
            "working": made.steps.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        Sheet { echo: &echo, findings: &findings }.beside(&mut document);
        return output.json(&document);
    }
    output.line(&echo.line())?;
    output.line(&made.to_string())?;
    made.steps.iter().try_for_each(|step| output.line(&format!("  {step}")))
}
