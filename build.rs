//! Lists the shipped regimens with their summaries, so that adding one is adding a file, and makes the tables of figures part of
//! the program.

#[path = "build/tables.rs"]
mod tables;

#[path = "src/library/summary.rs"]
#[allow(dead_code)] // the program uses the rest
mod summary;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// From the text of a table to Rust.
type Make = fn(&str) -> io::Result<String>;

#[allow(clippy::disallowed_methods)] // cargo talks to a build script through the environment
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=regimens");
    println!("cargo::rerun-if-changed=src/library/summary.rs");
    println!("cargo::rerun-if-changed=build");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("regimens");
    let mut files: Vec<_> = match fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut code = String::from("pub(super) const SHIPPED: &[(&str, &str)] = &[\n");
    for file in &files {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(code, "    ({id:?}, include_str!({:?})),", file.display().to_string());
    }
    code.push_str("];\npub(super) const SUMMARIES: &[Summary] = &[\n");
    for file in &files {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        let summary = summary::Summary::read(&id, &fs::read_to_string(file)?);
        let words: Vec<String> =
            summary.words.iter().map(|(word, text)| format!("(Word::{word:?}, {text:?})")).collect();
        let _ = writeln!(code, "    ({:?}, {:?}, &[{}]),", summary.name, summary.status, words.join(", "));
    }
    code.push_str("];\n");
    fs::write(Path::new(&out).join("shipped.rs"), code)?;
    let made: [(&str, &str, Make); 4] = [
        ("src/plausibility/limits.toml", "limits.rs", tables::limits),
        ("src/plausibility/drugs.toml", "largest.rs", tables::largest),
        ("src/plausibility/growth.csv", "growth.rs", tables::growth),
        ("src/present/tall_man.toml", "tall_man.rs", tables::tall_man),
    ];
    for (from, to, make) in made {
        println!("cargo::rerun-if-changed={from}");
        let text = fs::read_to_string(Path::new(&root).join(from))?;
        fs::write(Path::new(&out).join(to), make(&text)?)?;
    }
    Ok(())
}
