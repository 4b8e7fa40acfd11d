//! Which measurements are in force in a cycle, and what there is to tell about newer ones.

use crate::calendar::Date;
use crate::course::{Course, CycleKey, Measurement};
use crate::dosing;
use crate::finding::{Cycles, Field, Finding};
use crate::quantity::{Creatinine, Decimal, Gfr, Height, Weight, decimal, number};
use crate::regimen::{Drug, Recalculate, Regimen};
use crate::subject::Fact;

/// What can be measured again during treatment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Figures {
    pub(super) height: Option<Height>,
    pub(super) weight: Option<Weight>,
    pub(super) creatinine: Option<Creatinine>,
    pub(super) gfr: Option<Gfr>,
}

/// The measurements in force on day 1 of a cycle; those of the next cycle rest on them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MeasurementsInForce {
    pub(super) figures: Figures,
    /// The day of the newest weight that was looked at.
    pub(super) measured: Option<Date>,
    /// What was known on day 1 of the first cycle, and that day.
    pub(super) first: (Figures, Date),
    /// The weight that doses were last worked out from.
    last_used: Option<Weight>,
}

/// Something to tell about a new measurement: of a weight, of which.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    weight: Option<Weight>,
    finding: Finding,
}

impl Notice {
    /// That it holds from a cycle on.
    pub(super) fn since(self, (phase, number): CycleKey) -> Self {
        Self { finding: self.finding.about(Cycles::From(phase, number)), ..self }
    }
}

/// The notices of a course as findings: each weight is told once, anything else once of its kind.
pub(super) fn findings<'n>(notices: impl Iterator<Item = &'n Notice>) -> Vec<Finding> {
    let mut told: Vec<&Notice> = Vec::new();
    for notice in notices {
        let same = |known: &&Notice| match notice.weight {
            Some(weight) => known.weight == Some(weight),
            None => known.finding.code == notice.finding.code,
        };
        if !told.iter().any(same) {
            told.push(notice);
        }
    }
    told.into_iter().map(|notice| notice.finding.clone()).collect()
}

/// What is in force in the cycle of this number, of which day 1 is `day`; `before` was in force in the cycle before.
pub(super) fn in_force(
    (regimen, course): (&Regimen, &Course),
    before: Option<&MeasurementsInForce>,
    number: u32,
    day: Date,
) -> (MeasurementsInForce, Vec<Notice>) {
    let newest = newest(regimen, course, day);
    let measured = weighed_on(course, day).or(course.subject.measured);
    let mut notices = Vec::new();
    let cycle = regimen.cycle_word.numbered(number);
    let Some(before) = before else {
        if let (Some(weight), Some(enrolled)) = (newest.weight, course.subject.weight)
            && weight != enrolled
        {
            notices.extend(weighed_again(&cycle, (weight, enrolled), (true, None), Finding::note));
        }
        let first = (newest, day);
        return (MeasurementsInForce { figures: newest, measured, first, last_used: newest.weight }, notices);
    };
    let rule = regimen.body.as_ref().map(|body| body.recalculate);
    let (first, _) = &before.first;
    let reference = match rule {
        Some(Recalculate::Change { last_used: true, .. }) => before.last_used,
        Some(_) => first.weight,
        None => None,
    };
    let weight = match (newest.weight, reference) {
        (Some(weight), Some(reference)) if weight != reference => {
            Some(weight_to_use(rule, weight, reference, &cycle, &mut notices))
        }
        (weight, _) => weight,
    };
    notices.extend(kidney_not_used(regimen, &newest, first, &cycle));
    let height = if rule == Some(Recalculate::Never) {
        notices.extend(height_not_used(&newest, first, &cycle));
        first.height.or(newest.height)
    } else {
        newest.height
    };
    let figures = Figures { height, weight, ..newest };
    let last_used = weight.or(before.last_used);
    (MeasurementsInForce { figures, measured, first: before.first, last_used }, notices)
}

/// The newest of each figure on or before a day. What was told at enrolment is one measurement among the others.
fn newest(regimen: &Regimen, course: &Course, day: Date) -> Figures {
    let subject = &course.subject;
    let enrolled =
        Figures { height: subject.height, weight: subject.weight, creatinine: subject.creatinine, gfr: subject.gfr };
    if course.measurements.is_empty() {
        return enrolled;
    }
    let until = course.measured_until(day);
    let known = until.iter().fold(Figures::default(), |known, measurement| Figures {
        height: measurement.height.or(known.height),
        weight: measurement.weight.or(known.weight),
        creatinine: measurement.creatinine.or(known.creatinine),
        gfr: kidney(regimen, measurement, known.gfr),
    });
    // Of what was first measured after the day, the enrolment's figures are better than none.
    Figures {
        height: known.height.or(enrolled.height),
        weight: known.weight.or(enrolled.weight),
        creatinine: known.creatinine.or(enrolled.creatinine),
        gfr: known.gfr.or(enrolled.gfr.filter(|gfr| *gfr == Gfr::Dialysis || known.creatinine.is_none())),
    }
}

