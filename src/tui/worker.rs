//! Everything that may wait for a disk, on a thread of its own.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "everything that waits for a disk is done here"
)]

use std::ffi::OsString;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf, is_separator};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::calendar::Date;
use crate::export;
use crate::library::Library;
use crate::library::study::{Usual, choose, is_file};
use crate::study::Chosen;

use super::choices;
use super::inputs::Bell;
use super::model::{Effect, Job, Message, PathState, RegimenList, Report};
use super::record::worker_jobs;
use super::shelf::Shelf;
use super::task::{Changes, CommandLine, Ran, Word};

/// How long the end of the program waits for a job.
const PATIENCE: Duration = Duration::from_secs(3);

/// The thread's ends.
pub struct Worker {
    asks: Sender<Effect>,
    outbox: Outbox,
    /// What it reports.
    pub reports: Receiver<Message>,
    /// Jobs asked for and not reported yet.
    pub open: usize,
    /// Regimens are being read in full, or the record looked through: jobs that nobody waits for.
    pub reading: usize,
    world: World,
}

/// Where reports go: they wake the thread that reads them.
#[derive(Clone)]
struct Outbox {
    reports: Sender<Message>,
    bell: Bell,
}

impl Outbox {
    /// Whether anybody reads it still.
    fn send(&self, message: Message) -> bool {
        let read = self.reports.send(message).is_ok();
        self.bell.ring();
        read
    }
}

/// What the thread needs of the world.
#[derive(Clone)]
pub struct World {
    /// The file that remembers that the safety statement was read.
    pub state: Option<PathBuf>,
    /// The home folder, for paths that begin with `~`.
    pub home: Option<PathBuf>,
    /// Where relative paths begin.
    pub folder: PathBuf,
    /// The time as exports carry it.
    pub now: fn() -> String,
    /// The folder of the record.
    pub data: Option<PathBuf>,
    /// The study and its site.
    pub study: Chosen,
    /// The study that the settings name.
    pub usual_study: Usual,
    /// The regimens, for approvals, with the site.
    pub library: Library,
    /// Asks for today.
    pub today: fn() -> Date,
    /// The commands that have no screen of their own.
    pub command_line: CommandLine,
}

impl Worker {
    /// Starts the thread, for the thread that asks: it is woken by every report.
    pub fn start(world: World) -> Self {
        let (asks, inbox) = channel::<Effect>();
        let (sender, reports) = channel();
        let outbox = Outbox { reports: sender, bell: Bell::here() };
        let (reporter, known) = (outbox.clone(), world.clone());
        thread::spawn(move || {
            for effect in inbox {
                if let Some(message) = act(&world, effect)
                    && !reporter.send(message)
                {
                    break;
                }
            }
        });
        Self { asks, outbox, reports, open: 0, reading: 0, world: known }
    }

    /// What its jobs are done with.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Asks for an effect.
    pub fn ask(&mut self, effect: Effect) {
        if let Effect::Read(regimens) = effect {
            self.reading += 1;
            let outbox = self.outbox.clone();
            thread::spawn(move || {
                for entry in regimens.0.iter() {
                    let _ = entry.file();
                }
                outbox.send(Message::Done(0, Report::Read));
            });
            return;
        }
        if matches!(effect, Effect::Subjects(_)) {
            // Nobody waits for a look at everything; what it finds is told.
            self.reading += 1;
            let (outbox, world) = (self.outbox.clone(), self.world.clone());
            thread::spawn(move || outbox.send(Message::Done(0, Report::Checked(worker_jobs::check(&world)))));
        }
        if let Effect::Task { generation, words, changes } = effect {
            // It may take long: subjects are opened meanwhile.
            self.open += 1;
            let (outbox, world) = (self.outbox.clone(), self.world.clone());
            thread::spawn(move || outbox.send(Message::Done(generation, ran(&world, &words, changes))));
            return;
        }
        if self.asks.send(effect).is_ok() {
            self.open += 1;
        }
    }
}

impl Worker {
    /// A report has come.
    pub fn reported(&mut self, message: &Message) {
        match message {
            Message::Done(_, Report::Read | Report::Checked(_)) => self.reading = self.reading.saturating_sub(1),
            _ => self.open = self.open.saturating_sub(1),
        }
    }

    /// What was asked for is done before the program ends, within reason.
    pub fn finish(&mut self) {
        while self.open > 0 {
            let Ok(message) = self.reports.recv_timeout(PATIENCE) else { return };
            self.reported(&message);
        }
    }
}

