//! The public codes of a substance, for whoever reads what is exported: UNII (FDA, the substance registry) and the `RxNorm` code of
//! the ingredient (National Library of Medicine). One line a substance in `coded.csv`, by its full generic name, without salt and
//! formulation; a substance that no list read names has none.
//!
//! The UNII are those of the `DrugBank` vocabulary, open data (CC0 1.0), 2025, as stored in the public repository
//! `yousefMohamed2002/MyDrugsListApi` at commit 1e9060f2; their tenth character, which checks the nine before it, is right in every
//! line. The `RxNorm` codes are those of `PharmGKB`, `chemicals.tsv` of 2020, as stored in `mtpandi/Text-Mining-for-PGx` at commit
//! 35dbff02; fifteen of them were compared with the `mCODE` guide of HL7 and with CPIC. Both were read on 2026-12-01. An asparaginase is
//! left out, because its name does not say of which organism.
//!
//! ```
//! use posology::regimen::coded::coded;
//! assert_eq!(coded("vincristine sulfate").unwrap().unii, Some("5J49Q6B70F"));
//! assert_eq!(coded("study drug"), None);
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::substance;

const TEXT: &str = include_str!("coded.csv");

/// The codes of a substance; at least one of them is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded {
    /// Ten letters and digits: `5J49Q6B70F`.
    pub unii: Option<&'static str>,
    /// The number of the ingredient: `11202`.
    pub rxnorm: Option<&'static str>,
}

static CODED: LazyLock<BTreeMap<&'static str, Coded>> = LazyLock::new(|| {
    let rows = TEXT.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let substance = cells.next()?;
        let mut code = || cells.next().filter(|cell| !cell.is_empty());
        Some((substance, Coded { unii: code(), rxnorm: code() }))
    });
    rows.collect()
});

/// The codes of a drug's substance, by its generic name, with or without its salt.
pub fn coded(name: &str) -> Option<Coded> {
    CODED.get(name).or_else(|| CODED.get(substance::base(name).as_str())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tenth character is the sum of the nine before it, 0 to 9 and A to Z as 0 to 35, modulo 36.
    fn checks(unii: &str) -> bool {
        let values: Option<Vec<u32>> = unii.chars().map(|one| one.to_digit(36)).collect();
        let values = values.filter(|values| values.len() == 10 && unii == unii.to_uppercase());
        values.is_some_and(|values| values.iter().take(9).sum::<u32>() % 36 == values[9])
    }

    #[test]
    fn every_line_has_a_code_that_can_be_one() {
        assert!(checks("P88XT4IS4D") && !checks("P88XT4IS4E") && !checks("P88XT4IS"));
        let mut substances: Vec<&str> = Vec::new();
        for line in TEXT.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [substance, unii, rxnorm] = cells[..] else { panic!("{line}") };
            assert!(!unii.is_empty() || !rxnorm.is_empty(), "{line}");
            assert!(unii.is_empty() || checks(unii), "{line}");
            assert!(rxnorm.chars().all(|one| one.is_ascii_digit()), "{line}");
            substances.push(substance);
        }
        assert!(substances.windows(2).all(|pair| pair[0] < pair[1]), "in order, none twice");
        assert_eq!((substances.len(), CODED.len()), (270, 270));
        let codes = |of: fn(&Coded) -> Option<&str>| {
            let mut codes: Vec<&str> = CODED.values().filter_map(of).collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all, "one code of two substances");
            all
        };
        assert_eq!((codes(|one| one.unii), codes(|one| one.rxnorm)), (269, 157));
    }

    /// As the `mCODE` guide of HL7 (examples, version of January 2025) and CPIC's list of drugs print them.
    #[test]
    fn what_other_lists_print_is_the_same() {
        for (substance, rxnorm) in [
            ("doxorubicin", "3639"),
            ("cyclophosphamide", "3002"),
            ("paclitaxel", "56946"),
            ("anastrozole", "84857"),
            ("idarubicin", "5650"),
            ("vincristine", "11202"),
            ("prednisone", "8640"),
            ("cetuximab", "318341"),
            ("belinostat", "1543543"),
            ("capecitabine", "194000"),
            ("carboplatin", "40048"),
            ("cisplatin", "2555"),
            ("dabrafenib", "1424911"),
            ("epirubicin", "3995"),
            ("etoposide", "4179"),
        ] {
            assert_eq!(coded(substance).and_then(|one| one.rxnorm), Some(rxnorm), "{substance}");
        }
    }
}
