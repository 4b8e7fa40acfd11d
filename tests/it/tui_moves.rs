//! Moving: the same keys in every list and grid, what is recorded behind one key, filters, and ways out that ask.

use posology::tui::model::{Kind, Message, Screen};

use crate::tui_record::Interface;

/// The day the plan stands on, or the row of a list.
fn place(interface: &Interface) -> String {
    match interface.model.stack.last() {
        Some(Screen::Plan(view)) => format!("{} {}", view.cursor, view.scroll),
        Some(Screen::Subjects(view)) => format!("{} {}", view.at, view.scroll),
        Some(Screen::History(view)) => format!("{} {}", view.at, view.scroll),
        Some(Screen::Menu(at)) => at.to_string(),
        Some(Screen::Charts(view)) => view.drug.to_string(),
        Some(Screen::Finder(view)) => format!("{} {}", view.at, view.scroll),
        other => panic!("{other:?}"),
    }
}

const PAIRS: [(&str, &str); 6] =
    [("<down>", "j"), ("<up>", "k"), ("<right>", "l"), ("<left>", "h"), ("<home>", "g"), ("<end>", "G")];

#[test]
fn letters_move_as_the_arrows_do_wherever_no_text_is_typed() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    // The months, the matrix, the list and the pane of the day; entries; the menu; charts.
    for to in ["3", "v", "v", "v<tab>", "<tab>s", "<esc>r", "<esc>i", "<tab>"] {
        interface.keys(to);
        assert!(!interface.model.is_typing(), "{to}");
        for (arrow, letter) in PAIRS {
            let before = interface.model.clone();
            interface.keys(arrow);
            let by_arrow = (place(&interface), interface.model.kind());
            interface.model = before;
            interface.keys(letter);
            assert_eq!((place(&interface), interface.model.kind()), by_arrow, "{to}: {letter} for {arrow}");
        }
    }
    // Far ends are reached, and pages move.
    interface.keys("<tab>g");
    assert!(place(&interface).starts_with("0 "), "{}", place(&interface));
    interface.keys("G");
    assert!(place(&interface).starts_with("2 "), "an enrolment and two doses: {}", place(&interface));
    interface.keys("<esc>g");
    assert_eq!(place(&interface), "2026-12-07 0");
    interface.keys("G");
    assert_eq!(place(&interface), "2027-03-15 0", "day 1 of the eighth cycle");
}

#[test]
fn the_list_under_a_text_that_is_typed_has_its_ends_and_pages() {
    let mut interface = Interface::new();
    let all = interface.model.regimens.0.len();
    interface.keys("<end>");
    assert_eq!(place(&interface), format!("{} 0", all - 1));
    interface.keys("<pageup>");
    assert_eq!(place(&interface), format!("{} 0", all - 1 - 15));
    interface.keys("<home><tab><down>");
    assert_eq!(place(&interface), "0 1", "the preview is scrolled, the choice stays");
    interface.keys("<tab><down>");
    assert_eq!(place(&interface), "1 0");
}

#[test]
fn whoever_moves_records_nothing_and_every_act_has_its_letter() {
    let mut interface = Interface::enrolled();
    interface.keys("hjklgG");
    assert_eq!(interface.model.kind(), Kind::Plan);
    let menu = interface.keys("r");
    assert_eq!(interface.model.kind(), Kind::Menu);
    for words in ["This visit", "i  held", "o  omitted", "s  treatment ended", "n  remark", "e  correct or undo"] {
        assert!(menu.contains(words), "{words}: {menu}");
    }
    interface.keys("<esc>");
    let acts = [
        ("a", "Doses given"),
        ("i", "Hold doses"),
        ("o", "Omit doses"),
        ("b", "weight"),
        ("t", "Home doses"),
        ("x", "rior exposure"),
        ("d", "A cycle starts later"),
        ("r", "Level or percent"),
        ("s", "Treatment ended"),
        ("m", "ersion"),
        ("n", "Remark"),
        ("c", "Met"),
        ("p", "Prepared on"),
    ];
    for (letter, words) in acts {
        let form = interface.keys(&format!("r{letter}"));
        assert_eq!(interface.model.kind(), Kind::Act, "{letter}: {form}");
        assert!(form.contains(words), "{letter}: {form}");
        interface.keys("<esc>");
        assert_eq!(interface.model.kind(), Kind::Plan, "nothing was typed, so nothing is asked");
    }
    // Chosen with arrows and Enter as well; what it needs is told there too.
    interface.keys("r<home><down><enter>");
    assert!(interface.text().contains("draft"), "{}", interface.text());
}

