//! What can be wrong with a regimen, one rule a file.
//!
//! A rule's doc comment is its page: what it says, why it matters, a bad and a good example. Some rules are
//! held by the reader or by `resolve`, which meet the fault on their way; the others have a `check` of
//! their own. A code is stable and never reused.
//!
//! ```
//! use posology::checker;
//! let rule = checker::find("R013").unwrap();
//! assert_eq!(rule.name, "days-as-text");
//! assert!(rule.doc.contains("through"));
//! ```

/// Declares a rule: the doc comment is its page.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:ident, $name:literal, $severity:ident $(, $check:path)?) => {
        $(#[doc = $doc])+
        pub const RULE: $crate::checker::Rule = $crate::checker::Rule {
            code: $crate::format::codes::$code,
            name: $name,
            severity: $crate::finding::Severity::$severity,
            doc: concat!($($doc, "\n"),+),
            check: rule!(@ $($check)?),
        };
    };
    (@) => { None };
    (@ $check:path) => { Some($check) };
}

mod abbreviation;
mod activity_units;
mod approved_unverified;
mod auc;
mod auc_range;
mod bands;
mod bounds;
mod by_cycle;
mod cap_flat;
mod cap_odd;
mod cap_untried;
mod capital_name;
mod carboplatin;
mod cisplatin_cycle;
mod conjugate;
mod counted_doses;
mod ctcae;
mod cycle_short;
mod day_list;
mod day_outside;
mod day_text;
mod day_zero;
mod delay_short;
mod dose_far;
mod dose_twice;
mod drug_untried;
mod duplicate_key;
mod ends_day;
mod example_fails;
mod figures;
mod format;
mod formulation_in_name;
mod gap;
mod gap_broken;
mod infusions_overlap;
mod intrathecal_by_size;
mod intrathecal_drug;
mod known_cap;
mod ladder;
mod ladder_above;
mod lifetime;
mod limit_far;
mod loading_small;
mod loading_unclear;
mod lomustine;
mod long_infusion;
mod maximum_low;
mod methotrexate_daily;
mod missing;
mod no_example;
mod no_source;
mod not_compared;
mod not_text;
mod note_dose;
mod number_plain;
mod odd_letter;
mod one_of;
mod only_first;
mod overlap;
mod percent;
mod phases;
mod phases_overlap;
mod placeholder;
mod quantity;
mod raised_above;
mod ramp;
mod reference;
mod rule_level;
mod rule_units;
mod rules_contradict;
mod same_name;
mod site;
mod size;
mod source_lost;
mod source_of_nothing;
mod split_day;
mod start_dead;
mod step_coarse;
mod syntax;
mod table_falls;
mod table_far;
mod tables;
mod tablets_flat;
mod timing;
mod too_many;
mod total_missing;
mod total_unequal;
mod trailing_zero;
mod twin;
mod two_sources;
mod undeclared_source;
mod units;
mod unknown_key;
mod until_worse;
mod unused_source;
mod vinca;
mod vinca_day;
mod window_wide;
mod within_wide;
mod word;
mod wrong_type;

use std::ops::Range;

