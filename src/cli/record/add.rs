//! `posology subject add`: enrolment.

use crate::cli::subject::SubjectArgs;
use crate::cli::{Output, places, regimen};
use crate::course::event::{Answer, Changed, Enrolled, Event, Pinned};
use crate::course::{Course, fold};
use crate::decide::{Preview, Proposed, code};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::plan::{self, Options};
use crate::regimen::Regimen;
use crate::regimen::model::Status;

use super::open::{Reading, Writing, asked, told};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code in the study, such as S-014; never a name
    code: String,
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    regimen: String,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    places: places::Places,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    if let Some(finding) = code::code(&args.code) {
        return Err(Failure::blocked(vec![finding]));
    }
    args.writing.who()?;
    let accepted = args.writing.accepted()?;
    let site = args.writing.reading.site()?;
    let entry = args.places.library(&site)?.find(&args.regimen)?;
    let regimen = regimen::sound(&entry)?;
    let entered = args.subject.course(&regimen)?;
    for echo in &entered.echoes {
        output.message(echo);
    }
    let proposed = enrolled(&regimen, &entered.course);
    // What is planned is what the record will say: without a date of birth.
    let course = course(&proposed)?;
    let plan = plan::plan(&regimen, &course, &site, Options::default()).map_err(Failure::blocked)?;
    let mut warnings: Vec<Finding> =
        plan.findings.iter().filter(|finding| finding.severity == Severity::Warn).cloned().collect();
    warnings.extend(draft(&regimen));
    if regimen.status == Status::Retired {
        let text = format!("{} is retired; nobody is enrolled on it.", regimen.name);
        return Err(Failure::blocked(vec![Finding::block("retired", text).field("regimen")]));
    }
    let mut store = args.writing.store()?;
    if !store.events(&args.code)?.is_empty() {
        let text = format!("{} is in the record already.", args.code);
        let finding = Finding::block("subject-exists", text).field("subject");
        return Err(Failure::blocked(vec![finding.help("`posology subject show` shows the subject")]));
    }
    let reason = |finding: &Finding| accepted.iter().find(|(code, _)| code == finding.code).map(|(_, reason)| reason);
    let open: Vec<Finding> = warnings.iter().filter(|finding| reason(finding).is_none()).cloned().collect();
    if !open.is_empty() {
        return Err(asked(open));
    }
    let answers = warnings.iter().filter_map(|finding| {
        let reason = reason(finding)?.clone();
        Some(Answer { code: finding.code.to_owned(), text: finding.text.clone(), reason })
    });
    let effective = Reading::today()?;
    let proposed = Proposed { effective, event: Event::Enrolled(proposed), answers: answers.collect() };
    store.pin_regimen(&regimen.sha256, &entry.text)?;
    let seqs = args.writing.record(&mut store, &args.code, 0, &[proposed])?;
    let notes = plan.findings.into_iter().filter(|finding| finding.severity == Severity::Note).collect();
    told(&args.code, &seqs, &Preview { changes: Vec::new(), findings: notes }, output)
}

fn draft(regimen: &Regimen) -> Option<Finding> {
    (regimen.status == Status::Draft).then(|| {
        let text = format!("{} is a draft: nobody has approved it for use.", regimen.name);
        Finding::warn("draft", text).field("regimen")
    })
}

fn enrolled(regimen: &Regimen, course: &Course) -> Enrolled {
    let pinned = Pinned { id: regimen.id.clone(), version: regimen.version.clone(), sha256: regimen.sha256.clone() };
    let levels = course.reductions.iter().map(|one| Changed {
        drug: one.drug.clone(),
        from: one.from.clone(),
        level: one.level,
        percent: one.percent,
        reason: one.reason.clone(),
    });
    Enrolled::new(pinned, course.start, &course.subject, levels.collect())
}

fn course(enrolled: &Enrolled) -> Result<Course, Failure> {
    let entry = crate::course::event::Entry {
        seq: 1,
        effective: enrolled.start,
        recorded: String::new(),
        who: String::new(),
        event: Event::Enrolled(enrolled.clone()),
        answers: Vec::new(),
    };
    fold(&[entry]).map(|folded| folded.course).map_err(|error| Failure::store(error.to_string()))
}
