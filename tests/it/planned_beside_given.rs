//! What was planned stays beside what happened: day, dose and the measurements behind it. Every value was worked out by
//! hand; 7 December 2026 is a Monday.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use parquet::file::reader::{FileReader, SerializedFileReader};
use posology::calendar::iso;
use posology::course::{AdministrationRecord, Course, Key, Measurement};
use posology::plan::{Plan, PlannedDose};
use posology::quantity::{Amount, Portion, Weight};
use serde_json::{Value, json};

use crate::clinic::Clinic;
use crate::support::{TWO_WEEKS, course, date, drug, on, one_phase, planned};
use crate::tui_record::Interface;

fn key(cycle: u32, day: i32, drug: &str) -> Key {
    Key { phase: None, cycle, day, drug: drug.into(), part: None }
}

fn given(course: &mut Course, key: Key, on: &str, dose: Option<&str>) {
    let dose = dose.map(|dose| Portion::once(Amount::read(dose).unwrap()));
    course.recorded.insert(key, AdministrationRecord::Given { on: date(on), dose });
}

fn plan_of<'p>(plan: &'p Plan, drug: &str, cycle: u32, day: i32) -> &'p PlannedDose {
    on(plan, drug, cycle, day).planned.as_ref().unwrap()
}

/// Planned, then given: day and dose.
fn both(plan: &Plan, drug: &str, cycle: u32, day: i32) -> [(String, String); 2] {
    let (one, planned) = (on(plan, drug, cycle, day), plan_of(plan, drug, cycle, day));
    [(iso(planned.date), planned.dose.amount.to_string()), (iso(one.date), one.dose.amount.to_string())]
}

fn pair(planned: (&str, &str), given: (&str, &str)) -> [(String, String); 2] {
    [planned, given].map(|(day, dose)| (day.to_owned(), dose.to_owned()))
}

/// 70 mg/m² on days 1 and 8, with a premedication on the same days.
fn regimen() -> posology::regimen::Regimen {
    let a =
        "dose = \"70 mg/m2\"\nroute = \"intravenous\"\ndays = [1, 8]\nround = \"none\"\ncycle_total = \"140 mg/m2\"";
    let b = "dose = \"8 mg\"\nroute = \"oral\"\ngiven = \"clinic\"\nrole = \"premedication\"\nfor = \"a\"\ndays = [1, 8]\ncycle_total = \"16 mg\"";
    one_phase(TWO_WEEKS, &format!("{}{}", drug("a", a), drug("b", b)))
}

#[test]
fn a_dose_given_late_and_less_keeps_its_planned_day_and_dose() {
    // 170 cm, 65 kg: Mosteller √(170 × 65 / 3600) = 1.7519…, 1.75 m²; 70 × 1.75 = 122.5 mg.
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    // Cycle 2 was due 14 days later, on the 21st; it began on the 22nd, with 100 mg.
    given(&mut course, key(2, 1, "a"), "2026-12-22", Some("100 mg"));
    let plan = planned(&regimen(), &course);
    assert_eq!(both(&plan, "a", 2, 1), pair(("2026-12-21", "122.5 mg"), ("2026-12-22", "100 mg")));
    // What belongs to it is still to come, and comes with it.
    assert_eq!(both(&plan, "b", 2, 1), pair(("2026-12-22", "8 mg"), ("2026-12-22", "8 mg")));
    // Day 8 counts from the day 1 that came to be: it is planned for the 29th, seven days after the 22nd.
    assert_eq!(both(&plan, "a", 2, 8), pair(("2026-12-29", "122.5 mg"), ("2026-12-29", "122.5 mg")));
    assert!(plan_of(&plan, "a", 2, 1).dose.steps.iter().all(|step| !step.label.starts_with("given")));
}

