//! Genotypes: what a laboratory's words mean to a regimen that names some.
//!
//! A genotype is written as the gene with its two alleles: `UGT1A1*1/*28`. Case, spaces, the order of the alleles and the
//! star or stroke of a word processor do not matter. Whatever else a file may name (`poor metaboliser`, `A/A`) has no
//! grammar: it is the same words or it is none of them, and another one is said as such, `other: A/B`.
//!
//! What is neither a genotype the file names nor readably another one of the same gene is never taken for another one,
//! because "another" is most often the full dose.
//!
//! ```
//! use posology::regimen::genotype;
//! # let text = include_str!("../../tests/corpus/valid/rules.toml");
//! let regimen = posology::checker::check(text.as_bytes(), &Default::default()).regimen.unwrap();
//! let read = |typed: &str| genotype::read(&regimen, typed);
//! assert_eq!(read("ugt1a1 *28 / *28").unwrap().text, "UGT1A1*28/*28");
//! let other = read("UGT1A1*28/*1").unwrap();
//! assert_eq!((other.text.as_str(), other.named), ("UGT1A1*1/*28", false));
//! assert!(read("homozygous").is_err() && read("*28/*28").is_err() && read("").is_err());
//! ```

use std::collections::BTreeMap;

use crate::finding::{Field, Finding};
use crate::quantity::number::shown;

use super::completeness::OTHER;
use super::{Condition, Regimen};

/// A genotype that a regimen can tell from those it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genotype {
    /// As it is used and kept: in the file's spelling where the file names it.
    pub text: String,
    /// Whether the file names it (of several genes: any of them).
    pub named: bool,
}

/// Words for one that is none of those a file names, in front of what the laboratory wrote.
const OTHERWISE: &str = "other:";

/// Whether two texts are one genotype.
pub fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

/// Whether what is known of a subject (one genotype for each gene, semicolons between) holds this one.
pub(super) fn holds(known: &str, named: &str) -> bool {
    known.split(';').any(|part| same(part, named))
}

/// The gene of a genotype in stars; nothing of any other words.
pub(crate) fn gene(text: &str) -> String {
    Stars::read(text).map_or_else(String::new, |stars| stars.gene)
}

/// Every genotype the doses and rules of a regimen name, each once.
pub fn named(regimen: &Regimen) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for name in conditions(regimen).filter_map(|when| when.genotype.as_deref()).filter(|name| *name != OTHER) {
        if !all.iter().any(|known| same(known, name)) {
            all.push(name);
        }
    }
    all
}

/// Whether a dose or a rule of a regimen asks for the genotype at all.
pub fn is_asked(regimen: &Regimen) -> bool {
    conditions(regimen).any(|when| when.genotype.is_some())
}

fn conditions(regimen: &Regimen) -> impl Iterator<Item = &Condition> {
    regimen
        .drugs()
        .flat_map(|drug| drug.dosing.conditions())
        .chain(regimen.rules.iter().flat_map(|rule| &rule.rows).map(|row| &row.when))
}

/// What a typed genotype is to a regimen that asks for one; nothing is read into what cannot be told.
pub fn read(regimen: &Regimen, typed: &str) -> Result<Genotype, Finding> {
    let asked = AskedGenotypes::of(regimen);
    let mut answers: BTreeMap<String, Genotype> = BTreeMap::new();
    let parts: Vec<&str> = typed.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Err(refused("The genotype is empty.".to_owned(), asked.how()));
    }
    for part in parts {
        let (gene, genotype) = asked.place(part)?;
        if let Some(first) = answers.insert(gene, genotype) {
            let text = format!("\"{}\" stands beside {}: one genotype of a gene.", shown(part), first.text);
            return Err(refused(text, asked.how()));
        }
    }
    if let Some(gene) = asked.0.keys().find(|gene| !answers.contains_key(*gene)) {
        let of = if gene.is_empty() { "the others it names".to_owned() } else { gene.clone() };
        let text = format!("\"{}\" says nothing of {of}, and {} asks for it too.", shown(typed), regimen.name);
        return Err(refused(text, asked.how()));
    }
    let texts: Vec<&str> = answers.values().map(|one| one.text.as_str()).collect();
    Ok(Genotype { text: texts.join("; "), named: answers.values().any(|one| one.named) })
}

/// The spelling that is kept; words that cannot be read stay as they are, to be refused where they would be used.
pub fn spelled(regimen: &Regimen, typed: &str) -> String {
    if !is_asked(regimen) {
        return typed.trim().to_owned();
    }
    read(regimen, typed).map_or_else(|_| typed.to_owned(), |genotype| genotype.text)
}

