//! The calculation from the protocol dose to the amount given.

use std::sync::Arc;

use crate::formula::{Computed, FormulaError, calvert, figure, newell, per_size};
use crate::quantity::{Amount, Basis, Decimal, Gfr, ProtocolDose, Weight, number};
use crate::regimen::{AucFormula, Drug, FractionOfDrug, Regimen, Rounding, Spread, WeightKind};

use super::protocol::{DoseKind, SelectedDose};
use super::rounding::{self, Rounded};
use super::size::{Size, weight_of};
use super::supply::supply;
use super::{Dose, DoseError, Modification, Step, StepKind, SubjectOnDay};

/// The dose of one administration of a drug.
///
/// `size` is the body size the regimen uses ([`super::size`]), computed once for all drugs; it may be
/// absent where no drug of the regimen depends on it.
pub fn dose(
    regimen: &Regimen,
    drug: &Drug,
    state: &SubjectOnDay<'_>,
    modification: Modification,
    size: Option<&Size>,
) -> Result<Dose, DoseError> {
    let mut calculation = DoseCalculation::new(regimen, drug, state, size);
    let start = calculation.start()?;
    let by_rounding = calculation.by_rounding(&start);
    let chosen = calculation.protocol(&start, modification)?;
    let per = chosen.per;
    let modification = Modification { loading: chosen.what == DoseKind::Loading, ..modification };
    let full = calculation.unreduced(chosen, modification)?;
    let (capped, uncapped) = calculation.cap(full)?;
    let started = calculation.percent(capped, "percent at the start", start.percent())?;
    let (started, _) = calculation.cap(started)?;
    let reduced = calculation.percent(started, "reduced", modification.percent)?;
    let (calculated, _) = calculation.cap(reduced)?;
    let percent = calculation.combined_percent(start.percent(), modification.percent)?;
    calculation.measure_size(per);
    // A level that brings a dose of its own, a step or a loading dose takes the place of the row's halves.
    let keeps = matches!(chosen.what, DoseKind::Full | DoseKind::Level) && per == start.dose;
    let rounded = if let Some(halves) = start.halves.filter(|_| keeps) {
        calculation.row_halves(halves, &start, modification)?
    } else {
        let reduced = modification.percent.is_some() || modification.level < 0;
        let mut rounded = rounding::round(drug, calculated, reduced)?;
        calculation.steps.append(&mut rounded.steps);
        calculation.capped_again(rounded, calculated)?
    };
    let Rounded { amount, difference, parts, .. } = rounded;
    calculation.maximum(amount)?;
    let spread = calculation.spread(amount)?;
    let shelf = supply(drug, amount);
    let part_tablets = parts.map(|(morning, evening)| (supply(drug, morning).tablets, supply(drug, evening).tablets));
    match &part_tablets {
        Some((morning, evening)) => {
            calculation.tablet_steps(morning, " in the morning");
            calculation.tablet_steps(evening, " in the evening");
        }
        None => calculation.supply_steps(amount, &shelf),
    }
    calculation.decay(amount)?;
    let marks =
        super::dose_marks(regimen, drug, modification, start.percent().is_some(), per.basis, uncapped.is_some());
    Ok(Dose {
        amount,
        calculated,
        uncapped,
        difference,
        per,
        level: modification.level,
        percent,
        start: start.assignment().map(Arc::new),
        loading: modification.loading,
        step: modification.ramp.is_some(),
        parts,
        spread,
        supply: shelf,
        part_tablets,
        by_rounding: by_rounding.map(Arc::new),
        steps: calculation.steps,
        marks,
    })
}

pub(super) struct DoseCalculation<'a> {
    pub(super) regimen: &'a Regimen,
    pub(super) drug: &'a Drug,
    pub(super) state: &'a SubjectOnDay<'a>,
    pub(super) size: Option<&'a Size>,
    pub(super) steps: Vec<Step>,
    pub(super) kidney: Option<Decimal>,
    pub(super) kidney_found: Option<Decimal>,
}

