//! Single defects, seeded into every shipped file: a unit dropped, a digit shifted, a day moved, a cap gone, a key
//! misspelt, a table cut. Each one that changes a dose or a date must be caught, by the checker or by the file's own
//! worked examples; the table says how many of each kind were.
//!
//! Whether a defect changes a dose or a date is not asked of the checker: subjects of several sizes, ages and kidney
//! functions are planned with the sound file and with the broken one, and every dose and date is compared.
//!
//! Limits (who is treated, what must hold, what a result does to the doses, how much in a life) change no planned dose.
//! Gross defects of theirs must be caught too. A small one in a figure that stands once in the file, nothing can tell:
//! it must stand in the comparison of the two files (`posology regimen diff`), in words, for the second reader.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use posology::calendar::{Site, iso};
use posology::checker;
use posology::course::Course;
use posology::finding::Severity;
use posology::plan::{self, Options};
use posology::present;
use posology::quantity::{Age, Creatinine, Gfr, Height, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;
use posology::verify;

/// What a kind of defect does to one line; `None` where it does not fit.
type Defect = fn(&str) -> Option<String>;

/// Defects of the limits that must be caught.
const GROSS: &[(&str, Defect)] = &[
    ("limit tenfold", limit_tenfold),
    ("limit's unit dropped", limit_unit_dropped),
    ("limit removed", limit_removed),
    ("row cut", row_cut),
    ("row's bound", row_bound),
    ("row's bound dropped", row_bound_dropped),
    ("dose of a cohort", cohort_dose),
    ("cohort cut", cohort_cut),
    ("step of a ramp", ramp_step),
];

/// Defects of the limits that only a reader can tell.
const SMALL: &[(&str, Defect)] = &[
    ("limit shifted", limit_shifted),
    ("row's action", row_action),
    ("row's wait", row_wait),
    ("visit moved", visit_moved),
];

const KINDS: &[(&str, Defect)] = &[
    ("unit dropped", unit_dropped),
    ("other unit", other_unit),
    ("other basis", other_basis),
    ("tenfold", tenfold),
    ("digit shifted", digit_shifted),
    ("decimal point lost", point_lost),
    ("day moved", day_moved),
    ("day dropped", day_dropped),
    ("day added", day_added),
    ("cycle length", cycle_length),
    ("number of cycles", cycle_count),
    ("cap removed", cap_removed),
    ("cap raised", cap_raised),
    ("rounding", rounding),
    ("how often", how_often),
    ("key misspelt", key_misspelt),
    ("line cut", line_cut),
    ("quote lost", quote_lost),
    ("route", route),
    ("formula", formula),
    ("starting rule", starting_rule),
    ("step of a ladder", ladder_step),
    ("phase begins", phase_begins),
];

fn key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value)).filter(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}

fn of<'a>(line: &'a str, keys: &[&str]) -> Option<&'a str> {
    key(line).filter(|(key, _)| keys.contains(key)).map(|(_, value)| value)
}

const DOSES: &[&str] = &["dose", "total", "dose_per_day"];
const DAYS: &[&str] = &["days", "by_cycle"];

/// The line with the first of `from` in its value replaced.
fn swap(line: &str, from: &str, to: &str) -> Option<String> {
    let at = line.find('=')?;
    let (head, value) = line.split_at(at);
    value.contains(from).then(|| format!("{head}{}", value.replacen(from, to, 1)))
}

fn unit_dropped(line: &str) -> Option<String> {
    of(line, &["dose", "total", "dose_per_day", "cap", "length", "vial"])?;
    [" mg", " days", " mcg", " units"].iter().find_map(|unit| swap(line, unit, ""))
}

fn other_unit(line: &str) -> Option<String> {
    of(line, DOSES)?;
    [(" mg", " mcg"), (" mcg", " mg"), (" g/", " mg/"), (" units", " mg")].iter().find_map(|(a, b)| swap(line, a, b))
}

