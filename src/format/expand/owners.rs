//! `for` with several drugs: the entry stands once for each, with an id that says for which.

use crate::format::definition::{At, Definition, DrugDef, OwnersDef, Table};
use crate::format::drug_id;
use crate::format::resolve::kebab;

/// Writes an entry out for each drug that it belongs to.
pub(super) fn write_out(file: &mut Definition) {
    let inner = file.phase.iter_mut().map(|phase| &mut phase.value.drug);
    for drugs in std::iter::once(&mut file.drug).chain(inner) {
        if drugs.iter().any(|drug| owners(drug).is_some()) {
            *drugs = drugs.iter().flat_map(for_each).collect();
        }
    }
}

/// The drugs of a list, with where it stands.
fn owners(drug: &DrugDef) -> Option<(&[At<String>], &std::ops::Range<usize>)> {
    match drug.for_.as_ref().map(|at| (&at.value, &at.span))? {
        (OwnersDef::Several(list), span) if !list.is_empty() => Some((list, span)),
        _ => None,
    }
}

fn for_each(drug: &Table<DrugDef>) -> Vec<Table<DrugDef>> {
    let Some((list, span)) = owners(drug) else { return vec![drug.clone()] };
    let written = list.iter().enumerate().map(|(at, owner)| {
        let mut one = drug.clone();
        one.value.for_ = Some(At { value: OwnersDef::One(owner.value.clone()), span: owner.span.clone() });
        if at > 0 {
            let id = format!("{}-for-{}", drug_id(drug), kebab(&owner.value));
            one.value.id = Some(At { value: id, span: span.clone() });
        }
        one
    });
    written.collect()
}
