//! `posology regimen compare`: two or three files of one regimen, or a file and a list of figures, with a column to decide in.

#![allow(clippy::disallowed_methods, reason = "the command reads the list it is given")]

use std::path::Path;

use serde_json::json;

use crate::cli::delimiter;
use crate::failure::Failure;
use crate::library::{Library, read_at_most};
use crate::present::compare::{Difference, Said, Side, alike, compare, side, strangers};

use super::super::{Output, places};

/// A list of the figures of one regimen has a few kilobytes.
const LARGEST: u64 = 1_000_000;

/// Options of `posology regimen compare`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Two or three: an id, a path to a regimen, or a CSV of figures with the columns of,what,value,source,quote
    #[arg(num_args = 2..=3, required = true)]
    sides: Vec<String>,
    /// As CSV, to be filled in and filed
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    places: places::Places,
}

/// Compares them.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.places.library(&args.places.site()?)?;
    let sides = args.sides.iter().map(|named| open(named, &library)).collect::<Result<Vec<Side>, Failure>>()?;
    let differences = compare(&sides);
    let names: Vec<&str> = sides.iter().map(|side| side.name.as_str()).collect();
    if output.is_json() {
        let strange = strangers(&sides);
        return output.json(&json!({
            "format": 1,
            "sides": names,
            "alike": alike(&sides),
            "differences": differences,
            "strangers": strange,
        }));
    }
    if args.csv { table(&names, &differences, output) } else { text(&sides, &names, &differences, output) }
}

fn open(named: &str, library: &Library) -> Result<Side, Failure> {
    if Path::new(named).extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
        return figures(named);
    }
    Ok(side(&*super::require_valid(&library.find(named)?)?))
}

/// A list of figures that somebody wrote down: what they are about, which, what is said, and where.
fn figures(path: &str) -> Result<Side, Failure> {
    let wrong =
        |why: &str| Failure::unreadable(format!("{path}: {why}")).hint("its first line is: of,what,value,source,quote");
    let bytes = read_at_most(Path::new(path), LARGEST).map_err(|error| wrong(&error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter::of(text))
        .from_reader(text.as_bytes());
    let head: Vec<String> =
        reader.headers().map_err(|error| wrong(&error.to_string()))?.iter().map(str::to_lowercase).collect();
    let at = |column: &str| head.iter().position(|one| one == column);
    let (Some(of), Some(what), Some(value)) = (at("of"), at("what"), at("value")) else {
        return Err(wrong("the columns of, what and value must be there"));
    };
    let mut list = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(&error.to_string()))?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|text| !text.is_empty()).map(str::to_owned);
        if let (Some(of), Some(what), Some(value)) = (cell(Some(of)), cell(Some(what)), cell(Some(value))) {
            list.push(Said { of, what, value, source: cell(at("source")), quote: cell(at("quote")) });
        }
    }
    if list.is_empty() {
        return Err(wrong("there is no figure in it"));
    }
    Ok(Side { name: path.to_owned(), partial: true, figures: list })
}

fn text(sides: &[Side], names: &[&str], differences: &[Difference], output: &mut Output) -> Result<(), Failure> {
    for (at, name) in names.iter().enumerate() {
        output.line(&format!("[{}] {name}", letter(at)))?;
    }
    output.line(&format!("{} figures alike, {} differ", alike(sides), differences.len()))?;
    let strange: Vec<String> = strangers(sides).iter().map(|said| format!("{}: {}", said.of, said.what)).collect();
    if !strange.is_empty() {
        output.line(&format!("No file has {}; `--csv` prints how the files call their figures", strange.join(", ")))?;
    }
    for difference in differences {
        output.line("")?;
        output.line(&format!("{}: {}", difference.of, difference.what))?;
        for (at, said) in difference.said.iter().enumerate() {
            let Some(said) = said else {
                output.line(&format!("  [{}] says nothing of it", letter(at)))?;
                continue;
            };
            output.line(&format!("  [{}] {}", letter(at), said.value))?;
            if let Some(source) = &said.source {
                let quote = said.quote.as_ref().map_or(String::new(), |quote| format!(": \"{quote}\""));
                output.line(&format!("      {source}{quote}"))?;
            }
        }
        output.line(&format!("      decision {}  why {}", "_".repeat(16), "_".repeat(24)))?;
    }
    Ok(())
}

fn letter(at: usize) -> char {
    char::from(b'A' + u8::try_from(at.min(25)).unwrap_or(0))
}

/// A row a figure: what it is, what each side says with its source and words, and two empty cells.
fn table(names: &[&str], differences: &[Difference], output: &mut Output) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::unreadable(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = vec!["of".to_owned(), "what".to_owned()];
    for name in names {
        head.extend([(*name).to_owned(), format!("{name}: source"), format!("{name}: words")]);
    }
    head.extend(["decision".to_owned(), "why".to_owned()]);
    writer.write_record(&head).map_err(|error| failed(&error))?;
    for difference in differences {
        let mut row = vec![difference.of.clone(), difference.what.clone()];
        for said in &difference.said {
            let part = |part: fn(&Said) -> Option<String>| said.as_ref().and_then(part).unwrap_or_default();
            row.extend([
                part(|said| Some(said.value.clone())),
                part(|said| said.source.clone()),
                part(|said| said.quote.clone()),
            ]);
        }
        row.extend([String::new(), String::new()]);
        writer.write_record(&row).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    output.bytes(&bytes)
}
