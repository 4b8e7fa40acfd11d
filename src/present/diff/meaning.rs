//! A regimen with every quantity in the one unit in which its kind is compared, so that what means the same is the same:
//! `"1.5 hours"` for `"90 minutes"`, `"0.07 g/m2"` for `"70 mg/m2"`, `"1500 /mm3"` for `"1.5 10^9/L"`.

use crate::quantity::{Amount, Decimal, Measured, Period, ProtocolDose};
use crate::regimen::{
    AssessmentWhen, Condition, Criterion, Dilution, DoseRow, Doses, Dosing, Drug, Example, Holds, Ladder, LooksAt,
    Over, Range, Regimen, Relative, Rounding, Rule, Spread, StartDose, Stated, TestRange,
};

/// The same regimen in those units; where it stood in which text, and how far it is approved, is left out.
pub(super) fn plain(regimen: &Regimen) -> Regimen {
    let status = regimen.said.alone();
    let mut plain = Regimen { sha256: String::new(), status, ..regimen.clone() };
    for phase in &mut plain.phases {
        phase.cycle.count.at_most = phase.cycle.count.at_most.map(Period::plain);
        phase.drugs.iter_mut().for_each(drug);
    }
    plain.criteria.iter_mut().for_each(criterion);
    plain.rules.iter_mut().for_each(rule);
    for limit in &mut plain.lifetimes {
        dose(&mut limit.limit);
        limit.lower.iter_mut().for_each(|(_, lower)| dose(lower));
    }
    plain.assessments.iter_mut().for_each(|one| when(&mut one.when));
    plain.examples.iter_mut().for_each(example);
    plain
}

fn amount(amount: &mut Amount) {
    *amount = amount.plain();
}

fn dose(dose: &mut ProtocolDose) {
    *dose = dose.plain();
}

fn period(period: &mut Period) {
    *period = period.plain();
}

fn drug(drug: &mut Drug) {
    dosing(&mut drug.dosing);
    drug.cycle_total.iter_mut().for_each(dose);
    drug.over.iter_mut().for_each(over);
    drug.stop_after.iter_mut().for_each(period);
    drug.caps.iter_mut().for_each(|cap| amount(&mut cap.dose));
    let most = &mut drug.maximum;
    [&mut most.dose, &mut most.day, &mut most.cycle].into_iter().flatten().for_each(amount);
    rounding(&mut drug.rounding);
    if let Some(Relative::Before(_, Some(before))) = &mut drug.relative {
        period(before);
    }
    drug.vial.iter_mut().for_each(|vial| amount(&mut vial.amount));
    drug.tablets.iter_mut().flat_map(|tablets| &mut tablets.0).for_each(amount);
    drug.dilution.iter_mut().for_each(dilution);
    if let Some(rule) = &mut drug.gfr {
        rule.creatinine_floor = rule.creatinine_floor.map(crate::quantity::Creatinine::plain);
    }
}

fn dosing(dosing: &mut Dosing) {
    match &mut dosing.doses {
        Doses::Same(one) => dose(one),
        Doses::FractionOf(fraction) => dose(&mut fraction.dose),
        Doses::ByCohort(cohorts) => {
            for one in cohorts {
                dose(&mut one.dose);
                one.ladder.iter_mut().for_each(ladder);
            }
        }
        Doses::ByRow { rows, formula } => {
            rows.iter_mut().for_each(table_row);
            formula.iter_mut().for_each(dose);
        }
    }
    if let Spread::Divided { of, .. } = &mut dosing.spread {
        dose(of);
    }
    dosing.ramp.iter_mut().for_each(|step| dose(&mut step.dose));
    dosing.ladder.iter_mut().for_each(ladder);
    for start in &mut dosing.starts {
        condition(&mut start.when);
        start.ladder.iter_mut().for_each(ladder);
        if let StartDose::Dose(one) = &mut start.dose {
            dose(one);
        }
    }
    if let Some(loading) = &mut dosing.loading {
        loading.dose.iter_mut().for_each(dose);
        if let Some(Stated::Is(over)) = &mut loading.over {
            period(over);
        }
    }
}

fn table_row(row: &mut DoseRow) {
    condition(&mut row.when);
    row.dose.iter_mut().chain(&mut row.loading).for_each(dose);
    if let Some((morning, evening)) = &mut row.parts {
        amount(morning);
        amount(evening);
    }
    row.ladder.iter_mut().for_each(ladder);
}

fn over(over: &mut Over) {
    match over {
        Over::Unknown | Over::Bolus => {}
        Over::Fixed(one) => period(one),
        Over::ByOccurrence(all) => all.iter_mut().for_each(period),
        Over::Between(from, through) => [from, through].into_iter().for_each(period),
        Over::AtMostPerHour(most) => amount(most),
    }
}

fn rounding(rounding: &mut Rounding) {
    match rounding {
        Rounding::None | Rounding::Unknown => {}
        Rounding::Step { step, .. } => amount(step),
        Rounding::Bands { bands, .. } => bands.iter_mut().for_each(|(from, give)| {
            amount(from);
            amount(give);
        }),
    }
}

fn ladder(ladder: &mut Ladder) {
    ladder.steps.iter_mut().filter_map(|step| step.dose.as_mut()).for_each(dose);
}

fn dilution(dilution: &mut Dilution) {
    [&mut dilution.from, &mut dilution.through].into_iter().flatten().for_each(amount);
}

fn condition(condition: &mut Condition) {
    condition.tests.iter_mut().for_each(test);
}

fn test(one: &mut TestRange) {
    let (unit, test) = (one.unit, one.test.clone());
    one.unit = range(&mut one.range, unit, &test);
}

/// A range of results of a test, and the unit it is in now.
fn range(range: &mut Range, unit: &'static str, test: &str) -> &'static str {
    for end in [&mut range.from, &mut range.through, &mut range.below, &mut range.above].into_iter().flatten() {
        *end = Measured { value: *end, unit }.plain(test).value;
    }
    Measured { value: Decimal::ONE, unit }.plain(test).unit
}

fn rule(rule: &mut Rule) {
    if let LooksAt::Test { unit } = rule.looks_at {
        let name = rule.name.clone();
        for row in &mut rule.rows {
            for one in row.on.iter_mut().chain(&mut row.until) {
                range(one, unit, &name);
            }
        }
        rule.looks_at = LooksAt::Test { unit: range(&mut Range::default(), unit, &name) };
    }
    for row in &mut rule.rows {
        condition(&mut row.when);
        row.longest.iter_mut().for_each(period);
    }
}

/// A limit stands as it was written; one that is no result stays so.
fn criterion(criterion: &mut Criterion) {
    let test = criterion.test.clone();
    for limit in [&mut criterion.at_least, &mut criterion.at_most].into_iter().flatten() {
        if let Ok(measured) = Measured::read(limit) {
            *limit = measured.plain(&test).to_string();
        }
    }
}

fn when(when: &mut AssessmentWhen) {
    match when {
        AssessmentWhen::Calendar { every, .. } => every.iter_mut().for_each(period),
        AssessmentWhen::Cycle { .. } => {}
        AssessmentWhen::From { after, every, until, .. } => after.iter_mut().chain(every).chain(until).for_each(period),
    }
}

fn example(example: &mut Example) {
    example.span = 0..0;
    example.subject.creatinine = example.subject.creatinine.map(crate::quantity::Creatinine::plain);
    for expect in example.course.iter_mut().flat_map(|course| &mut course.expect) {
        expect.span = 0..0;
        if let Holds::Present(wanted) = &mut expect.holds {
            wanted.dose.iter_mut().for_each(amount);
        }
    }
}
