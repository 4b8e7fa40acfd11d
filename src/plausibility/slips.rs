//! The slips people make with height and weight, and the body each would make of the figures.

use super::children::Child;
use super::limits::Limits;
use super::slip::{Body, Slip};
use super::{Measurements, findings};
use crate::finding::{Code, Finding};
use crate::quantity::{Decimal, Height, Weight, decimal};

/// A figure of the wrong magnitude stands for a missing one, so that a slip in the other can be tried.
const UNKNOWN: Decimal = Decimal::ONE;

pub(super) struct Suspect<'a> {
    typed: Body,
    /// Whether height and weight were typed without a unit.
    bare: (bool, bool),
    previous: Option<Body>,
    child: Option<Child>,
    limits: &'a Limits,
}

impl<'a> Suspect<'a> {
    pub(super) fn new(subject: &Measurements, limits: &'a Limits) -> Self {
        let previous = subject.previous.map(|previous| Body {
            height: previous.height.map(Height::value),
            weight: previous.weight.map(Weight::value),
        });
        Self {
            typed: Body::typed(subject),
            bare: (subject.height.is_some_and(Height::is_bare), subject.weight.is_some_and(Weight::is_bare)),
            previous,
            child: Child::of(subject, limits),
            limits,
        }
    }

    /// The one finding for a slip that explains the figures, with at most two explanations.
    pub(super) fn finding(&self) -> Option<Finding> {
        let mut found: Vec<(Slip, Body)> =
            Slip::ALL.into_iter().filter_map(|slip| Some((slip, self.explain(slip)?))).collect();
        found.sort_by_key(|(_, meant)| !self.likely(*meant));
        found.truncate(2);
        let (first, _) = found.first()?;
        Some(findings::slip(*first, self.typed, &found))
    }

    /// The body that was meant, when this slip both is called for and leads to one.
    fn explain(&self, slip: Slip) -> Option<Body> {
        if !self.known(slip) || !self.called_for(slip) {
            return None;
        }
        let (height, weight) = (self.typed.height.unwrap_or(UNKNOWN), self.typed.weight.unwrap_or(UNKNOWN));
        let (height, weight) = slip.undo(height, weight)?;
        let meant = Body { height: self.typed.height.and(Some(height)), weight: self.typed.weight.and(Some(weight)) };
        self.a_body(slip.code(), meant).then_some(meant)
    }

    /// Whether the figures the slip is about were given; a figure with its unit is in no other.
    fn known(&self, slip: Slip) -> bool {
        let (height, weight) = (self.typed.height.is_some(), self.typed.weight.is_some());
        let (bare_height, bare_weight) = self.bare;
        match slip {
            Slip::Swapped | Slip::InchesAndPounds => bare_height && bare_weight,
            Slip::Metres | Slip::Feet | Slip::Inches => bare_height,
            Slip::TallerTen | Slip::SmallerTen => height,
            Slip::Pounds | Slip::Grams => bare_weight,
            Slip::HeavierTen | Slip::LighterTen => weight,
        }
    }

    /// Whether anything about the figures asks for this explanation.
    fn called_for(&self, slip: Slip) -> bool {
        if self.contradicts_history(slip) {
            return true;
        }
        if self.confirmed() {
            return false;
        }
        match slip {
            Slip::Swapped if self.child.is_none() => {
                self.typed.height < self.typed.weight && self.typed.weight.is_some()
            }
            Slip::Pounds => self.heavy(slip) || self.grave(),
            _ => self.grave(),
        }
    }

    /// Heavy enough that another unit is as likely.
    fn heavy(&self, slip: Slip) -> bool {
        let row = self.limits.slips.iter().find(|row| row.code == slip.code().name());
        let heavy = row.and_then(|row| match &self.child {
            Some(child) => Some(child.heaviness(self.typed)? > row.typed_deviations?),
            None => Some(self.typed.bmi()? >= row.typed_bmi?),
        });
        heavy.unwrap_or(false)
    }

    /// Whether nothing is calculated with the figures as they stand.
    fn grave(&self) -> bool {
        let outside = |what: &str, value: Option<Decimal>| {
            value.is_some_and(|value| self.limits.grave(&self.quantity(what), value))
        };
        let body = self.typed;
        let beyond = outside("height", body.height) || outside("weight", body.weight) || outside("bmi", body.bmi());
        beyond || self.child.is_some_and(|child| child.grave(body, self.limits))
    }

    fn quantity(&self, what: &str) -> String {
        format!("{}-{what}", if self.child.is_some() { "child" } else { "adult" })
    }

    /// Whether the record already holds figures like these.
    fn confirmed(&self) -> bool {
        self.previous.is_some_and(|previous| previous.weight.is_some() && like(previous, self.typed))
    }

    /// Whether the record makes more sense of the figures with the slip undone.
    fn contradicts_history(&self, slip: Slip) -> bool {
        let Some(previous) = self.previous else { return false };
        let times = |now: Option<Decimal>, then: Option<Decimal>| {
            let row = self.limits.slips.iter().find(|row| row.code == slip.code().name());
            let (row, ratio) = row.zip(now.zip(then).and_then(|(now, then)| decimal::over(now, then)))?;
            Some(ratio >= row.ratio_from? && ratio <= row.ratio_through?)
        };
        match slip {
            Slip::Swapped => {
                let exchanged = Body { height: self.typed.weight, weight: self.typed.height };
                previous.height.is_some() && previous.weight.is_some() && like(previous, exchanged) && !self.confirmed()
            }
            Slip::Pounds | Slip::HeavierTen => times(self.typed.weight, previous.weight).unwrap_or(false),
            Slip::LighterTen => times(previous.weight, self.typed.weight).unwrap_or(false),
            _ => false,
        }
    }

    /// Whether these are figures of a body that the slip may lead to.
    fn a_body(&self, code: Code, meant: Body) -> bool {
        let inside = |what: &str, value: Option<Decimal>| {
            value.is_none_or(|value| !self.limits.grave(&self.quantity(what), value))
        };
        if !inside("height", meant.height) || !inside("weight", meant.weight) {
            return false;
        }
        if self.previous.is_some_and(|previous| previous.weight.is_some() && like(previous, meant)) {
            return true;
        }
        let row = self.limits.slips.iter().find(|row| row.code == code.name());
        match (&self.child, meant.bmi(), row) {
            (Some(child), _, Some(row)) => child.within(meant, row.deviations),
            (None, Some(bmi), Some(row)) => row.bmi_from <= bmi && bmi <= row.bmi_through,
            (None, None, Some(_)) => self.unremarkable(meant),
            (_, _, None) => false,
        }
    }

    fn unremarkable(&self, body: Body) -> bool {
        let ordinary = |what: &str, value: Option<Decimal>| {
            value.is_none_or(|value| self.limits.ordinary(&self.quantity(what), value))
        };
        let child = self.child.is_none_or(|child| child.within(body, Decimal::TWO));
        child && ordinary("height", body.height) && ordinary("weight", body.weight) && ordinary("bmi", body.bmi())
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
