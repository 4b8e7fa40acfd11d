//! Which substance a drug name means: the salt, the ester, the water and the formulation are left out.
//!
//! `Methotrexate disodium`, `methotrexate sodium (anhydrous)` and `MTX` are one drug. Every rule that knows a drug by its name,
//! and every limit that counts one, asks here.
//!
//! ```
//! use posology::regimen::substance;
//! assert_eq!(substance::base("Methotrexate Disodium"), "methotrexate");
//! assert_eq!(substance::base("liposomal doxorubicin hydrochloride"), "doxorubicin");
//! assert_eq!(substance::base("trastuzumab emtansine"), "trastuzumab emtansine"); // another substance, not a salt
//! assert_eq!(substance::base("potassium chloride"), "potassium chloride"); // nothing but a salt
//! assert!(substance::is("vincristine sulphate", "vincristine"));
//! ```

/// Salts, esters and water, as they stand behind a generic name (INN Modified, WHO 2006; British and American spellings).
const SALTS: &[&str] = &[
    "acetate",
    "anhydrous",
    "arginine",
    "benzoate",
    "besilate",
    "besylate",
    "bicarbonate",
    "bitartrate",
    "bromide",
    "calcium",
    "camsilate",
    "camsylate",
    "carbonate",
    "chloride",
    "citrate",
    "cypionate",
    "decanoate",
    "diacetate",
    "dichloride",
    "dihydrate",
    "dihydrochloride",
    "dihydrogen",
    "dimesilate",
    "dimesylate",
    "diphosphate",
    "disodium",
    "ditosilate",
    "ditosylate",
    "edisilate",
    "edisylate",
    "embonate",
    "enantate",
    "enanthate",
    "esilate",
    "esylate",
    "fumarate",
    "gluconate",
    "glutamate",
    "hcl",
    "heptahydrate",
    "hexahydrate",
    "hemihydrate",
    "hemisuccinate",
    "hydrate",
    "hydrobromide",
    "hydrochloride",
    "hydrogen",
    "iodide",
    "isetionate",
    "isethionate",
    "lactate",
    "lysine",
    "magnesium",
    "malate",
    "maleate",
    "meglumine",
    "mesilate",
    "mesylate",
    "monohydrate",
    "monohydrochloride",
    "monosodium",
    "napsylate",
    "nitrate",
    "oxalate",
    "palmitate",
    "pamoate",
    "pentahydrate",
    "phosphate",
    "pivalate",
    "potassium",
    "propionate",
    "salicylate",
    "sesquihydrate",
    "sodium",
    "stearate",
    "succinate",
    "sulfate",
    "sulphate",
    "bisulfate",
    "tartrate",
    "tetrahydrate",
    "tosilate",
    "tosylate",
    "trihydrate",
    "trisodium",
    "trometamol",
    "tromethamine",
    "valerate",
    "zinc",
    "na",
    "so4",
];

/// Words for a formulation, a form or a route that are no part of the substance.
const FORMS: &[&str] = &[
    "albumin-bound",
    "as",
    "base",
    "biosimilar",
    "capsule",
    "capsules",
    "concentrate",
    "conventional",
    "depot",
    "dispersible",
    "encapsulated",
    "extended-release",
    "film-coated",
    "for",
    "free",
    "generic",
    "immediate-release",
    "infusion",
    "injectable",
    "injection",
    "intrathecal",
    "intravenous",
    "iv",
    "lipid",
    "liposomal",
    "liposome",
    "liposomes",
    "lyophilised",
    "lyophilized",
    "micronised",
    "micronized",
    "modified-release",
    "nab",
    "nanoparticle",
    "nanoparticles",
    "oral",
    "originator",
    "pegylated",
    "powder",
    "prolonged-release",
    "protein-bound",
    "reference",
    "solution",
    "subcutaneous",
    "suspension",
    "tablet",
    "tablets",
    "vial",
];

/// Abbreviations met in protocols, with the name in full.
pub const SHORT: &[(&str, &str)] = &[
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

/// Drugs that kill where they lie beside a needle for the spine.
const VINCA: &[&str] = &["vincristine", "vinblastine", "vinorelbine", "vindesine", "vinflunine"];

/// Whether a word only says which salt or form of a substance is meant.
pub(crate) fn is_salt_or_form(word: &str) -> bool {
    drops(word)
}

/// The substance of a name, in small letters; the whole name where it is nothing but a salt.
pub fn base(name: &str) -> String {
    let words = words(name);
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !drops(word)).collect();
    let plain = if kept.is_empty() { words.join(" ") } else { kept.join(" ") };
    SHORT.iter().find(|(short, _)| *short == plain).map_or(plain, |(_, full)| (*full).to_owned())
}

/// Whether a name means this substance, or is one slip of the pen away from it: `vincristin` is vincristine.
pub fn is(name: &str, substance: &str) -> bool {
    if !may_be(&name.to_lowercase(), substance) {
        return false;
    }
    let base = base(name);
    let near = substance.len() >= 9 && base.len().abs_diff(substance.len()) <= 1;
    base == substance || (near && strsim::damerau_levenshtein(&base, substance) <= 1)
}

