//! Posology: a regimen in TOML, a height and a weight in; every dated dose and how it came about out.
//!
//! ```text
//! regimen.toml ──parse──▶ Definition ──resolve──▶ Regimen ─┐
//!             (as typed, with places)  (cannot be wrong)   ├──plan──▶ Plan ──▶ rows ──▶ screen, command line, files
//! entries ─────fold──────────────────────────▶ Course ─────┘
//!             (measured, given, held …)  (known of one subject)
//! ```
//!
//! Where to start:
//!
//! * [`checker::check`] makes a [`regimen::Regimen`] of a text and reports everything that is wrong with it.
//! * [`course::Course`] is what is known of one subject; [`course::fold()`] makes it of what was recorded.
//! * [`plan::plan`] makes every dated dose of the two, each dose through [`dosing`], each figure through [`formula`].
//! * [`present`] turns a plan into the rows that every output shares: [`tui`], [`cli`], [`export`].
//! * [`decide`] answers what somebody wants to record; [`store`] keeps it.
//!
//! ```
//! use posology::calendar::{self, Site};
//! use posology::course::Course;
//! use posology::quantity::{Height, Weight};
//! use posology::subject::Subject;
//! use posology::{checker, plan};
//!
//! let text = include_str!("../regimens/npc-liposomal-irinotecan-nituzumab.toml");
//! let regimen = checker::check(text.as_bytes(), &Site::default()).regimen.unwrap();
//! let (height, weight) = (Height::read("170").ok(), Weight::read("65").ok());
//! let course = Course::new(calendar::read("2026-12-07").unwrap(), Subject { height, weight, ..Subject::default() });
//!
//! let plan = plan::plan(&regimen, &course, &Site::default(), plan::Options::default()).unwrap();
//! let first = &plan.administrations[0];
//! assert_eq!(first.dose.amount.to_string(), "123 mg"); // 70 mg/m² × 1.75 m², to the nearest 1 mg
//! let last = plan.administrations.last().unwrap();
//! assert_eq!(calendar::with_weekday(last.date), "Mon 15-Mar-2027");
//! ```
//!
//! Which room may use which is listed in `tests/it/architecture.toml`. The rooms without the feature `app` ask no clock,
//! no disk and no environment. The way of a height to a printed dose, where a change goes, and what holds in each room:
//! `docs/architecture.md`.

pub mod advice;
pub mod calculator;
pub mod calendar;
pub mod checker;
pub mod course;
pub mod decide;
pub mod dosing;
#[cfg(feature = "app")]
pub mod event_codec;
#[cfg(feature = "app")]
pub mod export;
pub mod finding;
pub mod format;
pub mod formula;
pub mod ledger;
#[cfg(feature = "app")]
pub mod library;
pub mod plan;
pub mod plausibility;
pub mod present;
pub mod quantity;
pub mod regimen;
pub mod study;
pub mod subject;
#[cfg(feature = "app")]
pub mod tui;
pub mod verify;
pub mod writing;

#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
pub mod clock;
#[cfg(feature = "app")]
pub mod failure;
#[cfg(feature = "app")]
pub mod settings;
#[cfg(feature = "app")]
pub mod store;
#[cfg(feature = "app")]
pub mod subjects;
