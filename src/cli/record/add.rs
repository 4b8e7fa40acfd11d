//! `posology subject add`: enrolment.

use std::path::PathBuf;

use crate::cli::subject::SubjectArgs;
use crate::cli::{Output, places, regimen};
use crate::decide::{Decision, Preview};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::subjects::{self, Enrolment};

use super::history;
use super::open::{Writing, asked, told};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code in the study, such as S-014; never a name
    code: String,
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    regimen: String,
    /// Doses given before this record began, as CSV with a header: cycle,day,drug,date,dose and, where they
    /// matter, phase,part,reason; all of them are shown, and recorded in one step
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    places: places::Places,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let actor = args.writing.actor()?;
    let site = args.places.site()?;
    let entry = args.places.library(&site)?.find(&args.regimen)?;
    let regimen = regimen::sound(&entry)?;
    let entered = args.subject.course(&regimen)?;
    for echo in &entered.echoes {
        output.message(echo);
    }
    let (proposed, plan) = match subjects::enrol(&args.code, &regimen, &entered.course, &site, &actor)? {
        Enrolment::Asks(findings) => return Err(asked(findings)),
        Enrolment::Ready(ready) => *ready,
    };
    let notes = plan.findings.into_iter().filter(|finding| finding.severity == Severity::Note).collect();
    let mut preview = Preview { changes: Vec::new(), findings: notes };
    let enrolled = [subjects::as_entry(&proposed, 1, &actor)];
    let mut proposed = vec![proposed];
    if let Some(file) = &args.history {
        let enrolled = subjects::from_entries(&args.code, &enrolled, &regimen, &site)?;
        match history::load(file, &enrolled, &site, &actor)? {
            Decision::Events(events, shown) => {
                proposed.extend(events);
                preview.changes = shown.changes;
            }
            Decision::Asks(findings, _) => return Err(asked(findings)),
            Decision::Refused(finding) => return Err(Failure::blocked(vec![finding])),
        }
    }
    if !args.writing.yes() {
        return told(&args.code, &[], &preview, output);
    }
    let mut store = args.writing.store()?;
    if !store.events(&args.code)?.is_empty() {
        let text = format!("{} is in the record already.", args.code);
        let finding = Finding::block("subject-exists", text).field("subject");
        return Err(Failure::blocked(vec![finding.help("`posology subject show` shows the subject")]));
    }
    store.pin_regimen(&regimen.sha256, &entry.text)?;
    let seqs = args.writing.record(&mut store, &args.code, 0, &proposed, &actor)??;
    told(&args.code, &seqs, &preview, output)
}