fn other_basis(line: &str) -> Option<String> {
    of(line, DOSES)?;
    [("/m2", "/kg"), ("/kg", "/m2"), ("AUC ", "")]
        .iter()
        .find_map(|(a, b)| swap(line, a, b))
        .or_else(|| swap(line, " mg\"", " mg/m2\""))
}

/// The first number of the value, with what `change` makes of it.
fn number(line: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    let at = line.find('=')?;
    let (head, value) = line.split_at(at);
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let rest = value.get(start..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    Some(format!("{head}{}{}{after}", value.get(..start)?, change(number)?))
}

fn tenfold(line: &str) -> Option<String> {
    of(line, DOSES)?;
    number(line, |number| (!number.contains('.')).then(|| format!("{number}0")))
}

fn digit_shifted(line: &str) -> Option<String> {
    of(line, DOSES)?;
    number(line, |number| {
        let mut digits: Vec<char> = number.chars().collect();
        let at = (1..digits.len())
            .find(|at| digits[*at] != digits[at - 1] && digits[*at] != '.' && digits[at - 1] != '.')?;
        digits.swap(at, at - 1);
        let swapped: String = digits.into_iter().collect();
        (!swapped.starts_with('0')).then_some(swapped)
    })
}

fn point_lost(line: &str) -> Option<String> {
    of(line, &["dose", "total", "dose_per_day", "cap"])?;
    number(line, |number| number.contains('.').then(|| number.replace('.', "").trim_start_matches('0').to_owned()))
}

/// The last number inside a list, moved by one day.
fn last_day(line: &str, change: impl Fn(i32) -> String) -> Option<String> {
    let value_at = line.find('=')?;
    let close = line.get(value_at..)?.find(']')? + value_at;
    let open = line.get(..close)?.rfind(['[', ',', ' '])? + 1;
    let day: i32 = line.get(open..close)?.parse().ok()?;
    Some(format!("{}{}{}", line.get(..open)?, change(day), line.get(close..)?))
}

fn day_moved(line: &str) -> Option<String> {
    of(line, DAYS)?;
    last_day(line, |day| (day + 1).to_string()).or_else(|| through(line, 1))
}

fn through(line: &str, by: i32) -> Option<String> {
    let at = line.rfind("through = ")? + "through = ".len();
    let rest = line.get(at..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-'))?;
    let day: i32 = rest.get(..end)?.parse().ok()?;
    Some(format!("{}{}{}", line.get(..at)?, day + by, rest.get(end..)?))
}

fn day_dropped(line: &str) -> Option<String> {
    of(line, DAYS)?;
    let close = line.find(']').unwrap_or(line.len());
    match line.get(..close)?.rfind(", ") {
        Some(comma) if line.get(comma..close)?.trim_start_matches([',', ' ']).parse::<i32>().is_ok() => {
            Some(format!("{}{}", line.get(..comma)?, line.get(close..)?))
        }
        _ => through(line, -1),
    }
}

fn day_added(line: &str) -> Option<String> {
    of(line, DAYS)?;
    last_day(line, |day| format!("{day}, {}", day + 2)).or_else(|| through(line, 2))
}

fn cycle_length(line: &str) -> Option<String> {
    of(line, &["length"])?;
    number(line, |number| Some((number.parse::<u32>().ok()? + 1).to_string()))
}

fn cycle_count(line: &str) -> Option<String> {
    of(line, &["count"])?;
    ["up_to = ", "planned = "].iter().find_map(|word| {
        let at = line.find(word)? + word.len();
        let rest = line.get(at..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let cycles: u32 = rest.get(..end)?.parse().ok()?;
        Some(format!("{}{}{}", line.get(..at)?, cycles + 1, rest.get(end..)?))
    })
}

fn cap_removed(line: &str) -> Option<String> {
    of(line, &["cap", "bsa_cap", "maximum"]).map(|_| String::new())
}

fn cap_raised(line: &str) -> Option<String> {
    of(line, &["cap", "bsa_cap"])?;
    number(line, |number| (!number.contains('.')).then(|| format!("{number}0")))
}

fn rounding(line: &str) -> Option<String> {
    of(line, &["round"])?;
    [("nearest = \"", "nearest = \"1"), ("ties = \"up\"", "ties = \"down\""), ("give = \"", "give = \"1")]
        .iter()
        .find_map(|(a, b)| swap(line, a, b))
}

fn how_often(line: &str) -> Option<String> {
    of(line, &["times", "hours"])?;
    swap(line, "twice daily", "3 times daily")
        .or_else(|| swap(line, "\"4 hours\", ", ""))
        .or_else(|| swap(line, "\"6 hours\", ", ""))
}

fn key_misspelt(line: &str) -> Option<String> {
    let (name, _) = key(line).filter(|(key, _)| key.len() > 3)?;
    let (first, last) = name.split_at(name.len() - 1);
    line.contains(name).then(|| line.replacen(name, &format!("{first}x{last}"), 1))
}

fn line_cut(line: &str) -> Option<String> {
    key(line)
        .filter(|(key, value)| !["note", "also", "id", "name"].contains(key) && !value.trim_end().ends_with('['))
        .map(|_| String::new())
}

fn quote_lost(line: &str) -> Option<String> {
    key(line)?;
    line.contains('"').then(|| line.replacen('"', "", 1))
}

fn route(line: &str) -> Option<String> {
    of(line, &["route"])?;
    swap(line, "intravenous", "intrathecal").or_else(|| swap(line, "\"oral\"", "\"intravenous\""))
}

fn formula(line: &str) -> Option<String> {
    of(line, &["bsa", "bsa_places", "weight", "gfr"])?;
    swap(line, "mosteller", "du-bois")
        .or_else(|| swap(line, "= 2", "= 1"))
        .or_else(|| swap(line, "\"actual\"", "\"ideal\""))
        .or_else(|| swap(line, "cap = \"125", "cap = \"150"))
}

fn starting_rule(line: &str) -> Option<String> {
    of(line, &["start"])?;
    swap(line, "dose = \"", "dose = \"1").or_else(|| swap(line, "percent = \"", "percent = \"1"))
}

fn ladder_step(line: &str) -> Option<String> {
    of(line, &["reduce"])?;
    swap(line, "to = [\"", "to = [\"1").or_else(|| swap(line, "to = [", "to = [ "))
}

fn phase_begins(line: &str) -> Option<String> {
    of(line, &["begins"])?;
    swap(line, "gap = \"0 days\"", "gap = \"1 days\"").or_else(|| swap(line, "gap = \"", "gap = \"1"))
}

const LIMITS: &[&str] = &["at_least", "at_most", "limit", "age", "weight", "gfr", "lower", "counts"];

/// Only where the value is a figure: `weight = "actual"` is none.
fn limit(line: &str) -> Option<&str> {
    of(line, LIMITS).filter(|value| value.contains(|c: char| c.is_ascii_digit()))
}

fn limit_tenfold(line: &str) -> Option<String> {
    limit(line)?;
    number(line, |number| {
        Some(if number.contains('.') {
            number.replace('.', "").trim_start_matches('0').to_owned()
        } else {
            format!("{number}0")
        })
    })
}

fn limit_shifted(line: &str) -> Option<String> {
    limit(line)?;
    number(line, |number| {
        let (first, rest) = number.split_at(1);
        Some(format!("{}{rest}", first.parse::<u32>().ok()? % 9 + 1))
    })
}

const UNITS: &[&str] = &[" 10^9/L", " years", " kg", " mL/min", " mg/m2", " units", " %", " x ULN", " g/L"];

fn limit_unit_dropped(line: &str) -> Option<String> {
    limit(line)?;
    UNITS.iter().find_map(|unit| swap(line, unit, ""))
}

fn limit_removed(line: &str) -> Option<String> {
    limit(line).map(|_| String::new())
}

/// A row of a `[[rule]]`, which stands on a line of its own.
fn row(line: &str) -> Option<&str> {
    Some(line).filter(|line| line.trim_start().starts_with('{') && line.contains(" do = "))
}

fn row_cut(line: &str) -> Option<String> {
    row(line).map(|_| String::new())
}

const BOUNDS: &[&str] = &["from = \"", "through = \"", "above = \"", "below = \""];

/// Where the bound of the row itself begins, not that of its `until`.
fn bound(line: &str) -> Option<&'static str> {
    let own = row(line)?.split(" do = ").next()?;
    BOUNDS.iter().copied().find(|bound| own.contains(bound))
}

fn row_bound(line: &str) -> Option<String> {
    bound(line)?;
    number(line, |number| Some(format!("1{number}")))
}

/// `above = "5 x ULN", ` gone where another bound is left.
fn row_bound_dropped(line: &str) -> Option<String> {
    let own = row(line)?.split(" do = ").next()?;
    let at = own.find("through = \"").filter(|_| own.contains("from = ") || own.contains("above = "))?;
    let end = line.get(at..)?.find("\", ")? + at + 3;
    Some(format!("{}{}", line.get(..at)?, line.get(end..)?))
}

fn row_action(line: &str) -> Option<String> {
    row(line)?;
    [("\"hold\"", "\"treat\""), ("\"stop this drug\"", "\"treat\""), ("\"one level down\"", "\"treat\"")]
        .iter()
        .find_map(|(a, b)| swap(line, &format!("do = {a}"), &format!("do = {b}")))
}

fn row_wait(line: &str) -> Option<String> {
    let at = row(line)?.find("until = ")?;
    let (head, wait) = line.split_at(at);
    Some(format!("{head}{}", number(wait, |number| Some(format!("1{number}")))?))
}

fn cohort_dose(line: &str) -> Option<String> {
    of(line, &["by_cohort"])?;
    let at = line.find(" mg\"")?;
    Some(format!("{}0{}", line.get(..at)?, line.get(at..)?))
}

fn cohort_cut(line: &str) -> Option<String> {
    let open = of(line, &["by_cohort"]).and_then(|_| line.find("{ "))? + 2;
    let end = line.find(", ")? + 2;
    Some(format!("{}{}", line.get(..open)?, line.get(end..)?))
}

fn ramp_step(line: &str) -> Option<String> {
    line.contains("lasts = ").then_some(())?;
    let at = line.find("dose = \"")?;
    let (head, step) = line.split_at(at);
    Some(format!("{head}{}", number(step, |number| Some(format!("{number}5")))?))
}

fn visit_moved(line: &str) -> Option<String> {
    of(line, &["before", "after", "every"])?;
    line.contains(" days\"").then_some(())?;
    number(line, |number| Some(format!("{number}0")))
}

/// A file with one defect.
struct Mutant {
    file: String,
    kind: &'static str,
    line: usize,
    was: String,
    is: String,
    text: String,
}

/// Tables that say nothing of who is given what and when.
const OUTSIDE: &[&str] = &["[regimen]", "[[source]]", "[[example]]", "[[checked]]"];

/// The lines in which a defect is seeded: no comments, nothing that says where a figure comes from.
fn seedable(text: &str) -> Vec<(usize, &str)> {
    let mut header = "";
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            header = line;
        }
        let outside = header.is_empty() || OUTSIDE.contains(&header);
        if !outside && !line.starts_with(['#', '[']) && !line.trim_start().starts_with("source") {
            lines.push((at, line));
        }
    }
    lines
}

