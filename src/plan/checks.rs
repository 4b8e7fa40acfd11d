//! What is checked before a plan is made, and what is told about one.

use std::collections::BTreeMap;

use crate::calendar::{self, Date, Site, Window, days_between};
use crate::course::{Course, Part};
use crate::dosing::{self, needs};
use crate::finding::{Cycles, Field, Finding, Remedy};
use crate::quantity::{Decimal, number};
use crate::regimen::{Drug, Next, Omitted, Range, Regimen};
use crate::subject::Fact;

use super::{Administration, Options, Plan, PlannedCycle};

/// Missing inputs and enrolment limits.
pub fn before(regimen: &Regimen, course: &Course, options: Options) -> Vec<Finding> {
    let mut findings = Vec::new();
    for fact in needs(regimen) {
        if !given(course, fact) {
            let text = format!("The {} was not given, and {} needs it.", words(fact), regimen.name);
            let finding = Finding::block(crate::dosing::codes::MISSING_INPUT, text).field(fact.name());
            findings.push(finding.help(example(fact)));
        }
    }
    findings.extend(super::laboratory::findings(regimen, course));
    findings.extend(super::genotype::finding(regimen, course));
    findings.extend(cohort(regimen, course));
    findings.extend(instead(regimen, course));
    findings.extend(super::plausible::findings(regimen, course));
    eligibility(regimen, course, &mut findings);
    unknown_names(regimen, course, &mut findings);
    if options.cycles == Some(0) {
        findings.push(
            Finding::block(
                super::codes::NO_CYCLES,
                format!("{} were asked for; ask for 1 or more.", regimen.cycle_word.tally(0)),
            )
            .field(Field::Cycles),
        );
    }
    if options.cycles.is_some_and(|cycles| cycles > 200) {
        findings.push(
            Finding::block(
                super::codes::TOO_MANY_CYCLES,
                format!("More than {} were asked for; ask for 200 or fewer.", regimen.cycle_word.tally(200)),
            )
            .field(Field::Cycles),
        );
    }
    findings
}

/// Only what the file lets stand in for another drug may do so.
fn instead(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let may = || regimen.drugs().filter(|drug| drug.instead_of.is_some()).map(|drug| drug.id.as_str());
    let wrong = course.subject.instead.iter().filter(|id| !may().any(|known| known == id.as_str()));
    let told = wrong.map(|id| {
        let list: Vec<String> = may().map(|id| regimen.name_of(id, None, 1)).collect();
        let list = if list.is_empty() { "none of its drugs may replace another".to_owned() } else { list.join(", ") };
        let text = format!("\"{}\" replaces nothing in {}: {list}.", number::shown(id), regimen.name);
        Finding::block(super::codes::UNKNOWN_DRUG, text).field(Field::Instead)
    });
    told.chain(substitutes(regimen, course)).collect()
}

/// One substitute for one drug, and only in an arm that has both.
fn substitutes(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let subject = &course.subject;
    let mut told = Vec::new();
    let mut tell = |text: String, help: &str| {
        let finding = Finding::block(super::codes::SUBSTITUTE, text).field(Field::Instead).help(help);
        if !told.contains(&finding) {
            told.push(finding);
        }
    };
    for phase in &regimen.phases {
        let chosen = || phase.drugs.iter().filter(|drug| subject.instead.contains(&drug.id));
        for drug in chosen() {
            let Some(id) = &drug.instead_of else { continue };
            let original = phase.drugs.iter().find(|other| other.id == *id);
            let replaced = original.map_or_else(|| id.clone(), |original| original.name_among(&phase.drugs));
            let rivals: Vec<String> = chosen()
                .filter(|other| other.instead_of.as_ref() == Some(id) && other.meets(drug))
                .map(|other| other.name_among(&phase.drugs))
                .collect();
            if rivals.len() > 1 {
                let text = format!("{} are both chosen instead of {replaced}; one may be.", rivals.join(" and "));
                tell(text, "name one of them");
            }
            let arm = subject.cohort.as_deref().unwrap_or("none");
            if !drug.is_for(subject) || original.is_some_and(|original| !original.is_for(subject)) {
                let text = format!(
                    "{} may be given instead of {replaced}, but not in cohort {}.",
                    drug.name_among(&phase.drugs),
                    number::shown(arm)
                );
                tell(text, "leave it out, or correct the cohort");
            }
        }
    }
    told
}

