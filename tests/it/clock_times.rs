//! Doses at hours and pumps by the clock of the clinic. Worked out by hand: New York puts its clocks forward at 02:00 of Sunday
//! 14-Mar-2027, so that 46 hours from 11:00 of the day before end at 10:00 of Monday, and 09:00 where no clock is changed.

use posology::calendar::{Clock, Moment};
use posology::course::Course;
use posology::export;
use posology::present::{self, Schedule};
use posology::regimen::Regimen;

use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};

fn schedule(regimen: &Regimen, start: &str, at: Option<&str>) -> Schedule {
    let mut course: Course = course(start, "170", "65");
    course.subject.at = at.map(|at| Clock::read(at).unwrap());
    present::schedule(regimen, &course, &planned(regimen, &course))
}

fn written(schedule: &Schedule, format: &str) -> String {
    let bytes = export::format(format).unwrap().bytes(schedule, &crate::schedules::options()).unwrap();
    String::from_utf8(bytes).unwrap().replace("\r\n ", "")
}

fn pump() -> Regimen {
    let lines = "total = \"2400 mg/m2\"\nroute = \"intravenous\"\nover = \"46 hours\"\ndays = [1]\nround = \"none\"\n\
                 ends = { day = 3, visit = \"pump off\" }\n";
    one_phase(TWO_WEEKS, &drug("a", lines))
}

#[test]
fn a_pump_over_the_change_of_the_clocks_ends_when_its_hours_have_passed() {
    for (at, end) in [("11:00 America/New_York", "10:00"), ("11:00", "09:00")] {
        let schedule = schedule(&pump(), "2027-03-13", Some(at));
        let labels = written(&schedule, "html-labels");
        let ends = format!("end Mon 15-Mar at {end}");
        for said in ["start Sat 13-Mar at 11:00", ends.as_str()] {
            assert!(labels.contains(said), "{said}: {labels}");
        }
        let ics = written(&schedule, "ics");
        let last = format!("DTEND:20270315T{}00", end.replace(':', ""));
        for said in ["DTSTART:20270313T110000\r\n", last.as_str(), "Times are those of the clinic's clock."] {
            assert!(ics.contains(said), "{said}: {ics}");
        }
        let text = written(&schedule, "text").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&format!("pump off at {end}")), "{text}");
        let json: serde_json::Value = serde_json::from_str(&written(&schedule, "json")).unwrap();
        let planned = &json["doses"][0]["planned"];
        assert_eq!(planned["begins"], "2027-03-13T11:00");
        assert_eq!(planned["ends"], format!("2027-03-15T{end}"));
    }
    let without = written(&schedule(&pump(), "2027-03-13", None), "html-labels");
    assert!(without.contains("start Sat 13-Mar at ______"), "{without}");
}

/// Six doses at 0, 8, 24, 36, 48 and 60 hours from 08:00 of Monday: 08:00 and 16:00, then 08:00 and 20:00 of two more days.
#[test]
fn doses_at_hours_have_their_own_day_and_time() {
    let lines = "dose = \"40 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = [1]\ntablets = [\"20 mg\"]\n\
                 hours = { drug = \"a\", at = [\"0 hours\", \"8 hours\", \"24 hours\", \"36 hours\", \"48 hours\", \"60 hours\"] }\ncycle_total = \"240 mg\"\n";
    let schedule = schedule(&one_phase(TWO_WEEKS, &drug("a", lines)), "2026-12-07", Some("08:00"));
    let first: Vec<(i32, String)> = schedule
        .doses
        .iter()
        .filter(|dose| dose.cycle == 1)
        .map(|dose| (dose.own_day, dose.planned().and_then(|planned| planned.at.begins).map(Moment::iso).unwrap()))
        .collect();
    let hand = [
        (1, "2026-12-07T08:00"),
        (1, "2026-12-07T16:00"),
        (2, "2026-12-08T08:00"),
        (2, "2026-12-08T20:00"),
        (3, "2026-12-09T08:00"),
        (3, "2026-12-09T20:00"),
    ];
    assert_eq!(first, hand.map(|(day, at)| (day, at.to_owned())));
    // Each may be given on its own day alone, and so says its window.
    let csv = written(&schedule, "csv");
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect();
    for (row, (day, at)) in rows.iter().zip(hand) {
        let date = at.split('T').next().unwrap();
        assert_eq!(
            [&row["date"], &row["earliest"], &row["latest"], &row["own_day"], &row["day"]],
            [date, date, date, &day.to_string(), "1"]
        );
    }
    let calendar = written(&schedule, "html-calendar");
    for told in ["medicine: at 08:00 and 16:00", "medicine: at 08:00 and 20:00"] {
        assert!(calendar.contains(told), "{told}: {calendar}");
    }
    let without = self::schedule(&one_phase(TWO_WEEKS, &drug("a", lines)), "2026-12-07", None);
    for format in ["html-calendar", "ics"] {
        let told = written(&without, format);
        assert!(
            told.contains("irst dose\\, and 8 hours after it") || told.contains("first dose, and 8 hours after it"),
            "{format}: {told}"
        );
        assert!(told.contains("24 and 36 hours after the first dose"), "{format}: {told}");
    }
    for format in ["html-labels", "html-worksheet", "text", "csv", "markdown"] {
        let told = written(&schedule, format);
        assert!(told.contains("hour 36, at 20:00"), "{format}: {told}");
        // The hour says which dose it is; a bare 4 beside it would be taken for a count.
        assert!(format == "csv" || !told.contains("at 20:00; 4") && !told.contains("oral, 4"), "{format}: {told}");
    }
    let ics = written(&schedule, "ics");
    for said in ["DTSTART:20261207T080000", "DTEND:20261207T160000", "DTSTART:20261209T080000"] {
        assert!(ics.contains(said), "{said}: {ics}");
    }
}