fn act(world: &World, effect: Effect) -> Option<Message> {
    match effect {
        Effect::Remember => Some(Message::Done(0, Report::Remembered(remember(world)))),
        Effect::KeepFormat(id) => {
            // Where it cannot be kept, the next run begins with the first format again.
            let _ = world.state.as_deref().map(|state| fs::write(last_format(state), id));
            Some(Message::Done(0, Report::Remembered(Ok(()))))
        }
        Effect::KeepTheme(name) => {
            // Where it cannot be kept, the next run begins with the usual looks again.
            let _ = world.state.as_deref().map(|state| fs::write(last_theme(state), name));
            Some(Message::Done(0, Report::Remembered(Ok(()))))
        }
        Effect::KeepShelf(text) => {
            // Where it cannot be kept, the next run begins without it.
            let _ = world.state.as_deref().map(|state| fs::write(shelf_file(state), text));
            Some(Message::Done(0, Report::Remembered(Ok(()))))
        }
        Effect::Check { generation, path } => {
            let (state, endings) = look(world, &path);
            Some(Message::Done(generation, Report::Path { state, endings }))
        }
        Effect::Look(job) => Some(Message::Done(job.generation, Report::Looked(look_into(world, &job)))),
        Effect::Export(job) => Some(Message::Done(job.generation, Report::Exported(write(world, &job)))),
        Effect::Subjects(generation) => Some(Message::Done(generation, Report::Subjects(worker_jobs::register(world)))),
        Effect::Open(generation, code) => {
            Some(Message::Done(generation, Report::Opened(worker_jobs::open(world, &code))))
        }
        Effect::Record(generation, job) => {
            Some(Message::Done(generation, Report::Recorded(worker_jobs::record(world, &job))))
        }
        Effect::Tasks => {
            let tasks = (world.command_line.tasks)(&world.command_line.start);
            Some(Message::Done(0, Report::Tasks(tasks.into_iter().map(Arc::new).collect())))
        }
        Effect::Task { generation, words, changes } => Some(Message::Done(generation, ran(world, &words, changes))),
        Effect::Copy(_) | Effect::Suspend | Effect::Redraw | Effect::Edit(..) | Effect::Read(_) => None,
    }
}

/// Runs a command that has no screen of its own; behind one that changes regimens they are listed anew.
fn ran(world: &World, words: &[Word], changes: Changes) -> Report {
    let word = |word: &Word| {
        let mut whole = word.before.clone();
        if word.is_path {
            whole.push(full(world, &word.text));
        } else {
            whole.push(&word.text);
        }
        whole
    };
    let words: Vec<OsString> = words.iter().map(word).collect();
    let ran = (world.command_line.run)(&words);
    let listed = (changes == Changes::Regimens && !ran.failed).then(|| world.library.list().ok()).flatten();
    Report::Ran(ran, listed.map(|entries| RegimenList(Arc::new(entries))))
}

fn remember(world: &World) -> Result<(), String> {
    let Some(path) = &world.state else { return Ok(()) };
    if let Some(folder) = path.parent() {
        export::private_folder(folder).map_err(|error| error.to_string())?;
    }
    fs::write(path, "safety statement read\n").map_err(|error| error.to_string())
}

/// The file beside the one that remembers the safety statement: which format was written last.
fn last_format(state: &Path) -> PathBuf {
    state.with_file_name("last-format")
}

/// The format that was written last, where that is kept and there is such a format.
pub fn kept_format(state: &Path) -> Option<&'static str> {
    let kept = fs::read_to_string(last_format(state)).ok()?;
    export::format(kept.trim()).map(|format| format.id)
}

fn shelf_file(state: &Path) -> PathBuf {
    state.with_file_name("regimens-at-hand")
}

/// The regimens at hand, as far as they are kept.
pub fn kept_shelf(state: &Path) -> Shelf {
    fs::read_to_string(shelf_file(state)).map(|text| Shelf::read(&text)).unwrap_or_default()
}

fn last_theme(state: &Path) -> PathBuf {
    state.with_file_name("last-theme")
}

/// The looks that were chosen last, by name, where that is kept.
pub fn kept_theme(state: &Path) -> Option<String> {
    fs::read_to_string(last_theme(state)).ok().map(|text| text.trim().to_owned())
}

/// A typed path as a full one.
fn full(world: &World, typed: &str) -> PathBuf {
    let typed = typed.trim();
    let below = typed.strip_prefix('~').and_then(|rest| rest.strip_prefix(is_separator));
    match (below, &world.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => world.folder.join(typed),
    }
}

