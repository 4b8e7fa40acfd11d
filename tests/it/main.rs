//! The one integration-test binary: a module a topic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on must stop
#![allow(unreachable_pub)] // shared helpers live in one module of this binary

mod architecture;
mod calculator;
mod checker;
mod export_all;
mod export_ics;
mod export_reading;
mod export_tables;
mod formula;
mod plan_dates;
mod plan_doses;
mod plausibility;
mod quantity;
mod rules;
mod schedules;
mod shipped_regimens;
mod store_command;
mod store_damage;
mod store_kill;
mod store_record;
mod support;
mod vectors;
