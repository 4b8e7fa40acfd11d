//! What can be wrong with a regimen, one rule a file.
//!
//! A rule's doc comment is its page: what it says, why it matters, a bad and a good example. Some rules are
//! held by the reader or by `resolve`, which meet the fault on their way; the others have a `check` of
//! their own. A code is stable and never reused.
//!
//! ```
//! use posology::regimen::rules;
//! let rule = rules::find("R013").unwrap();
//! assert_eq!(rule.name, "days-as-text");
//! assert!(rule.doc.contains("through"));
//! ```

pub mod codes;
mod figures;
mod tables;
mod timing;

use std::ops::Range;

use super::Regimen;
use super::definition::{Definition, DrugDef, Table};
use super::model::{Drug, Phase};
use crate::finding::{Finding, Severity};

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The file as written.
    pub definition: &'a Definition,
    /// What it means, where nothing blocked so far.
    pub regimen: Option<&'a Regimen>,
}

impl<'a> Context<'a> {
    /// Every drug of the file, of every phase.
    pub fn drugs(&self) -> impl Iterator<Item = &'a Table<DrugDef>> + use<'a> {
        let inner = self.definition.phase.iter().flat_map(|phase| &phase.drug);
        self.definition.drug.iter().chain(inner)
    }

    /// Every drug as written, with what it means; none where the file has no meaning.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&'a Table<DrugDef>, &'a Drug)> + use<'a> {
        self.drugs().zip(self.regimen.into_iter().flat_map(Regimen::drugs))
    }

    /// The phase of a drug.
    pub(crate) fn phase_of(&self, drug: &Drug) -> Option<&'a Phase> {
        let phases = self.regimen.into_iter().flat_map(|regimen| &regimen.phases);
        phases.into_iter().find(|phase| phase.drugs.iter().any(|one| std::ptr::eq(one, drug)))
    }

    /// Every phase with the place of its `[cycle]`.
    pub(crate) fn cycles(&self) -> impl Iterator<Item = (Range<usize>, &'a Phase)> + use<'a> {
        let inner = self.definition.phase.iter().filter_map(|phase| phase.cycle.as_ref());
        let places = self.definition.cycle.iter().chain(inner).map(|cycle| cycle.span.clone());
        places.zip(self.regimen.into_iter().flat_map(|regimen| &regimen.phases))
    }
}

/// Drugs with a dose table, as written and as resolved.
fn by_table<'a>(context: &Context<'a>) -> Vec<(&'a Table<DrugDef>, &'a super::model::Drug)> {
    let Some(regimen) = context.regimen else { return Vec::new() };
    context.drugs().zip(regimen.drugs()).filter(|(def, _)| def.table.is_some()).collect()
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `R013`.
    pub code: &'static str,
    /// A name in kebab-case.
    pub name: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Its page.
    pub doc: &'static str,
    /// What finds it, for a rule that neither the reader nor `resolve` holds.
    pub check: Option<fn(&Context, &mut Vec<Finding>)>,
}

impl Rule {
    /// A finding of this rule.
    fn finding(&self, text: impl Into<String>) -> Finding {
        match self.severity {
            Severity::Block => Finding::block(self.code, text),
            Severity::Warn => Finding::warn(self.code, text),
            Severity::Note => Finding::note(self.code, text),
        }
    }

    /// Its page, as text.
    pub fn page(&self) -> String {
        let lines = self.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.filter(|line| !line.starts_with("```")).collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// What the rule says, in one line.
    pub fn summary(&self) -> &'static str {
        self.doc.trim().lines().next().unwrap_or_default()
    }
}

/// Declares a rule: the doc comment is its page.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:ident, $name:literal, $severity:ident $(, $check:path)?) => {
        $(#[doc = $doc])+
        pub const RULE: $crate::regimen::rules::Rule = $crate::regimen::rules::Rule {
            code: $crate::regimen::rules::codes::$code,
            name: $name,
            severity: $crate::finding::Severity::$severity,
            doc: concat!($($doc, "\n"),+),
            check: rule!(@ $($check)?),
        };
    };
    (@) => { None };
    (@ $check:path) => { Some($check) };
}

macro_rules! rules {
    ($($file:ident),+ $(,)?) => {
        $(pub mod $file;)+

        /// Every rule, by code.
        pub const RULES: &[Rule] = &[$($file::RULE),+];
    };
}

rules! {
    not_text,
    size,
    syntax,
    unknown_key,
    wrong_type,
    duplicate_key,
    format,
    too_many,
    missing,
    quantity,
    word,
    day_text,
    day_outside,
    day_zero,
    day_list,
    by_cycle,
    dose_twice,
    long_infusion,
    auc,
    total_missing,
    total_unequal,
    phases,
    reference,
    same_name,
    site,
    no_source,
    two_sources,
    undeclared_source,
    unused_source,
    source_of_nothing,
    no_example,
    one_of,
    bounds,
    bands,
    percent,
    vinca,
    known_cap,
    ladder,
    note_dose,
    units,
    approved_unverified,
    gap,
    overlap,
    ctcae,
    rule_level,
    rule_units,
    table_far,
    table_falls,
    lifetime,
    ramp,
    trailing_zero,
    abbreviation,
    capital_name,
    formulation_in_name,
    conjugate,
    methotrexate_daily,
    lomustine,
    cisplatin_cycle,
    intrathecal_by_size,
    vinca_day,
    intrathecal_drug,
    activity_units,
    carboplatin,
    auc_range,
    twin,
    infusions_overlap,
    ends_day,
    window_wide,
    delay_short,
    gap_broken,
    loading_small,
    cap_flat,
    cap_odd,
    maximum_low,
    step_coarse,
    within_wide,
    tablets_flat,
    start_dead,
    drug_untried,
    example_fails,
    only_first,
    cap_untried,
    placeholder,
    source_lost,
    limit_far,
    ladder_above,
    until_worse,
    raised_above,
    odd_letter,
    not_compared,
    cycle_short,
    phases_overlap,
    rules_contradict,
    loading_unclear,
    split_day,
    counted_doses,
    number_plain,
    dose_far,
}

/// The rule of a code, or of a name.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code)
}

/// Applies every rule that has a check of its own.
pub(super) fn apply(definition: &Definition, regimen: Option<&Regimen>, findings: &mut Vec<Finding>) {
    let context = Context { definition, regimen };
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(&context, findings);
    }
}
