//! What the modification tables say to what was found, in words.

use crate::advice::{Advice, Applies, AskedBy, ForDrug, ObservationKind, OtherDays, Question, ReducedDose, TableInput};
use crate::calendar::{self, Date};
use crate::quantity::number::shown;
use crate::regimen::Regimen;
use crate::regimen::{Action, Provenance, Status, days_words};

pub use known::{Known, known};

mod known;

/// The last line of every advice.
pub const DECIDES: &str = "From the regimen file; the prescriber decides.";

/// What is said of a file without tables.
pub const NO_RULES: &str = "This regimen file has no dose-modification rules; check the protocol.";

/// The same, behind the name of a command.
pub const WHY_NOT: &str = "this regimen file has no dose-modification rules; check the protocol";

/// Whether a regimen holds anything to look up.
pub fn has_tables(regimen: &Regimen) -> bool {
    !regimen.rules.is_empty() || !regimen.criteria.is_empty()
}

/// The label of something that may be said: `neutrophils`, `diarrhoea grade`, `fever`.
pub fn label(regimen: &Regimen, asked: &TableInput) -> String {
    let name = &asked.name;
    match asked.kind {
        ObservationKind::Test | ObservationKind::Event => name.clone(),
        ObservationKind::Limit => format!("{name} upper limit"),
        ObservationKind::Grade => format!("{name} grade"),
        ObservationKind::Occurrence => format!("{name} occurrence"),
        ObservationKind::Genotype => "genotype".to_owned(),
        ObservationKind::Cohort => "cohort".to_owned(),
        ObservationKind::Age => "age".to_owned(),
        ObservationKind::Weight => "weight".to_owned(),
        ObservationKind::Surface => "body surface".to_owned(),
        ObservationKind::Gfr => "GFR".to_owned(),
        ObservationKind::Day => format!("day of the {}", regimen.cycle_word.one()),
        ObservationKind::Level => format!("{} level", regimen.name_of(name, None, 1)),
    }
}

/// `neutrophils 1 10^9/L: criterion to treat is about day 1, not about day 8.`
pub fn other_days(other: &OtherDays) -> String {
    let OtherDays { rule, found, days, day } = other;
    format!("{found}: {rule} is about {}, not about day {day}.", days_words(days))
}

/// What stands above the advice of a regimen that is not approved.
pub fn banner(regimen: &Regimen) -> Option<String> {
    let word = regimen.status.word().to_uppercase();
    (regimen.status != Status::Approved).then(|| format!("{word}: nobody has approved this regimen for use."))
}

/// That treatment has ended, above what the tables say.
pub fn ended((on, why): &(Date, String)) -> String {
    format!("Treatment ended on {}: {why}", calendar::with_weekday(*on))
}

/// The drug's name as every face shows it; a bolus and a pump of one name are told apart.
pub fn drug_name(regimen: &Regimen, of: &ForDrug) -> String {
    regimen.name_of(&of.drug, None, 1)
}

/// What follows for a drug: `hold; when treatment goes on: one level down = level -1, 50 mg/m2`.
pub fn follows(advice: &Advice, of: &ForDrug) -> String {
    if let Some(death) = &advice.death {
        return format!("no dose follows: {death} is death (CTCAE)");
    }
    if !of.is_settled() {
        return unsettled(advice, of);
    }
    let Some(now) = of.now else { return silent(advice, of) };
    let speaking = |row: &&Applies| row.says.iter().any(|(drug, _)| *drug == of.drug);
    let several = advice.rows.iter().filter(speaking).count();
    let why = if several > 1 { format!("  (the furthest of {several} rows)") } else { String::new() };
    format!("{}{why}", now_and_then(now, of.dose))
}

/// `at least hold; not settled: say which occurrence it is (diarrhoea)`.
fn unsettled(advice: &Advice, of: &ForDrug) -> String {
    let asked: Vec<String> = of.asks.iter().filter_map(|at| advice.open.get(*at)).map(wanted).collect();
    let least = of.at_least.map_or(String::new(), |least| format!("at least {}; ", now_and_then(least, of.dose)));
    format!("{least}not settled: say {}", asked.join(", and "))
}

