//! `posology study show FILE`: what the file says, as a person reads it before the first sheet is printed.

use std::path::PathBuf;

use serde_json::json;

use crate::calendar;
use crate::cli::Output;
use crate::failure::Failure;
use crate::finding::Grades;
use crate::library::study::open;
use crate::quantity::Amount;
use crate::study::facts::Supplied;
use crate::study::{PatientTexts, Study, StudySite};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The study file
    file: PathBuf,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let study = open(&args.file).map_err(|error| super::code_for_file(&args.file, error.into()))?;
    if output.is_json() {
        return output.json(&document(&study));
    }
    for line in lines(&study) {
        output.line(&line)?;
    }
    Ok(())
}

fn lines(study: &Study) -> Vec<String> {
    let protocol = study.protocol.as_ref().map(|protocol| {
        let version = study.protocol_version.as_ref().map_or(String::new(), |version| format!(", version {version}"));
        format!("protocol {protocol}{version}")
    });
    let mut lines = vec![format!("Study {}", study.code)];
    lines.extend(study.title.clone());
    lines.extend(protocol);
    lines.push(format!("namespace {} (never changed)", study.namespace));
    lines.extend(facts(&study.tablets, &study.grades, ""));
    lines.extend(study.arms.iter().map(|arm| format!("arm {}: {}", arm.name, arm.regimen)));
    study.sites.iter().for_each(|one| lines.extend(site(study, one)));
    lines.push(String::new());
    if study.patients.is_empty() {
        lines.push(NO_TEXTS.to_owned());
    }
    lines.extend(study.patients.iter().map(texts));
    lines
}

/// The tablets supplied and the grades raised.
fn facts(tablets: &Supplied, grades: &Grades, before: &str) -> Vec<String> {
    let listed = |list: &Vec<Amount>| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let tablets = tablets.iter().map(|(drug, list)| format!("{before}tablets of {drug}: {}", listed(list)));
    let grades = grades.rows().map(|(code, to)| format!("{before}at least {}: {code}", to.word()));
    tablets.chain(grades).collect()
}

/// The same for programs.
fn facts_document(tablets: &Supplied, grades: &Grades) -> [serde_json::Value; 2] {
    let texts = |list: &Vec<Amount>| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let tablets: std::collections::BTreeMap<_, _> = tablets.iter().map(|(drug, list)| (drug, texts(list))).collect();
    let grades: std::collections::BTreeMap<_, _> = grades.rows().collect();
    [json!(tablets), json!(grades)]
}

/// What is said of a study without a `[[patients]]` table.
const NO_TEXTS: &str =
    "Words for patients: none ([[patients]] is not in the file); every sheet for patients says SAMPLE";

fn site(study: &Study, site: &StudySite) -> Vec<String> {
    let mut lines = vec![String::new(), format!("Site {}", site.name)];
    for contact in &site.contacts {
        let when = contact.when.as_ref().map_or(String::new(), |when| format!(", {when}"));
        lines.push(format!("  {}: {}{when}", contact.who, contact.number));
    }
    if let Some(closures) = &site.closures {
        let named = |date, name: &String| format!("{} {name}", calendar::with_weekday(date));
        let closed: Vec<String> = closures.days.iter().map(|(date, name)| named(*date, name)).collect();
        let opened: Vec<String> = closures.opened.iter().map(|(date, name)| named(*date, name)).collect();
        let told = [("closed", closed), ("open", opened)];
        lines.extend(
            told.iter()
                .filter(|(_, days)| !days.is_empty())
                .map(|(word, days)| format!("  {word}: {}", days.join(", "))),
        );
    }
    lines.extend(facts(&site.tablets, &site.grades, "  "));
    let of = |word: &str, value: Option<&'static str>| value.map(|value| format!("  {word}: {value}"));
    lines.extend(of("paper", site.paper.map(crate::study::Paper::word)));
    lines.extend(of("labels", site.labels.map(crate::study::LabelSize::word)));
    lines.extend(of("rules of labels", study.jurisdiction(Some(site)).map(crate::study::Jurisdiction::word)));
    if !site.bring.is_empty() {
        lines.push(format!("  bring: {}", site.bring.join(", ")));
    }
    lines
}

fn texts(texts: &PatientTexts) -> String {
    let of = if texts.regimens.is_empty() { "every regimen".to_owned() } else { texts.regimens.join(", ") };
    let version = texts.version.as_deref().unwrap_or("not stated");
    let standing = match texts.approved.filter(|_| texts.is_approved()) {
        Some(date) => format!("approved on {}", calendar::print(date)),
        None => "NOT APPROVED: every sheet says SAMPLE".to_owned(),
    };
    format!("Words for patients of {of}: version {version}, {standing}")
}

fn document(study: &Study) -> serde_json::Value {
    let sites = study.sites.iter().map(|site| {
        let [tablets, grades] = facts_document(&site.tablets, &site.grades);
        json!({
            "tablets": tablets,
            "grades": grades,
            "name": site.name,
            "jurisdiction": study.jurisdiction(Some(site)).map(crate::study::Jurisdiction::word),
            "paper": site.paper.map(crate::study::Paper::word),
            "labels": site.labels.map(crate::study::LabelSize::word),
            "bring": site.bring,
            "contacts": site.contacts.iter().map(|one| json!({ "who": one.who, "number": one.number, "when": one.when })).collect::<Vec<_>>(),
        })
    });
    let texts = study.patients.iter().map(|texts| {
        json!({
            "regimens": texts.regimens,
            "version": texts.version,
            "approved": texts.approved.map(calendar::iso),
            "is_approved": texts.is_approved(),
        })
    });
    let [tablets, grades] = facts_document(&study.tablets, &study.grades);
    json!({
        "format": 1,
        "tablets": tablets,
        "grades": grades,
        "code": study.code,
        "namespace": study.namespace,
        "title": study.title,
        "protocol": study.protocol,
        "protocol_version": study.protocol_version,
        "arms": study.arms.iter().map(|arm| json!({ "name": arm.name, "regimen": arm.regimen })).collect::<Vec<_>>(),
        "sites": sites.collect::<Vec<_>>(),
        "patients": texts.collect::<Vec<_>>(),
    })
}
