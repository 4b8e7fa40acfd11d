//! A reader for our own comma-separated files: quoted fields with doubled quotes, one row a line.

use rust_decimal::Decimal;

use crate::quantity::{Age, Bsa, Creatinine, Height, Sex, Weight, lab::CreatinineUnit};

/// A file.
pub(super) struct Table {
    /// The names of the columns.
    pub(super) columns: Vec<String>,
    /// The rows below the header.
    pub(super) rows: Vec<Row>,
}

/// A row.
pub(super) struct Row {
    /// Its line in the file, the header being line 1.
    pub(super) line: usize,
    cells: Vec<(String, String)>,
    fields: usize,
}

impl Table {
    pub(super) fn read(text: &str) -> Self {
        let mut lines = text.lines().zip(1_usize..).filter(|(line, _)| !line.is_empty());
        let columns = lines.next().map(|(line, _)| split(line)).unwrap_or_default();
        let row = |(text, line): (&str, usize)| {
            let fields = split(text);
            Row { line, fields: fields.len(), cells: columns.iter().cloned().zip(fields).collect() }
        };
        let rows = lines.map(row).collect();
        Self { columns, rows }
    }
}

fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                push(&mut fields, '"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => push(&mut fields, other),
        }
    }
    fields
}

fn push(fields: &mut [String], character: char) {
    if let Some(last) = fields.last_mut() {
        last.push(character);
    }
}

/// Pounds to kilograms and inches to centimetres, exactly as the program reads them.
const INCH: Decimal = Decimal::from_parts(254, 0, 0, false, 2);

impl Row {
    /// A malformed row must not pass for a short one.
    pub(super) fn whole(&self, table: &Table) -> Result<(), String> {
        let wanted = table.columns.len();
        if self.fields == wanted { Ok(()) } else { Err(format!("the row has {} fields, not {wanted}", self.fields)) }
    }

    /// A cell's text; empty when the file has no such column.
    pub(super) fn text(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell.as_str())
    }

    /// A cell's number, where it is not empty.
    pub(super) fn number(&self, column: &str) -> Result<Option<Decimal>, String> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let read = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text));
        read.map(Some).map_err(|_| format!("{column} \"{text}\" is not a number"))
    }

    /// A cell's number.
    pub(super) fn needed(&self, column: &str) -> Result<Decimal, String> {
        self.number(column)?.ok_or_else(|| format!("{column} is empty"))
    }

    /// The cells before the expected figure, for a report.
    pub(super) fn inputs(&self) -> String {
        let given = self.cells.iter().skip(1).take_while(|(name, _)| !name.starts_with("expected"));
        let given = given.filter(|(_, cell)| !cell.is_empty());
        given.map(|(name, cell)| format!("{name} {cell}")).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn height(&self) -> Result<Option<Height>, String> {
        let inches = self.number("height_in")?.and_then(|inches| inches.checked_mul(INCH));
        Ok(self.number("height_cm")?.or(inches).map(Height::new))
    }

    pub(super) fn weight(&self) -> Result<Option<Weight>, String> {
        let pounds = self.number("weight_lb")?;
        let pounds = pounds.and_then(|pounds| pounds.checked_mul(crate::quantity::size::KG_PER_POUND));
        Ok(self.number("weight_kg")?.or(pounds).map(Weight::new))
    }

    pub(super) fn age(&self) -> Result<Option<Age>, String> {
        Ok(self.number("age_y")?.map(Age::new))
    }

    pub(super) fn bsa(&self) -> Result<Option<Bsa>, String> {
        Ok(self.number("bsa_m2")?.map(Bsa::new))
    }

    pub(super) fn sex(&self) -> Result<Option<Sex>, String> {
        match self.text("sex") {
            "" => Ok(None),
            text => Sex::read(text).map(Some).map_err(|error| error.to_string()),
        }
    }

    /// The creatinine, converted at the factor of the row's source.
    pub(super) fn creatinine(&self) -> Result<Option<Creatinine>, String> {
        let unit = match self.text("scr_unit") {
            "mg/dL" => CreatinineUnit::MgPerDl,
            "umol/L" => CreatinineUnit::UmolPerL,
            "" => return Ok(None),
            other => return Err(format!("the creatinine unit \"{other}\" is not known")),
        };
        let creatinine = Creatinine::new(self.needed("scr_value")?, unit);
        Ok(Some(self.number("umol_per_mgdl")?.map_or(creatinine, |factor| creatinine.with_factor(factor))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_hold_commas_and_doubled_quotes() {
        assert_eq!(split(r#"a,"b, ""c""",,d"#), ["a", r#"b, "c""#, "", "d"]);
    }

    #[test]
    fn a_row_with_a_field_too_few_is_noticed() {
        let table = Table::read("formula,x\na,1\nb\n");
        let whole: Vec<bool> = table.rows.iter().map(|row| row.whole(&table).is_ok()).collect();
        assert_eq!(whole, [true, false]);
    }
}
