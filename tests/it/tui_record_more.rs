//! The rarer acts of the record from the interface: exposure before, home doses, another version, a check.

use posology::tui::model::Kind;

use crate::clinic::Clinic;
use crate::record_commands::{approve, version};
use crate::tui_record::Interface;

/// Enrols the open plan under a code, with a reason for every question.
fn enrol(interface: &mut Interface, code: &str) {
    interface.keys(&format!("r{code}<enter>A.Nurse<enter>"));
    for _ in 0..4 {
        if interface.text().contains("would be recorded") {
            break;
        }
        interface.typed("training");
        interface.keys("<enter>");
    }
    let text = interface.keys("<f2>");
    assert!(text.contains(&format!("{code}: enrolled")), "{text}");
}

/// XELOX at 1.75 m²: capecitabine twice a day on days 1 to 14; 20 of the 28 doses of a cycle were taken:
/// 10 evenings of 2,000 mg and 10 mornings of 1,500 mg are 35,000 mg.
#[test]
fn home_doses_are_counted() {
    let mut interface = Interface::new();
    interface.keys("gi-xelox<enter>7dec<enter>170<enter>65<enter><enter>");
    enrol(&mut interface, "S-9");
    interface.on("2026-12-28");
    let asked = interface.keys("rtt<enter>20");
    assert!(asked.contains("Drug: capecitabine") && asked.contains("Cycle: 1"), "{asked}");
    assert!(asked.contains("1 entry would be recorded"), "{asked}");
    interface.keys("<f2>");
    let wrong = interface.keys("rtx");
    assert!(wrong.contains("dispensed, returned or taken"), "{wrong}");
    interface.keys("<esc><esc>");
    let history = interface.keys("i");
    assert!(history.contains("supply") && history.contains("taken"), "{history}");
    assert!(history.contains("35,000 mg"), "{history}");
}

/// What was received before counts towards a limit over a life.
#[test]
fn exposure_before_is_recorded() {
    let mut interface = Interface::new();
    interface.keys("br-ddac-t<enter>7dec<enter>170<enter>65<enter><enter>");
    enrol(&mut interface, "S-3");
    let asked = interface.keys("rx");
    assert!(asked.contains("Received before"), "{asked}");
    assert!(interface.keys("plenty").contains("or none, or unknown"), "{}", interface.text());
    interface.keys("<ctrl-u>");
    interface.typed("50 mg/m2"); // with the 240 of the plan 290, far below the limit of 400
    let shown = interface.text();
    assert!(shown.contains("1 entry would be recorded"), "{shown}");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("exposure") && history.contains("50 mg/m2"), "{history}");
}

/// 60 mg/m² instead of 70: 60 × 1.75 = 105 mg from the first cycle on of which nothing is on record.
#[test]
fn another_version_shows_its_differences_first() {
    let clinic = Clinic::new();
    version(&clinic, "npc-amendment-2", |text| {
        let text = text.replace("\"70 mg/m2\"", "\"60 mg/m2\"").replace("\"122.5 mg\"", "\"105 mg\"");
        text.split("[[example]]").next().unwrap().to_owned() + EXAMPLES
    });
    let mut interface = Interface::of(clinic);
    interface.keys("npc-liposomal<enter>7dec<enter>170<enter>65<enter><enter>");
    enrol(&mut interface, "S-014");
    interface.keys("a<f2>");
    let same = interface.keys("rm");
    assert!(same.contains("New version: npc-liposomal-irinotecan-nituzumab"), "{same}");
    interface.typed("amendment 2");
    assert!(interface.text().contains("is already on this text"), "{}", interface.text());
    interface.keys("<up><ctrl-u>");
    assert!(interface.keys("nowhere").contains("The library has no regimen \"nowhere\""));
    interface.keys("<ctrl-u>");
    interface.typed("npc-amendment-2");
    let asked = interface.text();
    assert!(
        asked.contains("70 → 60 mg/m2") && asked.contains("C2D1 irinotecan liposomal dose: 123 mg → 105 mg"),
        "{asked}"
    );
    interface.keys("<enter>");
    interface.typed("training");
    let done = interface.keys("<f2>");
    assert!(done.contains("S-014: recorded"), "{done}");
    interface.keys("2");
    assert!(interface.text().contains("105 mg"), "{}", interface.text());
    assert!(interface.keys("i").contains("to npc-amendment-2"), "{}", interface.text());
}

