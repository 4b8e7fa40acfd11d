//! The commands of the command line that have no screen of their own: the list, the form, what one said.

use crate::tui::model::{Kind, Model};
use crate::tui::screen::{output, task, tasks};

use super::{Command, LIST, at_foot, command, when};

/// In the order of help.
pub(super) const COMMANDS: &[Command] = &[
    when(
        at_foot(
            command(
                "tasks.list",
                "More commands: record, backup, study, approval, differences",
                "more",
                &["ctrl-o"],
                &[],
                tasks::list,
            ),
            &[Kind::Finder, Kind::Subjects],
        ),
        not_now,
    ),
    command("tasks.open", "Open the chosen command as a form", "open", &["enter"], &[Kind::Tasks], tasks::open),
    command("tasks.move", "Another command", "choose", LIST, &[Kind::Tasks], tasks::step),
    command("task.run", "Run the command with what is typed", "run", &["f2"], &[Kind::Task], task::run),
    command(
        "task.field",
        "Next or previous field",
        "field",
        &["enter", "tab", "shift-tab", "down", "up"],
        &[Kind::Task],
        task::field,
    ),
    command("task.page", "Scroll what it says", "scroll", &["pageup", "pagedown"], &[Kind::Task], task::page),
    command("task.clear", "Empty every field", "clear", &["f9"], &[Kind::Task], task::clear),
    command("output.move", "Scroll what the command said", "scroll", LIST, &[Kind::Output], output::step),
    command("output.copy", "Copy what the command said", "copy", &["y"], &[Kind::Output], output::copy),
];

fn not_now(model: &Model) -> Option<&'static str> {
    match model.kind() {
        Kind::Tasks => Some("they are listed here"),
        Kind::Safety => Some("the safety statement comes first"),
        _ => None,
    }
}
