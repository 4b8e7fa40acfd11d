//! What was measured, against what is known of the subject.

use crate::calendar::{Date, days_between};
use crate::course::event::{Event, Measured};
use crate::dosing;
use crate::finding::{Finding, Severity};
use crate::plausibility::{self, Measurements, Policy, Previous};

use super::{Context, Draft, dates, findings, past};

pub(super) fn measure(context: &Context<'_>, on: Date, measured: &Measured) -> Result<Draft, Finding> {
    past(context, on)?;
    let Measured { height, weight, creatinine, gfr, .. } = measured;
    if height.is_none() && weight.is_none() && creatinine.is_none() && gfr.is_none() {
        return Err(findings::nothing_measured());
    }
    let asks = plausible(context, on, measured)?;
    Ok(Draft::one(on, Event::Measured(measured.clone())).fact().asking(asks))
}

/// The newest figures before a day.
fn earlier(context: &Context<'_>, on: Date) -> Previous {
    let course = &context.folded.course;
    let start = Previous {
        height: course.subject.height,
        weight: course.subject.weight,
        creatinine: course.subject.creatinine,
        measured: course.subject.measured.or(Some(course.start)),
    };
    course.measured_until(on).iter().fold(start, |known, one| Previous {
        height: one.height.or(known.height),
        weight: one.weight.or(known.weight),
        creatinine: one.creatinine.or(known.creatinine),
        measured: one.weight.map_or(known.measured, |_| Some(one.on)),
    })
}

/// A weight alone is looked at beside the height that is known.
pub(super) fn plausible(context: &Context<'_>, on: Date, measured: &Measured) -> Result<Vec<Finding>, Finding> {
    let Measured { height, weight, creatinine, gfr, .. } = *measured;
    let (start, subject) = (context.folded.course.start, &context.folded.course.subject);
    let before = earlier(context, on);
    let body = height.is_some() || weight.is_some();
    let measurements = Measurements {
        height: if body { height.or(before.height) } else { None },
        weight: if body { weight.or(before.weight) } else { None },
        age: subject.age,
        days_since: days_between(start, on),
        corrected_age: subject.corrected_age,
        sex: subject.sex,
        creatinine,
        gfr,
        previous: Some(before),
        measured: Some(on),
        ..Measurements::default()
    };
    let mut course = context.folded.course.clone();
    course.subject.height = height.or(before.height);
    course.subject.weight = weight.or(before.weight);
    let rule = context.regimen.plausibility(&dosing::doses_for(context.regimen, &course));
    // Whom the regimen takes was asked at enrolment; what a dose lacks is told by the plan, and stops no measurement.
    let policy = Policy { adult_regimen: false, infant_rule: true, ..rule };
    let found = context.folded.course.settle(plausibility::check(&measurements, &policy));
    // The plan tells of a changed weight with both doses, against the regimen's own threshold.
    let planned = context.regimen.body.is_some();
    let theirs = |finding: &Finding| {
        planned && finding.code == plausibility::codes::WEIGHT_JUMP && finding.severity >= Severity::Warn
    };
    if let Some(block) = found.iter().find(|finding| finding.severity == Severity::Block) {
        return Err(block.clone());
    }
    let asked = found.into_iter().filter(|finding| !theirs(finding));
    Ok(asked.chain(dates::of_measurement(context, on)).collect())
}
