//! Commands without a screen of their own, as forms: what is typed reaches the very command, a refusal stands at its field,
//! what changes the record is looked at first.

use posology::tui::model::{Kind, Model, Screen};
use posology::tui::task::Stage;

use crate::tui_record::Interface;

/// Opens the form of a command by its name.
fn form(interface: &mut Interface, name: &str) {
    interface.keys("<ctrl-o>");
    interface.typed(name);
    let listed = interface.text();
    let row = listed.lines().filter(|line| line.ends_with(')')).position(|line| line.ends_with(&format!(": {name})")));
    for _ in 0..row.unwrap_or_else(|| panic!("{name}: {listed}")) {
        interface.keys("<down>");
    }
    interface.keys("<enter>");
    assert_eq!(interface.model.kind(), Kind::Task);
}

/// Types into the field of a label, whatever stands there.
fn fill(interface: &mut Interface, label: &str, text: &str) {
    for _ in 0..20 {
        let (here, _) = at(&interface.model);
        if here == label {
            interface.keys("<ctrl-e><ctrl-u>");
            interface.typed(text);
            return;
        }
        interface.keys("<tab>");
    }
    panic!("no field {label}: {}", interface.text());
}

/// The field with the focus, and what is wrong with it.
fn at(model: &Model) -> (String, Option<String>) {
    let Some(Screen::Task(view)) = model.stack.last() else { panic!("no form: {:?}", model.kind()) };
    (view.task.asks[view.focus].label.clone(), view.faults[view.focus].clone())
}

#[test]
fn a_backup_is_written_and_restored_from_the_interface() {
    let mut interface = Interface::enrolled();
    form(&mut interface, "backup");
    let path = interface.path("copy.db");
    fill(&mut interface, "File", &path.display().to_string());
    let told = interface.keys("<f2>");
    assert!(told.contains("read back and verifies") && path.is_file(), "{told}");
    // The same file again is refused at the field that would allow it, in the words of the form.
    let refused = interface.keys("<esc><f2>");
    assert_eq!(interface.model.kind(), Kind::Task, "{refused}");
    assert!(refused.contains("exists already") && refused.contains("“Force”") && !refused.contains("--"), "{refused}");

    let told = interface.keys("<esc><esc>a<f2>");
    assert!(told.contains("S-014: recorded"), "{told}");
    form(&mut interface, "restore");
    fill(&mut interface, "File", &path.display().to_string());
    fill(&mut interface, "Who", "A.Nurse");
    // What is there now is shown first: the enrolment and the doses of two drugs.
    let first = interface.keys("<f2>");
    assert!(first.contains("look at it, then F2 does it") && first.contains("3 events"), "{first}");
    let refused = interface.keys("<f2>");
    assert_eq!(interface.model.kind(), Kind::Task, "the present record is not replaced unasked: {refused}");
    fill(&mut interface, "Force", "y");
    let again = interface.keys("<f2>");
    assert!(again.contains("look at it, then F2 does it"), "what was typed since is looked at again: {again}");
    let done = interface.keys("<f2>");
    assert!(done.contains("Its last 2 events are not in the record any more"), "{done}");
    assert!(interface.model.open_subject().is_none(), "nothing of the old record stays open");
    assert!(interface.keys("<f3>").contains("S-014"));
}

/// Who types a name over the one that is offered does not record under a name made of two.
#[test]
fn a_name_typed_where_one_is_offered_replaces_it() {
    let mut interface = Interface::enrolled();
    form(&mut interface, "subject import");
    for _ in 0..20 {
        if at(&interface.model).0 == "Who" {
            break;
        }
        interface.keys("<tab>");
    }
    assert!(interface.text().contains("Who: A.Nurse"), "{}", interface.text());
    interface.typed("B.Weber");
    assert!(interface.text().contains("Who: B.Weber"), "{}", interface.text());
}

#[test]
fn a_refusal_stands_at_its_field() {
    let mut interface = Interface::enrolled();
    form(&mut interface, "deviations");
    assert_eq!(at(&interface.model).0, "Code");
    fill(&mut interface, "Only", "nonsense");
    interface.keys("<f2>");
    let (label, fault) = at(&interface.model);
    assert!(label == "Only" && fault.unwrap().contains("is none of deviation, not-double-checked, answered"));
    fill(&mut interface, "Only", "answered");
    let told = interface.keys("<f2>");
    assert_eq!(interface.model.kind(), Kind::Output, "{told}");

    // Without what it needs a command is not run; what its own reader refuses is told at the field as well.
    let mut interface = Interface::enrolled();
    form(&mut interface, "cohort");
    interface.keys("<f2>");
    let (label, fault) = at(&interface.model);
    assert!(label == "Subjects" && fault.unwrap().contains("needed"), "the regimen is filled in: {label}");
    fill(&mut interface, "Subjects", "-");
    fill(&mut interface, "Output", "table.csv");
    interface.keys("<f2>");
    assert!(at(&interface.model).1.unwrap().contains("name a file"));
    fill(&mut interface, "Subjects", "list.csv");
    fill(&mut interface, "Threads", "many");
    interface.keys("<f2>");
    let (label, fault) = at(&interface.model);
    let fault = fault.unwrap();
    assert!(label == "Threads" && fault.contains("many") && !fault.contains("--threads"), "{label}: {fault}");
}

