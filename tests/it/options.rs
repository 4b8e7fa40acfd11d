//! Every option of every command, where it may stand: behind the command it counts; before the command it counts just
//! as well or is refused in a sentence. The options are those of the parser's own tree, so a new one is tried unasked.

use std::ffi::OsString;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use posology::cli::{self, Parsed};

use crate::program::{Home, Ran};

/// A text that each option or argument takes, by its name.
fn example(name: &str) -> &'static str {
    match name {
        "accept" => "draft=tried",
        "add" => "14 days",
        "confirm" => "bmi-range=weighed twice",
        "act" => "taken",
        "act-id" => "3f2a-0412-77",
        "age" | "corrected-age" => "46",
        "as" => "csv",
        "bsa" => "1.75",
        "born" => "1980-02-01",
        "cap" | "target" => "5",
        "change" | "level" => "irinotecan=-1",
        "cohort" => "1",
        "contact" => "Nurse=1234",
        "count" | "cycle" | "cycles" | "day" | "days" | "entry" | "from" | "only-cycle" => "2",
        "creatinine" => "0.8 mg/dL",
        "deviation" => "treatment",
        "direction" => "down",
        "dose" | "before" | "second-figure" => "123 mg",
        "exposure" => "anthracyclines=none",
        "factor" => "0.4",
        "floor" => "0.7 mg/dL",
        "formula" => "all",
        "generated-at" => "2026-12-07T09:30:00Z",
        "genotype" => "UGT1A1*1/*28",
        "gfr" => "85 mL/min",
        "grade" | "occurrence" => "diarrhoea 2",
        "head" | "sha256" => "0123456789abcdef",
        "height" => "170",
        "ideal" => "60",
        "jurisdiction" => "eu",
        "label-stock" => "a4-8",
        "kit" | "lot" => "A-17",
        "lab" | "uln" => "platelets 180 10^9/L",
        "consented" | "date" | "enrolled" | "measured" | "on" | "randomised" | "start" | "to" | "until" => "2026-12-07",
        "only" => "deviation",
        "places" => "2",
        "vial" => "43 mg in 10 mL",
        "window" => "-1 +3",
        "part" => "morning",
        "percent" => "75",
        "program" => "0.1.0",
        "sex" => "female",
        "shell" => "bash",
        "start-time" => "09:30",
        "step" => "5 mg",
        "stop-time" => "11:00",
        "tick" | "wrong" => "irinotecan=volume,route",
        "ties" => "even",
        "weight-from" => "here",
        "at" => "08:00",
        "weight" => "65",
        "weight-type" => "ideal",
        "replaces" => "1 of 01-Dec-2026",
        "within" => "7d",
        "bring" | "code" | "command" | "config" | "data" | "drug" | "event" | "file" | "files" | "found"
        | "history" | "instead" | "library" | "namespace" | "output" | "paths" | "phase" | "previous" | "reason"
        | "redcap-event" | "refused" | "seal" | "regimen" | "second" | "site" | "site-file" | "split" | "study"
        | "subject" | "subjects" | "text" | "who" | "without" | "words" | "a" | "b" | "sides" => "x",
        "columns" => "full",
        "threads" => "2",
        "id" => "7",
        other => panic!("write an example of {other} here, so that it is tried"),
    }
}

/// What must stand beside an option for it to be read.
fn company(name: &str, leaf: &Command) -> Vec<String> {
    let beside: &[(&str, &str)] = match name {
        "important" => &[("deviation", "treatment")],
        "second" => &[("confirm", "bmi-range=weighed twice")],
        "second-figure" => &[("confirm", "dose-large=read in the protocol"), ("second", "x")],
        "weight-from" if leaf.get_name() != "correct" => &[("weight", "65")],
        "floor" if leaf.get_arguments().any(|one| one.get_long() == Some("creatinine")) => {
            &[("creatinine", "0.8 mg/dL")]
        }
        _ => &[],
    };
    beside.iter().flat_map(|(name, value)| [format!("--{name}"), (*value).to_owned()]).collect()
}

fn name(argument: &Arg) -> String {
    argument.get_long().map_or_else(|| argument.get_id().to_string(), str::to_owned)
}

/// `--to 5mg` of one command is a step, of another a day; a correction names the level alone.
fn value(argument: &Arg, path: &[String]) -> String {
    let own = name(argument);
    let text = match (path.last().map_or("", String::as_str), own.as_str()) {
        ("round", "to") => example("step"),
        ("correct", "level") => "-1",
        // The formula of a dose is one of two; of a size or a clearance all of them can be asked for.
        ("auc", "formula") => "newell",
        // The number of a subject in a table for models; elsewhere an id is a word.
        ("plan", "id") => "7",
        _ => example(&own),
    };
    text.to_owned()
}

