//! A regimen as it is printed: its drugs, days, limits and sources in words.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::calendar;
use crate::quantity::decimal::{Direction, Ties};
use crate::quantity::number::print;
use crate::regimen::model::{
    Assessment, AssessmentWhen, Cap, Criterion, Days, Drug, HalfDay, Ladder, Missed, Next, Over, Phase, Range,
    Recalculate, Regimen, Role, Room, Rounding, Spread, Stated, ThenStop,
};

use super::{full_name, words};

/// A regimen as it is printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ProtocolRow {
    /// Facts of the whole regimen: what, and its words.
    pub facts: Vec<(String, String)>,
    /// Phases in order.
    pub phases: Vec<PhaseRow>,
    /// Assessments in words: name, when, window, mark.
    pub assessments: Vec<[String; 4]>,
    /// Criteria to treat: test, limit, days, otherwise.
    pub criteria: Vec<[String; 4]>,
    /// Who may be treated.
    pub eligibility: Vec<String>,
    /// Sources: id, title, address, what it says.
    pub sources: Vec<[String; 4]>,
}

/// A phase as it is printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs)]
pub struct PhaseRow {
    pub title: String,
    pub facts: Vec<(String, String)>,
    pub drugs: Vec<ProtocolDrugRow>,
    /// Columns of the schedule of activities: first and last day of each.
    pub columns: Vec<(i32, i32)>,
    /// Its rows: what is done, and whether on each column's days.
    pub activities: Vec<ActivityRow>,
}

/// A row of the schedule of activities.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs)]
pub struct ActivityRow {
    pub name: String,
    pub note: String,
    /// One a column.
    pub on: Vec<bool>,
}

/// A drug as it is printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[allow(missing_docs)]
pub struct ProtocolDrugRow {
    pub shown: String,
    pub role: &'static str,
    pub dose: String,
    pub route: String,
    pub days: String,
    /// Everything else, a sentence each.
    pub details: Vec<String>,
    /// `unverified: round`.
    pub marks: Vec<String>,
}

/// The regimen in words.
pub(super) fn protocol(regimen: &Regimen) -> ProtocolRow {
    let last_phase = regimen.phases.len() == 1;
    ProtocolRow {
        facts: facts(regimen),
        phases: regimen.phases.iter().map(|phase| phase_row(regimen, phase, last_phase)).collect(),
        assessments: regimen.assessments.iter().map(assessment).collect(),
        criteria: regimen.criteria.iter().map(criterion).collect(),
        eligibility: eligibility(regimen),
        sources: regimen.sources.iter().map(source).collect(),
    }
}

fn fact(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

fn facts(regimen: &Regimen) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let version = regimen.protocol_version.as_ref().map(|version| format!("version {version}"));
    let amended = regimen.amended.map(|date| format!("amended {}", calendar::print(date)));
    let protocol: Vec<String> = regimen.protocol.iter().cloned().chain(version).chain(amended).collect();
    if !protocol.is_empty() {
        facts.push(fact("Protocol", protocol.join(", ")));
    }
    if let Some(body) = &regimen.body {
        if let Some(bsa) = body.bsa {
            let cap = body.bsa_cap.map_or("no cap".to_owned(), |cap| format!("capped at {} m²", print(cap.value())));
            facts.push(fact(
                "Body surface area",
                format!("{}, rounded to {} decimals, {cap}", bsa.name(), body.bsa_places),
            ));
        }
        facts.push(fact("Weight used", format!("{} weight", body.weight.word())));
        facts.push(fact("Recalculated", recalculate(body.recalculate)));
    }
    if let Some(note) = &regimen.note {
        facts.push(fact("Remark", note.clone()));
    }
    facts
}

fn recalculate(rule: Recalculate) -> String {
    match rule {
        Recalculate::EveryCycle => "with the newest weight at every cycle".to_owned(),
        Recalculate::Never => "never: the first weight stays".to_owned(),
        Recalculate::Change { percent: share, reaching, last_used } => {
            let how = if reaching { "reaches" } else { "exceeds" };
            let against = if last_used { "the weight last used" } else { "the weight of cycle 1 day 1" };
            format!("when the change {how} {} % of {against}", print(share))
        }
    }
}

