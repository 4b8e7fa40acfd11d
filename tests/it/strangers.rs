//! What people who did not write the program found wrong with its doses. Every figure is worked out here.

use posology::checker;
use posology::course::Reduction;
use posology::finding::{Finding, Severity};
use posology::plan::{self, Options};
use posology::quantity::{Age, Decimal};
use posology::regimen::Regimen;

use crate::clinic::Clinic;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, course, dose, drug, one_phase, planned, site};

fn tablets(dose: &str) -> Regimen {
    let lines = format!(
        "route = \"oral\"\ngiven = \"clinic\"\ndose = \"{dose}\"\ndays = [1]\ntablets = [\"150 mg\", \"500 mg\"]\nround = {{ nearest = \"tablet\", ties = \"up\" }}"
    );
    one_phase(TWO_WEEKS, &drug("a", &lines))
}

/// Four tablets of 500 mg are 2,000 mg, of 150 mg alone 1,950; 1,005 is nearest to 1,000; 1,450 is 2 x 500 + 3 x 150. Of a dose
/// that is reduced, 1,940 mg at most: 3 x 500 + 2 x 150 = 1,800, 1 x 500 + 9 x 150 = 1,850, 13 x 150 = 1,950; 1,900 is
/// 2 x 500 + 6 x 150.
#[test]
fn whole_tablets_of_two_strengths_are_taken_together() {
    let of = |text: &str| dose(&planned(&tablets(text), &course("2026-12-07", "170", "65")), "a", 1, 1);
    assert_eq!([of("2000 mg"), of("1005 mg"), of("1455 mg")], ["2,000 mg", "1,000 mg", "1,450 mg"]);
    let mut reduced = course("2026-12-07", "170", "65");
    reduced.reductions.push(Reduction {
        drug: "a".to_owned(),
        from: (None, 1),
        level: None,
        percent: Some(Decimal::from(97)),
        reason: "grade 3".to_owned(),
    });
    assert_eq!(dose(&planned(&tablets("2000 mg"), &reduced), "a", 1, 1), "1,900 mg");
    // Of a day, divided: 3,100 mg is 4 x 500 + 4 x 150 + 500 …, and both halves are whole tablets.
    let lines = "route = \"oral\"\ngiven = \"home\"\ndose = \"1550 mg\"\ntimes = \"twice daily\"\nstarts = \"morning\"\ndays = [1]\nmissed = \"skip\"\ncycle_total = \"3100 mg\"\n\
                 tablets = [\"150 mg\", \"500 mg\"]\nround = { nearest = \"tablet\", ties = \"up\", of = \"daily total\", larger = \"evening\" }";
    let plan = planned(&one_phase(TWO_WEEKS, &drug("a", lines)), &course("2026-12-07", "170", "65"));
    let given = &plan.administrations[0].dose;
    let day = given.parts.map_or(given.amount.value * Decimal::TWO, |(morning, evening)| morning.value + evening.value);
    assert_eq!(day, Decimal::from(3_100));
    let counted = given.part_tablets.as_ref().map_or(given.supply.tablets.len(), |(a, b)| a.len().min(b.len()));
    assert!(counted > 0, "{given:?}");
}

fn told(plan: &plan::Plan, code: &str) -> Option<Finding> {
    plan.findings.iter().find(|one| one.code.name() == code).cloned()
}

