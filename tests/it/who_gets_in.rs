//! Who must get in, and who must not without an act: the same people on the command line and in the interface.
//!
//! Each row is a person as a form has them. *Open* needs nothing but an answer to a WARN; *Unit* one of the units typed behind
//! the bare figure; *Confirm* a figure measured again; *Closed* is no living person.

use posology::verify::people::{self, Person, Way};

use crate::program::Home;
use crate::tui_record::Interface;

/// Those of the list who are typed with a height and a weight into a regimen.
fn sized() -> Vec<Person> {
    people::people().filter(|one| !one.height.is_empty()).collect()
}

#[test]
fn each_has_the_way_that_is_theirs() {
    let (all, otherwise) = people::run();
    assert!(all > 35, "{all}");
    let told: Vec<String> = otherwise.iter().map(|one| format!("{one:?}: {:?}", one.asked())).collect();
    assert!(told.is_empty(), "{told:#?}");
}

const TRIAL: &str = "npc-liposomal-irinotecan-nituzumab";
const CHILDREN: &str = "heme-vincristine-paediatric";

fn regimen(one: &Person) -> &'static str {
    let child = one.age.contains(['d', 'm']) || one.age.parse::<u32>().is_ok_and(|age| age < 18);
    if child { CHILDREN } else { TRIAL }
}

/// Height and weight with the unit that was meant, behind the figure that is asked about.
fn with_unit(one: &Person) -> (String, String) {
    let (height, weight) = (one.height.to_owned(), one.weight.to_owned());
    match one.height {
        "43" => ("43in".to_owned(), weight),
        "5.7" => ("5ft7in".to_owned(), weight),
        "5.11" => ("5ft11in".to_owned(), weight),
        _ => (height, format!("{weight}lb")),
    }
}

#[test]
fn on_the_command_line_the_advice_of_each_message_arrives() {
    for one in &sized() {
        let home = Home::new();
        let plan = |height: &str, weight: &str, more: &[&str]| {
            let mut line = vec![
                "plan",
                regimen(one),
                "--height",
                height,
                "--weight",
                weight,
                "--start",
                "2026-12-07",
                "--cycles",
                "1",
            ];
            if !one.age.is_empty() {
                line.extend(["--age", one.age]);
            }
            if !one.corrected.is_empty() {
                line.extend(["--corrected-age", one.corrected]);
            }
            line.extend(more);
            home.run(&line)
        };
        let ran = plan(one.height, one.weight, &[]);
        let who = format!("{} {} {}: {}", one.height, one.weight, one.age, ran.err);
        match one.way.unwrap() {
            Way::Open => assert_eq!(ran.code, 0, "{who}"),
            Way::Unit => {
                assert!(ran.code == 3 && ran.err.contains("with its unit"), "{who}");
                let (height, weight) = with_unit(one);
                let ran = plan(&height, &weight, &[]);
                assert_eq!(ran.code, 0, "{who} then {height} {weight}: {}", ran.err);
            }
            Way::Confirm => {
                assert!(ran.code == 3 && ran.err.contains("CONFIRM"), "{who}");
                let codes: Vec<&str> =
                    ran.err.split("--confirm ").skip(1).filter_map(|rest| rest.split('=').next()).collect();
                assert!(!codes.is_empty(), "{who}");
                let reasons: Vec<String> = codes.iter().map(|code| format!("{code}=measured twice")).collect();
                let mut more = vec!["--second", "B. Lee"];
                more.extend(reasons.iter().flat_map(|reason| ["--confirm", reason.as_str()]));
                // A figure without its unit may be asked for its unit as well: the figure as it stands is in kilograms.
                let weight = if one.weight == "300" { "300kg" } else { one.weight };
                let ran = plan(one.height, weight, &more);
                assert_eq!(ran.code, 0, "{who} then {more:?}: {}", ran.err);
            }
            Way::Closed => assert!(ran.code == 3 && ran.err.contains("BLOCK"), "{who}"),
        }
    }
}

