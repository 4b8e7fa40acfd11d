//! Two entries of one substance on one day, whatever their routes and formulations: the last dose by vein and the first under
//! the skin, a product and its biosimilar.
//!
//! Told where each is more than half of the largest single dose of the substance. A bolus before a pump and a dose into the
//! spine beside one into a vein are meant; anything else is where the file says `together = true`.

use crate::calendar::{self, Date};
use crate::finding::{Field, Finding};
use crate::plausibility::doses::{self, Mode};
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::{Drug, Regimen, Role};

use super::{Administration, AdministrationState, Plan, large_dose};

/// Half of the largest single dose.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

struct Whole<'p> {
    one: &'p Administration,
    drug: &'p Drug,
    substance: &'p str,
}

impl Whole<'_> {
    fn last(&self) -> Date {
        self.one.run.as_ref().map_or(self.one.date, |run| run.through)
    }
}

/// The first day of each two entries.
pub(super) fn findings(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    if !any_twice(regimen) {
        return Vec::new();
    }
    let ahead = plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected);
    let mut whole: Vec<Whole<'_>> = ahead.filter_map(|one| whole(regimen, plan, one)).collect();
    whole.sort_by(|a, b| (a.substance, a.one.date).cmp(&(b.substance, b.one.date)));
    let mut told: Vec<[(usize, usize); 2]> = Vec::new();
    let mut findings = Vec::new();
    for (at, one) in whole.iter().enumerate() {
        let later = whole.iter().skip(at + 1).take_while(|other| other.substance == one.substance);
        for other in later.take_while(|other| other.one.date <= one.last()) {
            let pair = [(one.one.phase, one.one.drug), (other.one.phase, other.one.drug)];
            if !told.contains(&pair) && !is_meant(one.drug, other.drug) {
                told.push(pair);
                findings.push(finding(one, other));
            }
        }
    }
    findings
}

/// Whether two treatment entries are of one substance: of few files they are.
fn any_twice(regimen: &Regimen) -> bool {
    let drugs = regimen.drugs().filter(|drug| drug.role == Role::Treatment);
    let mut all: Vec<&str> = drugs.map(|drug| drug.substance.as_str()).collect();
    all.sort_unstable();
    all.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}

fn whole<'p>(regimen: &'p Regimen, plan: &'p Plan, one: &'p Administration) -> Option<Whole<'p>> {
    let drug = plan.drug_of(regimen, one).filter(|drug| drug.role == Role::Treatment)?;
    let amount = large_dose::of_all_days(one, drug)?;
    let dose = ProtocolDose { value: amount.value, unit: amount.unit, basis: Basis::Flat };
    let (times, _) = doses::compared(&regimen.given(drug), dose, large_dose::body(one))?;
    (times > HALF).then_some(Whole { one, drug, substance: &drug.substance })
}

fn is_meant(one: &Drug, other: &Drug) -> bool {
    // One drug twice, in one entry or in two, is told elsewhere.
    one.identity() == other.identity()
        || one.together
        || other.together
        || one.is_spinal() != other.is_spinal()
        || [one.mode(), other.mode()].contains(&Some(Mode::Long)) && one.mode() != other.mode()
}

fn finding(one: &Whole<'_>, other: &Whole<'_>) -> Finding {
    let named = |whole: &Whole<'_>| {
        let route = whole.drug.route.known().map_or_else(String::new, |route| format!(" {route}"));
        format!("{}{route} {}", whole.drug.full_name(), whole.one.dose.amount)
    };
    let text = format!(
        "Two full doses of {} on {}: {} and {}.",
        one.substance,
        calendar::print(other.one.date),
        named(one),
        named(other)
    );
    let help = "does the second begin too early? Correct its days or where its phase begins, or say why both are meant";
    Finding::warn(super::codes::SAME_SUBSTANCE, text).field(Field::Days).help(help)
}