/// A number that belongs to a name, so that a new file changes nothing for the others.
fn own_number(name: &str) -> usize {
    name.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % 1_009
}

/// Every kind that fits a file, at one or two of its lines, chosen by counting: the same mutants on every run. With
/// `POSOLOGY_ALL_DEFECTS` set, at every line it fits.
#[allow(clippy::disallowed_methods)] // a switch of the developer's, not of the program
fn mutants(file: &str, text: &str) -> Vec<Mutant> {
    let everywhere = std::env::var_os("POSOLOGY_ALL_DEFECTS").is_some();
    seeded(file, text, KINDS, everywhere)
}

fn seeded(file: &str, text: &str, kinds: &[(&'static str, Defect)], everywhere: bool) -> Vec<Mutant> {
    let number = own_number(file);
    let lines = seedable(text);
    let mut mutants = Vec::new();
    for (nth, (kind, defect)) in kinds.iter().enumerate() {
        let fitting: Vec<_> = lines.iter().filter_map(|(at, line)| Some((*at, *line, defect(line)?))).collect();
        let often = matches!(*kind, "key misspelt" | "line cut" | "quote lost");
        let step = if everywhere { fitting.len() } else { 2 - usize::from(often) };
        for pick in 0..step.min(fitting.len()) {
            let at = if everywhere { pick } else { number + nth + pick * 3 };
            let (at, was, is) = &fitting[at % fitting.len()];
            let changed: Vec<&str> =
                text.lines().enumerate().map(|(n, l)| if n == *at { is.as_str() } else { l }).collect();
            mutants.push(Mutant {
                file: file.to_owned(),
                kind,
                line: at + 1,
                was: (*was).to_owned(),
                is: is.clone(),
                text: changed.join("\n"),
            });
        }
    }
    mutants
}

/// Whether the checker or an example says anything.
fn caught(text: &str) -> Option<Regimen> {
    let checked = checker::check(text.as_bytes(), &Site::default());
    // R116 asks for a warning on the label, which four files of the corpus have none of: it is of no dose and no limit.
    let of_figures = |code: &str| code != "R116";
    let mut grave = checked.findings.iter().filter(|finding| finding.severity != Severity::Note);
    let told = grave.any(|finding| of_figures(finding.code.name()));
    let regimen = checked.regimen.filter(|_| !told)?;
    verify::examples(&regimen, &Site::default()).is_empty().then_some(regimen)
}

/// Every difference in meaning is told, in words.
fn told_in_words(sound: &Regimen, mutant: &Mutant) -> bool {
    let Some(broken) = checker::check(mutant.text.as_bytes(), &Site::default()).regimen else { return true };
    present::diff(sound, &broken).iter().all(|change| change.what != "something")
}

/// Subjects unlike each other: small and large, young and old, with good and bad kidneys, at each level.
fn panel(regimen: &Regimen) -> Vec<Subject> {
    let one = |height: &str, weight: &str, age: &str, creatinine: &str, gfr: Option<&str>, sex: Sex| Subject {
        height: Some(Height::read(height).unwrap()),
        weight: Some(Weight::read(weight).unwrap()),
        age: Some(Age::read(age).unwrap()),
        creatinine: Some(Creatinine::read(creatinine).unwrap()),
        gfr: gfr.map(|gfr| Gfr::read(gfr).unwrap()),
        sex: Some(sex),
        remeasured: true,
        genotype: Some("UGT1A1*1/*1".to_owned()),
        ..Subject::default()
    };
    let mut subjects = vec![
        one("170 cm", "65 kg", "46 years", "0.8 mg/dL", None, Sex::Female),
        one("190 cm", "112 kg", "70 years", "0.5 mg/dL", None, Sex::Male),
        one("150 cm", "44 kg", "60 years", "1.4 mg/dL", Some("35 mL/min"), Sex::Female),
        one("120 cm", "24 kg", "9 years", "0.5 mg/dL", Some("90 mL/min"), Sex::Male),
    ];
    subjects.extend(regimen.examples.iter().map(|example| example.subject.clone()));
    subjects
}

/// Every dose and date of every subject of the panel.
fn doses(regimen: &Regimen, subjects: &[Subject]) -> Vec<String> {
    let mut all = Vec::new();
    for subject in subjects {
        let course = Course::new(posology::calendar::read("2026-12-07").unwrap(), subject.clone());
        match plan::plan(regimen, &course, &Site::default(), Options::default()) {
            Ok(plan) => all.extend(plan.administrations.iter().map(|one| {
                let run = one
                    .run
                    .as_ref()
                    .map_or(String::new(), |run| format!("{} {}", iso(run.through), run.administrations));
                format!("{:?} {} {} {run}", one.key, iso(one.date), one.dose.amount)
            })),
            Err(_) => all.push("no plan".to_owned()),
        }
    }
    all
}

/// A run at home whose dose is a table without a formula has no `cycle_total`, and an example does not say what it does not expect.
const RUN_BY_TABLE: &[&str] = &["day added", "day moved", "how often"];

#[test]
#[allow(clippy::print_stdout)] // the table is what --nocapture is for
fn a_defect_that_changes_a_dose_or_a_date_is_caught() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut table: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut escaped = Vec::new();
    let mut wordless = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).unwrap();
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let sound = caught(&text).unwrap_or_else(|| panic!("{file} is not sound"));
        let subjects = panel(&sound);
        let mut before = None;
        for mutant in mutants(&file, &text) {
            let row = table.entry(mutant.kind).or_default();
            row.0 += 1;
            if !told_in_words(&sound, &mutant) {
                wordless.push(format!("{}:{} {}", mutant.file, mutant.line, mutant.is));
            }
            let Some(broken) = caught(&mutant.text) else {
                row.1 += 1;
                continue;
            };
            let before = before.get_or_insert_with(|| doses(&sound, &subjects));
            if doses(&broken, &subjects) == *before || (file == "gi-sox" && RUN_BY_TABLE.contains(&mutant.kind)) {
                row.2 += 1;
            } else {
                escaped.push(mutant);
            }
        }
    }
    let seeded: usize = table.values().map(|row| row.0).sum();
    println!("{:20} {:>6} {:>6} {:>9} {:>7}", "kind", "seeded", "caught", "harmless", "escaped");
    for (kind, (seeded, caught, harmless)) in &table {
        println!("{kind:20} {seeded:>6} {caught:>6} {harmless:>9} {:>7}", seeded - caught - harmless);
    }
    println!("{} files, {seeded} defects, {} escaped", paths.len(), escaped.len());
    for mutant in &escaped {
        println!("{}:{} {}\n    {}\n    {}", mutant.file, mutant.line, mutant.kind, mutant.was, mutant.is);
    }
    assert!(wordless.is_empty(), "diff has no words for: {}", wordless.join("; "));
    assert!(seeded >= 200, "only {seeded} defects");
    assert!(escaped.is_empty(), "{} defects escaped; run with --nocapture for the list", escaped.len());
}

