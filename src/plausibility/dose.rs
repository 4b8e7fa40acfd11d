//! A dose against its maximum, its protocol and the limit on its rounding.

use super::limits::limits;
use crate::finding::Finding;
use crate::quantity::{Amount, Decimal, decimal, number};

/// The most a regimen allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maximum<'a> {
    /// How much.
    pub amount: Amount,
    /// In what: `dose`, `day`, `cycle`.
    pub per: &'a str,
    /// Who says so.
    pub source: &'a str,
}

/// The figures of one dose, all in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseFigures<'a> {
    /// The drug, as the regimen names it.
    pub drug: &'a str,
    /// What the protocol says for this body, before any modification.
    pub protocol: Decimal,
    /// What was calculated after modifications and caps, before rounding.
    pub calculated: Amount,
    /// What is given.
    pub dose: Amount,
    /// Whether a level, percentage or cap that lowers the dose is recorded.
    pub modified: bool,
    /// The largest difference rounding may make, in percent.
    pub rounding_percent: Option<Decimal>,
    /// The regimen's maxima.
    pub maxima: &'a [Maximum<'a>],
}

/// Findings about a dose: above a maximum, rounded too far, or too small without a modification.
pub fn dose_findings(figures: &DoseFigures<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = figures.maxima.iter().filter_map(|maximum| above(figures, maximum)).collect();
    let rounded = rounded_too_far(figures);
    let explained = rounded.is_some();
    findings.extend(rounded);
    findings.extend(under_dose(figures).filter(|_| !explained));
    findings
}

fn named(finding: Finding, figures: &DoseFigures<'_>) -> Finding {
    finding.field(format!("drug {}", figures.drug))
}

/// After rounding too: a dose that rounds up over its maximum is above it.
fn above(figures: &DoseFigures<'_>, maximum: &Maximum<'_>) -> Option<Finding> {
    let dose = figures.dose.in_unit(maximum.amount.unit)?;
    let Maximum { amount, per, source } = maximum;
    let text = format!("{}: {} is above the maximum of {amount} a {per} ({source}).", figures.drug, figures.dose);
    let help = "nothing lifts this here: the regimen's limit is corrected under review";
    (dose.value > amount.value).then(|| named(Finding::block("above-maximum", text), figures).help(help))
}

fn rounded_too_far(figures: &DoseFigures<'_>) -> Option<Finding> {
    let limit = figures.rounding_percent?;
    let (dose, calculated) = (figures.dose, figures.calculated.in_unit(figures.dose.unit)?);
    let difference = dose.value.checked_sub(calculated.value)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let exact = decimal::over(difference, calculated.value)?;
    if exact.abs() <= limit {
        return None;
    }
    let text = format!(
        "{}: rounding makes {dose} of {} {}, a difference of {}; the limit is {} %.",
        figures.drug,
        number::print(decimal::half_up(calculated.value, 4)),
        calculated.unit,
        number::percent(decimal::half_up(exact, 2)),
        number::print(limit)
    );
    Some(named(Finding::block("rounding-difference", text), figures).help("use a finer step or another strength"))
}

fn under_dose(figures: &DoseFigures<'_>) -> Option<Finding> {
    if figures.modified {
        return None;
    }
    let share = decimal::over(figures.dose.value.checked_mul(Decimal::ONE_HUNDRED)?, figures.protocol)?;
    let grade = limits().ok()?.grade("under-dose", share)?;
    let text = format!(
        "{}: {} is {} % of the protocol's {} {}, and no modification is recorded.",
        figures.drug,
        figures.dose,
        number::print(decimal::half_up(share, 1)),
        number::print(decimal::half_up(figures.protocol, 4)),
        figures.dose.unit
    );
    let help = "record the reduction that was decided, or give the reason";
    Some(named(Finding::new(grade.severity, "under-dose", text), figures).help(help))
}
