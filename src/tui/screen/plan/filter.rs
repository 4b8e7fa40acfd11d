//! The list and the matrix, filtered by words of drugs and of kinds: `pembrolizumab`, `home`, `test`.

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::calendar::Date;
use crate::present::{AssessmentRow, DoseRow, EndRow, Place};
use crate::tui::canvas::Canvas;
use crate::tui::model::{Model, PlanView};
use crate::tui::rich::Role;
use crate::tui::session::Planned;

use super::days::{self, Day};

/// Words that a row must have, each of them; without words every row is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter(Vec<String>);

impl Filter {
    /// Of a plan on the screen.
    pub(super) fn of(view: &PlanView) -> Self {
        Self(view.filter.text.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    /// Of the plan on the stack; without words where there is none.
    pub(super) fn of_plan(model: &Model) -> Self {
        model.plan_view().map(Self::of).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|word| text.contains(word))
    }

    /// Whether a dose is shown: by its drug, its route, where it is given, what became of it.
    pub(super) fn dose(&self, row: &DoseRow) -> bool {
        let place = if row.place == Place::Home { "at home" } else { "clinic" };
        self.fits(&format!("{} {} {place} {} dose", row.shown_apart(), row.route_words(), row.state().word()))
    }

    /// Whether the end of an infusion is shown.
    pub(super) fn end(&self, row: &EndRow) -> bool {
        self.fits(&format!("{} {} end", row.shown, row.visit))
    }

    fn test(&self, row: &AssessmentRow) -> bool {
        self.fits(&format!("{} test assessment", row.name))
    }

    /// Every day with what is shown of it.
    pub(super) fn days(&self, planned: &Planned) -> BTreeMap<Date, Day> {
        let mut days = days::days(planned);
        if self.is_empty() {
            return days;
        }
        let schedule = &planned.schedule;
        for day in days.values_mut() {
            day.doses.retain(|row| schedule.doses.get(*row).is_some_and(|row| self.dose(row)));
            day.ends.retain(|row| schedule.ends.get(*row).is_some_and(|row| self.end(row)));
            day.tests.retain(|row| schedule.assessments.get(*row).is_some_and(|row| self.test(row)));
        }
        days
    }
}

/// The words above what they leave, while there are any; gives the area left.
pub(super) fn draw(view: &PlanView, canvas: &mut Canvas<'_>, inside: Rect) -> Rect {
    if (!view.filtering && view.filter.text.is_empty()) || inside.height < 3 || inside.width < 12 {
        return inside;
    }
    canvas.put(inside.x + 1, inside.y, inside.width, "Only ", Role::Title);
    canvas.field(inside.x + 6, inside.y, inside.width.saturating_sub(7), &view.filter, view.filtering);
    if view.filter.text.is_empty() {
        let hint = "a drug; home, test, end, given";
        canvas.put(inside.x + 8, inside.y, inside.width.saturating_sub(9), hint, Role::Muted);
    }
    Rect { y: inside.y + 1, height: inside.height - 1, ..inside }
}
