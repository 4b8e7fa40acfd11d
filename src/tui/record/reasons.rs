//! Why something is recorded: the usual reasons by their number, or any other in the person's own words.

use super::act::Act;

/// Why doses wait, stay out or become smaller.
const CHANGED: &[&str] =
    &["low blood counts", "side effect", "infection or fever", "the subject's choice", "clinic closed", "no supply"];
const CHANGED_HINT: &str = "1 low blood counts, 2 side effect, 3 infection or fever, 4 the subject's choice, 5 clinic closed, 6 no \
                            supply; or your own words, nothing personal";

/// Why treatment ended.
const ENDED: &[&str] =
    &["progression", "side effects", "the subject's choice", "treatment completed", "lost to follow-up", "death"];
const ENDED_HINT: &str = "1 progression, 2 side effects, 3 the subject's choice, 4 treatment completed, 5 lost to follow-up, 6 \
                          death; or your own words, nothing personal";

/// Why an entry was wrong.
const WRONG: &[&str] = &["typed wrong", "wrong subject", "wrong day", "the source was corrected", "entered twice"];
const WRONG_HINT: &str = "1 typed wrong, 2 wrong subject, 3 wrong day, 4 the source was corrected, 5 entered twice; or your own \
                          words, nothing personal";

/// The usual reasons of an act, and the hint that names them; none where there are no usual ones.
fn usual(act: &Act) -> Option<(&'static [&'static str], &'static str)> {
    match act {
        Act::Hold | Act::Omit | Act::Delay | Act::Level => Some((CHANGED, CHANGED_HINT)),
        Act::Stop => Some((ENDED, ENDED_HINT)),
        Act::Undo(_) | Act::Correct(_) => Some((WRONG, WRONG_HINT)),
        _ => None,
    }
}

/// What may be typed as the reason of an act.
pub fn hint(act: &Act) -> Option<&'static str> {
    usual(act).map(|(_, hint)| hint)
}

/// The reason that a number alone stands for.
pub fn meant(act: &Act, typed: &str) -> Option<&'static str> {
    let (reasons, _) = usual(act)?;
    let number: usize = typed.trim().parse().ok()?;
    reasons.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_reason_is_named_by_its_number() {
        for act in [Act::Hold, Act::Stop, Act::Undo(1)] {
            let (reasons, hint) = usual(&act).unwrap();
            for (nth, reason) in reasons.iter().enumerate() {
                assert!(hint.contains(&format!("{} {reason}", nth + 1)), "{reason}: {hint}");
                assert_eq!(meant(&act, &(nth + 1).to_string()), Some(*reason));
            }
            assert_eq!(meant(&act, "7"), None);
            assert_eq!(meant(&act, "neutrophils 0.9"), None, "a figure within words stays as it is");
        }
        assert_eq!(meant(&Act::Note, "1"), None);
    }
}
