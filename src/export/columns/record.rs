//! The columns of what a record says beside the doses: its entries, home doses, the dose intensity.

use crate::course::fold::EntryStatus;
use crate::present::{HistoryRow, SupplyRow};

use super::super::intensity::Line;
use super::super::table::{Column, Kind};
use super::{Cell, OPEN, Of, column, common, maybe, text, whence};

const STATUSES: &[&str] = &["holds", "corrected", "undone"];
const ACTS: &[&str] = &["dispensed", "returned", "taken"];

/// What became of an entry, in a word, and the entry that did it.
fn status(row: &HistoryRow) -> (&'static str, Option<u64>) {
    match row.status {
        EntryStatus::Holds => ("holds", None),
        EntryStatus::CorrectedBy(by) => ("corrected", Some(by)),
        EntryStatus::UndoneBy(by) => ("undone", Some(by)),
    }
}

fn answers(row: &HistoryRow) -> String {
    row.answers.iter().map(|(code, reason)| format!("{code}: {reason}")).collect::<Vec<_>>().join("; ")
}

/// The columns of the history.
#[rustfmt::skip] // one line a column reads as the table it is
pub(in crate::export) fn history_columns<'a>() -> Vec<Column<Of<'a, &'a HistoryRow>>> {
    use Kind::{Date, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("entry", Integer, OPEN, "number of the entry in the record of the subject", |of: &Of<'a, &'a HistoryRow>| of.row.recorded.entry.cell()),
        column("date", Date, OPEN, "day it happened, or holds from", |of| of.row.date.cell()),
        column("kind", Text, OPEN, "what it is: given, held, omitted, delayed, changed, measured, supply, stopped …; stopped is the permanent end of treatment", |of| of.row.kind.into()),
        column("about", Text, OPEN, "what it is about", |of| text(of.row.about.as_ref())),
        column("refers_to", Integer, OPEN, "entry it corrects, undoes or checks", |of| maybe(of.row.of)),
        column("reason", Text, OPEN, "reason that was typed", |of| text(of.row.reason.as_ref())),
        column("answers", Text, OPEN, "warnings answered with it, each with its reason", |of| answers(of.row).into()),
        column("recorded_by", Text, OPEN, "who recorded it", |of| of.row.recorded.by.as_str().into()),
        column("recorded_at", Text, OPEN, "when, in UTC", |of| of.row.recorded.at.as_str().into()),
        column("status", Text, STATUSES, "whether it holds as written", |of| status(of.row).0.into()),
        column("status_by", Integer, OPEN, "entry that corrected or undid it", |of| maybe(status(of.row).1)),
        whence(),
    ]);
    columns
}

/// The columns of home doses.
#[rustfmt::skip]
pub(in crate::export) fn supply_columns<'a>() -> Vec<Column<Of<'a, &'a SupplyRow>>> {
    use Kind::{Date, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("phase", Text, OPEN, "phase of the regimen, where it has several", |of: &Of<'a, &'a SupplyRow>| text(of.row.key.phase.as_ref())),
        column("cycle", Integer, OPEN, "cycle of the run", |of| of.row.key.cycle.cell()),
        column("day", Integer, OPEN, "cycle day on which the run begins", |of| of.row.key.day.cell()),
        column("drug_id", Text, OPEN, "id of the drug in the regimen", |of| of.row.key.drug.as_str().into()),
        column("act", Text, ACTS, "what happened", |of| of.row.act.word().into()),
        column("count", Integer, OPEN, "how many: tablets dispensed or returned, doses taken", |of| of.row.count.cell()),
        column("kit", Text, OPEN, "number of their kit", |of| text(of.row.product.kit.as_ref())),
        column("lot", Text, OPEN, "their lot (batch)", |of| text(of.row.product.lot.as_ref())),
        column("date", Date, OPEN, "the day", |of| of.row.date.cell()),
        column("reason", Text, OPEN, "remark", |of| text(of.row.reason.as_ref())),
        column("recorded_by", Text, OPEN, "who recorded it", |of| of.row.recorded.by.as_str().into()),
        column("recorded_at", Text, OPEN, "when, in UTC", |of| of.row.recorded.at.as_str().into()),
        column("entry", Integer, OPEN, "number of the entry in the record of the subject", |of| of.row.recorded.entry.cell()),
        whence(),
    ]);
    columns
}

/// The columns of the dose intensity.
#[rustfmt::skip]
pub(in crate::export) fn intensity_columns<'a>() -> Vec<Column<Of<'a, Line>>> {
    use Kind::{Decimal, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("drug_id", Text, OPEN, "id of the drug in the regimen; empty of the regimen as a whole", |of: &Of<'a, Line>| text(of.row.drug.as_ref())),
        column("doses", Integer, OPEN, "doses given; a run at home is one", |of| maybe(of.row.doses)),
        column("planned", Decimal, OPEN, "planned so far at the full dose of the protocol, before rounding", |of| maybe(of.row.planned)),
        column("delivered", Decimal, OPEN, "given or taken; empty, as all that is made from it, while a run at home of a cycle begun is not counted", |of| maybe(of.row.delivered)),
        column("unit", Text, OPEN, "unit of planned, delivered and cumulative", |of| of.row.unit.into()),
        column("received_before", Text, OPEN, "received before this regimen: none, unknown, or so much; empty where nobody asked", |of| text(of.row.before.as_ref())),
        column("cumulative", Decimal, OPEN, "delivered and received before", |of| maybe(of.row.cumulative)),
        column("dose_percent", Decimal, OPEN, "delivered against planned dose, to four decimals", |of| maybe(of.row.dose)),
        column("time_percent", Decimal, OPEN, "planned against actual time, to four decimals", |of| maybe(of.row.time)),
        column("relative_percent", Decimal, OPEN, "relative dose intensity: both together; of the regimen the mean over its treatment drugs, empty where that of one of them is", |of| maybe(of.row.relative)),
        column("cycles", Integer, OPEN, "cycles in which something was given; of the regimen", |of| maybe(of.row.cycles)),
        column("planned_days", Integer, OPEN, "days planned for them; of the regimen", |of| maybe(of.row.planned_days)),
        column("actual_days", Integer, OPEN, "days they took; of the regimen", |of| maybe(of.row.actual_days)),
        whence(),
    ]);
    columns
}
