//! `table`: doses by body size, kidney function, age or genotype, proved complete and free of overlap.

use crate::format::codes;
use crate::format::definition::{At, ConditionDef, DoseRowDef, DrugDef, Table};
use crate::quantity::{Amount, Basis, ProtocolDose};
use crate::regimen::completeness::{Fault, Grid, faults};
use crate::regimen::{Condition, Cycle, DoseRow, TestRange};

use super::resolver::{Read, Resolver, TablePath, UNKNOWN};
use super::scope::Scope;
use super::{cycle, dose, ladder, table_axes};

/// The rows of a drug's table, where it has one.
pub(super) fn table(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    scope: Scope,
) -> Read<Option<Vec<DoseRow>>> {
    let Some(rows) = &def.table else { return Some(None) };
    let read = resolver.each(&rows.value, |resolver, row| self::row(resolver, place, row, scope.cycle))?;
    let comparable = one_unit_a_test(resolver, &rows.value, &read);
    let alike = one_unit(resolver, &rows.value, &read) && comparable;
    let proved = comparable && proved(resolver, place, rows, &read, scope.surface);
    (alike && proved).then_some(Some(read))
}

fn row(resolver: &mut Resolver, place: &TablePath, def: &Table<DoseRowDef>, of: Option<&Cycle>) -> Option<DoseRow> {
    let place = place.inner("table", &def.span);
    let when = when(resolver, &place, def);
    let (dose, parts) = amounts(resolver, &place, def)?;
    let loading = resolver.optional(def.loading.as_ref(), dose::protocol);
    let length = resolver.optional(def.length.as_ref(), cycle::length);
    let ladder = resolver.optional(def.reduce.as_ref(), |resolver, def| {
        ladder::table(resolver, &place.inner("reduce", &def.span), def, of)
    });
    Some(DoseRow { when: when?, dose, parts, loading: loading?, length: length?, ladder: ladder? })
}

fn when(resolver: &mut Resolver, place: &TablePath, def: &Table<DoseRowDef>) -> Option<Condition> {
    let value = ConditionDef {
        genotype: def.genotype.clone(),
        gfr: def.gfr.clone(),
        age: def.age.clone(),
        weight: def.weight.clone(),
        bsa: def.bsa.clone(),
        test: def.test.clone(),
    };
    ladder::condition(resolver, place, &Table { value, span: def.span.clone() })
}

type Doses = (Option<ProtocolDose>, Option<(Amount, Amount)>);

/// One dose, none where no source gives it, or one for each half of the day.
fn amounts(resolver: &mut Resolver, place: &TablePath, def: &DoseRowDef) -> Option<Doses> {
    match (&def.dose, &def.morning, &def.evening) {
        (Some(at), None, None) if at.value == UNKNOWN => Some((None, None)),
        (Some(at), None, None) => dose::protocol(resolver, at).map(|dose| (Some(dose), None)),
        (None, Some(morning), Some(evening)) => halves(resolver, morning, evening),
        _ => {
            let text = format!("{} says no dose, or two", place.name);
            let help = "write dose = \"50 mg\", or morning = \"20 mg\" with evening = \"10 mg\"";
            resolver.block(codes::ONE_OF, &place.span, text, help);
            None
        }
    }
}

fn halves(resolver: &mut Resolver, morning: &At<String>, evening: &At<String>) -> Option<Doses> {
    let (morning, evening_amount) = (dose::amount(resolver, morning), dose::amount(resolver, evening));
    let (morning, given) = (morning?, evening_amount?);
    let Some(later) = given.in_unit(morning.unit) else {
        let text = format!("\"{given}\" does not convert into {}, the unit of the morning", morning.unit);
        resolver.block(codes::UNITS, &evening.span, text, "write both halves of the day in one unit");
        return None;
    };
    let larger = morning.value.max(later.value);
    let dose = ProtocolDose { value: larger, unit: morning.unit, basis: Basis::Flat };
    Some((Some(dose), (morning.value != later.value).then_some((morning, later))))
}

/// Every dose of a table is in units of one kind.
fn one_unit(resolver: &mut Resolver, defs: &[Table<DoseRowDef>], rows: &[DoseRow]) -> bool {
    let Some(first) = rows.iter().find_map(|row| row.dose) else { return true };
    let mut alike = true;
    for (def, row) in defs.iter().zip(rows) {
        let mixed = |dose: &ProtocolDose| dose.unit.dimension() != first.unit.dimension();
        if let Some(dose) = row.dose.filter(mixed) {
            let text = format!("\"{dose}\" stands in one table with {first}, into whose unit it does not convert");
            resolver.block(codes::UNITS, &def.span, text, "write every dose of a table in units of one kind");
            alike = false;
        }
    }
    alike
}

/// Every row writes a laboratory test in the unit of the first.
fn one_unit_a_test(resolver: &mut Resolver, defs: &[Table<DoseRowDef>], rows: &[DoseRow]) -> bool {
    let all: Vec<&TestRange> = rows.iter().flat_map(|row| &row.when.tests).collect();
    let first = |test: &TestRange| all.iter().find(|one| one.test == test.test).map(|one| one.unit);
    let mut alike = true;
    for (def, row) in defs.iter().zip(rows) {
        for test in row.when.tests.iter().filter(|test| first(test) != Some(test.unit)) {
            let text = format!("this row writes {} in {}, and an earlier one in another unit", test.test, test.unit);
            resolver.block(codes::UNITS, &def.span, text, "write every figure of a test in one unit");
            alike = false;
        }
    }
    alike
}

fn proved(
    resolver: &mut Resolver,
    place: &TablePath,
    defs: &At<Vec<Table<DoseRowDef>>>,
    rows: &[DoseRow],
    surface: Grid,
) -> bool {
    let (axes, asks) =
        table_axes::matrix(table_axes::conditions(rows.iter().map(|row| &row.when), surface), rows.len());
    let faults = faults(&axes, &asks);
    for fault in &faults {
        tell(resolver, place, defs, fault);
    }
    faults.is_empty()
}

fn tell(resolver: &mut Resolver, place: &TablePath, defs: &At<Vec<Table<DoseRowDef>>>, fault: &Fault) {
    match fault {
        Fault::Gap(value) => {
            let text = format!("{value} is in no row of the table of {}", place.name);
            let help = "add a row, or widen one; dose = \"unknown\" says that no source gives a dose there";
            resolver.block(codes::GAP, &defs.span, text, help);
        }
        Fault::Overlap(first, second, value) => {
            let span = defs.value.get(*second).map_or(defs.span.clone(), |row| row.span.clone());
            let text = format!("{value} is in rows {} and {} of the table of {}", first + 1, second + 1, place.name);
            let help = "end one row where the other begins: `below` leaves out what `from` takes in";
            resolver.block(codes::OVERLAP, &span, text, help);
        }
        Fault::TooMany => {
            let text = format!("the table of {} has more combinations than can be looked at", place.name);
            resolver.block(codes::BOUNDS, &defs.span, text, "leave out what does not change the dose");
        }
    }
}
