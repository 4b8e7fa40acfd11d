//! The board: a line a visit, the most urgent first; and one truth about how a subject stands on every list.

use posology::tui::model::{Kind, Screen};
use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};
use crate::tui_record::Interface;

/// One of whom the first visit was never recorded, one who is due today with another regimen, one of this week, one later.
fn clinic() -> Clinic {
    let mut clinic = Clinic::new();
    let add = |clinic: &Clinic, code: &str, regimen: &str, start: &str| {
        let body = ["--height", "170", "--weight", "65", "--start", start, "--accept", "draft=training"];
        clinic.record(&[&["add", code, regimen][..], &body].concat());
    };
    clinic.today = "2026-11-23";
    add(&clinic, "S-3", REGIMEN, "2026-11-23");
    clinic.today = "2026-12-07";
    add(&clinic, "S-1", REGIMEN, "2026-12-28");
    add(&clinic, "S-2", "gi-xelox", "2026-12-07");
    add(&clinic, "S-4", REGIMEN, "2026-12-10");
    add(&clinic, "S-5", REGIMEN, "2026-12-07");
    clinic.record(&["stop", "S-5", "--on", "2026-12-07", "--reason", "withdrew"]);
    clinic
}

fn board() -> Interface {
    let mut interface = Interface::of(clinic());
    interface.keys("<f3>");
    assert_eq!(interface.model.kind(), Kind::Subjects);
    interface
}

/// The lines of the board, from its title to the pane below.
fn lines(interface: &Interface, columns: u16, rows: u16) -> Vec<String> {
    let drawn = interface.drawn(columns, rows);
    let lines = drawn.lines().map(|line| line.trim_matches(['│', ' ']).to_owned());
    lines.collect()
}

#[test]
fn a_visit_is_one_line_and_what_is_overdue_comes_first() {
    let interface = board();
    for (columns, rows) in [(80, 24), (140, 45)] {
        let lines = lines(&interface, columns, rows);
        let at = |word: &str| lines.iter().position(|line| line.starts_with(word));
        let groups = ["Overdue", "Today", "This week", "Later", "Nothing waits"].map(at);
        // A low window shows as many as it has room for, the most urgent ones.
        let groups = if rows < 40 { &groups[..3] } else { &groups[..] };
        assert!(groups.iter().all(Option::is_some) && groups.is_sorted(), "{groups:?} {lines:#?}");
        assert!(lines.iter().any(|line| line.contains("5 subjects · 1 overdue · 2 today · 1 this week")), "{lines:#?}");
        // The first line is chosen; oxaliplatin and two halves of a day of capecitabine are one visit.
        assert!(lines.iter().any(|line| line.starts_with("▶S-3") && line.contains("overdue 14 days")), "{lines:#?}");
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("S-2") && line.contains("C1D1")).count(),
            1,
            "{lines:#?}"
        );
        let said = if columns >= 120 { "criteria, double check" } else { "criteria +1" };
        assert!(lines.iter().any(|line| line.starts_with("S-2") && line.contains(said)), "{said}: {lines:#?}");
    }
    let all = lines(&interface, 140, 45);
    assert!(all.iter().any(|line| line.starts_with("S-5") && line.contains("stopped 07-Dec-2026")), "{all:#?}");
    let wide = interface.drawn(140, 45);
    assert!(wide.contains("irinotecan liposomal, nimotuzumab"), "{wide}");
}

#[test]
fn every_list_says_the_same_of_a_subject() {
    let interface = Interface::of(clinic());
    let data = interface.data();
    let run = |command: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_posology"));
        program.args(command).arg("--data").arg(&data).env("POSOLOGY_TODAY", "2026-12-07");
        let output = program.output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let listed = run(&["subject", "list"]);
    let line = |code: &str| listed.lines().find(|line| line.starts_with(code)).unwrap_or_default().to_owned();
    assert!(line("S-3").contains("overdue 14 days") && !line("S-3").contains("on treatment"), "{listed}");
    assert!(line("S-2").contains("on treatment") && line("S-5").contains("stopped 07-Dec-2026"), "{listed}");
    assert!(run(&["due"]).lines().any(|line| line.contains("S-3") && line.contains("overdue 14 days")));
    let document: Value = serde_json::from_str(&run(&["subject", "list", "--json"])).unwrap();
    assert_eq!(document["subjects"][2]["standing"], "overdue 14 days", "{document:#}");
}

