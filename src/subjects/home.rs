//! Home doses of a subject: what was planned, handed out, brought back and taken, and what follows of it. What nobody
//! counted is unknown, and no zero.

use crate::course::event::SupplyAct;
use crate::plan::Administration;
use crate::present::{self, DoseRow, PlannedRow};
use crate::quantity::{Decimal, decimal, number};

use super::Opened;

/// A line for each run of which something was counted: `C1D1 capecitabine: 98 tablets of 500 mg planned for 28 doses; 98
/// dispensed, 14 brought back: 84 used, 85.7 % of those planned`.
pub fn home(opened: &Opened) -> Vec<String> {
    let Ok(plan) = &opened.plan else { return Vec::new() };
    let schedule = present::schedule(&opened.regimen, &opened.folded, plan);
    let all = plan.administrations.iter().zip(&schedule.doses);
    all.filter_map(|(one, row)| line(opened, one, row)).collect()
}

fn line(opened: &Opened, one: &Administration, row: &DoseRow) -> Option<String> {
    let run = one.run.as_ref()?;
    let of = |act: SupplyAct| {
        let counted = opened.folded.supplies.iter().filter(|(_, known)| known.key == one.key && known.act == act);
        counted.fold(None, |sum: Option<u32>, (_, known)| Some(sum.unwrap_or(0).saturating_add(known.count)))
    };
    let [dispensed, returned, taken] = [SupplyAct::Dispensed, SupplyAct::Returned, SupplyAct::Taken].map(of);
    dispensed.or(returned).or(taken)?;
    let planned = row.planned();
    let words = planned.and_then(PlannedRow::dispensed_words).unwrap_or_else(|| "amount not known".to_owned());
    let tablets: u32 = planned.map_or(0, |planned| planned.tablets.iter().map(|row| row.count).sum());
    let doses = number::count(run.administrations, "dose");
    let mut told = vec![format!("{words} planned for {doses}")];
    told.extend(match (dispensed, returned) {
        (Some(out), Some(back)) => {
            let used = i64::from(out) - i64::from(back);
            let share = percent(used, tablets).map_or_else(String::new, |share| format!(", {share} of those planned"));
            Some(format!("{out} dispensed, {back} brought back: {used} used{share}"))
        }
        (Some(out), None) => Some(format!("{out} dispensed, not brought back yet: what is left is unknown")),
        (None, Some(back)) => Some(format!("{back} brought back, and nothing dispensed is on record")),
        (None, None) => None,
    });
    told.extend(taken.map(|taken| {
        let share =
            percent(i64::from(taken), run.administrations).map_or_else(String::new, |share| format!(": {share}"));
        format!("{taken} of {doses} taken{share}")
    }));
    Some(format!("{}: {}", one.key.named(&opened.regimen), told.join("; ")))
}

/// A share in percent, to one decimal; none of nothing.
fn percent(part: i64, whole: u32) -> Option<String> {
    let whole = Decimal::from(whole);
    let share = (Decimal::from(part) * Decimal::ONE_HUNDRED).checked_div(whole)?;
    Some(format!("{} %", number::plain(decimal::half_up(share, 1))))
}
