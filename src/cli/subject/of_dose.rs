//! What is told beside a dose, wherever one is recorded, corrected or checked: kit and lot, and the hours.

use crate::calendar::{self, Time};
use crate::course::{Product, Stop, Times};

/// What it came from, as it stands on the package.
#[derive(Debug, clap::Args)]
pub(super) struct ProductArgs {
    /// The number of the kit
    #[arg(long, value_name = "NUMBER", value_parser = Product::number)]
    kit: Option<String>,
    /// The lot (batch)
    #[arg(long, value_name = "NUMBER", value_parser = Product::number)]
    lot: Option<String>,
}

/// The hours of a dose, as the clock of the site showed them.
#[derive(Debug, clap::Args)]
pub(super) struct TimesArgs {
    /// When the dose was begun: 09:30
    #[arg(long, value_name = "TIME", value_parser = calendar::read_hour)]
    start_time: Option<Time>,
    /// When it ended: 11:00, or "09-Dec-2026 07:30" on a later day
    #[arg(long, value_name = "TIME", value_parser = Times::read_stop)]
    stop_time: Option<Stop>,
}

impl TimesArgs {
    pub(super) fn times(&self) -> Times {
        Times::new(self.start_time, self.stop_time)
    }
}

impl ProductArgs {
    pub(super) fn product(&self) -> Product {
        Product { kit: self.kit.clone(), lot: self.lot.clone() }
    }
}
