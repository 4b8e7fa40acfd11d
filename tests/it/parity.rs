//! What the command line can do, the interface does: every command with its place, every option of those that have one, every
//! format written from the dialog. The tables are held against the parser's own definition and the real list of formats, so
//! that what is new and has no place is told here.

use std::collections::BTreeSet;

use clap::Command;
use posology::cli;
use posology::cli::tasks::command_line;
use posology::export::FORMATS;
use posology::subject::Fact;
use posology::tui::choices::CHOICES;
use posology::tui::command::COMMANDS;
use posology::tui::formats::{is_for_people, listed, purpose};
use posology::tui::model::Message;
use posology::tui::task::ROWS;

use crate::tui_record::Interface;

/// Where the interface does it.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// A command of the interface, by its name there.
    Does(&'static str),
    /// A form made of its definition, among the commands without a screen of their own.
    Form,
    /// It is of no use inside the interface; the list of these is closed.
    Never(&'static str),
}

use Place::{Does, Form, Never};

/// Nothing else may be left out of the interface: a longer list is a decision about the design.
const CLOSED: &[&str] = &["completions", "man", "schema"];

#[rustfmt::skip] // one line a command
const COMMAND_LINE: &[(&str, Place)] = &[
    ("plan", Does("form.plan")),
    ("cohort", Form),
    ("subject add", Does("record.enrol")),
    ("subject list", Does("app.subjects")),
    ("subject show", Does("record.history")),
    ("subject plan", Does("plan.export")),
    ("subject advise", Does("plan.advice")),
    ("subject measure", Does("record.measure")),
    ("subject given", Does("record.give")),
    ("subject delay", Does("plan.delay")),
    ("subject hold", Does("record.hold")),
    ("subject omit", Does("record.omit")),
    ("subject level", Does("record.level")),
    ("subject criteria", Does("record.criteria")),
    ("subject verify", Does("record.verify")),
    ("subject prepared", Does("record.prepare")),
    ("subject exposure", Does("record.exposure")),
    ("subject supply", Does("record.supply")),
    ("subject stop", Does("record.stop")),
    ("subject note", Does("record.note")),
    ("subject correct", Does("history.correct")),
    ("subject undo", Does("history.undo")),
    ("subject redact", Does("history.redact")),
    ("subject check", Does("history.check")),
    ("subject move", Does("record.move")),
    ("subject import", Form),
    ("subject export", Form),
    ("due", Does("app.subjects")),
    ("deviations", Form),
    ("regimen list", Does("finder.move")),
    ("regimen show", Does("finder.pane")),
    ("regimen read-back", Does("regimen.read-back")),
    ("regimen advise", Does("plan.advice")),
    ("regimen check", Does("regimen.edit")),
    ("regimen new", Does("regimen.edit")),
    ("regimen diff", Form),
    ("regimen compare", Form),
    ("regimen approve", Form),
    ("regimen explain", Form),
    ("regimen schema", Never("schema")),
    ("study new", Form),
    ("study check", Form),
    ("study show", Form),
    ("study schema", Never("schema")),
    ("calc bsa", Does("calc.bsa")),
    ("calc bmi", Does("calc.bsa")),
    ("calc weight", Does("calc.weight")),
    ("calc ibw", Does("calc.weight")),
    ("calc renal", Does("calc.crcl")),
    ("calc crcl", Does("calc.crcl")),
    ("calc auc", Does("calc.auc")),
    ("calc dose", Does("calc.dose")),
    ("calc round", Does("calc.dose")),
    ("calc date", Does("calc.date")),
    ("selftest", Form),
    ("config", Form),
    ("audit affected", Form),
    ("audit show", Form),
    ("audit verify", Form),
    ("audit seal", Form),
    ("audit witness", Form),
    ("backup", Form),
    ("restore", Form),
    ("completions", Never("completions")),
    ("man", Never("man")),
];

/// Said once when the program starts, and so of every screen; or of a program that nobody sits at.
const AT_START: &[&str] = &["data", "library", "site", "site-file", "study", "json", "help", "version"];

/// What the interface asks in another way, by option: which key, field or screen.
#[rustfmt::skip] // one line an option
const ELSEWHERE: &[(&str, &str)] = &[
    ("accept", "a field for the reason, in the form that asks"),
    ("act-id", "every act has one of its own"),
    ("as", "the list of formats"),
    ("bsa", "the field Body surface"),
    ("cap", "the field GFR up to"),
    ("confirm", "a field to type the figure again, and one for why"),
    ("cycle", "the visit on which the plan stands"),
    ("cycles", "the field Number shown"),
    ("day", "the visit on which the plan stands"),
    ("days", "the field Days later"),
    ("direction", "the field Rounded to: 5 mg down"),
    ("dose", "a field a drug"),
    ("drug", "the field Drug"),
    ("event", "a field a finding of the file's tables"),
    ("exposure", "the act Record prior exposure"),
    ("factor", "the field Adjusted by"),
    ("floor", "the field Creatinine from"),
    ("force", "Ctrl-R in the dialog"),
    ("formula", "every formula stands side by side"),
    ("found", "the field Found"),
    ("from", "the field From cycle; of a file F4 copies the one that is chosen"),
    ("grade", "a field a finding of the file's tables"),
    ("history", "On record"),
    ("ideal", "the field Ideal weight"),
    ("indexed", "both stand side by side once a surface is typed"),
    ("instead", "the field Instead"),
    ("kit", "the field Kit and lot"),
    ("lot", "the field Kit and lot"),
    ("ledger", "the charts"),
    ("level", "the field Level or percent"),
    ("missed", "the field Missed"),
    ("no-cap", "the field GFR up to: none"),
    ("not-met", "the field Met"),
    ("occurrence", "a field a finding of the file's tables"),
    ("on", "the field for the day"),
    ("output", "the path of the dialog"),
    ("part", "a field a part of the day"),
    ("partly", "a dose typed with what went in"),
    ("percent", "the field Level or percent"),
    ("phase", "the field Phase"),
    ("places", "as the regimen in hand says, else two"),
    ("reason", "the field Reason"),
    ("required", "the field By protocol"),
    ("rows", "not asked"),
    ("second", "the field Second person"),
    ("second-dose", "the field Second dose"),
    ("second-figure", "the field of the second person's dose"),
    ("step", "the field Rounded to"),
    ("subject", "the field Subject code"),
    ("target", "the field Target AUC"),
    ("text", "the field Its reason, or Remark"),
    ("ties", "ties go up"),
    ("tick", "a field for volume, diluent, route, rate and expiry behind each dose of a double check"),
    ("to", "the field Rounded to; of a delay the field Days later takes a date"),
    ("uln", "a field a finding of the file's tables"),
    ("vial", "the field Vial"),
    ("wrong", "n in the field of what is ticked"),
    ("deviation", "the field It tells of, of a remark"),
    ("important", "the field It tells of, of a remark"),
    ("reconsented", "the field It tells of, of a remark"),
    ("start-time", "the field Hours of a dose: begun and ended"),
    ("stop-time", "the field Hours of a dose: begun and ended"),
    ("weight-from", "the field Weight is from"),
    ("weight-type", "all three weights stand side by side"),
    ("who", "the field Who records"),
    ("window", "the field Window"),
    ("add", "the field Add"),
    ("until", "the field Until"),
    ("within", "all that waits stands in one list"),
    ("without", "a field a finding of the file's tables"),
    ("watch", "the file is checked whenever the editor closes"),
    ("yes", "F2, after what would change was shown"),
    // Of an earlier file, of single events, for bytes that repeat: no dialog asks them.
    ("previous", "not asked"),
    ("split", "not asked"),
    ("generated-at", "not asked"),
];

fn leaves(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let path = format!("{path} {}", one.get_name()).trim().to_owned();
        if one.has_subcommands() {
            leaves(one, &path, found);
        } else {
            found.push((path, one.clone()));
        }
    }
}

