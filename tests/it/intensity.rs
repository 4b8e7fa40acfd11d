//! Dose intensity of drugs that do not keep the same time. Every expected figure is worked out by hand beside it.

use crate::totals::{add, clinic, file, shown};

/// Two flat drugs on day 1 of three-week cycles; `antibody` has a clock of its own.
fn own_clock() -> String {
    let drug = |name: &str, clock: &str| {
        format!(
            "[[drug]]\nname = \"{name}\"\ndose = \"100 mg\"\nroute = \"intravenous\"\nover = \"60 minutes\"\ndays = [1]\n\
             {clock}round = \"none\"\nsource = \"unverified\"\n"
        )
    };
    let drugs = drug("tablet", "") + &drug("antibody", "clock = \"own\"\n");
    let row = "{ cycle = 2, day = 1, date = 2026-12-28, drug = \"tablet\", dose = \"100 mg\" }";
    file("clocks", "length = \"21 days\"\ncount = { planned = 4 }", &drugs, "weight = \"70 kg\"", row)
}

/// Cycle 2 of 28-Dec waits two weeks, to 11-Jan; the antibody does not. Two cycles of 21 days: 42 planned. The tablet took
/// 35 + 21 = 56 days, 42 ÷ 56 = 75 %; the antibody 21 + 21 = 42 days, 100 %. The mean is 87.5 %.
#[test]
fn a_drug_that_does_not_wait_is_not_counted_as_delayed() {
    let mut clinic = clinic("clocks", &own_clock());
    add(&clinic, "clocks", &["--weight", "70"]);
    clinic.record(&["given", "S-1", "--cycle", "1"]);
    clinic.today = "2026-12-28";
    clinic.record(&[
        "delay",
        "S-1",
        "--cycle",
        "2",
        "--to",
        "2027-01-11",
        "--reason",
        "neutropenia",
        "--accept",
        "outside-window=wait",
    ]);
    clinic.record(&["given", "S-1", "--cycle", "2", "--drug", "antibody"]);
    clinic.today = "2027-01-11";
    clinic.record(&["given", "S-1", "--cycle", "2", "--drug", "tablet", "--accept", "stale-weight=same"]);
    let shown = shown(&clinic);
    let parts = |at: usize| {
        let drug = &shown["ledger"]["drugs"][at];
        (drug["dose_part"].as_str(), drug["time_part"].as_str(), drug["relative_dose_intensity"].as_str())
    };
    assert_eq!(parts(0), (Some("100"), Some("75"), Some("75")));
    assert_eq!(parts(1), (Some("100"), Some("100"), Some("100")));
    assert_eq!(shown["ledger"]["regimen_relative_dose_intensity"], "87.5");
}