/// Whether a name in small letters holds the beginning or the end of a substance, or an abbreviation of it. One slip of the
/// pen spoils only one of both ends, so that nothing else needs to be looked at.
fn may_be(lower: &str, substance: &str) -> bool {
    let end = substance.len().min(4);
    let ends = [substance.get(..end), substance.get(substance.len() - end..)];
    ends.into_iter().flatten().any(|end| lower.contains(end))
        || SHORT.iter().any(|(short, full)| *full == substance && lower.contains(short))
}

/// The vinca alkaloid of a name, also of one that holds more than the drug: `study-vincristine`.
pub fn vinca(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    VINCA
        .iter()
        .copied()
        .find(|vinca| is(name, vinca) || vinca.get(..vinca.len() - 1).is_some_and(|stem| lower.contains(stem)))
}

/// The words of a name that tell its form: `liposomal`, `nab`.
pub fn form(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| FORMS.contains(&word.as_str())).collect()
}

/// The first character of a name that is no plain letter, digit or mark: the rules know drugs by plain letters, and a Cyrillic
/// letter or a blank without width in the middle of a name is seen by nobody.
pub fn odd_letter(name: &str) -> Option<char> {
    name.chars().find(|c| !(c.is_ascii_graphic() || *c == ' ' || OTHER.contains(c)))
}

/// Greek letters that look like no Latin one, and marks that stand behind names.
const OTHER: &[char] = &['β', 'γ', 'δ', 'ε', 'λ', 'μ', 'ω', 'µ', '®', '™', '’', '–', '½'];

/// Its words in small letters, without brackets and commas; a salt or a form joined on by a hyphen is a word of its own.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || ['(', ')', '[', ']', ',', ';', '®', '™'].contains(&c));
    parts.filter(|part| !part.is_empty()).flat_map(unjoined).collect()
}

fn unjoined(part: &str) -> Vec<String> {
    let whole = || vec![part.to_owned()];
    if drops(part) || SHORT.iter().any(|(short, _)| *short == part) {
        return whole();
    }
    let pieces: Vec<&str> = part.split('-').filter(|piece| !piece.is_empty()).collect();
    let joined: Vec<&str> = pieces.iter().copied().filter(|piece| !drops(piece)).collect();
    if joined.len() == pieces.len() || joined.is_empty() {
        return whole();
    }
    let dropped = pieces.into_iter().filter(|piece| drops(piece)).map(str::to_owned);
    std::iter::once(joined.join("-")).chain(dropped).collect()
}

fn drops(word: &str) -> bool {
    SALTS.contains(&word) || FORMS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_the_water_and_the_form_are_not_the_substance() {
        let all = [
            ("methotrexate sodium", "methotrexate"),
            ("Methotrexate-Sodium", "methotrexate"),
            ("vincristine (sulfate)", "vincristine"),
            ("lomustine hydrate", "lomustine"),
            ("nab-paclitaxel", "paclitaxel"),
            ("irinotecan hydrochloride trihydrate", "irinotecan"),
            ("hydrocortisone sodium succinate", "hydrocortisone"),
            ("MTX", "methotrexate"),
            ("T-DM1", "trastuzumab emtansine"),
            // Names that a salt word belongs to.
            ("magnesium sulfate", "magnesium sulfate"),
            ("folinic acid", "folinic acid"),
            ("radium-223 dichloride", "radium-223"),
            ("trifluridine/tipiracil", "trifluridine/tipiracil"),
            ("", ""),
        ];
        for (name, substance) in all {
            assert_eq!(base(name), substance, "{name}");
        }
    }

    #[test]
    fn one_slip_of_the_pen_is_still_the_drug() {
        assert!(is("vincristin", "vincristine") && is("Metotrexate", "methotrexate"));
        assert!(
            is("Vnicristine", "vincristine")
                && is("vincristien sulfate", "vincristine")
                && is("vincrisstine", "vincristine")
        );
        assert!(is("MTX", "methotrexate") && is("5-FU", "fluorouracil") && is("T-DM1", "trastuzumab emtansine"));
        // Short names are other drugs: inulin is no insulin.
        assert!(!is("inulin", "insulin") && !is("carmustine", "lomustine") && !is("carboplatin", "cisplatin"));
        assert_eq!(vinca("study-vincristin 2"), Some("vincristine"));
        assert_eq!(vinca("vinpocetine"), None);
    }

    #[test]
    fn letters_that_look_like_others_are_found() {
        assert_eq!(odd_letter("v\u{456}ncristine"), Some('\u{456}'));
        assert_eq!(odd_letter("vincri\u{200b}stine"), Some('\u{200b}'));
        assert_eq!(odd_letter("vincristine\u{a0}sulfate"), Some('\u{a0}'));
        assert_eq!(odd_letter("interferon β-1a"), None);
        assert_eq!(odd_letter("méthotrexate"), Some('é'));
        assert_eq!(odd_letter("5-fluorouracil (as sodium), 50 mg/mL"), None);
    }
}