#[test]
fn in_the_interface_the_advice_of_each_message_arrives() {
    for one in &sized() {
        let mut interface = Interface::new();
        let words = if regimen(one) == TRIAL { "nituzumab" } else { "vincristine paediatric" };
        interface.typed(words);
        interface.keys("<enter>7dec<tab>");
        interface.keys(&format!("{}<tab>{}<tab><tab>", one.height, one.weight));
        interface.typed(one.age);
        // Of a young child the form asks for the corrected age, behind the age.
        let shown = if one.corrected.is_empty() {
            interface.text()
        } else {
            interface.keys(&format!("<tab>{}", one.corrected))
        };
        let planned = |interface: &Interface| interface.model.planned().is_some();
        match one.way.unwrap() {
            Way::Open => assert!(planned(&interface), "{shown}"),
            Way::Unit => {
                assert!(!planned(&interface) && shown.contains("with its unit"), "{shown}");
                let (height, weight) = with_unit(one);
                let shown = interface.keys(&format!("<up><up><up><ctrl-u>{height}<tab><ctrl-u>{weight}"));
                assert!(planned(&interface), "{shown}");
            }
            Way::Confirm => {
                assert!(!planned(&interface) && shown.contains("type it again in the field below"), "{shown}");
                if one.weight == "300" {
                    interface.keys("<up><up><end>kg<tab><tab>");
                }
                for _ in 0..6 {
                    if planned(&interface) {
                        break;
                    }
                    // Enter goes to the next field that waits.
                    let asks = interface.keys("<enter>");
                    let focus = interface.model.session.as_ref().unwrap().focus.label().label;
                    match focus {
                        "Weight again" => {
                            assert!(asks.contains("not shown while it is typed again"), "{asks}");
                            interface.keys(if one.weight == "300" { "300kg" } else { one.weight });
                        }
                        "Height again" => drop(interface.keys(one.height)),
                        _ => interface.typed("measured twice"),
                    }
                }
                assert!(planned(&interface), "{} {}: {}", one.height, one.weight, interface.text());
            }
            Way::Closed => assert!(!planned(&interface) && shown.contains("BLOCK"), "{shown}"),
        }
    }
}

/// 140 at 165 cm is BMI 51.4, or 63.5 kg in pounds: one key says which.
#[test]
fn one_key_takes_the_figure_in_the_other_unit() {
    for (key, weight) in [("<f6>", "63.5 kg (140 lb)"), ("<f5>", "140 kg")] {
        let mut interface = Interface::new();
        let shown = interface.keys("nituzumab<enter>7dec<tab>165<tab>140");
        assert!(interface.model.planned().is_none(), "{shown}");
        let offered = |interface: &Interface| {
            let hints = posology::tui::command::hints(&interface.model);
            hints.iter().filter(|(command, _)| command.id.ends_with("unit")).count()
        };
        assert_eq!(offered(&interface), 2);
        let shown = interface.keys(key);
        let planned = interface.model.planned();
        let known = planned.and_then(|planned| planned.course.subject.weight).map(|weight| weight.to_string());
        assert_eq!(known.as_deref(), Some(weight), "{shown}");
        // The question is answered, and its keys are gone.
        assert_eq!(offered(&interface), 0);
    }
}

/// 220 kg at 175 cm: confirmed on the form, it is enrolled with what was confirmed, by whom and why.
#[test]
fn what_was_confirmed_is_kept_with_the_enrolment() {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<tab>175<tab>220kg<enter>220<enter>");
    assert!(interface.model.planned().is_none());
    interface.typed("two scales");
    assert!(interface.model.planned().is_some(), "{}", interface.text());
    // Another figure is not what was measured again.
    interface.keys("<f2>rS-014<enter>A.Nurse<enter>");
    for _ in 0..4 {
        if !interface.text().contains("would be recorded") {
            interface.typed("training");
            interface.keys("<enter>");
        }
    }
    let done = interface.keys("<f2>");
    assert!(done.contains("S-014: enrolled"), "{done}");
    let answers = &interface.model.open_subject().unwrap().0.opened.folded.history[0].entry.answers;
    let bmi = answers.iter().find(|one| one.code == "bmi-range").unwrap_or_else(|| panic!("{answers:?}"));
    assert_eq!((bmi.reason.as_str(), bmi.how), ("two scales", Some(posology::course::event::How::Again)));
    // 3 % lighter, three weeks later: it is not asked again; 6 % is.
    interface.on("2026-12-28");
    let near = interface.keys("b213kg");
    assert!(!near.contains("CONFIRM"), "{near}");
    let far = interface.keys("<ctrl-u>206kg");
    assert!(far.contains("CONFIRM") && far.contains("Weight again"), "{far}");
}

/// The field is as wide as what is typed into it, and the unit does not hide its first figure.
#[test]
fn a_field_shows_what_was_typed() {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<tab>170<tab>");
    interface.typed("154.25 lbs");
    for (columns, rows) in [(80, 24), (100, 30), (140, 45)] {
        let drawn = interface.drawn(columns, rows);
        assert!(drawn.contains("154.25 lbs"), "{drawn}");
        assert!(drawn.contains("154.25 lb is 69.97 kg"), "{drawn}");
    }
}
