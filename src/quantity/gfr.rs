//! A kidney function, and how it was measured.

use rust_decimal::Decimal;

use super::number::{self, QuantityError};

/// A kidney function. Absolute (mL/min) and indexed (mL/min/1.73 m²) are different kinds and never
/// taken for each other: only [`crate::formula`] converts, with a body surface. Without a method it counts as estimated.
///
/// ```
/// use posology::quantity::{Gfr, GfrMethod};
/// let by_iohexol = Gfr::read("150 mL/min by iohexol").unwrap();
/// assert_eq!(by_iohexol.method(), Some(GfrMethod::Iohexol));
/// assert_eq!(by_iohexol.to_string(), "150 mL/min by iohexol");
/// assert_eq!(Gfr::read("150 mL/min").unwrap().method(), None);
/// assert_eq!(Gfr::read("dialysis").unwrap(), Gfr::Dialysis);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gfr {
    /// mL/min
    Absolute(Decimal),
    /// mL/min/1.73 m²
    Indexed(Decimal),
    /// mL/min, measured by a stated method.
    Measured(Decimal, GfrMethod),
    /// On dialysis: no figure, and nothing is estimated from the creatinine.
    Dialysis,
}

/// How a kidney function was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GfrMethod {
    /// Clearance of iohexol.
    Iohexol,
    /// Clearance of 51Cr-EDTA.
    Edta,
    /// Clearance of 99mTc-DTPA.
    Dtpa,
    /// Clearance of inulin.
    Inulin,
    /// Creatinine clearance of urine collected over a stated time.
    TimedUrine,
}

impl GfrMethod {
    /// Every method.
    pub const ALL: [GfrMethod; 5] =
        [GfrMethod::Iohexol, GfrMethod::Edta, GfrMethod::Dtpa, GfrMethod::Inulin, GfrMethod::TimedUrine];

    /// The word it is typed and shown with.
    pub const fn word(self) -> &'static str {
        match self {
            GfrMethod::Iohexol => "iohexol",
            GfrMethod::Edta => "EDTA",
            GfrMethod::Dtpa => "DTPA",
            GfrMethod::Inulin => "inulin",
            GfrMethod::TimedUrine => "timed urine",
        }
    }

    /// Reads `iohexol`, `51Cr-EDTA`, `timed urine`; `None` of another word.
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        Some(match plain.as_str() {
            "iohexol" => GfrMethod::Iohexol,
            "edta" | "credta" => GfrMethod::Edta,
            "dtpa" | "tcdtpa" | "mtcdtpa" | "tcmdtpa" => GfrMethod::Dtpa,
            "inulin" => GfrMethod::Inulin,
            "timedurine" | "urine" => GfrMethod::TimedUrine,
            _ => return None,
        })
    }
}

/// Some of the methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GfrMethods([bool; GfrMethod::ALL.len()]);

impl GfrMethods {
    /// These, each once.
    pub fn of(methods: &[GfrMethod]) -> Self {
        Self(GfrMethod::ALL.map(|one| methods.contains(&one)))
    }

    /// Whether a kidney function was measured by one of them.
    pub fn hold(self, gfr: Gfr) -> bool {
        gfr.method().is_some_and(|method| self.list().any(|one| one == method))
    }

    /// Those that are among them, in the order of [`GfrMethod::ALL`].
    pub fn list(self) -> impl Iterator<Item = GfrMethod> {
        GfrMethod::ALL.into_iter().zip(self.0).filter_map(|(method, among)| among.then_some(method))
    }
}

const EXAMPLE: &str = "the value with its unit, \"85 mL/min\" or \"85 mL/min/1.73m2\"; measured, \"150 mL/min by iohexol\"; or \"dialysis\"";

impl Gfr {
    /// Reads `85 mL/min`, `85 mL/min/1.73m2`, `150 mL/min by iohexol` or `dialysis`; a value without a unit is refused.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        if text.trim().eq_ignore_ascii_case("dialysis") {
            return Ok(Gfr::Dialysis);
        }
        let parts = number::split(text, EXAMPLE)?;
        if parts.value <= Decimal::ZERO {
            let right = "the figure with its unit, \"85 mL/min\"; of somebody on dialysis \"dialysis\"";
            return Err(QuantityError::new(text, "is zero", right));
        }
        let unit = parts.unit.replace('²', "2").to_ascii_lowercase();
        let (unit, method) = match unit.split_once(" by ").or_else(|| unit.trim_end_matches(')').split_once('(')) {
            Some((unit, method)) => (unit.to_owned(), Some(method.to_owned())),
            None => (unit, None),
        };
        let kind = match unit.replace(' ', "").as_str() {
            "ml/min" => Gfr::Absolute(parts.value),
            "ml/min/1.73m2" => Gfr::Indexed(parts.value),
            "" => return Err(QuantityError::new(text, "does not say whether it is indexed to 1.73 m²", EXAMPLE)),
            other => {
                return Err(QuantityError::new(text, format!("uses the unit \"{}\"", number::shown(other)), EXAMPLE));
            }
        };
        let Some(named) = method else { return Ok(kind) };
        match (kind, GfrMethod::read(&named)) {
            (Gfr::Absolute(value), Some(method)) => Ok(Gfr::Measured(value, method)),
            (_, Some(_)) => {
                let right = "the measured figure in mL/min, \"150 mL/min by iohexol\"";
                Err(QuantityError::new(text, "is measured and indexed to 1.73 m²", right))
            }
            (_, None) => {
                let known = GfrMethod::ALL.map(GfrMethod::word).join(", ");
                let what = format!("names the method \"{}\"", number::shown(named.trim()));
                Err(QuantityError::new(text, what, format!("one of {known}")))
            }
        }
    }

    /// The figure, whatever its kind; none on dialysis, which counts as nothing.
    pub const fn value(self) -> Decimal {
        match self {
            Gfr::Absolute(value) | Gfr::Indexed(value) | Gfr::Measured(value, _) => value,
            Gfr::Dialysis => Decimal::ZERO,
        }
    }

    /// How it was measured, where that was told.
    pub const fn method(self) -> Option<GfrMethod> {
        match self {
            Gfr::Measured(_, method) => Some(method),
            Gfr::Absolute(_) | Gfr::Indexed(_) | Gfr::Dialysis => None,
        }
    }
}

impl std::fmt::Display for Gfr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Gfr::Absolute(value) => write!(f, "{} mL/min", number::print(*value)),
            Gfr::Indexed(value) => write!(f, "{} mL/min/1.73 m²", number::print(*value)),
            Gfr::Measured(value, method) => write!(f, "{} mL/min by {}", number::print(*value), method.word()),
            Gfr::Dialysis => f.write_str("dialysis"),
        }
    }
}
