//! The interface: every screen as text and styles, key strings against the model, every size.

use std::path::PathBuf;
use std::sync::Arc;

use insta::assert_snapshot;
use posology::calendar::{self, Closures, Site};
use posology::library::{Library, Origin, RegimenEntry};
use posology::tui::key::{self, Chord};
use posology::tui::model::{Effect, Kind, Message, Model, PathState, Report, Screen};
use posology::tui::settings::Settings;
use posology::tui::theme::{THEMES, Theme};
use posology::tui::{self, plain, update, view};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub const SIZES: [(u16, u16); 3] = [(60, 20), (80, 24), (140, 45)];

fn site() -> Site {
    Site { closures: Closures::weekends(), ..Site::default() }
}

fn library() -> Vec<RegimenEntry> {
    regimens_of(&[
        ("carboplatin", include_str!("../tui/carboplatin.toml")),
        ("nituzumab", include_str!("../tui/nituzumab.toml")),
        ("xelox", include_str!("../tui/xelox.toml")),
        ("broken", include_str!("../tui/broken.toml")),
    ])
}

/// Regimen files by name.
pub fn regimens_of(texts: &[(&str, &str)]) -> Vec<RegimenEntry> {
    let library = Library::new(None, Vec::new(), site());
    let named = |id: &str| Origin::Named(PathBuf::from(format!("/studies/{id}.toml")));
    texts.iter().map(|(id, text)| RegimenEntry::from(library.check(id, named(id), text.as_bytes()))).collect()
}

/// The finder of a program whose safety statement was read, on a Saturday.
fn model() -> Model {
    start(library())
}

/// The same with other files.
pub fn start(entries: Vec<RegimenEntry>) -> Model {
    let today = calendar::read("2026-11-21").unwrap();
    let mut model = tui::start(entries, site(), Settings::default(), today, PathBuf::from("/home/study"), true);
    let line = posology::cli::tasks::command_line(Vec::new());
    model.tasks = (line.tasks)(&line.start).into_iter().map(Arc::new).collect();
    model
}

pub fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    key::script(keys).into_iter().flat_map(|chord| update(model, Message::Key(chord))).collect()
}

pub fn after(keys: &str) -> Model {
    let mut model = model();
    press(&mut model, keys);
    model
}

const PLAN: &str = "nituzumab<enter>7dec<enter>170<enter>65<enter>";
const HOME: &str = "xelox<enter>7dec<enter>170<enter>65<enter>";

pub fn drawn(model: &Model, columns: u16, rows: u16) -> Buffer {
    let mut model = model.clone();
    update(&mut model, Message::Resize(columns, rows));
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    view::draw(&model, &mut buffer);
    buffer
}

pub fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let row = |y: u16| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..area.height).map(row).collect::<Vec<_>>().join("\n")
}

/// Runs of cells that look alike, row by row.
pub fn styles(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let mut runs: Vec<(u16, String)> = Vec::new();
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let look = format!("{:?} {:?}", cell.fg, cell.modifier).replace("Reset NONE", "-");
            match runs.last_mut() {
                Some((count, known)) if *known == look => *count += 1,
                _ => runs.push((1, look)),
            }
        }
        let runs: Vec<String> = runs.iter().map(|(count, look)| format!("{count}×{look}")).collect();
        lines.push(format!("{y}: {}", runs.join(", ")));
    }
    lines.join("\n")
}

