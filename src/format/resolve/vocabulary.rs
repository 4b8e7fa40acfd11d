//! Every closed list of words of the format, by the struct and key it belongs to: what the JSON Schema offers an
//! editor is read from the lists that [`super::resolve()`] reads.

use super::resolver::UNKNOWN;
use super::{SETTING, STATUS, assessment, body, cycle, drug, eligibility, ladder, phase, rounding, rule, timing};

/// One key that takes one of a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// The struct of the definition.
    pub table: &'static str,
    /// The key.
    pub key: &'static str,
    /// The words, in the order in which messages list them.
    pub words: Vec<&'static str>,
}

/// May be left to the site's own file.
const SITE: &[&str] = &["site"];
const NO_MORE: &[&str] = &[];

fn of<T>(table: &'static str, key: &'static str, words: &[(&'static str, T)], more: &[&'static str]) -> Vocabulary {
    let words = words.iter().map(|(word, _)| *word).chain(more.iter().copied()).collect();
    Vocabulary { table, key, words }
}

/// Every key that takes one of a few words.
///
/// ```
/// let all = posology::format::vocabularies();
/// let status = all.iter().find(|one| one.key == "status").unwrap();
/// assert_eq!(status.words, ["draft", "reviewed", "approved", "retired"]);
/// ```
pub fn vocabularies() -> Vec<Vocabulary> {
    let routes: Vec<(&str, ())> = timing::ROUTES.iter().map(|word| (*word, ())).collect();
    vec![
        of("RegimenDef", "status", STATUS, NO_MORE),
        of("RegimenDef", "setting", SETTING, NO_MORE),
        of("RegimenDef", "cycle_word", cycle::CYCLE_WORDS, NO_MORE),
        of("CycleDef", "next", cycle::NEXT, SITE),
        of("CountDef", "omitted", cycle::OMITTED, NO_MORE),
        of("DefaultsDef", "weight", body::WEIGHTS, SITE),
        of("DefaultsDef", "next", cycle::NEXT, SITE),
        of("BodyDef", "weight", body::WEIGHTS, SITE),
        of("RecalculateDef", "since", body::SINCE, NO_MORE),
        of("DrugDef", "role", timing::ROLES, NO_MORE),
        of("DrugDef", "route", &routes, &["site", UNKNOWN]),
        of("DrugDef", "given", timing::GIVEN, NO_MORE),
        of("DrugDef", "weight", body::WEIGHTS, SITE),
        of("DrugDef", "starts", timing::PARTS, NO_MORE),
        of("DrugDef", "form", drug::FORMS, NO_MORE),
        of("DrugDef", "age_at", drug::AGES, NO_MORE),
        of("DrugDef", "clock", timing::CLOCKS, NO_MORE),
        of("GfrDef", "weight", body::WEIGHTS, SITE),
        of("GfrDef", "recalculate", drug::AGAIN, NO_MORE),
        of("ReduceDef", "then", ladder::THEN, NO_MORE),
        of("ReduceDef", "raise_again", ladder::RAISE, NO_MORE),
        of("RoundDef", "ties", rounding::TIES, NO_MORE),
        of("RoundDef", "of", rounding::FIGURES, NO_MORE),
        of("RoundDef", "larger", timing::PARTS, NO_MORE),
        of("PhaseDef", "numbering", phase::NUMBERING, NO_MORE),
        of("BeginsDef", "on", phase::ON, NO_MORE),
        of("AssessmentDef", "clock", assessment::CLOCKS, NO_MORE),
        of("CriterionDef", "otherwise", eligibility::OTHERWISE, NO_MORE),
        of("RuleDef", "ctcae", rule::CTCAE, &[UNKNOWN]),
        of("ExpectDef", "part", timing::PARTS, NO_MORE),
    ]
}
