//! `posology regimen explain`: the page of a rule of the checker or of any other code, or the list of all.

use serde_json::{Value, json};

use crate::checker::{self, Rule};
use crate::decide::reasons;
use crate::failure::Failure;
use crate::finding::Code;

use super::super::{Output, codes};

/// Options of `posology regimen explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code of a message, such as R013 or weight-changes-doses, or a rule's name; every code when left out
    code: Option<String>,
}

/// What has a page.
enum Page {
    Rule(&'static Rule),
    Word(Code),
}

/// Prints one page, or every code in a line.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.code {
        Some(code) => match find(code)? {
            Page::Rule(rule) => page(rule, output),
            Page::Word(code) => word(code, output),
        },
        None => list(output),
    }
}

fn find(code: &str) -> Result<Page, Failure> {
    let word = || codes::words().into_iter().find(|one| one.name().eq_ignore_ascii_case(code)).map(Page::Word);
    checker::find(code).map(Page::Rule).or_else(word).ok_or_else(|| {
        Failure::unreadable(format!("there is no message with the code \"{}\"", crate::quantity::number::shown(code)))
            .hint("`posology regimen explain` lists them")
    })
}

fn list(output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let rules: Vec<Value> = checker::RULES.iter().map(row).collect();
        let words: Vec<Value> = codes::words().into_iter().map(word_row).collect();
        return output.json(&json!({ "format": 1, "rules": rules, "codes": words }));
    }
    checker::RULES.iter().try_for_each(|rule| output.line(&format!("{}  {}", rule.code, rule.summary())))?;
    codes::words().into_iter().try_for_each(|code| output.line(&format!("{code}  {}", code.title())))
}

fn page(rule: &Rule, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let mut document = row(rule);
        document["format"] = json!(1);
        document["page"] = json!(rule.page());
        return output.json(&document);
    }
    output.block(&format!("{}  {}  {}\n\n{}", rule.code, rule.severity.word(), rule.name, rule.page()))
}

fn word(code: Code, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let mut document = word_row(code);
        document["format"] = json!(1);
        document["page"] = json!(code.page());
        return output.json(&document);
    }
    let asks = code.asks().map_or_else(String::new, |asks| {
        let listed = reasons::listed(code.name());
        format!("\n\nWhere it warns, this is asked for: {asks}.\nTo choose from, or in your words: {listed}.")
    });
    output.block(&format!("{code}  {}\n\n{}{asks}", code.title(), code.page()))
}

fn row(rule: &Rule) -> Value {
    json!({ "code": rule.code, "name": rule.name, "severity": rule.severity, "summary": rule.summary() })
}

fn word_row(code: Code) -> Value {
    let reasons = code.asks().map(|_| reasons::of(code.name()));
    json!({ "code": code, "title": code.title(), "asks": code.asks(), "reasons": reasons })
}
