//! The calculators of the interface: the figures, the same questions as anywhere, the same answers as the command line.

use posology::formula::CATALOGUE;
use posology::tui::model::{Effect, Kind, Model, Screen};
use posology::tui::update;

use crate::program::Home;
use crate::tui::{drawn, press, regimens_of, start, text};

/// The figures of SCREENS: a woman of 58, 170 cm, 65 kg, creatinine 0.9 mg/dL.
const WOMAN: &str = "<f7>170<tab>65<tab>f<tab>58<tab>0.9 mg/dL";
const PLAN: &str = "nituzumab<enter>7dec<enter>170<enter>65<enter>";

fn model() -> Model {
    start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]))
}

fn after(keys: &str) -> Model {
    let mut model = model();
    press(&mut model, keys);
    model
}

/// Every result: `title: answer`.
fn results(model: &Model) -> Vec<String> {
    let Some(Screen::Calculators(view)) = model.stack.last() else { panic!("{:?}", model.kind()) };
    view.results().map(|(_, row)| format!("{}: {}", row.title, row.answer)).collect()
}

fn holds(model: &Model, result: &str) -> bool {
    results(model).iter().any(|one| one == result)
}

#[test]
fn the_figures_are_those_worked_by_hand() {
    // (140 − 58) × 65 × 0.85 ÷ (72 × 0.9) = 69.915…; 5 × (69.915… + 25) = 474.57…; √(170 × 65 ÷ 3600) = 1.7519…;
    // 45.5 + 2.3 × (170 ÷ 2.54 − 60) = 61.437…; 65 ÷ 1.7² = 22.491…
    let model = after(&format!("{WOMAN}<tab><tab><tab>5"));
    for result in [
        "Mosteller: 1.75 m²",
        "Body-mass index: 22.5 kg/m²",
        "Ideal (Devine): 61.4 kg",
        "Cockcroft and Gault, actual weight: 69.9 mL/min",
        "Calvert: 474.6 mg",
    ] {
        assert!(holds(&model, result), "{result}: {:#?}", results(&model));
    }
    // 170 ÷ 2.54 = 66.929… in, 5 ft 6.9 in; 65 ÷ 0.45359237 = 143.30… lb; 0.9 × 88.42 = 79.578
    let shown = text(&drawn(&model, 140, 60));
    for echo in ["170 cm = 5 ft 6.9 in", "65 kg = 143.3 lb", "0.9 mg/dL = 79.6 umol/L"] {
        assert!(shown.contains(echo), "{echo}: {shown}");
    }
    // 61.437… + 0.4 × (65 − 61.437…) = 62.862…; a dose of 70 mg/m² is 122.5, 123 mg, 28.6 mL, three vials.
    let mut model = after("<f7>170<tab>65<tab>f");
    let fill = |model: &mut Model, id: &'static str, keys: &str| {
        update(model, posology::tui::Message::Command(id));
        press(model, keys);
    };
    let keys = "70 mg/m2<tab>1 mg<tab>43 mg in 10 mL<tab>7dec<tab>7 x 14 days<tab>4jan<tab>-1 +3";
    fill(&mut model, "calc.dose", keys);
    assert!(holds(&model, "70 mg/m²: 123 mg (+0.41 %); about 28.6 mL; 3 vials"), "{:#?}", results(&model));
    assert!(holds(&model, "+ 7 × 14 days: Mon 15-Mar-2027"), "{:#?}", results(&model));
    assert!(holds(&model, "until 04-Jan-2027: 28 days (4 weeks)"), "{:#?}", results(&model));
    assert!(holds(&model, "window: Sun 06-Dec-2026 through Thu 10-Dec-2026"), "{:#?}", results(&model));
    fill(&mut model, "calc.weight", "0.4");
    assert!(holds(&model, "Adjusted: 62.9 kg"), "{:#?}", results(&model));
}