/// That a regimen names no dose for a genotype, and what holds instead.
pub fn note(regimen: &Regimen, genotype: &Genotype) -> Option<Finding> {
    let names = named(regimen).join(", ");
    let mut told: Vec<String> = Vec::new();
    for drug in regimen.drugs() {
        let asks: Vec<&str> = drug.dosing.conditions().filter_map(|when| when.genotype.as_deref()).collect();
        let row = match asks.as_slice() {
            [] => continue,
            asks if asks.contains(&OTHER) => "its dose for any other genotype holds".to_owned(),
            _ => format!("no starting dose by genotype holds, and the dose is {}", drug.dosing.words()),
        };
        let row = format!("{}: {row}", drug.full_name());
        if !told.contains(&row) {
            told.push(row);
        }
    }
    let told = if told.is_empty() { String::new() } else { format!(" {}.", told.join("; ")) };
    let text = format!("Genotype {} is none of those the file names ({names}).{told}", genotype.text);
    (!genotype.named).then(|| Finding::note(super::codes::OTHER_GENOTYPE, text).field(Field::Genotype))
}

/// What was typed in another spelling than the one that is used: `"ugt1a1 *28/*28" is read as UGT1A1*28/*28.`
pub fn respelled(regimen: &Regimen, typed: &str) -> Option<String> {
    let used = spelled(regimen, typed);
    (used != typed).then(|| format!("The genotype \"{}\" is read as {used}.", shown(typed)))
}

fn refused(text: String, help: String) -> Finding {
    Finding::block(super::codes::UNKNOWN_GENOTYPE, text).field(Field::Genotype).help(help)
}

/// The genotypes that are asked for, by gene; those that are no stars stand under no gene.
struct AskedGenotypes<'r>(BTreeMap<String, Vec<&'r str>>);

impl<'r> AskedGenotypes<'r> {
    fn of(regimen: &'r Regimen) -> Self {
        let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for name in named(regimen) {
            all.entry(gene(name)).or_default().push(name);
        }
        // "Any other" alone: every word is another.
        if all.is_empty() {
            all.insert(String::new(), Vec::new());
        }
        Self(all)
    }

    /// The gene that a typed genotype is of, and whether the file names it.
    fn place(&self, typed: &str) -> Result<(String, Genotype), Finding> {
        if let Some(stars) = Stars::read(typed)
            && let Some(names) = self.0.get(&stars.gene)
        {
            if let Some(name) = names.iter().find(|name| same(name, typed)) {
                return Ok((stars.gene, Genotype { text: (*name).to_owned(), named: true }));
            }
            if let Some(name) = names.iter().find(|name| stars.is_near(name)) {
                let text = format!("\"{}\" may be {name}, or an allele beside it.", shown(typed));
                return Err(refused(text, self.how()));
            }
            return Ok((stars.gene.clone(), Genotype { text: stars.to_string(), named: false }));
        }
        let Some(names) = self.0.get("") else { return Err(self.unknown(typed)) };
        if let Some(name) = names.iter().find(|name| same(name, typed)) {
            return Ok((String::new(), Genotype { text: (*name).to_owned(), named: true }));
        }
        match otherwise(typed).filter(|what| !names.iter().any(|name| same(name, what))) {
            Some(what) => Ok((String::new(), Genotype { text: format!("{OTHERWISE} {what}"), named: false })),
            None if names.is_empty() => Ok((String::new(), Genotype { text: typed.to_owned(), named: false })),
            None => Err(self.unknown(typed)),
        }
    }

    fn unknown(&self, typed: &str) -> Finding {
        // Alleles without their gene: which gene they are of is not guessed.
        let mut genes = self.0.keys().filter(|gene| !gene.is_empty());
        let bare = plain(typed).trim_start().starts_with('*') && self.0.len() == 1;
        let with_gene = genes.find_map(|gene| Stars::read(&format!("{gene}{typed}")));
        match with_gene.filter(|_| bare) {
            Some(stars) => {
                let text = format!("\"{}\" says two alleles and no gene.", shown(typed));
                refused(text, format!("if {} is meant, write \"{stars}\"", stars.gene))
            }
            None => refused(
                format!("\"{}\" is not a genotype that can be told from those the file names.", shown(typed)),
                self.how(),
            ),
        }
    }

