//! Nothing that a person types, pastes, imports or puts into a file can forge what is shown: every character that
//! nobody sees is pushed through every input, and none comes out of any output.

use std::cell::RefCell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use posology::cli::{self, Output};
use posology::export::FORMATS;
use posology::store::{NewEvent, Store};
use posology::writing::is_hidden;

use crate::clinic::{Clinic, REGIMEN};
use crate::tui_record::Interface;

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

/// Exit code, standard output and standard error of a command line.
fn run(arguments: &[String]) -> (u8, String, String) {
    let (out, err) = (Kept::default(), Kept::default());
    let all = std::iter::once("posology".into()).chain(arguments.iter().map(Into::into));
    let code = cli::run(all, &mut Output::to(Box::new(out.clone()), Box::new(err.clone())));
    let text = |kept: Kept| String::from_utf8(kept.0.borrow().clone()).unwrap();
    (code, text(out), text(err))
}

/// Every character that nobody sees, by the Unicode Character Database 16 as another program (Python 3.13, `unicodedata`)
/// reads it: Cc, Zl, Zp, and of Cf all but the visible marks in front of Arabic, Syriac, Kaithi and hieroglyphs;
/// then what is default-ignorable beyond them; of the planes that are empty, the ends.
fn every() -> Vec<char> {
    let ranges = [
        (0x00, 0x1f),
        (0x7f, 0x9f),
        (0x200b, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0xfe00, 0xfe0f),
        (0xfff9, 0xfffb),
        (0x180b, 0x180f),
        (0x1bca0, 0x1bca3),
        (0x1d173, 0x1d17a),
        (0xe0020, 0xe0023),
    ];
    let alone = [
        0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xfeff, 0xffa0, 0xfff0, 0xe0001, 0xe007f, 0xe0100,
        0xe0fff,
    ];
    ranges.into_iter().flat_map(|(from, to)| from..=to).chain(alone).map(|code| char::from_u32(code).unwrap()).collect()
}

/// One of each kind, as somebody would forge with it.
const FORGED: &[&str] = &[
    "x\n   99  07-Dec-2026  given C1D1 pembrolizumab",
    "x\r   77  stopped: forged",
    "x\u{1b}[2J\u{1b}[1;1H",
    "x\u{1b}]0;title\u{7}",
    "x\u{9b}31m",
    "x\u{202e}gm 01",
    "x\u{200b}y",
    "x\u{2028}y",
    "\u{feff}x",
];

#[track_caller]
fn clean(what: &dyn std::fmt::Debug, text: &str) {
    let raw = |(at, c): (usize, char)| {
        let end = c == '\r' && text[at + 1..].starts_with('\n');
        is_hidden(c) && !matches!(c, '\n' | '\t') && !end
    };
    let found = text.char_indices().find(|one| raw(*one));
    assert_eq!(found, None, "{what:?}:\n{text:?}");
}

#[test]
fn every_such_character_is_known() {
    for c in every() {
        assert!(is_hidden(c), "U+{:04X}", u32::from(c));
    }
    for c in "aÄ患½⁹≥\u{a0}\u{2011}\u{301}\u{600}".chars() {
        assert!(!is_hidden(c), "U+{:04X}", u32::from(c));
    }
}

