//! What a row comes to over its whole length: infusions dosed by the day, unequal halves, runs that stop. Every
//! expected figure is worked out by hand beside it.

use std::fmt::Write;

use serde_json::Value;

use crate::clinic::Clinic;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A regimen file of three-week cycles; `row` is one line of its example.
pub fn file(id: &str, cycle: &str, rest: &str, subject: &str, row: &str) -> String {
    let mut out = format!(
        "format = 1\n[regimen]\nid = \"{id}\"\nname = \"{id}\"\nversion = \"1\"\nstatus = \"draft\"\nsetting = \"practice\"\n\
         indication = \"testing\"\n[cycle]\n{cycle}\nnext = \"from actual day 1\"\n\
         window = {{ early = \"0 days\", late = \"3 days\" }}\nsource = \"unverified\"\n{rest}"
    );
    write!(out, "[[example]]\nsubject = {{ {subject} }}\nstart = 2026-12-07\nexpect = [{row}]\n").unwrap();
    out
}

const BODY: &str = "[body]\nbsa = \"mosteller\"\nbsa_places = 2\nweight = \"actual\"\nrecalculate = \"never\"\n\
                    source = \"unverified\"\n";
const TALL: &str = "height = \"180 cm\", weight = \"80 kg\"";

/// 10 mg/m2 in each 24 hours for 96 hours; 180 cm and 80 kg are √(180 × 80 ÷ 3,600) = 2 m²: 20 mg a day, 80 mg in all.
fn perday(maximum: &str) -> String {
    let drug = format!(
        "{BODY}[[lifetime]]\nname = \"anthracyclines\"\ncounts = {{ doxorubicin = \"1\" }}\nlimit = \"450 mg/m2\"\n\
         source = \"unverified\"\n[[drug]]\nname = \"doxorubicin\"\ndose_per_day = \"10 mg/m2\"\n\
         route = \"intravenous\"\nover = \"96 hours\"\ndays = [1]\nends = {{ day = 5, visit = \"pump off\" }}\n\
         {maximum}\nround = \"none\"\nsource = \"unverified\"\n"
    );
    let row = "{ cycle = 1, day = 1, date = 2026-12-07, drug = \"doxorubicin\", dose = \"20 mg\" }";
    file("perday", "length = \"21 days\"\ncount = { planned = 4 }", &drug, TALL, row)
}

pub fn clinic(name: &str, text: &str) -> Clinic {
    let mut clinic = Clinic::new();
    let folder = clinic.path("library");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.toml")), text).unwrap();
    clinic.extra = vec!["--library".into(), folder.display().to_string()];
    clinic
}

pub fn add(clinic: &Clinic, regimen: &str, options: &[&str]) {
    let base = ["add", "S-1", regimen, "--start", "2026-12-07", "--accept", "draft=training"];
    clinic.record(&[&base[..], options].concat());
}

