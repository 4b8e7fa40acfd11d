//! What a decision asks or refuses, one sentence a function; the codes are in `codes`.

use crate::calendar::{self, Date, days_between, with_weekday};
use crate::course::event::{Event, Supply, SupplyAct};
use crate::course::fold::{Delivered, FoldError};
use crate::course::{CycleKey, NamedKey, Product, Times};
use crate::dosing::Dose;
use crate::finding::{Field, Finding, Lift, Remedy, Severity};
use crate::plan::codes as planning;
use crate::plan::{Infusion, PlannedCycle};
use crate::quantity::{Amount, Decimal, Period, Portion, number};
use crate::regimen::{CycleWord, Drug, Regimen, Status};
use crate::writing::{Hidden, Personal};

use super::codes as c;
use super::command::{Change, Scope};

// ---- what is meant ----

/// The plan holds nothing of this scope.
pub(super) fn not_planned(regimen: &Regimen, scope: &Scope) -> Finding {
    Finding::block(c::NOT_PLANNED, format!("The plan has no {}.", scope.words(regimen))).field(Field::Day)
}

/// A day within a run of home doses.
pub(super) fn run_is_one(drug: &str, first: i32, last: i32) -> Remedy {
    Remedy::of(
        [Field::Count, Field::Reason],
        format!(
            "{drug} of days {first} through {last} is one run, recorded under day {first}; if it was interrupted, record the doses taken under day {first} and say why"
        ),
    )
}

/// A dose outside the plan that does not say everything.
pub(super) fn unplanned_incomplete(regimen: &Regimen, scope: &Scope) -> Finding {
    let text = format!(
        "The plan has no {}. A dose given outside the plan needs its drug, day, date and dose.",
        scope.words(regimen)
    );
    let all = [Field::Drug, Field::Day, Field::On, Field::Dose];
    Finding::block(c::NOT_PLANNED, text).field(Field::Day).help(Remedy::of(all, "name all four"))
}

/// A dose outside the plan.
pub(super) fn unplanned(key: NamedKey<'_>, dose: Amount, on: Date) -> Finding {
    let text = format!("{key} was not planned; {dose} on {} is recorded as it happened.", with_weekday(on));
    Finding::warn(c::NOT_PLANNED, text).field(Field::Day)
}

pub(super) fn several_administrations(regimen: &Regimen, scope: &Scope, count: usize, of_one: &str) -> Finding {
    let text = format!("{} means {count} doses, and {of_one} entered.", scope.words(regimen));
    let help = Remedy::of([Field::Drug, Field::Day], "name the drug and the day");
    Finding::block(c::WHICH_ONE, text).field(Field::Drug).help(help)
}

pub(super) fn several_drugs(regimen: &Regimen, scope: &Scope, product: &Product, count: usize) -> Finding {
    let text = format!("{} means {count} drugs, and {product} is that of one.", scope.words(regimen));
    let help = Remedy::of([Field::Drug], "name the drug, and record each by itself");
    Finding::block(c::WHICH_ONE, text).field(Field::Drug).help(help)
}

pub(super) fn several_days(regimen: &Regimen, scope: &Scope) -> Finding {
    let text = format!("{} has doses on several days, and one date was entered.", scope.words(regimen));
    Finding::block(c::WHICH_ONE, text).field(Field::Day).help(Remedy::of([Field::Day], "name the day, such as 1"))
}

pub(super) fn several_runs(regimen: &Regimen, scope: &Scope, count: usize) -> Finding {
    let text = format!("{} means {count} runs of home doses; one is needed.", scope.words(regimen));
    let help = Remedy::of([Field::Drug, Field::Day], "name the drug and the day the run begins");
    Finding::block(c::WHICH_ONE, text).field(Field::Drug).help(help)
}

pub(super) fn no_such_phase(regimen: &Regimen, phase: &str) -> Finding {
    let known: Vec<&str> = regimen.phases.iter().filter_map(|phase| phase.id.as_deref()).collect();
    let known = if known.is_empty() { "one phase without a name".to_owned() } else { known.join(", ") };
    let text = format!("{} has no phase \"{}\".", regimen.name, number::shown(phase));
    no_cycle(text, format!("it has {known}"))
}

