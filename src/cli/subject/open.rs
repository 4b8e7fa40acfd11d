//! What every command over subjects asks: where the record lies, who writes, which day it is.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::PathBuf;

use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::data::{self, Data, Who};
use crate::cli::places::Places;
use crate::cli::read::{self, today};
use crate::cli::units;
use crate::course::event::Event;
use crate::decide::{self, Command, Decision, Preview, Proposed, reasons};
use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::library::Library;
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::study::Chosen;
use crate::subject::{Subject, Value};
use crate::subjects::{self, Actor, Beside, Opened, words};

/// Where the record lies and what the site says.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Reading {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    places: Places,
}

/// Who records, and what answers warnings.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Writing {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    who: Who,
    /// Answer a warning with a reason: --accept weight-changes-doses="weighed twice" (may be repeated)
    #[arg(long, value_name = "CODE=REASON", value_parser = read::answer)]
    accept: Vec<(String, String)>,
    #[command(flatten)]
    confirming: Confirming,
    /// Record it; without this, only what would change is shown
    #[arg(long)]
    yes: bool,
    /// An id of your own for this act: sent a second time, it adds nothing and tells where the first stands
    #[arg(long, value_name = "ID", value_parser = act)]
    act_id: Option<String>,
}

/// A step that was decided on: whose, behind which entry, what, by whom, with which regimen texts kept beside it.
pub(crate) struct ToRecord<'a> {
    pub(crate) code: &'a str,
    pub(crate) last: u64,
    pub(crate) events: &'a [Proposed],
    pub(crate) actor: &'a Actor,
    pub(crate) texts: &'a [(String, Vec<u8>)],
}

impl Reading {
    /// The store, to read.
    pub(crate) fn store(&self, output: &mut Output) -> Result<Store, Failure> {
        self.data.intact(output)
    }

    /// The study and its site.
    pub(crate) fn chosen(&self) -> Result<Chosen, Failure> {
        self.places.chosen()
    }

    /// The folder of the record.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        self.data.folder()
    }

    /// The library, for approvals, with the site.
    pub(crate) fn library(&self) -> Result<Library, Failure> {
        self.places.library(&self.places.site()?)
    }
}

/// Told once, however often it happens: what came of it is said behind it.
fn meanwhile(code: &str) -> String {
    format!("NOTE: somebody else recorded of {code} at the same time; decided afresh on the record as it is now")
}

