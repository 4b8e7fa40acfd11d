//! `posology subject add`: enrolment.

use std::path::PathBuf;

use crate::calendar::{self, Site};
use crate::cli::subject_options::SubjectArgs;
use crate::cli::{Output, regimen, units};
use crate::course::Course;
use crate::decide::{Decision, Preview, Proposed};
use crate::failure::Failure;
use crate::finding::Severity;
use crate::plan::Plan;
use crate::regimen::Regimen;
use crate::store::Store;
use crate::subjects::{self, Actor, Enrolment};

use super::history;
use super::open::{ToRecord, Writing, asked, report, stands, unasked};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code in the study, such as S-014; never a name
    code: String,
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    regimen: String,
    /// Doses given before this record began, as CSV with a header: cycle,day,drug,date,dose and, where they
    /// matter, phase,part,kit,lot,reason; all of them are shown, and recorded in one step
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let actor = args.writing.actor()?;
    let library = args.writing.library()?;
    let (site, entry) = (library.site(), library.find(&args.regimen)?);
    let regimen = regimen::require_valid(&entry)?;
    let mut entered = args.subject.course(&regimen)?;
    for echo in &entered.echoes {
        output.message(echo);
    }
    let known = args.writing.look()?;
    let sent = known.as_ref().map(|store| args.writing.sent_before(store, &args.code)).transpose()?.flatten();
    if let (Some(store), None) = (&known, sent) {
        free(store, &args.code)?;
    }
    let chosen = args.writing.chosen()?;
    let of = (&chosen, site);
    let enrol = |actor: &Actor, course: &Course| subjects::enrol(&args.code, &regimen, course, of, actor);
    if args.history.is_none() {
        unasked(&actor, output, |actor| match enrol(actor, &entered.course) {
            Ok(Enrolment::Asks(findings)) => Some(findings),
            Ok(Enrolment::Ready(_)) => Some(Vec::new()),
            Err(_) => None,
        });
    }
    let (actor, proposed, plan) = ready(args, actor, &mut entered.course, enrol, output)?;
    if !output.is_json() {
        starts(&args.code, &regimen, &proposed, &plan).iter().try_for_each(|line| output.line(line))?;
    }
    let notes = plan.findings.into_iter().filter(|finding| finding.severity == Severity::Note).collect();
    let mut preview = Preview { changes: Vec::new(), findings: notes };
    let proposed = with_history(args, proposed, (&regimen, site), &actor, &mut preview)?;
    if let Some((store, sent)) = known.as_ref().zip(sent) {
        let seqs = subjects::standing(store, &args.code, sent, &proposed, &actor)?;
        return stands(&args.code, &seqs, &preview, output);
    }
    if !args.writing.yes() {
        return report(&args.code, &[], &preview, output);
    }
    let mut store = args.writing.store_or_new()?;
    free(&store, &args.code)?;
    let texts = [(regimen.sha256.clone(), entry.text.to_vec())];
    let step = ToRecord { code: &args.code, last: 0, events: &proposed, actor: &actor, texts: &texts };
    let seqs = args.writing.record(&mut store, &step, output)??;
    report(&args.code, &seqs, &preview, output)
}

/// Asks until nothing is open: for the unit of a bare figure, then for what confirms.
fn ready(
    args: &Args,
    mut actor: Actor,
    course: &mut Course,
    enrol: impl Fn(&Actor, &Course) -> Result<Enrolment, Failure>,
    output: &mut Output,
) -> Result<(Actor, Proposed, Plan), Failure> {
    loop {
        match enrol(&actor, course)? {
            Enrolment::Ready(ready) => {
                let (proposed, plan) = *ready;
                return Ok((actor, proposed, plan));
            }
            Enrolment::Asks(findings) => {
                let units = units::answered(&findings, output);
                if !units.is_empty() {
                    units.into_iter().for_each(|read| course.subject.set(read.value));
                    continue;
                }
                let more = args.writing.confirmed(&actor, &findings, (&args.code, &course.subject), output)?;
                actor = more.ok_or_else(|| asked(findings))?;
            }
        }
    }
}

/// The enrolment, and the doses given before the record began.
fn with_history(
    args: &Args,
    enrolled: Proposed,
    (regimen, site): (&Regimen, &Site),
    actor: &Actor,
    preview: &mut Preview,
) -> Result<Vec<Proposed>, Failure> {
    let Some(file) = &args.history else { return Ok(vec![enrolled]) };
    let entry = [subjects::as_entry(&enrolled, 1, actor)];
    let opened = subjects::from_entries(&args.code, &entry, regimen, site)?;
    match history::load(file, &opened, site, actor)? {
        Decision::Events(events, shown) => {
            preview.changes = shown.changes;
            Ok([vec![enrolled], events].concat())
        }
        Decision::Asks(findings, _) => Err(asked(findings)),
        Decision::Refused(finding) => Err(Failure::blocked(vec![finding])),
    }
}

/// Whether a code is free: one that differs in capitals alone is the same subject.
fn free(store: &Store, code: &str) -> Result<(), Failure> {
    subjects::taken(store, code)?.map_or(Ok(()), |finding| Err(Failure::blocked(vec![finding])))
}

/// What is about to be kept: the figures, and the doses of the first day.
fn starts(code: &str, regimen: &Regimen, proposed: &Proposed, plan: &Plan) -> Vec<String> {
    let about = proposed.event.about(regimen).unwrap_or_default();
    let figures = proposed.event.figures(proposed.effective);
    let figures: Vec<String> = figures.iter().map(|(name, text)| format!("{name} {text}")).collect();
    let first = plan.administrations.first().map(|one| one.date);
    let doses = plan.administrations.iter().filter(|one| Some(one.date) == first);
    let doses = doses.map(|one| {
        let start = one.dose.start_words().map_or_else(String::new, |start| format!("; {start}"));
        format!("{}: {}, {}{start}", one.key.named(regimen), calendar::with_weekday(one.date), one.portion())
    });
    std::iter::once(format!("{code} {about}: {}", figures.join(", "))).chain(doses).collect()
}