fn phase_row(regimen: &Regimen, phase: &Phase, only: bool) -> PhaseRow {
    let cycle = &phase.cycle;
    let mut facts = vec![
        fact("Cycle", format!("{} days", cycle.length)),
        fact("Number of cycles", words::count(cycle.count)),
        fact("Window of day 1, from cycle 2", window(&cycle.window)),
        fact(
            "After a delay",
            match cycle.next {
                Next::FromActual => "later cycles count from the actual day 1",
                Next::FromPlanned => "later cycles keep their planned dates",
            },
        ),
    ];
    if let Some(days) = cycle.longest_delay {
        facts.push(fact("Longest delay", format!("{days} days")));
    }
    if !cycle.stop.is_empty() {
        facts.push(fact("Stops at", cycle.stop.join("; ")));
    }
    if let Some(begins) = &phase.begins {
        let condition = begins.condition.as_ref().map_or(String::new(), |condition| format!(", {condition}"));
        facts.push(fact("Begins", format!("{} days after {}{condition}", begins.gap_days, begins.after)));
    }
    let (columns, activities) = activities(regimen, phase);
    let name = phase.name.as_ref().or(phase.id.as_ref());
    PhaseRow {
        title: name.cloned().unwrap_or_else(|| if only { "Treatment".to_owned() } else { "Phase".to_owned() }),
        facts,
        drugs: phase.drugs.iter().map(drug_row).collect(),
        columns,
        activities,
    }
}

fn window(window: &Stated<Room>) -> String {
    match window {
        Stated::Is(room) => room_words(*room),
        Stated::Unknown => "unknown".to_owned(),
    }
}

fn room_words(room: Room) -> String {
    match (room.early, room.late) {
        (0, 0) => "the day itself".to_owned(),
        (early, late) => format!("{early} days earlier to {late} days later"),
    }
}

/// The days of a drug in any cycle, sorted; `None` for every day.
fn all_days(days: &Days) -> Option<BTreeSet<i32>> {
    match days {
        Days::List(list) => Some(list.iter().copied().collect()),
        Days::ByCycle(rows) => Some(rows.iter().flat_map(|(_, _, list)| list.iter().copied()).collect()),
        Days::EveryDay => None,
    }
}

type Occurs = (String, String, Option<BTreeSet<i32>>);

fn activities(regimen: &Regimen, phase: &Phase) -> (Vec<(i32, i32)>, Vec<ActivityRow>) {
    let drugs = phase.drugs.iter().map(|drug| (full_name(drug), words::days(&drug.days), all_days(&drug.days)));
    let assessed = regimen.assessments.iter().filter_map(|one| match &one.when {
        AssessmentWhen::Cycle { days, before } => {
            let note = if *before == 0 { String::new() } else { format!("up to {before} days before") };
            Some((one.name.clone(), note, Some(days.iter().copied().collect())))
        }
        AssessmentWhen::Calendar { .. } | AssessmentWhen::From { .. } => None,
    });
    let rows: Vec<Occurs> = drugs.chain(assessed).collect();
    let last = phase.cycle.length;
    let days: BTreeSet<i32> = (1..=last).chain(rows.iter().flat_map(|row| row.2.iter().flatten().copied())).collect();
    let on = |row: &Occurs, day: i32| row.2.as_ref().is_none_or(|list| list.contains(&day));
    let columns = columns(&days, |day| rows.iter().map(|row| on(row, day)).collect());
    let activities = rows.iter().map(|row| ActivityRow {
        name: row.0.clone(),
        note: row.1.clone(),
        on: columns.iter().map(|(first, _)| on(row, *first)).collect(),
    });
    (columns.clone(), activities.collect())
}

