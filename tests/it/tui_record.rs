//! The record from the interface: keys against the model, with the worker's thread and a real store behind it.

use std::path::PathBuf;

use insta::assert_snapshot;
use posology::calendar::{self, Closures, Date, Site};
use posology::cli::tasks::command_line;
use posology::library::Library;
use posology::library::study::Usual;
use posology::store::Store;
use posology::study::Chosen;
use posology::tui::key;
use posology::tui::model::{Effect, Kind, Message, Model};
use posology::tui::settings::Settings;
use posology::tui::worker::{Worker, World};
use posology::tui::{self, plain, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::clinic::Clinic;

/// The program without a terminal: keys in, the worker's answers in, a screen out.
pub struct Interface {
    folder: tempfile::TempDir,
    pub model: Model,
    worker: Worker,
}

fn site() -> Site {
    let mut closures = Closures::weekends();
    closures.days.insert(calendar::read("2026-12-25").unwrap(), "Christmas Day".to_owned());
    Site { closures, ..Site::default() }
}

fn today() -> Date {
    calendar::read("2026-12-07").unwrap()
}

fn now() -> String {
    "2026-12-07T09:30:00Z".to_owned()
}

impl Interface {
    pub fn new() -> Self {
        Self::with(tempfile::tempdir().unwrap(), &Library::new(None, Vec::new(), site()))
    }

    /// The same beside a record and a folder of regimens that are there already.
    pub fn of(clinic: Clinic) -> Self {
        Self::at(clinic, site())
    }

    /// The same at a site that says something of its own.
    pub fn at(clinic: Clinic, site: Site) -> Self {
        std::fs::create_dir_all(clinic.path("library")).unwrap();
        let library = Library::new(None, vec![clinic.path("library")], site);
        Self::with(clinic.folder, &library)
    }

    fn with(folder: tempfile::TempDir, library: &Library) -> Self {
        let data = folder.path().join("records");
        let start = vec![("data", data.clone().into_os_string())];
        let world = World {
            state: None,
            home: None,
            folder: folder.path().to_owned(),
            now,
            data: Some(data),
            study: Chosen::default(),
            usual_study: Usual::default(),
            library: library.clone(),
            today,
            command_line: command_line(start),
        };
        let home = PathBuf::from("/home/study");
        let mut model =
            tui::start(library.list().unwrap(), library.site().clone(), Settings::default(), today(), home, true);
        model.size = (100, 30);
        let mut interface = Self { folder, model, worker: Worker::start(world) };
        interface.ask(Effect::Tasks);
        interface
    }

    pub fn world(&self) -> &World {
        self.worker.world()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("records")
    }

    /// A path in the folder of the test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn on(&mut self, day: &str) {
        self.tell(Message::Today(calendar::read(day).unwrap()));
    }

    /// Tells the model, and waits until the worker has said everything.
    pub fn tell(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            self.worker.ask(effect);
        }
        self.settle();
    }

    fn ask(&mut self, effect: Effect) {
        self.worker.ask(effect);
        self.settle();
    }

    fn settle(&mut self) {
        while self.worker.open > 0 {
            let message = self.worker.reports.recv().unwrap();
            self.worker.reported(&message);
            self.tell(message);
        }
    }

    pub fn keys(&mut self, script: &str) -> String {
        for chord in key::script(script) {
            self.tell(Message::Key(chord));
        }
        self.text()
    }

    /// Types a text with spaces.
    pub fn typed(&mut self, text: &str) {
        self.tell(Message::Paste(text.to_owned()));
    }

    pub fn text(&self) -> String {
        plain::text(&self.model)
    }

    pub fn drawn(&self, columns: u16, rows: u16) -> String {
        let mut model = self.model.clone();
        update(&mut model, Message::Resize(columns, rows));
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        view::draw(&model, &mut buffer);
        let row = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..rows).map(row).collect::<Vec<_>>().join("\n")
    }

    /// A plan of somebody who is not enrolled.
    pub fn planned() -> Self {
        let mut interface = Interface::new();
        interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>");
        interface
    }

    pub fn enrolled() -> Self {
        let mut interface = Interface::planned();
        interface.keys("rS-014<enter>A.Nurse<enter>");
        interface.typed("training");
        let text = interface.keys("<f2>");
        assert!(text.contains("S-014: enrolled"), "{text}");
        interface
    }
}

