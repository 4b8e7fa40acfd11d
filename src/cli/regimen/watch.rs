//! `posology regimen check --watch`: the checker beside the editor. Whoever saves a file reads at once what is wrong.
//!
//! Files are looked at, not subscribed to: a look every third of a second at size and time of change costs nothing that
//! can be measured, works on every file system, and sees an editor that writes a new file and renames it.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::failure::Failure;

use super::super::Output;

/// How long between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// What tells one state of a file from the next; `None` for a file that is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// The pause of the command: for ever, until it is interrupted.
pub fn pause() -> bool {
    std::thread::sleep(PAUSE);
    true
}

/// Tells of every file once, and again of each that has changed, as long as `wait` says so.
pub fn run(
    files: impl Fn() -> Result<Vec<PathBuf>, Failure>,
    mut tell: impl FnMut(&Path, &mut Output) -> Result<(), Failure>,
    mut wait: impl FnMut() -> bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut seen: BTreeMap<PathBuf, Stamp> = BTreeMap::new();
    loop {
        for file in files()? {
            let now = stamp(&file);
            if seen.get(&file) != Some(&now) {
                match now {
                    Some(_) => tell(&file, output)?,
                    None => output.line(&format!("{}: is gone", file.display()))?,
                }
                seen.insert(file, now);
            }
        }
        output.flush()?;
        if !wait() {
            return Ok(());
        }
    }
}

fn stamp(file: &Path) -> Stamp {
    let data = std::fs::metadata(file).ok()?;
    Some((data.len(), data.modified().ok()))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::fs;

    use super::*;

    /// Plays a run: each step changes the folder before the next look; what was told in each look.
    fn played(steps: &[fn(&Path)]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.toml"), "one").unwrap();
        fs::write(folder.path().join("b.toml"), "one").unwrap();
        let told = RefCell::new(vec![Vec::new()]);
        let files = || Ok(["a.toml", "b.toml"].map(|name| folder.path().join(name)).to_vec());
        let tell = |file: &Path, _: &mut Output| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            told.borrow_mut().last_mut().unwrap().push(name);
            Ok(())
        };
        let mut steps = steps.iter();
        let wait = || {
            let Some(step) = steps.next() else { return false };
            step(folder.path());
            told.borrow_mut().push(Vec::new());
            true
        };
        let mut output = Output::to(Box::new(std::io::sink()), Box::new(std::io::sink()));
        run(files, tell, wait, &mut output).unwrap();
        told.into_inner()
    }

    #[test]
    fn every_file_is_told_once_and_a_changed_one_again() {
        let told = played(&[
            |_| {},
            |folder| fs::write(folder.join("b.toml"), "longer").unwrap(),
            |folder| fs::remove_file(folder.join("a.toml")).unwrap(),
            |folder| fs::write(folder.join("a.toml"), "back again").unwrap(),
        ]);
        let looks: Vec<Vec<&str>> = told.iter().map(|look| look.iter().map(String::as_str).collect()).collect();
        assert_eq!(looks, [vec!["a.toml", "b.toml"], vec![], vec!["b.toml"], vec![], vec!["a.toml"]]);
    }
}