/// A cohort is chosen, never assumed.
fn cohort(regimen: &Regimen, course: &Course) -> Option<Finding> {
    let names: Vec<&str> = regimen.cohorts.iter().map(|cohort| cohort.id.as_str()).collect();
    let list = names.join(", ");
    match (&course.subject.cohort, names.is_empty()) {
        (None, true) => None,
        (Some(cohort), true) => {
            let text =
                format!("{} has no cohorts, so \"{}\" means nothing for it.", regimen.name, number::shown(cohort));
            Some(Finding::block(super::codes::UNKNOWN_COHORT, text).field(Field::Cohort).help("leave the cohort out"))
        }
        (None, false) => {
            let text = format!("The cohort was not given, and {} has several: {list}.", regimen.name);
            Some(
                Finding::block(crate::dosing::codes::MISSING_INPUT, text)
                    .field(Field::Cohort)
                    .help(Remedy::of([Field::Cohort], "give the assigned one")),
            )
        }
        (Some(cohort), false) if !names.contains(&cohort.as_str()) => {
            let text = format!("{} has no cohort \"{}\"; it has {list}.", regimen.name, number::shown(cohort));
            Some(Finding::block(super::codes::UNKNOWN_COHORT, text).field(Field::Cohort).help("give the assigned one"))
        }
        (Some(_), false) => None,
    }
}

/// Whether a fact is known, or one that stands in for it; each laboratory test has a finding of its own.
fn given(course: &Course, fact: Fact) -> bool {
    let subject = &course.subject;
    match fact {
        Fact::Lab => true,
        Fact::Sex | Fact::Creatinine => subject.get(fact).is_some() || subject.gfr.is_some(),
        Fact::Age => subject.age.is_some() || subject.born.is_some() || subject.gfr.is_some(),
        Fact::Genotype => subject.genotype.as_ref().is_some_and(|genotype| !genotype.trim().is_empty()),
        fact => subject.get(fact).is_some(),
    }
}

fn words(fact: Fact) -> &'static str {
    match fact {
        Fact::Creatinine => "creatinine (or a measured GFR)",
        Fact::Age => "age (or the date of birth)",
        other => other.described().noun,
    }
}

/// What is wanted of each fact.
fn example(fact: Fact) -> Remedy {
    let (fields, text): (&[Field], _) = match fact {
        Fact::Height => (&[Field::Height], "give it in cm, such as 170"),
        Fact::Weight => (&[Field::Weight], "give it in kg, such as 65"),
        Fact::Sex => (&[Field::Sex], "female or male"),
        Fact::Age => (&[Field::Age, Field::Born], "give the age in years, such as 46, or the date of birth"),
        Fact::Creatinine => {
            (&[Field::Creatinine, Field::Gfr], "give it with its unit, such as 0.8 mg/dL; or a measured 85 mL/min")
        }
        Fact::Gfr => (&[Field::Gfr], "give it with its unit, such as 85 mL/min"),
        Fact::Genotype => (&[Field::Genotype], "give the gene with both alleles, such as UGT1A1*1/*28"),
        other => return Remedy::of([other.name().into()], format!("give it: {}", other.described().hint)),
    };
    Remedy::of(fields, text)
}

fn eligibility(regimen: &Regimen, course: &Course, findings: &mut Vec<Finding>) {
    let limits = &regimen.eligibility;
    let subject = &course.subject;
    let mut check = |what: &str, field: &str, value: Option<Decimal>, range: Option<Range>, unit: &str| {
        if let (Some(value), Some(range)) = (value, range)
            && !range.holds(value)
        {
            // One year is no "1 years".
            let told = if value == Decimal::ONE { unit.trim_end_matches('s') } else { unit };
            let text = format!(
                "The {what} of {} {told} lies outside the limits of {}: {}.",
                deciding(value, range),
                regimen.name,
                range.words(unit),
            );
            findings.push(Finding::block(super::codes::NOT_ELIGIBLE, text).field(field));
        }
    };
    // Whom a study takes is decided on the day of consent; where that is not known, the first day stands in for it.
    let consented = subject.age_at_consent();
    let what = if consented.is_some() { "age on the day of consent" } else { "age" };
    let age = consented.or_else(|| subject.age_on(course.start));
    check(what, "age", age.map(crate::quantity::Age::value), limits.age, "years");
    check("weight", "weight", subject.weight.map(crate::quantity::Weight::value), limits.weight, "kg");
    let (what, field, gfr) = match subject.gfr {
        Some(_) => ("GFR", "gfr", dosing::measured_gfr(regimen, course)),
        None => ("estimated GFR", "creatinine", dosing::estimated_gfr(regimen, course)),
    };
    check(what, field, gfr, limits.gfr, "mL/min");
    if limits.gfr.is_some()
        && gfr.is_none()
        && !findings.iter().any(|known| known.code == crate::dosing::codes::MISSING_INPUT)
    {
        let text = format!("{} has limits of the kidney function, and none can be worked out.", regimen.name);
        findings
            .push(Finding::block(crate::dosing::codes::MISSING_INPUT, text).field(Field::Gfr).help(example(Fact::Gfr)));
    }
    if let (Some(sex), Some(only)) = (subject.sex, limits.sex)
        && sex != only
    {
        let text = format!("{} takes {} subjects only.", regimen.name, only.written());
        findings.push(Finding::block(super::codes::NOT_ELIGIBLE, text).field(Field::Sex));
    }
}

