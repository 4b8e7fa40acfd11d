//! One rule at a time: which of its rows applies, or what must be said before that can be told.

use crate::quantity::{Decimal, Measured, measured::ULN};
use crate::regimen::{
    Action, Condition, ConditionPart, Criterion, Doubt, LooksAt, Provenance, Regimen, Role, Rule, RuleRow,
    actions_words, days_words,
};

use super::pending_rule::{PendingRule, RowEffect};
use super::question::AskedBy;
use super::{Advice, Applies, ObservationKind, Observations, OtherDays, Question, RowPlace};

/// How the row of a criterion is called.
const CRITERION: &str = "criterion to treat";

/// Yes, no, or what must be said first.
enum Answer {
    Yes,
    No,
    Ask(Question),
}

fn yes_if(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}

/// Adds the row of a rule that applies, or its questions with what may come of them.
pub(super) fn rule(
    regimen: &Regimen,
    at: usize,
    observed: &Observations,
    advice: &mut Advice,
    pending: &mut Vec<PendingRule>,
) {
    let Some(rule) = regimen.rules.get(at) else { return };
    let found = match value_of(rule, observed) {
        Value::Nothing => return,
        Value::Ask(question) => {
            let effects = rule.rows.iter().map(effect).collect();
            return pending.push(PendingRule { asks: vec![advice.ask(question)], effects });
        }
        Value::Is(value, found) => (value, found),
    };
    match other_day(&rule.name, &rule.days, &found.1, observed) {
        Some(other) => return advice.other_days.push(other),
        None if observed.day.is_none() && !rule.days.is_empty() => {
            let needs = "the day of the cycle on which treatment is due";
            let question = Question::of_rule(rule, (ObservationKind::Day, ""), needs);
            let effects = rule.rows.iter().map(effect).collect();
            return pending.push(PendingRule { asks: vec![advice.ask(question)], effects });
        }
        None => {}
    }
    let mut open = Vec::new();
    for (row_at, row) in rule.rows.iter().enumerate() {
        let place = RowPlace::Rule { rule: at, row: row_at };
        match holds(rule, row, found.0, observed) {
            Answer::Yes => return advice.rows.push(applies(place, rule, row, found.1)),
            Answer::No => {}
            Answer::Ask(question) => open.push((row, question)),
        }
    }
    let effects = open.iter().map(|(row, _)| effect(row)).collect();
    let mut asks: Vec<usize> = open.into_iter().map(|(_, question)| advice.ask(question)).collect();
    asks.sort_unstable();
    asks.dedup();
    pending.push(PendingRule { asks, effects });
}

/// What a table would say on another day than the one that was named.
fn other_day(rule: &str, days: &[i32], found: &str, observed: &Observations) -> Option<OtherDays> {
    let day = observed.day.filter(|day| !days.is_empty() && !days.contains(day))?;
    Some(OtherDays { rule: rule.to_owned(), found: found.to_owned(), days: days.to_vec(), day })
}

fn effect(row: &RuleRow) -> RowEffect {
    RowEffect { says: row.actions.clone(), then: row.then.clone() }
}

enum Value {
    Nothing,
    Ask(Question),
    Is(Option<Decimal>, String),
}

/// What was found of that which a rule looks at, in its unit.
fn value_of(rule: &Rule, observed: &Observations) -> Value {
    match &rule.looks_at {
        LooksAt::Event => match observed.events.iter().find(|event| rule.is_called(event)) {
            Some(event) => Value::Is(None, event.clone()),
            None => Value::Nothing,
        },
        LooksAt::Grade { ctcae } => match observed.grades.iter().find(|(name, _)| rule.is_called(name)) {
            Some((name, grade)) => {
                let version = ctcae.as_ref().map_or("version unknown", String::as_str);
                Value::Is(Some((*grade).into()), format!("{name} grade {grade} (CTCAE {version})"))
            }
            None => Value::Nothing,
        },
        LooksAt::Test { unit } => match observed.tests.iter().find(|(name, _)| rule.is_called(name)) {
            Some((name, measured)) => test(rule, name, measured, unit, observed),
            None => Value::Nothing,
        },
    }
}

fn test(rule: &Rule, name: &str, measured: &Measured, unit: &'static str, observed: &Observations) -> Value {
    let about = ResultOfTest { rule: &rule.name, test: &rule.name, called: &|name| rule.is_called(name) };
    match about.converted(name, measured, unit, observed) {
        Ok((value, found)) => Value::Is(Some(value), found),
        Err(question) => Value::Ask(question),
    }
}

/// A result that is looked at: by which rule (or criterion), of which test.
struct ResultOfTest<'a> {
    rule: &'a str,
    test: &'a str,
    called: &'a dyn Fn(&str) -> bool,
}

