//! Which fields an act has, filled in as far as the plan knows.

use crate::calendar::{self, Date, Site};
use crate::course::event::Event;
use crate::course::{Key, Text};
use crate::decide::Scope;
use crate::dosing::needs;
use crate::plan::{Administration, AdministrationState, PlannedCycle};
use crate::regimen::{CycleWord, Regimen};
use crate::subject::{Fact, Value};
use crate::tui::field::TextField;

use super::act::{Act, ActField, ActView, FieldKind};
use super::{OpenSubject, more, reasons, visit};

const DATE: &str = "such as today, yesterday, 7dec, 2026-12-07";
const REASON: &str = "why, in a few words; nothing personal";

/// Where the plan stands: the day under the cursor, and today.
#[derive(Debug, Clone, Copy)]
pub struct FormStart<'a> {
    pub subject: &'a OpenSubject,
    pub cursor: Date,
    pub today: Date,
    pub who: &'a str,
    pub site: &'a Site,
}

impl FormStart<'_> {
    /// What the trial calls a cycle.
    pub(super) fn word(&self) -> CycleWord {
        self.subject.0.opened.regimen.cycle_word
    }
}

/// The screen of an act.
pub fn view(act: Act, start: FormStart<'_>) -> ActView {
    let mut fields = match &act {
        Act::Enrol => return enrolment(start.who, false),
        Act::Give => give(start),
        Act::Hold => [scope(start), vec![reason("Why")]].concat(),
        Act::Omit => [scope(start), vec![missed(), reason("Why")]].concat(),
        Act::Delay => delay(start),
        Act::Level => level(start),
        Act::Measure => measure(start),
        Act::Criteria => criteria(start),
        Act::Verify(of) => return ActView::new(act.clone(), visit::fields(start.subject, start.site, start.today, of)),
        Act::Prepare => prepare(start),
        Act::Stop => vec![one_drug("empty ends all treatment"), date("Last day", start.today), reason("Reason")],
        Act::Note => more::note_fields(start),
        Act::Expose => more::expose_fields(start),
        Act::Supply => more::supply_fields(start),
        Act::Move => more::move_fields(start),
        Act::Check(entry) => more::check_fields(start, *entry),
        Act::Undo(_) | Act::Redact(_) => vec![reason("Why")],
        Act::Correct(entry) => [corrected(start, *entry), vec![reason("Why it was wrong")]].concat(),
    };
    for field in fields.iter_mut().filter(|field| field.kind == FieldKind::Reason) {
        field.hint = reasons::hint(&act).unwrap_or(field.hint);
    }
    // A check is a second person's: their name is not filled in.
    fields.push(who(if matches!(act, Act::Check(_)) { "" } else { start.who }));
    ActView::new(act, fields)
}

/// The screen of an enrolment; of a subject with a weight it asks where that is from.
pub fn enrolment(name: &str, weighed: bool) -> ActView {
    let code = ActField::new(FieldKind::Subject, "Subject code", "the study's code, such as S-014; never a name");
    let from = weighed.then(|| fact_field(Fact::WeightFrom).maybe());
    ActView::new(Act::Enrol, [code, who(name)].into_iter().chain(from).collect())
}

fn who(name: &str) -> ActField {
    // The next person types over the last one's name.
    let field = ActField::new(FieldKind::Who, "Who records", "your name or initials: a typed name, not a signature");
    ActField { text: TextField::offered(name), ..field }
}

pub(super) fn reason(label: &str) -> ActField {
    ActField::new(FieldKind::Reason, label, REASON)
}

pub(super) fn date(label: &str, day: Date) -> ActField {
    ActField::new(FieldKind::Date, label, DATE).with(calendar::print(day))
}

/// The visit under the cursor; else the next one on the plan that is open.
fn visit_of(start: FormStart<'_>) -> Vec<&Administration> {
    let Some(planned) = &start.subject.0.planned else { return Vec::new() };
    let all = &planned.plan.administrations;
    let open =
        |one: &&Administration| matches!(one.state, AdministrationState::Projected | AdministrationState::Held(_));
    let here = all.iter().find(|one| one.date == start.cursor && open(one));
    // On a day on which nothing begins it is the visit that came before it, such as that of a pump that ends.
    let before = || all.iter().filter(open).rfind(|one| one.date <= start.cursor);
    let Some(first) = here.or_else(before).or_else(|| all.iter().find(open)) else { return Vec::new() };
    let same = |one: &&Administration| {
        (one.phase, one.key.cycle, one.key.day) == (first.phase, first.key.cycle, first.key.day) && open(one)
    };
    all.iter().filter(same).collect()
}