#[test]
fn the_foot_of_a_subject_on_record_says_what_is_needed_most() {
    let interface = Interface::enrolled();
    let shown = interface.drawn(80, 24);
    for words in ["a given", "b body", "d delay", "r record", "r i hold", "r o omit"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!Interface::planned().drawn(80, 24).contains("r i hold"));
}

#[test]
fn a_form_in_which_something_was_typed_asks_before_it_is_left() {
    let mut interface = Interface::enrolled();
    for leave in ["<esc>", "<f3>"] {
        interface.keys("rn");
        interface.typed("called at night");
        let told = interface.keys(leave);
        assert_eq!(interface.model.kind(), Kind::Act);
        assert!(told.contains("is not recorded") && told.contains("once more leaves it"), "{told}");
        // Any other key stays, and the question begins anew.
        interface.typed("!");
        interface.keys(leave);
        assert_eq!(interface.model.kind(), Kind::Act);
        assert!(interface.text().contains("called at night!"), "{}", interface.text());
        interface.keys(leave);
        assert_ne!(interface.model.kind(), Kind::Act, "{leave}");
        interface.keys(if leave == "<f3>" { "<enter>" } else { "" });
    }
}

#[test]
fn what_comes_only_if_treatment_goes_on_is_marked_in_all_three_views() {
    let mut interface = Interface::planned();
    interface.keys("4");
    for view in ["months", "matrix", "list"] {
        let shown = interface.drawn(140, 45);
        let marked = if view == "matrix" { "18-Jan-2027?" } else { "C4D1?" };
        assert!(shown.contains(marked), "{view}: {shown}");
        interface.keys("v");
    }
    // The end of a pump of a later cycle moves with it.
    let mut pump = Interface::new();
    pump.keys("gi-folfiri<enter>7dec<enter>170<enter>65<f2>vv");
    assert_eq!(pump.model.kind(), Kind::Plan, "{}", pump.text());
    let list = pump.text();
    assert!(list.contains("C1D3  fluorouracil: pump off") && list.contains("C2D3?  fluorouracil: pump off"), "{list}");
}

#[test]
fn the_strip_stays_while_a_message_takes_two_rows() {
    let mut interface = Interface::enrolled();
    interface.model.notice = None;
    assert!(interface.drawn(80, 24).contains("C2?"), "{}", interface.drawn(80, 24));
    let long =
        "S-014: recorded. i shows everything on record. The last backup is of 40 days ago; the record lies on a share";
    interface.model.notify(posology::finding::Severity::Warn, long);
    let shown = interface.drawn(80, 24);
    assert!(shown.contains("C2?") && shown.contains("on a share"), "{shown}");
}

#[test]
fn months_stand_side_by_side_from_140_columns() {
    let mut interface = Interface::planned();
    interface.keys("g");
    let shown = interface.drawn(140, 45);
    let row = shown.lines().find(|line| line.contains("December 2026")).unwrap_or_default();
    assert!(row.contains("January 2027"), "{shown}");
}

#[test]
fn the_list_and_the_matrix_show_the_drugs_and_kinds_one_asks_for() {
    let mut interface = Interface::new();
    interface.keys("gi-xelox<enter>7dec<enter>170<enter>65<f2>/");
    assert_eq!(interface.model.kind(), Kind::Plan, "{}", interface.text());
    interface.keys("oxali<enter>");
    let list = interface.drawn(140, 45);
    let (left, _) = list.split_once("Only ").map(|(_, rest)| rest.split_at(rest.len())).unwrap_or_default();
    assert!(left.contains("oxaliplatin"), "{list}");
    assert!(!left.lines().any(|line| line.contains("C1D1") && line.contains("capecitabine 1")), "{list}");
    interface.keys("G");
    // Enter kept the filter, Esc takes it away, and only then leaves.
    interface.keys("<esc>");
    assert_eq!(interface.model.kind(), Kind::Plan);
    assert!(!interface.drawn(140, 45).contains("Only "));
    // What is taken at home, by the kind.
    interface.keys("v/home");
    let matrix = interface.drawn(140, 45);
    assert!(matrix.contains("Only "), "{matrix}");
    interface.keys("<ctrl-u>nothing<enter>");
    assert!(!interface.drawn(140, 45).contains("C2 "), "{}", interface.drawn(140, 45));
}

#[test]
fn the_wheel_moves_in_lists_as_the_arrows_do() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>i");
    interface.keys("g");
    interface.tell(Message::Wheel(1));
    assert_eq!(place(&interface), "1 0");
}