const EXAMPLES: &str = r#"[[example]]
subject = { height = "170 cm", weight = "65 kg" }
start   = 2026-12-07
expect  = [{ cycle = 1, day = 1, date = 2026-12-07, drug = "irinotecan", dose = "105 mg" }]

[[example]]
subject = { height = "160 cm", weight = "50 kg" }
start   = 2026-12-07
administrations = 16
expect  = [{ cycle = 8, day = 1, drug = "irinotecan", dose = "89 mg" }]
"#;

/// Approved, so that what rests on it may be checked off; the enrolment is by A.Nurse.
fn approved() -> Interface {
    let clinic = Clinic::new();
    version(&clinic, "own-trial", |text| text);
    approve(&clinic, "own-trial");
    let mut interface = Interface::of(clinic);
    interface.keys("own-trial<enter>7dec<enter>170<enter>65<enter><enter>");
    enrol(&mut interface, "S-1");
    interface
}

#[test]
fn a_check_is_typed_without_seeing_and_its_differences_are_told_once_recorded() {
    let mut interface = approved();
    let form = interface.keys("iv");
    assert!(form.contains("Check entry 1: type it again"), "{form}");
    for hidden in ["170", "65", "07-Dec-2026", "A.Nurse"] {
        assert!(!form.contains(hidden), "{hidden}: {form}");
    }
    interface.keys("170<enter>56<enter>7dec<enter>A.Nurse");
    let same = interface.text();
    assert!(same.contains("a check needs a second person"), "{same}");
    let ready = interface.keys("<ctrl-u>B.Second");
    assert!(ready.contains("1 entry would be recorded"), "{ready}");
    assert!(!ready.contains("the entry says"), "nothing tells before it is recorded: {ready}");
    let told = interface.keys("<f2>");
    assert!(told.contains("entry 1 differs. weight: the entry says 65 kg, the second person typed 56 kg."), "{told}");
    assert_eq!(interface.model.kind(), Kind::Plan);
    let agreed = interface.keys("i<up>v170<enter>65kg<enter>7dec<enter>C.Third<f2>");
    assert!(agreed.contains("entry 1 was typed again and agrees"), "{agreed}");
}

#[test]
fn what_holds_no_figure_or_rests_on_a_draft_is_not_checked() {
    let mut interface = Interface::enrolled();
    // At the first key, before anything is typed.
    let draft = interface.keys("iv");
    assert!(
        draft.contains("is a draft: nobody has approved it for use. What depends on it cannot be checked yet"),
        "{draft}"
    );
    assert!(draft.contains("posology regimen approve npc-liposomal-irinotecan-nituzumab"), "{draft}");
    let mut interface = approved();
    interface.keys("rn");
    interface.typed("nothing to type again");
    interface.keys("<f2>");
    let none = interface.keys("iv");
    assert!(none.contains("has no figure to type again"), "{none}");
}

/// The header shows the body that the doses of the day are made from: 170 cm and 65 kg are 1.75 m² (Mosteller), with 58 kg
/// 1.65 m². The new weight counts from the cycle after it on, and is told beside the old one until then.
#[test]
fn the_header_shows_the_body_in_force_on_the_day_shown() {
    let mut interface = Interface::enrolled();
    interface.on("2027-01-02");
    interface.keys("b58<enter>");
    for _ in 0..4 {
        if interface.text().contains("would be recorded") {
            break;
        }
        interface.typed("weighed twice");
        interface.keys("<enter>");
    }
    interface.keys("<f2>");
    interface.keys("1");
    let first = interface.drawn(100, 30);
    assert!(first.contains("65 kg   BSA 1.75 m²") && first.contains("from C3: 58 kg"), "{first}");
    interface.keys("3");
    let third = interface.drawn(100, 30);
    assert!(third.contains("58 kg   BSA 1.65 m²") && !third.contains("from C"), "{third}");
}