/// What a path is, and what could stand behind it.
fn look(world: &World, typed: &str) -> (PathState, Vec<String>) {
    let wrong = |why: &str| PathState::Wrong(format!("\"{typed}\" {why}"));
    let path = full(world, typed);
    let folder = path.parent().map_or_else(|| world.folder.clone(), Path::to_path_buf);
    let state = if typed.trim().is_empty() {
        wrong("names no file; write a path such as plan.csv")
    } else if path.is_dir() || typed.ends_with(is_separator) {
        wrong("is a folder; put a file name behind it")
    } else if !folder.is_dir() {
        PathState::Wrong(format!("there is no folder {}; make it or name another", folder.display()))
    } else if path.exists() {
        PathState::Exists(path.clone())
    } else {
        PathState::Free(path.clone())
    };
    (state, endings(world, typed))
}

/// Folders and files that begin as typed, at most eight.
fn endings(world: &World, typed: &str) -> Vec<String> {
    let (head, start) = typed.rfind(is_separator).map_or(("", typed), |at| typed.split_at(at + 1));
    let Ok(entries) = fs::read_dir(full(world, head)) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .take(2000)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let fits = name.starts_with(start) && name != start && (start.starts_with('.') || !name.starts_with('.'));
            let folder = if entry.path().is_dir() { std::path::MAIN_SEPARATOR_STR } else { "" };
            fits.then(|| format!("{head}{name}{folder}"))
        })
        .collect();
    found.sort_by_key(|name| (!name.ends_with(MAIN_SEPARATOR), name.clone()));
    found.truncate(8);
    found
}

/// The study that was typed; the code of the one in hand means its file.
fn study(world: &World, typed: &str) -> Result<Chosen, String> {
    let typed = typed.trim();
    if world.study.code.as_deref() == Some(typed) {
        return Ok(world.study.clone());
    }
    let typed = if is_file(typed) { full(world, typed).display().to_string() } else { typed.to_owned() };
    if typed.is_empty() {
        return Ok(Chosen::default());
    }
    choose(Some(&typed), world.study.site.as_deref(), &world.usual_study).map_err(|error| error.to_string())
}

fn write(world: &World, job: &Job) -> Result<(PathBuf, Vec<export::Note>), String> {
    let (bytes, notes) = made(world, job)?;
    export::save::save(&job.path, &bytes, job.overwrite).map_err(|error| error.to_string())?;
    Ok((job.path.canonicalize().unwrap_or_else(|_| job.path.clone()), notes))
}

/// Rows that are looked at before a file is written.
const LOOKED_AT: usize = 300;

/// The first rows of what would be written. Of pages and of files that are no text, the same rows as text.
fn look_into(world: &World, job: &Job) -> Result<Ran, String> {
    let format = export::format(job.format).ok_or("the format is not known")?;
    let page = !format.text || format.extension == "html";
    // What the format itself would refuse is told here too.
    let (bytes, notes) = made(world, job)?;
    let told = notes.iter().map(ToString::to_string);
    let laid_out = page.then(|| format!("{}: these rows, laid out in its own way.", format.title));
    let told: Vec<String> = told.chain(laid_out).collect();
    let bytes = if page { made(world, &Job { format: "text", ..job.clone() })?.0 } else { bytes };
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().take(LOOKED_AT).collect();
    Ok(Ran { text: lines.join("\n"), told: told.join("\n"), ..Ran::default() })
}

/// The bytes of a file, and what its taker is told beside it.
fn made(world: &World, job: &Job) -> Result<(Vec<u8>, Vec<export::Note>), String> {
    let format = export::format(job.format).ok_or("the format is not known")?;
    let chosen = study(world, &job.study)?;
    let mut options =
        export::Options { generated: (world.now)(), subject: job.subject.clone(), ..export::Options::default() };
    for (option, text) in &job.choices {
        if *option == "previous" && !text.trim().is_empty() {
            let file = full(world, text);
            let read = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            options.previous = Some(read);
            continue;
        }
        let choice = choices::CHOICES.iter().find(|choice| choice.option == *option);
        choice.map_or(Ok(()), |choice| choice.say(&mut options, text))?;
    }
    options.print.verification =
        job.record.as_ref().map(|subject| worker_jobs::verification(world, subject)).transpose()?;
    let mut options = options.with_study(&chosen, &job.planned.schedule.regimen.id);
    let mut kept_now = None;
    if format.makes_identities() && options.namespace.is_none() {
        let folder = world.data.as_deref().ok_or("this computer names no folder for data")?;
        let kept = export::kept_namespace(folder, options.study.as_deref()).map_err(|error| error.to_string())?;
        kept_now = kept.note();
        options.namespace = Some(kept.namespace);
    }
    let bytes = format.bytes(&job.planned.schedule, &options).map_err(|error| error.to_string())?;
    let mut notes = export::notes(format, &job.planned.schedule, &options);
    notes.extend(export::other_regimen(&chosen, &job.planned.schedule.regimen.id));
    notes.extend(kept_now);
    Ok((bytes, notes))
}