/// Neighbouring days on which the same things are done share a column; days without anything have none.
fn columns(days: &BTreeSet<i32>, pattern: impl Fn(i32) -> Vec<bool>) -> Vec<(i32, i32)> {
    let mut columns: Vec<(i32, i32, Vec<bool>)> = Vec::new();
    for day in days {
        let here = pattern(*day);
        match columns.last_mut() {
            Some((_, last, before)) if *before == here && (*last + 1 == *day) => *last = *day,
            _ => columns.push((*day, *day, here)),
        }
    }
    columns.into_iter().filter(|column| column.2.contains(&true)).map(|(first, last, _)| (first, last)).collect()
}

fn drug_row(drug: &Drug) -> ProtocolDrugRow {
    let spread = match drug.spread {
        Spread::Each => String::new(),
        Spread::Total { days } => format!(" in all, over {}", words::length(days)),
        Spread::PerDay { days } => format!(" in each 24 hours, for {}", words::length(days)),
    };
    let times = if drug.times > 1 { format!(" {}", words::times(drug.times)) } else { String::new() };
    let marks = drug.provenance.by_key.keys().chain(drug.provenance.conflict.keys()).collect::<BTreeSet<_>>();
    ProtocolDrugRow {
        shown: full_name(drug),
        role: match drug.role {
            Role::Treatment => "treatment",
            Role::Premedication => "premedication",
            Role::Support => "support",
        },
        dose: format!("{}{spread}{times}", drug.dose_words()),
        route: words::route(drug),
        days: words::days(&drug.days),
        details: details(drug),
        marks: marks
            .into_iter()
            .filter_map(|key| drug.provenance.mark(key).map(|mark| format!("{mark}: {key}")))
            .collect(),
    }
}

fn details(drug: &Drug) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(drug.over.as_ref().map(over));
    all.extend(drug.home.then(|| "taken at home".to_owned()));
    all.extend(drug.caps.iter().map(cap));
    all.extend(drug.maximum.dose.map(|amount| format!("at most {amount} a dose")));
    all.extend(drug.maximum.day.map(|amount| format!("at most {amount} a day")));
    all.extend(drug.maximum.cycle.map(|amount| format!("at most {amount} a cycle")));
    all.push(rounding(&drug.rounding));
    all.extend(drug.loading.as_ref().map(|loading| format!("first dose {}", loading.dose)));
    all.extend(drug.ladder.as_ref().map(ladder));
    all.extend(drug.window.as_ref().map(|room| format!("window: {}", window(room))));
    all.extend(drug.missed.map(|missed| match missed {
        Missed::Skip => "a missed dose is skipped".to_owned(),
        Missed::GiveWithin(days) => format!("a missed dose is given within {days} days"),
        Missed::Ask => "a missed dose: ask the sponsor".to_owned(),
    }));
    all.extend(drug.stop_after.map(|period| format!("not later than {period} after its first dose")));
    all.extend(drug.note.clone());
    all
}

fn over(over: &Over) -> String {
    match over {
        Over::Unknown => "length of infusion unknown".to_owned(),
        Over::Fixed(period) => format!("over {period}"),
        Over::ByOccurrence(list) => {
            let each: Vec<String> = list.iter().map(ToString::to_string).collect();
            format!("over {} (first, second … infusion)", each.join(", then "))
        }
        Over::Between(least, most) => format!("over {least} to {most}"),
        Over::AtMostPerHour(amount) => format!("not faster than {amount} an hour"),
    }
}

fn cap(cap: &Cap) -> String {
    match cap.weight {
        Some(weight) => format!("capped at {} for a weight {}", cap.dose, range(weight, "kg")),
        None => format!("capped at {}", cap.dose),
    }
}

fn range(range: Range, unit: &str) -> String {
    let from = range.from.map(|value| format!("from {} {unit}", print(value)));
    let through = range.through.map(|value| format!("up to {} {unit}", print(value)));
    let below = range.below.map(|value| format!("below {} {unit}", print(value)));
    from.into_iter().chain(through).chain(below).collect::<Vec<_>>().join(" and ")
}