/// 180 x 2.44 m2 = 439 mg and, a level down, 150 x 2.44 = 366 mg: both 350 mg by the cap, which changes nothing.
#[test]
fn a_reduction_that_a_cap_takes_back_waits_for_a_second_person() {
    let lines = "route = \"intravenous\"\ndose = \"180 mg/m2\"\ncap = \"350 mg\"\nreduce = { to = [\"150 mg/m2\", \"100 mg/m2\"], then = \"stop this drug\", raise_again = \"never\" }\ndays = [1]\nround = \"none\"";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let at = |level: i32| {
        let mut heavy = course("2026-12-07", "170cm", "126kg");
        heavy.reductions.push(Reduction {
            drug: "a".to_owned(),
            from: (None, 1),
            level: Some(level),
            percent: None,
            reason: "grade 3".to_owned(),
        });
        plan::plan(&regimen, &heavy, &site(), Options::default())
    };
    let refused = at(-1).unwrap_err();
    let asked = refused.iter().find(|one| one.code.name() == "reduction-without-effect").unwrap();
    assert_eq!(asked.severity, Severity::Confirm);
    assert!(asked.text.contains("reduced from 180 mg/m2 to 150 mg/m2, it is capped at 350 mg again"), "{}", asked.text);
    // 100 x 2.44 = 244 mg: this one does something.
    assert_eq!(dose(&at(-2).unwrap(), "a", 1, 1), "244 mg");
}

/// 525 mg/m2 a week in seven doses are 75 mg/m2 each, the largest of its kind; 3,000 a week are 428.6 each.
#[test]
fn the_dose_of_a_week_is_held_to_the_row_by_its_parts() {
    let found = |dose: &str| {
        let lines = format!(
            "route = \"intravenous\"\n{dose}\ndays = {{ from = 1, through = 14 }}\nmissed = \"skip\"\ncap = \"none\"\nwarn = \"x\"\nround = \"none\""
        );
        let file = format!(
            "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{}\n{EXAMPLE}",
            drug("a", &lines).replace("name = \"a\"", "name = \"docetaxel\"")
        );
        let checked = checker::check(file.as_bytes(), &site());
        checked.findings.into_iter().find(|one| one.code.name() == "R120").map(|one| (one.severity, one.text))
    };
    assert_eq!(found("dose_per_week = \"525 mg/m2\"\ncycle_total = \"1050 mg/m2\""), None);
    let (severity, text) = found("dose_per_week = \"7000 mg/m2\"\ncycle_total = \"14000 mg/m2\"").unwrap();
    assert!(severity == Severity::Block && text.contains("is 10 times"), "{text}");
}

/// 35 mg from tablets of 50 and 10 mg, not rounded: nobody can hand that out.
#[test]
fn a_dose_that_the_tablets_of_the_file_do_not_make_is_told() {
    let of = |milligrams: &str| {
        let lines = format!(
            "route = \"oral\"\ngiven = \"clinic\"\ndose = \"{milligrams} mg\"\ndays = [1]\ntablets = [\"50 mg\", \"10 mg\"]\nround = \"none\""
        );
        told(
            &planned(&one_phase(TWO_WEEKS, &drug("a", &lines)), &course("2026-12-07", "170", "65")),
            "tablets-not-made",
        )
    };
    assert_eq!(of("60"), None);
    let asked = of("35").unwrap();
    assert_eq!(
        (asked.severity, asked.text.as_str()),
        (Severity::Warn, "a: 35 mg cannot be made of the tablets of the file, 50 mg and 10 mg.")
    );
}

/// A file that is for children by its name is not asked about of a child, and is of everybody else.
#[test]
fn a_file_for_children_is_asked_about_of_adults() {
    let lines = "route = \"intravenous\"\ndose = \"1 mg\"\ndays = [1]\nround = \"none\"";
    let file = |name: &str| {
        let text =
            format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{}\n{EXAMPLE}", drug("a", lines));
        crate::support::regimen(&text.replace("name = \"Test\"", &format!("name = \"{name}\"")))
    };
    let asked = |name: &str, height: &str, weight: &str, age: Option<&str>| {
        let mut course = course("2026-12-07", height, weight);
        course.subject.age = age.and_then(|age| Age::read(age).ok());
        told(&planned(&file(name), &course), "no-age-stated").map(|one| one.text)
    };
    assert_eq!(asked("Weekly, children", "95", "14kg", Some("3")), None);
    assert_eq!(asked("Weekly", "170", "65", None), None);
    assert!(asked("Weekly", "95", "14kg", Some("3")).unwrap().contains("does not say from which age"));
    assert!(asked("Weekly, children", "165", "70kg", None).unwrap().contains("the age of the subject is not known"));
    assert!(asked("Weekly, children", "165", "70kg", Some("40")).unwrap().contains("is for children by its name"));
}