fn every_command() -> Vec<(String, Command)> {
    let mut definition = cli::definition();
    definition.build();
    let mut found = Vec::new();
    leaves(&definition, "", &mut found);
    found
}

#[test]
fn every_command_has_its_place_in_the_interface_or_is_on_the_closed_list() {
    let there: Vec<String> = every_command().into_iter().map(|(path, _)| path).collect();
    let told: BTreeSet<&str> = COMMAND_LINE.iter().map(|(path, _)| *path).collect();
    assert_eq!(told.len(), COMMAND_LINE.len(), "a command stands twice in the table");
    for path in &there {
        assert!(told.contains(path.as_str()), "{path} has no place in the interface: give it one, and a row here");
    }
    for (path, place) in COMMAND_LINE {
        assert!(there.iter().any(|one| one == path), "there is no command {path}");
        match place {
            Does(id) => {
                let command = COMMANDS.iter().find(|command| command.id == *id);
                assert!(command.is_some(), "{path}: the interface has no {id}");
            }
            Never(why) => assert!(CLOSED.contains(why), "{path}: {why} is not on the closed list"),
            Form => assert!(ROWS.iter().any(|row| row.path == *path), "{path} is no form of the interface"),
        }
    }
    for row in ROWS {
        let place = COMMAND_LINE.iter().find(|(path, _)| *path == row.path).map(|(_, place)| *place);
        assert!(place == Some(Form), "{} is a form and has another place as well", row.path);
    }
    assert!(CLOSED.len() <= 8);
}

