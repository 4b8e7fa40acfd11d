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
    /// Whether it is a list of some figures, that somebody wrote down: where it is silent it does not differ.
    pub partial: bool,
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
    Side { name: format!("{} v{}", regimen.id, regimen.version), partial: false, figures }
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
    let differing = things(sides).into_iter().filter_map(|thing| {
        let said = said_of(sides, thing);
        (!agree(sides, &said)).then(|| Difference {
            of: thing.of.clone(),
            what: thing.what.clone(),
            said: said.into_iter().map(Option::<&Said>::cloned).collect(),
        })
    });
    differing.collect()
}

/// On how many figures those that speak of them agree, two at least.
pub fn alike(sides: &[Side]) -> usize {
    let agreed = |thing: &&Said| {
        let said = said_of(sides, thing);
        said.iter().flatten().count() > 1 && agree(sides, &said)
    };
    things(sides).into_iter().filter(agreed).count()
}

/// Figures of a list that no file speaks of: as a rule a name or a figure that is called otherwise there.
pub fn strangers(sides: &[Side]) -> Vec<&Said> {
    let files = || sides.iter().filter(|side| !side.partial).flat_map(|side| &side.figures);
    let lists = sides.iter().filter(|side| side.partial).flat_map(|side| &side.figures);
    if files().next().is_none() {
        return Vec::new();
    }
    lists.filter(|said| !files().any(|one| same_thing(one, said))).collect()
}

/// Each thing that is spoken of, by the first that speaks of it.
fn things(sides: &[Side]) -> Vec<&Said> {
    let mut things: Vec<&Said> = Vec::new();
    for said in sides.iter().flat_map(|side| &side.figures) {
        if !things.iter().any(|thing| same_thing(thing, said)) {
            things.push(said);
        }
    }
    things
}

/// Whether both speak of one thing; capitals do not tell them apart.
fn same_thing(one: &Said, other: &Said) -> bool {
    one.of.eq_ignore_ascii_case(&other.of) && one.what.eq_ignore_ascii_case(&other.what)
}

/// What each side says of a thing, in their order.
fn said_of<'a>(sides: &'a [Side], thing: &Said) -> Vec<Option<&'a Said>> {
    sides.iter().map(|side| side.figures.iter().find(|said| same_thing(said, thing))).collect()
}

/// Whether all that speak say the same, and none is silent that would have to speak.
fn agree(sides: &[Side], said: &[Option<&Said>]) -> bool {
    let lists = sides.iter().all(|side| side.partial);
    let silent = sides.iter().zip(said).any(|(side, said)| said.is_none() && (lists || !side.partial));
    let mut values = said.iter().flatten().map(|said| plain(&said.value));
    let first = values.next();
    !silent && values.all(|value| Some(value) == first)
}

/// A value without capitals and without the commas between thousands: `1,000 mg/m2` is `1000 mg/m2`.
fn plain(value: &str) -> String {
    let letters: Vec<char> = value.trim().chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let thousands =
        |at: usize| digit(at.checked_sub(1)) && (1..=3).all(|step| digit(Some(at + step))) && !digit(Some(at + 4));
    let kept = letters.iter().enumerate().filter(|(at, letter)| **letter != ',' || !thousands(*at));
    kept.map(|(_, letter)| letter.to_ascii_lowercase()).collect()
}
