//! XLSX, SDTM and Parquet: what another reader finds in them is what was planned.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use posology::export::{ExportError, Options};
use posology::present::{LeftOut, Schedule};
use serde_json::Value;

use crate::export_sample::{
    AWKWARD, awkward, awkward_options, figure, give, keep, leave_out, mg, options, plain, plan_amount, plan_of, write,
};

fn open(schedule: &Schedule) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(write("xlsx", schedule, &options()))).unwrap()
}

#[test]
fn a_workbook_has_its_four_sheets_and_no_formula() {
    let mut book = open(&plain());
    let names = ["Schedule", "Doses", "Cumulative", "Provenance"];
    assert_eq!(book.sheet_names(), names);
    for name in names {
        assert_eq!(book.worksheet_formula(name).unwrap().used_cells().count(), 0, "{name}");
    }
    keep("plan.xlsx", &write("xlsx", &plain(), &options()));
    keep("plan-awkward.xlsx", &write("xlsx", &awkward(), &awkward_options()));
}

#[test]
fn cells_are_dates_numbers_and_words() {
    let mut book = open(&plain());
    let sheet = book.worksheet_range("Schedule").unwrap();
    let head: Vec<String> = sheet.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|one| one == name).unwrap();
    let first = sheet.rows().nth(2).unwrap();
    // 7 December 2026 is day 46,363 of the 1900 calendar of spreadsheets: 2000-01-01 is 36,526, and 9,837 days follow.
    assert!(matches!(&first[column("date")], Data::DateTime(day) if (day.as_f64() - 46_363.0).abs() < 1e-9));
    assert_eq!(first[column("planned_dose")], Data::Float(120.0));
    assert_eq!(first[column("drug")], Data::String("CISplatin".to_owned()));
    assert_eq!(first[column("subject")], Data::String("S-014".to_owned()));
    assert_eq!(sheet.rows().count(), 10, "how far to rely on it, a header and eight doses");
    let said = sheet.rows().next().unwrap()[0].to_string();
    assert!(said.starts_with("DRAFT regimen") && said.contains("not an order"), "{said}");
}

#[test]
fn a_long_plan_is_the_same_workbook_through_temporary_files() {
    let mut schedule = plain();
    schedule.doses = schedule.doses.iter().cycle().take(2_500).cloned().collect();
    let mut book = open(&schedule);
    let sheet = book.worksheet_range("Schedule").unwrap();
    assert_eq!(sheet.rows().count(), 2_502);
    let column = sheet.rows().nth(1).unwrap().iter().position(|name| *name == "drug").unwrap();
    let drug = |at: usize| sheet.rows().nth(at).unwrap()[column].clone();
    // Rows repeat after eight; two stand above them.
    assert_eq!((drug(2), drug(2 + 2_496)), (drug(10), drug(2)));
    assert_eq!(drug(2), Data::String("CISplatin".to_owned()));
    assert_eq!(write("xlsx", &schedule, &options()), write("xlsx", &schedule, &options()), "same bytes");
}

