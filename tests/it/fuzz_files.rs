//! What the fuzz targets of files from outside do: site and settings files, histories, former calendars, exports of subjects,
//! bodies of events. Each ends in a refusal on clean lines or in an answer that holds; never in a panic, and never in something
//! recorded. The ordinary tests run the same functions (`fuzz_inputs.rs`), which also keeps this file compiling.

use std::cell::RefCell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use posology::calendar::{self, Site};
use posology::checker;
use posology::cli::{self, Output};
use posology::clock;
use posology::course::Course;
use posology::course::event::VERSION;
use posology::decide::Proposed;
use posology::event_codec::{self, RecordedBy};
use posology::export::{self, Options, ics};
use posology::plan;
use posology::present::{self, Schedule};
use posology::quantity::{Height, Weight};
use posology::store::Record;
use posology::subject::Subject;
use posology::tui::settings::Settings;
use posology::tui::settings_file;
use posology::writing::{hidden, steering};

/// Where a text breaks its reader.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\"",
    "=",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "1e400",
    "-1",
    "2026-02-30",
    "#",
    "null",
];

/// A text after a few edits, four bytes each: where; how many characters go; what comes in their place.
pub fn edited(text: &str, bytes: &[u8]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for edit in bytes.chunks_exact(4).take(6) {
        let [high, low, over, what] = edit else { continue };
        let from = letters.len() * usize::from(u16::from_be_bytes([*high, *low])) / (1 << 16);
        let to = (from + usize::from(over % 12)).min(letters.len());
        let piece = match over / 12 % 4 {
            0 => String::new(),
            1 => PIECES.get(usize::from(*what) % PIECES.len()).copied().unwrap_or_default().to_owned(),
            _ => char::from(*what).to_string(),
        };
        letters.splice(from..to, piece.chars());
    }
    letters.into_iter().collect()
}

