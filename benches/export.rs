//! Ten thousand events and a hundred thousand rows, exported: time and peak memory, each beside a loop that only
//! formats the same bytes (for XLSX: the deflate of the same XML) and, where benches/export.sh has made them ready,
//! beside the Python libraries people would use. Every figure is the best of three in a process of its own.

#![allow(clippy::disallowed_types, reason = "a measurement, not the program")]
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods)] // a benchmark is told by its script where Python is

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use posology::calendar::{self, Site};
use posology::checker;
use posology::course::Course;
use posology::export::{self, Options};
use posology::plan;
use posology::present::{self, Schedule};
use posology::quantity::{Height, Weight};
use posology::subject::Subject;

const TEXT: &str = include_str!("../regimens/npc-liposomal-irinotecan-nituzumab.toml");
/// Format, rows, the Python library to compare with.
const JOBS: &[(&str, usize, Option<&str>)] = &[
    ("ics", 10_000, Some("icalendar")),
    ("csv", 100_000, Some("csv")),
    ("jsonl", 100_000, Some("json")),
    ("xlsx", 100_000, Some("XlsxWriter")),
    ("parquet", 100_000, None),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|one| one == "job") {
        Some(at) => job(&arguments[at + 1], &arguments[at + 2], arguments[at + 3].parse().unwrap()),
        None => table(),
    }
}

/// What one process found out.
struct Measured {
    milliseconds: f64,
    /// Beyond what the schedule itself takes.
    mebibytes: f64,
    bytes: u64,
}

fn table() {
    println!("{:<9}{:>8}{:>16}{:>13}{:>11}{:>9}{:>11}", "format", "rows", "who", "ms", "MiB more", "MB out", "x limit");
    let python = std::env::var("POSOLOGY_BENCH_PYTHON").ok();
    let rows = std::env::temp_dir().join(format!("posology-bench-{}.jsonl", std::process::id()));
    for (format, count, library) in JOBS {
        let limit = child(format, "limit", *count);
        let line = |who: &str, one: &Measured| {
            // Of Parquet no loop is known that only formats the same bytes.
            let times = if *format == "parquet" { f64::NAN } else { one.milliseconds / limit.milliseconds };
            #[allow(clippy::cast_precision_loss)] // megabytes to one place
            let out = one.bytes as f64 / 1e6;
            println!(
                "{format:<9}{count:>8}{who:>16}{:>13.1}{:>11.1}{out:>9.1}{times:>11.2}",
                one.milliseconds, one.mebibytes
            );
        };
        line("limit", &limit);
        line("posology", &child(format, "ours", *count));
        if let (Some(python), Some(library)) = (&python, library) {
            std::fs::write(&rows, export::format("jsonl").unwrap().bytes(&schedule(*count), &options()).unwrap())
                .unwrap();
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/export.py");
            line(library, &ran(Command::new(python).arg(script).arg(format).arg(&rows)));
        }
    }
    let _ = std::fs::remove_file(rows);
}

fn child(format: &str, who: &str, count: usize) -> Measured {
    ran(Command::new(std::env::current_exe().unwrap()).args(["job", format, who, &count.to_string()]))
}

fn ran(command: &mut Command) -> Measured {
    let ran = command.output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap();
    let figures: Vec<f64> = text.split_whitespace().filter_map(|one| one.parse().ok()).collect();
    let [milliseconds, mebibytes, bytes] = figures.as_slice() else {
        return Measured { milliseconds: f64::NAN, mebibytes: f64::NAN, bytes: 0 };
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count of bytes
    Measured { milliseconds: *milliseconds, mebibytes: *mebibytes, bytes: *bytes as u64 }
}

fn job(format: &str, who: &str, count: usize) {
    let schedule = schedule(count);
    if who == "ours" {
        let (schedule, options, format) = (schedule, options(), export::format(format).unwrap());
        return measure(|out| format.stream(&schedule, &options, out).unwrap());
    }
    let bytes = export::format(format).unwrap().bytes(&schedule, &options()).unwrap();
    drop(schedule);
    match format {
        "xlsx" => deflate(bytes),
        "csv" => cells(&bytes),
        "parquet" => measure(|out| out.write_all(&bytes).unwrap()),
        _ => lines(&String::from_utf8(bytes).unwrap().replace("\r\n ", "")),
    }
}

/// Cells with commas between them, nothing looked at.
fn cells(bytes: &[u8]) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let records: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    measure(|out| {
        let mut line = String::new();
        for record in &records {
            line.clear();
            record.iter().for_each(|cell| write!(line, "{cell},").unwrap());
            line.push_str("\r\n");
            out.write_all(line.as_bytes()).unwrap();
        }
    });
}

/// Lines made of their name and value, cut at 75 octets without a look at what is cut.
fn lines(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    measure(|out| {
        for line in &lines {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let whole = format!("{name}:{value}\r\n").into_bytes();
            for (at, part) in whole.chunks(74).enumerate() {
                if at > 0 {
                    out.write_all(b"\r\n ").unwrap();
                }
                out.write_all(part).unwrap();
            }
        }
    });
}

/// The same parts of the workbook, already XML.
fn deflate(bytes: Vec<u8>) {
    let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    measure(|out| {
        let mut archive = zip::ZipWriter::new_stream(out);
        for (name, text) in &parts {
            archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text).unwrap();
        }
        archive.finish().unwrap();
    });
}

/// Counts bytes and keeps none.
#[derive(Default)]
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn measure(work: impl Fn(export::Out<'_>)) {
    let before = resident("VmRSS:");
    // From here on the peak is the peak of the work.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let mut best = Duration::MAX;
    let mut bytes = 0;
    let mut peak = 0.0;
    for round in 0..3 {
        let mut sink = Sink::default();
        let start = Instant::now();
        work(&mut sink);
        best = best.min(start.elapsed());
        bytes = sink.0;
        if round == 0 {
            peak = resident("VmHWM:") - before;
        }
    }
    println!("{} {peak} {bytes}", best.as_secs_f64() * 1e3);
}

/// Mebibytes; nothing where the system does not tell.
fn resident(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).map_or(f64::NAN, |kib| kib / 1024.0)
}

/// The trial, over and over: each dose a cycle of its own, two weeks later than the one before as far as years go.
fn schedule(count: usize) -> Schedule {
    let site = Site::default();
    let regimen = checker::check(TEXT.as_bytes(), &site).regimen.unwrap();
    let subject = Subject {
        height: Some(Height::read("170").unwrap()),
        weight: Some(Weight::read("65").unwrap()),
        ..Subject::default()
    };
    let course = Course::new(calendar::read("2026-12-07").unwrap(), subject);
    let planned = plan::plan(&regimen, &course, &site, plan::Options::default()).unwrap();
    let mut schedule = present::schedule(&regimen, &course, &planned);
    let first = calendar::read("2026-12-07").unwrap();
    let few = std::mem::take(&mut schedule.doses);
    schedule.doses = few.iter().cycle().take(count).cloned().collect();
    for (dose, cycle) in schedule.doses.iter_mut().zip(1u32..) {
        let later = i32::try_from(cycle % 20_000).unwrap();
        dose.cycle = cycle;
        if let present::Facts::Planned { planned, .. } = &mut dose.facts {
            planned.at.date = calendar::plus_days(first, later).unwrap();
        }
    }
    schedule
}

fn options() -> Options {
    Options {
        generated: "2026-11-21T09:00:00Z".to_owned(),
        study: Some("NPC-1".to_owned()),
        subject: Some("S-014".to_owned()),
        namespace: Some("7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f".to_owned()),
        show_drugs: true,
        ..Options::default()
    }
}
