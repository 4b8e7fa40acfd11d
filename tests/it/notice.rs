//! The dose change notice: the last planned dose against the new planned one, and why. Figures by hand: 170 cm and 65 kg
//! are 1.75 m², 170 cm and 58 kg 1.65 m² (Mosteller, two decimals); oxaliplatin 85 mg/m² is 148.75, 149 mg, then 140.25,
//! 140 mg: 140 / 149 is 6.04 % less. 58 of 65 kg is 10.77 % less.

use posology::course::{AdministrationRecord, Course, Key, Measurement, Reduction};
use posology::export::{self, Options};
use posology::plan;
use posology::present;
use posology::quantity::{Amount, Portion, Weight};

use crate::support::{course, date};

fn key(cycle: u32, drug: &str) -> Key {
    Key { phase: None, cycle, day: 1, drug: drug.into(), part: None }
}

fn given(course: &mut Course, cycle: u32, drug: &str, on: &str, dose: Option<&str>) {
    let dose = dose.map(|dose| Portion::once(Amount::read(dose).unwrap()));
    course.recorded.insert(key(cycle, drug), AdministrationRecord::Given { on: date(on), dose });
}

fn notice(course: &Course) -> String {
    notice_of("gi-mfolfox6", course)
}

fn notice_of(regimen: &str, course: &Course) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("regimens/{regimen}.toml"));
    let checked = posology::checker::check(&std::fs::read(path).unwrap(), &posology::calendar::Site::default());
    let regimen = checked.regimen.unwrap();
    let plan = plan::plan(&regimen, course, &posology::calendar::Site::default(), plan::Options::default()).unwrap();
    let schedule = present::schedule(&regimen, course, &plan);
    let options = Options { study: Some("TR-02".into()), subject: Some("S-014".into()), ..Options::default() };
    let page = export::format("html-notice").unwrap().bytes(&schedule, &options).unwrap();
    let page = String::from_utf8(page).unwrap();
    let body = page.split("<main>").nth(1).unwrap().to_owned();
    let mut text = String::new();
    let mut tag = false;
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' => (tag, text) = (false, text + " "),
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cycle 2 went in in part; 58 kg from the third cycle on.
fn lighter() -> Course {
    let mut course = course("2026-09-07", "170", "65");
    given(&mut course, 1, "oxaliplatin", "2026-09-07", None);
    given(&mut course, 2, "oxaliplatin", "2026-09-21", Some("90 mg"));
    let weight = Some(Weight::new(58.into()));
    course.measurements.push(Measurement { on: date("2026-10-02"), weight, height: None, creatinine: None, gfr: None });
    course
}

#[test]
fn a_new_weight_is_told_against_the_last_planned_doses() {
    let page = notice(&lighter());
    assert_eq!(page.matches("Dose change notice").count(), 1, "one cycle changed: {page}");
    for one in [
        "Study TR-02 Subject S-014 From Cycle 3 Day 1 Date Mon 05-Oct-2026",
        "4 doses are lower from cycle 3, Mon 05-Oct-2026 .",
        "Weight 65 kg → 58 kg (−10.8 %)",
        "58 kg measured on Fri 02-Oct-2026; doses until now were made from 65 kg.",
        "Body surface 1.75 m² → 1.65 m².",
        "149 mg cycle 2, 21-Sep-2026",
        "140 mg cycle 3, 05-Oct-2026",
        "−6 %",
        "3,960 mg",
        "dose: 85 mg/m² × 1.65 m² = 140.25 mg",
        "Not listed: unchanged.",
        "No longer valid: mark VOID",
        "NOT AN ORDER",
    ] {
        assert!(page.contains(one), "{one} is missing: {page}");
    }
    assert!(!page.contains("90 mg") && !page.contains("55.6"), "what went in in part is not a change: {page}");
}

/// The third cycle without its bolus: the fourth is compared with the second, and nothing has changed since the third.
#[test]
fn an_omitted_dose_is_skipped_and_is_no_change() {
    let mut course = lighter();
    given(&mut course, 3, "oxaliplatin", "2026-10-05", None);
    let bolus = "fluorouracil-bolus";
    course.recorded.insert(key(3, bolus), AdministrationRecord::Omitted("neutrophils".into()));
    let page = notice(&course);
    let third = page.split("Dose change notice").nth(1).unwrap();
    assert!(third.contains("3 doses are lower from cycle 3"), "the omitted bolus is no lower dose: {third}");
    let fourth = page.split("Dose change notice").nth(2).unwrap();
    assert!(
        fourth.contains("1 dose is lower from cycle 4") && fourth.contains("700 mg cycle 2, 21-Sep-2026"),
        "{fourth}"
    );
    assert!(fourth.contains("660 mg cycle 4, 19-Oct-2026") && fourth.contains("−5.7 %"), "{fourth}");
}

