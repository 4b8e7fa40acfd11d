//! Which dose of a drug who gets: the one place that lists every dose anybody may be on, and the one that picks the
//! dose of one subject. Calculation, advice, checker, plausibility and pages ask here, so that they cannot disagree.

use crate::quantity::{Amount, Basis, Decimal, ProtocolDose};

use super::{
    Assignment, CohortDose, Condition, ConditionPart, DoseRow, FractionOfDrug, KnownPart, Ladder, Loading, Ramp, Range,
    Start, StartDose, Stated,
};

/// A row for infants ends at this weight (kg), the limit `infant-weight` of the check, or below it; or at this age
/// (years), a judgement of this project without a source.
const INFANT_KG: u32 = 10;
const INFANT_YEARS: u32 = 2;

/// How the dose of a drug is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Dosing {
    /// The dose of one administration, before any starting rule.
    pub doses: Doses,
    /// How it spreads over a long infusion.
    pub spread: Spread,
    /// Reduced doses, of whoever neither a row nor a starting rule gives a ladder of their own.
    pub ladder: Option<Ladder>,
    /// Starting rules; the first that holds takes the place of the dose, or of a part of it.
    pub starts: Vec<Start>,
    /// Larger first dose.
    pub loading: Option<Loading>,
    /// Smaller doses before the full one.
    pub ramp: Vec<Ramp>,
    /// They begin again when the last dose is this many days ago; unknown is told.
    pub ramp_again: Option<Stated<i32>>,
}

/// What the figure of a dose covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// One administration.
    Each,
    /// The whole of an infusion longer than a day, which lasts so many days.
    Total {
        /// Length in days.
        days: Decimal,
    },
    /// Each 24 hours of an infusion that lasts so many days.
    PerDay {
        /// Length in days.
        days: Decimal,
    },
    /// One of several equal doses: what the protocol says is that of a day, or of a week.
    Divided {
        /// The figure of the protocol.
        of: ProtocolDose,
        /// Into how many doses.
        parts: u32,
        /// `day` or `week`.
        each: &'static str,
    },
}

impl Spread {
    /// `90 mg/kg a day in 2 doses`, of what is divided.
    pub fn divided(self) -> Option<String> {
        match self {
            Spread::Divided { of, parts, each } => Some(format!("{of} a {each} in {parts} doses")),
            Spread::Each | Spread::Total { .. } | Spread::PerDay { .. } => None,
        }
    }
}

/// The dose of one administration, in exactly one of the ways a protocol can say it.
#[derive(Debug, Clone, PartialEq)]
pub enum Doses {
    /// The same for everybody.
    Same(ProtocolDose),
    /// By what the subject is. The rows hold everybody once.
    ByRow {
        /// The rows.
        rows: Vec<DoseRow>,
        /// The formula they were made from, where the file tells it. Nobody is dosed by it.
        formula: Option<ProtocolDose>,
    },
    /// By cohort or arm.
    ByCohort(Vec<CohortDose>),
    /// A fraction of what another drug comes to.
    FractionOf(FractionOfDrug),
}

/// Whom a dose is for, before any starting rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Whom<'r> {
    /// Everybody.
    Everybody,
    /// Whoever is in this row.
    Row(&'r DoseRow),
    /// The cohort with this id.
    Cohort(&'r str),
}

/// The dose somebody is assigned, and what goes with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assigned<'r> {
    /// Whom it is for.
    pub whom: Whom<'r>,
    /// The full dose: that of a starting rule which states one, else the protocol dose.
    pub dose: ProtocolDose,
    /// Morning and evening, where a row makes them differ.
    pub halves: Option<(Amount, Amount)>,
    /// The larger first dose that the row brings.
    pub loading: Option<ProtocolDose>,
    /// The reduced doses.
    pub ladder: Option<&'r Ladder>,
    /// Days from one day 1 to the next, where a row says so.
    pub length: Option<i32>,
    /// The other drug whose dose this one is a fraction of.
    pub fraction: Option<&'r FractionOfDrug>,
    /// The starting rule that holds.
    pub start: Option<&'r Start>,
    /// The dose without the starting rule.
    pub protocol: ProtocolDose,
}

