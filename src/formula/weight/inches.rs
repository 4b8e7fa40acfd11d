//! The form of the ideal weights: a weight at 60 inches and so much for each inch above.

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, FormulaError, Inputs, dec};
use crate::quantity::Sex;

/// Centimetres in an inch, exactly.
const CM_PER_INCH: Decimal = dec(254, 2);
const SIXTY: Decimal = dec(60, 0);

/// For each sex the weight at 60 in and the weight of an inch.
pub(super) struct PerInch {
    pub(super) male: (Decimal, Decimal),
    pub(super) female: (Decimal, Decimal),
}

pub(super) fn over_sixty(name: &'static str, line: &PerInch, inputs: &Inputs) -> Result<Computed, FormulaError> {
    let height = inputs.height(name)?;
    let mut sheet = Sheet::new(name);
    let inches = inches_over_sixty(&mut sheet, height)?;
    weigh(sheet, name, line, inputs, inches)
}

/// The same, with everyone shorter than 60 in counted as 60 in.
pub(super) fn over_sixty_floored(
    name: &'static str,
    line: &PerInch,
    inputs: &Inputs,
) -> Result<Computed, FormulaError> {
    let height = inputs.height(name)?;
    let mut sheet = Sheet::new(name);
    let inches = inches_over_sixty(&mut sheet, height)?;
    let counted = match inches {
        short if short < Decimal::ZERO => {
            let put_in = format!("the larger of {} and 0", figure(short));
            sheet.step("inches counted", put_in, Some(Decimal::ZERO), "in")?
        }
        tall => tall,
    };
    weigh(sheet, name, line, inputs, counted)
}

fn inches_over_sixty(sheet: &mut Sheet, height: Decimal) -> Result<Decimal, FormulaError> {
    let put_in = format!("{} cm ÷ 2.54 − 60", figure(height));
    let inches = height.checked_div(CM_PER_INCH).and_then(|inches| inches.checked_sub(SIXTY));
    sheet.step("inches over 60", put_in, inches, "in")
}

fn weigh(
    mut sheet: Sheet,
    name: &'static str,
    line: &PerInch,
    inputs: &Inputs,
    inches: Decimal,
) -> Result<Computed, FormulaError> {
    let (base, each) = match inputs.sex(name)? {
        Sex::Male => line.male,
        Sex::Female => line.female,
    };
    let (sign, size) = if inches < Decimal::ZERO { ('−', -inches) } else { ('+', inches) };
    let put_in = format!("{} {sign} {} × {}", figure(base), figure(each), figure(size));
    let value = each.checked_mul(inches).and_then(|extra| extra.checked_add(base));
    sheet.step(format!("ideal body weight ({name})"), put_in, value, "kg")?;
    sheet.finish("a height this far below 60 in has no ideal weight by this formula")
}
