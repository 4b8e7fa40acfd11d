//! Which rows of a regimen's modification tables apply to what was found, and what each says.
//!
//! Every row that applies is listed with its source. Where several speak of one drug, the one that goes
//! furthest wins: stopping before omitting, holding, delaying and reducing, and of two reductions the lower
//! dose. What a rule needs and nobody said is asked, never assumed. The person decides.
//!
//! ```
//! use posology::regimen::advice::{Facts, advise};
//! # let text = include_str!("../../tests/corpus/valid/rules.toml");
//! let regimen = posology::regimen::check(text.as_bytes(), &Default::default()).regimen.unwrap();
//! let mut facts = Facts::default();
//! facts.tests.push(("neutrophils".to_owned(), posology::quantity::Measured::read("0.9 10^9/L").unwrap()));
//! let advice = advise(&regimen, &facts);
//! assert_eq!(advice.drugs[0].now.unwrap().words(), "hold");
//! ```

use std::collections::BTreeMap;

use crate::quantity::{Decimal, Measured, ProtocolDose};

use super::cover::OTHER;
use super::model::{
    Action, Base, Condition, Criterion, Drug, Ladder, LooksAt, Range, Regimen, Role, Rule, RuleRow, StartDose,
    ThenStop, actions_words,
};

/// What was found in one subject.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Measured values by test.
    pub tests: Vec<(String, Measured)>,
    /// Upper limits of normal by test.
    pub limits: Vec<(String, Measured)>,
    /// Grades by toxicity.
    pub grades: Vec<(String, u32)>,
    /// What happened.
    pub events: Vec<String>,
    /// What did not.
    pub absent: Vec<String>,
    /// How often it has now happened, by test, toxicity or event.
    pub occurrences: Vec<(String, u32)>,
    /// Genotype as the laboratory writes it.
    pub genotype: Option<String>,
    /// Completed years.
    pub age: Option<Decimal>,
    /// Actual weight in kg.
    pub weight: Option<Decimal>,
    /// Kidney function in mL/min.
    pub gfr: Option<Decimal>,
    /// Dose levels in force by drug id; 0 where absent.
    pub levels: BTreeMap<String, i32>,
}

/// What the regimen says to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Advice {
    /// Every row that applies, in the order of the file; criteria to treat come last.
    pub rows: Vec<Applies>,
    /// What follows for each treatment drug.
    pub drugs: Vec<ForDrug>,
    /// What must be said before a rule can be read.
    pub open: Vec<Question>,
    /// What was said and no rule looks at.
    pub unused: Vec<String>,
}

/// A row that applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Applies {
    /// The rule, or `criterion to treat`.
    pub rule: String,
    /// What was found: `neutrophils 0.9 10^9/L`, `diarrhoea grade 3 (CTCAE 5.0)`.
    pub found: String,
    /// When the row applies: `below 1.5 10^9/L`.
    pub row: String,
    /// What it says, by drug id.
    pub says: Vec<(String, Action)>,
    /// What follows when treatment goes on, by drug id.
    pub then: Vec<(String, Action)>,
    /// All it says in words: what follows, until when, what then, how long at most.
    pub words: Vec<String>,
    /// The id of its source.
    pub source: Option<String>,
    /// `unverified` or `conflict`.
    pub mark: Option<&'static str>,
}

/// What follows for one drug.
#[derive(Debug, Clone, PartialEq)]
pub struct ForDrug {
    /// Its id.
    pub drug: String,
    /// What the row that goes furthest says; `None` where no row speaks of it.
    pub now: Option<Action>,
    /// The row that goes furthest, as an index.
    pub by: Option<usize>,
    /// The lowest dose that any of the rows leads to, now or when treatment goes on.
    pub dose: Option<Lowered>,
}

/// A reduced dose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowered {
    /// What the row says.
    pub action: Action,
    /// The level it leads to, where it is one.
    pub level: Option<i32>,
    /// The protocol dose it leads to, where the file gives it.
    pub dose: Option<ProtocolDose>,
}

/// Something that must be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The rule that asks.
    pub rule: String,
    /// What it needs: `which occurrence it is`.
    pub needs: String,
    /// The option that says it: `--occurrence "diarrhoea 1"`.
    pub say: String,
}

