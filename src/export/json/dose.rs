//! One dose: its identity, the drug, and side by side what is planned and what was given.

use serde::Serialize;

use crate::calendar::{self, Moment};
use crate::course::Text;
use crate::plan::{DoseInputs, Reading};
use crate::present::{DoseRow, GivenRow, Occasion, PlannedRow, PreparationRow, ReasonRow, RunRow, TabletRow};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Amount, Creatinine, Gfr, Rate, Volume};
use crate::regimen::Mark;

use super::super::shared;
use super::record::Entry;
use super::text::{Day, Figure, Quantity, amount, day, figure};

/// One administration in the clinic, or one run at home.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Dose<'a> {
    /// The drug's id in the regimen; with phase, cycle, day and part the identity of the dose.
    id: &'a str,
    /// The phase, where the regimen has several.
    phase: Option<&'a str>,
    /// The cycle, by the number the regimen gives it.
    cycle: u32,
    /// The day of the cycle.
    day: i32,
    /// Which of a day's administrations: `morning`, `evening`, a number; `again 2` of a second dose.
    part: Option<String>,
    /// What is known to have happened.
    #[cfg_attr(test, schemars(extend("enum" = crate::present::DoseState::WORDS)))]
    state: &'static str,
    /// Why it was held, omitted, or given otherwise than planned.
    reason: Option<&'a str>,
    /// Why the planned dose or day is another than at first.
    changed: Vec<Changed<'a>>,
    /// The entry of the record that says what happened.
    recorded: Option<Entry<'a>>,
    /// The number of the kit it was given from.
    kit: Option<&'a str>,
    /// The lot (batch) it was given from.
    lot: Option<&'a str>,
    /// False: takes place only if treatment continues.
    certain: bool,
    /// Generic name, lower case.
    drug: &'a str,
    formulation: Option<&'a str>,
    product: Option<&'a str>,
    /// The name as people read it.
    shown: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["treatment", "premedication", "support"])))]
    role: &'static str,
    /// The route in words; null where nobody knows it.
    route: Option<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = crate::present::Place::WORDS)))]
    place: &'static str,
    /// Length of the infusion in words, or bolus.
    over: Option<String>,
    /// The same in minutes, where it is one figure.
    over_minutes: Option<Figure>,
    /// Order or distance to another drug, in words.
    when: Option<&'a str>,
    /// The hours of it, where it is stated in hours after a dose.
    hours_after: Option<Figure>,
    /// Why the clinic is closed on its day.
    closed: Option<&'a str>,
    /// The day of the cycle it falls on: of a dose so many hours after another its own.
    own_day: i32,
    /// What tells it from another entry of the same name.
    apart: Option<&'a str>,
    /// How what is handed over is stored; null where the regimen does not say.
    store: Option<&'a str>,
    /// How long after its preparation it may be used, such as 24 hours.
    use_within: Option<String>,
    /// Whether it is handled as a cytotoxic drug; null where the regimen does not say.
    cytotoxic: Option<bool>,
    /// What must be read before it is prepared or given.
    warn: Option<&'a str>,
    /// The regimen's note on the drug.
    note: Option<&'a str>,
    /// What is planned; null of a dose beyond the plan.
    planned: Option<Planned<'a>>,
    /// What was given; null where nothing was.
    given: Option<Given>,
}

/// A change behind what is planned.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Changed<'a> {
    /// What it is, such as `80 % of the dose` or `delayed by 7 days`.
    what: &'a str,
    /// Why.
    reason: &'a str,
    /// The cycle from which it holds.
    from_cycle: u32,
}

