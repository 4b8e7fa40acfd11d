//! What is typed on the command line: dates as in the terminal, figures, and what is told of those that cannot be read.

use crate::clinic::Clinic;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const PLAN: [&str; 6] = ["plan", "npc-liposomal-irinotecan-nituzumab", "--height", "170", "--weight", "65"];

fn start(typed: &str) -> (Option<i32>, String, String) {
    let mut clinic = Clinic::new();
    clinic.today = "2026-11-21"; // a Saturday
    let output = clinic.bare(&[&PLAN[..], &["--cycles", "1", "--json", &format!("--start={typed}")]].concat());
    let date = serde_json::from_slice::<serde_json::Value>(&output.stdout).ok();
    let date =
        date.and_then(|plan| plan["doses"][0]["planned"]["date"].as_str().map(str::to_owned)).unwrap_or_default();
    (output.status.code(), date, text(&output.stderr))
}

#[test]
fn the_command_line_reads_the_dates_of_the_terminal() {
    let read = [
        ("2026/12/07", "2026-12-07"),
        ("20261207", "2026-12-07"),
        ("13-12-2026", "2026-12-13"),
        ("2026-7-12", "2026-07-12"),
        ("07-Dec-2026", "2026-12-07"),
        ("7dec", "2026-12-07"),
        ("mon", "2026-11-23"),
        ("+4", "2026-11-25"),
    ];
    for (typed, date) in read {
        let (code, found, told) = start(typed);
        assert_eq!((code, found.as_str()), (Some(0), date), "{typed}: {told}");
    }
    assert!(start("mon").2.contains("--start mon is Monday 23-Nov-2026"), "{}", start("mon").2);
}

#[test]
fn a_date_of_two_readings_is_refused_with_both() {
    for typed in ["07-12-2026", "7/12/2026", "07.12.2026"] {
        let (code, _, told) = start(typed);
        assert_eq!(code, Some(1), "{typed}");
        assert!(told.contains("two different days, 07-Dec-2026 and 12-Jul-2026"), "{told}");
    }
    for (typed, words) in
        [("31feb", "not a day of the calendar"), ("7junk", "is not a date"), ("soon", "is not a date")]
    {
        let (code, _, told) = start(typed);
        assert_eq!(code, Some(1), "{typed}");
        assert!(told.contains(words), "{typed}: {told}");
    }
}

fn told(arguments: &[&str], code: i32) -> String {
    let output = Clinic::new().bare(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stderr)
}

#[test]
fn a_figure_that_cannot_be_read_is_told_in_plain_words() {
    let wide = told(&["calc", "bsa", "--height", "１７０", "--weight", "65"], 1);
    assert!(wide.contains("full-width or other digits than 0 to 9"), "{wide}");
    let advise = |lab: &str| told(&["regimen", "advise", "br-trastuzumab-emtansine", "--lab", lab], 1);
    assert!(advise("platelets 0,9 10^9/L").contains("holds a comma"), "{}", advise("platelets 0,9 10^9/L"));
    assert!(advise("platelets -1 10^9/L").contains("is negative"), "{}", advise("platelets -1 10^9/L"));
    assert!(advise("platelets .9 10^9/L").contains("no digit before the decimal point"));
    let delay = ["subject", "delay", "S-1", "--cycle", "1", "--reason", "rain"];
    for days in ["1.5", "7 days"] {
        let told = told(&[&delay[..], &["--days", days]].concat(), 2);
        assert!(told.contains("is not a whole number") && !told.contains("found in string"), "{told}");
    }
    let neither = told(&delay, 2);
    assert!(neither.contains("--to 2026-12-14") && neither.contains("--days 7"), "{neither}");
}

#[test]
fn what_nobody_measures_is_not_to_be_measured_again() {
    let age = told(
        &[
            "calc",
            "renal",
            "--age",
            "160",
            "--sex",
            "female",
            "--weight",
            "65",
            "--height",
            "170",
            "--creatinine",
            "0.8 mg/dL",
        ],
        3,
    );
    let target = told(&["calc", "auc", "--target", "50", "--gfr", "90 mL/min"], 3);
    for told in [age, target] {
        assert!(told.contains("check the figure and enter it again") && !told.contains("measure again"), "{told}");
    }
}