/// Born on 20-Dec-2022, three days into the fourth year of the second cycle: 12 mg by the date of birth, 10 mg on record.
#[test]
fn a_dose_by_an_age_that_the_record_does_not_follow_is_asked_about() {
    let table = r#"{ age = { below = "4 years" }, dose = "10 mg" }, { age = { from = "4 years" }, dose = "12 mg" }"#;
    let lines = format!("route = \"intrathecal\"\ntable = [{table}]\ndays = [1]\nround = \"none\"");
    let file = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{}\n{}",
        drug("a", &lines).replace("name = \"a\"", "name = \"methotrexate\""),
        EXAMPLE.replace("weight = \"65 kg\" }", "weight = \"65 kg\", age = \"30 years\" }")
    );
    let clinic = Clinic::new();
    std::fs::write(clinic.path("by-age.toml"), file).unwrap();
    let path = clinic.path("by-age.toml").display().to_string();
    let add = |born: &'static str| {
        let body = [
            "subject",
            "add",
            "S-014",
            &path,
            "--height",
            "98",
            "--weight",
            "15",
            "--start",
            "2026-12-07",
            "--born",
            born,
        ];
        let ran = clinic.run(&[&body[..], &["--who", "A. Nurse"]].concat());
        String::from_utf8_lossy(&ran.stderr).into_owned()
    };
    let asked = add("2022-12-20");
    assert!(asked.contains("is 12 mg by the date of birth") && asked.contains("goes on with 10 mg"), "{asked}");
    assert!(asked.contains("--accept age-not-kept="), "{asked}");
    assert!(!add("2023-12-20").contains("by the date of birth"));
}

/// Ten times 123 mg, and as much in a second dose: a second person confirms that so much was given; a tenth is asked about.
#[test]
fn a_dose_of_more_than_twice_the_plan_is_confirmed_by_a_second_person() {
    let clinic = Clinic::new();
    clinic.enrol();
    let given = |dose: &'static str, more: &[&str]| {
        let line = ["given", "S-014", "--cycle", "1", "--drug", "irinotecan", "--dose", dose];
        clinic.run(&[&["subject"][..], &line, more, &["--who", "A. Nurse", "--yes"]].concat())
    };
    let err = |ran: &std::process::Output| String::from_utf8_lossy(&ran.stderr).into_owned();
    let tenfold = given("1230 mg", &["--accept", "dose-differs=1"]);
    let said = err(&tenfold);
    assert!(
        tenfold.status.code() == Some(3) && said.contains("CONFIRM") && said.contains("Is it ten times too large?"),
        "{said}"
    );
    let tenth = err(&given("12.3 mg", &[]));
    assert!(tenth.contains("WARN") && tenth.contains("Is it ten times too small?"), "{tenth}");
    let confirmed = given("1230 mg", &["--confirm", "dose-differs=1", "--second", "B. Lee"]);
    assert!(confirmed.status.success(), "{}", err(&confirmed));

    let twice = Clinic::new();
    twice.enrol();
    twice.record(&["given", "S-014", "--cycle", "1"]);
    let second =
        ["subject", "given", "S-014", "--cycle", "1", "--drug", "irinotecan", "--dose", "1490 mg", "--second-dose"];
    let second = twice.run(&[&second[..], &["--accept", "second-dose=1", "--who", "A. Nurse", "--yes"]].concat());
    assert!(second.status.code() == Some(3), "{}", err(&second));
    assert!(err(&second).contains("1,490 mg against 123 mg planned"), "{}", err(&second));
}