impl Writing {
    /// The store, to write where something is to be recorded. Only an enrolment begins one.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        let folder = self.reading.data.folder()?;
        let store = if self.yes { Store::open_existing(&folder)? } else { Store::open_read_only(&folder)? };
        subjects::require_intact(store)
    }

    /// The store, where there is none yet one that begins with what is recorded.
    pub(crate) fn store_or_new(&self) -> Result<Store, Failure> {
        subjects::require_intact(Store::open(&self.reading.data.folder()?)?)
    }

    /// The store, to look at; `None` where there is none yet.
    pub(crate) fn look(&self) -> Result<Option<Store>, Failure> {
        let folder = self.reading.data.folder()?;
        match Store::open_read_only(&folder) {
            Err(StoreError::Absent(_)) => Ok(None),
            opened => subjects::require_intact(opened?).map(Some),
        }
    }

    /// The library, with the site: closed days, values, approvals.
    pub(crate) fn library(&self) -> Result<Library, Failure> {
        self.reading.library()
    }

    /// The study and its site.
    pub(crate) fn chosen(&self) -> Result<Chosen, Failure> {
        self.reading.chosen()
    }

    /// The study and the site that were typed with this command, whatever the settings name.
    pub(crate) fn typed(&self) -> Result<Chosen, Failure> {
        self.reading.places.typed()
    }

    /// The subject as it is now, to look at before anything is decided.
    pub(crate) fn opened(&self, code: &str, output: &mut Output) -> Result<Opened, Failure> {
        subjects::open(&self.reading.store(output)?, code, &self.library()?)
    }

    /// Who acts, today, with which answers.
    pub(crate) fn actor(&self) -> Result<Actor, Failure> {
        let (who, accepted) = (self.who.name()?.to_owned(), self.accept.clone());
        Ok(Actor { who, now: today()?, set: Settings::read().today, accepted, confirmed: Vec::new() })
    }

    /// The same person with what the options, or somebody at the terminal, confirm of these findings; `subject` is what was
    /// typed. `None` where that answers nothing more.
    pub(crate) fn confirmed(
        &self,
        actor: &Actor,
        findings: &[Finding],
        (code, subject): (&str, &Subject),
        output: &mut Output,
    ) -> Result<Option<Actor>, Failure> {
        let mut confirmed = self.confirming.of(findings, subject, (Some(&actor.who), Some(code)), output)?;
        confirmed.retain(|one| !actor.confirmed.contains(one));
        let more = !confirmed.is_empty();
        confirmed.splice(0..0, actor.confirmed.iter().cloned());
        Ok(more.then(|| Actor { confirmed, ..actor.clone() }))
    }

    /// Whether it is to be recorded.
    pub(crate) fn yes(&self) -> bool {
        self.yes
    }

    /// [`Self::perform`] of a command that does not depend on the record.
    pub(crate) fn carry_out(&self, code: &str, output: &mut Output, command: &Command) -> Result<(), Failure> {
        self.perform(code, output, |_| Ok(command.clone()))
    }

    /// The same, with regimen texts to be kept with it.
    pub(crate) fn carry_out_on(
        &self,
        code: &str,
        output: &mut Output,
        command: &Command,
        texts: &[(String, Vec<u8>)],
    ) -> Result<(), Failure> {
        self.perform_on(code, output, texts, |_| Ok(command.clone()))
    }

    /// Decides on the record as it is now, shows what would change, and records it when told to. Where
    /// somebody else recorded in between, that is told and everything is decided afresh.
    pub(crate) fn perform(
        &self,
        code: &str,
        output: &mut Output,
        command: impl Fn(&Opened) -> Result<Command, Failure>,
    ) -> Result<(), Failure> {
        self.perform_on(code, output, &[], command)
    }

    fn perform_on(
        &self,
        code: &str,
        output: &mut Output,
        texts: &[(String, Vec<u8>)],
        command: impl Fn(&Opened) -> Result<Command, Failure>,
    ) -> Result<(), Failure> {
        let (actor, library) = (self.actor()?, self.library()?);
        let mut store = self.store()?;
        let sent = self.sent_before(&store, code)?;
        for tries in 1..=TRIES {
            // What is sent again is decided on what it was decided on first.
            let opened = subjects::open_before(&store, code, sent.map_or(u64::MAX, |(_, entry)| entry), &library)?;
            let mut command = command(&opened)?;
            let decide = |actor: &Actor, command: &Command| subjects::decide(&opened, library.site(), actor, command);
            unasked(&actor, output, |actor| asks(decide(actor, &command)));
            let mut actor = actor.clone();
            let decision = loop {
                match decide(&actor, &command) {
                    Decision::Asks(findings, preview) => {
                        let units = units::answered(&findings, output);
                        if !units.is_empty() {
                            units.into_iter().for_each(|read| set(&mut command, read.value));
                            continue;
                        }
                        match self.confirmed(&actor, &findings, (code, &typed(&command)), output)? {
                            Some(more) => actor = more,
                            None => break Decision::Asks(findings, preview),
                        }
                    }
                    decision => break decision,
                }
            };
            match (decision, sent) {
                (Decision::Events(events, preview), Some(sent)) => {
                    let seqs = subjects::standing(&store, code, sent, &events, &actor)?;
                    return stands(code, &seqs, &preview, output);
                }
                (_, Some((act, entry))) => return Err(subjects::another_act(act, entry)),
                (Decision::Refused(finding), None) => return Err(Failure::blocked(vec![finding])),
                (Decision::Asks(findings, preview), None) => {
                    show(&preview, output)?;
                    return Err(asked(findings));
                }
                (Decision::Events(events, preview), None) => {
                    let last = opened.folded.last;
                    let step = ToRecord { code, last, events: &events, actor: &actor, texts };
                    match self.record(&mut store, &step, output)? {
                        Ok(seqs) => {
                            let recorded = if seqs.is_empty() { &[][..] } else { &events };
                            return report(code, &seqs, &with_differences(preview, recorded, &opened), output);
                        }
                        Err(_) if tries == 1 => output.message(&meanwhile(code)),
                        Err(_) => {}
                    }
                }
            }
        }
        Err(Failure::refused("others keep recording; nothing of this was recorded").hint("try again in a moment"))
    }

    /// Undoes an entry that cannot be read, so that the others can be read again; `false` of one that can.
    pub(crate) fn undo_unread(
        &self,
        code: &str,
        entry: u64,
        reason: &str,
        output: &mut Output,
    ) -> Result<bool, Failure> {
        let (actor, mut store) = (self.actor()?, self.store()?);
        let Some((why, last)) = subjects::unread(&store, code, entry)? else { return Ok(false) };
        let asks = |finding: Finding| {
            if finding.severity.asks() { asked(vec![finding]) } else { Failure::blocked(vec![finding]) }
        };
        let proposed = decide::undo_unread(entry, reason, &actor.who, actor.now, actor.replies()).map_err(asks)?;
        output.message(&format!("{why}; undone, it says nothing any more, and the others can be read"));
        let step = ToRecord { code, last, events: &[proposed], actor: &actor, texts: &[] };
        let seqs = self.record(&mut store, &step, output)??;
        let preview = Preview { changes: Vec::new(), findings: Vec::new() };
        report(code, &seqs, &preview, output)?;
        Ok(true)
    }

    /// The act's id and its first entry, where it was recorded before, as one whose answer was lost.
    pub(crate) fn sent_before(&self, store: &Store, code: &str) -> Result<Option<(&str, u64)>, Failure> {
        let Some(act) = self.act_id.as_deref() else { return Ok(None) };
        Ok(subjects::entry_of(store, code, act)?.map(|entry| (act, entry)))
    }

    /// Records where told to; the places, none where nothing was recorded.
    pub(crate) fn record(
        &self,
        store: &mut Store,
        step: &ToRecord<'_>,
        output: &mut Output,
    ) -> Result<Result<Vec<u64>, StoreError>, Failure> {
        let ToRecord { code, last, events, actor, texts } = *step;
        if !self.yes {
            return Ok(Ok(Vec::new()));
        }
        let beside = Beside { texts: texts.to_vec(), act: self.act_id.clone() };
        let recorded = subjects::record(store, code, last, events, actor, &beside);
        let recorded = recorded.map_err(|failure| match failure.findings.as_slice() {
            [_, ..] if failure.findings.iter().all(|one| one.severity.asks()) => asked(failure.findings),
            _ => failure,
        })?;
        data::warn(store, output);
        if let Ok(seqs) = &recorded {
            output.recorded(words::standing(code, seqs));
        }
        Ok(recorded)
    }
}

