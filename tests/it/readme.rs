//! The README says what is true: its example is the program's output, its table names every formula.

use posology::formula::CATALOGUE;

use crate::program::Home;

const README: &str = include_str!("../../README.md");

#[test]
fn the_example_is_what_the_program_prints() {
    let ran = Home::new().run(&[
        "plan",
        "npc-liposomal-irinotecan-nituzumab",
        "--height",
        "170",
        "--weight",
        "65",
        "--start",
        "2026-12-07",
        "--cycles",
        "2",
        "--working",
        "--generated-at",
        "2026-12-05T09:00:00Z",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(README.contains(ran.out.trim_end()), "the README's example differs from:\n{}", ran.out);
}

#[test]
fn every_formula_stands_with_its_source() {
    for entry in CATALOGUE {
        let row = format!("| `{}` | {} | {} | {} |", entry.name, entry.formula_text, entry.unit, entry.citation);
        assert!(README.contains(&row), "{row}");
    }
}

#[test]
fn the_commands_and_the_statement_are_there() {
    for text in [
        "cargo run --release",
        "cargo test",
        "not an order",
        "medical device",
        "qualified person checks",
        "Known limits",
        "Reporting an error",
    ] {
        assert!(README.contains(text), "{text}");
    }
}