fn give(start: FormStart<'_>) -> Vec<ActField> {
    let visit = visit_of(start);
    let Some(first) = visit.first() else {
        return vec![ActField::new(
            FieldKind::Cycle,
            start.word().title(),
            "the plan has no open dose; `subject given` on the command line records one outside it",
        )];
    };
    given_fields(start.subject, first, &visit, start.today)
}

/// The fields of one visit: its day, and each dose as planned.
fn given_fields(
    subject: &OpenSubject,
    first: &Administration,
    visit: &[&Administration],
    today: Date,
) -> Vec<ActField> {
    let regimen = &subject.0.opened.regimen;
    let mut fields = vec![given_on(first.date, today)];
    fields.extend(key_fields(regimen.cycle_word, first));
    for one in visit {
        let part = one.key.part.map(|part| part.to_string());
        let label = one.key.named(regimen).drug();
        let kind = FieldKind::Dose { drug: one.key.drug.clone(), part };
        let hint = "as planned; another dose; \"80 mg part\" when only a part went in; empty when not given";
        fields.push(ActField::new(kind, label, hint).with(one.dose.amount.write()).maybe());
    }
    fields.push(reason("Why").maybe());
    for one in visit {
        let part = one.key.part.map(|part| part.to_string());
        let label = format!("Lot {}", one.key.named(regimen).drug());
        fields.push(product(&label, &one.key.drug, part.clone()));
        let label = format!("Hours {}", one.key.named(regimen).drug());
        fields.push(times(&label, &one.key.drug, part));
    }
    fields
}

/// The day on which doses were given. Where the planned one has passed, it is an offer that is typed over.
fn given_on(planned: Date, today: Date) -> ActField {
    let mut field = date("Given on", planned.min(today));
    if planned < today {
        field.text = TextField::offered(calendar::print(planned));
        field.hint = "the planned day, which has passed: type the day on which it was given, or leave it";
    }
    field
}

/// The visit that is typed: its phase, cycle and day.
fn typed_visit(view: &ActView) -> Option<(Option<String>, u32, i32)> {
    let phase = Some(view.text(&FieldKind::Phase).to_owned()).filter(|text| !text.is_empty());
    Some((phase, view.text(&FieldKind::Cycle).parse().ok()?, view.text(&FieldKind::Day).parse().ok()?))
}

/// The doses follow the visit that is typed: those of another cycle or day are never left standing. Whether there are any.
pub(super) fn follow_visit(view: &mut ActView, subject: &OpenSubject, today: Date) -> bool {
    let Some(typed) = typed_visit(view) else { return true };
    let shown = |view: &ActView| view.fields.iter().any(|field| matches!(field.kind, FieldKind::Dose { .. }));
    if view.of.as_ref() == Some(&typed) {
        return shown(view);
    }
    let begun = view.of.replace(typed.clone()).is_some();
    // The form was just opened, on this very visit.
    if !begun && shown(view) {
        return true;
    }
    let planned = subject.0.planned.as_ref();
    let all = planned.iter().flat_map(|planned| &planned.plan.administrations);
    let this = |one: &&Administration| (&one.key.phase, one.key.cycle, one.key.day) == (&typed.0, typed.1, typed.2);
    let (open, done): (Vec<&Administration>, Vec<&Administration>) = all
        .filter(this)
        .partition(|one| matches!(one.state, AdministrationState::Projected | AdministrationState::Held(_)));
    // Of a visit that was given already a second dose can be recorded, which is asked about.
    let visit = if open.is_empty() { done } else { open };
    let focus = view.fields.get(view.focus).map(|field| field.kind.clone());
    let of_visit = |field: &ActField| {
        matches!(
            field.kind,
            FieldKind::Dose { .. } | FieldKind::Product { .. } | FieldKind::Times { .. } | FieldKind::Date
        )
    };
    let fresh = visit.first().map(|first| given_fields(subject, first, &visit, today)).unwrap_or_default();
    let (mut kept, who): (Vec<ActField>, Vec<ActField>) =
        view.fields.drain(..).filter(|field| !of_visit(field)).partition(|field| {
            matches!(field.kind, FieldKind::Phase | FieldKind::Cycle | FieldKind::Day | FieldKind::Reason)
        });
    for field in fresh {
        match kept.iter().position(|known| known.kind == field.kind) {
            Some(at) => view.fields.push(kept.remove(at)),
            None => view.fields.push(field),
        }
    }
    view.fields.extend(kept.into_iter().chain(who));
    view.focus = focus.and_then(|kind| view.fields.iter().position(|field| field.kind == kind)).unwrap_or(0);
    !visit.is_empty()
}

