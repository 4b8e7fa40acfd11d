//! The slips people make with height and weight, and the body each would make of the figures.

use super::limits::Limits;
use super::{Measurements, Policy};
use crate::finding::Finding;
use crate::quantity::body::KG_PER_POUND;
use crate::quantity::{Decimal, decimal, number};

const CM_PER_INCH: Decimal = Decimal::from_parts(254, 0, 0, false, 2);
const THOUSAND: Decimal = Decimal::ONE_THOUSAND;
const METRES_END: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Height in cm and weight in kg, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) height: Option<Decimal>,
    pub(super) weight: Option<Decimal>,
}

impl Body {
    pub(super) fn bmi(self) -> Option<Decimal> {
        let (height, weight) = (self.height?, self.weight?);
        let squared = decimal::times(height, height)?;
        decimal::over(decimal::times(weight, Decimal::from(10_000))?, squared)
    }
}

/// Kind of slip; the order is the order of mention among equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    Swapped,
    Metres,
    Inches,
    Pounds,
    InchesAndPounds,
    TallerTen,
    SmallerTen,
    HeavierTen,
    LighterTen,
    Grams,
}

struct SlipKind {
    slip: Slip,
    code: &'static str,
    field: &'static str,
    /// The body that was meant, if this slip was made.
    undo: fn(Decimal, Decimal) -> Option<(Decimal, Decimal)>,
    help: &'static str,
}

const BOTH_AGAIN: &str = "type height and weight again, each into its own field: 170 cm, 65 kg";
const HEIGHT_AGAIN: &str = "type the height again in cm, or with its unit: 67in, 5ft7in";
const WEIGHT_AGAIN: &str = "type the weight again in kg, or with its unit: 154lb";

const KINDS: &[SlipKind] = &[
    SlipKind { slip: Slip::Swapped, code: "swapped", field: "height", undo: |h, w| Some((w, h)), help: BOTH_AGAIN },
    SlipKind {
        slip: Slip::Metres,
        code: "metres",
        field: "height",
        undo: |h, w| (h < METRES_END).then(|| decimal::times(h, Decimal::ONE_HUNDRED)).flatten().map(|h| (h, w)),
        help: "type the height again in centimetres: 170",
    },
    SlipKind {
        slip: Slip::Inches,
        code: "inches",
        field: "height",
        undo: |h, w| Some((decimal::times(h, CM_PER_INCH)?, w)),
        help: HEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::Pounds,
        code: "pounds",
        field: "weight",
        undo: |h, w| Some((h, decimal::times(w, KG_PER_POUND)?)),
        help: WEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::InchesAndPounds,
        code: "inches-and-pounds",
        field: "height",
        undo: |h, w| Some((decimal::times(h, CM_PER_INCH)?, decimal::times(w, KG_PER_POUND)?)),
        help: "type both again in cm and kg, or with their units: 67in, 154lb",
    },
    SlipKind {
        slip: Slip::TallerTen,
        code: "tenfold-height",
        field: "height",
        undo: |h, w| Some((decimal::over(h, Decimal::TEN)?, w)),
        help: HEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::SmallerTen,
        code: "tenfold-height",
        field: "height",
        undo: |h, w| Some((decimal::times(h, Decimal::TEN)?, w)),
        help: HEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::HeavierTen,
        code: "tenfold-weight",
        field: "weight",
        undo: |h, w| Some((h, decimal::over(w, Decimal::TEN)?)),
        help: WEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::LighterTen,
        code: "tenfold-weight",
        field: "weight",
        undo: |h, w| Some((h, decimal::times(w, Decimal::TEN)?)),
        help: WEIGHT_AGAIN,
    },
    SlipKind {
        slip: Slip::Grams,
        code: "grams",
        field: "weight",
        undo: |h, w| Some((h, decimal::over(w, THOUSAND)?)),
        help: "type the weight again in kilograms: 3.5",
    },
];

/// A figure of the wrong magnitude stands for a missing one, so that a slip in the other can be tried.
const UNKNOWN: Decimal = Decimal::ONE;

