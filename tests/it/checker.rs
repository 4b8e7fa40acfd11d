//! Reading, resolving and checking regimen files.

use std::fs;

use posology::calendar::Site;
use posology::checker::{Checked, check};
use posology::cli::diagnostic;
use posology::finding::{Finding, Severity};
use posology::format::{normalised, position, read};
use posology::formula::bsa::BsaFormula;
use posology::quantity::decimal::{Direction, Ties};
use posology::quantity::{Amount, Decimal, Period, ProtocolDose};
use posology::regimen::{
    CountKind, Days, Doses, Doubt, Next, Over, Recalculate, Role, Room, Rounding, Setting, Spread, Stated, Status,
    ThenStop,
};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../corpus/valid/npc-liposomal-irinotecan-nituzumab.toml");
const ONE_DRUG: &str = include_str!("../corpus/valid/one-drug.toml");

fn checked(text: &str) -> Checked {
    check(text.as_bytes(), &Site::default())
}

/// Code, line and column of everything that blocks.
fn blocking(text: &str) -> Vec<(&'static str, usize, usize)> {
    let blocks = checked(text).findings.into_iter().filter(|finding| finding.severity == Severity::Block);
    let place = |finding: Finding| {
        let byte = finding.places.first().map_or(0, |place| place.range.start);
        let (line, column) = position(text, byte);
        (finding.code.name(), line, column)
    };
    blocks.map(place).collect()
}

/// A text with some of it replaced; what is replaced must be there, once.
fn with(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    })
}

/// Line and column of a text in another.
fn at(text: &str, needle: &str) -> (usize, usize) {
    assert_eq!(text.matches(needle).count(), 1, "{needle}");
    position(text, text.find(needle).unwrap())
}

fn files(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    files.sort();
    assert!(files.len() > 2, "{folder}");
    files
}

#[test]
fn valid_files_load() {
    for folder in ["tests/corpus/valid", "regimens"] {
        for (name, text) in files(folder) {
            assert_eq!(blocking(&text), [], "{name}");
            assert!(checked(&text).regimen.is_some(), "{name}");
        }
    }
}

#[test]
fn invalid_files_say_exactly_what_is_wrong_and_where() {
    for (name, text) in files("tests/corpus/invalid") {
        let first = text.lines().next().unwrap().strip_prefix("# expect: ").unwrap();
        let expected: Vec<&str> = first.split("   (").next().unwrap().split(' ').collect();
        let found: Vec<String> = blocking(&text).iter().map(|(code, line, _)| format!("{code}@{line}")).collect();
        assert_eq!(found, expected, "{name}");
        assert!(checked(&text).regimen.is_none(), "{name}");
    }
}