#[test]
fn the_board_is_filtered_by_typing_and_divided_as_one_likes() {
    let mut interface = board();
    interface.keys("/xelox");
    let shown = lines(&interface, 80, 24);
    assert!(
        shown.iter().any(|line| line.contains("S-2")) && !shown.iter().any(|line| line.contains("S-3")),
        "{shown:#?}"
    );
    // Enter takes the line; Esc takes the filter away and stays.
    interface.keys("<esc>/overdue<esc>");
    assert_eq!(interface.model.kind(), Kind::Subjects);
    assert!(lines(&interface, 80, 24).iter().any(|line| line.contains("S-4")));
    interface.keys("/nobody");
    assert!(interface.drawn(80, 24).contains("No line has these words"), "{}", interface.drawn(80, 24));
    interface.keys("<esc>vv");
    let grouped = lines(&interface, 80, 24);
    let at = |word: &str| grouped.iter().position(|line| line.starts_with(word));
    assert!(at("Gi-xelox v") < at("Npc-liposomal-irinotecan-nituzumab v"), "{grouped:#?}");
    assert!(grouped.iter().any(|line| line.contains("by regimen")), "{grouped:#?}");
}

#[test]
fn a_line_is_opened_on_its_day_and_nothing_is_recorded_from_the_board() {
    let mut interface = board();
    interface.keys("<enter>");
    let day = |interface: &Interface| match interface.model.stack.last() {
        Some(Screen::Plan(view)) => view.cursor.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!((interface.model.open_subject().unwrap().code(), day(&interface).as_str()), ("S-3", "2026-11-23"));
    // Its second visit is another line, of today.
    interface.keys("<f3>/s-3 today<enter>");
    assert_eq!((interface.model.open_subject().unwrap().code(), day(&interface).as_str()), ("S-3", "2026-12-07"));
    interface.keys("<f3>");
    for act in ["a", "r", "b", "d", "i", "<f2>"] {
        interface.keys(act);
        assert_eq!(interface.model.kind(), Kind::Subjects, "{act}");
    }
    let plain = interface.text();
    assert!(plain.contains("1. S-3") && plain.contains("5 subjects"), "{plain}");
}

/// A held visit has no day, so that nothing of it is planned; a drug of it that is not held still waits for its checks.
#[test]
fn a_held_dose_is_not_told_as_planned() {
    let clinic = clinic();
    clinic.record(&["hold", "S-3", "--cycle", "1", "--day", "1", "--drug", "irinotecan", "--reason", "ileus"]);
    let due = |clinic: &Clinic| String::from_utf8(clinic.run(&["due", "--within", "0d"]).stdout).unwrap();
    let told = |due: &str, drug: &str| {
        due.lines().find(|line| line.contains("S-3") && line.contains(drug)).map(str::to_owned).unwrap()
    };
    let text = due(&clinic);
    let (held, waits) = (told(&text, "irinotecan"), told(&text, "nimotuzumab"));
    assert!(held.contains(" held ") && !held.contains("planned"), "{held}");
    assert!(waits.contains("overdue 14 days") && waits.contains("missing: criteria, double check"), "{waits}");
    clinic.record(&["hold", "S-3", "--cycle", "1", "--day", "1", "--drug", "nimotuzumab", "--reason", "ileus"]);
    let mut interface = Interface::of(clinic);
    interface.keys("<f3>");
    let lines = lines(&interface, 140, 45);
    let line = lines.iter().find(|line| line.contains("S-3") && line.contains("held")).cloned();
    assert!(line.as_deref().is_some_and(|line| !line.contains("planned")), "{line:?} {lines:#?}");
}
