//! Sums of one drug: what was planned and what was delivered, as amounts and by body size.

use crate::plan::Administration;
use crate::quantity::{Amount, Basis, Decimal};

/// How a dose is counted: by which size, and how large that is.
pub(super) type By = (Basis, Decimal);

/// That of a planned dose.
pub(super) fn by(one: &Administration) -> Option<By> {
    Some((one.dose.per.basis, one.dose.size()?))
}

/// Doses added up, in the unit of the first. One that cannot be added takes the sum with it.
#[derive(Default)]
pub(super) struct Tally {
    /// The sum, once there is anything to add.
    pub(super) sum: Option<Amount>,
    /// Whether a dose could not be added.
    pub(super) lost: bool,
    by_size: Decimal,
    no_size: bool,
}

impl Tally {
    /// The sum, unless a dose could not be added.
    pub(super) fn amount(&self) -> Option<Amount> {
        self.sum.filter(|_| !self.lost)
    }

    fn add(&mut self, all: Option<Amount>, size: Option<Decimal>) {
        let Some((sum, all)) = all.and_then(|all| added(self.sum, all)) else {
            self.lost = true;
            return;
        };
        self.sum = Some(sum);
        let more = size.and_then(|size| all.checked_div(size)).and_then(|more| self.by_size.checked_add(more));
        self.no_size |= more.is_none();
        self.by_size = more.unwrap_or(self.by_size);
    }

    fn by_size(&self) -> Option<Decimal> {
        (!self.lost && !self.no_size).then_some(self.by_size)
    }
}

/// What was planned and what was delivered.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) planned: Tally,
    pub(super) delivered: Tally,
    basis: Option<Basis>,
    /// Whether doses go by different sizes.
    mixed: bool,
}

impl Sums {
    pub(super) fn plan(&mut self, all: Option<Amount>, by: Option<By>) {
        let size = self.size(by);
        self.planned.add(all, size);
    }

    pub(super) fn deliver(&mut self, all: Option<Amount>, by: Option<By>) {
        let size = self.size(by);
        let unit = self.planned.sum.map(|planned| planned.unit);
        let all = all.and_then(|all| unit.map_or(Some(all), |unit| all.in_unit(unit)));
        self.delivered.add(all, size);
    }

    fn size(&mut self, by: Option<By>) -> Option<Decimal> {
        let (basis, size) = by?;
        self.mixed |= *self.basis.get_or_insert(basis) != basis;
        Some(size)
    }

    /// Delivered and planned, as they are set against each other: by body size, or by amount where the drug is dosed by
    /// several sizes, which have no common sum.
    pub(super) fn compared(&self) -> Option<(Decimal, Decimal)> {
        if !self.mixed {
            return self.delivered.by_size().zip(self.planned.by_size());
        }
        let planned = self.planned.amount()?.value;
        let delivered = self.delivered.sum.map_or(Decimal::ZERO, |delivered| delivered.value);
        (!self.delivered.lost).then_some((delivered, planned))
    }
}

/// A sum with one dose more, and that dose in the unit of the sum.
fn added(sum: Option<Amount>, all: Amount) -> Option<(Amount, Decimal)> {
    let Some(sum) = sum else { return Some((all, all.value)) };
    let more = all.in_unit(sum.unit)?.value;
    Some((Amount { value: sum.value.checked_add(more)?, ..sum }, more))
}