impl ResultOfTest<'_> {
    /// The result in a unit, with the words for what was found; or what must be said first.
    fn converted(
        &self,
        name: &str,
        measured: &Measured,
        unit: &'static str,
        observed: &Observations,
    ) -> Result<(Decimal, String), Question> {
        if let Some(value) = measured.in_unit_of(unit, self.test) {
            return Ok((value, format!("{name} {measured}")));
        }
        if unit != ULN {
            let needs = format!("the result in {unit}: {} does not convert", measured.unit);
            return Err(self.asks(ObservationKind::Test, needs, Some(unit)));
        }
        let limit = observed.limits.iter().find(|(name, _)| (self.called)(name)).map(|(_, limit)| limit);
        let limit =
            limit.ok_or_else(|| self.asks(ObservationKind::Limit, "the upper limit of normal", Some(measured.unit)))?;
        let multiple = measured.in_unit_of(limit.unit, self.test).and_then(|value| value.checked_div(limit.value));
        let needs = "the upper limit of normal in the unit of the result";
        let multiple = multiple.ok_or_else(|| self.asks(ObservationKind::Limit, needs, Some(measured.unit)))?;
        let shown = crate::quantity::number::print(crate::quantity::decimal::half_up(multiple, 2));
        Ok((multiple, format!("{name} {measured} = {shown} x ULN ({limit})")))
    }

    fn asks(&self, kind: ObservationKind, needs: impl Into<String>, unit: Option<&'static str>) -> Question {
        let by = AskedBy::Rule(self.rule.to_owned());
        Question { by, kind, name: self.test.to_owned(), needs: needs.into(), unit }
    }
}

fn holds(rule: &Rule, row: &RuleRow, value: Option<Decimal>, observed: &Observations) -> Answer {
    if let (Some(range), Some(value)) = (row.on, value)
        && !range.holds(value)
    {
        return Answer::No;
    }
    let mut asked = None;
    for answer in further(rule, row, observed) {
        match answer {
            Answer::No => return Answer::No,
            Answer::Ask(question) => asked = asked.or(Some(question)),
            Answer::Yes => {}
        }
    }
    asked.map_or(Answer::Yes, Answer::Ask)
}

fn further(rule: &Rule, row: &RuleRow, observed: &Observations) -> Vec<Answer> {
    let mut answers = Vec::new();
    if let Some((first, last)) = row.occurrence {
        let said = observed.occurrences.iter().find(|(name, _)| rule.is_called(name));
        let asked = || {
            let about = (ObservationKind::Occurrence, rule.name.as_str());
            Answer::Ask(Question::of_rule(rule, about, "which occurrence it is"))
        };
        let fits = |nth: &u32| yes_if(*nth >= first && last.is_none_or(|last| *nth <= last));
        answers.push(said.map_or_else(asked, |(_, nth)| fits(nth)));
    }
    for (what, with) in &row.with {
        let said = |list: &[String]| list.iter().any(|said| said.eq_ignore_ascii_case(what));
        answers.push(match (said(&observed.events), said(&observed.absent)) {
            (true, _) => yes_if(*with),
            (false, true) => yes_if(!*with),
            (false, false) => {
                Answer::Ask(Question::of_rule(rule, (ObservationKind::Event, what), format!("whether there is {what}")))
            }
        });
    }
    answers.extend(subject(rule, &row.when, observed));
    answers
}

/// What a row asks of the subject, one part at a time: read by the one evaluator of conditions.
fn subject(rule: &Rule, when: &Condition, observed: &Observations) -> Vec<Answer> {
    let beside = rule.rows.iter().map(|row| &row.when);
    let answer = |part: ConditionPart| match observed.known(part) {
        Some(known) => yes_if(part.holds(&known, beside.clone())),
        None => Answer::Ask(Question::about(part, &AskedBy::Rule(rule.name.clone()))),
    };
    when.asks().into_iter().map(answer).collect()
}

/// The remark of the rule, where the row asks for anything at all.
fn note(rule: &Rule, row: &RuleRow) -> Option<String> {
    let asks = row.actions.iter().any(|(_, action)| *action != Action::Treat);
    rule.note.as_ref().filter(|_| asks).map(|note| format!("note: {note}"))
}

fn applies(place: RowPlace, rule: &Rule, row: &RuleRow, found: String) -> Applies {
    Applies {
        place,
        rule: rule.name.clone(),
        found,
        row: rule.row_words(row),
        says: row.actions.clone(),
        then: row.then.clone(),
        words: rule.says_words(row).into_iter().chain(note(rule, row)).collect(),
        source: row.source.clone().or_else(|| rule.provenance.of("rows").map(str::to_owned)),
        mark: match row.source.as_deref() {
            Some(Provenance::UNVERIFIED) => Some("unverified"),
            Some(_) => None,
            None => rule.provenance.doubt("rows").map(Doubt::word),
        },
    }
}

