//! What the pharmacy prepares for one administration: how much of the drug, in what, how strong, how fast.

use crate::calendar::Date;
use crate::quantity::{Amount, Concentration, Decimal, Rate, Volume};
use crate::regimen::{Dilution, Vial};

/// One preparation. Every figure is of all of it: of an infusion over four days the four days, never one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparationRow {
    /// How much of the drug.
    pub amount: Amount,
    /// Its volume, where the vial's is known.
    pub drug: Option<Volume>,
    /// The vials it takes.
    pub vials: Option<(u32, Vial)>,
    /// What it is diluted in, as far as the regimen says.
    pub dilution: Option<Dilution>,
    /// How long it runs, where that is one figure: a range is no instruction.
    pub minutes: Option<Decimal>,
}

/// An infusion of a day or longer runs from a pump, where the drug's own volume may be all there is.
const PUMP: Decimal = Decimal::from_parts(24 * 60, 0, 0, false, 0);

impl PreparationRow {
    /// The volume of the bag, or of the drug itself where the regimen says that it is not diluted; `None` where the
    /// pharmacy chooses.
    pub fn in_all(&self) -> Option<Volume> {
        let dilution = self.dilution.as_ref()?;
        if dilution.fluid.is_some() { dilution.volume } else { self.drug }
    }

    /// How strong it is then.
    pub fn concentration(&self) -> Option<Concentration> {
        Concentration::of(self.amount, self.in_all()?)
    }

    /// How fast it runs then.
    pub fn rate(&self) -> Option<Rate> {
        self.in_all()?.over(self.minutes?)
    }

    /// Where the regimen does not say how a long infusion is diluted: how fast the drug's own volume runs.
    pub fn undiluted(&self) -> Option<Rate> {
        let minutes = self.minutes.filter(|minutes| *minutes >= PUMP && self.dilution.is_none())?;
        self.drug?.over(minutes)
    }

    /// What goes in each 24 hours, of an infusion longer than that: for the order and the worksheet, never for a label.
    pub fn each_24_hours(&self) -> Option<Amount> {
        let minutes = self.minutes.filter(|minutes| *minutes > PUMP)?;
        let value = self.amount.value.checked_mul(PUMP)?.checked_div(minutes)?;
        Some(Amount { value: crate::quantity::decimal::half_up(value, 1), ..self.amount })
    }

    /// The day on which an infusion of a day or longer ends that begins on `day`.
    pub fn ends(&self, day: Date) -> Option<Date> {
        let days = self.minutes.filter(|minutes| *minutes >= PUMP)?.checked_div(PUMP)?;
        crate::calendar::plus_days(day, crate::quantity::decimal::whole(days.ceil())?)
    }

    /// `glucose 5 %, 500 mL`; `glucose 5 %, volume not stated`; `undiluted`. Nothing where the regimen does not say.
    pub fn diluent_words(&self) -> Option<String> {
        let dilution = self.dilution.as_ref()?;
        let Some(fluid) = &dilution.fluid else { return Some("undiluted".to_owned()) };
        let volume = dilution.volume.map_or_else(|| "volume not stated".to_owned(), |volume| volume.to_string());
        Some(format!("{fluid}, {volume}"))
    }

    /// `glucose 5 %`, `undiluted`; nothing where the regimen does not say.
    pub fn fluid_words(&self) -> Option<String> {
        let dilution = self.dilution.as_ref()?;
        Some(dilution.fluid.clone().unwrap_or_else(|| "undiluted".to_owned()))
    }

    /// `0.2 to 0.7 mg/mL`, `not above 5 mg/mL`; nothing where the regimen states no limit.
    pub fn limits_words(&self) -> Option<String> {
        let dilution = self.dilution.as_ref()?;
        match (dilution.from, dilution.through) {
            (Some(from), Some(through)) if from.unit == through.unit => {
                Some(format!("{} to {through}/mL", crate::quantity::number::print(from.value)))
            }
            (Some(from), Some(through)) => Some(format!("{from}/mL to {through}/mL")),
            (Some(from), None) => Some(format!("not below {from}/mL")),
            (None, Some(through)) => Some(format!("not above {through}/mL")),
            (None, None) => None,
        }
    }

    /// `NEVER with sodium chloride 0.9 %`; nothing where the regimen forbids nothing.
    pub fn never_words(&self) -> Option<String> {
        let never = &self.dilution.as_ref()?.never;
        (!never.is_empty()).then(|| format!("NEVER with {}", never.join(" or ")))
    }

    /// `29.8 mL; 2 vials of 100 mg in 20 mL`
    pub fn supply_words(&self) -> Option<String> {
        let vials =
            self.vials.map(|(count, vial)| format!("{} of {vial}", crate::quantity::number::count(count, "vial")));
        let parts: Vec<String> = self.drug.map(|volume| volume.to_string()).into_iter().chain(vials).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// `in 500 mL glucose 5 %, 0.298 mg/mL (0.2 to 0.7 mg/mL), 250 mL/h`: what follows from the regimen's own words.
    pub fn bag_words(&self) -> Option<String> {
        let mut parts: Vec<String> = self.diluent_words().into_iter().collect();
        parts.extend(self.concentration().map(|strength| strength.to_string()));
        parts.extend(self.limits_words().map(|limits| format!("limits {limits}")));
        parts.extend(self.rate().map(|rate| rate.to_string()));
        parts.extend(self.undiluted().map(|rate| format!("undiluted {rate}")));
        parts.extend(self.never_words());
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
