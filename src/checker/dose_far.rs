//! R111.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::unit::Dimension;
use crate::quantity::{Basis, Decimal, DoseUnit, ProtocolDose};

/// The most of one administration, in the given unit: flat, per m2, per kg.
struct Most {
    dimension: Dimension,
    unit: DoseUnit,
    flat: i64,
    per_m2: i64,
    per_kg: i64,
}

/// Engineering bounds, wide on purpose and unverified: far above every dose that is given, and far below what a slip of three digits makes.
const MOST: &[Most] = &[
    Most { dimension: Dimension::Mass, unit: DoseUnit::G, flat: 500, per_m2: 200, per_kg: 10 },
    Most { dimension: Dimension::Units, unit: DoseUnit::MillionUnits, flat: 1_000, per_m2: 500, per_kg: 10 },
    Most { dimension: Dimension::Activity, unit: DoseUnit::GBq, flat: 100, per_m2: 50, per_kg: 5 },
    Most {
        dimension: Dimension::Cells,
        unit: DoseUnit::MillionCells,
        flat: 1_000_000,
        per_m2: 1_000_000,
        per_kg: 10_000,
    },
    Most { dimension: Dimension::Volume, unit: DoseUnit::Ml, flat: 20_000, per_m2: 10_000, per_kg: 500 },
    Most { dimension: Dimension::Substance, unit: DoseUnit::Mmol, flat: 10_000, per_m2: 5_000, per_kg: 500 },
];

/// The highest target AUC.
const AUC: Decimal = Decimal::ONE_HUNDRED;

pub const RULE: Rule = Rule::checked(codes::DOSE_FAR, "dose-impossible", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        for (at, dose) in figures::doses(drug) {
            let Some(most) = bound(dose) else { continue };
            let text = format!(
                "{dose} of {} is more than any body can be given at once (at most {most})",
                figures::name(drug)
            );
            let finding = RULE.finding(text).at(at.span.clone(), "impossible");
            findings.push(finding.help("compare the digits and the unit with the source"));
        }
    }
}

/// The bound that a dose passes.
fn bound(dose: ProtocolDose) -> Option<ProtocolDose> {
    let most = MOST.iter().find(|most| most.dimension == dose.unit.dimension())?;
    let limit = match dose.basis {
        Basis::Flat => most.flat,
        Basis::PerM2 => most.per_m2,
        Basis::PerKg => most.per_kg,
        Basis::Auc => return (dose.value > AUC).then_some(ProtocolDose { value: AUC, ..dose }),
    };
    // What is too large to convert is too large to give.
    let value = dose.unit.factor_to(most.unit).and_then(|factor| dose.value.checked_mul(factor));
    let passed = value.is_none_or(|value| value > Decimal::from(limit));
    passed.then(|| ProtocolDose { value: Decimal::from(limit), unit: most.unit, basis: dose.basis })
}
