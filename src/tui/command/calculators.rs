//! The commands of the calculators: one key from everywhere, each of them by its usual short name in the palette.

use crate::tui::calculators::Topic;
use crate::tui::model::Kind;
use crate::tui::screen::calculators;

use super::{Command, LIST, at_foot, command, when};

/// In the order of help.
pub(super) const COMMANDS: &[Command] = &[
    when(
        at_foot(
            command("calc.open", "Calculators, side by side", "calculators", &["f7"], &[], calculators::open),
            &[Kind::Finder, Kind::Subjects],
        ),
        calculators::not_now,
    ),
    at("calc.bsa", "Calculator: body surface by every formula, BMI (bsa, bmi)", |model, _| {
        calculators::at(model, Topic::Surface)
    }),
    at("calc.weight", "Calculator: ideal, adjusted and lean weight (ibw, abw, lbw)", |model, _| {
        calculators::at(model, Topic::Weight)
    }),
    at("calc.crcl", "Calculator: creatinine clearance and GFR (crcl, gfr, egfr, renal)", |model, _| {
        calculators::at(model, Topic::Kidney)
    }),
    at("calc.auc", "Calculator: carboplatin for a target AUC (auc, calvert)", |model, _| {
        calculators::at(model, Topic::Carboplatin)
    }),
    at("calc.dose", "Calculator: dose × size, rounded, with vials (dose, round, vial)", |model, _| {
        calculators::at(model, Topic::Dose)
    }),
    at("calc.date", "Calculator: dates: add days, weeks; between; window (date)", |model, _| {
        calculators::at(model, Topic::Dates)
    }),
    command(
        "calculators.field",
        "Next or previous field; the results behind the last",
        "field",
        &["tab", "shift-tab", "enter"],
        &[Kind::Calculators],
        calculators::field,
    ),
    command(
        "calculators.move",
        "Another result, its working below",
        "result",
        LIST,
        &[Kind::Calculators],
        calculators::step,
    ),
    command(
        "calculators.copy",
        "Copy the result with inputs, formula and date",
        "copy",
        &["y", "ctrl-y"],
        &[Kind::Calculators],
        calculators::copy,
    ),
    command("calculators.clear", "Empty every field", "clear", &["f9"], &[Kind::Calculators], calculators::clear),
];

const fn at(id: &'static str, title: &'static str, run: super::Run) -> Command {
    when(command(id, title, "", &[], &[], run), not_yet)
}

fn not_yet(model: &crate::tui::Model) -> Option<&'static str> {
    (model.kind() == Kind::Safety).then_some("the safety statement comes first")
}
