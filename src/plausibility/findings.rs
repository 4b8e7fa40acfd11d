//! What is said about measurements, one sentence a function; the codes are in `codes`.

use super::codes as c;
use super::limits::{Grade, Side};
use super::slip::{Body, Slip};
use crate::calendar::{self, Date};
use crate::finding::{Code, Field, Finding, Remedy, Severity};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Creatinine, Decimal, Gfr, Measured, decimal, number};

const AGAIN: &str = "measure again and enter the new figure; a reason is not enough here";
/// Of a figure that nobody measures.
const AFRESH: &str = "check the figure and enter it again; a reason is not enough here";
const REASON: &str = "check the entry; if it is right, give the reason";

fn p(value: Decimal) -> String {
    number::print(value)
}

fn one_place(value: Decimal) -> String {
    p(decimal::half_up(value, 1))
}

fn two_places(value: Decimal) -> String {
    p(decimal::half_up(value, 2))
}

/// `below 140 cm`
fn words(grade: &Grade) -> String {
    let side = match grade.side {
        Side::Below => "below",
        Side::Above => "above",
        Side::From => "at or above",
        Side::Through => "at or below",
    };
    format!("{side} {} {}", p(grade.limit), grade.unit).trim_end().to_owned()
}

/// One sentence for a figure beyond a limit, with the help its severity calls for.
fn beyond(code: Code, field: Field, what: &str, grade: &Grade) -> Finding {
    let help = match grade.severity {
        Severity::Block if matches!(field, Field::Age | Field::Auc | Field::Surface) => Some(AFRESH),
        Severity::Block => Some(AGAIN),
        Severity::Warn => Some(REASON),
        Severity::Note => None,
    };
    let finding = Finding::new(grade.severity, code, format!("{what} is {}.", words(grade))).field(field);
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

// ---- height and weight ----

pub(super) fn height_range(cm: Decimal, grade: &Grade) -> Finding {
    beyond(c::HEIGHT_RANGE, Field::Height, &format!("A height of {} cm", p(cm)), grade)
}

pub(super) fn weight_range(kg: Decimal, grade: &Grade) -> Finding {
    beyond(c::WEIGHT_RANGE, Field::Weight, &format!("A weight of {} kg", p(kg)), grade)
}

pub(super) fn bmi_range(height: Decimal, weight: Decimal, bmi: Decimal, grade: &Grade) -> Finding {
    let what = format!("BMI {} kg/m² ({} cm, {} kg)", one_place(bmi), p(height), p(weight));
    beyond(c::BMI_RANGE, Field::Weight, &what, grade)
}

/// Without an age the limits of adults hold, and the way out is to say how old the child is.
pub(super) fn for_a_child(finding: Finding) -> Finding {
    match finding.remedy.as_deref() {
        Some(remedy) => {
            let help = format!("{}; for a child, give the age", remedy.text);
            finding.help(Remedy::of([Field::Age], help))
        }
        None => finding,
    }
}

pub(super) fn infant(kg: Decimal) -> Finding {
    let text = format!(
        "A weight of {} kg is 10 kg or less, and the regimen has no rule for infants; a dose by body surface can be too large.",
        p(kg)
    );
    Finding::block(c::INFANT, text).field(Field::Weight).help("use a regimen that states its dose for infants")
}

pub(super) fn bsa_uncapped(surface: Decimal, grade: &Grade) -> Finding {
    let text = format!("Body surface {} m² (mosteller) is {}; no cap applied.", two_places(surface), words(grade));
    Finding::new(grade.severity, c::BSA_UNCAPPED, text).field(Field::Weight)
}

/// A body surface typed as a figure; `tenth` is a likelier one.
pub(super) fn bsa_range(surface: Decimal, tenth: Option<Decimal>, grade: &Grade) -> Finding {
    let meant = tenth.map_or_else(String::new, |tenth| format!(" (was {} meant?)", p(tenth)));
    beyond(c::BSA_RANGE, Field::Surface, &format!("A body surface of {} m²{meant}", p(surface)), grade)
}

pub(super) fn height_change(now: Decimal, then: Decimal, change: Decimal, grade: &Grade) -> Finding {
    let what = format!("Height {} cm, last {} cm: a change of {} cm", p(now), p(then), p(change));
    again(beyond(c::HEIGHT_CHANGE, Field::Height, &what, grade))
}

/// A weight beside the one before.
pub(super) struct WeightChange {
    pub now: Decimal,
    pub then: Decimal,
    pub percent: Decimal,
    /// By how many days a weight entered late lies before the one that is known.
    pub days_before: Option<i32>,
}

impl WeightChange {
    fn words(&self) -> String {
        let percent = number::percent(decimal::half_up(self.percent, 1));
        let (now, then) = (p(self.now), p(self.then));
        match self.days_before {
            Some(days) => {
                let days = p(Decimal::from(days));
                format!("Weight {now} kg, and {then} kg {days} days later: a difference of {percent}")
            }
            None => format!("Weight {now} kg, last {then} kg: a change of {percent}"),
        }
    }
}

pub(super) fn weight_jump(change: &WeightChange, grade: &Grade) -> Finding {
    again(beyond(c::WEIGHT_JUMP, Field::Weight, &change.words(), grade))
}

/// More kilograms than a body gains or loses in so many days.
pub(super) fn weight_rate(change: &WeightChange, days: i32, allowed: Decimal) -> Finding {
    let unit = if days == 1 { "day" } else { "days" };
    let time = if change.days_before.is_some() { String::new() } else { format!(" in {days} {unit}") };
    let text =
        format!("{}{time}, more than the {} kg that is plausible in that time.", change.words(), one_place(allowed));
    again(Finding::block(c::WEIGHT_RATE, text).field(Field::Weight).help(AGAIN))
}

/// What blocks here is only questioned once it was measured and typed a second time.
fn again(finding: Finding) -> Finding {
    let field = match finding.field {
        Some(Field::Height) => Field::HeightAgain,
        _ => Field::WeightAgain,
    };
    match (finding.severity, finding.remedy.as_deref()) {
        (Severity::Block, Some(remedy)) => {
            let text = remedy.text.clone();
            finding.help(Remedy::of([field], text))
        }
        _ => finding,
    }
}

/// The same once it was measured again.
pub(super) fn measured_again(finding: Finding) -> Finding {
    Finding { severity: Severity::Warn, ..finding }.help(REASON)
}

// ---- slips ----

/// A slip of the pen: what it is called, where it is shown, what is to be typed again.
pub(super) fn slip(slip: Slip, typed: Body, meant: &[(Slip, Body)]) -> Finding {
    const HEIGHT: &str = "type the height again in cm, or with its unit: 67in, 5ft7in";
    const WEIGHT: &str = "type the weight again in kg, or with its unit: 154lb";
    let (field, help) = match slip {
        Slip::Swapped => (Field::Height, "type height and weight again, each into its own field: 170 cm, 65 kg"),
        Slip::Metres => (Field::Height, "type the height again in centimetres: 170"),
        Slip::Inches | Slip::TallerTen | Slip::SmallerTen => (Field::Height, HEIGHT),
        Slip::InchesAndPounds => (Field::Height, "type both again in cm and kg, or with their units: 67in, 154lb"),
        Slip::Pounds | Slip::HeavierTen | Slip::LighterTen => (Field::Weight, WEIGHT),
        Slip::Grams => (Field::Weight, "type the weight again in kilograms: 3.5"),
    };
    let questions: Vec<String> = meant.iter().map(|(slip, meant)| question(*slip, typed, *meant)).collect();
    let text = format!("{} {}", described(typed), questions.join(" Or: "));
    let again = [Field::HeightAgain, Field::WeightAgain];
    Finding::block(slip.code(), text).field(field).help(Remedy::of(again, help))
}

/// `Height 170 cm and weight 154 kg give BMI 53.3.`
fn described(body: Body) -> String {
    match (body.height, body.weight, body.bmi()) {
        (Some(height), Some(weight), Some(bmi)) => {
            format!("Height {} cm and weight {} kg give BMI {}.", p(height), p(weight), one_place(bmi))
        }
        (Some(height), _, _) => format!("A height of {} cm is not plausible.", p(height)),
        (_, weight, _) => format!("A weight of {} kg is not plausible.", weight.map_or_else(String::new, p)),
    }
}

fn question(slip: Slip, given: Body, meant: Body) -> String {
    let typed = |value: Option<Decimal>| value.map_or_else(String::new, p);
    let rounded = |value: Option<Decimal>| value.map_or_else(String::new, two_places);
    let (h, w) = (typed(given.height), typed(given.weight));
    let (cm, kg) = (rounded(meant.height), rounded(meant.weight));
    let bmi = meant.bmi().map_or_else(String::new, |bmi| format!(", BMI {}", one_place(bmi)));
    match slip {
        Slip::Swapped => format!("Are height and weight exchanged? Height {cm} cm and weight {kg} kg{bmi}."),
        Slip::Metres => format!("Is {h} in metres? {h} m is {cm} cm{bmi}."),
        Slip::Inches => format!("Is {h} in inches? {h} in is {cm} cm{bmi}."),
        Slip::Pounds => format!("Is {w} in pounds? {w} lb is {kg} kg{bmi}."),
        Slip::InchesAndPounds => {
            format!("Are {h} and {w} in inches and pounds? That is {cm} cm and {kg} kg{bmi}.")
        }
        Slip::TallerTen => format!("Is {h} ten times too large? Height {cm} cm{bmi}."),
        Slip::SmallerTen => format!("Is {h} ten times too small? Height {cm} cm{bmi}."),
        Slip::HeavierTen => format!("Is {w} ten times too large? Weight {kg} kg{bmi}."),
        Slip::LighterTen => format!("Is {w} ten times too small? Weight {kg} kg{bmi}."),
        Slip::Grams => format!("Is {w} in grams? {w} g is {kg} kg{bmi}."),
    }
}

// ---- age, and the age of measurements ----

fn age(years: Decimal) -> String {
    format!("An age of {} years", p(years))
}

pub(super) fn child(years: Decimal) -> Finding {
    let text = format!("{} is below 18 years, and the regimen is for adults.", age(years));
    Finding::block(c::CHILD, text).field(Field::Age).help("check the date of birth, or use a regimen for children")
}

pub(super) fn age_range(years: Decimal, grade: &Grade) -> Finding {
    beyond(c::AGE_RANGE, Field::Age, &age(years), grade)
}

/// A measurement that grows old.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aging {
    Weight,
    Creatinine,
}

