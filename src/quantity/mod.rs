//! Exact numbers with meaning.
//!
//! Every clinical figure in this program is a decimal (never a binary fraction) inside a type that
//! says what it is: a [`Height`] cannot be passed where a [`Weight`] is wanted. One grammar reads
//! every number a person types, one printer writes every number a person reads.
//!
//! ```
//! use posology::quantity::{Height, number};
//! let height = Height::read("5ft7in").unwrap();
//! assert_eq!(number::print(height.value()), "170.18");
//! assert!(Height::read("1,70").is_err()); // a comma is never guessed at
//! ```

pub mod age;
pub mod body;
pub mod decimal;
pub mod dose;
mod gfr;
pub mod lab;
pub mod measured;
pub mod names;
pub mod number;
pub mod period;
pub mod portion;
pub mod results;
pub mod size;
pub mod spelling;
pub mod unit;
pub mod volume;

pub use age::Age;
pub use body::{Bmi, Bsa, Sex};
pub use dose::{Amount, Basis, ProtocolDose};
pub use gfr::{Gfr, GfrMethod, GfrMethods};
pub use lab::Creatinine;
pub use measured::Measured;
pub use number::QuantityError;
pub use period::{Period, PeriodUnit};
pub use portion::Portion;
pub use results::Results;
pub use rust_decimal::Decimal;
pub use size::{Height, Weight};
pub use unit::DoseUnit;
pub use volume::{Concentration, Rate, Volume};
