//! Lists the shipped regimens, so that adding one is adding a file.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

#[allow(clippy::disallowed_methods)] // cargo talks to a build script through the environment
fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=regimens");
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
    code.push_str("];\n");
    fs::write(Path::new(&out).join("shipped.rs"), code)
}