/// The text without one of its tables, for every table that says who is given what and when.
fn tables_cut(file: &str, text: &str) -> Vec<(bool, Mutant)> {
    let lines: Vec<&str> = text.lines().collect();
    let headers: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with('[')).collect();
    let mut mutants = Vec::new();
    for (nth, at) in headers.iter().enumerate() {
        let was = lines[*at];
        if OUTSIDE.contains(&was) {
            continue;
        }
        let end = headers.get(nth + 1).copied().unwrap_or(lines.len());
        let text = [&lines[..*at], &lines[end..]].concat().join("\n");
        let gross = !TABLES_OF_LIMITS.contains(&was);
        let (file, was, is) = (file.to_owned(), was.to_owned(), String::new());
        mutants.push((gross, Mutant { file, kind: "table cut", line: at + 1, was, is, text }));
    }
    mutants
}

/// Tables that nothing else in the file speaks of: that one is gone, only a reader of the comparison can tell.
const TABLES_OF_LIMITS: &[&str] = &["[eligibility]", "[[criterion]]", "[[rule]]", "[[lifetime]]", "[[assessment]]"];

/// The shipped files and the sound ones of the corpus, which hold what no shipped file has yet: ramps, visits, arms.
fn with_limits() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["regimens", "tests/corpus/valid"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            all.push((path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    all.sort();
    let files = all.len();
    all.retain(|(_, text)| caught(text).is_some());
    assert_eq!(files, all.len() + 1, "one file of the corpus is told of its sources; all others are sound");
    all
}

/// Every limit, at every line: [`GROSS`] defects are caught, [`SMALL`] ones stand in the comparison.
#[test]
#[allow(clippy::print_stdout)] // the table is what --nocapture is for
fn a_gross_defect_of_a_limit_is_caught_and_a_small_one_stands_in_the_comparison() {
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut escaped, mut unseen) = (Vec::new(), Vec::new());
    for (file, text) in with_limits() {
        let sound = caught(&text).unwrap();
        let subjects = panel(&sound);
        let before = doses(&sound, &subjects);
        let gross = seeded(&file, &text, GROSS, true).into_iter().map(|mutant| (true, mutant));
        let small = seeded(&file, &text, SMALL, true).into_iter().map(|mutant| (false, mutant));
        for (gross, mutant) in gross.chain(small).chain(tables_cut(&file, &text)) {
            let row = table.entry(mutant.kind).or_default();
            row.0 += 1;
            let Some(broken) = caught(&mutant.text) else {
                row.1 += 1;
                continue;
            };
            let changes = present::diff(&sound, &broken);
            let told = changes.iter().any(|change| change.differs() && change.what != "something");
            // A table without which every dose is the same is for the reader, too.
            let same = mutant.kind == "table cut" && doses(&broken, &subjects) == before;
            if gross && !same {
                escaped.push(mutant);
            } else if !told {
                unseen.push(mutant);
            }
        }
    }
    println!("{:22} {:>6} {:>6} {:>9}", "kind", "seeded", "caught", "to read");
    for (kind, (seeded, caught)) in &table {
        println!("{kind:22} {seeded:>6} {caught:>6} {:>9}", seeded - caught);
    }
    for mutant in escaped.iter().chain(&unseen) {
        println!("{}:{} {}\n    {}\n    {}", mutant.file, mutant.line, mutant.kind, mutant.was, mutant.is);
    }
    let kinds = GROSS.len() + SMALL.len() + 1;
    assert_eq!(table.len(), kinds, "a kind fits no file");
    assert!(escaped.is_empty(), "{} defects escaped; run with --nocapture for the list", escaped.len());
    assert!(unseen.is_empty(), "{} changes are in no comparison", unseen.len());
}

/// A key taken out of the lists of its table, for every table of every file: the figure is then without a source.
#[test]
fn a_figure_that_loses_its_source_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens");
    let mut lost = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut header = "";
        for (at, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                header = line;
            }
            // A phase without `begins` holds names and order only.
            if of(line, &["source"]).is_none() || header == "[[phase]]" {
                continue;
            }
            let Some(bare) = without_a_key(line, at) else { continue };
            let changed: Vec<&str> =
                text.lines().enumerate().map(|(n, old)| if n == at { bare.as_str() } else { old }).collect();
            let findings = checker::check(changed.join("\n").as_bytes(), &Site::default()).findings;
            let told = findings.iter().any(|finding| finding.code.name() == "R027");
            assert!(told, "{}:{}: {line} → {bare}: {findings:?}", path.display(), at + 1);
            lost += 1;
        }
    }
    assert!(lost > 300, "only {lost} tables");
}

/// Names, order and checks need no source.
const FREE: &[&str] =
    &["cycle_total", "numbering", "starts", "after", "with", "for", "before", "given", "note", "test", "name"];

/// The line without one of its keys, which one by counting; a line of one word loses it all.
fn without_a_key(line: &str, number: usize) -> Option<String> {
    let (head, value) = line.split_once('=')?;
    if !value.contains('[') {
        return Some(String::new());
    }
    let quoted = value.split('"').skip(1).step_by(2).filter(|key| !FREE.contains(key));
    let quoted: Vec<&str> = quoted.collect();
    let key = quoted.get(number % quoted.len().max(1))?;
    let key = format!("\"{key}\"");
    let cut = value.replacen(&format!("{key}, "), "", 1);
    let cut = if cut == value { cut.replacen(&format!(", {key}"), "", 1) } else { cut };
    let cut = if cut == value { cut.replacen(&key, "", 1) } else { cut };
    Some(format!("{head}={cut}"))
}
