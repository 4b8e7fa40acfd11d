//! `posology --demo`: three invented subjects in a scratch record, to look at, to play with, to be trained on. The record lies in
//! a folder of its own, which is deleted when the program ends; no other record is opened, read or written.

use std::ffi::OsString;
use std::io::sink;
use std::path::Path;

use crate::calendar::{self, Date};
use crate::failure::Failure;
use crate::finding::Severity;

use super::Output;

/// A record that is gone when this is.
pub(super) struct Scratch(tempfile::TempDir);

impl Scratch {
    /// The folder of the record.
    pub(super) fn folder(&self) -> &Path {
        self.0.path()
    }
}

/// What happened, and on which day, counted from today: the words of the commands that record it.
const ACTS: &[(i32, &str)] = &[
    // Late for neutrophils, reduced for diarrhoea, given in part.
    (-35, "add DEMO-01 npc-liposomal-irinotecan-nituzumab --height 170 --weight 65kg --start {day}"),
    (-35, "given DEMO-01 --cycle 1 --on {day}"),
    (-21, "delay DEMO-01 --cycle 2 --days 4 --required --reason {neutrophils 0.9 x 10^9/L}"),
    (-17, "given DEMO-01 --cycle 2 --on {day}"),
    (-10, "level DEMO-01 irinotecan=-1 --from 3 --reason {diarrhoea grade 3}"),
    (-3, "given DEMO-01 --cycle 3 --drug nimotuzumab --on {day}"),
    (-3, "given DEMO-01 --cycle 3 --drug irinotecan --dose {60 mg} --partly --reason {infusion reaction} --on {day}"),
    // 133 kg at 160 cm: a BMI of 52, and the full dose by weight.
    (2, "add DEMO-02 br-tc --height 160cm --weight 133kg --age 54 --sex female --start {day}"),
    // 14 kg at 95 cm: a child of three.
    (-7, "add DEMO-03 heme-vincristine-paediatric --height 95cm --weight 14kg --age 3 --start {day}"),
    (-7, "given DEMO-03 --cycle 1 --day 1 --on {day}"),
];

/// The record with its subjects, as they stand today.
pub(super) fn scratch(today: Date) -> Result<Scratch, Failure> {
    let folder = tempfile::Builder::new().prefix("posology-demo-").tempdir();
    let folder = folder.map_err(|error| Failure::unreadable(format!("no folder for a scratch record: {error}")))?;
    for (days, act) in ACTS {
        let day = calendar::plus_days(today, *days).map_or_else(String::new, calendar::iso);
        record(words(act, &day), folder.path())?;
    }
    Ok(Scratch(folder))
}

/// The words of an act; what stands in braces is one word.
fn words(act: &str, day: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (at, part) in act.replace("{day}", day).split(['{', '}']).enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Records one act; what is asked on the way is answered as training.
fn record(act: Vec<String>, folder: &Path) -> Result<(), Failure> {
    let mut line: Vec<OsString> = ["posology", "subject"].into_iter().map(OsString::from).collect();
    line.extend(act.into_iter().map(OsString::from));
    // A code alone: the study that somebody works on has nothing to do with it.
    line.extend(["--study", "DEMO", "--who", "Demo", "--yes", "--data"].into_iter().map(OsString::from));
    line.push(folder.as_os_str().to_owned());
    loop {
        let mut output = Output::to(Box::new(sink()), Box::new(sink())).with_nobody_to_ask();
        let Err(failure) = super::attempt(&line, &mut output) else { return Ok(()) };
        let accept = |code: &str| OsString::from(format!("--accept={code}=training with an invented subject"));
        let asked = failure.findings.iter().filter(|finding| finding.severity == Severity::Warn);
        let mut more: Vec<OsString> = asked.map(|finding| accept(finding.code.name())).collect();
        more.retain(|one| !line.contains(one));
        more.dedup();
        if more.is_empty() {
            return Err(failure);
        }
        line.extend(more);
    }
}
