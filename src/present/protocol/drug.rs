//! A drug on the page of a regimen.

use crate::quantity::GfrMethod;
use crate::quantity::number::{count, print};
use crate::regimen::{AgeAt, CycleWord, Drug, Phase, Role, Rounding, Spread, StartDose, Stated, ThenStop};

use super::super::{full_name, words};
use super::{Lines, Section, inside, more};

/// Everything the file says of a drug.
pub(super) fn section(word: CycleWord, phase: &Phase, drug: &Drug) -> Section {
    let mut lines = Lines::new(word, Some(&drug.provenance));
    more::identity(&mut lines, drug);
    full_dose(&mut lines, drug);
    administration(&mut lines, drug);
    limits(&mut lines, drug);
    other_doses(&mut lines, drug);
    supply(&mut lines, drug);
    preparation(&mut lines, drug);
    beside(&mut lines, drug);
    let role = match drug.role {
        Role::Treatment => "",
        Role::Premedication => " (premedication)",
        Role::Support => " (support)",
    };
    lines.section(inside(phase, &format!("drug.{}", drug.id)), format!("{}{role}", full_name(drug)))
}

/// The dose of those whom nothing reduces, and the first doses before it.
fn full_dose(lines: &mut Lines, drug: &Drug) {
    let spread = match drug.dosing.spread {
        Spread::Each => String::new(),
        Spread::Total { .. } => " in all".to_owned(),
        Spread::PerDay { .. } => " in each 24 hours".to_owned(),
        Spread::Divided { .. } => drug.dosing.spread.divided().map_or(String::new(), |of| format!(", of {of}")),
    };
    lines.add(
        &["dose", "total", "dose_per_day", "dose_per_week", "table"],
        "dose",
        format!("{}{spread}", drug.dosing.words()),
    );
    for one in drug.dosing.cohorts() {
        let steps =
            one.ladder.as_ref().map_or(String::new(), |steps| format!(", reduced to {}", ladder(steps, lines.word)));
        lines.add(&["by_cohort"], &format!("in cohort {}", one.id), format!("{}{steps}", one.dose));
    }
    let instead = drug.instead_of.as_ref().map(|of| format!("of {of}, where a person chooses so"));
    lines.maybe(&["instead_of"], "given instead", instead);
    lines.maybe(&["cohorts"], "only in", (!drug.cohorts.is_empty()).then(|| drug.cohorts.join(", ")));
    for (at, step) in drug.dosing.ramp.iter().enumerate() {
        lines.add(&["ramp"], &format!("step {}", at + 1), step_words(step));
    }
    let again = drug.dosing.ramp_again.map(|again| match again {
        Stated::Is(days) => format!("when the last dose is {days} days ago or more"),
        Stated::Unknown => "after a time without doses that no source gives".to_owned(),
    });
    lines.maybe(&["ramp_again_after"], "the steps begin again", again);
    let decay = drug.decay.map(|decay| {
        let before = decay
            .ordered_before
            .map_or(String::new(), |hours| format!(", ordered for {} hours before use", print(hours)));
        format!("half-life {} hours{before}", print(decay.half_life))
    });
    lines.maybe(&["decay"], "decay", decay);
    lines.maybe(&["dilute"], "diluted", drug.dilution.as_ref().map(dilution));
    for row in drug.dosing.rows() {
        lines.row(&["table"], "table", &row.when.words().join(", "), row_words(row, lines.word));
    }
    lines.maybe(&["loading"], "first dose", drug.dosing.loading.as_ref().map(loading));
}

/// When, how often, by which route and where.
fn administration(lines: &mut Lines, drug: &Drug) {
    lines.add(&["days", "by_cycle"], "days", words::days(&drug.days, lines.word));
    lines.maybe(&["times"], "how often", words::times(drug.times));
    more::dates(lines, drug);
    lines.add(&["route"], "route", words::route(drug));
    lines.maybe(&["over"], "over", drug.over.as_ref().map(more::over));
    if drug.home {
        lines.add(&["given"], "taken", "at home");
    }
    if drug.ward {
        lines.add(&["given"], "given where", "on the ward, on every day of the week");
    }
    lines.maybe(&["cycles"], "given in", cycles(drug, lines.word));
    lines.maybe(
        &["stop_after"],
        "not after",
        drug.stop_after.map(|period| format!("{period} from its first dose, that day not included")),
    );
}

