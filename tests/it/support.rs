//! What several topics need: regimens from short texts, subjects, plans.

use posology::calendar::{self, Closures, Date, Site};
use posology::checker;
use posology::course::Course;
use posology::finding::{Finding, blocks};
use posology::plan::{self, Administration, Options, Plan};
use posology::quantity::{Height, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

/// How many cases a property has: as many as are worth their time on every run, or `POSOLOGY_CASES`, which
/// `.ci/long` sets.
pub fn cases(usual: u32) -> u32 {
    std::env::var("POSOLOGY_CASES").map_or(usual, |text| text.parse().expect("POSOLOGY_CASES is a number"))
}

/// A regimen from a text that must be sound.
pub fn regimen(text: &str) -> Regimen {
    let checked = checker::check(text.as_bytes(), &Site::default());
    let wrong: Vec<&Finding> =
        checked.findings.iter().filter(|f| f.severity == posology::finding::Severity::Block).collect();
    assert!(!blocks(&checked.findings), "{wrong:#?}\n{text}");
    checked.regimen.unwrap()
}

/// A file of one phase: `cycle` and `drugs` are put between the head and an example.
pub fn one_phase(cycle: &str, drugs: &str) -> Regimen {
    regimen(&one_phase_text(cycle, drugs))
}

/// The same as a text.
pub fn one_phase_text(cycle: &str, drugs: &str) -> String {
    format!("{HEAD}\n[cycle]\n{cycle}\nsource = \"unverified\"\n\n{BODY}\n{drugs}\n{EXAMPLE}")
}

pub const HEAD: &str = r#"format = 1

[regimen]
id = "test"
name = "Test"
version = "1"
status = "draft"
setting = "trial"
indication = "testing"
supportive_care = "not included"
"#;

pub const BODY: &str = r#"[body]
bsa = "mosteller"
bsa_places = 2
weight = "actual"
recalculate = { when_weight_changes = ">= 10 %", since = "cycle 1 day 1" }
source = "unverified"
"#;

pub const EXAMPLE: &str = r#"
[[example]]
subject = { height = "170 cm", weight = "65 kg" }
start = 2026-12-07
expect = [{ cycle = 1, day = 1, drug = "a", date = 2026-12-07 }]
"#;

pub const TWO_WEEKS: &str = r#"length = "14 days"
count = { up_to = 8 }
next = "from actual day 1"
window = { early = "0 days", late = "3 days" }"#;

/// A drug with the given extra lines; what every drug must say and a test does not care about is filled in.
pub fn drug(id: &str, lines: &str) -> String {
    let mut lines = lines.to_owned();
    if lines.contains("intravenous") && !lines.contains("over =") {
        lines.push_str("\nover = \"unknown\"");
    }
    let one_day = lines.contains("days = [1]\n") || lines.ends_with("days = [1]");
    if !(one_day || lines.contains("missed =")) {
        lines.push_str("\nmissed = \"ask\"");
    }
    format!("\n[[drug]]\nid = \"{id}\"\nname = \"{id}\"\n{lines}\nsource = \"unverified\"\n")
}

pub fn date(text: &str) -> Date {
    calendar::read(text).unwrap()
}

pub fn subject(height: &str, weight: &str) -> Subject {
    Subject {
        height: Some(Height::read(height).unwrap()),
        weight: Some(Weight::read(weight).unwrap()),
        ..Subject::default()
    }
}

pub fn course(start: &str, height: &str, weight: &str) -> Course {
    Course::new(date(start), subject(height, weight))
}

pub fn site() -> Site {
    Site { closures: Closures::weekends(), ..Site::default() }
}

pub fn planned(regimen: &Regimen, course: &Course) -> Plan {
    plan::plan(regimen, course, &site(), Options::default()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The administration of a drug on a day of a cycle.
pub fn on<'a>(plan: &'a Plan, drug: &str, cycle: u32, day: i32) -> &'a Administration {
    let found =
        plan.administrations.iter().find(|one| one.key.drug == drug && one.key.cycle == cycle && one.key.day == day);
    found.unwrap_or_else(|| panic!("no {drug} on cycle {cycle} day {day}"))
}

/// `123 mg`
pub fn dose(plan: &Plan, drug: &str, cycle: u32, day: i32) -> String {
    on(plan, drug, cycle, day).dose.amount.to_string()
}

/// Dates of a drug, ISO.
pub fn dates(plan: &Plan, drug: &str) -> Vec<String> {
    plan.administrations.iter().filter(|one| one.key.drug == drug).map(|one| calendar::iso(one.date)).collect()
}

/// Of a dose of a JSON document what was given, else what is planned.
pub fn now(dose: &serde_json::Value) -> &serde_json::Value {
    if dose["given"].is_null() { &dose["planned"] } else { &dose["given"] }
}
