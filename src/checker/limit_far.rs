//! R095.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, CriterionDef, RangeDef, RuleDef, RuleRowDef, Table};
use crate::quantity::{Basis, Decimal, Measured, ProtocolDose, number};
use crate::regimen::{Drug, Lifetime, Spread};

/// The widest range in which a protocol puts a limit, in tenths of the unit; unverified, and only for a warning.
struct Range {
    tests: &'static [&'static str],
    unit: &'static str,
    from: i64,
    through: i64,
}

const fn range(tests: &'static [&'static str], unit: &'static str, from: i64, through: i64) -> Range {
    Range { tests, unit, from, through }
}

const WHITE_CELLS: &[&str] = &["leucocytes", "leukocytes", "white cells", "white cell count", "wbc"];

const RANGES: &[Range] = &[
    range(&["neutrophils", "neutrophil count", "absolute neutrophil count", "anc"], "10^9/L", 1, 50),
    range(&["platelets", "platelet count"], "10^9/L", 100, 3_000),
    range(WHITE_CELLS, "10^9/L", 5, 500),
    range(&["haemoglobin", "hemoglobin"], "g/L", 500, 1_600),
    range(&["lvef", "left ventricular ejection fraction"], "%", 200, 800),
    range(&["alt", "ast", "bilirubin"], "x ULN", 5, 250),
    range(&["creatinine clearance", "gfr"], "mL/min", 100, 1_500),
    range(&["urine ph"], "", 50, 90),
];

/// The same for what must be reached before a dose, where a table of modifications goes lower: nobody is treated at platelets
/// of 10 10^9/L, 0.15 is 1.5 with a lost place, and no white cells of 40 10^9/L are waited for.
const BEFORE_A_DOSE: &[Range] = &[
    range(&["neutrophils", "neutrophil count", "absolute neutrophil count", "anc"], "10^9/L", 5, 30),
    range(&["platelets", "platelet count"], "10^9/L", 250, 2_000),
    range(WHITE_CELLS, "10^9/L", 10, 100),
];

/// A limit over a life is reached after so many doses: fewer, or more, are a slip.
const DOSES: (i64, i64) = (2, 60);

/// The body surface, in m², with which a limit in milligrams or units is compared with a dose per m2.
const LARGE_BODY: Decimal = Decimal::TWO;

pub const RULE: Rule = Rule::checked(codes::LIMIT_FAR, "limit-far", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let criteria = context.definition.criterion.iter().flat_map(criterion);
    let rules = context.definition.rule.iter().flat_map(rule);
    for (range, at) in criteria.chain(rules) {
        findings.extend(told(range, at));
    }
    lifetimes(context, findings);
}

fn known(test: Option<&At<String>>, ranges: &'static [Range]) -> Option<&'static Range> {
    let test = test?.value.to_lowercase();
    ranges.iter().find(|range| range.tests.contains(&test.as_str()))
}

type Limits<'a> = Vec<(&'static Range, &'a At<String>)>;

fn criterion(def: &Table<CriterionDef>) -> Limits<'_> {
    let any = known(def.test.as_ref(), RANGES);
    let before = known(def.test.as_ref(), BEFORE_A_DOSE).or(any);
    [(before, &def.at_least), (any, &def.at_most)]
        .into_iter()
        .filter_map(|(range, at)| Some((range?, at.as_ref()?)))
        .collect()
}

fn rule(def: &Table<RuleDef>) -> Limits<'_> {
    let Some(range) = known(def.test.as_ref(), RANGES) else { return Vec::new() };
    def.rows.iter().flat_map(|row| bounds(row)).map(|at| (range, at)).collect()
}

fn bounds(row: &RuleRowDef) -> Vec<&At<String>> {
    let until = row.until.as_ref().map(|until| ends(until)).unwrap_or_default();
    [&row.from, &row.above, &row.through, &row.below].into_iter().flatten().chain(until).collect()
}

fn ends(range: &RangeDef) -> Vec<&At<String>> {
    [&range.from, &range.above, &range.through, &range.below].into_iter().flatten().collect()
}

fn told(range: &Range, at: &At<String>) -> Option<Finding> {
    let figure = |tenths| number::print(Decimal::new(tenths, 1).normalize());
    let within = format!("{} to {} {}", figure(range.from), figure(range.through), range.unit);
    let shown = number::shown(&at.value);
    let wrong = match figure_of(range, &at.value) {
        Figure::InTheUnit(value) if value < Decimal::new(range.from, 1) || value > Decimal::new(range.through, 1) => {
            format!("\"{shown}\" lies outside {}", within.trim_end())
        }
        Figure::NotThatKind => format!("\"{shown}\" has no unit that such a limit has"),
        Figure::InTheUnit(_) | Figure::NotComparable => return None,
    };
    let finding = RULE.finding(wrong).at(at.span.clone(), "no protocol is known to put the limit here");
    Some(finding.help("compare the figure and its unit with the source"))
}

/// What a limit of a rule says, beside the range such limits lie in.
enum Figure {
    InTheUnit(Decimal),
    /// In a unit that cannot be turned into that of the range.
    NotComparable,
    /// Not a measured value with a unit at all.
    NotThatKind,
}

fn figure_of(range: &Range, text: &str) -> Figure {
    let figure = if range.unit.is_empty() {
        number::parse(text).ok()
    } else {
        let Ok(measured) = Measured::read(text) else { return Figure::NotThatKind };
        measured.in_unit(range.unit)
    };
    figure.map_or(Figure::NotComparable, Figure::InTheUnit)
}

fn lifetimes(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, limit) in context.definition.lifetime.iter().zip(&regimen.lifetimes) {
        let places = def.limit.iter().chain(def.lower.iter().filter_map(|row| row.limit.as_ref()));
        let limits = std::iter::once(limit.limit).chain(limit.lower.iter().map(|(_, limit)| *limit));
        for (at, dose) in places.zip(limits) {
            let odd = regimen.drugs().flat_map(|drug| drug.dosing.options().map(move |one| (drug, one.dose))).find_map(
                |(drug, one)| doses(limit, dose, drug, one).filter(|n| *n < DOSES.0.into() || *n > DOSES.1.into()),
            );
            let Some(count) = odd else { continue };
            let text = format!("a limit of {dose} is reached after {} doses", number::print(count.trunc()));
            let finding = RULE.finding(text).at(at.span.clone(), "as a rule 2 to 60 doses");
            findings.push(finding.help("compare the limit and what each drug counts for with the source"));
        }
    }
}

/// How many of a drug's doses come to the limit.
fn doses(lifetime: &Lifetime, limit: ProtocolDose, drug: &Drug, dose: ProtocolDose) -> Option<Decimal> {
    let counts = lifetime.factor(&drug.name)?;
    let days = if let Spread::PerDay { days } = drug.dosing.spread { days } else { Decimal::ONE };
    let size = match (dose.basis, limit.basis) {
        (own, of) if own == of => Decimal::ONE,
        (Basis::PerM2, Basis::Flat) => LARGE_BODY,
        _ => return None,
    };
    let one = dose.value.checked_mul(dose.unit.factor_to(limit.unit)?)?.checked_mul(counts)?;
    let one = one.checked_mul(days)?.checked_mul(size)?;
    limit.value.checked_div(Some(one).filter(|one| *one > Decimal::ZERO)?)
}
