//! iCalendar, read by a small reader of the test's own.

use std::collections::BTreeMap;

use posology::export::{self, Options, ics};
use posology::present::Schedule;
use posology::writing::is_steering;
use proptest::prelude::*;

use crate::export_all::{any_options, any_schedule};
use crate::export_sample::{figure, plan_amount, plan_of};
use crate::schedules::{nasty, options, shipped, trial};
use crate::support::date;

fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, String> {
    export::format("ics").unwrap().bytes(schedule, options).map_err(|error| error.to_string())
}

/// Physical lines: CRLF, at most 75 octets, each by itself valid UTF-8 and no split escape; then unfolded.
fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "a bare line feed");
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        let backslashes = line.bytes().rev().take_while(|byte| *byte == b'\\').count();
        assert_eq!(backslashes % 2, 0, "an escape is split: {line}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        decoded.push(match character {
            '\\' => match characters.next().unwrap() {
                'n' | 'N' => '\n',
                other => other,
            },
            other => other,
        });
    }
    decoded
}

/// Events as property → value, in order.
fn events(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut events = Vec::new();
    for line in lines(bytes) {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => events.push(BTreeMap::new()),
            _ if events.is_empty() || name == "END" => {}
            _ => {
                let known = events.last_mut().unwrap().insert(name.to_owned(), value.to_owned());
                assert!(known.is_none(), "{name} twice");
            }
        }
    }
    events
}

fn by_uid(bytes: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    events(bytes).into_iter().map(|event| (event["UID"].clone(), event)).collect()
}

#[test]
fn the_trial_as_a_calendar() {
    let bytes = write(&trial(), &options()).unwrap();
    let events = events(&bytes);
    // One a visit with both drugs, and two drugs in one event, never two events with one title.
    assert_eq!(events.len(), 8);
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("METHOD") && !text.contains("TZID") && !text.contains("RRULE") && !text.contains("VALARM"));
    assert!(text.contains("\r\nX-WR-CALNAME:NPC-1 S-014 (DRAFT regimen)\r\n"));
    let first = &events[0];
    assert_eq!(first["DTSTART;VALUE=DATE"], "20261207");
    assert_eq!(first["DTEND;VALUE=DATE"], "20261208");
    assert_eq!(first["SUMMARY"], "S-014 C1D1: treatment");
    assert_eq!(first["STATUS"], "TENTATIVE");
    assert_eq!(first["SEQUENCE"], "0");
    assert_eq!(first["DTSTAMP"], "20261121T090000Z");
    // uuid5 of the namespace and study, subject, regimen, "visit", phase, cycle 2, day 1, nothing, 0, with U+001F between.
    let second = &by_uid(text.as_bytes())["12d05866-1252-5736-9b7a-2159a92a1fa5"];
    assert_eq!(second["DTSTART;VALUE=DATE"], "20261221");
    assert_eq!(second["SUMMARY"], "S-014 C2D1: treatment (if treatment continues)");
}

#[test]
fn titles_tell_no_drug_unless_asked() {
    for id in ["npc-liposomal-irinotecan-nituzumab", "gi-xelox", "gi-mfolfox6", "br-ddac-t"] {
        let schedule = shipped(id);
        let quiet =
            String::from_utf8(write(&schedule, &options()).unwrap()).unwrap().replace("\r\n ", "").to_lowercase();
        let loud = Options { show_drugs: true, ..options() };
        let loud = String::from_utf8(write(&schedule, &loud).unwrap()).unwrap().replace("\r\n ", "").to_lowercase();
        for row in &schedule.doses {
            assert!(!quiet.contains(&row.drug.to_lowercase()), "{id} tells {}", row.drug);
            assert!(loud.contains(&row.drug.to_lowercase()), "{id} hides {}", row.drug);
        }
        assert!(!quiet.contains(id));
    }
}

/// Of two entries of one name the name stands once.
#[test]
fn a_title_names_each_drug_once_with_its_ways_in_brackets() {
    let all = events(&write(&shipped("gi-mfolfox6"), &Options { show_drugs: true, ..options() }).unwrap());
    let first = all.iter().find(|event| event["SUMMARY"].contains("fluorouracil")).unwrap();
    assert!(first["SUMMARY"].ends_with("fluorouracil (15-minute infusion and 46-hour infusion)"), "{first:?}");
}

