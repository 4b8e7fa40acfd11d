//! Every text of a dose that a drug's tables hold.

use super::{At, DrugDef, OwnersDef, ReduceDef, TextOr};

impl DrugDef {
    /// The drug a premedication belongs to; nothing where the file names none. A list is written out before anybody asks.
    pub fn belongs_to(&self) -> Option<At<String>> {
        let at = self.for_.as_ref()?;
        match &at.value {
            OwnersDef::One(name) => Some(At { value: name.clone(), span: at.span.clone() }),
            OwnersDef::Several(list) => list.first().cloned(),
        }
    }

    /// Every text of a full dose that somebody may receive: the dose, rows, cohorts, starting rules, the loading dose, steps
    /// before the full one.
    pub fn doses(&self) -> impl Iterator<Item = &At<String>> {
        let rows = self.table.iter().flat_map(|rows| &rows.value);
        let rows = rows.flat_map(|row| [&row.dose, &row.morning, &row.evening, &row.loading]).flatten();
        let starts = self.start.iter().flat_map(|list| &list.value).filter_map(|start| start.dose.as_ref());
        let loading = self.loading.iter().filter_map(|loading| loading.dose.as_ref());
        let ramp = self.ramp.iter().flat_map(|rows| &rows.value).filter_map(|row| row.dose.as_ref());
        let cohorts = self.by_cohort.iter().flat_map(|table| table.value.values()).filter_map(|one| match one {
            TextOr::Text(dose) => Some(dose),
            TextOr::Table(one) => one.dose.as_ref(),
        });
        self.own_doses().chain(rows).chain(cohorts).chain(starts).chain(loading).chain(ramp)
    }

    /// The dose that is not by table or cohort, in each of the ways in which it may stand.
    pub fn own_doses(&self) -> impl Iterator<Item = &At<String>> {
        [&self.dose, &self.total, &self.dose_per_day, &self.dose_per_week].into_iter().flatten()
    }

    /// Every text of a reduced dose: of the drug, of its rows and of its starting rules.
    pub fn reduced_doses(&self) -> impl Iterator<Item = &At<String>> {
        let rows = self.table.iter().flat_map(|rows| &rows.value).filter_map(|row| row.reduce.as_ref());
        let starts = self.start.iter().flat_map(|list| &list.value).filter_map(|start| start.reduce.as_ref());
        let cohorts = self.by_cohort.iter().flat_map(|table| table.value.values()).filter_map(|one| match one {
            TextOr::Text(_) => None,
            TextOr::Table(one) => one.reduce.as_ref(),
        });
        self.own_ladder().chain(rows.chain(starts).chain(cohorts).flat_map(|reduce| reduce.value.doses()))
    }

    /// The doses of the drug's own ladder, from the first step down.
    pub fn own_ladder(&self) -> impl Iterator<Item = &At<String>> {
        let table = self.reduce.iter().filter_map(|either| match either {
            TextOr::Text(_) => None,
            TextOr::Table(reduce) => Some(reduce),
        });
        table.flat_map(|reduce| reduce.value.doses())
    }
}

impl ReduceDef {
    fn doses(&self) -> impl Iterator<Item = &At<String>> {
        let steps = self.to.iter().flat_map(|list| &list.value);
        steps.filter_map(|step| match step {
            TextOr::Text(at) => Some(at),
            TextOr::Table(step) => step.dose.as_ref(),
        })
    }
}