#[test]
fn a_later_day_given_late_keeps_its_planned_day_and_so_does_what_belongs_to_it() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-08", None);
    given(&mut course, key(1, 8, "a"), "2026-12-17", None);
    let plan = planned(&regimen(), &course);
    // Day 1 was planned for the 7th. Day 8 is the 15th, counted from the 8th; it came two days after that.
    assert_eq!(both(&plan, "a", 1, 1).map(|(day, _)| day), ["2026-12-07", "2026-12-08"]);
    assert_eq!(both(&plan, "a", 1, 8).map(|(day, _)| day), ["2026-12-15", "2026-12-17"]);
    assert_eq!(both(&plan, "b", 1, 8).map(|(day, _)| day), ["2026-12-17", "2026-12-17"]);
    // Once it is given with its drug, it was due with its drug.
    given(&mut course, key(1, 8, "b"), "2026-12-17", None);
    let plan = planned(&regimen(), &course);
    assert_eq!(both(&plan, "b", 1, 8).map(|(day, _)| day), ["2026-12-15", "2026-12-17"]);
}

#[test]
fn of_a_cycle_without_its_day_1_the_day_that_was_given_is_counted_from_the_planned_one() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    course.recorded.insert(key(2, 1, "a"), AdministrationRecord::Omitted("fever".into()));
    // Day 8 of cycle 2 was planned for 28-Dec and came on the 30th; day 1 counted back from it is the 23rd.
    given(&mut course, key(2, 8, "a"), "2026-12-30", None);
    let plan = planned(&regimen(), &course);
    assert_eq!(iso(plan_of(&plan, "a", 2, 1).date), "2026-12-23", "what was not given stands where the cycle does");
    assert_eq!(iso(plan_of(&plan, "a", 2, 8).date), "2026-12-28");
    // The third cycle follows the second as it came to be: 23-Dec + 14 days.
    assert_eq!(iso(plan_of(&plan, "a", 3, 1).date), "2027-01-06");
}

#[test]
fn a_recorded_delay_moves_the_planned_day_and_a_dose_later_than_that_is_late() {
    let mut course = course("2026-12-07", "170", "65");
    given(&mut course, key(1, 1, "a"), "2026-12-07", None);
    let delay = posology::course::Delay { days: 7, reason: "neutrophils".into(), required: true };
    course.delays.insert((None, 2), delay);
    given(&mut course, key(2, 1, "a"), "2026-12-29", None);
    let plan = planned(&regimen(), &course);
    // 21-Dec + 7 days of delay = 28-Dec.
    assert_eq!(both(&plan, "a", 2, 1).map(|(day, _)| day), ["2026-12-28", "2026-12-29"]);
}

#[test]
fn each_dose_names_the_measurements_it_was_made_from() {
    let mut course = course("2026-12-07", "170", "65");
    course.subject.measured = Some(date("2026-12-05"));
    let weighed = |on: &str, weight: &str| Measurement {
        on: date(on),
        height: None,
        weight: Some(Weight::read(weight).unwrap()),
        creatinine: None,
        gfr: None,
    };
    // Under the 10 % of the regimen: 62 kg changes no dose. 58 kg does, 10.8 % below 65.
    course.measurements = vec![weighed("2026-12-20", "62"), weighed("2027-01-03", "58")];
    let plan = planned(&regimen(), &course);
    let weight = |cycle: u32| {
        let inputs = &plan_of(&plan, "a", cycle, 1).inputs;
        let weight = inputs.weight.unwrap();
        let height = inputs.height.unwrap();
        let bsa = inputs.size.as_ref().unwrap().bsa.unwrap().value().to_string();
        (weight.value.to_string(), weight.on.map(iso), height.on.map(iso), bsa)
    };
    let of = |weight: &str, on: &str, bsa: &str| {
        (weight.to_owned(), Some(on.to_owned()), Some("2026-12-05".to_owned()), bsa.to_owned())
    };
    assert_eq!(weight(1), of("65 kg", "2026-12-05", "1.75"));
    assert_eq!(weight(2), of("65 kg", "2026-12-05", "1.75"));
    // √(170 × 58 / 3600) = 1.6549…, 1.65 m².
    assert_eq!(weight(3), of("58 kg", "2027-01-03", "1.65"));
}

