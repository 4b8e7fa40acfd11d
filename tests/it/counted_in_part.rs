//! A run at home of which only some doses were taken, and one that is a single dose. XELOX for 170 cm and 65 kg: 1.75 m²,
//! 1,500 mg in the morning and 2,000 mg in the evening, 28 doses from the evening of Monday 7 December 2026 on.

use posology::calendar::Site;
use posology::checker;
use posology::course::Key;
use posology::export::{self, Options, by_half};
use posology::plan;
use posology::present::{self, DoseRow, DoseState, Schedule};
use posology::regimen::HalfDay;

use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};

fn taken(count: u32) -> Schedule {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens/gi-xelox.toml");
    let regimen = checker::check(&std::fs::read(path).unwrap(), &Site::default()).regimen.unwrap();
    let mut course = course("2026-12-07", "170", "65");
    course.taken.insert(Key { phase: None, cycle: 1, day: 1, drug: "capecitabine".into(), part: None }, count);
    let plan = plan::plan(&regimen, &course, &Site::default(), plan::Options::default()).unwrap();
    present::schedule(&regimen, &course, &plan)
}

fn run(schedule: &Schedule) -> &DoseRow {
    schedule.doses.iter().find(|row| row.id == "capecitabine" && row.cycle == 1).unwrap()
}

fn written(schedule: &Schedule, format: &str) -> String {
    let options = Options { study: Some("TR-01".into()), subject: Some("S-014".into()), ..Options::default() };
    String::from_utf8(export::format(format).unwrap().bytes(schedule, &options).unwrap()).unwrap()
}

/// The evening of the 7th, the morning and the evening of the 8th: 2,000 + 1,500 + 2,000 mg. The run as planned ends in the
/// morning of the 21st.
#[test]
fn a_run_of_which_three_doses_were_taken_ends_with_the_third() {
    let schedule = taken(3);
    let row = run(&schedule);
    assert_eq!(row.state(), DoseState::Incomplete);
    let given = &row.given().unwrap().at;
    assert_eq!(given.total.unwrap().to_string(), "5,500 mg");
    let told = given.run.as_ref().unwrap();
    assert_eq!(told.words(), "evening of Mon 07-Dec-2026 through evening of Tue 08-Dec-2026, 3 doses");
    assert_eq!(told.through_day, 2);
    let planned = row.planned().unwrap().at.run.as_ref().unwrap();
    assert_eq!(planned.words(), "evening of Mon 07-Dec-2026 through morning of Mon 21-Dec-2026, 28 doses");
    // Written out dose by dose it is the same.
    let each = export::expand(&schedule);
    let last = each.doses.iter().rfind(|one| one.id == "capecitabine" && one.cycle == 1).unwrap();
    assert_eq!(last.date(), told.through);
}

/// Of one dose taken, in the evening, nothing was taken in a morning: 14 mornings and 13 evenings are missed, and the record of
/// what was given names one dose.
#[test]
fn a_half_of_the_day_without_a_dose_is_not_given() {
    let schedule = taken(1);
    let halves = by_half(run(&schedule));
    let told = |half: usize| (halves[half].state(), halves[half].given().map(|given| given.missed));
    assert_eq!(told(0), (DoseState::Missed, None));
    assert_eq!(told(1), (DoseState::Incomplete, Some(13)));
    assert_eq!(halves[0].reason.as_deref(), Some("14 doses not taken"));
    let exposure = written(&schedule, "sdtm-ex");
    let doses: Vec<&str> = exposure.lines().filter(|line| line.contains("CAPECITABINE")).collect();
    assert!(doses.len() == 1 && doses[0].contains(",2000,mg,") && doses[0].contains("evening"), "{exposure}");
    let collected = written(&schedule, "sdtm-ec");
    let first =
        |line: &&str| line.contains("CAPECITABINE") && line.contains("/C1/") || line.contains(",C1/D1/capecitabine");
    let moods: Vec<&str> = collected.lines().filter(first).collect();
    assert_eq!(moods.len(), 5, "two planned, one given, and what was missed of each half: {moods:#?}");
    assert_eq!(moods.iter().filter(|line| line.contains(",N,")).count(), 2);
    assert!(!collected.contains(",0,mg"), "{collected}");
    // Of a record that counts no dose of a half, no half is invented; what was missed of both adds up.
    for count in 1..28 {
        let halves = by_half(run(&taken(count)));
        let given: u32 =
            halves.iter().filter_map(|half| half.given()?.at.run.as_ref()).map(|run| run.administrations).sum();
        assert_eq!(given, count);
        assert!(
            halves
                .iter()
                .all(|half| half.given().is_none_or(|given| given.at.run.as_ref().unwrap().administrations > 0))
        );
    }
}

