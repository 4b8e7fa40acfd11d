//! What is counted, compared and told: home doses, checks, previews, codes.

use posology::course::{AdministrationRecord, Delay, Key};
use posology::present;
use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};
use crate::record_commands::{approve, version};
use crate::support::{TWO_WEEKS, course, date, drug, one_phase, planned};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// XELOX at 1.75 m2: capecitabine 1,500 mg and 2,000 mg are 3 and 4 tablets of 500 mg; 14 days are 42 + 56 = 98.
fn xelox() -> Clinic {
    let mut clinic = Clinic::new();
    let add = ["add", "S-9", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic.today = "2026-12-21";
    clinic
}

fn supply<'a>(act: &'a str, count: &'a str) -> Vec<&'a str> {
    vec!["supply", "S-9", act, count, "--cycle", "1", "--drug", "capecitabine"]
}

#[test]
fn home_doses_are_counted_against_the_plan_and_each_other() {
    let clinic = xelox();
    let told = clinic.refused(&supply("dispensed", "197"), "supply-count");
    assert!(told.contains("197 tablets dispensed in all, and the 28 doses planned take 98 tablets"), "{told}");
    let told = clinic.refused(&supply("returned", "5000"), "supply-count");
    assert!(told.contains("5,000 tablets returned in all, and 0 dispensed"), "{told}");
    clinic.record(&supply("dispensed", "112"));
    clinic.refused(&supply("dispensed", "85"), "supply-count");
    clinic.refused(&supply("returned", "113"), "supply-count");
    let told = clinic.refused(&supply("taken", "9999"), "supply-count");
    assert!(told.contains("9,999 doses taken in all, and 28 planned"), "{told}");
    clinic.record(&supply("returned", "20"));
    // 28 doses are 98 tablets, and 98 + 20 are 118 of 112; 26 doses are 91, and 111 of them.
    let told = clinic.refused(&supply("taken", "28"), "supply-count");
    assert!(told.contains("28 doses taken and 20 tablets returned are 118 tablets, and 112 were dispensed"), "{told}");
    clinic.record(&supply("taken", "26"));
    clinic.refused(&supply("taken", "3"), "supply-count");
}

#[test]
fn a_run_counted_as_taken_waits_for_nobody() {
    let mut clinic = xelox();
    clinic.today = "2026-12-23";
    clinic.record(&["given", "S-9", "--cycle", "1", "--drug", "oxaliplatin"]);
    let due = |clinic: &Clinic| text(&clinic.run(&["due", "--within", "0d"]).stdout);
    assert!(due(&clinic).contains("C1D1 capecitabine"), "{}", due(&clinic));
    clinic.record(&supply("taken", "28"));
    assert!(!due(&clinic).contains("C1D1 capecitabine"), "{}", due(&clinic));
    let listed = text(&clinic.run(&["subject", "list"]).stdout);
    assert!(listed.contains("C2D1"), "{listed}");
    let history = text(&clinic.run(&["subject", "show", "S-9", "--history"]).stdout);
    assert!(history.contains("supply 28 taken of C1D1 capecitabine"), "{history}");
}

/// Fourteen days from the evening of day 1 end with the morning of day 15.
#[test]
fn a_day_within_a_run_is_explained() {
    let clinic = xelox();
    for act in ["hold", "omit"] {
        let on = ["--cycle", "2", "--drug", "capecitabine", "--day", "8", "--reason", "diarrhoea"];
        let told = clinic.refused(&[&[act, "S-9"][..], &on].concat(), "not-planned");
        assert!(
            told.contains("days 1 through 15 is one run")
                && told.contains("under day 1 and say why (posology subject supply S-9, --reason)"),
            "{told}"
        );
    }
}

/// Planned 21-Dec, delayed by 7 days to 28-Dec, given on 29-Dec: 8 days.
#[test]
fn the_slip_tells_the_delay_that_came_about() {
    let regimen =
        one_phase(TWO_WEEKS, &drug("a", "dose = \"100 mg/m2\"\nroute = \"intravenous\"\ndays = [1]\nround = \"none\""));
    let mut course = course("2026-12-07", "170", "65");
    course.delays.insert((None, 2), Delay { days: 7, reason: "fever".into(), required: false });
    let what = |course: &posology::course::Course| {
        let plan = planned(&regimen, course);
        present::schedule(&regimen, course, &plan).sheets.reasons[0].what.clone()
    };
    assert_eq!(what(&course), "delayed by 7 days");
    let key = Key { phase: None, cycle: 2, day: 1, drug: "a".into(), part: None };
    for (on, words) in [
        ("2026-12-28", "delayed by 7 days"),
        ("2026-12-29", "delayed by 8 days (7 days recorded)"),
        ("2026-12-21", "begun on the planned day (7 days of delay recorded)"),
        ("2026-12-20", "begun 1 day early (7 days of delay recorded)"),
    ] {
        course.recorded.insert(key.clone(), AdministrationRecord::Given { on: date(on), dose: None });
        assert_eq!(what(&course), words);
    }
}

/// Cycle 2 stands on 28-Dec; delayed by 7 days it is 04-Jan, and given on 05-Jan it is a day late: late counts from the moved day.
#[test]
fn a_deviation_names_the_day_a_delayed_cycle_began() {
    let mut clinic = xelox();
    clinic.record(&["given", "S-9", "--cycle", "1", "--drug", "oxaliplatin", "--on", "2026-12-07"]);
    clinic.record(&["delay", "S-9", "--cycle", "2", "--days", "7", "--reason", "fever"]);
    clinic.today = "2027-01-05";
    clinic.record(&["given", "S-9", "--cycle", "2", "--drug", "oxaliplatin", "--on", "2027-01-05"]);
    let told = text(&clinic.run(&["deviations", "S-9"]).stdout);
    assert!(
        told.contains(
            "was delayed by 7 days. It began on Tue 05-Jan-2027, 1 day after the day it was moved to, Mon 04-Jan-2027."
        ),
        "{told}"
    );
}

#[test]
fn a_check_that_differs_is_told_once_recorded_and_stands() {
    let mut clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    clinic.extra = vec!["--library".into(), clinic.path("library").display().to_string()];
    let sizes = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&["add", "S-014", "own-trial"][..], &sizes].concat());
    clinic.record(&["given", "S-014", "--cycle", "1", "--drug", "irinotecan"]);
    let run = |arguments: &[&str]| {
        let done = clinic.run(arguments);
        text(&done.stdout) + &text(&done.stderr)
    };
    let sizes = ["--height", "170", "--weight", "56", "--start", "2026-12-07"];
    let check = [&["subject", "check", "S-014", "1", "--who", "B. Two"][..], &sizes].concat();
    let differs = "weight: the entry says 65 kg, the second person typed 56 kg";
    let told = run(&check);
    assert!(!told.contains("65 kg"), "before it is recorded nothing of the entry is shown: {told}");
    let told = run(&[&check[..], &["--yes"]].concat());
    assert!(told.contains("WARN") && told.contains(differs), "{told}");
    assert!(run(&["deviations", "S-014"]).contains(differs), "{}", run(&["deviations", "S-014"]));
    assert!(run(&["subject", "show", "S-014"]).contains(differs));
    assert_eq!(clinic.show()["findings"][0]["code"], "check-differs");
    // 123 mg was given; a dose that was typed differently stands on what goes out, too.
    let dose = ["subject", "check", "S-014", "2", "--dose", "132 mg", "--on", "2026-12-07", "--who", "B. Two", "--yes"];
    assert!(run(&dose).contains("the entry says 123 mg"));
    let provenance = run(&["subject", "plan", "S-014", "--as", "csv-provenance", "--study", "T1"]);
    assert!(provenance.contains("entry 2 typed again by B. Two: DIFFERS"), "{provenance}");
    // Corrected, it waits for a new check, and does not differ any more; what was found stays a deviation.
    let correct = ["correct", "S-014", "1", "--weight", "56", "--reason", "misread"];
    clinic.record(&[&correct[..], &["--accept", "weight-jump=x", "--accept", "raises-level=x"]].concat());
    assert!(!run(&["subject", "show", "S-014"]).contains(differs));
    assert!(run(&["deviations", "S-014"]).contains(differs));
}

