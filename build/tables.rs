//! The tables of figures that every dose is held to, as Rust: nothing is read when the program starts, and a misspelt key or a
//! figure that is none stops the build.

use std::io;

use toml::{Table, Value};

type Written = io::Result<String>;

/// `src/plausibility/limits.toml`.
pub fn limits(text: &str) -> Written {
    let table = read(text)?;
    let rows = |key, optional: fn(&str) -> bool| {
        let rows = list(&table, key)?.iter().map(|row| {
            let row = row.as_table().ok_or_else(|| fault(key))?;
            let fields = row.iter().map(|(name, value)| field(name, text_of(value, name)?, optional(name)));
            Ok(fields.collect::<io::Result<Vec<_>>>()?.join(", "))
        });
        rows.collect::<io::Result<Vec<_>>>()
    };
    let of = |kind: &str, rows: Vec<String>| {
        let row = |row: &String| format!("        {kind} {{ {row}, ..{kind}::NONE }},\n");
        rows.iter().map(row).collect::<Vec<_>>().concat()
    };
    let rate = table.get("weight_rate").and_then(Value::as_table).ok_or_else(|| fault("weight_rate"))?;
    let rate = rate.iter().map(|(name, value)| field(name, text_of(value, name)?, false));
    Ok(format!(
        "#[allow(clippy::needless_update, reason = \"a row may have every key there is\")]\nstatic LIMITS: Limits = Limits {{\n    version: {:?},\n    date: {:?},\n    rows: &[\n{}    ],\n    laboratory: &[\n{}    \
         ],\n    upper_limits: &[\n{}    ],\n    slips: &[\n{}    ],\n    weight_rate: WeightRate {{ {} }},\n}};\n",
        said(&table, "version")?,
        said(&table, "date")?,
        of("Row", rows("limit", |_| true)?),
        of("Row", rows("laboratory", |_| true)?),
        of("Row", rows("upper_limit", |_| true)?),
        of("SlipRow", rows("slip", |name| !["bmi_from", "bmi_through", "deviations"].contains(&name))?),
        rate.collect::<io::Result<Vec<_>>>()?.join(", "),
    ))
}

/// `src/plausibility/drugs.toml`.
pub fn largest(text: &str) -> Written {
    let table = read(text)?;
    let most = list(&table, "most")?.iter().map(|row| most(row.as_table().ok_or_else(|| fault("most"))?));
    let names = |key| {
        let names = list(&table, key)?.iter().map(|name| text_of(name, key));
        Ok::<_, io::Error>(format!("{:?}", names.collect::<io::Result<Vec<_>>>()?))
    };
    let rows = |key: &'static str, row: fn(&Table) -> Written| {
        list(&table, key)?
            .iter()
            .map(|one| row(one.as_table().ok_or_else(|| fault(key))?))
            .collect::<io::Result<String>>()
    };
    let figures = ["note", "warn", "confirm", "block", "least_confirm", "day_confirm"]
        .iter()
        .map(|key| field(key, said(&table, key)?, false));
    Ok(format!(
        "static TABLE: Table = Table {{\n    version: {:?},\n    {},\n    spinal: &{},\n    spinal_confirmed: &{},\n    most: \
         &[\n{}    ],\n    least: &[\n{}    ],\n    day: &[\n{}    ],\n}};\n",
        said(&table, "version")?,
        figures.collect::<io::Result<Vec<_>>>()?.join(", "),
        names("spinal")?,
        names("spinal_confirmed")?,
        most.collect::<io::Result<String>>()?,
        rows("least", least)?,
        rows("day", day)?,
    ))
}

/// A shortest time.
fn least(row: &Table) -> Written {
    only(row, &["drug", "over", "source"])?;
    let over = said(row, "over")?;
    let (value, unit) = over.split_once(' ').ok_or_else(|| fault(over))?;
    let minutes: u64 = match (value.parse::<u64>(), unit) {
        (Ok(value), "minutes") => value,
        (Ok(value), "hours") => value * 60,
        _ => return Err(fault(over)),
    };
    Ok(format!(
        "        Least {{ drug: {:?}, minutes: {}, source: {:?} }},\n",
        said(row, "drug")?,
        figure(&minutes.to_string())?,
        said(row, "source")?,
    ))
}

/// The most of a day.
fn day(row: &Table) -> Written {
    only(row, &["drug", "dose", "source"])?;
    Ok(format!(
        "        Daily {{ drug: {:?}, dose: {}, source: {:?} }},\n",
        said(row, "drug")?,
        dose(said(row, "dose")?)?,
        said(row, "source")?,
    ))
}

fn only(row: &Table, known: &[&str]) -> io::Result<()> {
    row.keys().find(|key| !known.contains(&key.as_str())).map_or(Ok(()), |other| Err(fault(other)))
}