/// Why a subject is assigned no dose.
#[derive(Debug, Clone, PartialEq)]
pub enum NoDose<'r, E> {
    /// The dose depends on something that is not known.
    Unknown(E),
    /// No source gives the dose of this row.
    NotInRow(&'r DoseRow),
    /// The drug has no dose for this cohort.
    NotInCohort(String),
    /// No row holds. Rows are proved to hold everybody, and no row's dose is a guess for somebody in none.
    NoRow,
}

impl<'r> Assigned<'r> {
    fn plain(whom: Whom<'r>, dose: ProtocolDose, ladder: Option<&'r Ladder>) -> Self {
        Self {
            whom,
            dose,
            halves: None,
            loading: None,
            ladder,
            length: None,
            fraction: None,
            start: None,
            protocol: dose,
        }
    }

    /// With a starting rule, which brings its own ladder or keeps this one.
    fn started(self, start: &'r Start) -> Self {
        let with = Self { start: Some(start), ladder: start.ladder.as_ref().or(self.ladder), ..self };
        match start.dose {
            StartDose::Dose(dose) => Self { dose, halves: None, fraction: None, ..with },
            StartDose::Percent(_) => with,
        }
    }

    /// The percentage of the dose that the start is.
    pub fn percent(&self) -> Option<Decimal> {
        match self.start?.dose {
            StartDose::Percent(percent) => Some(percent),
            StartDose::Dose(_) => None,
        }
    }

    /// Whether the body surface decides how much it is: by multiplication, or as the row it stands in.
    pub fn by_surface(&self) -> bool {
        let replaced = self.start.is_some() && self.percent().is_none();
        let by_row = matches!(self.whom, Whom::Row(row) if row.when.bsa.is_some());
        self.dose.basis == Basis::PerM2 || (by_row && !replaced)
    }

    /// Whether the regimen says it for infants: by a row, or by a rule for the start, that ends with them. One that goes on
    /// to larger people says nothing of infants, and a row by body surface is itself a dose by body surface.
    pub fn for_infants(&self) -> bool {
        let ends = |range: Option<Range>, most: u32| {
            range.and_then(|range| range.through.or(range.below)).is_some_and(|end| end <= Decimal::from(most))
        };
        let of_infants = |when: &Condition| ends(when.weight, INFANT_KG) || ends(when.age, INFANT_YEARS);
        let by_row = matches!(self.whom, Whom::Row(row) if of_infants(&row.when));
        by_row || self.start.is_some_and(|rule| of_infants(&rule.when))
    }

    /// The dose that its levels are below: of unlike halves of a day the mean, for a level is one dose for both.
    pub fn level_dose(&self) -> Option<ProtocolDose> {
        let Some((morning, evening)) = self.halves else { return Some(self.dose) };
        let sum = morning.value.checked_add(evening.in_unit(morning.unit)?.value)?;
        Some(ProtocolDose { value: sum.checked_div(Decimal::TWO)?, unit: morning.unit, basis: Basis::Flat })
    }

    /// What is kept of it while treatment goes on: levels are counted from it.
    pub fn assignment(&self) -> Option<Assignment> {
        let share = |percent| self.dose.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED);
        let value = self.percent().map_or(Some(self.dose.value), share)?.normalize();
        Some(Assignment {
            dose: ProtocolDose { value, ..self.dose },
            ladder: self.ladder.cloned(),
            percent: self.percent(),
            protocol: self.protocol,
        })
    }
}

impl CohortDose {
    /// The dose of whoever is in it; without a ladder of its own, with that of the drug.
    fn assigned<'r>(&'r self, ladder: Option<&'r Ladder>) -> Assigned<'r> {
        Assigned::plain(Whom::Cohort(&self.id), self.dose, self.ladder.as_ref().or(ladder))
    }
}

