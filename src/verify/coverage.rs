//! What of a regimen the rows of its worked examples give, and what nobody has worked out.

use crate::finding::Finding;
use crate::plan::Administration;
use crate::quantity::ProtocolDose;
use crate::regimen::{Assigned, Drug, Phase, Regimen, Role, Whom};

use super::findings;

/// The doses that rows of examples are about: phase and drug by their places, and the protocol dose of the subject of the
/// example; `None` of a dose without one, such as a fraction of another drug's.
#[derive(Debug, Default)]
pub(super) struct Tried(Vec<(usize, usize, Option<ProtocolDose>)>);

impl Tried {
    /// One more.
    pub(super) fn add(&mut self, one: &Administration) {
        self.0.push((one.phase, one.drug, one.dose.start.as_ref().map(|start| start.protocol)));
    }

    /// A finding for every treatment drug of a phase, and every cohort and row of it, that no row of an example gives.
    pub(super) fn findings(&self, regimen: &Regimen) -> Vec<Finding> {
        let Some(example) = regimen.examples.last() else { return Vec::new() };
        let several = regimen.phases.len() > 1;
        let drugs = regimen.phases.iter().enumerate().flat_map(|(at, phase)| {
            let drugs = phase.drugs.iter().enumerate().filter(|(_, drug)| drug.role == Role::Treatment);
            drugs.map(move |(drug_at, drug)| (at, phase, drug_at, drug))
        });
        drugs
            .flat_map(|(at, phase, drug_at, drug)| {
                let untried = self.untried((at, drug_at), drug);
                untried.into_iter().map(move |whom| (several.then_some(phase), drug, whom))
            })
            .map(|(phase, drug, whom)| findings::untried(example, &of(phase, drug, whom)))
            .collect()
    }

    /// Whom of a drug nobody has worked out: everybody, where no row is about the drug at all.
    fn untried<'r>(&self, place: (usize, usize), drug: &'r Drug) -> Vec<Whom<'r>> {
        let rows: Vec<_> = self.0.iter().filter(|(phase, at, _)| (*phase, *at) == place).map(|row| row.2).collect();
        if rows.is_empty() {
            return vec![Whom::Everybody];
        }
        let missing = |one: &Assigned<'_>| !rows.iter().any(|dose| dose.is_none_or(|dose| dose == one.protocol));
        drug.dosing.bases().iter().filter(|one| missing(one)).map(|one| one.whom).collect()
    }
}

/// `docetaxel in phase after`, `docetaxel for weight below 50 kg`, `irinotecan for cohort 2`
fn of(phase: Option<&Phase>, drug: &Drug, whom: Whom<'_>) -> String {
    let phase = phase.and_then(|phase| phase.id.as_ref()).map_or(String::new(), |id| format!(" in phase {id}"));
    let whom = match whom {
        Whom::Everybody => String::new(),
        Whom::Row(row) => format!(" for {}", row.when.words().join(" and ")),
        Whom::Cohort(id) => format!(" for cohort {id}"),
    };
    format!("{}{phase}{whom}", drug.id)
}
