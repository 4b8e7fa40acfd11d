//! Rounding a dose to what can be given: a step, whole vials, tablets, or a national band.
//!
//! A dose is rounded once, at the end, by the regimen's rule; the [`difference`] says what that cost.
//! Guidance on how much may be lost: Fahrenbruch R et al. (HOPA) 2018, J Oncol Pract 14:e130-e136 (within 10 %).
//!
//! ```
//! use posology::formula::rounding::{difference, step};
//! use posology::quantity::{Amount, Decimal, decimal::{Direction, Ties}};
//! let dose = Amount::read("147 mg").unwrap();
//! let given = step::round(dose, Decimal::from(10), Direction::Nearest, Ties::Up).unwrap();
//! assert_eq!(given.value, Decimal::from(150));
//! let difference = difference::percent(given.value, dose.value).unwrap();
//! assert_eq!(difference.steps[0].expression, "(150 − 147) ÷ 147 × 100");
//! ```

pub mod bands;
pub mod combination;
pub mod difference;
pub mod step;
pub mod tablets;
pub mod vials;
