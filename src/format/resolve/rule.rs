//! `[[rule]]`: tables of dose modifications, proved complete and free of overlap.

use std::ops::Range as Span;

use crate::format::codes;
use crate::format::definition::{
    ActionsDef, At, Definition, DrugDef, DrugsDef, RangeDef, RuleDef, RuleRowDef, Table, TextOr,
};
use crate::quantity::number::{self, shown};
use crate::quantity::{Decimal, Measured, Period};
use crate::regimen::completeness::{Fault, faults};
use crate::regimen::{Action, Base, LooksAt, Range, Rule, RuleRow};

use super::desk::{Desk, Place, text, texts};
use super::scope::no_drug;
use super::source::Book;
use super::{axes, dose, drug_id, ladder};

pub(super) fn rules(desk: &mut Desk, book: &mut Book, file: &Definition) -> Option<Vec<Rule>> {
    desk.each(&file.rule, |desk, def| rule(desk, book, file, def))
}

/// The versions of the grades that are known.
pub(super) const CTCAE: &[(&str, &str)] =
    &[("3.0", "3.0"), ("4.0", "4.0"), ("4.03", "4.03"), ("5.0", "5.0"), ("6.0", "6.0")];

/// The kind of a rule, before its unit is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Test,
    Grade,
    Event,
}

fn rule(desk: &mut Desk, book: &mut Book, file: &Definition, def: &Table<RuleDef>) -> Option<Rule> {
    let named = [(Kind::Test, &def.test), (Kind::Grade, &def.grade), (Kind::Event, &def.event)];
    let named: Vec<(Kind, &At<String>)> = named.iter().filter_map(|(kind, at)| Some((*kind, at.as_ref()?))).collect();
    let label = named.first().map_or("[[rule]]".to_owned(), |(_, at)| format!("rule {}", at.value));
    let place = Place::new(label, &def.span, "rule");
    let what = if let [one] = named.as_slice() { Some(*one) } else { one_thing(desk, def) };
    let ctcae = what.and_then(|(kind, _)| ctcae(desk, &place, def, kind));
    let drugs = drugs(desk, &place, file, def);
    if def.rows.is_empty() {
        desk.missing(&place, "rows", "rows = [{ below = \"1.5 10^9/L\", do = \"hold\" }, …]");
    }
    let mut unit = None;
    let rows = what.zip(drugs).and_then(|((kind, _), drugs)| {
        let scope = Scope { file, kind, drugs: &drugs };
        desk.each(&def.rows, |desk, row| self::row(desk, book, &place, scope, &mut unit, row))
    });
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    let (kind, name) = what?;
    let (rows, ctcae) = (rows?, ctcae?);
    let looks_at = match kind {
        Kind::Test => LooksAt::Test { unit: unit? },
        Kind::Grade => LooksAt::Grade { ctcae },
        Kind::Event => LooksAt::Event,
    };
    let rule = Rule {
        name: name.value.clone(),
        also: texts(def.also.as_ref()),
        looks_at,
        rows,
        note: text(def.note.as_ref()),
        provenance,
    };
    (!def.rows.is_empty() && proved(desk, &rule, def)).then_some(rule)
}

fn one_thing<T>(desk: &mut Desk, def: &Table<RuleDef>) -> Option<T> {
    if !["test", "grade", "event"].iter().any(|key| desk.was_pruned(&def.span, key)) {
        let text = "a rule looks at one thing, and this one names none, or several";
        let help = "write one of test = \"neutrophils\", grade = \"diarrhoea\", event = \"febrile neutropenia\"";
        desk.block(codes::ONE_OF, &def.span, text, help);
    }
    None
}

/// The version of the CTCAE, which a grade must name.
fn ctcae(desk: &mut Desk, place: &Place, def: &RuleDef, kind: Kind) -> Option<Option<String>> {
    match (&def.ctcae, kind) {
        (None, Kind::Grade) => {
            if !desk.was_pruned(&place.span, "ctcae") {
                let text = format!("{} speaks of grades and does not say of which version of the CTCAE", place.name);
                let help = "write ctcae = \"5.0\", or ctcae = \"unknown\" where no source says it";
                desk.block(codes::CTCAE, &place.span, text, help);
            }
            None
        }
        (Some(at), Kind::Grade) if at.value == super::UNKNOWN => Some(None),
        (Some(at), Kind::Grade) => desk.word(at, "version of the CTCAE", CTCAE).map(|version| Some(version.to_owned())),
        (Some(at), _) => {
            desk.block(codes::ONE_OF, &at.span, "`ctcae` belongs to a rule on a grade", "leave it out");
            None
        }
        (None, _) => Some(None),
    }
}

fn every(file: &Definition) -> impl Iterator<Item = &Table<DrugDef>> {
    file.drug.iter().chain(file.phase.iter().flat_map(|phase| &phase.drug))
}