pub(super) struct Suspect<'a> {
    typed: Body,
    previous: Option<Body>,
    child: bool,
    remeasured: bool,
    limits: &'a Limits,
}

impl<'a> Suspect<'a> {
    pub(super) fn new(subject: &Measurements, policy: &Policy, limits: &'a Limits) -> Self {
        let previous = subject.previous.map(|previous| Body {
            height: previous.height.map(crate::quantity::Height::value),
            weight: previous.weight.map(crate::quantity::Weight::value),
        });
        Self {
            typed: super::body::typed(subject),
            previous,
            child: super::subject::is_child(subject, limits),
            remeasured: policy.remeasured,
            limits,
        }
    }

    /// The one finding for a slip that explains the figures, with at most two explanations.
    pub(super) fn finding(&self) -> Option<Finding> {
        let mut found: Vec<(&SlipKind, Body)> =
            KINDS.iter().filter_map(|kind| Some((kind, self.explain(kind)?))).collect();
        found.sort_by_key(|(_, meant)| !self.likely(*meant));
        let (first, _) = found.first()?;
        let questions: Vec<String> =
            found.iter().take(2).map(|(kind, meant)| question(kind.slip, self.typed, *meant)).collect();
        let text = format!("{} {}", described(self.typed), questions.join(" Or: "));
        Some(Finding::block(first.code, text).field(first.field).help(first.help))
    }

    /// The body that was meant, when this slip both is called for and leads to one.
    fn explain(&self, kind: &SlipKind) -> Option<Body> {
        if !self.known(kind.slip) || !self.called_for(kind.slip) {
            return None;
        }
        let (height, weight) = (self.typed.height.unwrap_or(UNKNOWN), self.typed.weight.unwrap_or(UNKNOWN));
        let (height, weight) = (kind.undo)(height, weight)?;
        let meant = Body { height: self.typed.height.and(Some(height)), weight: self.typed.weight.and(Some(weight)) };
        self.a_body(kind.code, meant).then_some(meant)
    }

    /// Whether the figures the slip is about were given.
    fn known(&self, slip: Slip) -> bool {
        let (height, weight) = (self.typed.height.is_some(), self.typed.weight.is_some());
        match slip {
            Slip::Swapped | Slip::InchesAndPounds => height && weight,
            Slip::Metres | Slip::Inches | Slip::TallerTen | Slip::SmallerTen => height,
            Slip::Pounds | Slip::HeavierTen | Slip::LighterTen | Slip::Grams => weight,
        }
    }

    /// Whether anything about the figures asks for this explanation.
    fn called_for(&self, slip: Slip) -> bool {
        if self.impossible() {
            return true;
        }
        if self.remeasured {
            return false;
        }
        if self.contradicts_history(slip) {
            return true;
        }
        if self.confirmed() {
            return false;
        }
        let bmi = self.typed.bmi();
        match slip {
            Slip::Swapped => self.typed.height < self.typed.weight && bmi.is_some(),
            Slip::Pounds => bmi.is_some_and(|bmi| !self.limits.ordinary("adult-bmi", bmi) && bmi > Decimal::from(30)),
            _ => false,
        }
    }

    fn impossible(&self) -> bool {
        let outside = |what: &str, value: Option<Decimal>| {
            value.is_some_and(|value| self.limits.impossible(&self.quantity(what), value))
        };
        outside("height", self.typed.height) || outside("weight", self.typed.weight) || outside("bmi", self.typed.bmi())
    }

    fn quantity(&self, what: &str) -> String {
        format!("{}-{what}", if self.child { "child" } else { "adult" })
    }

    /// Whether the record already holds figures like these.
    fn confirmed(&self) -> bool {
        self.previous.is_some_and(|previous| previous.weight.is_some() && like(previous, self.typed))
    }

