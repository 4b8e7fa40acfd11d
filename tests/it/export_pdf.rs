//! PDF: the same print-outs; what is written on them is read by other programs in `tests/interop`.

use posology::export::{FORMATS, Options, format};

use crate::export_sample::{AWKWARD, awkward, awkward_options, awkward_with, keep, options, plain, write};

const PAGES: [&str; 6] = ["pdf-calendar", "pdf-worksheet", "pdf-protocol", "pdf-notice", "pdf-log", "pdf-labels"];

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn every_print_out_is_a_tagged_file_with_a_language() {
    for id in PAGES {
        let bytes = write(id, &plain(), &options());
        assert!(bytes.starts_with(b"%PDF-1.7"), "{id}");
        for words in ["/Lang(en)", "/StructTreeRoot", "/Marked true", "/DisplayDocTitle true", "pdfuaid:part"] {
            assert!(contains(&bytes, words) || contains(&bytes, &words.replace('(', " (")), "{id}: {words}");
        }
        keep(&format!("{id}.pdf"), &bytes);
    }
}

#[test]
fn awkward_words_make_a_file_and_letters_that_cannot_be_drawn_make_none() {
    let drawable = AWKWARD.replace('💊', "");
    for id in PAGES {
        keep(&format!("{id}-awkward.pdf"), &write(id, &awkward_with(&drawable), &options()));
        let refused = format(id).unwrap().bytes(&awkward(), &awkward_options()).unwrap_err().to_string();
        assert!(refused.contains("U+1F48A") && refused.contains("HTML"), "{id}: {refused}");
    }
}

#[test]
fn paper_is_a4_or_letter() {
    let letter = Options { letter: true, ..options() };
    assert!(contains(&write("pdf-log", &plain(), &options()), "/MediaBox [0 0 595.28 841.89]"));
    assert!(contains(&write("pdf-log", &plain(), &letter), "/MediaBox [0 0 612 792]"));
}

#[test]
fn a_cell_taller_than_a_page_goes_on_on_the_next() {
    let mut schedule = plain();
    schedule.sheets.protocol.criteria[0].otherwise = "word ".repeat(4_000);
    schedule.sheets.protocol.sections[0].lines[0].value = "word ".repeat(4_000);
    let pages = |bytes: &[u8]| bytes.windows(9).filter(|window| *window == b"/MediaBox").count();
    for (id, more) in [("pdf-worksheet", 5), ("pdf-protocol", 3)] {
        let (long, short) = (write(id, &schedule, &options()), write(id, &plain(), &options()));
        assert!(pages(&long) > pages(&short) + more, "{id}");
    }
}

#[test]
fn a_word_without_an_end_and_an_empty_plan_make_files() {
    let mut schedule = plain();
    schedule.regimen.name = "x".repeat(5_000);
    schedule.regimen.indication = String::new();
    PAGES.iter().for_each(|id| assert!(!write(id, &schedule, &options()).is_empty()));
    schedule.doses.clear();
    schedule.sheets.cycles.clear();
    PAGES.iter().for_each(|id| assert!(!write(id, &schedule, &Options::default()).is_empty()));
}

#[test]
fn same_plan_same_file() {
    for id in PAGES {
        assert_eq!(write(id, &plain(), &options()), write(id, &plain(), &options()), "{id}");
    }
}

#[test]
fn every_format_has_a_name_of_its_own() {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}