/// The kit and the lot of what is given or handed out.
pub(super) fn product(label: &str, drug: &str, part: Option<String>) -> ActField {
    let hint = "such as kit 1023 lot AB1234, or the lot alone; empty where nobody noted it";
    ActField::new(FieldKind::Product { drug: drug.to_owned(), part }, label, hint).maybe()
}

/// When what is given was begun and when it ended.
pub(super) fn times(label: &str, drug: &str, part: Option<String>) -> ActField {
    let hint =
        "begun and ended: 09:30 to 11:00, 09:30 to 09-Dec-2026 07:30, or 09:30 alone; empty where nobody noted it";
    ActField::new(FieldKind::Times { drug: drug.to_owned(), part }, label, hint).maybe()
}

/// Phase, cycle and day of a visit, filled in.
pub(super) fn key_fields(word: CycleWord, one: &Administration) -> Vec<ActField> {
    let mut fields = Vec::new();
    if let Some(phase) = &one.key.phase {
        fields.push(ActField::new(FieldKind::Phase, "Phase", "as the regimen names it").with(phase.clone()));
    }
    fields.push(ActField::new(FieldKind::Cycle, word.title(), "its number").with(one.key.cycle.to_string()));
    let of = format!("Day of {}", word.one());
    fields.push(ActField::new(FieldKind::Day, of, "its number").with(one.key.day.to_string()));
    fields
}

/// The visit under the cursor, or the next one that is open.
pub fn open_visit(start: FormStart<'_>) -> Option<Scope> {
    let Key { phase, cycle, day, .. } = visit_of(start).first()?.key.clone();
    Some(Scope { phase, cycle, day: Some(day), drug: None, part: None })
}

fn criteria(start: FormStart<'_>) -> Vec<ActField> {
    let mut fields = visit_of(start).first().map_or_else(|| vec![cycle(start)], |one| key_fields(start.word(), one));
    fields.push(ActField::new(FieldKind::Met, "Met", "y when all are met, n when one is not"));
    fields.push(ActField::new(FieldKind::Text, "Found", "such as neutrophils 1.9, platelets 140"));
    fields
}

fn prepare(start: FormStart<'_>) -> Vec<ActField> {
    let rest = [date("Prepared on", start.today), product("Kit, lot", "", None), reason("Remark").maybe()];
    scope(start).into_iter().chain(rest).collect()
}

fn scope(start: FormStart<'_>) -> Vec<ActField> {
    let mut fields = visit_of(start).first().map_or_else(|| vec![cycle(start)], |one| key_fields(start.word(), one));
    for field in fields.iter_mut().filter(|field| field.kind == FieldKind::Day) {
        field.optional = true;
        field.hint = "empty means every day of it";
    }
    fields.push(one_drug("empty means every drug"));
    fields
}

/// A drug, or none.
fn one_drug(hint: &'static str) -> ActField {
    ActField::new(FieldKind::Drug, "Drug", hint).maybe()
}

/// The first cycle of which nothing is on record; else the last.
fn next_cycle(start: FormStart<'_>) -> Option<&PlannedCycle> {
    let planned = start.subject.0.planned.as_ref()?;
    let folded = &start.subject.0.opened.folded;
    planned.plan.cycles.iter().find(|cycle| !folded.touched(&cycle.key())).or(planned.plan.cycles.last())
}

fn cycle(start: FormStart<'_>) -> ActField {
    let number = next_cycle(start).map_or_else(String::new, |cycle| cycle.number.to_string());
    ActField::new(FieldKind::Cycle, start.word().title(), "its number").with(number)
}

fn phase(start: FormStart<'_>) -> Option<ActField> {
    let id = next_cycle(start)?.phase_id.clone()?;
    Some(ActField::new(FieldKind::Phase, "Phase", "as the regimen names it").with(id))
}

fn missed() -> ActField {
    let help = "y where it was due and nobody gave or took it; n where it was decided";
    ActField::new(FieldKind::Missed, "Missed", help).with("n".to_owned())
}

fn delay(start: FormStart<'_>) -> Vec<ActField> {
    let days = ActField::new(FieldKind::Days, "Days later", "after its planned day 1, in all: 7; or the new date");
    let required = ActField::new(
        FieldKind::Required,
        "Per protocol",
        "y for criteria or toxicity: then no window is missed; n otherwise",
    );
    let mut fields: Vec<ActField> = phase(start).into_iter().collect();
    fields.extend([cycle(start), days, required, reason("Why")]);
    fields
}

