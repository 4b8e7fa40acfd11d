//! `posology regimen explain`: the page of a rule of the checker, or the list of all.

use serde_json::{Value, json};

use crate::checker::{self, Rule};
use crate::failure::Failure;

use super::super::Output;

/// Options of `posology regimen explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rule's code, such as R013, or its name; every rule when left out
    code: Option<String>,
}

/// Prints one page, or every rule in a line.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.code {
        Some(code) => page(find(code)?, output),
        None => list(output),
    }
}

fn find(code: &str) -> Result<&'static Rule, Failure> {
    checker::find(code).ok_or_else(|| {
        Failure::unreadable(format!("there is no rule \"{}\"", crate::quantity::number::shown(code)))
            .hint("`posology regimen explain` lists them")
    })
}

fn list(output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let rules: Vec<Value> = checker::RULES.iter().map(row).collect();
        return output.json(&json!({ "format": 1, "rules": rules }));
    }
    checker::RULES.iter().try_for_each(|rule| output.line(&format!("{}  {}", rule.code, rule.summary())))
}

fn page(rule: &Rule, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let mut document = row(rule);
        document["format"] = json!(1);
        document["page"] = json!(rule.page());
        return output.json(&document);
    }
    output.line(&format!("{}  {}  {}\n\n{}", rule.code, rule.severity.word(), rule.name, rule.page()))
}

fn row(rule: &Rule) -> Value {
    json!({ "code": rule.code, "name": rule.name, "severity": rule.severity, "summary": rule.summary() })
}
