//! Where a weight is from: asked for on both faces, kept, corrected, shown and exported; an older program leaves such a record as it is.

use posology::course::event::Event;
use posology::subject::WeightFrom;

use crate::clinic::Clinic;
use crate::store_record::looked_through;
use crate::tui_record::Interface;

fn out(clinic: &Clinic, arguments: &[&str]) -> String {
    String::from_utf8(clinic.run(arguments).stdout).unwrap()
}

#[test]
fn on_the_command_line_the_source_of_a_weight_is_kept_and_corrected() {
    let clinic = Clinic::new();
    clinic.enrol();
    clinic.record(&["measure", "S-014", "--weight", "64", "--weight-from", "reported"]);
    let history = out(&clinic, &["subject", "plan", "S-014", "--as", "csv-history"]);
    assert!(history.contains("64 kg (as reported)"), "{history}");
    clinic.record(&["correct", "S-014", "2", "--weight-from", "here", "--reason", "it was the scale of the ward"]);
    assert!(
        out(&clinic, &["subject", "show", "S-014", "--history"]).contains("corrected entry 2 to 64 kg (measured here)")
    );
    // Only what says something new is written in a newer version.
    let versions: Vec<(String, u32)> = looked_through(&clinic.path("records"))
        .events("S-014")
        .unwrap()
        .into_iter()
        .map(|one| (one.kind, one.version))
        .collect();
    let expected = [("enrolled", 1), ("measured", 2), ("corrected", 2)];
    assert_eq!(versions, expected.map(|(kind, version)| (kind.to_owned(), version)));
    // A source of nothing is refused, and so is a word that is none.
    clinic.record(&["measure", "S-014", "--height", "170"]);
    clinic.refused(&["correct", "S-014", "4", "--weight-from", "here", "--reason", "x"], "not-in-entry");
    let alone = clinic.run(&["subject", "measure", "S-014", "--weight-from", "here", "--who", "A"]);
    assert!(alone.status.code() == Some(2) && String::from_utf8_lossy(&alone.stderr).contains("--weight"), "{alone:?}");
    let wrong = clinic.run(&["subject", "measure", "S-014", "--weight", "64", "--weight-from", "home", "--who", "A"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("here, reported or elsewhere"));
}

#[test]
fn in_the_interface_too() {
    let mut interface = Interface::enrolled();
    interface.keys("b64<tab><tab><tab><tab><tab>");
    assert!(interface.keys("home").contains("here, reported or elsewhere"), "{}", interface.text());
    interface.keys("<ctrl-u>");
    let ready = interface.keys("ward<ctrl-u>else");
    assert!(ready.contains("1 entry would be recorded"), "{ready}");
    interface.keys("<f2>");
    let history = interface.keys("i");
    assert!(history.contains("64 kg (measured on another ward)"), "{history}");
}

/// At enrolment as well, by either face, and in a list of subjects.
#[test]
fn of_an_enrolment_it_is_kept_too() {
    let clinic = Clinic::new();
    let body = [
        "--height",
        "170",
        "--weight",
        "154lb",
        "--weight-from",
        "reported",
        "--start",
        "2026-12-07",
        "--accept",
        "draft=training",
    ];
    clinic.record(&[&["add", "S-020", "npc-liposomal-irinotecan-nituzumab"][..], &body].concat());
    let shown = out(&clinic, &["subject", "show", "S-020", "--history"]);
    assert!(shown.contains("weight as reported"), "{shown}");
    // 154 lb is 69.85 kg, and both stay.
    let document = out(&clinic, &["subject", "show", "S-020", "--json"]);
    assert!(document.contains("69.85 kg (154 lb)") || document.contains("154 lb"), "{document}");
    clinic.record(&["correct", "S-020", "1", "--weight-from", "elsewhere", "--reason", "the ward's own scale"]);
    assert!(out(&clinic, &["subject", "show", "S-020", "--history"]).contains("weight measured on another ward"));

    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<tab>170<tab>65<enter><f2>rS-014<enter>A.Nurse<tab>");
    assert!(interface.keys("scale").contains("here, reported or elsewhere"), "{}", interface.text());
    let ready = interface.keys("<ctrl-u>repo<enter>");
    assert!(ready.contains("source of the weight as reported"), "{ready}");
    for _ in 0..4 {
        if !interface.text().contains("would be recorded") {
            interface.typed("training");
            interface.keys("<enter>");
        }
    }
    interface.keys("<f2>");
    let entry = &interface.model.open_subject().unwrap().0.opened.folded.history[0].entry;
    let Event::Enrolled(enrolled) = &entry.event else { panic!("{entry:?}") };
    assert_eq!(enrolled.weight_from, Some(WeightFrom::Reported));
}