impl Aging {
    fn parts(self) -> (Code, Field, &'static str) {
        match self {
            Aging::Weight => (c::WEIGHT_STALE, Field::Weight, "weight"),
            Aging::Creatinine => (c::CREATININE_STALE, Field::Creatinine, "creatinine"),
        }
    }

    fn aged(self, measured: Date, days: i32) -> String {
        format!("The {} of {}: its age of {days} days", self.parts().2, calendar::print(measured))
    }
}

pub(super) fn measured_later(what: Aging, measured: Date, on: Date) -> Finding {
    let (_, field, word) = what.parts();
    let text = format!(
        "The {word} is dated {}, which is after the day it is used on, {}.",
        calendar::print(measured),
        calendar::print(on)
    );
    Finding::block(c::MEASURED_LATER, text).field(field).help("correct the day of the measurement")
}

/// Older than the table of limits accepts.
pub(super) fn stale(what: Aging, measured: Date, days: i32, grade: &Grade) -> Finding {
    let (code, field, word) = what.parts();
    beyond(code, field, &what.aged(measured, days), grade).help(format!("measure the {word} again"))
}

/// Older than the regimen accepts.
pub(super) fn older_than_accepted(what: Aging, measured: Date, days: i32, most: i32) -> Finding {
    let (code, field, word) = what.parts();
    let text = format!("{} is above the {most} days the regimen accepts.", what.aged(measured, days));
    Finding::warn(code, text).field(field).help(format!("measure the {word} again"))
}

