//! What was planned stays beside what happened: day, dose and the measurements behind it. Every value was worked out by
//! hand; 7 December 2026 is a Monday.

use posology::calendar::iso;
use posology::course::{Course, Deed, Key, Measurement};
use posology::plan::{Plan, PlannedDose};
use posology::quantity::{Amount, Portion, Weight};

use crate::support::{TWO_WEEKS, course, date, drug, on, one_phase, planned};

fn key(cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: None, cycle, day, drug: drug.into(), part: None }
}

fn given(course: &mut Course, key: Key, on: &str, dose: Option<&str>) {
    let dose = dose.map(|dose| Portion::once(Amount::read(dose).unwrap()));
    course.deeds.insert(key, Deed::Given { on: date(on), dose });
}

fn plan_of<'p>(plan: &'p Plan, drug: &str, cycle: u32, day: i32) -> &'p PlannedDose {
    on(plan, drug, cycle, day).planned.as_ref().unwrap()
}

/// Planned, then given: day and dose.
fn both(plan: &Plan, drug: &str, cycle: u32, day: i32) -> [(String, String); 2] {
    let (one, planned) = (on(plan, drug, cycle, day), plan_of(plan, drug, cycle, day));
    [(iso(planned.date), planned.dose.amount.to_string()), (iso(one.date), one.dose.amount.to_string())]
}

fn pair(planned: (&str, &str), given: (&str, &str)) -> [(String, String); 2] {
    [planned, given].map(|(day, dose)| (day.to_owned(), dose.to_owned()))
}

/// 70 mg/m² on days 1 and 8, with a premedication on the same days.
fn regimen() -> posology::regimen::Regimen {
    let a =
        "dose = \"70 mg/m2\"\nroute = \"intravenous\"\ndays = [1, 8]\nround = \"none\"\ncycle_total = \"140 mg/m2\"";
    let b = "dose = \"8 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\nrole = \"premedication\"\nfor = \"a\"\ndays = [1, 8]\ncycle_total = \"16 mg\"";
    one_phase(TWO_WEEKS, &format!("{}{}", drug("a", a), drug("b", b)))
}

#[test]
fn a_dose_given_late_and_less_keeps_its_planned_day_and_dose() {
    // 170 cm, 65 kg: Mosteller √(170 × 65 / 3600) = 1.7519…, 1.75 m²; 70 × 1.75 = 122.5 mg.
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    // Cycle 2 was due 14 days later, on the 21st; it began on the 22nd, with 100 mg.
    given(&mut course, key(2, 1, "a"), "2026-12-22", Some("100 mg"));
    let plan = planned(&regimen(), &course);
    assert_eq!(both(&plan, "a", 2, 1), pair(("2026-12-21", "122.5 mg"), ("2026-12-22", "100 mg")));
    // What belongs to it was due with it, and comes with it.
    assert_eq!(both(&plan, "b", 2, 1), pair(("2026-12-21", "8 mg"), ("2026-12-22", "8 mg")));
    // Day 8 counts from the day 1 that came to be: it is planned for the 29th, seven days after the 22nd.
    assert_eq!(both(&plan, "a", 2, 8), pair(("2026-12-29", "122.5 mg"), ("2026-12-29", "122.5 mg")));
    assert!(plan_of(&plan, "a", 2, 1).dose.steps.iter().all(|step| !step.label.starts_with("given")));
}

#[test]
fn a_later_day_given_late_keeps_its_planned_day_and_so_does_what_belongs_to_it() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-08", None);
    given(&mut course, key(1, 8, "a"), "2026-12-17", None);
    let plan = planned(&regimen(), &course);
    // Day 1 was planned for the 7th. Day 8 is the 15th, counted from the 8th; it came two days after that.
    assert_eq!(both(&plan, "a", 1, 1).map(|(day, _)| day), ["2026-12-07", "2026-12-08"]);
    assert_eq!(both(&plan, "a", 1, 8).map(|(day, _)| day), ["2026-12-15", "2026-12-17"]);
    assert_eq!(both(&plan, "b", 1, 8).map(|(day, _)| day), ["2026-12-15", "2026-12-17"]);
}

#[test]
fn of_a_cycle_without_its_day_1_the_day_that_was_given_is_counted_from_the_planned_one() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    course.deeds.insert(key(2, 1, "a"), Deed::Omitted("fever".into()));
    // Day 8 of cycle 2 was planned for 28-Dec and came on the 30th; day 1 counted back from it is the 23rd.
    given(&mut course, key(2, 8, "a"), "2026-12-30", None);
    let plan = planned(&regimen(), &course);
    assert_eq!(iso(plan_of(&plan, "a", 2, 1).date), "2026-12-21");
    assert_eq!(iso(plan_of(&plan, "a", 2, 8).date), "2026-12-28");
    // The third cycle follows the second as it came to be: 23-Dec + 14 days.
    assert_eq!(iso(plan_of(&plan, "a", 3, 1).date), "2027-01-06");
}

#[test]
fn a_recorded_delay_moves_the_planned_day_and_a_dose_later_than_that_is_late() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    let delay = posology::course::Delay { days: 7, reason: "neutrophils".into(), required: true };
    course.delays.insert((None, 2), delay);
    given(&mut course, key(2, 1, "a"), "2026-12-29", None);
    let plan = planned(&regimen(), &course);
    // 21-Dec + 7 days of delay = 28-Dec.
    assert_eq!(both(&plan, "a", 2, 1).map(|(day, _)| day), ["2026-12-28", "2026-12-29"]);
}

#[test]
fn each_dose_names_the_measurements_it_was_made_from() {
    let mut course = course("2026-12-07", "170", "65");
    course.subject.measured = Some(date("2026-12-05"));
    let weighed = |on: &str, weight: &str| Measurement {
        on: date(on),
        height: None,
        weight: Some(Weight::read(weight).unwrap()),
        creatinine: None,
        gfr: None,
    };
    // Under the 10 % of the regimen: 62 kg changes no dose. 58 kg does, 10.8 % below 65.
    course.measurements = vec![weighed("2026-12-20", "62"), weighed("2027-01-03", "58")];
    let plan = planned(&regimen(), &course);
    let weight = |cycle: u32| {
        let inputs = &plan_of(&plan, "a", cycle, 1).inputs;
        let weight = inputs.weight.unwrap();
        let height = inputs.height.unwrap();
        let bsa = inputs.size.as_ref().unwrap().bsa.unwrap().value().to_string();
        (weight.value.to_string(), weight.on.map(iso), height.on.map(iso), bsa)
    };
    let of = |weight: &str, on: &str, bsa: &str| {
        (weight.to_owned(), Some(on.to_owned()), Some("2026-12-05".to_owned()), bsa.to_owned())
    };
    assert_eq!(weight(1), of("65 kg", "2026-12-05", "1.75"));
    assert_eq!(weight(2), of("65 kg", "2026-12-05", "1.75"));
    // √(170 × 58 / 3600) = 1.6549…, 1.65 m².
    assert_eq!(weight(3), of("58 kg", "2027-01-03", "1.65"));
}
