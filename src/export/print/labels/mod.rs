//! Labels for what the pharmacy prepares or dispenses, worded once for both ways of drawing them.
//!
//! A label says the total dose, the total volume, the concentration, the hours and mL/h: never mL in 24 hours, which has
//! been set as a rate (ISMP 2015), and never a range, which is no instruction. What nobody stated is a line to write on.

mod law;

use crate::calendar::{Moment, print, weekday, with_weekday};
use crate::plan::Infusion;
use crate::present::{Container, DoseRow, DoseState, Place, PlannedRow, PreparationRow, Schedule};
use crate::quantity::Decimal;

use super::super::{ExportError, Options, shared};
use super::document::{Label, Labels, Line, label_size, size_words};
use super::visit::{prepared, short, visit, wanted};
use crate::study::LabelSize;

/// A label a preparation, on the stock that was chosen; those for the spine come last, on sheets of their own.
pub(super) fn labels(schedule: &Schedule, options: &Options) -> Labels {
    let doses = schedule.doses.iter().filter(|dose| wanted(options, dose.cycle) && prepared(schedule, options, dose));
    let standard = if options.letter { LabelSize::LetterTen } else { LabelSize::A4Eight };
    let size = options.print.labels.unwrap_or(standard);
    let compact = size == LabelSize::LetterTen;
    let mut labels: Vec<Label> = doses.map(|dose| label(schedule, dose, (options, compact))).collect();
    labels.sort_by_key(|label| label.spinal);
    Labels { size, labels }
}

/// Why a label cannot be printed on its stock.
pub(super) fn too_long(label: &Label, size: LabelSize) -> ExportError {
    let larger = if label_size(size).1 < label_size(LabelSize::Roll).1 {
        format!("print on the larger {}", size_words(LabelSize::Roll))
    } else {
        "shorten its warning in the regimen file".to_owned()
    };
    ExportError::Refused(format!(
        "the label of {} on {} does not fit its stock ({}); {larger}",
        label.name,
        label.date,
        size_words(size)
    ))
}

fn label(schedule: &Schedule, dose: &DoseRow, (options, compact): (&Options, bool)) -> Label {
    let or_blank = |value: &Option<String>, what: &str| value.clone().unwrap_or_else(|| format!("{what} ________"));
    let planned = dose.planned();
    let home = dose.place == Place::Home;
    let made = planned.map(|planned| &planned.preparation).filter(|_| !home);
    let portion = dose.to_prepare().portion.to_string();
    let mut strips: Vec<String> = Vec::new();
    strips.extend(dose.given().map(|_| "GIVEN: do not prepare again".to_owned()));
    strips.extend(dose.handling.mark().map(|mark| format!("▲ {mark}")));
    strips.extend(dose.warn.as_ref().map(|warn| format!("▲ {warn}")));
    strips.extend(made.and_then(PreparationRow::never_words).map(|never| format!("▲ {never}")));
    if let Some(made) = made.filter(|made| made.each_24_hours().is_some() || dose.over_minutes().is_some_and(long)) {
        let over = dose.over.as_ref().map_or_else(String::new, ToString::to_string);
        strips.push(format!("▲ {} is for all {over}, not for one day", made.amount));
    }
    Label {
        who: format!("{} · {}", or_blank(&options.study, "Study"), or_blank(&options.subject, "Subject")),
        visit: visit(dose),
        date: with_weekday(dose.to_prepare().date),
        // A label is cut out and leaves the strip of its page behind.
        draft: shared::banner(schedule).map(|word| format!("{word}: not for use")),
        spinal: dose.is_spinal(),
        name: dose.shown.clone(),
        apart: badge(dose),
        how: how(dose, true),
        how_alone: dose.when.is_some().then(|| how(dose, false)),
        // Of two halves that differ the directions say both, and one headline would be two.
        dose: match made {
            Some(made) => made.amount.to_string(),
            None if dose.to_prepare().portion.is_plain() => portion,
            None => String::new(),
        },
        pack: (!compact).then(|| format!("{} ____ of ____", dose.container().word())),
        lines: {
            let mut lines = match made {
                Some(made) => bag(dose, made),
                None => planned.map(|planned| directions(schedule, dose, planned)).unwrap_or_default(),
            };
            lines.extend(dose.handling.words().map(|words| (words, String::new())));
            lines
        },
        remark: dose.note.clone().filter(|_| home),
        strips,
        write: write(dose, compact),
        foot: foot(options, home, compact),
        scale: 1.0,
    }
}

/// What the law asks for; on a small label without a line of its own for each sentence.
fn foot(options: &Options, home: bool, compact: bool) -> Vec<String> {
    let lines = law::words(options.print.jurisdiction, options.study.is_some(), home);
    if compact && !lines.is_empty() { vec![lines.join(" ")] } else { lines }
}

