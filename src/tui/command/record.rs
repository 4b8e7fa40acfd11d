//! What is recorded of a subject. Two acts have a key of their own on the plan, with the delay; every act has its letter
//! in the menu behind one key, so that a hand that wants to move never records.

use crate::present::advice as words;
use crate::tui::model::{Kind, Model};
use crate::tui::record::act::Act;
use crate::tui::record::commands as record;
use crate::tui::screen::{advice, delay, record_menu};

use super::{Command, GRID, command, when};

fn needs_none(model: &Model) -> Option<&'static str> {
    model.open_subject().is_some().then_some("the subject is on record already")
}

fn needs_subject(model: &Model) -> Option<&'static str> {
    model.open_subject().is_none().then_some("nothing is recorded of this plan: enrol the subject first with r")
}

fn needs_plan(model: &Model) -> Option<&'static str> {
    model.planned().is_none().then_some("there is no plan to record of")
}

fn needs_tables(model: &Model) -> Option<&'static str> {
    let has = model.session.as_ref().is_some_and(|session| words::has_tables(&session.regimen));
    (!has).then_some(words::WHY_NOT)
}

/// An act on a subject of the record, from the plan: by a key of its own, or by its letter in the menu.
macro_rules! act {
    ($id:literal, $title:literal, $short:literal, $keys:expr, $act:expr) => {
        when(command($id, $title, $short, $keys, &[Kind::Plan], |model, _| record::act(model, $act)), needs_subject)
    };
}

/// In the order of help, and at the foot of a plan.
pub(super) const COMMANDS: &[Command] = &[
    act!("record.give", "Record doses given: only what differs is typed", "given", &["a"], Act::Give),
    act!("record.measure", "Record a new weight, height or creatinine", "body", &["b"], Act::Measure),
    command("plan.delay", "Delay: try what would follow, or record it", "delay", &["d"], &[Kind::Plan], delay::open),
    when(
        command(
            "record.menu",
            "Record: enrol this subject; of one on record everything that can be recorded, by its letter",
            "record\u{2026}",
            &["r"],
            &[Kind::Plan],
            record_menu::open,
        ),
        needs_plan,
    ),
    act!("record.hold", "Hold doses (date to be decided)", "hold", &[], Act::Hold),
    act!("record.omit", "Omit doses (schedule unchanged)", "omit", &[], Act::Omit),
    when(
        command(
            "plan.advice",
            "Advice: what the file's tables say to results, grades and events",
            "advice",
            &["f"],
            &[Kind::Plan],
            advice::open,
        ),
        needs_tables,
    ),
    act!("record.stop", "Record that treatment ended", "", &[], Act::Stop),
    act!("record.level", "Record a dose level or a percentage", "", &[], Act::Level),
    act!("record.criteria", "Record that criteria to treat were checked", "", &[], Act::Criteria),
    when(
        command(
            "record.verify",
            "Independent double check of a visit, before it is given",
            "",
            &[],
            &[Kind::Plan],
            record::verify,
        ),
        needs_subject,
    ),
    act!("record.prepare", "Record doses prepared", "", &[], Act::Prepare),
    act!("record.note", "Record a remark", "", &[], Act::Note),
    act!("record.exposure", "Record prior exposure (lifetime dose)", "", &[], Act::Expose),
    act!("record.supply", "Record home doses dispensed, returned or taken", "", &[], Act::Supply),
    act!("record.move", "Record a move to another version of the regimen", "", &[], Act::Move),
    when(
        command("record.enrol", "Enrol: keep a record of this subject", "", &[], &[Kind::Plan], |model, _| {
            record::act(model, Act::Enrol)
        }),
        needs_none,
    ),
    when(
        command(
            "record.history",
            "Everything on record: undo, correct",
            "on record",
            &["i"],
            &[Kind::Plan],
            record::history,
        ),
        needs_subject,
    ),
    command("menu.open", "Open the form of the chosen act", "open", &["enter"], &[Kind::Menu], record_menu::chosen),
    command("menu.move", "Another act", "choose", GRID, &[Kind::Menu], record_menu::step),
    command(
        "menu.letter",
        "The act of this letter",
        "its letter",
        record_menu::LETTERS,
        &[Kind::Menu],
        record_menu::letter_pressed,
    ),
];
