//! A laboratory quantity whose unit decides a dose: creatinine.

use rust_decimal::Decimal;

use super::number::{self, QuantityError};

/// µmol/L in one mg/dL of creatinine, as most laboratories and guidelines use it (molar mass 113.12
/// gives 88.4017; see NKDEP 2006). Other factors can be passed to [`Creatinine::with_factor`].
pub const UMOL_PER_MG_DL: Decimal = Decimal::from_parts(884, 0, 0, false, 1);

/// The unit a creatinine was reported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreatinineUnit {
    /// mg/dL
    MgPerDl,
    /// µmol/L, written `umol/L`
    UmolPerL,
}

/// A serum creatinine, with the unit it was reported in. There is no default unit: the two differ 88-fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Creatinine {
    value: Decimal,
    unit: CreatinineUnit,
    factor: Decimal,
}

const EXAMPLE: &str = "the value with its unit, \"0.8 mg/dL\" or \"71 umol/L\"";

impl Creatinine {
    /// A creatinine in its unit, converted at [`UMOL_PER_MG_DL`].
    pub const fn new(value: Decimal, unit: CreatinineUnit) -> Self {
        Self { value, unit, factor: UMOL_PER_MG_DL }
    }

    /// The same, converted at another factor (verification vectors state their own).
    #[must_use]
    pub const fn with_factor(self, factor: Decimal) -> Self {
        Self { factor, ..self }
    }

    /// Reads `0.8 mg/dL` or `71 umol/L`; a value without a unit is refused.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let parts = number::split(text, EXAMPLE)?;
        let unit = match parts.unit {
            "mg/dL" | "mg/dl" => CreatinineUnit::MgPerDl,
            "umol/L" | "umol/l" | "µmol/L" | "μmol/L" => CreatinineUnit::UmolPerL,
            "" => return Err(QuantityError::new(text, "has no unit, and the two in use differ 88-fold", EXAMPLE)),
            other => {
                return Err(QuantityError::new(text, format!("uses the unit \"{}\"", number::shown(other)), EXAMPLE));
            }
        };
        if parts.value <= Decimal::ZERO {
            return Err(QuantityError::new(text, "is zero", EXAMPLE));
        }
        Ok(Self::new(parts.value, unit))
    }

    /// The figure as reported.
    pub const fn value(self) -> Decimal {
        self.value
    }

    /// The unit as reported.
    pub const fn unit(self) -> CreatinineUnit {
        self.unit
    }

    /// The µmol/L it counts for one mg/dL.
    pub const fn factor(self) -> Decimal {
        self.factor
    }

    /// The same figure in µmol/L, in which figures are compared.
    #[must_use]
    pub fn plain(self) -> Self {
        self.umol_per_l().map_or(self, |value| Self { value, unit: CreatinineUnit::UmolPerL, ..self })
    }

    /// In the other unit: `79.6 umol/L` of 0.9 mg/dL; nothing beyond the range of a decimal.
    pub fn in_other_unit(self) -> Option<Self> {
        let (unit, value, places) = match self.unit {
            CreatinineUnit::MgPerDl => (CreatinineUnit::UmolPerL, self.umol_per_l()?, 1),
            CreatinineUnit::UmolPerL => (CreatinineUnit::MgPerDl, self.mg_per_dl()?, 2),
        };
        Some(Self { value: super::decimal::half_up(value, places), unit, ..self })
    }

    /// In mg/dL.
    pub fn mg_per_dl(self) -> Option<Decimal> {
        match self.unit {
            CreatinineUnit::MgPerDl => Some(self.value),
            CreatinineUnit::UmolPerL => self.value.checked_div(self.factor),
        }
    }

    /// In µmol/L.
    pub fn umol_per_l(self) -> Option<Decimal> {
        match self.unit {
            CreatinineUnit::MgPerDl => self.value.checked_mul(self.factor),
            CreatinineUnit::UmolPerL => Some(self.value),
        }
    }
}

impl std::fmt::Display for Creatinine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            CreatinineUnit::MgPerDl => "mg/dL",
            CreatinineUnit::UmolPerL => "umol/L",
        };
        write!(f, "{} {unit}", number::print(self.value))
    }
}
