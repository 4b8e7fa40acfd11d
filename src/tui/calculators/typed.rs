//! What is typed, read: each field by the reader that the command line has for it.

use crate::calculator::carboplatin::USUAL_CAP;
use crate::calculator::dates::{Added, Room};
use crate::calculator::dose::{To, read_vial};
use crate::calculator::{Asked, Surface};
use crate::calendar::{self, Date};
use crate::formula::Inputs;
use crate::quantity::{Creatinine, Decimal, ProtocolDose, Weight, number};
use crate::regimen::Vial;
use crate::subject::{Subject, Value};
use crate::tui::confirming::{self, ToConfirm};
use crate::tui::form_field::{Field, FieldId, Figure};
use crate::tui::when;

/// Everything that could be read.
pub(super) struct Typed {
    /// The body, and what is asked of it.
    pub(super) asked: Asked,
    /// Whether the age is below two years.
    pub(super) young: bool,
    /// A dose of a protocol.
    pub(super) dose: Option<ProtocolDose>,
    /// To what it is rounded.
    pub(super) to: Option<To>,
    /// What is in one vial.
    pub(super) vial: Option<Vial>,
    /// A date.
    pub(super) date: Option<Date>,
    /// How much later.
    pub(super) add: Option<Added>,
    /// Another date.
    pub(super) until: Option<Date>,
    /// The window.
    pub(super) window: Option<Room>,
}

/// Reads every field; what is wrong with one stands beside it.
pub(super) fn read(fields: &mut [Field], to_confirm: &[ToConfirm], today: Date) -> Typed {
    let asked = Asked { cap: Some(USUAL_CAP), ..Asked::default() };
    let (dose, to, vial, date, add, until, window) = (None, None, None, None, None, None, None);
    let mut typed = Typed { asked, young: false, dose, to, vial, date, add, until, window };
    let mut subject = Subject::default();
    for field in fields.iter_mut() {
        (field.echo, field.fault) = (None, None);
        if field.text.text.trim().is_empty() {
            continue;
        }
        let read = match field.id {
            FieldId::Fact(fact) => field.read(fact, today).map(|value| {
                field.echo = other_system(&value).or(field.echo.take());
                subject.set(value);
            }),
            FieldId::Figure(figure) => typed.take(figure, field, today),
            FieldId::Cycles | FieldId::Again(_) | FieldId::Second | FieldId::SecondDose | FieldId::Why => Ok(()),
        };
        field.fault = read.err();
    }
    typed.young = subject.age_on(today).is_some_and(|age| age.value() < Decimal::TWO);
    typed.asked.answered = confirming::answered(fields, to_confirm, &subject, today);
    let age = subject.age_on(today);
    let Subject { height, weight, sex, creatinine, gfr, corrected_age, .. } = subject;
    typed.asked.corrected_age = corrected_age;
    typed.asked.inputs = Inputs { height, weight, sex, age, creatinine, gfr, ..typed.asked.inputs };
    typed
}

/// The figure in the other of the two systems that are in use.
fn other_system(value: &Value) -> Option<String> {
    match value {
        Value::Height(height) => height.in_feet().map(|feet| format!("{} = {feet}", height.kept())),
        Value::Weight(weight) => weight.in_pounds().map(|pounds| format!("{} = {pounds}", weight.kept())),
        Value::Creatinine(creatinine) => creatinine.in_other_unit().map(|other| format!("{creatinine} = {other}")),
        _ => None,
    }
}

impl Typed {
    fn take(&mut self, figure: Figure, field: &mut Field, today: Date) -> Result<(), String> {
        let text = field.text.text.trim();
        let told = |error: crate::quantity::QuantityError| error.to_string();
        let inputs = &mut self.asked.inputs;
        match figure {
            Figure::Surface => self.asked.surface = Some(Surface::read(text).map_err(told)?),
            Figure::Target => inputs.target_auc = Some(number::parse(text).map_err(told)?),
            Figure::Factor => inputs.factor = Some(number::parse(text).map_err(told)?),
            Figure::Ideal => inputs.ideal = Some(Weight::read(text).map_err(told)?),
            Figure::Floor => self.asked.floor = Some(Creatinine::read(text).map_err(told)?),
            Figure::Cap if text.eq_ignore_ascii_case("none") => self.asked.cap = None,
            Figure::Cap => self.asked.cap = Some(number::parse(text).map_err(told)?),
            Figure::Dose => self.dose = Some(ProtocolDose::read(text).map_err(told)?),
            Figure::Step => self.to = Some(To::read(text).map_err(told)?),
            Figure::Vial => self.vial = Some(read_vial(text).map_err(told)?),
            Figure::Date | Figure::Until => {
                let date = calendar::typed(text, today).map_err(told)?;
                field.echo = Some(when::echo(date, today));
                *(if figure == Figure::Date { &mut self.date } else { &mut self.until }) = Some(date);
            }
            Figure::Add => {
                let added = Added::read(text).map_err(told)?;
                field.echo = Some(added.to_string());
                self.add = Some(added);
            }
            Figure::Window => {
                let room = Room::read(text).map_err(told)?;
                field.echo = Some(format!(
                    "{} early, {} late",
                    number::count(room.early.unsigned_abs(), "day"),
                    number::count(room.late.unsigned_abs(), "day")
                ));
                self.window = Some(room);
            }
        }
        Ok(())
    }
}