/// An argument that is added to such a command is a field without a line of the interface: what is asked is what the
/// definition has, but for what is said when the program starts.
#[test]
fn every_argument_of_a_form_is_a_field_with_its_help() {
    let line = command_line(Vec::new());
    let tasks = (line.tasks)(&line.start);
    assert_eq!(tasks.len(), ROWS.len());
    for (path, command) in every_command() {
        let Some(task) = tasks.iter().find(|task| task.row.path == path) else { continue };
        assert!(!task.about.is_empty() && !task.about.ends_with('.'), "{path}: {}", task.about);
        for one in command.get_arguments() {
            let ask = task.asks.iter().find(|ask| ask.id == one.get_id().as_str());
            let at_start = one.get_long().is_some_and(|long| AT_START.contains(&long));
            assert!(ask.is_some() != at_start, "{path}: {} is a field, or said at the start", one.get_id());
            let Some(ask) = ask else { continue };
            assert!(!ask.help.is_empty() && !ask.help.contains("--"), "{path}, {}: {}", ask.label, ask.help);
            assert!(!ask.label.contains(['-', '_']), "{path}: {}", ask.label);
            // Who is asked for a name on a terminal once it is missing has its field at once.
            assert!(ask.needed == (one.is_required_set() || ask.id == "who"), "{path}: {}", ask.label);
        }
    }
}

#[test]
fn every_option_of_a_command_that_has_its_place_has_one_too() {
    let mut used = BTreeSet::new();
    for (path, command) in every_command() {
        let place = COMMAND_LINE.iter().find(|(one, _)| *one == path).map(|(_, place)| *place);
        if !matches!(place, Some(Does(_))) {
            continue;
        }
        for option in command.get_arguments().filter_map(|one| one.get_long()) {
            let fact = Fact::called(option).is_some();
            let choice = CHOICES.iter().any(|choice| choice.option == option);
            let elsewhere = ELSEWHERE.iter().any(|(one, _)| *one == option);
            let known = fact || choice || elsewhere || AT_START.contains(&option);
            assert!(known, "{path} --{option} has no place in the interface: give it one, and a row here");
            used.insert(option.to_owned());
        }
    }
    for (option, place) in ELSEWHERE {
        assert!(used.contains(*option) && !place.is_empty(), "no command has --{option}");
    }
}

/// A subject on record with its study: whatever the list offers can be written, and says where.
#[test]
fn every_format_is_written_from_the_dialog() {
    let mut interface = Interface::enrolled();
    for (row, format) in FORMATS.iter().enumerate() {
        interface.keys("x");
        interface.tell(Message::Row(row));
        interface.keys("<tab><tab><ctrl-u>TR-01");
        interface.keys("<shift-tab><shift-tab><shift-tab><ctrl-u>");
        let path = interface.path(&format!("{}.{}", format.id, format.extension));
        interface.typed(&path.display().to_string());
        let told = interface.keys("<enter>");
        assert!(told.contains("Written:") && path.is_file(), "{}: {told}", format.id);
        assert!(std::fs::metadata(&path).unwrap().len() > 0, "{} is empty", format.id);
    }
}

#[test]
fn the_dialog_offers_what_people_read_first_and_is_filtered_by_typing() {
    let all = listed("");
    assert_eq!(all.len(), FORMATS.len());
    let people = all.iter().take_while(|nth| is_for_people(&FORMATS[**nth])).count();
    assert!(all[people..].iter().all(|nth| !is_for_people(&FORMATS[*nth])), "people first, data after");
    assert!(people > 10 && people < all.len());
    for format in FORMATS {
        assert!(!purpose(format).is_empty(), "{} does not say whom it is for", format.id);
    }
    let ids = |words: &str| listed(words).into_iter().map(|nth| FORMATS[nth].id).collect::<Vec<_>>();
    assert_eq!(ids("patient").first(), Some(&"pdf-calendar"));
    assert_eq!(ids("sdtm tablets"), ["sdtm-da", "sdtm-da-json"]);
    assert_eq!(ids("outlook"), ["ics"]);
    assert!(ids("nothing of the kind").is_empty());
    // Typed into the dialog; what was written last is offered first the next time.
    let mut interface = Interface::enrolled();
    interface.keys("xoutlook");
    let shown = interface.drawn(80, 24);
    assert!(shown.contains("▶ ics") && !shown.contains("pdf-calendar"), "{shown}");
    interface.keys("<tab><tab><ctrl-u>TR-01<shift-tab><shift-tab><shift-tab><ctrl-u>");
    let path = interface.path("first.ics");
    interface.typed(&path.display().to_string());
    assert!(interface.keys("<enter>").contains("Written:"));
    interface.keys("x");
    let shown = interface.drawn(80, 24);
    assert!(shown.contains("▶ ics") && shown.contains("for a calendar program"), "{shown}");
}