pub(super) fn several_phases(word: CycleWord, number: u32) -> Finding {
    no_cycle(format!("{} is in several phases.", word.titled(number)), Remedy::of([Field::Phase], "choose the phase"))
}

pub(super) fn no_such_cycle(regimen: &Regimen, number: u32, last: u32) -> Finding {
    let word = regimen.cycle_word;
    let has = format!("it has {} {} through {last}", word.many(), regimen.cycles_from);
    no_cycle(format!("The plan has no {}.", word.numbered(number)), has)
}

fn no_cycle(text: String, help: impl Into<Remedy>) -> Finding {
    Finding::block(c::NO_SUCH_CYCLE, text).field(Field::Cycle).help(help)
}

// ---- doses given ----

pub(super) fn partly_incomplete() -> Finding {
    let help = Remedy::of([Field::Dose, Field::Reason], "name both, such as 80 mg and infusion reaction");
    Finding::block(c::PARTLY, "A dose given in part needs the amount given and the reason.")
        .field(Field::Dose)
        .help(help)
}

/// What was not given, was.
pub(super) fn given_on(regimen: &Regimen, one: &Delivered) -> Finding {
    let text =
        format!("{} was given on {} (entry {}).", one.given.key.named(regimen), calendar::print(one.on), one.seq);
    let help = format!("undo entry {} if it was not given, or name the drug or day that was not given", one.seq);
    Finding::block(c::ALREADY_GIVEN, text).field(Field::Day).help(help)
}

/// The same administration twice: a slip of the pen, or a second dose?
pub(super) fn given_already(regimen: &Regimen, one: &Delivered) -> Finding {
    let text = format!(
        "{} was recorded as given on {} ({}, entry {}). Correct that entry, or was this a second dose?",
        one.given.key.named(regimen),
        calendar::print(one.on),
        one.given.dose,
        one.seq
    );
    let help = format!("correct entry {} or undo it; or record it as a second dose", one.seq);
    Finding::block(c::ALREADY_GIVEN, text).field(Field::Day).help(Remedy::of([Field::SecondDose], help))
}

pub(super) fn in_another_entry(key: NamedKey<'_>, other: u64) -> Finding {
    let text = format!("{key} is already recorded in entry {other}.");
    Finding::block(c::ALREADY_GIVEN, text).field(Field::Entry).help("correct that entry instead")
}

pub(super) fn no_first_dose(key: NamedKey<'_>) -> Finding {
    let text = format!("{key} has no dose on record, so this is not a second one.");
    let help = Remedy::of([Field::SecondDose], "record it as the first dose");
    Finding::block(c::NO_FIRST_DOSE, text).field(Field::SecondDose).help(help)
}

pub(super) fn second_dose(regimen: &Regimen, one: &Delivered) -> Finding {
    let on = calendar::print(one.on);
    Finding::warn(
        c::SECOND_DOSE,
        format!("{} would have two doses: {} was given on {on}.", one.given.key.named(regimen), one.given.dose),
    )
}

pub(super) fn was_omitted(key: NamedKey<'_>, why: &str) -> Finding {
    let text = format!("{key} was recorded as omitted ({why}). Was it given after all?");
    Finding::warn(c::WAS_OMITTED, text)
}

/// An earlier cycle with nothing on record: forgotten, or the wrong cycle typed?
pub(super) fn out_of_order(key: NamedKey<'_>, open: u32) -> Finding {
    let open = key.word().numbered(open);
    let text = format!("{key} follows {open}, which has nothing on record: neither given nor omitted.");
    let help = format!("record {open} first, or say why it stays open");
    Finding::warn(c::OUT_OF_ORDER, text).field(Field::Cycle).help(help)
}

pub(super) fn criteria_not_met(key: NamedKey<'_>, on: Date, found: &str) -> Finding {
    let text = format!(
        "The criteria to treat of {} day {} were not met on {} ({found}). Was it given anyway?",
        key.cycle(),
        key.key.day,
        calendar::print(on),
    );
    let help = Remedy::of([Field::Criteria], "record what was found since, or say why it was given");
    Finding::warn(c::CRITERIA_NOT_MET, text).field(Field::Day).help(help)
}

