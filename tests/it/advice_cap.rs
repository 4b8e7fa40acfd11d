//! Advice never raises: what a row comes to is held at the dose in force, and a criterion is read as a rule is.
//! Starting dose 100 mg, levels 60 and 40 mg; expected doses are worked out by hand.

use posology::advice::{Advice, ObservationKind, Observations, ReducedDose, advise};
use posology::course::Reduction;
use posology::quantity::{Measured, Results};
use posology::regimen::Regimen;
use posology::subjects::known;

use crate::support::{HEAD, course, date, planned, regimen};

const TABLES: &str = r#"
[cycle]
length = "21 days"
count  = { planned = 4 }
next   = "from actual day 1"
window = { early = "0 days", late = "3 days" }
source = "unverified"

[[drug]]
name   = "irinotecan"
dose   = "100 mg"
route  = "intravenous"
over   = "90 minutes"
days   = [1]
round  = "none"
reduce = { to = ["60 mg", "40 mg"], then = "stop this drug", raise_again = "never" }
source = "unverified"

[[criterion]]
test      = "bilirubin"
at_most   = "1.5 x ULN"
days      = [1]
valid_for = "3 days"
otherwise = "delay"
source    = "unverified"

[[rule]]
grade  = "diarrhoea"
ctcae  = "5.0"
drugs  = "all"
rows   = [
  { through = "grade 1", do = "treat" },
  { is = "grade 2", do = { irinotecan = "level -1" } },
  { is = "grade 3", do = { irinotecan = "75 % of the protocol dose" } },
  { from = "grade 4", do = { irinotecan = "75 % of the last dose" } },
]
source = "unverified"

[[example]]
subject = { }
start   = 2026-12-07
expect  = [{ cycle = 1, day = 1, date = 2026-12-07, drug = "irinotecan", dose = "100 mg" }]
"#;

fn tables() -> Regimen {
    regimen(&format!("{HEAD}{TABLES}"))
}

fn lowered(grade: u32, level: &[&str]) -> ReducedDose {
    let mut observed = Observations::default();
    observed.grades.push(("diarrhoea".to_owned(), grade));
    level.iter().for_each(|text| observed.add(ObservationKind::Level, "irinotecan", text).unwrap());
    advise(&tables(), &observed).drugs[0].dose.unwrap()
}

/// The dose that follows, and what the row alone comes to where that is more.
fn doses(lowered: ReducedDose) -> (String, Option<String>) {
    (lowered.dose.unwrap().to_string(), lowered.above.map(|dose| dose.to_string()))
}

#[test]
fn a_share_is_never_above_the_dose_in_force() {
    let is = |dose: &str, above: Option<&str>| (dose.to_owned(), above.map(str::to_owned));
    // 75 % of 100 is 75, below 100.
    assert_eq!(doses(lowered(3, &["0"])), is("75 mg", None));
    // At level -1 (60) and level -2 (40), 75 mg would be more than is given now.
    assert_eq!(doses(lowered(3, &["-1"])), is("60 mg", Some("75 mg")));
    assert_eq!(doses(lowered(3, &["-2"])), is("40 mg", Some("75 mg")));
    // 75 % of the last dose: 75 % of 50 % of 100 = 37.5; at level -1 with 50 %: 75 % of 30 = 22.5.
    assert_eq!(doses(lowered(4, &["50%"])), is("37.5 mg", None));
    assert_eq!(doses(lowered(4, &["-1", "50%"])), is("22.5 mg", None));
    // Level -1 is 60 mg: more than 50 % of 100.
    assert_eq!(doses(lowered(2, &["50%"])), is("50 mg", Some("60 mg")));
}

#[test]
fn the_record_knows_the_percentage_in_force() {
    let regimen = tables();
    let mut course = course("2026-12-07", "170 cm", "65 kg");
    let from = (regimen.phases[0].id.clone(), 1);
    let (drug, reason) = ("irinotecan".to_owned(), "diarrhoea".to_owned());
    course.reductions.push(Reduction { drug, from, level: None, percent: Some(50.into()), reason });
    let mut observed = known(&course, Some(&planned(&regimen, &course)), date("2026-12-07"));
    observed.grades.push(("diarrhoea".to_owned(), 4));
    let dose = |observed: &Observations| doses(advise(&regimen, observed).drugs[0].dose.unwrap()).0;
    assert_eq!(dose(&observed), "37.5 mg");
    // What a person says to be in force replaces what the plan knew: 75 % of 50 % of 40.
    observed.add(ObservationKind::Level, "irinotecan", "-2").unwrap();
    assert_eq!(dose(&observed), "15 mg");
}