    /// How one may be written: those the file names, and how to say another.
    fn how(&self) -> String {
        let one = |(gene, names): (&String, &Vec<&str>)| {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            let names = names.join(", ");
            match (gene.as_str(), names.is_empty()) {
                ("", true) => "write it as the laboratory does".to_owned(),
                ("", false) => format!("write {names}; or, of another, \"{OTHERWISE} \" and the laboratory's words"),
                (gene, _) => format!("write {names}; or another of {gene}, with both alleles, as \"{gene}*a/*b\""),
            }
        };
        let all: Vec<String> = self.0.iter().map(one).collect();
        let several = if all.len() > 1 { "; one for each gene, with a semicolon between" } else { "" };
        format!("{}{several}", all.join(" — and "))
    }
}

/// What stands behind `other:`.
fn otherwise(typed: &str) -> Option<&str> {
    let (word, what) = typed.split_at_checked(OTHERWISE.len())?;
    Some(what.trim()).filter(|what| word.eq_ignore_ascii_case(OTHERWISE) && !what.is_empty())
}

/// What is alike in every spelling of one genotype.
fn key(text: &str) -> String {
    if let Some(stars) = Stars::read(text) {
        return stars.to_string();
    }
    let small = plain(text).to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    let mut parts: Vec<String> = words.join(" ").split('/').map(|part| part.trim().to_owned()).collect();
    // Two alleles have no order; words have one.
    if parts.len() == 2 && !parts.iter().any(|part| part.contains(' ')) {
        parts.sort_unstable();
    }
    parts.join("/")
}

/// Stars and strokes as a keyboard has them.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{2217}' | '\u{ff0a}' | '\u{204e}' | '\u{2731}' | '\u{fe61}' | '\u{66d}' => '*',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        c => c,
    };
    text.chars().map(one).collect()
}

/// A gene and its two alleles, the lower number first.
#[derive(Debug, PartialEq, Eq)]
struct Stars {
    gene: String,
    alleles: [Allele; 2],
}

/// `*28`, `*2A`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Allele {
    number: u16,
    suffix: String,
}

impl Stars {
    fn read(text: &str) -> Option<Self> {
        let text: String = plain(text).chars().filter(|c| !c.is_whitespace()).collect();
        let text = text.to_ascii_uppercase();
        let (gene, alleles) = text.split_at_checked(text.find('*')?)?;
        let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        if !gene.starts_with(|c: char| c.is_ascii_uppercase()) || !gene.chars().all(named) {
            return None;
        }
        let (first, second) = alleles.split_once('/')?;
        let second = second.strip_prefix(gene).unwrap_or(second);
        let mut alleles = [Allele::read(first)?, Allele::read(second)?];
        alleles.sort();
        Some(Self { gene: gene.to_owned(), alleles })
    }

    /// The same numbers with other letters behind them: a sub-allele, or a slip.
    fn is_near(&self, other: &str) -> bool {
        let numbers = |stars: &Self| stars.alleles.each_ref().map(|allele| allele.number);
        Self::read(other).is_some_and(|other| numbers(&other) == numbers(self))
    }
}

impl Allele {
    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('*')?;
        let (digits, suffix) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
        let sound = (1..=3).contains(&digits.len()) && !digits.starts_with('0');
        let letters = suffix.len() <= 3 && suffix.chars().all(|c| c.is_ascii_alphanumeric());
        let number = digits.parse().ok().filter(|_| sound && letters)?;
        Some(Self { number, suffix: suffix.to_owned() })
    }
}

impl std::fmt::Display for Stars {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [first, second] = &self.alleles;
        write!(f, "{}*{}{}/*{}{}", self.gene, first.number, first.suffix, second.number, second.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_genotype_are_one() {
        let all = [
            "UGT1A1*1/*28",
            "ugt1a1*28/*1",
            "UGT1A1 *1/*28 ",
            "UGT1A1 *1 / *28",
            "UGT1A1*1/UGT1A1*28",
            "UGT1A1∗1⁄∗28",
            "UGT1A1\u{a0}*1/*28",
        ];
        for text in all {
            assert!(same(text, "UGT1A1*1/*28"), "{text}");
        }
        for text in ["UGT1A1*1/*29", "UGT1A1*1", "*1/*28", "UGT1A1*1*28", "UGT1A1*01/*28", "DPYD*1/*28", ""] {
            assert!(!same(text, "UGT1A1*1/*28"), "{text}");
        }
        assert!(same("Poor  metaboliser", "poor metaboliser") && same("G/A", "A/G"));
        assert!(!same("intermediate metaboliser", "poor metaboliser"));
    }
}
