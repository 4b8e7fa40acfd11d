//! What a rule is, and what it looks at.

use std::ops::Range;

use crate::finding::{Code, Finding, Severity};
use crate::format::definition::{Definition, DrugDef, Table};
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

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `R013`, with its page.
    pub code: Code,
    /// A name in kebab-case.
    pub name: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Where they come from.
    pub found: Found,
}

/// Where the findings of a rule come from.
#[derive(Debug, Clone, Copy)]
pub enum Found {
    /// A check of its own.
    By(Check),
    /// Who meets the fault on the way: a file or folder below `src/`.
    In(&'static str),
}

/// Looks at a file and adds what it finds.
pub type Check = fn(&Context, &mut Vec<Finding>);

impl Rule {
    /// A rule with a check of its own.
    pub(super) const fn checked(code: Code, name: &'static str, severity: Severity, check: Check) -> Self {
        Self { code, name, severity, found: Found::By(check) }
    }

    /// A rule that is held on the way.
    pub(super) const fn held(code: Code, name: &'static str, severity: Severity, place: &'static str) -> Self {
        Self { code, name, severity, found: Found::In(place) }
    }

    /// A finding of this rule.
    pub(super) fn finding(&self, text: impl Into<String>) -> Finding {
        Finding::new(self.severity, self.code, text)
    }

    /// Its page, as text.
    pub fn page(&self) -> String {
        let lines = self.code.page().lines().filter(|line| !line.starts_with("```"));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// What the rule says, in one line.
    pub fn summary(&self) -> &'static str {
        self.code.title()
    }
}
