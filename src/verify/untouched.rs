//! What no worked example touches, as rows to be worked out by hand: where to look, and never the figure.

mod about;
mod doses;
mod giving;
mod text;

use crate::advice::RowPlace;
use crate::regimen::{CountKind, LooksAt, Phase, Regimen, Rule, Stated};

use super::seen::{Tried, drugs};

use about::About;
pub use about::{MissingRow, Untouched};
pub use text::text;

/// Everything that no example touches.
pub(super) fn all(regimen: &Regimen, tried: &Tried) -> Vec<Untouched> {
    let mut gaps = Vec::new();
    for (place, phase, drug) in drugs(regimen) {
        let about = About::new(regimen, tried, place, phase, drug);
        gaps.extend(doses::gaps(&about));
        gaps.extend(giving::gaps(&about));
    }
    for (at, phase) in regimen.phases.iter().enumerate() {
        gaps.extend(cycle(regimen, tried, at, phase));
    }
    let count = Untouched {
        what: "the number of administrations in all".to_owned(),
        subject: String::new(),
        row: MissingRow::Administrations,
    };
    gaps.extend((!tried.counts).then_some(count));
    for (at, rule) in regimen.rules.iter().enumerate() {
        gaps.extend(rule_rows(tried, at, rule));
    }
    for (at, criterion) in regimen.criteria.iter().enumerate() {
        let met = tried.advised.contains(&RowPlace::Criterion { criterion: at, met: false });
        let found = format!("test = {{ \"{}\" = \"\" }}{}", criterion.test, day(&criterion.days));
        let what = format!("the criterion on {}, not met", criterion.test);
        let gap = Untouched { what, subject: String::new(), row: MissingRow::Advise(found) };
        gaps.extend((!met).then_some(gap));
    }
    gaps
}

/// The window of day 1 and the certainty of a later cycle.
fn cycle(regimen: &Regimen, tried: &Tried, at: usize, phase: &Phase) -> Vec<Untouched> {
    let Some(drug) = phase.drugs.first() else { return Vec::new() };
    let about = About::new(regimen, tried, (at, 0), phase, drug);
    let of_phase = || tried.rows.iter().filter(|row| row.place.0 == at);
    let named = phase.id.as_ref().filter(|_| about.several).map_or(String::new(), |id| format!(" of phase {id}"));
    let once = phase.cycle.count.kind == CountKind::Planned(1);
    let gap = |what: String, open: &str| Untouched {
        what,
        subject: String::new(),
        row: about.row_on((at == 0).then_some(2), about.first_day(), open),
    };
    let window = matches!(phase.cycle.window, Stated::Is(_)) && !once;
    let said = of_phase().any(|row| row.wanted.window.is_some());
    let window = (window && !said).then(|| gap(format!("the window{named}"), "window = { from = , through = }"));
    let certain = !once && !of_phase().any(|row| row.wanted.certain.is_some());
    let certain = certain.then(|| gap(format!("whether later cycles{named} are certain"), "certain = "));
    window.into_iter().chain(certain).collect()
}

fn rule_rows<'a>(tried: &'a Tried, at: usize, rule: &'a Rule) -> impl Iterator<Item = Untouched> + use<'a> {
    let open = rule.rows.iter().enumerate();
    let open = open.filter(move |(row, _)| !tried.advised.contains(&RowPlace::Rule { rule: at, row: *row }));
    open.map(|(_, row)| {
        let kind = match rule.looks_at {
            LooksAt::Test { .. } => format!("test = {{ \"{}\" = \"\" }}", rule.name),
            LooksAt::Grade { .. } => format!("grade = {{ \"{}\" = \"\" }}", rule.name),
            LooksAt::Event => format!("event = [\"{}\"]", rule.name),
        };
        Untouched {
            what: format!("{}: {}", rule.name, rule.row_words(row)),
            subject: String::new(),
            row: MissingRow::Advise(kind + &day(&rule.days)),
        }
    })
}

/// The key of the day, where it matters.
fn day(days: &[i32]) -> String {
    days.first().map_or(String::new(), |day| format!(", day = {day}"))
}
