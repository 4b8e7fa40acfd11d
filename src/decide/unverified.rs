//! A dose that is prepared or given, and that no second person found to be right.

use crate::finding::Finding;
use crate::plan::{Administration, way};

use super::{Context, verify_findings};

/// What there is to say of a dose of the treatment that no second person found to be right.
pub(super) fn told(context: &Context<'_>, one: &Administration, done: &str) -> Option<Finding> {
    let plan = context.plan?;
    way::is_treatment(context.regimen, plan, one).then_some(())?;
    let way = way::Way::of_dose(context.regimen, context.folded, plan, one);
    verify_findings::not_verified(way.verification, one.key.named(context.regimen), done)
}
