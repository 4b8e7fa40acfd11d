//! Drug names as people read them.

use crate::regimen::Drug;

include!(concat!(env!("OUT_DIR"), "/tall_man.rs"));

/// The name with tall-man letters where a published list has them: `cisplatin` is `CISplatin`.
pub fn tall_man(name: &str) -> String {
    let words = name
        .split(' ')
        .map(|word| NAMES.iter().find(|tall| tall.eq_ignore_ascii_case(word)).map_or(word, |tall| *tall));
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
