//! The doses and results that must be taken, and those that must not, on the command line and in the interface: the lists of
//! `tests/vectors/`, and what a list cannot say. Figures are worked out by hand.

use std::sync::Arc;

use posology::calendar::Site;
use posology::checker;
use posology::quantity::{Decimal, decimal};
use posology::regimen::Regimen;
use posology::subject::Fact;
use posology::tui::model::Screen;
use posology::tui::session::{FieldId, Session};
use posology::verify::dosed::{self, Dosed};
use posology::verify::people::{self, Way};

use crate::clinic::Clinic;
use crate::program::Home;
use crate::support::{BODY, EXAMPLE, HEAD, TWO_WEEKS, date, drug};
use crate::tui_record::Interface;

/// A file that gives the dose of a row, as an author writes it.
fn file(one: &Dosed) -> String {
    let over = match one.mode {
        "push" => "over = \"bolus\"",
        "short" => "over = \"4 hours\"",
        "long" => "over = \"46 hours\"",
        _ => "",
    };
    let dose = if one.mode == "long" { "total" } else { "dose" };
    let more = match one.route {
        "oral" => "given = \"clinic\"\nround = \"none\"".to_owned(),
        "intrathecal" => "round = \"none\"".to_owned(),
        _ => format!("cap = \"none\"\nwarn = \"read before use\"\nround = \"none\"\n{over}"),
    };
    let rescue = if one.rescue { "\nrescue = \"stem cells, or folinic acid\"" } else { "" };
    let lines = format!("route = \"{}\"\ndays = [1]\n{dose} = \"{}\"\n{more}{rescue}", one.route, one.dose);
    let drug = drug("a", &lines).replace("name = \"a\"", &format!("name = \"{}\"", one.substance));
    format!("{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{BODY}\n{drug}\n{EXAMPLE}")
}

/// The dose of a row for 1.75 m² and 65 kg, as the second person types it.
fn milligrams(one: &Dosed) -> String {
    let (value, unit) = one.dose.split_once(' ').unwrap();
    let size = match unit {
        "mg/m2" => Decimal::new(175, 2),
        "mg/kg" => Decimal::from(65),
        _ => Decimal::ONE,
    };
    let dose = decimal::half_up(Decimal::from_str_exact(value).unwrap() * size, 0).normalize();
    format!("{dose} mg")
}

#[test]
fn each_dose_has_the_way_that_is_its_own() {
    let (all, otherwise) = dosed::run();
    assert!(all > 30 && otherwise.is_empty(), "{otherwise:#?}");
}

