//! Damaged files from outside, by chance: site and settings files, histories, former calendars. Each ends in a refusal
//! on clean lines or in an answer that holds; never in a panic, and never in something recorded.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::sync::LazyLock;

use posology::cli::{self, Output};
use posology::export::{Options, ics};
use posology::store::{NewEvent, Store};
use posology::tui::settings::Settings;
use posology::tui::settings_file;
use posology::writing::{hidden, steering};
use proptest::prelude::*;

use crate::clinic::REGIMEN;
use crate::schedules::{options, trial};
use crate::support::cases;

/// A change of a text: where, in thousandths of its length; what is put in; how many characters it takes the place of.
pub type Edit = (u16, String, u8);

fn edit() -> impl Strategy<Value = Edit> {
    let pieces = prop_oneof![
        4 => Just(String::new()),
        4 => "[ -~]{1,4}",
        2 => any::<char>().prop_map(String::from),
        2 => prop::sample::select(vec!["\n", "\r\n", "\"", "=", "[", "]", "\u{0}", "\u{1b}[2J", "\u{202e}", "\u{200b}", ",", "1e400", "-1", "2026-02-30", "#"]).prop_map(str::to_owned),
    ];
    (0..1000u16, pieces, 0..12u8)
}

pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(edit(), 1..6)
}

pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, piece, over) in edits {
        let from = letters.len() * usize::from(*at) / 1000;
        let to = (from + usize::from(*over)).min(letters.len());
        letters.splice(from..to, piece.chars());
    }
    letters.into_iter().collect()
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

/// Exit code and everything said of a command line; whatever it is, it is clean.
pub fn run(line: &str, files: &[&std::path::Path]) -> (u8, String) {
    let (out, err) = (Kept::default(), Kept::default());
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let named = |word: &str| match word {
        "FILE" => files[0].clone(),
        "DATA" => files[1].clone(),
        "R" => REGIMEN.to_owned(),
        word => word.to_owned(),
    };
    let all = std::iter::once("posology".into()).chain(line.split(' ').map(|word| named(word).into()));
    let code = cli::run(all, &mut Output::to(Box::new(out.clone()), Box::new(err.clone())));
    let said = [out, err].map(|kept| String::from_utf8(kept.0.borrow().clone()).unwrap()).concat();
    let odd = said.replace("\r\n", "\n").split(['\n', '\t']).find_map(hidden);
    assert!(odd.is_none(), "{odd:?}: {said:?}");
    assert!(code <= 5, "{code}: {said}");
    (code, said)
}

const SITE: &str = "[closures]\nweekdays = [\"saturday\", \"sunday\"]\n[closures.days]\n2026-12-25 = \"Christmas Day\"\n\n[values]\n\"body.bsa\" = \"mosteller\"\n";

pub const ADD: &str = "subject add S-9 R --height 170 --weight 65 --start 2026-11-09 --who RT --accept draft=x";

/// A subject as it leaves a record: an enrolment and a remark.
static EXPORT: LazyLock<String> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("S-9.jsonl"), folder.path().join("records"));
    for line in [
        &format!("{ADD} --yes --data DATA"),
        "subject note S-9 walked --who RT --yes --data DATA",
        "subject export S-9 -o FILE --data DATA",
    ] {
        let (code, said) = run(line, &[&file, &data]);
        assert_eq!(code, 0, "{line}: {said}");
    }
    std::fs::read_to_string(&file).unwrap()
});

const BODY: &str = r#"{"event":{"given":{"key":{"cycle":1,"day":1,"drug":"irinotecan"},"dose":"123 mg","partly":false,"second":false}},"answers":[{"code":"c","text":"t","reason":"r"}],"program":"0.1.0"}"#;

const HISTORY: &str = "cycle,day,drug,date,dose,phase,part,reason\n1,1,irinotecan,2026-11-09,123 mg,,,\n1,1,nimotuzumab,2026-11-09,200 mg,,,\n1,8,nimotuzumab,2026-11-16,200 mg,,,\"late, by two days\"\n";