/// Two hours of the only drug in the clinic, from 23:30: they end at 01:30 of the next day, which is no day of its own.
#[test]
fn an_infusion_over_midnight_ends_on_the_next_day() {
    let schedule = crate::schedules::at("gi-xelox", &Clock::read("23:30").unwrap());
    let first = schedule.doses.iter().find(|dose| dose.id == "oxaliplatin").and_then(|dose| dose.planned()).unwrap();
    assert_eq!(first.at.begins.map(Moment::iso).as_deref(), Some("2026-12-07T23:30"));
    assert_eq!(first.at.ends.map(Moment::iso).as_deref(), Some("2026-12-08T01:30"));
}

/// 90 minutes after 23:30 it is 01:00 of the next day: its date, its day of the cycle and its visit are those.
#[test]
fn a_dose_after_midnight_is_of_the_next_day() {
    let lines = "dose = \"40 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = [1]\ntablets = [\"20 mg\"]\n\
                 hours = { drug = \"a\", at = [\"0 hours\", \"1.5 hours\"] }\ncycle_total = \"80 mg\"\n";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let days = |at| {
        let schedule = schedule(&regimen, "2026-12-07", at);
        let first = schedule.doses.iter().filter(|dose| dose.cycle == 1);
        first.map(|dose| (dose.own_day, posology::calendar::iso(dose.date()))).collect::<Vec<_>>()
    };
    let both = |day: i32, date: &str| vec![(1, "2026-12-07".to_owned()), (day, date.to_owned())];
    assert_eq!(days(Some("23:30")), both(2, "2026-12-08"));
    assert_eq!(days(None), both(1, "2026-12-07"));
}

