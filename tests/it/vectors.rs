//! The independent vectors, every row of them.

use posology::verify::vectors::{self, FamilyReport};

fn described(report: &FamilyReport) -> String {
    let mut lines = vec![format!("{}: {} rows of {}", report.family, report.rows, report.expected_rows)];
    lines.extend(report.failed.iter().map(|failure| format!("  failed {failure:?}")));
    lines.extend(report.stale.iter().map(|stale| format!("  stale judgement {stale:?}")));
    lines.join("\n")
}

#[test]
fn every_row_passes_or_is_judged_with_a_reason() {
    let reports = vectors::run();
    let unclean: String = reports.iter().filter(|report| !report.clean()).map(described).collect();
    assert!(unclean.is_empty(), "{unclean}");
}

#[test]
fn all_the_collected_rows_are_there() {
    // Counted with another reader: this one is the csv crate.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    for report in vectors::run() {
        let file = csv::Reader::from_path(folder.join(format!("{}.csv", report.family)));
        assert_eq!(file.unwrap().records().map(Result::unwrap).count(), report.rows, "{}", report.family);
    }
    assert_eq!(vectors::run().iter().map(|report| report.rows).sum::<usize>(), vectors::expected_rows());
}

#[test]
fn rows_are_left_only_where_another_part_answers() {
    // How many rows of a family are not run here; a family not named runs every row. The rows of `regimen_events` and
    // `edge_cases` are run one by one in `vector_rows.rs`.
    let known = [
        ("rdi", 13),
        ("ibw", 3),
        ("unit_conversion", 2),
        ("dose_banding_nhs", 94),
        ("bsa_band_labels", 63),
        ("weight_tier_labels", 106),
        ("regimen_events", 39),
        ("edge_cases", 21),
    ];
    for report in &vectors::run() {
        let left = known.iter().find(|(family, _)| *family == report.family).map_or(0, |(_, left)| *left);
        assert_eq!(report.left.len(), left, "{}", report.family);
    }
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
