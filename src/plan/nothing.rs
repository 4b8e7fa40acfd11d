//! A plan without a dose looks like a plan. Somebody has no dose where the regimen forgot their cohort, or never gives one.

use crate::course::Course;
use crate::finding::{Field, Finding};

use super::{Options, Plan, codes};

/// Nothing is planned, and treatment has not ended. Of somebody on record it is told, and stops nothing.
pub(super) fn finding(course: &Course, plan: &Plan, options: Options) -> Option<Finding> {
    if !plan.administrations.is_empty() || course.stopped.is_some() {
        return None;
    }
    let whom = course.subject.cohort.as_ref().map_or(String::new(), |cohort| format!(" in cohort {cohort}"));
    let text = format!("The regimen plans no dose of anything for this subject{whom}.");
    let raise = if options.recorded { Finding::warn } else { Finding::block };
    let finding = raise(codes::NOTHING_PLANNED, text);
    let finding = if course.subject.cohort.is_some() { finding.field(Field::Cohort) } else { finding };
    Some(finding.help("compare the cohort and the regimen's days with the protocol"))
}
