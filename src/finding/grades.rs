//! What a site asks beyond the program: for the codes it names, a grade that nothing of theirs is below. A grade is raised, never
//! lowered, so that no file can take a check away.

use std::collections::BTreeMap;

use super::{Field, Finding, Lift, Severity};

/// The least grade of each code that a site names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grades(BTreeMap<String, Severity>);

impl Grades {
    /// The words of a file.
    pub const WORDS: &'static [&'static str] = &["warn", "confirm", "block"];

    /// Whether nothing is raised.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The grade of a word; `None` of another word, and of `note`, which raises nothing.
    pub fn read(word: &str) -> Option<Severity> {
        Some(match word {
            "warn" => Severity::Warn,
            "confirm" => Severity::Confirm,
            "block" => Severity::Block,
            _ => return None,
        })
    }

    /// The least grade of a code.
    pub fn of(&self, code: &str) -> Option<Severity> {
        self.0.get(code).copied()
    }

    /// Raises a code to a grade; a graver one that stands already stays.
    pub fn raise(&mut self, code: impl Into<String>, to: Severity) {
        let known = self.0.entry(code.into()).or_insert(to);
        *known = (*known).min(to);
    }

    /// The codes with their grades.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.0.iter().map(|(code, severity)| (code.as_str(), *severity))
    }

    /// Both together; of a code that stands in both the graver.
    pub fn and(&mut self, other: &Grades) {
        other.rows().for_each(|(code, severity)| self.raise(code, severity));
    }

    /// The findings, each at its own grade or the site's.
    #[must_use]
    pub fn raised(&self, findings: Vec<Finding>) -> Vec<Finding> {
        if self.is_empty() {
            return findings;
        }
        findings.into_iter().map(|one| self.of(one.code.name()).map_or(one.clone(), |to| raised(one, to))).collect()
    }

    /// The same of what is told of a file. Nobody confirms a file by an act: what has to be confirmed of it is answered with a
    /// reason by each of the two who approve it.
    #[must_use]
    pub fn raised_in_file(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let at_most = |to: Severity| if to == Severity::Confirm { Severity::Warn } else { to };
        let grades = Grades(self.0.iter().map(|(code, to)| (code.clone(), at_most(*to))).collect());
        grades.raised(findings)
    }
}

/// What lifts it at its new grade is what lifts that grade: a figure of the body is measured again, all else a second person
/// confirms.
fn raised(finding: Finding, to: Severity) -> Finding {
    if finding.severity <= to {
        return finding;
    }
    let measured = [Field::Height, Field::Weight, Field::Age, Field::Creatinine, Field::Gfr];
    let field = finding.field.clone().filter(|field| measured.contains(field));
    let figure = finding.question.as_deref().and_then(|question| question.figure);
    let lift = match (to, finding.lift()) {
        (Severity::Confirm, Some(lift @ (Lift::Again(_) | Lift::Second(_)))) => lift.clone(),
        (Severity::Confirm, _) => field.map_or(Lift::Second(None), |field| Lift::Again(vec![field])),
        (_, lift) => lift.cloned().unwrap_or(Lift::Reason),
    };
    let text = format!("{} The site asks {} of it.", finding.text, to.word());
    Finding { severity: to, text, ..finding }.asking(figure, lift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{About, Code};

    const CODE: Code = Code::new(&About { name: "bmi-range", title: "", asks: None, page: "" });

    #[test]
    fn a_grade_is_raised_and_never_lowered() {
        let mut grades = Grades::default();
        grades.raise("bmi-range", Severity::Warn);
        let of = |grades: &Grades, severity| {
            let finding = Finding::new(severity, CODE, "x.").field(Field::Weight);
            grades.raised(vec![finding])[0].clone()
        };
        assert_eq!(of(&grades, Severity::Note).severity, Severity::Warn);
        for graver in [Severity::Warn, Severity::Confirm, Severity::Block] {
            assert_eq!(of(&grades, graver), Finding::new(graver, CODE, "x.").field(Field::Weight));
        }
        grades.raise("bmi-range", Severity::Confirm);
        grades.raise("bmi-range", Severity::Warn);
        let confirm = of(&grades, Severity::Warn);
        assert_eq!(confirm.severity, Severity::Confirm);
        assert_eq!(confirm.lift(), Some(&Lift::Again(vec![Field::Weight])));
        assert_eq!(confirm.text, "x. The site asks CONFIRM of it.");
        let dose = grades.raised(vec![Finding::note(CODE, "x.")]);
        assert_eq!(dose[0].lift(), Some(&Lift::Second(None)));
        assert_eq!(grades.raised_in_file(vec![Finding::note(CODE, "x.")])[0].severity, Severity::Warn);
    }
}
