//! Nothing of one subject may stand under another: every way from one plan to the next; and what the screens say of
//! somebody who is enrolled, corrected or whose treatment has ended.

use posology::tui::key::{Chord, Key};
use posology::tui::model::{Effect, Kind, Message, Model, Report};
use posology::tui::{plain, update};

use crate::tui::{drawn, press, regimens_of, start, text};
use crate::tui_record::Interface;

/// The regimen of the first subject again, for somebody of 155 cm and 48 kg: √(155 × 48 ÷ 3600) = 1.4376, so 1.44 m²,
/// and 70 mg/m² × 1.44 m² = 100.8, so 101 mg.
fn empty_then_own(interface: &mut Interface) {
    let form = interface.keys("nituzumab<enter>");
    assert_eq!(interface.model.kind(), Kind::Form);
    assert!(interface.model.open_subject().is_none() && interface.model.planned().is_none(), "{form}");
    for of_the_other in ["123 mg", "1.75", "170", "Start date: 07"] {
        assert!(!form.contains(of_the_other), "{of_the_other}: {form}");
    }
    assert!(form.contains("This form is empty: nothing of "), "{form}");
    let plan = interface.keys("18jan<tab>155<tab>48<f2>");
    assert!(plan.contains("101 mg") && plan.contains("155 cm") && plan.contains("18-Jan-2027"), "{plan}");
    assert!(!plan.contains("S-014") && !plan.contains("123 mg") && !plan.contains("what-if"), "{plan}");
    // Nothing can be recorded of the other one from here.
    assert!(interface.keys("a").contains("enrol the subject first"), "{}", interface.text());
    assert_eq!(interface.model.kind(), Kind::Plan);
}

#[test]
fn a_new_form_holds_nothing_of_the_subject_that_was_open() {
    // From the plan of somebody on record, by the finder's key.
    let mut interface = Interface::enrolled();
    interface.keys("<ctrl-f>");
    empty_then_own(&mut interface);
    // From the list of subjects, opened before.
    let mut interface = Interface::enrolled();
    interface.keys("<f3><enter><f3><ctrl-f>");
    empty_then_own(&mut interface);
    // Step by step back to the finder.
    let mut interface = Interface::enrolled();
    interface.keys("<f3><enter><esc><esc><esc>");
    empty_then_own(&mut interface);
    // By a click on the row chosen.
    let mut interface = Interface::enrolled();
    interface.keys("<ctrl-f>nituzumab");
    update(&mut interface.model, Message::Row(0));
    assert!(interface.model.open_subject().is_none() && interface.model.planned().is_none(), "{}", interface.text());
}

#[test]
fn a_new_form_holds_nothing_of_what_was_only_typed() {
    let mut interface = Interface::new();
    // Delayed by what-if, with another number of cycles: none of it is the next one's.
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>");
    interface.keys("nd<ctrl-u>5<enter>");
    assert!(interface.text().contains("what-if: cycle 2 5 days later"), "{}", interface.text());
    interface.keys("<ctrl-f>");
    empty_then_own(&mut interface);
    // The way back by Esc is no other.
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<esc><esc>");
    empty_then_own(&mut interface);
}

/// A delay that is only tried is told on the form too, where the next figures may be another person's.
#[test]
fn the_form_tells_what_is_tried_out() {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>nd<ctrl-u>5<enter>e");
    assert!(interface.text().contains("what-if: cycle 2 5 days later"), "{}", interface.text());
    assert!(!interface.keys("<f9><f9>").contains("what-if"), "{}", interface.text());
    assert!(interface.model.session.as_ref().unwrap().delays.is_empty());
}

fn enter(model: &mut Model) -> Vec<Effect> {
    update(model, Message::Key(Chord::plain(Key::Enter)))
}

fn done(interface: &mut Interface, report: Report) {
    let generation = interface.model.generation;
    update(&mut interface.model, Message::Done(generation, report));
}

/// The answer to a question that is not asked any more takes nobody out of another form.
#[test]
fn what_comes_late_takes_nobody_away() {
    let mut interface = Interface::enrolled();
    let subject = interface.model.open_subject().unwrap().clone();
    let opened = || Report::Opened(Ok(subject.clone()));
    interface.keys("<f3>");
    assert!(matches!(enter(&mut interface.model).as_slice(), [Effect::Open(_, code)] if code == "S-014"));
    interface.keys("<ctrl-f>nituzumab<enter>18jan");
    done(&mut interface, opened());
    assert!(interface.model.kind() == Kind::Form && interface.model.open_subject().is_none(), "{}", interface.text());
    // What was recorded is told, and the form stays.
    let recorded = posology::tui::record::Recorded::Done(subject.clone(), Vec::new());
    let report = Report::Recorded(recorded);
    done(&mut interface, report);
    assert!(interface.model.kind() == Kind::Form && interface.model.open_subject().is_none(), "{}", interface.text());
    assert!(interface.text().contains("S-014: recorded"), "{}", interface.text());
    // Where the list still stands, the subject opens.
    interface.keys("<f3>");
    done(&mut interface, opened());
    assert!(interface.model.kind() == Kind::Plan && interface.model.open_subject().is_some(), "{}", interface.text());
}