use crate::calendar::Site;
use crate::finding::{Code, Finding, Severity};
use crate::format::definition::{Definition, DrugDef, Table};
use crate::format::{Read, codes, read, resolve};
use crate::regimen::{Drug, Phase, Regimen};

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
fn by_table<'a>(context: &Context<'a>) -> Vec<(&'a Table<DrugDef>, &'a Drug)> {
    let Some(regimen) = context.regimen else { return Vec::new() };
    context.drugs().zip(regimen.drugs()).filter(|(def, _)| def.table.is_some()).collect()
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `R013`.
    pub code: Code,
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

/// Every rule, by code.
pub const RULES: &[Rule] = &[
    not_text::RULE,
    size::RULE,
    syntax::RULE,
    unknown_key::RULE,
    wrong_type::RULE,
    duplicate_key::RULE,
    format::RULE,
    too_many::RULE,
    missing::RULE,
    quantity::RULE,
    word::RULE,
    day_text::RULE,
    day_outside::RULE,
    day_zero::RULE,
    day_list::RULE,
    by_cycle::RULE,
    dose_twice::RULE,
    long_infusion::RULE,
    auc::RULE,
    total_missing::RULE,
    total_unequal::RULE,
    phases::RULE,
    reference::RULE,
    same_name::RULE,
    site::RULE,
    no_source::RULE,
    two_sources::RULE,
    undeclared_source::RULE,
    unused_source::RULE,
    source_of_nothing::RULE,
    no_example::RULE,
    one_of::RULE,
    bounds::RULE,
    bands::RULE,
    percent::RULE,
    vinca::RULE,
    known_cap::RULE,
    ladder::RULE,
    note_dose::RULE,
    units::RULE,
    approved_unverified::RULE,
    gap::RULE,
    overlap::RULE,
    ctcae::RULE,
    rule_level::RULE,
    rule_units::RULE,
    table_far::RULE,
    table_falls::RULE,
    lifetime::RULE,
    ramp::RULE,
    trailing_zero::RULE,
    abbreviation::RULE,
    capital_name::RULE,
    formulation_in_name::RULE,
    conjugate::RULE,
    methotrexate_daily::RULE,
    lomustine::RULE,
    cisplatin_cycle::RULE,
    intrathecal_by_size::RULE,
    vinca_day::RULE,
    intrathecal_drug::RULE,
    activity_units::RULE,
    carboplatin::RULE,
    auc_range::RULE,
    twin::RULE,
    infusions_overlap::RULE,
    ends_day::RULE,
    window_wide::RULE,
    delay_short::RULE,
    gap_broken::RULE,
    loading_small::RULE,
    cap_flat::RULE,
    cap_odd::RULE,
    maximum_low::RULE,
    step_coarse::RULE,
    within_wide::RULE,
    tablets_flat::RULE,
    start_dead::RULE,
    drug_untried::RULE,
    example_fails::RULE,
    only_first::RULE,
    cap_untried::RULE,
    placeholder::RULE,
    source_lost::RULE,
    limit_far::RULE,
    ladder_above::RULE,
    until_worse::RULE,
    raised_above::RULE,
    odd_letter::RULE,
    not_compared::RULE,
    cycle_short::RULE,
    phases_overlap::RULE,
    rules_contradict::RULE,
    loading_unclear::RULE,
    split_day::RULE,
    counted_doses::RULE,
    number_plain::RULE,
    dose_far::RULE,
];

/// The rule of a code, or of a name.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.name().eq_ignore_ascii_case(code) || rule.name == code)
}

/// Applies every rule that has a check of its own.
pub(super) fn apply(definition: &Definition, regimen: Option<&Regimen>, findings: &mut Vec<Finding>) {
    let context = Context { definition, regimen };
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(&context, findings);
    }
}

/// What a text came to.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The regimen, when nothing blocks.
    pub regimen: Option<Regimen>,
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
/// let unknown_key = checked.findings.iter().find(|finding| finding.code == "R004").unwrap();
/// assert!(unknown_key.help.as_deref().unwrap().contains("length"));
/// ```
pub fn check(text: &[u8], site: &Site) -> Checked {
    let Read { definition, mut findings, sha256 } = read(text);
    let Some(definition) = definition else { return Checked { regimen: None, findings, sha256 } };
    let (mut regimen, more) = resolve(&definition, &sha256, site);
    findings.extend(more);
    apply(&definition, regimen.as_ref(), &mut findings);
    let blocked = crate::finding::blocks(&findings);
    findings = fewer(findings);
    findings.sort_by_key(|finding| finding.places.first().map_or(0, |place| place.range.start));
    if blocked {
        regimen = None;
    }
    Checked { regimen, findings, sha256 }
}
