//! How the command line asks for what a finding wants: the option or the command of each field.

use crate::failure::Failure;
use crate::finding::{Field, Finding, Lift, Remedy, Severity};

/// The option or the command that a field is typed with; `None` of what is no option anywhere.
pub fn option(field: &Field) -> Option<&'static str> {
    Some(match field {
        Field::Height => "--height",
        Field::Weight => "--weight",
        Field::Sex => "--sex",
        Field::Age => "--age",
        Field::Born => "--born",
        Field::Creatinine => "--creatinine",
        Field::Gfr => "--gfr",
        Field::Genotype => "--genotype",
        Field::Lab => "--lab",
        Field::UpperLimit => "--uln",
        Field::Cohort => "--cohort",
        Field::Instead => "--instead",
        Field::Exposure => "--exposure",
        Field::Start => "--start",
        Field::Measured => "--measured",
        Field::Consented => "--consented",
        Field::Enrolled => "--enrolled",
        Field::Randomised => "--randomised",
        Field::Cycles => "--cycles",
        Field::Surface => "--bsa",
        Field::Who => "--who",
        Field::Phase => "--phase",
        Field::Cycle => "--cycle",
        Field::FromCycle => "--from",
        Field::Day => "--day",
        Field::Drug => "--drug",
        Field::Dose => "--dose",
        Field::SecondDose => "--second-dose",
        Field::On => "--on",
        Field::Days => "--days",
        Field::Level => "--level",
        Field::Reason => "--reason",
        Field::Criteria => "posology subject criteria CODE",
        Field::Count => "posology subject supply CODE",
        Field::Version => "posology subject move CODE",
        Field::History => "posology subject show CODE --history",
        Field::Records => "--data",
        Field::Enrolment => "posology subject add CODE",
        Field::Replace => "--force",
        Field::Verification => "posology audit verify",
        Field::Backup => "posology restore",
        Field::Approval => "posology regimen approve",
        Field::Subject | Field::Regimen | Field::Entry | Field::Auc | Field::DoseOf(_) | Field::Key(_) => return None,
    })
}

/// What is wanted, with the options and commands: `replace it (--force)`; a command names the subject that it is about.
pub fn words(remedy: &Remedy, subject: Option<&str>) -> String {
    let options: Vec<&str> = remedy.fields.iter().filter_map(option).collect();
    match options.as_slice() {
        [] => remedy.text.clone(),
        options => {
            let options = options.join(", ");
            let options = subject.map_or_else(|| options.clone(), |code| options.replace(CODE, code));
            format!("{} ({options})", remedy.text)
        }
    }
}

/// In a command, where the subject's code stands.
const CODE: &str = "CODE";

/// What to do, with the options it is typed with: `choose the phase (--phase)`; and of a CONFIRM how it is answered here.
pub fn help(finding: &Finding, subject: Option<&str>) -> Option<String> {
    let wanted = words(finding.remedy.as_deref()?, subject);
    let code = finding.code;
    Some(match finding.lift().filter(|_| finding.severity == Severity::Confirm) {
        Some(Lift::Again(_)) => format!(
            "{wanted}; if it is right, add --confirm {code}=\"reason\": it is asked for once more, or --second NAME says who confirms it"
        ),
        Some(Lift::Second(None)) => format!("{wanted}; if it is right, add --confirm {code}=\"reason\" --second NAME"),
        Some(Lift::Second(Some(dose))) => format!(
            "{wanted}; if it is right, add --confirm {code}=\"reason\" --second NAME: they are asked for the dose they work out, or --second-figure \"{}=DOSE\" says it",
            dose.drug
        ),
        _ => wanted,
    })
}

/// Everything that would put a failure right.
pub fn of_failure(failure: &Failure, subject: Option<&str>) -> Vec<String> {
    failure.remedies.iter().map(|remedy| words(remedy, subject)).chain(failure.hints.iter().cloned()).collect()
}
