//! `posology regimen advise`: which rows of the modification tables apply, and what each says.

use serde_json::json;

use crate::advice::{self, Advice, AskedBy, ForDrug, ObservationKind, Observations, advise, looked_at};
use crate::calendar::{self, Date};
use crate::failure::Failure;
use crate::present::{NOT_AN_ORDER, advice as words};
use crate::quantity::QuantityError;
use crate::quantity::number::shown;
use crate::regimen::{Action, NotOneDrug, Regimen};

use super::super::at_most_once::AtMostOnce;
use super::super::{Output, observation, places};

/// Options of `posology regimen advise`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    #[command(flatten)]
    found: Found,
    /// The dose level or percentage in force: irinotecan=-1, irinotecan=75% (may be repeated, once for each drug)
    #[arg(long, value_name = "DRUG=CHANGE", allow_hyphen_values = true)]
    level: Vec<String>,
    /// Genotype, the gene with both alleles: "UGT1A1*1/*28"
    #[arg(long, value_name = "GENOTYPE")]
    genotype: Option<String>,
    /// Assigned cohort or arm, of a drug whose dose goes by it
    #[arg(long, value_name = "COHORT")]
    cohort: Option<String>,
    /// Completed years
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    age: Option<String>,
    /// Actual weight
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    weight: Option<String>,
    /// Body surface in m²: 1.75
    #[arg(long, value_name = "AREA", allow_negative_numbers = true)]
    bsa: Option<String>,
    /// Kidney function with its unit: "85 mL/min"
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    gfr: Option<String>,
    #[command(flatten)]
    places: places::Places,
}

/// What was found, of anybody.
#[derive(Debug, clap::Args)]
pub struct Found {
    /// A laboratory value with its unit: "neutrophils 0.9 10^9/L" (may be repeated, once for each test)
    #[arg(long, value_name = "TEST VALUE")]
    lab: Vec<String>,
    /// The upper limit of normal of a test: "ALT 40 U/L" (may be repeated)
    #[arg(long, value_name = "TEST VALUE")]
    uln: Vec<String>,
    /// The CTCAE grade of a toxicity, 1 to 5, or 0 for none: "diarrhoea 3" (may be repeated, once for each toxicity)
    #[arg(long, value_name = "TOXICITY GRADE")]
    grade: Vec<String>,
    /// Something that happened: "febrile neutropenia" (may be repeated)
    #[arg(long, value_name = "EVENT")]
    event: Vec<String>,
    /// Something that did not happen: "fever" (may be repeated)
    #[arg(long, value_name = "EVENT")]
    without: Vec<String>,
    /// How often it has now happened: "diarrhoea 2" (may be repeated)
    #[arg(long, value_name = "WHAT NUMBER")]
    occurrence: Vec<String>,
    /// The day of the cycle on which treatment is due: 8; of a subject, that of the next dose unless it is said
    #[arg(long, value_name = "DAY", allow_negative_numbers = true)]
    day: Option<String>,
}

impl Found {
    /// Adds what was found to what is known.
    pub fn add(&self, regimen: &Regimen, observed: &mut Observations) -> Result<(), Failure> {
        let lines = [
            ("--lab", ObservationKind::Test, &self.lab),
            ("--uln", ObservationKind::Limit, &self.uln),
            ("--grade", ObservationKind::Grade, &self.grade),
            ("--occurrence", ObservationKind::Occurrence, &self.occurrence),
        ];
        for (option, kind, list) in lines {
            let tell = |line: &String| {
                advice::add_line(regimen, observed, kind, line).map_err(|error| refused(option, &error))
            };
            list.iter().try_for_each(tell)?;
        }
        if let Some(day) = &self.day {
            observed.add(ObservationKind::Day, "", day).map_err(|error| refused("--day", &error))?;
        }
        observed.events.clone_from(&self.event);
        observed.absent.clone_from(&self.without);
        Ok(())
    }