pub(super) fn units_differ(key: NamedKey<'_>, planned: Portion, dose: Portion) -> Finding {
    let text = format!("{key}: {dose} given, and {planned} planned; the units cannot be compared.");
    Finding::warn(c::DOSE_DIFFERS, text).field(Field::Dose)
}

pub(super) fn halves_differ(key: NamedKey<'_>, planned: &str, dose: Portion) -> Finding {
    Finding::warn(c::DOSE_DIFFERS, format!("{key}: {dose} against {planned} planned.")).field(Field::Dose)
}

/// What was given beside what was planned.
pub(super) struct Difference {
    pub planned: Portion,
    pub dose: Portion,
    pub percent: Decimal,
    pub partly: bool,
}

/// A point that was lost or typed too much: about ten times the planned dose, or a tenth of it.
fn ten_times(percent: Decimal) -> Option<&'static str> {
    let between = |from: i64, through: i64| percent >= Decimal::new(from, 1) && percent <= Decimal::new(through, 1);
    if between(8_000, 10_000) {
        return Some(" Is it ten times too large?");
    }
    between(-910, -890).then_some(" Is it ten times too small?")
}

/// More than twice the planned dose is confirmed by a second person.
pub(super) fn dose_differs(severity: Severity, key: NamedKey<'_>, one: &Difference) -> Finding {
    let what = if one.partly { "given in part, " } else { "" };
    let Difference { planned, dose, percent, .. } = one;
    let text = format!(
        "{key}: {what}{dose} against {planned} planned ({}).{}",
        number::percent(*percent),
        ten_times(*percent).unwrap_or_default(),
    );
    let finding = Finding::new(severity, c::DOSE_DIFFERS, text).field(Field::Dose);
    if severity != Severity::Confirm {
        return finding;
    }
    let help = Remedy::of([Field::Dose], "correct the dose; if so much was given, a second person confirms it");
    finding.help(help).asking(None, Lift::Second(None))
}

pub(super) fn weight_aged(key: NamedKey<'_>, measured: Date, days: i32) -> Finding {
    let text = format!("{key}: the weight was {days} days old ({}).", calendar::print(measured));
    Finding::note(c::WEIGHT_AGED, text).field(Field::Weight)
}

/// What was noted ran shorter or longer than the regimen says.
pub(super) fn infusion_length(
    key: NamedKey<'_>,
    (ran, times): (&Period, &Times),
    planned: &Infusion,
    short: bool,
) -> Finding {
    let how = if short { "faster than it may" } else { "slower than planned" };
    let text = format!("{key}: {times} is {ran}, and it is to run {planned}: it went in {how}.");
    Finding::warn(c::INFUSION_LENGTH, text)
        .field(Field::On)
        .help("correct the hours where they were typed wrong; else say why, and tell the treating doctor of a dose that ran too fast")
}

pub(super) fn nothing_measured() -> Finding {
    let all = [Field::Weight, Field::Height, Field::Creatinine, Field::Gfr];
    Finding::block(c::NOTHING_MEASURED, "Nothing was measured.").help(Remedy::of(all, "give at least one figure"))
}

/// Home doses that do not add up: what is odd about them.
pub(super) fn supply_count(key: NamedKey<'_>, odd: &str) -> Finding {
    Finding::warn(c::SUPPLY_COUNT, format!("{key}: {odd}."))
        .field(Field::Count)
        .help("tablets are counted when dispensed or returned, doses when taken; correct it, or say why")
}

// ---- cycles and days ----

pub(super) fn cycle_begun(word: CycleWord, number: u32) -> Finding {
    let name = word.titled(number);
    let text = format!("{name} has already begun; its day 1 is the day it was given.");
    Finding::block(c::CYCLE_BEGUN, text).field(Field::Cycle).help("correct the entry of the dose")
}

pub(super) fn later_begun(word: CycleWord, later: u32, number: u32) -> Finding {
    let (later, number) = (word.titled(later), word.numbered(number));
    let text = format!("{later} has already begun; {number} cannot be delayed past it.");
    Finding::block(c::LATER_BEGUN, text).field(Field::Cycle).help("omit it, or correct the entry of the later one")
}

