//! R062.

use crate::finding::Finding;
use crate::regimen::rules::Context;

rule! {
    /// A drug named by an abbreviation.
    ///
    /// `MTX` is methotrexate to some and mitoxantrone to others. Names are written in full (ISMP, error-prone abbreviations; NCI CTEP, guidelines for treatment regimen expression and nomenclature); the short form may stand under `also`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "5-FU"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "fluorouracil"
    /// also = ["5-FU"]
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ABBREVIATION, "drug-abbreviated", Warn, check
}

/// Abbreviations met in protocols, with the name in full.
const SHORT: &[(&str, &str)] = &[
    ("5-fu", "fluorouracil"),
    ("5fu", "fluorouracil"),
    ("fu", "fluorouracil"),
    ("adr", "doxorubicin"),
    ("amd", "dactinomycin"),
    ("ara-c", "cytarabine"),
    ("atra", "tretinoin"),
    ("azt", "zidovudine"),
    ("bcnu", "carmustine"),
    ("cbdca", "carboplatin"),
    ("ccnu", "lomustine"),
    ("cddp", "cisplatin"),
    ("cpt-11", "irinotecan"),
    ("ctx", "cyclophosphamide"),
    ("ddp", "cisplatin"),
    ("dtic", "dacarbazine"),
    ("fa", "folinic acid"),
    ("lv", "folinic acid"),
    ("mtx", "methotrexate"),
    ("nvb", "vinorelbine"),
    ("ohp", "oxaliplatin"),
    ("t-dm1", "trastuzumab emtansine"),
    ("t-dxd", "trastuzumab deruxtecan"),
    ("vbl", "vinblastine"),
    ("vcr", "vincristine"),
    ("vlb", "vinblastine"),
    ("vp-16", "etoposide"),
];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let lower = name.value.to_lowercase();
        let Some((_, full)) = SHORT.iter().find(|(short, _)| *short == lower) else { continue };
        let text = format!("\"{}\" is an abbreviation, which somebody reads as another drug", name.value);
        let help = format!("write name = \"{full}\", and the short form under `also`");
        findings.push(RULE.finding(text).at(name.span.clone(), "abbreviated").help(help));
    }
}
