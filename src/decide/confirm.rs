//! Who answers what: a reason lifts a WARN, an act lifts a CONFIRM.

use crate::course::Answered;
use crate::course::event::{Answer, How};
use crate::finding::{DoseInQuestion, Finding, Lift, Severity};
use crate::quantity::Amount;

/// What a face was shown for a CONFIRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The code of what was confirmed.
    pub code: String,
    /// How.
    pub how: How,
    /// The second person, where one confirmed it.
    pub second: Option<String>,
    /// The doses that the second person worked out and typed, by the full names of their drugs.
    pub doses: Vec<(String, Amount)>,
    /// Why it is right.
    pub reason: String,
}

impl Confirmation {
    /// Whether it is the act that a finding asks for. A unit is typed behind its figure and confirmed in no other way.
    pub fn lifts(&self, finding: &Finding) -> bool {
        let act = match finding.lift() {
            Some(Lift::Again(_)) => true,
            Some(Lift::Second(asked)) => {
                let typed = |dose: &DoseInQuestion| self.doses.iter().any(|(drug, typed)| dose.is(drug, *typed));
                self.how == How::Second && asked.as_ref().is_none_or(typed)
            }
            Some(Lift::Unit(_) | Lift::Reason) | None => false,
        };
        act && self.code == finding.code.name() && !self.reason.trim().is_empty()
    }

    /// As an answer to whatever is asked under its code, while the figure is only typed.
    pub fn provisional(&self) -> Answered {
        Answered {
            code: self.code.clone(),
            figure: None,
            how: Some(self.how),
            second: self.second.clone(),
            typed: Some(self.doses.clone()),
            who: String::new(),
            on: None,
            reason: self.reason.clone(),
        }
    }

    /// As an entry holds it before its findings are known.
    pub(super) fn in_trial(&self) -> Answer {
        let (code, reason, second) = (self.code.clone(), self.reason.clone(), self.second.clone());
        let typed = Some(self.doses.clone());
        Answer { code, text: String::new(), reason, figure: None, how: Some(self.how), second, typed }
    }

    /// Answers that are only typed, of a course that is not on record.
    pub fn of(answered: &Answered) -> Option<Self> {
        let (code, reason, second) = (answered.code.clone(), answered.reason.clone(), answered.second.clone());
        let doses = answered.typed.clone().unwrap_or_default();
        answered.how.filter(|_| answered.on.is_none()).map(|how| Self { code, how, second, doses, reason })
    }
}

/// What a person has answered.
#[derive(Debug, Clone, Copy)]
pub struct Replies<'a> {
    /// Code and reason of each WARN.
    pub accepted: &'a [(String, String)],
    /// What was confirmed.
    pub confirmed: &'a [Confirmation],
}

impl Replies<'_> {
    /// The answer to a finding as an entry keeps it; `None` while it waits, and of what asks nothing. What a plan has
    /// settled by an act that is only typed is kept with it too.
    pub fn answer(&self, finding: &Finding) -> Option<Answer> {
        let figure = finding.question.as_deref().and_then(|question| question.figure);
        let code = finding.code.name();
        let (reason, how, second) = match finding.severity {
            Severity::Block => return None,
            Severity::Warn => {
                let said = |(one, reason): &&(String, String)| one == code && !reason.trim().is_empty();
                (self.accepted.iter().find(said)?.1.clone(), None, None)
            }
            Severity::Confirm | Severity::Note => {
                let by = self.confirmed.iter().find(|one| one.lifts(finding))?;
                (by.reason.clone(), Some(by.how), by.second.clone())
            }
        };
        Some(Answer { code: code.to_owned(), text: finding.text.clone(), reason, figure, how, second, typed: None })
    }
}