/// The figures that a command brings: what is measured again is compared with them.
fn typed(command: &Command) -> Subject {
    let facts = match command {
        Command::Measure { measured, .. } => Event::Measured(measured.clone()).facts(),
        Command::Correct { event, .. } => event.facts(),
        _ => Vec::new(),
    };
    let mut subject = Subject::default();
    facts.into_iter().for_each(|value| subject.set(value));
    subject
}

/// Takes in a figure with its unit.
fn set(command: &mut Command, value: Value) {
    match command {
        Command::Measure { measured, .. } => {
            let mut event = Event::Measured(measured.clone());
            event.set(value);
            if let Event::Measured(with_unit) = event {
                *measured = with_unit;
            }
        }
        Command::Correct { event, .. } => {
            event.set(value);
        }
        _ => {}
    }
}

/// An id that nobody mistakes for another.
fn act(text: &str) -> Result<String, String> {
    let fits = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if fits && (8..=64).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    Err("an id has 8 to 64 letters, digits, - _ and ., such as the one that uuidgen prints".to_owned())
}

/// A second person's check that differs is told once it is recorded, never before.
fn with_differences(mut preview: Preview, recorded: &[Proposed], opened: &Opened) -> Preview {
    for one in recorded {
        if let Event::DoubleChecked(check) = &one.event
            && !check.agrees()
        {
            preview.findings.push(subjects::findings::double_check_differs_now(&check.words(&opened.regimen)));
        }
        if let Event::Verified(check) = &one.event
            && !check.agrees
        {
            preview.findings.push(subjects::findings::check_differs_now(check.entry, &check.differences));
        }
    }
    preview
}