/// FOLFIRINOX was eight events of one title a day.
#[test]
fn no_two_events_of_a_day_have_one_title() {
    for id in ["gi-folfirinox", "gi-mfolfox6", "gi-xelox", "br-ddac-t", "heme-rchop21"] {
        for show_drugs in [false, true] {
            let all = events(&write(&shipped(id), &Options { show_drugs, ..options() }).unwrap());
            let mut titles: Vec<(String, String)> =
                all.iter().map(|event| (event["DTSTART;VALUE=DATE"].clone(), event["SUMMARY"].clone())).collect();
            titles.sort();
            let count = titles.len();
            titles.dedup();
            assert_eq!(titles.len(), count, "{id}");
        }
    }
    // Twelve visits, the pump that ends two days later, and twelve runs of dexamethasone at home: it was 72.
    assert_eq!(events(&write(&shipped("gi-mfolfox6"), &options()).unwrap()).len(), 36);
}

#[test]
fn a_run_at_home_lasts_through_its_last_day() {
    let schedule = shipped("gi-xelox");
    let run = schedule.doses.iter().find_map(posology::present::DoseRow::run).unwrap();
    let compact = |date| posology::calendar::iso(date).replace('-', "");
    let events = events(&write(&schedule, &options()).unwrap());
    let event = events.iter().find(|event| event["SUMMARY"].contains("home treatment")).unwrap();
    assert_eq!(event["DTSTART;VALUE=DATE"], compact(run.from));
    // The end is the day after; both are dates of one calendar, so their order shows it.
    let end = posology::calendar::plus_days(run.through, 1).unwrap();
    assert_eq!(event["DTEND;VALUE=DATE"], compact(end));
}

#[test]
fn a_moved_dose_keeps_its_identity_and_gets_the_next_number() {
    let before = write(&trial(), &options()).unwrap();
    let mut moved = trial();
    plan_of(&mut moved.doses[2]).at.date = date("2026-12-22");
    plan_of(&mut moved.doses[3]).at.date = date("2026-12-22");
    plan_amount(&mut moved.doses[2], figure("88"));
    let later = Options { previous: Some(before.clone()), generated: "2026-12-01T10:00:00Z".to_owned(), ..options() };
    let (old, new) = (by_uid(&before), by_uid(&write(&moved, &later).unwrap()));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let changed: Vec<_> = old.keys().filter(|uid| old[*uid] != new[*uid]).collect();
    let [uid] = changed.as_slice() else { panic!("{changed:?}") };
    let event = &new[*uid];
    assert_eq!(event["DTSTART;VALUE=DATE"], "20261222");
    assert_eq!(event["SEQUENCE"], "1");
    assert_eq!(event["DTSTAMP"], "20261201T100000Z");
    assert_eq!(event["LAST-MODIFIED"], "20261201T100000Z");
    assert_eq!(event["CREATED"], "20261121T090000Z");
}

#[test]
fn an_unchanged_calendar_is_the_same_to_the_byte() {
    for show_drugs in [false, true] {
        let options = Options { show_drugs, ..options() };
        let before = write(&nasty(), &options).unwrap();
        let later = Options { previous: Some(before.clone()), generated: "2027-01-01T00:00:00Z".to_owned(), ..options };
        assert_eq!(write(&nasty(), &later).unwrap(), before);
    }
}

#[test]
fn a_dropped_dose_is_cancelled_once_and_stays_so() {
    let before = write(&trial(), &options()).unwrap();
    let mut shorter = trial();
    shorter.doses.truncate(14);
    let again = |previous: &[u8], day: &str| {
        let generated = format!("2026-12-{day}T00:00:00Z");
        write(&shorter, &Options { previous: Some(previous.to_vec()), generated, ..options() }).unwrap()
    };
    let second = again(&before, "01");
    let cancelled: Vec<_> = events(&second).into_iter().filter(|event| event["STATUS"] == "CANCELLED").collect();
    let [event] = cancelled.as_slice() else { panic!("{cancelled:?}") };
    assert_eq!(event["SEQUENCE"], "1");
    assert_eq!(event["SUMMARY"], "CANCELLED – S-014 C8D1: treatment (if treatment continues)");
    assert_eq!(again(&second, "02"), second, "a cancelled event changes no more");
    let back = write(&trial(), &Options { previous: Some(second), ..options() }).unwrap();
    assert_eq!(by_uid(&back)[&event["UID"]]["SEQUENCE"], "2");
    assert_eq!(by_uid(&back)[&event["UID"]]["STATUS"], "TENTATIVE");
}

