//! The facts of a subject as options: one of each, made from the table of facts, the same for every command.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::marker::PhantomData;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, FromArgMatches};

use crate::calendar::{self, Date};
use crate::clock;
use crate::failure::Failure;
use crate::formula::Inputs;
use crate::quantity::body::Reading;
use crate::quantity::{Age, Results};
use crate::subject::{Fact, Subject, Value, age_of};

use super::{output, read};

/// Which facts a command asks for.
pub(super) trait Asked {
    /// In the order of the help.
    const FACTS: &'static [Fact];
    /// Whether where a weight is from may be said without the weight, which is known already.
    const OF_KNOWN: bool = false;
}

/// All that an enrolment may hold.
#[derive(Debug, Clone)]
pub(super) struct Enrolment;

impl Asked for Enrolment {
    const FACTS: &'static [Fact] = Fact::ALL;
}

/// What an entry should have said.
#[derive(Debug, Clone)]
pub(super) struct Corrected;

impl Asked for Corrected {
    const FACTS: &'static [Fact] = Fact::ALL;
    const OF_KNOWN: bool = true;
}

/// What is measured again and again.
#[derive(Debug, Clone)]
pub(super) struct Measurement;

impl Asked for Measurement {
    const FACTS: &'static [Fact] = &[Fact::Height, Fact::Weight, Fact::Creatinine, Fact::Gfr, Fact::WeightFrom];
}

/// What a second person reads from the source, whatever the regimen needs of it.
#[derive(Debug, Clone)]
pub(super) struct FromSource;

impl Asked for FromSource {
    const FACTS: &'static [Fact] =
        &[Fact::Height, Fact::Weight, Fact::Creatinine, Fact::Gfr, Fact::Genotype, Fact::Lab];
}

/// What formulas of body size take.
#[derive(Debug, Clone)]
pub(super) struct Body;

impl Asked for Body {
    const FACTS: &'static [Fact] = &[Fact::Height, Fact::Weight, Fact::Sex, Fact::Age, Fact::CorrectedAge, Fact::Born];
}

/// What formulas of kidney function take.
#[derive(Debug, Clone)]
pub(super) struct Kidney;

impl Asked for Kidney {
    const FACTS: &'static [Fact] =
        &[Fact::Height, Fact::Weight, Fact::Sex, Fact::Age, Fact::CorrectedAge, Fact::Born, Fact::Creatinine];
}

/// A fact as typed.
#[derive(Debug, Clone)]
struct Typed {
    value: Value,
    converted: Option<String>,
}

/// The options of the facts that a command asks for.
#[derive(Debug, Clone)]
pub(super) struct Facts<A> {
    typed: Vec<Typed>,
    asked: PhantomData<A>,
}

/// What was typed, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Echo {
    /// Name and figure with its unit.
    pub(super) inputs: Vec<(&'static str, String)>,
    /// `5 ft 7 in is 170.18 cm`
    pub(super) converted: Vec<String>,
}

impl Echo {
    /// Notes an input and hands it back.
    pub(super) fn note<T: std::fmt::Display>(&mut self, name: &'static str, value: T) -> T {
        self.inputs.push((name, value.to_string()));
        value
    }

    /// `height 170.18 cm, weight 65 kg (5 ft 7 in is 170.18 cm)`
    pub(super) fn line(&self) -> String {
        let inputs: Vec<String> = self.inputs.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let inputs = inputs.join(", ");
        if self.converted.is_empty() { inputs } else { format!("{inputs} ({})", self.converted.join("; ")) }
    }
}

/// What is known, each fact once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Known {
    facts: BTreeMap<Fact, Value>,
}

/// A command line stands in the history of the shell, and in the list of processes for everybody.
const BORN: &str = "Date of birth: 1980-02-01 or 01-Feb-1980; used for the age, never stored or written. With - it is asked for on \
                    the terminal: what stands on the command line is kept by the shell, and others can read it";

fn argument(fact: Fact, name: &'static str) -> Arg {
    let parser = ValueParser::new(move |text: &str| -> Result<Typed, Box<dyn Error + Send + Sync>> {
        let typed =
            if fact == Fact::Born && text == "-" { output::ask("Date of birth (--born)")? } else { text.to_owned() };
        let reading = fact.read(&typed, read::today()?)?;
        Ok(Typed { value: reading.value, converted: reading.converted })
    });
    Arg::new(name).long(name).value_name(fact.described().placeholder).allow_negative_numbers(true).value_parser(parser)
}

