//! Codes: one name each, raised somewhere, explained, on a page of the documentation; and no sentence below the faces
//! that speaks of an option or a command.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use posology::cli::codes;
use posology::finding::Code;

use crate::program::Home;

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|end| end == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let read = |path: PathBuf| (path.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
    files.into_iter().map(read).collect()
}

/// Lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn every_code_has_a_name_of_its_own_and_says_what_it_is() {
    let mut names = BTreeMap::new();
    for code in codes::all() {
        assert!(names.insert(code.name(), code.title()).is_none(), "{code} is declared twice");
        assert!(!code.title().is_empty());
    }
    let words = codes::words();
    assert!(words.len() > 100, "{}", words.len());
    for code in words {
        let name = code.name();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert!(code.page().len() > 20 && code.page().ends_with('.'), "{name} has no page");
        assert!(code.asks().is_none_or(|asks| asks.starts_with("Reason ")), "{name}: {:?}", code.asks());
        assert!(posology::checker::find(name).is_none(), "{name} is the name of a rule too");
    }
}

/// Two names that a tired person mistakes for each other are one too many.
#[test]
fn no_two_names_differ_by_an_ending_alone() {
    let names: Vec<&str> = codes::words().into_iter().map(Code::name).collect();
    for one in &names {
        for other in names.iter().filter(|other| *other != one) {
            let ending = other.strip_prefix(one).is_some_and(|end| !end.starts_with('-'));
            assert!(!ending, "{one} and {other}");
        }
    }
}

/// A code is declared in the `codes.rs` of its room, or beside it in a file whose name ends so, and raised in another file.
#[test]
fn every_code_is_raised_somewhere() {
    let sources = sources();
    let mut declared = Vec::new();
    for (path, text) in
        sources.iter().filter(|(path, _)| path.to_string_lossy().ends_with("codes.rs") && !path.starts_with("cli"))
    {
        let names = code(text).filter_map(|line| line.strip_prefix("pub const ")?.split_once(": Code ="));
        declared.extend(names.map(|(name, _)| (path, name)));
    }
    assert_eq!(declared.len(), codes::words().len(), "each room lists all of its own");
    for (path, name) in declared {
        let uses = |line: &str| {
            line.match_indices(name).any(|(at, _)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
                edge(line[..at].chars().next_back()) && edge(line[at + name.len()..].chars().next())
            })
        };
        let raised = sources.iter().any(|(other, text)| !other.ends_with("codes.rs") && code(text).any(uses));
        assert!(raised, "{} declares {name}, and nothing raises it", path.display());
    }
}

#[test]
fn explain_answers_for_every_code() {
    let home = Home::new();
    let list = home.run(&["regimen", "explain"]);
    for one in codes::all() {
        assert!(list.out.lines().any(|line| line.starts_with(&format!("{one}  "))), "{one} is not listed");
    }
    let told = home.run(&["regimen", "explain", "weight-changes-doses"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.out.contains("The new weight changes the doses") && told.out.contains("weight-jump"), "{}", told.out);
    let unknown = home.run(&["regimen", "explain", "no-such-code"]);
    assert_eq!(unknown.code, 1, "{}", unknown.out);
}

/// Every code that is no rule, for those who meet one in a file or a log.
fn page() -> String {
    let mut page = String::from(
        "# What the program asks and refuses\n\nEvery message has a code. `posology regimen explain CODE` prints what stands here; the rules over regimen files are in\n[checker.md](checker.md). BLOCK: only a corrected input lifts it. WARN: a reason is asked for and kept with the entry. NOTE: told.\n",
    );
    for code in codes::words() {
        page.push_str(&format!("\n## `{code}`: {}\n\n{}\n", code.title(), code.page()));
        if let Some(asks) = code.asks() {
            page.push_str(&format!("\nWhere it warns, this is asked for: {asks}.\n"));
        }
    }
    page
}

#[test]
#[allow(clippy::disallowed_methods)] // a switch of the developer's, not of the program
fn the_page_of_all_codes_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings.md");
    if std::env::var_os("POSOLOGY_WRITE_DOCS").is_some() {
        fs::write(path, page()).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(written == page(), "docs/findings.md is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1");
}

/// The texts in quotes of a line of code.
fn texts(line: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (&mut open, letter) {
            (Some(text), '\\') => text.extend(letters.next()),
            (Some(_), '"') => texts.extend(open.take()),
            (Some(text), letter) => text.push(letter),
            (None, '"') => open = Some(String::new()),
            (None, _) => {}
        }
    }
    texts.extend(open);
    texts
}

