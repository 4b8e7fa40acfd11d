//! People in a record: what gives one away is asked about, files about subjects are their owner's, a date of birth is
//! asked for on the terminal; what is typed twice, what was answered, and a day that somebody set.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::clinic::{Clinic, REGIMEN};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_gives_a_person_away_is_asked_about_and_never_quoted() {
    let clinic = Clinic::new();
    clinic.enrol();
    let remark = "patient Maria Lopez, MRN 12345678, born 9 Mar 1971, tel 0151 2345678";
    let told = clinic.refused(&["note", "S-014", remark], "looks-personal");
    for kind in ["the name of a person", "a record number", "a date of birth", "a telephone number"] {
        assert!(told.contains(kind), "{kind}: {told}");
    }
    assert!(!told.contains("Lopez") && !told.contains("12345678"), "{told}");
    clinic.refused(&["hold", "S-014", "--cycle", "2", "--reason", "son Tom called"], "looks-personal");
    let by = ["--reason", "misread", "--accept", "weight-changes-doses=as told by Maria Lopez"];
    clinic.refused(&[&["correct", "S-014", "1", "--weight", "75"][..], &by].concat(), "looks-personal");
    // Answered, it is kept: a rule is no judge of names.
    clinic.record(&["note", "S-014", "seen at Meyer Abich", "--accept", "looks-personal=the name of a ward"]);
    let kept = clinic.show();
    let answer = &kept["history"].as_array().unwrap().last().unwrap()["answers"][0];
    assert_eq!(answer["code"], "looks-personal");
    assert!(!answer["text"].as_str().unwrap().contains("Meyer"), "{answer}");
    let add = |code| {
        ["add", code, REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07", "--accept", "draft=x"]
    };
    for code in ["MARIA-LOPEZ-1971", "jsmith71", "943-476-5919"] {
        clinic.refused(&add(code), "looks-personal");
    }
    clinic.record(&[&add("kitamura1")[..], &["--accept", "looks-personal=the name of the study"]].concat());
}

#[test]
fn the_same_return_twice_is_asked_about() {
    let clinic = Clinic::new();
    let start = "2026-12-07";
    let add = ["add", "S-9", "gi-capecitabine", "--height", "170", "--weight", "65", "--start", start, "--sex", "f"];
    let born = ["--age", "50", "--creatinine", "0.8 mg/dL", "--accept", "draft=x"];
    let done = clinic.run(&[&["subject"][..], &add, &born, &["--who", "A. Nurse", "--yes"]].concat());
    assert!(done.status.success(), "{}", text(&done.stderr));
    let count = |act: &'static str, count: &'static str| ["supply", "S-9", act, count, "--cycle", "1", "--on", start];
    clinic.record(&count("dispensed", "112"));
    clinic.record(&count("returned", "10"));
    let told = clinic.refused(&count("returned", "10"), "same-supply");
    assert!(told.contains("10 returned on Mon 07-Dec-2026 are on record already"), "{told}");
    clinic.record(&count("returned", "4"));
    clinic.record(&[&count("returned", "10")[..], &["--accept", "same-supply=a second bag"]].concat());
}

#[test]
fn answered_warnings_stand_apart_from_deviations() {
    let clinic = Clinic::new();
    clinic.enrol();
    let page = |rest: &[&str]| text(&clinic.run(&[&["deviations", "S-014"][..], rest].concat()).stdout);
    clinic.record(&["omit", "S-014", "--cycle", "2", "--reason", "diarrhoea", "--accept", "omitted-cycle=diarrhoea"]);
    let all = page(&[]);
    let (deviations, answered) = all.split_once("\n\nWarnings answered with a reason: ").unwrap();
    assert!(deviations.starts_with("Deviations: ") && deviations.contains("omitted: "), "{all}");
    assert!(!deviations.contains("draft") && answered.contains("draft: "), "{all}");
    let only = page(&["--only", "answered"]);
    assert!(only.starts_with("Warnings answered with a reason: ") && !only.contains("Deviations"), "{only}");
    let csv = page(&["--only", "deviation", "--as", "csv"]);
    assert!(csv.starts_with("subject,date,kind,text,reason,who,entry,category,grade\r\n"), "{csv}");
    assert!(csv.lines().skip(1).all(|line| line.ends_with(",deviation,")) && csv.lines().count() > 1, "{csv}");
}

