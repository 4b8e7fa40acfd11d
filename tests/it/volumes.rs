//! What is drawn up, poured, counted out and run in is never wrong in print, and every figure is of all of what is
//! prepared. Every value was worked out by hand; 7 December 2026 is a Monday.

use posology::export::{self, Options};
use posology::present::{DoseRow, PlannedRow, Schedule, schedule};
use posology::regimen::Regimen;

use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};

const PUMP: &str = r#"dose_per_day = "1000 mg/m2"
route = "intravenous"
over = "96 hours"
days = [1]
ends = { day = 5, visit = "pump off" }
round = { nearest = "10 mg", ties = "up" }
vial = "2500 mg in 50 mL"
"#;

fn rows(regimen: &Regimen, (height, weight): (&str, &str)) -> Schedule {
    let course = course("2026-12-07", height, weight);
    schedule(regimen, &course, &planned(regimen, &course))
}

fn of(lines: &str) -> Schedule {
    rows(&one_phase(TWO_WEEKS, &drug("a", lines)), ("157 cm", "40 kg"))
}

fn first(schedule: &Schedule) -> &DoseRow {
    &schedule.doses[0]
}

fn printed(schedule: &Schedule, format: &str) -> String {
    let options = Options { study: Some("TR-01".into()), subject: Some("S-014".into()), ..Options::default() };
    let format = export::format(format).unwrap();
    String::from_utf8(format.bytes(schedule, &options).unwrap()).unwrap()
}

/// Flat doses with their vial, and the volume that is drawn up.
const DRAWN: &[(&str, &str, &str)] = &[
    ("2 mg", "2 mg in 0.05 mL", "0.05 mL"),
    ("0.02 mg", "1 mg in 1 mL", "0.02 mL"),
    ("5 units", "100 units in 1 mL", "0.05 mL"),
    ("0.25 mg", "1 mg in 1 mL", "0.25 mL"),
    ("54 mg", "240 mg in 6 mL", "1.35 mL"),
    ("123 mg", "43 mg in 10 mL", "about 28.6 mL"),
];

#[test]
fn a_volume_is_exact_or_says_about_wherever_it_stands() {
    for (dose, vial, volume) in DRAWN {
        let lines = format!(
            "dose = \"{dose}\"\nroute = \"subcutaneous\"\nover = \"bolus\"\ndays = [1]\nround = \"none\"\nvial = \"{vial}\"\n"
        );
        let schedule = of(&lines);
        let planned = first(&schedule).planned().unwrap();
        assert_eq!(planned.preparation.drug.unwrap().to_string(), *volume);
        for format in ["text", "markdown", "html-worksheet", "html-labels"] {
            assert!(printed(&schedule, format).contains(volume), "{volume} in {format}");
        }
        let figure = volume.trim_start_matches("about ").trim_end_matches(" mL");
        let header = printed(&schedule, "csv");
        let mut lines = header.lines();
        let at = lines.next().unwrap().split(',').position(|name| name == "volume_ml").unwrap();
        assert_eq!(lines.next().unwrap().split(',').nth(at), Some(figure), "csv");
    }
}

/// 1,000 mg/m² × 1.32 m² = 1,320 mg in 24 hours; × 4 = 5,280 mg = 105.6 mL of 50 mg/mL, 3 vials of 2,500 mg; ÷ 96 hours.
#[test]
fn an_infusion_over_four_days_is_one_preparation() {
    let schedule = of(PUMP);
    let planned = first(&schedule).planned().unwrap();
    assert_eq!(planned.at.portion.amount.to_string(), "1,320 mg");
    let made = &planned.preparation;
    assert_eq!(made.amount.to_string(), "5,280 mg");
    assert_eq!(made.drug.unwrap().to_string(), "105.6 mL");
    assert_eq!(made.vials.map(|(count, _)| count), Some(3));
    assert_eq!(made.undiluted().unwrap().to_string(), "1.1 mL/h");
    assert_eq!(made.each_24_hours().unwrap().to_string(), "1,320 mg");
    assert_eq!(made.rate(), None, "nobody said in what it is diluted");
    for format in ["text", "html-worksheet", "html-labels"] {
        let page = printed(&schedule, format);
        for words in ["5,280 mg", "105.6 mL", "1.1 mL/h"] {
            assert!(page.contains(words), "{words} in {format}");
        }
        assert!(!page.contains("26.4 mL"), "{format}: the volume of one day");
    }
    let undiluted = of(&format!("{PUMP}dilute = {{ fluid = \"undiluted\" }}\n"));
    let made = &first(&undiluted).planned().unwrap().preparation;
    assert_eq!(made.rate().unwrap().to_string(), "1.1 mL/h");
    assert_eq!(made.concentration().unwrap().to_string(), "50 mg/mL");
}

