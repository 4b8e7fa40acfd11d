//! The terminal interface.
//!
//! One [`Model`] (plain data), one [`update`](fn@update) (a message changes the model and may ask for effects), one
//! [`view`](fn@view) (draws the model and tells which places answer a click). Screens are a stack; the commands
//! are one table ([`command::COMMANDS`]). The interface computes nothing: every figure on it comes from
//! the library's own rows.

pub mod advice;
pub mod background;
pub mod calculators;
pub mod canvas;
pub mod choices;
pub mod codes;
pub mod command;
pub mod confirming;
pub mod editor;
pub mod field;
pub mod form_field;
pub mod formats;
pub mod header;
mod inputs;
pub mod key;
pub mod model;
pub mod plain;
mod platform;
pub mod record;
pub mod rich;
mod run;
pub mod screen;
pub mod session;
pub mod settings;
pub mod settings_file;
pub mod shelf;
pub mod task;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod when;
pub mod worker;

pub use model::{Effect, Message, Model};
pub use run::{Options, TuiError, run};
pub use settings::Settings;
pub use update::update;
pub use view::view;

use std::path::PathBuf;
use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::library::RegimenEntry;

use model::{Finder, RegimenList, Screen, Scroll};

/// A model as it is when the program starts: the safety statement where it was not read yet, the finder.
pub fn start(
    library: Vec<RegimenEntry>,
    site: Site,
    settings: Settings,
    today: Date,
    folder: PathBuf,
    read_before: bool,
) -> Model {
    let mut stack = vec![Screen::Finder(Finder::default())];
    if !read_before {
        stack.push(Screen::Safety(Scroll::default()));
    }
    let mut model = Model {
        size: (80, 24),
        today,
        settings,
        site: Arc::new(site),
        study: Arc::default(),
        regimens: RegimenList(Arc::new(library)),
        folder,
        stack,
        record: record::Record::default(),
        session: None,
        calculators: None,
        tasks: Arc::from([]),
        left: Vec::new(),
        last_format: None,
        shelf: shelf::Shelf::default(),
        notice: None,
        generation: 0,
        interrupted: false,
        leaving: None,
        quit: false,
    };
    screen::finder::search(&mut model);
    model
}
