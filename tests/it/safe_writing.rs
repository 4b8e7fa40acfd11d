//! Figures as people must be able to read them, in everything that is made for people: a trailing zero has been read as a
//! tenfold dose, a naked point overlooked, `U` read as a zero, `µg` as mg.

use posology::export::FORMATS;

use crate::pages;
use crate::schedules::{all_shipped, options};

const UNITS: [&str; 11] = ["mg", "g", "mcg", "mL", "units", "kBq", "MBq", "GBq", "cm", "kg", "hours"];
const ABBREVIATIONS: [&str; 9] = ["µg", "μg", "ug", "U", "IU", "SC", "QD", "q.d.", "cc"];

/// The words of a page without its markup, each with the one before it.
fn pairs(page: &str) -> Vec<(String, String)> {
    let mut text = String::new();
    let mut in_tag = false;
    // A line of a calendar file goes on behind a blank.
    for letter in page.replace("\r\n ", "").chars() {
        in_tag = (in_tag || letter == '<') && letter != '>';
        text.push(if in_tag || "<>()[]|;".contains(letter) { ' ' } else { letter });
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches([',', ':', '.'])).collect();
    words.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

fn is_figure(word: &str) -> bool {
    word.chars().any(|digit| digit.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
}

fn is_safe(figure: &str) -> bool {
    let (whole, rest) = figure.split_once('.').unwrap_or((figure, "1"));
    let grouped = whole.len() < 4 || whole.contains(',');
    !whole.is_empty() && grouped && !rest.is_empty() && !rest.ends_with('0')
}

/// What of a page could be misread.
fn misreadable(page: &str) -> Vec<String> {
    let unit = |word: &str| UNITS.contains(&word.split('/').next().unwrap_or_default());
    let unsafe_figure = |(figure, next): &(String, String)| is_figure(figure) && unit(next) && !is_safe(figure);
    let pairs = pairs(page);
    let figures = pairs.iter().filter(|pair| unsafe_figure(pair)).map(|(figure, unit)| format!("{figure} {unit}"));
    let words = pairs.iter().filter(|(_, word)| ABBREVIATIONS.contains(&word.as_str())).map(|(_, word)| word.clone());
    figures.chain(words).collect()
}

/// Made for people; data for programs is written as those programs want it.
fn is_for_people(format: &str) -> bool {
    matches!(format, "text" | "markdown" | "ics" | "fhir-losses" | "nonmem-page") || format.starts_with("html-")
}

#[test]
fn nothing_that_the_program_writes_for_people_can_be_misread() {
    let mut read = 0;
    for (id, schedules) in all_shipped() {
        // What the author of the file wrote is shown as it was written.
        let by_the_author = pages::text(&format!("regimens/{id}.toml"));
        for format in FORMATS.iter().filter(|format| is_for_people(format.id)) {
            let page = String::from_utf8(format.bytes(&schedules[0], &options()).unwrap()).unwrap();
            let mut found = misreadable(&page).into_iter().filter(|found| !by_the_author.contains(found));
            assert_eq!(found.next(), None, "{id} as {}", format.id);
            read += 1;
        }
    }
    assert!(read > 500, "only {read} pages were read");
}

#[test]
fn what_can_be_misread_is_found() {
    for (page, found) in [
        ("give 5.0 mg now", "5.0 mg"),
        ("<td>.5 mL</td>", ".5 mL"),
        ("cisplatin 1250 mg/m2", "1250 mg/m2"),
        ("10 U of it", "U"),
        ("| 2.50 mg | x |", "2.50 mg"),
        ("100 µg", "µg"),
    ] {
        assert_eq!(misreadable(page), [found], "{page}");
    }
    for page in ["0.5 mg", "5 mg", "1,250 mg", "on 07-Dec-2026 cm were", "10 units (100 mg)", "12.25 mL, 3 vials"] {
        assert_eq!(misreadable(page), [] as [&str; 0], "{page}");
    }
}
