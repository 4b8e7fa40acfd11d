//! Which dose a subject starts on: that of a starting rule, of a row of the table, of the cohort, or the protocol's own.

use crate::formula::figure;
use crate::quantity::{Amount, Decimal, ProtocolDose};
use crate::regimen::model::{Condition, Ladder, StartDose};

use super::amount::Chain;
use super::{DoseError, kidney};

/// What applies at the start: the protocol's own dose, or a starting rule's.
pub(super) struct Assigned<'a> {
    pub(super) dose: ProtocolDose,
    pub(super) parts: Option<(Amount, Amount)>,
    pub(super) loading: Option<ProtocolDose>,
    pub(super) percent: Option<Decimal>,
    pub(super) ladder: Option<&'a Ladder>,
    pub(super) why: Option<String>,
}

impl<'a> Chain<'a> {
    /// The first starting rule whose condition holds, else the row of the table, else the protocol dose.
    pub(super) fn start(&mut self) -> Result<Assigned<'a>, DoseError> {
        let base = self.row()?;
        for rule in &self.drug.starts_by {
            if let Some(why) = self.holds(&rule.when)? {
                let (dose, percent) = match rule.dose {
                    StartDose::Dose(dose) => (dose, None),
                    StartDose::Percent(percent) => (base.dose, Some(percent)),
                };
                let ladder = rule.ladder.as_ref().or(base.ladder);
                return Ok(Assigned { dose, percent, ladder, why: Some(why), parts: None, loading: base.loading });
            }
        }
        Ok(base)
    }

    /// The row of the table this subject is in: it wins over the formula.
    fn row(&mut self) -> Result<Assigned<'a>, DoseError> {
        let drug = self.drug;
        let ladder = drug.ladder.as_ref();
        if !drug.by_cohort.is_empty() {
            let cohort = self.state.cohort.ok_or_else(|| self.missing("the cohort", "cohort"))?;
            let found = drug.by_cohort.iter().find(|(id, _)| id == cohort).map(|(_, dose)| *dose);
            let why = format!("cohort {cohort}");
            let dose = found.ok_or_else(|| DoseError::NotInTable { drug: drug.full_name(), row: why.clone() })?;
            return Ok(Assigned { dose, percent: None, ladder, why: Some(why), parts: None, loading: None });
        }
        for row in &drug.table {
            let Some(why) = self.holds(&row.when)? else { continue };
            let dose = row.dose.ok_or_else(|| DoseError::NotInTable { drug: drug.full_name(), row: why.clone() })?;
            let ladder = row.ladder.as_ref().or(ladder);
            let why = Some(format!("by table: {why}"));
            return Ok(Assigned { dose, percent: None, ladder, why, parts: row.parts, loading: row.loading });
        }
        Ok(Assigned { dose: drug.dose, percent: None, ladder, why: None, parts: None, loading: None })
    }

    fn holds(&mut self, when: &Condition) -> Result<Option<String>, DoseError> {
        let mut why = Vec::new();
        if let Some(genotype) = &when.genotype {
            let given = self.state.genotype.ok_or_else(|| self.missing("the genotype", "genotype"))?;
            let other = genotype == "any other" && !self.names(given);
            if given != genotype && !other {
                return Ok(None);
            }
            why.push(format!("genotype {given}"));
        }
        if let Some(range) = when.age {
            let age = self.state.age.ok_or_else(|| self.missing("the age", "age"))?;
            if !range.holds(age.value()) {
                return Ok(None);
            }
            why.push(format!("age {age}"));
        }
        if let Some(range) = when.weight {
            let weight = self.state.weight.ok_or_else(|| self.missing("the weight", "weight"))?;
            if !range.holds(weight.value()) {
                return Ok(None);
            }
            why.push(format!("weight {weight}"));
        }
        if let Some(range) = when.bsa {
            let bsa = self.size.and_then(|size| size.bsa);
            let bsa = bsa.ok_or_else(|| self.missing("the body surface", "height"))?;
            if !range.holds(bsa.value()) {
                return Ok(None);
            }
            why.push(format!("body surface {bsa}"));
        }
        if let Some(range) = when.gfr {
            let gfr = self.kidney()?;
            if !range.holds(gfr) {
                return Ok(None);
            }
            why.push(format!("GFR {} mL/min", figure(gfr)));
        }
        for test in &when.tests {
            let found = self.state.tests.and_then(|tests| tests.find(&test.test));
            let found = found.ok_or_else(|| self.missing("a laboratory result", "lab"))?;
            let value =
                test.figure(found).ok_or_else(|| self.missing("a laboratory result in the file's unit", "lab"))?;
            if !test.range.holds(value) {
                return Ok(None);
            }
            why.push(format!("{} {found}", test.test));
        }
        Ok(Some(why.join(" and ")))
    }

    /// Whether a row of the table is for this genotype.
    fn names(&self, genotype: &str) -> bool {
        self.drug.table.iter().any(|row| row.when.genotype.as_deref() == Some(genotype))
    }

    /// The kidney function, computed once and its steps written once.
    pub(super) fn kidney(&mut self) -> Result<Decimal, DoseError> {
        if let Some(known) = self.kidney {
            return Ok(known);
        }
        let rule = self.drug.gfr.as_ref().ok_or_else(|| self.missing("the kidney function", "gfr"))?;
        let body = self.regimen.body.as_ref();
        let result = match self.state.first {
            Some(first) => {
                let size = body.and_then(|body| super::size(body, first).ok());
                kidney::gfr(rule, body, size.and_then(|size| size.bsa), first)
            }
            None => kidney::gfr(rule, body, self.size.and_then(|size| size.bsa), self.state),
        };
        let (value, steps) = result.map_err(|error| self.formula(error))?;
        self.steps.extend(steps);
        self.kidney = Some(value);
        Ok(value)
    }
}
