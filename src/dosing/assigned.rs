//! Which dose a subject is assigned, and why: what the regimen says is asked of [`crate::regimen::Dosing`], and what is
//! known of the subject is told here.

use crate::course::Course;
use crate::formula::figure;
use crate::quantity::{Decimal, Gfr, Measured};
use crate::regimen::{AgeAt, Assigned, Condition, ConditionPart, Drug, KnownPart, Ladder, NoDose, Regimen, Whom};

use super::amount::DoseCalculation;
use super::{DoseError, RowByRounding, Size, SubjectOnDay, kidney};

/// The ladder of a subject, and the length of the cycle, as the start or the row of the table says; the drug's own ladder
/// where neither does.
pub fn assigned(
    regimen: &Regimen,
    drug: &Drug,
    state: &SubjectOnDay<'_>,
    size: Option<&Size>,
) -> Result<(Option<Ladder>, Option<i32>), DoseError> {
    DoseCalculation::new(regimen, drug, state, size).start().map(|start| (start.ladder.cloned(), start.length))
}

/// The dose of each drug that the subject of a course is given at its start; where something is not known, every dose it
/// may be.
pub fn doses_for<'r>(regimen: &'r Regimen, course: &Course) -> Vec<Assigned<'r>> {
    let (subject, state) = (&course.subject, at_start(course));
    let size = regimen.body.as_ref().and_then(|body| super::size(body, &state).ok());
    regimen.doses_for(
        |phase, drug| subject.cohort.is_none() || drug.is_given_to(subject, &phase.drugs),
        |drug, asked| DoseCalculation::new(regimen, drug, &state, size.as_ref()).known(asked).map(|(known, _)| known),
    )
}

/// The ladder that the subject of a course is on at its start; the drug's own where something it depends on is not known.
pub fn ladder_for(regimen: &Regimen, drug: &Drug, course: &Course) -> Option<Ladder> {
    let state = at_start(course);
    let size = regimen.body.as_ref().and_then(|body| super::size(body, &state).ok());
    assigned(regimen, drug, &state, size.as_ref()).map_or_else(|_| drug.dosing.ladder.clone(), |(ladder, _)| ladder)
}

fn at_start(course: &Course) -> SubjectOnDay<'_> {
    let subject = &course.subject;
    SubjectOnDay {
        gfr: subject.gfr,
        genotype: subject.genotype.as_deref(),
        tests: Some(&subject.tests),
        cohort: subject.cohort.as_deref(),
        ..kidney::at_start(course)
    }
}

