//! CSV, the event table and REDCap: cell by cell.

use std::collections::BTreeMap;

use posology::calendar::iso;
use posology::export::{self, Options};
use posology::present::{Facts, LeftOut, Schedule};
use posology::quantity::number::plain;
use posology::quantity::{Amount, Portion};
use proptest::prelude::*;

use crate::export_all::{any_options, any_schedule};
use crate::export_sample::{give, leave_out, plan_amount, plan_of};
use crate::schedules::{nasty, options, shipped, trial};

fn bytes(id: &str, schedule: &Schedule, options: &Options) -> Vec<u8> {
    export::format(id).unwrap().bytes(schedule, options).unwrap()
}

fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(bytes);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Rows as name → cell.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut records = records(bytes);
    let header = records.remove(0);
    records.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// What a cell was before it was made safe.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => rest,
        _ => cell,
    }
}

#[test]
fn the_trial_as_csv() {
    let rows = rows(&bytes("csv", &trial(), &options()));
    assert_eq!(rows.len(), 16, "two drugs, eight cycles");
    let first = &rows[0];
    for (column, cell) in [
        ("study", "NPC-1"),
        ("subject", "S-014"),
        ("regimen_status", "draft"),
        ("cycle", "1"),
        ("day", "1"),
        ("drug_id", "irinotecan"),
        ("date", "2026-12-07"),
        ("weekday", "Monday"),
        ("certain", "true"),
        ("dose", "123"),
        ("dose_unit", "mg"),
        ("calculated", "122.5"),
        ("difference_percent", "+0.4"),
        ("over_minutes", "90"),
        ("per", "70 mg/m2"),
        // 43 mg in 10 mL: 123 ÷ 4.3 = 28.6 mL, three vials.
        ("volume_ml", "28.6"),
        ("vials", "3"),
    ] {
        assert_eq!(first[column], cell, "{column}");
    }
    assert_eq!(rows[15]["date"], "2027-03-15");
    assert_eq!(rows[15]["certain"], "false");
}

#[test]
fn lines_end_as_rfc_4180_wants_and_only_excel_gets_a_mark() {
    let plain = bytes("csv", &trial(), &options());
    assert!(plain.starts_with(b"study,subject,regimen,"));
    assert!(plain.ends_with(b"\r\n"));
    let excel = bytes("csv", &trial(), &Options { excel: true, ..options() });
    assert_eq!(excel, ["\u{feff}".as_bytes(), &plain].concat());
    let table = |excel| bytes("nonmem", &trial(), &Options { excel, ..options() });
    assert_eq!(table(true), table(false), "a mark would be part of the first column's name");
}

#[test]
fn the_code_book_explains_every_column() {
    let book = rows(&bytes("csv-codebook", &trial(), &options()));
    for id in ["csv", "csv-visits", "csv-history", "csv-intensity", "csv-home"] {
        let header = records(&bytes(id, &trial(), &options())).remove(0);
        let told: Vec<&String> = book.iter().filter(|row| row["file"] == id).map(|row| &row["column"]).collect();
        assert_eq!(told, header.iter().collect::<Vec<_>>());
    }
    assert!(book.iter().all(|row| !row["meaning"].is_empty()));
}

