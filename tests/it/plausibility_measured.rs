//! The checks measured: 4,000 people who were drawn before any limit was set, typed rightly and with every slip.
//! `tests/population/README.md` says who they are. `cargo test plausibility_measured -- --nocapture` prints the figures.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeMap;

use posology::finding::{Finding, Lift, Severity};
use posology::plausibility::{self, Measurements, Policy};
use posology::quantity::{Age, Decimal, Height, Sex, Weight, decimal};

use crate::support::cases;

/// A person: height in cm, weight in kg, as they are.
struct Person {
    sex: Sex,
    age: Age,
    height: Decimal,
    weight: Decimal,
}

fn decimal_of(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn people(text: &str, read: impl Fn(&csv::StringRecord) -> Person) -> Vec<Person> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|record| read(&record.unwrap())).collect()
}

fn adults() -> Vec<Person> {
    people(include_str!("../population/adults.csv"), |row| Person {
        sex: Sex::read(&row[1]).unwrap(),
        age: Age::read(&row[2]).unwrap(),
        height: decimal_of(&row[3]),
        weight: decimal_of(&row[4]),
    })
}

/// A child's age as a form has it: completed years from three on, before that completed months, days in the first month.
fn children() -> Vec<Person> {
    people(include_str!("../population/children.csv"), |row| {
        let months = decimal_of(&row[1]);
        let age = if months >= Decimal::from(36) {
            Age::new((months / Decimal::from(12)).floor())
        } else if months >= Decimal::ONE {
            Age::of_months(months.floor())
        } else {
            Age::of_days((months * decimal_of("30.4375")).floor())
        };
        Person { sex: Sex::read(&row[0]).unwrap(), age, height: decimal_of(&row[2]), weight: decimal_of(&row[3]) }
    })
}

fn findings(person: &Person, height: &str, weight: &str) -> Vec<Finding> {
    let subject = Measurements {
        height: Height::read(height).ok(),
        weight: Weight::read(weight).ok(),
        age: Some(person.age),
        sex: Some(person.sex),
        ..Measurements::default()
    };
    plausibility::check(&subject, &Policy::default())
}

fn asked_for_unit(found: &[Finding]) -> bool {
    found.iter().any(|one| matches!(one.lift(), Some(Lift::Unit(_))))
}

fn stopped(found: &[Finding]) -> bool {
    found.iter().any(|one| one.severity <= Severity::Confirm)
}

/// So many of so many, in tenths of a percent.
fn share(part: usize, all: usize) -> String {
    let tenths = part * 1000 / all.max(1);
    format!("{part} of {all} ({}.{} %)", tenths / 10, tenths % 10)
}

/// With their units typed at most 1 in 500 is asked to measure again.
#[test]
fn correct_entries_with_units_are_confirmed_by_at_most_one_in_500() {
    let all: Vec<Person> = adults().into_iter().chain(children()).collect();
    let mut codes: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut confirmed = 0;
    for person in &all {
        let found = findings(person, &format!("{}cm", person.height), &format!("{}kg", person.weight));
        confirmed += usize::from(stopped(&found));
        for one in &found {
            *codes.entry((one.severity, one.code.name())).or_default() += 1;
        }
        assert!(found.iter().all(|one| one.severity != Severity::Block), "{:?}", found[0]);
    }
    println!("with units: CONFIRM {}", share(confirmed, all.len()));
    for ((severity, code), count) in codes {
        println!("  {} {code}: {count}", severity.word());
    }
    assert!(confirmed * 500 <= all.len(), "{confirmed} of {}", all.len());
}

/// Who types bare numbers is asked for the unit where another unit is as likely: at most 1 adult in 10, once.
#[test]
fn bare_correct_entries_are_asked_for_their_unit_by_at_most_one_adult_in_ten() {
    let class = |person: &Person| {
        let bmi = person.weight * Decimal::from(10_000) / (person.height * person.height);
        let limits =
            [("below 18.5", "18.5"), ("18.5 to 25", "25"), ("25 to 30", "30"), ("30 to 35", "35"), ("35 to 40", "40")];
        let named = limits.into_iter().find(|(_, limit)| bmi < decimal_of(limit));
        named.map_or("40 and more", |(name, _)| name).to_owned()
    };
    let age = |person: &Person| format!("{:>2} years", person.age.value().floor());
    for (who, people, group, most) in
        [("adults", adults(), &class as &dyn Fn(&Person) -> String, Some(10)), ("children", children(), &age, None)]
    {
        let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut asked = 0;
        for person in &people {
            let found = findings(person, &person.height.to_string(), &person.weight.to_string());
            let unit = asked_for_unit(&found);
            asked += usize::from(unit);
            let group = groups.entry(group(person)).or_default();
            *group = (group.0 + usize::from(unit), group.1 + 1);
        }
        println!("bare numbers, {who}: asked for the unit {}", share(asked, people.len()));
        for (name, (asked, all)) in groups {
            println!("  {name}: {}", share(asked, all));
        }
        if let Some(most) = most {
            assert!(asked * most <= people.len(), "{asked} of {}", people.len());
        }
    }
}

/// A slip: what is typed for a height and a weight, without units.
type Slip = fn(Decimal, Decimal) -> (Decimal, Decimal);

fn rounded(value: Decimal, places: u32) -> Decimal {
    decimal::half_up(value, places)
}

/// In pounds, in inches: the question, or more.
const UNITS: [(&str, Slip); 4] = [
    ("pounds", |h, w| (h, rounded(w / decimal_of("0.45359237"), 0))),
    ("inches", |h, w| (rounded(h / decimal_of("2.54"), 0), w)),
    ("inches and pounds", |h, w| (rounded(h / decimal_of("2.54"), 0), rounded(w / decimal_of("0.45359237"), 0))),
    ("metres", |h, w| (rounded(h / Decimal::ONE_HUNDRED, 2), w)),
];

/// Of other kinds: they stop.
const OTHERS: [(&str, Slip); 5] = [
    ("exchanged", |h, w| (w, h)),
    ("weight tenfold", |h, w| (h, w * Decimal::TEN)),
    ("weight a tenth", |h, w| (h, rounded(w / Decimal::TEN, 2))),
    ("height tenfold", |h, w| (h * Decimal::TEN, w)),
    ("height a tenth", |h, w| (rounded(h / Decimal::TEN, 2), w)),
];

#[test]
fn slips_are_found() {
    let mut short = Vec::new();
    // Of the children, whose scores take long, every tenth; all of them where the long run asks for more cases.
    let some = if cases(1) > 1 { 1 } else { 10 };
    for (who, people, step) in [("adults", adults(), 1), ("children", children(), some)] {
        let people: Vec<Person> = people.into_iter().step_by(step).collect();
        for (name, slip) in UNITS.into_iter().chain(OTHERS) {
            let found = people.iter().filter(|person| {
                let (height, weight) = slip(person.height, person.weight);
                stopped(&findings(person, &height.to_string(), &weight.to_string()))
            });
            let found = found.count();
            println!("{who}, {name}: found {}", share(found, people.len()));
            if found * 100 < people.len() * 98 {
                short.push(format!("{who}, {name}: {}", share(found, people.len())));
            }
        }
    }
    println!("below 98 %: {short:#?}");
    assert_eq!(short, KNOWN, "the slips of which fewer than 98 % are found");
}

/// Slips that leave an ordinary body behind, so that no check can see them.
const KNOWN: &[&str] = &[];
