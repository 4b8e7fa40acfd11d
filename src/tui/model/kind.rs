//! The names of the screens.

use super::{Model, Screen};

/// A screen's name, for the command table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    Safety,
    Finder,
    Form,
    Plan,
    Menu,
    Messages,
    ReadBack,
    Compare,
    Advice,
    Delay,
    Export,
    Charts,
    Subjects,
    History,
    Act,
    Calculators,
    Tasks,
    Task,
    Output,
    Locked,
    Help,
    Palette,
}

impl Kind {
    /// The word in help and documentation.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Safety => "Safety statement",
            Kind::Finder => "Finder",
            Kind::Form => "Subject form",
            Kind::Plan => "Plan",
            Kind::Menu => "Record menu",
            Kind::Messages => "Messages",
            Kind::ReadBack => "Regimen read back",
            Kind::Compare => "Compare",
            Kind::Advice => "Advice",
            Kind::Delay => "What-if delay",
            Kind::Export => "Export",
            Kind::Charts => "Charts",
            Kind::Subjects => "Subjects",
            Kind::History => "On record",
            Kind::Act => "Record",
            Kind::Calculators => "Calculators",
            Kind::Tasks => "More commands",
            Kind::Task => "Command",
            Kind::Output => "What it said",
            Kind::Locked => "Locked",
            Kind::Help => "Help",
            Kind::Palette => "Commands",
        }
    }
}

impl Model {
    /// The visible screen's name.
    pub fn kind(&self) -> Kind {
        match self.stack.last() {
            Some(Screen::Safety(_)) => Kind::Safety,
            Some(Screen::Finder(_)) | None => Kind::Finder,
            Some(Screen::Form) => Kind::Form,
            Some(Screen::Plan(_)) => Kind::Plan,
            Some(Screen::Menu(_)) => Kind::Menu,
            Some(Screen::Messages(_)) => Kind::Messages,
            Some(Screen::ReadBack(_)) => Kind::ReadBack,
            Some(Screen::Compare(_)) => Kind::Compare,
            Some(Screen::Advice(_)) => Kind::Advice,
            Some(Screen::Delay(_)) => Kind::Delay,
            Some(Screen::Export(_)) => Kind::Export,
            Some(Screen::Charts(_)) => Kind::Charts,
            Some(Screen::Subjects(_)) => Kind::Subjects,
            Some(Screen::History(_)) => Kind::History,
            Some(Screen::Act(_)) => Kind::Act,
            Some(Screen::Calculators(_)) => Kind::Calculators,
            Some(Screen::Tasks(_)) => Kind::Tasks,
            Some(Screen::Task(_)) => Kind::Task,
            Some(Screen::Output(_)) => Kind::Output,
            Some(Screen::Locked(_)) => Kind::Locked,
            Some(Screen::Help(_)) => Kind::Help,
            Some(Screen::Palette(_)) => Kind::Palette,
        }
    }
}