    /// Whether nothing at all was said.
    pub fn is_empty(&self) -> bool {
        let all = [&self.lab, &self.uln, &self.grade, &self.event, &self.without, &self.occurrence];
        all.iter().all(|list| list.is_empty())
    }
}

fn refused(option: &str, error: &QuantityError) -> Failure {
    let QuantityError { typed, wrong, right } = error;
    Failure::unreadable(format!("{option} \"{typed}\" {wrong}")).hint(format!("write {right}"))
}

/// Nothing was said to look up.
pub fn nothing() -> Failure {
    Failure::missing("nothing was said to look up")
        .hint("say what was found, such as --lab \"neutrophils 0.9 10^9/L\" or --grade \"diarrhoea 3\"")
}

/// Looks everything up and lists it.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entry = args.places.library(&args.places.site()?)?.find(&args.regimen)?;
    let regimen = super::require_valid(&entry)?;
    let observed = observed(args, &regimen)?;
    let advice = advise(&regimen, &observed);
    report(&regimen, &advice, &Whom { observed: &observed, subject: None, stopped: None }, output)?;
    require_settled(&regimen, &advice, None)
}

/// Whom it is about: a subject of the record, with the end of treatment where it has ended; and what is known.
#[allow(missing_docs)]
pub struct Whom<'a> {
    pub observed: &'a Observations,
    pub subject: Option<&'a str>,
    pub stopped: Option<&'a (Date, String)>,
}

/// Lists what a regimen says to what was found; nothing where two things that were said cannot both hold.
pub fn report(regimen: &Regimen, advice: &Advice, whom: &Whom<'_>, output: &mut Output) -> Result<(), Failure> {
    if !advice.contradictions.is_empty() {
        return Err(Failure::blocked(advice.contradictions.clone()));
    }
    if crate::finding::blocks(&advice.implausible) {
        return Err(Failure::blocked(advice.implausible.clone()));
    }
    advice.implausible.iter().for_each(|finding| output.finding(finding));
    if output.is_json() {
        return output.json(&in_json(regimen, advice, whom));
    }
    write(regimen, advice, whom, output)
}

/// Nothing is passed over in silence: what no rule looks at, and a drug that is not settled, end with 3, behind all
/// that the file did say.
pub fn require_settled(regimen: &Regimen, advice: &Advice, subject: Option<&str>) -> Result<(), Failure> {
    let unsettled: Vec<String> = advice.unsettled().iter().map(|id| regimen.name_of(id, None, 1)).collect();
    if advice.unused.is_empty() && unsettled.is_empty() {
        return Ok(());
    }
    let in_vain = (!advice.unused.is_empty()).then(|| looked_for_in_vain(advice));
    let Some(first) = unsettled.first() else { return in_vain.map_or(Ok(()), Err) };
    let who = if unsettled.len() == 1 { first.clone() } else { unsettled.join(", ") };
    let text = format!("not settled: {who}; what is asked must be said first");
    let failure = Failure { code: "not-settled", ..Failure::refused(text) };
    let asked = advice.drugs.iter().flat_map(|of| &of.asks).filter_map(|at| advice.open.get(*at));
    let mut hints: Vec<String> =
        asked.map(|one| format!("{}: {}", words::needs(regimen, one), observation::answer(one, subject))).collect();
    hints.dedup();
    hints.extend(in_vain.into_iter().flat_map(|one| std::iter::once(one.message).chain(one.hints)));
    Err(hints.into_iter().fold(failure, Failure::hint))
}

fn looked_for_in_vain(advice: &Advice) -> Failure {
    let said: Vec<String> = advice.unused.iter().map(|one| format!("\"{}\"", shown(&one.said))).collect();
    let failure = Failure::refused(format!("no rule of this file looks at {}", said.join(", ")));
    let near = advice.unused.iter().filter(|one| one.near.is_some()).map(observation::nobody_looks);
    let near: Vec<String> = near.collect();
    near.into_iter().fold(failure, Failure::hint)
}