fn level(start: FormStart<'_>) -> Vec<ActField> {
    let regimen = &start.subject.0.opened.regimen;
    let mut reduced = regimen.drugs().filter(|drug| drug.dosing.ladders().next().is_some());
    let drug = reduced.next().map_or_else(String::new, |drug| regimen.name_of(&drug.id, None, 1));
    let mut fields: Vec<ActField> = phase(start).into_iter().collect();
    let mut from = cycle(start);
    from.label = format!("From {}", start.word().one());
    fields.extend([
        ActField::new(FieldKind::Drug, "Drug", "its name in the regimen").with(drug),
        ActField::new(FieldKind::Level, "Level or percent", "-1 for one level down, or 75%"),
        from,
        reason("Why"),
    ]);
    fields
}

fn measure(start: FormStart<'_>) -> Vec<ActField> {
    let facts = [Fact::Weight, Fact::Height, Fact::Creatinine, Fact::Gfr].map(|fact| fact_field(fact).maybe());
    facts.into_iter().chain([date("Measured on", start.today), fact_field(Fact::WeightFrom).maybe()]).collect()
}

/// An empty field of a fact.
pub(super) fn fact_field(fact: Fact) -> ActField {
    let described = fact.described();
    ActField::new(FieldKind::Fact(fact), described.label, described.hint)
}

/// The facts of an entry that may be typed over: those it holds, and those that such an entry may hold.
fn correctable(regimen: &Regimen, event: &Event, held: &[Value]) -> Vec<Fact> {
    let measured = [Fact::Weight, Fact::Height, Fact::Creatinine, Fact::Gfr];
    let known = |fact: Fact| held.iter().any(|value| value.fact() == fact);
    let figures = measured.into_iter().chain(known(Fact::Weight).then_some(Fact::WeightFrom));
    let Event::Enrolled(_) = event else { return figures.collect() };
    let asked = |fact: Fact| match fact {
        Fact::Sex | Fact::Age => true,
        Fact::Genotype => known(fact) || needs(regimen).contains(&fact),
        Fact::Cohort => !regimen.cohorts.is_empty(),
        date if Fact::REFERENCE_DATES.contains(&date) => known(date) || regimen.reference_dates().contains(&date),
        Fact::At => known(fact) || regimen.counts_hours(),
        // The first day has a field of its own; the birth is typed as the age; the source stands with the figures.
        Fact::Start | Fact::Born | Fact::WeightFrom => false,
        other => known(other) && !measured.contains(&other),
    };
    figures.chain(Fact::ALL.iter().copied().filter(|fact| asked(*fact))).collect()
}

/// What the entry says, to be typed over.
fn corrected(start: FormStart<'_>, entry: u64) -> Vec<ActField> {
    let Some((on, event)) = start.subject.entry(entry) else { return Vec::new() };
    let text = |value: Option<String>| value.unwrap_or_default();
    let field = |kind, label, hint, value: String| ActField::new(kind, label, hint).with(value).maybe();
    let mut fields = match event {
        // An enrolment is on the day it was typed; what it fixes is day 1.
        Event::Enrolled(one) => vec![fact_field(Fact::Start).with(calendar::print(one.start))],
        _ => vec![date("Date", on)],
    };
    if let Event::Enrolled(one) = event {
        fields.push(field(FieldKind::Study, "Study", "its code", text(one.study.clone())));
        fields.push(field(FieldKind::Site, "Site", "as the study names it", text(one.site.clone())));
    }
    match event {
        Event::Given(one) => {
            let kind = FieldKind::Dose { drug: one.key.drug.clone(), part: None };
            fields.push(field(kind, "Dose", "such as 123 mg", one.dose.write()));
            fields.push(product("Kit, lot", "", None).with(one.product.to_string()));
            fields.push(times("Begun, ended", "", None).with(one.times.to_string()));
        }
        Event::Supply(one) => fields.push(product("Kit, lot", "", None).with(one.product.to_string())),
        Event::Measured(_) | Event::Enrolled(_) => {
            let regimen = &start.subject.0.opened.regimen;
            let held = event.facts();
            for fact in correctable(regimen, event, &held) {
                let said = held.iter().find(|value| value.fact() == fact).map(Value::typed);
                fields.push(fact_field(fact).with(text(said)).maybe());
            }
        }
        Event::Delayed(one) => fields.push(field(FieldKind::Days, "Days later", "in all", one.days.to_string())),
        Event::Changed(one) => {
            let level = one.level.map(|level| level.to_string());
            let percent = one.percent.map(|percent| format!("{}%", crate::quantity::number::plain(percent)));
            fields.push(field(FieldKind::Level, "Level or percent", "-1, or 75%", text(level.or(percent))));
        }
        _ => {}
    }
    if let Some(said) = event.reason() {
        fields.push(field(FieldKind::Text, "Its reason", REASON, said.to_owned()));
    }
    fields
}
