//! Writes the files that the third-party checkers read: every format over shipped regimens and over the
//! worst of texts, and beside each what it holds, as plain JSON made from the rows themselves.
//!
//! `cargo run --example interop -- FOLDER`

#![allow(clippy::disallowed_methods, reason = "writes the files to be checked")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a generator that cannot go on must stop
#![allow(dead_code)] // the schedules are shared with the tests

#[path = "../it/schedules.rs"]
mod schedules;

use std::path::Path;

use posology::export::{FORMATS, Options, expand, ics};
use posology::present::{ReasonRow, Schedule};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = Path::new(&folder);
    let formats: Vec<String> = FORMATS.iter().map(|format| format!("{} {}\n", format.id, format.extension)).collect();
    std::fs::write(folder.join("formats.txt"), formats.concat()).unwrap();
    for id in ["npc-liposomal-irinotecan-nituzumab", "gi-mfolfox6", "gi-xelox", "heme-rchop21", "heme-7plus3"] {
        write(&folder.join(id), &schedules::shipped(id));
    }
    write(&folder.join("nasty"), &schedules::nasty());
    write(&folder.join("recorded"), &recorded());
}

/// A course under way: the first cycle given but for one dose, one drug reduced from the second, one dose on hold.
fn recorded() -> Schedule {
    let mut schedule = schedules::shipped("gi-mfolfox6");
    for dose in &mut schedule.doses {
        match (dose.cycle, dose.id.as_str()) {
            (1, "folinic-acid") => (dose.state, dose.note) = ("omitted", Some("out of stock".to_owned())),
            (1, _) => dose.state = "given",
            (2, "fluorouracil-bolus") => (dose.state, dose.note) = ("held", Some("neutrophils 0.8".to_owned())),
            // 65 mg/m² × 1.75 m² = 113.75 mg
            (_, "oxaliplatin") => {
                (dose.level, dose.per, dose.calculated) = (-1, "65 mg/m2".to_owned(), "113.75".to_owned());
                (dose.dose, dose.dose_shown) = ("114".to_owned(), "114 mg".to_owned());
                dose.total = Some("114".to_owned());
            }
            _ => {}
        }
    }
    let why = "neuropathy grade 2".to_owned();
    let what = "dose level -1".to_owned();
    schedule.sheets.reasons =
        vec![ReasonRow { phase: None, cycle: 2, drug: Some("oxaliplatin".to_owned()), what, why }];
    schedule
}

/// `FOLDER/ID.EXTENSION` for every format, and `expected.json`.
fn write(folder: &Path, schedule: &Schedule) {
    std::fs::create_dir_all(folder).unwrap();
    let letter = folder.ends_with("recorded");
    let options = Options { show_drugs: true, working: true, letter, ..schedules::options() };
    for format in FORMATS {
        let bytes = format.bytes(schedule, &options).unwrap_or_else(|error| panic!("{}: {error}", format.id));
        std::fs::write(folder.join(format!("{}.{}", format.id, format.extension)), bytes).unwrap();
    }
    let save = |name: &str, value: &serde_json::Value| std::fs::write(folder.join(name), value.to_string()).unwrap();
    save("expected.json", &serde_json::to_value(schedule).unwrap());
    save("expanded.json", &serde_json::to_value(expand(schedule)).unwrap());
    let split = folder.join("split");
    std::fs::create_dir_all(&split).unwrap();
    for (name, bytes) in ics::split(schedule, &options).unwrap() {
        std::fs::write(split.join(name), bytes).unwrap();
    }
    updated(folder, schedule, &options);
}

/// The calendar after a move and a dropped dose.
fn updated(folder: &Path, schedule: &Schedule, options: &Options) {
    let ics = posology::export::format("ics").unwrap();
    let mut moved = schedule.clone();
    "2026-12-31".clone_into(&mut moved.doses[0].date);
    if let Some(run) = &mut moved.doses[0].run {
        "2027-01-31".clone_into(&mut run.through);
    }
    moved.doses.pop();
    let later = Options {
        previous: Some(ics.bytes(schedule, options).unwrap()),
        generated: "2026-12-01T10:00:00Z".to_owned(),
        ..options.clone()
    };
    std::fs::write(folder.join("updated.ics"), ics.bytes(&moved, &later).unwrap()).unwrap();
}