fn observed(args: &Args, regimen: &Regimen) -> Result<Observations, Failure> {
    let mut observed = Observations::default();
    let subject = [
        ("--genotype", ObservationKind::Genotype, &args.genotype),
        ("--cohort", ObservationKind::Cohort, &args.cohort),
        ("--age", ObservationKind::Age, &args.age),
        ("--weight", ObservationKind::Weight, &args.weight),
        ("--bsa", ObservationKind::Surface, &args.bsa),
        ("--gfr", ObservationKind::Gfr, &args.gfr),
    ];
    for (option, kind, text) in subject {
        let Some(text) = text else { continue };
        observed.add(kind, "", text).map_err(|error| refused(option, &error))?;
    }
    args.found.add(regimen, &mut observed)?;
    let mut said = AtMostOnce::default();
    for text in &args.level {
        let (drugs, level) = level(text, regimen)?;
        for drug in drugs {
            observed.add(ObservationKind::Level, &drug, level).map_err(|error| refused("--level", &error))?;
            said.add(&drug, level)?;
        }
    }
    if (Observations { day: None, ..observed.clone() }) == Observations::default() {
        return Err(nothing());
    }
    Ok(observed)
}

/// `irinotecan=-1`, for every entry of that id or name.
fn level<'t>(text: &'t str, regimen: &Regimen) -> Result<(Vec<String>, &'t str), Failure> {
    let wrong = || {
        Failure::unreadable(format!("--level \"{}\" names no drug and level of this regimen", shown(text)))
            .hint("write for example --level irinotecan=-1, or --level irinotecan=75%")
    };
    let (drug, level) = text.split_once('=').ok_or_else(wrong)?;
    match regimen.drug_called(drug) {
        Ok(one) => Ok((vec![one.id.clone()], level)),
        Err(NotOneDrug::Several(all)) => Ok((all.into_iter().map(|(id, _)| id).collect(), level)),
        Err(NotOneDrug::None(Some(near))) => Err(wrong().hint(format!("did you mean {near}?"))),
        Err(NotOneDrug::None(None)) => Err(wrong()),
    }
}

fn head(regimen: &Regimen, whom: &Whom<'_>, output: &mut Output) -> Result<(), Failure> {
    words::banner(regimen).map_or(Ok(()), |banner| output.line(&format!("*** {banner} ***")))?;
    whom.subject.map_or(Ok(()), |code| output.line(&format!("Subject {code}")))?;
    whom.stopped.map_or(Ok(()), |stopped| output.line(&words::ended(stopped)))?;
    output.line(&format!("{}  (v{}, {})", regimen.name, regimen.version, regimen.status.word().to_uppercase()))?;
    output.line(NOT_AN_ORDER)?;
    let known: Vec<String> = words::known(regimen, whom.observed, true).iter().map(ToString::to_string).collect();
    let from = if whom.subject.is_some() { "From the record" } else { "Beside what was found" };
    if known.is_empty() { Ok(()) } else { output.line(&format!("{from}: {}", known.join(", "))) }
}

fn write(regimen: &Regimen, advice: &Advice, whom: &Whom<'_>, output: &mut Output) -> Result<(), Failure> {
    head(regimen, whom, output)?;
    output.line("")?;
    if !words::has_tables(regimen) {
        output.line(words::NO_RULES)?;
    }
    for taken in &advice.taken {
        output.line(&words::taken(taken))?;
    }
    for drug in &advice.drugs {
        output.line(&format!("{}: {}", words::drug_name(regimen, drug), words::follows(advice, drug)))?;
    }
    for (at, row) in advice.rows.iter().enumerate() {
        output.line("")?;
        output.line(&format!("{}: {}", row.found, row.row))?;
        for line in &row.words {
            output.line(&format!("  {line}"))?;
        }
        words::furthest(regimen, advice, at).map_or(Ok(()), |text| output.line(&format!("  {text}")))?;
        output.line(&format!("  source: {}", words::source(regimen, row)))?;
    }
    for question in &advice.open {
        output.line("")?;
        output.line(&format!(
            "{}: {}",
            words::needs(regimen, question),
            observation::answer(question, whom.subject)
        ))?;
    }
    for other in &advice.other_days {
        output.line("")?;
        output.line(&words::other_days(other))?;
    }
    for unused in &advice.unused {
        output.line("")?;
        output.line(&observation::nobody_looks(unused))?;
    }
    if let Some(all) = observation::looks_at(regimen).filter(|_| !advice.unused.is_empty()) {
        output.line(&all)?;
    }
    output.line("")?;
    output.line(words::DECIDES)
}