/// Adds a criterion to treat, read as a row, or what it needs; nothing where nobody spoke of its test.
pub(super) fn criterion(
    regimen: &Regimen,
    at: usize,
    observed: &Observations,
    advice: &mut Advice,
    pending: &mut Vec<PendingRule>,
) {
    let Some(criterion) = regimen.criteria.get(at) else { return };
    match criterion_row(regimen, at, criterion, observed) {
        Some(Ok(row)) => match other_day(CRITERION, &criterion.days, &row.found, observed) {
            Some(other) => advice.other_days.push(other),
            None => advice.rows.push(row),
        },
        Some(Err(_)) if other_day(CRITERION, &criterion.days, "", observed).is_some() => {}
        Some(Err(question)) => {
            let effect = |met| RowEffect { says: criterion_says(regimen, criterion, met), then: Vec::new() };
            let effects = vec![effect(true), effect(false)];
            pending.push(PendingRule { asks: vec![advice.ask(question)], effects });
        }
        None => {}
    }
}

/// A test is called what a rule on the same test calls it, too.
pub(super) fn is_tested(regimen: &Regimen, criterion: &Criterion, name: &str) -> bool {
    let both = |rule: &Rule| {
        matches!(rule.looks_at, LooksAt::Test { .. }) && rule.is_called(&criterion.test) && rule.is_called(name)
    };
    name.eq_ignore_ascii_case(&criterion.test) || regimen.rules.iter().any(both)
}

fn criterion_row(
    regimen: &Regimen,
    at: usize,
    criterion: &Criterion,
    observed: &Observations,
) -> Option<Result<Applies, Question>> {
    let called = |name: &str| is_tested(regimen, criterion, name);
    let (name, measured) = observed.tests.iter().find(|(name, _)| called(name))?;
    let by_rule = |rule: &&Rule| matches!(rule.looks_at, LooksAt::Test { .. }) && rule.is_called(&criterion.test);
    let test = regimen.rules.iter().find(by_rule).map_or(&criterion.test, |rule| &rule.name);
    let looked = ResultOfTest { rule: &criterion.test, test, called: &called };
    Some(criterion_met(criterion, &looked, (name, measured), observed).map(|(met, found)| {
        let found = found.unwrap_or_else(|| format!("{name} {measured}"));
        criterion_applies(regimen, (at, criterion), met, found)
    }))
}

/// Whether a result lies within the limits of a criterion, with the words for it where it had to be converted.
fn criterion_met(
    criterion: &Criterion,
    looked: &ResultOfTest<'_>,
    (name, measured): (&str, &Measured),
    observed: &Observations,
) -> Result<(bool, Option<String>), Question> {
    let (mut met, mut found) = (true, None);
    let limits = [(&criterion.at_least, true), (&criterion.at_most, false)];
    for (text, least) in limits.into_iter().filter_map(|(text, least)| Some((text.as_ref()?, least))) {
        let limit = Measured::read(text)
            .map_err(|_| looked.asks(ObservationKind::Test, format!("a person to compare it with {text}"), None))?;
        let (value, words) = looked.converted(name, measured, limit.unit, observed)?;
        met &= if least { value >= limit.value } else { value <= limit.value };
        found = Some(words);
    }
    Ok((met, found))
}

/// What follows for every treatment drug.
fn criterion_says(regimen: &Regimen, criterion: &Criterion, met: bool) -> Vec<(String, Action)> {
    let action = match criterion.otherwise.as_str() {
        _ if met => Action::Treat,
        "delay" => Action::Delay,
        "omit" => Action::Omit,
        "hold" => Action::Hold,
        _ => Action::Ask,
    };
    let treated = regimen.drugs().filter(|drug| drug.role == Role::Treatment);
    treated.map(|drug| (drug.id.clone(), action)).collect()
}

fn criterion_applies(regimen: &Regimen, (at, criterion): (usize, &Criterion), met: bool, found: String) -> Applies {
    let words = [("at least", &criterion.at_least), ("at most", &criterion.at_most)];
    let words: Vec<String> = words.iter().filter_map(|(word, at)| Some(format!("{word} {}", at.as_ref()?))).collect();
    let says = criterion_says(regimen, criterion, met);
    let (source, mark) = criterion_source(criterion, met);
    Applies {
        place: RowPlace::Criterion { criterion: at, met },
        rule: CRITERION.to_owned(),
        found,
        row: format!(
            "{} on {}: {}",
            words.join(", "),
            days_words(&criterion.days),
            if met { "met" } else { "not met" }
        ),
        words: vec![actions_words(&says)],
        says,
        then: Vec::new(),
        source,
        mark,
    }
}

/// The source of its limit, and whether nobody has verified something of what the row shows: the test, the limit,
/// the days, and what follows where it is not met.
fn criterion_source(criterion: &Criterion, met: bool) -> (Option<String>, Option<&'static str>) {
    let from = &criterion.provenance;
    let keys = ["at_least", "at_most", "test", "otherwise", "days"];
    let shown = keys.iter().filter(|key| !(met && **key == "otherwise"));
    let ids: Vec<&str> = shown.filter_map(|key| from.of(key)).collect();
    let verified = ids.iter().find(|id| **id != Provenance::UNVERIFIED).or(ids.first());
    let mark = ids.contains(&Provenance::UNVERIFIED).then_some("unverified");
    (verified.map(|id| (*id).to_owned()), mark)
}