/// What no dose may exceed, and how it is rounded.
fn limits(lines: &mut Lines, drug: &Drug) {
    let caps = drug.caps.iter().map(|cap| {
        let weight = cap.weight.map_or(String::new(), |range| format!(" at a weight of {}", range.words("kg")));
        format!("{}{weight}", cap.dose)
    });
    let caps: Vec<String> = caps.collect();
    lines.maybe(&["cap"], "capped at", (!caps.is_empty()).then(|| caps.join("; ")));
    let cycle = lines.word.one();
    for (of, maximum) in [("dose", drug.maximum.dose), ("day", drug.maximum.day), (cycle, drug.maximum.cycle)] {
        lines.maybe(&["maximum"], &format!("never above, one {of}"), maximum.map(|amount| amount.to_string()));
    }
    lines.add(&["round"], "rounded", rounding(&drug.rounding));
    more::figures(lines, drug);
}

/// The reduced doses, the starting doses, and the kidney function they ask for.
fn other_doses(lines: &mut Lines, drug: &Drug) {
    let word = lines.word;
    lines.maybe(&["reduce"], "reduced to", drug.dosing.ladder.as_ref().map(|steps| ladder(steps, word)));
    for start in &drug.dosing.starts {
        let what = match &start.dose {
            StartDose::Dose(dose) => dose.to_string(),
            StartDose::Percent(percent) => format!("{} % of the dose", print(*percent)),
        };
        let steps =
            start.ladder.as_ref().map_or(String::new(), |steps| format!(", reduced to {}", ladder(steps, word)));
        lines.add(&["start"], "starts at", format!("{what} with {}{steps}", start.when.words().join(" and ")));
    }
    lines.maybe(&["gfr"], "kidney function", drug.gfr.as_ref().map(|rule| kidney(rule, word)));
}

