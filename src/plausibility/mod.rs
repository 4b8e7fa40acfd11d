//! Is this a measurement of a person? Asked before any formula, floor or cap sees the figure.
//!
//! A body surface cannot tell: exchange height and weight and Mosteller gives the same square metres.
//! So what is looked at is the body-mass index, the subject's own earlier figures, and the slips that
//! people make: pounds typed as kilograms, inches as centimetres, metres as centimetres, height and
//! weight exchanged, a decimal point lost, a creatinine in the other unit. A child is compared with others of its age and
//! sex. Every check looks for itself, all are told and the gravest decides, so that a figure never passes because another
//! check spoke first. A bare number that another unit explains asks for its unit, and for nothing else.
//!
//! The limits are a versioned table of their own, `limits.toml`; every face calls [`check`] and none
//! has limits of its own.
//!
//! ```
//! use posology::plausibility::{self, Measurements, Policy};
//! use posology::quantity::{Height, Weight};
//! let typed = |height, weight| Measurements {
//!     height: Height::read(height).ok(),
//!     weight: Weight::read(weight).ok(),
//!     ..Measurements::default()
//! };
//! let findings = plausibility::check(&typed("170", "154"), &Policy::default());
//! assert_eq!(findings[0].code, plausibility::codes::POUNDS);
//! assert_eq!(findings[0].severity, posology::finding::Severity::Confirm);
//! assert!(findings[0].text.ends_with("Is 154 in pounds? 154 lb is 69.85 kg, BMI 24.2."));
//! // With its unit it is what it says: an unusual body, and nobody's slip.
//! let certain = plausibility::check(&typed("170", "154kg"), &Policy::default());
//! assert!(certain.iter().all(|finding| finding.severity >= posology::finding::Severity::Warn));
//! assert!(plausibility::check(&typed("170", "65"), &Policy::default()).is_empty());
//! ```

mod body;
mod children;
pub mod codes;
pub mod doses;
mod findings;
mod growth;
mod kidney;
mod laboratory;
mod limits;
mod slip;
mod slips;
mod subject;

use crate::calendar::Date;
use crate::finding::{Finding, Severity};
use crate::quantity::{Age, Creatinine, Decimal, Gfr, GfrMethods, Height, Sex, Weight};

pub use body::surface_typed;
pub use kidney::target_auc;
pub use laboratory::{result, upper_limit};
pub use limits::{Limits, Row, limits};

/// What was typed, as it was typed: before any floor, cap or adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measurements {
    /// Body height.
    pub height: Option<Height>,
    /// Actual body weight.
    pub weight: Option<Weight>,
    /// Age, as it was told.
    pub age: Option<Age>,
    /// Days since that age was told.
    pub days_since: i32,
    /// Corrected for having been born early: what a child below two years is compared with.
    pub corrected_age: Option<Age>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Serum creatinine, in the unit it was reported in.
    pub creatinine: Option<Creatinine>,
    /// A kidney function that was entered.
    pub gfr: Option<Gfr>,
    /// A kidney function in mL/min that a formula made of the creatinine as measured, before any floor or cap.
    pub estimated_gfr: Option<Decimal>,
    /// The target AUC of carboplatin.
    pub auc: Option<Decimal>,
    /// When height and weight were measured.
    pub measured: Option<Date>,
    /// When the creatinine was measured; the day of the weight where absent.
    pub creatinine_measured: Option<Date>,
    /// The figures before these.
    pub previous: Option<Previous>,
    /// The day the dose is calculated for.
    pub calculation_date: Option<Date>,
}

/// What the subject's record held before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Previous {
    /// The last height.
    pub height: Option<Height>,
    /// The weight of the last dose.
    pub weight: Option<Weight>,
    /// The last creatinine.
    pub creatinine: Option<Creatinine>,
    /// When the weight was measured.
    pub measured: Option<Date>,
}

/// What the regimen and the situation add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_excessive_bools)] // independent answers to independent questions, each named where it is set
pub struct Policy {
    /// The regimen treats adults only: an age below 18 blocks.
    pub adult_regimen: bool,
    /// Doses are counted by body surface, which needs a rule of its own at 10 kg and below and whose missing
    /// cap is told.
    pub body_surface_dosing: bool,
    /// The regimen has that rule.
    pub infant_rule: bool,
    /// A visit is being confirmed or a worksheet printed: only then does the age of a measurement count.
    pub confirming: bool,
    /// The oldest weight the regimen accepts, in days.
    pub weight_days: Option<i32>,
    /// The oldest creatinine the regimen accepts, in days.
    pub creatinine_days: Option<i32>,
    /// The regimen's cap on the body surface, in m².
    pub bsa_cap: Option<Decimal>,
    /// The regimen's floor under the creatinine.
    pub creatinine_floor: Option<Creatinine>,
    /// The regimen's cap on the GFR, in mL/min.
    pub gfr_cap: Option<Decimal>,
    /// Methods of measuring whose figure that cap does not cut.
    pub uncapped: GfrMethods,
    /// The regimen works out a body surface, by which an indexed kidney function becomes one of this body.
    pub body_surface: bool,
}

/// Whether these are of a child; an unknown age counts as an adult's.
pub fn is_child(subject: &Measurements) -> bool {
    subject::is_child(subject, limits())
}

/// Whether a weight of so many days ago is one no dose may rest on.
pub fn is_stale(days: i32) -> bool {
    let grade = limits().grade("weight-days", Decimal::from(days));
    grade.is_some_and(|grade| grade.severity == Severity::Block)
}

/// Everything worth telling about these measurements; the gravest first.
pub fn check(subject: &Measurements, policy: &Policy) -> Vec<Finding> {
    let limits = limits();
    let mut findings = subject::check(subject, policy, limits);
    findings.extend(body::check(subject, policy, limits));
    findings.extend(kidney::check(subject, policy, limits));
    findings.sort_by_key(|finding| finding.severity);
    findings
}