/// `--second-dose`, or `posology subject show`.
fn speaks_command_line(text: &str) -> bool {
    let option = text.match_indices("--").any(|(at, _)| {
        let starts = text[at + 2..].starts_with(|letter: char| letter.is_ascii_lowercase());
        starts && !text[..at].ends_with(|letter: char| letter == '-' || letter.is_alphanumeric())
    });
    let commands = ["subject", "regimen", "plan", "calc", "audit", "backup", "restore", "due", "config", "export"];
    option || commands.iter().any(|command| text.contains(&format!("posology {command}")))
}

/// The core says what is wanted and for which field; the command line names its option, a screen its field.
#[test]
fn nothing_below_the_faces_names_an_option_or_a_command() {
    assert!(speaks_command_line("a second dose is recorded with --second-dose"));
    assert!(speaks_command_line("`posology subject show` says why") && !speaks_command_line("a -- b"));
    assert_eq!(texts(r#"let a = "x \" --y"; b("z")"#), [r#"x " --y"#, "z"]);
    let mut found: Vec<String> = Vec::new();
    for (path, text) in sources() {
        let name = path.to_string_lossy().replace('\\', "/");
        let face = ["cli/", "tui/", "main.rs"].iter().any(|face| name.starts_with(face));
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !face && code(product).flat_map(texts).any(|text| speaks_command_line(&text)) {
            found.push(name);
        }
    }
    found.sort();
    assert_eq!(found, [""; 0]);
}

/// The same dose twice, from the command line: the remedy names the option, and the option records it.
#[test]
fn a_second_dose_is_recorded_with_the_option_that_the_message_names() {
    let mut clinic = crate::clinic::Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    let told = clinic.refused(&["given", "S-014", "--cycle", "1"], "already-given");
    assert!(told.contains("record it as a second dose (--second-dose)"), "{told}");
    clinic.today = "2026-12-08";
    let again = ["given", "S-014", "--cycle", "1", "--second-dose", "--accept", "second-dose=vomited"];
    clinic.record(&again);
}

/// The same from the interface: the message names a field, the screen has it, and the field records it.
#[test]
fn a_second_dose_is_recorded_in_the_field_that_the_message_names() {
    let mut interface = crate::tui_record::Interface::enrolled();
    interface.keys("a<f2>");
    // Once more for cycle 1 day 1; the form stands on the next open visit, cycle 2.
    let refused = interface.keys("a<shift-tab><shift-tab><ctrl-u>1");
    assert!(refused.contains("record it as a second dose (field Second dose)"), "{refused}");
    assert!(!refused.contains("--"), "{refused}");
    assert!(refused.contains("Second dose:\n"), "{refused}");
    // Day, two doses, reason, a lot and the hours of each, name, second dose.
    let asked = interface.keys(&format!("{}y", "<tab>".repeat(10)));
    assert!(asked.contains("Second dose: y") && asked.contains("Reason for the second dose"), "{asked}");
    interface.keys("<tab>");
    interface.typed("vomited at once");
    assert!(interface.keys("<f2>").contains("recorded"), "{}", interface.text());
    assert!(
        interface.keys("i").contains("C1D1 irinotecan liposomal  123 mg (not planned), a second dose"),
        "{}",
        interface.text()
    );
}

/// A prompt is the code's own text, never its name.
#[test]
fn a_reason_is_asked_for_in_words() {
    let mut interface = crate::tui_record::Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>");
    let asked = interface.keys("rS-014<enter>A.Nurse<enter>");
    assert!(asked.contains("Reason for using a draft regimen:"), "{asked}");
    let drawn = interface.drawn(80, 24);
    assert!(drawn.contains("Reason for using a draft regimen"), "{drawn}");
}

/// Every option that a remedy may name is an option of some command, and every command it names exists.
#[test]
fn the_command_line_has_every_option_that_a_remedy_names() {
    let home = Home::new();
    let every =
        ["plan", "subject add", "subject given", "subject measure", "subject delay", "subject level", "regimen advise"];
    let help: String = every
        .iter()
        .map(|command| home.run(&[command.split(' ').collect::<Vec<_>>(), vec!["--help"]].concat()).out)
        .collect();
    for field in posology::finding::Field::all() {
        match posology::cli::remedy::option(field) {
            Some(option) if option.starts_with("--") => {
                assert!(help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")), "{option}");
            }
            Some(command) => {
                let words: Vec<&str> = command.split(' ').skip(1).filter(|word| !word.starts_with("--")).collect();
                let told = home.run(&[words, vec!["--help"]].concat());
                assert_eq!(told.code, 0, "{command}: {}", told.err);
                for option in command.split(' ').filter(|word| word.starts_with("--")) {
                    assert!(told.out.contains(option), "{command}");
                }
            }
            None => {}
        }
    }
}
