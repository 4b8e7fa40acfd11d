//! How the interface looks: it follows the terminal, keeps what was chosen, and speaks no command line.

use posology::tui::model::{Effect, Message};
use posology::tui::rich::Role;
use posology::tui::theme::{THEMES, Theme};

use crate::tui::press;
use crate::tui_record::Interface;

#[test]
fn the_looks_follow_the_terminal_until_somebody_chooses() {
    let mut interface = Interface::new();
    interface.tell(Message::Background(Theme::Light));
    assert_eq!(interface.model.settings.theme, Theme::Light);
    // The next of each key press, all of them, and those of the terminal again.
    let mut kept = Vec::new();
    for _ in 0..4 {
        for effect in press(&mut interface.model, "<f8>") {
            if let Effect::KeepTheme(name) = effect {
                kept.push((name, interface.model.settings.theme));
            }
        }
    }
    assert_eq!(
        kept,
        [
            ("high-contrast", Theme::HighContrast),
            ("monochrome", Theme::Monochrome),
            ("auto", Theme::Light),
            ("high-contrast", Theme::HighContrast),
        ]
    );
    // What the terminal says later is kept for then, and changes nothing that was chosen.
    interface.tell(Message::Background(Theme::Dark));
    assert_eq!(interface.model.settings.theme, Theme::HighContrast);
    press(&mut interface.model, "<f8><f8>");
    assert_eq!((interface.model.settings.theme, interface.model.settings.follow), (Theme::Dark, true));
}

#[test]
fn names_and_doses_are_in_the_colour_of_the_terminal() {
    for theme in [Theme::Dark, Theme::Light, Theme::Monochrome] {
        for role in [Role::Drug, Role::Dose, Role::Text] {
            assert_eq!(theme.style(role).fg, None, "{theme:?} {role:?}");
        }
    }
    // What needs a hand and what is wrong are told apart by their colour, beside their words.
    for (_, theme) in THEMES.iter().filter(|(_, theme)| matches!(theme, Theme::Dark | Theme::Light)) {
        assert_ne!(theme.style(Role::Warn).fg, theme.style(Role::Block).fg);
        assert_eq!(theme.style(Role::Note).fg, None, "a note is quiet");
    }
}

/// `--reason` is a word of the command line: here the field is named.
#[test]
fn no_screen_names_an_option_of_the_command_line() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("it__tui") {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, screen) = text.split_once("\n---\n").unwrap();
        let option = screen.split_whitespace().find(|word| {
            let bare = word.trim_start_matches(['(', '`', '"']);
            bare.strip_prefix("--").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        assert_eq!(option, None, "{name}");
    }
    assert!(seen > 80, "{seen} screens");
}

#[test]
fn every_sign_of_a_plan_is_explained_below_it() {
    let mut interface = Interface::new();
    interface.keys("mfolfox6<enter>7dec<enter>170<enter>65<enter><enter>");
    let drawn = interface.drawn(80, 30);
    // Nine of twelve cycles have room; the others lie to the right.
    assert!(drawn.lines().any(|line| line.contains("C1") && line.trim_end().ends_with('▸')), "{drawn}");
    assert!(drawn.contains("end of an infusion") && !drawn.contains("overdue"), "{drawn}");
    interface.keys("G");
    assert!(interface.drawn(80, 30).lines().any(|line| line.starts_with('◂')), "{}", interface.drawn(80, 30));

    let interface = Interface::enrolled();
    let drawn = interface.drawn(80, 30);
    assert!(drawn.contains("▲ overdue") && !drawn.contains("end of an infusion"), "{drawn}");
}
