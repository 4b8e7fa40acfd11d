//! What can be wrong with a regimen, one rule a file.
//!
//! A rule's page is `pages/R013.md`: what it says, why it matters, a bad and a good example. Some rules are
//! held by whoever reads the text, and met on the way; the others have a file with a `check` here. All of
//! them are in one [list](RULES). A code is stable and never reused.
//!
//! ```
//! use posology::checker;
//! let rule = checker::find("R013").unwrap();
//! assert_eq!(rule.name, "days-as-text");
//! assert!(rule.page().contains("through"));
//! ```

mod abbreviation;
mod activity_units;
mod approved_unverified;
mod auc;
mod auc_often;
mod auc_range;
mod by_the_author;
mod cap_flat;
mod cap_odd;
mod cap_untried;
mod capital_name;
mod carboplatin;
mod cisplatin_cycle;
mod cohort_empty;
mod cohorts_fall;
mod conjugate;
mod counted_doses;
mod cycle_short;
mod delay_short;
mod dose_far;
mod dose_large;
mod ends_day;
mod figures;
mod formulation_in_name;
mod gap_broken;
mod growth_factor_early;
mod infusion_short;
mod infusions_overlap;
mod intrathecal_by_size;
mod intrathecal_drug;
mod known_cap;
mod ladder;
mod ladder_above;
mod later_milder;
mod limit_far;
mod list;
mod loading_small;
mod loading_unclear;
mod lomustine;
mod maximum_low;
mod methotrexate_daily;
mod not_compared;
mod note_dose;
mod odd_letter;
mod one_row;
mod only_first;
mod order_decides;
mod phases_overlap;
mod placeholder;
mod raised_above;
mod rescue_unsaid;
mod retold;
mod rule;
mod rules_contradict;
mod same_name;
mod source_lost;
mod split_day;
mod start_dead;
mod step_coarse;
mod strength_word;
mod support_day;
mod supportive_unsaid;
mod table_falls;
mod table_far;
mod tables;
mod tablets_flat;
mod timing;
mod trailing_zero;
mod twin;
mod twin_otherwise;
mod units;
mod until_worse;
mod vinca;
mod vinca_day;
mod warning_lacks;
mod window_wide;
mod within_wide;

pub use list::RULES;
pub use rule::{Check, Context, Found, Rule};

use crate::calendar::Site;
use crate::finding::Finding;
use crate::format::definition::{Definition, DrugDef, Table};
use crate::format::{Read, codes, read, resolve};
use crate::regimen::{Drug, Regimen};

/// Drugs with a dose table, as written and as resolved.
fn by_table<'a>(context: &Context<'a>) -> Vec<(&'a Table<DrugDef>, &'a Drug)> {
    let Some(regimen) = context.regimen else { return Vec::new() };
    context.drugs().zip(regimen.drugs()).filter(|(def, _)| def.table.is_some()).collect()
}

/// The rule of a code, or of a name.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.name().eq_ignore_ascii_case(code) || rule.name == code)
}

/// Applies every rule that has a check of its own.
pub(super) fn apply(definition: &Definition, regimen: Option<&Regimen>, findings: &mut Vec<Finding>) {
    let context = Context { definition, regimen };
    for rule in RULES {
        if let Found::By(check) = rule.found {
            check(&context, findings);
        }
    }
}

/// What a text came to.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The regimen, when nothing blocks.
    pub regimen: Option<Regimen>,
    /// As typed, every value with its place; `None` of what is no TOML.
    pub definition: Option<Definition>,
    /// Everything found, in the order of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// The most findings that are told; nobody reads more in one go.
const MOST: usize = 300;

/// The first hundreds of findings, those that block before the others.
fn fewer(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > MOST {
        findings.sort_by_key(|finding| finding.severity);
        let left = findings.len() - MOST;
        findings.truncate(MOST);
        let text = format!("{MOST} findings are listed; {left} more are not");
        findings.push(Finding::warn(codes::TOO_MANY, text).help("correct these and check again"));
    }
    findings
}

/// Reads, resolves and applies every rule. The worked examples of the file are not run here.
///
/// ```
/// use posology::checker;
/// let checked = checker::check(b"format = 1\n[cycle]\nlenght = \"14 days\"\n", &Default::default());
/// assert!(checked.regimen.is_none());
/// let unknown_key = checked.findings.iter().find(|finding| finding.code.name() == "R004").unwrap();
/// assert!(unknown_key.wanted().unwrap().contains("length"));
/// ```
pub fn check(text: &[u8], site: &Site) -> Checked {
    let Read { definition, mut findings, sha256 } = read(text);
    let Some(definition) = definition else { return Checked { regimen: None, definition, findings, sha256 } };
    let (mut regimen, more) = resolve(&definition, &sha256, site);
    findings.extend(more);
    apply(&definition, regimen.as_ref(), &mut findings);
    let blocked = crate::finding::blocks(&findings);
    // What is wrong with a drug that a later phase takes over is one fault, at the one place where it stands.
    if definition.phase.iter().any(|phase| phase.same_drugs_as.is_some()) {
        let mut told: Vec<Finding> = Vec::new();
        findings.retain(|finding| {
            !told.contains(finding) && {
                told.push(finding.clone());
                true
            }
        });
    }
    findings = fewer(findings);
    findings.sort_by_key(|finding| finding.places.first().map_or(0, |place| place.range.start));
    if blocked {
        regimen = None;
    }
    Checked { regimen, definition: Some(definition), findings, sha256 }
}
