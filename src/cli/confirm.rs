//! `--confirm` and `--second`: how a message marked CONFIRM is answered on the command line.
//!
//! A reason alone confirms nothing. Either a second person is named, or what was measured is typed again when the program asks
//! for it, on a terminal: it is never filled in, and two different figures are refused.

use crate::course::Answered;
use crate::course::event::How;
use crate::decide::Confirmation;
use crate::failure::Failure;
use crate::finding::{Field, Finding, Lift, Severity};
use crate::subject::{Fact, Subject};
use crate::writing::same_person;

use super::Output;
use super::read::{self, today};

/// What confirms.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Confirming {
    /// Answer a CONFIRM with the reason: --confirm bmi-range="weighed twice"; the figure is then asked for once
    /// more, or --second says who confirms it (may be repeated)
    #[arg(long, value_name = "CODE=REASON", value_parser = read::confirmed)]
    confirm: Vec<(String, String)>,
    /// The second person who has confirmed it
    #[arg(long, value_name = "NAME", requires = "confirm")]
    second: Option<String>,
}

impl Confirming {
    /// What is confirmed of these findings; a subject's figures are those that were typed first.
    pub(crate) fn of(
        &self,
        findings: &[Finding],
        subject: &Subject,
        who: Option<&str>,
        output: &mut Output,
    ) -> Result<Vec<Confirmation>, Failure> {
        let reason = |finding: &Finding| self.confirm.iter().find(|(code, _)| code == finding.code.name());
        let waiting = findings.iter().filter(|finding| finding.severity == Severity::Confirm);
        let (mut known, mut confirmed): (Vec<Field>, Vec<Confirmation>) = (Vec::new(), Vec::new());
        for finding in waiting {
            let Some((code, reason)) = reason(finding) else { continue };
            let how = match (&self.second, finding.lift()) {
                (_, Some(Lift::Unit(_) | Lift::Reason) | None) => continue,
                (Some(second), _) => second_person(second, who)?,
                (None, Some(Lift::Second)) => return Err(needs_second(finding)),
                (None, Some(Lift::Again(fields))) => {
                    for field in fields.iter().filter(|field| is_typed(field, subject)) {
                        if !known.contains(field) {
                            again(field, subject, finding, output)?;
                            known.push(field.clone());
                        }
                    }
                    How::Again
                }
            };
            let second = self.second.clone().filter(|_| how == How::Second);
            confirmed.push(Confirmation { code: code.clone(), how, second, reason: reason.clone() });
        }
        Ok(confirmed)
    }

    /// The same for what is calculated and not recorded.
    pub(crate) fn answered(
        &self,
        findings: &[Finding],
        subject: &Subject,
        output: &mut Output,
    ) -> Result<Vec<Answered>, Failure> {
        Ok(self.of(findings, subject, None, output)?.iter().map(Confirmation::provisional).collect())
    }
}

fn is_typed(field: &Field, subject: &Subject) -> bool {
    Fact::called(&field.to_string()).is_some_and(|fact| subject.get(fact).is_some())
}

fn second_person(second: &str, who: Option<&str>) -> Result<How, Failure> {
    if who.is_some_and(|who| same_person(who, second)) {
        return Err(Failure::refused("--second names the same person as --who").hint("a second person confirms it"));
    }
    Ok(How::Second)
}

fn needs_second(finding: &Finding) -> Failure {
    let hint = format!("add --second NAME beside --confirm {}=\"reason\"", finding.code);
    Failure::blocked(vec![finding.clone()]).hint(hint)
}

/// Asks for a figure once more; where nobody sits at a terminal, a second person has to confirm it.
fn again(field: &Field, subject: &Subject, finding: &Finding, output: &mut Output) -> Result<(), Failure> {
    let Some(fact) = Fact::called(&field.to_string()) else { return Ok(()) };
    let (described, first) = (fact.described(), subject.get(fact));
    let question = format!("{} measured again, {}", described.label, described.hint);
    let Some(line) = output.ask(&question) else { return Err(needs_second(finding)) };
    let typed = fact.read(line.trim(), today()?).map_err(|error| read::unreadable("typed again:", &error))?;
    if first.as_ref() == Some(&typed.value) {
        return Ok(());
    }
    let first = first.map_or_else(String::new, |first| first.to_string());
    let text = format!("the {} was typed as {first} and then as {}", described.noun, typed.value);
    Err(Failure::refused(text)
        .hint(format!("nothing is calculated while the two differ: measure the {} again", described.noun)))
}