    /// Whether the record makes more sense of the figures with the slip undone.
    fn contradicts_history(&self, slip: Slip) -> bool {
        let Some(previous) = self.previous else { return false };
        let grown = match (self.typed.weight, previous.weight) {
            (Some(now), Some(then)) => decimal::over(now, then),
            _ => None,
        };
        let between = |low: i64, high: i64| {
            grown.is_some_and(|ratio| ratio >= Decimal::new(low, 3) && ratio <= Decimal::new(high, 3))
        };
        match slip {
            Slip::Swapped => {
                let exchanged = Body { height: self.typed.weight, weight: self.typed.height };
                previous.height.is_some() && previous.weight.is_some() && like(previous, exchanged) && !self.confirmed()
            }
            Slip::Pounds => between(2_100, 2_300),
            Slip::HeavierTen => between(9_000, 11_000),
            Slip::LighterTen => between(91, 111),
            _ => false,
        }
    }

    /// Whether these are figures of a body that the slip may lead to.
    fn a_body(&self, code: &str, meant: Body) -> bool {
        let inside = |what: &str, value: Option<Decimal>| {
            value.is_none_or(|value| !self.limits.impossible(&self.quantity(what), value))
        };
        if !inside("height", meant.height) || !inside("weight", meant.weight) {
            return false;
        }
        if self.previous.is_some_and(|previous| previous.weight.is_some() && like(previous, meant)) {
            return true;
        }
        let row = self.limits.slips.iter().find(|row| row.code == code);
        match (meant.bmi(), row) {
            (Some(bmi), Some(row)) => row.bmi_from <= bmi && bmi <= row.bmi_through,
            (None, Some(_)) => !self.child && self.unremarkable(meant),
            (_, None) => false,
        }
    }

    fn unremarkable(&self, body: Body) -> bool {
        let ordinary = |what: &str, value: Option<Decimal>| {
            value.is_none_or(|value| self.limits.ordinary(&self.quantity(what), value))
        };
        ordinary("height", body.height) && ordinary("weight", body.weight) && ordinary("bmi", body.bmi())
    }

    /// Explanations that lead to an ordinary body are told first.
    fn likely(&self, meant: Body) -> bool {
        self.unremarkable(meant)
    }
}

/// Within a tenth of what the record holds, in everything both have.
fn like(previous: Body, now: Body) -> bool {
    let near = |then: Option<Decimal>, now: Option<Decimal>| match (then, now) {
        (Some(then), Some(now)) => {
            decimal::over(now, then).is_some_and(|ratio| ratio >= Decimal::new(9, 1) && ratio <= Decimal::new(11, 1))
        }
        _ => true,
    };
    near(previous.height, now.height) && near(previous.weight, now.weight)
}

fn one_place(value: Decimal) -> String {
    number::print(decimal::half_up(value, 1))
}

fn two_places(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |value| number::print(decimal::half_up(value, 2)))
}

fn typed(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, number::print)
}

fn bmi_words(body: Body) -> String {
    body.bmi().map_or_else(String::new, |bmi| format!(", BMI {}", one_place(bmi)))
}

/// `Height 170 cm and weight 154 kg give BMI 53.3.`
fn described(body: Body) -> String {
    match (body.height, body.weight, body.bmi()) {
        (Some(height), Some(weight), Some(bmi)) => {
            let (height, weight) = (number::print(height), number::print(weight));
            format!("Height {height} cm and weight {weight} kg give BMI {}.", one_place(bmi))
        }
        (Some(height), _, _) => format!("A height of {} cm is not plausible.", number::print(height)),
        (_, weight, _) => format!("A weight of {} kg is not plausible.", typed(weight)),
    }
}

fn question(slip: Slip, given: Body, meant: Body) -> String {
    let (h, w) = (typed(given.height), typed(given.weight));
    let (cm, kg, bmi) = (two_places(meant.height), two_places(meant.weight), bmi_words(meant));
    match slip {
        Slip::Swapped => format!("Are height and weight exchanged? Height {cm} cm and weight {kg} kg{bmi}."),
        Slip::Metres => format!("Is {h} in metres? {h} m is {cm} cm{bmi}."),
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
