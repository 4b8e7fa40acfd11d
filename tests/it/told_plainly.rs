//! Messages of the command line: several lines stay several lines, a file's ending is its format, nothing false is told.

use crate::clinic::{Clinic, REGIMEN};
use crate::program::Home;

const SUBJECT: [&str; 6] = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];

fn plan<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["plan", REGIMEN][..], &SUBJECT, more].concat()
}

/// What the program laid out in lines is read as lines; what is missing stands behind the sentence.
#[test]
fn no_message_shows_a_line_end_as_a_figure() {
    let home = Home::new();
    std::fs::write(home.path().join("bad.toml"), "[regimen]\nid = \"bad\"\nname = \"x\"\n").unwrap();
    std::fs::write(home.path().join("study.toml"), "[study]\ncode = \"TR-01\"\n").unwrap();
    for arguments in [
        vec!["subject", "given"],
        vec!["plan"],
        vec!["plan", REGIMEN, "--as", "pdf"],
        vec!["plan", REGIMEN, "--heigth", "170"],
        vec!["plan", "./bad.toml", "--start", "2026-12-07"],
        vec!["regimen", "check", "bad.toml"],
        vec!["study", "check", "study.toml"],
        vec!["study", "show", "study.toml"],
        vec!["plan", REGIMEN, "--start", "2026-12-07", "--study", "./study.toml"],
        vec!["selftest"],
        vec!["frobnicate"],
        vec!["calc"],
    ] {
        let ran = home.run(&arguments);
        assert!(
            !ran.err.contains("\\u000a") && !ran.out.contains("\\u000a"),
            "{arguments:?}\n{}\n{}",
            ran.out,
            ran.err
        );
    }
    let missing = home.run(&["subject", "given"]).err;
    assert!(missing.starts_with("error: the following required arguments were not provided: "), "{missing}");
    let bad = home.run(&["plan", "./bad.toml", "--start", "2026-12-07"]).err;
    assert!(bad.contains("is not calculated from while anything in it blocks\n"), "{bad}");
    assert!(bad.lines().any(|line| line.trim_start().starts_with("--> ./bad.toml")), "{bad}");
}

/// What a person typed stays on one line, whatever is in it.
#[test]
fn what_was_typed_makes_no_line_of_its_own() {
    let home = Home::new();
    let ran = home.run(&["regimen", "show", "x\nNOTE: all is well"]);
    assert!(ran.code != 0 && !ran.err.contains("\nNOTE: all is well"), "{}", ran.err);
}