pub(super) fn delay_range(days: i32) -> Finding {
    let text = format!("A delay of {days} days is outside -60 to 400 days.");
    Finding::block(c::DELAY_RANGE, text).field(Field::Days).help("stop treatment, or correct the number")
}

pub(super) fn stopped_already(what: &str, on: Date, why: &str) -> Finding {
    let text = format!("{what} was already stopped on {} ({why}).", calendar::print(on));
    Finding::block(c::STOPPED_ALREADY, text).field(Field::On).help("correct or undo that entry")
}

pub(super) fn last_drug(name: &str) -> Finding {
    let text = format!("{name} is the last drug of the treatment: without it nothing goes on.");
    Finding::block(c::LAST_DRUG, text).field(Field::Drug).help("stop the treatment: leave the drug out")
}

pub(super) fn stop_before_start(times: &Times, on: Date) -> Finding {
    let text =
        format!("A dose of {} cannot have gone in {times}: it would have ended before it was begun.", with_weekday(on));
    let help = "correct one of the two hours; where it ended on a later day, write that day before the hour";
    Finding::block(c::STOP_BEFORE_START, text).help(help)
}

pub(super) fn future_date(on: Date, today: Date) -> Finding {
    let text = format!(
        "{} is in the future: today is {}. Only what has happened can be recorded.",
        with_weekday(on),
        with_weekday(today)
    );
    Finding::block(c::FUTURE_DATE, text).field(Field::On).help("record it on the day, or correct the date")
}

/// A dose before the first day of treatment.
pub(super) fn dose_before_start(severity: Severity, key: NamedKey<'_>, on: Date, start: Date, days: i32) -> Finding {
    let help = "correct the day; if treatment began earlier, correct the start in the enrolment first";
    before_start(severity, &format!("{key} on {}", with_weekday(on)), days, start).help(help)
}

/// Something else long before the first day of treatment.
pub(super) fn long_before(what: &str, on: Date, start: Date) -> Finding {
    let days = days_between(on, start);
    before_start(Severity::Warn, &format!("{what} on {}", with_weekday(on)), days, start)
        .help("correct the day, or say why")
}

fn before_start(severity: Severity, what: &str, days: i32, start: Date) -> Finding {
    Finding::new(severity, c::BEFORE_START, early(what, days, start)).field(Field::On)
}

fn early(what: &str, days: i32, start: Date) -> String {
    let unit = if days == 1 { "day" } else { "days" };
    format!("{what} is {} {unit} before the first day of treatment, {}.", count(days), with_weekday(start))
}

fn count(days: i32) -> String {
    number::print(Decimal::from(days))
}

/// A measurement so long before the start that no dose should rest on it.
pub(super) fn measured_early(on: Date, start: Date) -> Finding {
    let text = early(&format!("The measurement of {}", with_weekday(on)), days_between(on, start), start);
    Finding::warn(planning::MEASURED_EARLY, text).field(Field::On).help("correct the day, or say why it is kept")
}