impl Doses {
    /// The dose that is the same for everybody, where there is one.
    pub fn same(&self) -> Option<ProtocolDose> {
        match self {
            Doses::Same(dose) => Some(*dose),
            Doses::FractionOf(fraction) => Some(fraction.dose),
            Doses::ByRow { .. } | Doses::ByCohort(_) => None,
        }
    }
}

impl Dosing {
    /// Every dose anybody may be assigned: each of the protocol, then each as each starting rule changes it.
    pub fn options(&self) -> impl Iterator<Item = Assigned<'_>> {
        let started =
            self.starts.iter().flat_map(|start| self.bases().into_iter().map(move |base| base.started(start)));
        self.bases().into_iter().chain(started)
    }

    /// Every dose of the protocol, before any starting rule.
    pub fn bases(&self) -> Vec<Assigned<'_>> {
        let ladder = self.ladder.as_ref();
        match &self.doses {
            Doses::Same(dose) => vec![Assigned::plain(Whom::Everybody, *dose, ladder)],
            Doses::FractionOf(fraction) => vec![self.fraction_of(fraction)],
            Doses::ByRow { rows, .. } => rows.iter().filter_map(|row| self.in_row(row)).collect(),
            Doses::ByCohort(cohorts) => cohorts.iter().map(|one| one.assigned(ladder)).collect(),
        }
    }

    fn fraction_of<'r>(&'r self, fraction: &'r FractionOfDrug) -> Assigned<'r> {
        let plain = Assigned::plain(Whom::Everybody, fraction.dose, self.ladder.as_ref());
        Assigned { fraction: Some(fraction), ..plain }
    }

    fn in_row<'r>(&'r self, row: &'r DoseRow) -> Option<Assigned<'r>> {
        let plain = Assigned::plain(Whom::Row(row), row.dose?, row.ladder.as_ref().or(self.ladder.as_ref()));
        Some(Assigned { halves: row.parts, loading: row.loading, length: row.length, ..plain })
    }

    /// The dose of one subject, of whom `known` tells one thing at a time: what the protocol says for them, and the first
    /// starting rule that holds.
    pub fn for_subject<E>(
        &self,
        mut known: impl FnMut(ConditionPart<'_>) -> Result<KnownPart, E>,
    ) -> Result<Assigned<'_>, NoDose<'_, E>> {
        let base = self.base_for(&mut known)?;
        let beside = self.starts.iter().map(|start| &start.when);
        for start in &self.starts {
            if start.when.holds(&beside, |asked: ConditionPart<'_>| known(asked.at_start())).map_err(NoDose::Unknown)? {
                return Ok(base.started(start));
            }
        }
        Ok(base)
    }

    /// What the protocol says for one subject, before any starting rule.
    pub fn base_for<E>(
        &self,
        mut known: impl FnMut(ConditionPart<'_>) -> Result<KnownPart, E>,
    ) -> Result<Assigned<'_>, NoDose<'_, E>> {
        let ladder = self.ladder.as_ref();
        match &self.doses {
            Doses::Same(dose) => Ok(Assigned::plain(Whom::Everybody, *dose, ladder)),
            Doses::FractionOf(fraction) => Ok(self.fraction_of(fraction)),
            Doses::ByCohort(cohorts) => match known(ConditionPart::Cohort(cohorts)).map_err(NoDose::Unknown)? {
                KnownPart::Word(own) => {
                    let found = cohorts.iter().find(|one| one.id == own);
                    found.map(|one| one.assigned(ladder)).ok_or(NoDose::NotInCohort(own))
                }
                KnownPart::Figure(_) => Err(NoDose::NoRow),
            },
            Doses::ByRow { rows, .. } => {
                let beside = rows.iter().map(|row| &row.when);
                let mut unknown: Option<(_, E)> = None;
                for row in rows {
                    match row.when.holds(&beside, |asked| known(asked).map_err(|error| (asked.rank(), error))) {
                        Ok(true) => return self.in_row(row).ok_or(NoDose::NotInRow(row)),
                        Ok(false) => {}
                        // The rows stand in no order, so neither do the questions.
                        Err(asked) => match &unknown {
                            Some((rank, _)) if *rank <= asked.0 => {}
                            _ => unknown = Some(asked),
                        },
                    }
                }
                Err(unknown.map_or(NoDose::NoRow, |(_, error)| NoDose::Unknown(error)))
            }
        }
    }

    /// The dose that is the same for everybody before any starting rule, where there is one.
    pub fn same(&self) -> Option<ProtocolDose> {
        self.doses.same()
    }

    /// The one figure that stands for the protocol: the same dose for all, or the formula a table was made from.
    pub fn formula(&self) -> Option<ProtocolDose> {
        match &self.doses {
            Doses::ByRow { formula, .. } => *formula,
            _ => self.same(),
        }
    }

    /// The rows of the table; none where the dose does not go by one.
    pub fn rows(&self) -> &[DoseRow] {
        if let Doses::ByRow { rows, .. } = &self.doses { rows } else { &[] }
    }

    /// The dose of each cohort; none where the dose does not go by one.
    pub fn cohorts(&self) -> &[CohortDose] {
        if let Doses::ByCohort(cohorts) = &self.doses { cohorts } else { &[] }
    }

    /// The other drug of whose dose this one is a fraction.
    pub fn fraction(&self) -> Option<&FractionOfDrug> {
        if let Doses::FractionOf(fraction) = &self.doses { Some(fraction) } else { None }
    }

    /// The larger first dose of an assigned one: that of its row, else the one of all.
    pub fn loading_of(&self, assigned: &Assigned<'_>) -> Option<ProtocolDose> {
        self.loading.as_ref().and_then(|loading| assigned.loading.or(loading.dose))
    }

    /// Every ladder anybody may be on.
    pub fn ladders(&self) -> impl Iterator<Item = &Ladder> {
        let starts = self.starts.iter().filter_map(|start| start.ladder.as_ref());
        let rows = self.rows().iter().filter_map(|row| row.ladder.as_ref());
        let cohorts = self.cohorts().iter().filter_map(|one| one.ladder.as_ref());
        self.ladder.iter().chain(starts).chain(rows).chain(cohorts)
    }

    /// Whom its starting rules are for, then the rows of its table.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.starts.iter().map(|start| &start.when).chain(self.rows().iter().map(|row| &row.when))
    }

    /// The dose as the protocol says it: `70 mg/m2`, `by table of weight`, `35 mg/m2, by table of body surface`.
    pub fn words(&self) -> String {
        match &self.doses {
            Doses::Same(dose) => dose.to_string(),
            Doses::ByCohort(_) => "by cohort".to_owned(),
            Doses::FractionOf(FractionOfDrug { drug, percent, .. }) => {
                format!("{} % of {drug}", crate::quantity::number::print(*percent))
            }
            Doses::ByRow { rows, formula } => {
                let table = format!("by table of {}", axes(rows).join(" and "));
                formula.map_or_else(|| table.clone(), |formula| format!("{formula}, {table}"))
            }
        }
    }
}

/// What the rows of a table look at, in words.
fn axes(rows: &[DoseRow]) -> Vec<&str> {
    let mut axes = Vec::new();
    for DoseRow { when, .. } in rows {
        let all = [
            (when.bsa.is_some(), "body surface"),
            (when.weight.is_some(), "weight"),
            (when.gfr.is_some(), "kidney function"),
            (when.age.is_some(), "age"),
            (when.genotype.is_some(), "genotype"),
        ];
        axes.extend(all.iter().filter(|(there, _)| *there).map(|(_, name)| *name));
        axes.extend(when.tests.iter().map(|test| test.test.as_str()));
    }
    axes.sort_unstable();
    axes.dedup();
    axes
}
