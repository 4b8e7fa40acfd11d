//! A regimen file in another order, written out.

use toml::{Table, Value};

/// Figures that look random and are the same every time.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// The same regimen with everything in another order whose order means nothing.
pub fn shuffled(table: &Table, chance: &mut Chance) -> Table {
    let mut table = table.clone();
    drugs(&mut table, chance);
    for phase in list(&mut table, "phase") {
        drugs(phase.as_table_mut().unwrap(), chance);
    }
    for rule in list(&mut table, "rule") {
        chance.shuffle(list(rule.as_table_mut().unwrap(), "rows"));
    }
    for key in ["cohort", "rule", "criterion", "assessment", "lifetime", "source"] {
        chance.shuffle(list(&mut table, key));
    }
    if let Some(Value::Table(eligibility)) = table.get_mut("eligibility") {
        chance.shuffle(list(eligibility, "other"));
    }
    table
}

fn drugs(table: &mut Table, chance: &mut Chance) {
    for drug in list(table, "drug") {
        let drug = drug.as_table_mut().unwrap();
        chance.shuffle(list(drug, "table"));
        chance.shuffle(list(drug, "cohorts"));
    }
    chance.shuffle(list(table, "drug"));
}

/// The list under a key; an empty one where there is none.
fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut [Value] {
    match table.get_mut(key) {
        Some(Value::Array(list)) => list,
        _ => &mut [],
    }
}

/// The text of a file: top tables by themselves, everything within them on one line each.
pub fn written(table: &Table) -> String {
    let mut text = String::new();
    for (key, value) in table {
        if !matches!(value, Value::Table(_)) && !is_tables(value) {
            text.push_str(&format!("{key} = {}\n", inline(value)));
        }
    }
    for (key, value) in table {
        match value {
            Value::Table(table) => text.push_str(&format!("[{key}]\n{}", lines(table))),
            Value::Array(list) if is_tables(value) => {
                let tables = list.iter().filter_map(Value::as_table);
                tables.for_each(|table| text.push_str(&format!("[[{key}]]\n{}", lines(table))));
            }
            _ => {}
        }
    }
    text
}

fn is_tables(value: &Value) -> bool {
    value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_table))
}

fn lines(table: &Table) -> String {
    table.iter().fold(String::new(), |text, (key, value)| text + &format!("{} = {}\n", quoted(key), inline(value)))
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let pairs = table.iter().map(|(key, value)| format!("{} = {}", quoted(key), inline(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(date) => date.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}