// ---- creatinine and kidney function ----

fn creatinine(value: Creatinine) -> String {
    format!("A creatinine of {value}")
}

/// `tenth` is a likelier figure, with the decimal point elsewhere.
pub(super) fn creatinine_range(value: Creatinine, tenth: Option<Creatinine>, grade: &Grade) -> Finding {
    let meant = tenth.map_or_else(String::new, |tenth| format!(" (was {tenth} meant?)"));
    beyond(c::CREATININE_RANGE, Field::Creatinine, &format!("{}{meant}", creatinine(value)), grade)
}

/// The same figure in the other unit is a creatinine people have; `here` is it in the unit given.
pub(super) fn creatinine_unit(value: Creatinine, meant: Creatinine, here: Creatinine, grade: &Grade) -> Finding {
    let unit = match meant.unit() {
        CreatinineUnit::MgPerDl => "mg/dL",
        CreatinineUnit::UmolPerL => "umol/L",
    };
    let text = format!("{} is {}. Is it {unit}? {meant} is {here}.", creatinine(value), words(grade));
    let help = format!("type the creatinine again with the unit of the report, such as \"{meant}\"");
    Finding::block(c::CREATININE_UNIT, text).field(Field::Creatinine).help(help)
}

pub(super) fn creatinine_below_floor(value: Creatinine, floor: Creatinine) -> Finding {
    let text = format!("{} is below the floor of {floor}, which is used instead.", creatinine(value));
    Finding::note(c::CREATININE_LOW, text).field(Field::Creatinine)
}

