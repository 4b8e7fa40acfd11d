//! How long a dose ran, beside how long it should: five minutes of a pump of 46 hours are a figure typed wrong, or a patient in danger.

use crate::calendar::{Date, Moment};
use crate::course::Times;
use crate::finding::Finding;
use crate::plan::{Administration, Infusion};
use crate::quantity::{Decimal, Period, PeriodUnit};

use super::Context;
use super::findings;

/// Minutes that make no difference of any infusion (a judgement of ours).
const MINUTES: i64 = 15;

/// Asked where it ran for less than three quarters of the shortest time, or more than one and a half of the longest (a judgement
/// of ours). A dose given in part may have been broken off; one that was held up says why.
pub(super) fn told(
    context: &Context<'_>,
    one: &Administration,
    (on, times, partly): (Date, &Times, bool),
) -> Option<Finding> {
    let minutes = minutes(on, times)?;
    let infusion = one.infusion.as_ref()?;
    let (least, most) = match infusion {
        Infusion::For(period) => (period.minutes(), period.minutes()),
        Infusion::Between(from, through) => (from.minutes(), through.minutes()),
        Infusion::AtMost { least, .. } => (least.minutes(), None),
        Infusion::Bolus | Infusion::Unknown => (None, None),
    };
    let (ran, room) = (Decimal::from(minutes), Decimal::from(MINUTES));
    let short = least.is_some_and(|least| ran < least * Decimal::new(75, 2) && least - ran > room);
    let long = most.is_some_and(|most| ran > most * Decimal::new(15, 1) && ran - most > room);
    (short && !partly || long).then(|| {
        let ran = if minutes % 60 == 0 {
            Period { value: Decimal::from(minutes / 60), unit: PeriodUnit::Hours }
        } else {
            Period { value: ran, unit: PeriodUnit::Minutes }
        };
        findings::infusion_length(one.key.named(context.regimen), (&ran, times), infusion, short)
    })
}

/// From start to end, where both were noted.
fn minutes(on: Date, times: &Times) -> Option<i64> {
    let (start, stop) = (Moment::new(on, times.start?), Moment::new(times.last_day(on), times.stop?));
    Some(i64::from(crate::calendar::days_between(start.date, stop.date)) * 24 * 60 + stop.minutes() - start.minutes())
}
