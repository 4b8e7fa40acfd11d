//! How the command line is told what was observed: the option of each kind, and, of a subject of the record, the command.

use crate::advice::{ObservationKind, Question, Unused, looked_at};
use crate::quantity::number::shown;
use crate::regimen::Regimen;

/// `--lab "ALT … U/L"`. It holds no figure that could be taken over.
fn option(kind: ObservationKind, name: &str, unit: Option<&str>) -> String {
    let unit = unit.map_or_else(String::new, |unit| format!(" {unit}"));
    match kind {
        ObservationKind::Test => format!("--lab \"{name} …{unit}\""),
        ObservationKind::Limit => format!("--uln \"{name} …{unit}\""),
        ObservationKind::Grade => format!("--grade \"{name} …\""),
        ObservationKind::Event => format!("--event \"{name}\""),
        ObservationKind::Occurrence => format!("--occurrence \"{name} …\""),
        ObservationKind::Level => format!("--level {name}=…"),
        ObservationKind::Genotype => "--genotype \"…\"".to_owned(),
        ObservationKind::Cohort => "--cohort …".to_owned(),
        ObservationKind::Age => "--age …".to_owned(),
        ObservationKind::Weight => "--weight …".to_owned(),
        ObservationKind::Surface => "--bsa \"… m2\"".to_owned(),
        ObservationKind::Gfr => "--gfr \"… mL/min\"".to_owned(),
        ObservationKind::Day => "--day …".to_owned(),
    }
}

/// How a question is answered; what the record of a subject should know is recorded there first.
pub fn answer(question: &Question, subject: Option<&str>) -> String {
    if question.kind == ObservationKind::Test && question.unit.is_none() {
        return "compare it by hand".to_owned();
    }
    let option = option(question.kind, &question.name, question.unit);
    let Some(code) = subject else {
        return match question.kind {
            ObservationKind::Event => format!("{option} or --without \"{}\"", question.name),
            _ => option,
        };
    };
    match question.kind {
        ObservationKind::Weight | ObservationKind::Gfr => {
            format!("record it: posology subject measure {code} {option}")
        }
        ObservationKind::Genotype | ObservationKind::Age | ObservationKind::Cohort => {
            format!("correct the enrolment: posology subject correct {code} ENTRY {option}")
        }
        ObservationKind::Surface => "look the row up by hand, with the body surface of the plan".to_owned(),
        _ => answer(question, None),
    }
}

/// What was said for nothing, and what is near it: `No rule of this file looks at "neuropathy grade 3"; did you mean
/// --grade "peripheral neuropathy …"?`
pub fn nobody_looks(unused: &Unused) -> String {
    let near = unused.near.as_ref().map(|(kind, name)| format!("; did you mean {}?", option(*kind, name, None)));
    format!("No rule of this file looks at \"{}\"{}", shown(&unused.said), near.unwrap_or_else(|| ".".to_owned()))
}

/// What the file does look at, in one line: `--lab platelets, ALT; --grade peripheral neuropathy`.
pub fn looks_at(regimen: &Regimen) -> Option<String> {
    let all = looked_at(regimen);
    let of = |kind: ObservationKind, option: &str| {
        let names: Vec<&str> = all.iter().filter(|(one, _)| *one == kind).map(|(_, name)| name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{option} {}", names.join(", ")))
    };
    let kinds =
        [(ObservationKind::Test, "--lab"), (ObservationKind::Grade, "--grade"), (ObservationKind::Event, "--event")];
    let told: Vec<String> = kinds.into_iter().filter_map(|(kind, option)| of(kind, option)).collect();
    (!told.is_empty()).then(|| format!("This file looks at: {}.", told.join("; ")))
}
