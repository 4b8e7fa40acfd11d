//! What a regimen's tables can be asked about: one question a test, toxicity, event and so on.

use crate::quantity::{Measured, measured::ULN};
use crate::regimen::{Condition, Drug, LooksAt, Regimen, Role, Rule};

use super::ObservationKind;

/// Something that may be said of a subject, because a table of the regimen looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableInput {
    /// What kind of finding.
    pub kind: ObservationKind,
    /// The test, toxicity, event or drug; empty of what is known of the subject.
    pub name: String,
    /// How it may be said.
    pub hint: String,
    /// Whether tables begin with it; anything else matters only once a row asks for it.
    pub first: bool,
}

/// Everything the rules and criteria of a regimen look at, in the order of the file; the dose levels come last.
///
/// ```
/// # let text = include_str!("../../tests/corpus/valid/rules.toml");
/// let regimen = posology::checker::check(text.as_bytes(), &Default::default()).regimen.unwrap();
/// let asked = posology::advice::table_inputs(&regimen);
/// assert_eq!(asked[0].name, "neutrophils");
/// assert_eq!(asked[0].hint, "with its unit, such as 10^9/L; also: ANC");
/// ```
pub fn table_inputs(regimen: &Regimen) -> Vec<TableInput> {
    let mut list = List(Vec::new());
    for rule in &regimen.rules {
        list.rule(regimen, rule);
    }
    for criterion in &regimen.criteria {
        let named = |rule: &&Rule| matches!(rule.looks_at, LooksAt::Test { .. }) && rule.is_called(&criterion.test);
        if !regimen.rules.iter().any(|rule| named(&rule)) {
            let limit = criterion.at_least.as_ref().or(criterion.at_most.as_ref());
            let hint = limit.map_or(String::new(), |limit| format!("with its unit, as in {limit}"));
            list.add(ObservationKind::Test, &criterion.test, hint, true);
        }
        let multiple = |limit: &String| Measured::read(limit).is_ok_and(|limit| limit.unit == ULN);
        if [&criterion.at_least, &criterion.at_most].into_iter().flatten().any(multiple) {
            let name = regimen.rules.iter().find(named).map_or(&criterion.test, |rule| &rule.name);
            list.add(ObservationKind::Limit, name, UPPER, false);
        }
    }
    let by_day = |days: &[i32]| !days.is_empty();
    if regimen.rules.iter().any(|rule| by_day(&rule.days)) || regimen.criteria.iter().any(|one| by_day(&one.days)) {
        list.add(ObservationKind::Day, "", "the day of the cycle on which treatment is due: 8", true);
    }
    if !regimen.rules.is_empty() {
        list.starts(regimen);
    }
    let reduced = |drug: &&Drug| drug.role == Role::Treatment && drug.dosing.ladders().next().is_some();
    for drug in regimen.drugs().filter(|drug| reduced(drug) && !regimen.rules.is_empty()) {
        list.add(ObservationKind::Level, &drug.id, "the dose level in force: 0, -1 …; or 75%", true);
    }
    list.0
}

/// How an upper limit is said.
const UPPER: &str = "the laboratory's, in the unit of the result: 40 U/L";

struct List(Vec<TableInput>);

impl List {
    fn add(&mut self, kind: ObservationKind, name: &str, hint: impl Into<String>, first: bool) {
        match self.0.iter_mut().find(|one| one.kind == kind && one.name.eq_ignore_ascii_case(name)) {
            Some(known) => known.first |= first,
            None => self.0.push(TableInput { kind, name: name.to_owned(), hint: hint.into(), first }),
        }
    }

    fn rule(&mut self, regimen: &Regimen, rule: &Rule) {
        let also = |hint: String| match rule.also.as_slice() {
            [] => hint,
            also => format!("{hint}; also: {}", also.join(", ")),
        };
        match &rule.looks_at {
            LooksAt::Test { unit: ULN } => {
                let hint = "the result with its unit, or as a multiple: 2 x ULN".to_owned();
                self.add(ObservationKind::Test, &rule.name, also(hint), true);
                self.add(ObservationKind::Limit, &rule.name, UPPER, false);
            }
            LooksAt::Test { unit } => {
                self.add(ObservationKind::Test, &rule.name, also(format!("with its unit, such as {unit}")), true);
            }
            LooksAt::Grade { ctcae } => {
                let version = ctcae.as_ref().map_or("version unknown", String::as_str);
                self.add(
                    ObservationKind::Grade,
                    &rule.name,
                    also(format!("its grade, 0 to 5 (CTCAE {version})")),
                    true,
                );
            }
            LooksAt::Event => self.add(ObservationKind::Event, &rule.name, also("y or n".to_owned()), true),
        }
        self.further(regimen, rule);
    }

    /// What its rows ask beside that.
    fn further(&mut self, regimen: &Regimen, rule: &Rule) {
        if rule.rows.iter().any(|row| row.occurrence.is_some()) {
            let hint = "how often it has now happened, this time included: 1, 2 …";
            self.add(ObservationKind::Occurrence, &rule.name, hint, false);
        }
        for (what, _) in rule.rows.iter().flat_map(|row| &row.with) {
            self.add(ObservationKind::Event, what, "y or n", false);
        }
        let when: Vec<_> = rule.rows.iter().map(|row| &row.when).collect();
        self.conditions(regimen, &when);
    }

    /// What the starting dose of a drug depends on: a level is counted from it.
    fn starts(&mut self, regimen: &Regimen) {
        for drug in regimen.drugs().filter(|drug| drug.role == Role::Treatment) {
            let when: Vec<_> = drug.dosing.conditions().collect();
            self.conditions(regimen, &when);
            let ids: Vec<&str> = drug.dosing.cohorts().iter().map(|one| one.id.as_str()).collect();
            if !ids.is_empty() {
                self.add(ObservationKind::Cohort, "", ids.join(", "), false);
            }
        }
    }

    fn conditions(&mut self, regimen: &Regimen, when: &[&Condition]) {
        for test in when.iter().flat_map(|when| &when.tests) {
            self.add(ObservationKind::Test, &test.test, format!("with its unit, such as {}", test.unit), false);
        }
        if when.iter().any(|when| when.genotype.is_some()) {
            self.add(ObservationKind::Genotype, "", genotypes(regimen), false);
        }
        let figures = [
            (ObservationKind::Age, when.iter().any(|when| when.age.is_some()), "completed years: 46"),
            (ObservationKind::Weight, when.iter().any(|when| when.weight.is_some()), "in kg: 65.5"),
            (ObservationKind::Surface, when.iter().any(|when| when.bsa.is_some()), "in m²: 1.75"),
            (ObservationKind::Gfr, when.iter().any(|when| when.gfr.is_some()), "absolute, with its unit: 85 mL/min"),
        ];
        for (kind, _, hint) in figures.into_iter().filter(|(_, asked, _)| *asked) {
            self.add(kind, "", hint, false);
        }
    }
}

/// The genotypes that the tables and the starting doses of a regimen name.
fn genotypes(regimen: &Regimen) -> String {
    let rows = regimen.rules.iter().flat_map(|rule| &rule.rows).map(|row| &row.when);
    let doses = regimen.drugs().flat_map(|drug| drug.dosing.conditions());
    let named = rows.chain(doses).filter_map(|when| when.genotype.as_deref());
    let named = named.filter(|one| *one != crate::regimen::completeness::OTHER);
    let names: std::collections::BTreeSet<&str> = named.collect();
    let names: Vec<&str> = names.into_iter().collect();
    format!("as the laboratory writes it: {}", names.join(", "))
}
