//! `posology regimen advise`: which rows of the modification tables apply, and what each says.

use serde_json::json;

use crate::failure::Failure;
use crate::present::NOT_AN_ORDER;
use crate::quantity::number::shown;
use crate::quantity::{Age, Gfr, Measured, Results, Weight};
use crate::regimen::Regimen;
use crate::regimen::advice::{Advice, Applies, Facts, ForDrug, advise};
use crate::regimen::model::Action;

use super::super::measure::{read, unreadable};
use super::super::{Output, places};

/// Options of `posology regimen advise`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    #[command(flatten)]
    found: Found,
    /// The dose level in force: irinotecan=-1 (may be repeated)
    #[arg(long, value_name = "DRUG=LEVEL", allow_hyphen_values = true)]
    level: Vec<String>,
    /// Genotype as the laboratory writes it: "UGT1A1*28/*28"
    #[arg(long, value_name = "GENOTYPE")]
    genotype: Option<String>,
    /// Completed years
    #[arg(long, value_name = "YEARS")]
    age: Option<String>,
    /// Actual weight
    #[arg(long, value_name = "WEIGHT")]
    weight: Option<String>,
    /// Kidney function with its unit: "85 mL/min"
    #[arg(long, value_name = "VALUE")]
    gfr: Option<String>,
    #[command(flatten)]
    places: places::Places,
}

/// What was found, of anybody.
#[derive(Debug, clap::Args)]
pub struct Found {
    /// A laboratory value with its unit: "neutrophils 0.9 10^9/L" (may be repeated)
    #[arg(long, value_name = "TEST VALUE")]
    lab: Vec<String>,
    /// The upper limit of normal of a test: "ALT 40 U/L" (may be repeated)
    #[arg(long, value_name = "TEST VALUE")]
    uln: Vec<String>,
    /// The grade of a toxicity: "diarrhoea 3" (may be repeated)
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
}

impl Found {
    /// Adds what was found to what is known.
    pub fn add(&self, facts: &mut Facts) -> Result<(), Failure> {
        facts.events.clone_from(&self.event);
        facts.absent.clone_from(&self.without);
        for text in &self.lab {
            facts.tests.push(result("--lab", text)?);
        }
        for text in &self.uln {
            facts.limits.push(result("--uln", text)?);
        }
        for text in &self.grade {
            facts.grades.push(counted("--grade", text, 0, 5, "diarrhoea 3")?);
        }
        for text in &self.occurrence {
            facts.occurrences.push(counted("--occurrence", text, 1, 99, "diarrhoea 2")?);
        }
        Ok(())
    }

    /// Whether nothing at all was said.
    pub fn is_empty(&self) -> bool {
        let all = [&self.lab, &self.uln, &self.grade, &self.event, &self.without, &self.occurrence];
        all.iter().all(|list| list.is_empty())
    }
}

/// Nothing was said to look up.
pub fn nothing() -> Failure {
    Failure::missing("nothing was said to look up")
        .hint("say what was found, such as --lab \"neutrophils 0.9 10^9/L\" or --grade \"diarrhoea 3\"")
}

/// Looks everything up and lists it.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entry = args.places.library(&args.places.site()?)?.find(&args.regimen)?;
    let regimen = super::sound(&entry)?;
    let facts = facts(args, &regimen)?;
    tell(&regimen, &advise(&regimen, &facts), output)
}

/// Lists what a regimen says to what was found.
pub fn tell(regimen: &Regimen, advice: &Advice, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(&in_json(regimen, advice));
    }
    write(regimen, advice, output)
}

fn facts(args: &Args, regimen: &Regimen) -> Result<Facts, Failure> {
    let gfr = read("--gfr", args.gfr.as_ref(), Gfr::read)?;
    if let Some(Gfr::Indexed(_)) = gfr {
        let failure = Failure::unreadable("--gfr: this one is indexed to 1.73 m², and rules take an absolute one");
        return Err(failure.hint("give it in mL/min"));
    }
    let mut facts = Facts {
        genotype: args.genotype.clone(),
        age: read("--age", args.age.as_ref(), Age::read)?.map(Age::value),
        weight: read("--weight", args.weight.as_ref(), Weight::read)?.map(Weight::value),
        gfr: gfr.map(Gfr::value),
        ..Facts::default()
    };
    args.found.add(&mut facts)?;
    for text in &args.level {
        let (drug, level) = level(text, regimen)?;
        facts.levels.extend(drug.into_iter().map(|drug| (drug, level)));
    }
    if facts == Facts::default() {
        return Err(nothing());
    }
    Ok(facts)
}

fn result(option: &str, text: &str) -> Result<(String, Measured), Failure> {
    Results::read_one(text).map_err(|error| unreadable(option, &error))
}

/// `diarrhoea 3`, `diarrhoea grade 3`.
fn counted(option: &str, text: &str, least: u32, most: u32, example: &str) -> Result<(String, u32), Failure> {
    let split = text.trim().rsplit_once(' ').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
    let name = split.map(|(name, number)| (name.trim_end_matches(" grade").trim().to_owned(), number));
    name.filter(|(name, number)| !name.is_empty() && (least..=most).contains(number)).ok_or_else(|| {
        let text = format!("{option} \"{}\" does not end in a whole number from {least} to {most}", shown(text));
        Failure::unreadable(text).hint(format!("write for example {option} \"{example}\""))
    })
}

