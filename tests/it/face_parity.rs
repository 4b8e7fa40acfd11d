//! What the command line can be told of a file, the export dialog asks as well, under its own words.

use posology::cli;
use posology::export::{FORMATS, Options};
use posology::tui::choices::{CHOICES, of};
use posology::tui::model::Message;

use crate::tui_record::Interface;

/// What the dialog has fields of its own for, or has no need of: the format and the path, a reason to overwrite (Ctrl-R), the
/// study with its site, the regimens and the closed days of the run, the cycles of the plan that stands on the screen.
const ELSEWHERE: &[&str] =
    &["as", "output", "force", "subject", "study", "site", "site-file", "library", "data", "json", "cycles", "help"];

/// What only a program needs, and no dialog asks: a folder of single events, a time that makes bytes repeat.
const COMMAND_LINE_ONLY: &[&str] = &["split", "generated-at"];

#[test]
fn every_option_of_an_export_is_a_question_of_the_dialog() {
    let definition = cli::definition();
    let subject = definition.find_subcommand("subject").unwrap().find_subcommand("plan").unwrap();
    let mut asked = 0;
    for option in subject.get_arguments().filter_map(|one| one.get_long()) {
        let choice = CHOICES.iter().find(|choice| choice.option == option);
        let elsewhere = ELSEWHERE.contains(&option) || COMMAND_LINE_ONLY.contains(&option);
        assert!(choice.is_some() != elsewhere, "--{option} is asked by the dialog or has its place, and not both");
        asked += usize::from(choice.is_some());
    }
    assert_eq!(asked, CHOICES.len(), "every question of the dialog is an option");
    for choice in CHOICES {
        assert!(FORMATS.iter().any(|format| (choice.of)(format.id)), "{} is asked of no format", choice.option);
    }
}

#[test]
fn an_answer_that_means_nothing_is_told_in_the_words_of_its_field() {
    let choice = |option: &str| CHOICES.iter().find(|one| one.option == option).unwrap();
    let said = |option: &str, text: &str| {
        let mut options = Options::default();
        choice(option).say(&mut options, text).map(|()| options)
    };
    assert!(said("id", "x").unwrap_err().contains("write such as 14"));
    assert!(said("id", "0").is_err() && said("id", "").unwrap().id.is_none());
    assert_eq!(said("id", "14").unwrap().id, Some(14));
    assert!(said("with-given", "maybe").unwrap_err().contains("write y or n"));
    assert!(said("with-given", "Y").unwrap().print.given);
    assert!(said("label-stock", "a3").unwrap_err().contains("a4-8"));
    assert!(said("contact", "01234").unwrap_err().contains("who=number"));
    let two = said("contact", "nurse=1; pharmacy = 2").unwrap().print.contacts;
    let two: Vec<(&str, &str)> = two.iter().map(|one| (one.who.as_str(), one.number.as_str())).collect();
    assert_eq!(two, [("nurse", "1"), ("pharmacy", "2")]);
    assert_eq!(of("nonmem").map(|one| one.option).collect::<Vec<_>>(), ["id", "shortest-infusion"]);
}

/// Opens the dialog on a format and types an answer to its questions, one after the other.
fn exported(interface: &mut Interface, format: &str, answers: &[&str]) -> String {
    interface.keys("x");
    let row = FORMATS.iter().position(|one| one.id == format).unwrap();
    interface.tell(Message::Row(row));
    interface.keys("<tab><tab>");
    for answer in answers {
        interface.keys("<tab>");
        interface.typed(answer);
    }
    interface.keys("<tab><ctrl-u>");
    let path = interface.path(&format!("out.{}", FORMATS[row].extension));
    interface.typed(&path.display().to_string());
    let told = interface.keys("<enter>");
    assert!(told.contains("Written:"), "{told}");
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    std::fs::remove_file(path).unwrap();
    text
}

/// The subject is 14 in the table; a worksheet of what was given prints it only where that is asked for; every page says from
/// which state of the record it is, as from the command line: 3 entries are the enrolment and the two drugs of the first day.
#[test]
fn the_dialog_writes_what_the_command_line_writes() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    let table = exported(&mut interface, "nonmem", &["14", "y"]);
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("ID,"), "{table}");
    assert!(lines.all(|line| line.starts_with("14,")), "{table}");
    let bare = exported(&mut interface, "html-worksheet", &["n", "1", "n"]);
    assert!(bare.contains(" of 3 events, head ") && !bare.contains("GIVEN"), "{bare}");
    let with = exported(&mut interface, "html-worksheet", &["y", "1", "n"]);
    assert!(with.contains("GIVEN"), "{with}");
}

/// A path that ends as another format does is refused before anything is written.
#[test]
fn the_dialog_refuses_an_ending_of_another_format() {
    let mut interface = Interface::enrolled();
    interface.keys("x");
    let row = FORMATS.iter().position(|one| one.id == "csv").unwrap();
    interface.tell(Message::Row(row));
    interface.keys("<shift-tab><ctrl-u>");
    let path = interface.path("plan.html");
    interface.typed(&path.display().to_string());
    let told = interface.keys("<enter>");
    assert!(told.contains("plan.html would hold csv") && !path.exists(), "{told}");
}
