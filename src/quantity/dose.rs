//! Doses: an [`Amount`] is what one subject receives (`123 mg`); a [`ProtocolDose`] is what the
//! protocol says (`70 mg/m2`, `AUC 5`), which becomes an amount through a body size or a kidney function.

use rust_decimal::Decimal;

use super::number::{self, QuantityError};
use super::unit::DoseUnit;

/// An amount of drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub value: Decimal,
    /// Of what.
    pub unit: DoseUnit,
}

/// What a protocol dose is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Nothing: everyone gets the same amount.
    Flat,
    /// Body surface area in m².
    PerM2,
    /// Body weight in kg.
    PerKg,
    /// Calvert (1989): target AUC × (GFR + 25), in mg.
    Auc,
}

/// A dose as the protocol states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtocolDose {
    /// The figure before the unit.
    pub value: Decimal,
    /// The unit of the amount that results.
    pub unit: DoseUnit,
    /// What it is multiplied by.
    pub basis: Basis,
}

const AMOUNT_EXAMPLE: &str = "a number and its unit, such as \"400 mg\"";
const DOSE_EXAMPLE: &str = "a number and its unit, such as \"70 mg/m2\", \"6 mg/kg\", \"400 mg\" or \"AUC 5\"";

fn read_unit(typed: &str, text: &str, example: &str) -> Result<DoseUnit, QuantityError> {
    DoseUnit::read(text).map_err(|instead| match (instead, text) {
        (Some(right), _) => {
            QuantityError::new(typed, format!("uses the unit \"{text}\", which is misread"), format!("\"{right}\""))
        }
        (None, "") => QuantityError::new(typed, "has no unit", example),
        (None, _) => QuantityError::new(typed, format!("uses the unknown unit \"{}\"", number::shown(text)), example),
    })
}

impl Amount {
    /// Reads `400 mg`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let parts = number::split(text, AMOUNT_EXAMPLE)?;
        let unit = read_unit(text, parts.unit, AMOUNT_EXAMPLE)?;
        Ok(Self { value: parts.value, unit })
    }

    /// The same amount in another unit of its dimension.
    pub fn in_unit(self, unit: DoseUnit) -> Option<Self> {
        let value = self.value.checked_mul(self.unit.factor_to(unit)?)?.normalize();
        Some(Self { value, unit })
    }
}

impl Amount {
    /// The same amount in the one unit in which its dimension is compared: `1 g` and `1000 mg` are one.
    #[must_use]
    pub fn plain(self) -> Self {
        self.in_unit(self.unit.base()).unwrap_or(self)
    }
}

impl std::fmt::Display for Amount {
    /// `1,250 mg`; a dose that is not rounded and does not end `49.149606… mg`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", number::figure(self.value), self.unit)
    }
}

impl Basis {
    /// What stands behind the unit: `/m2`, `/kg`.
    pub fn suffix(self) -> &'static str {
        match self {
            Basis::Flat | Basis::Auc => "",
            Basis::PerM2 => "/m2",
            Basis::PerKg => "/kg",
        }
    }
}

impl ProtocolDose {
    /// Reads `70 mg/m2`, `6 mg/kg`, `400 mg` or `AUC 5`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        if let Some(target) = text.strip_prefix("AUC") {
            let value = number::parse(target.trim_start_matches(' '))
                .map_err(|_| QuantityError::new(text, "is not a single target AUC", "one target, such as \"AUC 5\""))?;
            return Ok(Self { value, unit: DoseUnit::Mg, basis: Basis::Auc });
        }
        let parts = number::split(text, DOSE_EXAMPLE)?;
        let (unit, per) = parts.unit.split_once('/').map_or((parts.unit, None), |(unit, per)| (unit, Some(per)));
        let basis = match per {
            None => Basis::Flat,
            Some("m2" | "m²") => Basis::PerM2,
            Some("kg") => Basis::PerKg,
            Some("day") => {
                return Err(QuantityError::new(
                    text,
                    "holds \"/day\" inside the dose",
                    "the dose of one administration, with `times` for how often a day, or `dose_per_day` for a long infusion",
                ));
            }
            Some(other) => {
                return Err(QuantityError::new(
                    text,
                    format!("is per \"{}\", which is not a basis", number::shown(other)),
                    DOSE_EXAMPLE,
                ));
            }
        };
        Ok(Self { value: parts.value, unit: read_unit(text, unit, DOSE_EXAMPLE)?, basis })
    }

    /// The flat amount, when the dose depends on nothing.
    pub fn flat(self) -> Option<Amount> {
        (self.basis == Basis::Flat).then_some(Amount { value: self.value, unit: self.unit })
    }

    /// The same dose in the one unit in which its dimension is compared; a target AUC stays what it is.
    #[must_use]
    pub fn plain(self) -> Self {
        let amount = Amount { value: self.value, unit: self.unit }.plain();
        match self.basis {
            Basis::Auc => self,
            basis => Self { value: amount.value, unit: amount.unit, basis },
        }
    }

    /// The unit as written behind the number: `mg/m2`.
    pub fn unit_text(self) -> String {
        format!("{}{}", self.unit, self.basis.suffix())
    }
}

impl std::fmt::Display for ProtocolDose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.basis {
            Basis::Auc => write!(f, "AUC {}", number::print(self.value)),
            _ => write!(f, "{} {}{}", number::print(self.value), self.unit, self.basis.suffix()),
        }
    }
}