#[test]
fn totals_leave_out_what_is_held() {
    let mut book = open(&plain());
    let sheet = book.worksheet_range("Cumulative").unwrap();
    let of = |drug: &str| {
        let rows = sheet.rows().filter(|row| row[0] == Data::String(drug.to_owned()));
        rows.map(|row| row[7].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("irinotecan liposomal"), [Data::Float(315.0), Data::Float(630.0), Data::Float(910.0)]);
    // 28 doses of 1,500 mg are 42,000 mg
    assert_eq!(of("capecitabine"), [Data::Float(42_000.0), Data::Float(84_000.0)]);
}

#[test]
fn awkward_words_survive_in_a_workbook_as_words() {
    let mut schedule = awkward();
    schedule.doses[0].shown = "=HYPERLINK(\"x\")".to_owned();
    let mut book = open(&schedule);
    let sheet = book.worksheet_range("Schedule").unwrap();
    assert!(sheet.rows().nth(2).unwrap().contains(&Data::String("=HYPERLINK(\"x\")".to_owned())));
    assert!(sheet.rows().nth(3).unwrap().contains(&Data::String(AWKWARD.to_owned())));
    assert_eq!(book.worksheet_formula("Schedule").unwrap().used_cells().count(), 0);
}

#[test]
fn figures_of_many_digits_are_numbers_too() {
    let mut schedule = plain();
    plan_of(&mut schedule.doses[0]).calculated = mg("122.12345678901234567");
    let mut book = open(&schedule);
    let sheet = book.worksheet_range("Doses").unwrap();
    // The nearest number: a text could be neither sorted nor added up.
    assert!(sheet.rows().nth(2).unwrap().contains(&Data::Float(122.123_456_789_012_35)));
}

fn ec(schedule: &Schedule) -> Vec<std::collections::BTreeMap<String, String>> {
    let bytes = write("sdtm-ec", schedule, &options());
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn planned_doses_are_scheduled() {
    let rows = ec(&plain());
    assert_eq!(rows.len(), 8);
    let (first, home) = (&rows[0], &rows[2]);
    for (name, value) in [
        ("DOMAIN", "EC"),
        ("USUBJID", "STUDY-7-S-014"),
        ("ECSEQ", "1"),
        ("ECREFID", "C1/D1/cisplatin"),
        ("ECTRT", "CISPLATIN"),
        ("ECMOOD", "SCHEDULED"),
        ("ECPRESP", ""),
        ("ECOCCUR", ""),
        ("ECDOSE", "120"),
        ("ECDOSFRQ", "ONCE"),
        ("ECROUTE", "INTRAVENOUS"),
        ("ECSTDTC", "2026-12-07"),
        ("ECSTDY", "1"),
    ] {
        assert_eq!(first[name], value, "{name}");
    }
    assert_eq!(
        (home["ECDOSFRQ"].as_str(), home["ECENDTC"].as_str(), home["ECENDY"].as_str()),
        ("BID", "2026-12-21", "15")
    );
    // 28 December is 21 days after 7 December
    assert_eq!(rows[5]["ECSTDY"], "22");
    assert_eq!(rows[5]["ECADJ"], "dose level -1: diarrhoea grade 3");
}

#[test]
fn an_omitted_dose_is_blank_and_never_zero() {
    let mut schedule = plain();
    leave_out(&mut schedule.doses[0], LeftOut::Omitted, "refused");
    give(&mut schedule.doses[1]);
    let rows = ec(&schedule);
    // What was planned stays, and what happened stands behind it.
    assert_eq!(rows.len(), 10);
    let said = |at: usize| ["ECMOOD", "ECOCCUR", "ECREASOC", "ECDOSE", "ECSTDTC"].map(|name| rows[at][name].as_str());
    assert_eq!(said(0), ["SCHEDULED", "", "", "120", "2026-12-07"]);
    assert_eq!(said(1), ["PERFORMED", "N", "refused", "", ""]);
    assert_eq!(said(2), ["SCHEDULED", "", "", "315", "2026-12-07"]);
    assert_eq!(said(3), ["PERFORMED", "Y", "", "315", "2026-12-07"]);
    assert_eq!(rows[0]["ECLNKID"], rows[1]["ECLNKID"]);
    let ex = String::from_utf8(write("sdtm-ex", &schedule, &options())).unwrap();
    assert_eq!(ex.lines().count(), 2, "one dose was given");
    assert!(!ex.contains("MOOD") && ex.contains("EXDOSE"));
}

#[test]
fn dataset_json_has_a_cell_for_every_column() {
    for id in ["sdtm-ec-json", "sdtm-ex-json"] {
        let document: Value = serde_json::from_slice(&write(id, &awkward(), &awkward_options())).unwrap();
        let columns = document["columns"].as_array().unwrap().len();
        let rows = document["rows"].as_array().unwrap();
        assert_eq!(document["records"].as_u64(), Some(rows.len() as u64));
        assert!(rows.iter().all(|row| row.as_array().unwrap().len() == columns));
    }
    let document: Value = serde_json::from_slice(&write("sdtm-ec-json", &plain(), &options())).unwrap();
    assert_eq!(document["rows"][0][12], "120");
    for id in ["sdtm-ec", "sdtm-ec-json", "sdtm-ex", "sdtm-ex-json"] {
        let extension = posology::export::format(id).unwrap().extension;
        keep(&format!("{id}.{extension}"), &write(id, &plain(), &options()));
    }
}

#[test]
fn what_identifies_by_both_codes_says_which_is_missing() {
    let subject = Options { subject: None, ..options() };
    let study = Options { study: None, ..options() };
    let both = Options { study: None, subject: None, ..options() };
    for (id, name) in [("sdtm-ec", "SDTM"), ("fhir", "FHIR")] {
        let said = |lacking: &Options| {
            let refused = posology::export::format(id).unwrap().bytes(&plain(), lacking);
            refused.map(|_| ()).map_err(|error: ExportError| error.to_string()).unwrap_err()
        };
        for (lacking, missing) in [
            (&subject, "the code of the subject is missing."),
            (&study, "the code of the study is missing."),
            (&both, "the codes of study and subject are missing."),
        ] {
            let words = said(lacking);
            assert!(words.starts_with(name) && words.ends_with(missing), "{words}");
        }
    }
}

fn parquet_rows(schedule: &Schedule) -> Vec<parquet::record::Row> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let bytes: bytes::Bytes = write("parquet", schedule, &options()).into();
    let reader = SerializedFileReader::new(bytes).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

#[test]
fn parquet_keeps_every_row_and_word() {
    let rows = parquet_rows(&awkward());
    assert_eq!(rows.len(), 8);
    let line = rows[0].to_string();
    assert!(line.contains(AWKWARD), "{line}");
    assert!(line.contains("date: 2026-12-07") && line.contains("dose: 120.000000"), "{line}");
    keep("plan.parquet", &write("parquet", &plain(), &options()));
}

#[test]
fn parquet_refuses_what_it_would_round() {
    let mut schedule = plain();
    plan_amount(&mut schedule.doses[0], figure("0.0000001"));
    let refused = posology::export::format("parquet").unwrap().bytes(&schedule, &options());
    assert!(matches!(refused, Err(ExportError::Refused(words)) if words.contains("more than 6 decimals")));
}

#[test]
fn same_plan_same_tables() {
    for id in ["xlsx", "sdtm-ec", "sdtm-ec-json", "parquet"] {
        assert_eq!(write(id, &plain(), &options()), write(id, &plain(), &options()), "{id}");
    }
}
