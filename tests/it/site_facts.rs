//! What a study or a site says of its doses: the tablets that are supplied, the grades that are raised; and the reasons that are
//! chosen. On the command line and in the interface. Figures are worked out by hand.

use std::fs;
use std::sync::Arc;

use posology::calendar::Site;
use posology::checker;
use posology::course::{Course, Reduction};
use posology::decide::reasons;
use posology::finding::{Grades, Lift, Severity};
use posology::plan::{self, Options};
use posology::quantity::{Amount, Decimal};
use posology::regimen::Regimen;
use posology::subject::Fact;
use posology::tui::session::{FieldId, Session};

use crate::clinic::Clinic;
use crate::program::Home;
use crate::support::{course, date};
use crate::tui_record::Interface;

const ADJUVANT: &str = "npc-capecitabine-adjuvant";

fn shipped(id: &str) -> Regimen {
    let path = format!("{}/regimens/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    checker::check(&fs::read(path).unwrap(), &Site::default()).regimen.unwrap()
}

fn supplied(strengths: &[&str]) -> Site {
    let strengths = strengths.iter().map(|text| Amount::read(text).unwrap()).collect();
    Site { tablets: [("capecitabine".to_owned(), strengths)].into(), ..Site::unknown() }
}

fn half(mut course: Course) -> Course {
    course.reductions.push(Reduction {
        drug: "capecitabine".to_owned(),
        from: (None, 1),
        level: None,
        percent: Some(Decimal::from(50)),
        reason: "grade 3".to_owned(),
    });
    course
}

/// Morning and evening of the first day, and the tablets of each.
fn first_day(site: &Site, course: &Course) -> (String, String) {
    let plan = plan::plan(&shipped(ADJUVANT), course, site, Options::default()).unwrap();
    let dose = &plan.administrations[0].dose;
    let counted = |tablets: &[(u32, Amount)]| {
        tablets.iter().map(|(count, strength)| format!("{count} x {strength}")).collect::<Vec<_>>().join(" + ")
    };
    match (dose.parts, &dose.part_tablets) {
        (Some((morning, evening)), Some((of_morning, of_evening))) => {
            (format!("{morning} + {evening}"), format!("{}; {}", counted(of_morning), counted(of_evening)))
        }
        _ => (format!("2 x {}", dose.amount), counted(&dose.supply.tablets)),
    }
}

/// 1,000 × 1.75 = 1,750 mg twice a day. With 150 and 500 mg (the file): 1,800 and, of half the dose (875), 800 mg. With 500 mg
/// alone the day's 3,500 is 1,500 + 2,000; half of it 1,750, which is 500 + 1,000 and never 2,000. With 300 and 500: 875 is
/// 800 (500 + 300), 1,750 lies between 1,600 (500 + 500 + 300 + 300) and 1,800 (1,500 + 300), nearer to 1,800.
#[test]
fn tablets_supplied_go_before_those_of_the_file() {
    let (full, half) = (course("2026-12-07", "170", "65"), half(course("2026-12-07", "170", "65")));
    let of = |strengths: &[&str], course: &Course| first_day(&supplied(strengths), course);
    let owned = |doses: &str, tablets: &str| (doses.to_owned(), tablets.to_owned());
    for site in [Site::unknown(), supplied(&["500 mg", "150 mg"])] {
        assert_eq!(first_day(&site, &full), owned("2 x 1,800 mg", "3 x 500 mg + 2 x 150 mg"));
        assert_eq!(first_day(&site, &half), owned("2 x 800 mg", "1 x 500 mg + 2 x 150 mg"));
    }
    assert_eq!(of(&["500 mg"], &full), owned("1,500 mg + 2,000 mg", "3 x 500 mg; 4 x 500 mg"));
    assert_eq!(of(&["500 mg"], &half), owned("500 mg + 1,000 mg", "1 x 500 mg; 2 x 500 mg"));
    assert_eq!(of(&["500 mg", "300 mg"], &full), owned("2 x 1,800 mg", "3 x 500 mg + 1 x 300 mg"));
    assert_eq!(of(&["500 mg", "300 mg"], &half), owned("2 x 800 mg", "1 x 500 mg + 1 x 300 mg"));
    let told = |strengths: &[&str]| {
        let plan = plan::plan(&shipped(ADJUVANT), &full, &supplied(strengths), Options::default()).unwrap();
        plan.findings.into_iter().find(|one| one.code.name() == "tablets-supplied").map(|one| one.text)
    };
    let words = "capecitabine: tablets of 500 mg are supplied here; the file states 500 mg and 150 mg.";
    assert_eq!(told(&["500 mg"]).as_deref(), Some(words));
    assert_eq!(told(&["500 mg", "150 mg"]), None);
    // Whatever is supplied, every adult has a plan, and half the dose is never more than half.
    for kilograms in (38..=130).step_by(4) {
        let at = course("2026-12-07", "165", &format!("{kilograms}kg"));
        for strengths in [&["500 mg"][..], &["500 mg", "150 mg"], &["150 mg"]] {
            let site = supplied(strengths);
            let plan = plan::plan(&shipped(ADJUVANT), &self::half(at.clone()), &site, Options::default()).unwrap();
            let dose = &plan.administrations[0].dose;
            let day = dose.parts.map_or(dose.amount.value * Decimal::TWO, |(a, b)| a.value + b.value);
            assert!(day <= dose.calculated.value * Decimal::TWO && day > Decimal::ZERO, "{kilograms} kg {strengths:?}");
        }
    }
}

/// A dose that is the same for everybody is told where the strengths do not make it: 300 mg of olaparib from tablets of 200 mg.
#[test]
fn a_dose_that_the_tablets_do_not_make_is_told() {
    let of = |strength: &str| {
        let site = Site {
            tablets: [("olaparib".to_owned(), vec![Amount::read(strength).unwrap()])].into(),
            ..Site::unknown()
        };
        let plan = plan::plan(&shipped("gyn-olaparib"), &course("2026-12-07", "165", "60"), &site, Options::default())
            .unwrap();
        plan.findings.into_iter().find(|one| one.code.name() == "tablets-not-made").map(|one| (one.severity, one.text))
    };
    assert_eq!(of("100 mg"), None);
    let text = "olaparib tablets: 300 mg cannot be made of the tablets supplied here, 200 mg.".to_owned();
    assert_eq!(of("200 mg"), Some((Severity::Warn, text)));
}

/// The study's file in both faces: the record of the command line, opened in the interface.
#[test]
fn a_study_file_says_the_tablets_and_both_faces_obey() {
    let mut clinic = Clinic::new();
    let study = "format = 1\n[study]\ncode = \"TR-01\"\nnamespace = \"7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f\"\n[tablets]\ncapecitabine = [\"500 mg\"]\n";
    fs::write(clinic.path("tr-01.toml"), study).unwrap();
    clinic.extra = vec!["--study".to_owned(), clinic.path("tr-01.toml").display().to_string()];
    clinic.record(&[
        "add",
        "S-014",
        ADJUVANT,
        "--height",
        "170",
        "--weight",
        "65",
        "--age",
        "50",
        "--start",
        "2026-12-07",
        "--accept",
        "draft=1",
        "--accept",
        "unverified=1",
    ]);
    clinic.record(&["level", "S-014", "capecitabine=50%", "--from", "1", "--reason", "hand-foot syndrome grade 3"]);
    let plan = clinic.run(&["subject", "plan", "S-014", "--as", "text"]);
    let shown = String::from_utf8(plan.stdout).unwrap();
    assert!(shown.contains("500 mg") && shown.contains("1,000 mg") && !shown.contains("800 mg"), "{shown}");
    let shown_file = clinic.bare(&["study", "show", clinic.path("tr-01.toml").to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&shown_file.stdout).contains("tablets of capecitabine: 500 mg"));
    let mut interface = Interface::at(clinic, supplied(&["500 mg"]));
    let shown = interface.keys("<f3><enter>");
    assert!(shown.contains("S-014") && shown.contains("1,000 mg") && !shown.contains("800 mg"), "{shown}");
}

fn form(site: &Site, typed: &[(FieldId, &str)]) -> Session {
    let mut session = Session::new(Arc::new(shipped("npc-liposomal-irinotecan-nituzumab")));
    for (id, text) in typed {
        session.fill(*id, text);
        session.plan_again(date("2026-12-01"), site);
    }
    session
}

/// BMI 42.1 is a WARN; where the site asks CONFIRM of it, it is measured again, on both faces. What is graver stays.
#[test]
fn a_site_raises_a_grade_on_both_faces() {
    let home = Home::new();
    let line = |weight: &'static str, more: &[&str]| {
        let body = ["plan", "npc-liposomal-irinotecan-nituzumab", "--height", "170cm", "--weight", weight];
        home.run(&[&body[..], &["--start", "2026-12-07", "--cycles", "1", "--site-file", "site.toml"], more].concat())
    };
    fs::write(home.path().join("site.toml"), "").unwrap();
    assert_eq!(line("121.7kg", &[]).code, 0);
    fs::write(home.path().join("site.toml"), "[grades]\nbmi-range = \"confirm\"\n").unwrap();
    let asked = line("121.7kg", &[]);
    assert!(
        asked.code == 3 && asked.err.contains("CONFIRM") && asked.err.contains("The site asks CONFIRM of it"),
        "{}",
        asked.err
    );
    let answered = line("121.7kg", &["--confirm", "bmi-range=1", "--second", "B. Lee"]);
    assert!(
        answered.code == 0 && answered.out.contains("measured twice, the same"),
        "{}{}",
        answered.out,
        answered.err
    );
    assert_eq!(line("65kg", &[]).code, 0);
    fs::write(home.path().join("site.toml"), "[grades]\nbmi-range = \"block\"\n").unwrap();
    let blocked = line("121.7kg", &["--confirm", "bmi-range=1", "--second", "B. Lee"]);
    assert!(blocked.code == 3 && blocked.err.contains("BLOCK"), "{}", blocked.err);

    let mut grades = Grades::default();
    grades.raise("bmi-range", Severity::Confirm);
    let site = Site { grades, ..Site::unknown() };
    let fact = FieldId::Fact;
    let typed = [(fact(Fact::Start), "7dec"), (fact(Fact::Height), "170cm"), (fact(Fact::Weight), "121.7kg")];
    assert!(form(&Site::unknown(), &typed).planned.is_some());
    let waits = form(&site, &typed);
    let asks = waits.findings.iter().find(|one| one.code.name() == "bmi-range").unwrap();
    assert!(waits.planned.is_none() && matches!(asks.lift(), Some(Lift::Again(_))), "{asks:?}");
    let again = [(FieldId::Again(Fact::Weight), "121.7kg"), (FieldId::Why, "2")];
    let mut done = waits;
    for (id, text) in again {
        done.fill(id, text);
        done.plan_again(date("2026-12-01"), &site);
    }
    let planned = done.planned.as_ref().unwrap_or_else(|| panic!("{:?}", done.findings));
    assert_eq!(planned.course.answered[0].reason, "checked against the source document");
}

