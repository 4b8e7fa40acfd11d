//! Creatinine, kidney function and the AUC that depends on it.

use super::super::codes as c;
use super::super::limits::Grade;
use super::{beyond, one_place, p, words};
use crate::finding::{Field, Figure, Finding, Lift, Severity};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Creatinine, Decimal, Gfr, GfrMethods, decimal, number};

fn creatinine(value: Creatinine) -> String {
    format!("A creatinine of {value}")
}

/// `tenth` is a likelier figure, with the decimal point elsewhere.
pub(in crate::plausibility) fn creatinine_range(
    value: Creatinine,
    tenth: Option<Creatinine>,
    grade: &Grade,
) -> Finding {
    let meant = tenth.map_or_else(String::new, |tenth| format!(" (was {tenth} meant?)"));
    beyond(c::CREATININE_RANGE, Field::Creatinine, &format!("{}{meant}", creatinine(value)), value.value(), grade)
}

/// The same figure in the other unit is a creatinine people have; `here` is it in the unit given.
pub(in crate::plausibility) fn creatinine_unit(
    value: Creatinine,
    meant: Creatinine,
    here: Creatinine,
    grade: &Grade,
) -> Finding {
    let unit = match meant.unit() {
        CreatinineUnit::MgPerDl => "mg/dL",
        CreatinineUnit::UmolPerL => "umol/L",
    };
    let text = format!("{} is {}. Is it {unit}? {meant} is {here}.", creatinine(value), words(grade));
    let help = format!("type the creatinine again with the unit of the report, such as \"{meant}\"");
    let lift = Lift::Again(vec![Field::Creatinine]);
    let severity = grade.severity.min(Severity::Confirm);
    Finding::new(severity, c::CREATININE_UNIT, text)
        .field(Field::Creatinine)
        .help(help)
        .asking(Some(Figure::Value(value.value())), lift)
}

pub(in crate::plausibility) fn creatinine_below_floor(value: Creatinine, floor: Creatinine) -> Finding {
    let text = format!("{} is below the floor of {floor}, which is used instead.", creatinine(value));
    Finding::note(c::CREATININE_LOW, text).field(Field::Creatinine)
}

pub(in crate::plausibility) fn creatinine_low(value: Creatinine, grade: &Grade) -> Finding {
    let text = format!("{} is {}; no floor applied.", creatinine(value), words(grade));
    Finding::note(c::CREATININE_LOW, text).field(Field::Creatinine)
}

/// So many times the last creatinine, or so many times smaller.
pub(in crate::plausibility) struct CreatinineTimes {
    pub now: Creatinine,
    pub then: Creatinine,
    pub ratio: Decimal,
    pub rose: bool,
}

pub(in crate::plausibility) fn creatinine_times(change: &CreatinineTimes, grade: &Grade) -> Finding {
    let CreatinineTimes { now, then, ratio, rose } = *change;
    let ten = ratio >= Decimal::from(9) && ratio <= Decimal::from(11);
    let ten = if ten { " Was a decimal point lost?" } else { "" };
    let direction = if rose { "times the last" } else { "times smaller than the last" };
    let what = format!("Creatinine {now}, last {then}");
    let finding = beyond(c::CREATININE_CHANGE, Field::Creatinine, &what, now.value(), grade);
    Finding { text: format!("{what}: {} {direction}.{ten}", one_place(ratio)), ..finding }
}

pub(in crate::plausibility) fn creatinine_change(
    now: Creatinine,
    then: Creatinine,
    percent: Decimal,
    grade: &Grade,
) -> Finding {
    let percent = number::percent(decimal::half_up(percent, 1));
    let what = format!("Creatinine {now}, last {then}: a change of {percent}");
    beyond(c::CREATININE_CHANGE, Field::Creatinine, &what, now.value(), grade)
}

/// A kidney function: measured, or estimated from the creatinine.
#[derive(Debug, Clone, Copy)]
pub(in crate::plausibility) enum Kidney {
    Measured(Gfr),
    Estimated(Decimal),
}

impl Kidney {
    pub(in crate::plausibility) fn value(self) -> Decimal {
        match self {
            Kidney::Measured(gfr) => gfr.value(),
            Kidney::Estimated(value) => value,
        }
    }

    /// Whether it was measured by one of these methods.
    pub(in crate::plausibility) fn is_among(self, methods: GfrMethods) -> bool {
        matches!(self, Kidney::Measured(gfr) if methods.hold(gfr))
    }

    fn field(self) -> Field {
        match self {
            Kidney::Measured(_) => Field::Gfr,
            Kidney::Estimated(_) => Field::Creatinine,
        }
    }

    fn words(self) -> String {
        match self {
            Kidney::Measured(gfr) => format!("A GFR of {gfr}"),
            Kidney::Estimated(value) => format!("An estimated GFR of {} mL/min", one_place(value)),
        }
    }
}

pub(in crate::plausibility) fn indexed_gfr(gfr: Gfr) -> Finding {
    let text = format!("A GFR of {gfr} is indexed to 1.73 m², and a target AUC needs mL/min for this body.");
    let help = "de-index it with the body surface (GFR × BSA ÷ 1.73) and enter the result in mL/min";
    Finding::block(c::INDEXED_GFR, text).field(Field::Gfr).help(help)
}

pub(in crate::plausibility) fn no_kidney_function(gfr: Kidney) -> Finding {
    Finding::block(c::GFR_RANGE, format!("{} is not a possible kidney function.", gfr.words())).field(gfr.field())
}

/// Before the floor neither the cap nor its absence can be told.
pub(in crate::plausibility) fn gfr_before_floor(gfr: Kidney, floor: Creatinine, grade: &Grade) -> Finding {
    let what = format!("{} (before the floor of {floor})", gfr.words());
    beyond(c::GFR_RANGE, gfr.field(), &what, gfr.value(), grade)
}

fn cap_words(cap: Option<Decimal>) -> String {
    cap.map_or_else(
        || "no cap applied.".to_owned(),
        |cap| format!("the cap of {} mL/min applies, and both results are shown.", p(cap)),
    )
}

pub(in crate::plausibility) fn gfr_above_cap(gfr: Kidney, cap: Option<Decimal>, grade: &Grade) -> Finding {
    let text = format!("{} is {}; {}", gfr.words(), words(grade), cap_words(cap));
    Finding::note(c::GFR_ABOVE_CAP, text).field(gfr.field())
}

/// A large one that asks says what the cap makes of it.
pub(in crate::plausibility) fn gfr_range(gfr: Kidney, cap: Option<Decimal>, grade: &Grade) -> Finding {
    let finding = beyond(c::GFR_RANGE, gfr.field(), &gfr.words(), gfr.value(), grade);
    if grade.severity == Severity::Warn && gfr.value() > Decimal::ONE_HUNDRED {
        return Finding { text: format!("{} is {}; {}", gfr.words(), words(grade), cap_words(cap)), ..finding };
    }
    finding
}

fn auc(target: Decimal) -> String {
    format!("A target AUC of {}", p(target))
}

pub(in crate::plausibility) fn no_target(target: Decimal) -> Finding {
    Finding::block(c::AUC_RANGE, format!("{} is not a possible target.", auc(target)))
        .field(Field::Auc)
        .help("give one target, such as 5")
}

pub(in crate::plausibility) fn auc_range(target: Decimal, grade: &Grade) -> Finding {
    beyond(c::AUC_RANGE, Field::Auc, &auc(target), target, grade)
}