#[test]
fn a_subject_goes_from_one_record_into_another() {
    let mut from = Interface::enrolled();
    form(&mut from, "subject export");
    let path = from.path("S-014.jsonl");
    assert!(from.text().contains("Code: S-014"), "the subject in hand is filled in: {}", from.text());
    fill(&mut from, "Output", &path.display().to_string());
    from.keys("<f2>");
    assert!(path.is_file(), "{}", from.text());
    let mut into = Interface::new();
    form(&mut into, "subject import");
    fill(&mut into, "File", &path.display().to_string());
    fill(&mut into, "Who", "B.Monitor");
    into.keys("<f2>");
    let told = into.keys("<f2>");
    assert!(told.contains("Imported S-014"), "{told}");
    assert!(into.keys("<f3>").contains("S-014"));
}

#[test]
fn two_people_approve_a_regimen_and_a_difference_is_shown() {
    let mut interface = Interface::new();
    let path = interface.path("mine.toml");
    let text = include_str!("../tui/nituzumab.toml");
    std::fs::write(&path, text).unwrap();
    form(&mut interface, "regimen approve");
    fill(&mut interface, "Regimen", &path.display().to_string());
    fill(&mut interface, "Who", "A. Okafor");
    let first = interface.keys("<f2>");
    assert!(first.contains("[ ]"), "the regimen is read back first: {first}");
    let told = interface.keys("<f2>");
    let told = if told.contains("second person's approval is needed") { told } else { accepted(&mut interface) };
    assert!(told.contains("second person's approval is needed"), "{told}");
    interface.keys("<esc>");
    fill(&mut interface, "Who", "a okafor");
    let same = interface.keys("<f2><f2>");
    assert!(same.contains("has approved this content already"), "{same}");
    fill(&mut interface, "Who", "M. Weber");
    let told = interface.keys("<f2><f2>");
    assert!(told.contains("two people have approved this content"), "{told}");

    let other = interface.path("other.toml");
    std::fs::write(&other, text.replacen("late = \"3 days\"", "late = \"4 days\"", 1)).unwrap();
    interface.keys("<esc><esc><esc>");
    form(&mut interface, "regimen diff");
    fill(&mut interface, "A", &path.display().to_string());
    fill(&mut interface, "B", &other.display().to_string());
    let told = interface.keys("<f2>");
    assert!(told.contains("3 days") && told.contains("4 days"), "{told}");
}

/// What stands in the way of an approval is accepted with a reason, a code each.
fn accepted(interface: &mut Interface) -> String {
    let Some(Screen::Task(view)) = interface.model.stack.last() else { panic!("{}", interface.text()) };
    let told = view.said.join(" ") + &view.faults.iter().flatten().cloned().collect::<String>();
    let mut codes: Vec<&str> =
        told.split("“Accept” ").skip(1).filter_map(|rest| rest.split_once('=')).map(|it| it.0).collect();
    codes.dedup();
    assert!(!codes.is_empty(), "{told}");
    let reasons: Vec<String> = codes.iter().map(|code| format!("{code}=checked against the protocol")).collect();
    fill(interface, "Accept", &reasons.join("; "));
    interface.keys("<f2><f2>")
}

#[test]
fn what_is_typed_stays_until_it_is_emptied_or_another_person_goes_on() {
    let mut interface = Interface::enrolled();
    form(&mut interface, "study new");
    fill(&mut interface, "Code", "TR-07");
    interface.keys("<esc><esc>");
    form(&mut interface, "study new");
    assert!(interface.text().contains("Code: TR-07"), "{}", interface.text());
    interface.keys("<esc><esc><f12>B.Other<enter>");
    form(&mut interface, "study new");
    assert!(!interface.text().contains("TR-07"), "{}", interface.text());
    interface.typed("TR-08");
    interface.keys("<f9>");
    assert!(!interface.text().contains("TR-08"), "{}", interface.text());
}

#[test]
fn what_asks_nothing_runs_at_once_and_is_read_by_the_keys_of_every_list() {
    let mut interface = Interface::new();
    interface.keys("<ctrl-p>");
    interface.typed("verification vectors");
    interface.keys("<enter>");
    assert_eq!(interface.model.kind(), Kind::Task, "the palette opens it by a word: {}", interface.text());
    interface.keys("<f2>");
    let Some(Screen::Output(view)) = interface.model.stack.last() else { panic!("{}", interface.text()) };
    assert!(view.lines.len() > 30 && !view.failed, "{}", view.lines.len());
    let place = |interface: &Interface| match interface.model.stack.last() {
        Some(Screen::Output(view)) => view.scroll,
        _ => panic!(),
    };
    interface.keys("jj");
    assert_eq!(place(&interface), 2);
    interface.keys("G");
    let last = place(&interface);
    assert!(last > 10);
    interface.keys("<end>");
    assert_eq!(place(&interface), last);
    interface.keys("k<pageup>");
    assert!(place(&interface) < last - 1);
    interface.keys("g");
    assert_eq!(place(&interface), 0);
    interface.keys("<esc>");
    let Some(Screen::Task(view)) = interface.model.stack.last() else { panic!() };
    assert_eq!(view.stage, Stage::Typing);
}
