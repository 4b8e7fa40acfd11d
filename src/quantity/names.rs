//! Other names of one laboratory test or toxicity, wherever a name is typed.
//!
//! A plain synonym or plural counts as the thing itself: `platelet`, `PLT`. Anything further off is another name:
//! a neuropathy need not be a peripheral neuropathy.

/// Names that laboratories and protocols use for one thing, in small letters.
const SAME: &[&[&str]] = &[
    &[
        "neutrophils",
        "neutrophil",
        "neutrophil count",
        "neutrophils count",
        "absolute neutrophils",
        "absolute neutrophil count",
        "anc",
        "neut",
        "neuts",
    ],
    &["platelets", "platelet", "platelet count", "platelets count", "plt", "plts", "thrombocytes", "thrombocyte count"],
    &[
        "leucocytes",
        "leukocytes",
        "leucocyte",
        "leukocyte",
        "leucocyte count",
        "leukocyte count",
        "white cells",
        "white cell count",
        "white blood cells",
        "white blood cell count",
        "wbc",
        "wcc",
    ],
    &["haemoglobin", "hemoglobin", "hb", "hgb"],
    &["alt", "alat", "sgpt", "alanine aminotransferase", "alanine transaminase"],
    &["ast", "asat", "sgot", "aspartate aminotransferase", "aspartate transaminase"],
    &["bilirubin", "total bilirubin", "bilirubin total", "serum bilirubin"],
    &["creatinine", "serum creatinine"],
    &["lymphocytes", "lymphocyte", "lymphocyte count", "absolute lymphocyte count", "alc"],
    &["alkaline phosphatase", "alp"],
    &["gamma-glutamyl transferase", "gamma-gt", "ggt"],
    &["lactate dehydrogenase", "ldh"],
    &["albumin", "serum albumin"],
    &["creatinine clearance", "crcl", "creatinine clearance rate"],
    &["lvef", "left ventricular ejection fraction"],
    &["diarrhoea", "diarrhea"],
    &["anaemia", "anemia"],
    &["oedema", "edema"],
    &["leucopenia", "leukopenia"],
    &["neutropenic fever", "febrile neutropenia", "neutropenia with fever"],
    &["hand-foot syndrome", "hand foot syndrome", "palmar-plantar erythrodysaesthesia", "ppe"],
    &["interstitial lung disease", "ild"],
];

/// One thing by two names: a synonym, or one of the two in the plural.
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim().to_lowercase(), other.trim().to_lowercase());
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    let both = |group: &&&[&str]| group.contains(&one.as_str()) && group.contains(&other.as_str());
    one == other || plural(&one, &other) || plural(&other, &one) || SAME.iter().any(|group| both(&group))
}

/// The word a misspelt one was probably meant to be.
pub fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let short = |word: &str| !word.is_empty() && word.len() < 60;
    if !short(word) {
        return None;
    }
    let candidates = words.iter().copied().filter(|candidate| short(candidate));
    let (distance, near) = candidates
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .min_by_key(|(far, _)| *far)?;
    let allowed = (near.chars().count().max(word.chars().count()) / 3).max(1);
    (distance <= allowed).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_as_another_where_it_is_the_same_thing() {
        for (one, other) in [("platelets", "PLT"), ("ANC", "neutrophil count"), ("rash", "rashes"), ("Fevers", "fever")]
        {
            assert_eq!(is_same(one, other), one != "rash", "{one} {other}");
        }
        for (one, other) in [("neuropathy", "peripheral neuropathy"), ("ALT", "AST"), ("neutrophils", "platelets")] {
            assert!(!is_same(one, other), "{one} {other}");
        }
    }
}
