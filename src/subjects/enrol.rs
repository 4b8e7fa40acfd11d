//! Enrolment: a subject's first entry, on a regimen text that is kept with it.

use crate::calendar::Site;
use crate::course::event::{Answer, Changed, Enrolled, Entry, Event, Pinned};
use crate::course::{Course, fold};
use crate::decide::{self, Proposed, code};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::plan::{self, Options, Plan};
use crate::regimen::Status;
use crate::regimen::{Regimen, genotype};

use super::{Actor, findings};

/// What an enrolment would record.
#[derive(Debug, Clone)]
pub enum Enrolment {
    /// The entry, and the plan that follows from it.
    Ready(Box<(Proposed, Plan)>),
    /// Warnings that wait for a reason.
    Asks(Vec<Finding>),
}

/// Enrols a subject on paper: nothing is recorded yet.
pub fn enrol(
    subject: &str,
    regimen: &Regimen,
    entered: &Course,
    site: &Site,
    actor: &Actor,
) -> Result<Enrolment, Failure> {
    if let Some(finding) = code::code(subject) {
        return Err(Failure::blocked(vec![finding]));
    }
    if let Some(finding) = code::typed(&actor.who, &actor.accepted) {
        return Err(Failure::blocked(vec![finding]));
    }
    if regimen.status == Status::Retired {
        return Err(Failure::blocked(vec![findings::retired(regimen)]));
    }
    let enrolled = enrolled(regimen, entered);
    // What is planned is what the record will say: without a date of birth.
    let plan = plan::plan(regimen, &course(&enrolled)?, site, Options::default()).map_err(Failure::blocked)?;
    // What was received before has to be said at enrolment, be it that nobody knows.
    let asked = |finding: &Finding| Finding {
        severity: if finding.code == plan::codes::EXPOSURE { Severity::Warn } else { finding.severity },
        ..finding.clone()
    };
    let warned = plan.findings.iter().map(asked).filter(|finding| finding.severity == Severity::Warn);
    let start = decide::of_start(actor.now, entered.start);
    let personal = code::personal_code(subject).into_iter().chain(code::personal(code::reasons(&actor.accepted)));
    let warnings: Vec<Finding> = warned.chain(decide::not_approved(regimen)).chain(start).chain(personal).collect();
    let reason = |finding: &Finding| actor.accepted.iter().find(|(code, _)| code == finding.code.name());
    let open: Vec<Finding> = warnings.iter().filter(|finding| reason(finding).is_none()).cloned().collect();
    if !open.is_empty() {
        return Ok(Enrolment::Asks(open));
    }
    let answers = warnings.iter().filter_map(|finding| {
        let (_, reason) = reason(finding)?;
        Some(Answer { code: finding.code.name().to_owned(), text: finding.text.clone(), reason: reason.clone() })
    });
    let proposed = Proposed { effective: actor.now, answers: answers.collect(), event: Event::Enrolled(enrolled) };
    Ok(Enrolment::Ready(Box::new((proposed, plan))))
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
    let mut subject = course.subject.clone();
    subject.genotype = subject.genotype.map(|typed| genotype::spelled(regimen, &typed));
    let enrolled = Enrolled::new(pinned, course.start, &subject, levels.collect());
    Enrolled { exposure: course.exposure.clone(), ..enrolled }
}

fn course(enrolled: &Enrolled) -> Result<Course, Failure> {
    let entry = Entry {
        seq: 1,
        effective: enrolled.start,
        recorded: String::new(),
        who: String::new(),
        event: Event::Enrolled(enrolled.clone()),
        answers: Vec::new(),
        today: None,
    };
    fold(&[entry]).map(|folded| folded.course).map_err(|error| Failure::store(error.to_string()))
}