/// A dose beside one of the same drug that it does not come after, or before.
pub(super) fn order_of_doses(
    key: NamedKey<'_>,
    on: Date,
    side: &str,
    (before, other): (NamedKey<'_>, &Delivered),
) -> Finding {
    let text = format!(
        "{key} on {} is not {side} {}, given on {} (entry {}).",
        with_weekday(on),
        before,
        with_weekday(other.on),
        other.seq
    );
    Finding::warn(c::ORDER_OF_DOSES, text).field(Field::On).help("correct the day, or the entry that is wrong")
}

pub(super) fn after_stop(key: &NamedKey<'_>, on: Date, of: &str, (stopped, why): (Date, &str)) -> Finding {
    let text = format!("{key} on {} is after the end of {of}, {} ({why}).", with_weekday(on), with_weekday(stopped));
    Finding::warn(c::AFTER_STOP, text).field(Field::On).help(format!("correct the day, or the day {of} ended"))
}

pub(super) fn given_after_stop(regimen: &Regimen, drug: Option<&str>, on: Date, one: &Delivered) -> Finding {
    let what = drug.map_or_else(|| "Treatment".to_owned(), |drug| regimen.name_of(drug, None, 1));
    let text = format!(
        "{what} cannot have ended on {}: {} was given on {} (entry {}).",
        with_weekday(on),
        one.given.key.named(regimen),
        with_weekday(one.on),
        one.seq
    );
    let help = format!("the last day is {} or later; or undo entry {}", calendar::print(one.on), one.seq);
    Finding::block(c::GIVEN_AFTER_STOP, text).field(Field::On).help(help)
}

pub(super) fn start_far(start: Date, now: Date, days: i32) -> Finding {
    let side = if days < 0 { "before" } else { "after" };
    let text = format!(
        "The start, {}, is {} days {side} today, {}. Is the year right?",
        with_weekday(start),
        count(days.abs()),
        with_weekday(now)
    );
    Finding::warn(c::START_FAR, text).field(Field::Start).help("correct the start, or say why")
}

pub(super) fn cycle_order(before: &PlannedCycle, after: &PlannedCycle) -> Finding {
    let text = format!(
        "{} would begin on {}, which is not after the first day of {}, {}.",
        after.titled(),
        with_weekday(after.actual),
        before.named(),
        with_weekday(before.actual)
    );
    let help = "correct the number of days or the date; where the later one moves too, delay that one first";
    Finding::block(c::CYCLE_ORDER, text).field(Field::Days).help(help)
}

/// A later day of a cycle outside a window of its own.
pub(super) fn outside_window(key: NamedKey<'_>, on: Date, window: crate::calendar::Window) -> Finding {
    let text = format!(
        "{key} on {} is outside its window, {} through {}.",
        with_weekday(on),
        calendar::print(window.earliest),
        calendar::print(window.latest)
    );
    Finding::warn(planning::OUTSIDE_WINDOW, text).field(Field::On)
}

// ---- dose levels ----

pub(super) fn level_and_percent(drug: &Drug, level: i32, percent: Decimal) -> Finding {
    let text = format!(
        "{} would then be at level {level} and at {} % of that level's dose, both together.",
        drug.full_name(),
        number::print(percent)
    );
    let help = "if one was meant instead of the other, set the other to 0 or 100 %";
    Finding::warn(c::LEVEL_AND_PERCENT, text).field(Field::Level).help(help)
}

/// A dose change to what is in force.
pub(super) fn in_force_already(word: CycleWord, drug: &Drug, from: &CycleKey, to: Change) -> Finding {
    let at = match to {
        Change::Level(level) => format!("at dose level {level}"),
        Change::Percent(percent) => format!("at {} % of the dose ordered", number::print(percent)),
    };
    let from = word.numbered(from.1);
    let text = format!("{} is {at} already from {from} on; this changes nothing.", drug.full_name());
    let help = "look at the level and from when it holds once more; nothing needs to be recorded";
    Finding::warn(c::IN_FORCE_ALREADY, text).field(Field::Level).help(help)
}

/// A dose of the drug was given in a cycle that the change would alter.
pub(super) fn given_since(key: NamedKey<'_>, from: &CycleKey) -> Finding {
    let text = format!(
        "{key} has already been given; a change from {} on would alter what was planned for it.",
        key.word().numbered(from.1)
    );
    let help = format!("let the change begin later than {}", key.cycle());
    Finding::block(c::GIVEN_SINCE, text).field(Field::FromCycle).help(Remedy::of([Field::FromCycle], help))
}

/// A level that looks like a percentage.
pub(super) fn level_or_percent(drug: &Drug, level: i32) -> Finding {
    let text = format!("Level {level} is not a level of {}; levels are 0, -1, -2 …", drug.full_name());
    Finding::block(planning::LEVEL_ABOVE_ZERO, text)
        .field(Field::Level)
        .help(format!("did you mean {level} %? Then write {level}%"))
}

pub(super) fn level_above_zero(level: i32) -> Finding {
    let text = format!("Level {level} is above the assigned dose; levels are 0, -1, -2 …");
    Finding::block(planning::LEVEL_ABOVE_ZERO, text)
        .field(Field::Level)
        .help("an escalation cohort is not a level; it is assigned at enrolment")
}

pub(super) fn percent_of_nothing(drug: &Drug, percent: Decimal) -> Finding {
    let text = format!("{} % of {} is not a dose.", number::print(percent), drug.full_name());
    Finding::block(c::PERCENT_RANGE, text).field(Field::Level).help("omit the dose, or stop treatment")
}

pub(super) fn percent_above_protocol(drug: &Drug, percent: Decimal) -> Finding {
    let text = format!("{} % of {} is above the protocol dose.", number::print(percent), drug.full_name());
    Finding::block(c::PERCENT_RANGE, text).field(Field::Level).help("give a percentage up to 100")
}

/// What the regimen says to a dose that rises again.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rise {
    /// Never.
    Forbidden,
    /// A trial allows only what its protocol lists.
    NotListed,
    /// It does not say whether a level or percentage may rise.
    Unsaid,
    /// The dose rises although neither the level nor the percentage does.
    Indirect,
}