pub(super) fn creatinine_low(value: Creatinine, grade: &Grade) -> Finding {
    let text = format!("{} is {}; no floor applied.", creatinine(value), words(grade));
    Finding::note(c::CREATININE_LOW, text).field(Field::Creatinine)
}

/// So many times the last creatinine, or so many times smaller.
pub(super) fn creatinine_times(
    now: Creatinine,
    then: Creatinine,
    ratio: Decimal,
    rose: bool,
    grade: &Grade,
) -> Finding {
    let ten = ratio >= Decimal::from(9) && ratio <= Decimal::from(11);
    let ten = if ten { " Was a decimal point lost?" } else { "" };
    let direction = if rose { "times the last" } else { "times smaller than the last" };
    let what = format!("Creatinine {now}, last {then}");
    let finding = beyond(c::CREATININE_CHANGE, Field::Creatinine, &what, grade);
    Finding { text: format!("{what}: {} {direction}.{ten}", one_place(ratio)), ..finding }
}

pub(super) fn creatinine_change(now: Creatinine, then: Creatinine, percent: Decimal, grade: &Grade) -> Finding {
    let percent = number::percent(decimal::half_up(percent, 1));
    let what = format!("Creatinine {now}, last {then}: a change of {percent}");
    beyond(c::CREATININE_CHANGE, Field::Creatinine, &what, grade)
}

/// A kidney function: measured, or estimated from the creatinine.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kidney {
    Measured(Gfr),
    Estimated(Decimal),
}

