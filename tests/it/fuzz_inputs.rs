//! Damaged files from outside, by chance: the bodies of the fuzz targets (`fuzz_files.rs`), on edits of proptest's.

use posology::store::{NewEvent, Store};
use proptest::prelude::*;

use crate::fuzz_files::{self as files, add, edited, run};
use crate::support::cases;

pub fn edits() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 4..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    #[test]
    fn a_damaged_site_file_is_refused_or_read(edits in edits()) {
        files::site(&edited(files::SITE, &edits));
    }

    #[test]
    fn a_damaged_history_records_nothing(edits in edits()) {
        files::history(&edited(&files::sound_history(), &edits));
    }

    #[test]
    fn damaged_settings_are_told_on_one_line_each(edits in edits()) {
        files::settings(&edited(&files::sound_settings(), &edits));
    }

    #[test]
    fn a_damaged_calendar_is_refused_or_harmless(edits in edits()) {
        files::previous_calendar(&edited(&files::CALENDAR, &edits));
    }

    #[test]
    fn a_damaged_export_is_refused_or_can_be_read(edits in edits()) {
        files::import(&edited(&files::EXPORT, &edits));
    }

    #[test]
    fn any_bytes_and_edits_as_an_event_end_in_an_entry_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..200), which in any::<u8>(), edits in edits()) {
        files::event(&files::body(&bytes));
        files::event(&files::body(&[&[0, which][..], &edits].concat()));
    }

    /// What somebody put into the file behind the program's back is told of, and brings nothing down.
    #[test]
    fn a_damaged_body_ends_in_words(which in any::<u8>(), edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let (file, data) = (folder.path().join("none"), folder.path().join("records"));
        prop_assert_eq!(run(&format!("{} --yes --data DATA", add()), &file, &data).0, 0);
        let body = files::body(&[&[0, which][..], &edits].concat());
        let event = NewEvent {
            subject: "S-9".to_owned(),
            // An entry without a kind is refused by the store itself.
            kind: body.split('"').nth(3).filter(|kind| !kind.trim().is_empty()).unwrap_or("given").to_owned(),
            version: 1,
            effective: "2026-11-09".to_owned(),
            recorded: "2026-12-07T09:30:00Z".to_owned(),
            offset: "+01:00".to_owned(),
            who: "RT".to_owned(),
            body: body.into_bytes(),
            ..NewEvent::default()
        };
        let mut store = Store::open(&data).unwrap();
        let last = store.head().count;
        store.append(last, &[event]).unwrap();
        drop(store);
        for line in ["subject list --data DATA", "subject show S-9 --history --data DATA", "due --data DATA", "deviations --data DATA", "audit show --data DATA", "audit affected --program 0.1.0 --data DATA"] {
            run(line, &file, &data);
        }
    }
}

/// What is edited was sound: otherwise the readers behind their first refusal would never be reached.
#[test]
fn what_is_to_be_damaged_is_sound() {
    files::site(files::SITE);
    files::settings(&files::sound_settings());
    let (_, said) = files::history(&files::sound_history());
    assert!(said.contains("149 mg") && said.contains("--yes"), "{said}");
    assert!(files::CALENDAR.contains("BEGIN:VEVENT"));
    files::previous_calendar(&files::CALENDAR);
    assert_eq!(files::import(&files::EXPORT), 0);
    for body in files::EVENTS {
        assert!(files::event(body), "{body}");
    }
    assert_eq!(files::whole_or_edited("sound", &[0]), "sound");
    assert_eq!(files::whole_or_edited("sound", b"any"), "any");
    assert_ne!(edited("sound", &[128, 0, 25, 65]), "sound");
}