pub(super) fn raised_again(word: CycleWord, drug: &Drug, cycle: u32, rise: Rise) -> Finding {
    let text = format!("This raises the dose of {} again from {} on", drug.full_name(), word.numbered(cycle));
    let (severity, why) = match rise {
        Rise::Forbidden => {
            (Severity::Block, ", and the regimen says that a reduced dose is never raised (raise_again).")
        }
        Rise::NotListed => {
            (Severity::Block, "; a trial allows only the changes its protocol lists, and this is not one of them.")
        }
        Rise::Unsaid => (Severity::Warn, ", and the regimen does not say whether that is allowed."),
        Rise::Indirect => (Severity::Warn, ", although neither the level nor the percentage rises."),
    };
    let finding = Finding::new(severity, c::RAISE_AGAIN, format!("{text}{why}"));
    if severity == Severity::Warn {
        return finding;
    }
    let help = "if the lower level was recorded by mistake, undo that entry; record a higher dose that was really given as a dose that differs";
    finding.field(Field::Level).help(Remedy::of([Field::Dose], help))
}

/// Another text of the regimen would raise a reduced dose.
pub(super) fn raised_by_version(drug: &str, to: &Regimen, cycle: u32, doses: (&Dose, &Dose)) -> Finding {
    let text = format!(
        "The dose of {drug} was reduced, and {} version {} raises it from {} on: {} instead of {}.",
        to.name,
        to.version,
        to.cycle_word.numbered(cycle),
        doses.1.amount,
        doses.0.amount,
    );
    Finding::warn(c::RAISE_AGAIN, text).field(Field::Level)
}

/// A correction or an undoing brings a higher dose back.
pub(super) fn raises_level(key: NamedKey<'_>) -> Finding {
    let text = format!("This raises the dose of {} again, from {key} on.", key.drug());
    Finding::warn(c::RAISES_LEVEL, text).help("say why the lower level was never right")
}

// ---- entries about entries ----

pub(super) fn no_such_entry(seq: u64) -> Finding {
    let text = format!("There is no entry {seq} for this subject.");
    let help = Remedy::of([Field::History], "the history lists every entry");
    Finding::block(c::NO_SUCH_ENTRY, text).field(Field::Entry).help(help)
}

pub(super) fn undone_not_corrected(seq: u64, by: u64) -> Finding {
    let text = format!("Entry {seq} was undone by entry {by}; there is nothing to correct.");
    Finding::block(c::UNDONE, text).field(Field::Entry).help("record it again")
}

pub(super) fn undone_already(seq: u64, by: u64) -> Finding {
    let text = format!("Entry {seq} was already undone by entry {by}.");
    Finding::block(c::UNDONE, text).field(Field::Entry).help(format!("to have it back, undo entry {by}"))
}

pub(super) fn other_kind(seq: u64, is: &Event, to: &Event) -> Finding {
    let text = format!("Entry {seq} is of the kind \"{}\" and cannot be corrected to \"{}\".", is.kind(), to.kind());
    Finding::block(c::OTHER_KIND, text).field(Field::Entry).help("undo it, and record what happened")
}