/// A figure with as many decimals as show on which side of a limit it lies: 59.6 is below 60.
fn deciding(value: Decimal, range: Range) -> String {
    let rounded = |places| crate::quantity::decimal::half_up(value, places);
    let places = (0..=6).find(|places| !range.holds(rounded(*places)));
    number::print(places.map_or(value, |places| rounded(places.max(1))))
}

fn unknown_names(regimen: &Regimen, course: &Course, findings: &mut Vec<Finding>) {
    for reduction in &course.reductions {
        if !regimen.drugs().any(|drug| drug.id == reduction.drug)
            && let Err(why) = regimen.drug_called(&reduction.drug)
        {
            findings.push(super::no_one_drug(regimen, &reduction.drug, &why).field(Field::Level));
        }
        if reduction.level.is_some_and(|level| level > 0) {
            let text =
                format!("Level {} is above the assigned dose; levels are 0, -1, -2 …", reduction.level.unwrap_or(0));
            findings.push(Finding::block(super::codes::LEVEL_ABOVE_ZERO, text).field(Field::Level));
        }
    }
}

/// What is told about a plan that stands.
pub(super) fn after(regimen: &Regimen, course: &Course, site: &Site, plan: &Plan) -> Vec<Finding> {
    let mut told = Vec::new();
    if let Some((code, words)) = regimen.status.caution() {
        told.push(Finding::note(code, format!("This regimen file is {words}.")));
    }
    let unverified = regimen.unverified();
    if !unverified.is_empty() {
        let what = if unverified.len() == 1 { "figure is" } else { "figures are" };
        let words = regimen.unverified_words().join("; ");
        let text = format!("{} {what} not verified: {words}.", unverified.len());
        told.push(Finding::note(super::codes::UNVERIFIED, text));
    }
    if !site.values.is_empty() {
        let values: Vec<String> = site.values.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        told.push(Finding::note(
            super::codes::SITE_VALUES,
            format!("Values of the site in force: {}.", values.join("; ")),
        ));
    }
    for phase in &regimen.phases {
        told.extend(super::how_many::told(regimen, phase));
    }
    told.extend(super::clock::unused(regimen, course, plan));
    closures(site, plan, &mut told);
    gaps(regimen, plan, &mut told);
    delays(regimen, course, plan, &mut told);
    told.extend(super::limits::concentrations(regimen, plan));
    told.extend(super::limits::steps(regimen, plan));
    told
}

/// One note for each closed day with a visit.
fn closures(site: &Site, plan: &Plan, told: &mut Vec<Finding>) {
    if site.closures.weekdays.is_empty() && site.closures.days.is_empty() {
        return;
    }
    let visits = plan.administrations.iter().filter_map(|one| one.closed.as_ref().map(|why| (one.date, why)));
    let ends = plan.ends.iter().filter_map(|end| end.closed.as_ref().map(|why| (end.date, why)));
    let mut days: Vec<_> = visits.chain(ends).collect();
    days.sort_unstable();
    days.dedup();
    for (date, why) in days {
        let text = format!("{} is a closed day ({why}); nothing was moved.", calendar::with_weekday(date));
        told.push(Finding::note(super::codes::CLOSED_DAY, text));
    }
}

/// A dose sooner after the one before than its least gap allows, whatever phases the two stand in.
fn gaps(regimen: &Regimen, plan: &Plan, told: &mut Vec<Finding>) {
    let mut ids: Vec<&str> = Vec::new();
    for drug in regimen.drugs().filter(|drug| drug.least_gap.is_some()) {
        if !ids.contains(&drug.id.as_str()) {
            ids.push(&drug.id);
        }
    }
    for id in ids {
        for pair in doses_of(plan, id).windows(2) {
            let [(_, before), (after, _)] = pair else { continue };
            told.extend(plan.drug_of(regimen, after).and_then(|drug| too_soon(drug, *before, after)));
        }
    }
}

