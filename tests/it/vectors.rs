//! The independent vectors, every row of them.

use posology::verify::vectors::{self, FamilyReport};

fn described(report: &FamilyReport) -> String {
    let mut text = format!("{}: {} rows of {}\n", report.family, report.rows, report.expected_rows);
    for failure in &report.failed {
        text.push_str(&format!("  failed {failure:?}\n"));
    }
    for stale in &report.stale {
        text.push_str(&format!("  stale judgement {stale:?}\n"));
    }
    text
}

#[test]
fn every_row_passes_or_is_judged_with_a_reason() {
    let reports = vectors::run();
    let unclean: String = reports.iter().filter(|report| !report.clean()).map(described).collect();
    assert!(unclean.is_empty(), "{unclean}");
}

#[test]
fn no_row_is_counted_twice_or_lost() {
    for report in vectors::run() {
        let told = report.passed + report.judged.len() + report.left.len() + report.failed.len();
        assert_eq!(told, report.rows, "{}", report.family);
    }
}

#[test]
fn the_list_of_judged_rows_names_files_that_exist() {
    assert_eq!(vectors::judged_for_no_file(), Vec::<String>::new());
}
