//! What a regimen says beside its drugs: body size, who may be treated and when, limits, assessments, sources.

use crate::quantity::number::print;
use crate::regimen::{AssessmentWhen, BeforeFirst, Days, Recalculate, Regimen};

use super::super::words;
use super::{Entry, Lines, Section, more};

pub(super) fn body(regimen: &Regimen) -> Option<Section> {
    let body = regimen.body.as_ref()?;
    let mut lines = Lines::new(regimen.cycle_word, Some(&body.provenance));
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
    let word = regimen.cycle_word;
    let recalculate = match body.recalculate {
        Recalculate::EveryCycle => format!("at every {}", word.one()),
        Recalculate::Never => "never".to_owned(),
        Recalculate::Unknown => "at a change that no source gives; the first weight stays".to_owned(),
        Recalculate::Change { percent, reaching, last_used } => {
            let sign = if reaching { "or more" } else { "exceeded" };
            let first = format!("{} day 1", word.numbered(regimen.cycles_from));
            let since = if last_used { "the weight last used" } else { first.as_str() };
            format!("when the weight changes by {} % {sign} against {since}", print(percent))
        }
    };
    lines.add(&["recalculate"], "new weight counts", recalculate);
    Some(lines.section("body", "Body size"))
}

pub(super) fn eligibility(regimen: &Regimen) -> Option<Section> {
    let limits = &regimen.eligibility;
    let mut lines = Lines::new(regimen.cycle_word, Some(&limits.provenance));
    lines.maybe(&["age"], "age", limits.age.map(|range| range.words("years")));
    lines.maybe(&["weight"], "weight", limits.weight.map(|range| range.words("kg")));
    lines.maybe(&["gfr"], "GFR", limits.gfr.map(|range| range.words("mL/min")));
    lines.maybe(&["sex"], "sex", limits.sex.map(|sex| sex.written().to_owned()));
    for other in &limits.other {
        lines.add(&["other"], "not checked here", other);
    }
    (!lines.all.is_empty()).then(|| lines.section("eligibility", "Eligibility at enrolment"))
}

pub(super) fn criteria(regimen: &Regimen) -> Option<Section> {
    let mut all = Vec::new();
    for criterion in &regimen.criteria {
        let mut lines = Lines::new(regimen.cycle_word, Some(&criterion.provenance));
        let least = criterion.at_least.as_ref().map(|value| format!("at least {value}"));
        let most = criterion.at_most.as_ref().map(|value| format!("at most {value}"));
        let limits = least.into_iter().chain(most).collect::<Vec<_>>().join(" and ");
        lines.add(&["at_least", "at_most"], &criterion.test, limits);
        let days = words::days(&Days::List(criterion.days.clone()), regimen.cycle_word);
        lines.add(&["days"], &format!("{}: on", criterion.test), days);
        let age = criterion.valid_for.map(|days| format!("no older than {days} days"));
        lines.maybe(&["valid_for"], &format!("{}: result", criterion.test), age);
        lines.add(&["otherwise"], &format!("{}: else", criterion.test), &criterion.otherwise);
        all.append(&mut lines.all);
    }
    (!all.is_empty()).then(|| Section { id: "criteria".to_owned(), title: "Criteria to treat".to_owned(), lines: all })
}

pub(super) fn assessments(regimen: &Regimen) -> Option<Section> {
    let mut lines = Vec::new();
    let word = regimen.cycle_word.one();
    for assessment in &regimen.assessments {
        let mut one = Lines::new(regimen.cycle_word, Some(&assessment.provenance));
        let when = match &assessment.when {
            when @ AssessmentWhen::From { .. } => when.event_words().unwrap_or_default(),
            AssessmentWhen::Calendar { every: Some(every), .. } => {
                format!("every {every} from the first dose; a delay does not move it")
            }
            AssessmentWhen::Calendar { every: None, .. } => String::new(),
            AssessmentWhen::Cycle { days, before } => {
                let before = if *before == 0 { String::new() } else { format!(", up to {before} days before") };
                format!(
                    "{} of each {word}{before}; it moves with the {word}",
                    words::days(&Days::List(days.clone()), regimen.cycle_word)
                )
            }
        };
        let first = match assessment.when {
            AssessmentWhen::Calendar { before_first: Some(BeforeFirst { from, to }), .. } => {
                let between = if when.is_empty() { "" } else { "; " };
                match to {
                    0 => format!("{between}once within {from} days before the first dose"),
                    to => format!("{between}once, {from} to {to} days before the first dose"),
                }
            }
            _ => String::new(),
        };
        let window =
            assessment.window.as_ref().map_or(String::new(), |room| format!("; window {}", more::window(room)));
        one.add(&["every", "days", "after", "until", "before", "clock"], &assessment.name, when + &first + &window);
        lines.append(&mut one.all);
    }
    (!lines.is_empty()).then(|| Section { id: "assessments".to_owned(), title: "Assessments".to_owned(), lines })
}

pub(super) fn cohorts(regimen: &Regimen) -> Option<Section> {
    let mut lines = Lines::new(regimen.cycle_word, None);
    for cohort in &regimen.cohorts {
        let words = [&cohort.name, &cohort.note].into_iter().flatten().cloned().collect::<Vec<_>>().join("; ");
        lines.add(&[], &cohort.id, words);
    }
    (!lines.all.is_empty()).then(|| lines.section("cohorts", "Cohorts and arms"))
}

pub(super) fn lifetimes(regimen: &Regimen) -> Option<Section> {
    let mut all = Vec::new();
    for limit in &regimen.lifetimes {
        let mut lines = Lines::new(regimen.cycle_word, Some(&limit.provenance));
        lines.add(&["limit"], &limit.name, format!("at most {} over a life", limit.limit));
        for (with, lower) in &limit.lower {
            lines.add(&["lower"], &format!("{}, with {with}", limit.name), format!("at most {lower}"));
        }
        let counts: Vec<String> =
            limit.counts.iter().map(|(drug, factor)| format!("{drug} × {}", print(*factor))).collect();
        let set = limit.equivalence.as_ref().map_or(String::new(), |set| format!(" ({set})"));
        lines.add(&["counts"], &format!("{}: what counts", limit.name), format!("{}{set}", counts.join(", ")));
        lines.maybe(&[], &format!("{}: note", limit.name), limit.note.as_ref());
        all.append(&mut lines.all);
    }
    (!all.is_empty()).then(|| Section { id: "lifetime".to_owned(), title: "Limits over a life".to_owned(), lines: all })
}

pub(super) fn sources(regimen: &Regimen) -> Section {
    let lines = regimen.sources.iter().map(|source| {
        let parts = [
            Some(source.title.clone()),
            source.page.clone(),
            source.tier.as_ref().map(|tier| format!("tier {tier}")),
            source.url.as_ref().map(|url| format!("read at {url}")),
            source.says.as_ref().map(|says| format!("\"{says}\"")),
        ];
        let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Entry { label: source.id.clone(), value, source: None, conflict: None, table: None }
    });
    Section { id: "sources".to_owned(), title: "Sources".to_owned(), lines: lines.collect() }
}
