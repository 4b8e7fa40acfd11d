//! The dose of carboplatin for a target AUC, from a kidney function or from a creatinine by way of Cockcroft and Gault.

use crate::formula::renal::{cockcroft_gault, creatinine_floor, indexing};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Line, calvert, newell};
use crate::plausibility::{self, Measurements};
use crate::quantity::{Bsa, Creatinine, Decimal, Gfr};
use crate::regimen::AucFormula;

/// The GFR above which no more is counted, in mL/min, unless somebody says otherwise (FDA 2010, of an estimated GFR).
pub const USUAL_CAP: Decimal = Decimal::from_parts(125, 0, 0, false, 0);

/// What is known, and how the dose is wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Carboplatin {
    /// Target, kidney function or creatinine, and what estimates one.
    pub inputs: Inputs,
    /// The body surface that makes an indexed kidney function one of this body, with how it came about.
    pub surface: Option<(Bsa, Vec<Line>)>,
    /// A lower creatinine is raised to it.
    pub floor: Option<Creatinine>,
    /// Above it no more of the kidney function is counted.
    pub cap: Option<Decimal>,
    /// The formula, where one was named.
    pub formula: Option<AucFormula>,
}

/// A kidney function ready to dose by, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadyGfr {
    /// In mL/min, or dialysis.
    pub gfr: Gfr,
    steps: Vec<Line>,
    cautions: Vec<String>,
}

/// A dose, and what it would be without what changed it.
#[derive(Debug, Clone)]
pub struct CarboplatinDose {
    /// The formula.
    pub entry: &'static Entry,
    /// The dose with its working.
    pub answer: Computed,
    /// The dose of all of the kidney function, where the cap cut it.
    pub without_cap: Option<Computed>,
    /// The dose of the creatinine as it was measured, where the floor has raised it.
    pub without_floor: Option<Computed>,
}

/// Why there is no dose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCarboplatin {
    /// A formula gave no figure.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// A kidney function would be estimated for a child by a formula of adults.
    #[error("Cockcroft and Gault's formula is not defined below 18 years")]
    EstimateOfChild,
    /// Nobody named the formula for a child.
    #[error("Calvert's formula was made for adults and is not defined below 18 years")]
    DoseOfChild,
    /// There is nothing to index.
    #[error("a body surface turns a GFR per 1.73 m² into mL/min, and this GFR is in mL/min already")]
    AlreadyAbsolute,
    /// Neither a kidney function nor a creatinine.
    #[error("calvert needs the GFR, or a creatinine to estimate it from")]
    NoKidney,
}

impl Carboplatin {
    /// The formulas of adults are not used for a child unless they are asked for by name.
    pub fn fits(&self, measured: &Measurements) -> Result<(), NoCarboplatin> {
        if !plausibility::is_child(measured) {
            return Ok(());
        }
        if self.inputs.gfr.is_none() {
            return Err(NoCarboplatin::EstimateOfChild);
        }
        if self.formula.is_none() { Err(NoCarboplatin::DoseOfChild) } else { Ok(()) }
    }

    /// The measurements with the kidney function that doses, to be looked at before the dose: the estimate of the creatinine
    /// as it was measured, before the floor.
    pub fn measured(&self, ready: &ReadyGfr, measured: Measurements) -> Measurements {
        let raw = self.unfloored();
        let estimated = self.inputs.gfr.is_none().then(|| raw.as_ref().unwrap_or(ready).gfr.value());
        let gfr = self.inputs.gfr.map(|_| ready.gfr);
        Measurements { estimated_gfr: estimated, gfr, auc: self.inputs.target_auc, ..measured }
    }

    /// The kidney function that doses.
    pub fn kidney(&self) -> Result<ReadyGfr, NoCarboplatin> {
        match (self.inputs.gfr, self.inputs.creatinine, &self.surface) {
            (Some(gfr @ Gfr::Indexed(_)), _, Some((bsa, lines))) => {
                let (gfr, computed) = indexing::deindex(gfr, *bsa)?;
                let steps = lines.iter().cloned().chain(computed.steps).collect();
                Ok(ReadyGfr { gfr, steps, cautions: computed.cautions })
            }
            (Some(_), _, Some(_)) => Err(NoCarboplatin::AlreadyAbsolute),
            (Some(Gfr::Dialysis), ..) => {
                let caution =
                    "carboplatin is dialysed: the hours between the infusion and the session decide what is reached";
                Ok(ReadyGfr { gfr: Gfr::Dialysis, steps: Vec::new(), cautions: vec![caution.to_owned()] })
            }
            (Some(gfr), ..) => Ok(ReadyGfr { gfr, steps: Vec::new(), cautions: Vec::new() }),
            (None, Some(creatinine), _) => Ok(self.estimated(creatinine, self.floor)?),
            (None, None, _) => Err(NoCarboplatin::NoKidney),
        }
    }

    /// The dose for that kidney function.
    pub fn dose(&self, ready: ReadyGfr) -> Result<CarboplatinDose, FormulaError> {
        let entry = match self.formula {
            Some(AucFormula::Newell) => &newell::ENTRY,
            Some(AucFormula::Calvert) | None => &calvert::ENTRY,
        };
        let dose = |gfr, gfr_cap| (entry.compute)(&Inputs { gfr: Some(gfr), gfr_cap, ..self.inputs });
        let answer = dose(ready.gfr, self.cap)?;
        let uncapped = dose(ready.gfr, None)?;
        let without_floor = self.unfloored().map(|raw| dose(raw.gfr, self.cap)).transpose()?;
        let steps = ready.steps.into_iter().chain(answer.steps).collect();
        let cautions = ready.cautions.into_iter().chain(answer.cautions).collect();
        Ok(CarboplatinDose {
            entry,
            without_cap: Some(uncapped).filter(|uncapped| uncapped.value != answer.value),
            without_floor,
            answer: Computed { steps, cautions, ..answer },
        })
    }

    /// The kidney function of the creatinine as it was measured, where the floor has raised it.
    fn unfloored(&self) -> Option<ReadyGfr> {
        let measured = self.inputs.creatinine.filter(|_| self.inputs.gfr.is_none())?;
        let (used, _) = creatinine_floor::apply(measured, self.floor).ok()?;
        if used == measured { None } else { self.estimated(measured, None).ok() }
    }

    fn estimated(&self, creatinine: Creatinine, floor: Option<Creatinine>) -> Result<ReadyGfr, FormulaError> {
        let (used, line) = creatinine_floor::apply(creatinine, floor)?;
        let computed = cockcroft_gault::compute(&Inputs { creatinine: Some(used), ..self.inputs })?;
        let steps = line.into_iter().chain(computed.steps).collect();
        Ok(ReadyGfr { gfr: Gfr::Absolute(computed.value), steps, cautions: computed.cautions })
    }
}
