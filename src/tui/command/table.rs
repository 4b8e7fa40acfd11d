//! The table itself.

use crate::tui::editor;
use crate::tui::model::{Effect, Kind, Model, Screen};
use crate::tui::platform;
use crate::tui::record::commands as record;
use crate::tui::screen::{advice, charts, compare, delay, export, finder, form, list, locked, plan, safety, subjects};
use crate::tui::update::{back, interrupt, quit, quit_now, theme};

use super::{Command, GRID, LIST, at_foot, command, when};

fn needs_plan(model: &Model) -> Option<&'static str> {
    model.planned().is_none().then_some("there is no plan yet: fill in the form first")
}

fn already_back(model: &Model) -> Option<&'static str> {
    match model.stack.as_slice() {
        [.., Screen::Locked(_)] => Some("unlock with your name first"),
        [.., Screen::Safety(_)] => Some("the safety statement comes first"),
        [Screen::Finder(finder)] if finder.query.text.is_empty() => Some("this is the first screen; Ctrl-Q leaves"),
        _ => None,
    }
}

fn needs_record(model: &Model) -> Option<&'static str> {
    model.open_subject().is_none().then_some("nothing is recorded of this plan, so there is nothing to record it under")
}

fn needs_typed(model: &Model) -> Option<&'static str> {
    model
        .open_subject()
        .is_some()
        .then_some("this subject is on record: b records a new weight, i corrects what was typed")
}

fn needs_people(model: &Model) -> Option<&'static str> {
    (!model.shows_subjects()).then_some("nothing of the record is open")
}

fn needs_a_shell(_: &Model) -> Option<&'static str> {
    (!platform::CAN_SUSPEND).then_some("this system has no way back to the shell for a while")
}

fn needs_delay(model: &Model) -> Option<&'static str> {
    let tried = model.session.as_ref().is_some_and(|session| !session.delays.is_empty());
    (!tried).then_some("no what-if delay is in use")
}

const SCROLLING: &[Kind] = &[Kind::Safety, Kind::Messages, Kind::ReadBack, Kind::Delay, Kind::Help, Kind::Palette];