/// Looks every fact up in every rule and criterion of a regimen.
pub fn advise(regimen: &Regimen, facts: &Facts) -> Advice {
    let mut advice = Advice::default();
    for rule in &regimen.rules {
        look_up(rule, facts, &mut advice);
    }
    for criterion in &regimen.criteria {
        advice.rows.extend(criterion_row(regimen, criterion, facts));
    }
    advice.unused = unused(regimen, facts);
    let mut ids: Vec<&Drug> = regimen.drugs().filter(|drug| drug.role == Role::Treatment).collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|drug| seen.insert(drug.id.clone()));
    advice.drugs = ids.into_iter().map(|drug| for_drug(drug, facts, &advice.rows)).collect();
    // Stopping the regimen stops every drug.
    if let Some(by) = advice.rows.iter().position(|row| row.says.iter().any(|(_, one)| *one == Action::StopRegimen)) {
        for drug in &mut advice.drugs {
            (drug.now, drug.by, drug.dose) = (Some(Action::StopRegimen), Some(by), None);
        }
    }
    advice
}

/// Yes, no, or what must be said first.
enum Answer {
    Yes,
    No,
    Ask(Question),
}

fn yes_if(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}

fn question(rule: &Rule, needs: impl Into<String>, say: impl Into<String>) -> Answer {
    Answer::Ask(Question { rule: rule.name.clone(), needs: needs.into(), say: say.into() })
}

fn look_up(rule: &Rule, facts: &Facts, advice: &mut Advice) {
    let found = match value_of(rule, facts) {
        Value::Nothing => return,
        Value::Ask(question) => return advice.open.push(question),
        Value::Is(value, found) => (value, found),
    };
    let mut open = Vec::new();
    for row in &rule.rows {
        match holds(rule, row, found.0, facts) {
            Answer::Yes => {
                advice.rows.push(applies(rule, row, found.1));
                return;
            }
            Answer::No => {}
            Answer::Ask(question) => open.push(question),
        }
    }
    open.dedup();
    for question in open {
        if !advice.open.contains(&question) {
            advice.open.push(question);
        }
    }
}

enum Value {
    Nothing,
    Ask(Question),
    Is(Option<Decimal>, String),
}

/// What was found of that which a rule looks at, in its unit.
fn value_of(rule: &Rule, facts: &Facts) -> Value {
    match &rule.looks_at {
        LooksAt::Event => match facts.events.iter().find(|event| rule.is_called(event)) {
            Some(event) => Value::Is(None, event.clone()),
            None => Value::Nothing,
        },
        LooksAt::Grade { ctcae } => match facts.grades.iter().find(|(name, _)| rule.is_called(name)) {
            Some((name, grade)) => {
                let version = ctcae.as_ref().map_or("version unknown", String::as_str);
                Value::Is(Some((*grade).into()), format!("{name} grade {grade} (CTCAE {version})"))
            }
            None => Value::Nothing,
        },
        LooksAt::Test { unit } => match facts.tests.iter().find(|(name, _)| rule.is_called(name)) {
            Some((name, measured)) => test(rule, name, measured, unit, facts),
            None => Value::Nothing,
        },
    }
}

fn test(rule: &Rule, name: &str, measured: &Measured, unit: &'static str, facts: &Facts) -> Value {
    let ask = |needs: &str, say: String| Value::Ask(Question { rule: rule.name.clone(), needs: needs.to_owned(), say });
    if let Some(value) = measured.in_unit_of(unit, &rule.name) {
        return Value::Is(Some(value), format!("{name} {measured}"));
    }
    if unit != crate::quantity::measured::ULN {
        return ask(
            &format!("the result in {unit}: {} does not convert", measured.unit),
            format!("--lab \"{name} … {unit}\""),
        );
    }
    let limit = facts.limits.iter().find(|(name, _)| rule.is_called(name)).map(|(_, limit)| limit);
    let Some(limit) = limit else {
        return ask("the upper limit of normal", format!("--uln \"{name} … {}\"", measured.unit));
    };
    let multiple = measured.in_unit_of(limit.unit, &rule.name).and_then(|value| value.checked_div(limit.value));
    match multiple {
        Some(multiple) => {
            let shown = crate::quantity::decimal::half_up(multiple, 2);
            let shown = crate::quantity::number::print(shown);
            Value::Is(Some(multiple), format!("{name} {measured} = {shown} x ULN ({limit})"))
        }
        None => {
            ask("the upper limit of normal in the unit of the result", format!("--uln \"{name} … {}\"", measured.unit))
        }
    }
}

fn holds(rule: &Rule, row: &RuleRow, value: Option<Decimal>, facts: &Facts) -> Answer {
    if let (Some(range), Some(value)) = (row.on, value)
        && !range.holds(value)
    {
        return Answer::No;
    }
    let mut asked = None;
    for answer in further(rule, row, facts) {
        match answer {
            Answer::No => return Answer::No,
            Answer::Ask(question) => asked = asked.or(Some(question)),
            Answer::Yes => {}
        }
    }
    asked.map_or(Answer::Yes, Answer::Ask)
}