/// Every place of the command line where a person types a text; `@` is the text.
const TYPED: &[&str] = &[
    "subject add @ R --height 170 --weight 65 --start 2026-12-07 --who RT --accept draft=x --yes",
    "subject add S-9 @ --height 170 --weight 65 --start 2026-12-07 --who RT --accept draft=x --yes",
    "subject add S-9 R --height @ --weight 65 --start 2026-12-07 --who RT --accept draft=x --yes",
    "subject add S-9 R --height 170 --weight 65 --start @ --who RT --accept draft=x --yes",
    "subject add S-9 R --height 170 --weight 65 --start 2026-12-07 --who @ --accept draft=x --yes",
    "subject add S-9 R --height 170 --weight 65 --start 2026-12-07 --who RT --accept draft=@ --yes",
    "subject add S-9 R --height 170 --weight 65 --start 2026-12-07 --who RT --accept @=x --yes",
    "subject add S-9 R --height 170 --weight 65 --start 2026-12-07 --who RT --accept draft=x --genotype @ --yes",
    "subject add S-9 R --height 170 --weight 65 --start 2026-12-07 --who RT --accept draft=x --cohort @ --yes",
    "subject note S-014 @ --who RT --yes",
    "subject note S-014 x --who @ --yes",
    "subject note @ x --who RT --yes",
    "subject hold S-014 --cycle 2 --reason @ --who RT --yes",
    "subject hold S-014 --cycle 2 --drug @ --reason x --who RT --yes",
    "subject omit S-014 --cycle 2 --reason @ --who RT --yes",
    "subject delay S-014 --cycle 2 --days 3 --reason @ --who RT --yes",
    "subject stop S-014 --reason @ --on 2026-12-07 --who RT --yes",
    "subject given S-014 --cycle 1 --reason @ --who RT --yes",
    "subject given S-014 --cycle 1 --phase @ --who RT --yes",
    "subject undo S-014 2 --reason @ --who RT --yes",
    "subject correct S-014 1 --weight 66 --reason @ --who RT --yes",
    "subject criteria S-014 --cycle 2 --day 1 --found @ --met --who RT --yes",
    "subject measure S-014 --weight @ --who RT --yes",
    "subject check S-014 1 --height 170 --weight 65 --start 2026-12-07 --who @ --yes",
    "subject move S-014 @ --reason x --who RT --yes",
    "subject show @",
    "deviations @",
    "audit show --subject @",
    "audit verify --head @",
    "backup copy.sqlite --nonsense @",
    "@",
    "subject @",
    "plan R --height 170 --weight 65 --start 2026-12-07 --study @ --as csv",
    "plan R --height 170 --weight 65 --start 2026-12-07 --subject @ --as csv",
    "plan R --height 170 --weight 65 --start 2026-12-07 --site @ --as html-calendar",
    "plan R --height 170 --weight 65 --start 2026-12-07 --contact @=1 --as html-calendar",
    "plan R --height 170 --weight 65 --start 2026-12-07 --contact nurse=@ --as html-calendar",
    "plan R --height 170 --weight 65 --start 2026-12-07 --contact @ --as html-calendar",
    "plan R --height 170 --weight 65 --start 2026-12-07 --bring @ --as html-calendar",
    "plan R --height 170 --weight 65 --start 2026-12-07 --namespace @ --as ics",
    "plan R --height 170 --weight 65 --start 2026-12-07 --redcap-event @ --as redcap",
    "plan R --height 170 --weight 65 --start 2026-12-07 --generated-at @",
    "plan R --height 170 --weight 65 --start 2026-12-07 --as @",
    "plan @ --height 170 --weight 65 --start 2026-12-07",
    "regimen show @",
    "regimen explain @",
    "regimen new @",
    "regimen approve R --who @",
    "regimen approve R --who RT --sha256 @",
    "regimen approve R --who RT --accept draft=@",
    "calc bsa --height @ --weight 65",
    "calc @",
    "man @",
    "completions @",
];

/// The arguments of a line, the record and the site file named behind those that have one.
fn arguments(line: &str, typed: &str, clinic: &Clinic) -> Vec<String> {
    let words = line.split(' ').map(|word| if word == "R" { REGIMEN.to_owned() } else { word.replace('@', typed) });
    let mut all: Vec<String> = words.collect();
    if ["subject", "audit", "backup", "deviations"].contains(&all[0].as_str()) {
        all.extend(["--data".to_owned(), clinic.path("records").display().to_string()]);
    }
    all
}