#[test]
fn the_example_of_the_format_reads_to_what_it_says() {
    let checked = checked(EXAMPLE);
    // Its two drugs name a label that the file does not describe, and one is liposomal: told, but the file loads.
    let told: Vec<_> = checked.findings.iter().map(|f| (f.code.name(), f.severity)).collect();
    assert_eq!(told, [("R116", Severity::Warn), ("R029", Severity::Warn), ("R029", Severity::Warn)]);
    let regimen = checked.regimen.unwrap();
    assert_eq!((regimen.status, regimen.setting), (Status::Draft, Setting::Trial));
    let body = regimen.body.unwrap();
    assert_eq!((body.bsa, body.bsa_places, body.bsa_cap), (Some(BsaFormula::Mosteller), 2, None));
    let change = Recalculate::Change { percent: Decimal::TEN, reaching: true, last_used: false };
    assert_eq!(body.recalculate, change);
    assert_eq!(body.provenance.doubt("bsa"), Some(Doubt::Unverified));
    let [phase] = regimen.phases.as_slice() else { panic!("one phase") };
    let cycle = &phase.cycle;
    assert_eq!((cycle.length, cycle.count.kind, cycle.next), (14, CountKind::UpTo(8), Next::FromActual));
    assert_eq!(cycle.window, Stated::Is(Room { early: 0, late: 3 }));
    assert_eq!(cycle.stop.len(), 3);
    let [irinotecan, nimotuzumab] = phase.drugs.as_slice() else { panic!("two drugs") };
    assert_eq!((irinotecan.id.as_str(), irinotecan.full_name().as_str()), ("irinotecan", "irinotecan liposomal"));
    assert_eq!(irinotecan.dosing.doses, Doses::Same(ProtocolDose::read("70 mg/m2").unwrap()));
    assert_eq!((irinotecan.role, irinotecan.dosing.spread, irinotecan.home), (Role::Treatment, Spread::Each, false));
    assert_eq!(irinotecan.over, Some(Over::Fixed(Period::read("90 minutes").unwrap())));
    assert_eq!((&irinotecan.days, irinotecan.times), (&Days::List(vec![1]), 1));
    let rounding = Rounding::Step {
        step: Amount::read("1 mg").unwrap(),
        whole: None,
        direction: Direction::Nearest,
        ties: Ties::Up,
        within: Some(Decimal::from(5)),
        daily: None,
    };
    assert_eq!(irinotecan.rounding, rounding);
    let ladder = irinotecan.dosing.ladder.as_ref().unwrap();
    let steps: Vec<_> = ladder.steps.iter().map(|step| step.dose.unwrap().to_string()).collect();
    assert_eq!(steps, ["50 mg/m2", "43 mg/m2"]);
    assert_eq!((ladder.then, ladder.raise_again), (ThenStop::Drug, Some(false)));
    let vial = irinotecan.vial.unwrap();
    assert_eq!(
        (vial.amount.to_string(), vial.volume),
        ("43 mg".to_owned(), Some(posology::quantity::Volume::ml(Decimal::TEN)))
    );
    assert_eq!(irinotecan.provenance.of("dose"), Some("trial"));
    assert_eq!(irinotecan.provenance.of("over"), Some("label"));
    assert_eq!((nimotuzumab.over.as_ref(), &nimotuzumab.rounding), (Some(&Over::Unknown), &Rounding::None));
    assert_eq!(nimotuzumab.also, ["nituzumab"]);
    let [example] = regimen.examples.as_slice() else { panic!("one example") };
    let expected: Vec<_> = example.expected().collect();
    assert_eq!(expected.len(), 2);
    assert_eq!(expected[0].dose(), Some(Amount::read("123 mg").unwrap()));
}

#[test]
fn five_mistakes_are_five_findings_each_at_its_line_and_column() {
    let text = with(
        EXAMPLE,
        &[
            ("length = \"14 days\"", "lenght = \"14 days\""),
            ("\"mosteller\"", "\"mostelar\""),
            ("dose        = \"70 mg/m2\"", "dose        = 70"),
            ("days   = [1]", "days   = \"1-8\""),
            ("dose = \"123 mg\"", "dose = \"123\""),
        ],
    );
    let expected = [
        ("R004", at(&text, "lenght = \"14")),
        ("R011", at(&text, "\"mostelar\"")),
        ("R005", at(&text, "70\nroute")),
        ("R013", at(&text, "\"1-8\"")),
        ("R011", at(&text, "\"123\"")),
    ];
    let expected: Vec<_> = expected.map(|(code, (line, column))| (code, line, column)).into();
    assert_eq!(blocking(&text), expected);
}