#[test]
fn no_cell_runs_in_a_spreadsheet() {
    for id in ["csv", "csv-visits", "csv-provenance", "redcap-import", "sdtm-ec", "sdtm-ex"] {
        for cell in records(&bytes(id, &nasty(), &options())).into_iter().flatten() {
            let number = cell.parse::<rust_decimal::Decimal>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{id}: {cell:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::support::cases(48)))]

    #[test]
    fn csv_read_back_equals_what_was_written(schedule in any_schedule(), options in any_options()) {
        let options = Options { each: false, ..options };
        let rows = rows(&bytes("csv", &schedule, &options));
        prop_assert_eq!(rows.len(), schedule.doses.len());
        for (row, dose) in rows.iter().zip(&schedule.doses) {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            for (column, written) in [
                ("drug", dose.drug.clone()),
                ("formulation", text(&dose.formulation)),
                ("product", text(&dose.product)),
                ("route", dose.route_words().to_owned()),
                ("over", dose.over.as_ref().map(ToString::to_string).unwrap_or_default()),
                ("timing", text(&dose.when)),
                ("date", iso(dose.date())),
                ("planned_date", iso(dose.planned().unwrap().at.date)),
                ("given_date", dose.given().map(|given| iso(given.at.date)).unwrap_or_default()),
                ("dose", plain(dose.portion().amount.value)),
                ("planned_dose", plain(dose.planned().unwrap().at.portion.amount.value)),
                ("given_dose", dose.given().map(|given| plain(given.at.portion.amount.value)).unwrap_or_default()),
                ("state", dose.state().word().to_owned()),
                ("reason", text(&dose.reason)),
                ("phase", text(&dose.phase)),
                ("note", text(&dose.note)),
                ("working", dose.working().join("; ")),
                ("study", text(&options.study)),
            ] {
                // A text that is itself an apostrophe before a sign cannot be told from a guarded one.
                prop_assert_eq!(unguarded(&row[column]), unguarded(&written), "{}", column);
            }
            prop_assert_eq!(&row["level"], &dose.planned().unwrap().level.to_string());
        }
    }
}

#[test]
fn the_event_table_of_the_trial() {
    let rows = rows(&bytes("nonmem", &trial(), &options()));
    assert_eq!(rows.len(), 16);
    let line =
        |at: usize, names: &[&str]| names.iter().map(|name| rows[at][*name].as_str()).collect::<Vec<_>>().join(" ");
    // 123 mg over 1.5 hours is 82 mg an hour, 400 mg over one hour 400.
    let names =
        ["ID", "TIME", "AMT", "RATE", "EVID", "CMT", "MDV", "DV", "WT", "HT", "BSA", "SEX", "CYCLE", "DAY", "CERTAIN"];
    assert_eq!(line(0, &names), "1 0 123 82 1 1 1 . 65 170 1.75 . 1 1 1");
    assert_eq!(line(1, &names), "1 0 400 400 1 2 1 . 65 170 1.75 . 1 1 1");
    // Two weeks are 336 hours; eight cycles end seven times later.
    assert_eq!(line(2, &names), "1 336 123 82 1 1 1 . 65 170 1.75 . 2 1 0");
    assert_eq!(line(15, &["TIME", "CYCLE"]), "2352 8");
}

#[test]
fn runs_at_home_are_events_twelve_hours_apart() {
    let schedule = shipped("gi-xelox");
    let run = schedule.doses.iter().find(|row| row.run().is_some()).unwrap();
    let dose = plain(run.portion().amount.value);
    let events = rows(&bytes("nonmem", &schedule, &options()));
    let number = events.iter().find(|row| row["RATE"] == "0" && row["AMT"] == dose).unwrap()["DRUG"].clone();
    let hours: Vec<u32> = events
        .iter()
        .filter(|row| row["DRUG"] == number && row["CYCLE"] == "1")
        .map(|row| row["TIME"].parse().unwrap())
        .collect();
    assert_eq!(hours.len(), 28);
    // From the evening of day 1.
    assert_eq!((hours[0], hours[27]), (12, 12 + 27 * 12));
}

/// Mesna 0, 4 and 8 hours after ifosfamide, on days 1 to 5: 24 hours apart, not thirds of a day.
#[test]
fn doses_at_stated_hours_stand_at_those_hours() {
    let schedule = shipped("sarc-ifosfamide-mesna");
    let events = rows(&bytes("nonmem", &schedule, &options()));
    let after = schedule.doses.iter().find(|row| row.hours_after.is_some()).unwrap();
    let name = plain(after.portion().amount.value);
    let number = events.iter().find(|row| row["AMT"] == name && row["TIME"] == "4").unwrap()["DRUG"].clone();
    let of_drug = events.iter().filter(|row| row["DRUG"] == number && row["CYCLE"] == "1");
    let hours: Vec<&str> = of_drug.map(|row| row["TIME"].as_str()).collect();
    assert_eq!(hours, ["0", "4", "8", "24", "28", "32", "48", "52", "56", "72", "76", "80", "96", "100", "104"]);
}