fn wanted(question: &Question) -> String {
    match &question.by {
        AskedBy::Rule(rule) if *rule == question.needs => question.needs.clone(),
        AskedBy::Rule(rule) => format!("{} ({rule})", question.needs),
        AskedBy::Dose(_) => format!("{}, on which its dose depends", question.needs),
    }
}

/// An action, and the dose that it or what follows it leads to.
fn now_and_then(now: Action, dose: Option<ReducedDose>) -> String {
    match (now.severity(), dose.map(reduced)) {
        (_, None) => now.words(),
        (1, Some(dose)) => dose,
        (_, Some(dose)) => format!("{}; when treatment goes on: {dose}", now.words()),
    }
}

/// `one level down = level -1, 50 mg/m2`.
fn reduced(lowered: ReducedDose) -> String {
    let level = match (lowered.action, lowered.level) {
        (Action::Level(said), Some(level)) if said != level => {
            format!(", below which level {level} is in force and stays")
        }
        (Action::Level(_), _) | (_, None) => String::new(),
        (_, Some(level)) => format!(" = level {level}"),
    };
    let dose = match (lowered.above, lowered.dose) {
        (Some(above), Some(now)) => format!(", {above}: above the {now} in force, which stays"),
        (_, dose) => dose.map_or(String::new(), |dose| format!(", {dose}")),
    };
    format!("{}{level}{dose}", lowered.action.words())
}

/// Nothing was found of a drug: the reduced doses of the file are named, and no action.
fn silent(advice: &Advice, of: &ForDrug) -> String {
    let pending = if advice.open.is_empty() { "" } else { " yet" };
    let doses: Vec<String> = of.steps.iter().map(ToString::to_string).collect();
    let steps =
        if doses.is_empty() { String::new() } else { format!("; the file lists reduced doses: {}", doses.join(", ")) };
    format!("no rule matches{pending}{steps}")
}

/// Where several rows apply: for which drugs this one goes further than any other, and for which it leads to the
/// lowest dose though another goes further now.
pub fn furthest(regimen: &Regimen, advice: &Advice, row: usize) -> Option<String> {
    let named = |wins: &dyn Fn(&ForDrug) -> bool| {
        let settled = advice.drugs.iter().filter(|of| of.is_settled() && wins(of));
        let drugs: Vec<String> = settled.map(|of| drug_name(regimen, of)).collect();
        Some(drugs.join(", ")).filter(|drugs| !drugs.is_empty())
    };
    let further = named(&|of| of.by == Some(row)).map(|drugs| format!("goes furthest for {drugs}"));
    let lowest = named(&|of| of.dose_by == Some(row) && of.by != Some(row));
    let lowest = lowest.map(|drugs| format!("leads to the lowest dose for {drugs}"));
    let told: Vec<String> = further.into_iter().chain(lowest).filter(|_| advice.rows.len() > 1).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Where a row comes from: `trial, A trial [CONFLICT]`.
pub fn source(regimen: &Regimen, row: &Applies) -> String {
    let mark = row.mark.map_or(String::new(), |mark| format!(" [{}]", mark.to_uppercase()));
    let Some(id) = &row.source else { return format!("the file names none{mark}") };
    if id == Provenance::UNVERIFIED {
        return "[UNVERIFIED] nobody has verified it".to_owned();
    }
    let title = regimen.sources.iter().find(|source| source.id == *id).map(|source| format!(", {}", source.title));
    format!("{id}{}{mark}", title.unwrap_or_default())
}

/// What is still asked: `The rule on diarrhoea needs which occurrence it is`.
pub fn needs(regimen: &Regimen, question: &Question) -> String {
    match &question.by {
        AskedBy::Rule(rule) => format!("The rule on {rule} needs {}", question.needs),
        AskedBy::Dose(drug) => {
            format!("The dose of {} depends on {}", regimen.name_of(drug, None, 1), question.needs)
        }
    }
}

/// A name that was taken for the file's own: `"plt" is taken as platelets.`
pub fn taken((said, usual): &(String, String)) -> String {
    format!("\"{}\" is taken as {usual}.", shown(said))
}