/// A regimen's file that was edited changes nobody's plan who is on record.
#[test]
fn an_edited_file_leaves_who_is_on_record_alone() {
    let mut interface = Interface::enrolled();
    let effects = press(&mut interface.model, "<f4>");
    let [Effect::Edit(regimens, at)] = effects.as_slice() else { panic!("{effects:?}") };
    let text = String::from_utf8(regimens.0[*at].file().text.to_vec()).unwrap();
    let path = std::path::PathBuf::from("/studies/case.toml");
    let regimens = posology::tui::model::RegimenList(std::sync::Arc::new(regimens_of(&[("case", &text)])));
    let edited = posology::tui::model::Edited { path, copied: false, failed: None, regimens };
    let report = Report::Edited(Box::new(edited));
    update(&mut interface.model, Message::Done(0, report));
    let text = interface.text();
    assert!(text.contains("S-014 stays on the text it is on") && text.contains("123 mg"), "{text}");
    assert_eq!(interface.model.open_subject().map(|subject| subject.code().to_owned()).as_deref(), Some("S-014"));
}

#[test]
fn who_is_enrolled_is_shown_before_it_is_recorded() {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<tab><tab><tab>yesterday<enter>rS-014<enter>A.Nurse<enter>");
    let shown = interface.text();
    for words in [
        "First day Mon 07-Dec-2026",
        "height 170 cm, weight 65 kg, measured 06-Dec-2026",
        "irinotecan liposomal: 123 mg on Mon 07-Dec-2026 (C1D1)",
        "nimotuzumab: 400 mg on Mon 07-Dec-2026 (C1D1)",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    interface.typed("training");
    let shown = interface.text();
    assert!(shown.contains("1 entry would be recorded") && shown.contains("weight 65 kg"), "{shown}");
    for (columns, rows) in [(80, 24), (140, 45)] {
        let drawn = interface.drawn(columns, rows);
        assert!(drawn.contains("65 kg") && drawn.contains("123 mg"), "{drawn}");
    }
    // A cohort is named, and a delay that is only tried is not kept.
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>nd<ctrl-u>5<enter>rS-1<enter>A<enter>");
    assert!(interface.text().contains("Not kept: what-if: cycle 2 5 days later"), "{}", interface.text());
}

#[test]
fn a_plan_says_that_treatment_ended_and_waits_for_nothing() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    // Stopped on the day of cycle 2, of which nothing was given.
    interface.on("2026-12-21");
    interface.keys("rs<enter>");
    interface.typed("progression");
    let done = interface.keys("<f2>");
    assert!(done.contains("S-014: recorded"), "{done}");
    interface.keys("<f3><enter>");
    let text = interface.text();
    assert_eq!(interface.model.plan_view().unwrap().cursor, posology::calendar::read("2026-12-21").unwrap());
    for words in
        ["stopped 21-Dec-2026", "Treatment ended on 21-Dec-2026: progression", "Still open when treatment ended"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("only if treatment goes on"), "{text}");
    // From the first visit there is no next one.
    interface.keys("p");
    let first = interface.text();
    assert!(first.contains("stopped 21-Dec-2026") && !first.contains("Treatment ended on"), "{first}");
    assert_eq!(interface.model.plan_view().unwrap().cursor, posology::calendar::read("2026-12-07").unwrap());
    interface.keys("n");
    assert_eq!(interface.model.plan_view().unwrap().cursor, posology::calendar::read("2026-12-07").unwrap());
    assert!(interface.keys("i").contains("stopped 21-Dec-2026"), "{}", interface.text());
}

/// A weight nobody would believe is corrected with its unit and measured again, and the entry says so: 175 kg at 170 cm is
/// 60.6 kg/m².
#[test]
fn a_true_weight_that_is_hard_to_believe_is_corrected() {
    let mut interface = Interface::enrolled();
    interface.keys("ic");
    interface.typed("misread");
    // From the reason back to the weight.
    let asked = interface.keys("<up><up><up><up><up><up><up><ctrl-u>150");
    assert!(asked.contains("Is 150 in pounds?") && asked.contains("150kg or 150lb"), "{asked}");
    let asked = interface.keys("<ctrl-u>175kg");
    assert!(asked.contains("CONFIRM BMI 60.6") && asked.contains("Weight again"), "{asked}");
    for _ in 0..14 {
        if interface.text().contains("would be recorded") {
            break;
        }
        interface.keys("<tab>");
        let Some(posology::tui::model::Screen::Act(view)) = interface.model.stack.last() else { panic!() };
        let field = &view.fields[view.focus];
        let (label, empty) = (field.label.clone(), field.text.text.is_empty());
        match label.as_str() {
            "Weight again" if empty => {
                let wrong = interface.keys("157");
                assert!(
                    wrong.contains("differs from what was typed first") && !wrong.contains("Weight: 175"),
                    "{wrong}"
                );
                interface.keys("<ctrl-u>175");
            }
            label if label.starts_with("Reason") && empty => interface.typed("measured twice"),
            _ => {}
        }
    }
    let done = interface.keys("<f2>");
    assert!(done.contains("S-014: recorded"), "{done}");
    let opened = &interface.model.open_subject().unwrap().0.opened;
    let weight = opened.folded.course.subject.weight.unwrap();
    assert_eq!(weight.to_string(), "175 kg");
    let answers = &opened.folded.history.last().unwrap().entry.answers;
    let how = answers.iter().find(|one| one.code == "bmi-range").map(|one| one.how);
    assert_eq!(how, Some(Some(posology::course::event::How::Again)), "{answers:?}");
}