fn most(row: &Table) -> Written {
    only(row, &["drug", "route", "mode", "rescue", "weekly", "form", "dose", "above", "source"])?;
    let word = |key: &str, words: &[(&str, &str)]| match row.get(key) {
        None => Ok::<_, io::Error>("None".to_owned()),
        Some(value) => {
            let said = text_of(value, key)?;
            let found = words.iter().find(|(word, _)| *word == said).ok_or_else(|| fault(said))?;
            Ok(format!("Some({})", found.1))
        }
    };
    Ok(format!(
        "        Most {{ drug: {:?}, route: {:?}, mode: {}, rescue: {}, weekly: {}, form: {}, dose: {}, above: {}, source: {:?} }},\n",
        said(row, "drug")?,
        said(row, "route")?,
        word("mode", &[("push", "Mode::Push"), ("short", "Mode::Short"), ("long", "Mode::Long")])?,
        row.get("rescue").and_then(Value::as_bool).unwrap_or(false),
        row.get("weekly").and_then(Value::as_bool).unwrap_or(false),
        word("form", &[("tablets", "Solid::Tablets"), ("capsules", "Solid::Capsules")])?,
        dose(said(row, "dose")?)?,
        word("above", &[("confirm", "Above::Confirm"), ("block", "Above::Block")])?,
        said(row, "source")?,
    ))
}

/// `400 mg/m2`
fn dose(text: &str) -> Written {
    let (value, unit) = text.split_once(' ').ok_or_else(|| fault(text))?;
    let (unit, basis) = unit.split_once('/').unwrap_or((unit, ""));
    let units = [("mcg", "Mcg"), ("mg", "Mg"), ("g", "G"), ("units", "Units")];
    let bases = [("", "Flat"), ("m2", "PerM2"), ("kg", "PerKg")];
    let of = |words: &[(&str, &'static str)], said| {
        words.iter().find(|(word, _)| *word == said).map(|(_, name)| *name).ok_or_else(|| fault(text))
    };
    let (unit, basis) = (of(&units, unit)?, of(&bases, basis)?);
    Ok(format!("ProtocolDose {{ value: {}, unit: DoseUnit::{unit}, basis: Basis::{basis} }}", figure(value)?))
}

/// `src/plausibility/growth.csv`.
pub fn growth(text: &str) -> Written {
    let mut code = String::from("static ROWS: &[Row] = &[\n");
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, measure, sex, months, lms @ ..] = cells.as_slice() else { return Err(fault(line)) };
        let measure = match *measure {
            "height" => "Height",
            "weight" => "Weight",
            "bmi" => "Bmi",
            other => return Err(fault(other)),
        };
        let sex = match *sex {
            "female" => "Female",
            "male" => "Male",
            other => return Err(fault(other)),
        };
        let lms = lms.iter().map(|cell| figure(cell)).collect::<io::Result<Vec<_>>>()?.join(", ");
        let months = figure(months)?;
        code +=
            &format!("    Row {{ measure: Measure::{measure}, sex: Sex::{sex}, months: {months}, lms: [{lms}] }},\n");
    }
    Ok(code + "];\n")
}

/// `src/present/tall_man.toml`.
pub fn tall_man(text: &str) -> Written {
    let table = read(text)?;
    let names = list(&table, "names")?.iter().map(|name| text_of(name, "names"));
    Ok(format!("static NAMES: &[&str] = &{:?};\n", names.collect::<io::Result<Vec<_>>>()?))
}

/// What is written in words stays as it is; everything else is a figure.
fn field(name: &str, text: &str, optional: bool) -> Written {
    Ok(match name {
        "quantity" | "unit" | "code" | "source" => format!("{name}: {text:?}"),
        _ if optional => format!("{name}: Some({})", figure(text)?),
        _ => format!("{name}: {}", figure(text)?),
    })
}

/// A decimal figure, exact: `-1.5`.
fn figure(text: &str) -> Written {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = !whole.is_empty() && whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit());
    let value: u128 = format!("{whole}{part}").parse().map_err(|_| fault(text))?;
    if !plain || digits.ends_with('.') || value >> 96 != 0 || part.len() > 28 {
        return Err(fault(text));
    }
    let word = |shift: u32| (value >> shift) & u128::from(u32::MAX);
    let (low, middle, high) = (word(0), word(32), word(64));
    let (low, middle, high) = (literal(low), literal(middle), literal(high));
    Ok(format!("Decimal::from_parts({low}, {middle}, {high}, {negative}, {})", part.len()))
}

/// `1_295_960_857`
fn literal(value: u128) -> String {
    let digits = value.to_string();
    let separated = digits.char_indices().flat_map(|(at, digit)| {
        let first = at > 0 && (digits.len() - at).is_multiple_of(3);
        first.then_some('_').into_iter().chain([digit])
    });
    separated.collect()
}

fn read(text: &str) -> io::Result<Table> {
    text.parse().map_err(io::Error::other)
}

fn list<'t>(table: &'t Table, key: &str) -> io::Result<&'t [Value]> {
    table.get(key).and_then(Value::as_array).map(Vec::as_slice).ok_or_else(|| fault(key))
}

fn said<'t>(table: &'t Table, key: &str) -> io::Result<&'t str> {
    text_of(table.get(key).ok_or_else(|| fault(key))?, key)
}

fn text_of<'t>(value: &'t Value, key: &str) -> io::Result<&'t str> {
    value.as_str().ok_or_else(|| fault(key))
}

fn fault(what: &str) -> io::Error {
    io::Error::other(format!("a table of figures cannot be read at \"{what}\""))
}