pub(super) fn about_another_entry(seq: u64) -> Finding {
    let text = format!("Entry {seq} is about another entry and cannot be corrected.");
    Finding::block(c::OTHER_KIND, text).field(Field::Entry).help("undo it")
}

pub(super) fn nothing_corrected(seq: u64, event: &Event) -> Finding {
    let text = format!("The correction changes nothing in entry {seq}.");
    let help = match event {
        Event::Given(_) => {
            "a dose given holds its day, dose and reason; a height or weight is in a measurement or the enrolment"
        }
        _ => "give what it should have said: its day, dose, weight, first day, days, level or words",
    };
    Finding::block(c::NOTHING_CORRECTED, text).field(Field::Entry).help(help)
}

/// A figure that such an entry does not hold.
pub(super) fn not_in_entry(event: &Event, what: &str, field: &str) -> Finding {
    let text = format!("An entry of the kind \"{}\" holds no {what} to correct.", event.kind());
    Finding::block(c::NOT_IN_ENTRY, text).field(field)
}

pub(super) fn born_after_start(born: Date, start: Date) -> Finding {
    let (born, start) = (calendar::print(born), calendar::print(start));
    Finding::block(c::BORN_AFTER_START, format!("The date of birth, {born}, lies after the first day, {start}."))
        .field(Field::Born)
        .help("write it such as 1980-02-01")
}

pub(super) fn enrolment_stays() -> Finding {
    let text = "An enrolment cannot be undone: everything else in the record depends on it.";
    Finding::block(c::ENROLMENT_STAYS, text).field(Field::Entry).help("correct it, or stop treatment")
}

pub(super) fn begun_on_it(key: NamedKey<'_>, seq: u64) -> Finding {
    let text = format!("{key} was recorded on the regimen text of entry {seq}; undoing that would lose what it means.");
    let help = Remedy::of([Field::Version], "move the subject to the earlier version instead");
    Finding::block(c::BEGUN_ON_IT, text).field(Field::Entry).help(help)
}

/// What rests on a regimen that is not approved is not checked off.
/// A draft is not for use, so nothing that rests on it is checked.
pub fn not_checked(regimen: &Regimen) -> Option<Finding> {
    let (code, words) = regimen.status.caution()?;
    let text = format!("{} is {words}. What depends on it cannot be checked yet.", regimen.name);
    let help = match regimen.status {
        Status::Retired => Remedy::of([Field::Version], "move the subject to a version that is approved"),
        Status::Draft | Status::Approved => Remedy::of([Field::Approval], "have the regimen approved first"),
    };
    Some(Finding::block(code, text).field(Field::Regimen).help(help))
}

pub(super) fn same_person(seq: u64, corrected: bool, who: &str, now: &str) -> Finding {
    let did = if corrected { "corrected" } else { "typed" };
    let alike = if who == now {
        String::new()
    } else {
        format!(
            " \"{now}\" is the same name: spaces, dots, capitals, accents and look-alike letters make no second person."
        )
    };
    let text = format!("Entry {seq} was {did} by {who}; a check needs a second person.{alike}");
    Finding::block(c::SAME_PERSON, text)
        .field(Field::Who)
        .help("ask somebody else to type it again; two people of one name write theirs out")
}

// ---- another version ----

pub(super) fn same_version(to: &Regimen) -> Finding {
    let text = format!("The subject is already on this text of {}.", to.name);
    Finding::block(c::SAME_VERSION, text).field(Field::Regimen)
}

pub(super) fn retired(to: &Regimen) -> Finding {
    let text = format!("{} is retired; subjects cannot be moved to it.", to.name);
    Finding::block(crate::regimen::codes::RETIRED, text).field(Field::Regimen)
}

pub(super) fn other_drugs(to: &Regimen, key: NamedKey<'_>) -> Finding {
    let phase = key.key.phase.as_ref().map_or_else(String::new, |phase| format!(" in a phase \"{phase}\""));
    let text = format!("{key} is on record, and {} has no drug \"{}\"{phase}.", to.name, key.drug());
    let help = "a regimen with other drugs is another treatment: stop this one, and enrol under a new code";
    Finding::block(c::OTHER_DRUGS, text).field(Field::Regimen).help(help)
}