/// 1,750 mg twice a day is 3,500 mg: 3 tablets in the morning and 4 in the evening; its example says which.
#[test]
fn uneven_halves_show_the_tablets_of_each_and_an_example_says_which() {
    let clinic = Clinic::new();
    let plan = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--cycles", "1"];
    let output = clinic.bare(&[&plan[..], &["--json"]].concat());
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let working = plan["doses"][1]["planned"]["working"].to_string();
    assert!(working.contains("tablets of 500 mg in the morning: 3 tablets"), "{working}");
    assert!(working.contains("tablets of 500 mg in the evening: 4 tablets"), "{working}");
    let file = include_str!("../../regimens/gi-xelox.toml");
    let file = file.replace(", part = \"morning\"", "").replace(", part = \"evening\"", "");
    let path = clinic.path("case.toml");
    std::fs::write(&path, file).unwrap();
    let checked = clinic.bare(&["regimen", "check", path.to_str().unwrap()]);
    let told = text(&checked.stdout) + &text(&checked.stderr);
    assert!(told.contains("add part = \"morning\" or part = \"evening\""), "{told}");
}

#[test]
fn a_drug_one_letter_off_a_shipped_name_is_questioned() {
    let clinic = Clinic::new();
    let check = |name: &str| {
        let path = clinic.path("case.toml");
        let file = include_str!("../corpus/valid/rules.toml")
            .replace("name = \"irinotecan\"", &format!("id = \"irinotecan\"\nname = \"{name}\""));
        std::fs::write(&path, file).unwrap();
        let checked = clinic.bare(&["regimen", "check", path.to_str().unwrap(), "--json"]);
        serde_json::from_slice::<serde_json::Value>(&checked.stdout).unwrap()["files"][0]["findings"].to_string()
    };
    for name in ["docetaxl", "doxetaxel", "docetaxeel"] {
        let told = check(name);
        assert!(told.contains("drug-spelling") && told.contains("did you mean docetaxel?"), "{told}");
        assert!(!told.contains("block"), "{told}");
    }
    for name in ["docetaxel", "newdrugumab"] {
        assert!(!check(name).contains("drug-spelling"), "{name}: {}", check(name));
    }
}

/// Early and late are days with their unit, and the message shows one.
#[test]
fn a_window_that_cannot_be_read_shows_the_right_text() {
    let clinic = Clinic::new();
    let path = clinic.path("case.toml");
    for window in ["{ early = \"-1 days\", late = \"3 days\" }", "{ early = \"0 days\", late = 3 }"] {
        let file =
            include_str!("../corpus/valid/rules.toml").replace("{ early = \"0 days\", late = \"3 days\" }", window);
        std::fs::write(&path, file).unwrap();
        let told = clinic.bare(&["regimen", "check", path.to_str().unwrap()]);
        assert!(
            text(&told.stdout).contains("\"3 days\"") && text(&told.stdout).contains("help"),
            "{}",
            text(&told.stdout)
        );
    }
}

#[test]
fn an_empty_print_out_says_why_and_formulas_side_by_side_are_short() {
    let clinic = Clinic::new();
    let page = |format: &str| {
        let plan = ["plan", "npc-liposomal-irinotecan-nituzumab", "--height", "170", "--weight", "65"];
        text(&clinic.bare(&[&plan[..], &["--start", "2026-12-07", "--as", format]].concat()).stdout)
    };
    assert!(page("html-log").contains("nothing to print here for this plan: no dose is taken at home."));
    assert!(page("html-notice").contains("no dose differs from the last planned one"));
    let plan = ["plan", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07", "--as", "sdtm-ex"];
    let table = clinic.bare(&[&plan[..], &["--study", "T1", "--subject", "S-1"]].concat());
    assert_eq!((text(&table.stdout).lines().count(), table.status.code()), (1, Some(0)));
    assert!(text(&table.stderr).contains("no dose is recorded as given"), "{}", text(&table.stderr));
    let all = text(&clinic.bare(&["calc", "bsa", "--height", "170", "--weight", "65", "--formula", "all"]).stdout);
    // √(170 × 65 ÷ 3600) = 1.7519830… (1.751983² = 3.069444…)
    assert!(all.lines().any(|line| line.starts_with("mosteller") && line.ends_with("1.75 m²")), "{all}");
}
