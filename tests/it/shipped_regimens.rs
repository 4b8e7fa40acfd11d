//! The shipped regimen files: each loads without a finding, its worked examples come out, and it is honest about itself.

use std::fs;
use std::path::{Path, PathBuf};

use posology::calendar::Site;
use posology::regimen::{Regimen, Status};
use posology::{checker, verify};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
}

fn load(path: &Path) -> Regimen {
    let checked = checker::check(&fs::read(path).unwrap(), &Site::default());
    let told: Vec<String> = checked.findings.iter().map(|found| format!("{} {}", found.code, found.text)).collect();
    assert!(told.is_empty(), "{}: {told:#?}", path.display());
    checked.regimen.unwrap()
}

#[test]
fn every_file_loads_without_a_finding_and_its_examples_come_out() {
    let paths = files();
    assert!(paths.len() >= 60, "only {} files", paths.len());
    for path in paths {
        let regimen = load(&path);
        let wrong = verify::examples(&regimen, &Site::default());
        assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
    }
}

#[test]
fn every_file_is_named_by_its_id_and_is_a_draft() {
    for path in files() {
        let regimen = load(&path);
        assert_eq!(Some(regimen.id.as_str()), path.file_stem().and_then(|stem| stem.to_str()));
        assert_eq!(regimen.status, Status::Draft, "{}", path.display());
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().next(), Some("#:schema ../docs/regimen.schema.json"), "{}", path.display());
    }
}

#[test]
fn every_file_works_at_least_two_cases_and_one_later_administration() {
    for path in files() {
        let regimen = load(&path);
        assert!(regimen.examples.len() >= 2, "{}", path.display());
        let mut expected = regimen.examples.iter().flat_map(|example| &example.expect);
        assert!(expected.any(|expect| expect.cycle > 1 || expect.day != 1), "{}", path.display());
        let mut all = regimen.examples.iter().flat_map(|example| &example.expect);
        assert!(all.all(|expect| expect.date.is_some() && expect.dose.is_some()), "{}", path.display());
    }
}

/// No figure of a dose is without a source that can be looked up, unless it is marked.
#[test]
fn every_named_source_says_where_it_was_read() {
    for path in files() {
        for source in load(&path).sources {
            assert!(source.url.is_some() || source.id == "trial", "{}: source {}", path.display(), source.id);
        }
    }
}

/// The number of files is written where people read it.
#[test]
fn the_change_log_counts_the_files() {
    let log = include_str!("../../CHANGELOG.md");
    assert!(log.contains(&format!("* {} regimens, ", files().len())), "{} files", files().len());
}

/// A wrong expectation must fail: the examples are run, not only read.
#[test]
fn a_changed_expectation_fails() {
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let broken = text.replacen("date = 20", "date = 21", 1);
        assert_ne!(text, broken, "{}", path.display());
        let checked = checker::check(broken.as_bytes(), &Site::default());
        let wrong = verify::examples(&checked.regimen.unwrap(), &Site::default());
        assert_eq!(wrong.len(), 1, "{}", path.display());
    }
}