/// How often a lost race is run again.
const TRIES: usize = 5;

/// Tells of reasons under a code that nothing asks for: they are not kept. `decide` decides for an actor; what is refused
/// is not asked about, so that nothing is told of it.
pub(crate) fn unasked(actor: &Actor, output: &mut Output, decide: impl Fn(&Actor) -> Option<Vec<Finding>>) {
    if actor.accepted.is_empty() {
        return;
    }
    let Some(asked) = decide(&Actor { accepted: Vec::new(), ..actor.clone() }) else { return };
    let asks =
        |code: &str| code == subjects::codes::CLOCK_BACK.name() || asked.iter().any(|one| one.code.name() == code);
    for (code, _) in actor.accepted.iter().filter(|(code, _)| !asks(code)) {
        output.message(&format!("NOTE: nothing is asked under the code \"{code}\" of --accept; it is not kept"));
    }
}

/// What is asked; `None` of what is refused.
fn asks(decision: Decision) -> Option<Vec<Finding>> {
    match decision {
        Decision::Asks(findings, _) => Some(findings),
        Decision::Events(..) => Some(Vec::new()),
        Decision::Refused(_) => None,
    }
}

/// Warnings that wait for a reason.
pub(crate) fn asked(findings: Vec<Finding>) -> Failure {
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code.name()).collect();
    codes.dedup();
    let warned = |code: &&&str| findings.iter().any(|one| one.code.name() == **code && one.severity == Severity::Warn);
    let hints: Vec<String> = codes.iter().filter(warned).map(|code| reason_wanted(code)).collect();
    let failure = Failure { kind: Kind::Blocked, code: "asked", ..Failure::blocked(findings) };
    hints.into_iter().fold(failure, Failure::hint)
}

/// How a warning is answered, with the reasons to choose from.
fn reason_wanted(code: &str) -> String {
    format!("answer it with --accept {code}=\"reason\", in your words or by number: {}", reasons::listed(code))
}

fn show(preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return Ok(());
    }
    for change in &words::grouped(&preview.changes) {
        let line = match (change.old.as_str(), change.new.as_str()) {
            ("", new) => format!("{}: now {}, {new}", change.what, change.of),
            (old, "") => format!("{}: no longer planned (was {old})", change.what),
            (old, new) => format!("{}: {} {old} → {new}", change.what, change.of),
        };
        output.line(&line)?;
    }
    Ok(())
}

/// What changed, and whether it was recorded.
pub(crate) fn report(code: &str, seqs: &[u64], preview: &Preview, output: &mut Output) -> Result<(), Failure> {
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
        if finding.severity != Severity::Note || finding.code != crate::plan::codes::UNVERIFIED {
            output.finding(finding);
        }
    }
    match seqs {
        [] => output.message("Nothing was recorded: this is what would change. Add --yes to record it."),
        seqs => output.message(&format!("{}.", words::standing(code, seqs))),
    }
    Ok(())
}

/// An act that was recorded before: told where, and nothing more is done.
pub(crate) fn stands(code: &str, seqs: &[u64], preview: &Preview, output: &mut Output) -> Result<(), Failure> {
    output.message("This act was recorded before; nothing was added.");
    report(code, seqs, preview, output)
}