fn words(argument: &Arg, path: &[String]) -> Vec<String> {
    // As many as it needs at least: a comparison has two sides.
    let least = argument.get_num_args().map_or(1, |count| count.min_values().max(1));
    let takes = argument.get_action().takes_values().then(|| vec![value(argument, path); least]);
    let long = argument.get_long().map(|long| format!("--{long}"));
    long.into_iter().chain(takes.into_iter().flatten()).collect()
}

/// Every command that has no commands of its own, with the words that name it.
fn leaves(command: &Command, path: &[String], found: &mut Vec<(Vec<String>, Command)>) {
    for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let path = [path, &[one.get_name().to_owned()]].concat();
        if one.has_subcommands() {
            leaves(one, &path, found);
        } else {
            found.push((path, one.clone()));
        }
    }
}

fn tree() -> (Command, Vec<(Vec<String>, Command)>) {
    let mut definition = cli::definition();
    definition.build();
    let mut found = Vec::new();
    leaves(&definition, &[], &mut found);
    (definition, found)
}

/// Options of a command, without `--help` and `--version`, which print and end.
fn options(command: &Command) -> Vec<Arg> {
    let own = |one: &&Arg| !matches!(one.get_id().as_str(), "help" | "version") && one.get_long().is_some();
    command.get_arguments().filter(own).cloned().collect()
}

/// What a command cannot do without, except the one that is tried.
fn required(leaf: &Command, path: &[String], tried: &str) -> Vec<String> {
    let needed = leaf.get_arguments().filter(|one| one.is_required_set() && name(one) != tried);
    // Whom a version has touched or whom a text: one of the two is asked for.
    let one_of = leaf.get_name() == "affected" && !["program", "regimen"].contains(&tried);
    let either = if one_of { vec!["--program".to_owned(), example("program").to_owned()] } else { Vec::new() };
    needed.flat_map(|one| words(one, path)).chain(either).collect()
}

fn parsed(words: &[&[String]]) -> Result<ArgMatches, String> {
    let all = std::iter::once("posology".to_owned()).chain(words.concat());
    match cli::parse(&all.map(OsString::from).collect::<Vec<_>>()) {
        Ok(Parsed::Command(matches)) => Ok(matches),
        Ok(Parsed::Text(text)) => panic!("help instead of a command: {text}"),
        Err(failure) => Err(failure.message),
    }
}

/// The values of an option at the command itself, if it was typed.
fn typed(matches: &ArgMatches, path: &[String], id: &str) -> Option<Vec<OsString>> {
    let at = path.iter().try_fold(matches, |here, word| here.subcommand_matches(word))?;
    let here = at.value_source(id) == Some(ValueSource::CommandLine);
    here.then(|| at.get_raw(id).into_iter().flatten().map(ToOwned::to_owned).collect())
}

