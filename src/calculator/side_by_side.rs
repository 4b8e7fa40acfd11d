//! Everything that follows from what is known of somebody, side by side: each part is looked at by itself, as its command is.

use crate::course::Answered;
use crate::finding::Finding;
use crate::formula::bsa::BsaFormula;
use crate::formula::renal::RenalFormula;
use crate::formula::weight::WeightFormula;
use crate::formula::{FormulaError, Inputs, Kind, bmi};
use crate::plausibility::{Measurements, is_child};
use crate::quantity::{Age, Basis, Bsa, Creatinine, Decimal, Gfr, ProtocolDose};
use crate::regimen::{AucFormula, Vial};

use super::carboplatin::{Carboplatin, CarboplatinDose, NoCarboplatin};
use super::dose::{DoseBySize, Made, To, surface_used};
use super::kidney::{Kidney, WeightUsed};
use super::{Outcome, Surface, kidney_policy, looked_at, measurements, surface_policy};

/// What is known, and what was answered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// What formulas are given; of a typed GFR and a target too.
    pub inputs: Inputs,
    /// The corrected age of a child.
    pub corrected_age: Option<Age>,
    /// A surface that was typed.
    pub surface: Option<Surface>,
    /// A lower creatinine is raised to it.
    pub floor: Option<Creatinine>,
    /// Above it no more of a GFR is counted.
    pub cap: Option<Decimal>,
    /// What was confirmed.
    pub answered: Vec<Answered>,
}

/// Some figures with what was found about what they are made of; no figure while anything of it stops them.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<T> {
    /// The figures.
    pub figures: Vec<T>,
    /// What is worth telling.
    pub findings: Vec<Finding>,
}

impl Asked {
    /// The body alone: what surfaces and weights are made of.
    fn body(&self) -> Measurements {
        let Inputs { height, weight, sex, age, .. } = self.inputs;
        measurements(&Inputs { height, weight, sex, age, ..Inputs::default() }, self.corrected_age)
    }

    /// Body surface by every formula, and the body-mass index.
    pub fn surfaces(&self) -> Part<Outcome> {
        part(looked_at(&self.body(), &surface_policy(), &self.answered), || {
            let formulas = BsaFormula::ALL.iter().map(|formula| formula.entry());
            formulas.chain([&bmi::ENTRY]).map(|entry| Outcome::by(entry, &self.inputs)).collect()
        })
    }

    /// Ideal, adjusted and lean weights.
    pub fn weights(&self) -> Part<Outcome> {
        let policy = kidney_policy(None, None);
        part(looked_at(&self.body(), &policy, &self.answered), || {
            WeightFormula::ALL.iter().map(|formula| Outcome::by(formula.entry(), &self.inputs)).collect()
        })
    }

    /// The body surface that converts: the one that was typed.
    fn converts(&self) -> Option<(Bsa, Vec<crate::formula::Line>)> {
        self.surface.and_then(|surface| surface.compute(&self.inputs).ok())
    }

    fn kidney(&self, weight: WeightUsed) -> Kidney {
        Kidney { inputs: self.inputs, surface: None, floor: self.floor, weight, indexed: false }
    }