fn further(rule: &Rule, row: &RuleRow, facts: &Facts) -> Vec<Answer> {
    let mut answers = Vec::new();
    if let Some((first, last)) = row.occurrence {
        let said = facts.occurrences.iter().find(|(name, _)| rule.is_called(name));
        answers.push(match said {
            Some((_, nth)) => yes_if(*nth >= first && last.is_none_or(|last| *nth <= last)),
            None => question(rule, "which occurrence it is", format!("--occurrence \"{} 1\"", rule.name)),
        });
    }
    for (what, with) in &row.with {
        let said = |list: &[String]| list.iter().any(|said| said.eq_ignore_ascii_case(what));
        answers.push(match (said(&facts.events), said(&facts.absent)) {
            (true, _) => yes_if(*with),
            (false, true) => yes_if(!*with),
            (false, false) => question(
                rule,
                format!("whether there is {what}"),
                format!("--event \"{what}\" or --without \"{what}\""),
            ),
        });
    }
    answers.extend(subject(rule, &row.when, facts));
    answers
}

fn subject(rule: &Rule, when: &Condition, facts: &Facts) -> Vec<Answer> {
    let mut answers = Vec::new();
    if let Some(genotype) = &when.genotype {
        answers.push(match &facts.genotype {
            Some(given) if genotype == OTHER => {
                yes_if(!rule.rows.iter().any(|row| row.when.genotype.as_ref() == Some(given)))
            }
            Some(given) => yes_if(given == genotype),
            None => question(rule, "the genotype", format!("--genotype \"{genotype}\"")),
        });
    }
    for test in &when.tests {
        let found = facts.tests.iter().find(|(name, _)| name.to_lowercase() == test.test.to_lowercase());
        answers.push(match found.and_then(|(_, found)| test.figure(found)) {
            Some(value) => yes_if(test.range.holds(value)),
            None => question(rule, &test.test, format!("--lab \"{} … {}\"", test.test, test.unit)),
        });
    }
    let figures = [
        (when.age, facts.age, "the age", "--age 46"),
        (when.weight, facts.weight, "the weight", "--weight 65"),
        (when.gfr, facts.gfr, "the kidney function", "--gfr \"85 mL/min\""),
    ];
    for (range, value, needs, say) in figures {
        let Some(range) = range else { continue };
        answers.push(value.map_or_else(|| question(rule, needs, say), |value| yes_if(range.holds(value))));
    }
    answers
}

/// The remark of the rule, where the row asks for anything at all.
fn note(rule: &Rule, row: &RuleRow) -> Option<String> {
    let asks = row.actions.iter().any(|(_, action)| *action != Action::Treat);
    rule.note.as_ref().filter(|_| asks).map(|note| format!("note: {note}"))
}

fn applies(rule: &Rule, row: &RuleRow, found: String) -> Applies {
    Applies {
        rule: rule.name.clone(),
        found,
        row: rule.row_words(row),
        says: row.actions.clone(),
        then: row.then.clone(),
        words: rule.says_words(row).into_iter().chain(note(rule, row)).collect(),
        source: row.source.clone().or_else(|| rule.provenance.of("rows").map(str::to_owned)),
        mark: match row.source.as_deref() {
            Some(super::model::Provenance::UNVERIFIED) => Some("unverified"),
            Some(_) => None,
            None => rule.provenance.mark("rows"),
        },
    }
}

/// A criterion to treat, read as a row.
fn criterion_row(regimen: &Regimen, criterion: &Criterion, facts: &Facts) -> Option<Applies> {
    let (name, measured) = facts.tests.iter().find(|(name, _)| name.eq_ignore_ascii_case(&criterion.test))?;
    let limit = |text: &Option<String>| {
        let limit = Measured::read(text.as_ref()?).ok()?;
        measured.in_unit_of(limit.unit, name).map(|value| (value, limit.value))
    };
    let (least, most) = (limit(&criterion.at_least), limit(&criterion.at_most));
    if (criterion.at_least.is_some() && least.is_none()) || (criterion.at_most.is_some() && most.is_none()) {
        return None;
    }
    let met = least.is_none_or(|(value, least)| value >= least) && most.is_none_or(|(value, most)| value <= most);
    let action = match criterion.otherwise.as_str() {
        _ if met => Action::Treat,
        "delay" => Action::Delay,
        "omit" => Action::Omit,
        "hold" => Action::Hold,
        _ => Action::Ask,
    };
    let words = [("at least", &criterion.at_least), ("at most", &criterion.at_most)];
    let words: Vec<String> = words.iter().filter_map(|(word, at)| Some(format!("{word} {}", at.as_ref()?))).collect();
    let days: Vec<String> = criterion.days.iter().map(ToString::to_string).collect();
    let ids = regimen.drugs().filter(|drug| drug.role == Role::Treatment).map(|drug| (drug.id.clone(), action));
    let says: Vec<(String, Action)> = ids.collect();
    Some(Applies {
        rule: "criterion to treat".to_owned(),
        found: format!("{name} {measured}"),
        row: format!("{} on day {}: {}", words.join(", "), days.join(", "), if met { "met" } else { "not met" }),
        words: vec![actions_words(&says)],
        says,
        then: Vec::new(),
        source: None,
        mark: None,
    })
}

