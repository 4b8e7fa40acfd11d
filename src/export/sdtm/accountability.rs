//! DA: home doses dispensed and brought back, a record each (SDTMIG 3.4, Product Accountability). What was taken is exposure,
//! and stands in EC and EX; what nobody brought back is unknown, and no record.

use crate::calendar::{self, Date};
use crate::course::event::SupplyAct;
use crate::present::{DoseRow, Schedule, SupplyRow};
use crate::regimen::Role;

use super::record::{category, study_day};
use super::{Kind, Variable};

pub(super) const VARIABLES: &[Variable] = &[
    ("STUDYID", "Study Identifier", Kind::Text, 40),
    ("DOMAIN", "Domain Abbreviation", Kind::Text, 2),
    ("USUBJID", "Unique Subject Identifier", Kind::Text, 80),
    ("--SEQ", "Sequence Number", Kind::Whole, 8),
    ("--REFID", "Reference ID", Kind::Text, 100),
    ("--SPID", "Sponsor-Defined Identifier", Kind::Text, 80),
    ("--TESTCD", "Short Name of Accountability Assessment", Kind::Text, 8),
    ("--TEST", "Name of Accountability Assessment", Kind::Text, 40),
    ("--CAT", "Category", Kind::Text, 40),
    ("--SCAT", "Subcategory", Kind::Text, 200),
    ("--ORRES", "Assessment Result in Original Units", Kind::Text, 20),
    ("--ORRESU", "Original Units", Kind::Text, 20),
    ("--STRESC", "Assessment Result in Std Format", Kind::Text, 20),
    ("--STRESN", "Numeric Result/Finding in Standard Units", Kind::Whole, 8),
    ("--STRESU", "Assessment Standard Units", Kind::Text, 20),
    ("EPOCH", "Epoch", Kind::Text, 40),
    ("--DTC", "Date/Time of Accountability Assessment", Kind::Text, 10),
    ("--DY", "Study Day of Accountability Assessment", Kind::Whole, 8),
];

/// What was dispensed or brought back, in the order of the days; nothing of doses taken.
pub(super) fn rows(schedule: &Schedule) -> impl Iterator<Item = (&SupplyRow, Test)> {
    schedule.supplies.iter().filter_map(|row| Some((row, Test::of(row.act)?)))
}

/// Short name and name, terms of the code lists DATESTCD and DATEST.
#[derive(Clone, Copy)]
pub(super) struct Test(&'static str, &'static str);

impl Test {
    fn of(act: SupplyAct) -> Option<Self> {
        match act {
            SupplyAct::Dispensed => Some(Test("DISPAMT", "Dispensed Amount")),
            SupplyAct::Returned => Some(Test("RETAMT", "Returned Amount")),
            SupplyAct::Taken => None,
        }
    }
}

/// A variable of a record, by its name without the letters of the domain.
pub(super) fn value(name: &str, schedule: &Schedule, (row, test): (&SupplyRow, Test), day_1: Option<Date>) -> String {
    let key = &row.key;
    let same =
        |dose: &&DoseRow| (&dose.phase, dose.cycle, dose.day, &dose.id) == (&key.phase, key.cycle, key.day, &key.drug);
    let dose = schedule.doses.iter().find(same);
    match name {
        // What stands on the package: "bottle label, package label, kit label" (SDTMIG 3.4, DAREFID). A lot has no variable of
        // its own in a findings class.
        "--REFID" => row.product.to_string(),
        "--SPID" => {
            let phase = key.phase.as_ref().map_or(String::new(), |phase| format!("{phase}/"));
            format!("{phase}C{}/D{}/{}", key.cycle, key.day, key.drug)
        }
        "--TESTCD" => test.0.to_owned(),
        "--TEST" => test.1.to_owned(),
        "--CAT" => category(dose.map_or(Role::Treatment, |dose| dose.role)).to_owned(),
        "--SCAT" => dose.map_or_else(|| key.drug.clone(), |dose| dose.drug.clone()).to_uppercase(),
        "--ORRES" | "--STRESC" | "--STRESN" => row.count.to_string(),
        // What is counted is tablets or capsules; of anything else nobody has said the unit.
        "--ORRESU" | "--STRESU" => {
            let first = dose.and_then(|dose| dose.tablets().first());
            first.map_or_else(String::new, |one| one.form.word(1).to_uppercase())
        }
        "EPOCH" => "TREATMENT".to_owned(),
        "--DTC" => calendar::iso(row.date),
        "--DY" => study_day(day_1, row.date),
        _ => String::new(),
    }
}
