//! Which dose of a drug who gets.

use crate::format::codes;
use crate::format::definition::{At, DrugDef};
use crate::quantity::number::shown;
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::{Doses, Dosing, FractionOfDrug, Over, Spread};

use super::resolver::{Read, Resolver, TablePath};
use super::scope::{Scope, refer};
use super::{divided, dose, drug_id, ladder, table, timing, trial};

/// All of it. `only_in` are the cohorts of the drug and `over` the length of its infusion, each where it could be read.
pub(super) fn dosing(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
    only_in: Option<&[String]>,
    over: Read<Option<&Over>>,
) -> Option<Dosing> {
    let doses = doses(resolver, place, def, scope, only_in, over);
    let ladder = ladder::ladder(resolver, place, def, scope.cycle);
    let starts = ladder::starts(resolver, place, def.start.as_ref(), scope.cycle);
    let loading = timing::loading(resolver, place, def);
    let same = doses.as_ref().and_then(|(doses, _)| doses.same());
    let ramp = trial::ramp(resolver, place, def, whole_dose(doses.as_ref()).or(same));
    let ramp_again = trial::ramp_again(resolver, def);
    let (doses, spread) = doses?;
    let (ladder, starts, ramp, loading) = (ladder?, starts?, ramp?, loading?);
    let dosing = Dosing { doses, spread, ladder, starts, loading, ramp, ramp_again: ramp_again? };
    divided::every_dose(resolver, place, def, dosing)
}

/// What the file writes, where it is divided: the steps of a ramp are written in the same way.
fn whole_dose(doses: Option<&(Doses, Spread)>) -> Option<ProtocolDose> {
    match doses {
        Some((_, Spread::Divided { of, .. })) => Some(*of),
        _ => None,
    }
}

/// The dose in the one way the file says it, with how it spreads.
fn doses(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
    only_in: Option<&[String]>,
    over: Read<Option<&Over>>,
) -> Option<(Doses, Spread)> {
    let rows = table::table(resolver, place, def, scope);
    let cohorts = only_in.and_then(|only| trial::by_cohort(resolver, place, def, scope, only));
    let varies = def.by_cohort.as_ref().map(|at| &at.span).or(def.table.as_ref().map(|at| &at.span));
    let bare = def.by_cohort.is_some() || def.own_doses().next().is_none();
    if let Some(span) = varies.filter(|_| bare && over.flatten().is_some_and(dose::is_long)) {
        let text = "doses by table or by cohort over more than 24 hours can be read as a day's";
        let help = "write the formula beside the table, as `total` or `dose_per_day`; or the drug once for each cohort, under `cohorts`";
        resolver.block(codes::LONG_INFUSION, span, text, help);
        return None;
    }
    if def.by_cohort.is_some() {
        return Some((Doses::ByCohort(cohorts??), Spread::Each));
    }
    if let Some((percent, of)) = fraction_text(def) {
        let fraction = fraction(resolver, def, scope, &percent, &of);
        if let Some(table) = &def.table {
            let text = format!("{} says its dose twice: as a fraction of another drug, and by table", place.name);
            resolver.block(codes::DOSE_TWICE, &table.span, text, "keep the table, or the fraction");
            return None;
        }
        return Some((Doses::FractionOf(fraction?), Spread::Each));
    }
    if def.table.is_some() && bare {
        let rows = rows??;
        if rows.iter().all(|row| row.dose.is_none()) {
            resolver.missing(place, "dose", "a row of `table` with a dose");
            return None;
        }
        return Some((Doses::ByRow { rows, formula: None }, Spread::Each));
    }
    let (one, spread) = match over {
        Some(over) => match divided::said(def, over) {
            Some((key, at)) => divided::dose(resolver, place, def, scope, (key, at)),
            None => dose::dose(resolver, place, def, over),
        },
        None => quiet_dose(resolver, place, def),
    }?;
    let doses = match rows? {
        Some(rows) => Doses::ByRow { rows, formula: Some(one) },
        None => Doses::Same(one),
    };
    Some((doses, spread))
}

/// The dose where `over` could not be read: its faults are told, but not how it spreads.
fn quiet_dose(resolver: &mut Resolver, place: &TablePath, def: &DrugDef) -> Option<(ProtocolDose, Spread)> {
    let of_time = def.dose_per_day.as_ref().xor(def.dose_per_week.as_ref());
    match (&def.dose, &def.total, of_time) {
        (Some(at), None, None) => dose::protocol(resolver, at).map(|dose| (dose, Spread::Each)),
        (None, Some(at), None) | (None, None, Some(at)) => {
            dose::protocol(resolver, at);
            None
        }
        _ => dose::dose(resolver, place, def, None),
    }
}

/// The percentage and the other drug of a dose such as `20 % of ifosfamide`.
fn fraction_text(def: &DrugDef) -> Option<(At<String>, At<String>)> {
    let at = def.dose.as_ref()?;
    let (percent, of) = at.value.split_once(" of ")?;
    let part = |text: &str| At { value: text.trim().to_owned(), span: at.span.clone() };
    Some((part(percent), part(of)))
}

/// A fraction of another drug's dose, and what it comes to in the unit of that dose.
fn fraction(
    resolver: &mut Resolver,
    def: &DrugDef,
    scope: Scope,
    percent: &At<String>,
    of: &At<String>,
) -> Option<FractionOfDrug> {
    let (percent, drug) = (resolver.percent(percent), refer(resolver, of, scope.drugs));
    let (percent, drug) = (percent?, drug?);
    let owner = scope.drugs.iter().find(|other| drug_id(other) == drug)?;
    let dose = owner.dose.as_ref().and_then(|at| ProtocolDose::read(&at.value).ok());
    let Some(dose) = dose.filter(|dose| dose.basis != Basis::Auc && drug != drug_id(def)) else {
        let text = format!("a fraction of \"{}\" means nothing: it has no plain dose of its own", shown(&of.value));
        resolver.block(
            codes::REFERENCE,
            &of.span,
            text,
            "name a drug whose `dose` is an amount, such as \"1200 mg/m2\"",
        );
        return None;
    };
    let value = dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
    Some(FractionOfDrug { drug, percent, dose: ProtocolDose { value, ..dose } })
}