#[test]
fn the_working_closes_before_the_plan_is_left() {
    let mut model = start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]));
    press(&mut model, "nituzumab<enter>7dec<enter>170<enter>65<enter>w");
    assert!(text(&drawn(&model, 80, 24)).contains("How it came about"));
    press(&mut model, "<esc>");
    assert_eq!(model.kind(), Kind::Plan);
    assert!(text(&drawn(&model, 80, 24)).contains("This day"));
    press(&mut model, "<esc>");
    assert_eq!(model.kind(), Kind::Form);
    // In a narrow window the calendar stands there again.
    update(&mut model, Message::Resize(50, 20));
    press(&mut model, "<enter>w<esc>");
    assert_eq!(model.kind(), Kind::Plan);
    assert!(text(&drawn(&model, 50, 20)).contains("December 2026"), "{}", text(&drawn(&model, 50, 20)));
}

#[test]
fn the_finder_looks_for_something_else_with_an_empty_query() {
    let mut model = start(regimens_of(&[
        ("nituzumab", include_str!("../tui/nituzumab.toml")),
        ("xelox", include_str!("../tui/xelox.toml")),
    ]));
    press(&mut model, "nituzumab<enter>7dec<enter>170<enter>65<enter><ctrl-f>xelox");
    assert!(text(&drawn(&model, 80, 24)).contains("1 of 2 regimens"), "{}", text(&drawn(&model, 80, 24)));
}

#[test]
fn the_safety_statement_says_what_is_kept() {
    let mut model = start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]));
    model.stack.push(posology::tui::model::Screen::Safety(posology::tui::model::Scroll::default()));
    let said = plain::text(&model);
    assert!(!said.contains("nothing you type is stored"), "{said}");
    assert!(said.contains("Of a subject you enrol, everything you enter is kept"), "{said}");
}

/// Columns stay where they are when another row is chosen, and what is beyond a list is counted.
#[test]
fn the_columns_of_a_list_do_not_jump() {
    let mut interface = Interface::enrolled();
    for day in ["2026-12-07", "2026-12-21", "2027-01-04"] {
        interface.on(day);
        interface.keys("a<f2>");
    }
    interface.keys("i");
    let place = |interface: &Interface, words: &str| {
        let drawn = interface.drawn(80, 24);
        let line = drawn.lines().find(|line| line.contains(words)).map(str::to_owned);
        line.and_then(|line| line.chars().position(|c| c.is_ascii_digit()))
            .unwrap_or_else(|| panic!("{words}: {drawn}"))
    };
    let (chosen, other) = ("C3D1 nimotuzumab", "C3D1 irinotecan liposomal");
    assert_eq!(place(&interface, chosen), place(&interface, other));
    let before = place(&interface, other);
    interface.keys("<up>");
    assert_eq!(place(&interface, other), before);
    let drawn = interface.drawn(80, 16);
    assert!(drawn.contains(" more ─"), "{drawn}");
}

/// Every key of the palette that cannot be used now says why, in full, in a narrow window.
#[test]
fn the_palette_says_in_full_why_a_command_cannot_be_used() {
    let mut model = start(regimens_of(&[("nituzumab", include_str!("../tui/nituzumab.toml"))]));
    press(&mut model, "nituzumab<enter>7dec<enter>170<enter>65<enter>:hold");
    let drawn = text(&drawn(&model, 80, 24));
    let words: String = drawn.replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("nothing is recorded of this plan: enrol the subject first with r)"), "{drawn}");
}

/// Home doses of a morning and an evening: never a unit torn in two.
#[test]
fn no_unit_is_torn_in_two() {
    let mut model = start(regimens_of(&[("xelox", include_str!("../tui/xelox.toml"))]));
    press(&mut model, "xelox<enter>7dec<enter>170<enter>65<enter><right>");
    for (keys, columns) in [("", 80), ("", 60), ("v", 80), ("v", 80), ("", 60)] {
        press(&mut model, keys);
        let drawn = text(&drawn(&model, columns, 24));
        for line in drawn.lines().map(|line| line.trim_end_matches(['│', ' '])) {
            assert!(![" m", " mg i", ",000", ",500"].iter().any(|end| line.ends_with(end)), "{drawn}");
        }
    }
}
