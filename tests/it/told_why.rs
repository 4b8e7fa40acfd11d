//! Beside every dose stands why it is what it is: the reason of a level and of a delay, what must be read before it is
//! prepared, how long it ran. Every value was worked out by hand; 7 December 2026 is a Monday.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::clinic::Clinic;

/// Recorded, whatever is asked answered; or the test fails.
fn recorded(clinic: &Clinic, arguments: &[&str]) {
    let mut answers: Vec<String> = Vec::new();
    for _ in 0..6 {
        let mut all = vec!["subject"];
        all.extend(arguments);
        all.extend(answers.iter().map(String::as_str));
        all.extend(["--who", "A. Nurse", "--yes", "--json"]);
        let output = clinic.run(&all);
        if output.status.success() {
            return;
        }
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let asked = std::iter::once(&told["error"]).chain(told["findings"].as_array().into_iter().flatten());
        let codes: std::collections::BTreeSet<&str> =
            asked.filter(|one| one["severity"] == "warn").filter_map(|one| one["code"].as_str()).collect();
        assert!(!codes.is_empty(), "{arguments:?}: {told:#}");
        answers = codes.iter().flat_map(|code| ["--accept".to_owned(), format!("{code}=as it happened")]).collect();
    }
    panic!("{arguments:?} is asked for ever");
}

fn clinic(regimen: &str) -> Clinic {
    let clinic = Clinic { today: "2027-06-01", ..Clinic::new() };
    let person = ["--height", "170", "--weight", "65", "--sex", "female", "--age", "54", "--creatinine", "0.8 mg/dL"];
    recorded(&clinic, &[&["add", "S-014", regimen][..], &person, &["--start", "2026-12-07"]].concat());
    clinic
}

/// Cycle 2 is delayed by a week as the protocol requires; from cycle 3 on irinotecan is 80 %: 70 mg/m² × 1.75 m² × 0.8 =
/// 98 mg; treatment ends before cycle 6.
fn changed() -> Clinic {
    let clinic = clinic("npc-liposomal-irinotecan-nituzumab");
    recorded(&clinic, &["given", "S-014", "--cycle", "1", "--on", "2026-12-07"]);
    let delay = ["delay", "S-014", "--cycle", "2", "--days", "7", "--required", "--reason", "neutrophils 0.9"];
    recorded(&clinic, &delay);
    recorded(&clinic, &["level", "S-014", "irinotecan=80%", "--from", "3", "--reason", "neuropathy grade 2"]);
    clinic
}

fn written(clinic: &Clinic, format: &str, more: &[&str]) -> Vec<u8> {
    let path = clinic.path("written");
    let namespace = "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f";
    let plan = ["subject", "plan", "S-014", "--as", format, "--study", "T1", "--namespace", namespace];
    let to = ["--output", path.to_str().unwrap(), "--force"];
    let output = clinic.run(&[&plan[..], &to, more].concat());
    assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv).deserialize().map(Result::unwrap).collect()
}

fn sheet(book: Vec<u8>, name: &str) -> Vec<BTreeMap<String, Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range(name).unwrap();
    let head: Vec<String> = sheet.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    sheet.rows().skip(2).map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn parquet(bytes: Vec<u8>) -> Vec<String> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
}

const DELAYED: &str = "delayed by 7 days: neutrophils 0.9";
const REDUCED: &str = "80 % of the dose: neuropathy grade 2";

/// What stands beside the two drugs in cycles 1, 2 and 3: nothing, the delay of both, the level of one.
const WHY: [(&str, &str, &str); 6] = [
    ("1", "irinotecan", ""),
    ("1", "nimotuzumab", ""),
    ("2", "irinotecan", DELAYED),
    ("2", "nimotuzumab", DELAYED),
    ("3", "irinotecan", REDUCED),
    ("3", "nimotuzumab", ""),
];