/// `irinotecan=-1`, for every entry of that id or name.
fn level(text: &str, regimen: &Regimen) -> Result<(Vec<String>, i32), Failure> {
    let wrong = || {
        Failure::unreadable(format!("--level \"{}\" names no drug and level of this regimen", shown(text)))
            .hint("write for example --level irinotecan=-1")
    };
    let (drug, level) = text.split_once('=').ok_or_else(wrong)?;
    let level: i32 = level.parse().map_err(|_| wrong())?;
    let named = regimen.drugs().filter(|known| known.id == drug || known.name == drug).map(|known| known.id.clone());
    let ids: Vec<String> = named.collect();
    if ids.is_empty() || !(-20..=0).contains(&level) { Err(wrong()) } else { Ok((ids, level)) }
}

fn write(regimen: &Regimen, advice: &Advice, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("{}  (v{}, {})", regimen.name, regimen.version, regimen.status.word()))?;
    output.line(NOT_AN_ORDER)?;
    output.line("")?;
    if regimen.rules.is_empty() && regimen.criteria.is_empty() {
        output.line(
            "This file holds no rule on results, grades or events; that says nothing about what the protocol holds.",
        )?;
    }
    for drug in &advice.drugs {
        output.line(&summary(regimen, advice, drug))?;
    }
    for row in &advice.rows {
        output.line("")?;
        output.line(&format!("{}: {}", row.found, row.row))?;
        for line in &row.words {
            output.line(&format!("  {line}"))?;
        }
        output.line(&format!("  source: {}", source(regimen, row)))?;
    }
    for question in &advice.open {
        output.line("")?;
        output.line(&format!("The rule on {} needs {}: {}", question.rule, question.needs, question.say))?;
    }
    for unused in &advice.unused {
        output.line("")?;
        output.line(&format!("No rule of this file looks at \"{}\".", shown(unused)))?;
    }
    output.line("")?;
    output.line("These are the words of the file. The prescriber decides.")
}

fn summary(regimen: &Regimen, advice: &Advice, of: &ForDrug) -> String {
    let drug = regimen.drugs().find(|drug| drug.id == of.drug);
    let name = drug.map_or_else(|| of.drug.clone(), crate::present::full_name);
    let Some(now) = of.now else {
        let pending = if advice.open.is_empty() { "" } else { " yet" };
        let steps = drug.and_then(|drug| drug.ladder.as_ref()).map_or(String::new(), |ladder| {
            let doses: Vec<String> =
                ladder.steps.iter().filter_map(|step| step.dose).map(|dose| dose.to_string()).collect();
            if doses.is_empty() {
                String::new()
            } else {
                format!("; the file lists reduced doses: {}", doses.join(", "))
            }
        });
        return format!("{name}: no row speaks of it{pending}{steps}");
    };
    let dose = of.dose.map_or(String::new(), |lowered| {
        let level = lowered.level.map_or(String::new(), |level| format!(" = level {level}"));
        let dose = lowered.dose.map_or(String::new(), |dose| format!(", {dose}"));
        format!("{}{level}{dose}", lowered.action.words())
    });
    let dose = match (now.severity(), dose.is_empty()) {
        (_, true) => now.words(),
        (1, false) => dose,
        (_, false) => format!("{}; when treatment goes on: {dose}", now.words()),
    };
    let speaking = |row: &&Applies| row.says.iter().any(|(drug, _)| *drug == of.drug);
    let several = advice.rows.iter().filter(speaking).count();
    let why = if several > 1 { format!("  (the furthest of {several} rows)") } else { String::new() };
    format!("{name}: {dose}{why}")
}

fn source(regimen: &Regimen, row: &Applies) -> String {
    let mark = row.mark.map_or(String::new(), |mark| format!(" [{}]", mark.to_uppercase()));
    let Some(id) = &row.source else { return format!("see the criteria of the file{mark}") };
    let title = regimen.sources.iter().find(|source| source.id == *id).map(|source| format!(", {}", source.title));
    if id == crate::regimen::model::Provenance::UNVERIFIED {
        return "[UNVERIFIED] nobody has verified it".to_owned();
    }
    format!("{id}{}{mark}", title.unwrap_or_default())
}

fn in_json(regimen: &Regimen, advice: &Advice) -> serde_json::Value {
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
            "now": one.now.map(Action::words),
            "row": one.by,
            "dose": one.dose.map(|lowered| json!({
                "action": lowered.action.words(),
                "level": lowered.level,
                "dose": lowered.dose.map(|dose| dose.to_string()),
            })),
        })
    });
    let open = advice.open.iter().map(|one| json!({ "rule": one.rule, "needs": one.needs, "say": one.say }));
    json!({
        "format": 1,
        "id": regimen.id,
        "version": regimen.version,
        "sha256": regimen.sha256,
        "drugs": drugs.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
        "unused": advice.unused,
        "decides": "the prescriber",
    })
}
