//! The one integration-test binary: a module a topic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on must stop
#![allow(unreachable_pub)] // shared helpers live in one module of this binary

mod architecture;
mod calculator;
mod checker;
mod cli_advise;
mod cli_calc;
mod cli_plan;
mod clinic;
mod dose_tables;
mod export_all;
mod export_fhir;
mod export_ics;
mod export_pdf;
mod export_print;
mod export_reading;
mod export_sample;
mod export_save;
mod export_sheets;
mod export_tables;
mod format_page;
mod formula;
mod fuzz_bodies;
mod fuzzed;
mod lab_axis;
mod lifetime;
mod mutations;
mod plan_dates;
mod plan_doses;
mod plausibility;
mod program;
mod quantity;
mod readme;
mod record;
mod record_commands;
mod regimen_approve;
mod regimen_diff;
mod regimen_page;
mod rows;
mod rule_advice;
mod rules;
mod schedules;
mod shipped_regimens;
mod store_command;
mod store_damage;
mod store_kill;
mod store_record;
mod story;
mod support;
mod trial_parts;
mod tui;
mod tui_record;
mod tui_terminal;
mod vectors;