/// A stamp, a number or a text that this program does not write is no former calendar of its own.
#[test]
fn a_previous_calendar_that_was_damaged_is_refused() {
    let sound = String::from_utf8(write(&trial(), &options()).unwrap()).unwrap();
    let stamp = sound.lines().find(|line| line.starts_with("LAST-MODIFIED:")).unwrap().trim_end();
    for (was, is, why) in [
        (stamp, "LAST-MODIFIED:garbage", "cannot be read"),
        (stamp, "LAST-MODIFIED:20269999T999999Z", "cannot be read"),
        (stamp, "LAST-MODIFIED:20260230T093000Z", "cannot be read"),
        (stamp, "LAST-MODIFIED:20261207T093000", "cannot be read"),
        ("SEQUENCE:0", "SEQUENCE:-1", "cannot be read"),
        ("SEQUENCE:0", "SEQUENCE:many", "cannot be read"),
        ("SUMMARY:", "SUMMARY:\u{0}", "nobody can see"),
        ("SUMMARY:", "SUMMARY:\u{202e}", "nobody can see"),
    ] {
        assert!(sound.contains(was), "{was}");
        let previous = Some(sound.replacen(was, is, 1).into_bytes());
        let refused = write(&trial(), &Options { previous, ..options() }).unwrap_err();
        assert!(refused.contains(why), "{is:?}: {refused}");
    }
}

#[test]
fn what_is_missing_or_foreign_is_refused_with_a_sentence() {
    let refused = |options: &Options| write(&trial(), options).unwrap_err();
    assert!(refused(&Options { namespace: None, ..options() }).contains("the study's namespace"));
    assert!(refused(&Options { namespace: Some("x".into()), ..options() }).contains("7f2c1d8e"));
    // The namespace of URLs, which everybody knows.
    let public = Some("6ba7b811-9dad-11d1-80b4-00c04fd430c8".to_owned());
    assert!(refused(&Options { namespace: public, ..options() }).contains("not a random UUID"));
    assert!(refused(&Options { subject: None, ..options() }).contains("a subject code"));
    assert!(refused(&Options { generated: "today".into(), ..options() }).contains("2026-12-07T09:30:00Z"));
    let other = write(&trial(), &Options { subject: Some("S-015".into()), ..options() }).unwrap();
    assert!(refused(&Options { previous: Some(other), ..options() }).contains("another subject"));
    let foreign = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n".to_vec();
    assert!(refused(&Options { previous: Some(foreign), ..options() }).contains("not written by this program"));
    assert!(refused(&Options { previous: Some(vec![0xff]), ..options() }).contains("UTF-8"));
    let mut twice = shipped("gi-xelox");
    let run = twice.doses.iter().find(|row| row.run().is_some()).unwrap().clone();
    twice.doses.push(run);
    assert!(write(&twice, &options()).unwrap_err().contains("same identity"));
}

#[test]
fn a_split_calendar_has_one_event_a_file_and_loses_none() {
    let files = ics::split(&trial(), &options()).unwrap();
    let whole = by_uid(&write(&trial(), &options()).unwrap());
    assert_eq!(files.len(), whole.len());
    for (name, bytes) in &files {
        let events = events(bytes);
        let [event] = events.as_slice() else { panic!("{name}") };
        assert_eq!(*name, format!("{}.ics", event["UID"]));
        assert_eq!(*event, whole[&event["UID"]]);
        assert!(!String::from_utf8_lossy(bytes).contains("X-WR-CALNAME"));
    }
    // The files, one behind another, are what a later split remembers.
    let all: Vec<u8> = files.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    let later = Options { previous: Some(all), generated: "2027-01-01T00:00:00Z".to_owned(), ..options() };
    assert_eq!(ics::split(&trial(), &later).unwrap(), files);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::support::cases(48)))]

    #[test]
    fn lines_are_short_and_titles_decode_to_what_was_written(schedule in any_schedule(), options in any_options()) {
        let options = Options { show_drugs: true, each: false, ..options };
        let events = events(&write(&schedule, &options).unwrap());
        // What steers a text has no place in a title; line breaks become one.
        let readable = |text: &str| {
            let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
            text.chars().map(|c| if is_steering(c) && c != '\n' { ' ' } else { c }).collect::<String>()
        };
        let titles: Vec<String> = events.iter().map(|event| decode(&event["SUMMARY"])).collect();
        for row in &schedule.doses {
            prop_assert!(titles.iter().any(|title| title.contains(&readable(&row.shown))), "{:?} not in {:?}", row.shown, titles);
        }
        let days: BTreeMap<_, usize> = schedule.doses.iter().fold(BTreeMap::new(), |mut days, row| {
            *days.entry((row.date(), row.phase.clone(), row.cycle, row.day)).or_default() += 1;
            days
        });
        prop_assert_eq!(events.iter().filter(|event| event["CATEGORIES"].starts_with("TREATMENT")).count(), days.len());
    }
}