#[test]
fn a_day_set_by_hand_is_a_deviation_and_stands_behind_its_entry() {
    // The clinic sets the day of every command by POSOLOGY_TODAY.
    let clinic = Clinic::new();
    clinic.enrol();
    let history = text(&clinic.run(&["subject", "show", "S-014", "--history"]).stdout);
    assert!(history.contains("(day set by hand)"), "{history}");
    assert!(history.contains("day set by hand: 07-Dec-2026 was taken for today"), "{history}");
    let told: Value = serde_json::from_slice(&clinic.run(&["deviations", "S-014", "--json"]).stdout).unwrap();
    let by_hand = |row: &&Value| row["kind"] == "day set by hand";
    let row = told["deviations"].as_array().unwrap().iter().find(by_hand).unwrap();
    assert_eq!((&row["category"], &row["entry"]), (&Value::from("deviation"), &Value::from("1")));
    assert!(
        row["text"].as_str().unwrap().starts_with("07-Dec-2026 was taken for today; the entry was typed at 2"),
        "{row}"
    );
}

#[cfg(unix)]
#[test]
fn files_about_subjects_are_their_owner_s_and_approvals_are_not() {
    use std::os::unix::fs::PermissionsExt;
    let clinic = Clinic::new();
    clinic.enrol();
    let out = |name: &str| clinic.path(name).display().to_string();
    let mode = |name: &str| clinic.path(name).metadata().unwrap().permissions().mode() & 0o777;
    let plan = ["subject", "plan", "S-014"];
    for (name, format) in [("plan.csv", "csv"), ("plan.xlsx", "xlsx"), ("plan.html", "html-worksheet")] {
        let done = clinic.run(&[&plan[..], &["--as", format, "-o", &out(name)]].concat());
        assert!(done.status.success(), "{}", text(&done.stderr));
        assert_eq!(mode(name), 0o600, "{name}");
    }
    let done = clinic.run(&["deviations", "--as", "csv", "-o", &out("deviations.csv")]);
    assert!(done.status.success() && mode("deviations.csv") == 0o600);
    let export = ["subject", "export", "S-014", "-o", &out("S-014.jsonl"), "--data", &out("records")];
    let done = clinic.bare(&export);
    assert!(done.status.success() && mode("S-014.jsonl") == 0o600, "{}", text(&done.stderr));
    // What names nobody may be read by those who read the regimen.
    let regimen = clinic.path("mine.toml");
    std::fs::write(&regimen, include_str!("../../regimens/gi-mfolfox6.toml")).unwrap();
    let approve = ["regimen", "approve", regimen.to_str().unwrap(), "--who", "A. Okafor"];
    let asked = ["--accept", "unverified=x", "--accept", "conflict=x"];
    let done = clinic.bare(&[&approve[..], &asked].concat());
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_ne!(mode("mine.approvals.toml") & 0o044, 0);
}

