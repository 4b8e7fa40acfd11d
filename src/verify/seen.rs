//! What the worked examples of a file are about: the administrations of their rows, and the rows of tables that apply in them.

use std::collections::BTreeSet;

use crate::advice::{Advice, RowPlace};
use crate::plan::Administration;
use crate::quantity::{Decimal, ProtocolDose};
use crate::regimen::{Action, Drug, Expect, Phase, Regimen, Wanted, Whom};

/// A row of an example: the administration it is about, and what it says of it.
#[derive(Debug)]
pub(super) struct Seen {
    /// The place of the drug: its phase, and its place in it.
    pub(super) place: (usize, usize),
    pub(super) cycle: u32,
    pub(super) day: i32,
    /// The dose the subject was assigned, its percentage and what the protocol says for it; `None` of a dose without one,
    /// such as a fraction of another drug's.
    pub(super) start: Option<(ProtocolDose, Option<Decimal>, ProtocolDose)>,
    pub(super) level: i32,
    pub(super) loading: bool,
    /// The protocol dose in force: a step of a ladder or of a ramp.
    pub(super) per: ProtocolDose,
    pub(super) capped: bool,
    pub(super) rounded: bool,
    pub(super) wanted: Wanted,
}

/// What the examples of a file are about.
#[derive(Debug, Default)]
pub(super) struct Tried {
    pub(super) rows: Vec<Seen>,
    /// Days on which nothing of a drug is: its id or name, and the day.
    pub(super) absent: Vec<(String, i32)>,
    /// Rows of the modification tables that apply in an example.
    pub(super) advised: BTreeSet<RowPlace>,
    /// Whether an example counts every administration.
    pub(super) counts: bool,
}

impl Tried {
    /// One more row.
    pub(super) fn add(&mut self, one: &Administration, expect: &Expect, wanted: &Wanted) {
        let dose = &one.dose;
        self.rows.push(Seen {
            place: (one.phase, one.drug),
            cycle: one.key.cycle,
            day: expect.day,
            start: dose.start.as_ref().map(|start| (start.dose, start.percent, start.protocol)),
            level: dose.level,
            loading: dose.loading,
            per: dose.per,
            capped: dose.uncapped.is_some(),
            rounded: dose.difference.is_some_and(|difference| !difference.is_zero()),
            wanted: wanted.clone(),
        });
    }

    /// One more day without a drug.
    pub(super) fn absent(&mut self, expect: &Expect) {
        self.absent.push((expect.drug.clone(), expect.day));
    }

    /// What applied in an example of the modification tables; of a criterion, where it is not met.
    pub(super) fn advised(&mut self, advice: &Advice) {
        let acts = |says: &[(String, Action)]| says.iter().any(|(_, action)| *action != Action::Treat);
        let rows = advice.rows.iter().filter(|row| match row.place {
            RowPlace::Rule { .. } => true,
            RowPlace::Criterion { .. } => acts(&row.says),
        });
        self.advised.extend(rows.map(|row| row.place));
    }

    /// An example counts every administration.
    pub(super) fn counted(&mut self) {
        self.counts = true;
    }
}

/// Every drug with its place and its phase.
pub(super) fn drugs(regimen: &Regimen) -> impl Iterator<Item = ((usize, usize), &Phase, &Drug)> {
    regimen
        .phases
        .iter()
        .enumerate()
        .flat_map(|(at, phase)| phase.drugs.iter().enumerate().map(move |(drug_at, drug)| ((at, drug_at), phase, drug)))
}

/// `docetaxel in phase after`, `docetaxel for weight below 50 kg`, `irinotecan for cohort 2`
pub(super) fn of(phase: Option<&Phase>, drug: &Drug, whom: Whom<'_>) -> String {
    let phase = phase.and_then(|phase| phase.id.as_ref()).map_or(String::new(), |id| format!(" in phase {id}"));
    let whom = match whom {
        Whom::Everybody => String::new(),
        Whom::Row(row) => format!(" for {}", row.when.words().join(" and ")),
        Whom::Cohort(id) => format!(" for cohort {id}"),
    };
    format!("{}{phase}{whom}", drug.id)
}
