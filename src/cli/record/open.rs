//! Opening a record: where it lies, who writes, which day it is, and one subject with the plan.

use std::path::PathBuf;

use crate::calendar::{self, Date, Site};
use crate::cli::Output;
use crate::clock;
use crate::course::{Folded, fold};
use crate::decide::{self, Command, Context, Decision, Preview, Proposed};
use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::journal::{self, JournalError, Stamp};
use crate::plan::{self, Options, Plan};
use crate::regimen::{self, Regimen, model::CountKind};
use crate::settings::Settings;
use crate::store::{State, Store, StoreError};

/// Where the record lies and which day it is.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Reading {
    /// The folder of the record, instead of the usual one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A file of closed days beside weekends, one a line: 2026-12-25 Christmas Day
    #[arg(long, value_name = "FILE")]
    closures: Option<PathBuf>,
}

/// Who records, and what answers warnings.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Writing {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Who records this
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// Answer a warning with a reason: --accept weight-changed="weighed twice" (may be repeated)
    #[arg(long, value_name = "CODE=REASON")]
    accept: Vec<String>,
    /// Record it; without this, only what would change is shown
    #[arg(long)]
    yes: bool,
}

/// One subject, with everything that follows from the record.
pub(crate) struct Opened {
    pub(crate) code: String,
    pub(crate) folded: Folded,
    pub(crate) regimen: Regimen,
    pub(crate) plan: Result<Plan, Vec<Finding>>,
    pub(crate) options: Options,
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Failure::store(error.to_string())
    }
}

impl Reading {
    fn folder(&self) -> Result<PathBuf, Failure> {
        let usual = || Settings::read().data;
        self.data.clone().or_else(usual).ok_or_else(|| {
            Failure::unreadable("there is no usual folder for records here").hint("name one: --data DIR")
        })
    }

    /// The store, to read.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        sound(Store::open_read_only(&self.folder()?)?)
    }

    /// The site, with closed days by name.
    pub(crate) fn site(&self) -> Result<Site, Failure> {
        let mut site = crate::cli::site::site(None)?;
        let Some(path) = &self.closures else { return Ok(site) };
        let wrong = |why: String| Failure::unreadable(format!("--closures: {}: {why}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (date, name) = line.split_once(' ').unwrap_or((line, ""));
            let date = calendar::read(date).map_err(|error| wrong(error.to_string()))?;
            let name = if name.trim().is_empty() { "closed" } else { name.trim() };
            site.closures.days.insert(date, name.to_owned());
        }
        Ok(site)
    }

    /// Today, or the day that was set for tests and training.
    pub(crate) fn today() -> Result<Date, Failure> {
        match Settings::read().today {
            None => Ok(clock::today()),
            Some(text) => {
                calendar::read(&text).map_err(|error| Failure::unreadable(format!("POSOLOGY_TODAY: {error}")))
            }
        }
    }
}

fn sound(mut store: Store) -> Result<Store, Failure> {
    store.require(journal::known)?;
    match store.state() {
        State::Damaged(faults) => Err(StoreError::Damaged(faults).into()),
        _ => Ok(store),
    }
}

/// One subject of a store.
pub(crate) fn subject(store: &Store, code: &str, site: &Site) -> Result<Opened, Failure> {
    let records = store.events(code)?;
    if records.is_empty() {
        let shown = crate::quantity::number::shown(code);
        let failure = Failure::unreadable(format!("there is no subject \"{shown}\" in the record"));
        return Err(failure.hint("`posology subject list` shows who there is"));
    }
    let entries = records.iter().map(journal::decode).collect::<Result<Vec<_>, _>>()?;
    let folded = fold(&entries).map_err(|error| Failure::store(format!("{code}: {error}")))?;
    let regimen = pinned(store, &folded.regimen.sha256, site)?;
    let options = options(&regimen, &folded);
    let plan = plan::plan(&regimen, &folded.course, site, options);
    Ok(Opened { code: code.to_owned(), folded, regimen, plan, options })
}

/// The text a subject is pinned to is read whatever its examples say today.
fn pinned(store: &Store, sha256: &str, site: &Site) -> Result<Regimen, Failure> {
    let text = store.regimen(sha256)?.ok_or_else(|| {
        Failure::store(format!("the record has no regimen text with the hash {sha256}, so nothing can be recomputed"))
    })?;
    regimen::check(&text, site).regimen.ok_or_else(|| Failure::blocked(regimen::check(&text, site).findings))
}

/// Of a treatment that goes on until stopped, six cycles beyond what was given are planned.
fn options(regimen: &Regimen, folded: &Folded) -> Options {
    let open = regimen.phases.iter().any(|phase| phase.cycle.count.kind == CountKind::UntilStopped);
    let most = folded.treated().iter().map(|cycle| cycle.1).max().unwrap_or(0);
    let cycles = (open && most > 0).then(|| most.saturating_add(plan::OPEN_CYCLES).min(200));
    Options { cycles }
}

