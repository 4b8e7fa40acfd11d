//! A regimen as a page: everything the file says, with the source of each value beside it.

mod example;
mod more;
mod rules;

use serde::Serialize;

use crate::quantity::number::print;
use crate::regimen::model::{
    AssessmentWhen, Days, Drug, Next, Numbering, Omitted, Phase, Provenance, Range, Recalculate, Regimen, Role,
    Rounding, Setting, Spread, StartDose, Stated, ThenStop,
};

use super::{full_name, words};

/// A page about a regimen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Protocol {
    /// Its name.
    pub name: String,
    /// `v1, draft`
    pub state: String,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// A part of the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// What it is about, the same in every version of a file: `cycle`, `drug.irinotecan`, `phase.ac.drug.doxorubicin`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Entry>,
}

/// One value of a regimen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// What it is.
    pub label: String,
    /// What the file says.
    pub value: String,
    /// The id of its source; `unverified` where nobody has verified it.
    pub source: Option<String>,
    /// What the sources say, where they disagree.
    pub conflict: Option<String>,
}

struct Lines<'a> {
    provenance: Option<&'a Provenance>,
    lines: Vec<Entry>,
}

impl<'a> Lines<'a> {
    fn new(provenance: Option<&'a Provenance>) -> Self {
        Self { provenance, lines: Vec::new() }
    }

    /// A value that stands under one of these keys of the file.
    fn add(&mut self, keys: &[&str], label: &str, value: impl Into<String>) {
        let source = self.provenance.and_then(|from| keys.iter().find_map(|key| from.of(key)).map(str::to_owned));
        let conflict = self.provenance.and_then(|from| keys.iter().find_map(|key| from.conflict.get(*key)).cloned());
        self.lines.push(Entry { label: label.to_owned(), value: value.into(), source, conflict });
    }

    fn maybe(&mut self, keys: &[&str], label: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.add(keys, label, value);
        }
    }

    fn section(self, id: impl Into<String>, title: impl Into<String>) -> Section {
        Section { id: id.into(), title: title.into(), lines: self.lines }
    }
}

/// The page of a regimen.
pub fn protocol(regimen: &Regimen) -> Protocol {
    let mut sections = vec![about(regimen)];
    for phase in &regimen.phases {
        sections.push(cycle(phase));
        sections.extend(phase.drugs.iter().map(|one| drug(phase, one)));
    }
    sections.extend(body(regimen));
    sections.extend(eligibility(regimen));
    sections.extend(criteria(regimen));
    sections.extend(cohorts(regimen));
    sections.extend(rules::section(regimen));
    sections.extend(lifetimes(regimen));
    sections.extend(assessments(regimen));
    sections.push(example::section(regimen));
    sections.push(sources(regimen));
    let state = format!("v{}, {}", regimen.version, regimen.status.word());
    Protocol { name: regimen.name.clone(), state, sections }
}

fn about(regimen: &Regimen) -> Section {
    let mut lines = Lines::new(None);
    lines.add(&[], "id", &regimen.id);
    lines.add(&[], "indication", &regimen.indication);
    lines.maybe(&[], "also called", (!regimen.also.is_empty()).then(|| regimen.also.join(", ")));
    let trial = regimen.trial.as_ref().map(|trial| trial.known().cloned().unwrap_or_else(|| "unknown".to_owned()));
    lines.maybe(&[], "trial", trial);
    lines.maybe(&[], "protocol", regimen.protocol.as_ref());
    lines.maybe(&[], "protocol version", regimen.protocol_version.as_ref());
    lines.maybe(&[], "amended", regimen.amended.map(crate::calendar::print));
    lines.maybe(&[], "note", regimen.note.as_ref());
    let setting = match regimen.setting {
        Setting::Trial => "trial: only the modifications listed here, no increase above protocol",
        Setting::Practice => "practice",
    };
    lines.add(&[], "setting", setting);
    lines.add(&[], "sha-256", &regimen.sha256);
    lines.section("regimen", "Regimen")
}