/// Every screen, by the keys that lead to it.
fn screens() -> Vec<(&'static str, Model)> {
    let mut safety = model();
    safety.stack.push(Screen::Safety(posology::tui::model::Scroll::default()));
    let mut export = after(&format!("{PLAN}x"));
    let generation = export.generation;
    let free = PathState::Free(PathBuf::from("/home/study/plan.csv"));
    update(&mut export, Message::Done(generation, Report::Path { state: free, endings: Vec::new() }));
    vec![
        ("safety", safety),
        ("finder", model()),
        ("finder_broken", after("broken")),
        ("form_empty", after("carbo<enter>")),
        ("form_swapped", after("nituzumab<enter>7dec<enter>65<enter>170")),
        ("form_pounds", after("nituzumab<enter>7dec<enter>5ft7in<enter>154")),
        ("form_filled", after("nituzumab<enter>7dec<enter>170<enter>65")),
        ("plan", after(PLAN)),
        ("plan_window", after(&format!("{PLAN}n<right><right>"))),
        ("plan_working", after(&format!("{PLAN}w"))),
        ("plan_matrix", after(&format!("{PLAN}v"))),
        ("plan_agenda", after(&format!("{PLAN}vv"))),
        ("plan_home", after(HOME)),
        ("plan_filter", after(&format!("{HOME}/oxali"))),
        ("messages", after(&format!("{PLAN}m"))),
        ("read_back", after(&format!("{PLAN}<ctrl-b>"))),
        ("compare", after(&format!("{PLAN}c<tab>72"))),
        ("delay", after(&format!("{PLAN}d"))),
        ("export", export),
        ("charts", after(&format!("{PLAN}s"))),
        ("help", after(&format!("{PLAN}?"))),
        ("palette", after(&format!("{PLAN}:"))),
        ("tasks", after("<ctrl-o>")),
        ("task", after("<ctrl-o>restore<enter>")),
        ("output", output()),
        ("calculators", after("<f7>170<tab>65<tab>f<tab>58<tab>0.9 mg/dL")),
        ("calculators_questioned", after(&format!("{PLAN}<f7><tab><ctrl-u>154"))),
    ]
}

/// What a command said that did not do all of it.
fn output() -> Model {
    let mut model = after("<ctrl-o>deviations<enter><f2>");
    let ran = posology::tui::task::Ran {
        text: "S-014  C1D1  given late\n       reason  the subject's choice\n".to_owned(),
        told: "WARN: the last backup is of 12 days ago\n".to_owned(),
        ..posology::tui::task::Ran::default()
    };
    let generation = model.generation;
    update(&mut model, Message::Done(generation, Report::Ran(ran, None)));
    assert_eq!(model.kind(), Kind::Output);
    model
}

#[test]
fn every_screen_looks_as_it_should() {
    for (name, model) in screens() {
        for (columns, rows) in SIZES {
            let buffer = drawn(&model, columns, rows);
            assert_snapshot!(format!("{name}_{columns}x{rows}"), format!("{}\n\n{}", text(&buffer), styles(&buffer)));
        }
    }
}

#[test]
fn every_screen_reads_as_text() {
    for (name, model) in screens() {
        assert_snapshot!(format!("plain_{name}"), plain::text(&model));
    }
}

#[test]
fn the_first_plan_takes_under_forty_keys_and_shows_the_dose_and_the_last_day() {
    let mut model = model();
    model.stack.push(Screen::Safety(posology::tui::model::Scroll::default()));
    let keys = format!("<enter>{PLAN}<end>");
    assert!(key::script(&keys).len() < 40);
    press(&mut model, &keys);
    assert_eq!(model.kind(), Kind::Plan);
    // 70 mg/m² × 1.75 m² = 122.5 mg, to the nearest 1 mg; cycle 8 begins 7 × 14 days after 07-Dec-2026.
    let shown = text(&drawn(&model, 80, 24));
    assert!(shown.contains("123 mg") && shown.contains("15-Mar-2027"), "{shown}");
}

#[test]
fn no_dose_is_shown_while_anything_is_missing_or_wrong() {
    for keys in [
        "7dec<enter>170<enter>",
        "7dec<enter>170<enter>6x5",
        "7dec<enter>170<enter>0",
        "170<tab>170<tab>65",
        "7dec<enter>65<enter>170",
    ] {
        let model = after(&format!("nituzumab<enter>{keys}"));
        let shown = text(&drawn(&model, 140, 45));
        assert!(!shown.contains("123 mg") && !shown.contains("400 mg"), "{keys}\n{shown}");
        assert!(model.planned().is_none(), "{keys}");
    }
}