/// 123 mg of irinotecan were due on Monday 21-Dec-2026 (70 mg/m2 × 1.75 m2 = 122.5 mg, rounded); on the 22nd 100 mg of
/// them went in. The antibody of the day was left out, that of cycle 3 is held.
fn treated() -> Clinic {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    clinic.today = "2026-12-22";
    let part = ["given", "S-014", "--cycle", "2", "--drug", "irinotecan", "--on", "2026-12-22", "--dose", "100 mg"];
    let why = ["--partly", "--reason", "infusion reaction", "--accept", "dose-differs=stopped at 100 mg"];
    clinic.record(&[&part[..], &why].concat());
    clinic.record(&["omit", "S-014", "--cycle", "2", "--drug", "nimotuzumab", "--reason", "refused"]);
    clinic.record(&["hold", "S-014", "--cycle", "3", "--drug", "nimotuzumab", "--reason", "rash"]);
    clinic
}

fn written(clinic: &Clinic, format: &str) -> Vec<u8> {
    let path = clinic.path("written");
    let to = path.to_str().unwrap();
    let output = clinic.run(&["subject", "plan", "S-014", "--as", format, "--study", "T1", "--output", to, "--force"]);
    assert!(output.status.success(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).unwrap()
}

/// What every format with columns says of the dose that was given in part: planned and given apart.
const OF_THE_PART: [(&str, &str); 10] = [
    ("date", "2026-12-22"),
    ("planned_date", "2026-12-21"),
    ("earliest", "2026-12-21"),
    ("latest", "2026-12-24"),
    ("given_date", "2026-12-22"),
    ("planned_dose", "123"),
    ("given_dose", "100"),
    ("state", "incomplete"),
    ("reason", "infusion reaction"),
    ("recorded_by", "A. Nurse"),
];

#[test]
fn columns_hold_the_planned_dose_beside_the_given_one() {
    let clinic = treated();
    let csv = written(&clinic, "csv");
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(csv.as_slice()).deserialize().map(Result::unwrap).collect();
    let of = |drug: &str, cycle: &str| {
        rows.iter()
            .find(|row| row["drug_id"] == drug && row["cycle"] == cycle)
            .unwrap_or_else(|| panic!("{drug} {cycle}"))
    };
    let part = of("irinotecan", "2");
    for (column, cell) in OF_THE_PART {
        assert_eq!(part[column], cell, "{column}");
    }
    for (column, cell) in
        [("dose", "100"), ("total", "100"), ("incomplete", "true"), ("days_late", "1"), ("entry", "4")]
    {
        assert_eq!(part[column], cell, "{column}");
    }
    // The figures behind it are those of the planned dose.
    assert_eq!((part["calculated"].as_str(), part["vials"].as_str()), ("122.5", "3"));
    assert!(
        part["working"].ends_with("= 123 mg (+0.4 %)") || part["working"].contains("123 mg"),
        "{}",
        part["working"]
    );
    assert!(!part["working"].contains("100 mg"), "{}", part["working"]);
    let said = |row: &BTreeMap<String, String>| {
        ["state", "planned_date", "planned_dose", "given_date", "given_dose", "reason", "recorded_by"]
            .map(|column| row[column].clone())
    };
    assert_eq!(said(of("nimotuzumab", "2")), ["omitted", "2026-12-22", "400", "", "", "refused", "A. Nurse"]);
    assert_eq!(said(of("nimotuzumab", "3")), ["held", "2027-01-05", "400", "", "", "rash", "A. Nurse"]);
    assert_eq!(said(of("irinotecan", "1")), ["given", "2026-12-07", "123", "2026-12-07", "123", "", "A. Nurse"]);
    assert_eq!(said(of("irinotecan", "3")), ["projected", "2027-01-05", "123", "", "", "", ""]);
}

#[test]
fn a_workbook_and_a_parquet_file_hold_both_as_dates_and_numbers() {
    let clinic = treated();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(written(&clinic, "xlsx"))).unwrap();
    let sheet = book.worksheet_range("Schedule").unwrap();
    let head: Vec<String> = sheet.rows().nth(1).unwrap().iter().map(ToString::to_string).collect();
    let column = |name: &str| head.iter().position(|known| known == name).unwrap_or_else(|| panic!("no {name}"));
    let part = sheet.rows().find(|row| {
        row[column("state")] == Data::String("incomplete".to_owned()) && row[column("cycle")] == Data::Float(2.0)
    });
    let part = part.unwrap();
    // 21-Dec-2026 is day 46,377 of the calendar of spreadsheets: 46,363 is 7 December, and 14 days follow.
    for (name, day) in [("planned_date", 46_377.0), ("given_date", 46_378.0), ("date", 46_378.0)] {
        assert!(matches!(&part[column(name)], Data::DateTime(known) if (known.as_f64() - day).abs() < 1e-9), "{name}");
    }
    let cell = |name: &str| part[column(name)].clone();
    assert_eq!((cell("planned_dose"), cell("given_dose")), (123.0.into(), 100.0.into()));
    assert_eq!(cell("reason"), Data::String("infusion reaction".to_owned()));
    assert_eq!(cell("recorded_by"), Data::String("A. Nurse".to_owned()));
    let beside = "in part, 1 day late, planned 123 mg for Mon 21-Dec-2026";
    assert_eq!(cell("beside the plan"), Data::String(beside.to_owned()));

    let bytes: bytes::Bytes = written(&clinic, "parquet").into();
    let reader = SerializedFileReader::new(bytes).unwrap();
    let mut rows = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string());
    let line = rows.find(|line| line.contains("given_date: 2026-12-22")).unwrap();
    for (column, cell) in OF_THE_PART {
        let cell = match column {
            "planned_dose" | "given_dose" => format!("{column}: {cell}.000000"),
            "state" | "reason" | "recorded_by" => format!("{column}: \"{cell}\""),
            _ => format!("{column}: {cell}"),
        };
        assert!(line.contains(&cell), "{cell}: {line}");
    }
}

