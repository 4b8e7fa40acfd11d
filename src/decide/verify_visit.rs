//! The independent double check: who may do it, what is asked of them, and what they typed beside what is on record.
//!
//! Whoever asks here learns which figures are wanted and never what they are: those are compared when all are typed.

use crate::course::CycleKey;
use crate::course::event::{DoubleChecked, Event, Looked, Ticked};
use crate::course::fold::HistoryEntry;
use crate::course::visit::{Compared, name_of_dose};
use crate::dosing;
use crate::finding::Finding;
use crate::plan::{Administration, Plan, way};
use crate::quantity::{Amount, Gfr};
use crate::regimen::{HalfDay, genotype};
use crate::subject::{Fact, Subject, Value};
use crate::writing::same_person;

use super::asked::{AskedDose, AskedFigure, TypedFigure, VisitToVerify};
use super::command::Scope;
use super::scope::cycle;
use super::{Context, Draft, correct, findings, verify_findings as told};

/// What would be asked of a visit, whoever checks it; refused where it cannot be checked.
pub fn visit_to_verify(context: &Context<'_>, scope: &Scope) -> Result<VisitToVerify, Finding> {
    if let Some(draft) = findings::not_checked(context.regimen) {
        return Err(draft);
    }
    let plan = context.plan.ok_or_else(told::no_plan)?;
    let cycle = cycle(context, scope.phase.as_deref(), scope.cycle)?;
    let day = scope.day.unwrap_or(FIRST);
    let doses: Vec<&Administration> = way::to_verify(context.regimen, plan, &cycle, day).collect();
    let Some(first) = doses.first() else {
        let planned = way::of_visit(plan, &cycle, day).next().is_some();
        let scope = Scope { day: Some(day), ..scope.clone() };
        return Err(if planned {
            told::nothing_to_verify(context.regimen.cycle_word, &cycle, day)
        } else {
            findings::not_planned(context.regimen, &scope)
        });
    };
    let facts = facts(context);
    let asked_dose = |one: &Administration| {
        let label = one.key.named(context.regimen).drug();
        let of_half = move |(half, _): (Option<HalfDay>, Amount)| {
            let label = half.map_or_else(|| label.clone(), |half| format!("{label} {}", half.word()));
            (half, label)
        };
        let key = one.key.clone();
        let asked = way::figures_of(one).into_iter().map(of_half);
        asked.map(|(half, label)| AskedFigure::Dose(AskedDose { key: key.clone(), half, label })).collect::<Vec<_>>()
    };
    let date = first.date;
    let asked_doses = doses.iter().flat_map(|one| asked_dose(one));
    let entered = entered(context, &facts, (&cycle, day));
    let asked = facts.into_iter().map(AskedFigure::Fact).chain(asked_doses).collect();
    let ticks = doses.iter().map(|one| (one.key.clone(), looked_at(context, plan, one))).collect();
    Ok(VisitToVerify { cycle, word: context.regimen.cycle_word, day, date, asked, ticks, entered_by: people(&entered) })
}

/// What there is to be looked at of a dose: of one that is taken at home, no bag.
fn looked_at(context: &Context<'_>, plan: &Plan, one: &Administration) -> Vec<Looked> {
    let home = plan.drug_of(context.regimen, one).is_some_and(|drug| drug.home);
    let bag = |what: &Looked| !home || matches!(what, Looked::Route | Looked::Expiry);
    Looked::ALL.into_iter().filter(bag).collect()
}

/// The day that is meant where none is named.
const FIRST: i32 = 1;

/// Each name once.
fn people(entered: &[&HistoryEntry]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for item in entered {
        if !people.iter().any(|known| same_person(known, &item.entry.who)) {
            people.push(item.entry.who.clone());
        }
    }
    people
}

/// Why somebody may not check a visit: they entered figures of it.
pub fn may_verify(visit: &VisitToVerify, who: &str) -> Result<(), Finding> {
    let own = visit.entered_by.iter().find(|entered| same_person(entered, who));
    own.map_or(Ok(()), |own| Err(told::entered_it_self(visit, own, who)))
}

/// The measurements and results that doses are worked out from, of which something is on record.
fn facts(context: &Context<'_>) -> Vec<Fact> {
    let (known, needs) = (newest(context), dosing::needs(context.regimen));
    let asked = |fact: &Fact| match fact {
        Fact::Gfr => needs.contains(&Fact::Gfr) || needs.contains(&Fact::Creatinine),
        fact => needs.contains(fact),
    };
    let from_source = [Fact::Height, Fact::Weight, Fact::Creatinine, Fact::Gfr, Fact::Genotype, Fact::Lab];
    from_source.into_iter().filter(asked).filter(|fact| known.get(*fact).is_some()).collect()
}