#[test]
fn the_reason_of_a_level_and_of_a_delay_stands_in_every_row_that_they_changed() {
    let clinic = changed();
    let csv = rows(&written(&clinic, "csv", &[]));
    let redcap = rows(&written(&clinic, "redcap-import", &[]));
    let json: Value = serde_json::from_slice(&written(&clinic, "json", &[])).unwrap();
    let lines = String::from_utf8(written(&clinic, "jsonl", &[])).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let book = sheet(written(&clinic, "xlsx", &[]), "Schedule");
    let columns = parquet(written(&clinic, "parquet", &[]));
    for (cycle, drug, why) in WHY {
        let row = csv.iter().find(|row| row["cycle"] == cycle && row["drug_id"] == drug).unwrap();
        assert_eq!(row["planned_reason"], why, "csv: {drug} {cycle}");
        let row = redcap.iter().find(|row| row["ds_cycle"] == cycle && row["ds_drug"] == drug).unwrap();
        assert_eq!(row["ds_planned_reason"], why, "REDCap: {drug} {cycle}");
        for dose in json["doses"].as_array().unwrap().iter().chain(&lines) {
            if dose["cycle"].as_u64() == cycle.parse().ok() && dose["id"] == drug && dose["planned"].is_object() {
                let told = dose["changed"].as_array().unwrap().iter();
                let told =
                    told.map(|one| format!("{}: {}", one["what"].as_str().unwrap(), one["reason"].as_str().unwrap()));
                assert_eq!(told.collect::<Vec<_>>().join("; "), why, "JSON: {drug} {cycle}");
            }
        }
        let number = Data::Float(cycle.parse().unwrap());
        let named = |row: &BTreeMap<String, Data>| row["drug"].to_string().to_lowercase().contains(drug);
        let row = book.iter().find(|row| row["cycle"] == number && named(row)).unwrap();
        assert_eq!(row["planned_reason"].to_string(), why, "XLSX: {drug} {cycle}");
        let of = [format!("cycle: {cycle},"), format!("id: \"{drug}\"")];
        let line = columns.iter().find(|line| of.iter().all(|one| line.contains(one))).unwrap();
        let cell =
            if why.is_empty() { "planned_reason: null".to_owned() } else { format!("planned_reason: \"{why}\"") };
        assert!(line.contains(&cell), "Parquet: {line}");
    }
    assert_eq!(
        csv.iter().find(|row| row["cycle"] == "3" && row["drug_id"] == "irinotecan").unwrap()["planned_dose"],
        "98"
    );
}

#[test]
fn pages_documents_and_domains_say_it_too() {
    let clinic = changed();
    for (format, level) in [
        ("text", "80 % of the dose ordered: neuropathy grade 2"),
        ("markdown", "80 % of the dose ordered: neuropathy grade 2"),
        ("html-worksheet", "80 % of the dose ordered: neuropathy grade 2"),
        ("fhir", REDUCED),
    ] {
        let told = text(written(&clinic, format, &[]));
        assert!(told.contains(level), "{format} has no reason of the level");
        assert!(told.contains(DELAYED), "{format} has no reason of the delay");
    }
    let ec = rows(&written(&clinic, "sdtm-ec", &[]));
    let scheduled = |place: &str| {
        ec.iter().find(|row| row["ECREFID"] == place && row["ECMOOD"] == "SCHEDULED").unwrap()["ECADJ"].clone()
    };
    assert_eq!(scheduled("C2/D1/irinotecan"), DELAYED);
    assert_eq!(scheduled("C3/D1/irinotecan"), REDUCED);
    assert_eq!(scheduled("C3/D1/nimotuzumab"), "");
}

/// What the end of treatment dropped says why, in the form and in the columns.
#[test]
fn the_reason_of_the_end_stands_with_what_it_dropped() {
    let clinic = changed();
    recorded(&clinic, &["stop", "S-014", "--on", "2026-12-20", "--reason", "disease progression"]);
    let redcap = rows(&written(&clinic, "redcap-import", &[]));
    let dropped: Vec<_> = redcap.iter().filter(|row| row["ds_status"] == "7").collect();
    // Two drugs in seven of eight cycles.
    assert_eq!(dropped.len(), 14);
    assert!(dropped.iter().all(|row| row["ds_reason"] == "disease progression"), "{dropped:?}");
    for line in parquet(written(&clinic, "parquet", &[])) {
        assert!(
            line.contains("discontinued: \"2026-12-20\"")
                && line.contains("discontinued_reason: \"disease progression\""),
            "{line}"
        );
    }
}