/// Everything that was said and that neither a rule nor a criterion looks at.
fn unused(regimen: &Regimen, facts: &Facts) -> Vec<String> {
    let rule = |name: &str, kind: fn(&LooksAt) -> bool| {
        regimen.rules.iter().any(|rule| kind(&rule.looks_at) && rule.is_called(name))
    };
    let sign = |name: &str| {
        let rows = regimen.rules.iter().flat_map(|rule| &rule.rows).flat_map(|row| &row.with);
        rows.into_iter().any(|(what, _)| what.eq_ignore_ascii_case(name))
    };
    let criterion = |name: &str| regimen.criteria.iter().any(|one| one.test.eq_ignore_ascii_case(name));
    let is_test = |at: &LooksAt| matches!(at, LooksAt::Test { .. });
    let is_grade = |at: &LooksAt| matches!(at, LooksAt::Grade { .. });
    let is_event = |at: &LooksAt| *at == LooksAt::Event;
    let tests = facts.tests.iter().filter(|(name, _)| !rule(name, is_test) && !criterion(name));
    let grades = facts.grades.iter().filter(|(name, _)| !rule(name, is_grade));
    let events = facts.events.iter().filter(|name| !rule(name, is_event) && !sign(name));
    tests
        .map(|(name, measured)| format!("{name} {measured}"))
        .chain(grades.map(|(name, grade)| format!("{name} grade {grade}")))
        .chain(events.cloned())
        .collect()
}

fn for_drug(drug: &Drug, facts: &Facts, rows: &[Applies]) -> ForDrug {
    let of = |list: &[(String, Action)]| {
        list.iter().filter(|(id, _)| *id == drug.id).map(|(_, one)| *one).collect::<Vec<_>>()
    };
    let mut now: Option<(Action, usize)> = None;
    let mut dose: Option<(Lowered, usize)> = None;
    for (at, row) in rows.iter().enumerate() {
        for action in of(&row.says) {
            let (action, lowered) = settle(drug, facts, action);
            if let Some(lowered) = lowered.filter(|lowered| dose.is_none_or(|(known, _)| lower(*lowered, known))) {
                dose = Some((lowered, at));
            }
            if now.is_none_or(|(known, _)| action.severity() > known.severity()) {
                now = Some((action, at));
            }
        }
        for action in of(&row.then) {
            let (action, lowered) = settle(drug, facts, action);
            let lowered = lowered.filter(|lowered| dose.is_none_or(|(known, _)| lower(*lowered, known)));
            dose = lowered.map(|lowered| (lowered, at)).or(dose);
            // A wait that ends in a stop is a stop.
            if action.severity() > Action::Omit.severity()
                && now.is_none_or(|(known, _)| action.severity() > known.severity())
            {
                now = Some((action, at));
            }
        }
    }
    if let (Some((known, _)), Some((lowered, at))) = (now, dose)
        && known.severity() == lowered.action.severity()
    {
        now = Some((lowered.action, at));
    }
    let ends = now.is_some_and(|(known, _)| known.severity() > Action::Omit.severity());
    ForDrug {
        drug: drug.id.clone(),
        now: now.map(|(action, _)| action),
        by: now.map(|(_, at)| at),
        dose: dose.map(|(lowered, _)| lowered).filter(|_| !ends),
    }
}

/// Whether the one dose is below the other; a dose that is not known comes last.
fn lower(one: Lowered, other: Lowered) -> bool {
    match (one.dose, other.dose) {
        (Some(one), Some(other)) if one.basis == other.basis => {
            let factor = one.unit.factor_to(other.unit);
            factor.and_then(|factor| one.value.checked_mul(factor)).is_some_and(|value| value < other.value)
        }
        (Some(_), None) => true,
        _ => false,
    }
}