pub fn shown(clinic: &Clinic) -> Value {
    let output = clinic.run(&["subject", "show", "S-1", "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn plan(clinic: &Clinic, arguments: &[&str]) -> Value {
    let mut all = vec!["plan"];
    all.extend(arguments);
    all.extend(["--start", "2026-12-07", "--json"]);
    all.extend(clinic.extra.iter().map(String::as_str));
    let output = clinic.bare(&all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn an_infusion_dosed_by_the_day_counts_every_day() {
    let clinic = clinic("perday", &perday(""));
    let sizes = ["--height", "180", "--weight", "80", "--exposure", "anthracyclines=none"];
    add(&clinic, "perday", &sizes);
    clinic.record(&["given", "S-1", "--cycle", "1"]);
    let shown = shown(&clinic);
    let drug = &shown["ledger"]["drugs"][0];
    // 20 mg × 4 days, planned and delivered; nothing was lost and nothing came late.
    assert_eq!((drug["planned"].as_str(), drug["delivered"].as_str()), (Some("80 mg"), Some("80 mg")));
    assert_eq!(drug["relative_dose_intensity"], "100");
    // 80 mg ÷ 2 m² = 40 mg/m2 in a cycle, 160 in four.
    let limit = &shown["limits"][0];
    assert_eq!((limit["given"].as_str(), limit["planned"].as_str()), (Some("40"), Some("160")));
    let event = &shown["history"][1]["event"]["given"];
    assert_eq!((event["dose"].as_str(), event["days"].as_str()), (Some("20 mg"), Some("4")));
}

#[test]
fn a_dose_typed_for_such_an_infusion_is_that_of_a_day_and_one_given_in_part_is_all_that_went_in() {
    let sizes = ["--height", "180", "--weight", "80", "--exposure", "anthracyclines=none"];
    // 15 mg in each 24 hours for 4 days are 60 mg, 75 % of 80.
    let daily = clinic("perday", &perday(""));
    add(&daily, "perday", &sizes);
    let given = ["given", "S-1", "--cycle", "1", "--dose", "15 mg"];
    let told = daily.refused(&given, "dose-differs");
    assert!(
        told.contains("15 mg in each 24 hours, 60 mg in all against 20 mg in each 24 hours, 80 mg in all"),
        "{told}"
    );
    daily.record(&[&given[..], &["--accept", "dose-differs=seen"]].concat());
    assert_eq!(shown(&daily)["ledger"]["drugs"][0]["delivered"], "60 mg");
    // The pump was stopped after 30 mg: 30 of 80.
    let part = clinic("perday", &perday(""));
    add(&part, "perday", &sizes);
    let stopped = ["given", "S-1", "--cycle", "1", "--dose", "30 mg", "--partly", "--reason", "line blocked"];
    part.record(&[&stopped[..], &["--accept", "dose-differs=seen"]].concat());
    let shown = shown(&part);
    let drug = &shown["ledger"]["drugs"][0];
    assert_eq!((drug["planned"].as_str(), drug["delivered"].as_str()), (Some("80 mg"), Some("30 mg")));
    // 30 ÷ 80
    assert_eq!(drug["relative_dose_intensity"], "37.5");
    // 30 mg ÷ 2 m².
    assert_eq!(shown["limits"][0]["given"], "15");
}

#[test]
fn the_maximum_of_a_cycle_holds_for_every_day_of_an_infusion() {
    let clinic = clinic("perday", &perday("maximum = { cycle = \"50 mg\" }"));
    let checked = clinic.bare(&["regimen", "check", clinic.path("library/perday.toml").to_str().unwrap()]);
    let out = text(&checked.stdout);
    // 20 mg × 4 days = 80 mg.
    assert!(out.contains("80 mg is above the maximum of 50 mg for one cycle"), "{out}");
}

/// 1,000 mg/m2 twice daily at 1.75 m² is 3,500 mg a day: 1,500 + 2,000; and 3 × 500 mg in the clinic.
fn halves(day: &str, cycle: &str) -> String {
    let drugs = format!(
        "{BODY}[[drug]]\nname = \"capecitabine\"\ndose = \"1000 mg/m2\"\nroute = \"oral\"\ngiven = \"home\"\n\
         days = {{ from = 1, through = 14 }}\ntimes = \"twice daily\"\nstarts = \"evening\"\nmissed = \"skip\"\n\
         cycle_total = \"28000 mg/m2\"\ntablets = [\"500 mg\"]\nmaximum = {{ day = \"{day}\" }}\n\
         round = {{ nearest = \"500 mg\", ties = \"up\", of = \"daily total\", larger = \"evening\", within = \"10 %\" }}\n\
         source = \"unverified\"\n[[drug]]\nname = \"gemcitabine\"\ndose = \"500 mg\"\nroute = \"intravenous\"\n\
         over = \"30 minutes\"\nby_cycle = [{{ from = 1, days = [1, 8, 15] }}]\ncycle_total = \"1500 mg\"\n\
         missed = \"skip\"\nmaximum = {{ cycle = \"{cycle}\" }}\nround = \"none\"\nsource = \"unverified\"\n"
    );
    let row = "{ cycle = 1, day = 1, date = 2026-12-07, drug = \"gemcitabine\", dose = \"500 mg\" }";
    let subject = "height = \"170 cm\", weight = \"65 kg\"";
    file("halves", "length = \"21 days\"\ncount = { planned = 3 }", &drugs, subject, row)
}

#[test]
fn maxima_look_at_both_halves_and_at_every_day_of_a_cycle() {
    for (day, cycle, wrong) in [
        ("3500 mg", "1500 mg", None),
        ("3499 mg", "1500 mg", Some("3,500 mg is above the maximum of 3,499 mg for one day")),
        ("3500 mg", "1499 mg", Some("1,500 mg is above the maximum of 1,499 mg for one cycle")),
    ] {
        let clinic = clinic("halves", &halves(day, cycle));
        let checked = clinic.bare(&["regimen", "check", clinic.path("library/halves.toml").to_str().unwrap()]);
        let out = text(&checked.stdout);
        match wrong {
            None => assert!(!out.contains("BLOCK"), "{out}"),
            Some(wrong) => assert!(out.contains(wrong), "{out}"),
        }
    }
}

#[test]
fn unequal_halves_are_each_recorded_and_each_counted() {
    let clinic = clinic("halves", &halves("3500 mg", "1500 mg"));
    add(&clinic, "halves", &["--height", "170", "--weight", "65"]);
    let due = text(&clinic.run(&["due"]).stdout);
    assert!(due.contains("1,500 mg in the morning, 2,000 mg in the evening"), "{due}");
    clinic.record(&["given", "S-1", "--cycle", "1", "--day", "1"]);
    let shown = shown(&clinic);
    let events = shown["history"].as_array().unwrap();
    let event =
        events.iter().map(|one| &one["event"]["given"]).find(|one| one["key"]["drug"] == "capecitabine").unwrap();
    assert_eq!((event["morning"].as_str(), event["evening"].as_str()), (Some("1500 mg"), Some("2000 mg")));
    let drug = &shown["ledger"]["drugs"][0];
    // 14 mornings × 1,500 + 14 evenings × 2,000 = 49,000 mg, as planned.
    assert_eq!((drug["planned"].as_str(), drug["delivered"].as_str()), (Some("49000 mg"), Some("49000 mg")));
    assert_eq!(drug["relative_dose_intensity"], "100");
}

#[test]
fn another_dose_for_both_halves_is_asked_about_and_counted_as_typed() {
    let clinic = clinic("halves", &halves("4000 mg", "1500 mg"));
    add(&clinic, "halves", &["--height", "170", "--weight", "65"]);
    let given = ["given", "S-1", "--cycle", "1", "--day", "1", "--drug", "capecitabine", "--dose", "2000 mg"];
    // 4,000 mg a day instead of 3,500: +14.3 %.
    let told = clinic.refused(&given, "dose-differs");
    assert!(
        told.contains("2,000 mg against 1,500 mg in the morning, 2,000 mg in the evening planned (+14.3 %)"),
        "{told}"
    );
    clinic.record(&[&given[..], &["--accept", "dose-differs=seen"]].concat());
    // 28 × 2,000.
    assert_eq!(shown(&clinic)["ledger"]["drugs"][0]["delivered"], "56000 mg");
}

#[test]
fn the_shipped_capecitabine_counts_its_mornings_and_evenings() {
    let clinic = Clinic::new();
    let document = plan(&clinic, &["gi-xelox", "--height", "170", "--weight", "65"]);
    let run = document["doses"].as_array().unwrap().iter().find(|row| row["drug"] == "capecitabine").unwrap();
    // 14 × 1,500 + 14 × 2,000 = 49,000.
    assert_eq!(run["planned"]["total"], "49000");
}

/// 250 mg every day, at home, in cycles of four weeks.
fn home() -> String {
    let drug = "[[drug]]\nname = \"apatinib\"\ndose = \"250 mg\"\nroute = \"oral\"\ngiven = \"home\"\ndays = \"every day\"\n\
                missed = \"ask\"\nsource = \"unverified\"\n";
    let row = "{ cycle = 1, day = 1, date = 2026-12-07, drug = \"apatinib\", dose = \"250 mg\" }";
    file("home", "length = \"28 days\"\ncount = { until_stopped = true }", drug, "", row)
}

#[test]
fn a_run_at_home_is_delivered_up_to_the_stop() {
    let mut clinic = clinic("home", &home());
    add(&clinic, "home", &[]);
    clinic.record(&["given", "S-1", "--cycle", "1"]);
    assert_eq!(shown(&clinic)["ledger"]["drugs"][0]["delivered"], "7000 mg");
    clinic.today = "2026-12-15";
    clinic.record(&["stop", "S-1", "--reason", "progression"]);
    let shown = shown(&clinic);
    let drug = &shown["ledger"]["drugs"][0];
    // 07-Dec through 15-Dec are 9 days: 9 × 250 = 2,250 of 28 × 250 = 7,000, 32.1 %.
    assert_eq!((drug["delivered"].as_str(), drug["planned"].as_str()), (Some("2250 mg"), Some("7000 mg")));
    assert_eq!(drug["relative_dose_intensity"], "32.1429");
}

/// Below 60 kg the row says 80 mg every 28 days; the phase says 21.
fn rows() -> String {
    let drug = "[body]\nweight = \"actual\"\nrecalculate = \"never\"\nsource = \"unverified\"\n[[drug]]\nname = \"testdrug\"\n\
                table = [{ weight = { from = \"60 kg\" }, dose = \"100 mg\" },\n\
                { weight = { below = \"60 kg\" }, dose = \"80 mg\", length = \"28 days\" }]\nroute = \"intravenous\"\n\
                over = \"60 minutes\"\ndays = [1]\nround = \"none\"\nsource = \"unverified\"\n";
    let row = "{ cycle = 2, day = 1, date = 2027-01-04, drug = \"testdrug\", dose = \"80 mg\" }";
    file("rows", "length = \"21 days\"\ncount = { planned = 4 }", drug, "weight = \"55 kg\"", row)
}

#[test]
fn intensity_uses_the_length_of_the_row() {
    let mut clinic = clinic("rows", &rows());
    add(&clinic, "rows", &["--weight", "55"]);
    clinic.record(&["given", "S-1", "--cycle", "1"]);
    clinic.today = "2027-01-04";
    clinic.record(&["given", "S-1", "--cycle", "2", "--accept", "stale-weight=same"]);
    let shown = shown(&clinic);
    // Two cycles of 28 days, on time: 56 planned, 28 + 28 taken.
    let ledger = &shown["ledger"];
    assert_eq!((ledger["planned_days"].as_i64(), ledger["actual_days"].as_i64()), (Some(56), Some(56)));
    assert_eq!(ledger["drugs"][0]["relative_dose_intensity"], "100");
}

/// Cytarabine 100 mg/m2 in each 24 hours for 7 days at 2 m² (180 cm, 80 kg): 200 mg a day, 1,400 mg in 168 hours.
fn week(format: &str) -> String {
    let clinic = Clinic::new();
    let sizes = ["--height", "180", "--weight", "80", "--age", "50", "--start", "2026-12-07"];
    let codes = ["--study", "T1", "--subject", "S-1"];
    let all = [&["plan", "heme-7plus3", "--as", format][..], &sizes, &codes].concat();
    let output = clinic.bare(&all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn a_week_of_infusion_is_one_event_of_all_of_it() {
    // 1,400 mg ÷ 168 h = 8.333333 mg in an hour.
    let table = week("nonmem");
    let row: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
    assert_eq!((row[1], row[2], row[3]), ("0", "1400", "8.333333"), "{table}");
}

#[test]
fn a_week_of_infusion_ends_a_week_later_in_sdtm() {
    let table = week("sdtm-ec");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| row.get(head.iter().position(|column| column == name).unwrap()).unwrap();
    // 07-Dec and 168 hours: 14-Dec.
    let found = [cell("ECDOSE"), cell("ECDOSU"), cell("ECSTDTC"), cell("ECENDTC"), cell("ECENDY")];
    assert_eq!(found, ["1400", "mg", "2026-12-07", "2026-12-14", "8"]);
}

#[test]
fn the_plan_and_the_worksheet_say_a_day_and_in_all() {
    let page = week("markdown");
    assert!(
        page.contains("200 mg in each 24 hours, 1,400 mg in all") && page.contains("100 mg/m² in each 24 hours"),
        "{page}"
    );
    let text = week("text");
    assert!(text.contains("  200 mg  ") && text.contains("in each 24 hours, 1,400 mg in all; intravenous"), "{text}");
    let sheet = week("html-worksheet");
    let mut totals = sheet.split("total after this ").skip(1);
    assert!(totals.any(|total| total.starts_with("1,400 mg")), "{sheet}");
}

#[test]
fn unequal_halves_are_two_rows_of_sdtm() {
    let clinic = Clinic::new();
    let all = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--as", "sdtm-ec"];
    let table = text(&clinic.bare(&[&all[..], &["--study", "T1", "--subject", "S-1"]].concat()).stdout);
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("C1/D1/capecitabine")).collect();
    // From the evening of 07-Dec through the morning of 21-Dec: mornings of 08 through 21, evenings of 07 through 20.
    assert_eq!(rows.len(), 2, "{table}");
    assert!(rows[0].contains("/morning,") && rows[0].contains(",1500,mg,,QD,"), "{}", rows[0]);
    assert!(rows[0].contains(",2026-12-08,2026-12-21,"), "{}", rows[0]);
    assert!(rows[1].contains("/evening,") && rows[1].contains(",2000,mg,,QD,"), "{}", rows[1]);
    assert!(rows[1].contains(",2026-12-07,2026-12-20,"), "{}", rows[1]);
}

/// 14 mornings of 1,500 mg (08 to 21-Dec) and 14 evenings of 2,000 mg (07 to 20-Dec): no row implies 2,000 mg twice a day.
#[test]
fn unequal_halves_are_two_rows_of_redcap_and_parquet() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let clinic = Clinic::new();
    let all = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--subject", "S-1"];
    let table = text(&clinic.bare(&[&all[..], &["--cycles", "1", "--as", "redcap-import"]].concat()).stdout);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let names = ["ds_key", "ds_part", "ds_date", "ds_latest", "ds_through", "ds_administrations", "ds_dose"];
    let cells = |row: csv::StringRecord| -> Vec<String> {
        names.iter().map(|name| row[head.iter().position(|column| column == *name).unwrap()].to_owned()).collect()
    };
    let rows: Vec<Vec<String>> = rows.records().map(|row| cells(row.unwrap())).collect();
    let expected = [
        ["/1/1/capecitabine/morning", "morning", "2026-12-08", "", "2026-12-21", "14", "1500"],
        ["/1/1/capecitabine/evening", "evening", "2026-12-07", "2026-12-07", "2026-12-20", "14", "2000"],
    ];
    assert_eq!(rows.len(), 3, "{table}");
    assert_eq!(rows[1..], expected);
    let kept = clinic.path("plan.parquet");
    let to = ["--cycles", "1", "--as", "parquet", "-o", kept.to_str().unwrap()];
    assert!(clinic.bare(&[&all[..], &to].concat()).status.success());
    let file = std::fs::read(kept).unwrap();
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
    let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert_eq!(rows.len(), 3);
    for (row, words) in rows[1..].iter().zip([["morning", "1500.0"], ["evening", "2000.0"]]) {
        assert!(row.contains(&format!("part: \"{}\"", words[0])), "{row}");
        assert!(row.contains(&format!("dose: {}", words[1])) && row.contains("administrations: 14"), "{row}");
        assert!(row.contains("times_a_day: 1"), "{row}");
    }
}

/// A person's name is refused wherever a subject's code is asked for.
#[test]
fn a_name_is_no_subject_code_of_a_plan_either() {
    let clinic = Clinic::new();
    let plan = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--subject"];
    let refused = clinic.bare(&[&plan[..], &["Mary Smith"]].concat());
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("\"Mary Smith\" holds a space, as names do"), "{}", text(&refused.stderr));
    assert!(refused.stdout.is_empty());
    assert!(clinic.bare(&[&plan[..], &["S-014"]].concat()).status.success());
}

#[test]
fn a_rate_is_no_length_and_a_bolus_says_so() {
    let clinic = Clinic::new();
    let plan = |regimen: &str| {
        let all = ["plan", regimen, "--height", "170", "--weight", "65", "--start", "2026-12-07", "--as", "markdown"];
        text(&clinic.bare(&all).stdout)
    };
    // 375 mg/m2 × 1.75 m² = 656.25, rounded 656 mg; ÷ 400 mg an hour = 1.64 h = 98.4 minutes, rounded up, were no step slower.
    let rchop = plan("heme-rchop21");
    let words = "not faster than 400 mg an hour (at that rate throughout 99 minutes; with slower steps longer)";
    assert!(rchop.contains(words) && !rchop.contains("or longer"), "{rchop}");
    let abvd = clinic.bare(&["regimen", "show", "heme-abvd"]);
    assert!(text(&abvd.stdout).contains("as a bolus"), "{}", text(&abvd.stdout));
    assert!(plan("heme-abvd").contains("intravenous as a bolus"), "{}", plan("heme-abvd"));
}

#[test]
fn the_interval_of_a_step_holds_for_each_of_its_doses() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let ramp = "ramp = [{ dose = \"1 mg\", lasts = \"2 doses\", next = { from = \"7 days\" } }, \
                { dose = \"10 mg\", lasts = \"1 dose\", next = { from = \"2 days\" } }]\ndose = \"100 mg\"\n\
                route = \"subcutaneous\"\ndays = [1, 3, 5, 8]\nround = \"none\"";
    let plan = planned(&one_phase(TWO_WEEKS, &drug("a", ramp)), &course("2026-12-07", "170", "65"));
    let told: Vec<&str> =
        plan.findings.iter().filter(|one| one.code.name() == "step-interval").map(|one| one.text.as_str()).collect();
    // Days 1 and 3 are step 1, each to be followed after 7 days; day 5 is step 2, followed on day 8, after 3 of 2 days.
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("09-Dec-2026 comes 2 days") && told[1].contains("11-Dec-2026 comes 2 days"), "{told:?}");
}

#[test]
fn halves_in_the_clinic_are_each_their_own_row() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    // 1,000 mg/m2 × 1.75 m² × 2 = 3,500 mg a day, in steps of 500 mg: 1,500 in the morning and 2,000 in the evening.
    let lines = "dose = \"1000 mg/m2\"\nroute = \"oral\"\ngiven = \"clinic\"\ntimes = \"twice daily\"\ndays = [1]\n\
                 cycle_total = \"2000 mg/m2\"\nmaximum = { day = \"3500 mg\" }\nround = { nearest = \"500 mg\", \
                 ties = \"up\", of = \"daily total\", larger = \"evening\", within = \"10 %\" }";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let plan = planned(&regimen, &course("2026-12-07", "170", "65"));
    let rows: Vec<String> = plan.administrations.iter().take(2).map(|one| one.portion().to_string()).collect();
    assert_eq!(rows, ["1,500 mg", "2,000 mg"]);
    let sum: Option<posology::quantity::Decimal> =
        plan.administrations.iter().take(2).map(|one| one.total().map(|all| all.value)).sum();
    assert_eq!(sum, Some(3500.into()));
}

/// 100 mg of the plain drug and 200 mg of its albumin-bound form, each twice: 100, 200, 200, 400; never 300 of both.
#[test]
fn forms_of_one_substance_are_never_added_up() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let flat = |dose: &str, day: u32| format!("dose = \"{dose}\"\nroute = \"intravenous\"\ndays = [{day}]");
    let bound =
        drug("b", &flat("200 mg", 2)).replace("name = \"b\"", "name = \"paclitaxel\"\nformulation = \"albumin-bound\"");
    let plain = drug("a", &flat("100 mg", 1)).replace("name = \"a\"", "name = \"paclitaxel\"");
    let regimen = one_phase(&TWO_WEEKS.replace("up_to = 8", "planned = 2"), &format!("{plain}{bound}"));
    let course = course("2026-12-07", "170", "65");
    let schedule = posology::present::schedule(&regimen, &course, &planned(&regimen, &course));
    let totals = posology::present::cumulative(&schedule);
    let said: Vec<String> = totals.iter().map(|row| format!("{} {}", row.id, row.total)).collect();
    assert_eq!(said, ["a 100 mg", "b 200 mg", "a 200 mg", "b 400 mg"]);
}
