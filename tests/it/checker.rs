//! Reading, resolving and checking regimen files.

use posology::calendar::Site;
use posology::finding::Severity;
use posology::regimen::{Checked, check};

pub const EXAMPLE: &str = include_str!("../corpus/valid/npc-liposomal-irinotecan-nituzumab.toml");

fn checked(text: &str) -> Checked {
    check(text.as_bytes(), &Site::default())
}

#[test]
fn the_example_of_the_format_loads() {
    let checked = checked(EXAMPLE);
    // Its two drugs name a label that the file does not describe: told, but the file loads.
    let told: Vec<_> = checked.findings.iter().map(|f| (f.code, f.severity)).collect();
    assert_eq!(told, [("R029", Severity::Warn), ("R029", Severity::Warn)]);
    let regimen = checked.regimen.unwrap();
    assert_eq!(regimen.phases[0].drugs.len(), 2);
}