/// The first steps of the story, with the figures worked out in `story.rs`.
#[test]
fn the_story_runs_from_the_interface() {
    let mut interface = Interface::enrolled();
    assert!(interface.keys("a<f2>").contains("S-014: recorded"));
    assert!(interface.text().contains("given"), "{}", interface.text());

    interface.on("2026-12-21");
    let asked = interface.keys("nd4<tab>y<tab>");
    assert!(asked.contains("\nWhy:\n"), "{asked}");
    interface.typed("neutrophils 0.9");
    let shown = interface.text();
    assert!(
        shown.contains(
            "C2D1 irinotecan liposomal, nimotuzumab date: Mon 21-Dec-2026 → Fri 25-Dec-2026 (closed: Christmas Day)"
        ),
        "{shown}"
    );
    interface.keys("<f2>");
    interface.on("2026-12-25");
    interface.keys("a<f2>");

    // 58 kg before cycle 3: the old dose beside the new, and a reason is asked for.
    interface.on("2027-01-08");
    let asked = interface.keys("b58");
    assert!(asked.contains("−10.8 %") && asked.contains("123 mg → 116 mg"), "{asked}");
    interface.keys("<enter>");
    interface.typed("weighed twice");
    interface.keys("<f2>a<f2>");

    // Diarrhoea grade 3: level -1 from cycle 4 on.
    interface.keys("rr-1<enter>");
    interface.typed("diarrhoea grade 3");
    let shown = interface.text();
    assert!(shown.contains("C4D1 irinotecan liposomal dose: 116 mg → 83 mg"), "{shown}");
    interface.keys("<f2>");

    // Cycle 4 omitted, cycle 5 given, stopped.
    interface.on("2027-01-22");
    interface.keys("ro");
    interface.typed("diarrhoea persists");
    interface.keys("<enter>");
    interface.typed("counts for now");
    assert!(interface.keys("<f2>").contains("recorded"), "{}", interface.text());
    interface.on("2027-02-05");
    interface.keys("a<f2>");
    interface.on("2027-02-12");
    interface.keys("rs<enter>");
    interface.typed("progression");
    interface.keys("<f2>");

    let history = interface.keys("i");
    for words in ["445 mg", "70.6 %", "73.1 %", "diarrhoea persists", "stopped"] {
        assert!(history.contains(words), "{words}: {history}");
    }
    assert!(Store::open_read_only(&interface.data()).unwrap().verify().faults.is_empty());
}

#[test]
fn what_was_wrong_is_corrected_or_undone_from_the_history() {
    let mut interface = Interface::enrolled();
    interface.keys("a<f2>");
    // The entry of irinotecan is the second; it stands above the last.
    let form = interface.keys("i<up>c");
    assert!(form.contains("Dose: 123 mg"), "{form}");
    // From the reason over hours, kit and lot to the dose.
    interface.keys("<up><up><up><ctrl-u>");
    interface.typed("120 mg");
    interface.keys("<enter>");
    interface.typed("misread");
    interface.keys("<f2>");
    assert!(interface.text().contains("120 mg"), "{}", interface.text());
    let history = interface.keys("i");
    assert!(history.contains("(corrected by entry 4)"), "{history}");
    interface.keys("<up>u");
    interface.typed("other subject");
    interface.keys("<f2>");
    assert!(interface.keys("i").contains("(undone by entry 5)"), "{}", interface.text());
}

/// The first day of an enrolment, typed wrong, is typed over; the plan follows.
#[test]
fn the_first_day_is_corrected_from_the_history() {
    let mut interface = Interface::enrolled();
    let form = interface.keys("ic");
    assert!(form.contains("Start date: 07-Dec-2026") && form.contains("GFR:"), "{form}");
    interface.typed("misread");
    let refused = interface.text();
    assert!(refused.contains("The correction changes nothing in entry 1"), "{refused}");
    let shown = interface.keys(&format!("{}<ctrl-u>8dec", "<up>".repeat(10)));
    assert!(
        shown.contains("C1D1 irinotecan liposomal, nimotuzumab date: Mon 07-Dec-2026 → Tue 08-Dec-2026"),
        "{shown}"
    );
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("corrected by entry 2"), "{history}");
}

#[test]
fn a_dose_that_differs_asks_and_one_in_part_says_so() {
    let mut interface = Interface::enrolled();
    let asked = interface.keys("a<ctrl-u>80<space>mg<space>part");
    assert!(asked.contains("needs the amount given and the reason"), "{asked}");
    interface.keys("<tab><tab>");
    interface.typed("infusion reaction");
    let asked = interface.text();
    assert!(asked.contains("80 mg against 123 mg planned"), "{asked}");
    interface.keys("<enter>");
    interface.typed("stopped early");
    interface.keys("<f2>");
    assert!(interface.text().contains("80 mg"), "{}", interface.text());
}

#[test]
fn a_race_is_told_and_decided_afresh() {
    let mut interface = Interface::enrolled();
    interface.keys("a");
    // Somebody else records the same doses meanwhile.
    let other = std::process::Command::new(env!("CARGO_BIN_EXE_posology"))
        .args(["subject", "given", "S-014", "--cycle", "1", "--who", "B", "--yes", "--data"])
        .arg(interface.data())
        .env("POSOLOGY_TODAY", "2026-12-07")
        .env("HOME", interface.folder.path())
        .output()
        .unwrap();
    assert!(other.status.success(), "{}", String::from_utf8_lossy(&other.stderr));
    let text = interface.keys("<f2>");
    assert!(text.contains("Nothing of this was recorded: somebody else recorded of S-014 meanwhile. Below"), "{text}");
    assert!(text.contains("was recorded as given") && !text.contains("saved"), "{text}");
}

