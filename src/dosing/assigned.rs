//! Which dose a subject starts on: that of a starting rule, of a row of the table, of the cohort, or the protocol's own.

use crate::formula::figure;
use crate::quantity::{Amount, Decimal, Measured, ProtocolDose};
use crate::regimen::{Asked, Assignment, Condition, Drug, Known, Ladder, Regimen, StartDose};

use super::amount::Chain;
use super::{DoseError, Size, State, kidney};

/// The ladder of a subject, and the length of the cycle, as the start or the row of the table says; the drug's own ladder
/// where neither does.
pub fn assigned(
    regimen: &Regimen,
    drug: &Drug,
    state: &State<'_>,
    size: Option<&Size>,
) -> Result<(Option<Ladder>, Option<i32>), DoseError> {
    let mut chain = Chain { regimen, drug, state, size, steps: Vec::new(), kidney: None };
    chain.start().map(|start| (start.ladder.cloned(), start.length))
}

/// What applies at the start: the protocol's own dose, or a starting rule's.
pub(super) struct Assigned<'a> {
    pub(super) dose: ProtocolDose,
    pub(super) parts: Option<(Amount, Amount)>,
    pub(super) loading: Option<ProtocolDose>,
    pub(super) percent: Option<Decimal>,
    pub(super) ladder: Option<&'a Ladder>,
    pub(super) length: Option<i32>,
    pub(super) why: Option<String>,
    /// Of a protocol dose: a genotype that no starting dose is for.
    pub(super) beside: Option<String>,
    /// The dose stands for a fraction of another drug's.
    pub(super) shared: bool,
    /// The dose that a starting rule took the place of, or takes a percentage of.
    pub(super) instead_of: Option<ProtocolDose>,
}

impl Assigned<'_> {
    /// What levels are counted from: the dose, its percentage in it, and the ladder.
    pub(super) fn assignment(&self) -> Option<Assignment> {
        let share = |percent| self.dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED);
        let value = self.percent.map_or(Some(self.dose.value), share)?.normalize();
        Some(Assignment {
            dose: ProtocolDose { value, ..self.dose },
            ladder: self.ladder.cloned(),
            percent: self.percent,
        })
    }
}

