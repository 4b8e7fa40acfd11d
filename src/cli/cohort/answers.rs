//! What a row answers to what would be asked of it: reasons for a WARN, a second person for a CONFIRM.

use crate::cli::dose_of::DoseOf;
use crate::cli::read;
use crate::course::event::How;
use crate::decide::{Confirmation, Replies};
use crate::failure::Failure;
use crate::quantity::Amount;
use crate::regimen::Regimen;

use super::column::{Answered, Column};
use super::row::filled;

/// The answers of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    accepted: Vec<(String, String)>,
    confirmed: Vec<Confirmation>,
}

impl Answers {
    /// As the options of these names are read; several in one cell with `;`.
    pub(super) fn read(columns: &[Column], cells: &csv::StringRecord, regimen: &Regimen) -> Result<Self, Failure> {
        let (mut reasons, mut second, mut doses) = (Vec::new(), None, Vec::new());
        let mut answers = Self::default();
        for (column, text) in filled(columns, cells) {
            let Column::Answer(how) = column else { continue };
            let several = || text.split(';').map(str::trim).filter(|part| !part.is_empty());
            match how {
                Answered::Accept => answers.accepted = several().map(read::answer).collect::<Result<_, _>>()?,
                Answered::Confirm => reasons = several().map(read::confirmed).collect::<Result<_, _>>()?,
                Answered::Second => second = Some(text.to_owned()),
                Answered::SecondFigure => doses = several().map(DoseOf::read).collect::<Result<_, _>>()?,
            }
        }
        if !reasons.is_empty() && second.is_none() {
            let failure = Failure::missing("the row confirms something and names nobody who does");
            return Err(failure.hint("write the second person's name in the column second"));
        }
        let doses: Vec<(String, Amount)> = doses.iter().flat_map(|one| named(one, regimen)).collect();
        answers.confirmed = reasons
            .into_iter()
            .map(|(code, reason)| {
                let (second, doses) = (second.clone(), doses.clone());
                Confirmation { code, how: How::Second, second, doses, reason }
            })
            .collect();
        Ok(answers)
    }

    /// What answers a finding.
    pub(super) fn replies(&self) -> Replies<'_> {
        Replies { accepted: &self.accepted, confirmed: &self.confirmed }
    }

    /// What is confirmed before there is a plan.
    pub(super) fn confirmed(&self) -> &[Confirmation] {
        &self.confirmed
    }
}

/// A dose with the full name of its drug; of one that names none with each of them.
fn named(one: &DoseOf, regimen: &Regimen) -> Vec<(String, Amount)> {
    let of = |word: &String| regimen.drug_called(word).map_or_else(|_| word.clone(), crate::regimen::Drug::full_name);
    let names = one
        .drug
        .as_ref()
        .map_or_else(|| regimen.drugs().map(crate::regimen::Drug::full_name).collect(), |word| vec![of(word)]);
    names.into_iter().map(|name| (name, one.dose)).collect()
}
