//! Which fields an act has, filled in as far as the plan knows.

use crate::calendar::{self, Date};
use crate::course::Text;
use crate::course::event::Event;
use crate::dosing::needs;
use crate::plan::{Administration, AdministrationState, PlannedCycle};
use crate::regimen::Regimen;
use crate::subject::{Fact, Value};

use super::act::{Act, ActField, ActView, Is};
use super::{Dossier, more};

const DATE: &str = "such as today, yesterday, 7dec, 2026-12-07";
const REASON: &str = "why, in a few words; nothing personal";

/// Where the plan stands: the day under the cursor, and today.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub dossier: &'a Dossier,
    pub cursor: Date,
    pub today: Date,
    pub who: &'a str,
}

/// The screen of an act.
pub fn view(act: Act, place: Place<'_>) -> ActView {
    let mut fields = match &act {
        Act::Enrol => return enrolment(place.who),
        Act::Give => give(place),
        Act::Hold | Act::Omit => [scope(place), vec![reason("Reason")]].concat(),
        Act::Delay => delay(place),
        Act::Level => level(place),
        Act::Measure => measure(place),
        Act::Criteria => vec![
            cycle(place),
            ActField::new(Is::Met, "Met", "y when all are met, n when one is not"),
            ActField::new(Is::Text, "Found", "such as neutrophils 1.9, platelets 140"),
        ],
        Act::Stop => vec![date("Last day", place.today), reason("Reason")],
        Act::Note => vec![ActField::new(Is::Text, "Remark", "nothing personal")],
        Act::Expose => more::expose_fields(place),
        Act::Supply => more::supply_fields(place),
        Act::Move => more::move_fields(place),
        Act::Check(entry) => more::check_fields(place, *entry),
        Act::Undo(_) => vec![reason("Reason")],
        Act::Correct(entry) => [corrected(place, *entry), vec![reason("Why it was wrong")]].concat(),
    };
    // A check is a second person's: their name is not filled in.
    fields.push(who(if matches!(act, Act::Check(_)) { "" } else { place.who }));
    ActView::new(act, fields)
}

/// The screen of an enrolment.
pub fn enrolment(name: &str) -> ActView {
    let code = ActField::new(Is::Subject, "Subject code", "the study's code, such as S-014; never a name");
    ActView::new(Act::Enrol, vec![code, who(name)])
}

fn who(name: &str) -> ActField {
    ActField::new(Is::Who, "Who records", "your name or initials").with(name)
}

pub(super) fn reason(label: &str) -> ActField {
    ActField::new(Is::Reason, label, REASON)
}

pub(super) fn date(label: &str, day: Date) -> ActField {
    ActField::new(Is::Date, label, DATE).with(calendar::print(day))
}

/// The visit under the cursor; else the next one on the plan that is open.
fn visit(place: Place<'_>) -> Vec<&Administration> {
    let Some(planned) = &place.dossier.0.planned else { return Vec::new() };
    let all = &planned.plan.administrations;
    let open =
        |one: &&Administration| matches!(one.state, AdministrationState::Projected | AdministrationState::Held(_));
    let here = all.iter().find(|one| one.date == place.cursor && open(one));
    let Some(first) = here.or_else(|| all.iter().find(open)) else { return Vec::new() };
    let same = |one: &&Administration| {
        (one.phase, one.key.cycle, one.key.day) == (first.phase, first.key.cycle, first.key.day) && open(one)
    };
    all.iter().filter(same).collect()
}

fn give(place: Place<'_>) -> Vec<ActField> {
    let visit = visit(place);
    let Some(first) = visit.first() else {
        return vec![ActField::new(
            Is::Cycle,
            "Cycle",
            "the plan has no open dose; `subject given` on the command line records one outside it",
        )];
    };
    let mut fields = vec![date("Given on", first.date.min(place.today))];
    fields.extend(key_fields(first));
    for one in &visit {
        let part = one.key.part.map(|part| part.to_string());
        let label = part.as_ref().map_or_else(|| one.key.drug.clone(), |part| format!("{} {part}", one.key.drug));
        let is = Is::Dose { drug: one.key.drug.clone(), part };
        let hint = "as planned; another dose; \"80 mg part\" when only a part went in; empty when not given";
        fields.push(ActField::new(is, label, hint).with(one.dose.amount.write()).maybe());
    }
    fields.push(reason("Reason").maybe());
    fields
}

/// Phase, cycle and day of a visit, filled in.
pub(super) fn key_fields(one: &Administration) -> Vec<ActField> {
    let mut fields = Vec::new();
    if let Some(phase) = &one.key.phase {
        fields.push(ActField::new(Is::Phase, "Phase", "as the regimen names it").with(phase.clone()));
    }
    fields.push(ActField::new(Is::Cycle, "Cycle", "its number").with(one.key.cycle.to_string()));
    fields.push(ActField::new(Is::Day, "Day of cycle", "its number").with(one.key.day.to_string()));
    fields
}

fn scope(place: Place<'_>) -> Vec<ActField> {
    let mut fields = visit(place).first().map_or_else(|| vec![cycle(place)], |one| key_fields(one));
    for field in fields.iter_mut().filter(|field| field.is == Is::Day) {
        field.optional = true;
        field.hint = "empty means the whole cycle";
    }
    fields.push(ActField::new(Is::Drug, "Drug", "empty means every drug").maybe());
    fields
}