/// Hours beyond a day: 28 hours after a dose of day 15, 336 hours after day 1, are hour 364.
#[test]
fn stated_hours_reach_into_the_next_day() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let first = drug("a", "dose = \"1 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = [1]\nround = \"none\"");
    let owner = drug("b", "dose = \"2 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = [15]\nround = \"none\"");
    let after = drug(
        "c",
        "dose = \"3 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\ncycle_total = \"9 mg\"\nround = \"none\"\n\
         hours = { drug = \"b\", at = [\"0 hours\", \"4 hours\", \"28 hours\"] }",
    );
    let cycle = TWO_WEEKS.replace("14 days", "28 days").replace("up_to = 8", "planned = 1");
    let regimen = one_phase(&cycle, &[first, owner, after].concat());
    let course = course("2026-12-07", "170", "65");
    let schedule = posology::present::schedule(&regimen, &course, &planned(&regimen, &course));
    let events = rows(&bytes("nonmem", &schedule, &options()));
    let of_three = events.iter().filter(|row| row["AMT"] == "3");
    let hours: Vec<&str> = of_three.map(|row| row["TIME"].as_str()).collect();
    assert_eq!(hours, ["336", "340", "364"]);
}

#[test]
fn a_bolus_and_an_infusion_of_one_drug_enter_one_compartment() {
    // 700 mg over 15 minutes is 2,800 mg an hour; 4,200 mg over 46 hours is 91.304348.
    let events = rows(&bytes("nonmem", &shipped("gi-mfolfox6"), &options()));
    let of = |amount: &str, rate: &str| {
        let found = events.iter().find(|row| row["AMT"] == amount && row["RATE"] == rate);
        found.unwrap_or_else(|| panic!("no {amount} at {rate} an hour"))["CMT"].clone()
    };
    assert_eq!(of("700", "2800"), of("4200", "91.304348"));
    // Oxaliplatin over 2 to 6 hours is never a bolus: the model gives the duration, or the option takes the shortest.
    assert_ne!(of("149", "-2"), of("700", "2800"));
    let shortest = Options { shortest_infusion: true, id: Some(14), ..options() };
    let events = rows(&bytes("nonmem", &shipped("gi-mfolfox6"), &shortest));
    // 149 mg over 2 hours.
    assert!(events.iter().any(|row| row["AMT"] == "149" && row["RATE"] == "74.5"), "{events:?}");
    assert!(events.iter().all(|row| row["ID"] == "14"));
}

/// 123 mg over 90 minutes were set to run at 82 mg an hour; 50 mg of them went in at that, not at 33.3.
#[test]
fn an_infusion_that_was_broken_off_ran_as_fast_as_it_was_planned() {
    let mut schedule = trial();
    let row = schedule.doses.iter_mut().find(|row| row.drug == "irinotecan").unwrap();
    give(row);
    let Facts::Given { planned: Some(planned), given } = &mut row.facts else { unreachable!() };
    assert_eq!(planned.at.total.unwrap().to_string(), "123 mg");
    let part = Amount::read("50 mg").unwrap();
    (given.at.portion, given.at.total, given.incomplete) = (Portion::once(part), Some(part), true);
    let events = rows(&bytes("nonmem", &schedule, &options()));
    let part = events.iter().find(|row| row["AMT"] == "50").unwrap();
    assert_eq!(part["RATE"], "82", "{part:?}");
    // A dose that was all there was ran over the planned time: 50 mg in an hour and a half.
    let row = schedule.doses.iter_mut().find(|row| row.drug == "irinotecan").unwrap();
    let Facts::Given { given, .. } = &mut row.facts else { unreachable!() };
    given.incomplete = false;
    let events = rows(&bytes("nonmem", &schedule, &options()));
    assert_eq!(events.iter().find(|row| row["AMT"] == "50").unwrap()["RATE"], "33.333333");
}

#[test]
fn held_and_omitted_doses_are_no_events() {
    let mut schedule = trial();
    leave_out(&mut schedule.doses[0], LeftOut::Held, "fever");
    leave_out(&mut schedule.doses[3], LeftOut::Omitted, "refused");
    let events = rows(&bytes("nonmem", &schedule, &options()));
    assert_eq!(events.len(), 14);
    let told = String::from_utf8(bytes("nonmem-page", &schedule, &options())).unwrap();
    assert!(told.contains("2 held, omitted or missed doses are no events"), "{told}");
}