const SINGLE: &str = r#"dose = "1000 mg/m2"
route = "oral"
given = "home"
times = "twice daily"
days = { from = 1, through = 2 }
starts = "evening"
round = { nearest = "500 mg", of = "daily total", larger = "evening", ties = "up" }
tablets = ["500 mg"]
cycle_total = "4000 mg/m2"
missed = "skip"
"#;

/// A run that is one dose has no morning and evening: its label names one number of tablets, and the same everywhere.
#[test]
fn a_single_dose_of_halves_that_differ_is_one_figure() {
    let regimen = one_phase(TWO_WEEKS, &drug("a", SINGLE));
    let course = course("2026-12-07", "170", "65");
    let mut plan = planned(&regimen, &course);
    for one in &mut plan.administrations {
        let shorten = |run: &mut plan::Run| {
            (run.administrations, run.starts, run.ends, run.days) =
                (1, Some(HalfDay::Evening), Some(HalfDay::Evening), 1);
            run.through = one.date;
        };
        one.run.iter_mut().for_each(shorten);
        one.planned.iter_mut().filter_map(|planned| planned.run.as_mut()).for_each(shorten);
    }
    let schedule = present::schedule(&regimen, &course, &plan);
    let row = &schedule.doses[0];
    assert_eq!(row.portion().to_string(), "2,000 mg");
    assert_eq!(row.dose_words(), "4 tablets of 500 mg (2,000 mg)");
    let label = written(&schedule, "html-labels");
    assert!(label.contains("4 tablets of 500 mg") && !label.contains("in the morning"), "{label}");
    assert_eq!(by_half(row).len(), 1);
}

/// 98 tablets out on day 1, 14 back on the 22nd, the day 1 of study treatment being the 7th: study days 1 and 16. Doses taken are
/// exposure and no accountability; what nobody counted is no record.
#[test]
fn what_was_dispensed_and_brought_back_is_accounted_for_in_sdtm() {
    let mut clinic = crate::clinic::Clinic::new();
    let add = ["add", "S-9", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic.record(&["given", "S-9", "--cycle", "1", "--drug", "oxaliplatin"]);
    let run = ["--cycle", "1", "--drug", "capecitabine"];
    let table = |clinic: &crate::clinic::Clinic| {
        let output = clinic.run(&["subject", "plan", "S-9", "--as", "sdtm-da", "--study", "T1"]);
        let told = String::from_utf8(output.stderr).unwrap();
        (String::from_utf8(output.stdout).unwrap(), told)
    };
    let (empty, told) = table(&clinic);
    assert!(
        empty.lines().count() == 1 && told.contains("no home dose is recorded as dispensed or brought back"),
        "{told}"
    );
    clinic.record(&[&["supply", "S-9", "dispensed", "98", "--kit", "1023", "--lot", "AB1234"][..], &run].concat());
    clinic.today = "2026-12-22";
    clinic.record(&[&["supply", "S-9", "taken", "24"][..], &run].concat());
    clinic.record(&[&["supply", "S-9", "returned", "14"][..], &run].concat());
    let (rows, _) = table(&clinic);
    let same = "C1/D1/capecitabine";
    let all: Vec<&str> = rows.lines().skip(1).collect();
    let of = |(number, label): (u32, &str), test: &str, count: u32, date: &str, day: u32| {
        format!(
            "T1,DA,T1-S-9,{number},{label},{same},{test},STUDY TREATMENT,CAPECITABINE,{count},TABLET,{count},{count},TABLET,TREATMENT,{date},{day}"
        )
    };
    let dispensed = of((1, "\"kit 1023, lot AB1234\""), "DISPAMT,Dispensed Amount", 98, "2026-12-07", 1);
    let log = clinic.run(&["subject", "plan", "S-9", "--as", "html-log"]);
    let log = String::from_utf8(log.stdout).unwrap();
    for said in ["Lot</th>", "Expires</th>", "AB1234</td>", "98, 07-Dec-2026, kit 1023"] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert_eq!(all, [dispensed, of((2, ""), "RETAMT,Returned Amount", 14, "2026-12-22", 16)]);
}