fn rounding(rounding: &Rounding) -> String {
    let limit = |within: &Option<crate::quantity::Decimal>| {
        within.map_or(String::new(), |share| format!(", if within {} %", print(share)))
    };
    match rounding {
        Rounding::None => "not rounded".to_owned(),
        Rounding::Unknown => "rounding unknown".to_owned(),
        Rounding::Bands { within, .. } => format!("rounded to dose bands{}", limit(within)),
        Rounding::Step { step, whole, direction, ties, within, daily } => {
            let direction = match (direction, ties) {
                (Direction::Down, _) => "down",
                (Direction::Up, _) => "up",
                (Direction::Nearest, Ties::Up) => "to the nearest, ties up,",
                (Direction::Nearest, Ties::Down) => "to the nearest, ties down,",
                (Direction::Nearest, Ties::Even) => "to the nearest, ties to even,",
            };
            let step = whole.map_or(format!("{step}"), |what| format!("whole {what}s ({step})"));
            let split = match daily {
                Some(HalfDay::Morning) => "; the day's dose is rounded, then split, more in the morning",
                Some(HalfDay::Evening) => "; the day's dose is rounded, then split, more in the evening",
                None => "",
            };
            format!("rounded {direction} in steps of {step}{}{split}", limit(within))
        }
    }
}

fn ladder(ladder: &Ladder) -> String {
    let steps = ladder.steps.iter().zip(1..).map(|(step, number)| {
        let dose = step.dose.as_ref().map(ToString::to_string);
        let days = step.days.as_ref().map(words::days);
        format!("level -{number}: {}", dose.into_iter().chain(days).collect::<Vec<_>>().join(", "))
    });
    let then = match ladder.then {
        ThenStop::Drug => "then the drug stops",
        ThenStop::Regimen => "then treatment stops",
        ThenStop::Ask => "then ask the sponsor",
    };
    format!("{}; {then}", steps.collect::<Vec<_>>().join("; "))
}

fn assessment(one: &Assessment) -> [String; 4] {
    let when = match &one.when {
        when @ AssessmentWhen::From { .. } => when.event_words().unwrap_or_default(),
        AssessmentWhen::Calendar { every, before_first } => {
            let first =
                before_first.map_or(String::new(), |days| format!(", and at most {days} days before the first dose"));
            format!("every {every} from the first dose, not moved by delays{first}")
        }
        AssessmentWhen::Cycle { days, before } => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            let before = if *before == 0 { String::new() } else { format!(", at most {before} days before") };
            format!("each cycle, Day {}{before}", days.join(", "))
        }
    };
    let room = one.window.as_ref().map_or(String::new(), window);
    let keys = ["every", "days", "before", "window", "before_first_dose"];
    let mark = keys.iter().filter_map(|key| one.provenance.mark(key).map(|mark| format!("{mark}: {key}")));
    [one.name.clone(), when, room, mark.collect::<Vec<_>>().join("; ")]
}

fn criterion(one: &Criterion) -> [String; 4] {
    let least = one.at_least.as_ref().map(|value| format!("at least {value}"));
    let most = one.at_most.as_ref().map(|value| format!("at most {value}"));
    let days: Vec<String> = one.days.iter().map(ToString::to_string).collect();
    let valid = one.valid_for.map_or(String::new(), |days| format!(", not older than {days} days"));
    [
        one.test.clone(),
        least.into_iter().chain(most).collect::<Vec<_>>().join(", "),
        format!("Day {}{valid}", days.join(", ")),
        one.otherwise.clone(),
    ]
}

fn eligibility(regimen: &Regimen) -> Vec<String> {
    let limits = &regimen.eligibility;
    let mut all = Vec::new();
    all.extend(limits.age.map(|age| format!("age {}", range(age, "years"))));
    all.extend(limits.weight.map(|weight| format!("weight {}", range(weight, "kg"))));
    all.extend(limits.gfr.map(|gfr| format!("kidney function {}", range(gfr, "mL/min"))));
    all.extend(limits.sex.map(|sex| format!("{} only", sex.written())));
    all.extend(limits.other.iter().cloned());
    all
}

fn source(source: &crate::regimen::model::Source) -> [String; 4] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [source.id.clone(), source.title.clone(), text(&source.url), text(&source.says)]
}
