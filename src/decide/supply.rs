//! Home doses dispensed, returned and taken: counted against what is planned and against each other.

use crate::calendar::Date;
use crate::course::event::{Event, Supply, SupplyAct};
use crate::course::{NamedKey, Product};
use crate::finding::Finding;
use crate::plan::{Administration, Run};
use crate::quantity::{Decimal, number};

use super::command::Scope;
use super::scope::administrations_in_scope;
use super::{Context, Draft, dates, findings, past, reasoned};

/// What happened to home doses.
pub(super) struct Happened<'a> {
    pub scope: &'a Scope,
    pub act: SupplyAct,
    pub count: u32,
    pub on: Date,
    pub product: &'a Product,
    pub reason: Option<&'a str>,
}

pub(super) fn supply(context: &Context<'_>, happened: &Happened<'_>) -> Result<Draft, Finding> {
    let Happened { scope, act, count, on, product, reason } = *happened;
    past(context, on)?;
    let reason = reason.map(reasoned).transpose()?;
    let runs: Vec<&Administration> =
        administrations_in_scope(context, scope)?.into_iter().filter(|one| one.run.is_some()).collect();
    let [one] = runs.as_slice() else {
        return Err(findings::several_runs(context.regimen, scope, runs.len()));
    };
    let counted = Counted::of(context, one, act, count);
    let asks = one.run.as_ref().and_then(|run| counted.odd(one.key.named(context.regimen), one, run, act));
    let early = dates::long_before(context, "What happened to home doses", on);
    let supply = Supply { key: one.key.clone(), act, count, product: product.clone(), reason };
    let same = |(day, known): &&(Date, Supply)| {
        *day == on
            && (&known.key, known.act, known.count, &known.product)
                == (&supply.key, supply.act, supply.count, &supply.product)
    };
    let twice = context
        .folded
        .supplies
        .iter()
        .find(same)
        .map(|_| findings::same_supply(supply.key.named(context.regimen), &supply, on));
    Ok(Draft::one(on, Event::Supply(supply)).fact().asking(asks.into_iter().chain(early).chain(twice)))
}

/// All of one run, with what is about to be recorded.
struct Counted {
    dispensed: u32,
    returned: u32,
    taken: u32,
}

impl Counted {
    fn of(context: &Context<'_>, one: &Administration, act: SupplyAct, count: u32) -> Self {
        let all = |wanted: SupplyAct| {
            let of_run =
                context.folded.supplies.iter().filter(|(_, known)| known.key == one.key && known.act == wanted);
            let so_far = of_run.fold(0, |sum: u32, (_, known)| sum.saturating_add(known.count));
            if act == wanted { so_far.saturating_add(count) } else { so_far }
        };
        let [dispensed, returned, taken] = [SupplyAct::Dispensed, SupplyAct::Returned, SupplyAct::Taken].map(all);
        Self { dispensed, returned, taken }
    }

    fn odd(&self, key: NamedKey<'_>, one: &Administration, run: &Run, act: SupplyAct) -> Option<Finding> {
        let planned = run.administrations;
        let text = match act {
            SupplyAct::Dispensed => self.too_many_dispensed(one, run)?,
            SupplyAct::Returned if self.returned > self.dispensed => {
                format!("{} tablets returned in all, and {} dispensed", p(self.returned), p(self.dispensed))
            }
            SupplyAct::Taken if self.taken > planned => {
                format!("{} doses taken in all, and {} planned", p(self.taken), p(planned))
            }
            SupplyAct::Returned | SupplyAct::Taken => self.more_than_dispensed(one, run)?,
        };
        Some(findings::supply_count(key, &text))
    }

    /// Packs are whole, so more than needed is usual; twice as much is not.
    fn too_many_dispensed(&self, one: &Administration, run: &Run) -> Option<String> {
        let doses = run.administrations;
        let needed = tablets(one, run, doses);
        let most = needed.map_or(doses.saturating_mul(20), |needed| needed.saturating_mul(2));
        let take = needed.map_or_else(String::new, |needed| format!(" take {} tablets", p(needed)));
        (self.dispensed > most).then(|| {
            format!("{} tablets dispensed in all, and the {} doses planned{take}", p(self.dispensed), p(doses))
        })
    }

    fn more_than_dispensed(&self, one: &Administration, run: &Run) -> Option<String> {
        let used = tablets(one, run, self.taken)?.saturating_add(self.returned);
        (self.dispensed > 0 && self.taken > 0 && used > self.dispensed).then(|| {
            format!(
                "{} doses taken and {} tablets returned are {} tablets, and {} were dispensed",
                p(self.taken),
                p(self.returned),
                p(used),
                p(self.dispensed)
            )
        })
    }
}

fn p(count: u32) -> String {
    number::print(Decimal::from(count))
}

/// How many tablets so many doses of a run take; `None` where no tablets make the dose.
fn tablets(one: &Administration, run: &Run, doses: u32) -> Option<u32> {
    let sum = |counts: &[(u32, crate::quantity::Amount)]| {
        counts.iter().fold(0, |sum: u32, (count, _)| sum.saturating_add(*count))
    };
    let single = sum(&one.dose.supply.tablets);
    let (morning, evening) = one.dose.part_tablets.as_ref().map_or((single, single), |(m, e)| (sum(m), sum(e)));
    let (mornings, evenings) = run.halves_of(doses);
    let all = mornings.saturating_mul(morning).saturating_add(evenings.saturating_mul(evening));
    (morning > 0 && evening > 0).then_some(all)
}
