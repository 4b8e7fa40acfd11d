//! Two or three files of one regimen side by side: every figure in which they differ, each with its source and its words, for a
//! pharmacist to decide.

use serde::Serialize;

use crate::regimen::Regimen;

use super::{full_name, protocol};

/// One file, or one list of figures, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What people call it.
    pub name: String,
    /// Its figures, in order.
    pub figures: Vec<Said>,
}

/// What one side says of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What it is about: `irinotecan liposomal`, `Cycle`.
    pub of: String,
    /// Which figure: `dose`, `days`.
    pub what: String,
    /// What is said.
    pub value: String,
    /// The document, with its page; `unverified` where nobody has verified it.
    pub source: Option<String>,
    /// The document's words.
    pub quote: Option<String>,
}

/// One thing on which the sides differ; a side that says nothing of it is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is about.
    pub of: String,
    /// Which figure.
    pub what: String,
    /// What each side says, in their order.
    pub said: Vec<Option<Said>>,
}

/// Lines that tell files apart, or tell of a file, and are no figures of the regimen.
const LEFT_OUT: &[&str] = &["sources", "examples", "checked", "regimen"];

/// A regimen as a side: every line of its page that is a figure.
pub fn side(regimen: &Regimen) -> Side {
    let mut figures = Vec::new();
    for section in protocol(regimen).sections {
        if LEFT_OUT.contains(&section.id.as_str()) {
            continue;
        }
        let of = drug_of(regimen, &section.id).unwrap_or(section.title);
        for line in section.lines {
            let source = line.source.as_deref().and_then(|id| regimen.sources.iter().find(|source| source.id == id));
            let document = source.map(|source| {
                let page = source.page.as_ref().map_or(String::new(), |page| format!(", {page}"));
                format!("{}{page}", source.title)
            });
            figures.push(Said {
                of: of.clone(),
                what: line.label,
                value: line.value,
                source: document.or(line.source),
                quote: source.and_then(|source| source.says.clone()),
            });
        }
    }
    Side { name: format!("{} v{}", regimen.id, regimen.version), figures }
}

/// The drug of a section, by its full name: ids differ from file to file. Of several entries of one drug the id tells which.
fn drug_of(regimen: &Regimen, section: &str) -> Option<String> {
    let id = section.rsplit_once("drug.")?.1;
    let drug = regimen.drugs().find(|drug| drug.id == id)?;
    let name = full_name(drug);
    let several = regimen.drugs().filter(|one| full_name(one) == name && one.role == drug.role).count() > 1;
    Some(if several { format!("{name} ({id})") } else { name })
}

/// Everything on which the sides do not all say the same, in the order of the first that speaks of it.
pub fn compare(sides: &[Side]) -> Vec<Difference> {
    let mut things: Vec<(&str, &str)> = Vec::new();
    for said in sides.iter().flat_map(|side| &side.figures) {
        if !things.contains(&(&said.of, &said.what)) {
            things.push((&said.of, &said.what));
        }
    }
    let difference = |(of, what): (&str, &str)| {
        let one = |side: &Side| side.figures.iter().find(|said| said.of == of && said.what == what).cloned();
        let said: Vec<Option<Said>> = sides.iter().map(one).collect();
        let values: Vec<Option<&str>> = said.iter().map(|one| one.as_ref().map(|said| said.value.as_str())).collect();
        let same = values.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
        (!same).then(|| Difference { of: of.to_owned(), what: what.to_owned(), said })
    };
    things.into_iter().filter_map(difference).collect()
}

/// How many figures all sides give alike.
pub fn alike(sides: &[Side]) -> usize {
    let Some((first, rest)) = sides.split_first() else { return 0 };
    let same = |said: &&Said| {
        rest.iter().all(|side| {
            side.figures.iter().any(|one| one.of == said.of && one.what == said.what && one.value == said.value)
        })
    };
    first.figures.iter().filter(same).count()
}
