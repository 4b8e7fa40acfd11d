//! Lists the shipped regimens with their summaries, so that adding one is adding a file.

#[path = "src/library/summary.rs"]
#[allow(dead_code)] // the program uses the rest
mod summary;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

#[allow(clippy::disallowed_methods)] // cargo talks to a build script through the environment
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=regimens");
    println!("cargo::rerun-if-changed=src/library/summary.rs");
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
    fs::write(Path::new(&out).join("shipped.rs"), code)
}
