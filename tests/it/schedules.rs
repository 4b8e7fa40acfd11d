//! Schedules for the tests of exports: those of shipped regimens, and ones with every kind of text in them.

use std::path::{Path, PathBuf};

use posology::calendar::{Clock, Site};
use posology::export::Options;
use posology::finding::{About, Code, Finding};
use posology::plan;
use posology::present::{self, Facts, Schedule};
use posology::regimen::{Dilution, Regimen, Stated};
use posology::{checker, verify};

/// Names with what breaks careless writers: separators, quotes, line breaks, formulas, many scripts.
pub const NASTY: &[&str] = &[
    "a,b;c|d\\e",
    "say \"when\" or 'how'",
    "line one\nline two\r\nline three\ttab",
    "Über-Prüfung äöüß µg",
    "鼻咽癌 盐酸伊立替康脂质体注射液",
    "👩‍👧‍👦 family ✅ e\u{301}",
    "=HYPERLINK(\"http://x\",\"click\")",
    "-2+3",
    "@SUM(A1)",
    "+1 too",
    "<b>&amp;</b> *bold* _it_ `code` [l](x) # !",
    "a very long text that goes on, and on; and on, so that every line must be folded at least twice: ……… – end",
    "back\\slash at the end\\",
    "\u{202e}right to left \u{1b}[31mred\u{7f}",
    "N",
    " leading and trailing ",
    "nothing\\nescaped\\,here\\;",
];

/// Options with everything an export may ask for.
pub fn options() -> Options {
    Options {
        generated: "2026-11-21T09:00:00Z".to_owned(),
        study: Some("NPC-1".to_owned()),
        subject: Some("S-014".to_owned()),
        namespace: Some("7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f".to_owned()),
        ..Options::default()
    }
}

/// The schedules of every example of a shipped regimen.
pub fn of_file(path: &Path) -> Vec<Schedule> {
    of_regimen(&regimen(path), None)
}

fn regimen(path: &Path) -> Regimen {
    let checked = checker::check(&std::fs::read(path).unwrap(), &Site::default());
    checked.regimen.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), checked.findings))
}

/// The schedules of every example of a regimen, with the clock time of hour 0 where it is given.
pub fn of_regimen(regimen: &Regimen, at: Option<&Clock>) -> Vec<Schedule> {
    let examples = regimen.examples.iter().filter_map(verify::course).map(|mut course| {
        course.subject.at = at.cloned();
        let plan = plan::plan(regimen, &course, &Site::default(), plan::Options::default());
        let plan = plan.unwrap_or_else(|findings| panic!("{}: {findings:#?}", regimen.id));
        present::schedule(regimen, &course, &plan)
    });
    examples.collect()
}

/// The first example of a shipped regimen.
pub fn shipped(id: &str) -> Schedule {
    of_file(&path(id)).remove(0)
}

/// The same with the clock time of hour 0.
pub fn at(id: &str, clock: &Clock) -> Schedule {
    of_regimen(&regimen(&path(id)), Some(clock)).remove(0)
}

fn path(id: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("regimens/{id}.toml"))
}

/// Every shipped regimen: (id, schedules).
pub fn all_shipped() -> Vec<(String, Vec<Schedule>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), of_file(path))).collect()
}

/// The user's trial: liposomal irinotecan and nimotuzumab, 170 cm and 65 kg, from 07-Dec-2026.
pub fn trial() -> Schedule {
    shipped("npc-liposomal-irinotecan-nituzumab")
}

/// The trial with the worst of texts in every field that holds a text.
/// A code of its own, by which the checks of exports know this schedule.
static WORST: About = About { name: "nasty", title: "the worst of texts", asks: None, page: "" };

pub fn nasty() -> Schedule {
    let mut schedule = trial();
    let mut next = NASTY.iter().cycle().map(|text| (*text).to_owned());
    let mut text = || next.next().unwrap();
    schedule.regimen.name = text();
    schedule.regimen.indication = text();
    schedule.regimen.note = Some(text());
    schedule.regimen.trial = Some(Stated::Is(text()));
    for row in &mut schedule.doses {
        row.shown = text();
        row.drug.clone_from(&row.shown);
        row.formulation = Some(text());
        row.product = Some(text());
        row.route = Some(text());
        row.when = Some(text());
        row.closed = Some(text());
        row.reason = Some(text());
        row.note = Some(text());
        row.warn = Some(text());
        row.handling.store = Some(text());
        row.handling.cytotoxic = Some(true);
        row.apart = Some(text());
        if let Facts::Planned { planned, .. } = &mut row.facts {
            planned.preparation.dilution =
                Some(Dilution { fluid: Some(text()), never: vec![text()], volume: None, from: None, through: None });
            planned.working = vec![text(), text(), text(), text()];
        }
    }
    for row in &mut schedule.assessments {
        row.name = text();
    }
    schedule.findings = NASTY.iter().map(|text| Finding::warn(Code::new(&WORST), *text).help(*text)).collect();
    schedule
}