#[test]
fn every_option_of_every_command_counts_wherever_it_stands_or_is_refused() {
    let (program, leaves) = tree();
    let mut tried = 0;
    for (path, leaf) in &leaves {
        for option in options(leaf) {
            let (name, id) = (name(&option), option.get_id().to_string());
            let (words, company) = (words(&option, path), company(&name, leaf));
            let rest = [required(leaf, path, &name), company].concat();
            let shown = format!("{} {}", path.join(" "), words.join(" "));
            let behind = parsed(&[path, &rest, &words]).unwrap_or_else(|error| panic!("{shown}: {error}"));
            let value = typed(&behind, path, &id).unwrap_or_else(|| panic!("{shown}: accepted and dropped"));
            // Before the first word of the command, and before its last.
            for at in 0..path.len() {
                let (first, last) = path.split_at(at);
                match parsed(&[first, &words, last, &rest]) {
                    Ok(matches) => assert_eq!(typed(&matches, path, &id), Some(value.clone()), "{shown}, before {at}"),
                    Err(error) => {
                        assert!(error.contains(&format!("--{name}")), "{shown}, before {at}: {error}");
                        let known = options(&program).iter().any(|one| one.get_long() == Some(&name));
                        assert!(!known, "{shown}: an option of the program is refused: {error}");
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 800, "{tried} places were tried");
}

#[test]
fn an_option_of_the_interface_is_every_commands_or_refused_with_its_name() {
    let (program, leaves) = tree();
    for (path, leaf) in &leaves {
        for option in options(&program) {
            let words = words(&option, path);
            let has = options(leaf).iter().any(|one| one.get_long() == option.get_long());
            let line = format!("{} before {}", words.join(" "), path.join(" "));
            let before = parsed(&[&words, path, &required(leaf, path, "")]);
            let behind = parsed(&[path, &required(leaf, path, ""), &words]);
            match (before, behind) {
                (Ok(_), Ok(_)) => assert!(has, "{line}: accepted, and the command has no such option"),
                (Err(before), Err(behind)) => {
                    let name = name(&option);
                    assert!(!has && before.contains(&name) && behind.contains(&name), "{line}: {before}; {behind}");
                    assert!(before.contains(&format!("`posology {}`", path.join(" "))), "{before}");
                }
                (before, behind) => panic!("{line}: before it {before:?}, behind it {behind:?}"),
            }
        }
    }
}

#[test]
fn an_option_typed_before_and_behind_is_never_half_dropped() {
    let data = ["--data", "one", "subject", "list", "--data", "two"].map(str::to_owned);
    assert!(parsed(&[&data]).unwrap_err().contains("cannot be used multiple times"));
    let library = ["--library=one", "regimen", "list", "--library", "two"].map(str::to_owned);
    let path = ["regimen", "list"].map(str::to_owned);
    let values = typed(&parsed(&[&library]).unwrap(), &path, "library").unwrap();
    assert_eq!(values, ["one", "two"]);
}

/// Runs a command with an option before it and, in another empty home, behind it.
fn both(path: &[String], rest: &[String], option: &[&str]) -> [(Home, Ran); 2] {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    [[option, &path, &rest].concat(), [&path, &rest[..], option].concat()].map(|line| {
        let home = Home::new();
        let ran = home.run(&line);
        (home, ran)
    })
}

fn has(leaf: &Command, long: &str) -> bool {
    leaf.get_arguments().any(|one| one.get_long() == Some(long))
}

#[test]
fn a_site_file_and_a_library_that_are_not_there_stop_every_command_that_takes_them() {
    let (_, leaves) = tree();
    for (path, leaf) in &leaves {
        for (long, sentence) in [("site-file", "no-such-place"), ("library", "no-such-place")] {
            if !has(leaf, long) {
                continue;
            }
            // A record there is, so that nothing but the place named stops the command.
            let rest = [required(leaf, path, ""), acts(leaf)].concat();
            for (_, ran) in both(path, &rest, &[&format!("--{long}"), "no-such-place"]) {
                assert_ne!(ran.code, 0, "{path:?} --{long}: {}", ran.out);
                let said = ran.err.contains(sentence) || ran.err.contains("there is no record");
                assert!(said, "{path:?} --{long}: {}", ran.err);
            }
        }
    }
}

/// Who acts, where somebody must, what was found, where advice is asked, and how long a delay is.
fn acts(leaf: &Command) -> Vec<String> {
    let asked = leaf.get_arguments().any(|one| one.get_long() == Some("who") && !one.is_required_set());
    let who = asked.then_some(["--who", "A. Nurse"]);
    let found = has(leaf, "uln").then_some(["--lab", "platelets 180 10^9/L"]);
    let days = (has(leaf, "days") && has(leaf, "to")).then_some(["--days", "7"]);
    who.into_iter().chain(found).chain(days).flatten().map(str::to_owned).collect()
}

#[test]
fn a_folder_named_before_the_command_is_the_only_one_that_is_written_or_read() {
    let home = Home::new();
    let add = ["--data", "trial", "subject", "add", "S-014", "gi-xelox", "--height", "170", "--weight", "65"];
    let more = ["--start", "2026-12-07", "--who", "R. T.", "--accept", "draft=x", "--accept", "exposure=x", "--yes"];
    let ran = home.run(&[&add[..], &more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(home.path().join("trial/records.sqlite").is_file());
    assert!(!default_record(home.path()), "the platform's folder is left alone");
    // The same record from both sides of the command; without it there is none.
    let listed = home.run(&["--data", "trial", "subject", "list"]);
    assert!(listed.code == 0 && listed.out.contains("S-014"), "{}", listed.err);
    assert_eq!(listed.out, home.run(&["subject", "--data=trial", "list"]).out);
    assert_eq!(listed.out, home.run(&["subject", "list", "--data", "trial"]).out);
    assert_ne!(home.run(&["subject", "list"]).code, 0);
    assert_eq!(home.run(&["--data", "trial", "backup", "copy.sqlite"]).code, 0);
    let restored = home.run(&["--data", "second", "restore", "copy.sqlite", "--who", "R. T."]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(home.path().join("second/records.sqlite").is_file() && !default_record(home.path()));
    let refused = home.run(&["--data", "trial", "calc", "bsa", "--height", "170", "--weight", "65"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(
        refused.err.contains("--data stands before `posology calc bsa`, which has no such option"),
        "{}",
        refused.err
    );
}

#[test]
fn every_command_over_the_record_reads_the_folder_named_before_it() {
    let (_, leaves) = tree();
    for (path, leaf) in leaves.iter().filter(|(_, leaf)| has(leaf, "data")) {
        let rest = [required(leaf, path, ""), acts(leaf)].concat();
        let [(before, one), (behind, other)] = both(path, &rest, &["--data", "trial"]);
        assert_eq!((one.code, &one.out), (other.code, &other.out), "{path:?}");
        let place = |home: &Home, text: &str| text.replace(&home.path().display().to_string(), "HOME");
        assert_eq!(place(&before, &one.err), place(&behind, &other.err), "{path:?}");
        assert!(!default_record(before.path()) && !default_record(behind.path()), "{path:?}");
    }
}

fn default_record(home: &Path) -> bool {
    home.join(".local/share/posology").exists()
}
