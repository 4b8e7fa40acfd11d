//! What was asked about a subject and answered: one answer holds for the course, until its figure moves.

use crate::calendar::{self, Date};
use crate::finding::{Figure, Finding, Lift, Severity};
use crate::quantity::Amount;

use super::Course;
use super::event::{Answer, Entry, How};

/// An answer that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The code of what was asked.
    pub code: String,
    /// The figure it was asked of; `None` of an answer to whatever is asked under the code.
    pub figure: Option<Figure>,
    /// How it was confirmed; `None` of a warning.
    pub how: Option<How>,
    /// The second person.
    pub second: Option<String>,
    /// While it is only typed: the doses that the second person worked out.
    pub typed: Option<Vec<(String, Amount)>>,
    /// Who answered.
    pub who: String,
    /// The day; `None` while it is only typed.
    pub on: Option<Date>,
    /// The reason.
    pub reason: String,
}

impl Answered {
    /// An answer as an entry keeps it.
    pub fn kept(answer: &Answer, entry: &Entry) -> Self {
        Self {
            code: answer.code.clone(),
            figure: answer.figure,
            how: answer.how,
            second: answer.second.clone(),
            typed: answer.typed.clone(),
            who: entry.who.clone(),
            on: Some(entry.effective),
            reason: answer.reason.clone(),
        }
    }

    fn answers(&self, finding: &Finding) -> bool {
        let Some(question) = finding.question.as_deref() else { return false };
        let enough = match finding.severity {
            Severity::Confirm => self.how.is_some(),
            Severity::Warn => true,
            Severity::Block | Severity::Note => false,
        };
        let near = match (question.figure, self.figure) {
            (None, _) => true,
            (Some(_), None) => self.how.is_some(),
            (Some(now), Some(then)) => now.is_near(then),
        };
        let worked_out = match (&question.lift, &self.typed) {
            (Lift::Second(Some(dose)), Some(typed)) => typed.iter().any(|(drug, typed)| dose.is(drug, *typed)),
            _ => true,
        };
        enough && worked_out && self.code == finding.code.name() && near
    }

    /// `Confirmed by A. Nurse and B. Lee on 07-Dec-2026: weighed twice.`
    fn words(&self) -> String {
        let done = match self.how {
            Some(How::Again) => "Measured again",
            Some(How::Second) => "Confirmed",
            None => "Answered",
        };
        let people = [Some(self.who.as_str()), self.second.as_deref()];
        let people: Vec<&str> = people.into_iter().flatten().filter(|who| !who.is_empty()).collect();
        let by = if people.is_empty() { String::new() } else { format!(" by {}", people.join(" and ")) };
        let on = self.on.map_or_else(String::new, |on| format!(" on {}", calendar::print(on)));
        format!("{done}{by}{on}: {}.", self.reason.trim_end_matches('.'))
    }
}

impl Course {
    /// Findings with what was answered as notes: a question comes back only when its figure has moved.
    pub fn settle(&self, findings: Vec<Finding>) -> Vec<Finding> {
        settle(&self.answered, findings)
    }
}

/// The same of answers that belong to no course.
pub fn settle(answered: &[Answered], findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().map(|finding| settled(answered, finding)).collect()
}

fn settled(answered: &[Answered], finding: Finding) -> Finding {
    match answered.iter().rev().find(|answer| answer.answers(&finding)) {
        Some(answer) => {
            let text = format!("{} {}", finding.text, answer.words());
            Finding { severity: Severity::Note, text, remedy: None, ..finding }
        }
        None => finding,
    }
}