#[test]
fn a_slip_is_named_beside_the_field() {
    let pounds = text(&drawn(&after("nituzumab<enter>7dec<enter>170<enter>154"), 140, 45));
    assert!(pounds.contains("154 lb is 69.85 kg"), "{pounds}");
    let feet = text(&drawn(&after("nituzumab<enter>7dec<enter>5ft7in<enter>154lb"), 140, 45));
    assert!(feet.contains("5 ft 7 in is 170.18 cm") && feet.contains("154 lb is 69.85"), "{feet}");
}

#[test]
fn a_form_has_the_inputs_its_regimen_needs() {
    let labels = |keys: &str| -> Vec<&'static str> {
        after(keys)
            .session
            .unwrap()
            .fields
            .iter()
            .filter(|field| field.needed)
            .map(|field| field.id.label().label)
            .collect()
    };
    assert_eq!(labels("nituzumab<enter>"), ["Start date", "Height", "Weight"]);
    assert!(labels("carbo<enter>").contains(&"Creatinine"));
}

#[test]
fn a_broken_file_is_listed_and_does_not_open() {
    let mut model = after("broken");
    let shown = text(&drawn(&model, 140, 45));
    assert!(shown.contains("length") && shown.contains("line 12"), "{shown}");
    press(&mut model, "<enter>");
    assert_eq!(model.kind(), Kind::Finder);
    assert!(model.notice.is_some());
}

#[test]
fn the_calendar_is_walked() {
    let at = |keys: &str| calendar::iso(after(&format!("{PLAN}{keys}")).plan_view().unwrap().cursor);
    assert_eq!(at(""), "2026-12-07");
    assert_eq!(at("<right><down>"), "2026-12-15");
    assert_eq!(at("<left><up>"), "2026-11-29");
    assert_eq!(at("nn"), "2027-01-04");
    assert_eq!(at("nnp"), "2026-12-21");
    assert_eq!(at("8"), "2027-03-15");
    assert_eq!(at("]]["), "2026-12-21");
    assert_eq!(at("t"), "2026-11-21");
    assert_eq!(at("<end><home>"), "2026-12-07");
    assert_eq!(at("<pagedown>"), "2027-01-07");
    assert_eq!(at("v<down><down>"), "2027-01-04", "a row of the matrix is a cycle");
    assert_eq!(at("vv<down>"), "2026-12-21", "a row of the list is a visit");
}

#[test]
fn the_working_opens_and_closes() {
    let shown = |keys: &str| text(&drawn(&after(&format!("{PLAN}{keys}")), 140, 45));
    assert!(shown("w").contains("70 mg/m² × 1.75 m²"), "{}", shown("w"));
    assert!(!shown("ww").contains("70 mg/m² × 1.75 m²"));
}

#[test]
fn a_delay_is_previewed_used_and_taken_back() {
    let dates = |model: &Model| -> Vec<String> {
        model.planned().unwrap().plan.cycles.iter().map(|cycle| calendar::iso(cycle.actual)).collect()
    };
    let mut model = after(&format!("{PLAN}d<ctrl-u>3"));
    let shown = text(&drawn(&model, 140, 45));
    assert!(shown.contains("21-Dec-2026 → Thu 24-Dec-2026"), "{shown}");
    assert_eq!(dates(&model)[1], "2026-12-21", "a preview changes nothing");
    press(&mut model, "<enter>");
    assert_eq!(
        (dates(&model)[0].as_str(), dates(&model)[1].as_str(), dates(&model)[7].as_str()),
        ("2026-12-07", "2026-12-24", "2027-03-18")
    );
    press(&mut model, "u");
    assert_eq!(dates(&model)[7], "2027-03-15");
}

