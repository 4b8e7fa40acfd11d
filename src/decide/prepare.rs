//! A dose that was prepared: what the pharmacy made, from which kit and lot.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::course::Product;
use crate::course::event::{Event, Prepared};
use crate::finding::Finding;
use crate::plan::{Administration, AdministrationState};

use super::command::Scope;
use super::scope::administrations_in_scope;
use super::{Context, Draft, findings, give, past, reasoned, unverified, verify_findings as told};

pub(super) fn prepare(
    context: &Context<'_>,
    scope: &Scope,
    on: Date,
    product: &Product,
    reason: Option<&str>,
) -> Result<Draft, Finding> {
    let reason = reason.map(reasoned).transpose()?;
    let on = past(context, on)?;
    let planned = administrations_in_scope(context, scope)?;
    if planned.is_empty() {
        return Err(findings::not_planned(context.regimen, scope));
    }
    let open: Vec<&Administration> =
        planned.into_iter().filter(|one| one.state == AdministrationState::Projected).collect();
    if open.is_empty() {
        return Err(told::nothing_to_prepare(&scope.words(context.regimen)));
    }
    let drugs: BTreeSet<&str> = open.iter().map(|one| one.key.drug.as_str()).collect();
    if !product.is_empty() && drugs.len() > 1 {
        return Err(findings::several_drugs(context.regimen, scope, product, drugs.len()));
    }
    let mut asks: Vec<Finding> = Vec::new();
    for one in &open {
        let key = one.key.named(context.regimen);
        let again = context.folded.prepared.get(&one.key).map(|entry| told::prepared_again(key, *entry));
        let asked =
            again.into_iter().chain(give::not_met(context, &one.key)).chain(unverified::told(context, one, "prepared"));
        let asked: Vec<Finding> = asked.filter(|one| !asks.contains(one)).collect();
        asks.extend(asked);
    }
    let event = |one: &Administration| {
        let (key, product, reason) = (one.key.clone(), product.clone(), reason.clone());
        (on, Event::Prepared(Prepared { key, product, reason }))
    };
    Ok(Draft { events: open.into_iter().map(event).collect(), asks, fact: true, regimen: None })
}