#[test]
fn nothing_typed_carries_it_in_or_out() {
    let clinic = Clinic::new();
    clinic.enrol();
    let head = || Store::open_read_only(&clinic.path("records")).unwrap().head();
    let before = head();
    for line in TYPED {
        for forged in FORGED {
            let (code, out, err) = run(&arguments(line, forged, &clinic));
            assert!((1..=3).contains(&code), "{line} with {forged:?}: {code}\n{out}\n{err}");
            assert!(err.contains("nobody can see"), "{line} with {forged:?}: {err}");
            clean(&(line, forged), &out);
            clean(&(line, forged), &err);
            let forgery = |text: &str| text.lines().any(|line| line.trim_start().starts_with("99  07-Dec"));
            assert!(!forgery(&out) && !forgery(&err), "{line}: {out}\n{err}");
        }
    }
    for c in every() {
        let line = "subject note S-014 x --who @ --yes";
        let (code, out, err) = run(&arguments(line, &format!("R{c}T"), &clinic));
        assert_eq!((code, out.as_str()), (2, ""), "U+{:04X}: {err}", u32::from(c));
        assert!(err.contains(&format!("(U+{:04X})", u32::from(c))), "{err}");
        clean(&u32::from(c), &err);
    }
    assert_eq!(head(), before, "something was recorded");
}

