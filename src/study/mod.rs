//! The study's file: its code, sites, arms, and the words that patients read, so that nothing is typed twice.
//!
//! [`read`] makes of a text a [`Study`] and tells everything that is wrong with it at once, each at its place.
//!
//! ```
//! use posology::study;
//! let text = study::template("TR-01", "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f");
//! let read = study::read(text.as_bytes());
//! assert_eq!(read.study.unwrap().code, "TR-01");
//! ```

pub mod codes;
mod definition;
pub mod facts;
mod findings;
mod read;

use std::collections::BTreeMap;

use crate::calendar::{Closures, Date};
use crate::finding::Grades;

pub use definition::{ClosuresDef, StudyDef, tables};
pub use read::{Read, closures, read};

/// A study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
    /// Its short code.
    pub code: String,
    /// The random UUID that every identity of the study is made from.
    pub namespace: String,
    /// The title.
    pub title: Option<String>,
    /// The protocol's number.
    pub protocol: Option<String>,
    /// The protocol's version.
    pub protocol_version: Option<String>,
    /// Whose rules labels follow.
    pub jurisdiction: Option<Jurisdiction>,
    /// The arms, in order.
    pub arms: Vec<Arm>,
    /// The sites, in order.
    pub sites: Vec<StudySite>,
    /// The words for patients, in order.
    pub patients: Vec<PatientTexts>,
    /// The tablets that are supplied.
    pub tablets: facts::Supplied,
    /// The grades that are raised.
    pub grades: Grades,
}

/// An arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    /// Its name.
    pub name: String,
    /// The id of its regimen.
    pub regimen: String,
}

/// A site of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudySite {
    /// Its name.
    pub name: String,
    /// Whose rules its labels follow, where they are not the study's.
    pub jurisdiction: Option<Jurisdiction>,
    /// The paper of its printer.
    pub paper: Option<Paper>,
    /// Its labels.
    pub labels: Option<LabelSize>,
    /// What a patient brings to each visit.
    pub bring: Vec<String>,
    /// Its closed and opened days; `None` where the file does not say.
    pub closures: Option<Closures>,
    /// Whom a patient calls.
    pub contacts: Vec<Contact>,
    /// The site's word for values that a regimen leaves to it.
    pub values: BTreeMap<String, String>,
    /// The tablets that are supplied here, those of the study with them.
    pub tablets: facts::Supplied,
    /// The grades that are raised here, those of the study with them.
    pub grades: Grades,
}

/// Whom a patient calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Who answers.
    pub who: String,
    /// The telephone number.
    pub number: String,
    /// When.
    pub when: Option<String>,
}

/// The words patients read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatientTexts {
    /// The regimens they are for; none: for every regimen without words of its own.
    pub regimens: Vec<String>,
    /// Their version.
    pub version: Option<String>,
    /// The day they were approved.
    pub approved: Option<Date>,
    /// The treatment's name in plain words.
    pub treatment: Option<String>,
    /// What it is, in a sentence.
    pub about: Option<String>,
    /// When to call at once.
    pub call_at_once: Vec<String>,
    /// When to stop the medicine at home and call the same day.
    pub stop_and_call: Vec<String>,
    /// What to tell whoever answers.
    pub tell: Option<String>,
    /// How to take the medicine at home.
    pub how: Option<String>,
    /// After a missed dose.
    pub missed: Option<String>,
    /// After vomiting.
    pub vomited: Option<String>,
    /// What to ask about first.
    pub ask_first: Option<String>,
    /// How the medicine is kept and handled at home.
    pub at_home: Option<String>,
    /// What a treatment day is like.
    pub on_the_day: Option<String>,
    /// Anything else: a heading, and words or a line to write on.
    pub more: Vec<(String, Option<String>)>,
}

impl PatientTexts {
    /// Whether somebody has approved them: they have a version and the day of approval.
    pub fn is_approved(&self) -> bool {
        self.version.is_some() && self.approved.is_some()
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$each:meta])* $variant:ident = $word:literal),+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$each])* $variant),+
        }

        impl $name {
            /// The words of a file, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word in a file.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The one of a word.
            pub fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// Whose rules the labels of investigational products follow.
    Jurisdiction:
        /// 21 CFR 312.6.
        Us = "us",
        /// Regulation (EU) 536/2014, Annex VI.
        Eu = "eu",
        /// The drug administration of China.
        China = "china"
}

words! {
    /// The paper of a printer.
    Paper:
        /// 210 × 297 mm.
        A4 = "a4",
        /// 8.5 × 11 in.
        Letter = "letter"
}

words! {
    /// The labels a pharmacy prints on.
    LabelSize:
        /// A4, 2 × 4 of 99.1 × 67.7 mm.
        A4Eight = "a4-8",
        /// Letter, 10 of 4 × 2 in.
        LetterTen = "letter-10",
        /// A roll of 102 × 76 mm.
        Roll = "roll-102x76"
}

impl Study {
    /// The words for the patients of a regimen: its own, else those for every regimen.
    pub fn texts(&self, regimen: &str) -> Option<&PatientTexts> {
        let own = self.patients.iter().find(|texts| texts.regimens.iter().any(|id| id == regimen));
        own.or_else(|| self.patients.iter().find(|texts| texts.regimens.is_empty()))
    }

    /// The site of a name, however its letters are written.
    pub fn site(&self, name: &str) -> Option<&StudySite> {
        self.sites.iter().find(|site| site.name.eq_ignore_ascii_case(name.trim()))
    }

    /// Whose rules the labels of a site follow.
    pub fn jurisdiction(&self, site: Option<&StudySite>) -> Option<Jurisdiction> {
        site.and_then(|site| site.jurisdiction).or(self.jurisdiction)
    }
}

/// Why a text is no code of a study; `None` of one that is. The characters are those of subject codes: a code stands in
/// file names, identities and tables.
///
/// ```
/// use posology::study::code_fault;
/// assert_eq!(code_fault("NCT04548271"), None);
/// assert!(code_fault("=cmd|' /C calc'!A0").unwrap().contains("letters, digits"));
/// ```
pub fn code_fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    if text.chars().count() > 40 {
        return Some("is longer than 40 characters");
    }
    if !text.chars().all(crate::subject::may_stand_in_a_code) {
        return Some("holds something other than letters, digits, - _ and .");
    }
    (!text.contains(|c: char| c.is_ascii_alphanumeric())).then_some("has no letter and no digit")
}

/// Whether a text is a random UUID (version 4 of RFC 9562).
pub fn is_namespace(text: &str) -> bool {
    let hyphen = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            _ if hyphen(at) => byte == b'-',
            14 => byte == b'4',
            19 => b"89abAB".contains(&byte),
            _ => byte.is_ascii_hexdigit(),
        })
}

const TEMPLATE: &str = include_str!("template.toml");

/// A new file, to fill in: the code and the namespace stand in it, everything else waits as a comment.
pub fn template(code: &str, namespace: &str) -> String {
    TEMPLATE.replace("{code}", code).replace("{namespace}", namespace)
}

/// The study, and the site of it, that a run works with; none of both where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The study's code, also where there is no file of it.
    pub code: Option<String>,
    /// The study's file.
    pub study: Option<Study>,
    /// The site's name.
    pub site: Option<String>,
}

impl Chosen {
    /// The site in the study's file.
    pub fn site(&self) -> Option<&StudySite> {
        self.study.as_ref()?.site(self.site.as_ref()?)
    }
}