/// 149 mg broken off after 90, and 20 more on the same day: one dose in two parts, and no change of dose.
#[test]
fn another_part_of_a_dose_is_no_dose_of_its_own() {
    let clinic = clinic("gi-mfolfox6");
    recorded(&clinic, &["given", "S-014", "--cycle", "1", "--on", "2026-12-07"]);
    let of = ["given", "S-014", "--cycle", "2", "--drug", "oxaliplatin", "--on", "2026-12-21", "--partly"];
    recorded(&clinic, &[&of[..], &["--dose", "90 mg", "--reason", "infusion reaction"]].concat());
    recorded(&clinic, &[&of[..], &["--dose", "20 mg", "--second-dose", "--reason", "the rest"]].concat());
    let page = text(written(&clinic, "html-worksheet", &["--with-given", "--only-cycle", "2"]));
    assert!(page.contains("20 mg"), "the second part is printed where it is asked for");
    assert!(!page.contains("86.6"), "20 mg is set against the whole dose: {page}");
    let intensity = rows(&written(&clinic, "csv-intensity", &[]));
    let line = intensity.iter().find(|row| row["drug_id"] == "oxaliplatin").unwrap();
    // 149 + 90 + 20 mg in two doses.
    assert_eq!((line["doses"].as_str(), line["delivered"].as_str()), ("2", "259"));
}

/// Folinic acid: 400 mg/m² × 1.75 m² = 700 mg, in one hour by the clock instead of the two planned. Oxaliplatin: 149 mg in four
/// hours are 37.25 mg an hour, where the plan knows a range.
#[test]
fn an_infusion_that_was_timed_ran_as_fast_as_the_clock_says() {
    let clinic = clinic("gi-mfolfox6");
    let give = |drug: &str, from: &str, until: &str| {
        let dose = ["given", "S-014", "--cycle", "1", "--drug", drug, "--on", "2026-12-07"];
        recorded(&clinic, &[&dose[..], &["--start-time", from, "--stop-time", until]].concat());
    };
    give("folinic-acid", "09:00", "10:00");
    give("oxaliplatin", "09:00", "13:00");
    let events = rows(&written(&clinic, "nonmem", &[]));
    let rate = |amount: &str, cycle: &str, time: &str| {
        let of = |row: &&BTreeMap<String, String>| {
            row["AMT"] == amount && row["CYCLE"] == cycle && (time.is_empty() || row["TIME"] == time)
        };
        events.iter().find(of).unwrap_or_else(|| panic!("{amount} {cycle}: {events:?}"))["RATE"].clone()
    };
    assert_eq!(rate("700", "1", "9"), "700");
    assert_eq!(rate("149", "1", "9"), "37.25");
    // Nothing is known of cycle 2 but the plan.
    assert_eq!(rate("149", "2", ""), "-2");
}

