//! The page of a regimen leaves nothing out: what is signed is what the file says.

use posology::calendar::Site;
use posology::checker;
use posology::present::{Protocol, protocol};
use posology::quantity::{Measured, ProtocolDose};
use posology::regimen::Regimen;

fn shipped() -> Vec<(String, String, Regimen)> {
    let files = std::fs::read_dir("regimens").unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let regimen = checker::check(text.as_bytes(), &Site::default()).regimen.unwrap();
        (path.display().to_string(), text, regimen)
    };
    files.filter(|path| path.extension().is_some_and(|end| end == "toml")).map(read).collect()
}

fn words(page: &Protocol) -> String {
    let lines = page.sections.iter().filter(|section| section.id != "examples").flat_map(|section| &section.lines);
    lines.flat_map(|line| [line.label.as_str(), " ", line.value.as_str(), "\n"]).collect()
}

/// Every text of these tables, whatever key it stands under.
fn texts(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => found.push(text.clone()),
        toml::Value::Array(list) => list.iter().for_each(|one| texts(one, found)),
        toml::Value::Table(table) => {
            let told =
                table.iter().filter(|(key, _)| !matches!(key.as_str(), "note" | "conflict" | "source" | "example"));
            told.for_each(|(_, one)| texts(one, found));
        }
        _ => {}
    }
}

/// Every dose and every laboratory limit that stands anywhere in a shipped file stands on its page, in the page's
/// words: in ladders, tables, starting doses, caps, loading doses, ramps, cohorts, rules, criteria and limits over a life.
#[test]
fn no_dose_of_a_file_is_missing_from_its_page() {
    let (mut doses, mut limits) = (0, 0);
    for (file, text, regimen) in shipped() {
        let page = words(&protocol(&regimen));
        let mut found = Vec::new();
        texts(&toml::Value::Table(text.parse().unwrap()), &mut found);
        for text in found {
            if let Ok(dose) = ProtocolDose::read(&text) {
                assert!(page.contains(&dose.to_string()), "{file}: {text} is not on the page\n{page}");
                doses += 1;
            } else if let Ok(limit) = Measured::read(&text) {
                let figure = limit.to_string();
                let shown = figure.split(' ').next().unwrap();
                assert!(page.contains(shown), "{file}: {text} is not on the page\n{page}");
                limits += 1;
            }
        }
    }
    assert!(doses > 400 && limits > 30, "{doses} doses, {limits} limits");
}

/// Whatever carries the mark in a file is listed once more above the signatures.
#[test]
fn every_mark_is_listed() {
    for (file, text, regimen) in shipped() {
        let listed = regimen.unverified();
        let table: toml::Table = text.parse().unwrap();
        for (name, key, of) in
            [("criterion", "criterion", "test"), ("rule", "rule", ""), ("assessment", "assessment", "name")]
        {
            for one in table.get(key).and_then(toml::Value::as_array).into_iter().flatten() {
                let marked = one
                    .get("source")
                    .is_some_and(|source| source.as_str() == Some("unverified") || source.get("unverified").is_some());
                let word = one.get(of).and_then(toml::Value::as_str).unwrap_or_default();
                let there = listed.iter().any(|line| line.starts_with(&format!("{name} {word}")));
                assert!(!marked || there, "{file}: {name} {word}: {listed:?}");
            }
        }
        let who = table.get("eligibility").and_then(|one| one.get("source"));
        let marked =
            who.is_some_and(|source| source.as_str() == Some("unverified") || source.get("unverified").is_some());
        assert!(!marked || listed.iter().any(|line| line.starts_with("eligibility: ")), "{file}: {listed:?}");
    }
}

/// A row of a rule with a mark of its own is listed by its number.
#[test]
fn a_marked_row_is_listed() {
    let (_, _, regimen) =
        shipped().into_iter().find(|(file, ..)| file.contains("gi-liposomal-irinotecan-fluorouracil")).unwrap();
    assert!(regimen.unverified().contains(&"rule diarrhoea: row 1".to_owned()), "{:?}", regimen.unverified());
    assert!(regimen.unverified().contains(&"criterion neutrophils: otherwise".to_owned()));
}

/// The print-outs carry the same page.
#[test]
fn the_printed_regimen_says_what_show_says() {
    for (file, _, regimen) in shipped() {
        let example = &regimen.examples[0];
        let course = posology::verify::course(example).unwrap();
        let open = example.course.as_ref().and_then(|planned| planned.cycles);
        let options = posology::plan::Options { open, ..Default::default() };
        let Ok(plan) = posology::plan::plan(&regimen, &course, &Site::default(), options) else { continue };
        let schedule = posology::present::schedule(&regimen, &course, &plan);
        let sections = protocol(&regimen).sections;
        assert_eq!(schedule.sheets.protocol.sections, sections, "{file}");
        let page = crate::export_sample::write("html-protocol", &schedule, &posology::export::Options::default());
        let page = String::from_utf8(page).unwrap();
        for section in sections.iter().filter(|section| section.id.starts_with("drug")) {
            assert!(page.contains(&format!("<caption>{}</caption>", section.title)), "{file}: {}", section.title);
        }
    }
}

/// What lifts a check stands on the page that is signed.
#[test]
fn what_a_file_is_excused_from_is_on_its_page() {
    use crate::support::{TWO_WEEKS, drug, one_phase};
    let lines = "dose = \"100 mg\"\nroute = \"intravenous\"\ndays = [1]\nrescue = \"stem cells on day 0\"\ndose_exception = \"trial\"\ntogether = true";
    let page = words(&protocol(&one_phase(TWO_WEEKS, &drug("a", lines))));
    for line in [
        "rescue stem cells on day 0\n",
        "dose above the largest in use as source trial gives it\n",
        "beside another entry of the substance given in full, on the same day\n",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
}