/// Those of the screens, in the order of help; on one screen the first whose key fits is run.
pub(super) const SCREENS: &[Command] = &[
    command(
        "safety.accept",
        "I have read this; go on",
        "I have read this",
        &["enter"],
        &[Kind::Safety],
        safety::accept,
    ),
    command("finder.open", "Open the chosen regimen", "open", &["enter"], &[Kind::Finder], finder::open),
    command("finder.move", "Choose another regimen", "choose", LIST, &[Kind::Finder], finder::step),
    command(
        "finder.pane",
        "The preview, or the list again; arrows then move in it",
        "preview",
        &["tab", "shift-tab"],
        &[Kind::Finder],
        finder::pane,
    ),
    command(
        "finder.favourite",
        "A favourite, which stands on top of the list; once more, not any longer",
        "favourite",
        &["f5"],
        &[Kind::Finder],
        finder::favourite,
    ),
    command(
        "regimen.edit",
        "Open the regimen's file in your editor ($VISUAL or $EDITOR)",
        "edit file",
        &["f4"],
        &[Kind::Finder],
        editor::open,
    ),
    command(
        "form.enter",
        "Next open field; the plan when all is there",
        "next",
        &["enter"],
        &[Kind::Form],
        form::enter,
    ),
    command("form.next", "Next field", "field", &["tab", "down"], &[Kind::Form], form::next),
    command("form.previous", "Previous field", "", &["shift-tab", "up"], &[Kind::Form], form::previous),
    when(command("form.plan", "Show the plan", "plan", &["f2"], &[Kind::Form], form::plan), needs_plan),
    when(
        command(
            "form.unit",
            "The unit asked about is the first one offered",
            "first unit",
            &["f5"],
            &[Kind::Form, Kind::Act, Kind::Calculators],
            form::first_unit,
        ),
        form::no_unit_asked,
    ),
    when(
        command(
            "form.other-unit",
            "The unit asked about is the second one offered",
            "second unit",
            &["f6"],
            &[Kind::Form, Kind::Act, Kind::Calculators],
            form::second_unit,
        ),
        form::no_unit_asked,
    ),
    command("form.clear", "Empty every field (another subject)", "clear", &["f9"], &[Kind::Form], form::clear),
    command(
        "plan.move",
        "A day or a week on or back",
        "",
        &["left", "right", "up", "down", "h", "l", "k", "j"],
        &[Kind::Plan],
        plan::step,
    ),
    command("plan.next", "Next day with something to do", "next", &["n"], &[Kind::Plan], plan::next),
    command("plan.previous", "Previous day with something to do", "", &["p"], &[Kind::Plan], plan::previous),
    command("plan.working", "How the figures came about", "working", &["w"], &[Kind::Plan], plan::working),
    command("plan.view", "Months, matrix, list", "view", &["v"], &[Kind::Plan], plan::shape),
    command("plan.export", "Write the plan to a file", "export", &["x"], &[Kind::Plan], export::open),
    command(
        "plan.compare",
        "Compare with another formula, weight, level, start or delay",
        "compare",
        &["c"],
        &[Kind::Plan],
        compare::open,
    ),
    when(command("plan.undo", "Take the what-if delays back", "", &["u"], &[Kind::Plan], delay::undo), needs_delay),
    command(
        "plan.messages",
        "Everything worth knowing about this plan",
        "messages",
        &["m"],
        &[Kind::Plan],
        plan::messages,
    ),
    command(
        "regimen.read-back",
        "Read the regimen back: a sentence for every figure",
        "",
        &["ctrl-b"],
        &[Kind::Form, Kind::Plan],
        plan::read_back,
    ),
    command("plan.charts", "Doses as charts", "charts", &["s"], &[Kind::Plan], charts::open),
    when(
        command("plan.edit", "Change what was typed about the subject", "edit", &["e"], &[Kind::Plan], plan::edit),
        needs_typed,
    ),
    command("plan.pane", "Other pane; arrows then scroll it", "pane", &["tab", "shift-tab"], &[Kind::Plan], plan::pane),
    command("plan.today", "Go to today", "", &["t"], &[Kind::Plan], plan::today),
    command("plan.first", "Go to the first day", "", &["home", "g"], &[Kind::Plan], plan::first),
    command("plan.last", "Go to the last day", "", &["end", "G"], &[Kind::Plan], plan::last),
    command("plan.month", "A month on or back", "", &["pageup", "pagedown"], &[Kind::Plan], plan::month),
    command("plan.cycle-step", "Previous or next day 1", "", &["[", "]"], &[Kind::Plan], plan::cycle_step),
    command(
        "plan.cycle",
        "Go to day 1 of number 1 to 9",
        "",
        &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        &[Kind::Plan],
        plan::cycle,
    ),
    command("plan.copy", "Copy this day to the clipboard", "", &["y"], &[Kind::Plan], plan::copy),
    command("plan.file", "Open the regimen's file in your editor", "", &["f4"], &[Kind::Plan], editor::open),
    command(
        "plan.filter",
        "Only some drugs or kinds, in the list and the matrix: type words",
        "filter",
        &["/"],
        &[Kind::Plan],
        plan::filter,
    ),
    when(
        command(
            "plan.filter-keep",
            "Keep the filter and move in what is left",
            "keep",
            &["enter"],
            &[Kind::Plan],
            plan::keep,
        ),
        plan::not_filtering,
    ),
    command("plan.find", "Find another regimen", "regimens", &["ctrl-f"], &[Kind::Plan], plan::find),
    command(
        "compare.field",
        "What differs: formula, weight, level, start, delay",
        "what differs",
        &["tab", "shift-tab", "down", "up"],
        &[Kind::Compare],
        compare::field,
    ),
    command(
        "compare.choose",
        "Another formula, level or delay",
        "choose",
        &["left", "right", "h", "l"],
        &[Kind::Compare],
        compare::choose,
    ),
    command("subjects.open", "Open the chosen subject", "open", &["enter"], &[Kind::Subjects], record::open),
    command(
        "history.move",
        "Another entry; the doses, in the other pane",
        "choose",
        LIST,
        &[Kind::History],
        record::step,
    ),
    command(
        "board.move",
        "Another line; the chosen one in full, in the other pane",
        "choose",
        LIST,
        &[Kind::Subjects],
        subjects::step,
    ),
    command(
        "board.filter",
        "Only some lines: type a code, a study, a drug, a state",
        "filter",
        &["/"],
        &[Kind::Subjects],
        subjects::filter,
    ),
    command("board.sort", "Sort by day, study or regimen", "sort", &["v"], &[Kind::Subjects], subjects::regroup),
    command(
        "subjects.pane",
        "Other pane; arrows then scroll it",
        "pane",
        &["tab", "shift-tab"],
        &[Kind::Subjects, Kind::History],
        record::pane,
    ),
    command(
        "subjects.find",
        "Find a regimen for somebody new",
        "new: regimens",
        &["ctrl-f"],
        &[Kind::Subjects],
        plan::find,
    ),
    command("subjects.again", "Read the record again", "", &["f5"], &[Kind::Subjects], |model, _| {
        record::refresh(model)
    }),
    command("history.undo", "Undo the chosen entry, after a preview", "undo", &["u"], &[Kind::History], record::undo),
    command(
        "history.redact",
        "Take the texts of the chosen entry away for good",
        "take texts away",
        &["X"],
        &[Kind::History],
        record::redact,
    ),
    command(
        "history.correct",
        "Correct the chosen entry, after a preview",
        "correct",
        &["c"],
        &[Kind::History],
        record::correct,
    ),
    command(
        "history.check",
        "Check the chosen entry: a second person types it again, without seeing it",
        "check",
        &["v"],
        &[Kind::History],
        record::check_again,
    ),
    command("act.record", "Record what is shown", "record it", &["f2"], &[Kind::Act], record::record),
    command("act.enter", "Next field that is open", "next", &["enter"], &[Kind::Act], record::enter),
    command(
        "act.field",
        "Next or previous field",
        "field",
        &["tab", "shift-tab", "down", "up"],
        &[Kind::Act],
        record::field,
    ),
    command("act.scroll", "Scroll what would change", "scroll", &["pageup", "pagedown"], &[Kind::Act], record::step),
    command("lock.open", "Go on under the name typed", "go on", &["enter"], &[Kind::Locked], locked::open),
    command("compare.page", "Scroll the two plans", "scroll", &["pageup", "pagedown"], &[Kind::Compare], list::step),
    command("delay.cycle", "Another day 1", "other", &["tab", "shift-tab"], &[Kind::Delay], delay::cycle),
    command(
        "delay.use",
        "Show the plan with this delay (nothing is recorded)",
        "show in the plan",
        &["enter"],
        &[Kind::Delay],
        delay::accept,
    ),
    command("export.choose", "Another format", "format", GRID, &[Kind::Export], export::choose),
    command("export.field", "Next field", "field", &["tab", "shift-tab"], &[Kind::Export], export::field),
    command("export.complete", "Complete the path", "complete", &["ctrl-n"], &[Kind::Export], export::complete),
    command("export.write", "Write the file", "write", &["enter"], &[Kind::Export], export::write),
    command(
        "export.look",
        "Look at the first rows before it is written",
        "look",
        &["f2"],
        &[Kind::Export],
        export::look,
    ),
    command("export.replace", "Replace the file that is there", "", &["ctrl-r"], &[Kind::Export], export::replace),
    when(
        command(
            "advice.act",
            "Record what the tables say of the drug (\u{25b6})",
            "record",
            &["f2"],
            &[Kind::Advice],
            advice::act,
        ),
        needs_record,
    ),
    command("advice.enter", "Next finding", "next", &["enter"], &[Kind::Advice], advice::field),
    command(
        "advice.field",
        "Next or previous finding",
        "field",
        &["tab", "shift-tab", "down", "up"],
        &[Kind::Advice],
        advice::field,
    ),
    when(
        command("advice.drug", "Another drug to record of", "drug", &["f6"], &[Kind::Advice], advice::drug),
        needs_record,
    ),
    command(
        "advice.page",
        "Scroll what the tables say",
        "scroll",
        &["pageup", "pagedown"],
        &[Kind::Advice],
        list::step,
    ),
    command("advice.clear", "Empty every field", "clear", &["f9"], &[Kind::Advice], advice::clear),
    command("charts.drug", "Another drug", "drug", GRID, &[Kind::Charts], charts::step),
    command("palette.run", "Run the chosen command", "run", &["enter"], &[Kind::Palette], list::run),
    command("list.move", "Scroll or choose", "scroll", LIST, SCROLLING, list::step),
    command("app.subjects", "Subjects: who there is, what waits", "subjects", &["f3"], &[], record::subjects),
    when(
        at_foot(
            command(
                "app.lock",
                "Lock the screen: the next person types their name",
                "lock",
                &["f12"],
                &[],
                locked::lock,
            ),
            &[Kind::Subjects],
        ),
        needs_people,
    ),
    command("app.help", "Every key, searchable", "all keys", &["?", "f1"], &[], list::help),
    command("app.palette", "Every command by name", "", &[":", "ctrl-p"], &[], list::palette),
    when(
        command("app.back", "One step back (in the finder: all regimens again)", "back", &["esc"], &[], back),
        already_back,
    ),
    command("app.theme", "Another theme", "", &["f8"], &[], theme),
    command("app.redraw", "Draw the screen again", "", &["ctrl-l"], &[], |_, _| vec![Effect::Redraw]),
    when(
        command("app.suspend", "Back to the shell for a while (fg returns)", "", &["ctrl-z"], &[], |_, _| {
            vec![Effect::Suspend]
        }),
        needs_a_shell,
    ),
    command("app.quit", "Leave the program", "", &["q"], &[], quit),
    command("app.interrupt", "Leave the program; asks first", "", &["ctrl-c"], &[], interrupt),
    command("app.quit-now", "Leave the program without a question", "quit", &["ctrl-q"], &[], quit_now),
];