#[test]
fn a_comparison_marks_what_differs() {
    // 170 cm and 72 kg: √(170 × 72 ÷ 3,600) = 1.8439, so 1.84 m²; × 70 = 128.8, so 129 mg.
    let shown = text(&drawn(&after(&format!("{PLAN}c<tab>72")), 140, 45));
    assert!(shown.contains("1.84 m²") && shown.contains("129 mg") && shown.contains("8 of 16 rows differ"), "{shown}");
}

#[test]
fn an_export_asks_before_it_replaces_a_file() {
    let mut model = after(PLAN);
    let effects = press(&mut model, "x");
    assert!(
        matches!(effects.as_slice(), [Effect::Check { path, .. }] if path.starts_with("/home/study/")),
        "{effects:?}"
    );
    let tell = |model: &mut Model, state: PathState| {
        let generation = model.generation;
        update(model, Message::Done(generation, Report::Path { state, endings: Vec::new() }))
    };
    let path = PathBuf::from("/home/study/a.pdf");
    tell(&mut model, PathState::Exists(path.clone()));
    assert!(press(&mut model, "<ctrl-r>").is_empty(), "nothing is replaced before it was asked");
    assert!(press(&mut model, "<enter>").is_empty());
    assert!(press(&mut model, "<enter>").is_empty(), "the key that asked does not confirm");
    let effects = press(&mut model, "<ctrl-r>");
    assert!(matches!(effects.as_slice(), [Effect::Export(job)] if job.overwrite && job.path == path), "{effects:?}");
    let generation = model.generation;
    update(&mut model, Message::Done(generation - 1, Report::Exported(Err("old".to_owned()))));
    assert_eq!(model.notice, None, "an old answer is dropped");
    update(&mut model, Message::Done(generation, Report::Exported(Ok((path, Vec::new())))));
    assert_eq!(model.kind(), Kind::Plan);
    assert!(model.notice.as_ref().unwrap().text.contains("/home/study/a.pdf"));
    press(&mut model, "q");
    assert!(model.quit, "what was written is not asked about");
}

#[test]
fn escape_goes_back_and_never_leaves() {
    let mut model = after(&format!("{PLAN}c"));
    press(&mut model, "<esc><esc><esc><esc><esc><esc>");
    assert_eq!((model.kind(), model.quit), (Kind::Finder, false));
    let mut unsaved = after(PLAN);
    press(&mut unsaved, "q");
    assert!(!unsaved.quit && unsaved.notice.is_some());
    press(&mut unsaved, "<ctrl-q>");
    assert!(unsaved.quit);
}

#[test]
fn another_regimen_clears_every_input() {
    let mut model = after(PLAN);
    press(&mut model, "<ctrl-f><esc>xelox<enter>");
    assert!(model.session.as_ref().unwrap().fields.iter().all(|field| field.text.text.is_empty()));
}

#[test]
fn pasted_text_is_typed_text() {
    let mut model = after("nituzumab<enter>7dec<enter>170<enter>");
    update(&mut model, Message::Paste("65\n".to_owned()));
    assert!(model.planned().is_some());
    assert_eq!(model.kind(), Kind::Form);
}

#[test]
fn a_click_stands_on_the_day() {
    let model = after(PLAN);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    let (hits, _) = view::draw(&model, &mut buffer);
    let wanted = Message::Day(calendar::read("2026-12-21").unwrap());
    // The cycle in the strip above, and the day in the calendar.
    let places: Vec<String> = hits
        .iter()
        .filter(|(_, message)| *message == wanted)
        .map(|(place, _)| (place.left()..place.right()).map(|x| buffer[(x, place.y)].symbol()).collect())
        .collect();
    let [cycle, day] = places.as_slice() else { panic!("{places:?}") };
    assert!(cycle.starts_with("C2?") && day.contains("21"), "{places:?}");
}