    /// Kidney function by every formula; Cockcroft and Gault's with each weight; with a surface also converted by it.
    pub fn kidneys(&self) -> Part<(Outcome, &'static str)> {
        let measured = Measurements { gfr: None, auc: None, ..measurements(&self.inputs, self.corrected_age) };
        let estimate = self.kidney(WeightUsed::Actual).bare().raw(RenalFormula::CockcroftGault).ok();
        let child = is_child(&measured);
        let estimated = estimate.filter(|_| !child).map(|computed| computed.value);
        let measured = Measurements { estimated_gfr: estimated, ..measured };
        part(looked_at(&measured, &kidney_policy(self.floor, None), &self.answered), || {
            let mut figures = Vec::new();
            for formula in RenalFormula::ALL {
                let cockcroft = *formula == RenalFormula::CockcroftGault;
                if cockcroft && child {
                    continue;
                }
                let surface = self.converts();
                // Wright's own figure is made of the surface.
                let own = surface.clone().filter(|_| *formula == RenalFormula::Wright);
                let plain = Kidney { surface: own, ..self.kidney(WeightUsed::Actual) };
                figures.push((plain.compute(*formula), if cockcroft { "actual weight" } else { "" }));
                if cockcroft {
                    for (weight, word) in
                        [(WeightUsed::Ideal, "ideal weight"), (WeightUsed::Adjusted, "adjusted weight")]
                    {
                        figures.push((self.kidney(weight).compute(*formula), word));
                    }
                }
                let indexed = formula.entry().kind == Kind::RenalAbsolute;
                if surface.is_some() && formula.entry().kind != Kind::CarboplatinClearance {
                    let converted = Kidney { surface, indexed, ..self.kidney(WeightUsed::Actual) };
                    figures
                        .push((converted.compute(*formula), if indexed { "per 1.73 m²" } else { "by this surface" }));
                }
            }
            figures
        })
    }

    /// The dose of carboplatin: Calvert's of adults, Newell's of a child. Nothing without a target.
    pub fn carboplatin(&self) -> Part<Result<CarboplatinDose, NoCarboplatin>> {
        let nothing = Part { figures: Vec::new(), findings: Vec::new() };
        if self.inputs.target_auc.is_none() {
            return nothing;
        }
        let indexed = matches!(self.inputs.gfr, Some(Gfr::Indexed(_)));
        let raw = measurements(&self.inputs, self.corrected_age);
        let raw = if indexed && self.surface.is_some() { Measurements { auc: None, ..raw } } else { raw };
        let policy = kidney_policy(self.floor, self.cap);
        if let Err(findings) = looked_at(&raw, &policy, &self.answered) {
            return Part { findings, ..nothing };
        }
        let asked = Carboplatin {
            inputs: self.inputs,
            surface: self.converts().filter(|_| indexed),
            floor: self.floor,
            cap: self.cap,
            formula: is_child(&raw).then_some(AucFormula::Newell),
        };
        let ready = asked.fits(&raw).and_then(|()| asked.kidney());
        let ready = match ready {
            Ok(ready) => ready,
            Err(why) => return Part { figures: vec![Err(why)], ..nothing },
        };
        let measured = asked.measured(&ready, raw);
        part(looked_at(&measured, &policy, &self.answered), || vec![asked.dose(ready).map_err(NoCarboplatin::from)])
    }
}

impl Asked {
    /// A dose by size, of the surface that was typed or else of the one `usual` makes, to so many decimals.
    pub fn dose(
        &self,
        per: ProtocolDose,
        usual: (BsaFormula, u32),
        to: Option<To>,
        vial: Option<Vial>,
    ) -> Part<Result<Made, FormulaError>> {
        part(looked_at(&self.body(), &surface_policy(), &self.answered), || {
            let (formula, places) = usual;
            let surface = self.surface.unwrap_or(Surface::By(formula)).compute(&self.inputs);
            let surface = match surface {
                Ok((bsa, mut lines)) => {
                    let (used, line) = surface_used(bsa, places);
                    lines.extend(line);
                    Some((used, lines))
                }
                Err(why) if per.basis == Basis::PerM2 => return vec![Err(why)],
                Err(_) => None,
            };
            vec![DoseBySize { per, surface, weight: self.inputs.weight, to, vial }.made()]
        })
    }
}

fn part<T>(looked: Result<Vec<Finding>, Vec<Finding>>, figures: impl FnOnce() -> Vec<T>) -> Part<T> {
    match looked {
        Ok(findings) => Part { figures: figures(), findings },
        Err(findings) => Part { figures: Vec::new(), findings },
    }
}