/// A grade is refused where it would raise nothing: note, a word that is none, a code that no message has, a site below its study.
#[test]
fn a_grade_is_never_lowered() {
    let home = Home::new();
    let told = |grades: &str| {
        fs::write(home.path().join("site.toml"), format!("[grades]\n{grades}\n")).unwrap();
        let ran = home.run(&[
            "plan",
            "npc-liposomal-irinotecan-nituzumab",
            "--height",
            "170",
            "--weight",
            "65",
            "--start",
            "2026-12-07",
            "--site-file",
            "site.toml",
        ]);
        assert_ne!(ran.code, 0, "{grades}");
        ran.err
    };
    assert!(told("bmi-range = \"note\"").contains("a grade is raised, never lowered"));
    assert!(told("bmi-range = \"stop\"").contains("is not a valid grade"));
    let unknown = told("bmi-rage = \"warn\"");
    assert!(unknown.contains("no message has this code") && unknown.contains("bmi-range"), "{unknown}");

    let study = |of_site: &str| {
        let text = format!(
            "format = 1\n[study]\ncode = \"TR-01\"\nnamespace = \"7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f\"\n[grades]\nbmi-range = \"confirm\"\n[[site]]\nname = \"North\"\n[[site.contact]]\nwho = \"nurse\"\nnumber = \"1\"\n[site.grades]\n{of_site}\n"
        );
        fs::write(home.path().join("study.toml"), text).unwrap();
        home.run(&["study", "check", "study.toml"])
    };
    assert_eq!(study("bmi-range = \"block\"").code, 0);
    let lowered = study("bmi-range = \"warn\"");
    assert!(
        lowered.code == 1 && lowered.out.contains("the study asks CONFIRM of bmi-range"),
        "{}{}",
        lowered.out,
        lowered.err
    );
    let unknown = study("bmi-rage = \"warn\"");
    assert!(unknown.code == 1, "{}{}", unknown.out, unknown.err);
}

