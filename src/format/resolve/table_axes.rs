//! What a table looks at, one axis each, to be proved complete and free of overlap.

use std::collections::BTreeMap;

use crate::quantity::Decimal;
use crate::regimen::completeness::{Ask, Axis, Grid, OTHER, Values};
use crate::regimen::genotype;
use crate::regimen::{Condition, LooksAt, Range, Rule, RuleRow, TestRange};

/// What the rows of a rule look at, and what each asks of it.
pub(super) fn of_rule(rule: &Rule) -> (Vec<Axis>, Vec<Vec<Option<Ask>>>) {
    let rows = &rule.rows;
    let on = rows.iter().map(|row| row.on.map(Ask::In)).collect();
    let values = match rule.looks_at {
        LooksAt::Grade { .. } => Values::Counted { word: "grade", from: 0, through: 4 },
        LooksAt::Test { .. } | LooksAt::Event => {
            Values::Figures { unit: rule.unit().to_owned(), grid: Grid::default() }
        }
    };
    let most = rows.iter().filter_map(|row| row.occurrence).map(|(first, _)| first).max().unwrap_or(1);
    let nth = rows.iter().map(|row| {
        let (first, last) = row.occurrence?;
        Some(Ask::In(Range { from: Some(first.into()), through: last.map(Decimal::from), ..Range::default() }))
    });
    let occurrences = Values::Counted { word: "occurrence", from: 1, through: most + 1 };
    let mut columns: Vec<Column<'_>> = vec![(rule.name.as_str(), values, on), ("", occurrences, nth.collect())];
    columns.extend(signs(rule));
    columns.extend(conditions(rows.iter().map(|row| &row.when), Grid::default()));
    matrix(columns, rows.len())
}

/// One axis for each thing that a row asks to be there or not.
fn signs(rule: &Rule) -> Vec<Column<'_>> {
    let mut signs: Vec<&str> = rule.rows.iter().flat_map(|row| &row.with).map(|(what, _)| what.as_str()).collect();
    signs.sort_unstable();
    signs.dedup();
    let column = |sign: &str| {
        let word = |with: bool| format!("{} {sign}", if with { "with" } else { "without" });
        let asked =
            |row: &RuleRow| row.with.iter().find(|(what, _)| what == sign).map(|(_, with)| Ask::Word(word(*with)));
        ("", Values::Words { all: vec![word(true), word(false)] }, rule.rows.iter().map(asked).collect())
    };
    signs.into_iter().map(column).collect()
}

/// Row by row, of the axes that any row asks about.
pub(super) fn matrix(columns: Vec<Column<'_>>, rows: usize) -> (Vec<Axis>, Vec<Vec<Option<Ask>>>) {
    let asked = columns.into_iter().filter(|(_, _, column)| column.iter().any(Option::is_some));
    let (axes, columns): (Vec<Axis>, Vec<Vec<Option<Ask>>>) =
        asked.map(|(name, values, column)| (Axis { name: name.to_owned(), values }, column)).unzip();
    let row = |row: usize| columns.iter().map(|column| column.get(row).cloned().flatten()).collect();
    (axes, (0..rows).map(row).collect())
}

/// An axis: its name, its values, and what each row asks of it.
pub(super) type Column<'a> = (&'a str, Values, Vec<Option<Ask>>);

/// The genotype beside which every other is "any other".
const NAMED: &str = "that the others are other than";

/// The axes of conditions on the subject.
pub(super) fn conditions<'a>(rows: impl Iterator<Item = &'a Condition> + Clone, surface: Grid) -> Vec<Column<'a>> {
    let figures = |unit: &str| Values::Figures { unit: unit.to_owned(), grid: Grid::default() };
    let years = Values::Figures { unit: "years".to_owned(), grid: Grid { step: Some(Decimal::ONE), cap: None } };
    let range = |range: Option<Range>| range.map(Ask::In);
    let mut columns = tests(&rows);
    let surface = Values::Figures { unit: "m2".to_owned(), grid: surface };
    columns.push(("body surface", surface, rows.clone().map(|when| range(when.bsa)).collect()));
    columns.extend(genotypes(&rows));
    columns.extend([
        ("GFR", figures("mL/min"), rows.clone().map(|when| range(when.gfr)).collect()),
        ("age", years, rows.clone().map(|when| range(when.age)).collect()),
        ("weight", figures("kg"), rows.map(|when| range(when.weight)).collect()),
    ]);
    columns
}

/// One axis for each gene: whose genotype of one is named has one of the other, too. A row for "any other" is for those
/// that no row names, of any gene.
fn genotypes<'a>(rows: &(impl Iterator<Item = &'a Condition> + Clone)) -> Vec<Column<'a>> {
    let asked = |when: &'a Condition| when.genotype.as_deref();
    let mut named: Vec<&str> = Vec::new();
    for one in rows.clone().filter_map(asked).filter(|one| *one != OTHER) {
        if !named.iter().any(|known| genotype::same(known, one)) {
            named.push(one);
        }
    }
    // "Any other" than none: the row that named one is gone.
    if named.is_empty() {
        named.push(NAMED);
    }
    let mut genes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for one in named {
        genes.entry(genotype::gene(one)).or_default().push(one);
    }
    let column = |of: Vec<&str>| {
        let word = |one: &str| match of.iter().find(|named| genotype::same(named, one)) {
            Some(named) => Some(Ask::Word((*named).to_owned())),
            None => (one == OTHER).then(|| Ask::Word(OTHER.to_owned())),
        };
        let column = rows.clone().map(|when| asked(when).and_then(word)).collect();
        let mut all: Vec<String> = of.iter().chain([&OTHER]).map(|one| (*one).to_owned()).collect();
        all.sort_unstable();
        ("genotype", Values::Words { all }, column)
    };
    genes.into_values().map(column).collect()
}

/// One axis for each laboratory test.
fn tests<'a>(rows: &(impl Iterator<Item = &'a Condition> + Clone)) -> Vec<Column<'a>> {
    let mut all: Vec<&TestRange> = rows.clone().flat_map(|when| &when.tests).collect();
    all.sort_by(|one, other| one.test.cmp(&other.test));
    all.dedup_by(|one, other| one.test == other.test);
    let column = |test: &'a TestRange| {
        let ask = |when: &Condition| when.tests.iter().find(|one| one.test == test.test).map(|one| Ask::In(one.range));
        let values = Values::Figures { unit: test.unit.to_owned(), grid: Grid::default() };
        (test.test.as_str(), values, rows.clone().map(ask).collect())
    };
    all.into_iter().map(column).collect()
}
