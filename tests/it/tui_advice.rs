//! The modification tables on the screen: fields from the file, rows with their sources, the act they lead to.
//! Expected doses are worked out by hand from `tests/corpus/valid/rules.toml`.

use insta::assert_snapshot;
use posology::regimen::Action;
use posology::tui::model::{Kind, Message, Model, Screen};
use posology::tui::{advice::AdviceView, plain, update};

use crate::tui::{SIZES, drawn, press, regimens_of, start, styles, text};
use crate::tui_record::Interface;

/// The advice of a typed subject of genotype *1/*1, every field empty.
fn asked() -> Model {
    let mut model = start(regimens_of(&[("case", include_str!("../corpus/valid/rules.toml"))]));
    press(&mut model, "case<enter>7dec<enter>170<enter>65<enter>UGT1A1*1/*1<enter>");
    assert_eq!(model.kind(), Kind::Plan, "{}", plain::text(&model));
    assert!(text(&drawn(&model, 140, 45)).contains("f advice"));
    press(&mut model, "f");
    model
}

/// A count that one row is about, and a result that lacks its upper limit.
pub fn typed() -> Model {
    let mut model = asked();
    say(&mut model, "bilirubin", "40 umol/L");
    say(&mut model, "neutrophils", "0.9 10^9/L");
    model
}

