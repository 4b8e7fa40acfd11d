//! Every file of version 0.1.0 means what it meant: the plans that 0.1.0 made of the regimens it came with, for an adult, a large
//! and a small one, written by that program and kept as they were written.
//!
//! Not compared are volumes (0.1.0 rounded them too far) and words; the dose of two unequal halves is empty today. What is refused today and was not is named here, with the
//! reason; nothing may join the list without one.

use std::collections::BTreeMap;
use std::fs;

use crate::program::Home;

const PLANS: &str = include_str!("../first_edition/plans.csv");

/// What a file asks for beside the body.
const ASKED: &[(&str, &[&str])] = &[
    ("gi-liposomal-irinotecan-fluorouracil", &["--genotype", "UGT1A1*1/*28"]),
    ("gyn-niraparib", &["--lab", "platelets 180 10^9/L"]),
    ("heme-blinatumomab", &["--cohort", "adult"]),
    ("heme-busulfan-cyclophosphamide", &["--cohort", "lower-weight"]),
    ("heme-cyclophosphamide-busulfan", &["--cohort", "lower-weight"]),
    ("liver-camrelizumab-apatinib-cohorts", &["--cohort", "2"]),
    ("npc-camrelizumab-apatinib-arms", &["--cohort", "ac-chemotherapy"]),
    ("npc-induction-gp-pf-arms", &["--cohort", "pf"]),
];

/// Refused today: the file, the subject (all where it is empty), and what the refusal says.
const REFUSED: &[(&str, &str, &str)] = &[
    // High-dose methotrexate without a rescue is no regimen.
    ("cns-high-dose-methotrexate", "", "rescue"),
    // Neither Calvert nor Cockcroft-Gault holds for a child.
    ("br-tchp", "child", "not defined for this age"),
    ("gyn-carboplatin-paclitaxel", "child", "not defined for this age"),
    ("gyn-carboplatin-paclitaxel-bevacizumab", "child", "not defined for this age"),
    ("heme-imatinib", "child", "not defined for this age"),
    ("lung-carboplatin-paclitaxel-pembrolizumab", "child", "not defined for this age"),
    ("npc-gp", "child", "not defined for this age"),
];

fn subject(name: &str) -> [&'static str; 10] {
    match name {
        "adult" => {
            ["--height", "170", "--weight", "65kg", "--age", "54", "--sex", "female", "--creatinine", "0.8mg/dL"]
        }
        "large" => ["--height", "182", "--weight", "104kg", "--age", "71", "--sex", "male", "--creatinine", "1.3mg/dL"],
        "child" => ["--height", "110", "--weight", "18.5kg", "--age", "5", "--sex", "male", "--creatinine", "0.4mg/dL"],
        other => panic!("{other}"),
    }
}

#[test]
fn the_files_of_the_first_version_give_the_plans_they_gave() {
    let mut lines = PLANS.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').skip(2).collect();
    let mut kept: BTreeMap<(&str, &str), Vec<Vec<&str>>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), columns.len() + 2, "{line}");
        kept.entry((cells[0], cells[1])).or_default().push(cells[2..].to_vec());
    }
    assert_eq!(kept.keys().map(|(file, _)| file).collect::<std::collections::BTreeSet<_>>().len(), 76);
    let (home, mut refused) = (Home::new(), 0);
    for ((file, who), rows) in &kept {
        let path = fs::canonicalize(format!("tests/first_edition/regimens/{file}.toml")).unwrap();
        let more = ASKED.iter().find(|(asked, _)| asked == file).map_or(&[][..], |(_, more)| more);
        let head = ["plan", path.to_str().unwrap(), "--start", "2026-12-07", "--as", "csv"];
        let ran = home.run(&[&head, &subject(who)[..], more].concat());
        if let Some((_, _, why)) =
            REFUSED.iter().find(|(name, whom, _)| name == file && (whom.is_empty() || whom == who))
        {
            assert!(ran.code != 0 && ran.err.contains(why), "{file}, {who}: {}", ran.err);
            refused += 1;
            continue;
        }
        assert_eq!(ran.code, 0, "{file}, {who}: {}", ran.err);
        let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at: Vec<usize> = columns.iter().map(|name| header.iter().position(|one| one == *name).unwrap()).collect();
        let cycle = header.iter().position(|one| one == "cycle").unwrap();
        let now: Vec<csv::StringRecord> =
            reader.records().map(Result::unwrap).filter(|row| matches!(&row[cycle], "1" | "2" | "3")).collect();
        let now: Vec<Vec<&str>> = now.iter().map(|row| at.iter().map(|at| &row[*at]).collect()).collect();
        let column = |name: &str| columns.iter().position(|one| *one == name).unwrap();
        let (morning, evening, dose) = (column("morning"), column("evening"), column("dose"));
        for (was, is) in rows.iter().zip(&now) {
            let mut was = was.clone();
            // Two unequal halves are no one dose; 0.1.0 wrote the larger.
            if was[morning] != was[evening] {
                was[dose] = "";
            }
            assert_eq!(*is, was, "{file}, {who}: {columns:?}");
        }
        assert_eq!(now.len(), rows.len(), "{file}, {who}");
    }
    assert_eq!(refused, REFUSED.len() + 2, "the first of them is refused for all three");
}
