//! `posology deviations`: what a monitor asks for.

use crate::calendar;
use crate::cli::Output;
use crate::failure::Failure;
use crate::ledger::deviation::{Category, Deviation, deviations};
use crate::subjects::{self, UNREAD};

use super::open::Reading;
use super::table::{Table, Target};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A subject's code; every subject where left out
    code: Option<String>,
    /// Only deviations, only visits given without a double check, or only warnings that were answered with a reason
    #[arg(long, value_name = "CATEGORY", value_parser = CATEGORIES.map(|(category, _)| category.word()))]
    only: Option<String>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: Reading,
}

const COLUMNS: [&str; 9] = ["subject", "date", "kind", "text", "reason", "who", "entry", "category", "grade"];

/// The categories in the order of the page, each under its title.
const CATEGORIES: [(Category, &str); 3] = [
    (Category::Deviation, "Deviations"),
    (Category::NotDoubleChecked, "Visits given without an independent double check"),
    (Category::Answered, "Warnings answered with a reason"),
];

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let codes = match &args.code {
        Some(code) => vec![code.clone()],
        None => store.subjects()?,
    };
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    for code in &codes {
        let opened = match subjects::among(&store, code, &library)? {
            Ok(opened) => opened,
            // The one that was asked for is all there is to tell.
            Err(_) if args.code.is_some() => subjects::open(&store, code, &library)?,
            Err(why) => {
                unread.push((code.clone(), why));
                continue;
            }
        };
        let of_subject = deviations(&opened.regimen, &opened.folded, opened.plan.as_ref().ok());
        all.extend(of_subject.into_iter().map(|one| (code.as_str(), one)));
    }
    all.retain(|(_, one)| args.only.as_deref().is_none_or(|only| only == one.category.word()));
    let bad = unread.iter().map(|(code, why)| [code, "", UNREAD, why, "", "", "", "", ""].map(str::to_owned).to_vec());
    let rows = bad.chain(all.iter().map(|(code, one)| cells(code, one))).collect();
    let bad = unread.iter().map(|(code, why)| format!("{code}  {UNREAD}: {why}"));
    let lines = bad.chain(page(&all, args.only.as_deref())).collect();
    Table { name: "deviations", columns: &COLUMNS, rows, lines }.write(&args.target, output)?;
    let unread: Vec<String> = unread.into_iter().map(|(code, _)| code).collect();
    super::all_read(&unread, codes.len())
}

/// Deviations, below them the visits nobody double checked, below them the answered warnings: none hides another.
fn page(all: &[(&str, Deviation)], only: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    for (category, title) in
        CATEGORIES.into_iter().filter(|(category, _)| only.is_none_or(|only| only == category.word()))
    {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let of_category = all.iter().filter(|(_, one)| one.category == category).map(|(code, one)| line(code, one));
        let of_category: Vec<String> = of_category.collect();
        lines.push(format!(
            "{title}: {}",
            if of_category.is_empty() { "none".to_owned() } else { of_category.len().to_string() }
        ));
        lines.extend(of_category);
    }
    lines
}

fn cells(code: &str, one: &Deviation) -> Vec<String> {
    let entry = one.entry.map_or_else(String::new, |entry| entry.to_string());
    let text = |text: &String| text.clone();
    vec![
        code.to_owned(),
        text(&one.date),
        text(&one.kind),
        text(&one.text),
        text(&one.reason),
        text(&one.who),
        entry,
        one.category.word().to_owned(),
        one.grade.to_owned(),
    ]
}

fn line(code: &str, one: &Deviation) -> String {
    let date = calendar::read(&one.date).map_or_else(|_| one.date.clone(), calendar::print);
    let reason = if one.reason.is_empty() { String::new() } else { format!(" Reason: {}.", one.reason) };
    let entry = one.entry.map_or_else(String::new, |entry| format!(" ({}, entry {entry})", one.who));
    let grade = if one.grade.is_empty() { String::new() } else { format!(" ({})", one.grade) };
    format!("{code}  {date}  {}{grade}: {}{reason}{entry}", one.kind, one.text)
}