/// What a drug comes to, in one word for a program: only what is settled is an action.
fn now(advice: &Advice, of: &ForDrug) -> Option<String> {
    match (&advice.death, of.is_settled()) {
        (Some(_), _) => Some("no dose follows".to_owned()),
        (None, false) => Some("not settled".to_owned()),
        (None, true) => of.now.map(Action::words),
    }
}

fn in_json(regimen: &Regimen, advice: &Advice, whom: &Whom<'_>) -> serde_json::Value {
    let actions = |list: &[(String, Action)]| -> Vec<serde_json::Value> {
        list.iter().map(|(drug, action)| json!({ "drug": drug, "action": action.words() })).collect()
    };
    let rows = advice.rows.iter().map(|row| {
        json!({
            "rule": row.rule,
            "found": row.found,
            "row": row.row,
            "says": actions(&row.says),
            "then": actions(&row.then),
            "words": row.words,
            "source": row.source,
            "mark": row.mark,
        })
    });
    let drugs = advice.drugs.iter().map(|one| {
        json!({
            "drug": one.drug,
            "name": words::drug_name(regimen, one),
            "now": now(advice, one),
            "at_least": one.at_least.map(Action::words),
            "asks": one.asks,
            "row": one.by,
            "dose": one.dose.map(|lowered| json!({
                "action": lowered.action.words(),
                "level": lowered.level,
                "dose": lowered.dose.map(|dose| dose.to_string()),
                "above": lowered.above.map(|dose| dose.to_string()),
            })),
        })
    });
    let open = advice.open.iter().map(|one| {
        let (rule, drug) = match &one.by {
            AskedBy::Rule(rule) => (Some(rule), None),
            AskedBy::Dose(drug) => (None, Some(drug)),
        };
        json!({ "rule": rule, "drug": drug, "needs": one.needs, "say": observation::answer(one, whom.subject) })
    });
    let known = words::known(regimen, whom.observed, true);
    let known =
        known.iter().map(|one| json!({ "what": one.what, "value": one.value, "on": one.on.map(calendar::iso) }));
    json!({
        "format": 1,
        "notice": NOT_AN_ORDER,
        "id": regimen.id,
        "version": regimen.version,
        "status": regimen.status.word(),
        "banner": words::banner(regimen),
        "sha256": regimen.sha256,
        "subject": whom.subject,
        "stopped": whom.stopped.map(|(on, why)| json!({ "on": calendar::iso(*on), "reason": why })),
        "known": known.collect::<Vec<_>>(),
        "drugs": drugs.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
        "taken": advice.taken.iter().map(|(said, usual)| json!({ "said": said, "as": usual })).collect::<Vec<_>>(),
        "other_days": advice.other_days.iter().map(|one| json!({ "rule": one.rule, "found": one.found, "days": one.days, "day": one.day })).collect::<Vec<_>>(),
        "doubts": advice.implausible,
        "unused": advice.unused.iter().map(|one| one.said.clone()).collect::<Vec<_>>(),
        "near": advice.unused.iter().map(|one| one.near.as_ref().map(|(_, name)| name)).collect::<Vec<_>>(),
        "looks_at": looked_at(regimen).into_iter().map(|(_, name)| name).collect::<Vec<_>>(),
        "decides": "the prescriber",
    })
}