fn view(model: &Model) -> &AdviceView {
    match model.stack.last() {
        Some(Screen::Advice(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn labels(model: &Model) -> Vec<String> {
    let shown = view(model).fields.iter().filter(|field| field.shown);
    let regimen = &model.session.as_ref().unwrap().regimen;
    shown.map(|field| posology::present::advice::label(regimen, &field.asked)).collect()
}

/// Goes to the field of a label and types a text.
fn say(model: &mut Model, label: &str, typed: &str) {
    while view(model).focus > 0 {
        press(model, "<up>");
    }
    for _ in 0..30 {
        let view = view(model);
        let regimen = &model.session.as_ref().unwrap().regimen;
        if posology::present::advice::label(regimen, &view.fields[view.focus].asked) == label {
            press(model, "<ctrl-u>");
            update(model, Message::Paste(typed.to_owned()));
            return;
        }
        press(model, "<tab>");
    }
    panic!("no field {label}: {:?}", labels(model));
}

fn now(model: &Model, drug: &str) -> (Option<Action>, Option<String>) {
    let of = view(model).advice.drugs.iter().find(|one| one.drug == drug).unwrap();
    (of.now, of.dose.and_then(|lowered| lowered.dose).map(|dose| dose.to_string()))
}

#[test]
fn the_fields_are_what_the_tables_look_at() {
    let first = [
        "neutrophils",
        "diarrhoea grade",
        "bilirubin",
        "neutropenia grade",
        "interstitial lung disease",
        "poor tolerance",
        "irinotecan level",
    ];
    let mut model = asked();
    assert_eq!(labels(&model), first);
    let known = "From the form: weight 65 kg (07-Dec-2026), genotype UGT1A1*1/*1";
    assert!(plain::text(&model).contains(known), "{}", plain::text(&model));
    // What only some rows ask appears when they ask it.
    say(&mut model, "neutropenia grade", "3");
    say(&mut model, "bilirubin", "40 umol/L");
    say(&mut model, "diarrhoea grade", "3");
    say(&mut model, "poor tolerance", "y");
    for label in ["diarrhoea occurrence", "bilirubin upper limit", "fever", "age"] {
        assert!(labels(&model).contains(&label.to_owned()), "{label}: {:?}", labels(&model));
    }
    assert!(!labels(&model).contains(&"genotype".to_owned()), "the form says it");
    let shown = plain::text(&model);
    assert!(shown.contains("The rule on diarrhoea needs which occurrence it is.  → diarrhoea occurrence"), "{shown}");
}

#[test]
fn what_is_typed_is_looked_up_at_each_key() {
    let mut model = asked();
    assert!(plain::text(&model).contains("what is left empty is not assumed"));
    say(&mut model, "diarrhoea grade", "3");
    assert_eq!(now(&model, "irinotecan").0, None, "the occurrence is asked first");
    say(&mut model, "diarrhoea occurrence", "1");
    // Held, then level -1 = 50 mg/m2; 75 % of 2,400 = 1,800.
    assert_eq!(now(&model, "irinotecan"), (Some(Action::Hold), Some("50 mg/m2".to_owned())));
    assert_eq!(now(&model, "fluorouracil"), (Some(Action::Hold), Some("1,800 mg/m2".to_owned())));
    say(&mut model, "irinotecan level", "-1");
    assert_eq!(now(&model, "irinotecan").1.as_deref(), Some("43 mg/m2"));
    // 40 ÷ 20 = 2 x ULN: 50 % of 70 = 35, lower than 43; the row is unverified.
    say(&mut model, "bilirubin", "40 umol/L");
    say(&mut model, "bilirubin upper limit", "20 umol/L");
    assert_eq!(now(&model, "irinotecan").1.as_deref(), Some("35 mg/m2"));
    let shown = plain::text(&model);
    for words in [
        "diarrhoea grade 3 (CTCAE 5.0): grade 3 or more, first occurrence",
        "source: trial, A trial",
        "source: [UNVERIFIED] nobody has verified it",
        "goes furthest for irinotecan, fluorouracil",
        "leads to the lowest dose for irinotecan",
        "the prescriber decides.",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    press(&mut model, "<f9>");
    assert!(!view(&model).is_filled() && view(&model).advice.rows.is_empty());
}

/// Of a plan that is not on record nothing is recorded.
#[test]
fn a_typed_plan_has_no_act() {
    let mut model = asked();
    say(&mut model, "neutrophils", "0.9 10^9/L");
    press(&mut model, "<f2>");
    assert_eq!(model.kind(), Kind::Advice);
    assert!(plain::text(&model).contains("nothing is recorded of this plan"), "{}", plain::text(&model));
}

#[test]
fn what_cannot_be_read_says_so_beside_its_field_and_is_not_looked_up() {
    let mut model = asked();
    for (label, typed, told) in [
        ("neutrophils", "0.9", "has no unit; write neutrophils with its figure and its unit: 10^9/L, 10^3/uL, /mm3"),
        ("neutrophils", "900 mg/dL", "does not convert"),
        ("diarrhoea grade", "6", "names grade 6; grades are 1 to 5 (CTCAE), and 0 for none"),
        ("interstitial lung disease", "perhaps", "neither yes nor no"),
        ("irinotecan level", "1", "from -20 to 0"),
    ] {
        say(&mut model, label, typed);
        let shown = plain::text(&model);
        assert!(shown.contains(told), "{label} {typed}: {shown}");
        let unread = format!("{label} cannot be used and was not looked up");
        assert_eq!(shown.contains(&unread), told != "does not convert", "{shown}");
        assert!(view(&model).advice.rows.is_empty(), "{label} {typed}");
        say(&mut model, label, "");
    }
    say(&mut model, "neutrophils", "900 /mm3");
    assert_eq!(now(&model, "irinotecan").0, Some(Action::Hold));
}

#[test]
fn a_file_without_tables_says_so_in_one_sentence() {
    let mut model = start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]));
    press(&mut model, "nituzumab<enter>7dec<enter>170<enter>65<enter>");
    assert!(!text(&drawn(&model, 140, 45)).contains("f advice"), "no key that leads nowhere");
    press(&mut model, "f");
    assert_eq!(model.kind(), Kind::Plan);
    assert!(plain::text(&model).contains("this regimen file has no dose-modification rules"));
}

/// T-DM1 in a subject on record: level -1 since cycle 2, ALT 300 ÷ 40 = 7.5 x ULN.
fn on_record() -> Interface {
    let mut interface = Interface::new();
    interface.keys("emtansine<enter>7dec<enter>70<enter><enter>rS-020<enter>A.Nurse<enter>");
    interface.typed("training");
    interface.keys("<f2>");
    interface.keys("rr-1<enter>");
    interface.typed("ALT high");
    interface.keys("<f2>");
    assert_eq!(interface.model.kind(), Kind::Plan, "{}", interface.text());
    interface
}

#[test]
fn from_a_subject_the_record_is_known_and_the_act_is_opened_with_its_reason() {
    let mut interface = on_record();
    assert!(interface.drawn(80, 24).contains("f advice"), "{}", interface.drawn(80, 24));
    let shown = interface.keys("f");
    let known = "From the record: weight 70 kg (07-Dec-2026), trastuzumab emtansine level -1, 3 mg/kg in force";
    assert!(shown.contains(known), "{shown}");
    assert!(!labels(&interface.model).iter().any(|label| label.ends_with("level")));
    interface.typed("300 U/L");
    let shown = interface.keys("<tab>");
    assert!(shown.contains("ALT upper limit"), "{shown}");
    interface.typed("40 U/L");
    // From level -1 one down is level -2: 2.4 mg/kg.
    let shown = interface.text();
    assert!(shown.contains("hold; when treatment goes on: one level down = level -2, 2.4 mg/kg"), "{shown}");
    let act = interface.keys("<f2>");
    assert!(
        act.contains("Hold doses (date to be decided)") && act.contains("Why: ALT 300 U/L = 7.5 x ULN (40 U/L)"),
        "{act}"
    );
    assert!(act.contains("1 entry would be recorded"), "{act}");
    interface.keys("<f2>");
    assert_eq!(interface.model.kind(), Kind::Plan);
    assert!(
        !interface.model.stack.iter().any(|screen| matches!(screen, Screen::Advice(_))),
        "what was asked is asked anew"
    );
    let history = interface.keys("i");
    assert!(history.contains("held") && history.contains("7.5 x ULN"), "{history}");
}

#[test]
fn what_no_rule_says_opens_nothing_and_a_stop_opens_its_form() {
    let mut interface = on_record();
    interface.keys("f");
    let none = interface.keys("<f2>");
    assert!(none.contains("no rule matches"), "{none}");
    interface.typed("21 x ULN");
    // "Stop this drug" of the only drug of a treatment is the end of the treatment.
    let stopped = interface.keys("<f2>");
    assert!(stopped.contains("Drug:\n") && stopped.contains("Reason: ALT 21 x ULN"), "{stopped}");
    assert!(stopped.contains("1 entry would be recorded"), "{stopped}");
}

#[test]
fn the_screen_looks_as_it_should() {
    for (name, model) in [("advice", asked()), ("advice_rows", typed())] {
        for (columns, rows) in SIZES {
            let buffer = drawn(&model, columns, rows);
            assert_snapshot!(format!("{name}_{columns}x{rows}"), format!("{}\n\n{}", text(&buffer), styles(&buffer)));
        }
        assert_snapshot!(format!("plain_{name}"), plain::text(&model));
        for (columns, rows) in (0..=60).flat_map(|columns| (0..=30).map(move |rows| (columns, rows))) {
            drawn(&model, columns, rows);
        }
    }
}

/// A visit that comes later takes the cursor with it; another visit's delay leaves it where it is.
#[test]
fn the_cursor_goes_with_the_visit_that_was_delayed() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    interface.on("2026-12-21");
    interface.keys("nd4<tab>y<tab>");
    interface.typed("neutrophils 0.9");
    interface.keys("<f2>");
    let at = |model: &Model| posology::calendar::iso(model.plan_view().unwrap().cursor);
    assert_eq!(at(&interface.model), "2026-12-25");

    let mut tried = start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]));
    press(&mut tried, "nituzumab<enter>7dec<enter>170<enter>65<enter>nd<ctrl-u>3<enter>");
    assert_eq!(at(&tried), "2026-12-24");
    press(&mut tried, "u");
    assert_eq!(at(&tried), "2026-12-21");
    press(&mut tried, "pd<ctrl-u>3<enter>");
    assert_eq!(at(&tried), "2026-12-07");
}