/// The doses of a drug, those of one day together: the first of them, and the day of the last.
fn doses_of<'p>(plan: &'p Plan, id: &str) -> Vec<(&'p Administration, Date)> {
    let again = |one: &Administration| one.key.part.filter(|part| matches!(part, Part::Again(_)));
    let mut known = BTreeMap::new();
    let mut doses: Vec<(&Administration, Date)> = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.key.drug == id && !one.state.is_left_out()) {
        let at = *known.entry((one.phase, one.key.cycle, one.key.day, again(one))).or_insert(doses.len());
        match doses.get_mut(at) {
            Some((_, last)) => *last = one.date.max(*last),
            None => doses.push((one, one.date)),
        }
    }
    doses
}

fn too_soon(drug: &Drug, before: Date, after: &Administration) -> Option<Finding> {
    let least = drug.least_gap?;
    let gap = days_between(before, after.date);
    (gap < least).then(|| {
        let text = format!(
            "{} on {} comes {gap} days after the dose before; the shortest interval is {least} days, so not before {}.",
            drug.full_name(),
            calendar::print(after.date),
            calendar::plus_days(before, least).map_or_else(String::new, calendar::print),
        );
        let key = &after.key;
        Finding::warn(super::codes::LEAST_GAP, text).about(Cycles::Only(key.phase.clone(), key.cycle))
    })
}

/// Of the first day of treatment the window is that day, whatever room the regimen gives later ones.
fn outside(cycle: &PlannedCycle, window: Window) -> Finding {
    let (name, day) = (cycle.titled(), calendar::with_weekday(cycle.actual));
    let text = if window.earliest == window.latest {
        let only = calendar::with_weekday(window.earliest);
        format!("{name} day 1 on {day} is outside its window, which is {only} alone.")
    } else {
        let (earliest, latest) = (calendar::print(window.earliest), calendar::print(window.latest));
        format!("{name} day 1 on {day} is outside its window, {earliest} through {latest}.")
    };
    Finding::warn(super::codes::OUTSIDE_WINDOW, text)
}

fn delays(regimen: &Regimen, course: &Course, plan: &Plan, told: &mut Vec<Finding>) {
    for cycle in &plan.cycles {
        let about = || Cycles::Only(cycle.phase_id.clone(), cycle.number);
        let Some(phase) = regimen.phases.get(cycle.phase) else { continue };
        if let Some(longest) = phase.cycle.longest_delay.filter(|longest| cycle.delay > *longest) {
            let last = calendar::plus_days(cycle.planned, longest);
            let text = format!(
                "{} is {} days late; the protocol allows at most {longest}: it had to begin by {}.",
                cycle.titled(),
                cycle.delay,
                last.map_or_else(String::new, calendar::with_weekday),
            );
            told.push(Finding::warn(super::codes::LONGEST_DELAY, text).about(about()));
        } else if let (Some(last), Some(delay)) =
            (cycle.restart_by, course.delays.get(&cycle.key()).filter(|one| one.days > 0))
        {
            let by = if delay.required { ", as the protocol requires" } else { "" };
            let text = format!(
                "{} is delayed by {}{by}; it must begin by {}.",
                cycle.titled(),
                number::count(delay.days.unsigned_abs(), "day"),
                calendar::with_weekday(last),
            );
            told.push(Finding::note(super::codes::RESTART_BY, text).about(about()));
        }
        if let Some(window) = cycle.window.filter(|window| !window.holds(cycle.actual) && !cycle.omitted) {
            told.push(outside(cycle, window).about(about()));
        }
        if cycle.delay > 0 && phase.cycle_of(cycle.number).next == Next::Unknown {
            let text = format!(
                "{} is {} late, and no source says what that does to later {}; here they are counted from its actual day 1.",
                cycle.titled(),
                number::count(cycle.delay.unsigned_abs(), "day"),
                cycle.word.many(),
            );
            told.push(Finding::warn(super::codes::NEXT_UNKNOWN, text).about(about()));
        }
        if cycle.omitted && phase.cycle.count.omitted == Omitted::Unknown {
            let text = format!(
                "{} was wholly omitted, and the regimen does not say whether it counts towards the number of {}; here it counts.",
                cycle.titled(),
                cycle.word.many(),
            );
            told.push(Finding::warn(super::codes::OMITTED_CYCLE, text).about(about()));
        }
    }
}