/// A reason is chosen by its number from the list that the refusal, the page of the code and the field show; a number beside
/// the list is refused, and the words are what is kept.
#[test]
fn a_reason_is_chosen_by_its_number() {
    let clinic = Clinic::new();
    let add = [
        "add",
        "S-014",
        "npc-liposomal-irinotecan-nituzumab",
        "--height",
        "170",
        "--weight",
        "65",
        "--start",
        "2026-12-07",
    ];
    let asked = clinic.refused(&add, "draft");
    assert!(asked.contains("1 training or test; 2 checked on paper by a second person"), "{asked}");
    let none = clinic.run(&[&["subject"][..], &add, &["--accept", "draft=7", "--who", "A. Nurse"]].concat());
    assert!(String::from_utf8_lossy(&none.stderr).contains("7 is none of 1 training or test"));
    clinic.record(&[&add[..], &["--accept", "draft=2"]].concat());
    let kept = clinic.show().to_string();
    assert!(kept.contains("checked on paper by a second person"), "{kept}");
    let page = Home::new().run(&["regimen", "explain", "bmi-range"]);
    assert!(page.out.contains(&reasons::listed("bmi-range")), "{}", page.out);

    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>");
    let shown = interface.keys("rS-015<enter>A.Nurse<enter>");
    assert!(shown.contains("Reason for using a draft regimen"), "{shown}");
    let drawn = interface.drawn(100, 30);
    assert!(drawn.contains("1 training or test"), "{drawn}");
    let chosen = interface.keys("1");
    let drawn = interface.drawn(100, 30);
    assert!(drawn.contains("training or test") && chosen.contains("would be recorded"), "{drawn}{chosen}");
    assert!(interface.keys("<f2>").contains("S-015: enrolled"));
    let answers = &interface.model.open_subject().unwrap().0.opened.folded.history[0].entry.answers;
    assert!(answers.iter().any(|one| one.code == "draft" && one.reason == "training or test"), "{answers:?}");
}