impl<'a> DoseCalculation<'a> {
    pub(super) fn new(
        regimen: &'a Regimen,
        drug: &'a Drug,
        state: &'a SubjectOnDay<'a>,
        size: Option<&'a Size>,
    ) -> Self {
        Self { regimen, drug, state, size, steps: Vec::new(), kidney: None, kidney_found: None }
    }
}

impl DoseCalculation<'_> {
    pub(super) fn overflow(&self) -> DoseError {
        DoseError::Overflow { drug: self.drug.full_name() }
    }

    pub(super) fn missing(&self, what: &'static str, field: &'static str) -> DoseError {
        DoseError::Missing { drug: self.drug.full_name(), what, field }
    }

    pub(super) fn formula(&self, error: crate::formula::FormulaError) -> DoseError {
        DoseError::Formula { drug: self.drug.full_name(), error }
    }

    pub(super) fn push(
        &mut self,
        kind: StepKind,
        label: impl Into<String>,
        expression: impl Into<String>,
        value: Decimal,
        unit: &str,
    ) {
        self.steps.push(Step::new(kind, label, expression, value, unit));
    }

    fn multiply(&mut self, per: ProtocolDose) -> Result<Amount, DoseError> {
        let value = match per.basis {
            Basis::Flat => per.value,
            Basis::PerM2 => {
                let bsa =
                    self.size.and_then(|size| size.bsa).ok_or_else(|| self.missing("the body surface", "height"))?;
                self.times(per_size::per_m2(per, bsa))?
            }
            Basis::PerKg => {
                let (weight, kind) = self.weight()?;
                self.times(per_size::per_kg(per, weight, &kind))?
            }
            Basis::Auc => {
                let gfr = self.kidney()?;
                let given = self.state.first.unwrap_or(self.state).gfr;
                let cap = self.drug.gfr.as_ref().and_then(|rule| rule.cap_for(given));
                let gfr_used = if given == Some(Gfr::Dialysis) { Gfr::Dialysis } else { Gfr::Absolute(gfr) };
                let computed = match self.drug.gfr.as_ref().and_then(|rule| rule.calvert) {
                    Some(AucFormula::Newell) => {
                        let weight = self.state.weight.ok_or_else(|| self.missing("the weight", "weight"))?;
                        newell::dose(per.value, gfr_used, weight, cap)
                    }
                    Some(AucFormula::Calvert) | None => calvert::dose(per.value, gfr_used, cap),
                };
                let computed = computed.map_err(|error| self.formula(error))?;
                // A cap that changes nothing is no step.
                let lines = computed.steps.into_iter().filter(|line| line.unit == "mg" || line.value != gfr);
                self.steps.extend(lines.map(|line| Step::from_line(StepKind::Multiply, line)));
                computed.value
            }
        };
        Ok(Amount { value, unit: per.unit })
    }

    /// The dose before any cap: a fraction of the other drug's, where that is known, else protocol dose × body size.
    pub(super) fn unreduced(&mut self, chosen: SelectedDose, modification: Modification) -> Result<Amount, DoseError> {
        match (self.drug.dosing.fraction(), modification.of) {
            (Some(fraction), Some(of)) if chosen.shared => self.fraction(fraction, of),
            _ => self.multiply(chosen.per),
        }
    }

    /// A fraction of what the other drug comes to, as it is given.
    fn fraction(&mut self, fraction: &FractionOfDrug, of: Amount) -> Result<Amount, DoseError> {
        let value =
            of.value.checked_mul(fraction.percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
        let value = value.ok_or_else(|| self.overflow())?.normalize();
        let put_in = format!("{} % of {} {of}", number::print(fraction.percent), fraction.drug);
        self.push(StepKind::Multiply, "dose", put_in, value, of.unit.written());
        Ok(Amount { value, unit: of.unit })
    }

    fn times(&mut self, product: Result<Computed, FormulaError>) -> Result<Decimal, DoseError> {
        let computed = product.map_err(|_| self.overflow())?;
        self.steps.extend(computed.steps.into_iter().map(|line| Step::from_line(StepKind::Multiply, line)));
        Ok(computed.value)
    }

    fn weight(&mut self) -> Result<(Weight, String), DoseError> {
        let kind = self.drug.weight.or(self.size.map(|size| size.kind)).unwrap_or(WeightKind::Actual);
        let text = if kind == WeightKind::Actual { String::new() } else { format!(" ({})", kind.phrase()) };
        if let Some(size) = self.size
            && size.kind == kind
        {
            return Ok((size.weight, text));
        }
        let result = weight_of(kind, self.regimen.body.as_ref(), self.state);
        let (weight, steps) = result.map_err(|error| self.formula(error))?;
        self.steps.extend(steps);
        Ok((weight, text))
    }

    /// Puts the steps of the body size first, where the dose used it.
    fn measure_size(&mut self, per: ProtocolDose) {
        let by_surface = self.drug.dosing.rows().iter().any(|row| row.when.bsa.is_some());
        let uses_size = match per.basis {
            _ if by_surface => true,
            Basis::PerM2 => true,
            Basis::PerKg => {
                self.drug.weight.is_none() || self.size.is_some_and(|size| Some(size.kind) == self.drug.weight)
            }
            Basis::Flat | Basis::Auc => false,
        };
        if let Some(size) = self.size.filter(|_| uses_size) {
            let wanted = size.steps.iter().filter(|step| by_surface || per.basis == Basis::PerM2 || step.unit == "kg");
            self.steps.splice(0..0, wanted.cloned());
        }
    }

    /// The cap in force for this subject's weight.
    fn cap_in_force(&self, amount: Amount) -> Result<Option<Amount>, DoseError> {
        for cap in &self.drug.caps {
            let fits = match cap.weight {
                None => true,
                Some(range) => {
                    let weight = self.state.weight.ok_or_else(|| self.missing("the weight", "weight"))?;
                    range.holds(weight.value())
                }
            };
            if fits {
                return cap.dose.in_unit(amount.unit).map(Some).ok_or_else(|| self.overflow());
            }
        }
        Ok(None)
    }

    pub(super) fn cap(&mut self, amount: Amount) -> Result<(Amount, Option<Amount>), DoseError> {
        match self.cap_in_force(amount)? {
            Some(cap) if amount.value > cap.value => {
                let put_in = format!("the smaller of {} {} and {cap}", figure(amount.value), amount.unit);
                self.push(StepKind::Cap, "capped", put_in, cap.value, cap.unit.written());
                Ok((cap, Some(amount)))
            }
            _ => Ok((amount, None)),
        }
    }

    /// Rounding up may not lift a dose over its cap.
    pub(super) fn cap_again(&mut self, amount: Amount) -> Result<Amount, DoseError> {
        match self.cap_in_force(amount)? {
            Some(cap) if amount.value > cap.value => {
                let put_in = format!("rounding passed the cap: the smaller of {amount} and {cap}");
                self.push(StepKind::Cap, "capped after rounding", put_in, cap.value, cap.unit.written());
                Ok(cap)
            }
            _ => Ok(amount),
        }
    }

    pub(super) fn percent(
        &mut self,
        amount: Amount,
        label: &str,
        percent: Option<Decimal>,
    ) -> Result<Amount, DoseError> {
        let Some(percent) = percent else { return Ok(amount) };
        let value = amount
            .value
            .checked_mul(percent)
            .and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
            .ok_or_else(|| self.overflow())?
            .normalize();
        let put_in = format!("{} % of {} {}", number::print(percent), figure(amount.value), amount.unit);
        self.push(StepKind::Percent, label, put_in, value, amount.unit.written());
        Ok(Amount { value, unit: amount.unit })
    }

    /// A percentage of a dose that starts at a percentage: both hold.
    fn combined_percent(
        &self,
        start: Option<Decimal>,
        modification: Option<Decimal>,
    ) -> Result<Option<Decimal>, DoseError> {
        let (Some(start), Some(modification)) = (start, modification) else { return Ok(modification.or(start)) };
        let product = start.checked_mul(modification).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
        product.map(|product| Some(product.normalize())).ok_or_else(|| self.overflow())
    }

    fn maximum(&self, amount: Amount) -> Result<(), DoseError> {
        let Some(maximum) = self.drug.maximum.dose else { return Ok(()) };
        let limit = maximum.in_unit(amount.unit).ok_or_else(|| self.overflow())?;
        if amount.value <= limit.value {
            return Ok(());
        }
        Err(DoseError::AboveMaximum { drug: self.drug.full_name(), amount, maximum, of: "for one administration" })
    }

    /// A long infusion shows both its total and its dose of each 24 hours.
    fn spread(&mut self, amount: Amount) -> Result<Option<(String, Amount)>, DoseError> {
        let unit = amount.unit;
        match self.drug.dosing.spread {
            Spread::Each | Spread::Divided { .. } => Ok(None),
            Spread::Total { days } => {
                let value = amount.value.checked_div(days).ok_or_else(|| self.overflow())?;
                let value = crate::quantity::decimal::half_up(value, 1);
                let put_in = format!("{amount} over {} days", figure(days));
                self.push(StepKind::Divide, "in each 24 hours", put_in, value, unit.written());
                Ok(Some(("in each 24 hours".to_owned(), Amount { value, unit })))
            }
            Spread::PerDay { days } => {
                let value = amount.value.checked_mul(days).ok_or_else(|| self.overflow())?.normalize();
                let put_in = format!("{amount} in each 24 hours × {} days", figure(days));
                self.push(StepKind::Divide, "in all", put_in, value, unit.written());
                Ok(Some(("in all".to_owned(), Amount { value, unit })))
            }
        }
    }

    /// The activity that must be there at the supplier's reference time.
    fn decay(&mut self, amount: Amount) -> Result<(), DoseError> {
        let Some((decay, hours)) = self.drug.decay.and_then(|decay| Some((decay, decay.ordered_before?))) else {
            return Ok(());
        };
        let factor = decay.before(hours).ok_or_else(|| self.overflow())?;
        let value = amount.value.checked_mul(factor).ok_or_else(|| self.overflow())?;
        let value = crate::quantity::decimal::half_up(value, 2).normalize();
        let hours = number::print(hours);
        let put_in = format!("{amount} × 2^({hours} h ÷ {} h)", number::print(decay.half_life));
        self.push(StepKind::Supply, format!("activity {hours} hours before use"), put_in, value, amount.unit.written());
        Ok(())
    }

    fn supply_steps(&mut self, amount: Amount, supply: &super::Supply) {
        let amount = super::prepared(self.drug, amount).unwrap_or(amount);
        if let (Some(volume), Some(vial)) = (supply.volume, self.drug.vial) {
            let put_in = format!("{amount} from {vial}");
            let step = Step::new(StepKind::Supply, "volume", put_in, volume.value(), "mL");
            self.steps.push(Step { about: volume.about(), ..step });
        }
        if let Some((count, vial)) = supply.vials {
            let put_in = format!("{amount} from vials of {}", vial.amount);
            self.push(
                StepKind::Supply,
                "vials",
                put_in,
                Decimal::from(count),
                if count == 1 { "vial" } else { "vials" },
            );
        }
        self.tablet_steps(&supply.tablets, "");
    }

    fn tablet_steps(&mut self, tablets: &[(u32, Amount)], when: &str) {
        for (count, strength) in tablets {
            let form = self.drug.form;
            let what = format!("{} of {strength}{when}", form.word(2));
            self.push(StepKind::Supply, what, String::new(), Decimal::from(*count), form.word(*count));
        }
    }
}

pub(super) fn unit_of(dose: ProtocolDose) -> String {
    match dose.basis {
        Basis::Auc => "AUC".to_owned(),
        Basis::PerM2 => format!("{}/m²", dose.unit),
        _ => dose.unit_text(),
    }
}

/// Whether a rounding rule is stated.
pub(super) fn rounds(drug: &Drug) -> bool {
    !matches!(drug.rounding, Rounding::None | Rounding::Unknown)
}
