//! The regimen's file in the person's own editor. A shipped regimen has no file: it is copied to the user's folder
//! first, under a name of its own, so that the shipped one stays what it is.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "copies a regimen for its editor")]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::finding::Severity;
use crate::library::Origin;
use crate::regimen::Regimen;

use super::key::Chord;
use super::model::{Edited, Effect, Model, RegimenList, Screen};
use super::screen::finder;

/// The regimen on the screen: chosen in the finder, or that of the plan.
fn shown(model: &Model) -> Option<usize> {
    if let Some(Screen::Finder(finder)) = model.stack.last() {
        return finder.found.get(finder.at).copied();
    }
    let regimen = &model.session.as_ref()?.regimen;
    let same = |known: &Regimen| known.sha256 == regimen.sha256 && known.id == regimen.id;
    model.regimens.0.iter().position(|entry| entry.file().regimen.as_ref().is_some_and(|known| same(known)))
}

/// Asks for the editor.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(at) = shown(model) {
        return vec![Effect::Edit(model.regimens.clone(), at)];
    }
    model.notify(Severity::Note, "There is no regimen file to open.");
    Vec::new()
}

/// The file to edit, and whether it was made just now.
pub fn file(regimens: &RegimenList, at: usize, user: Option<&Path>) -> Result<(PathBuf, bool), String> {
    let entry = regimens.0.get(at).ok_or("there is no such regimen")?;
    match &entry.origin {
        Origin::User(path) | Origin::Named(path) => Ok((path.clone(), false)),
        Origin::Shipped => {
            let folder = user.ok_or("there is no folder for your own regimens")?;
            let id = format!("{}-copy", entry.id);
            let path = folder.join(format!("{id}.toml"));
            let text = crate::library::copy::copy(&String::from_utf8_lossy(&entry.file().text), &entry.id, &id);
            write_new(folder, &path, &text).map_err(|error| format!("{}: {error}", path.display()))
        }
    }
}

/// Writes a copy that is not there yet; one that is there is kept.
fn write_new(folder: &Path, path: &Path, text: &str) -> io::Result<(PathBuf, bool)> {
    fs::create_dir_all(folder)?;
    match fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| (path.to_owned(), true)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok((path.to_owned(), false)),
        Err(error) => Err(error),
    }
}

/// The library anew; the finder stands on the file, and a plan follows its text.
pub fn on_closed(model: &mut Model, edited: Edited) {
    let Edited { path, copied, failed, regimens } = edited;
    let before = shown(model).filter(|_| !matches!(model.stack.last(), Some(Screen::Finder(_))));
    model.regimens = regimens;
    let at = model.regimens.0.iter().position(|entry| entry.origin.path() == Some(&path));
    choose_in_finder(model, at);
    let file = at.and_then(|at| model.regimens.0.get(at)).map(|entry| entry.file().clone());
    let made =
        if copied { format!("Copied to {}; the shipped one stays as it is. ", path.display()) } else { String::new() };
    if let Some(why) = failed {
        model.notify(Severity::Warn, format!("{made}{why} The file is {}.", path.display()));
        return;
    }
    if let Some(regimen) = file.and_then(|file| file.regimen) {
        let kept = model
            .open_subject()
            .filter(|_| before.is_some())
            .map(|subject| format!(" {} stays on the text it is on; V moves it.", subject.code()));
        if before.is_some() && kept.is_none() {
            replan_with(model, regimen);
        }
        let kept = kept.unwrap_or_default();
        model.notify(Severity::Note, format!("{made}{} has no faults.{kept}", path.display()));
    } else {
        model.stack.truncate(1);
        model.notify(Severity::Block, format!("{made}{} has errors: they are listed in the preview.", path.display()));
    }
}

/// The finder stands on a regimen, also when its words do not fit.
fn choose_in_finder(model: &mut Model, at: Option<usize>) {
    finder::search(model);
    let Some(Screen::Finder(finder)) = model.stack.first_mut() else { return };
    if at.is_some_and(|at| !finder.found.contains(&at)) {
        finder.query = super::field::TextField::default();
        finder::search(model);
    }
    let Some(Screen::Finder(finder)) = model.stack.first_mut() else { return };
    finder.at = at.and_then(|at| finder.found.iter().position(|found| *found == at)).unwrap_or(0);
    finder.scroll = 0;
}

/// What was typed about the subject, under the new text.
fn replan_with(model: &mut Model, regimen: std::sync::Arc<Regimen>) {
    if let Some(session) = &mut model.session {
        session.change_regimen(regimen);
    }
    model.replan();
}