/// What is planned.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Planned<'a> {
    #[serde(flatten)]
    at: At,
    /// First and last day allowed; null where the regimen does not say.
    window: Option<Window>,
    /// The last figure before rounding.
    calculated: Figure,
    /// The figure before a cap cut it.
    uncapped: Option<Figure>,
    /// What the regimen orders, such as 70 mg/m2.
    per: String,
    /// Dose level; 0 is the starting level.
    level: i32,
    /// Percent of the dose ordered, where it is not all of it.
    percent: Option<Figure>,
    /// Whether it is a loading dose.
    loading: bool,
    /// What rounding changed, in percent.
    difference_percent: Option<Figure>,
    /// Volume of the drug that is prepared, of an infusion all of it; as exact as a decimal is.
    volume_ml: Option<Figure>,
    /// Whole vials needed.
    vials: Option<u32>,
    /// Volume, vials or tablets of one administration in words.
    supply: Option<String>,
    /// What is prepared, and in what.
    preparation: Preparation<'a>,
    /// One dose by what it is counted out first, as `3 tablets of 500 mg (1,500 mg)`.
    dose_words: String,
    /// How often and when it is taken at home.
    taken: Option<String>,
    /// What to dispense for a whole run, in words.
    dispensed: Option<String>,
    /// Tablets of the whole run, by strength.
    tablets: Vec<Tablets>,
    /// The other figure of a long infusion, in words.
    spread: Option<String>,
    /// The measurements the dose was made from.
    measurements: Measurements,
    /// How the dose came about, a sentence a step.
    working: &'a [String],
    /// Figures nobody has verified, or on which sources disagree.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    marks: &'a [Mark],
}

/// What the pharmacy prepares for one administration. Every figure is of all of it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Preparation<'a> {
    /// How much of the drug.
    amount: Figure,
    unit: &'static str,
    /// The diluent; null where the regimen does not say, or says that it is given undiluted.
    diluent: Option<&'a str>,
    /// Whether the regimen says that it is given undiluted.
    undiluted: bool,
    /// Volume of the bag, or of the drug itself where it is given undiluted.
    bag_ml: Option<Figure>,
    /// Diluents that must not be used.
    never_with: &'a [String],
    /// Lowest concentration allowed, in 1 mL.
    lowest_in_1_ml: Option<Figure>,
    /// Highest concentration allowed, in 1 mL.
    highest_in_1_ml: Option<Figure>,
    /// Concentration that follows, in 1 mL.
    in_1_ml: Option<Figure>,
    /// Rate that follows.
    ml_per_hour: Option<Figure>,
}

/// What was given.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Given {
    #[serde(flatten)]
    at: At,
    /// Whether only a part of the dose went in, or only some doses of the run were taken.
    incomplete: bool,
    /// Doses of a run at home that were due and not taken.
    missed: u32,
    /// Days after the planned day, negative before it; null of a dose beyond the plan.
    days_late: Option<i32>,
}

/// A day and an amount.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct At {
    /// The day; of a run at home its first.
    date: Day,
    weekday: &'static str,
    /// The dose of one administration, of an infusion dosed by the day that of each 24 hours; null where morning and evening
    /// differ.
    dose: Option<Figure>,
    unit: &'static str,
    /// The unit as a UCUM code.
    unit_ucum: &'static str,
    /// The dose as people read it.
    dose_shown: String,
    /// The morning's dose, where morning and evening differ.
    morning: Option<Figure>,
    /// And the evening's.
    evening: Option<Figure>,
    /// Days of an infusion dosed by the day.
    infusion_days: Option<Figure>,
    /// The amount of all of it: every dose of a run, every day of an infusion.
    total: Option<Figure>,
    /// The run, for doses taken at home.
    run: Option<Run>,
    /// When it begins on the clock of the clinic, such as `2026-12-07T16:00`; null where that is not known.
    begins: Option<String>,
    /// When it ends.
    ends: Option<String>,
}

/// A run of doses at home.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Run {
    from: Day,
    through: Day,
    /// The cycle day of the last dose.
    through_day: i32,
    /// Half-day of the first dose, where there are two a day.
    #[cfg_attr(test, schemars(extend("enum" = ["morning", "evening", null])))]
    starts: Option<&'static str>,
    /// Half-day of the last dose.
    #[cfg_attr(test, schemars(extend("enum" = ["morning", "evening", null])))]
    ends: Option<&'static str>,
    times_a_day: u32,
    /// Doses in all.
    administrations: u32,
    /// The run in words.
    words: String,
}

