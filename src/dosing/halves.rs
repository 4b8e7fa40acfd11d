//! The two halves of a day, where they differ: each is capped, reduced and held against the maximum by itself.

use crate::quantity::{Amount, Decimal};
use crate::regimen::Assigned;

use super::amount::DoseCalculation;
use super::rounding::{self, Rounded};
use super::{DoseError, Modification, StepKind};

impl DoseCalculation<'_> {
    /// The halves a row of the table says, each through the cap, the percentages and, where those changed it, the
    /// rounding.
    pub(super) fn row_halves(
        &mut self,
        halves: (Amount, Amount),
        start: &Assigned<'_>,
        modification: Modification,
    ) -> Result<Rounded, DoseError> {
        let morning = self.half(halves.0, start.percent(), modification.percent)?;
        let evening = self.half(halves.1, start.percent(), modification.percent)?;
        let amount = self.larger(morning, evening)?;
        if (morning, evening) != halves {
            let total = evening.in_unit(morning.unit).and_then(|evening| morning.value.checked_add(evening.value));
            let total = total.ok_or_else(|| self.overflow())?;
            let put_in = format!("{morning} in the morning + {evening} in the evening");
            self.push(StepKind::Divide, "each half by itself", put_in, total, morning.unit.written());
        }
        let parts = (morning != evening).then_some((morning, evening));
        Ok(Rounded { amount, difference: None, parts, steps: Vec::new() })
    }

    /// One half, without a word in the working.
    fn half(
        &mut self,
        said: Amount,
        start: Option<Decimal>,
        modification: Option<Decimal>,
    ) -> Result<Amount, DoseError> {
        let steps = self.steps.len();
        let (capped, _) = self.cap(said)?;
        let started = self.percent(capped, "", start)?;
        let (started, _) = self.cap(started)?;
        let reduced = self.percent(started, "", modification)?;
        let (calculated, _) = self.cap(reduced)?;
        let given = if calculated == said {
            said
        } else {
            self.cap_again(rounding::round(self.drug, calculated, modification.is_some())?.amount)?
        };
        self.steps.truncate(steps);
        Ok(given)
    }

    /// Halves that rounding made are capped once more, each; what that changes counts for the allowed difference.
    pub(super) fn capped_again(&mut self, rounded: Rounded, calculated: Amount) -> Result<Rounded, DoseError> {
        let Some((morning, evening)) = rounded.parts else {
            let amount = self.cap_again(rounded.amount)?;
            return Ok(Rounded { amount, ..rounded });
        };
        let parts = (self.cap_again(morning)?, self.cap_again(evening)?);
        if parts == (morning, evening) {
            return Ok(rounded);
        }
        let total = parts.0.value.checked_add(parts.1.value).ok_or_else(|| self.overflow())?;
        let day = calculated.value.checked_mul(Decimal::TWO).ok_or_else(|| self.overflow())?;
        let of = |value| Amount { value, unit: calculated.unit };
        let difference = rounding::difference(self.drug, of(day), of(total))?;
        let amount = self.larger(parts.0, parts.1)?;
        let parts = (parts.0 != parts.1).then_some(parts);
        Ok(Rounded { amount, difference: Some(difference), parts, ..rounded })
    }

    fn larger(&self, one: Amount, other: Amount) -> Result<Amount, DoseError> {
        let converted = other.in_unit(one.unit).ok_or_else(|| self.overflow())?;
        Ok(if converted.value > one.value { other } else { one })
    }
}
