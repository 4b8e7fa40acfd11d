//! All that a regimen file comes to, as a set of lines that name what they are about and not where it stands.

use std::collections::BTreeSet;

use posology::advice::{Advice, ForDrug, ObservationKind, Observations, advise};
use posology::calendar::{self, Site};
use posology::checker;
use posology::course::Course;
use posology::finding::Finding;
use posology::plan::{self, Options, Plan};
use posology::quantity::{Age, Creatinine, Height, Sex, Weight};
use posology::regimen::{LooksAt, Regimen};
use posology::subject::Subject;

/// Everything the checker says of a text, every dose and date of several subjects, and advice on several findings.
pub fn outcome(text: &str) -> BTreeSet<String> {
    let checked = checker::check(text.as_bytes(), &Site::default());
    let mut lines: BTreeSet<String> =
        checked.findings.iter().map(|finding| format!("checked: {}", told(finding))).collect();
    let Some(regimen) = checked.regimen else { return lines };
    for subject in subjects(&regimen) {
        let who = format!("{:?} {:?}, {:?}, {:?}", subject.weight, subject.age, subject.cohort, subject.genotype);
        let course = Course::new(calendar::read("2026-12-07").unwrap(), subject);
        match plan::plan(&regimen, &course, &Site::default(), Options { cycles: Some(3), ..Options::default() }) {
            Ok(plan) => lines.extend(of_plan(&plan).into_iter().map(|line| format!("{who}: {line}"))),
            Err(findings) => {
                lines.extend(findings.iter().map(|finding| format!("{who}: not planned, {}", told(finding))));
            }
        }
    }
    for observed in observed(&regimen) {
        let who = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            observed.tests, observed.grades, observed.events, observed.age, observed.cohort, observed.genotype
        );
        lines.extend(of_advice(&advise(&regimen, &observed)).into_iter().map(|line| format!("{who}: {line}")));
    }
    lines
}

fn told(finding: &Finding) -> String {
    format!("{:?} {} {}", finding.severity, finding.code, finding.text)
}

/// A line with all that it lists in one order, for a list stands in the order of the file; a row is called by its place.
pub fn plain(line: &str) -> String {
    let line = line.replace("one of ", "one of, ").replace(['"', '\\'], " ");
    let mut items: Vec<&str> = line.split([';', ',', ':']).map(|item| item.trim().trim_end_matches('.')).collect();
    for item in items.iter_mut().filter(|item| item.starts_with("row ")) {
        *item = item.trim_end_matches(|last: char| last.is_ascii_digit());
    }
    items.sort_unstable();
    items.join("; ")
}

/// Somebody of each cohort and genotype, in several sizes; of the sizes only the first has every genotype.
fn subjects(regimen: &Regimen) -> Vec<Subject> {
    let mut cohorts: Vec<Option<String>> = regimen.cohorts.iter().map(|cohort| Some(cohort.id.clone())).collect();
    cohorts.push(None);
    let sizes = [("170 cm", "65 kg", "50 years"), ("74 cm", "9 kg", "1 years"), ("150 cm", "41 kg", "75 years")];
    let mut subjects = Vec::new();
    for cohort in cohorts {
        for (at, (height, weight, age)) in sizes.into_iter().enumerate() {
            for genotype in genotypes(regimen).into_iter().take(if at == 0 { 9 } else { 1 }) {
                subjects.push(Subject {
                    height: Height::read(height).ok(),
                    weight: Weight::read(weight).ok(),
                    age: Age::read(age).ok(),
                    sex: Some(Sex::Female),
                    creatinine: Creatinine::read("0.8 mg/dL").ok(),
                    cohort: cohort.clone(),
                    genotype,
                    ..Subject::default()
                });
            }
        }
    }
    subjects
}

fn genotypes(regimen: &Regimen) -> BTreeSet<Option<String>> {
    let named = regimen.drugs().flat_map(|drug| drug.dosing.conditions()).filter_map(|when| when.genotype.clone());
    named.map(Some).chain([None]).collect()
}