#[test]
fn a_files_ending_is_its_format() {
    let home = Home::new();
    let wrong = |arguments: &[&str], told: &str| {
        let ran = home.run(&plan(arguments));
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
        assert!(!home.path().join(arguments.last().unwrap()).exists(), "{arguments:?}");
    };
    wrong(&["--as", "csv", "-o", "p.html"], "p.html would hold csv, whose files end in .csv");
    wrong(&["--as", "csv", "-o", "p.pdf"], "--as pdf-calendar, pdf-worksheet");
    wrong(&["--as", "text", "-o", "p.CSV"], "p.CSV would hold text, whose files end in .txt");
    wrong(&["--json", "-o", "p.csv"], "p.csv would hold json");
    wrong(&["-o", "p.html"], "html files are written in several formats: html-calendar, html-worksheet");
    let right = |arguments: &[&str], name: &str, begins: &[u8]| {
        let ran = home.run(&plan(arguments));
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(std::fs::read(home.path().join(name)).unwrap().starts_with(begins), "{arguments:?}");
    };
    right(&["-o", "a.csv"], "a.csv", b"study,subject,regimen,");
    right(&["-o", "a.json"], "a.json", b"{");
    right(&["-o", "a.xlsx"], "a.xlsx", b"PK");
    right(&["-o", "a.txt"], "a.txt", b"");
    right(&["--as", "html-worksheet", "-o", "a.html"], "a.html", b"<!DOCTYPE html>");
    right(&["-o", "noending"], "noending", b"");
    // Two runs differ in the second they were made in, and in nothing else.
    let undated = |name: &str| {
        let text = std::fs::read_to_string(home.path().join(name)).unwrap();
        text.lines().filter(|line| !line.starts_with("Made ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(undated("noending").len() > 20 && undated("noending") == undated("a.txt"));
}

/// The lists of a record are text, CSV or, of what is due, a calendar.
#[test]
fn a_lists_ending_is_its_format_too() {
    let clinic = Clinic::new();
    clinic.enrol();
    let file = |name: &str| clinic.path(name).display().to_string();
    let ran = |arguments: &[&str]| clinic.run(arguments);
    assert!(ran(&["due", "-o", &file("due.csv")]).status.success());
    assert!(std::fs::read_to_string(file("due.csv")).unwrap().contains("date,subject,standing"));
    assert!(ran(&["due", "-o", &file("due.ics")]).status.success());
    assert!(std::fs::read_to_string(file("due.ics")).unwrap().starts_with("BEGIN:VCALENDAR"));
    for arguments in [["due", "--as", "csv"], ["deviations", "--as", "text"]] {
        let name = file("due.html");
        let wrong = ran(&[&arguments[..], &["-o", &name]].concat());
        assert_eq!(wrong.status.code(), Some(2), "{arguments:?}");
        assert!(!clinic.path("due.html").exists());
    }
    assert_eq!(ran(&["deviations", "--as", "ics"]).status.code(), Some(2), "no list of events");
    let export = ran(&["subject", "export", "S-014", "-o", &file("s.html")]);
    assert!(!export.status.success() && !clinic.path("s.html").exists());
}

/// What is refused is asked about by nobody: that a reason is not kept would be false.
#[test]
fn of_a_refused_act_no_reason_is_called_needless() {
    let clinic = Clinic::new();
    let add = ["subject", "add", "S-9", REGIMEN, "--height", "170", "--weight", "650", "--start", "2026-12-07"];
    let refused = clinic.run(&[&add[..], &["--accept", "draft=training", "--who", "RT"]].concat());
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && !told.contains("nothing is asked"), "{told}");
    let add = ["subject", "add", "S-9", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    let needless = ["--accept", "draft=training", "--accept", "bmi-range=x", "--who", "RT"];
    let ready = clinic.run(&[&add[..], &needless].concat());
    let told = String::from_utf8(ready.stderr).unwrap();
    assert!(told.contains("nothing is asked under the code \"bmi-range\""), "{told}");
}

/// What to do next can be typed as it stands: it names the subject.
#[test]
fn a_remedy_names_the_subject() {
    let mut clinic = Clinic::new();
    clinic.enrol();
    clinic.today = "2026-12-08";
    let told = clinic.refused(&["undo", "S-014", "99", "--reason", "x"], "no-such-entry");
    assert!(told.contains("(posology subject show S-014 --history)"), "{told}");
}

/// A reason is asked for only where one can be given, and a hyphen is never offered as a value.
#[test]
fn what_cannot_be_typed_is_not_offered() {
    let home = Home::new();
    let heavy = home.run(&["plan", REGIMEN, "--height", "170", "--weight", "120kg", "--start", "2026-12-07"]).out;
    assert!(heavy.contains("check the entry") && !heavy.contains("give the reason"), "{heavy}");
    let accept = home.run(&plan(&["--accept", "draft=x"]));
    assert!(accept.code == 2 && !accept.err.contains("-- --accept"), "{}", accept.err);
}

#[test]
fn a_study_without_words_for_patients_says_so() {
    let home = Home::new();
    assert_eq!(home.run(&["study", "new", "TR-01"]).code, 0);
    let shown = home.run(&["study", "show", "tr-01.toml"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("\n\nWords for patients: none"), "{}", shown.out);
    for act in ["check", "show"] {
        let code = home.run(&["study", act, "TR-07"]);
        assert_eq!(code.code, 1);
        assert!(code.err.contains("such as tr-07.toml; posology study new TR-07 makes one"), "{}", code.err);
    }
    let help = home.run(&["study", "new", "--help"]).out;
    assert!(help.contains("letters, digits, points, hyphens and"), "{help}");
}

/// One year is no "1 years".
#[test]
fn one_year_is_one_year() {
    let home = Home::new();
    let child =
        home.run(&["plan", "gi-mfolfox6", "--age", "1", "--height", "75", "--weight", "9.5", "--start", "2026-12-07"]);
    assert!(child.err.contains("1 year") && !child.err.contains("1 years"), "{}", child.err);
}
