//! What whoever takes a file must be told beside it: on every face the same sentences, made where the file is made.

use crate::present::Schedule;

use super::note::Note;
use super::{Format, Options, nonmem, sdtm};

/// What is to be told beside a file; nothing where the file says it all.
pub fn notes(format: &Format, schedule: &Schedule, options: &Options) -> Vec<Note> {
    let mut notes = match format.id {
        "nonmem" | "nonmem-page" => nonmem::notes(schedule, options),
        "sdtm-ec" | "sdtm-ec-json" => sdtm::notes(schedule, "EC"),
        "sdtm-ex" | "sdtm-ex-json" => sdtm::notes(schedule, "EX"),
        "sdtm-da" | "sdtm-da-json" => sdtm::notes(schedule, "DA"),
        _ => Vec::new(),
    };
    notes.extend(empty(format, schedule));
    notes.extend(whole(format, schedule, options));
    notes.extend(without_state(format, options));
    if format.extension == "csv" && options.excel {
        notes.extend(changed_by_spreadsheets(options));
        notes.push(Note::told(
            "a spreadsheet of a country with a decimal comma reads this file as one column, or its figures as text. The format \
             xlsx opens everywhere as it is; or import the file with a comma between columns and a point before decimals.",
        ));
    }
    notes
}

/// That a file has no row, and where there is something.
fn empty(format: &Format, schedule: &Schedule) -> Option<Note> {
    let runs = || schedule.doses.iter().any(|dose| dose.run().is_some());
    let (there, nothing, instead) = match format.id {
        "csv-visits" => (
            !schedule.assessments.is_empty() || !schedule.ends.is_empty(),
            "the regimen has no visit without a dose",
            "csv holds the doses",
        ),
        "csv-history" => (
            !schedule.history.is_empty(),
            "there is no record behind this plan",
            "`subject plan` writes that of a subject",
        ),
        "csv-intensity" => (
            schedule.ledger.is_some(),
            "there is no record behind this plan",
            "`subject plan` writes that of a subject",
        ),
        "csv-home" => (
            !schedule.supplies.is_empty(),
            "no home dose is recorded as dispensed, returned or taken",
            "`subject supply` records them",
        ),
        "html-log" | "pdf-log" => (runs(), "the regimen has no dose taken at home", "csv holds the doses"),
        "csv" | "jsonl" | "parquet" | "redcap-import" | "nonmem" | "sdtm-ec" | "sdtm-ec-json" | "xlsx" => {
            (!schedule.doses.is_empty(), "the plan has no dose", "the text of the plan says why")
        }
        _ => return None,
    };
    (!there).then(|| Note::told(format!("{nothing}, so {} has no row; {instead}.", format.id)))
}

/// That a file holds more than was asked for, or may hold less than another one that went before.
fn whole(format: &Format, schedule: &Schedule, options: &Options) -> Option<Note> {
    let printed = format.id.starts_with("html-") || format.id.starts_with("pdf-");
    if let Some(cycle) = options.print.cycle.filter(|_| !printed) {
        let word = schedule.regimen.cycle_word;
        let text = format!(
            "{} holds every {}; only print-outs are narrowed to {}.",
            format.id,
            word.one(),
            word.numbered(cycle)
        );
        return Some(Note::told(text));
    }
    let shorter = schedule.count.shortened && options.previous.is_none() && schedule.history.is_empty();
    (format.id == "redcap-import" && shorter).then(|| {
        Note::told(
            "less was asked for than the regimen has. REDCap keeps what an earlier import said of the others; with \
             that import as the previous file they are marked as no longer planned.",
        )
    })
}

/// Tables whose columns somebody else has laid down: no cell is free, and a comment is a row to who reads them.
const NO_ROOM: [&str; 5] = ["redcap-import", "nonmem", "sdtm-ec", "sdtm-ex", "sdtm-da"];

/// From which state of a record a file is that cannot say so itself.
fn without_state(format: &Format, options: &Options) -> Option<Note> {
    let state = options.print.verification.as_deref().filter(|_| NO_ROOM.contains(&format.id))?;
    let text = format!("{} has no place for what it was made from, which csv-provenance has: {state}.", format.id);
    Some(Note::told(text))
}

/// Codes that a spreadsheet takes for a number or a date when it opens a CSV file.
fn changed_by_spreadsheets(options: &Options) -> Option<Note> {
    let codes = [options.study.as_deref(), options.subject.as_deref()];
    let changed: Vec<&str> = codes.into_iter().flatten().filter(|code| is_changed(code)).collect();
    (!changed.is_empty()).then(|| {
        Note::warn(format!(
            "a spreadsheet that opens this file may take {} for a number or a date. The format xlsx keeps every code as it \
             is; or import the file and set the columns study and subject to text.",
            changed.join(" and ")
        ))
    })
}

/// `00123`, `1E5`, `12-03`, `MAR-2`, `-12`.
fn is_changed(code: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let lower = code.to_ascii_lowercase();
    let bare = lower.strip_prefix(['-', '+']).unwrap_or(&lower);
    let parts: Vec<&str> = bare.split(['-', '.', '/']).collect();
    let month = |text: &&str| text.get(..3).is_some_and(|start| MONTHS.contains(&start));
    let figure = bare.split_once('e').is_some_and(|(whole, power)| number(whole) && number(power));
    let dates = parts.len() > 1 && parts.iter().all(|part| number(part) || month(part));
    number(bare) || figure || dates
}

#[cfg(test)]
mod tests {
    use super::is_changed;

    #[test]
    fn codes_that_a_spreadsheet_changes_are_known() {
        for code in ["00123", "123", "1E5", "12-03", "MAR-2", "-12", "1.5", "2026-12-07", "3-sep"] {
            assert!(is_changed(code), "{code}");
        }
        for code in ["S-014", "ABC-1", "E5", "1EA", "12-03A", "A1", "X-12", "NPC-1"] {
            assert!(!is_changed(code), "{code}");
        }
    }
}
