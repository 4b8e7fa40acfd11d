//! The README and the pages it leads to say what is true: what they show is what the program shows, what they name is there.

use posology::formula::{CATALOGUE, Kind};

use crate::pages;
use crate::program::Home;
use crate::tui;

const TRIAL: &str = include_str!("../../regimens/npc-liposomal-irinotecan-nituzumab.toml");

#[test]
fn the_readme_shows_the_plan_as_the_screen_does() {
    let mut model = tui::start(tui::regimens_of(&[("npc-liposomal-irinotecan-nituzumab", TRIAL)]));
    tui::press(&mut model, "nituzumab<enter>7dec<enter>170<enter>65<enter>");
    pages::hold_block("README.md", "the plan, drawn by the tests", &tui::text(&tui::drawn(&model, 80, 24)));
}

#[test]
fn the_example_is_what_the_program_prints() {
    let shown = pages::text("README.md");
    let shell: Vec<&str> = shown.lines().filter(|line| line.starts_with("cargo run --release -- ")).collect();
    let [command] = shell.as_slice() else { panic!("{shell:?}") };
    let arguments: Vec<&str> = command.split_whitespace().skip(4).collect();

    let whole = Home::new().run(&arguments);
    assert_eq!(whole.code, 0, "{}", whole.err);
    let visits: Vec<&str> =
        whole.out.lines().filter(|line| line.starts_with("Mon ") && line.contains("Cycle")).collect();
    assert_eq!(visits.len(), 8, "{visits:?}");
    assert!(visits[0].starts_with("Mon 07-Dec-2026") && visits[7].starts_with("Mon 15-Mar-2027"), "{visits:?}");

    let first = Home::new().run(&[&arguments[..], &["--cycles", "1"]].concat());
    let lines = first.out.lines().skip_while(|line| !line.starts_with("Mon 07-Dec-2026"));
    let excerpt: Vec<&str> = lines.take_while(|line| !line.starts_with("  nimotuzumab: C1D1")).collect();
    pages::hold_block("README.md", "the first visit, printed by the program", &excerpt.join("\n"));
}

#[test]
fn a_slip_ends_in_the_sentence_that_the_readme_shows() {
    let typed = ["plan", "npc-liposomal-irinotecan-nituzumab", "--height", "170", "--weight", "154"];
    let ran = Home::new().run(&[&typed[..], &["--start", "2026-12-07"]].concat());
    assert_eq!(ran.code, 3, "{}", ran.err);
    pages::hold_block("README.md", "pounds as kilograms, printed by the program", &ran.err);
}

#[test]
fn the_commands_and_the_statement_are_there_and_a_minute_is_enough() {
    let readme = pages::text("README.md");
    for text in [
        "cargo run --release     # opens the program\ncargo test              # runs every test\n",
        "not an order",
        "medical device",
        "qualified person checks",
        "Known limits",
        "Reporting an error",
    ] {
        assert!(readme.contains(text), "{text}");
    }
    let lines = readme.lines().count();
    assert!(lines < 150, "{lines} lines: what a newcomer does not need in the first minute belongs to docs/");
}

const HOW_DOSES_ARE_MADE: &str = "\
# How a dose is made, and every formula

In this order, once each, and every step is printed: protocol dose (a dose level replaces it) × body size → capped →
percent of the capped dose → capped again → rounded. All arithmetic is decimal: 137.7 cm and 42.5 kg is exactly 1.275 m²,
which binary fractions get wrong. A cap, a rounding rule, a formula exists only where the regimen states it.

W is the weight in kg, H the height in cm, Scr the serum creatinine in mg/dL unless a formula says otherwise. Citations were
compiled from secondary sources; check the papers before quoting them. `posology selftest` runs more than a thousand vectors
that others published (peers' tests, public calculators' examples, published tables). `posology calc` runs one formula, or
with `--formula all` those of one kind side by side, with the working.
";

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::BodySurface => "Body surface",
        Kind::BodyMassIndex => "Body-mass index",
        Kind::BodyWeight => "Ideal, adjusted and lean body weight",
        Kind::RenalAbsolute => "Kidney function of this body",
        Kind::RenalIndexed => "Kidney function of a standard body",
        Kind::CarboplatinClearance => "Clearance of carboplatin",
        Kind::Indexing => "From one kidney function to the other",
        Kind::CarboplatinDose => "Dose of carboplatin",
    }
}

#[test]
fn every_formula_stands_on_its_page_with_its_source() {
    let mut page = HOW_DOSES_ARE_MADE.to_owned();
    let mut kinds: Vec<Kind> = CATALOGUE.iter().map(|entry| entry.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        page.push_str(&format!("\n## {}\n\n| name | formula | unit | made for | source |\n", heading(kind)));
        page.push_str("|---|---|---|---|---|\n");
        for entry in CATALOGUE.iter().filter(|entry| entry.kind == kind) {
            let (range, source) = (entry.valid_range, entry.citation);
            let row = format!("| `{}` | {} | {} | {range} | {source} |\n", entry.name, entry.formula_text, entry.unit);
            page.push_str(&row);
        }
    }
    pages::hold("docs/formulas.md", &page);
}

/// Commands as the pages write them, in backquotes: `posology subject given`.
fn commands_of(page: &str) -> Vec<Vec<String>> {
    let spans = page.split('`').skip(1).step_by(2).filter(|span| span.starts_with("posology "));
    spans.map(|span| span.split_whitespace().skip(1).map(str::to_owned).collect()).collect()
}

/// A word that names a command; what follows the first other one is what a person would type in its place.
fn is_command(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase())
}

#[test]
fn every_command_and_option_that_a_page_names_is_there() {
    let home = Home::new();
    let mut seen = 0;
    for name in PAGES {
        for words in commands_of(&pages::text(name)) {
            let path: Vec<&str> = words.iter().map(String::as_str).take_while(|word| is_command(word)).collect();
            let help = home.run(&[&path[..], &["--help"]].concat());
            assert_eq!(help.code, 0, "{name}: `posology {}`: {}", words.join(" "), help.err);
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.trim_end_matches(',');
                assert!(help.out.contains(option), "{name}: `posology {}` has no {option}", words.join(" "));
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} commands were found on the pages");
}

/// The change log also names what is gone or refused.
const PAGES: [&str; 3] = ["README.md", "docs/record.md", "docs/using.md"];

#[test]
fn every_link_between_the_pages_arrives() {
    let mut pages = vec!["README.md".to_owned(), "CHANGELOG.md".into(), "CONTRIBUTING.md".into(), "SECURITY.md".into()];
    for entry in std::fs::read_dir(pages::path("docs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        pages.extend(path.extension().is_some_and(|ending| ending == "md").then(|| format!("docs/{name}")));
    }
    for page in pages {
        let folder = pages::path(&page).parent().unwrap().to_owned();
        let text = pages::text(&page);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            let outside = target.contains("://") || file.is_empty();
            assert!(outside || folder.join(file).exists(), "{page} leads to {target}, which is not there");
        }
    }
}