/// Venetoclax rises week by week as the label orders: the notice says that the regimen orders it.
#[test]
fn a_step_of_the_regimen_says_that_the_regimen_orders_it() {
    let schedule = crate::schedules::all_shipped().into_iter().flat_map(|(_, all)| all).find(|schedule| {
        schedule.doses.iter().any(|dose| dose.drug == "venetoclax") && schedule.sheets.cycles.len() > 1
    });
    let Some(schedule) = schedule else { panic!("a regimen with a ramp is shipped") };
    let page = export::format("html-notice").unwrap().bytes(&schedule, &Options::default()).unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(!page.contains("worked out anew"), "every change has its reason");
}

/// Each week of the ramp is held to the week before it, in whichever cycle that is: 20 mg in the last week of cycle 1, then 50 (half
/// as much again and once more: +150 %), 100, 200 and 400 mg, each twice the one before.
#[test]
fn a_step_is_compared_with_the_step_before_and_not_with_the_cycle_before() {
    let page = notice_of("heme-venetoclax-obinutuzumab", &course("2026-12-07", "170", "65"));
    assert_eq!((page.matches("+150 %").count(), page.matches("+100 %").count()), (1, 3), "{page}");
    assert_eq!(page.matches('%').count(), 4, "cycle 3 goes on at 400 mg, which is no change: {page}");
    for pair in ["20 mg 50 mg", "50 mg 100 mg", "100 mg 200 mg", "200 mg 400 mg"] {
        assert!(page.replace(" → ", " ").contains(pair), "{pair}: {page}");
    }
}

/// Capecitabine 1,000 mg/m² twice daily in tablets of 500 and 150 mg, of which the file names 500 mg alone: 178 cm and 73 kg are
/// 1.9 m², 1,900 mg, 4,000 mg a day; 90 % of it is 1,710 mg, 3,420 mg a day, which is never rounded up: 3,000 mg, a quarter less.
/// 170 cm and 65 kg are 1.75 m², 1,750 mg, 3,500 mg a day in unlike halves; 80 % of it is 1,400 mg, 2,800 mg a day: 2,500 mg in
/// unlike halves, two sevenths less.
#[test]
fn a_reduction_of_halves_that_differ_is_lower_by_all_that_is_taken_on_a_day() {
    for (size, percent, before, after, change) in [
        (("178", "73"), 90, "4,000 mg a day", "3,000 mg a day", "−25 %"),
        (("170", "65"), 80, "3,500 mg a day", "2,500 mg a day", "−28.6 %"),
    ] {
        let mut course = course("2026-12-07", size.0, size.1);
        course.reductions.push(Reduction {
            drug: "capecitabine".into(),
            from: (None, 2),
            level: None,
            percent: Some(percent.into()),
            reason: "diarrhoea, grade 3".into(),
        });
        let page = notice_of("gi-xelox", &course);
        assert!(page.contains("1 dose is lower from cycle 2"), "{page}");
        for one in [before, after, change, "diarrhoea, grade 3"] {
            assert!(page.contains(one), "{one} is missing: {page}");
        }
        assert!(!page.contains("higher") && !page.contains(" 0 %"), "{page}");
    }
}

/// The working of a notice is the dose's own: a protocol dose is no sum equal to a figure in milligrams.
#[test]
fn the_working_of_a_notice_is_that_of_the_dose() {
    let page = notice(&lighter());
    assert!(!page.contains("before rounding") && !page.contains("mg/m2"), "{page}");
}

/// 80 % of oxaliplatin, recorded twice from the third cycle on, and once more from the fifth, when it has that dose anyway: one reason
/// in the third, and in the fifth the new weight alone.
#[test]
fn a_reason_stands_once_and_only_where_it_changed_something() {
    let mut course = course("2026-09-07", "170", "65");
    let level = |from: u32, reason: &str| Reduction {
        drug: "oxaliplatin".into(),
        from: (None, from),
        level: None,
        percent: Some(80.into()),
        reason: reason.into(),
    };
    course.reductions = vec![level(3, "neuropathy, grade 2"), level(3, "neuropathy, grade 2"), level(5, "as before")];
    let weight = Some(Weight::new(52.into()));
    course.measurements.push(Measurement { on: date("2026-10-30"), weight, height: None, creatinine: None, gfr: None });
    let page = notice(&course);
    assert_eq!(page.matches("Dose change notice").count(), 2, "{page}");
    assert_eq!(page.matches("oxaliplatin: 80 % of the dose").count(), 1, "{page}");
    assert_eq!(page.matches("neuropathy, grade 2").count(), 1, "{page}");
    assert!(!page.contains("as before"), "{page}");
}

/// 3,500 mg a day of capecitabine are 1,500 and 2,000 mg: the working says milligrams of both, and its minus is no hyphen.
#[test]
fn the_working_of_a_notice_has_its_units_and_a_minus() {
    let mut course = course("2026-12-07", "170", "65");
    course.reductions.push(Reduction {
        drug: "capecitabine".into(),
        from: (None, 2),
        level: None,
        percent: Some(80.into()),
        reason: "diarrhoea, grade 3".into(),
    });
    let page = notice_of("gi-xelox", &course);
    assert!(page.contains("1,000 mg in the morning + 1,500 mg in the evening = 2,500 mg"), "{page}");
    assert!(page.contains("(−10.7 %)") && !page.contains("(-"), "{page}");
}
