//! How many cycles there are, where that is not certain.

use crate::finding::Finding;
use crate::regimen::{CountKind, Phase, Regimen};

/// What is told of a phase whose number of cycles is not fixed.
pub(super) fn told(regimen: &Regimen, phase: &Phase) -> Option<Finding> {
    let (word, step) = (regimen.cycle_word, phase.cycle.step);
    let first = word.numbered(regimen.cycles_from);
    let stop = if phase.cycle.stop.is_empty() { "a stop criterion".to_owned() } else { phase.cycle.stop.join(", ") };
    let text = match phase.cycle.count.kind {
        CountKind::UpTo(count) => {
            format!(
                "At most {}; treatment ends earlier on {stop}. Only {first} is certain.",
                word.counted(count.saturating_mul(step))
            )
        }
        CountKind::UntilStopped => format!("Treatment goes on until {stop}. Only {first} is certain."),
        CountKind::Between(least, most) => {
            format!(
                "Between {0} and {1}; those after the first {0} are not certain.",
                least.saturating_mul(step),
                word.counted(most.saturating_mul(step))
            )
        }
        CountKind::Planned(_) => return None,
    };
    Some(Finding::note(super::codes::CYCLE_COUNT, text))
}
