//! The bodies of the fuzz targets (`fuzz/`), on bytes and edits of proptest's, and on what the fuzzer once broke.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::fuzz_bodies as bodies;

static SHIPPED: LazyLock<Vec<String>> = LazyLock::new(bodies::shipped);

proptest! {
    #[test]
    fn any_bytes_end_in_findings(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        bodies::text(&bytes);
    }

    #[test]
    fn an_edited_shipped_file_ends_in_findings_or_a_plan(edits in proptest::collection::vec(any::<u8>(), 4..64)) {
        bodies::text(bodies::edited(&SHIPPED, &edits).as_bytes());
    }
}

/// What proptest once found: a dose whose cycle total is beyond all figures was refused without a word.
#[test]
fn a_dose_beyond_reckoning_is_told() {
    let vrd = include_str!("../../regimens/heme-vrd.toml");
    let text = vrd.replace("dose        = \"20 mg\"", "dose        = \"79228162514264337593543950335 mg\"");
    assert_ne!(text, vrd);
    bodies::text(text.as_bytes());
}

#[test]
fn the_edits_change_the_files_and_the_shipped_ones_pass() {
    assert!(SHIPPED.len() > 70);
    for text in &*SHIPPED {
        bodies::text(text.as_bytes());
    }
    assert!(!SHIPPED.contains(&bodies::edited(&SHIPPED, &[0, 3, 0, 4, 0, 0, 9, 0, 5])), "a line is cut");
}
