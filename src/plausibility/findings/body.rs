//! Height, weight and the body-mass index; how they stand to the figures before.

use super::super::codes as c;
use super::super::growth::{self, Measure};
use super::super::limits::Grade;
use super::super::slip::Body;
use super::{beyond, graded, one_place, p, two_places, words};
use crate::finding::{Field, Figure, Finding, Lift, Remedy};
use crate::quantity::{Age, Decimal, decimal, number};

pub(in crate::plausibility) fn height_range(cm: Decimal, grade: &Grade) -> Finding {
    beyond(c::HEIGHT_RANGE, Field::Height, &format!("A height of {} cm", p(cm)), cm, grade)
}

pub(in crate::plausibility) fn weight_range(kg: Decimal, grade: &Grade) -> Finding {
    beyond(c::WEIGHT_RANGE, Field::Weight, &format!("A weight of {} kg", p(kg)), kg, grade)
}

/// `again` is what is measured again before it is believed: the weight, and the height where it is unusual too.
pub(in crate::plausibility) fn bmi_range(
    body: Body,
    bmi: Decimal,
    grade: &Grade,
    again: Vec<Field>,
    pounds: Option<Body>,
) -> Finding {
    let (height, weight) = (body.height.map_or_else(String::new, p), body.weight.map_or_else(String::new, p));
    let in_pounds = pounds.and_then(|meant| Some((meant.weight?, meant.bmi()?)));
    let in_pounds = in_pounds.map_or_else(String::new, |(kg, bmi)| {
        format!(" If {weight} is in pounds, it is {} kg and BMI {}.", two_places(kg), one_place(bmi))
    });
    let text = format!("BMI {} kg/m² ({height} cm, {weight} kg) is {}.{in_pounds}", one_place(bmi), words(grade));
    graded(Finding::new(grade.severity, c::BMI_RANGE, text).field(Field::Weight), Figure::Value(bmi), again)
}

/// What is unusual for the age: `z` standard deviations from the mean.
pub(in crate::plausibility) fn for_age(
    measure: Measure,
    (value, z): (Decimal, Decimal),
    age: Age,
    grade: &Grade,
    again: Vec<Field>,
) -> Finding {
    let (code, field, what) = match measure {
        Measure::Height => (c::HEIGHT_FOR_AGE, Field::Height, format!("A height of {} cm", p(value))),
        Measure::Weight => (c::WEIGHT_FOR_AGE, Field::Weight, format!("A weight of {} kg", p(value))),
        Measure::Bmi => (c::BMI_FOR_AGE, Field::Weight, format!("A BMI of {} kg/m²", one_place(value))),
    };
    let text = format!(
        "{what} at an age of {age} is {} standard deviations from the mean of that age, {}.",
        growth::shown(z),
        words(grade)
    );
    graded(Finding::new(grade.severity, code, text).field(field), Figure::Deviations(z), again)
}

/// Without an age the limits of adults hold, and the way out for a child is to say how old it is.
pub(in crate::plausibility) fn for_a_child(finding: Finding) -> Finding {
    match finding.remedy.as_deref() {
        Some(remedy) => {
            let help = format!("for a child, give the age; otherwise {}", remedy.text);
            finding.help(Remedy::of([Field::Age], help))
        }
        None => finding,
    }
}

pub(in crate::plausibility) fn infant(kg: Decimal) -> Finding {
    let text = format!(
        "A weight of {} kg is 10 kg or less, and the regimen has no rule for infants; a dose by body surface can be too large.",
        p(kg)
    );
    Finding::block(c::INFANT, text).field(Field::Weight).help("use a regimen that states its dose for infants")
}

pub(in crate::plausibility) fn bsa_uncapped(surface: Decimal, grade: &Grade) -> Finding {
    let text = format!("Body surface {} m² (mosteller) is {}; no cap applied.", two_places(surface), words(grade));
    Finding::new(grade.severity, c::BSA_UNCAPPED, text).field(Field::Weight)
}

/// A body surface typed as a figure; `tenth` is a likelier one.
pub(in crate::plausibility) fn bsa_range(surface: Decimal, tenth: Option<Decimal>, grade: &Grade) -> Finding {
    let meant = tenth.map_or_else(String::new, |tenth| format!(" (was {} meant?)", p(tenth)));
    beyond(c::BSA_RANGE, Field::Surface, &format!("A body surface of {} m²{meant}", p(surface)), surface, grade)
}

pub(in crate::plausibility) fn height_change(now: Decimal, then: Decimal, change: Decimal, grade: &Grade) -> Finding {
    let what = format!("Height {} cm, last {} cm: a change of {} cm", p(now), p(then), p(change));
    beyond(c::HEIGHT_CHANGE, Field::Height, &what, now, grade)
}

/// A weight beside the one before.
pub(in crate::plausibility) struct WeightChange {
    pub now: Decimal,
    pub then: Decimal,
    pub percent: Decimal,
    /// By how many days a weight entered late lies before the one that is known.
    pub days_before: Option<i32>,
}

impl WeightChange {
    fn words(&self) -> String {
        let percent = number::percent(decimal::half_up(self.percent, 1));
        let (now, then) = (p(self.now), p(self.then));
        match self.days_before {
            Some(days) => {
                let days = p(Decimal::from(days));
                format!("Weight {now} kg, and {then} kg {days} days later: a difference of {percent}")
            }
            None => format!("Weight {now} kg, last {then} kg: a change of {percent}"),
        }
    }
}

pub(in crate::plausibility) fn weight_jump(change: &WeightChange, grade: &Grade) -> Finding {
    beyond(c::WEIGHT_JUMP, Field::Weight, &change.words(), change.now, grade)
}

/// More kilograms than a body gains or loses in so many days.
pub(in crate::plausibility) fn weight_rate(change: &WeightChange, days: i32, allowed: Decimal) -> Finding {
    let unit = if days == 1 { "day" } else { "days" };
    let time = if change.days_before.is_some() { String::new() } else { format!(" in {days} {unit}") };
    let text =
        format!("{}{time}, more than the {} kg that is plausible in that time.", change.words(), one_place(allowed));
    let lift = Lift::Again(vec![Field::Weight]);
    let finding = Finding::confirm(c::WEIGHT_RATE, text, lift.clone()).field(Field::Weight).help("weigh again");
    finding.asking(Some(Figure::Value(change.now)), lift)
}