#[test]
fn the_lock_shows_nothing_and_asks_who_is_there() {
    let mut interface = Interface::enrolled();
    interface.tell(Message::Idle);
    assert_eq!(interface.model.kind(), Kind::Locked);
    let text = interface.drawn(100, 30);
    assert!(!text.contains("S-014") && !text.contains("irinotecan"), "{text}");
    // Nothing goes around it.
    interface.keys("<esc><f3><f1><ctrl-p>");
    assert_eq!(interface.model.kind(), Kind::Locked);
    interface.keys("<enter>");
    assert_eq!(interface.model.kind(), Kind::Locked);
    interface.keys("<ctrl-u>B.Second<enter>");
    assert_eq!(interface.model.kind(), Kind::Plan);
    assert!(interface.keys("a").contains("Who records: B.Second"));
    // Where nothing of anybody is open, nothing is locked.
    let mut other = Interface::new();
    other.tell(Message::Idle);
    assert_eq!(other.model.kind(), Kind::Finder);
}

#[test]
fn a_person_is_no_code_and_a_damaged_record_is_told() {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>r");
    interface.typed("Ana Lopez");
    let text = interface.keys("<enter>A<enter>");
    assert!(text.contains("holds a space, as names do"), "{text}");

    let interface = Interface::enrolled();
    let file = posology::store::file(&interface.data());
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(8).position(|window| window == b"training").unwrap();
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let mut interface = interface;
    // The list shows what was worked out before; whoever opens the subject reads its entries.
    let text = interface.keys("<f3><enter>");
    assert!(text.contains("damaged"), "{text}");
}

#[test]
fn the_screens_of_the_record_look_as_they_should() {
    let mut interface = Interface::enrolled();
    interface.keys("a");
    let give = interface.model.clone();
    interface.keys("<f2>");
    interface.on("2026-12-21");
    let mut screens = vec![("record_give", give)];
    interface.keys("nd4<tab>y<tab>");
    interface.typed("neutrophils 0.9");
    screens.push(("record_delay", interface.model.clone()));
    interface.keys("<f2>");
    screens.push(("record_plan", interface.model.clone()));
    interface.keys("r");
    screens.push(("record_menu", interface.model.clone()));
    interface.keys("<esc>v");
    screens.push(("record_matrix", interface.model.clone()));
    interface.keys("vvi");
    screens.push(("record_history", interface.model.clone()));
    interface.keys("<esc>b58");
    screens.push(("record_measure", interface.model.clone()));
    interface.keys("<enter>");
    interface.typed("weighed twice");
    interface.keys("<f2>s<right><right>");
    screens.push(("record_weights", interface.model.clone()));
    interface.keys("<f3>");
    screens.push(("record_subjects", interface.model.clone()));
    for (name, model) in screens {
        interface.model = model;
        for (columns, rows) in [(60, 20), (80, 24), (140, 45)] {
            // The clock of the record is the real one; in a narrow window it stands on a line of its own.
            let text = interface.drawn(columns, rows);
            let clock = |line: &&str| line.contains("recorded by") || line.contains("Z ");
            let text: Vec<&str> = text.lines().filter(|line| !clock(line)).collect();
            assert_snapshot!(format!("{name}_{columns}x{rows}"), text.join("\n"));
        }
    }
}

/// Sex and age of an enrolment, typed wrong, are typed over; a date of birth becomes an age.
#[test]
fn sex_and_age_are_corrected_from_the_history() {
    let mut interface = Interface::enrolled();
    let form = interface.keys("ic");
    assert!(form.contains("Sex:") && form.contains("Age or birth:") && !form.contains("Cohort:"), "{form}");
    interface.typed("misread");
    interface.keys("<up>");
    interface.typed("1966-12-08");
    interface.keys("<up>");
    interface.typed("male");
    assert!(!interface.text().contains("changes nothing"), "{}", interface.text());
    let history = interface.keys("<f2>i");
    assert!(history.contains("corrected by entry 2"), "{history}");
    // 59 completed years on 07-Dec-2026, the first day.
    let form = interface.keys("<up>c");
    assert!(form.contains("Sex: male") && form.contains("Age or birth: 59") && !form.contains("1966"), "{form}");
}

/// A calendar needs a subject and a namespace, FHIR a study too: the dialog asks for the first, knows the others, and the
/// program makes the namespace itself.
#[test]
fn the_interface_writes_calendars_and_fhir() {
    for (format, ending) in [("ics", "ics"), ("fhir", "json")] {
        let mut interface = Interface::enrolled();
        interface.model.folder = interface.folder.path().to_owned();
        interface.model.study = std::sync::Arc::new(Chosen { code: Some("TR-01".to_owned()), ..Chosen::default() });
        let at = posology::export::FORMATS.iter().position(|one| one.id == format).unwrap();
        interface.keys("x");
        interface.tell(Message::Row(at));
        let shown = interface.text();
        assert!(shown.contains("Subject code: S-014") && shown.contains("Study: TR-01"), "{shown}");
        let told = interface.keys("<enter>");
        assert!(told.contains("Written:") && told.contains("a namespace was made"), "{told}");
        let files: Vec<String> = std::fs::read_dir(interface.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with("S-014-") && name.ends_with(ending))
            .collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert!(interface.data().join("namespace-TR-01.txt").is_file());
    }
}