/// The ids of all drugs of this id or name; told when there is none.
pub(super) fn ids(desk: &mut Desk, file: &Definition, at: &At<String>) -> Option<Vec<String>> {
    let by_id = every(file).map(|def| drug_id(def)).find(|id| *id == at.value);
    if let Some(id) = by_id {
        return Some(vec![id]);
    }
    let named = every(file).filter(|def| def.name.as_ref().is_some_and(|name| name.value == at.value));
    let mut ids: Vec<String> = named.map(|def| drug_id(def)).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        let names: Vec<String> = every(file).map(|def| drug_id(def)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        no_drug(desk, at, &shown(&at.value), &names);
        return None;
    }
    Some(ids)
}

/// The drugs a rule is about, where it says; a row may name its own.
fn drugs(desk: &mut Desk, place: &Place, file: &Definition, def: &RuleDef) -> Option<Vec<String>> {
    let each_row = def.rows.iter().all(|row| matches!(row.do_, Some(ActionsDef::Table(_))));
    match &def.drugs {
        None if each_row => Some(Vec::new()),
        None => {
            desk.missing(place, "drugs", "drugs = \"all\", or drugs = [\"irinotecan\"]");
            None
        }
        Some(DrugsDef::Text(at)) if at.value == "all" => {
            let treats = |def: &&Table<DrugDef>| def.role.as_ref().is_none_or(|role| role.value == "treatment");
            let mut ids: Vec<String> = every(file).filter(treats).map(|def| drug_id(def)).collect();
            ids.sort_unstable();
            ids.dedup();
            Some(ids)
        }
        Some(DrugsDef::Text(at)) => ids(desk, file, at),
        Some(DrugsDef::Table(list)) => {
            let each = desk.each(&list.value, |desk, at| ids(desk, file, at))?;
            Some(each.into_iter().flatten().collect())
        }
    }
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    file: &'a Definition,
    kind: Kind,
    drugs: &'a [String],
}

fn row(
    desk: &mut Desk,
    book: &mut Book,
    place: &Place,
    scope: Scope<'_>,
    unit: &mut Option<&'static str>,
    def: &Table<RuleRowDef>,
) -> Option<RuleRow> {
    let place = place.inner("rows", &def.span);
    let on = on(desk, &place, scope.kind, unit, def);
    let occurrence = desk.optional(def.occurrence.as_ref(), occurrence);
    let when = desk.optional(def.when.as_ref(), |desk, def| ladder::condition(desk, &place, def));
    let actions = desk.need(&place, "do", def.do_.as_ref(), "do = \"hold\"");
    let actions = actions.and_then(|actions| self::actions(desk, scope, actions));
    let until = desk.optional(def.until.as_ref(), |desk, def| {
        dose::ends(desk, &place, &def.value, &def.span, &mut |desk, at| figure(desk, scope.kind, unit, at))
    });
    let then = def.then.as_ref().map_or(Some(Vec::new()), |then| self::actions(desk, scope, then));
    let longest = desk.optional(def.longest.as_ref(), |desk, at| desk.read(at, Period::read));
    let if_longer = def.if_longer.as_ref().map_or(Some(Vec::new()), |actions| self::actions(desk, scope, actions));
    if let Some(source) = &def.source {
        book.declared(desk, source);
    }
    let with = [(&def.with, true), (&def.without, false)];
    let with = with.iter().filter_map(|(at, with)| Some((at.as_ref()?.value.clone(), *with))).collect();
    let actions = actions?;
    waits(desk, def, &actions)?;
    // A row that lost its range or its occurrence would be in the way of every other.
    if desk.lost_within(&def.span) {
        return None;
    }
    Some(RuleRow {
        on: on?,
        occurrence: occurrence?,
        with,
        when: when?.unwrap_or_default(),
        actions,
        until: until?,
        then: then?,
        longest: longest?,
        if_longer: if_longer?,
        source: text(def.source.as_ref()),
    })
}

/// `until`, `then` and `longest` belong to something that waits.
fn waits(desk: &mut Desk, def: &RuleRowDef, actions: &[(String, Action)]) -> Option<()> {
    let waits =
        actions.iter().any(|(_, action)| matches!(action, Action::Hold | Action::Delay | Action::Omit | Action::Ask));
    let spans = [
        ("until", def.until.as_ref().map(|table| table.span.clone())),
        ("then", def.then.as_ref().map(actions_span)),
        ("longest", def.longest.as_ref().map(|at| at.span.clone())),
    ];
    for (key, span) in spans {
        if let (Some(span), false) = (span, waits) {
            let text = format!("`{key}` says how a wait ends, and nothing waits in this row");
            desk.block(codes::ONE_OF, &span, text, "write do = \"hold\" or do = \"delay\", or leave it out");
            return None;
        }
    }
    match (&def.longest, &def.if_longer) {
        (None, Some(actions)) => {
            let text = "`if_longer` does not say longer than what";
            desk.block(codes::ONE_OF, &actions_span(actions), text, "add longest = \"28 days\"");
            None
        }
        _ => Some(()),
    }
}

