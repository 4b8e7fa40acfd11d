//! Ways out that lose nothing: back from an edit, and the key that copies elsewhere.

use posology::tui::model::{Effect, Kind};

use crate::tui_record::Interface;

fn planned() -> Interface {
    let mut interface = Interface::new();
    interface.keys("nituzumab<enter>7dec<enter>170<enter>65<enter><enter>");
    assert_eq!(interface.model.kind(), Kind::Plan);
    interface
}

/// One step back from the form is the plan, one more the form again: what was typed stands in it, whatever it is.
#[test]
fn back_from_an_edit_is_the_plan_and_the_form_is_kept() {
    let mut interface = planned();
    interface.keys("e");
    assert_eq!(interface.model.kind(), Kind::Form);
    interface.keys("<esc>");
    assert_eq!(interface.model.kind(), Kind::Plan, "{}", interface.text());
    let form = interface.keys("<esc>");
    assert_eq!(interface.model.kind(), Kind::Form);
    assert!(form.contains("Height: 170") && form.contains("Weight: 65"), "{form}");
    // To and fro, and then twice back, is the finder: no screen stands there twice.
    for _ in 0..3 {
        interface.keys("<f2>e<f2>");
    }
    interface.keys("<esc><esc>");
    assert_eq!(interface.model.kind(), Kind::Finder);
}

#[test]
fn ctrl_c_asks_before_it_leaves() {
    let mut interface = planned();
    let told = interface.keys("<ctrl-c>");
    assert!(!interface.model.quit && told.contains("Ctrl-C once more leaves"), "{told}");
    interface.keys("n<ctrl-c>");
    assert!(!interface.model.quit, "a key in between starts anew");
    interface.keys("<ctrl-c>");
    assert!(interface.model.quit);
}

/// In a form that is half typed it takes nothing away.
#[test]
fn ctrl_c_leaves_a_half_typed_entry_as_it_is() {
    let mut interface = Interface::enrolled();
    interface.keys("rn");
    interface.typed("called at night");
    let form = interface.keys("<ctrl-c>");
    assert!(!interface.model.quit && form.contains("called at night"), "{form}");
}

#[test]
fn a_list_that_is_come_back_to_is_read_again_and_a_filled_form_is_not_emptied_by_one_key() {
    let mut interface = Interface::enrolled();
    interface.keys("<f3><enter>");
    let effects = crate::tui::press(&mut interface.model, "<esc>");
    assert!(matches!(effects.as_slice(), [Effect::Subjects(_)]), "{effects:?}");
    let mut form = Interface::new();
    let asked = form.keys("nituzumab<enter>7dec<enter>170<f9>");
    assert!(asked.contains("once more empties") && asked.contains("Height: 170"), "{asked}");
    assert!(!form.keys("<f9>").contains("Height: 170"));
}
