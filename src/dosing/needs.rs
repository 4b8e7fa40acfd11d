//! Which inputs a regimen needs: all it uses, and no more.

use crate::formula::Need;
use crate::quantity::Basis;
use crate::regimen::{AucFormula, Drug, Range, Regimen, TestRange, WeightKind};
use crate::subject::Fact;

/// The facts a regimen needs, in the order a form asks for them. A measured GFR stands in for the
/// creatinine, so [`Fact::Gfr`] is in the list only where eligibility asks for a kidney function and no formula makes one.
pub fn needs(regimen: &Regimen) -> Vec<Fact> {
    let mut inputs = Vec::new();
    // A drug that only stands in for another asks for what it needs when it is chosen.
    for drug in regimen.drugs().filter(|drug| drug.instead_of.is_none()) {
        collect(regimen, drug, &mut inputs);
    }
    if regimen.eligibility.gfr.is_some() {
        match regimen.drugs().find(|drug| drug.gfr.is_some()) {
            Some(drug) => kidney(regimen, drug, &mut inputs),
            None => inputs.push(Fact::Gfr),
        }
    }
    // Whoever gives no age is measured as an adult, and every adult meets such a limit.
    if regimen.eligibility.age.is_some_and(|limit| !limit.covers(Range::ADULTS)) {
        inputs.push(Fact::Age);
    }
    if regimen.eligibility.weight.is_some() {
        inputs.push(Fact::Weight);
    }
    if regimen.eligibility.sex.is_some() {
        inputs.push(Fact::Sex);
    }
    inputs.sort_unstable();
    inputs.dedup();
    inputs
}

/// Whether any dose of a drug is worked out from body size or kidney function, which may be measured again.
pub fn is_measured(regimen: &Regimen, drug: &Drug) -> bool {
    let mut inputs = Vec::new();
    collect(regimen, drug, &mut inputs);
    [Fact::Height, Fact::Weight, Fact::Creatinine].iter().any(|input| inputs.contains(input))
}

fn collect(regimen: &Regimen, drug: &Drug, inputs: &mut Vec<Fact>) {
    let dosing = &drug.dosing;
    let steps = dosing.ladders().flat_map(|ladder| &ladder.steps).filter_map(|step| step.dose);
    let doses = dosing.options().flat_map(|one| [Some(one.dose), dosing.loading_of(&one)]).flatten();
    let doses = doses.chain(steps).chain(dosing.ramp.iter().map(|step| step.dose));
    for dose in doses {
        match dose.basis {
            Basis::Flat => {}
            Basis::PerM2 => surface(regimen, inputs),
            Basis::PerKg => {
                let kind = drug.weight.or(regimen.body.as_ref().map(|body| body.weight));
                weight(kind.unwrap_or(WeightKind::Actual), inputs);
            }
            Basis::Auc => kidney(regimen, drug, inputs),
        }
    }
    for when in drug.dosing.conditions() {
        if when.bsa.is_some() {
            surface(regimen, inputs);
        }
        if when.genotype.is_some() {
            inputs.push(Fact::Genotype);
        }
        if !when.tests.is_empty() {
            inputs.push(Fact::Lab);
        }
        if when.age.is_some() {
            inputs.push(Fact::Age);
        }
        if when.weight.is_some() {
            inputs.push(Fact::Weight);
        }
        if when.gfr.is_some() {
            kidney(regimen, drug, inputs);
        }
    }
    if drug.caps.iter().any(|cap| cap.weight.is_some()) {
        inputs.push(Fact::Weight);
    }
}

fn weight(kind: WeightKind, inputs: &mut Vec<Fact>) {
    inputs.push(Fact::Weight);
    if kind != WeightKind::Actual {
        inputs.extend([Fact::Height, Fact::Sex]);
    }
}

fn surface(regimen: &Regimen, inputs: &mut Vec<Fact>) {
    inputs.extend([Fact::Height, Fact::Weight]);
    let Some(body) = &regimen.body else { return };
    weight(body.weight, inputs);
    if body.bsa.is_some_and(|formula| formula.entry().needs.contains(&Need::Sex)) {
        inputs.push(Fact::Sex);
    }
}

fn kidney(regimen: &Regimen, drug: &Drug, inputs: &mut Vec<Fact>) {
    let Some(rule) = &drug.gfr else { return };
    if rule.calvert == Some(AucFormula::Newell) {
        inputs.push(Fact::Weight);
    }
    for need in rule.formula.entry().needs {
        match need {
            Need::Height => inputs.push(Fact::Height),
            Need::Weight => weight(rule.weight, inputs),
            Need::Sex => inputs.push(Fact::Sex),
            Need::Age => inputs.push(Fact::Age),
            Need::Creatinine => inputs.push(Fact::Creatinine),
            Need::Bsa => surface(regimen, inputs),
            Need::Factor | Need::Gfr | Need::TargetAuc => {}
        }
    }
}

/// The laboratory tests that decide a dose, each once.
pub fn tests(regimen: &Regimen) -> Vec<&TestRange> {
    let mut tests: Vec<&TestRange> = Vec::new();
    for drug in regimen.drugs() {
        for test in drug.dosing.conditions().flat_map(|when| &when.tests) {
            if !tests.iter().any(|known| known.test == test.test) {
                tests.push(test);
            }
        }
    }
    tests
}