#[test]
fn documents_hold_a_planned_and_a_given_object() {
    let clinic = treated();
    let shown = clinic.show();
    assert_eq!(shown["format"], 2);
    let document: Value = serde_json::from_slice(&written(&clinic, "json")).unwrap();
    assert_eq!(document["format"], 2);
    let lines = String::from_utf8(written(&clinic, "jsonl")).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["record"] == "dose" && line["cycle"] == 2 && line["id"] == "irinotecan");
    let of = |document: &Value| {
        let doses = document["doses"].as_array().unwrap();
        doses.iter().find(|dose| dose["cycle"] == 2 && dose["id"] == "irinotecan").unwrap().clone()
    };
    for dose in [&of(&document), &of(&shown["plan"]), line.unwrap()] {
        let (planned, given) = (&dose["planned"], &dose["given"]);
        assert_eq!((&dose["state"], &dose["reason"]), (&json!("incomplete"), &json!("infusion reaction")));
        assert_eq!((&dose["recorded"]["by"], &dose["recorded"]["entry"]), (&json!("A. Nurse"), &json!(4)));
        assert_eq!((&planned["date"], &planned["dose"]), (&json!("2026-12-21"), &json!("123")));
        assert_eq!(planned["window"], json!({"earliest": "2026-12-21", "latest": "2026-12-24"}));
        assert_eq!((&given["date"], &given["dose"]), (&json!("2026-12-22"), &json!("100")));
        assert_eq!(
            (&given["incomplete"], &given["days_late"], &given["unit"]),
            (&json!(true), &json!(1), &json!("mg"))
        );
        assert_eq!(planned["measurements"]["weight"]["value"], "65");
    }
    let omitted = document["doses"].as_array().unwrap().iter().find(|dose| dose["state"] == "omitted").unwrap();
    assert_eq!((&omitted["given"], &omitted["planned"]["dose"]), (&Value::Null, &json!("400")));
}

