//! The body that the doses of the day shown are made from: not always the newest one.

use crate::calendar::Date;
use crate::formula::{Inputs, bmi};
use crate::plan::Administration;
use crate::quantity::{Bmi, Bsa, Height, Weight, decimal};
use crate::subject::Subject;
use crate::tui::session::{Planned, Session};

/// Height, weight and surface in force, and what comes after them.
#[derive(Debug, Default)]
pub(super) struct InForce {
    pub(super) height: Option<Height>,
    pub(super) weight: Option<Weight>,
    pub(super) bsa: Option<Bsa>,
    pub(super) bmi: Option<Bmi>,
    /// `from C3: 58 kg`, or `newest: 58 kg` where no dose is made from it.
    pub(super) later: Option<String>,
}

/// What the doses of a day are made from: those of that day, else of the last visit before it, else of the first.
pub(super) fn in_force(session: &Session, planned: &Planned, day: Date) -> InForce {
    let typed = &planned.course.subject;
    let doses = || planned.plan.administrations.iter().filter(|one| inputs(one).is_some_and(has_body));
    let here = doses().rfind(|one| one.date <= day).or_else(|| doses().next());
    let Some(here) = here else {
        let newest = session.newest.as_ref().unwrap_or(typed);
        return InForce { height: newest.height, weight: newest.weight, ..InForce::default() }.with_bmi();
    };
    let (height, weight) = body(here, typed);
    let bsa = inputs(here).and_then(|inputs| inputs.size.as_ref()?.bsa);
    let next = doses().find(|one| one.date > here.date && body(one, typed) != (height, weight));
    let newest = session.newest.as_ref().map(|newest| (newest.height, newest.weight));
    let later = match (next, newest) {
        (Some(next), _) => changed((height, weight), body(next, typed))
            .map(|text| format!("from {}: {text}", session.regimen.cycle_word.short(next.key.cycle))),
        (None, Some(newest)) => changed((height, weight), newest).map(|text| format!("newest: {text}")),
        (None, None) => None,
    };
    InForce { height, weight, bsa, bmi: None, later }.with_bmi()
}

fn inputs(one: &Administration) -> Option<&crate::plan::DoseInputs> {
    one.planned.as_ref().map(|planned| planned.inputs.as_ref())
}

fn has_body(inputs: &crate::plan::DoseInputs) -> bool {
    inputs.height.is_some() || inputs.weight.is_some()
}

type Body = (Option<Height>, Option<Weight>);

fn body(one: &Administration, typed: &Subject) -> Body {
    let inputs = inputs(one);
    let height = inputs.and_then(|inputs| inputs.height).map(|one| one.value);
    let weight = inputs.and_then(|inputs| inputs.weight).map(|one| one.value);
    (height.or(typed.height), weight.or(typed.weight))
}

/// What of a body is another: `172 cm`, `58 kg`.
fn changed(was: Body, is: Body) -> Option<String> {
    let height = is.0.filter(|_| is.0 != was.0).map(|height| height.to_string());
    let weight = is.1.filter(|_| is.1 != was.1).map(|weight| weight.to_string());
    let told: Vec<String> = height.into_iter().chain(weight).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

impl InForce {
    fn with_bmi(self) -> Self {
        let inputs = Inputs { height: self.height, weight: self.weight, ..Inputs::default() };
        let bmi = bmi::compute(&inputs).ok().map(|computed| Bmi::new(decimal::half_up(computed.value, 1)));
        Self { bmi, ..self }
    }
}
