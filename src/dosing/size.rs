//! Body size: the weight and the surface that multiply a dose.

use crate::formula::{FormulaError, Inputs, bmi, bsa, weight as weights};
use crate::quantity::{Bsa, Decimal, Weight, decimal, number};
use crate::regimen::{Body, WeightKind};

use super::{Step, StepKind, SubjectOnDay};

/// A body size and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Size {
    /// The weight in use.
    pub weight: Weight,
    /// Which weight that is.
    pub kind: WeightKind,
    /// Body surface, rounded and capped as the regimen says.
    pub bsa: Option<Bsa>,
    /// Body surface before the cap, where one cut it.
    pub uncapped: Option<Bsa>,
    /// Every step.
    pub steps: Vec<Step>,
}

/// The weight of one kind.
pub(super) fn weight_of(
    kind: WeightKind,
    body: Option<&Body>,
    state: &SubjectOnDay<'_>,
) -> Result<(Weight, Vec<Step>), FormulaError> {
    let missing = FormulaError::Missing { formula: "the dose", input: crate::formula::Need::Weight };
    let actual = state.weight.ok_or(missing)?;
    match kind {
        WeightKind::Actual => return Ok((actual, Vec::new())),
        WeightKind::AdjustedFromBmi25 => return adjusted_from(BMI_25, body, state, actual),
        WeightKind::LowerOfIdealAndActual => return lower(body, state, actual),
        WeightKind::Ideal | WeightKind::Adjusted => {}
    }
    let inputs = Inputs { height: state.height, weight: Some(actual), sex: state.sex, ..Inputs::default() };
    let formula = body.and_then(|body| body.ideal).unwrap_or(weights::WeightFormula::Devine);
    let mut steps = Vec::new();
    let ideal = weights::compute(formula, &inputs)?;
    let ideal_weight = Weight::new(ideal.value);
    steps.extend(ideal.steps.into_iter().map(|line| Step::from_line(StepKind::Size, line)));
    if kind == WeightKind::Ideal {
        return Ok((ideal_weight, steps));
    }
    let factor = body.and_then(|body| body.adjusted_factor);
    let adjusted =
        weights::compute(weights::WeightFormula::Adjusted, &Inputs { ideal: Some(ideal_weight), factor, ..inputs })?;
    let value = Weight::new(adjusted.value);
    steps.extend(
        adjusted
            .steps
            .into_iter()
            .filter(|line| line.label.contains("adjusted"))
            .map(|line| Step::from_line(StepKind::Size, line)),
    );
    Ok((value, steps))
}

const BMI_25: Decimal = Decimal::from_parts(25, 0, 0, false, 0);

/// The adjusted weight from a body-mass index, compared as it is and not rounded; the actual weight below it.
fn adjusted_from(
    limit: Decimal,
    body: Option<&Body>,
    state: &SubjectOnDay<'_>,
    actual: Weight,
) -> Result<(Weight, Vec<Step>), FormulaError> {
    let computed = bmi::compute(&Inputs { height: state.height, weight: Some(actual), ..Inputs::default() })?;
    let mut steps: Vec<Step> = computed.steps.into_iter().map(|line| Step::from_line(StepKind::Size, line)).collect();
    let (kind, why) = if computed.value >= limit {
        (WeightKind::Adjusted, format!("from {limit} kg/m² the adjusted weight"))
    } else {
        (WeightKind::Actual, format!("below {limit} kg/m² the actual weight"))
    };
    let (weight, more) = weight_of(kind, body, state)?;
    steps.extend(more);
    steps.push(Step::new(StepKind::Size, "weight used", why, weight.value(), "kg"));
    Ok((weight, steps))
}

fn lower(body: Option<&Body>, state: &SubjectOnDay<'_>, actual: Weight) -> Result<(Weight, Vec<Step>), FormulaError> {
    let (ideal, mut steps) = weight_of(WeightKind::Ideal, body, state)?;
    let weight = if ideal.value() < actual.value() { ideal } else { actual };
    let why = format!("the lower of ideal {} kg and actual {actual}", crate::formula::figure(ideal.value()));
    steps.push(Step::new(StepKind::Size, "weight used", why, weight.value(), "kg"));
    Ok((weight, steps))
}

/// The body size a regimen uses.
pub fn size(body: &Body, state: &SubjectOnDay<'_>) -> Result<Size, FormulaError> {
    let (weight, mut steps) = weight_of(body.weight, Some(body), state)?;
    let Some(formula) = body.bsa else {
        return Ok(Size { weight, kind: body.weight, bsa: None, uncapped: None, steps });
    };
    let missing = FormulaError::Missing { formula: formula.name(), input: crate::formula::Need::Height };
    let computed = bsa::compute(formula, state.height.ok_or(missing)?, weight, state.sex)?;
    steps.extend(computed.steps.into_iter().map(|line| Step::from_line(StepKind::Size, line)));
    let rounded = decimal::half_up(computed.value, body.bsa_places);
    let put_in = {
        let places = crate::quantity::number::count(body.bsa_places, "decimal");
        format!("{} m² to {places}", crate::formula::figure(computed.value))
    };
    steps.push(Step::new(StepKind::Size, "body surface used", put_in, rounded, "m²"));
    let (used, uncapped) = match body.bsa_cap {
        Some(cap) if rounded > cap.value() => {
            let put_in = format!("the smaller of {} m² and {cap}", number::print(rounded));
            steps.push(Step::new(StepKind::Cap, "body surface capped", put_in, cap.value(), "m²"));
            (cap, Some(Bsa::new(rounded)))
        }
        _ => (Bsa::new(rounded), None),
    };
    Ok(Size { weight, kind: body.weight, bsa: Some(used), uncapped, steps })
}
