//! What holds for every format.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use posology::calendar::{Date, Window};
use posology::course::Part;
use posology::export::{ExportError, FORMATS, Format, Options, expand};
use posology::library::{Library, Origin};
use posology::plan::Infusion;
use posology::present::{Schedule, Status};
use posology::quantity::{Decimal, Period, PeriodUnit};
use posology::regimen::{Doubt, HalfDay, Mark};
use proptest::prelude::*;

use crate::export_sample::{give, plan_amount, plan_of};
use crate::schedules::{all_shipped, nasty, options, trial};

#[test]
fn every_shipped_regimen_is_written_in_every_format() {
    for (id, schedules) in all_shipped() {
        for schedule in &schedules {
            for format in FORMATS {
                let bytes =
                    format.bytes(schedule, &options()).unwrap_or_else(|error| panic!("{id} as {}: {error}", format.id));
                assert!(!bytes.is_empty(), "{id} as {}", format.id);
                if format.text {
                    assert!(String::from_utf8(bytes).is_ok(), "{id} as {}", format.id);
                }
            }
        }
    }
}

#[test]
fn the_same_schedule_gives_the_same_bytes() {
    for format in FORMATS {
        let write = || format.bytes(&trial(), &options()).unwrap();
        assert_eq!(write(), write(), "{}", format.id);
    }
}

#[test]
fn formats_have_names_of_their_own() {
    for (at, format) in FORMATS.iter().enumerate() {
        assert!(!FORMATS.iter().skip(at + 1).any(|other| other.id == format.id), "{}", format.id);
        assert!(posology::export::format(format.id).is_some());
    }
    assert!(posology::export::format("no-such").is_none());
}