fn actions_span(actions: &ActionsDef) -> Span<usize> {
    match actions {
        ActionsDef::Text(at) => at.span.clone(),
        ActionsDef::Table(at) => at.span.clone(),
    }
}

/// The range of a row; every value where it names none.
fn on(
    desk: &mut Desk,
    place: &Place,
    kind: Kind,
    unit: &mut Option<&'static str>,
    def: &RuleRowDef,
) -> Option<Option<Range>> {
    let ends = [&def.from, &def.above, &def.through, &def.below];
    let first = ends.into_iter().flatten().next();
    match (&def.is, first) {
        (Some(at), Some(_)) => {
            desk.block(codes::ONE_OF, &at.span, "`is` and a range say the value twice", "keep one of them");
            None
        }
        (Some(at), None) => {
            let value = figure(desk, kind, unit, at)?;
            Some(Some(Range { from: Some(value), through: Some(value), ..Range::default() }))
        }
        (None, None) => Some(None),
        (None, Some(_)) => {
            let range = RangeDef {
                from: def.from.clone(),
                through: def.through.clone(),
                below: def.below.clone(),
                above: def.above.clone(),
            };
            let reader: &mut dyn FnMut(&mut Desk, &At<String>) -> Option<Decimal> =
                &mut |desk, at| figure(desk, kind, unit, at);
            dose::ends(desk, place, &range, &place.span, reader).map(Some)
        }
    }
}

/// A laboratory figure, in the unit of the first.
pub(super) fn measured(desk: &mut Desk, unit: &mut Option<&'static str>, at: &At<String>) -> Option<Decimal> {
    let measured = desk.read(at, Measured::read)?;
    let first = *unit.get_or_insert(measured.unit);
    let value = measured.in_unit(first);
    if value.is_none() {
        let text = format!("\"{measured}\" stands beside a figure in {first}, into which it does not convert");
        desk.block(codes::RULE_UNITS, &at.span, text, "write every figure of a test in one unit");
    }
    value
}

/// A figure of what the rule looks at, in the unit of its first figure.
fn figure(desk: &mut Desk, kind: Kind, unit: &mut Option<&'static str>, at: &At<String>) -> Option<Decimal> {
    match kind {
        Kind::Test => measured(desk, unit, at),
        Kind::Grade => {
            let grade = at.value.strip_prefix("grade ").and_then(|grade| number::parse(grade).ok());
            let grade = grade.filter(|grade| grade.is_integer() && *grade <= Decimal::from(5));
            if grade.is_none() {
                let text = format!("\"{}\" is no grade", shown(&at.value));
                desk.block(codes::QUANTITY, &at.span, text, "write \"grade 3\"; grades go from 0 to 5");
            }
            grade
        }
        Kind::Event => {
            let text = "an event happens or does not: it has no range";
            desk.block(codes::ONE_OF, &at.span, text, "write test = … or grade = … instead of event");
            None
        }
    }
}