/// From 70 years the start is 50 %: 50 mg, and of the levels 60 and 40 mg it is 30 and 20 mg, as the plan gives them.
#[test]
fn a_percentage_of_the_start_holds_for_every_level() {
    let start = "start = [{ when = { age = { from = \"70 years\" } }, percent = \"50 %\" }]\nreduce =";
    let regimen =
        regimen(&format!("{HEAD}{TABLES}").replacen("reduce =", start, 1).replacen("{ }", "{ age = \"40 years\" }", 1));
    let of = |age: &str, level: &[&str]| {
        let mut observed = Observations { age: Some(age.parse().unwrap()), ..Observations::default() };
        observed.grades.push(("diarrhoea".to_owned(), 2));
        level.iter().for_each(|text| observed.add(ObservationKind::Level, "irinotecan", text).unwrap());
        doses(advise(&regimen, &observed).drugs[0].dose.unwrap())
    };
    assert_eq!(of("69", &[]), ("60 mg".to_owned(), None));
    assert_eq!(of("75", &[]), ("30 mg".to_owned(), None));
    assert_eq!(of("75", &["-2"]), ("20 mg".to_owned(), None));
    let mut course = course("2026-12-07", "170 cm", "65 kg");
    course.subject.age = Some(posology::quantity::Age::read("75").unwrap());
    let mut observed = known(&course, Some(&planned(&regimen, &course)), date("2026-12-07"));
    observed.grades.push(("diarrhoea".to_owned(), 2));
    assert_eq!(doses(advise(&regimen, &observed).drugs[0].dose.unwrap()).0, "30 mg");
}

fn bilirubin(result: &str, limit: Option<&str>) -> Advice {
    let mut observed = Observations::default();
    observed.tests.push(("bilirubin".to_owned(), Measured::read(result).unwrap()));
    observed.limits.extend(limit.map(|limit| ("bilirubin".to_owned(), Measured::read(limit).unwrap())));
    advise(&tables(), &observed)
}

/// The criterion is at most 1.5 x ULN: of 20 umol/L, 30 umol/L.
#[test]
fn a_criterion_takes_the_upper_limit_of_normal_and_asks_for_it() {
    let row = |result: &str| bilirubin(result, Some("20 umol/L")).rows[0].clone();
    assert_eq!(row("60 umol/L").row, "at most 1.5 x ULN on day 1: not met");
    assert_eq!(row("60 umol/L").found, "bilirubin 60 umol/L = 3 x ULN (20 umol/L)");
    assert!(row("30 umol/L").row.ends_with(": met") && row("31 umol/L").row.ends_with("not met"));
    assert_eq!(bilirubin("2 x ULN", None).rows[0].row, "at most 1.5 x ULN on day 1: not met");
    for (limit, needs) in
        [(None, "the upper limit of normal"), (Some("20 U/L"), "the upper limit of normal in the unit of the result")]
    {
        let asked = bilirubin("60 umol/L", limit);
        assert_eq!((asked.rows.len(), asked.open[0].needs.as_str()), (0, needs));
        let fields = posology::advice::table_inputs(&tables());
        assert!(fields.iter().any(|one| one.kind == ObservationKind::Limit && one.name == asked.open[0].name));
    }
}

#[test]
fn only_a_percentage_up_to_a_hundred_is_in_force() {
    for text in ["0%", "101%", "-5%", "x%", "%", "1"] {
        assert!(Observations::default().add(ObservationKind::Level, "irinotecan", text).is_err(), "{text}");
    }
}

/// The start goes by the platelets of the first day: 180 is 300 mg, and one level below it 200; by today's 100 the start
/// would be 200 mg, and one level below it 100.
#[test]
fn the_start_of_a_subject_is_that_of_the_plan_and_not_of_what_was_found_today() {
    let table = r#"table = [
  { test = { platelets = { below = "150 10^9/L" } }, dose = "200 mg", reduce = { to = ["100 mg"], then = "stop this drug", raise_again = "never" } },
  { test = { platelets = { from = "150 10^9/L" } }, dose = "300 mg", reduce = { to = ["200 mg", "100 mg"], then = "stop this drug", raise_again = "never" } },
]
"#;
    let file = TABLES
        .replace("dose   = \"100 mg\"\n", table)
        .replace("reduce = { to = [\"60 mg\", \"40 mg\"], then = \"stop this drug\", raise_again = \"never\" }\n", "")
        .replace("{ irinotecan = \"level -1\" }", "{ irinotecan = \"one level down\" }")
        .replace("subject = { }", "subject = { test = { platelets = \"100 10^9/L\" } }")
        .replace("dose = \"100 mg\" }]", "dose = \"200 mg\" }]");
    let regimen = regimen(&format!("{HEAD}{file}"));
    let mut course = course("2026-12-07", "170 cm", "65 kg");
    course.subject.tests = Results::read("platelets 180 10^9/L").unwrap();
    let mut observed = known(&course, Some(&planned(&regimen, &course)), date("2026-12-07"));
    observed.add(ObservationKind::Test, "platelets", "100 10^9/L").unwrap();
    observed.add(ObservationKind::Grade, "diarrhoea", "2").unwrap();
    assert_eq!(doses(advise(&regimen, &observed).drugs[0].dose.unwrap()), ("200 mg".to_owned(), None));
}