/// `phase.ac.` before the parts of a phase; nothing in a regimen of one.
fn inside(phase: &Phase, part: &str) -> String {
    phase.id.as_ref().map_or_else(|| part.to_owned(), |id| format!("phase.{id}.{part}"))
}

fn cycle(phase: &Phase) -> Section {
    let cycle = &phase.cycle;
    let mut lines = Lines::new(Some(&cycle.provenance));
    if let Some(begins) = &phase.begins {
        let from = if begins.from_day_1 { "day 1 of the last cycle" } else { "the end of the last cycle" };
        let condition = begins.condition.as_ref().map_or(String::new(), |condition| format!(", {condition}"));
        lines.add(&[], "begins", format!("{} days after {from} of {}{condition}", begins.gap_days, begins.after));
    }
    lines.add(&["length"], "length", format!("{} days", cycle.length));
    lines.add(&["count"], "number", words::count(cycle.count));
    lines.maybe(&["stop"], "stop", (!cycle.stop.is_empty()).then(|| cycle.stop.join(", ")));
    let next = match cycle.next {
        Next::FromActual => "counted from the actual day 1",
        Next::FromPlanned => "counted from the planned day 1",
    };
    lines.add(&["next"], "next cycle", next);
    let window = match cycle.window {
        Stated::Is(room) => format!("{} days early to {} days late, from cycle 2", room.early, room.late),
        Stated::Unknown => "unknown".to_owned(),
    };
    lines.add(&["window"], "window of day 1", window);
    lines.maybe(&["longest_delay"], "longest delay", cycle.longest_delay.map(|days| format!("{days} days")));
    lines.maybe(&["day_zero"], "day 0", cycle.day_zero.as_ref());
    lines.maybe(&["anchor"], "day 1 is the day of", cycle.anchor.as_ref());
    let omitted = match cycle.count.omitted {
        Omitted::Counts => Some("counts towards the number"),
        Omitted::DoesNotCount => Some("does not count towards the number"),
        Omitted::Unknown => None,
    };
    lines.maybe(&["count"], "an omitted cycle", omitted);
    let numbers = match phase.numbering {
        Numbering::Continues => "go on from the phase before",
        Numbering::Restarts => "begin again at 1",
    };
    lines.maybe(&["numbering"], "cycle numbers", phase.id.is_some().then_some(numbers));
    let name = phase.name.as_ref().or(phase.id.as_ref());
    lines.section(inside(phase, "cycle"), name.map_or_else(|| "Cycle".to_owned(), |name| format!("Cycle: {name}")))
}

