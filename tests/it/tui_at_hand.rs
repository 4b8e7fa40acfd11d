//! What is at hand in the finder, what a file would hold before it is written, reasons by their number, what else a second
//! person ticks, and the balance of tablets.

use posology::cli::tasks::command_line;
use posology::library::{Library, disease};
use posology::tui::model::Effect;
use posology::tui::model::{Kind, Screen};

use crate::clinic::Clinic;
use crate::tui::press;
use crate::tui_record::Interface;

#[test]
fn favourites_and_what_was_opened_last_stand_on_top_and_the_rest_by_disease() {
    let mut interface = Interface::new();
    let shown = interface.drawn(100, 30);
    assert!(shown.contains("Breast"), "{shown}");
    interface.keys("gi-xelox<enter><esc><esc>");
    let shown = interface.drawn(100, 30);
    assert!(shown.find("Opened last") < shown.find("Breast"), "{shown}");
    interface.keys("npc-liposomal");
    let effects = press(&mut interface.model, "<f5>");
    assert!(
        matches!(effects.as_slice(), [Effect::KeepShelf(text)] if text.contains("favourite npc-liposomal")),
        "{effects:?}"
    );
    interface.keys("<esc>");
    let shown = interface.drawn(100, 30);
    assert!(shown.find("Favourites") < shown.find("Opened last"), "{shown}");
    // Each stands once, and every one of them is still there.
    let Some(Screen::Finder(finder)) = interface.model.stack.last() else { panic!() };
    let mut found = finder.found.clone();
    found.sort_unstable();
    found.dedup();
    assert_eq!((found.len(), finder.found.len()), (interface.model.regimens.0.len(), interface.model.regimens.0.len()));
    // What is looked for is in the order of how well it fits, without headings.
    interface.keys("folfox");
    assert!(!interface.drawn(100, 30).contains("Digestive tract"));
}

#[test]
fn every_shipped_regimen_is_named_after_its_disease() {
    let library = Library::new(None, Vec::new(), posology::calendar::Site::default());
    for entry in library.list().unwrap() {
        assert_ne!(disease::of(&entry.id).1, disease::OTHER, "{}", entry.id);
    }
}

#[test]
fn the_first_rows_of_a_file_are_looked_at_before_it_is_written() {
    let mut interface = Interface::enrolled();
    for (format, words) in [("csv", "subject"), ("pdf-calendar", "laid out in its own way"), ("ics", "BEGIN:VCALENDAR")]
    {
        interface.keys("x");
        interface.typed(format);
        let looked = interface.keys("<f2>");
        assert_eq!(interface.model.kind(), Kind::Output, "{looked}");
        assert!(looked.contains(words), "{format}: {looked}");
        interface.keys("<esc>");
        assert_eq!(interface.model.kind(), Kind::Export, "nothing was written: {}", interface.text());
        interface.keys("<esc>");
    }
    assert!(!interface.path("S-014.csv").exists());
}

#[test]
fn a_usual_reason_is_one_figure_and_what_would_change_is_seen_before_it_is_typed() {
    let mut interface = Interface::enrolled();
    let seen = interface.keys("nd7<tab>y");
    assert!(seen.contains("Still to be typed, and what would change") && seen.contains("28-Dec-2026"), "{seen}");
    let kept = interface.keys("<tab>1");
    assert!(kept.contains("kept as") || interface.drawn(100, 30).contains("kept as: low blood counts"), "{kept}");
    interface.keys("<f2>");
    assert!(interface.keys("i").contains("low blood counts"), "{}", interface.text());
}

#[test]
fn a_form_that_nobody_has_begun_is_not_wrong_and_begins_at_the_first_figure() {
    let mut interface = Interface::enrolled();
    interface.model.record.who = String::new();
    let form = interface.drawn(100, 30);
    assert!(!form.contains("BLOCK"), "{form}");
    let form = interface.keys("b58");
    assert!(form.contains("Weight: 58") && !interface.keys("<esc><esc>b").contains("BLOCK"), "{form}");
    let given = interface.keys("<esc>a<ctrl-u>120 mg");
    assert!(given.contains("irinotecan liposomal: 120 mg"), "{given}");
}

/// Whoever is asked for a name later on a terminal is asked for it at once in a form.
#[test]
fn who_is_needed_where_the_record_is_changed_and_no_result_names_an_option() {
    let line = command_line(Vec::new());
    for task in (line.tasks)(&line.start) {
        for ask in task.asks.iter().filter(|ask| ask.id == "who") {
            assert!(ask.needed, "{}", task.row.path);
        }
    }
    let clinic = Clinic::new();
    clinic.enrol();
    let line = command_line(vec![("data", clinic.path("records").into_os_string())]);
    let to = clinic.path("copy.db").into_os_string();
    let told = (line.run)(&["backup".into(), format!("--data={}", clinic.path("records").display()).into(), to]);
    assert!(!told.failed, "{told:?}");
    assert!(told.text.contains("“Head”") && !format!("{} {}", told.text, told.told).contains(" --"), "{told:?}");
}