/// The newest figure of each kind. A newer creatinine takes the place of an older measured kidney function.
fn newest(context: &Context<'_>) -> Subject {
    let mut known = context.folded.course.subject.clone();
    for one in context.folded.course.measured_until(context.now) {
        known.height = one.height.or(known.height);
        known.weight = one.weight.or(known.weight);
        known.creatinine = one.creatinine.or(known.creatinine);
        let stays = one.creatinine.is_none() || known.gfr == Some(Gfr::Dialysis);
        known.gfr = one.gfr.or(known.gfr.filter(|_| stays));
    }
    known
}

/// The entries that the figures of a visit rest on: the enrolment, the newest of each fact, the levels, what cleared it,
/// and every correction of these.
fn entered<'a>(context: &'a Context<'_>, facts: &[Fact], (cycle, day): (&CycleKey, i32)) -> Vec<&'a HistoryEntry> {
    let folded = context.folded;
    let newest = |fact: &Fact| {
        let says = |item: &&HistoryEntry| {
            let now = folded.now(item.entry.seq).map(|(_, event)| event.facts()).unwrap_or_default();
            now.iter().any(|value| value.fact() == *fact)
        };
        folded
            .history
            .iter()
            .filter(says)
            .max_by_key(|item| (folded.now(item.entry.seq).map(|(on, _)| on), item.entry.seq))
    };
    let rests = |item: &&HistoryEntry| match folded.now(item.entry.seq).map(|(_, event)| event) {
        Some(Event::Enrolled(_) | Event::Changed(_)) => true,
        Some(Event::Criteria(one)) => one.cycle == *cycle && one.day == day,
        _ => false,
    };
    let roots = facts.iter().filter_map(newest).chain(folded.history.iter().filter(rests));
    roots.flat_map(|item| correct::typed(context, item)).collect()
}

/// What the second person typed, beside what is on record.
pub(super) fn double_check(
    context: &Context<'_>,
    scope: &Scope,
    typed: &[TypedFigure],
    ticks: &[Ticked],
) -> Result<Draft, Finding> {
    let visit = visit_to_verify(context, scope)?;
    may_verify(&visit, context.who)?;
    let missing = not_typed(&visit, typed);
    if !missing.is_empty() {
        return Err(told::not_typed(&visit, &missing));
    }
    let known = newest(context);
    let beside = |asked| typed.iter().find_map(|typed| compared(context, &known, asked, typed));
    let figures = visit.asked.iter().filter_map(beside).collect();
    let asked = |one: &&Ticked| visit.ticks.iter().any(|(dose, what)| *dose == one.dose && what.contains(&one.what));
    let ticks = ticks.iter().filter(asked).cloned().collect();
    let checked = DoubleChecked { cycle: visit.cycle, day: visit.day, figures, ticks };
    Ok(Draft::one(context.now, Event::DoubleChecked(checked)).fact())
}

/// What is asked and was not typed.
pub fn not_typed<'v>(visit: &'v VisitToVerify, typed: &[TypedFigure]) -> Vec<&'v AskedFigure> {
    visit.asked.iter().filter(|asked| !typed.iter().any(|typed| typed.answers(asked))).collect()
}

/// A figure beside the one on record; `None` of another figure.
fn compared(context: &Context<'_>, known: &Subject, asked: &AskedFigure, typed: &TypedFigure) -> Option<Compared> {
    if !typed.answers(asked) {
        return None;
    }
    Some(match typed {
        TypedFigure::Dose(of, amount) => {
            let one = context.plan?.administrations.iter().find(|one| one.key == of.key)?;
            let (_, held) = way::figures_of(one).into_iter().find(|(half, _)| *half == of.half)?;
            // Grams are typed for milligrams, and are the same dose.
            let typed = amount.in_unit(held.unit).unwrap_or(*amount);
            let name = name_of_dose(of.half).to_owned();
            Compared { dose: Some(of.key.clone()), name, held: held.to_string(), typed: typed.to_string() }
        }
        TypedFigure::Fact(value) => {
            let text = |value: &Value| match value {
                Value::Genotype(text) => genotype::spelled(context.regimen, text),
                value => value.to_string(),
            };
            let fact = value.fact();
            Compared { dose: None, name: fact.name().to_owned(), held: text(&known.get(fact)?), typed: text(value) }
        }
    })
}