/// New York puts its clocks forward on 14-Mar-2027: between 00:00 of 1 March and 00:00 of 15 March pass 14 × 24 − 1 = 335 hours.
#[test]
fn hours_pass_as_the_clock_of_the_place_has_them() {
    let clinic = Clinic::new();
    let person = ["--height", "170", "--weight", "65", "--start", "2027-03-01", "--cycles", "2", "--as", "nonmem"];
    let time = |at: &[&str]| {
        let output = clinic.bare(&[&["plan", "gi-mfolfox6"][..], &person, at].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let events = rows(&output.stdout);
        events.iter().find(|row| row["CYCLE"] == "2").unwrap()["TIME"].clone()
    };
    assert_eq!(time(&["--at", "08:00 America/New_York"]), "335");
    assert_eq!(time(&["--at", "08:00"]), "336");
}

/// 98 tablets dispensed, 24 of 28 doses taken.
#[test]
fn a_form_has_the_planned_the_taken_and_the_missed_doses_of_a_run() {
    let clinic = Clinic { today: "2027-06-01", ..Clinic::new() };
    let person = ["--height", "150", "--weight", "54", "--sex", "female", "--age", "54", "--creatinine", "0.7 mg/dL"];
    recorded(&clinic, &[&["add", "S-014", "gi-xelox"][..], &person, &["--start", "2026-12-07"]].concat());
    recorded(&clinic, &["given", "S-014", "--cycle", "1", "--drug", "oxaliplatin", "--on", "2026-12-07"]);
    recorded(
        &clinic,
        &["supply", "S-014", "taken", "24", "--cycle", "1", "--drug", "capecitabine", "--on", "2026-12-28"],
    );
    let redcap = rows(&written(&clinic, "redcap-import", &[]));
    let run = redcap.iter().find(|row| row["ds_drug"] == "capecitabine" && row["ds_cycle"] == "1").unwrap();
    let counts =
        ["ds_administrations", "ds_given_administrations", "ds_missed_administrations"].map(|name| run[name].as_str());
    assert_eq!(counts, ["28", "24", "4"]);
}

/// 1,000 mg/m² × 1.75 m² twice daily are 3,500 mg a day: 1,500 mg in the morning and 2,000 in the evening. Neither is the dose.
#[test]
fn of_two_halves_that_differ_neither_is_the_dose() {
    let clinic = clinic("gi-xelox");
    let csv = rows(&written(&clinic, "csv", &[]));
    let run = csv.iter().find(|row| row["drug_id"] == "capecitabine").unwrap();
    for (column, cell) in [
        ("dose", ""),
        ("planned_dose", ""),
        ("morning", "1500"),
        ("evening", "2000"),
        ("planned_morning", "1500"),
        ("planned_evening", "2000"),
        ("given_morning", ""),
    ] {
        assert_eq!(run[column], cell, "{column}");
    }
    let json: Value = serde_json::from_slice(&written(&clinic, "json", &[])).unwrap();
    let dose = json["doses"].as_array().unwrap().iter().find(|dose| dose["id"] == "capecitabine").unwrap();
    let planned = &dose["planned"];
    assert_eq!(
        (&planned["dose"], &planned["morning"], &planned["evening"]),
        (&Value::Null, &"1500".into(), &"2000".into())
    );
    for (name, sheet) in ["Schedule", "Doses"].map(|name| (name, sheet(written(&clinic, "xlsx", &[]), name))) {
        let row = sheet.iter().find(|row| row["drug"].to_string().contains("capecitabine")).unwrap();
        let cell = |name: &str| row[name].clone();
        assert_eq!(
            [cell("planned_dose"), cell("planned_morning"), cell("planned_evening")],
            [Data::Empty, Data::Float(1500.0), Data::Float(2000.0)],
            "{name}"
        );
    }
}

/// mFOLFOX6: oxaliplatin in glucose 5 %, never with sodium chloride. R-CHOP: vincristine is fatal by other routes.
#[test]
fn what_must_be_read_before_it_is_prepared_is_in_every_table_and_bundle() {
    let clinic = clinic("gi-mfolfox6");
    let doses = sheet(written(&clinic, "xlsx", &[]), "Doses");
    let row = doses.iter().find(|row| row["drug"] == Data::String("oxaliplatin".to_owned())).unwrap();
    let cells = ["diluent", "bag mL", "limits", "never with"].map(|name| row[name].to_string());
    let columns = parquet(written(&clinic, "parquet", &[]));
    let line = columns.iter().find(|line| line.contains("id: \"oxaliplatin\"")).unwrap();
    let fhir: Value = serde_json::from_slice(&written(&clinic, "fhir", &[])).unwrap();
    let of = |name: &str| {
        let requests = fhir["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
        let mut requests = requests.filter(|one| one["resourceType"] == "MedicationRequest");
        requests
            .find(|one| one["medicationCodeableConcept"]["text"].as_str().unwrap().to_lowercase().contains(name))
            .unwrap()
            .clone()
    };
    assert_eq!(cells, ["glucose 5 %", "500", "0.2 to 0.7 mg/mL", "NEVER with sodium chloride 0.9 %"]);
    for cell in [
        "diluent: \"glucose 5 %\"",
        "bag_ml: \"500\"",
        "limits: \"0.2 to 0.7 mg/mL\"",
        "never_with: \"NEVER with sodium chloride 0.9 %\"",
    ] {
        assert!(line.contains(cell), "{cell}: {line}");
    }
    let request = of("oxaliplatin");
    assert_eq!(request["dosageInstruction"][0]["additionalInstruction"][0]["text"], "NEVER with sodium chloride 0.9 %");
    assert!(request["note"].to_string().contains("glucose 5 %, 500 mL"), "{:#}", request["note"]);

    let clinic = self::clinic("heme-rchop21");
    let warned = |text: &str| text.to_lowercase().contains("fatal if given by other routes");
    let row = sheet(written(&clinic, "xlsx", &[]), "Schedule");
    let row = row.iter().find(|row| row["drug"].to_string().to_lowercase().contains("vincristine")).unwrap();
    assert!(warned(&row["warn"].to_string()), "{row:?}");
    let columns = parquet(written(&clinic, "parquet", &[]));
    assert!(columns.iter().any(|line| line.contains("id: \"vincristine\"") && warned(line)));
    let json: Value = serde_json::from_slice(&written(&clinic, "fhir", &[])).unwrap();
    let told = json["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let mut told = told.filter(|one| one["resourceType"] == "MedicationRequest");
    assert!(told.any(|one| warned(&one["dosageInstruction"][0]["additionalInstruction"].to_string())));
}

/// 0.149 g are the 149 mg that were planned: one unit in every column and event, and one sum.
#[test]
fn a_dose_typed_in_another_unit_is_counted_in_that_of_the_plan() {
    let clinic = clinic("gi-mfolfox6");
    recorded(
        &clinic,
        &["given", "S-014", "--cycle", "1", "--drug", "oxaliplatin", "--on", "2026-12-07", "--dose", "0.149 g"],
    );
    let cells = |format: &str, id: &str, names: [&str; 3]| {
        let all = rows(&written(&clinic, format, &[]));
        let row = all.iter().find(|row| row[id] == "oxaliplatin").unwrap();
        names.map(|name| row[name].clone())
    };
    assert_eq!(cells("csv", "drug_id", ["planned_dose", "given_dose", "dose_unit"]), ["149", "149", "mg"]);
    assert_eq!(cells("redcap-import", "ds_drug", ["ds_dose", "ds_given_dose", "ds_unit"]), ["149", "149", "mg"]);
    let events = rows(&written(&clinic, "nonmem", &[]));
    assert!(events.iter().any(|row| row["AMT"] == "149" && row["GIVEN"] == "1"), "{events:?}");
    let page = text(written(&clinic, "html-worksheet", &["--only-cycle", "2"]));
    assert!(page.contains("total after this 298 mg"), "149 + 149 mg: {page}");
}

/// A weight of the 19th that changes no dose, and a cycle 2 that nobody gave: the sheet of cycle 3 says both.
#[test]
fn a_worksheet_says_what_is_newer_and_what_is_not_on_record() {
    let clinic = clinic("gi-mfolfox6");
    recorded(&clinic, &["given", "S-014", "--cycle", "1", "--on", "2026-12-07"]);
    recorded(&clinic, &["measure", "S-014", "--weight", "61", "--on", "2026-12-19"]);
    let page = text(written(&clinic, "html-worksheet", &["--only-cycle", "3"]));
    for said in [
        "NEWEST 61 kg on 19-Dec-2026, not used here",
        "day not stated (entered on ",
        "149 mg planned in Cycle 2, not on record as given",
        "total after this 447 mg, if all before it is given: not all of it is on record",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

/// Cycle 1 was given and cycle 2 too: the pump of the first came off, that of the second is still to be confirmed.
#[test]
fn a_patient_reads_of_the_pump_and_of_the_one_that_came_off() {
    let clinic = clinic("gi-mfolfox6");
    recorded(&clinic, &["given", "S-014", "--cycle", "1", "--on", "2026-12-07"]);
    recorded(&clinic, &["given", "S-014", "--cycle", "2", "--on", "2026-12-21"]);
    let page = String::from_utf8(written(&clinic, "html-calendar", &[])).unwrap();
    assert!(page.contains("A pump runs for 46 hours; it is taken off on a visit of its own."), "{page}");
    let row =
        |day: &str| page.split("<tr").find(|row| row.contains(day) && row.contains("Pump off")).unwrap().to_owned();
    assert!(!row("09-Dec-2026").contains("confirmed"), "{}", row("09-Dec-2026"));
    assert!(row("23-Dec-2026").contains("confirmed"), "{}", row("23-Dec-2026"));
}