/// That a regimen is not approved, where somebody is put on it.
pub fn not_approved(regimen: &Regimen) -> Option<Finding> {
    let (code, words) = regimen.status.caution()?;
    Some(Finding::warn(code, format!("{} is {words}.", regimen.name)).field(Field::Regimen))
}

/// The same count on the same day: typed twice, as a rule.
pub(super) fn same_supply(key: NamedKey<'_>, supply: &Supply, on: Date) -> Finding {
    let counted = match supply.act {
        SupplyAct::Dispensed => "dispensed",
        SupplyAct::Returned => "returned",
        SupplyAct::Taken => "taken",
    };
    let text = format!(
        "{} {counted} on {} are on record already for {}. Was it typed twice?",
        supply.count,
        with_weekday(on),
        key
    );
    Finding::warn(c::SAME_SUPPLY, text).field(Field::Count).help("leave it out, or say that it happened twice")
}

pub(super) fn redacted_already(seq: u64) -> Finding {
    Finding::block(c::NOTHING_TO_REDACT, format!("The texts of entry {seq} were taken away already."))
        .field(Field::Entry)
}

pub(super) fn no_text(seq: u64, event: &Event) -> Finding {
    let text = format!("Entry {seq} is of the kind \"{}\" and holds no text that somebody typed.", event.kind());
    Finding::block(c::NOTHING_TO_REDACT, text).field(Field::Entry)
}

pub(super) fn redaction_stays() -> Finding {
    Finding::block(c::REDACTION_STAYS, "What was taken away is gone; undoing the entry would bring nothing back.")
        .field(Field::Entry)
}

/// Asked before it is done: nothing undoes it.
pub(super) fn gone_for_good(seq: u64) -> Finding {
    let text = format!(
        "The texts of entry {seq}, reasons and answers, are taken away for good. Its figures and dates stay. Backups made before still hold the texts."
    );
    Finding::warn(c::REDACTS, text)
        .field(Field::Entry)
        .help("say who decided it, such as the data protection officer on 07-Dec-2026")
}

// ---- texts ----

pub(super) fn not_folded(error: &FoldError) -> Finding {
    Finding::block(c::NOT_FOLDED, format!("This cannot be recorded: {error}."))
}

pub(super) fn no_reason() -> Finding {
    let help = Remedy::of([Field::Reason], "say why in a few words, such as neutrophils 0.9");
    Finding::block(c::NO_REASON, "A reason is needed.").field(Field::Reason).help(help)
}

/// Why a text is no subject code.
pub(super) fn subject_code(typed: &str, wrong: &str) -> Finding {
    let text = format!("The subject code \"{}\" {wrong}.", number::shown(typed));
    Finding::block(c::SUBJECT_CODE, text)
        .field(Field::Subject)
        .help("use the study's code for the subject, such as S-014")
}

/// What nobody sees in a text, and could make the record read otherwise than it is.
pub fn hidden_character(found: Hidden) -> Finding {
    Finding::block(c::HIDDEN_CHARACTER, format!("The text holds {found}, which nobody can see."))
        .help("type the text instead of pasting it, on one line")
}

pub(super) fn personal_data() -> Finding {
    Finding::block(c::PERSONAL_DATA, "The text contains an e-mail address; personal data is not kept.")
        .field(Field::Reason)
        .help("leave it out")
}

/// What seems to give a person away; what it is is not quoted, because the question is kept with the answer.
pub fn looks_personal(what: &str, found: &[Personal]) -> Finding {
    let kinds: Vec<String> = found.iter().map(Personal::to_string).collect();
    let text = format!(
        "{what} seems to hold {}. Nothing personal belongs into a record: it can hardly be taken out again.",
        kinds.join(" and ")
    );
    Finding::warn(c::LOOKS_PERSONAL, text).help("leave it out, or say why it gives nobody away")
}

pub(super) fn dose_in_text() -> Finding {
    let help = Remedy::of([Field::Dose], "record it as the dose, or say why it is in the remark");
    Finding::warn(c::DOSE_IN_TEXT, "The remark contains a dose. Does it contradict the dose on record?")
        .field(Field::Reason)
        .help(help)
}