#[test]
fn no_table_is_read_from_a_list_by_position() {
    let tables = [
        ("count = { planned = 6 }", "count = [8]"),
        ("window = { early = \"0 days\", late = \"3 days\" }", "window = [\"0 days\", \"3 days\"]"),
        ("recalculate = \"every cycle\"", "recalculate = [\">= 10 %\", \"cycle 1 day 1\"]"),
        ("over = \"90 minutes\"", "over = [\"30 minutes\"]"),
        ("round = { nearest = \"1 mg\", ties = \"up\" }", "round = [\"1 mg\"]"),
        ("days = [1]", "days = [1]\nreduce = [[\"50 mg/m2\"], \"ask\", \"never\"]"),
        ("days = [1]", "days = [1]\nreduce = { to = [[\"50 mg/m2\"]], then = \"ask\", raise_again = \"never\" }"),
        ("days = [1]", "days = [1]\ncap = [[\"2 mg\"]]"),
        ("days = [1]", "days = [1]\nmaximum = [\"200 mg\"]"),
        ("days = [1]", "days = [1]\ngfr = [\"cockcroft-gault\", \"actual\"]"),
        ("days = [1]", "days = [1]\nhours = [\"irinotecan\", [\"0 hours\"]]"),
        ("days = [1]", "days = [1]\nloading = [\"80 mg/m2\"]"),
        ("days = [1]", "days = [1]\nends = [3, \"pump off\"]"),
        ("days = [1]", "days = [1]\nstart = [[[\"x\"], \"50 mg/m2\"]]"),
        ("days = [1]", "days = [1]\ncycles = [1, 2]"),
        ("days = [1]", "by_cycle = [[1, 2, [1]]]"),
        ("subject = { height = \"170 cm\", weight = \"65 kg\" }", "subject = [\"170 cm\", \"65 kg\"]"),
        (
            "expect = [{ cycle = 1, day = 1, drug = \"irinotecan\", dose = \"123 mg\" }]",
            "expect = [[1, 1, \"irinotecan\"]]",
        ),
        ("format = 1\n", "format = 1\neligibility = [{ from = \"18 years\" }]\n"),
        ("format = 1\n", "format = 1\ncriterion = [[\"neutrophils\"]]\n"),
        ("format = 1\n", "format = 1\nassessment = [[\"imaging\"]]\n"),
        ("format = 1\n", "format = 1\nphase = [[\"first\"]]\n"),
    ];
    for change in tables {
        let text = with(ONE_DRUG, &[change]);
        let codes: Vec<_> = checked(&text).findings.iter().map(|finding| finding.code.name()).collect();
        assert!(codes.contains(&"R005"), "{}: {codes:?}", change.1);
    }
}

#[test]
fn what_could_not_be_read_is_not_called_missing() {
    for (old, new) in [
        ("bsa = \"mosteller\"", "bsa = \"mosteller"),
        ("route = \"intravenous\"", "route = 1"),
        ("next = \"from actual day 1\"", "nxet = \"from actual day 1\""),
        ("title = \"A trial\"", "title = \"A\" trial"),
    ] {
        let found = blocking(&with(ONE_DRUG, &[(old, new)]));
        assert_eq!(found.len(), 1, "{new}: {found:?}");
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", ONE_DRUG.replace('\n', "\r\n"));
    let (plain, windows) = (read(ONE_DRUG.as_bytes()), read(windows.as_bytes()));
    assert_eq!(plain.sha256, windows.sha256);
    assert!(windows.definition.is_some());
    let faulty = with(ONE_DRUG, &[("dose = \"70 mg/m2\"", "dose = \"70 mg/m3\"")]).replace('\n', "\r\n");
    let finding = &checked(&faulty).findings[0];
    let text = normalised(faulty.as_bytes());
    assert_eq!(&text[finding.places[0].range.clone()], "\"70 mg/m3\"");
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let told = |bytes: &[u8]| {
        let finding = check(bytes, &Site::default()).findings.remove(0);
        (finding.code.name(), finding.text)
    };
    let (code, text) = told(b"format = 1\nid = \"\xe9\"\n");
    assert_eq!((code, text.as_str()), ("R001", "byte 18 (line 2) is 0xE9, which is not UTF-8 text"));
    assert_eq!(told(b" \n").0, "R002");
    assert_eq!(told(b"").0, "R002");
    assert_eq!(told(&vec![b'#'; 1_000_001]).0, "R002");
}

#[test]
fn no_more_than_a_hundred_problems_are_listed() {
    use std::fmt::Write;
    let mut text = String::from("format = 1\n");
    for key in 0..300 {
        writeln!(text, "wrong{key} = 1").unwrap();
    }
    let findings = read(text.as_bytes()).findings;
    assert_eq!((findings.len(), findings.last().unwrap().code.name()), (101, "R008"));
}

#[test]
fn the_site_s_word_is_read_where_the_file_leaves_it_to_the_site() {
    let text = with(
        ONE_DRUG,
        &[
            ("bsa = \"mosteller\"", "bsa = \"site\""),
            ("round = { nearest = \"1 mg\", ties = \"up\" }", "round = \"site\""),
        ],
    );
    let text = text.replace(", unverified = [\"round\"]", "");
    let codes: Vec<_> = checked(&text).findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["R026", "R026"]);
    let mut site = Site::default();
    site.values.insert("body.bsa".to_owned(), "du-bois".to_owned());
    site.values.insert("drug.irinotecan.round".to_owned(), "{ down_to = \"5 mg\" }".to_owned());
    let checked = check(text.as_bytes(), &site);
    assert_eq!(checked.findings, []);
    let regimen = checked.regimen.unwrap();
    assert_eq!(regimen.body.as_ref().unwrap().bsa, Some(BsaFormula::DuBois));
    let rounding = &regimen.phases[0].drugs[0].rounding;
    assert!(matches!(rounding, Rounding::Step { direction: Direction::Down, .. }), "{rounding:?}");
}