/// A dash asks for the date of birth, so that it is in no list of commands.
#[test]
fn a_date_of_birth_is_asked_for() {
    let clinic = Clinic::new();
    let run = |typed: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_posology"));
        command.args(["calc", "bsa", "--height", "110", "--weight", "19", "--sex", "f", "--born", "-", "--json"]);
        command.env("POSOLOGY_TODAY", "2026-12-07").env("HOME", clinic.folder.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let done = run("2021-06-01\n");
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(!text(&done.stdout).contains("2021"), "{}", text(&done.stdout));
    for wrong in ["", "\n", "yesterday\n", "20\u{200b}21-06-01\n"] {
        let done = run(wrong);
        assert!(!done.status.success(), "{wrong:?}");
        assert!(text(&done.stderr).contains("--born"), "{wrong:?}: {}", text(&done.stderr));
    }
}

/// What must be forgotten is taken out of the file; that it was there, and why it is gone, stays.
#[test]
fn texts_of_an_entry_are_taken_away_for_good() {
    let clinic = Clinic::new();
    clinic.enrol();
    let named = ["note", "S-014", "Maria Lopez called", "--accept", "looks-personal=typed by mistake, Maria Lopez"];
    clinic.record(&named);
    let file = || std::fs::read(posology::store::file(&clinic.path("records"))).unwrap();
    let holds = |bytes: &[u8]| bytes.windows(11).any(|window| window == b"Maria Lopez");
    assert!(holds(&file()));
    let redact = ["redact", "S-014", "2", "--reason", "a name was typed"];
    let told = clinic.refused(&redact, "redacts");
    assert!(told.contains("Backups made before still hold the texts"), "{told}");
    let decided = ["--accept", "redacts=data protection officer, 07-Dec-2026"];
    clinic.record(&[&redact[..], &decided].concat());
    assert!(!holds(&file()), "the text is written over in the file");
    let history = text(&clinic.run(&["subject", "show", "S-014", "--history"]).stdout);
    assert!(!history.contains("Lopez"), "{history}");
    assert!(
        history.contains("note: [redacted]") && history.contains("redacted entry 2: a name was typed"),
        "{history}"
    );
    let verified = clinic.bare(&["audit", "verify", "--data", clinic.path("records").to_str().unwrap()]);
    assert!(verified.status.success(), "{}", text(&verified.stderr));
    let told = text(&clinic.run(&["deviations", "S-014"]).stdout);
    assert!(told.contains("redacted: The texts of entry 2 were taken away. Reason: a name was typed."), "{told}");
    // Nothing brings it back, and there is nothing left to take.
    clinic.refused(&[&redact[..], &decided].concat(), "nothing-to-redact");
    clinic.refused(&["undo", "S-014", "3", "--reason", "wrong"], "redaction");
    // The plan stands as it stood.
    clinic.record(&["given", "S-014", "--cycle", "1"]);
}

/// A version or a text that turned out to be wrong: whom it has touched.
#[test]
fn subjects_and_doses_of_a_faulty_version_or_text_are_listed() {
    let clinic = Clinic::new();
    clinic.enrol();
    let version = env!("CARGO_PKG_VERSION");
    let affected = |rest: &[&str]| clinic.run(&[&["audit", "affected"][..], rest].concat());
    let told = text(&affected(&["--program", version]).stdout);
    assert!(told.starts_with("S-014  07-Dec-2026  enrolled, no such dose on record  [entry 1, posology "), "{told}");
    assert!(told.ends_with("1 subject, 0 doses on record\n"), "{told}");
    clinic.record(&["given", "S-014", "--cycle", "1"]);
    let told = text(&affected(&["--program", version]).stdout);
    assert!(told.contains("C1D1 irinotecan liposomal, 123 mg given, planned 123 mg  [entry 2, posology "), "{told}");
    assert!(!told.contains("enrolled") && told.ends_with("1 subject, 2 doses on record\n"), "{told}");
    clinic.record(&["undo", "S-014", "3", "--reason", "wrong subject"]);
    let told: Value = serde_json::from_slice(&affected(&["--program", version, "--json"]).stdout).unwrap();
    assert_eq!(told["affected"][1]["standing"], "undone", "{told}");
    let hash = clinic.show()["regimen"]["sha256"].as_str().map(str::to_owned);
    let hash =
        hash.unwrap_or_else(|| told["affected"][0]["regimen"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned());
    let of_text = text(&affected(&["--regimen", &hash[..12]]).stdout);
    assert!(of_text.ends_with("1 subject, 2 doses on record\n"), "{of_text}");
    for none in
        [&["--program", "0.0.9"][..], &["--regimen", &"0".repeat(64)], &["--program", "0.0.9", "--regimen", &hash]]
    {
        assert_eq!(text(&affected(none).stdout), "0 subjects, 0 doses on record\n", "{none:?}");
    }
    for wrong in [&[][..], &["--regimen", "npc"]] {
        assert_eq!(affected(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

/// Annex 11, 7.2: when a copy was last made, and when one last became the record, is told with what came since.
#[test]
fn the_day_of_the_last_backup_and_restore_is_told() {
    let clinic = Clinic::new();
    clinic.enrol();
    let data = clinic.path("records").display().to_string();
    let copy = clinic.path("copy.sqlite").display().to_string();
    let verify = || text(&clinic.bare(&["audit", "verify", "--data", &data]).stdout);
    assert!(verify().contains("No backup is known"), "{}", verify());
    assert!(clinic.bare(&["backup", &copy, "--data", &data]).status.success());
    clinic.record(&["note", "S-014", "after the copy"]);
    let told = verify();
    assert!(told.contains("1 event in ") && told.contains("copy.sqlite; recorded since: 1 event."), "{told}");
    assert!(!told.contains("Last restored"), "{told}");
    let restore = ["restore", &copy, "--data", &data, "--who", "A. Nurse", "--force"];
    assert!(clinic.bare(&restore).status.success());
    assert!(verify().contains("Last restored from a backup: "), "{}", verify());
    let told: Value =
        serde_json::from_slice(&clinic.bare(&["audit", "verify", "--data", &data, "--json"]).stdout).unwrap();
    assert_eq!(told["copies"]["last_backup"]["count"], 1, "{told}");
    assert!(told["copies"]["last_restore"].is_string(), "{told}");
}

/// A script tells "try again" from "call somebody".
#[test]
fn a_record_that_another_program_holds_has_an_exit_code_of_its_own() {
    let clinic = Clinic::new();
    clinic.enrol();
    let file = posology::store::file(&clinic.path("records"));
    let held = rusqlite::Connection::open(&file).unwrap();
    held.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let done = clinic.run(&["subject", "note", "S-014", "x", "--who", "A. Nurse", "--yes"]);
    assert_eq!(done.status.code(), Some(5), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains("another program holds the record"), "{}", text(&done.stderr));
    drop(held);
    clinic.record(&["note", "S-014", "x"]);
}