/// A record as an older program, or an import, could have left it: texts that forge, in every place that has one.
fn forged_record(clinic: &Clinic) {
    clinic.enrol();
    let mut store = Store::open(&clinic.path("records")).unwrap();
    let mut last = store.head().count;
    for forged in FORGED {
        let json = serde_json::to_string(forged).unwrap();
        let bodies = [
            ("note", format!(r#"{{"event":{{"note":{{"reason":{json}}}}},"program":"0.1.0"}}"#)),
            (
                "measured",
                format!(
                    r#"{{"event":{{"measured":{{"weight":"65 kg"}}}},"answers":[{{"code":{json},"text":{json},"reason":{json}}}],"program":{json}}}"#
                ),
            ),
            (
                "criteria",
                format!(
                    r#"{{"event":{{"criteria":{{"cycle":[null,1],"day":1,"met":true,"found":{json}}}}},"program":"0.1.0"}}"#
                ),
            ),
        ];
        for (kind, body) in bodies {
            let event = NewEvent {
                subject: "S-014".to_owned(),
                kind: kind.to_owned(),
                version: 1,
                effective: "2026-12-07".to_owned(),
                recorded: "2026-12-07T09:30:00Z".to_owned(),
                offset: "+01:00".to_owned(),
                who: (*forged).to_owned(),
                body: body.into_bytes(),
                ..NewEvent::default()
            };
            last = store.append(last, &[event]).unwrap()[0].seq;
        }
    }
}

#[test]
fn a_record_that_holds_it_is_shown_one_line_an_event() {
    let clinic = Clinic::new();
    forged_record(&clinic);
    let data = clinic.path("records").display().to_string();
    let shown = |line: &str| {
        let mut all: Vec<String> = line.split(' ').map(str::to_owned).collect();
        all.extend(["--data".to_owned(), data.clone()]);
        let (code, out, err) = run(&all);
        assert_eq!(code, 0, "{line}: {err}");
        clean(&line, &out);
        clean(&line, &err);
        assert!(!out.lines().any(|line| line.trim_start().starts_with("99  07-Dec")), "{line}: {out}");
        out
    };
    for line in [
        "subject list",
        "subject show S-014",
        "subject show S-014 --json",
        "subject show S-014 --history",
        "subject export S-014",
        "deviations",
        "deviations --as csv",
        "deviations --json",
        "due",
        "audit show --json",
        "audit verify",
    ] {
        shown(line);
    }
    // An event is four lines of `audit show`, and the sum one more.
    let events = 1 + 3 * FORGED.len();
    assert_eq!(shown("audit show").lines().count(), 4 * events + 1);
    assert!(shown("subject show S-014 --history").contains("x\\u001b[2J"), "what stands there is shown, made visible");
    for format in FORMATS.iter().filter(|format| format.text) {
        shown(&format!(
            "subject plan S-014 --study ST --namespace 67e55044-10b1-426f-9247-bb680e5fe0c8 --as {}",
            format.id
        ));
    }
    std::fs::create_dir(clinic.path("library")).unwrap();
    let mut interface = Interface::of(clinic);
    let mut screens = interface.keys("<f3>");
    for key in ["<enter>", "i", "<up>"] {
        screens.push_str(&interface.keys(key));
        clean(&key, &interface.drawn(120, 40));
    }
    assert!(screens.contains("S-014"), "{screens}");
    clean(&"interface", &screens);
}

/// A file with the texts put in; what reading it says must not hold them either.
fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_file_that_holds_it_is_refused() {
    let clinic = Clinic::new();
    let sound = include_str!("../../regimens/gi-mfolfox6.toml");
    let folder = clinic.folder.path();
    let refused = |arguments: &[&str], why: &str| {
        let all: Vec<String> = arguments.iter().map(|one| (*one).to_owned()).collect();
        let (code, out, err) = run(&all);
        assert!(code != 0, "{arguments:?}: {out}");
        clean(&arguments, &out);
        clean(&arguments, &err);
        assert!(out.contains(why) || err.contains(why), "{arguments:?}: {out}{err}");
    };
    let name = sound.lines().find(|line| line.starts_with("name")).unwrap();
    for forged in FORGED {
        let escaped = forged.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect::<Vec<_>>().concat();
        let as_escape = file(folder, "escaped.toml", &sound.replacen(name, &format!("name = \"{escaped}\""), 1));
        refused(&["regimen", "check", &as_escape], "R112");
        refused(&["plan", &as_escape, "--height", "170", "--weight", "65", "--start", "2026-12-07"], "nobody can see");
        let as_comment = file(folder, "comment.toml", &format!("{sound}\n# {}\n", forged.replace('\n', "\u{85}")));
        refused(&["regimen", "check", &as_comment], if forged.contains(['\r', '\u{1b}']) { "TOML" } else { "R112" });
        let day = format!("[closures]\nweekdays = []\n[closures.days]\n2026-12-25 = \"{escaped}\"\n");
        let site = file(folder, "closed.toml", &day);
        let plan = ["plan", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07", "--site-file"];
        refused(&[&plan[..], &[&site]].concat(), "nobody can see");
        let key = file(folder, "key.toml", &format!("\"{escaped}\" = 1\n"));
        refused(&[&plan[..], &[&key]].concat(), "line 1: unknown field");
        let csv = format!("cycle,day,drug,date,dose,reason\n1,1,irinotecan,2026-11-23,123 mg,\"{forged}\"\n");
        let history = file(folder, "history.csv", &csv);
        let records = clinic.path("records").display().to_string();
        let add = ["subject", "add", "S-2", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-11-23"];
        let with = ["--who", "RT", "--accept", "draft=x", "--history", &history, "--yes", "--data", &records];
        refused(&[&add[..], &with].concat(), "line 2");
    }
    let approvals = format!(
        "[[approval]]\nwho = \"A\\u200B. Okafor\"\nat = \"2026-12-07T09:30:00Z\"\nsha256 = \"{}\"\nversion = \"1\"\n",
        "a".repeat(64)
    );
    file(folder, "mine.approvals.toml", &approvals);
    let mine = file(folder, "mine.toml", sound);
    let (_, out, err) = run(&["regimen".to_owned(), "check".to_owned(), mine]);
    assert!(out.contains("nobody can see"), "the approvals are not counted, and that is told: {out}{err}");
    clean(&"approvals", &out);
}

#[test]
fn what_is_pasted_into_a_field_is_what_is_shown() {
    let mut interface = Interface::enrolled();
    interface.keys("rn");
    for c in every() {
        interface.typed(&c.to_string());
    }
    interface.typed("seen\u{202e}, \u{200b}well");
    clean(&"note", &interface.drawn(120, 40));
    assert!(interface.text().contains("seen, well"), "{}", interface.text());
}
