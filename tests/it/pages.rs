//! Pages that say what the program says. `POSOLOGY_WRITE_DOCS=1 cargo test` writes them; every other run compares.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The file at a path from the project's root.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The text of a page.
#[track_caller]
pub fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

#[allow(clippy::disallowed_methods)] // a switch of the developer's, not of the program
fn writing() -> bool {
    std::env::var_os("POSOLOGY_WRITE_DOCS").is_some()
}

/// The page is exactly `expected`.
#[track_caller]
pub fn hold(name: &str, expected: &str) {
    if writing() {
        fs::write(path(name), expected).unwrap();
    }
    let written = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(written == expected, "{name} is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1");
}

/// One page, several blocks: whoever writes one holds the pen.
static PEN: Mutex<()> = Mutex::new(());

/// The block of text behind the comment `<!-- mark -->` of the page is exactly `expected`.
#[track_caller]
pub fn hold_block(name: &str, mark: &str, expected: &str) {
    let _pen = PEN.lock().unwrap_or_else(PoisonError::into_inner);
    let page = text(name);
    let opening = format!("<!-- {mark} -->\n```text\n");
    let (before, rest) = page.split_once(&opening).unwrap_or_else(|| panic!("{name} has no block {mark:?}"));
    let (_, after) = rest.split_once("```\n").unwrap_or_else(|| panic!("the block {mark:?} of {name} has no end"));
    let whole = format!("{before}{opening}{}\n```\n{after}", expected.trim_end());
    if writing() {
        fs::write(path(name), &whole).unwrap();
    }
    let up_to_date = text(name) == whole;
    assert!(up_to_date, "the block {mark:?} of {name} is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1");
}
