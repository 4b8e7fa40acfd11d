//! What else the export dialog asks, a row a question: what a format can be told, under the same names as on the command line.

use crate::export::{Options, Replaces};
use crate::study::{Contact, Jurisdiction, LabelSize};

/// A question of the export dialog.
pub struct Choice {
    /// The option of the command line that says the same.
    pub option: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What may be typed.
    pub hint: &'static str,
    /// Whether a format is asked it, by the format's name.
    pub of: fn(&str) -> bool,
    set: fn(&mut Options, &str) -> Result<(), String>,
}

impl Choice {
    /// Puts an answer into the options; nothing typed says nothing.
    pub fn say(&self, options: &mut Options, text: &str) -> Result<(), String> {
        let text = text.trim();
        if text.is_empty() { Ok(()) } else { (self.set)(options, text) }
    }
}

fn printed(id: &str) -> bool {
    id.starts_with("html-") || id.starts_with("pdf-")
}

fn for_patients(id: &str) -> bool {
    id.ends_with("-calendar")
}

fn rows(id: &str) -> bool {
    ["csv", "json", "jsonl", "text", "markdown", "xlsx", "parquet"].contains(&id)
}

fn yes(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err(format!("\"{}\" is neither yes nor no: write y or n", crate::quantity::number::shown(text))),
    }
}

fn number(text: &str) -> Result<u32, String> {
    let wrong = || format!("\"{}\" is not a number from 1: write such as 14", crate::quantity::number::shown(text));
    text.parse().ok().filter(|number| *number > 0).ok_or_else(wrong)
}

fn one_of<T>(text: &str, words: &[&str], of: fn(&str) -> Option<T>) -> Result<T, String> {
    let wrong = || format!("\"{}\" is none of {}", crate::quantity::number::shown(text), words.join(", "));
    of(&text.to_ascii_lowercase()).ok_or_else(wrong)
}

/// Every question, in the order in which they are asked.
pub const CHOICES: &[Choice] = &[
    Choice {
        option: "replaces",
        label: "Replaces sheet",
        hint: "1 of 01-Dec-2026, or none",
        of: for_patients,
        set: |options, text| Replaces::read(text).map(|replaces| options.print.replaces = replaces),
    },
    Choice {
        option: "contact",
        label: "Whom to call",
        hint: "nurse=01234 5678; more behind a ;",
        of: for_patients,
        set: |options, text| {
            for one in text.split(';').map(str::trim).filter(|one| !one.is_empty()) {
                let (who, number) = one.split_once('=').ok_or("write who=number, such as study nurse=01234 5678")?;
                let (who, number) = (who.trim().to_owned(), number.trim().to_owned());
                options.print.contacts.push(Contact { who, number, when: None });
            }
            Ok(())
        },
    },
    Choice {
        option: "bring",
        label: "Bring along",
        hint: "study card; list of medicines",
        of: for_patients,
        set: |options, text| {
            let items = text.split(';').map(str::trim).filter(|one| !one.is_empty());
            options.print.bring.extend(items.map(str::to_owned));
            Ok(())
        },
    },
    Choice {
        option: "with-given",
        label: "What was given",
        hint: "y prints it as well, marked GIVEN",
        of: |id| id.ends_with("-worksheet") || id.ends_with("-labels"),
        set: |options, text| yes(text).map(|yes| options.print.given = yes),
    },
    Choice {
        option: "label-stock",
        label: "Labels on",
        hint: "a4-8, letter-10 or roll-102x76",
        of: |id| id.ends_with("-labels"),
        set: |options, text| one_of(text, LabelSize::WORDS, LabelSize::of).map(|it| options.print.labels = Some(it)),
    },
    Choice {
        option: "jurisdiction",
        label: "Whose law",
        hint: "us, eu or china words the labels",
        of: |id| id.ends_with("-labels"),
        set: |options, text| {
            one_of(text, Jurisdiction::WORDS, Jurisdiction::of).map(|it| options.print.jurisdiction = Some(it))
        },
    },
    Choice {
        option: "only-cycle",
        label: "Only number",
        hint: "its number; empty for all",
        of: printed,
        set: |options, text| number(text).map(|cycle| options.print.cycle = Some(cycle)),
    },
    Choice {
        option: "letter",
        label: "Letter paper",
        hint: "y instead of A4",
        of: |id| printed(id) || id == "xlsx",
        set: |options, text| yes(text).map(|yes| options.letter = yes),
    },
    Choice {
        option: "show-drugs",
        label: "Drugs in titles",
        hint: "y: a passer-by may read them",
        of: |id| id == "ics",
        set: |options, text| yes(text).map(|yes| options.show_drugs = yes),
    },
    Choice {
        option: "id",
        label: "Number (ID)",
        hint: "of the subject in the table, such as 14",
        of: |id| id == "nonmem",
        set: |options, text| number(text).map(|id| options.id = Some(id)),
    },
    Choice {
        option: "shortest-infusion",
        label: "Shortest time",
        hint: "y: of a range, instead of RATE -2",
        of: |id| id == "nonmem",
        set: |options, text| yes(text).map(|yes| options.shortest_infusion = yes),
    },
    Choice {
        option: "redcap-event",
        label: "REDCap event",
        hint: "its unique name, such as visit_1_arm_1",
        of: |id| id.starts_with("redcap-"),
        set: |options, text| {
            options.redcap_event = Some(text.to_owned());
            Ok(())
        },
    },
    Choice {
        option: "excel",
        label: "For Excel",
        hint: "y begins with a byte-order mark",
        of: |id| id.starts_with("csv"),
        set: |options, text| yes(text).map(|yes| options.excel = yes),
    },
    Choice {
        option: "each",
        label: "Every home dose",
        hint: "y: a row each instead of one a run",
        of: rows,
        set: |options, text| yes(text).map(|yes| options.each = yes),
    },
    Choice {
        option: "working",
        label: "Working",
        hint: "y: how every dose came about",
        of: |id| ["text", "markdown"].contains(&id),
        set: |options, text| yes(text).map(|yes| options.working = yes),
    },
    Choice {
        option: "previous",
        label: "Earlier calendar",
        hint: "its file: events keep their numbers",
        of: |id| id == "ics",
        // The file is read where files are read.
        set: |_, _| Ok(()),
    },
    Choice {
        option: "namespace",
        label: "Namespace",
        hint: "of an earlier calendar of the study",
        of: |id| ["ics", "fhir"].contains(&id),
        set: |options, text| {
            options.namespace = Some(text.to_owned());
            Ok(())
        },
    },
];

/// The questions of a format.
pub fn of(format: &str) -> impl Iterator<Item = &'static Choice> + use<'_> {
    CHOICES.iter().filter(move |choice| (choice.of)(format))
}