/// Held at least, whichever occurrence it is: no entry is opened while that is not said.
#[test]
fn what_is_not_settled_is_headed_so_and_opens_no_entry() {
    let mut model = asked();
    say(&mut model, "neutrophils", "2 10^9/L");
    say(&mut model, "diarrhoea grade", "3");
    let shown = plain::text(&model);
    assert!(
        shown.contains("irinotecan: at least hold; not settled: say which occurrence it is (diarrhoea)"),
        "{shown}"
    );
    assert_eq!(now(&model, "irinotecan").0, None);
    let mut interface = on_record();
    interface.keys("f");
    interface.typed("300 U/L");
    let none = interface.keys("<f2>");
    assert!(none.contains("trastuzumab emtansine: not settled: say first what is asked"), "{none}");
    assert_eq!(interface.model.kind(), Kind::Advice);
}

/// A criterion on the neutrophils by another of their names has a field of its own: 2 and 0.9 cannot both be.
#[test]
fn two_fields_of_one_test_that_differ_are_told_and_nothing_is_looked_up() {
    let criterion = "[[criterion]]\ntest = \"absolute neutrophils\"\nat_least = \"1.5 10^9/L\"\ndays = [1]\n\
                     valid_for = \"3 days\"\notherwise = \"delay\"\nsource = \"unverified\"\n\n[[source]]";
    let file = include_str!("../corpus/valid/rules.toml").replacen("[[source]]", criterion, 1);
    let mut model = start(regimens_of(&[("case", &file)]));
    press(&mut model, "case<enter>7dec<enter>170<enter>65<enter>UGT1A1*1/*1<enter>f");
    say(&mut model, "neutrophils", "2 10^9/L");
    assert_eq!(now(&model, "fluorouracil").0, Some(Action::Treat));
    say(&mut model, "absolute neutrophils", "0.9 10^9/L");
    let shown = plain::text(&model);
    assert!(shown.contains("remove one"), "{shown}");
    assert!(view(&model).advice.drugs.is_empty() && !shown.contains("fluorouracil: "), "{shown}");
}

#[test]
fn after_the_end_of_treatment_the_screen_says_that_first() {
    let mut interface = on_record();
    interface.keys("rs<enter>");
    interface.typed("progression");
    interface.keys("<f2>");
    let shown = interface.keys("f");
    assert!(shown.contains("Treatment ended on "), "{shown}");
}