const NTH: &[(&str, u32)] = &[("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)];

/// `first`, `third or later`.
fn occurrence(desk: &mut Desk, at: &At<String>) -> Option<(u32, Option<u32>)> {
    let (word, open) = match at.value.strip_suffix(" or later") {
        Some(word) => (word, true),
        None => (at.value.as_str(), false),
    };
    let found = NTH.iter().find(|(nth, _)| *nth == word).map(|(_, nth)| (*nth, (!open).then_some(*nth)));
    if found.is_none() {
        let text = format!("\"{}\" does not say which occurrence", shown(&at.value));
        desk.block(codes::WORD, &at.span, text, "write \"first\", \"second\", \"third or later\" …");
    }
    found
}

fn actions(desk: &mut Desk, scope: Scope<'_>, def: &ActionsDef) -> Option<Vec<(String, Action)>> {
    let pairs: Vec<(String, Action, &At<String>)> = match def {
        ActionsDef::Text(at) => {
            let action = action(desk, at)?;
            scope.drugs.iter().map(|id| (id.clone(), action, at)).collect()
        }
        ActionsDef::Table(table) => {
            let entries: Vec<(&At<String>, &At<String>)> = table.value.iter().collect();
            let each = desk.each(&entries, |desk, (drug, at)| {
                let (ids, action) = (ids(desk, scope.file, drug), action(desk, at));
                let action = action?;
                Some(ids?.into_iter().map(|id| (id, action, *at)).collect::<Vec<_>>())
            })?;
            each.into_iter().flatten().collect()
        }
    };
    for (id, action, at) in &pairs {
        has_levels(desk, scope.file, id, *action, at)?;
    }
    Some(pairs.into_iter().map(|(id, action, _)| (id, action)).collect())
}

/// A drug whose level is lowered must have levels.
fn has_levels(desk: &mut Desk, file: &Definition, id: &str, action: Action, at: &At<String>) -> Option<()> {
    let levels = every(file).filter(|def| drug_id(def) == id).filter_map(|def| match &def.reduce {
        Some(TextOr::Table(reduce)) => reduce.to.as_ref().map(|list| list.value.len()),
        _ => None,
    });
    let levels = levels.max().or_else(|| every(file).find(|def| drug_id(def) == id && own_ladder(def)).map(|_| 99));
    let wanted = match action {
        Action::Down(down) => usize::try_from(down).ok()?,
        Action::Level(level) => usize::try_from(level.checked_neg()?).ok()?,
        _ => return Some(()),
    };
    if levels.is_some_and(|levels| levels >= wanted) || desk.lost(&["reduce", "to"]) {
        return Some(());
    }
    let text = format!("\"{}\" asks for {wanted} reduced doses of {id}, which lists {}", at.value, levels.unwrap_or(0));
    desk.block(codes::RULE_LEVEL, &at.span, text, "add the steps to `reduce` of the drug, or name a percentage");
    None
}

/// Whether a starting rule brings a ladder of its own.
fn own_ladder(def: &DrugDef) -> bool {
    def.start.as_ref().is_some_and(|list| list.value.iter().any(|start| start.reduce.is_some()))
        || def.table.as_ref().is_some_and(|list| list.value.iter().any(|row| row.reduce.is_some()))
}

const ACTIONS: &[(&str, Action)] = &[
    ("treat", Action::Treat),
    ("hold", Action::Hold),
    ("omit", Action::Omit),
    ("delay", Action::Delay),
    ("ask", Action::Ask),
    ("one level down", Action::Down(1)),
    ("two levels down", Action::Down(2)),
    ("stop this drug", Action::StopDrug),
    ("stop the regimen", Action::StopRegimen),
];

const BASES: &[Base] = &[Base::Protocol, Base::Starting, Base::Last];

fn action(desk: &mut Desk, at: &At<String>) -> Option<Action> {
    if let Some((_, action)) = ACTIONS.iter().find(|(word, _)| *word == at.value) {
        return Some(*action);
    }
    if let Some(level) = at.value.strip_prefix("level ").and_then(|level| level.parse::<i32>().ok())
        && (-20..=0).contains(&level)
    {
        return Some(Action::Level(level));
    }
    let (percent, base) = at.value.split_once(" of ").map_or((at.value.as_str(), None), |(p, base)| (p, Some(base)));
    if percent.trim_end().ends_with('%') {
        return share(desk, at, percent, base);
    }
    let words: Vec<&str> =
        ACTIONS.iter().map(|(word, _)| *word).chain(["level -1", "75 % of the protocol dose"]).collect();
    desk.no_word(at, "action", &words);
    None
}

/// A percentage, which must say of what.
fn share(desk: &mut Desk, at: &At<String>, percent: &str, base: Option<&str>) -> Option<Action> {
    let known = BASES.iter().find(|known| Some(known.words()) == base);
    let Some(base) = known else {
        let text = format!("\"{}\" does not say of what", shown(&at.value));
        let help = "write \"75 % of the protocol dose\", \"… of the starting dose\" or \"… of the last dose\"";
        desk.block(codes::PERCENT, &at.span, text, help);
        return None;
    };
    let part = At { value: percent.to_owned(), span: at.span.clone() };
    desk.percent(&part).map(|percent| Action::Percent(percent, *base))
}

/// Tells every value that is in no row, or in two. Returns whether there is none.
fn proved(desk: &mut Desk, rule: &Rule, def: &Table<RuleDef>) -> bool {
    let (axes, asks) = axes::of_rule(rule);
    let faults = faults(&axes, &asks);
    for fault in &faults {
        match fault {
            Fault::Gap(value) => {
                let text = format!("{value} is in no row of this rule");
                desk.block(
                    codes::GAP,
                    &def.span,
                    text,
                    "add a row, or widen one; do = \"treat\" says that nothing follows",
                );
            }
            Fault::Overlap(first, second, value) => {
                let span = def.rows.get(*second).map_or(def.span.clone(), |row| row.span.clone());
                let text = format!("{value} is in rows {} and {} of this rule", first + 1, second + 1);
                desk.block(
                    codes::OVERLAP,
                    &span,
                    text,
                    "end one row where the other begins: `below` leaves out what `from` takes in",
                );
            }
            Fault::TooMany => {
                let text = "this rule has more combinations than can be looked at";
                desk.block(codes::BOUNDS, &def.span, text, "divide it into several rules");
            }
        }
    }
    faults.is_empty()
}