/// What stands large below the name: what tells it from another of the same name, and a route that must not be mistaken for a
/// vein.
fn badge(dose: &DoseRow) -> Option<String> {
    let route = (dose.is_spinal() || dose.route.is_none()).then(|| dose.route_words().to_owned());
    let words: Vec<String> = dose.apart.clone().into_iter().chain(route).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// When it begins by the clock, where that is known.
fn begins(dose: &DoseRow) -> Option<Moment> {
    dose.to_prepare().begins
}

/// An infusion of more than this runs beyond its day.
fn long(minutes: Decimal) -> bool {
    minutes > Decimal::from(12 * 60)
}

/// How it is given, with its place among the other drugs or without.
fn how(dose: &DoseRow, placed: bool) -> String {
    let mut parts = vec![dose.route_words().to_owned()];
    parts.extend(dose.part_words());
    parts.extend(dose.when.clone().filter(|_| placed));
    if dose.place == Place::Home {
        parts.push("at home".to_owned());
    }
    parts.join(", ")
}

/// Total volume, concentration, hours and rate.
fn bag(dose: &DoseRow, made: &PreparationRow) -> Vec<(String, String)> {
    let Some(over) = &dose.over else {
        // Of tablets their number, of anything else volume and vials; what the file does not say of a syringe is written.
        let supply = dose.supply().or_else(|| made.supply_words()).map(|supply| (supply, String::new()));
        let open = dose.container() != Container::Pack && (dose.is_spinal() || made.drug.is_none());
        let blank = ("in all ______ mL".to_owned(), format!("______ {}/mL", made.amount.unit));
        return supply.into_iter().chain(open.then_some(blank)).collect();
    };
    let drug = made.drug.map(|volume| format!("{volume} of drug"));
    let volume = match (made.in_all(), made.dilution.as_ref().and_then(|dilution| dilution.fluid.as_ref())) {
        (Some(volume), Some(fluid)) => format!("in {volume} {fluid}"),
        (Some(volume), None) => format!("in all {volume}, undiluted"),
        (None, Some(fluid)) => format!("in ______ mL {fluid}"),
        (None, None) => match &drug {
            Some(drug) => format!("{drug}, in all ______ mL"),
            None => "in ______ mL of ______________".to_owned(),
        },
    };
    let strength =
        made.concentration().map_or_else(|| format!("______ {}/mL", made.amount.unit), |one| one.to_string());
    let mut lines = vec![(volume, strength)];
    let rate = made.rate().map_or_else(|| "______ mL/h".to_owned(), |rate| rate.to_string());
    match over {
        Infusion::Bolus => lines.push(("as a bolus".to_owned(), String::new())),
        Infusion::For(period) => lines.push((format!("over {period}"), rate)),
        Infusion::Between(..) | Infusion::Unknown => lines.push(("over ____________".to_owned(), rate)),
        Infusion::AtMost { rate: most, .. } => lines.push((format!("not faster than {most} an hour"), rate)),
    }
    lines.extend(made.undiluted().map(|rate| ("if undiluted".to_owned(), rate.to_string())));
    if let Some(end) = made.ends(dose.to_prepare().date) {
        let start = short(dose.to_prepare().date);
        let clock = |at: Option<Moment>| at.map_or_else(|| "______".to_owned(), Moment::time);
        let ends = dose.to_prepare().ends;
        let last = ends.map_or(end, |ends| ends.date);
        lines.push((
            format!("start {start} at {}", clock(begins(dose))),
            format!("end {} at {}", short(last), clock(ends)),
        ));
    }
    lines
}

/// How it is taken at home: each dose by what it is counted out, and when; what is in the pack.
fn directions(schedule: &Schedule, dose: &DoseRow, planned: &PlannedRow) -> Vec<(String, String)> {
    let mut lines = vec![format!("Each dose: {}", planned.dose_words())];
    lines.extend(planned.taken_words().map(|taken| format!("Take {taken}")));
    let single = planned.at.run.as_ref().is_none_or(|run| run.administrations == 1);
    lines.extend(next(schedule, dose).filter(|_| single).map(|next| format!("Not again before {next}")));
    lines.extend(planned.dispensed_words().map(|all| format!("In this pack: {all}")));
    lines.into_iter().map(|line| (line, String::new())).collect()
}

/// The day of the next dose of the drug: `Monday 14-Dec-2026`.
fn next(schedule: &Schedule, dose: &DoseRow) -> Option<String> {
    let own = dose.to_prepare().date;
    let later = schedule.doses.iter().filter(|one| one.id == dose.id && one.state() == DoseState::Projected);
    let day = later.map(|one| one.to_prepare().date).filter(|date| *date > own).min()?;
    Some(format!("{} {}", weekday(day), print(day)))
}

/// What is written by hand.
fn write(dose: &DoseRow, compact: bool) -> Vec<Vec<Line>> {
    let done = if dose.place == Place::Home { "Dispensed" } else { "Prepared" };
    let mut last = vec![Line::new(done, 32), Line::new("Checked", 32)];
    if dose.handling.store.is_none() {
        last.insert(0, Line::new("Store", 32));
    }
    if compact {
        let container = dose.container();
        let share = if container == Container::BagOrSyringe { 34 } else { 20 };
        last.insert(0, Line::new(container.word(), share));
    }
    vec![vec![Line::new("Batch", 30), Line::new("Use before", 46), Line::new("at", 20)], last]
}