impl<'a> Chain<'a> {
    /// The first starting rule whose condition holds, else the row of the table, else the protocol dose.
    pub(super) fn start(&mut self) -> Result<Assigned<'a>, DoseError> {
        let base = self.row()?;
        let drug = self.drug;
        let beside = drug.starts_by.iter().map(|rule| &rule.when);
        for rule in &drug.starts_by {
            if let Some(why) = self.holds(&rule.when, &beside)? {
                let ladder = rule.ladder.as_ref().or(base.ladder);
                let instead_of = Some(base.dose);
                let start = Assigned { ladder, why: Some(why), instead_of, ..base };
                return Ok(match rule.dose {
                    StartDose::Dose(dose) => Assigned { dose, parts: None, shared: false, ..start },
                    StartDose::Percent(percent) => Assigned { percent: Some(percent), ..start },
                });
            }
        }
        let by_genotype = drug.starts_by.iter().any(|rule| rule.when.genotype.is_some());
        let genotype = self.state.genotype.filter(|_| by_genotype && base.why.is_none());
        Ok(Assigned { beside: genotype.map(|genotype| format!("no starting dose for genotype {genotype}")), ..base })
    }

    /// The row of the table this subject is in: it wins over the formula.
    fn row(&mut self) -> Result<Assigned<'a>, DoseError> {
        let drug = self.drug;
        let ladder = drug.ladder.as_ref();
        let dose = drug.dose;
        let plain = Assigned {
            dose,
            percent: None,
            ladder,
            length: None,
            why: None,
            beside: None,
            parts: None,
            loading: None,
            shared: drug.share.is_some(),
            instead_of: None,
        };
        if !drug.by_cohort.is_empty() {
            let cohort = self.state.cohort.ok_or_else(|| self.missing("the cohort", "cohort"))?;
            let found = drug.by_cohort.iter().find(|(id, _)| id == cohort).map(|(_, dose)| *dose);
            let why = format!("cohort {cohort}");
            let dose = found.ok_or_else(|| DoseError::NotInTable { drug: drug.full_name(), row: why.clone() })?;
            return Ok(Assigned { dose, why: Some(why), shared: false, ..plain });
        }
        let beside = drug.table.iter().map(|row| &row.when);
        for row in &drug.table {
            let Some(why) = self.holds(&row.when, &beside)? else { continue };
            let dose = row.dose.ok_or_else(|| DoseError::NotInTable { drug: drug.full_name(), row: why.clone() })?;
            let ladder = row.ladder.as_ref().or(ladder);
            let why = Some(format!("by table: {why}"));
            let (parts, loading, length) = (row.parts, row.loading, row.length);
            return Ok(Assigned { dose, parts, loading, ladder, length, why, shared: false, ..plain });
        }
        if drug.table.is_empty() { Ok(plain) } else { Err(self.in_no_row()) }
    }

    /// The checker proves that the rows hold everybody; where one does not, no row's dose is a guess for it.
    fn in_no_row(&mut self) -> DoseError {
        let asked: Vec<Asked<'_>> = self.drug.table.iter().flat_map(|row| row.when.asks()).collect();
        let mut known: Vec<String> = asked.into_iter().filter_map(|asked| Some(self.known(asked).ok()?.1)).collect();
        known.sort_unstable();
        known.dedup();
        DoseError::NoRow { drug: self.drug.full_name(), known: known.join(" and ") }
    }

    /// Whether a condition holds, and why: `genotype UGT1A1*28/*28 and age 71 years`.
    fn holds<'r>(
        &mut self,
        when: &Condition,
        beside: &(impl Iterator<Item = &'r Condition> + Clone),
    ) -> Result<Option<String>, DoseError> {
        let mut why = Vec::new();
        let holds = when.holds(beside, |asked| {
            let (known, words) = self.known(asked)?;
            why.push(words);
            Ok(known)
        })?;
        Ok(holds.then(|| why.join(" and ")))
    }

    fn known(&mut self, asked: Asked<'_>) -> Result<(Known, String), DoseError> {
        let state = self.state;
        match asked {
            Asked::Genotype(_) => {
                let given = state.genotype.ok_or_else(|| self.missing("the genotype", "genotype"))?;
                Ok((Known::Word(given.to_owned()), format!("genotype {given}")))
            }
            Asked::Age(_) => {
                let age = state.age.ok_or_else(|| self.missing("the age", "age"))?;
                Ok((Known::Figure(age.value()), format!("age {age}")))
            }
            Asked::Weight(_) => {
                let weight = state.weight.ok_or_else(|| self.missing("the weight", "weight"))?;
                Ok((Known::Figure(weight.value()), format!("weight {weight}")))
            }
            Asked::Surface(_) => {
                let bsa = self.size.and_then(|size| size.bsa);
                let bsa = bsa.ok_or_else(|| self.missing("the body surface", "height"))?;
                Ok((Known::Figure(bsa.value()), format!("body surface {bsa}")))
            }
            Asked::Gfr(_) => {
                let gfr = self.kidney()?;
                Ok((Known::Figure(gfr), format!("GFR {} mL/min", figure(gfr))))
            }
            Asked::Test(test) => {
                let named = |(name, _): &&(String, Measured)| self.regimen.is_test(&test.test, name);
                let found = state.tests.and_then(|tests| tests.iter().find(named)).map(|(_, found)| found);
                let found = found.ok_or_else(|| self.missing("a laboratory result", "lab"))?;
                let value = test.figure(found);
                let value = value.ok_or_else(|| self.missing("a laboratory result in the file's unit", "lab"))?;
                Ok((Known::Figure(value), format!("{} {found}", test.test)))
            }
        }
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