#[test]
fn tablets_are_balanced_and_what_did_not_come_back_is_unknown() {
    let mut clinic = Clinic::new();
    let add = ["add", "S-9", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    let run = ["--cycle", "1", "--drug", "capecitabine"];
    clinic.record(&[&["supply", "S-9", "dispensed", "98"][..], &run].concat());
    let show = |clinic: &Clinic| String::from_utf8(clinic.run(&["subject", "show", "S-9"]).stdout).unwrap();
    let words = show(&clinic).split_whitespace().collect::<Vec<_>>().join(" ");
    // 28 halves of a day: 14 mornings of 3 tablets and 14 evenings of 4, of 500 mg each: 98.
    assert!(words.contains("98 tablets of 500 mg planned for 28 doses; 98 dispensed, not brought back yet"), "{words}");
    clinic.today = "2026-12-22";
    clinic.record(&[&["supply", "S-9", "taken", "24"][..], &run].concat());
    clinic.record(&[&["supply", "S-9", "returned", "14"][..], &run].concat());
    let words = show(&clinic).split_whitespace().collect::<Vec<_>>().join(" ");
    // 98 − 14 = 84 of 98 are 85.714 %; 24 of 28 doses are 85.714 %.
    assert!(words.contains("98 dispensed, 14 brought back: 84 used, 85.7 % of those planned"), "{words}");
    assert!(words.contains("24 of 28 doses taken: 85.7 %"), "{words}");
    let mut interface = Interface::of(clinic);
    let record = interface.keys("<f3><enter>i");
    assert!(record.contains("84 used, 85.7 %"), "{record}");
}

/// The doses are those of the visit that is typed: nothing of another cycle is left standing beside its number.
#[test]
fn the_form_of_doses_given_follows_the_cycle_that_is_typed() {
    let mut interface = Interface::new();
    interface.keys("gi-mfolfox6<enter>7dec<enter>170<enter>65<f2>rS-7<enter>A.Nurse<enter>");
    interface.typed("training");
    interface.keys("<f2>");
    // On the day on which the pump ends, it is the visit before it.
    let form = interface.keys("3<right><right>a");
    assert!(form.contains("Cycle: 3") && form.contains("Day of cycle: 1"), "{form}");
    interface.keys("<esc>");
    interface.keys("ga");
    let form = interface.keys("<shift-tab><shift-tab><ctrl-u>2");
    assert!(form.contains("Cycle: 2") && form.contains("Given on Mon 07-Dec-2026"), "{form}");
    assert!(form.contains("oxaliplatin: 149 mg"), "{form}");
    let none = interface.keys("<tab><ctrl-u>5");
    assert!(none.contains("no open dose on this day") && !none.contains("oxaliplatin: 149 mg"), "{none}");
}

#[test]
fn what_will_stand_in_the_record_is_in_sight_on_a_small_screen() {
    let mut interface = Interface::enrolled();
    interface.on("2026-12-17");
    interface.keys("g");
    let form = interface.keys("a");
    assert!(
        form.contains("the planned day, which has passed") || interface.drawn(80, 24).contains("planned day"),
        "{form}"
    );
    interface.typed("8dec");
    let small = interface.drawn(80, 24);
    assert!(small.contains("Given on Tue 08-Dec-2026, 9 days ago"), "{small}");
    // The end of what would change can be reached.
    interface.model.size = (80, 24);
    interface.keys(&"<pagedown>".repeat(20));
    let small = interface.drawn(80, 24);
    let (_, preview) = small.split_once("what would change").unwrap();
    assert!(!preview.contains("\u{2193} ") && preview.contains("• NOTE"), "{small}");
}

/// Swapped figures, and a child: the focus goes to what is to be corrected, and nothing is to be measured again.
#[test]
fn what_cannot_stand_is_corrected_and_not_measured_again() {
    let mut interface = Interface::new();
    let swapped = interface.keys("nituzumab<enter>7dec<enter>65<enter>170<enter>");
    assert!(!swapped.contains("again") || !swapped.contains("Height again:"), "{swapped}");
    let drawn = interface.drawn(80, 24);
    assert!(drawn.contains("exchanged") && !drawn.contains("not shown while"), "{drawn}");
    let mut interface = Interface::new();
    let child = interface.keys("nituzumab<enter>7dec<enter>95<enter>14<enter>");
    assert!(child.contains("for a child, give the age"), "{child}");
    assert!(interface.drawn(80, 24).contains("▶Age or birth"), "{}", interface.drawn(80, 24));
}

#[test]
fn a_visit_of_which_one_drug_is_given_is_given_in_part_in_every_view() {
    let mut interface = Interface::enrolled();
    // The second drug stays open: its dose is emptied.
    interface.keys("a<tab><ctrl-e><ctrl-u><f2>");
    assert!(interface.drawn(80, 24).contains("C1D1◐"), "{}", interface.drawn(80, 24));
    interface.keys("v");
    assert!(interface.drawn(140, 45).contains("07-Dec-2026◐"), "{}", interface.drawn(140, 45));
}

#[test]
fn a_list_that_is_come_back_to_is_read_again_and_a_filled_form_is_not_emptied_by_one_key() {
    let mut interface = Interface::enrolled();
    interface.keys("<f3><enter>");
    let effects = press(&mut interface.model, "<esc>");
    assert!(matches!(effects.as_slice(), [Effect::Subjects(_)]), "{effects:?}");
    let mut form = Interface::new();
    let asked = form.keys("nituzumab<enter>7dec<enter>170<f9>");
    assert!(asked.contains("once more empties") && asked.contains("Height: 170"), "{asked}");
    assert!(!form.keys("<f9>").contains("Height: 170"));
}

/// Whoever comes next types their name over the last one's.
#[test]
fn the_name_of_who_recorded_last_is_typed_over() {
    let mut interface = Interface::enrolled();
    interface.keys("rn");
    interface.typed("called");
    let form = interface.keys("<tab><tab><tab>B.Second");
    assert!(form.contains("Who records: B.Second"), "{form}");
}

#[test]
fn a_search_with_one_wrong_word_is_no_dead_end() {
    let mut interface = Interface::new();
    let shown = interface.keys("folfox nonsensical");
    assert!(shown.contains("mFOLFOX6"), "{shown}");
    assert!(interface.drawn(100, 30).contains("come near"), "{}", interface.drawn(100, 30));
}