impl<'a> DoseCalculation<'a> {
    /// The dose this subject is assigned.
    pub(super) fn start(&mut self) -> Result<Assigned<'a>, DoseError> {
        let drug = self.drug;
        let assigned = drug.dosing.for_subject(|asked| self.known(asked).map(|(known, _)| known));
        assigned.map_err(|why| match why {
            NoDose::Unknown(error) => error,
            NoDose::NotInRow(row) => {
                DoseError::NotInTable { drug: drug.full_name(), row: self.reasons(&row.when).join(" and ") }
            }
            NoDose::NotInCohort(cohort) => {
                DoseError::NotInTable { drug: drug.full_name(), row: format!("cohort {cohort}") }
            }
            NoDose::NoRow => self.in_no_row(),
        })
    }

    /// Whether the kidney function stands in this row only because it was rounded, and where it would stand as it was found.
    pub(super) fn by_rounding(&mut self, start: &Assigned<'a>) -> Option<RowByRounding> {
        let (used, found) = (self.kidney?, self.kidney_found?);
        if used == found {
            return None;
        }
        self.kidney = Some(found);
        let other = self.start();
        self.kidney = Some(used);
        let other = match other {
            Ok(other) if other == *start => return None,
            Ok(other) => Some((other.dose, other.percent())),
            Err(_) => None,
        };
        Some(RowByRounding { found, used, taken: (start.dose, start.percent()), other })
    }

    /// Why it is that dose: `genotype UGT1A1*28/*28 and age 71 years`, `by table: weight 40 kg`, `cohort 2`.
    pub(super) fn why(&mut self, start: &Assigned<'_>) -> Option<String> {
        match (start.start, start.whom) {
            (Some(rule), _) => {
                let asked = rule.when.asks().into_iter().map(ConditionPart::at_start);
                Some(self.reasons_of(asked).join(" and "))
            }
            (None, Whom::Everybody) => None,
            (None, Whom::Row(row)) => Some(format!("by table: {}", self.reasons(&row.when).join(" and "))),
            (None, Whom::Cohort(id)) => Some(format!("cohort {id}")),
        }
    }

    /// Of a protocol dose that is the same for all: a genotype that no starting dose is for.
    pub(super) fn no_start(&self, start: &Assigned<'_>) -> Option<String> {
        let asked = self.drug.dosing.starts.iter().any(|rule| rule.when.genotype.is_some());
        let plain = start.start.is_none() && start.whom == Whom::Everybody;
        let genotype = self.state.genotype.filter(|_| asked && plain)?;
        Some(format!("no starting dose for genotype {genotype}"))
    }

    fn in_no_row(&mut self) -> DoseError {
        let drug = self.drug;
        let rows = drug.dosing.rows().iter();
        let mut known: Vec<String> = rows.flat_map(|row| self.reasons(&row.when)).collect();
        known.sort_unstable();
        known.dedup();
        DoseError::NoRow { drug: drug.full_name(), known: known.join(" and ") }
    }

    /// What is known of each thing a condition asks.
    fn reasons(&mut self, when: &Condition) -> Vec<String> {
        self.reasons_of(when.asks())
    }

    fn reasons_of<'c>(&mut self, asked: impl IntoIterator<Item = ConditionPart<'c>>) -> Vec<String> {
        asked.into_iter().filter_map(|asked| Some(self.known(asked).ok()?.1)).collect()
    }

    fn known(&mut self, asked: ConditionPart<'_>) -> Result<(KnownPart, String), DoseError> {
        let state = self.state;
        match asked {
            ConditionPart::Cohort(_) => {
                let cohort = state.cohort.ok_or_else(|| self.missing("the cohort", "cohort"))?;
                Ok((KnownPart::Word(cohort.to_owned()), format!("cohort {cohort}")))
            }
            ConditionPart::Genotype(_) => {
                let given = state.genotype.ok_or_else(|| self.missing("the genotype", "genotype"))?;
                Ok((KnownPart::Word(given.to_owned()), format!("genotype {given}")))
            }
            ConditionPart::Age(_) | ConditionPart::AgeAtStart(_) => {
                let at_start = matches!(asked, ConditionPart::AgeAtStart(_)) || self.drug.age_at == AgeAt::Treatment;
                let age = state.age_at_start.filter(|_| at_start).or(state.age);
                let age = age.ok_or_else(|| self.missing("the age", "age"))?;
                Ok((KnownPart::Figure(age.value()), format!("age {age}")))
            }
            ConditionPart::Weight(_) => {
                let weight = state.weight.ok_or_else(|| self.missing("the weight", "weight"))?;
                Ok((KnownPart::Figure(weight.value()), format!("weight {weight}")))
            }
            ConditionPart::Surface(_) => {
                let bsa = self.size.and_then(|size| size.bsa);
                let bsa = bsa.ok_or_else(|| self.missing("the body surface", "height"))?;
                Ok((KnownPart::Figure(bsa.value()), format!("body surface {bsa}")))
            }
            ConditionPart::Gfr(_) => {
                if self.state.first.unwrap_or(self.state).gfr == Some(Gfr::Dialysis) {
                    return Err(DoseError::NoDialysisRule { drug: self.drug.full_name() });
                }
                let gfr = self.kidney()?;
                Ok((KnownPart::Figure(gfr), format!("GFR {} mL/min", figure(gfr))))
            }
            ConditionPart::Test(test) => {
                let named = |(name, _): &&(String, Measured)| self.regimen.is_test(&test.test, name);
                let found = state.tests.and_then(|tests| tests.iter().find(named)).map(|(_, found)| found);
                let found = found.ok_or_else(|| self.missing("a laboratory result", "lab"))?;
                let value = test.figure(found);
                let value = value.ok_or_else(|| self.missing("a laboratory result in the file's unit", "lab"))?;
                Ok((KnownPart::Figure(value), format!("{} {found}", test.test)))
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
        let kidney = result.map_err(|error| self.formula(error))?;
        self.steps.extend(kidney.steps);
        (self.kidney, self.kidney_found) = (Some(kidney.used), Some(kidney.found));
        Ok(kidney.used)
    }
}