#[test]
fn keys_of_the_settings_file_hold() {
    let (settings, problems) = Settings::read("[tui.keys]\n\"plan.working\" = [\"f5\"]\n");
    assert!(problems.is_empty());
    let mut model = after(PLAN);
    model.settings = settings;
    press(&mut model, "w");
    assert!(!model.plan_view().unwrap().working);
    press(&mut model, "<f5>");
    assert!(model.plan_view().unwrap().working);
    assert!(text(&drawn(&model, 140, 45)).contains("F5 working"));
}

#[test]
fn without_colours_nothing_is_coloured_and_without_unicode_all_is_ascii() {
    for (name, mut model) in screens() {
        model.settings.theme = Theme::Monochrome;
        model.settings.ascii = true;
        let buffer = drawn(&model, 140, 45);
        for cell in &buffer.content {
            assert!(cell.symbol().is_ascii(), "{name}: {}", cell.symbol());
            let plain = ratatui::style::Color::Reset;
            assert!((cell.fg, cell.bg) == (plain, plain), "{name}: {cell:?}");
        }
    }
}

#[test]
fn a_dose_is_whole_at_every_width() {
    let model = after(PLAN);
    for columns in 60..140 {
        let shown = text(&drawn(&model, columns, 30));
        assert!(shown.contains("123 mg") && shown.contains("400 mg"), "{columns}\n{shown}");
    }
}

#[test]
fn every_screen_is_drawn_at_every_size() {
    let screens: Vec<Model> = screens().into_iter().map(|(_, model)| model).collect();
    std::thread::scope(|scope| {
        for model in &screens {
            scope.spawn(move || {
                for (columns, rows) in (0..=60).flat_map(|columns| (0..=30).map(move |rows| (columns, rows))) {
                    drawn(model, columns, rows);
                }
                drawn(model, 300, 100);
            });
        }
    });
}

fn chords() -> impl Strategy<Value = Chord> {
    let named = [
        "enter",
        "esc",
        "tab",
        "shift-tab",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "backspace",
        "delete",
        "f1",
        "f2",
        "f8",
        "f9",
        "ctrl-p",
        "ctrl-n",
        "ctrl-r",
        "ctrl-u",
        "ctrl-w",
    ];
    let letters = proptest::char::ranges(vec!['0'..='9', 'a'..='z', ' '..='~', 'µ'..='ü', '漢'..='漣'].into());
    prop_oneof![
        3 => proptest::sample::select(named.to_vec()).prop_map(|name| Chord::read(name).unwrap()),
        2 => letters.prop_map(Chord::char),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::cases(64), ..ProptestConfig::default() })]
    #[test]
    fn any_keys_leave_a_screen_that_can_be_drawn(
        begin in proptest::sample::select(vec!["", "nituzumab<enter>", PLAN, HOME]),
        keys in proptest::collection::vec(chords(), 0..60),
        theme in 0..THEMES.len(),
        sunday: bool,
        sizes in proptest::collection::vec((0_u16..=300, 0_u16..=100), 1..4),
    ) {
        let mut model = after(begin);
        (model.settings.theme, model.settings.sunday) = (THEMES[theme].1, sunday);
        let library = Arc::clone(&model.regimens.0);
        for chord in keys {
            update(&mut model, Message::Key(chord));
        }
        for (columns, rows) in sizes {
            drawn(&model, columns, rows);
        }
        prop_assert!(!plain::text(&model).is_empty());
        prop_assert!(Arc::ptr_eq(&library, &model.regimens.0));
    }
}

/// What stands in `docs/screens.md`: a heading, the keys that lead there, the window.
const PAGE: [(&str, &str, (u16, u16)); 5] = [
    ("The finder, with one word typed", "nituzumab", (80, 24)),
    ("The plan, with the working of a figure (`w`)", "nituzumab<enter>7dec<enter>170<enter>65<enter>w", (80, 24)),
    ("What a week of delay would move (`d`)", "nituzumab<enter>7dec<enter>170<enter>65<enter>d", (80, 24)),
    ("Another weight beside this one (`c`)", "nituzumab<enter>7dec<enter>170<enter>65<enter>c<tab>72", (80, 24)),
    ("The plan in a window of 60 × 20", PLAN, (60, 20)),
];