/// The measured kidney function in force. A newer creatinine takes the place of an older measured one wherever the regimen
/// can make kidney function of it: what is newest counts. On dialysis nothing is made of a creatinine.
fn kidney(regimen: &Regimen, measurement: &Measurement, known: Option<Gfr>) -> Option<Gfr> {
    let from_creatinine = || dosing::needs(regimen).contains(&Fact::Creatinine);
    let stays = |known: &Gfr| *known == Gfr::Dialysis || measurement.creatinine.is_none() || !from_creatinine();
    measurement.gfr.or_else(|| known.filter(stays))
}

/// The day of a weight newer than that of the enrolment, of which the day may be unknown.
fn weighed_on(course: &Course, day: Date) -> Option<Date> {
    let enrolled = course.subject.weight.map(|_| course.first_measured()).filter(|on| *on <= day);
    let weights = course.measurements.iter().filter(|one| one.weight.is_some() && one.on <= day);
    weights.map(|one| one.on).filter(|on| enrolled.is_none_or(|enrolled| *on >= enrolled)).max()
}

/// The weight to use: the reference below the threshold, the new one from it.
fn weight_to_use(
    rule: Option<Recalculate>,
    weight: Weight,
    reference: Weight,
    cycle: &str,
    notices: &mut Vec<Notice>,
) -> Weight {
    let exact = weight
        .value()
        .checked_sub(reference.value())
        .and_then(|change| change.checked_mul(Decimal::ONE_HUNDRED))
        .and_then(|change| change.checked_div(reference.value()));
    let Some(exact) = exact else { return weight };
    let takes_new = match rule {
        Some(Recalculate::Never | Recalculate::Unknown) => false,
        Some(Recalculate::Change { percent, reaching, .. }) => {
            exact.abs() > percent || (reaching && exact.abs() == percent)
        }
        Some(Recalculate::EveryCycle) | None => true,
    };
    notices.extend(weighed_again(cycle, (weight, reference), (takes_new, rule), Finding::warn));
    if takes_new { weight } else { reference }
}

/// A weight that was measured again: the one of the first day takes the place of the screening's and is told, a later
/// one that changes the doses asks.
fn weighed_again(
    cycle: &str,
    (weight, reference): (Weight, Weight),
    (takes_new, rule): (bool, Option<Recalculate>),
    tell: fn(crate::finding::Code, String) -> Finding,
) -> Option<Notice> {
    let change = decimal::difference_percent(weight.value(), reference.value())?;
    let used = if takes_new { weight } else { reference };
    let text = format!(
        "From {cycle} the weight is {weight} against {reference} ({}): doses use {used}",
        number::percent(change),
    );
    let finding = if takes_new {
        tell(super::codes::WEIGHT_CHANGES_DOSES, format!("{text}."))
    } else if rule == Some(Recalculate::Unknown) {
        let text = format!("{text}; no source says when a new weight changes them.");
        Finding::warn(super::codes::WEIGHT_RULE_UNKNOWN, text).help("ask who wrote the protocol which weight counts")
    } else {
        Finding::note(super::codes::WEIGHT_BELOW_THRESHOLD, format!("{text}."))
    };
    Some(Notice { weight: Some(weight), finding: finding.field(Field::Weight) })
}

/// A new height changes no dose where the regimen never computes the size again.
fn height_not_used(newest: &Figures, first: &Figures, cycle: &str) -> Option<Notice> {
    let (new, used) = newest.height.zip(first.height).filter(|(new, used)| new != used)?;
    let text = format!("From {cycle} the height is {new} against {used}: doses use {used}, as the regimen says.");
    Some(Notice { weight: None, finding: Finding::note(super::codes::HEIGHT_NOT_USED, text).field(Field::Height) })
}

/// A newer kidney function that a drug does not look at is told.
fn kidney_not_used(regimen: &Regimen, newest: &Figures, first: &Figures, cycle: &str) -> Option<Notice> {
    if (newest.creatinine, newest.gfr) == (first.creatinine, first.gfr) {
        return None;
    }
    let never = |drug: &&Drug| drug.gfr.as_ref().is_some_and(|rule| !rule.recalculate);
    let text = format!(
        "The kidney function was measured again for {cycle}: {} keeps that of {}, as the regimen says (gfr.recalculate).",
        regimen.drugs().find(never)?.full_name(),
        regimen.cycle_word.numbered(regimen.cycles_from),
    );
    Some(Notice { weight: None, finding: Finding::note(super::codes::KIDNEY_NOT_USED, text).field(Field::Creatinine) })
}