/// The first cycle of which nothing is on record; else the last.
fn next_cycle(place: Place<'_>) -> Option<&PlannedCycle> {
    let planned = place.dossier.0.planned.as_ref()?;
    let folded = &place.dossier.0.opened.folded;
    planned.plan.cycles.iter().find(|cycle| !folded.touched(&cycle.key())).or(planned.plan.cycles.last())
}

fn cycle(place: Place<'_>) -> ActField {
    let number = next_cycle(place).map_or_else(String::new, |cycle| cycle.number.to_string());
    ActField::new(Is::Cycle, "Cycle", "its number").with(number)
}

fn phase(place: Place<'_>) -> Option<ActField> {
    let id = next_cycle(place)?.phase_id.clone()?;
    Some(ActField::new(Is::Phase, "Phase", "as the regimen names it").with(id))
}

fn delay(place: Place<'_>) -> Vec<ActField> {
    let days = ActField::new(Is::Days, "Days later", "after its planned day 1, in all: 7; or the new date");
    let required = ActField::new(
        Is::Required,
        "Per protocol",
        "y for criteria or toxicity: then no window is missed; n otherwise",
    );
    let mut fields: Vec<ActField> = phase(place).into_iter().collect();
    fields.extend([cycle(place), days, required, reason("Reason")]);
    fields
}

fn level(place: Place<'_>) -> Vec<ActField> {
    let regimen = &place.dossier.0.opened.regimen;
    let drug =
        regimen.drugs().find(|drug| drug.dosing.ladder.is_some()).map_or_else(String::new, |drug| drug.id.clone());
    let mut fields: Vec<ActField> = phase(place).into_iter().collect();
    let mut from = cycle(place);
    "From cycle".clone_into(&mut from.label);
    fields.extend([
        ActField::new(Is::Drug, "Drug", "its name in the regimen").with(drug),
        ActField::new(Is::Level, "Level or percent", "-1 for one level down, or 75%"),
        from,
        reason("Reason"),
    ]);
    fields
}

fn measure(place: Place<'_>) -> Vec<ActField> {
    let facts = [Fact::Weight, Fact::Height, Fact::Creatinine, Fact::Gfr].map(|fact| fact_field(fact).maybe());
    facts.into_iter().chain([date("Measured on", place.today), again()]).collect()
}

/// An empty field of a fact.
pub(super) fn fact_field(fact: Fact) -> ActField {
    let described = fact.described();
    ActField::new(Is::Fact(fact), described.label, described.hint)
}

fn again() -> ActField {
    ActField::new(Is::Again, "Weight again", "measured and typed once more, where a message questions it").maybe()
}

/// The facts of an entry that may be typed over: those it holds, and those that such an entry may hold.
fn correctable(regimen: &Regimen, event: &Event, held: &[Value]) -> Vec<Fact> {
    let measured = [Fact::Weight, Fact::Height, Fact::Creatinine, Fact::Gfr];
    let Event::Enrolled(_) = event else { return measured.to_vec() };
    let known = |fact: Fact| held.iter().any(|value| value.fact() == fact);
    let asked = |fact: Fact| match fact {
        Fact::Sex | Fact::Age => true,
        Fact::Genotype => known(fact) || needs(regimen).contains(&fact),
        Fact::Cohort => !regimen.cohorts.is_empty(),
        date if Fact::REFERENCE_DATES.contains(&date) => known(date) || regimen.reference_dates().contains(&date),
        Fact::Start | Fact::Born => false, // the first day has a field of its own; the birth is typed as the age
        other => known(other) && !measured.contains(&other),
    };
    measured.into_iter().chain(Fact::ALL.iter().copied().filter(|fact| asked(*fact))).collect()
}

/// What the entry says, to be typed over.
fn corrected(place: Place<'_>, entry: u64) -> Vec<ActField> {
    let Some((on, event)) = place.dossier.entry(entry) else { return Vec::new() };
    let text = |value: Option<String>| value.unwrap_or_default();
    let field = |is, label, hint, value: String| ActField::new(is, label, hint).with(value).maybe();
    let mut fields = match event {
        // An enrolment is on the day it was typed; what it fixes is day 1.
        Event::Enrolled(one) => vec![fact_field(Fact::Start).with(calendar::print(one.start))],
        _ => vec![date("Date", on)],
    };
    match event {
        Event::Given(one) => {
            let is = Is::Dose { drug: one.key.drug.clone(), part: None };
            fields.push(field(is, "Dose", "such as 123 mg", one.dose.write()));
        }
        Event::Measured(_) | Event::Enrolled(_) => {
            let regimen = &place.dossier.0.opened.regimen;
            let held = event.facts();
            for fact in correctable(regimen, event, &held) {
                let said = held.iter().find(|value| value.fact() == fact).map(ToString::to_string);
                fields.push(fact_field(fact).with(text(said)).maybe());
                fields.extend((fact == Fact::Weight).then(again));
            }
        }
        Event::Delayed(one) => fields.push(field(Is::Days, "Days later", "in all", one.days.to_string())),
        Event::Changed(one) => {
            let level = one.level.map(|level| level.to_string());
            let percent = one.percent.map(|percent| format!("{}%", crate::quantity::number::plain(percent)));
            fields.push(field(Is::Level, "Level or percent", "-1, or 75%", text(level.or(percent))));
        }
        _ => {}
    }
    if let Some(said) = event.reason() {
        fields.push(field(Is::Text, "Its reason", REASON, said.to_owned()));
    }
    fields
}