#[test]
fn the_page_of_screens_shows_the_screens() {
    let mut page =
        "# Screens\n\nScreens of the terminal interface as text, on a fixed day (21-Nov-2026), with a regimen \
                    file that is a draft. The tests draw them again: this page is what the program shows.\n"
            .to_owned();
    for (heading, keys, (columns, rows)) in PAGE {
        let screen = text(&drawn(&after(keys), columns, rows));
        page.push_str(&format!("\n## {heading}\n\n```text\n{}\n```\n", screen.trim_end()));
    }
    page.push_str("\n## Pictures\n\nDrawn from the same cells by `POSOLOGY_WRITE_DOCS=1 cargo test pictures`.\n");
    for (name, title, ..) in crate::pictures::PICTURES {
        page.push_str(&format!("\n![{title}](pictures/{name}.svg)\n"));
    }
    let advice = text(&drawn(&crate::tui_advice::typed(), 100, 24));
    let heading = "What the file's tables say to what was found (`f`)";
    page.push_str(&format!("\n## {heading}\n\n```text\n{}\n```\n", advice.trim_end()));
    crate::pages::hold("docs/screens.md", &page);
}

#[test]
fn the_editor_is_asked_for_and_what_it_did_is_seen() {
    let mut model = after("xelox");
    let effects = press(&mut model, "<f4>");
    let [Effect::Edit(regimens, at)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(regimens.0[*at].id, "xelox");
    let edited = |text: &str| {
        let library = Arc::new(Library::new(None, Vec::new(), site()));
        let path = PathBuf::from("/studies/xelox.toml");
        let entry = RegimenEntry::new(&library, "xelox", Origin::Named(path.clone()), text.as_bytes());
        let regimens = posology::tui::model::RegimenList(Arc::new(vec![entry]));
        let edited = posology::tui::model::Edited { path, copied: false, failed: None, regimens };
        Message::Done(0, Report::Edited(Box::new(edited)))
    };
    let text_now = include_str!("../tui/xelox.toml");
    // On the plan the new text is planned with what was typed: oxaliplatin 130 mg/m² × 1.75 m² = 227.5, so 228 mg.
    let mut model = after(HOME);
    let shown = |model: &Model| text(&drawn(model, 140, 45));
    assert!(shown(&model).contains("228 mg"), "{}", shown(&model));
    let name = text_now.lines().find(|line| line.starts_with("name")).unwrap();
    update(&mut model, edited(&text_now.replacen(name, "name = \"Another name\"", 1)));
    assert_eq!(model.kind(), Kind::Plan);
    assert!(shown(&model).contains("Another name") && shown(&model).contains("228 mg"), "{}", shown(&model));
    update(&mut model, edited("[regimen"));
    assert_eq!(model.kind(), Kind::Finder);
    assert!(shown(&model).contains("FAULTS") && shown(&model).contains("has errors"), "{}", shown(&model));
}

#[test]
fn one_drug_is_lowered_and_one_cycle_is_late() {
    let compared = |begin: &str, keys: &str| text(&drawn(&after(&format!("{begin}c{keys}")), 140, 45));
    // Of irinotecan's ladder the first step: 50 mg/m² × 1.75 m² = 87.5, so 88 mg; nimotuzumab has no ladder.
    let level = compared(PLAN, "<down><down><right>");
    assert!(level.contains("level -1") && level.contains("88 mg") && level.contains("8 of 16 rows differ"), "{level}");
    // Cycle 3 begins 2 × 21 days after 07-Dec-2026, on 18-Jan-2027; 5 days later is 23-Jan-2027; cycle 2 stays.
    let late = compared(HOME, "<down><down><down><down><right><down>5");
    assert!(late.contains("cycle 3 5 days later") && late.contains("23-Jan-2027"), "{late}");
    assert!(!late.contains("02-Jan-2027"), "{late}");
}
