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

use super::resolver::{Read, Resolver, TablePath, text, texts};
use super::scope::no_drug;
use super::source::Book;
use super::{days, dose, drug_id, ladder, table_axes};

pub(super) fn rules(resolver: &mut Resolver, book: &mut Book, file: &Definition) -> Option<Vec<Rule>> {
    resolver.each(&file.rule, |resolver, def| rule(resolver, book, file, def))
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

fn rule(resolver: &mut Resolver, book: &mut Book, file: &Definition, def: &Table<RuleDef>) -> Option<Rule> {
    let named = [(Kind::Test, &def.test), (Kind::Grade, &def.grade), (Kind::Event, &def.event)];
    let named: Vec<(Kind, &At<String>)> = named.iter().filter_map(|(kind, at)| Some((*kind, at.as_ref()?))).collect();
    let label = named.first().map_or("[[rule]]".to_owned(), |(_, at)| format!("rule {}", at.value));
    let place = TablePath::new(label, &def.span, "rule");
    let what = if let [one] = named.as_slice() { Some(*one) } else { one_thing(resolver, def) };
    let ctcae = what.and_then(|(kind, _)| ctcae(resolver, &place, def, kind));
    let drugs = drugs(resolver, &place, file, def);
    let days = resolver.optional(def.days.as_ref(), days::plain_days);
    if def.rows.is_empty() {
        resolver.missing(&place, "rows", "rows = [{ below = \"1.5 10^9/L\", do = \"hold\" }, …]");
    }
    let mut unit = None;
    let rows = what.zip(drugs).and_then(|((kind, _), drugs)| {
        let scope = Scope { file, kind, drugs: &drugs };
        resolver.each(&def.rows, |resolver, row| self::row(resolver, book, &place, scope, &mut unit, row))
    });
    let provenance = book.table(resolver, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    let (kind, name) = what?;
    let (rows, ctcae, days) = (rows?, ctcae?, days?.unwrap_or_default());
    let looks_at = match kind {
        Kind::Test => LooksAt::Test { unit: unit? },
        Kind::Grade => LooksAt::Grade { ctcae },
        Kind::Event => LooksAt::Event,
    };
    let rule = Rule {
        name: name.value.clone(),
        also: texts(def.also.as_ref()),
        looks_at,
        days,
        rows,
        note: text(def.note.as_ref()),
        provenance,
    };
    (!def.rows.is_empty() && proved(resolver, &rule, def)).then_some(rule)
}

fn one_thing<T>(resolver: &mut Resolver, def: &Table<RuleDef>) -> Option<T> {
    if !["test", "grade", "event"].iter().any(|key| resolver.already_reported(&def.span, key)) {
        let text = "a rule looks at one thing, and this one names none, or several";
        let help = "write one of test = \"neutrophils\", grade = \"diarrhoea\", event = \"febrile neutropenia\"";
        resolver.block(codes::ONE_OF, &def.span, text, help);
    }
    None
}

/// The version of the CTCAE, which a grade must name.
fn ctcae(resolver: &mut Resolver, place: &TablePath, def: &RuleDef, kind: Kind) -> Read<Option<String>> {
    match (&def.ctcae, kind) {
        (None, Kind::Grade) => {
            if !resolver.already_reported(&place.span, "ctcae") {
                let text = format!("{} speaks of grades and does not say of which version of the CTCAE", place.name);
                let help = "write ctcae = \"5.0\", or ctcae = \"unknown\" where no source says it";
                resolver.block(codes::CTCAE, &place.span, text, help);
            }
            None
        }
        (Some(at), Kind::Grade) if at.value == super::UNKNOWN => Some(None),
        (Some(at), Kind::Grade) => {
            resolver.word(at, "version of the CTCAE", CTCAE).map(|version| Some(version.to_owned()))
        }
        (Some(at), _) => {
            resolver.block(codes::ONE_OF, &at.span, "`ctcae` belongs to a rule on a grade", "leave it out");
            None
        }
        (None, _) => Some(None),
    }
}

fn every(file: &Definition) -> impl Iterator<Item = &Table<DrugDef>> {
    file.drug.iter().chain(file.phase.iter().flat_map(|phase| &phase.drug))
}

/// The ids of all drugs of this id or name; told when there is none.
pub(super) fn ids(resolver: &mut Resolver, file: &Definition, at: &At<String>) -> Option<Vec<String>> {
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
        no_drug(resolver, at, &shown(&at.value), &names);
        return None;
    }
    Some(ids)
}

/// The drugs a rule is about, where it says; a row may name its own.
fn drugs(resolver: &mut Resolver, place: &TablePath, file: &Definition, def: &RuleDef) -> Option<Vec<String>> {
    let each_row = def.rows.iter().all(|row| matches!(row.do_, Some(ActionsDef::Table(_))));
    match &def.drugs {
        None if each_row => Some(Vec::new()),
        None => {
            resolver.missing(place, "drugs", "drugs = \"all\", or drugs = [\"irinotecan\"]");
            None
        }
        Some(DrugsDef::Text(at)) if at.value == "all" => {
            let treats = |def: &&Table<DrugDef>| def.role.as_ref().is_none_or(|role| role.value == "treatment");
            let mut ids: Vec<String> = every(file).filter(treats).map(|def| drug_id(def)).collect();
            ids.sort_unstable();
            ids.dedup();
            Some(ids)
        }
        Some(DrugsDef::Text(at)) => ids(resolver, file, at),
        Some(DrugsDef::Table(list)) => {
            let each = resolver.each(&list.value, |resolver, at| ids(resolver, file, at))?;
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
    resolver: &mut Resolver,
    book: &mut Book,
    place: &TablePath,
    scope: Scope<'_>,
    unit: &mut Option<&'static str>,
    def: &Table<RuleRowDef>,
) -> Option<RuleRow> {
    let place = place.inner("rows", &def.span);
    let on = on(resolver, &place, scope.kind, unit, def);
    let occurrence = resolver.optional(def.occurrence.as_ref(), occurrence);
    let when = resolver.optional(def.when.as_ref(), |resolver, def| ladder::condition(resolver, &place, def));
    let actions = resolver.need(&place, "do", def.do_.as_ref(), "do = \"hold\"");
    let actions = actions.and_then(|actions| self::actions(resolver, scope, actions));
    let until = resolver.optional(def.until.as_ref(), |resolver, def| {
        dose::ends(resolver, &place, &def.value, &def.span, &mut |resolver, at| figure(resolver, scope.kind, unit, at))
    });
    let then = def.then.as_ref().map_or(Some(Vec::new()), |then| self::actions(resolver, scope, then));
    let longest = resolver.optional(def.longest.as_ref(), |resolver, at| resolver.read(at, Period::read));
    let if_longer = def.if_longer.as_ref().map_or(Some(Vec::new()), |actions| self::actions(resolver, scope, actions));
    if let Some(source) = &def.source {
        book.declared(resolver, source);
    }
    let with = [(&def.with, true), (&def.without, false)];
    let with = with.iter().filter_map(|(at, with)| Some((at.as_ref()?.value.clone(), *with))).collect();
    let actions = actions?;
    waits(resolver, def, &actions)?;
    // A row that lost its range or its occurrence would be in the way of every other.
    if resolver.was_lost_within(&def.span) {
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
fn waits(resolver: &mut Resolver, def: &RuleRowDef, actions: &[(String, Action)]) -> Option<()> {
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
            resolver.block(codes::ONE_OF, &span, text, "write do = \"hold\" or do = \"delay\", or leave it out");
            return None;
        }
    }
    match (&def.longest, &def.if_longer) {
        (None, Some(actions)) => {
            let text = "`if_longer` does not say longer than what";
            resolver.block(codes::ONE_OF, &actions_span(actions), text, "add longest = \"28 days\"");
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
    resolver: &mut Resolver,
    place: &TablePath,
    kind: Kind,
    unit: &mut Option<&'static str>,
    def: &RuleRowDef,
) -> Read<Option<Range>> {
    let ends = [&def.from, &def.above, &def.through, &def.below];
    let first = ends.into_iter().flatten().next();
    match (&def.is, first) {
        (Some(at), Some(_)) => {
            resolver.block(codes::ONE_OF, &at.span, "`is` and a range say the value twice", "keep one of them");
            None
        }
        (Some(at), None) => {
            let value = figure(resolver, kind, unit, at)?;
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
            let reader: &mut dyn FnMut(&mut Resolver, &At<String>) -> Option<Decimal> =
                &mut |resolver, at| figure(resolver, kind, unit, at);
            dose::ends(resolver, place, &range, &place.span, reader).map(Some)
        }
    }
}

/// A laboratory figure, in the unit of the first.
pub(super) fn measured(resolver: &mut Resolver, unit: &mut Option<&'static str>, at: &At<String>) -> Option<Decimal> {
    let measured = resolver.read(at, Measured::read)?;
    let first = *unit.get_or_insert(measured.unit);
    let value = measured.in_unit(first);
    if value.is_none() {
        let text = format!("\"{measured}\" stands beside a figure in {first}, into which it does not convert");
        resolver.block(codes::RULE_UNITS, &at.span, text, "write every figure of a test in one unit");
    }
    value
}

/// A figure of what the rule looks at, in the unit of its first figure.
fn figure(resolver: &mut Resolver, kind: Kind, unit: &mut Option<&'static str>, at: &At<String>) -> Option<Decimal> {
    match kind {
        Kind::Test => measured(resolver, unit, at),
        Kind::Grade => grade(resolver, at),
        Kind::Event => {
            let text = "an event happens or does not: it has no range";
            resolver.block(codes::ONE_OF, &at.span, text, "write test = … or grade = … instead of event");
            None
        }
    }
}

/// `grade 3`
pub(super) fn grade(resolver: &mut Resolver, at: &At<String>) -> Option<Decimal> {
    let grade = at.value.strip_prefix("grade ").and_then(|grade| number::parse(grade).ok());
    let grade = grade.filter(|grade| grade.is_integer() && *grade <= Decimal::from(5));
    if grade.is_none() {
        let text = format!("\"{}\" is not a grade", shown(&at.value));
        resolver.block(codes::QUANTITY, &at.span, text, "write \"grade 3\"; grades go from 0 to 5");
    }
    grade
}

pub(super) const NTH: &[(&str, u32)] = &[("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5)];

/// `first`, `third or later`.
fn occurrence(resolver: &mut Resolver, at: &At<String>) -> Option<(u32, Option<u32>)> {
    let (word, open) = match at.value.strip_suffix(" or later") {
        Some(word) => (word, true),
        None => (at.value.as_str(), false),
    };
    let found = NTH.iter().find(|(nth, _)| *nth == word).map(|(_, nth)| (*nth, (!open).then_some(*nth)));
    if found.is_none() {
        let text = format!("\"{}\" does not say which occurrence", shown(&at.value));
        resolver.block(codes::WORD, &at.span, text, "write \"first\", \"second\", \"third or later\" …");
    }
    found
}

fn actions(resolver: &mut Resolver, scope: Scope<'_>, def: &ActionsDef) -> Option<Vec<(String, Action)>> {
    let pairs: Vec<(String, Action, &At<String>)> = match def {
        ActionsDef::Text(at) => {
            let action = action(resolver, at)?;
            scope.drugs.iter().map(|id| (id.clone(), action, at)).collect()
        }
        ActionsDef::Table(table) => {
            let entries: Vec<(&At<String>, &At<String>)> = table.value.iter().collect();
            let each = resolver.each(&entries, |resolver, (drug, at)| {
                let (ids, action) = (ids(resolver, scope.file, drug), action(resolver, at));
                let action = action?;
                Some(ids?.into_iter().map(|id| (id, action, *at)).collect::<Vec<_>>())
            })?;
            each.into_iter().flatten().collect()
        }
    };
    for (id, action, at) in &pairs {
        has_levels(resolver, scope.file, id, *action, at)?;
    }
    Some(pairs.into_iter().map(|(id, action, _)| (id, action)).collect())
}

/// A drug whose level is lowered must have levels.
fn has_levels(resolver: &mut Resolver, file: &Definition, id: &str, action: Action, at: &At<String>) -> Option<()> {
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
    if levels.is_some_and(|levels| levels >= wanted) || resolver.was_lost(&["reduce", "to"]) {
        return Some(());
    }
    let text = format!("\"{}\" asks for {wanted} reduced doses of {id}, which lists {}", at.value, levels.unwrap_or(0));
    resolver.block(codes::RULE_LEVEL, &at.span, text, "add the steps to `reduce` of the drug, or name a percentage");
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

pub(super) fn action(resolver: &mut Resolver, at: &At<String>) -> Option<Action> {
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
        return share(resolver, at, percent, base);
    }
    let words: Vec<&str> =
        ACTIONS.iter().map(|(word, _)| *word).chain(["level -1", "75 % of the protocol dose"]).collect();
    resolver.no_word(at, "action", &words);
    None
}

/// A percentage, which must say of what.
fn share(resolver: &mut Resolver, at: &At<String>, percent: &str, base: Option<&str>) -> Option<Action> {
    let known = BASES.iter().find(|known| Some(known.words()) == base);
    let Some(base) = known else {
        let text = format!("\"{}\" does not say of what", shown(&at.value));
        let help = "write \"75 % of the protocol dose\", \"… of the starting dose\" or \"… of the last dose\"";
        resolver.block(codes::PERCENT, &at.span, text, help);
        return None;
    };
    let part = At { value: percent.to_owned(), span: at.span.clone() };
    resolver.percent(&part).map(|percent| Action::Percent(percent, *base))
}

/// Tells every value that is in no row, or in two. Returns whether there is none.
fn proved(resolver: &mut Resolver, rule: &Rule, def: &Table<RuleDef>) -> bool {
    let (axes, asks) = table_axes::of_rule(rule);
    let faults = faults(&axes, &asks);
    for fault in &faults {
        match fault {
            Fault::Gap(value) => {
                let text = format!("{value} is in no row of this rule");
                resolver.block(
                    codes::GAP,
                    &def.span,
                    text,
                    "add a row, or widen one; do = \"treat\" says that nothing follows",
                );
            }
            Fault::Overlap(first, second, value) => {
                let span = def.rows.get(*second).map_or(def.span.clone(), |row| row.span.clone());
                let text = format!("{value} is in rows {} and {} of this rule", first + 1, second + 1);
                resolver.block(
                    codes::OVERLAP,
                    &span,
                    text,
                    "end one row where the other begins: `below` leaves out what `from` takes in",
                );
            }
            Fault::TooMany => {
                let text = "this rule has more combinations than can be looked at";
                resolver.block(codes::BOUNDS, &def.span, text, "divide it into several rules");
            }
        }
    }
    faults.is_empty()
}