/// One function behind both faces: every line that `calc … all` prints stands on the screen with the same figure.
#[test]
fn the_command_line_says_the_same() {
    let model = after(WOMAN);
    let home = Home::new();
    let body = ["--height", "170", "--weight", "65", "--sex", "female", "--age", "58"];
    let mut compared = 0;
    for (command, more) in
        [("bsa", &["--formula", "all"][..]), ("weight", &[]), ("renal", &["--creatinine", "0.9 mg/dL"])]
    {
        let ran = home.run(&[&["calc", command][..], &body, more].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        for line in ran.out.lines().skip(1).filter(|line| !line.contains("not computed")) {
            let (name, figure) = line.split_once(' ').unwrap();
            let title = CATALOGUE.iter().find(|entry| entry.name == name).unwrap().title;
            let same = |one: &String| {
                let (shown, answer) = one.split_once(": ").unwrap();
                (shown == title || shown == format!("{title}, actual weight")) && answer == figure.trim()
            };
            assert!(results(&model).iter().any(same), "{line}: {:#?}", results(&model));
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn a_body_is_looked_at_before_anything_is_calculated() {
    // 170 cm and 154: pounds explain it; one key says which unit it is. 154 lb is 69.85 kg: √(170 × 69.85 ÷ 3600) = 1.816…
    let mut model = after("<f7>170<tab>154");
    assert!(results(&model).is_empty(), "{:#?}", results(&model));
    assert!(text(&drawn(&model, 140, 45)).contains("CONFIRM"));
    press(&mut model, "<f6>");
    assert!(holds(&model, "Mosteller: 1.82 m²"), "{:#?}", results(&model));
    // BMI 71.8 is asked for again, blind, with the reason; another figure is no answer.
    let mut model = after("<f7>175<tab>220kg");
    assert!(results(&model).is_empty());
    press(&mut model, "<shift-tab><shift-tab><shift-tab>");
    let again = |model: &mut Model, first: &str, reason: &str| {
        let Some(Screen::Calculators(view)) = model.stack.last_mut() else { panic!() };
        for (id, typed) in [("Weight again", first), ("Height again", "175"), ("Why it is right", reason)] {
            let field = view.fields.iter_mut().find(|field| field.id.label().label == id);
            if let Some(field) = field {
                field.text = posology::tui::field::TextField::with(typed);
            }
        }
        let today = posology::calendar::read("2026-11-21").unwrap();
        view.again(today);
    };
    again(&mut model, "202kg", "weighed twice");
    assert!(results(&model).is_empty(), "{:#?}", results(&model));
    again(&mut model, "220kg", "");
    assert!(results(&model).is_empty(), "{:#?}", results(&model));
    again(&mut model, "220kg", "weighed twice");
    // √(175 × 220 ÷ 3600) = 3.270…
    assert!(holds(&model, "Mosteller: 3.27 m²"), "{:#?}", results(&model));
    // Dates need no body.
    let mut model = after("<f7>170<tab>154");
    press(&mut model, "<ctrl-p>calc.date<enter>7dec<tab>2w");
    assert_eq!(results(&model), ["+ 2 weeks: Mon 21-Dec-2026"]);
}

/// A child has no figure by formulas of adults, and Newell's dose from a measured GFR: 5 × (80 + 0.36 × 14) = 425.2 mg.
#[test]
fn formulas_of_adults_are_not_for_children() {
    let child = "<f7>95<tab>14<tab>f<tab>3<tab>0.4 mg/dL";
    let model = after(child);
    assert!(!results(&model).iter().any(|one| one.starts_with("Cockcroft")), "{:#?}", results(&model));
    assert!(results(&model).iter().any(|one| one.starts_with("Bedside Schwartz")), "{:#?}", results(&model));
    let model = after("<f7>95<tab>14<tab>f<tab>3<tab><tab>80 mL/min<tab><tab>5");
    assert!(holds(&model, "Newell: 425.2 mg"), "{:#?}", results(&model));
    let model = after(&format!("{child}<tab><tab><tab>5"));
    let shown = text(&drawn(&model, 140, 60));
    assert!(shown.contains("type a measured GFR") && !shown.contains("Calvert: "), "{shown}");
}

/// A floor that cannot be read is not left out in silence: nothing it belongs to is shown, and everything else is.
#[test]
fn nothing_is_calculated_without_a_figure_that_was_typed_wrong() {
    let mut model = after(&format!("{WOMAN}<tab><tab><tab>5"));
    assert!(holds(&model, "Calvert: 474.6 mg"));
    let Some(Screen::Calculators(view)) = model.stack.last_mut() else { panic!() };
    let floor = posology::tui::session::FieldId::Figure(posology::tui::form_field::Figure::Floor);
    view.fill(floor, "0.7");
    view.again(posology::calendar::read("2026-11-21").unwrap());
    let left = results(&model);
    assert!(!left.iter().any(|one| one.starts_with("Calvert") || one.starts_with("Cockcroft")), "{left:#?}");
    assert!(left.iter().any(|one| one == "Mosteller: 1.75 m²"), "{left:#?}");
    let shown = text(&drawn(&model, 140, 60));
    assert!(shown.contains("no figure while Creatinine from cannot be read"), "{shown}");
}

#[test]
fn they_open_from_everywhere_by_one_key_and_by_their_short_names() {
    for keys in
        ["", "nituzumab<enter>", PLAN, &format!("{PLAN}c"), &format!("{PLAN}x"), &format!("{PLAN}m"), "<f3>", "?"]
    {
        let mut model = model();
        press(&mut model, keys);
        press(&mut model, "<f7>");
        assert_eq!(model.kind(), Kind::Calculators, "{keys}");
        press(&mut model, "<esc>");
        let before = after(keys);
        assert_eq!(model.kind(), before.kind(), "{keys}");
    }
    for (word, label) in [
        ("crcl", "Weight"),
        ("bsa", "Height"),
        ("ibw", "Height"),
        ("calvert", "Target AUC"),
        ("vial", "Dose"),
        ("dates", "Date"),
    ] {
        let model = after(&format!("<ctrl-p>{word}<enter>"));
        let Some(Screen::Calculators(view)) = model.stack.last() else { panic!("{word}") };
        assert_eq!(view.focus.unwrap().label().label, label, "{word}");
    }
    assert_ne!(after("").kind(), Kind::Calculators);
    let mut unread = model();
    unread.stack.push(Screen::Safety(posology::tui::model::Scroll::default()));
    press(&mut unread, "<f7>");
    assert_eq!(unread.kind(), Kind::Safety, "the safety statement comes first");
}

#[test]
fn the_body_and_the_formula_of_the_plan_are_there_and_what_was_typed_stays() {
    let mut model = after(&format!("{PLAN}<f7>"));
    assert!(holds(&model, "Mosteller: 1.75 m²"));
    let shown = text(&drawn(&model, 140, 45));
    assert!(shown.contains("1.75 m² ◀") && shown.contains("uses this formula, to 2 decimals"), "{shown}");
    press(&mut model, "<tab><ctrl-u>70<esc><f7>");
    let Some(Screen::Calculators(view)) = model.stack.last() else { panic!() };
    assert_eq!(view.text(posology::tui::session::FieldId::Fact(posology::subject::Fact::Weight)), "70");
    // With another weight in the form the old one would lead astray.
    press(&mut model, "<esc>e<ctrl-u>80<f7>");
    let Some(Screen::Calculators(view)) = model.stack.last() else { panic!() };
    assert_eq!(view.text(posology::tui::session::FieldId::Fact(posology::subject::Fact::Weight)), "80");
    press(&mut model, "<f9>");
    assert!(results(&model).is_empty());
}

#[test]
fn what_is_copied_says_of_what_by_what_when_and_what_it_is_not() {
    let mut model = after(WOMAN);
    let Some(Screen::Calculators(view)) = model.stack.last_mut() else { panic!() };
    let wanted = view.results().position(|(_, row)| row.title.starts_with("Cockcroft"));
    view.at = wanted.unwrap();
    let effects = press(&mut model, "<ctrl-y>");
    let [Effect::Copy(copied)] = effects.as_slice() else { panic!("{effects:?}") };
    for words in [
        "Kidney function, Cockcroft and Gault, actual weight: 69.9 mL/min",
        "of height 170 cm, weight 65 kg, sex f, age or birth 58, creatinine 0.9 mg/dL",
        "(140 − 58) × 65",
        "Cockcroft DW",
        "Calculated on Sat 21-Nov-2026 with Posology",
        "not an order",
    ] {
        assert!(copied.contains(words), "{words}: {copied}");
    }
    // From the results the bare letter does it.
    press(&mut model, "<shift-tab><shift-tab><shift-tab><shift-tab><shift-tab>");
    let Some(Screen::Calculators(view)) = model.stack.last() else { panic!() };
    assert_eq!(view.focus, None);
    assert!(matches!(press(&mut model, "jjky").as_slice(), [Effect::Copy(_)]));
}