fn drug(phase: &Phase, drug: &Drug) -> Section {
    let mut lines = Lines::new(Some(&drug.provenance));
    more::identity(&mut lines, drug);
    let spread = match drug.spread {
        Spread::Each => "",
        Spread::Total { .. } => " in all",
        Spread::PerDay { .. } => " in each 24 hours",
    };
    lines.add(&["dose", "total", "dose_per_day", "table"], "dose", format!("{}{spread}", drug.dose_words()));
    for (cohort, dose) in &drug.by_cohort {
        lines.add(&["by_cohort"], &format!("in cohort {cohort}"), dose.to_string());
    }
    let instead = drug.instead_of.as_ref().map(|of| format!("of {of}, where a person chooses so"));
    lines.maybe(&["instead_of"], "given instead", instead);
    lines.maybe(&["cohorts"], "only in", (!drug.cohorts.is_empty()).then(|| drug.cohorts.join(", ")));
    for (at, step) in drug.ramp.iter().enumerate() {
        lines.add(&["ramp"], &format!("step {}", at + 1), step_words(step));
    }
    let decay = drug.decay.map(|decay| {
        let before = decay
            .ordered_before
            .map_or(String::new(), |hours| format!(", ordered for {} hours before use", print(hours)));
        format!("half-life {} hours{before}", print(decay.half_life))
    });
    lines.maybe(&["decay"], "decay", decay);
    lines.maybe(&["dilute"], "diluted", drug.dilution.as_ref().map(dilution));
    for row in &drug.table {
        lines.add(&["table"], &row.when.words().join(", "), row_words(row));
    }
    lines.maybe(&["loading"], "first dose", drug.loading.as_ref().map(loading));
    lines.add(&["days", "by_cycle"], "days", words::days(&drug.days));
    if drug.times > 1 {
        lines.add(&["times"], "how often", words::times(drug.times));
    }
    more::dates(&mut lines, drug);
    lines.add(&["route"], "route", words::route(drug));
    lines.maybe(&["over"], "over", drug.over.as_ref().map(more::over));
    if drug.home {
        lines.add(&["given"], "taken", "at home");
    }
    lines.maybe(&["cycles"], "cycles", cycles(drug));
    lines.maybe(&["stop_after"], "not after", drug.stop_after.map(|period| format!("{period} from its first dose")));
    let caps = drug.caps.iter().map(|cap| {
        let weight = cap.weight.map_or(String::new(), |range| format!(" at a weight of {}", range_words(range, "kg")));
        format!("{}{weight}", cap.dose)
    });
    let caps: Vec<String> = caps.collect();
    lines.maybe(&["cap"], "capped at", (!caps.is_empty()).then(|| caps.join("; ")));
    for (of, maximum) in [("dose", drug.maximum.dose), ("day", drug.maximum.day), ("cycle", drug.maximum.cycle)] {
        lines.maybe(&["maximum"], &format!("never above, one {of}"), maximum.map(|amount| amount.to_string()));
    }
    lines.add(&["round"], "rounded", rounding(&drug.rounding));
    more::figures(&mut lines, drug);
    lines.maybe(&["reduce"], "reduced to", drug.ladder.as_ref().map(ladder));
    for start in &drug.starts_by {
        let what = match &start.dose {
            StartDose::Dose(dose) => dose.to_string(),
            StartDose::Percent(percent) => format!("{} % of the dose", print(*percent)),
        };
        lines.add(&["start"], "starts at", format!("{what} {}", condition(&start.when)));
    }
    lines.maybe(&["gfr"], "kidney function", drug.gfr.as_ref().map(kidney));
    lines.maybe(&["vial"], "vial", drug.vial.map(vial));
    let tablets =
        drug.tablets.as_ref().map(|tablets| tablets.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    lines.maybe(&["tablets"], "tablets", tablets);
    lines.maybe(&["cycle_total"], "total of a cycle", drug.cycle_total.map(|total| total.to_string()));
    lines.maybe(&["least_gap"], "shortest interval", drug.least_gap.map(|days| format!("{days} days")));
    more::order(&mut lines, drug);
    lines.maybe(&["strength_as"], "strength as", drug.strength_as.as_ref());
    lines.maybe(&["ends"], "ends", drug.ends.as_ref().map(|ends| format!("day {}: {}", ends.day, ends.visit)));
    lines.maybe(&[], "note", drug.note.as_ref());
    let role = match drug.role {
        Role::Treatment => "",
        Role::Premedication => " (premedication)",
        Role::Support => " (support)",
    };
    lines.section(inside(phase, &format!("drug.{}", drug.id)), format!("{}{role}", full_name(drug)))
}

/// `20 mg for 7 days, the next dose after 2 to 7 days`
fn step_words(step: &crate::regimen::model::Ramp) -> String {
    use crate::regimen::model::RampLength;
    let lasts = match step.lasts {
        RampLength::Days(days) => format!("for {days} days"),
        RampLength::Doses(1) => "for 1 dose".to_owned(),
        RampLength::Doses(doses) => format!("for {doses} doses"),
    };
    let next = match step.next {
        Some((Some(least), Some(most))) => format!(", the next dose after {least} to {most} days"),
        Some((Some(least), None)) => format!(", the next dose after {least} days or more"),
        Some((None, Some(most))) => format!(", the next dose within {most} days"),
        _ => String::new(),
    };
    format!("{} {lasts}{next}", step.dose)
}

fn dilution(dilution: &crate::regimen::model::Dilution) -> String {
    let volume = dilution.volume.map_or("an unknown volume".to_owned(), |volume| format!("{} mL", print(volume)));
    let from = dilution.from.map(|from| format!("not below {from} in 1 mL"));
    let through = dilution.through.map(|through| format!("not above {through} in 1 mL"));
    let limits: Vec<String> = from.into_iter().chain(through).map(|limit| format!(", {limit}")).collect();
    format!("in {volume} of {}{}", dilution.fluid, limits.concat())
}

/// `600 mg, first dose 900 mg, every 28 days`
fn row_words(row: &crate::regimen::model::DoseRow) -> String {
    let dose = match (row.parts, row.dose) {
        (Some((morning, evening)), _) => format!("{morning} in the morning, {evening} in the evening"),
        (None, Some(dose)) => dose.to_string(),
        (None, None) => "unknown: nothing is planned".to_owned(),
    };
    let first = row.loading.map(|dose| format!("first dose {dose}"));
    let length = row.length.map(|days| format!("every {days} days"));
    let steps = row.ladder.as_ref().map(|steps| format!("reduced to {}", ladder(steps)));
    [Some(dose), first, length, steps].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn loading(loading: &crate::regimen::model::Loading) -> String {
    let again = match loading.again_after {
        Some(Stated::Is(days)) => format!(", again after {days} days without a dose"),
        Some(Stated::Unknown) => ", again after an unknown time without a dose".to_owned(),
        None => String::new(),
    };
    format!("{}{again}", loading.dose)
}

fn cycles(drug: &Drug) -> Option<String> {
    match (drug.first_cycle, drug.last_cycle) {
        (0 | 1, None) => None,
        (from, None) => Some(format!("from cycle {from}")),
        (from, Some(last)) if from == last => Some(format!("cycle {from}")),
        (from, Some(last)) => Some(format!("cycles {from} through {last}")),
    }
}

fn rounding(rounding: &Rounding) -> String {
    use crate::quantity::decimal::{Direction, Ties};
    let limit = |within: &Option<_>| within.map_or(String::new(), |within| format!(", within {} %", print(within)));
    match rounding {
        Rounding::None => "not rounded".to_owned(),
        Rounding::Unknown => "unknown".to_owned(),
        Rounding::Bands { bands, within } => format!("to one of {} dose bands{}", bands.len(), limit(within)),
        Rounding::Step { step, whole, direction, ties, within, daily } => {
            let way = match direction {
                Direction::Nearest => "to the nearest",
                Direction::Down => "down to",
                Direction::Up => "up to the next",
            };
            let unit = whole.map_or(String::new(), |whole| format!("{whole} of "));
            let tie = match (direction, ties) {
                (Direction::Nearest, Ties::Up) => ", a tie up",
                (Direction::Nearest, Ties::Down) => ", a tie down",
                (Direction::Nearest, Ties::Even) => ", a tie to the even multiple",
                _ => "",
            };
            let daily = daily
                .map_or(String::new(), |half| format!(", of the day's dose; the {} part is the larger", half.word()));
            format!("{way} {unit}{step}{tie}{}{daily}", limit(within))
        }
    }
}

fn ladder(ladder: &crate::regimen::model::Ladder) -> String {
    let steps = ladder.steps.iter().map(|step| {
        let dose = step.dose.map(|dose| dose.to_string());
        let days = step.days.as_ref().map(words::days);
        let length = step.length.map(|days| format!(", every {days} days")).unwrap_or_default();
        dose.into_iter().chain(days).collect::<Vec<_>>().join(" on ") + &length
    });
    let then = match ladder.then {
        ThenStop::Drug => "then this drug stops",
        ThenStop::Regimen => "then treatment stops",
        ThenStop::Ask => "then a prescriber decides",
    };
    let raise = match ladder.raise_again {
        Some(true) => "may be raised again",
        Some(false) => "never raised again",
        None => "whether it may be raised again is unknown",
    };
    format!("{}, {then}; {raise}", steps.collect::<Vec<_>>().join(", "))
}

fn condition(when: &crate::regimen::model::Condition) -> String {
    format!("with {}", when.words().join(" and "))
}

fn range_words(range: Range, unit: &str) -> String {
    crate::plan::range_words(range, unit)
}

fn kidney(rule: &crate::regimen::model::GfrRule) -> String {
    let floor =
        rule.creatinine_floor.map_or("no creatinine floor".to_owned(), |floor| format!("creatinine floor {floor}"));
    let cap = rule.cap.map_or("no cap".to_owned(), |cap| format!("cap {} mL/min", print(cap)));
    format!("{}, {} weight, {floor}, {cap}, {} decimals", rule.formula.name(), rule.weight.word(), rule.places)
}

fn vial(vial: crate::regimen::model::Vial) -> String {
    vial.volume.map_or_else(|| vial.amount.to_string(), |volume| format!("{} in {} mL", vial.amount, print(volume)))
}

fn body(regimen: &Regimen) -> Option<Section> {
    let body = regimen.body.as_ref()?;
    let mut lines = Lines::new(Some(&body.provenance));
    lines.maybe(
        &["bsa"],
        "body surface",
        body.bsa.map(|formula| format!("{} ({})", formula.name(), formula.entry().citation)),
    );
    if body.bsa.is_some() {
        lines.add(&["bsa_places"], "decimals", body.bsa_places.to_string());
        lines.add(
            &["bsa_cap"],
            "cap on the body surface",
            body.bsa_cap.map_or("none".to_owned(), |cap| cap.to_string()),
        );
    }
    lines.add(&["weight"], "weight", body.weight.word());
    lines.maybe(&["ideal_weight"], "ideal weight", body.ideal.map(|formula| formula.name().to_owned()));
    lines.maybe(&["adjusted_factor"], "share of excess weight", body.adjusted_factor.map(print));
    let recalculate = match body.recalculate {
        Recalculate::EveryCycle => "at every cycle".to_owned(),
        Recalculate::Never => "never".to_owned(),
        Recalculate::Change { percent, reaching, last_used } => {
            let sign = if reaching { "or more" } else { "exceeded" };
            let since = if last_used { "the weight last used" } else { "cycle 1 day 1" };
            format!("when the weight changes by {} % {sign} against {since}", print(percent))
        }
    };
    lines.add(&["recalculate"], "new weight counts", recalculate);
    Some(lines.section("body", "Body size"))
}

fn eligibility(regimen: &Regimen) -> Option<Section> {
    let limits = &regimen.eligibility;
    let mut lines = Lines::new(None);
    lines.maybe(&[], "age", limits.age.map(|range| range_words(range, "years")));
    lines.maybe(&[], "weight", limits.weight.map(|range| range_words(range, "kg")));
    lines.maybe(&[], "GFR", limits.gfr.map(|range| range_words(range, "mL/min")));
    lines.maybe(&[], "sex", limits.sex.map(|sex| sex.written().to_owned()));
    for other in &limits.other {
        lines.add(&[], "not checked here", other);
    }
    (!lines.lines.is_empty()).then(|| lines.section("eligibility", "Eligibility at enrolment"))
}

fn criteria(regimen: &Regimen) -> Option<Section> {
    let mut lines = Lines::new(None);
    for criterion in &regimen.criteria {
        let least = criterion.at_least.as_ref().map(|value| format!("at least {value}"));
        let most = criterion.at_most.as_ref().map(|value| format!("at most {value}"));
        let limits = least.into_iter().chain(most).collect::<Vec<_>>().join(" and ");
        let age = criterion.valid_for.map_or(String::new(), |days| format!(", no older than {days} days"));
        let days = words::days(&Days::List(criterion.days.clone()));
        lines.add(&[], &criterion.test, format!("{limits}{age}, on {days}; else {}", criterion.otherwise));
    }
    (!lines.lines.is_empty()).then(|| lines.section("criteria", "Criteria to treat"))
}

fn assessments(regimen: &Regimen) -> Option<Section> {
    let mut lines = Vec::new();
    for assessment in &regimen.assessments {
        let mut one = Lines::new(Some(&assessment.provenance));
        let when = match &assessment.when {
            when @ AssessmentWhen::From { .. } => when.event_words().unwrap_or_default(),
            AssessmentWhen::Calendar { every, .. } => {
                format!("every {every} from the first dose; a delay does not move it")
            }
            AssessmentWhen::Cycle { days, before } => {
                let before = if *before == 0 { String::new() } else { format!(", up to {before} days before") };
                format!("{} of each cycle{before}; it moves with the cycle", words::days(&Days::List(days.clone())))
            }
        };
        let first = match assessment.when {
            AssessmentWhen::Calendar { before_first: Some(days), .. } => {
                format!("; once within {days} days before the first dose")
            }
            _ => String::new(),
        };
        let window =
            assessment.window.as_ref().map_or(String::new(), |room| format!("; window {}", more::window(room)));
        one.add(&["every", "days", "after", "before", "clock"], &assessment.name, when + &first + &window);
        lines.append(&mut one.lines);
    }
    (!lines.is_empty()).then(|| Section { id: "assessments".to_owned(), title: "Assessments".to_owned(), lines })
}

fn cohorts(regimen: &Regimen) -> Option<Section> {
    let mut lines = Lines::new(None);
    for cohort in &regimen.cohorts {
        let words = [&cohort.name, &cohort.note].into_iter().flatten().cloned().collect::<Vec<_>>().join("; ");
        lines.add(&[], &cohort.id, words);
    }
    (!lines.lines.is_empty()).then(|| lines.section("cohorts", "Cohorts and arms"))
}

fn lifetimes(regimen: &Regimen) -> Option<Section> {
    let mut all = Vec::new();
    for limit in &regimen.lifetimes {
        let mut lines = Lines::new(Some(&limit.provenance));
        lines.add(&["limit"], &limit.name, format!("at most {} over a life", limit.limit));
        for (with, lower) in &limit.lower {
            lines.add(&["lower"], &format!("{}, with {with}", limit.name), format!("at most {lower}"));
        }
        let counts: Vec<String> =
            limit.counts.iter().map(|(drug, factor)| format!("{drug} × {}", print(*factor))).collect();
        let set = limit.equivalence.as_ref().map_or(String::new(), |set| format!(" ({set})"));
        lines.add(&["counts"], &format!("{}: what counts", limit.name), format!("{}{set}", counts.join(", ")));
        lines.maybe(&[], &format!("{}: note", limit.name), limit.note.as_ref());
        all.append(&mut lines.lines);
    }
    (!all.is_empty()).then(|| Section { id: "lifetime".to_owned(), title: "Limits over a life".to_owned(), lines: all })
}

fn sources(regimen: &Regimen) -> Section {
    let lines = regimen.sources.iter().map(|source| {
        let parts =
            [Some(source.title.clone()), source.url.clone(), source.says.as_ref().map(|says| format!("\"{says}\""))];
        let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Entry { label: source.id.clone(), value, source: None, conflict: None }
    });
    Section { id: "sources".to_owned(), title: "Sources".to_owned(), lines: lines.collect() }
}
