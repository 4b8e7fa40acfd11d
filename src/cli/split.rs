//! `posology plan --as ics --split DIR`: a calendar of one file an event.
//!
//! The folder is the memory: what stands in it of this plan keeps its numbers, what has changed gets the next
//! ones, and what is gone is cancelled. Files of other plans, and of other programs, are left alone.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::Path;

use crate::export::{self, Format, ics, save};
use crate::failure::Failure;
use crate::present::Schedule;

use super::Output;

/// What happened to the files of a folder.
#[derive(Default)]
struct Counts {
    new: usize,
    changed: usize,
    unchanged: usize,
}

/// Writes the events into a folder.
pub fn run(
    folder: &Path,
    format: &Format,
    schedule: &Schedule,
    mut options: export::Options,
    output: &mut Output,
) -> Result<(), Failure> {
    if format.id != "ics" {
        let failure =
            Failure::usage(format!("--split writes one calendar file an event, and {} has no events", format.id));
        return Err(failure.hint("add --as ics, or write one file with -o"));
    }
    if !folder.is_dir() {
        let failure = Failure::unreadable(format!("--split: {} is not a folder", folder.display()));
        return Err(failure.hint("make it first, or name another"));
    }
    let before = ours(folder, schedule, &options)?;
    if !before.is_empty() {
        options.previous.get_or_insert_default().extend(before);
    }
    if options.each {
        return write(folder, &export::expand(schedule), &options, output);
    }
    write(folder, schedule, &options, output)
}

fn refused(error: impl std::fmt::Display) -> Failure {
    Failure::unreadable(error.to_string())
}

/// The calendars of this plan that stand in the folder, one after the other.
fn ours(folder: &Path, schedule: &Schedule, options: &export::Options) -> Result<Vec<u8>, Failure> {
    let told = |path: &Path, error: std::io::Error| refused(format!("{} cannot be read: {error}", path.display()));
    let entries = std::fs::read_dir(folder).map_err(|error| told(folder, error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ics"));
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|error| told(&path, error))?;
        if ics::is_of(&bytes, schedule, options).map_err(refused)? {
            all.extend(bytes);
        }
    }
    Ok(all)
}

fn write(folder: &Path, schedule: &Schedule, options: &export::Options, output: &mut Output) -> Result<(), Failure> {
    let mut counts = Counts::default();
    for (name, bytes) in ics::split(schedule, options).map_err(refused)? {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(there) if there == bytes => counts.unchanged += 1,
            there => {
                // The name is an identity of ours: what has it is this event as it was.
                save::save(&path, &bytes, true).map_err(refused)?;
                *(if there.is_ok() { &mut counts.changed } else { &mut counts.new }) += 1;
            }
        }
    }
    let Counts { new, changed, unchanged } = counts;
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    output.message(&format!("Wrote {}: {new} events new, {changed} changed, {unchanged} as they were", full.display()));
    Ok(())
}
