//! Which protocol dose is in force: the full one, a dose level, a step before the full one, a larger first one. None of
//! them may come to more than the full dose this subject is assigned, except the larger first one, which is for it.

use crate::quantity::{Amount, Decimal, ProtocolDose};
use crate::regimen::{Assigned, ThenStop};

use super::amount::{Chain, unit_of};
use super::{DoseError, Force, StepKind};

/// What a protocol dose in force is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The full dose this subject is assigned.
    Full,
    /// A dose level.
    Level,
    /// A step before the full dose.
    Step,
    /// A larger first dose.
    Loading,
}

/// The protocol dose in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Chosen {
    pub(super) per: ProtocolDose,
    pub(super) what: What,
    /// A fraction of another drug's dose stands for it, where that drug's is known.
    pub(super) shared: bool,
}

impl Chosen {
    fn own(per: ProtocolDose, what: What) -> Self {
        Self { per, what, shared: false }
    }
}

impl Chain<'_> {
    pub(super) fn protocol(&mut self, start: &Assigned<'_>, force: Force) -> Result<Chosen, DoseError> {
        let full = Chosen { per: start.dose, what: What::Full, shared: start.fraction.is_some() };
        let step = force.ramp.and_then(|at| Some((at, self.drug.dosing.ramp.get(at)?.dose)));
        if force.level != 0 {
            let level = self.level(start, full, force)?;
            return match step {
                Some((at, step)) if self.is_below(step, level, force)? => Ok(self.step_dose(at, step)),
                _ => Ok(level),
            };
        }
        match step {
            Some((at, step)) if self.is_below(step, full, force)? => return Ok(self.step_dose(at, step)),
            Some((at, step)) => {
                self.full_dose(start, full, &format!("step {} of {step} does not lie below it", at + 1));
                return Ok(full);
            }
            None => {}
        }
        if force.loading {
            return self.loading(start, full, force);
        }
        self.full_dose(start, full, "");
        Ok(full)
    }

    /// Writes down the dose this subject is assigned, and why it is that one.
    fn full_dose(&mut self, start: &Assigned<'_>, full: Chosen, remark: &str) {
        let why = self.why(start);
        let label = if why.is_some() { "starting dose" } else { "protocol dose" };
        let why = why.or_else(|| self.no_start(start));
        let words: Vec<&str> = why.as_deref().into_iter().chain(Some(remark)).filter(|w| !w.is_empty()).collect();
        self.push(StepKind::Protocol, label, words.join("; "), full.per.value, &unit_of(full.per));
    }

    /// A step before the full dose.
    fn step_dose(&mut self, at: usize, step: ProtocolDose) -> Chosen {
        let why = format!("step {} of {} before the full dose", at + 1, self.drug.dosing.ramp.len());
        self.push(StepKind::Protocol, "step dose", why, step.value, &unit_of(step));
        Chosen::own(step, What::Step)
    }

    /// Whether a step lies below what it leads up to: until that is reached, it holds.
    fn is_below(&mut self, step: ProtocolDose, full: Chosen, force: Force) -> Result<bool, DoseError> {
        let (rising, reached) = (self.comes_to(Chosen::own(step, What::Step), force)?, self.comes_to(full, force)?);
        self.compare(rising, reached).map(std::cmp::Ordering::is_lt)
    }

    /// The larger first dose. It is said of the full dose, so nobody gets it who starts on another.
    fn loading(&mut self, start: &Assigned<'_>, full: Chosen, force: Force) -> Result<Chosen, DoseError> {
        let Some(loading) = self.drug.dosing.loading_of(start) else {
            self.full_dose(start, full, "");
            return Ok(full);
        };
        let first = Chosen::own(loading, What::Loading);
        let assigned = self.assigned_comes_to(start, full, force)?;
        let why = self.why(start).unwrap_or_default();
        if start.start.is_some() {
            let shared = self.drug.dosing.fraction().is_some();
            let usual = self.comes_to(Chosen { per: start.protocol, shared, ..full }, force)?;
            if !self.compare(assigned, usual)?.is_eq() {
                let drug = self.drug.full_name();
                return Err(DoseError::LoadingOfAnother { drug, loading: first.per, assigned, why });
            }
        }
        let larger = self.comes_to(first, force)?;
        // A row of a table says both figures side by side, and some labels begin lower.
        if start.loading.is_none() && self.compare(larger, assigned)?.is_lt() {
            return Err(DoseError::LoadingBelow { drug: self.drug.full_name(), loading: larger, assigned });
        }
        let why = if start.loading.is_some() { why } else { String::new() };
        self.push(StepKind::Protocol, "loading dose", why, first.per.value, &unit_of(first.per));
        Ok(first)
    }

    /// What the dose a subject is assigned comes to, with the percentage of the start.
    fn assigned_comes_to(&mut self, start: &Assigned<'_>, full: Chosen, force: Force) -> Result<Amount, DoseError> {
        let amount = self.comes_to(full, force)?;
        let Some(percent) = start.percent() else { return Ok(amount) };
        let share = amount.value.checked_mul(percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
        Ok(Amount { value: share.ok_or_else(|| self.overflow())?.normalize(), ..amount })
    }

    /// What a protocol dose comes to under the cap, without a word in the working.
    fn comes_to(&mut self, chosen: Chosen, force: Force) -> Result<Amount, DoseError> {
        let (said, kidney) = (self.steps.len(), self.kidney);
        let amount = self.full(chosen, force).and_then(|full| self.cap(full)).map(|(capped, _)| capped);
        self.steps.truncate(said);
        self.kidney = kidney;
        amount
    }

    fn compare(&self, one: Amount, other: Amount) -> Result<std::cmp::Ordering, DoseError> {
        let one = one.in_unit(other.unit).ok_or_else(|| self.overflow())?;
        Ok(one.value.cmp(&other.value))
    }

    fn level(&mut self, start: &Assigned<'_>, full: Chosen, force: Force) -> Result<Chosen, DoseError> {
        let level = force.level;
        let no_level = |then: &str| DoseError::NoLevel { drug: self.drug.full_name(), level, then: then.to_owned() };
        let Some(ladder) = start.ladder else {
            return Err(no_level("the regimen lists no reduced doses for it"));
        };
        let index =
            level.checked_neg().and_then(|down| usize::try_from(down).ok()).and_then(|down| down.checked_sub(1));
        let Some(taken) = index.and_then(|index| ladder.steps.get(..=index)) else {
            return Err(no_level(match ladder.then {
                ThenStop::Drug => "the protocol stops this drug after the last step: a prescriber decides",
                ThenStop::Regimen => "the protocol stops treatment after the last step: a prescriber decides",
                ThenStop::Ask => "the protocol does not say what follows the last step: a prescriber decides",
            }));
        };
        // A step that changes the days or the interval alone keeps the dose before it.
        let own = taken.iter().rev().find_map(|step| step.dose);
        let chosen = own.map_or(Chosen { what: What::Level, ..full }, |dose| Chosen::own(dose, What::Level));
        if own.is_some() {
            let full = match start.halves {
                Some(_) => Chosen::own(start.level_dose().ok_or_else(|| self.overflow())?, What::Full),
                None => full,
            };
            let steps = taken.iter().filter_map(|step| step.dose).map(|dose| Chosen::own(dose, What::Level));
            self.not_above(chosen, std::iter::once(full).chain(steps), force)?;
        }
        let dose = chosen.per;
        self.push(StepKind::Protocol, format!("dose level {level}"), String::new(), dose.value, &unit_of(dose));
        Ok(chosen)
    }

    /// A reduced dose in another basis than those before it (mg/kg after mg/m2) may be more for this body: then nobody
    /// has said what the reduction is.
    fn not_above(
        &mut self,
        level: Chosen,
        before: impl Iterator<Item = Chosen>,
        force: Force,
    ) -> Result<(), DoseError> {
        let reduced = self.comes_to(level, force)?;
        for one in before {
            let above = self.comes_to(one, force)?;
            if self.compare(reduced, above)?.is_gt() {
                let drug = self.drug.full_name();
                return Err(DoseError::LevelAbove { drug, level: force.level, reduced, above });
            }
        }
        Ok(())
    }
}