#[test]
fn the_page_of_exports_tells_of_every_format_and_of_no_other() {
    let page = include_str!("../../docs/exports.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" |"));
    let told: Vec<&str> =
        rows.flat_map(|(names, _)| names.split(", ")).map(|name| name.trim_matches(['`', ' '])).collect();
    for format in FORMATS {
        assert_eq!(told.iter().filter(|name| **name == format.id).count(), 1, "{}", format.id);
    }
    assert_eq!(told.len(), FORMATS.len(), "{told:?}");
}

/// Of any regimen the same: what the columns mean, and the fields of a form.
const OF_NO_REGIMEN: &[&str] = &["csv-codebook", "redcap-dictionary"];

/// Tables of what a record says; a plan without one has no row in them.
const OF_A_RECORD: &[&str] = &["csv-history", "csv-intensity", "csv-home", "sdtm-da", "sdtm-da-json"];

/// The schedule of a file that says `status = "WORD"`, as everything that exports has it: judged by its approvals.
fn saying(word: &str) -> Schedule {
    let text = include_str!("../../regimens/gi-mfolfox6.toml").replacen("\"draft\"", &format!("\"{word}\""), 1);
    let origin = Origin::Named("nowhere/gi-mfolfox6.toml".into());
    let entry = Library::default().check("gi-mfolfox6", origin, text.as_bytes());
    let regimen = entry.regimen.unwrap_or_else(|| panic!("{:#?}", entry.findings));
    let mut schedule = crate::schedules::of_regimen(&regimen, None).remove(0);
    give(&mut schedule.doses[0]);
    schedule
}

/// What a reader of the file finds, where it is no plain text.
fn legible(format: &Format, bytes: Vec<u8>) -> Vec<u8> {
    match format.id {
        "xlsx" => {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
            let sheets = book.worksheets();
            let first = |(name, sheet): &(String, Range<Data>)| format!("{name} {}\n", sheet.rows().next().unwrap()[0]);
            sheets.iter().map(first).collect::<Vec<_>>().concat().into_bytes()
        }
        // The table for models is all numbers: its last column stands for the word.
        "nonmem" => {
            let marked = String::from_utf8(bytes).unwrap().lines().skip(1).all(|line| line.ends_with(",1"));
            if marked { b"DRAFT RETIRED".to_vec() } else { Vec::new() }
        }
        // Text in a PDF is glyphs, and its metadata is not; the notes of a Parquet file stand at its end.
        _ => bytes,
    }
}

#[test]
fn what_nobody_has_approved_says_so_in_every_file_whatever_its_author_says() {
    for (word, mark) in [("draft", "draft"), ("reviewed", "draft"), ("approved", "draft"), ("retired", "retired")] {
        let schedule = saying(word);
        let said = |format: &&Format| !OF_NO_REGIMEN.contains(&format.id) && !OF_A_RECORD.contains(&format.id);
        for format in FORMATS.iter().filter(said) {
            let text = legible(format, format.bytes(&schedule, &options()).unwrap());
            // A patient is told in plain words, across the page.
            let word_of = if format.id.ends_with("-calendar") { "SAMPLE" } else { mark };
            let marked = text.windows(word_of.len()).any(|found| found.eq_ignore_ascii_case(word_of.as_bytes()));
            assert!(marked, "{word} as {}", format.id);
        }
    }
}

#[test]
fn every_sheet_of_a_workbook_says_so() {
    for (word, mark) in [("reviewed", "DRAFT"), ("retired", "RETIRED")] {
        let bytes = posology::export::format("xlsx").unwrap().bytes(&saying(word), &options()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for (name, sheet) in book.worksheets() {
            let first = sheet.rows().next().unwrap()[0].to_string();
            assert!(first.starts_with(&format!("{mark} regimen")), "{name}: {first}");
        }
    }
}

#[test]
fn the_event_table_marks_every_row_of_a_draft() {
    for (status, mark) in [(Status::Draft, "1"), (Status::Retired, "1"), (Status::Approved, "0")] {
        let mut schedule = crate::schedules::shipped("gi-mfolfox6");
        schedule.regimen.status = status;
        let bytes = posology::export::format("nonmem").unwrap().bytes(&schedule, &options()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.lines().next().unwrap().ends_with(",DRAFT"));
        assert!(text.lines().skip(1).all(|line| line.rsplit(',').next() == Some(mark)));
    }
}

/// A mild text or one of the worst.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), proptest::sample::select(crate::schedules::NASTY).prop_map(str::to_owned)]
}

/// The trial with arbitrary texts and figures, some of its doses given. Identities stay apart.
pub fn any_schedule() -> impl Strategy<Value = Schedule> {
    (proptest::collection::vec(text(), 24), any::<[bool; 7]>(), 0_usize..16, any::<u32>()).prop_map(
        |(texts, flags, rows, number)| {
            let mut schedule = if flags[0] { nasty() } else { trial() };
            schedule.doses.truncate(rows);
            let mut next = texts.iter().cycle().cloned();
            let mut text = || next.next().unwrap_or_default();
            schedule.regimen.name = text();
            schedule.regimen.version = text();
            schedule.regimen.id = text();
            schedule.regimen.unverified = vec![text()];
            schedule.count.words = text();
            schedule.subject.genotype = Some(text());
            schedule.continues = flags[1];
            for (at, row) in schedule.doses.iter_mut().enumerate() {
                row.certain = flags[2];
                (row.shown, row.route, row.drug) = (text(), Some(text()), text());
                row.over = flags[3].then(|| Infusion::For(Period { value: number.into(), unit: PeriodUnit::Minutes }));
                if flags[4] {
                    // Six decimals and no more: the columns of Parquet hold them.
                    plan_amount(row, Decimal::new(i64::from(number), number % 7));
                }
                row.phase = flags[5].then(&mut text);
                let planned = plan_of(row);
                planned.level = i32::from_ne_bytes(number.to_ne_bytes());
                planned.marks = vec![Mark { doubt: Doubt::Conflict, key: "round" }];
                planned.working = vec![text(), text()];
                (row.reason, row.note) = (Some(text()), Some(text()));
                if flags[6] && at % 2 == 0 {
                    give(row);
                }
            }
            schedule
        },
    )
}

pub fn any_options() -> impl Strategy<Value = Options> {
    (any::<[bool; 5]>(), proptest::option::of(0_usize..200), text()).prop_map(|(flags, width, study)| Options {
        study: flags[0].then_some(study),
        show_drugs: flags[1],
        excel: flags[2],
        working: flags[3],
        each: flags[4],
        width,
        ..options()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::support::cases(24)))]

    #[test]
    fn any_schedule_is_written_in_every_format(schedule in any_schedule(), options in any_options()) {
        for format in FORMATS {
            let written = format.bytes(&schedule, &options);
            // A standard that has no place for a plan without a study says so.
            let lacking = options.study.as_ref().is_none_or(|study| study.trim().is_empty());
            let refusable = ["sdtm-ec", "sdtm-ec-json", "sdtm-ex", "sdtm-ex-json", "sdtm-da", "sdtm-da-json", "fhir"];
            let refused = matches!(&written, Err(ExportError::Refused(_) | ExportError::NoCodes { .. })) && lacking && refusable.contains(&format.id);
            // The fonts of the PDF do not draw every script, and a word with a letter missing is no word.
            let letters = format.id.starts_with("pdf-")
                && matches!(&written, Err(ExportError::Refused(why)) if why.contains("cannot draw these letters"));
            // A label is refused before anything of it is cut off.
            let large = format.id.ends_with("-labels")
                && matches!(&written, Err(ExportError::Refused(why)) if why.contains("does not fit its stock"));
            prop_assert!(written.is_ok() || refused || letters || large, "{}: {:?}", format.id, written.err());
        }
    }

    #[test]
    fn rows_at_the_edges_are_refused_or_written_but_never_a_panic(
        year in -9999_i16..=9999, value in any::<i64>(), places in 0_u32..=28, cycle in any::<u32>(), day in any::<i32>(),
    ) {
        let mut schedule = crate::schedules::shipped("gi-xelox");
        let on = Date::new(year, 12, 30).unwrap();
        for row in &mut schedule.doses {
            (row.cycle, row.day) = (cycle, day);
            plan_amount(row, Decimal::new(value, places));
            let planned = plan_of(row);
            planned.at.date = on;
            planned.window = Some(Window::exact(on));
            if let Some(run) = &mut planned.at.run {
                run.administrations = cycle;
                run.times_a_day = cycle % 7;
                run.through_day = day;
            }
        }
        for format in FORMATS {
            let _ = format.bytes(&schedule, &Options { each: true, ..options() });
        }
    }
}

#[test]
fn a_run_at_home_becomes_its_doses() {
    // Capecitabine from the evening of day 1 through the morning of day 15: 28 doses.
    let schedule = crate::schedules::shipped("gi-xelox");
    let runs: Vec<_> = schedule.doses.iter().filter(|row| row.run().is_some() && row.cycle == 1).collect();
    let [run] = runs.as_slice() else { panic!("one run in cycle 1") };
    let expected = run.run().unwrap();
    let expanded = expand(&schedule);
    let doses: Vec<_> = expanded.doses.iter().filter(|row| row.id == run.id && row.cycle == 1).collect();
    assert_eq!(doses.len(), expected.administrations as usize);
    let half = |half: Option<HalfDay>| half.map(Part::Half);
    assert_eq!((doses[0].date(), doses[0].part), (expected.from, half(expected.starts)));
    let last = doses.last().unwrap();
    assert_eq!((last.date(), last.part, last.day), (expected.through, half(expected.ends), expected.through_day));
    assert!(doses.iter().all(|row| row.run().is_none()));
}
