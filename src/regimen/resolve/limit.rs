//! `[[limit]]`: lifetime limits over drugs that count together.

use crate::quantity::number::{self, shown};
use crate::quantity::{Basis, Decimal};
use crate::regimen::definition::{At, Definition, LimitDef, Table};
use crate::regimen::model::Limit;
use crate::regimen::rules::codes;

use super::desk::{Desk, Place, text};
use super::source::Book;
use super::{dose, rule};

pub(super) fn limits(desk: &mut Desk, book: &mut Book, file: &Definition) -> Option<Vec<Limit>> {
    desk.each(&file.limit, |desk, def| limit(desk, book, file, def))
}

fn limit(desk: &mut Desk, book: &mut Book, file: &Definition, def: &Table<LimitDef>) -> Option<Limit> {
    let label = def.name.as_ref().map_or("[[limit]]".to_owned(), |at| format!("limit {}", at.value));
    let place = Place::new(label, &def.span, "limit");
    let name = desk.words(&place, "name", def.name.as_ref(), "name = \"anthracyclines, as doxorubicin\"");
    let most = desk.need(&place, "most", def.most.as_ref(), "most = \"450 mg/m2\"");
    let most = most.and_then(|at| most_of(desk, at));
    let factors = desk.need(&place, "factors", def.factors.as_ref(), "factors = { doxorubicin = \"1\" }");
    let factors = factors.and_then(|at| {
        if at.value.is_empty() {
            desk.missing(&place, "factors", "factors = { doxorubicin = \"1\" }");
        }
        // Every pair is looked at before one that is wrong ends it.
        let pairs: Vec<Option<Vec<(String, Decimal)>>> = at
            .value
            .iter()
            .map(|(drug, factor)| {
                let (ids, factor) = (rule::ids(desk, file, drug), factor_of(desk, factor));
                Some(ids?.into_iter().zip(std::iter::repeat(factor?)).collect())
            })
            .collect();
        let pairs: Option<Vec<Vec<(String, Decimal)>>> = pairs.into_iter().collect();
        pairs.map(|pairs| pairs.into_iter().flatten().collect()).filter(|pairs: &Vec<_>| !pairs.is_empty())
    });
    let provenance = book.table(desk, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
    Some(Limit { name: name?, most: most?, factors: factors?, note: text(def.note.as_ref()), provenance })
}

/// An amount, of everyone alike or by body size.
fn most_of(desk: &mut Desk, at: &At<String>) -> Option<crate::quantity::ProtocolDose> {
    let most = dose::protocol(desk, at)?;
    if most.basis == Basis::Auc {
        desk.block(
            codes::UNITS,
            &at.span,
            "a lifetime limit is an amount, not an AUC",
            "write for example most = \"450 mg/m2\"",
        );
        return None;
    }
    Some(most)
}

fn factor_of(desk: &mut Desk, at: &At<String>) -> Option<Decimal> {
    match number::parse(&at.value) {
        Ok(factor) if factor > Decimal::ZERO => Some(factor),
        _ => {
            let text = format!("\"{}\" is no factor", shown(&at.value));
            desk.block(codes::QUANTITY, &at.span, text, "write a number above 0 as text, such as \"0.8\"");
            None
        }
    }
}