/// The record keeps the clock time of hour 0; where nothing is counted from it, that is told.
#[test]
fn the_record_keeps_the_time_and_an_unused_one_is_told() {
    let clinic = crate::clinic::Clinic::new();
    let add = |code, regimen| {
        let body = ["--height", "170", "--weight", "65", "--start", "2026-12-07", "--at", "08:00 Europe/Berlin"];
        clinic.record(&[&["add", code, regimen][..], &body, &["--accept", "draft=training"]].concat());
        let shown = clinic.run(&["subject", "plan", code, "--as", "text"]);
        String::from_utf8(shown.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // Oxaliplatin is alone in the clinic, over two hours; of the six drugs of mFOLFOX6 nobody has said which begins.
    let xelox = add("S-7", "gi-xelox");
    assert!(xelox.contains("at 08:00 until 10:00") && !xelox.contains("stands on no dose"), "{xelox}");
    let folfox = add("S-8", "gi-mfolfox6");
    assert!(folfox.contains("08:00 Europe/Berlin stands on no dose") && !folfox.contains("at 08:00"), "{folfox}");
    let wrong =
        clinic.bare(&["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--at", "8"]);
    let told = String::from_utf8(wrong.stderr).unwrap();
    assert!(told.contains("write a time such as 08:00") || told.contains("a time such as 08:00"), "{told}");
}

/// Noted from 23:30 to 01:00 of the next day: two dates wherever the dose is written, as they are corrected.
#[test]
fn the_hours_of_a_dose_stand_in_every_format_that_has_a_place_for_them() {
    let mut clinic = crate::clinic::Clinic::new();
    let body = ["--height", "170", "--weight", "65", "--start", "2026-12-07", "--accept", "draft=training"];
    clinic.record(&[&["add", "S-014", "gi-xelox"][..], &body].concat());
    clinic.today = "2026-12-09";
    let give = ["given", "S-014", "--cycle", "1", "--drug", "oxaliplatin", "--start-time", "23:30"];
    clinic.record(&[&give[..], &["--stop-time", "08-Dec-2026 01:00"]].concat());
    let plan = |clinic: &crate::clinic::Clinic, format: &str| {
        let made = clinic.run(&["subject", "plan", "S-014", "--as", format, "--study", "TR-01"]);
        String::from_utf8(made.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (format, said) in [
        ("csv", "2026-12-07T23:30,2026-12-08T01:00"),
        ("csv-history", "oxaliplatin, 228 mg, 23:30 to 08-Dec-2026 01:00"),
        ("json", "\"begins\": \"2026-12-07T23:30\", \"ends\": \"2026-12-08T01:00\""),
        ("sdtm-ec", "2026-12-07T23:30,2026-12-08T01:00,1,2"),
        ("sdtm-ex", "2026-12-07T23:30,2026-12-08T01:00,1,2"),
        ("fhir", "at 23:30 until Tue 08-Dec-2026 01:00"),
        ("text", "GIVEN, at 23:30 until Tue 08-Dec-2026 01:00"),
        ("nonmem", "1,23.5,228,"),
    ] {
        let told = plan(&clinic, format);
        assert!(told.contains(said), "{format}: {said}: {told}");
    }
    clinic.record(&["correct", "S-014", "2", "--start-time", "22:30", "--reason", "misread"]);
    assert!(plan(&clinic, "sdtm-ex").contains("2026-12-07T22:30,2026-12-08T01:00"));
}

/// The begin of every dose of the first cycle, in the order of the plan; a dose on record with the mark of it.
fn begins(clinic: &crate::clinic::Clinic) -> Vec<String> {
    let made = clinic.run(&["subject", "plan", "S-1", "--as", "json", "--study", "TR-01"]);
    let plan: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let first = plan["doses"].as_array().unwrap().iter().filter(|dose| dose["cycle"] == 1);
    first.map(|dose| dose["planned"]["begins"].as_str().unwrap_or("-").to_owned()).collect()
}

fn enrolled(drugs: &str, at: &str) -> crate::clinic::Clinic {
    let mut clinic = crate::clinic::Clinic::new();
    std::fs::write(clinic.path("own.toml"), crate::support::one_phase_text(TWO_WEEKS, drugs)).unwrap();
    let own = clinic.path("own.toml");
    let body = ["--height", "170", "--weight", "65", "--start", "2026-12-07", "--at", at, "--accept", "draft=training"];
    clinic.record(&[&["add", "S-1", own.to_str().unwrap()][..], &body].concat());
    clinic.today = "2026-12-09";
    clinic
}

fn rescue() -> String {
    drug("a", "dose = \"1800 mg/m2\"\nroute = \"intravenous\"\nover = \"3 hours\"\ndays = [1]\nround = \"none\"\n")
        + &drug(
            "b",
            "role = \"support\"\ndose = \"20 % of a\"\nroute = \"intravenous\"\nover = \"bolus\"\nround = \"none\"\n\
             hours = { drug = \"a\", at = [\"0 hours\", \"4 hours\", \"8 hours\"] }\ncycle_total = \"1080 mg/m2\"\n",
        )
}

/// Begun at 18:00 in the place of 08:00, the rescue follows at 18:00, 22:00 and at 02:00 of the next day.
#[test]
fn what_is_counted_in_hours_is_counted_from_when_the_other_was_begun() {
    let clinic = enrolled(&rescue(), "08:00");
    assert_eq!(begins(&clinic), ["2026-12-07T08:00", "2026-12-07T08:00", "2026-12-07T12:00", "2026-12-07T16:00"]);
    let give = ["given", "S-1", "--cycle", "1", "--drug", "a", "--on", "2026-12-07"];
    clinic.record(&[&give[..], &["--start-time", "18:00", "--stop-time", "21:00"]].concat());
    assert_eq!(begins(&clinic)[1..], ["2026-12-07T18:00", "2026-12-07T22:00", "2026-12-08T02:00"]);
    // Begun earlier than planned, too: 14:00 in the place of 20:00.
    let clinic = enrolled(&rescue(), "20:00");
    assert_eq!(begins(&clinic)[1..], ["2026-12-07T20:00", "2026-12-08T00:00", "2026-12-08T04:00"]);
    clinic.record(&[&give[..], &["--start-time", "14:00"]].concat());
    assert_eq!(begins(&clinic)[1..], ["2026-12-07T14:00", "2026-12-07T18:00", "2026-12-07T22:00"]);
}

/// 46 hours from 16:00 of Monday end at 14:00 of Wednesday; noted at 15:20, then; a day later, on Thursday.
#[test]
fn a_pump_comes_off_when_its_hours_say_and_not_when_it_was_planned() {
    let lines = "total = \"2400 mg/m2\"\nroute = \"intravenous\"\nover = \"46 hours\"\ndays = [1]\nround = \"none\"\n\
                 ends = { day = 3, visit = \"pump off\" }\n";
    let mut clinic = enrolled(&drug("a", lines), "10:00");
    let off = |clinic: &crate::clinic::Clinic| {
        let made = clinic.run(&["subject", "plan", "S-1", "--as", "text", "--study", "TR-01"]);
        let text = String::from_utf8(made.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let (before, behind) = text.split_once("pump off").unwrap();
        let before = before.rsplit_once(" – Cycle 1,").unwrap().0.rsplit_once(' ').unwrap().1.to_owned();
        format!("{before}{}", behind.chars().take(9).collect::<String>())
    };
    assert_eq!(off(&clinic), "09-Dec-2026 at 08:00");
    let give = ["given", "S-1", "--cycle", "1", "--drug", "a", "--on", "2026-12-07"];
    clinic.record(&[&give[..], &["--start-time", "16:00"]].concat());
    assert_eq!(off(&clinic), "09-Dec-2026 at 14:00");
    clinic.today = "2026-12-10";
    clinic.record(&["correct", "S-1", "2", "--stop-time", "09-Dec-2026 15:20", "--reason", "noted"]);
    assert_eq!(off(&clinic), "09-Dec-2026 at 15:20");
    // The end moves with the day of the dose.
    clinic.record(&[
        "correct",
        "S-1",
        "2",
        "--on",
        "2026-12-08",
        "--reason",
        "the other day",
        "--accept",
        "outside-window=x",
    ]);
    assert_eq!(off(&clinic), "10-Dec-2026 at 15:20");
}

/// The file says the pump comes off on day 2; connected at 10:00 for 46 hours it comes off on day 3, and nothing says otherwise.
#[test]
fn where_the_hours_are_known_they_say_the_day_on_which_a_pump_comes_off() {
    let lines = "total = \"2400 mg/m2\"\nroute = \"intravenous\"\nover = \"46 hours\"\ndays = [1]\nround = \"none\"\n\
                 ends = { day = 2, visit = \"pump off\" }\n";
    let schedule = schedule(&one_phase(TWO_WEEKS, &drug("a", lines)), "2026-12-07", Some("10:00"));
    let ics = written(&schedule, "ics");
    assert!(ics.contains("DTEND:20261209T080000"), "{ics}");
    let text = written(&schedule, "text").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Wed 09-Dec-2026 – Cycle 1, Day 3 a pump off at 08:00"), "{text}");
    assert!(!text.contains("08-Dec-2026"), "{text}");
}

/// Every six hours from 06:00: the fourth dose of a day is due at 00:00 of the next. Recorded there, and alone, it moves nothing,
/// and it is late by nothing.
#[test]
fn a_dose_after_midnight_does_not_move_its_cycle() {
    for at in [&["--at", "06:00"][..], &[]] {
        let mut clinic = crate::clinic::Clinic::new();
        let body = ["--cohort", "lower-weight", "--height", "170", "--weight", "70", "--age", "40", "--sex", "male"];
        let add =
            ["add", "S-1", "heme-busulfan-cyclophosphamide", "--start", "2026-12-14", "--accept", "draft=training"];
        clinic.record(&[&add[..], &body, at].concat());
        let dates = |clinic: &crate::clinic::Clinic| {
            let made = clinic.run(&["subject", "plan", "S-1", "--as", "json", "--study", "TR-01"]);
            let plan: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
            let rows = plan["doses"].as_array().unwrap().iter().map(|dose| dose["planned"]["date"].to_string());
            rows.collect::<Vec<_>>()
        };
        let before = dates(&clinic);
        clinic.today = "2026-12-08";
        let give = [
            "given",
            "S-1",
            "--cycle",
            "1",
            "--day=-7",
            "--part",
            "4",
            "--drug",
            "busulfan-lower",
            "--on",
            "2026-12-08",
        ];
        let asked: &[&str] = if at.is_empty() { &["--accept", "outside-window=after midnight"] } else { &[] };
        clinic.record(&[&give[..], &["--start-time", "00:05"], asked].concat());
        let known = !at.is_empty();
        assert_eq!(
            dates(&clinic).iter().skip(4).collect::<Vec<_>>(),
            before.iter().skip(4).collect::<Vec<_>>(),
            "{at:?}"
        );
        if known {
            assert_eq!(dates(&clinic), before);
            let told = clinic.run(&["deviations", "S-1"]);
            assert!(
                !String::from_utf8_lossy(&told.stdout).contains("too late"),
                "{}",
                String::from_utf8_lossy(&told.stdout)
            );
            // 06:00 of the next day comes behind it.
            let next = [
                "given",
                "S-1",
                "--cycle",
                "1",
                "--day=-6",
                "--part",
                "1",
                "--drug",
                "busulfan-lower",
                "--on",
                "2026-12-08",
            ];
            clinic.record(&next);
        }
    }
}
