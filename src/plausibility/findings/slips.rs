//! A slip of the pen: what it is called, what is asked, what is to be typed.

use super::super::slip::{Body, Slip, feet_and_inches};
use super::{one_place, p, two_places};
use crate::finding::{Field, Figure, Finding, InUnits, Lift, Remedy, Severity};
use crate::quantity::Decimal;
use crate::quantity::number::plain;

/// What a slip asks for: the unit where the figure is bare and its unit explains it, else the figures again.
fn asked(slip: Slip, typed: Body) -> (Field, Lift, String) {
    let (height, weight) = (Field::Height, Field::Weight);
    let again = |fields: &[Field]| Lift::Again(fields.to_vec());
    match slip {
        Slip::Pounds => unit("the weight with its unit", &[(weight, typed.weight, ["kg", "lb"])]),
        Slip::Inches => unit("the height with its unit", &[(height, typed.height, ["cm", "in"])]),
        Slip::Metres => unit("the height with its unit", &[(height, typed.height, ["cm", "m"])]),
        Slip::Feet => feet(typed.height),
        Slip::InchesAndPounds => {
            unit("both with their units", &[(height, typed.height, ["cm", "in"]), (weight, typed.weight, ["kg", "lb"])])
        }
        Slip::Swapped => (
            height,
            again(&[Field::Height, Field::Weight]),
            "type each into its own field, or measure both again".to_owned(),
        ),
        Slip::TallerTen | Slip::SmallerTen => (height, again(&[Field::Height]), "measure the height again".to_owned()),
        Slip::HeavierTen | Slip::LighterTen | Slip::Grams => {
            (weight, again(&[Field::Weight]), "type the weight in kilograms, or weigh again".to_owned())
        }
    }
}

/// The figures with the units they may be in: as they count where none is said, then as they may be meant.
fn unit(what: &str, figures: &[(Field, Option<Decimal>, [&str; 2])]) -> (Field, Lift, String) {
    let way = |at: usize| InUnits {
        typed: figures
            .iter()
            .map(|(field, figure, units)| {
                let unit = units.get(at).copied().unwrap_or_default();
                (field.clone(), format!("{}{unit}", figure.map_or_else(String::new, plain)))
            })
            .collect(),
    };
    let (own, other) = (way(0), way(1));
    let help = format!("type {what}: {} or {}", own.words(), other.words());
    let field = figures.first().map_or(Field::Weight, |(field, ..)| field.clone());
    (field, Lift::Unit(vec![own, other]), help)
}

/// `5.7cm or 5ft7in`
fn feet(height: Option<Decimal>) -> (Field, Lift, String) {
    let typed = height.map_or_else(String::new, plain);
    let way = |text: String| InUnits { typed: vec![(Field::Height, text)] };
    let meant = height.and_then(feet_and_inches).map(|(feet, inches)| format!("{}ft{}in", plain(feet), plain(inches)));
    let (own, other) = (way(format!("{typed}cm")), way(meant.unwrap_or_default()));
    let help = format!("type the height with its unit: {} or {}", own.words(), other.words());
    (Field::Height, Lift::Unit(vec![own, other]), help)
}

/// A slip of the pen: what it is called, where it is shown, what is to be typed again.
pub(in crate::plausibility) fn slip(slip: Slip, typed: Body, meant: &[(Slip, Body)]) -> Finding {
    let (field, lift, help) = asked(slip, typed);
    let questions: Vec<String> = meant.iter().map(|(slip, meant)| question(*slip, typed, *meant)).collect();
    let text = format!("{} {}", described(typed), questions.join(" Or: "));
    let figure = typed.bmi().or(typed.weight).or(typed.height).map(Figure::Value);
    let fields = match &lift {
        Lift::Unit(ways) => ways.iter().take(1).flat_map(|way| &way.typed).map(|(field, _)| field.clone()).collect(),
        _ => Vec::new(),
    };
    Finding::new(Severity::Confirm, slip.code(), text).field(field).help(Remedy::of(fields, help)).asking(figure, lift)
}

/// `Height 170 cm and weight 154 kg give BMI 53.3.`
fn described(body: Body) -> String {
    match (body.height, body.weight, body.bmi()) {
        (Some(height), Some(weight), Some(bmi)) => {
            format!("Height {} cm and weight {} kg give BMI {}.", p(height), p(weight), one_place(bmi))
        }
        (Some(height), _, _) => format!("A height of {} cm is not plausible.", p(height)),
        (_, weight, _) => format!("A weight of {} kg is not plausible.", weight.map_or_else(String::new, p)),
    }
}

fn question(slip: Slip, given: Body, meant: Body) -> String {
    let typed = |value: Option<Decimal>| value.map_or_else(String::new, p);
    let rounded = |value: Option<Decimal>| value.map_or_else(String::new, two_places);
    let (h, w) = (typed(given.height), typed(given.weight));
    let (cm, kg) = (rounded(meant.height), rounded(meant.weight));
    let bmi = meant.bmi().map_or_else(String::new, |bmi| format!(", BMI {}", one_place(bmi)));
    match slip {
        Slip::Swapped => format!("Are height and weight exchanged? Height {cm} cm and weight {kg} kg{bmi}."),
        Slip::Metres => format!("Is {h} in metres? {h} m is {cm} cm{bmi}."),
        Slip::Feet => {
            let (feet, inches) = given.height.and_then(feet_and_inches).unwrap_or_default();
            format!("Is {h} meant as {} ft {} in? That is {cm} cm{bmi}.", p(feet), p(inches))
        }
        Slip::Inches => format!("Is {h} in inches? {h} in is {cm} cm{bmi}."),
        Slip::Pounds => format!("Is {w} in pounds? {w} lb is {kg} kg{bmi}."),
        Slip::InchesAndPounds => {
            format!("Are {h} and {w} in inches and pounds? That is {cm} cm and {kg} kg{bmi}.")
        }
        Slip::TallerTen => format!("Is {h} ten times too large? Height {cm} cm{bmi}."),
        Slip::SmallerTen => format!("Is {h} ten times too small? Height {cm} cm{bmi}."),
        Slip::HeavierTen => format!("Is {w} ten times too large? Weight {kg} kg{bmi}."),
        Slip::LighterTen => format!("Is {w} ten times too small? Weight {kg} kg{bmi}."),
        Slip::Grams => format!("Is {w} in grams? {w} g is {kg} kg{bmi}."),
    }
}