impl Writing {
    /// Who records; nobody is guessed.
    pub(crate) fn who(&self) -> Result<&str, Failure> {
        match self.who.as_deref().map(str::trim) {
            Some(who) if !who.is_empty() => Ok(who),
            _ => Err(Failure::usage("who records this was not given").hint("add --who NAME")),
        }
    }

    /// Answers to warnings.
    pub(crate) fn accepted(&self) -> Result<Vec<(String, String)>, Failure> {
        let one = |text: &String| match text.split_once('=') {
            Some((code, reason)) if !code.is_empty() && !reason.trim().is_empty() => {
                Ok((code.to_owned(), reason.trim().to_owned()))
            }
            _ => Err(Failure::usage(format!("--accept: \"{text}\" is no code with a reason"))
                .hint("write it as --accept weight-changed=\"weighed twice\"")),
        };
        self.accept.iter().map(one).collect()
    }

    /// The store, to write.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        sound(Store::open(&self.reading.folder()?)?)
    }

    fn stamp(&self) -> Result<Stamp, Failure> {
        Ok(Stamp {
            recorded: clock::now(),
            offset: clock::offset(),
            who: self.who()?.to_owned(),
            today: Settings::read().today,
        })
    }

    /// Decides on the record as it is now, shows what would change, and records it when told to.
    pub(crate) fn perform(
        &self,
        code: &str,
        output: &mut Output,
        command: impl FnOnce(&Opened) -> Result<Command, Failure>,
    ) -> Result<(), Failure> {
        let who = self.who()?.to_owned();
        let accepted = self.accepted()?;
        let site = self.reading.site()?;
        let now = Reading::today()?;
        let mut store = self.store()?;
        let opened = subject(&store, code, &site)?;
        let command = command(&opened)?;
        let context = Context {
            folded: &opened.folded,
            plan: opened.plan.as_ref().ok(),
            regimen: &opened.regimen,
            site: &site,
            options: opened.options,
            who: &who,
            now,
            accepted: &accepted,
        };
        match decide::decide(&context, &command) {
            Decision::Refused(finding) => Err(Failure::blocked(vec![finding])),
            Decision::Asks(findings, preview) => {
                show(&preview, output)?;
                Err(asked(findings))
            }
            Decision::Events(events, preview) => {
                let seqs = self.record(&mut store, code, opened.folded.last, &events)?;
                told(code, &seqs, &preview, output)
            }
        }
    }

    /// Records, or says that nothing was recorded.
    pub(crate) fn record(
        &self,
        store: &mut Store,
        code: &str,
        last: u64,
        events: &[Proposed],
    ) -> Result<Vec<u64>, Failure> {
        if !self.yes {
            return Ok(Vec::new());
        }
        let stamp = self.stamp()?;
        let encoded = events.iter().map(|event| journal::encode(code, event, &stamp)).collect::<Result<Vec<_>, _>>();
        let encoded = encoded.map_err(|error| Failure::store(error.to_string()))?;
        Ok(store.append(last, &encoded)?.iter().map(|record| record.seq).collect())
    }
}

/// Warnings that wait for a reason.
pub(crate) fn asked(findings: Vec<Finding>) -> Failure {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    let hints: Vec<String> = codes.iter().map(|code| format!("answer it with --accept {code}=\"reason\"")).collect();
    let failure = Failure { kind: Kind::Blocked, code: "asked", ..Failure::blocked(findings) };
    hints.into_iter().fold(failure, Failure::hint)
}

fn show(preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return Ok(());
    }
    for change in &preview.changes {
        let line = match (change.old.as_str(), change.new.as_str()) {
            ("", new) => format!("{}: now planned, {new}", change.what),
            (old, "") => format!("{}: no longer planned (was {old})", change.what),
            (old, new) => format!("{}: {} {old} → {new}", change.what, change.of),
        };
        output.line(&line)?;
    }
    Ok(())
}

/// What changed, and whether it was recorded.
pub(crate) fn told(code: &str, seqs: &[u64], preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(&serde_json::json!({
            "format": 1,
            "subject": code,
            "recorded": !seqs.is_empty(),
            "entries": seqs,
            "changes": preview.changes,
            "findings": preview.findings,
        }));
    }
    show(preview, output)?;
    for finding in &preview.findings {
        if finding.severity != Severity::Note || finding.code != "unverified" {
            output.finding(finding);
        }
    }
    match seqs {
        [] => output.message("Nothing was recorded: this is what would change. Add --yes to record it."),
        [one] => output.message(&format!("Recorded for {code} as entry {one}.")),
        [first, .., last] => output.message(&format!("Recorded for {code} as entries {first} through {last}.")),
    }
    Ok(())
}