/// Days on which something may take place.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Window {
    earliest: Day,
    latest: Day,
}

/// Tablets of one strength.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Tablets {
    /// One of them, such as 500 mg.
    strength: String,
    count: u32,
    #[cfg_attr(test, schemars(extend("enum" = ["tablet", "capsule"])))]
    form: &'static str,
}

/// What was in force for the dose.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Measurements {
    height: Option<Measured>,
    weight: Option<Measured>,
    creatinine: Option<Measured>,
    /// Null on dialysis, where there is no figure.
    gfr: Option<Measured>,
    /// Whether the subject is on dialysis.
    dialysis: bool,
    /// Body surface made of them, where the regimen uses one.
    bsa: Option<Quantity>,
}

/// A figure, and the day on which it was measured.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Measured {
    #[serde(flatten)]
    figure: Quantity,
    /// The day; null where nobody stated it.
    on: Option<Day>,
}

impl<'a> Dose<'a> {
    pub(in crate::export) fn of(row: &'a DoseRow) -> Self {
        Self {
            id: &row.id,
            phase: row.phase.as_deref(),
            cycle: row.cycle,
            day: row.day,
            part: row.part.map(|part| part.to_string()),
            state: row.state().word(),
            reason: row.reason.as_deref(),
            changed: row.changed.iter().map(Changed::of).collect(),
            recorded: row.recorded.as_ref().map(Entry::of),
            kit: row.used.kit.as_deref(),
            lot: row.used.lot.as_deref(),
            certain: row.certain,
            drug: &row.drug,
            formulation: row.formulation.as_deref(),
            product: row.product.as_deref(),
            shown: &row.shown,
            role: shared::role(row.role),
            route: row.route.as_deref(),
            place: row.place.word(),
            over: row.over.as_ref().map(ToString::to_string),
            over_minutes: figure(row.over_minutes()),
            when: row.when.as_deref(),
            hours_after: figure(row.hours_after),
            closed: row.closed.as_deref(),
            own_day: row.own_day,
            apart: row.apart.as_deref(),
            store: row.handling.store.as_deref(),
            use_within: row.handling.use_within.map(|period| period.to_string()),
            cytotoxic: row.handling.cytotoxic,
            warn: row.warn.as_deref(),
            note: row.note.as_deref(),
            planned: row.planned().map(Planned::of),
            given: row.given().map(Given::of),
        }
    }
}

impl<'a> Changed<'a> {
    fn of(row: &'a ReasonRow) -> Self {
        Self { what: &row.what, reason: &row.why, from_cycle: row.cycle }
    }
}

impl<'a> Planned<'a> {
    fn of(row: &'a PlannedRow) -> Self {
        Self {
            at: At::of(&row.at),
            window: row.window.map(Window::of),
            calculated: Figure(row.calculated.value),
            uncapped: amount(row.uncapped),
            per: row.per.to_string(),
            level: row.level,
            percent: figure(row.percent),
            loading: row.loading,
            difference_percent: figure(row.difference),
            volume_ml: figure(row.preparation.drug.map(Volume::value)),
            vials: row.preparation.vials.map(|(count, _)| count),
            supply: row.supply_words(),
            preparation: Preparation::of(&row.preparation),
            dose_words: row.dose_words(),
            taken: row.taken_words(),
            dispensed: row.dispensed_words(),
            tablets: row.tablets.iter().map(Tablets::of).collect(),
            spread: row.spread_words(),
            measurements: Measurements::of(&row.inputs),
            working: &row.working,
            marks: &row.marks,
        }
    }
}

