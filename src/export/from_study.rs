//! What an export takes from the study's file, wherever the person did not type it.

use crate::study::{Chosen, Paper};

use super::{Note, Options, Print};

impl Options {
    /// Fills what was left open from the study and its site: code, namespace, paper, contacts, what to bring, the words
    /// for the patients of the regimen. What was typed stays.
    #[must_use]
    pub fn with_study(mut self, chosen: &Chosen, regimen: &str) -> Self {
        self.study = self.study.or_else(|| chosen.code.clone());
        self.print.site = self.print.site.take().or_else(|| chosen.site.clone());
        let Some(study) = &chosen.study else { return self };
        let site = chosen.site();
        self.namespace.get_or_insert_with(|| study.namespace.clone());
        self.letter |= site.and_then(|site| site.paper) == Some(Paper::Letter);
        self.print = Print {
            contacts: kept(self.print.contacts, site.map(|site| site.contacts.as_slice())),
            bring: kept(self.print.bring, site.map(|site| site.bring.as_slice())),
            texts: study.texts(regimen).cloned(),
            title: study.title.clone(),
            protocol: study.protocol.clone(),
            protocol_version: study.protocol_version.clone(),
            jurisdiction: self.print.jurisdiction.or_else(|| study.jurisdiction(site)),
            labels: self.print.labels.or_else(|| site.and_then(|site| site.labels)),
            ..self.print
        };
        self
    }
}

/// That no arm of the study has the regimen.
pub fn other_regimen(chosen: &Chosen, regimen: &str) -> Option<Note> {
    let study = chosen.study.as_ref().filter(|study| !study.arms.is_empty())?;
    if study.arms.iter().any(|arm| arm.regimen == regimen) {
        return None;
    }
    let arms: Vec<String> = study.arms.iter().map(|arm| format!("{}: {}", arm.name, arm.regimen)).collect();
    let text = format!("no arm of study {} has the regimen {regimen} ({})", study.code, arms.join(", "));
    Some(Note::warn(text))
}

fn kept<T: Clone>(typed: Vec<T>, of_site: Option<&[T]>) -> Vec<T> {
    if typed.is_empty() { of_site.unwrap_or_default().to_vec() } else { typed }
}
