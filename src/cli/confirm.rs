//! `--confirm` and `--second`: how a message marked CONFIRM is answered on the command line.
//!
//! A reason alone confirms nothing. Either a second person is named, or what was measured is typed again when the program asks
//! for it, on a terminal: it is never filled in, and two different figures are refused. Of a dose the second person types
//! what they worked out themselves.

use crate::course::Answered;
use crate::course::event::How;
use crate::decide::Confirmation;
use crate::failure::Failure;
use crate::finding::{DoseInQuestion, Field, Finding, Lift, Severity};
use crate::quantity::Amount;
use crate::subject::{Fact, Subject};
use crate::writing::same_person;

use super::Output;
use super::dose_of::DoseOf;
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
    /// The dose in question as the second person works it out, where nobody sits at a terminal: "doxorubicin=130 mg"
    /// (may be repeated)
    #[arg(long, value_name = "DRUG=DOSE", requires = "second", value_parser = DoseOf::read)]
    second_figure: Vec<DoseOf>,
}

impl Confirming {
    /// What is confirmed of these findings; a subject's figures are those that were typed first.
    pub(crate) fn of(
        &self,
        findings: &[Finding],
        subject: &Subject,
        (who, code): (Option<&str>, Option<&str>),
        output: &mut Output,
    ) -> Result<Vec<Confirmation>, Failure> {
        let reason = |finding: &Finding| self.confirm.iter().find(|(code, _)| code == finding.code.name());
        let waiting = findings.iter().filter(|finding| finding.severity == Severity::Confirm);
        let (mut known, mut confirmed): (Vec<Field>, Vec<Confirmation>) = (Vec::new(), Vec::new());
        for finding in waiting {
            let Some((code_of, reason)) = reason(finding) else { continue };
            let mut doses = Vec::new();
            let how = match (&self.second, finding.lift()) {
                (_, Some(Lift::Unit(_) | Lift::Reason) | None) => continue,
                (Some(second), Some(lift)) => {
                    let how = second_person(second, who)?;
                    if let Lift::Second(Some(asked)) = lift {
                        doses.push((asked.drug.clone(), self.worked_out(asked, finding, code, output)?));
                    }
                    how
                }
                (None, Some(Lift::Second(_))) => return Err(needs_second(finding)),
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
            confirmed.push(Confirmation { code: code_of.clone(), how, second, doses, reason: reason.clone() });
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
        Ok(self.of(findings, subject, (None, None), output)?.iter().map(Confirmation::provisional).collect())
    }
}

impl Confirming {
    /// The dose in question as the second person types it, who does not see it; on a terminal the subject's code before it.
    fn worked_out(
        &self,
        asked: &DoseInQuestion,
        finding: &Finding,
        code: Option<&str>,
        output: &mut Output,
    ) -> Result<Amount, Failure> {
        let of = |one: &&DoseOf| one.drug.as_ref().is_none_or(|drug| drug.eq_ignore_ascii_case(&asked.drug));
        let typed = match self.second_figure.iter().find(of) {
            Some(one) => one.dose,
            None => self.asked_of_second(asked, finding, code, output)?,
        };
        if asked.is(&asked.drug, typed) {
            return Ok(typed);
        }
        let text = format!("the second person came to another dose of {} than the plan: {typed}", asked.drug);
        Err(Failure::refused(text)
            .hint("nothing is confirmed while the two differ: work the dose out from the protocol"))
    }

    fn asked_of_second(
        &self,
        asked: &DoseInQuestion,
        finding: &Finding,
        code: Option<&str>,
        output: &mut Output,
    ) -> Result<Amount, Failure> {
        let name = self.second.as_deref().unwrap_or_default();
        let needed = || {
            let hint = format!("add --second-figure \"{}=DOSE\" as {name} works it out", asked.drug);
            Failure::blocked(vec![finding.clone()]).hint(hint)
        };
        if let Some(code) = code {
            let typed = output.ask(&format!("{name}: the subject's code")).ok_or_else(needed)?;
            if typed.trim() != code {
                return Err(Failure::refused("the second person named another subject"));
            }
        }
        let question = format!("{name}: the dose of {}, worked out from the protocol, with its unit", asked.drug);
        let line = output.ask(&question).ok_or_else(needed)?;
        Amount::read(line.trim()).map_err(|error| read::unreadable("the second person's dose:", &error))
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