fn of_plan(plan: &Plan) -> Vec<String> {
    let mut lines: Vec<String> = plan.findings.iter().map(told).collect();
    for one in &plan.administrations {
        let dose = &one.dose;
        let steps: Vec<String> = dose.steps.iter().map(posology::dosing::Step::sentence).collect();
        lines.push(format!(
            "dose {:?} on {} {:?}: {} of {} level {} {:?}, {:?}, {:?} {:?} {:?} {:?} {}",
            one.key,
            one.date,
            one.window,
            dose.amount,
            dose.per,
            dose.level,
            dose.percent,
            dose.parts,
            one.infusion,
            one.run,
            one.marks,
            dose.marks,
            steps.join("; ")
        ));
    }
    lines.extend(plan.ends.iter().map(|end| format!("end {:?} on {}", end.key, end.date)));
    lines.extend(plan.assessments.iter().map(|one| format!("assessment {one:?}")));
    lines.extend(plan.cycles.iter().map(|cycle| format!("cycle {} {cycle:?}", cycle.number)));
    lines
}

/// For every table of rules a value of each of its rows, the third of them together with an age, a cohort and a genotype.
fn observed(regimen: &Regimen) -> Vec<Observations> {
    let mut all = Vec::new();
    for rule in &regimen.rules {
        for row in 0..4_usize {
            let mut observed = Observations::default();
            let value =
                rule.rows.iter().filter_map(|row| row.on).flat_map(|on| [on.from, on.through, on.below, on.above]);
            let mut values: Vec<_> = value.flatten().collect();
            values.sort_unstable();
            values.dedup();
            let said = match &rule.looks_at {
                LooksAt::Test { unit } => {
                    let Some(value) = values.get(row) else { continue };
                    observed.add(ObservationKind::Test, &rule.name, &format!("{value} {unit}"))
                }
                LooksAt::Grade { .. } => observed.add(ObservationKind::Grade, &rule.name, &(row + 1).to_string()),
                LooksAt::Event => observed.add(ObservationKind::Event, &rule.name, "y"),
            };
            said.unwrap();
            all.push(observed.clone());
            observed.add(ObservationKind::Occurrence, &rule.name, "1").unwrap();
            observed.add(ObservationKind::Age, "", "50").unwrap();
            observed.add(ObservationKind::Weight, "", "65").unwrap();
            for cohort in regimen.cohorts.iter().map(|cohort| Some(cohort.id.clone())).chain([None]) {
                for genotype in genotypes(regimen) {
                    all.push(Observations { cohort: cohort.clone(), genotype, ..observed.clone() });
                }
            }
        }
    }
    // Everything at once: several rules speak of one drug.
    let mut together = Observations { age: Some(posology::quantity::Decimal::from(50)), ..Observations::default() };
    for one in &all {
        let known = |list: &[(String, _)], name: &String| list.iter().any(|(known, _)| known == name);
        together
            .tests
            .extend(one.tests.iter().filter(|(name, _)| !known(&together.tests, name)).cloned().collect::<Vec<_>>());
        let grades: Vec<_> = one
            .grades
            .iter()
            .filter(|(name, grade)| *grade == 2 && !together.grades.iter().any(|(known, _)| known == name))
            .cloned()
            .collect();
        together.grades.extend(grades);
    }
    together.tests.sort_by(|one, other| one.0.cmp(&other.0));
    together.grades.sort();
    all.push(together);
    all
}

fn of_advice(advice: &Advice) -> Vec<String> {
    let mut lines: Vec<String> = advice.implausible.iter().chain(&advice.contradictions).map(told).collect();
    for one in &advice.rows {
        let says: BTreeSet<String> =
            one.says.iter().chain(&one.then).map(|(drug, action)| format!("{drug} {action:?}")).collect();
        lines.push(format!("row {} {} {} {says:?} {:?} {:?}", one.rule, one.found, one.row, one.source, one.mark));
    }
    for of in &advice.drugs {
        // Of rows that go as far, `by` and `dose_by` name the first in the file.
        let ForDrug { drug, now, at_least, asks, dose, by: _, dose_by: _, steps } = of;
        let asks: BTreeSet<String> =
            asks.iter().filter_map(|at| advice.open.get(*at)).map(|one| format!("{one:?}")).collect();
        lines.push(format!("advised {drug}: {now:?} at least {at_least:?}, {dose:?}, below {steps:?}, asks {asks:?}"));
    }
    lines.extend(advice.open.iter().map(|question| format!("open {question:?}")));
    lines.extend(advice.death.iter().map(|death| format!("death {death}")));
    lines
}
