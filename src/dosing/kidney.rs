//! The kidney function of an AUC dose.

use crate::course::Course;
use crate::formula::renal::{self, RenalFormula, creatinine_floor};
use crate::formula::{FormulaError, Inputs};
use crate::quantity::{Bsa, Decimal, Gfr, decimal};
use crate::regimen::{Body, GfrRule, Regimen};

use super::size::weight_of;
use super::{Step, StepKind, SubjectOnDay};

/// The kidney function in mL/min before the cap.
pub(super) struct Kidney {
    /// As it was measured or estimated.
    pub(super) found: Decimal,
    /// Rounded as the rule says.
    pub(super) used: Decimal,
    /// How it came about.
    pub(super) steps: Vec<Step>,
}

/// The kidney function before the cap. A measured GFR is used as it is.
pub(super) fn gfr(
    rule: &GfrRule,
    body: Option<&Body>,
    bsa: Option<Bsa>,
    state: &SubjectOnDay<'_>,
) -> Result<Kidney, FormulaError> {
    let mut steps = Vec::new();
    let found = match state.gfr {
        Some(Gfr::Absolute(value)) => {
            steps.push(Step::new(StepKind::Kidney, "GFR as given", "", value, "mL/min"));
            value
        }
        Some(Gfr::Measured(value, method)) => {
            let how = format!("measured by {}", method.word());
            steps.push(Step::new(StepKind::Kidney, "GFR as given", how, value, "mL/min"));
            value
        }
        Some(Gfr::Dialysis) => {
            steps.push(Step::new(StepKind::Kidney, "GFR counted", "on dialysis", Decimal::ZERO, "mL/min"));
            Decimal::ZERO
        }
        Some(indexed) => absolute(indexed, bsa, &mut steps)?,
        None => estimated(rule, body, bsa, state, &mut steps)?,
    };
    let used = decimal::half_up(found, rule.places);
    if used != found {
        let places = crate::quantity::number::count(rule.places, "decimal");
        let put_in = format!("{} mL/min to {places}", crate::formula::figure(found));
        steps.push(Step::new(StepKind::Kidney, "GFR used", put_in, used, "mL/min"));
    }
    Ok(Kidney { found, used, steps })
}

fn estimated(
    rule: &GfrRule,
    body: Option<&Body>,
    bsa: Option<Bsa>,
    state: &SubjectOnDay<'_>,
    steps: &mut Vec<Step>,
) -> Result<Decimal, FormulaError> {
    let takes_weight = matches!(rule.formula, RenalFormula::CockcroftGault | RenalFormula::Chatelut);
    let weight = if takes_weight {
        let (weight, lines) = weight_of(rule.weight, body, state)?;
        steps.extend(lines);
        Some(weight)
    } else {
        state.weight
    };
    let missing = FormulaError::Missing { formula: rule.formula.name(), input: crate::formula::Need::Creatinine };
    let measured = state.creatinine.ok_or(missing)?;
    let (creatinine, lines) = creatinine_floor::apply(measured, rule.creatinine_floor)?;
    steps.extend(lines.into_iter().map(|line| Step::from_line(StepKind::Kidney, line)));
    let inputs = Inputs {
        height: state.height,
        weight,
        sex: state.sex,
        age: state.age,
        creatinine: Some(creatinine),
        bsa,
        ..Inputs::default()
    };
    let (value, computed) = renal::gfr(rule.formula, &inputs)?;
    steps.extend(computed.steps.into_iter().map(|line| Step::from_line(StepKind::Kidney, line)));
    absolute(value, bsa, steps)
}

/// More decimals than any formula's figure is told with.
const UNROUNDED: u32 = 20;

/// The kidney function that a regimen's formula makes of the creatinine at the start,
/// before any floor, any cap and any rounding: a limit compares what was found.
pub fn estimated_gfr(regimen: &Regimen, course: &Course) -> Option<Decimal> {
    course.subject.creatinine?;
    let rule = regimen.drugs().find_map(|drug| drug.gfr.as_ref())?;
    let rule = &GfrRule { creatinine_floor: None, places: UNROUNDED, ..rule.clone() };
    let state = at_start(course);
    gfr(rule, regimen.body.as_ref(), surface(regimen, &state), &state).ok().map(|kidney| kidney.used)
}

/// The absolute kidney function measured at the start. An indexed one needs the body surface.
pub fn measured_gfr(regimen: &Regimen, course: &Course) -> Option<Decimal> {
    let bsa = surface(regimen, &at_start(course));
    absolute(course.subject.gfr?, bsa, &mut Vec::new()).ok()
}

pub(super) fn at_start(course: &Course) -> SubjectOnDay<'_> {
    let subject = &course.subject;
    SubjectOnDay {
        height: subject.height,
        weight: subject.weight,
        sex: subject.sex,
        age: subject.age_on(course.start),
        creatinine: subject.creatinine,
        ..SubjectOnDay::default()
    }
}

fn surface(regimen: &Regimen, state: &SubjectOnDay<'_>) -> Option<Bsa> {
    let size = regimen.body.as_ref().and_then(|body| super::size(body, state).ok());
    size.and_then(|size| size.bsa)
}

/// De-indexes where it must; an indexed GFR is never taken for an absolute one.
fn absolute(gfr: Gfr, bsa: Option<Bsa>, steps: &mut Vec<Step>) -> Result<Decimal, FormulaError> {
    let Gfr::Indexed(value) = gfr else { return Ok(gfr.value()) };
    let missing = FormulaError::Missing { formula: "de-indexing", input: crate::formula::Need::Bsa };
    let bsa = bsa.ok_or(missing)?;
    let overflow = FormulaError::Overflow { formula: "de-indexing" };
    let result =
        value.checked_mul(bsa.value()).and_then(|product| product.checked_div(Decimal::new(173, 2))).ok_or(overflow)?;
    let put_in = format!("{} mL/min/1.73 m² × {bsa} ÷ 1.73 m²", crate::formula::figure(value));
    steps.push(Step::new(StepKind::Kidney, "GFR, de-indexed", put_in, result, "mL/min"));
    Ok(result)
}