fn instances(schedule: &Schedule, options: &Options) -> BTreeMap<String, (String, String)> {
    let rows = rows(&bytes("redcap-import", schedule, options));
    let of = |row: &BTreeMap<String, String>| (row["redcap_repeat_instance"].clone(), row["ds_status"].clone());
    rows.iter().map(|row| (row["ds_key"].clone(), of(row))).collect()
}

#[test]
fn redcap_instances_belong_to_the_dose_and_not_to_its_place_in_the_file() {
    let whole = trial();
    let all = instances(&whole, &options());
    assert_eq!(all.len(), 16);
    // A shorter plan, other dates, other doses, another order: the same numbers.
    let mut other = whole.clone();
    other.doses.truncate(8);
    other.doses.reverse();
    for row in &mut other.doses {
        plan_of(row).at.date = crate::support::date("2028-01-01");
        plan_amount(row, 1.into());
    }
    other.doses.sort_by_key(|row| (row.cycle, row.id.clone()));
    for (key, (number, _)) in instances(&other, &options()) {
        assert_eq!(all[&key].0, number, "{key}");
    }
    let mut numbers: Vec<&String> = all.values().map(|(number, _)| number).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 16, "no two doses share an instance");
}

#[test]
fn a_dose_that_left_the_plan_stays_in_redcap_as_dropped() {
    let before = bytes("redcap-import", &trial(), &options());
    let mut shorter = trial();
    shorter.doses.remove(0);
    shorter.doses.truncate(13);
    let after = instances(&shorter, &Options { previous: Some(before.clone()), ..options() });
    let was = instances(&trial(), &options());
    assert_eq!(after.len(), 16);
    assert_eq!(after.values().filter(|(_, status)| status == "7").count(), 3);
    assert!(after.iter().all(|(key, (number, _))| was[key].0 == *number));
    let other = Options { subject: Some("S-015".to_owned()), previous: Some(before), ..options() };
    let refused = export::format("redcap-import").unwrap().bytes(&trial(), &other).unwrap_err().to_string();
    assert!(refused.contains("another subject"), "{refused}");
}

/// A version that puts a drug before the others, and exchanges two of them, takes no number from a dose; what it drops is
/// cancelled without the previous file.
#[test]
fn a_version_that_adds_a_drug_moves_no_instance() {
    let before = instances(&trial(), &options());
    let mut moved = trial();
    moved.earlier = vec![trial().doses];
    moved.doses.retain(|row| row.cycle < 8);
    let mut added = moved.doses.clone();
    added.iter_mut().for_each(|row| row.id = format!("a-{}", row.id));
    moved.doses = [added, moved.doses.into_iter().rev().collect()].concat();
    let after = instances(&moved, &options());
    assert_eq!(after.len(), 14 + 16);
    for (key, (number, _)) in &before {
        assert_eq!(after[key].0, *number, "{key}");
    }
    let dropped: Vec<&String> = after.iter().filter(|(_, (_, status))| status == "7").map(|(key, _)| key).collect();
    assert_eq!(dropped, ["/8/1/irinotecan/", "/8/1/nimotuzumab/"]);
    let mut numbers: Vec<&String> = after.values().map(|(number, _)| number).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), after.len(), "no two doses share an instance");
}

#[test]
fn an_event_name_is_written_where_the_project_has_events() {
    let with = Options { redcap_event: Some("treatment_arm_1".to_owned()), ..options() };
    let rows = rows(&bytes("redcap-import", &trial(), &with));
    assert!(rows.iter().all(|row| row["redcap_event_name"] == "treatment_arm_1" && row["record_id"] == "S-014"));
    assert!(!records(&bytes("redcap-import", &trial(), &options()))[0].contains(&"redcap_event_name".to_owned()));
    // REDCap refuses the label of an event.
    let label = Options { redcap_event: Some("Visit 1".to_owned()), ..options() };
    let refused = export::format("redcap-import").unwrap().bytes(&trial(), &label).unwrap_err().to_string();
    assert!(refused.contains("visit_1_arm_1"), "{refused}");
}
