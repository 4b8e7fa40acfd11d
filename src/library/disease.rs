//! The disease that a regimen's id begins with, as the shipped files are named: `gi-mfolfox6`.

/// What the first word of an id says, in the order of a list.
const DISEASES: &[(&str, &str)] = &[
    ("br", "Breast"),
    ("lung", "Lung"),
    ("gi", "Digestive tract"),
    ("liver", "Liver"),
    ("npc", "Nasopharynx"),
    ("hn", "Head and neck"),
    ("gyn", "Gynaecological"),
    ("gu", "Kidney, bladder, prostate, testis"),
    ("heme", "Blood and lymph"),
    ("cns", "Brain"),
    ("mel", "Melanoma"),
    ("sarc", "Sarcoma"),
    ("endo", "Endocrine"),
    ("any", "Several diseases"),
];

/// Of files that are named otherwise.
pub const OTHER: &str = "Other";

/// The disease of a regimen's id, and its place in the list.
///
/// ```
/// use posology::library::disease;
/// assert_eq!(disease::of("gi-mfolfox6").1, "Digestive tract");
/// assert_eq!(disease::of("my-trial").1, disease::OTHER);
/// ```
pub fn of(id: &str) -> (usize, &'static str) {
    let first = id.split('-').next().unwrap_or(id);
    let found = DISEASES.iter().enumerate().find(|(_, (known, _))| *known == first && id.contains('-'));
    found.map_or((DISEASES.len(), OTHER), |(at, (_, name))| (at, *name))
}