/// A starting dose is out of reach only where an earlier row covers every part of its condition.
#[test]
fn starting_doses_beside_each_other_are_both_in_reach() {
    let dead = |first: &str, second: &str| {
        let rows = format!(
            "round = {{ nearest = \"1 mg\", ties = \"up\" }}\nstart = [{{ when = {first}, dose = \"60 mg/m2\" }}, {{ when = {second}, dose = \"50 mg/m2\" }}]"
        );
        let text = with(ONE_DRUG, &[("round = { nearest = \"1 mg\", ties = \"up\" }", &rows)]);
        let text = text.replace("unverified = [\"round\"]", "unverified = [\"round\", \"start\"]");
        checked(&text).findings.iter().any(|finding| finding.code.name() == "R088")
    };
    let (small, large) = ("{ bsa = { below = \"1.5 m2\" } }", "{ bsa = { from = \"1.9 m2\" } }");
    assert!(!dead(small, large));
    assert!(dead(small, "{ bsa = { below = \"1.4 m2\" } }"));
    let (few, many) = (
        "{ test = { platelets = { below = \"100 10^9/L\" } } }",
        "{ test = { platelets = { from = \"150 10^9/L\" } } }",
    );
    assert!(!dead(few, many));
    assert!(!dead(few, small) && !dead(small, few));
    assert!(dead(few, "{ weight = { below = \"50 kg\" }, test = { platelets = { below = \"90 10^9/L\" } } }"));
}

#[test]
fn a_diagnostic_shows_the_line_the_reason_and_what_to_write() {
    let text = with(ONE_DRUG, &[("days = [1]", "days = \"1-8\"")]);
    let findings = checked(&text).findings;
    insta::assert_snapshot!(diagnostic::render("case.toml", text.as_bytes(), &findings, false), @r#"
    BLOCK[R013]: "1-8" is not a list of days: a dash between days has been read both as "through" and as "and", and has killed
      --> case.toml:32:8
       |
    32 | days = "1-8"
       |        ^^^^^
       |
       = help: write { from = 1, through = 8 } for every day from 1 to 8, or [1, 8] for these two days
    "#);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let checked = check(&bytes, &Site::default());
        prop_assert!(checked.regimen.is_none());
        diagnostic::render("any", &bytes, &checked.findings, false);
    }

    #[test]
    fn a_mutated_file_is_read_without_a_panic(
        cuts in proptest::collection::vec((0..EXAMPLE.len(), 0..12_usize, "[\\[\\]{}=\",.\\n a-z0-9é-]{0,6}"), 1..6),
    ) {
        let mut text = EXAMPLE.to_owned();
        for (from, length, put_in) in cuts {
            let between = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let range = between(from)..between(from + length);
            text.replace_range(range, &put_in);
        }
        let findings = checked(&text).findings;
        diagnostic::render("mutated", text.as_bytes(), &findings, false);
        for place in findings.iter().flat_map(|finding| &finding.places) {
            prop_assert!(place.range.start <= place.range.end && place.range.end <= text.len());
        }
    }
}

#[test]
fn what_is_no_regimen_is_refused_without_reading_it_to_the_end() {
    use std::fmt::Write;
    let mut drugs = String::from("format = 1\n");
    for number in 0..5_000 {
        writeln!(drugs, "[[drug]]\nname = \"x{number}\"\nafter = \"x0\"").unwrap();
    }
    assert!(checked(&drugs).findings.iter().any(|finding| finding.code.name() == "R034"));
    let nested = format!("x = {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(checked(&nested).findings.iter().any(|finding| finding.code.name() == "R003"));
    let broken = checked(&"[a]\nx = \"\n".repeat(5_000)).findings;
    assert!(broken.len() <= 201 && broken.iter().any(|finding| finding.code.name() == "R008"), "{}", broken.len());
}
