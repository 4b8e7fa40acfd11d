//! One dose at home by what it is counted out.

use crate::present::{DoseRow, Measure, TabletRow};
use crate::quantity::{Amount, number};
use crate::regimen::HalfDay;

/// One dose as it is counted out.
pub(super) struct Counted {
    /// `3 tablets`
    pub(super) big: String,
    /// `of 500 mg (1,500 mg)`
    pub(super) small: String,
    /// `3`
    pub(super) short: String,
}

fn counted(measure: &Measure, amount: Amount) -> Counted {
    match measure {
        Measure::Tablets(tablets) => match tablets.as_slice() {
            [TabletRow { strength, count, form }] => {
                let unit = form.word(*count);
                let count = number::print((*count).into());
                let small =
                    if strength == &amount { format!("of {strength}") } else { format!("of {strength}\n({amount})") };
                Counted { big: format!("{count} {unit}"), small, short: count }
            }
            several => {
                let each: Vec<String> = several.iter().map(ToString::to_string).collect();
                Counted { big: amount.to_string(), small: each.join("\n"), short: short(several) }
            }
        },
        Measure::Liquid(volume) => {
            Counted { big: volume.to_string(), small: format!("({amount})"), short: volume.to_string() }
        }
        Measure::Amount | Measure::Halves { .. } => {
            Counted { big: amount.to_string(), small: String::new(), short: amount.to_string() }
        }
    }
}

/// `4×500 + 1×150 mg`: on one line of a diary.
fn short(tablets: &[TabletRow]) -> String {
    let unit = tablets.first().map(|one| one.strength.unit);
    if tablets.iter().any(|one| Some(one.strength.unit) != unit) {
        return tablets.iter().map(|one| format!("{}×{}", one.count, one.strength)).collect::<Vec<_>>().join(" + ");
    }
    let each: Vec<String> =
        tablets.iter().map(|one| format!("{}×{}", one.count, number::print(one.strength.value))).collect();
    format!("{} {}", each.join(" + "), unit.map_or("", |unit| unit.written()))
}

/// That of one half of the day.
pub(super) fn of_half(dose: &DoseRow, half: HalfDay) -> Counted {
    let amount = half.of(dose.portion()).amount;
    let measure = dose.as_planned().map_or(Measure::Amount, |planned| planned.measure.of(half));
    counted(&measure, amount)
}