#[test]
fn a_level_of_75_may_be_a_percentage() {
    let clinic = Clinic::new();
    clinic.enrol();
    let level = |change: &'static str| ["level", "S-014", change, "--from", "2", "--reason", "neutropenia"];
    let told = clinic.refused(&level("irinotecan=75"), "level-above-zero");
    assert!(told.contains("did you mean 75 %?") && !told.contains("escalation"), "{told}");
    let told = clinic.refused(&level("irinotecan=1"), "level-above-zero");
    assert!(told.contains("escalation"), "{told}");
    clinic.record(&level("irinotecan=-1"));
    let told = clinic.refused(&level("irinotecan=75%"), "level-and-percent");
    assert!(told.contains("at level -1 and at 75 % of that level's dose, both together"), "{told}");
    let both = [&level("irinotecan=75%")[..], &["--accept", "level-and-percent=the investigator wants both"]].concat();
    clinic.record(&both);
    // Back to the level's whole dose: nothing holds together any more, and what rises is asked about as before.
    clinic.refused(&level("irinotecan=100%"), "raise-again");
}

#[test]
fn a_code_in_other_capitals_is_the_same_subject() {
    let clinic = Clinic::new();
    clinic.enrol();
    let add = |code: &'static str| {
        let add = ["subject", "add", code, REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        [&add[..], &["--accept", "draft=training", "--who", "A"]].concat()
    };
    for (code, yes) in [("s-014", true), ("S-014", true), ("s-014", false), ("S-014", false)] {
        let done = clinic.run(&[&add(code)[..], if yes { &["--yes"] } else { &[] }].concat());
        assert_eq!(done.status.code(), Some(3), "{code} {yes}");
        assert!(text(&done.stderr).contains("S-014 is already in the record"), "{}", text(&done.stderr));
    }
    let named =
        ["plan", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07", "--subject", "Mary Smith"];
    let named = clinic.bare(&named);
    assert_eq!(named.status.code(), Some(3));
    assert!(text(&named.stderr).contains("holds a space, as names do"), "{}", text(&named.stderr));
}

#[test]
fn a_reason_under_an_unknown_code_is_told() {
    let clinic = Clinic::new();
    let add = ["subject", "add", "S-1", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let add =
        |accept: &'static str| text(&clinic.run(&[&add[..], &["--who", "A", "--accept", accept]].concat()).stderr);
    assert!(add("draff=t").contains("nothing is asked under the code \"draff\""), "{}", add("draff=t"));
    assert!(!add("draft=t").contains("nothing is asked"), "{}", add("draft=t"));
    clinic.enrol();
    let note = ["subject", "note", "S-014", "seen", "--who", "A", "--accept", "draft=t"];
    assert!(text(&clinic.run(&note).stderr).contains("nothing is asked under the code \"draft\""));
}

/// 170 cm and 65 kg are 1.75 m2; 70 mg/m2 are 122.5 mg, rounded to 123 mg.
#[test]
fn an_enrolment_and_its_correction_show_their_figures_first() {
    let clinic = Clinic::new();
    let add = ["subject", "add", "S-1", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let shown = text(&clinic.run(&[&add[..], &["--who", "A", "--accept", "draft=t"]].concat()).stdout);
    assert!(shown.contains("height 170 cm, weight 65 kg, start 07-Dec-2026"), "{shown}");
    assert!(shown.contains("C1D1 irinotecan liposomal: Mon 07-Dec-2026, 123 mg"), "{shown}");
    clinic.enrol();
    let correct =
        ["subject", "correct", "S-014", "1", "--start", "2026-12-14", "--weight", "66", "--reason", "misread"];
    let shown = clinic.run(&[&correct[..], &["--who", "A"]].concat());
    let shown = text(&shown.stdout) + &text(&shown.stderr);
    assert!(shown.contains("entry 1: start 07-Dec-2026 → 14-Dec-2026"), "{shown}");
    assert!(shown.contains("entry 1: weight 65 kg → 66 kg"), "{shown}");
}

/// What a correction says wrongly is asked about as the first entry was, and its answer is a deviation.
#[test]
fn a_correction_does_not_go_round_the_questions() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    let correct = |entry: &'static str, what: &'static str, figure: &'static str| {
        ["correct", "S-014", entry, what, figure, "--reason", "misread"]
    };
    clinic.refused(&correct("2", "--dose", "12300 mg"), "dose-differs");
    clinic.refused(&correct("3", "--dose", "400 mcg"), "dose-differs");
    for weight in ["154", "6.5"] {
        let told =
            clinic.run(&[&["subject"][..], &correct("1", "--weight", weight), &["--who", "A", "--yes"]].concat());
        let told = text(&told.stderr);
        assert!(told.contains("BLOCK") || told.contains("CONFIRM"), "{weight}: {told}");
    }
    let accept = ["--confirm", "dose-differs=as the pump says", "--second", "B. Lee"];
    clinic.record(&[&correct("2", "--dose", "12300 mg")[..], &accept].concat());
    let told: Value = serde_json::from_slice(&clinic.run(&["deviations", "S-014", "--json"]).stdout).unwrap();
    let told = told["deviations"].to_string();
    assert!(told.contains("12,300 mg against 123 mg planned") && told.contains("as the pump says"), "{told}");
}
