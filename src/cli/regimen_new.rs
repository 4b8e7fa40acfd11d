//! `posology regimen new ID`: a file to fill in, guided by the checker.
//!
//! Every question of a protocol stands in it as a comment. Nothing clinical is filled in, least of all the
//! expected values of the example: a file that checks itself against the program checks nothing.

use crate::failure::Failure;
use crate::library::{self, Library, LibraryError};
use crate::regimen::Regimen;
use crate::verify::{self, Untouched};

const TEMPLATE: &str = include_str!("regimen_new.toml");

/// The longest id: it is the name of the file and stands in every list (the longest shipped one has 43 letters).
const LONGEST: usize = 64;

/// The text of a new file.
pub fn template(id: &str) -> Result<String, Failure> {
    let short = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let ends = id.starts_with('-') || id.ends_with('-') || id.contains("--");
    if id.is_empty() || ends || !id.chars().all(short) || id.len() > LONGEST {
        let shown = crate::quantity::number::shown(id);
        let form = format!(
            "at most {LONGEST} lower-case letters, digits and single hyphens, the first and the last no hyphen"
        );
        let failure = Failure::usage(format!("\"{shown}\" is not an id: {form}"));
        return Err(failure.hint("write it like npc-gemcitabine-cisplatin"));
    }
    Ok(TEMPLATE.replace("{id}", id))
}

/// The text of a new file that starts as a copy of another, with what is to be done about it above.
pub fn copied(id: &str, text: &[u8], regimen: &Regimen) -> String {
    let copy = library::copy::copy(&String::from_utf8_lossy(text), &regimen.id, id);
    format!(
        "# Started from {} version {}, SHA-256 {}.\n\
         # Every figure is that file's, not your protocol's: go through it line by line, name your protocol as the source,\n\
         # and work the examples out anew. What you changed: posology regimen diff {} {id}.toml\n{}",
        regimen.id,
        regimen.version,
        regimen.sha256,
        regimen.id,
        copy.trim_start()
    )
}

/// What the examples of the copy leave out, as comments below it: rows to be worked out by hand, with no figure in them.
pub fn rows(untouched: &[Untouched]) -> String {
    if untouched.is_empty() {
        return String::new();
    }
    let rows = verify::rows_to_work_out(untouched);
    let lines: String = rows.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    format!(
        "\n# What no example above touches: work each row out by hand from your protocol, then take the # away. Again at any time:\n\
         # posology regimen check FILE --rows\n{lines}"
    )
}

/// The same, for an id that no regimen of the library has: two files of one id would stand in each other's way.
pub fn unused(id: &str, library: &Library) -> Result<String, Failure> {
    let text = template(id)?;
    let place = match library.find(id) {
        Err(LibraryError::NotFound { .. }) => return Ok(text),
        Ok(entry) => {
            entry.origin.path().map_or("it is shipped with the program".to_owned(), |path| path.display().to_string())
        }
        Err(error) => error.to_string(),
    };
    let failure = Failure::refused(format!("there is a regimen \"{id}\" already: {place}"));
    Err(failure.hint(format!(
        "give the new one an id of its own, such as {id}-own; F4 in the interface opens a copy of a shipped file"
    )))
}
