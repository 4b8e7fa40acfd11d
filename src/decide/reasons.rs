//! The reasons to choose from where a reason is asked for: a short list for each kind of question, in the words a trial uses.
//! Anything else is typed. What is chosen is kept as its words, never as its number.
//!
//! ```
//! use posology::decide::reasons;
//! assert_eq!(reasons::chosen("bmi-range", "1").as_deref(), Ok("measured twice, the same"));
//! assert_eq!(reasons::chosen("bmi-range", "amputee").as_deref(), Ok("amputee"));
//! assert!(reasons::chosen("bmi-range", "9").unwrap_err().contains("1 measured twice"));
//! ```

use crate::plan::codes as plan;
use crate::plausibility::codes as plausible;
use crate::regimen::codes as regimen;

const SOURCE: &str = "checked against the source document";
const PROTOCOL: &str = "as the protocol says";
const SPONSOR: &str = "agreed with the sponsor";

/// A figure of the body, or a result.
const MEASURED: &[&str] = &["measured twice, the same", SOURCE, "known of this subject before"];
/// A dose, a route, a length, an interval.
const DOSE: &[&str] = &[PROTOCOL, "confirmed with the prescriber", SPONSOR];
/// A day.
const DAY: &[&str] = &["toxicity not resolved", "subject could not come", "clinic closed", "no room or staff"];
/// A file that is not approved.
const DRAFT: &[&str] = &["training or test", "checked on paper by a second person", SPONSOR];
/// Everything else.
const OTHER: &[&str] = &[SOURCE, PROTOCOL, "decided by the investigator"];

/// The reasons to choose from under a code.
pub fn of(code: &str) -> &'static [&'static str] {
    let among = |codes: &[crate::finding::Code]| codes.iter().any(|one| one.name() == code);
    let doses = [
        plausible::AUC_RANGE,
        plausible::BSA_UNCAPPED,
        plausible::DOSE_LARGE,
        plausible::INFUSION_SHORT,
        plausible::METHOTREXATE_WEEKLY,
        plausible::SPINAL_SELDOM,
        plausible::SUPPORT_DAY_LARGE,
    ];
    let days = [plan::OUTSIDE_WINDOW, plan::LONGEST_DELAY, plan::LEAST_GAP, plan::STEP_INTERVAL];
    if among(regimen::CODES) {
        DRAFT
    } else if among(&days) {
        DAY
    } else if among(&doses) {
        DOSE
    } else if among(plausible::CODES) || among(&[plan::WEIGHT_CHANGES_DOSES, plan::MEASURED_EARLY]) {
        MEASURED
    } else if among(plan::CODES) {
        DOSE
    } else {
        OTHER
    }
}

/// `1 measured twice, the same; 2 checked against the source document`
pub fn listed(code: &str) -> String {
    let numbered = (1..).zip(of(code)).map(|(number, reason)| format!("{number} {reason}"));
    numbered.collect::<Vec<_>>().join("; ")
}

/// The reason that was typed, in words or by its number.
///
/// # Errors
/// What may be typed, where it is a number that is not on the list: no reason is a number.
pub fn chosen(code: &str, typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(typed.to_owned());
    }
    let found = typed.parse::<usize>().ok().and_then(|number| of(code).get(number.checked_sub(1)?));
    found.map(|reason| (*reason).to_owned()).ok_or_else(|| format!("{typed} is none of {}", listed(code)))
}
