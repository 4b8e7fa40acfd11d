//! A word that names no single drug of a regimen.

use crate::finding::Finding;
use crate::quantity::number;
use crate::regimen::{NotOneDrug, Regimen};

use super::codes;

/// What the regimen has, by the names people read, and what was probably meant.
pub fn no_one_drug(regimen: &Regimen, word: &str, why: &NotOneDrug) -> Finding {
    let word = number::shown(word);
    match why {
        NotOneDrug::Several(several) => {
            let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
            let text = format!("\"{word}\" names {} drugs of {}: {}.", names.len(), regimen.name, names.join(", "));
            Finding::block(codes::UNKNOWN_DRUG, text).help("write the one that is meant as it stands here")
        }
        NotOneDrug::None(near) => {
            let all: Vec<String> = regimen.drug_names().into_iter().map(|(_, name)| name).collect();
            let text = format!("{} has no drug \"{word}\"; it has {}.", regimen.name, all.join(", "));
            let finding = Finding::block(codes::UNKNOWN_DRUG, text);
            match near {
                Some(near) => finding.help(format!("did you mean {near}?")),
                None => finding,
            }
        }
    }
}