/// What the pharmacy has, and what holds for a whole cycle.
fn supply(lines: &mut Lines, drug: &Drug) {
    lines.maybe(&["vial"], "vial", drug.vial.map(|vial| vial.to_string()));
    let tablets =
        drug.tablets.as_ref().map(|tablets| tablets.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    lines.maybe(&["tablets", "form"], drug.form.word(2), tablets);
    lines.maybe(
        &["cycle_total"],
        &format!("{}{}", super::TOTAL_OF, lines.word.one()),
        drug.cycle_total.map(|total| total.to_string()),
    );
    lines.maybe(&["least_gap"], "shortest interval", drug.least_gap.map(|days| format!("{days} days")));
    more::order(lines, drug);
}

/// How the prepared drug is labelled and kept, and where an infusion ends.
fn preparation(lines: &mut Lines, drug: &Drug) {
    lines.maybe(&["strength_as"], "strength as", drug.strength_as.as_ref());
    lines.maybe(&["ends"], "ends", drug.ends.as_ref().map(|ends| format!("day {}: {}", ends.day, ends.visit)));
    let handling = &drug.handling;
    lines.maybe(&["store"], "stored", handling.store.as_ref());
    lines.maybe(
        &["use_within"],
        "used",
        handling.use_within.map(|period| format!("within {period} of its preparation")),
    );
    lines.maybe(&["cytotoxic"], "cytotoxic", handling.cytotoxic.map(|yes| if yes { "yes" } else { "no" }));
}

/// What people are told beside the dose.
fn beside(lines: &mut Lines, drug: &Drug) {
    lines.maybe(&[], "warning", drug.warn.as_ref());
    lines.maybe(&[], "rescue", drug.rescue.as_ref());
    lines.maybe(
        &[],
        "dose above the largest in use",
        drug.dose_exception.as_ref().map(|id| format!("as source {id} gives it")),
    );
    lines.maybe(
        &[],
        "beside another entry of the substance",
        drug.together.then_some("given in full, on the same day"),
    );
    let by = (drug.age_at == AgeAt::Treatment).then_some("that on the first day of treatment");
    lines.maybe(&["age_at"], "age its table goes by", by);
    lines.maybe(&[], "note", drug.note.as_ref());
}

/// `20 mg for 7 days, the next dose after 2 to 7 days`
fn step_words(step: &crate::regimen::Ramp) -> String {
    use crate::regimen::RampLength;
    let lasts = match step.lasts {
        RampLength::Days(days) => format!("for {days} days"),
        RampLength::Doses(doses) => format!("for {}", count(doses, "dose")),
    };
    let next = match step.next {
        Some((Some(least), Some(most))) => format!(", the next dose after {least} to {most} days"),
        Some((Some(least), None)) => format!(", the next dose after {least} days or more"),
        Some((None, Some(most))) => format!(", the next dose within {most} days"),
        _ => String::new(),
    };
    format!("{} {lasts}{next}", step.dose)
}

fn dilution(dilution: &crate::regimen::Dilution) -> String {
    let fluid = dilution.fluid.as_ref().map_or_else(
        || "undiluted".to_owned(),
        |fluid| {
            let volume = dilution.volume.map_or("an unknown volume".to_owned(), |volume| volume.to_string());
            format!("in {volume} of {fluid}")
        },
    );
    let from = dilution.from.map(|from| format!("not below {from} in 1 mL"));
    let through = dilution.through.map(|through| format!("not above {through} in 1 mL"));
    let never = (!dilution.never.is_empty()).then(|| format!("never with {}", dilution.never.join(" or ")));
    let limits: Vec<String> = from.into_iter().chain(through).chain(never).map(|limit| format!(", {limit}")).collect();
    format!("{fluid}{}", limits.concat())
}

/// `600 mg, first dose 900 mg, every 28 days`
fn row_words(row: &crate::regimen::DoseRow, word: CycleWord) -> String {
    let dose = match (row.parts, row.dose) {
        (Some((morning, evening)), _) => format!("{morning} in the morning, {evening} in the evening"),
        (None, Some(dose)) => dose.to_string(),
        (None, None) => "unknown: nothing is planned".to_owned(),
    };
    let first = row.loading.map(|dose| format!("first dose {dose}"));
    let length = row.length.map(|days| format!("every {days} days"));
    let steps = row.ladder.as_ref().map(|steps| format!("reduced to {}", ladder(steps, word)));
    [Some(dose), first, length, steps].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn loading(loading: &crate::regimen::Loading) -> String {
    let again = match loading.again_after {
        Some(Stated::Is(days)) => format!(", again after {days} days without a dose"),
        Some(Stated::Unknown) => ", again after an unknown time without a dose".to_owned(),
        None => String::new(),
    };
    let dose = loading.dose.map_or_else(|| "by table".to_owned(), |dose| dose.to_string());
    format!("{dose}{again}")
}

fn cycles(drug: &Drug, word: CycleWord) -> Option<String> {
    match (drug.first_cycle, drug.last_cycle) {
        (0 | 1, None) => None,
        (from, None) => Some(format!("from {}", word.numbered(from))),
        (from, Some(last)) if from == last => Some(word.numbered(from)),
        (from, Some(last)) => Some(format!("{} {from} through {last}", word.many())),
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

fn ladder(ladder: &crate::regimen::Ladder, word: CycleWord) -> String {
    let steps = ladder.steps.iter().map(|step| {
        let dose = step.dose.map(|dose| dose.to_string());
        let days = step.days.as_ref().map(|days| words::days(days, word));
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

fn kidney(rule: &crate::regimen::GfrRule, word: CycleWord) -> String {
    let floor =
        rule.creatinine_floor.map_or("no creatinine floor".to_owned(), |floor| format!("creatinine floor {floor}"));
    let cap = rule.cap.map_or("no cap".to_owned(), |cap| format!("cap {} mL/min", print(cap)));
    let uncapped = rule.uncapped.list().map(GfrMethod::word).collect::<Vec<_>>().join(", ");
    let cap = if uncapped.is_empty() { cap } else { format!("{cap} (none where measured by {uncapped})") };
    let dose = rule.calvert.map_or_else(String::new, |formula| format!(", dose by {}", formula.word()));
    let again = if rule.recalculate { format!("every {}", word.one()) } else { "never computed again".to_owned() };
    format!(
        "{}, {} weight, {floor}, {cap}, {}, {again}{dose}",
        rule.formula.name(),
        rule.weight.word(),
        count(rule.places, "decimal")
    )
}
