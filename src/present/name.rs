//! Drug names as people read them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::quantity::number;
use crate::regimen::{Drug, Over};

#[derive(Deserialize)]
struct List {
    names: Vec<String>,
}

static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| toml::from_str::<List>(include_str!("tall_man.toml")).map(|list| list.names).unwrap_or_default());

/// The name with tall-man letters where a published list has them: `cisplatin` is `CISplatin`.
pub fn tall_man(name: &str) -> String {
    let words =
        name.split(' ').map(|word| NAMES.iter().find(|tall| tall.eq_ignore_ascii_case(word)).map_or(word, |tall| tall));
    words.collect::<Vec<_>>().join(" ")
}

/// The name with its formulation and product, never without.
pub fn full_name(drug: &Drug) -> String {
    let mut name = tall_man(&drug.name);
    if let Some(formulation) = &drug.formulation {
        name = format!("{name} {formulation}");
    }
    if let Some(product) = &drug.product {
        name = format!("{name} ({product})");
    }
    name
}

/// What tells a drug from another entry of the same name in its phase: `bolus`, `15-minute infusion`, `46-hour infusion`.
/// Nothing of a name that stands there once, and of entries that are all given alike.
pub fn apart(drug: &Drug, phase: &[Drug]) -> Option<String> {
    let meets = |other: &&Drug| {
        other.id != drug.id
            && other.full_name() == drug.full_name()
            && (other.cohorts.is_empty()
                || drug.cohorts.is_empty()
                || other.cohorts.iter().any(|one| drug.cohorts.contains(one)))
    };
    let mut same = phase.iter().filter(meets).peekable();
    same.peek()?;
    if same.all(|other| other.over == drug.over) {
        return None;
    }
    Some(match drug.over.as_ref()? {
        Over::Bolus => "bolus".to_owned(),
        Over::Fixed(period) => format!("{}-{} infusion", number::print(period.value), period.unit.one()),
        Over::Unknown | Over::ByOccurrence(_) | Over::Between(..) | Over::AtMostPerHour(_) => "infusion".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_are_told_apart() {
        assert_eq!(tall_man("cisplatin"), "CISplatin");
        assert_eq!(tall_man("vincristine"), "vinCRIStine");
        assert_eq!(tall_man("irinotecan"), "irinotecan");
        assert_eq!(NAMES.len(), 11, "the list is read");
    }
}