impl<A: Asked> clap::Args for Facts<A> {
    fn augment_args(command: clap::Command) -> clap::Command {
        let mut command = command;
        for fact in A::FACTS.iter().copied() {
            let option = argument(fact, fact.name()).help(fact.described().help);
            command = command.arg(match fact {
                Fact::Lab => option.action(ArgAction::Append),
                Fact::Born => option.conflicts_with(Fact::Age.name()).long_help(BORN),
                // Before the day it was due, an age is written with a minus: -6w is no option.
                Fact::CorrectedAge => option.allow_hyphen_values(true),
                Fact::WeightFrom if !A::OF_KNOWN => option.requires(Fact::Weight.name()),
                _ => option,
            });
        }
        command
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl<A: Asked> FromArgMatches for Facts<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let all = |name: &str| matches.get_many::<Typed>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
        let typed = A::FACTS.iter().flat_map(|fact| all(fact.name())).collect();
        Ok(Self { typed, asked: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<A> Facts<A> {
    /// The same as the cells of a row say it; an error names the column.
    pub(super) fn of_cells<'c>(
        cells: impl Iterator<Item = (Fact, Cow<'c, str>)>,
        today: Date,
    ) -> Result<Self, Failure> {
        let typed = cells.map(|(fact, text)| {
            let reading = fact.read(&text, today).map_err(|error| read::unreadable(fact.name(), &error))?;
            Ok(Typed { value: reading.value, converted: reading.converted })
        });
        Ok(Self { typed: typed.collect::<Result<_, Failure>>()?, asked: PhantomData })
    }

    /// The same with these figures in the place of those that were typed.
    pub(super) fn with(&self, units: Vec<Reading<Value>>) -> Self {
        let is_new = |typed: &Typed| units.iter().any(|read| read.value.fact() == typed.value.fact());
        let mut typed: Vec<Typed> = self.typed.iter().filter(|typed| !is_new(typed)).cloned().collect();
        typed.extend(units.into_iter().map(|Reading { value, converted }| Typed { value, converted }));
        Self { typed, asked: PhantomData }
    }

    /// What was typed, each fact noted.
    pub(super) fn known(&self, echo: &mut Echo) -> Result<Known, Failure> {
        let mut facts: BTreeMap<Fact, Value> = BTreeMap::new();
        for Typed { value, converted } in &self.typed {
            let fact = value.fact();
            let prefix = if value.date().is_some() { format!("--{} ", fact.name()) } else { String::new() };
            echo.converted.extend(converted.iter().map(|text| format!("{prefix}{text}")));
            match (facts.get_mut(&fact), value) {
                (Some(Value::Lab(all)), Value::Lab(more)) => more_results(all, more)?,
                _ => drop(facts.insert(fact, value.clone())),
            }
        }
        for value in facts.values() {
            match (noted(value), value) {
                (Some(name), Value::Height(height)) => drop(echo.note(name, height.kept())),
                (Some(name), Value::Weight(weight)) => drop(echo.note(name, weight.kept())),
                (Some(name), value) => drop(echo.note(name, value)),
                (None, _) => {}
            }
        }
        Ok(Known { facts })
    }
}

/// The name under which a figure is echoed; of dates and words nothing is.
fn noted(value: &Value) -> Option<&'static str> {
    let figure = matches!(
        value,
        Value::Height(_)
            | Value::Weight(_)
            | Value::Sex(_)
            | Value::Age(_)
            | Value::CorrectedAge(_)
            | Value::Creatinine(_)
            | Value::Gfr(_)
    );
    figure.then(|| value.fact().described().noun)
}

fn more_results(all: &mut Results, more: &Results) -> Result<(), Failure> {
    let mut each = more.iter().cloned();
    each.try_for_each(|(name, measured)| all.add(name, measured)).map_err(|error| read::unreadable("--lab", &error))
}

impl Known {
    /// Every fact with its value.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.facts.values()
    }

    /// Day 1 of cycle 1.
    pub(super) fn start(&self) -> Option<Date> {
        self.facts.get(&Fact::Start).and_then(|value| if let Value::Start(date) = value { Some(*date) } else { None })
    }

    /// The subject so described.
    pub(super) fn subject(&self) -> Subject {
        let mut subject = Subject::default();
        self.values().cloned().for_each(|value| subject.set(value));
        subject
    }

    /// What a formula is given; of a date of birth the age today, which is noted.
    pub(super) fn inputs(&self, echo: &mut Echo) -> Result<Inputs, Failure> {
        let subject = self.subject();
        let age = match subject.born {
            Some(born) => Some(echo.note("age", years_since(born)?)),
            None => subject.age,
        };
        let Subject { height, weight, sex, creatinine, gfr, .. } = subject;
        Ok(Inputs { height, weight, sex, age, creatinine, gfr, ..Inputs::default() })
    }
}

fn years_since(born: Date) -> Result<Age, Failure> {
    let years = calendar::completed_years(born, clock::today());
    if years < 0 {
        return Err(Failure::refused(format!("--born {} lies in the future", calendar::print(born)))
            .hint("check the date of birth, or give the age: --age 46"));
    }
    Ok(age_of(born, clock::today()))
}