/// Bytes as they are, or as edits of a sound text where they begin with a zero: what a fuzz target hands on.
pub fn whole_or_edited(sound: &str, bytes: &[u8]) -> String {
    match bytes {
        [0, edits @ ..] => edited(sound, edits),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Exit code and everything said of a command line; whatever it is, it is clean. FILE and DATA stand for the two paths.
pub fn run(line: &str, file: &Path, data: &Path) -> (u8, String) {
    let (out, err) = (Kept::default(), Kept::default());
    let named = |word: &str| match word {
        "FILE" => file.display().to_string(),
        "DATA" => data.display().to_string(),
        word => word.to_owned(),
    };
    let all = std::iter::once("posology".into()).chain(line.split(' ').map(|word| named(word).into()));
    let code = cli::run(all, &mut Output::to(Box::new(out.clone()), Box::new(err.clone())));
    let said = [out, err].map(|kept| String::from_utf8(kept.0.borrow().clone()).expect("text")).concat();
    let odd = said.replace("\r\n", "\n").split(['\n', '\t']).find_map(hidden);
    assert!(odd.is_none(), "{odd:?}: {said:?}");
    assert!(code <= 5, "{code}: {said}");
    (code, said)
}

fn today() -> String {
    calendar::iso(clock::today())
}

/// A subject of 170 cm and 65 kg who starts today, whatever the day is.
pub fn add() -> String {
    format!("subject add S-9 gi-mfolfox6 --height 170 --weight 65 --start {} --who RT --accept draft=x", today())
}

pub const SITE: &str = "[closures]\nweekdays = [\"saturday\", \"sunday\"]\n[closures.days]\n2026-12-25 = \"Christmas Day\"\n\n[values]\n\"body.bsa\" = \"mosteller\"\n";

/// A text as a file of a site: it is refused with a word, or read.
pub fn site(text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("site.toml");
    std::fs::write(&file, text).expect("a file");
    let plan = "plan gi-mfolfox6 --height 170 --weight 65 --start 2026-12-07 --site-file FILE --as csv";
    let (code, said) = run(plan, &file, &file);
    assert!(code == 0 || !said.is_empty(), "{said}");
}

/// A text as a file of settings: what is wrong with it is told.
pub fn settings(text: &str) {
    let (settings, problems) = Settings::read(text);
    assert!(settings.lock_minutes > 0);
    assert!(problems.iter().all(|problem| !problem.is_empty()));
}

/// A sound one.
pub fn sound_settings() -> String {
    settings_file::defaults()
}

/// Two doses of today; by hand: 85 and 400 mg/m2 × 1.75 m2 = 148.75 and 700 mg.
pub fn sound_history() -> String {
    let day = today();
    format!(
        "cycle,day,drug,date,dose,phase,part,reason\n1,1,oxaliplatin,{day},149 mg,,,\n1,1,fluorouracil-bolus,{day},700 mg,,,\"in two \
         syringes, one after the other\"\n"
    )
}

/// A text as the doses of the past: without `--yes` nothing is recorded of it. The exit code.
pub fn history(text: &str) -> (u8, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (folder.path().join("history.csv"), folder.path().join("records"));
    std::fs::write(&file, text).expect("a file");
    let ran = run(&format!("{} --history FILE --data DATA", add()), &file, &data);
    assert!(!data.exists());
    ran
}

fn schedule() -> Schedule {
    let site = Site::default();
    let text = include_bytes!("../../regimens/gi-mfolfox6.toml");
    let regimen = checker::check(text, &site).regimen.expect("a shipped regimen");
    let subject = Subject {
        height: Some(Height::read("170 cm").expect("a height")),
        weight: Some(Weight::read("65 kg").expect("a weight")),
        ..Subject::default()
    };
    let course = Course::new(calendar::read("2026-12-07").expect("a date"), subject);
    let two = plan::Options { cycles: Some(2), ..plan::Options::default() };
    let planned = plan::plan(&regimen, &course, &site, two).expect("a plan");
    present::schedule(&regimen, &course, &planned)
}

fn calendar_options(previous: Option<Vec<u8>>) -> Options {
    Options {
        generated: "2026-11-21T09:00:00Z".to_owned(),
        study: Some("TR-01".to_owned()),
        subject: Some("S-9".to_owned()),
        namespace: Some("7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f".to_owned()),
        previous,
        ..Options::default()
    }
}

fn written(previous: Option<Vec<u8>>) -> Option<String> {
    let bytes = export::format("ics").expect("a format").bytes(&schedule(), &calendar_options(previous)).ok()?;
    Some(String::from_utf8(bytes).expect("text"))
}

/// A calendar as it was given out.
pub static CALENDAR: LazyLock<String> = LazyLock::new(|| written(None).expect("a calendar"));

/// A text as the calendar that was given out before: what is taken over from it is sound, or nothing is written.
pub fn previous_calendar(text: &str) {
    let Some(calendar) = written(Some(text.as_bytes().to_vec())) else { return };
    for line in calendar.split("\r\n") {
        assert!(steering(line).is_none(), "{line:?}");
        for name in ["DTSTAMP:", "CREATED:", "LAST-MODIFIED:"] {
            if let Some(stamp) = line.strip_prefix(name) {
                let shape: String = stamp.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                assert_eq!(shape, "00000000T000000Z", "{line}");
            }
        }
    }
    // What it wrote is a former calendar itself.
    let again = calendar_options(Some(calendar.clone().into_bytes()));
    assert!(ics::split(&schedule(), &again).is_ok(), "{calendar}");
}

/// A subject as it leaves a record: an enrolment and a remark.
pub static EXPORT: LazyLock<String> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (folder.path().join("S-9.jsonl"), folder.path().join("records"));
    for line in [
        &format!("{} --yes --data DATA", add()),
        "subject note S-9 walked --who RT --yes --data DATA",
        "subject export S-9 -o FILE --data DATA",
    ] {
        let (code, said) = run(line, &file, &data);
        assert_eq!(code, 0, "{line}: {said}");
    }
    std::fs::read_to_string(&file).expect("an export")
});

