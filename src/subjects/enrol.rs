//! Enrolment: a subject's first entry, on a regimen text that is kept with it.

use crate::calendar::{Date, Site};
use crate::course::event::{Answer, Changed, Enrolled, Entry, Event, Pinned};
use crate::course::{Course, fold};
use crate::decide::{self, Confirmation, Proposed, Replies, code};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::plan::{self, Administration, Options, Plan};
use crate::regimen::Status;
use crate::regimen::{Regimen, genotype};
use crate::study::Chosen;

use super::{Actor, findings};

/// What an enrolment would record.
#[derive(Debug, Clone)]
pub enum Enrolment {
    /// The entry, and the plan that follows from it.
    Ready(Box<(Proposed, Plan)>),
    /// Warnings that wait for a reason.
    Asks(Vec<Finding>),
}

/// Enrols a subject on paper, in a study and at its site where there is one: nothing is recorded yet.
pub fn enrol(
    subject: &str,
    regimen: &Regimen,
    entered: &Course,
    (chosen, site): (&Chosen, &Site),
    actor: &Actor,
) -> Result<Enrolment, Failure> {
    may_be(subject, regimen)?;
    let (study, at) = (chosen.code.clone(), chosen.site.clone());
    let enrolled = Enrolled { study, site: at, ..enrolled(regimen, entered) };
    let mut confirmed = actor.confirmed.clone();
    confirmed.extend(entered.answered.iter().filter_map(Confirmation::of));
    let replies = Replies { confirmed: &confirmed, ..actor.replies() };
    if let Some(finding) = code::typed(&actor.who, replies) {
        return Err(Failure::blocked(vec![finding]));
    }
    // What is planned is what the record will say: without a date of birth.
    let mut course = course(&enrolled)?;
    course.answered = confirmed.iter().map(Confirmation::provisional).collect();
    let start = decide::of_start(actor.now, entered.start);
    let personal = code::personal_code(subject).into_iter().chain(code::personal(code::reasons(replies)));
    let always: Vec<Finding> = decide::not_approved(regimen).into_iter().chain(start).chain(personal).collect();
    let (plan, mut told) = worked_out(regimen, &course, site)?;
    told.extend(always);
    let answered = course.answered.clone();
    told.extend(plan.as_ref().and_then(|plan| by_age(regimen, &Course { answered, ..entered.clone() }, plan, site)));
    let waits = |finding: &&Finding| finding.severity.asks() && replies.answer(finding).is_none();
    let open: Vec<Finding> = told.iter().filter(waits).cloned().collect();
    let Some(plan) = plan.filter(|_| open.is_empty()) else { return Ok(Enrolment::Asks(open)) };
    let answers: Vec<Answer> = told.iter().filter_map(|finding| replies.answer(finding)).collect();
    let proposed = Proposed { effective: actor.now, answers, event: Event::Enrolled(enrolled) };
    Ok(Enrolment::Ready(Box::new((proposed, plan))))
}

/// Whether there may be a subject of this code on this regimen at all.
pub fn may_be(subject: &str, regimen: &Regimen) -> Result<(), Failure> {
    if let Some(finding) = code::code(subject) {
        return Err(Failure::blocked(vec![finding]));
    }
    if regimen.status == Status::Retired {
        return Err(Failure::blocked(vec![findings::retired(regimen)]));
    }
    Ok(())
}

/// What an enrolment asks about the code and the start, whatever the plan is.
pub fn about(subject: &str, start: Date, today: Date) -> Vec<Finding> {
    decide::of_start(today, start).into_iter().chain(code::personal_code(subject)).collect()
}

/// The plan of a subject as an enrolment would keep it, with that course and everything told; no plan while something is
/// still to be confirmed. The error is what blocks.
pub fn on_paper(regimen: &Regimen, entered: &Course, site: &Site) -> Result<OnPaper, Failure> {
    let mut course = course(&enrolled(regimen, entered))?;
    course.answered.clone_from(&entered.answered);
    let (plan, told) = worked_out(regimen, &course, site)?;
    Ok(OnPaper { course, plan, told })
}

/// A subject on paper.
#[derive(Debug, Clone)]
pub struct OnPaper {
    /// As a record would keep it: without a date of birth.
    pub course: Course,
    /// The plan, where nothing waits to be confirmed before there is one.
    pub plan: Option<Plan>,
    /// What is told, and asked.
    pub told: Vec<Finding>,
}

fn worked_out(regimen: &Regimen, course: &Course, site: &Site) -> Result<(Option<Plan>, Vec<Finding>), Failure> {
    let (plan, told) = match plan::plan(regimen, course, site, Options::default()) {
        Ok(plan) => {
            let told = plan.findings.clone();
            (Some(plan), told)
        }
        Err(findings) if findings.iter().any(|finding| finding.severity == Severity::Block) => {
            return Err(Failure::blocked(findings));
        }
        Err(findings) => (None, findings),
    };
    // What was received before has to be said at enrolment, be it that nobody knows.
    let asked = |finding: Finding| Finding {
        severity: if finding.code == plan::codes::EXPOSURE { Severity::Warn } else { finding.severity },
        ..finding
    };
    Ok((plan, told.into_iter().map(asked).collect()))
}

/// The first dose that the date of birth makes another than the record, which does not keep it, goes on with.
fn by_age(regimen: &Regimen, entered: &Course, kept: &Plan, site: &Site) -> Option<Finding> {
    entered.subject.born?;
    let known = plan::plan(regimen, entered, site, Options::default()).ok()?;
    let differs = |one: &&Administration| {
        let kept = kept.administrations.iter().find(|kept| kept.key == one.key);
        kept.is_some_and(|kept| kept.dose.amount != one.dose.amount)
    };
    let first = known.administrations.iter().find(differs)?;
    let goes_on = kept.administrations.iter().find(|kept| kept.key == first.key)?;
    let (date, doses) = (first.date, (first.dose.amount, goes_on.dose.amount));
    Some(findings::age_not_kept(first.key.named(regimen), date, doses))
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
        origin: String::new(),
    };
    fold(&[entry]).map(|folded| folded.course).map_err(|error| Failure::store(error.to_string()))
}