impl Kidney {
    pub(super) fn value(self) -> Decimal {
        match self {
            Kidney::Measured(gfr) => gfr.value(),
            Kidney::Estimated(value) => value,
        }
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

pub(super) fn indexed_gfr(gfr: Gfr) -> Finding {
    let text = format!("A GFR of {gfr} is indexed to 1.73 m², and a target AUC needs mL/min for this body.");
    let help = "de-index it with the body surface (GFR × BSA ÷ 1.73) and enter the result in mL/min";
    Finding::block(c::INDEXED_GFR, text).field(Field::Gfr).help(help)
}

pub(super) fn no_kidney_function(gfr: Kidney) -> Finding {
    Finding::block(c::GFR_RANGE, format!("{} is not a possible kidney function.", gfr.words())).field(gfr.field())
}

/// Before the floor neither the cap nor its absence can be told.
pub(super) fn gfr_before_floor(gfr: Kidney, floor: Creatinine, grade: &Grade) -> Finding {
    let what = format!("{} (before the floor of {floor})", gfr.words());
    beyond(c::GFR_RANGE, gfr.field(), &what, grade)
}

fn cap_words(cap: Option<Decimal>) -> String {
    cap.map_or_else(
        || "no cap applied.".to_owned(),
        |cap| format!("the cap of {} mL/min applies, and both results are shown.", p(cap)),
    )
}

pub(super) fn gfr_above_cap(gfr: Kidney, cap: Option<Decimal>, grade: &Grade) -> Finding {
    let text = format!("{} is {}; {}", gfr.words(), words(grade), cap_words(cap));
    Finding::note(c::GFR_ABOVE_CAP, text).field(gfr.field())
}

/// A large one that asks says what the cap makes of it.
pub(super) fn gfr_range(gfr: Kidney, cap: Option<Decimal>, grade: &Grade) -> Finding {
    let finding = beyond(c::GFR_RANGE, gfr.field(), &gfr.words(), grade);
    if grade.severity == Severity::Warn && gfr.value() > Decimal::ONE_HUNDRED {
        return Finding { text: format!("{} is {}; {}", gfr.words(), words(grade), cap_words(cap)), ..finding };
    }
    finding
}

fn auc(target: Decimal) -> String {
    format!("A target AUC of {}", p(target))
}

pub(super) fn no_target(target: Decimal) -> Finding {
    Finding::block(c::AUC_RANGE, format!("{} is not a possible target.", auc(target)))
        .field(Field::Auc)
        .help("give one target, such as 5")
}

pub(super) fn auc_range(target: Decimal, grade: &Grade) -> Finding {
    beyond(c::AUC_RANGE, Field::Auc, &auc(target), grade)
}

// ---- laboratory ----

/// A laboratory figure: a result, or an upper limit of normal.
pub(super) struct LabFigure<'a> {
    pub test: &'a str,
    pub measured: &'a Measured,
    /// The same in the unit of the limit, where that is another.
    pub in_row: Option<(Decimal, &'a str)>,
    pub upper_limit: bool,
}

impl LabFigure<'_> {
    fn finding(&self, code: Code, grade: &Grade, more: &str) -> Finding {
        let (what, field) = if self.upper_limit {
            ("The upper limit of normal of", Field::UpperLimit)
        } else {
            ("The result", Field::Lab)
        };
        let figure = match self.in_row {
            Some((value, unit)) => format!("{} ({} {unit})", self.measured, p(value)),
            None => self.measured.to_string(),
        };
        let text = format!("{what} {} {figure} is {}.{more}", number::shown(self.test), words(grade));
        Finding::new(grade.severity, code, text).field(field)
    }

    /// The same digits in another unit are a result like any other.
    pub(super) fn other_unit(&self, meant: &Measured, grade: &Grade) -> Finding {
        let here = meant.in_unit(self.measured.unit);
        let here = here.map_or_else(String::new, |here| format!(" {meant} is {} {}.", p(here), self.measured.unit));
        let plain = format!("{} {} {}", self.test, number::plain(meant.value), meant.unit);
        self.finding(c::LAB_UNIT, grade, &format!(" Is it {}?{here}", meant.unit))
            .help(format!("type it again with the unit of the report, such as \"{plain}\""))
    }

    /// `meant` is a likelier figure, with the decimal point elsewhere.
    pub(super) fn beyond(&self, meant: Option<&Measured>, grade: &Grade) -> Finding {
        let more = meant.map_or_else(String::new, |meant| format!(" Was {meant} meant?"));
        self.finding(c::LAB_RANGE, grade, &more)
            .help("compare the figure and its unit with the report, and type it again")
    }
}

pub(super) fn limits_unreadable(fault: &str) -> Finding {
    Finding::block(c::LIMITS_UNREADABLE, fault)
}