/// A text as a subject from another record: what is taken of it can be read by every list. The exit code.
pub fn import(text: &str) -> u8 {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (folder.path().join("S-9.jsonl"), folder.path().join("records"));
    std::fs::write(&file, text).expect("a file");
    let (code, _) = run("subject import FILE --who RT --data DATA", &file, &data);
    if code == 0 {
        for line in ["subject list --data DATA", "due --data DATA", "deviations --data DATA"] {
            let (code, said) = run(line, &file, &data);
            assert_eq!(code, 0, "{line}: {said}");
        }
    }
    code
}

/// Bodies of events, to be edited.
pub const EVENTS: &[&str] = &[
    r#"{"event":{"given":{"key":{"cycle":1,"day":1,"drug":"irinotecan"},"dose":"123 mg","times":{"start":"10:15","stop":"08:15","stop_on":"2026-12-09"},"partly":false,"second":false}},"answers":[{"code":"c","text":"t","reason":"r","figure":"45.2","how":"second","second":"B"}],"program":"0.1.0"}"#,
    r#"{"event":{"note":{"reason":"ECG not done","what":{"deviation":{"kind":"visit","important":true}}}},"program":"0.1.0","today":"2026-12-07"}"#,
    r#"{"event":{"measured":{"weight":"64 kg","weight_from":"reported","remeasured":false}},"program":"0.1.0"}"#,
    r#"{"event":{"changed":{"drug":"a","from":[null,2],"level":-1,"reason":"r"}},"program":"0.1.0"}"#,
    r#"{"event":{"corrected":{"entry":2,"event":{"delayed":{"cycle":[null,2],"days":7,"reason":"r","required":true}},"effective":"2026-12-07","reason":"r"}},"program":"0.1.0"}"#,
    r#"{"event":{"double-checked":{"cycle":[null,1],"day":1,"figures":[{"name":"weight","held":"65 kg","typed":"65 kg"}]}},"program":"0.1.0"}"#,
    r#"{"event":{"exposure":{"drug":"a","before":{"amount":"240 mg/m2"}}},"program":"0.1.0"}"#,
    r#"{"event":{"supply":{"key":{"cycle":1,"day":1,"drug":"a"},"act":"returned","count":12,"product":{"lot":"AB1"}}},"program":"0.1.0"}"#,
];

/// One of them as it is or edited, where the bytes begin with a zero; else the bytes.
pub fn body(bytes: &[u8]) -> String {
    let chosen = bytes.get(1).map_or(0, |byte| usize::from(*byte) % EVENTS.len());
    match bytes {
        [0, _, edits @ ..] => edited(EVENTS.get(chosen).copied().unwrap_or_default(), edits),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A text as the body of an event of each kind, in each version: an entry or a sentence. What was read of it is written so that
/// it reads to the same. Whether it was an event of any kind.
pub fn event(text: &str) -> bool {
    let mut any = false;
    for kind in event_codec::KINDS {
        for version in 1..=VERSION {
            let Ok(entry) = event_codec::decode(&stored(kind, version, text.as_bytes())) else { continue };
            assert_eq!(entry.event.kind(), *kind);
            let proposed = Proposed { effective: entry.effective, event: entry.event, answers: entry.answers };
            let by = RecordedBy {
                recorded: String::new(),
                offset: String::new(),
                who: entry.who,
                today: entry.today,
                account: String::new(),
                machine: String::new(),
            };
            let written = event_codec::encode("S-1", &proposed, &by).expect("what was read can be written");
            let again = event_codec::decode(&stored(kind, written.version, &written.body)).expect("and read again");
            assert_eq!((again.event, again.answers), (proposed.event, proposed.answers));
            any = true;
        }
    }
    any
}

fn stored(kind: &str, version: u32, body: &[u8]) -> Record {
    Record {
        seq: 1,
        origin: String::new(),
        act: String::new(),
        subject: "S-1".to_owned(),
        kind: kind.to_owned(),
        version,
        effective: "2026-12-07".to_owned(),
        recorded: "2026-12-07T09:30:00Z".to_owned(),
        offset: "+01:00".to_owned(),
        who: "A. Nurse".to_owned(),
        account: String::new(),
        machine: String::new(),
        body: body.to_vec(),
        hash: String::new(),
    }
}