impl<'a> Preparation<'a> {
    fn of(row: &'a PreparationRow) -> Self {
        let dilution = row.dilution.as_ref();
        let limit = |limit: Option<Amount>| {
            figure(limit.and_then(|limit| limit.in_unit(row.amount.unit)).map(|limit| limit.value))
        };
        Self {
            amount: Figure(row.amount.value),
            unit: row.amount.unit.written(),
            diluent: dilution.and_then(|dilution| dilution.fluid.as_deref()),
            undiluted: dilution.is_some_and(|dilution| dilution.fluid.is_none()),
            bag_ml: figure(row.in_all().map(Volume::value)),
            never_with: dilution.map_or(&[], |dilution| &dilution.never),
            lowest_in_1_ml: limit(dilution.and_then(|dilution| dilution.from)),
            highest_in_1_ml: limit(dilution.and_then(|dilution| dilution.through)),
            in_1_ml: figure(row.concentration().map(|strength| strength.in_1_ml().value)),
            ml_per_hour: figure(row.rate().map(Rate::value)),
        }
    }
}

impl Given {
    fn of(row: &GivenRow) -> Self {
        Self { at: At::of(&row.at), incomplete: row.incomplete, missed: row.missed, days_late: row.days_late }
    }
}

impl At {
    fn of(at: &Occasion) -> Self {
        let unit = at.portion.amount.unit;
        Self {
            date: Day(at.date),
            weekday: calendar::weekday(at.date),
            dose: amount(at.each()),
            unit: unit.written(),
            unit_ucum: unit.ucum(),
            dose_shown: at.portion.to_string(),
            morning: amount(at.morning()),
            evening: amount(at.evening()),
            infusion_days: figure(at.portion.days),
            total: amount(at.total),
            run: at.run.as_ref().map(Run::of),
            begins: at.begins.map(Moment::iso),
            ends: at.ends.map(Moment::iso),
        }
    }
}

impl Run {
    fn of(run: &RunRow) -> Self {
        Self {
            from: Day(run.from),
            through: Day(run.through),
            through_day: run.through_day,
            starts: run.starts.map(crate::regimen::HalfDay::word),
            ends: run.ends.map(crate::regimen::HalfDay::word),
            times_a_day: run.times_a_day,
            administrations: run.administrations,
            words: run.words(),
        }
    }
}

impl Window {
    pub(super) fn of(window: calendar::Window) -> Self {
        Self { earliest: Day(window.earliest), latest: Day(window.latest) }
    }
}

impl Tablets {
    fn of(row: &TabletRow) -> Self {
        Self { strength: row.strength.write(), count: row.count, form: row.form.word(1) }
    }
}

impl Measurements {
    fn of(inputs: &DoseInputs) -> Self {
        let bsa = inputs.size.as_ref().and_then(|size| size.bsa);
        Self {
            height: inputs.height.map(|one| measured(one, |height| Quantity::new(height.value(), "cm"))),
            weight: inputs.weight.map(|one| measured(one, |weight| Quantity::new(weight.value(), "kg"))),
            creatinine: inputs.creatinine.map(|one| measured(one, creatinine)),
            gfr: inputs.gfr.and_then(|one| Some(Measured { figure: gfr(one.value)?, on: day(one.on) })),
            dialysis: inputs.gfr.is_some_and(|one| one.value == Gfr::Dialysis),
            bsa: bsa.map(|bsa| Quantity::new(bsa.value(), "m2")),
        }
    }
}

fn measured<T>(one: Reading<T>, quantity: impl Fn(T) -> Quantity) -> Measured {
    Measured { figure: quantity(one.value), on: day(one.on) }
}

pub(super) fn creatinine(value: Creatinine) -> Quantity {
    let unit = match value.unit() {
        CreatinineUnit::MgPerDl => "mg/dL",
        CreatinineUnit::UmolPerL => "umol/L",
    };
    Quantity::new(value.value(), unit)
}

/// A kidney function as a figure; on dialysis there is none, and 0 mL/min was measured by nobody.
pub(super) fn gfr(value: Gfr) -> Option<Quantity> {
    match value {
        Gfr::Absolute(value) | Gfr::Measured(value, _) => Some(Quantity::new(value, "mL/min")),
        Gfr::Dialysis => None,
        Gfr::Indexed(value) => Some(Quantity::new(value, "mL/min/1.73m2")),
    }
}
