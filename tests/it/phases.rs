//! What runs across phases, and what goes on after the last dose.

use posology::calendar;
use posology::course::{AdministrationRecord, Course, Key};
use posology::plan::Plan;
use posology::subject::Subject;

use crate::support::{HEAD, date, planned, regimen};

/// Drug a on day 1 of two cycles of 7 days, and then of two of 14 days, in which 14 days must lie between two doses.
const PHASES: &str = r#"
[[phase]]
id        = "one"
numbering = "restarts"
source    = "unverified"

[phase.cycle]
length = "7 days"
count  = { planned = 2 }
next   = "from actual day 1"
window = "unknown"
source = "unverified"

[[phase.drug]]
name   = "a"
dose   = "100 mg"
route  = "intravenous"
over   = "unknown"
days   = [1]
source = "unverified"

[[phase]]
id        = "two"
numbering = "restarts"
begins    = { after = "one", on = "end of last cycle", gap = "0 days" }
source    = "unverified"

[phase.cycle]
length = "14 days"
count  = { planned = 2 }
next   = "from actual day 1"
window = "unknown"
source = "unverified"

[[phase.drug]]
name      = "a"
dose      = "100 mg"
route     = "intravenous"
over      = "unknown"
days      = [1]
least_gap = "14 days"
source    = "unverified"

[[assessment]]
name   = "safety visit"
clock  = "from last dose"
after  = "30 days"
every  = "12 weeks"
source = "unverified"

[[assessment]]
name   = "survival"
clock  = "from last dose"
every  = "12 weeks"
source = "unverified"

[[example]]
subject = {}
start   = 2026-12-07
expect  = [
  { phase = "one", cycle = 1, day = 1, date = 2026-12-07, drug = "a", dose = "100 mg" },
  { phase = "two", cycle = 1, day = 1, date = 2026-12-21, drug = "a", dose = "100 mg" },
]
"#;

fn plan(change: impl FnOnce(&mut Course)) -> Plan {
    let mut course = Course::new(date("2026-12-07"), Subject::default());
    change(&mut course);
    planned(&regimen(&format!("{HEAD}{PHASES}")), &course)
}

fn told(plan: &Plan, code: &str) -> Vec<String> {
    plan.findings.iter().filter(|finding| finding.code.name() == code).map(|finding| finding.text.clone()).collect()
}

/// 07-Dec, 14-Dec, then 21-Dec and 04-Jan: between 14-Dec and 21-Dec lie 7 days of the 14; before phase two no gap is asked.
#[test]
fn the_shortest_interval_is_looked_at_across_phases() {
    let text = "a on 21-Dec-2026 comes 7 days after the dose before; the shortest interval is 14 days, so not before 28-Dec-2026.";
    assert_eq!(told(&plan(|_| ()), "least-gap"), [text]);
    // An omitted dose is none: from 07-Dec to 21-Dec are 14 days.
    let omitted = plan(|course| {
        let key = Key { phase: Some("one".to_owned()), cycle: 2, day: 1, drug: "a".to_owned(), part: None };
        course.recorded.insert(key, AdministrationRecord::Omitted("fever".to_owned()));
    });
    assert_eq!(told(&omitted, "least-gap"), [] as [&str; 0]);
}

/// The last dose is on 04-Jan: 30 days later is 03-Feb, 84 days later 29-Mar.
#[test]
fn what_is_repeated_after_the_last_dose_says_so() {
    let plan = plan(|_| ());
    let dated: Vec<(&str, String)> =
        plan.assessments.iter().map(|one| (one.name.as_str(), calendar::iso(one.date))).collect();
    assert_eq!(dated, [("safety visit", "2027-02-03".to_owned()), ("survival", "2027-03-29".to_owned())]);
    let text = "Only the first is dated here, and more follow: safety visit: 30 days after the last dose, then every 12 weeks; survival: every 12 weeks from the last dose.";
    assert_eq!(told(&plan, "follow-up"), [text]);
}
