//! Arms and substitutes: one substitute a drug, only in its arm, and nothing planned after the last drug of an arm.

use posology::calendar::{self};
use posology::course::Course;
use posology::finding::Finding;
use posology::plan::{self, Options, Plan};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{HEAD, date, regimen, site};

/// Arm A: a through cycle 2 (or x or y instead), with b until stopped; arm B: a alone; arm C: b alone.
const ARMS: &str = r#"
[cycle]
length = "21 days"
count  = { until_stopped = true }
next   = "from actual day 1"
window = { early = "0 days", late = "3 days" }
stop   = ["disease progression"]
source = "unverified"

[[cohort]]
id = "A"

[[cohort]]
id = "B"

[[cohort]]
id = "C"

[[drug]]
name    = "a"
dose    = "100 mg"
cohorts = ["A", "B"]
cycles  = { through = 2 }
route   = "intravenous"
over    = "unknown"
days    = [1]
source  = "unverified"

[[drug]]
name       = "x"
instead_of = "a"
dose       = "50 mg"
cohorts    = ["A", "B"]
cycles     = { through = 2 }
route      = "intravenous"
over       = "unknown"
days       = [1]
source     = "unverified"

[[drug]]
name       = "y"
instead_of = "a"
dose       = "20 mg"
cohorts    = ["A"]
cycles     = { through = 2 }
route      = "intravenous"
over       = "unknown"
days       = [1]
source     = "unverified"

[[drug]]
name    = "b"
dose    = "10 mg"
cohorts = ["A", "C"]
route   = "intravenous"
over    = "unknown"
days    = [1]
source  = "unverified"

[[assessment]]
name   = "blood count"
clock  = "with each cycle"
days   = [1]
before = "3 days"
source = "unverified"

[[assessment]]
name   = "safety visit"
clock  = "from last dose"
after  = "30 days"
source = "unverified"

[[example]]
subject = { cohort = "A" }
start   = 2026-12-07
expect  = [
  { cycle = 1, day = 1, date = 2026-12-07, drug = "a", dose = "100 mg" },
  { cycle = 1, day = 1, date = 2026-12-07, drug = "b", dose = "10 mg" },
]
"#;

fn arms() -> Regimen {
    regimen(&format!("{HEAD}{ARMS}"))
}

fn plan(cohort: &str, instead: &[&str]) -> Result<Plan, Vec<Finding>> {
    let instead = instead.iter().map(|id| (*id).to_owned()).collect();
    let subject = Subject { cohort: Some(cohort.to_owned()), instead, ..Subject::default() };
    plan::plan(&arms(), &Course::new(date("2026-12-07"), subject), &site(), Options::default())
}

fn refused(cohort: &str, instead: &[&str]) -> String {
    let findings = plan(cohort, instead).unwrap_err();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings[0].text.clone()
}

fn drugs(plan: &Plan) -> Vec<&str> {
    plan.administrations.iter().filter(|one| one.key.cycle == 1).map(|one| one.key.drug.as_str()).collect()
}

#[test]
fn one_drug_has_one_substitute_in_its_own_arm() {
    assert_eq!(drugs(&plan("A", &["y"]).unwrap()), ["y", "b"]);
    assert_eq!(refused("A", &["x", "y"]), "x and y are both chosen instead of a; one may be.");
    // y belongs to arm A alone, and arm C has no drug that x may replace.
    assert_eq!(refused("B", &["y"]), "y may be given instead of a, but not in cohort B.");
    assert_eq!(refused("C", &["x"]), "x may be given instead of a, but not in cohort C.");
}

/// Arm B ends with cycle 2, 28-Dec: two visits, and the last dose is known. In arm A the other drug goes on: six cycles.
#[test]
fn an_arm_ends_with_its_last_drug() {
    let ends = plan("B", &[]).unwrap();
    assert_eq!((ends.cycles.len(), ends.continues), (2, false));
    let dated: Vec<(String, String)> =
        ends.assessments.iter().map(|one| (one.name.clone(), calendar::iso(one.date))).collect();
    // 3 days before each day 1 the count may be done, dated on day 1; 28-Dec + 30 days = 27-Jan.
    let expected = [("blood count", "2026-12-07"), ("blood count", "2026-12-28"), ("safety visit", "2027-01-27")];
    assert_eq!(dated, expected.map(|(name, date)| (name.to_owned(), date.to_owned())));
    let goes_on = plan("A", &[]).unwrap();
    assert_eq!((goes_on.cycles.len(), goes_on.continues), (6, true));
}

/// The texts of R075 for the file with its drug `b` given as another entry of `a`, at 100 mg, in these cohorts.
fn twice(cohorts: &str, dose: &str) -> Vec<String> {
    let (before, after) = ARMS.split_at(ARMS.find("name    = \"b\"").unwrap());
    let entry = format!("name    = \"a\"\nid      = \"b\"\n{dose}");
    let after = after.replacen("name    = \"b\"\ndose    = \"10 mg\"", &entry, 1).replacen(
        "cohorts = [\"A\", \"C\"]",
        cohorts,
        1,
    );
    let text = format!("{HEAD}{before}{after}");
    let checked = posology::checker::check(text.as_bytes(), &site());
    checked.findings.into_iter().filter(|one| one.code.name() == "R075").map(|one| one.text).collect()
}

/// Two entries of one drug in different arms are one dose for each subject; a line lost from one of them makes it two.
#[test]
fn one_drug_twice_is_told_where_one_arm_gets_both() {
    let both = ["a and b give 100 mg of a on the same day"];
    assert_eq!(twice("cohorts = [\"C\"]", "dose    = \"100 mg\""), Vec::<String>::new());
    assert_eq!(twice("cohorts = [\"B\", \"C\"]", "dose    = \"100 mg\""), both);
    assert_eq!(twice("", "dose    = \"100 mg\""), both);
    // A bolus and an infusion, say: another figure is another dose.
    assert_eq!(twice("", "dose    = \"40 mg\""), Vec::<String>::new());
    // By arm: 40 mg in A, and in B the 100 mg that `a` gives there.
    assert_eq!(twice("", "by_cohort = { A = \"40 mg\", B = \"90 mg\", C = \"100 mg\" }"), Vec::<String>::new());
    assert_eq!(twice("", "by_cohort = { A = \"40 mg\", B = \"100 mg\", C = \"10 mg\" }"), both);
}