static CALENDAR: LazyLock<String> = LazyLock::new(|| {
    let ics = posology::export::format("ics").unwrap();
    String::from_utf8(ics.bytes(&trial(), &options()).unwrap()).unwrap()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    #[test]
    fn a_damaged_site_file_is_refused_or_read(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("site.toml");
        std::fs::write(&file, edited(SITE, &edits)).unwrap();
        let (code, said) = run("plan R --height 170 --weight 65 --start 2026-12-07 --site-file FILE --as csv", &[&file]);
        prop_assert!(code == 0 || !said.is_empty(), "{said}");
    }

    #[test]
    fn a_damaged_history_records_nothing(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let (file, data) = (folder.path().join("history.csv"), folder.path().join("records"));
        std::fs::write(&file, edited(HISTORY, &edits)).unwrap();
        run(&format!("{ADD} --history FILE --data DATA"), &[&file, &data]);
        prop_assert!(!data.exists());
    }

    #[test]
    fn damaged_settings_are_told_on_one_line_each(edits in edits()) {
        let (settings, problems) = Settings::read(&edited(&settings_file::defaults(), &edits));
        prop_assert!(settings.lock_minutes > 0);
        prop_assert!(problems.iter().all(|problem| !problem.is_empty()));
    }

    /// What is taken over from a former calendar is sound, or nothing is written.
    #[test]
    fn a_damaged_calendar_is_refused_or_harmless(edits in edits()) {
        let previous = Some(edited(&CALENDAR, &edits).into_bytes());
        let later = Options { previous, generated: "2026-12-08T00:00:00Z".to_owned(), ..options() };
        let Ok(bytes) = posology::export::format("ics").unwrap().bytes(&trial(), &later) else { return Ok(()) };
        let written = String::from_utf8(bytes).unwrap();
        for line in written.split("\r\n") {
            prop_assert!(steering(line).is_none(), "{line:?}");
            for name in ["DTSTAMP:", "CREATED:", "LAST-MODIFIED:"] {
                if let Some(stamp) = line.strip_prefix(name) {
                    let shape: String = stamp.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                    prop_assert_eq!(shape, "00000000T000000Z", "{}", line);
                }
            }
        }
        // What it wrote is a former calendar itself.
        let again = Options { previous: Some(written.clone().into_bytes()), ..later };
        prop_assert!(ics::split(&trial(), &again).is_ok(), "{written}");
    }

    /// What an import takes can be read by every list.
    #[test]
    fn a_damaged_export_is_refused_or_can_be_read(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let (file, data) = (folder.path().join("S-9.jsonl"), folder.path().join("records"));
        std::fs::write(&file, edited(&EXPORT, &edits)).unwrap();
        let (code, _) = run("subject import FILE --who RT --data DATA", &[&file, &data]);
        if code == 0 {
            for line in ["subject list --data DATA", "due --data DATA", "deviations --data DATA"] {
                let (code, said) = run(line, &[&file, &data]);
                prop_assert_eq!(code, 0, "{}: {}", line, said);
            }
        }
    }

    /// What somebody put into the file behind the program's back is told of, and brings nothing down.
    #[test]
    fn a_damaged_body_ends_in_words(edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        let (file, data) = (folder.path().join("none"), folder.path().join("records"));
        prop_assert_eq!(run(&format!("{ADD} --yes --data DATA"), &[&file, &data]).0, 0);
        let event = NewEvent {
            subject: "S-9".to_owned(),
            kind: "given".to_owned(),
            version: 1,
            effective: "2026-11-09".to_owned(),
            recorded: "2026-12-07T09:30:00Z".to_owned(),
            offset: "+01:00".to_owned(),
            who: "RT".to_owned(),
            body: edited(BODY, &edits).into_bytes(),
            ..NewEvent::default()
        };
        let mut store = Store::open(&data).unwrap();
        let last = store.head().count;
        store.append(last, &[event]).unwrap();
        drop(store);
        for line in ["subject list --data DATA", "subject show S-9 --history --data DATA", "due --data DATA", "deviations --data DATA", "audit show --data DATA", "audit affected --program 0.1.0 --data DATA"] {
            run(line, &[&file, &data]);
        }
    }
}