#[test]
fn on_the_command_line_each_dose_is_planned_confirmed_or_refused() {
    for one in dosed::dosed() {
        let home = Home::new();
        std::fs::write(home.path().join("dose.toml"), file(&one)).unwrap();
        let plan = |more: &[&str]| {
            let line =
                ["plan", "./dose.toml", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--cycles", "1"];
            home.run(&[&line[..], more].concat())
        };
        let ran = plan(&[]);
        match one.way.unwrap() {
            Way::Open => assert_eq!(ran.code, 0, "{one:?}: {}", ran.err),
            Way::Closed => assert!(ran.code != 0 && ran.err.contains("R120"), "{one:?}: {}", ran.err),
            Way::Confirm => {
                assert!(ran.code == 3 && ran.err.contains("CONFIRM"), "{one:?}: {}", ran.err);
                let typed = milligrams(&one);
                let answer =
                    ["--confirm", "dose-large=as the protocol says", "--second", "B. Lee", "--second-figure", &typed];
                let ran = plan(&answer);
                assert_eq!(ran.code, 0, "{one:?}: {}", ran.err);
            }
            Way::Unit => unreachable!("a dose has its unit"),
        }
    }
}

#[test]
fn in_the_interface_each_dose_is_planned_confirmed_or_refused() {
    for one in dosed::dosed() {
        let clinic = Clinic::new();
        std::fs::create_dir_all(clinic.path("library")).unwrap();
        std::fs::write(
            clinic.path("library").join("a-dose.toml"),
            file(&one).replace("name = \"Test\"", "name = \"Qqq\""),
        )
        .unwrap();
        let mut interface = Interface::of(clinic);
        interface.typed("Qqq");
        let shown = interface.keys("<enter>");
        if one.way == Some(Way::Closed) {
            assert!(
                interface.model.session.is_none() && shown.contains("times the largest single dose in use"),
                "{one:?}: {shown}"
            );
            continue;
        }
        interface.keys("7dec");
        let mut fill = |id: FieldId, text: &str| {
            let session = interface.model.session.as_mut().unwrap();
            if session.fields.iter().any(|field| field.id == id) {
                session.focus = id;
                interface.keys("<ctrl-u>");
                interface.typed(text);
            }
            interface.model.planned().is_some()
        };
        fill(FieldId::Fact(Fact::Height), "170");
        fill(FieldId::Fact(Fact::Weight), "65");
        let planned = fill(FieldId::Fact(Fact::Start), "7dec");
        assert_eq!(planned, one.way == Some(Way::Open), "{one:?}");
        if one.way == Some(Way::Confirm) {
            fill(FieldId::Second, "B. Lee");
            fill(FieldId::Why, "as the protocol says");
            assert!(fill(FieldId::SecondDose, &milligrams(&one)), "{one:?}: {}", interface.text());
        }
    }
}

fn shipped(id: &str) -> Regimen {
    let path = format!("{}/regimens/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    checker::check(&std::fs::read(path).unwrap(), &Site::default()).regimen.unwrap()
}

/// A form of the interface, filled.
fn form(regimen: &Arc<Regimen>, typed: &[(FieldId, &str)]) -> Session {
    let mut session = Session::new(Arc::clone(regimen));
    for (id, text) in typed {
        session.fill(*id, text);
        session.plan_again(date("2026-12-01"), &Site::default());
    }
    session
}

/// A height that is ordinary at the age of a row.
fn height(age: &str) -> &'static str {
    match age {
        "1 d" => "50",
        "6 months" => "66",
        "2" => "87",
        "6" => "116",
        _ => "180",
    }
}

/// Creatinine by age, in either unit and in the wrong one: in a plan with carboplatin for adults, by Schwartz for children.
#[test]
fn each_creatinine_has_its_way_in_each_face() {
    let carboplatin = Arc::new(shipped("gyn-carboplatin-paclitaxel"));
    for one in people::people().filter(|one| !one.creatinine.is_empty()) {
        // Of the first day of life no formula makes a kidney function: the creatinine is looked at on the second.
        let one = if one.age == "0 d" { people::Person { age: "1 d", ..one } } else { one };
        let home = Home::new();
        let adult = one.age.parse::<u32>().is_ok_and(|age| age >= 18);
        let line: Vec<&str> = if adult {
            let body = ["--height", "180", "--weight", "80", "--sex", "male", "--start", "2026-12-07", "--cycles", "1"];
            [&["plan", "gyn-carboplatin-paclitaxel", "--age", one.age, "--creatinine", one.creatinine][..], &body]
                .concat()
        } else {
            let formula = ["--formula", "bedside-schwartz", "--height", height(one.age)];
            [&["calc", "renal", "--age", one.age, "--creatinine", one.creatinine][..], &formula].concat()
        };
        let ran = home.run(&line);
        let told = format!("{one:?}: {}", ran.err);
        let shown = if adult {
            let fact = FieldId::Fact;
            let typed = [
                (fact(Fact::Start), "7dec"),
                (fact(Fact::Height), "180"),
                (fact(Fact::Weight), "80"),
                (fact(Fact::Sex), "m"),
                (fact(Fact::Age), one.age),
                (fact(Fact::Creatinine), one.creatinine),
            ];
            form(&carboplatin, &typed).planned.is_some()
        } else {
            let mut interface = Interface::new();
            interface.keys("<f7>");
            let Some(Screen::Calculators(view)) = interface.model.stack.last_mut() else { panic!("{told}") };
            for (fact, text) in
                [(Fact::Height, height(one.age)), (Fact::Age, one.age), (Fact::Creatinine, one.creatinine)]
            {
                view.fill(FieldId::Fact(fact), text);
            }
            view.again(date("2026-12-07"));
            view.results().any(|(_, row)| row.title.starts_with("Bedside Schwartz"))
        };
        match one.way.unwrap() {
            Way::Open => assert!(ran.code == 0 && shown, "{told}"),
            Way::Confirm => assert!(ran.code == 3 && ran.err.contains("CONFIRM") && !shown, "{told}"),
            Way::Closed => assert!(ran.code == 3 && ran.err.contains("BLOCK") && !shown, "{told}"),
            Way::Unit => unreachable!("a creatinine has its unit"),
        }
    }
}

/// A man of 25, 180 cm, 80 kg, creatinine 0.45: (140 − 25) × 80 ÷ (72 × 0.45) = 284 raw; with the floor of 0.7 182.5, capped at
/// 125: 5 × (125 + 25) = 750 mg. The interface is in the row of the list above.
#[test]
fn a_young_man_with_little_creatinine_is_dosed_by_floor_and_cap() {
    let line = "--height 180 --weight 80 --sex male --age 25 --start 2026-12-07 --cycles 1 --as csv";
    let ran = Home::new().run(
        &["plan", "gyn-carboplatin-paclitaxel", "--creatinine", "0.45 mg/dL"]
            .into_iter()
            .chain(line.split(' '))
            .collect::<Vec<_>>(),
    );
    assert!(ran.code == 0 && ran.out.contains("750"), "{}{}", ran.out, ran.err);
}

/// 95 cm and 14 kg at 3 years are an ordinary child, in every file for children.
#[test]
fn a_child_of_three_is_planned_in_every_file_for_children() {
    for (id, cohort) in [
        ("heme-vincristine-paediatric", None),
        ("heme-imatinib-paediatric", None),
        ("heme-blinatumomab", Some("child")),
        ("heme-pegaspargase", None),
    ] {
        let mut line = vec!["plan", id, "--height", "95", "--weight", "14", "--age", "3", "--start", "2026-12-07"];
        line.extend(cohort.into_iter().flat_map(|cohort| ["--cohort", cohort]));
        let ran = Home::new().run(&line);
        assert_eq!(ran.code, 0, "{id}: {}", ran.err);
        let fact = FieldId::Fact;
        let typed = [
            (fact(Fact::Start), "7dec"),
            (fact(Fact::Height), "95"),
            (fact(Fact::Weight), "14"),
            (fact(Fact::Age), "3"),
            (fact(Fact::Cohort), cohort.unwrap_or_default()),
        ];
        let session = form(&Arc::new(shipped(id)), &typed);
        assert!(session.planned.is_some(), "{id}: {:?} {:?}", session.missing, session.findings);
    }
}

/// Metronomic capecitabine at every adult body surface, on the command line as a list and on the form.
#[test]
fn metronomic_capecitabine_is_planned_at_every_size() {
    let regimen = Arc::new(shipped("npc-capecitabine-metronomic"));
    let list: Vec<String> = (38..=130).map(|kg| format!("S-{kg},+7,165,{kg}kg,50")).collect();
    let home = Home::new();
    std::fs::write(home.path().join("list.csv"), format!("code,start,height,weight,age\n{}\n", list.join("\n")))
        .unwrap();
    let ran = home.run(&["cohort", "npc-capecitabine-metronomic", "list.csv", "-o", "out.csv"]);
    let left = std::fs::read_to_string(home.path().join("out-refused.csv")).unwrap();
    // The heaviest are asked about their weight, nobody about the tablets.
    assert!(!left.contains("rounded-too-far") && !left.contains(",refused,"), "{left}{}", ran.err);
    for kg in 38..=130 {
        let weight = format!("{kg}kg");
        let fact = FieldId::Fact;
        let typed = [
            (fact(Fact::Start), "7dec"),
            (fact(Fact::Height), "165"),
            (fact(Fact::Weight), weight.as_str()),
            (fact(Fact::Age), "50"),
        ];
        let session = form(&regimen, &typed);
        assert!(session.planned.is_some(), "{kg} kg: {:?}", session.findings);
    }
}

/// 75 on the day of consent and 76 on the first day, of a file that takes people through 75 years: the day of consent decides, and
/// the record keeps the age it decided by.
#[test]
fn the_age_on_the_day_of_consent_decides() {
    let lines = "route = \"intravenous\"\ndays = [1]\ndose = \"70 mg/m2\"\nround = \"none\"";
    let limits = "[eligibility]\nage = { through = \"75 years\" }\nsource = \"unverified\"\n";
    let example = EXAMPLE.replace("weight = \"65 kg\" }", "weight = \"65 kg\", age = \"50 years\" }");
    let text = format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n\n{limits}\n{BODY}\n{}\n{example}",
        drug("a", lines)
    );
    let clinic = Clinic::new();
    std::fs::write(clinic.path("limits.toml"), &text).unwrap();
    let path = clinic.path("limits.toml");
    let path = path.to_str().unwrap();
    let body = ["--height", "170", "--weight", "65", "--start", "2026-12-07", "--born", "1950-12-01"];
    let plan = |more: &[&str]| clinic.bare(&[&["plan", path][..], &body, more].concat());
    let refused = plan(&[]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(3) && told.contains("The age of 76 years lies outside"), "{told}");
    assert!(plan(&["--consented", "2026-11-24"]).status.success());
    let late = plan(&["--consented", "2026-12-02"]);
    let told = String::from_utf8_lossy(&late.stderr).into_owned();
    assert!(told.contains("The age on the day of consent of 76 years lies outside"), "{told}");
    let add = ["--consented", "2026-11-24", "--accept", "draft=training", "--accept", "unverified=training"];
    clinic.record(&[&["add", "S-075", path][..], &body, &add].concat());
    let shown = clinic.run(&["subject", "plan", "S-075"]);
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    // On the form too.
    let regimen = Arc::new(checker::check(text.as_bytes(), &Site::default()).regimen.unwrap());
    let fact = FieldId::Fact;
    let typed = [
        (fact(Fact::Start), "7dec"),
        (fact(Fact::Height), "170"),
        (fact(Fact::Weight), "65"),
        (fact(Fact::Age), "1950-12-01"),
    ];
    let mut session = form(&regimen, &typed);
    assert!(session.planned.is_none());
    session.fill(fact(Fact::Consented), "24nov");
    session.plan_again(date("2026-12-01"), &Site::default());
    assert!(session.planned.is_some(), "{:?}", session.findings);
}