#[test]
fn pages_and_the_screen_say_both() {
    let clinic = treated();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = flat(&String::from_utf8(written(&clinic, "text")).unwrap());
    let part = "GIVEN, in part, 1 day late, planned 123 mg for Mon 21-Dec-2026; infusion reaction";
    assert!(shown.contains(part), "{shown}");
    assert!(shown.contains("OMITTED; refused"), "{shown}");
    let worksheet = String::from_utf8(written(&clinic, "html-worksheet")).unwrap();
    assert!(worksheet.contains("<p class=\"dose\">123 mg</p>"), "the sheet says what is prepared");
    assert!(!worksheet.contains("Tue 22-Dec-2026, 100 mg"), "a visit with nothing left to prepare has no sheet");
    let asked = ["subject", "plan", "S-014", "--as", "html-worksheet", "--study", "T1", "--with-given"];
    let asked = String::from_utf8(clinic.run(&asked).stdout).unwrap();
    let given = "GIVEN: prepare nothing. given on Tue 22-Dec-2026, 100 mg; in part; 1 day late";
    assert!(asked.contains(given), "what was given, where it is asked for: {asked}");
    // A bag that was given in part changes no dose: 123 mg in cycle 3 as in cycle 2.
    assert!(worksheet.contains("123 mg in Cycle 2; difference none"), "no dose change");
    let notice = String::from_utf8(written(&clinic, "html-notice")).unwrap();
    assert!(!notice.contains("100 mg"), "{notice}");

    std::fs::create_dir(clinic.path("library")).unwrap();
    let mut interface = Interface::of(clinic);
    interface.on("2026-12-22");
    interface.keys("<f3><enter>t");
    // The pane of the day is the rightmost one.
    let drawn = interface.drawn(200, 60);
    let screen = flat(&drawn.lines().filter_map(|line| line.rsplit('│').nth(1)).collect::<Vec<_>>().join(" "));
    for words in [
        "irinotecan liposomal 100 mg",
        "given, in part, 1 day late, planned 123 mg for Mon 21-Dec-2026",
        "infusion reaction",
        "recorded by A. Nurse",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

/// A dose beyond the plan has nothing planned beside it.
#[test]
fn a_second_dose_has_no_plan() {
    let clinic = treated();
    let again = ["given", "S-014", "--cycle", "2", "--drug", "irinotecan", "--on", "2026-12-22", "--dose", "23 mg"];
    clinic.record(&[&again[..], &["--second-dose", "--accept", "second-dose=the rest"]].concat());
    let document: Value = serde_json::from_slice(&written(&clinic, "json")).unwrap();
    let doses = document["doses"].as_array().unwrap();
    let second = doses.iter().find(|dose| dose["part"] == "again 2").unwrap();
    assert_eq!((&second["planned"], &second["given"]["dose"]), (&Value::Null, &json!("23")));
    assert_eq!((&second["given"]["days_late"], &second["recorded"]["by"]), (&Value::Null, &json!("A. Nurse")));
}

/// Decided, not taken, and open are three things; what nobody gave was planned all the same.
#[test]
fn omitted_missed_and_held_are_apart_in_file_and_form() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    clinic.record(&["omit", "S-014", "--cycle", "2", "--drug", "irinotecan", "--reason", "refused"]);
    clinic.record(&["omit", "S-014", "--cycle", "3", "--drug", "irinotecan", "--missed", "--reason", "did not come"]);
    clinic.record(&["hold", "S-014", "--cycle", "4", "--drug", "irinotecan", "--reason", "rash"]);
    let csv = written(&clinic, "csv");
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(csv.as_slice()).deserialize().map(Result::unwrap).collect();
    let state = |cycle: &str| {
        let row = rows.iter().find(|row| row["drug_id"] == "irinotecan" && row["cycle"] == cycle).unwrap();
        ["state", "planned_dose", "given_dose", "reason"].map(|column| row[column].clone())
    };
    assert_eq!(state("2"), ["omitted", "123", "", "refused"]);
    assert_eq!(state("3"), ["missed", "123", "", "did not come"]);
    assert_eq!(state("4"), ["held", "123", "", "rash"]);
    let table = String::from_utf8(written(&clinic, "sdtm-ec")).unwrap();
    assert!(table.lines().any(|line| line.contains("PERFORMED") && line.contains(",N,did not come,")), "{table}");

    let told = String::from_utf8(clinic.run(&["deviations", "--as", "csv"]).stdout).unwrap();
    assert!(told.contains(",missed,cycle 3 day 1 irinotecan liposomal was missed.,did not come,"), "{told}");

    // The form asks which of the two it was; `n` stands there.
    std::fs::create_dir(clinic.path("library")).unwrap();
    let mut interface = Interface::of(clinic);
    interface.keys("<f3><enter>ro");
    let screen = interface.drawn(140, 45);
    assert!(screen.lines().any(|line| line.contains("Missed") && line.contains(" n ")), "{screen}");
}

/// XELOX for 150 cm and 54 kg: √(150 × 54 ÷ 3,600) = 1.5 m², 1,500 mg each time, 28 doses, 42,000 mg. By the 13th, the
/// seventh day of a run that begins in the evening of the 7th, 13 doses were due: 12 of them were taken.
#[test]
fn doses_counted_as_taken_are_given_and_those_not_yet_due_are_not_missed() {
    let mut clinic = Clinic::new();
    let add = ["add", "S-9", "gi-xelox", "--height", "150", "--weight", "54", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let run = ["--cycle", "1", "--drug", "capecitabine"];
    let counted = |clinic: &Clinic| {
        let rows = clinic.run(&["subject", "plan", "S-9", "--as", "csv"]).stdout;
        let rows: Vec<BTreeMap<String, String>> =
            csv::Reader::from_reader(rows.as_slice()).deserialize().map(Result::unwrap).collect();
        let row = rows.iter().find(|row| row["drug_id"] == "capecitabine" && row["cycle"] == "1").unwrap();
        ["state", "administrations", "missed", "given_total", "planned_total"].map(|column| row[column].clone())
    };
    assert_eq!(counted(&clinic), ["projected", "28", "", "", "42000"]);
    clinic.today = "2026-12-13";
    clinic.record(&[&["supply", "S-9", "taken", "12"][..], &run].concat());
    assert_eq!(counted(&clinic), ["incomplete", "12", "1", "18000", "42000"]);
    clinic.today = "2026-12-28";
    clinic.record(&[&["supply", "S-9", "taken", "15"][..], &run].concat());
    assert_eq!(counted(&clinic), ["incomplete", "27", "1", "40500", "42000"]);
    clinic.record(&[&["supply", "S-9", "taken", "1"][..], &run].concat());
    assert_eq!(counted(&clinic), ["given", "28", "0", "42000", "42000"]);
    let ex = clinic.run(&["subject", "plan", "S-9", "--as", "sdtm-ex", "--study", "T1"]).stdout;
    let ex = String::from_utf8(ex).unwrap();
    assert!(ex.lines().any(|line| line.contains("CAPECITABINE") && line.contains(",1500,mg,,BID,")), "{ex}");
}

/// The end of treatment, every entry and the dose intensity leave the program.
#[test]
fn the_record_goes_out_with_its_end_and_its_intensity() {
    let mut clinic = treated();
    clinic.today = "2026-12-30";
    clinic.record(&["stop", "S-014", "--on", "2026-12-30", "--reason", "disease progression"]);
    let document: Value = serde_json::from_slice(&written(&clinic, "json")).unwrap();
    let ended = &document["discontinued"];
    assert_eq!((&ended["date"], &ended["reason"]), (&json!("2026-12-30"), &json!("disease progression")));
    assert_eq!(ended["recorded"]["by"], "A. Nurse");
    assert_eq!(document["history"].as_array().unwrap().last().unwrap()["kind"], "stopped");
    let of = |format: &str| String::from_utf8(written(&clinic, format)).unwrap();
    assert!(of("csv-history").lines().last().unwrap().contains(",stopped,,,disease progression,"));
    // 123 + 100 of 122.5 + 122.5 mg.
    let intensity = of("csv-intensity");
    assert!(intensity.lines().any(|line| line.contains(",irinotecan,2,245,223,mg,")), "{intensity}");
    assert!(of("text").contains("Treatment ended on Wed 30-Dec-2026: disease progression"));
    assert!(of("fhir-losses").contains("the entries of the record"));
    // What the end dropped is withdrawn, so that no request of an earlier bundle stays active.
    let bundle = ["--as", "fhir", "--study", "T1", "--namespace", "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f"];
    let bundle = clinic.run(&[&["subject", "plan", "S-014"][..], &bundle].concat());
    let bundle: Value = serde_json::from_slice(&bundle.stdout).unwrap();
    let last = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let last = last.clone().find(|one| one["identifier"][0]["value"] == "C8/D1/irinotecan").unwrap();
    assert_eq!((&last["status"], &last["statusReason"]["text"]), (&json!("cancelled"), &json!("disease progression")));
    // What the end dropped is cancelled without the file before.
    let rows = of("redcap-import");
    let dropped = rows.lines().filter(|line| line.contains(",/8/1/irinotecan/,")).collect::<Vec<_>>();
    assert!(dropped.len() == 1 && dropped[0].contains(",mg,7,"), "{dropped:?}");
}