/// 5,280 mg in one bag of 100 mL is 52.8 mg/mL, above 25; the 1,320 mg of one day would have been 13.2.
#[test]
fn a_concentration_is_that_of_the_bag() {
    let dilute = "dilute = { fluid = \"sodium chloride 0.9 %\", volume = \"100 mL\", from = \"5 mg in 1 mL\", through = \"25 mg in 1 mL\" }\n";
    let schedule = of(&format!("{PUMP}{dilute}"));
    let told: Vec<_> = schedule.findings.iter().filter(|one| one.code.to_string() == "concentration").collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("5,280 mg in 100 mL is 52.8 mg/mL, above the 25 mg"), "{}", told[0].text);
    // 100 mL over 96 hours: 1.0416… mL/h.
    assert_eq!(first(&schedule).planned().unwrap().preparation.rate().unwrap().to_string(), "about 1.04 mL/h");
}

/// 149 mg in 500 mL: 0.298 mg/mL; over 2 hours 250 mL/h. What is forbidden is told as well.
#[test]
fn a_bag_follows_from_the_file() {
    let schedule = of(r#"dose = "149 mg"
route = "intravenous"
over = "2 hours"
days = [1]
dilute = { fluid = "glucose 5 %", volume = "500 mL", never = ["sodium chloride 0.9 %"], from = "0.2 mg in 1 mL", through = "0.7 mg in 1 mL" }
"#);
    let made = &first(&schedule).planned().unwrap().preparation;
    assert_eq!(
        made.bag_words().unwrap(),
        "glucose 5 %, 500 mL, 0.298 mg/mL, limits 0.2 to 0.7 mg/mL, 250 mL/h, NEVER with sodium chloride 0.9 %"
    );
    for format in ["text", "html-worksheet", "html-labels", "json"] {
        let page = printed(&schedule, format);
        for words in ["glucose 5 %", "sodium chloride 0.9 %"] {
            assert!(page.contains(words), "{words} in {format}");
        }
    }
}

/// 90 mg/kg a day in two doses at 12 kg: 540 mg of 600 mg in 5 mL is 4.5 mL; 20 doses are 90 mL.
#[test]
fn a_liquid_is_measured_in_ml_and_dispensed_in_all() {
    let schedule = of(r#"dose = "540 mg"
route = "oral"
given = "home"
times = "twice daily"
starts = "morning"
days = { from = 1, through = 10 }
vial = "600 mg in 5 mL"
cycle_total = "10800 mg"
"#);
    let planned = first(&schedule).planned().unwrap();
    assert_eq!(planned.dose_words(), "4.5 mL (540 mg)");
    assert_eq!(planned.dispensed_words().unwrap(), "90 mL of 600 mg in 5 mL");
    assert_eq!(planned.preparation.vials, None, "a bottle is not a vial");
    let page = printed(&schedule, "html-labels");
    assert!(page.contains("4.5 mL (540 mg)") && page.contains("90 mL"));
    let page = printed(&schedule, "html-calendar");
    assert!(page.contains("<strong>4.5 mL</strong>") && page.contains("(540 mg)") && page.contains("90 mL"));
}

#[test]
fn tablets_come_first_and_are_told_for_each_dose() {
    let run = |more: &str| {
        of(&format!("route = \"oral\"\ngiven = \"home\"\ntablets = [\"500 mg\"]\nround = \"none\"\n{more}"))
    };
    let fortnight = "times = \"twice daily\"\nstarts = \"evening\"\ndays = { from = 1, through = 14 }\ncycle_total = \"42000 mg\"\n";
    let schedule = run(&format!("dose = \"1500 mg\"\n{fortnight}"));
    let planned = first(&schedule).planned().unwrap();
    assert_eq!(planned.dose_words(), "3 tablets of 500 mg (1,500 mg)");
    assert_eq!(planned.dispensed_words().unwrap(), "84 tablets of 500 mg");
    assert_eq!(
        planned.taken_words().unwrap(),
        "twice daily, evening of Mon 07-Dec-2026 through morning of Mon 21-Dec-2026, 28 doses"
    );
    let single = run("dose = \"500 mg\"\ndays = [1]\n");
    assert_eq!(first(&single).planned().unwrap().dose_words(), "1 tablet of 500 mg (500 mg)");
}

/// The words of the lomustine deaths: a dose that stands alone is never "daily".
#[test]
fn a_single_dose_says_its_day() {
    let home = "dose = \"150 mg\"\nroute = \"oral\"\ngiven = \"home\"\nround = \"none\"\n";
    let once = of(&format!("{home}days = [1]\n"));
    assert_eq!(first(&once).taken_words().unwrap(), "one dose on Monday 07-Dec-2026");
    let weekly = of(&format!("{home}days = [1, 8]\ncycle_total = \"300 mg\"\n"));
    assert_eq!(first(&weekly).taken_words().unwrap(), "one dose on Monday 07-Dec-2026, once a week on Mondays");
    let third = of(&format!("{home}days = [1, 4, 7, 10]\ncycle_total = \"600 mg\"\n"));
    assert_eq!(first(&third).taken_words().unwrap(), "one dose on Monday 07-Dec-2026, every 3 days");
    for schedule in [&once, &weekly, &third] {
        for format in ["text", "markdown", "html-worksheet", "html-labels", "html-calendar", "html-log", "json"] {
            let page = printed(schedule, format);
            assert!(!page.contains("daily"), "{format}: {page}");
        }
    }
}

/// 1,750 mg twice a day of tablets of 500 mg: 3,500 mg in the day are 3 and 4 tablets.
#[test]
fn morning_and_evening_need_no_twice_daily() {
    let schedule = of(r#"dose = "1750 mg"
route = "oral"
given = "home"
times = "twice daily"
starts = "morning"
days = { from = 1, through = 14 }
tablets = ["500 mg"]
round = { nearest = "500 mg", ties = "up", of = "daily total", larger = "evening" }
cycle_total = "49000 mg"
"#);
    let planned: &PlannedRow = first(&schedule).planned().unwrap();
    assert_eq!(
        planned.dose_words(),
        "3 tablets of 500 mg (1,500 mg) in the morning, 4 tablets of 500 mg (2,000 mg) in the evening"
    );
    assert!(!planned.taken_words().unwrap().contains("twice"), "{:?}", planned.taken_words());
}

/// Hours 0, 8, 24, 36, 48 and 60 of a course: each on its own day.
#[test]
fn doses_at_hours_stand_on_their_own_day() {
    let schedule = of(r#"dose = "40 mg"
route = "oral"
given = "home"
days = [1]
hours = { drug = "a", at = ["0 hours", "8 hours", "24 hours", "36 hours", "48 hours", "60 hours"] }
cycle_total = "240 mg"
"#);
    let days: Vec<(i32, Option<String>)> =
        schedule.doses.iter().filter(|row| row.cycle == 1).map(|row| (row.own_day, row.when.clone())).collect();
    let hour = |hour: &str| Some(format!("hour {hour}"));
    assert_eq!(days[0], (1, Some("hour 0, the first dose".to_owned())));
    assert_eq!(days[1..], [(1, hour("8")), (2, hour("24")), (2, hour("36")), (3, hour("48")), (3, hour("60"))]);
    let labels = printed(&schedule, "html-labels");
    assert!(labels.contains("Cycle 1 Day 3") && labels.contains("hour 60"), "{labels}");
}

/// A drug that another one comes after in some cycles alone is no word on the days without it.
#[test]
fn the_order_is_told_on_the_days_that_have_it() {
    let drugs = [
        drug(
            "a",
            "dose = \"100 mg\"\nroute = \"intravenous\"\ndays = [1]\ncycles = { from = 1, through = 1 }\nround = \"none\"",
        ),
        drug("b", "dose = \"400 mg\"\nroute = \"intravenous\"\ndays = [1]\nafter = \"a\"\nround = \"none\""),
    ];
    let schedule = rows(&one_phase(TWO_WEEKS, &drugs.concat()), ("170 cm", "65 kg"));
    let when = |cycle| schedule.doses.iter().find(|row| row.id == "b" && row.cycle == cycle).unwrap().when.clone();
    assert_eq!((when(1), when(2)), (Some("after a".to_owned()), None));
}

/// Methotrexate 12 mg into the spine, beside two infusions of the same drug: its route stands large, and there is a line for
/// the volume and the strength that no file states.
#[test]
fn a_label_of_a_dose_into_the_spine_says_so_large_and_has_a_line_for_its_volume() {
    let schedule = crate::schedules::shipped("heme-hyper-cvad-part-b");
    let labels = |size| {
        let print = posology::export::Print { labels: Some(size), ..posology::export::Print::default() };
        let options = posology::export::Options { print, ..crate::schedules::options() };
        String::from_utf8(posology::export::format("html-labels").unwrap().bytes(&schedule, &options).unwrap()).unwrap()
    };
    let page = labels(posology::study::LabelSize::A4Eight);
    let own = page
        .split("<div class=\"label\"")
        .find(|label| label.contains("dose\">12 mg") && label.contains("methotrexate"))
        .unwrap();
    assert!(own.to_lowercase().contains("class=\"apart\">intrathecal"), "{own}");
    assert!(own.contains("in all ______ mL") && own.contains("______ mg/mL"), "{own}");
    assert!(labels(posology::study::LabelSize::LetterTen).contains("in all ______ mL"), "on small labels too");
}
