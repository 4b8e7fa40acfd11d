//! What follows from what is typed, as rows: the figures come from `calculator`, here they are put side by side.

use std::collections::BTreeSet;

use crate::calculator::carboplatin::{CarboplatinDose, NoCarboplatin};
use crate::calculator::dose::{Made, USUAL_PLACES};
use crate::calculator::{Outcome, Part, as_used};
use crate::finding::{Finding, blocks};
use crate::formula::bsa::BsaFormula;
use crate::formula::{Computed, FormulaError, Need};

use super::typed::Typed;
use super::{OfRegimen, Topic};

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The formula.
    pub title: String,
    /// The figure, with the digits it is used with.
    pub answer: String,
    /// Whether the regimen in hand uses it.
    pub used: bool,
    /// Whether something about it must be known, such as an age the formula was not made for.
    pub caution: bool,
    /// How it came about, and what a reader must know.
    pub working: Vec<String>,
    /// Where the formula is from; empty where there is none.
    pub source: &'static str,
}

/// Results that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What they are.
    pub topic: Topic,
    /// One a row.
    pub rows: Vec<Row>,
    /// What is missing, or why there is nothing.
    pub note: Option<String>,
}

/// What the results need, collected while they are made.
struct Making {
    section: Section,
    missing: BTreeSet<Need>,
}

impl Making {
    fn new(topic: Topic) -> Self {
        Self { section: Section { topic, rows: Vec::new(), note: None }, missing: BTreeSet::new() }
    }

    fn row(&mut self, title: String, source: &'static str, result: Result<Computed, FormulaError>) {
        match result {
            Ok(computed) => {
                let answer = as_used(&computed);
                let (working, caution) = (working(&computed), !computed.cautions.is_empty());
                self.section.rows.push(Row { title, answer, used: false, caution, working, source });
            }
            Err(FormulaError::Missing { input, .. }) => drop(self.missing.insert(input)),
            Err(why) => {
                let working = vec![why.to_string()];
                self.section.rows.push(Row {
                    title,
                    answer: "none".to_owned(),
                    used: false,
                    caution: true,
                    working,
                    source,
                });
            }
        }
    }

    /// The section with what would bring more of it.
    fn done(mut self, findings: &[Finding]) -> Section {
        let missing: Vec<&str> = self.missing.into_iter().map(Need::written).collect();
        let more = if self.section.rows.is_empty() { "needs" } else { "more with" };
        if blocks(findings) {
            self.section.note = Some("no figure until what is marked beside the fields is clear".to_owned());
        } else if !missing.is_empty() && self.section.note.is_none() {
            self.section.note = Some(format!("{more} {}", missing.join(", ")));
        }
        self.section
    }
}

fn working(computed: &Computed) -> Vec<String> {
    let cautions = computed.cautions.iter().map(|caution| format!("Note: {caution}."));
    computed.steps.iter().map(ToString::to_string).chain(cautions).collect()
}

/// Every section that is about a body, and everything found on the way, each once and the gravest first.
pub(super) fn all(typed: &Typed, regimen: Option<&OfRegimen>) -> (Vec<Section>, Vec<Finding>) {
    let mut findings: Vec<Finding> = Vec::new();
    let mut told = |of: &[Finding]| {
        for finding in of {
            if !findings.contains(finding) {
                findings.push(finding.clone());
            }
        }
    };
    let asked = &typed.asked;
    let surfaces = asked.surfaces();
    let weights = asked.weights();
    let kidneys = asked.kidneys();
    let carboplatin = asked.carboplatin();
    [&surfaces.findings, &weights.findings, &kidneys.findings, &carboplatin.findings]
        .into_iter()
        .for_each(|of| told(of));
    let mut sections = vec![
        surface_section(surfaces, regimen),
        plain_section(Topic::Weight, weights),
        kidney_section(kidneys),
        carboplatin_section(carboplatin, asked.inputs.target_auc.is_some()),
    ];
    let usual = regimen.map_or((BsaFormula::Mosteller, USUAL_PLACES), |regimen| (regimen.formula, regimen.places));
    let mut dose = Making::new(Topic::Dose);
    let mut held = Vec::new();
    match typed.dose {
        Some(per) => {
            let part = asked.dose(per, usual, typed.to, typed.vial);
            part.figures.into_iter().for_each(|made| dose_row(&mut dose, per.to_string().replace("m2", "m²"), made));
            told(&part.findings);
            held = part.findings;
        }
        None => dose.section.note = Some("needs a dose, such as 70 mg/m2".to_owned()),
    }
    sections.push(dose.done(&held));
    findings.sort_by_key(|finding| finding.severity);
    (sections, findings)
}

fn plain_section(topic: Topic, part: Part<Outcome>) -> Section {
    let mut making = Making::new(topic);
    for outcome in part.figures {
        making.row(outcome.title.to_owned(), outcome.citation, outcome.result);
    }
    making.done(&part.findings)
}

fn surface_section(part: Part<Outcome>, regimen: Option<&OfRegimen>) -> Section {
    let mut section = plain_section(Topic::Surface, part);
    if let Some(regimen) = regimen {
        let title = regimen.formula.entry().title;
        for row in section.rows.iter_mut().filter(|row| row.title == title) {
            row.used = true;
            let places = crate::quantity::number::count(regimen.places, "decimal");
            row.working.push(format!("{} uses this formula, to {places}.", regimen.name));
        }
    }
    section
}

fn kidney_section(part: Part<(Outcome, &'static str)>) -> Section {
    let mut making = Making::new(Topic::Kidney);
    for (outcome, how) in part.figures {
        let title = if how.is_empty() { outcome.title.to_owned() } else { format!("{}, {how}", outcome.title) };
        making.row(title, outcome.citation, outcome.result);
    }
    making.done(&part.findings)
}

fn carboplatin_section(part: Part<Result<CarboplatinDose, NoCarboplatin>>, asked: bool) -> Section {
    let mut making = Making::new(Topic::Carboplatin);
    for figure in part.figures {
        match figure {
            Ok(CarboplatinDose { entry, answer, without_cap, without_floor }) => {
                making.row(entry.title.to_owned(), entry.citation, Ok(answer));
                let besides = [("Without the cap", without_cap), ("Without the floor", without_floor)];
                let besides = besides.into_iter().filter_map(|(words, computed)| {
                    computed.map(|computed| format!("{words}: {}.", as_used(&computed)))
                });
                if let Some(row) = making.section.rows.last_mut() {
                    row.working.extend(besides);
                }
            }
            Err(NoCarboplatin::Formula(why)) => making.row("Calvert".to_owned(), "", Err(why)),
            Err(why) => {
                let more = match why {
                    NoCarboplatin::EstimateOfChild => "; type a measured GFR",
                    _ => "",
                };
                making.section.note = Some(format!("{why}{more}"));
            }
        }
    }
    if !asked {
        making.section.note = Some("needs a target AUC".to_owned());
    }
    making.done(&part.findings)
}

fn dose_row(making: &mut Making, title: String, made: Result<Made, FormulaError>) {
    match made {
        Ok(made) => {
            let working = made.steps.iter().map(ToString::to_string).collect();
            making.section.rows.push(Row {
                title,
                answer: made.to_string(),
                used: false,
                caution: false,
                working,
                source: "",
            });
        }
        Err(why) => making.row(title, "", Err(why)),
    }
}