/// What an action comes to for a drug at its level: past the last level, what the ladder says follows.
fn settle(drug: &Drug, facts: &Facts, action: Action) -> (Action, Option<Lowered>) {
    let now = facts.levels.get(&drug.id).copied().unwrap_or(0);
    let level = match action {
        Action::Down(down) => i32::try_from(down).ok().and_then(|down| now.checked_sub(down)),
        Action::Level(level) => Some(level.min(now)),
        Action::Percent(percent, base) => return (action, Some(share(drug, facts, action, percent, base, now))),
        _ => return (action, None),
    };
    let Some((start, ladder)) = assigned(drug, facts) else {
        return (action, Some(Lowered { action, level, dose: None }));
    };
    let taken = level.and_then(i32::checked_neg).and_then(|down| usize::try_from(down).ok()).unwrap_or(0);
    let Some(ladder) = ladder.filter(|ladder| taken <= ladder.steps.len()) else {
        let then = ladder.map_or(Action::Ask, |ladder| match ladder.then {
            ThenStop::Drug => Action::StopDrug,
            ThenStop::Regimen => Action::StopRegimen,
            ThenStop::Ask => Action::Ask,
        });
        return (then, None);
    };
    (action, Some(Lowered { action, level, dose: Some(at_level(start, ladder, taken)) }))
}

fn at_level(start: ProtocolDose, ladder: &Ladder, taken: usize) -> ProtocolDose {
    ladder.steps.iter().take(taken).rev().find_map(|step| step.dose).unwrap_or(start)
}

fn share(drug: &Drug, facts: &Facts, action: Action, percent: Decimal, base: Base, now: i32) -> Lowered {
    let assigned = assigned(drug, facts);
    let of = match (base, assigned) {
        (Base::Protocol, _) => Some(drug.dose),
        (Base::Starting, assigned) => assigned.map(|(start, _)| start),
        (Base::Last, Some((start, None))) => Some(start),
        (Base::Last, Some((start, Some(ladder)))) => {
            Some(at_level(start, ladder, usize::try_from(now.unsigned_abs()).unwrap_or(usize::MAX)))
        }
        (Base::Last, None) => None,
    };
    let dose = of.and_then(|dose| {
        let value = dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
        Some(ProtocolDose { value, ..dose })
    });
    Lowered { action, level: None, dose }
}

/// The assigned start and its ladder; `None` where it depends on something nobody said.
fn assigned<'d>(drug: &'d Drug, facts: &Facts) -> Option<(ProtocolDose, Option<&'d Ladder>)> {
    let (dose, ladder) = by_table(drug, facts)?;
    for start in &drug.starts_by {
        if !known(&start.when, facts)? {
            continue;
        }
        let started = match start.dose {
            StartDose::Dose(dose) => dose,
            StartDose::Percent(percent) => {
                let value = dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
                ProtocolDose { value, ..dose }
            }
        };
        return Some((started, start.ladder.as_ref().or(ladder)));
    }
    Some((dose, ladder))
}

/// The row of the drug's table, where it has one; `None` where that depends on something nobody said.
fn by_table<'d>(drug: &'d Drug, facts: &Facts) -> Option<(ProtocolDose, Option<&'d Ladder>)> {
    for row in &drug.table {
        if known(&row.when, facts)? {
            return Some((row.dose?, row.ladder.as_ref().or(drug.ladder.as_ref())));
        }
    }
    Some((drug.dose, drug.ladder.as_ref()))
}

fn known(when: &Condition, facts: &Facts) -> Option<bool> {
    let inside = |range: Option<Range>, value: Option<Decimal>| match range {
        None => Some(true),
        Some(range) => value.map(|value| range.holds(value)),
    };
    let genotype = match &when.genotype {
        None => Some(true),
        Some(genotype) => facts.genotype.as_ref().map(|given| given == genotype),
    };
    // A body surface is not among the facts: a row that asks for it stays open.
    let surface = when.bsa.map_or(Some(true), |_| None);
    let tests = when.tests.iter().map(|test| {
        let found = facts.tests.iter().find(|(name, _)| name.to_lowercase() == test.test.to_lowercase());
        Some(test.range.holds(test.figure(&found?.1)?))
    });
    let mut parts = vec![
        surface,
        genotype,
        inside(when.age, facts.age),
        inside(when.weight, facts.weight),
        inside(when.gfr, facts.gfr),
    ];
    parts.extend(tests);
    if parts.contains(&Some(false)) {
        return Some(false);
    }
    parts.iter().all(Option::is_some).then_some(true)
}
