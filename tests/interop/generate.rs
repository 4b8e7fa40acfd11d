//! Writes the files that the third-party checkers read: every format over shipped regimens and over the
//! worst of texts, and beside each what it holds, as plain JSON made from the rows themselves.
//!
//! `cargo run --example interop -- FOLDER`

#![allow(clippy::disallowed_methods, reason = "writes the files to be checked")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a generator that cannot go on must stop
#![allow(dead_code)] // the schedules are shared with the tests

#[path = "../it/schedules.rs"]
mod schedules;

use std::path::Path;

use posology::calendar::{Clock, Moment, iso, plus_days, read, weekday};
use posology::course::event::{Before, SupplyAct};
use posology::course::fold::EntryStatus;
use posology::course::{Key, Product};
use posology::export::{FORMATS, Options, expand, ics};
use posology::ledger::{DrugLedger, Intensity, Ledger};
use posology::present::{
    DiscontinuedRow, DoseRow, Facts, GivenRow, HistoryRow, LeftOut, Occasion, PlannedRow, PreparationRow, ReasonRow,
    Recorded, Schedule, SupplyRow,
};
use posology::quantity::number::plain;
use posology::quantity::unit::DoseUnit;
use posology::quantity::{Amount, Decimal, Portion, ProtocolDose};
use posology::regimen::{HalfDay, Role, marks_words};
use serde_json::{Value, json};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = Path::new(&folder);
    let formats: Vec<String> = FORMATS.iter().map(|format| format!("{} {}\n", format.id, format.extension)).collect();
    std::fs::write(folder.join("formats.txt"), formats.concat()).unwrap();
    for id in ["npc-liposomal-irinotecan-nituzumab", "gi-mfolfox6", "gi-xelox", "heme-rchop21", "heme-7plus3"] {
        write(&folder.join(id), &schedules::shipped(id));
    }
    write(&folder.join("nasty"), &schedules::nasty());
    write(&folder.join("recorded"), &recorded());
    write(&folder.join("timed"), &schedules::at("gi-xelox", &Clock::read("23:30").unwrap()));
}

/// A course under way, as a record holds it: of the first cycle one dose given in part a day late, one omitted, the rest
/// given; one drug reduced from the second cycle; one dose on hold.
fn recorded() -> Schedule {
    let mut schedule = schedules::shipped("gi-mfolfox6");
    let recorded = |entry| Some(Recorded { entry, by: "A.B.".to_owned(), at: "2026-12-08T10:00:00Z".to_owned() });
    for (dose, entry) in schedule.doses.iter_mut().zip(2u64..) {
        let Facts::Planned { mut planned, .. } = dose.facts.clone() else { continue };
        match (dose.cycle, dose.id.as_str()) {
            (1, "folinic-acid") => {
                dose.facts = Facts::Planned { planned, left_out: Some(LeftOut::Omitted) };
                (dose.reason, dose.recorded) = (Some("out of stock".to_owned()), recorded(entry));
            }
            (1, id) => {
                let mut at = planned.at.clone();
                let incomplete = id == "oxaliplatin";
                if incomplete {
                    // 90 of 149 mg, a day late.
                    let amount = Amount { value: 90.into(), ..at.portion.amount };
                    (at.portion, at.total) = (Portion::once(amount), Some(amount));
                    at.date = plus_days(at.date, 1).unwrap();
                    dose.reason = Some("infusion reaction".to_owned());
                }
                let given = GivenRow { at, incomplete, missed: 0, days_late: Some(i32::from(incomplete)) };
                dose.facts = Facts::Given { planned: Some(planned), given };
                dose.recorded = recorded(entry);
                if incomplete {
                    dose.used = used("1023", "AB1234");
                }
            }
            (2, "fluorouracil-bolus") => {
                dose.facts = Facts::Planned { planned, left_out: Some(LeftOut::Held) };
                (dose.reason, dose.recorded) = (Some("neutrophils 0.8".to_owned()), recorded(entry));
            }
            // 65 mg/m² × 1.75 m² = 113.75 mg
            (_, "oxaliplatin") => {
                let of = |value: Decimal| Amount { value, ..planned.at.portion.amount };
                (planned.level, planned.calculated) = (-1, of(Decimal::new(11_375, 2)));
                planned.per = ProtocolDose { value: 65.into(), ..planned.per };
                (planned.at.portion, planned.at.total) = (Portion::once(of(114.into())), Some(of(114.into())));
                dose.facts = Facts::Planned { planned, left_out: None };
            }
            _ => {}
        }
    }
    schedule.doses.sort_by_key(DoseRow::date);
    told_beside(&mut schedule);
    let why = "neuropathy grade 2".to_owned();
    let what = "dose level -1".to_owned();
    let reduced = ReasonRow { phase: None, cycle: 2, drug: Some("oxaliplatin".to_owned()), what, why };
    let (what, why) = ("delayed by 7 days".to_owned(), "neutrophils 0.9".to_owned());
    let delayed = ReasonRow { phase: None, cycle: 3, drug: None, what, why };
    for dose in &mut schedule.doses {
        dose.changed.extend(Some(&reduced).filter(|one| dose.cycle >= one.cycle && dose.id == "oxaliplatin").cloned());
        dose.changed.extend(Some(&delayed).filter(|one| dose.cycle == one.cycle).cloned());
    }
    schedule.sheets.reasons = vec![reduced, delayed];
    schedule
}

fn used(kit: &str, lot: &str) -> Product {
    Product { kit: Some(kit.to_owned()), lot: Some(lot.to_owned()) }
}

/// What a record says beside the doses: entries, home doses, the end of treatment, the dose intensity.
fn told_beside(schedule: &mut Schedule) {
    let by = |entry| Recorded { entry, by: "A.B.".to_owned(), at: "2026-12-08T10:00:00Z".to_owned() };
    let on = read("2026-12-08").unwrap();
    let given = HistoryRow {
        recorded: by(3),
        date: on,
        kind: "given",
        about: Some("C1D1 oxaliplatin, 90 mg".to_owned()),
        of: None,
        reason: Some("infusion reaction".to_owned()),
        answers: vec![("dose-differs".to_owned(), "stopped".to_owned())],
        status: EntryStatus::Holds,
    };
    let undone =
        HistoryRow { recorded: by(4), kind: "note", about: None, status: EntryStatus::UndoneBy(5), ..given.clone() };
    schedule.history = vec![given, undone];
    let key = Key { phase: None, cycle: 1, day: 1, drug: "capecitabine".to_owned(), part: None };
    let supply = |act, count, product| {
        let (key, reason, recorded) = (key.clone(), None, by(6));
        SupplyRow { key, date: on, act, count, product, reason, recorded }
    };
    let dispensed = supply(SupplyAct::Dispensed, 98, used("K-7", "C55"));
    schedule.supplies = vec![dispensed, supply(SupplyAct::Returned, 14, Product::default())];
    schedule.discontinued = Some(DiscontinuedRow {
        date: read("2027-04-01").unwrap(),
        reason: "disease progression".to_owned(),
        recorded: Some(by(7)),
    });
    // 90 of 148.75 mg in the planned time.
    let mg = |value: Decimal| Some(Amount { value, unit: DoseUnit::read("mg").unwrap() });
    let (planned, delivered) = (Decimal::new(14_875, 2), Decimal::from(90));
    let intensity = Intensity::of(delivered, planned, 14.into(), 14.into());
    let drug = DrugLedger {
        drug: "oxaliplatin".to_owned(),
        doses: 1,
        uncounted: 0,
        planned: mg(planned),
        delivered: mg(delivered),
        before: Some(Before::None),
        cumulative: mg(delivered),
        intensity,
    };
    let regimen = intensity.map(|intensity| intensity.relative);
    schedule.ledger = Some(Ledger { drugs: vec![drug], regimen, cycles: 1, planned_days: 14, actual_days: 14 });
}

/// The tables of a record, each row as it was made above: 90 ÷ 148.75 is 60.5042 %.
fn beside(schedule: &Schedule) -> Value {
    let status = |row: &HistoryRow| match row.status {
        EntryStatus::Holds => ("holds", None),
        EntryStatus::CorrectedBy(by) => ("corrected", Some(by)),
        EntryStatus::UndoneBy(by) => ("undone", Some(by)),
    };
    let history = schedule.history.iter().map(|row| {
        json!({
            "entry": row.recorded.entry, "date": iso(row.date), "kind": row.kind, "about": row.about, "refers_to": row.of,
            "reason": row.reason, "answers": "dose-differs: stopped", "recorded_by": row.recorded.by,
            "recorded_at": row.recorded.at, "status": status(row).0, "status_by": status(row).1,
        })
    });
    let home = schedule.supplies.iter().map(|row| {
        json!({
            "phase": row.key.phase, "cycle": row.key.cycle, "day": row.key.day, "drug_id": row.key.drug, "act": row.act.word(),
            "count": row.count, "kit": row.product.kit, "lot": row.product.lot, "date": iso(row.date), "reason": row.reason, "recorded_by": row.recorded.by,
            "recorded_at": row.recorded.at, "entry": row.recorded.entry,
        })
    });
    let intensity = json!([
        {
            "drug_id": "oxaliplatin", "doses": 1, "planned": "148.75", "delivered": "90", "unit": "mg", "received_before": "none",
            "cumulative": "90", "dose_percent": "60.5042", "time_percent": "100", "relative_percent": "60.5042", "cycles": null,
            "planned_days": null, "actual_days": null,
        },
        {
            "drug_id": null, "doses": null, "planned": null, "delivered": null, "unit": "", "received_before": null,
            "cumulative": null, "dose_percent": null, "time_percent": null, "relative_percent": "60.5042", "cycles": 1,
            "planned_days": 14, "actual_days": 14,
        },
    ]);
    json!({
        "history": history.collect::<Vec<_>>(), "home": home.collect::<Vec<_>>(),
        "intensity": if schedule.ledger.is_some() { intensity } else { json!([]) },
    })
}

/// What the checkers expect of a schedule: every row flat, each name once, made from the rows and by no exporter.
fn expected(schedule: &Schedule) -> Value {
    let (regimen, subject) = (&schedule.regimen, &schedule.subject);
    json!({
        "regimen": {
            "id": regimen.id, "version": regimen.version, "status": regimen.status.word(), "sha256": regimen.sha256,
            "name": regimen.name, "indication": regimen.indication, "note": regimen.note, "unverified": regimen.unverified, "unverified_words": regimen.unverified_words,
        },
        "ended": schedule.discontinued.is_some(),
        "discontinued": schedule.discontinued.as_ref().map(|ended| iso(ended.date)),
        "discontinued_reason": schedule.discontinued.as_ref().map(|ended| ended.reason.as_str()),
        "count": {"planned": schedule.count.planned, "words": schedule.count.words},
        "subject": {
            "height": (subject.height.map(|height| format!("{} cm", plain(height.value())))),
            "weight": (subject.weight.map(|weight| format!("{} kg", plain(weight.value())))),
            "bsa": (subject.bsa.map(|bsa| format!("{} m2", plain(bsa.value())))),
            "creatinine": subject.creatinine.map(|creatinine| creatinine.to_string()),
            "gfr": subject.gfr.is_some(),
            "sex": subject.sex.map(posology::quantity::Sex::written),
            "age": subject.age.map(|age| plain(age.value())),
            "measured": subject.measured.map(iso),
            "start": iso(subject.start),
        },
        "doses": schedule.doses.iter().map(dose).collect::<Vec<_>>(),
        "ends": schedule.ends.iter().map(|row| json!({
            "id": row.id, "phase": row.phase, "cycle": row.cycle, "day": row.day, "date": iso(row.date),
            "weekday": weekday(row.date), "visit": row.visit, "shown": row.shown, "certain": row.certain,
            "closed": row.closed,
        })).collect::<Vec<_>>(),
        "assessments": schedule.assessments.iter().map(|row| json!({
            "name": row.name, "date": iso(row.date), "weekday": weekday(row.date),
            "earliest": row.window.map(|window| iso(window.earliest)),
            "latest": row.window.map(|window| iso(window.latest)),
            "cycle": row.cycle, "day": row.day, "moves": row.moves, "closed": row.closed, "marks": row.marks,
        })).collect::<Vec<_>>(),
        "findings": schedule.findings.iter().map(|finding| json!({
            "severity": finding.severity.word().to_lowercase(), "code": finding.code.name(), "text": finding.text,
            "help": finding.wanted(), "field": finding.field.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
        "continues": schedule.continues,
    })
}

/// One row of doses. `date`, `dose`, `total` and the run are as they stand; what is planned and what was given beside them.
fn dose(row: &DoseRow) -> Value {
    let (planned, given) = (row.planned(), row.given());
    let amount = |amount: Option<Amount>| amount.map(|amount| plain(amount.value));
    let portion = row.portion();
    let halves = row.run().and(portion.halves);
    let signed = |value: Decimal| if value > Decimal::ZERO { format!("+{}", plain(value)) } else { plain(value) };
    let mut flat = json!({
        "id": row.id, "phase": row.phase, "cycle": row.cycle, "day": row.day, "own_day": row.own_day,
        "part": row.part.map(|part| part.to_string()),
        "date": iso(row.date()), "weekday": weekday(row.date()),
        "planned_date": planned.map(|planned| iso(planned.at.date)),
        "planned_begins": planned.and_then(|planned| planned.at.begins).map(Moment::iso),
        "planned_ends": planned.and_then(|planned| planned.at.ends).map(Moment::iso),
        "given_begins": given.and_then(|given| given.at.begins).map(Moment::iso),
        "given_ends": given.and_then(|given| given.at.ends).map(Moment::iso),
        "earliest": row.window().map(|window| iso(window.earliest)),
        "latest": row.window().map(|window| iso(window.latest)),
        "given_date": given.map(|given| iso(given.at.date)),
        "days_late": given.and_then(|given| given.days_late), "incomplete": given.map(|given| given.incomplete),
        "missed": row.run().and(given).map(|given| given.missed),
        "state": row.state().word(), "reason": row.reason,
        "planned_reason": (!row.changed.is_empty())
            .then(|| row.changed.iter().map(|one| format!("{}: {}", one.what, one.why)).collect::<Vec<_>>().join("; ")),
        "recorded_by": row.recorded.as_ref().map(|recorded| recorded.by.as_str()),
        "recorded_at": row.recorded.as_ref().map(|recorded| recorded.at.as_str()),
        "entry": row.recorded.as_ref().map(|recorded| recorded.entry),
        "kit": row.used.kit, "lot": row.used.lot,
        "certain": row.certain, "drug": row.drug, "formulation": row.formulation, "product": row.product,
        "shown": row.shown,
        "apart": row.apart,
    });
    let more = json!({
        "role": match row.role {
            Role::Treatment => "treatment",
            Role::Premedication => "premedication",
            Role::Support => "support",
        },
        "route": row.route_words(), "place": row.place.word(),
        "over": row.over.as_ref().map(ToString::to_string), "over_minutes": row.over_minutes().map(plain),
        "when": row.when, "hours_after": row.hours_after.map(plain), "closed": row.closed, "note": row.note,
        "dose": halves.is_none().then(|| plain(portion.amount.value)), "unit": portion.amount.unit.written(),
        "unit_ucum": portion.amount.unit.ucum(), "dose_shown": portion.to_string(),
        "planned_dose": planned.and_then(|planned| amount(whole(&planned.at))),
        "planned_shown": planned.map(|planned| planned.at.portion.to_string()),
        "planned_total": planned.and_then(|planned| amount(planned.at.total)),
        "given_dose": given.and_then(|given| amount(whole(&given.at))),
        "given_total": given.and_then(|given| amount(given.at.total)),
        "weight": covariate(planned.and_then(|planned| planned.inputs.weight).map(|one| one.value.value())),
        "bsa": covariate(planned.and_then(|planned| planned.inputs.size.as_ref()).and_then(|size| size.bsa).map(posology::quantity::Bsa::value)),
        "total": amount(row.total()), "infusion_days": portion.days.map(plain),
        "planned_through": planned.and_then(|planned| planned.at.run.as_ref()).map(|run| iso(run.through)),
        "morning": amount(halves.map(|(morning, _)| morning)), "evening": amount(halves.map(|(_, evening)| evening)),
        "calculated": planned.map(|planned| plain(planned.calculated.value)),
        "uncapped": planned.and_then(|planned| amount(planned.uncapped)),
        "per": planned.map(|planned| planned.per.to_string()), "level": planned.map(|planned| planned.level),
        "percent": planned.and_then(|planned| planned.percent).map(plain),
        "loading": planned.map(|planned| planned.loading),
        "difference_percent": planned.and_then(|planned| planned.difference).map(signed),
        "volume_ml": planned.and_then(|planned| planned.preparation.drug).map(|volume| plain(volume.shown())),
        "volume_exact_ml": planned.and_then(|planned| planned.preparation.drug).map(|volume| plain(volume.value())),
        "vials": planned.and_then(|planned| planned.preparation.vials).map(|(count, _)| count),
        "supply": planned.and_then(PlannedRow::supply_words),
        "spread": planned.and_then(PlannedRow::spread_words), "measured": row.measured().map(iso),
        "working": row.working(), "marks": row.marks(), "marks_words": marks_words(row.marks()),
    });
    let halves = json!({
        "planned_administrations": planned.and_then(|planned| planned.at.run.as_ref()).map(|run| run.administrations),
        "given_administrations": given.and_then(|given| given.at.run.as_ref()).map(|run| run.administrations),
        "planned_morning": planned.and_then(|planned| amount(part(&planned.at, |(morning, _)| morning))),
        "planned_evening": planned.and_then(|planned| amount(part(&planned.at, |(_, evening)| evening))),
        "given_morning": given.and_then(|given| amount(part(&given.at, |(morning, _)| morning))),
        "given_evening": given.and_then(|given| amount(part(&given.at, |(_, evening)| evening))),
    });
    let run = row.run().map_or_else(
        || json!({}),
        |run| {
            json!({
                "from": iso(run.from), "through": iso(run.through), "through_day": run.through_day,
                "starts": run.starts.map(HalfDay::word), "ends": run.ends.map(HalfDay::word),
                "times_a_day": run.times_a_day, "administrations": run.administrations, "words": run.words(),
                "tablets": row.tablets().iter().map(|row| json!({
                    "strength": format!("{} {}", plain(row.strength.value), row.strength.unit), "count": row.count,
                    "form": row.form.word(1),
                })).collect::<Vec<_>>(),
            })
        },
    );
    for part in [more, halves, prepared(row), run] {
        if let (Value::Object(flat), Value::Object(part)) = (&mut flat, part) {
            flat.extend(part);
        }
    }
    flat
}

/// What is prepared for one administration.
fn prepared(row: &DoseRow) -> Value {
    let made = row.planned().map(|planned| &planned.preparation);
    json!({
        "bag_exact_ml": made.and_then(PreparationRow::in_all).map(|all| plain(all.value())),
        "in_1_ml_exact": made.and_then(PreparationRow::concentration).map(|one| plain(one.in_1_ml().value)),
        "ml_per_hour_exact": made.and_then(PreparationRow::rate).map(|rate| plain(rate.value())),
        "diluent": made.and_then(PreparationRow::fluid_words), "bag_ml": made.and_then(PreparationRow::in_all).map(|all| plain(all.shown())),
        "in_1_ml": made.and_then(PreparationRow::concentration).map(|one| plain(one.shown())), "limits": made.and_then(PreparationRow::limits_words),
        "ml_per_hour": made.and_then(PreparationRow::rate).map(|rate| plain(rate.shown())),
        "never_with": made.and_then(PreparationRow::never_words), "store": row.handling.store,
        "use_within": row.handling.use_within.map(|period| period.to_string()), "cytotoxic": row.handling.cytotoxic,
        "warn": row.warn,
    })
}

/// The dose of one administration, where there is one figure for it.
fn whole(at: &Occasion) -> Option<Amount> {
    (at.run.is_none() || at.portion.halves.is_none()).then_some(at.portion.amount)
}

/// The morning's or the evening's, where they differ.
fn part(at: &Occasion, of: fn((Amount, Amount)) -> Amount) -> Option<Amount> {
    at.run.as_ref().and(at.portion.halves).map(of)
}

fn covariate(value: Option<Decimal>) -> Option<String> {
    value.map(plain)
}

/// From which state of which record a subject's files are.
const STATE: &str = "Not verified by a second person; record 0123456789ab of 5 events, head ba9876543210";

/// `FOLDER/ID.EXTENSION` for every format, and `expected.json`.
fn write(folder: &Path, schedule: &Schedule) {
    std::fs::create_dir_all(folder).unwrap();
    let letter = folder.ends_with("recorded");
    let mut options = Options { show_drugs: true, working: true, letter, ..schedules::options() };
    options.print.verification = letter.then(|| STATE.to_owned());
    for format in FORMATS {
        let bytes = match format.bytes(schedule, &options) {
            Ok(bytes) => bytes,
            // Scripts that the fonts of the PDF do not draw right are refused; the same page as HTML has them.
            Err(error) if error.to_string().contains("cannot draw these letters") => continue,
            Err(error) => panic!("{}: {error}", format.id),
        };
        std::fs::write(folder.join(format!("{}.{}", format.id, format.extension)), bytes).unwrap();
    }
    let save = |name: &str, value: &serde_json::Value| std::fs::write(folder.join(name), value.to_string()).unwrap();
    let mut all = expected(schedule);
    if let (Value::Object(all), Value::Object(beside)) = (&mut all, beside(schedule)) {
        all.extend(beside);
        all.insert("verification".to_owned(), json!(options.print.verification));
    }
    save("expected.json", &all);
    save("expanded.json", &expected(&expand(schedule)));
    let split = folder.join("split");
    std::fs::create_dir_all(&split).unwrap();
    for (name, bytes) in ics::split(schedule, &options).unwrap() {
        std::fs::write(split.join(name), bytes).unwrap();
    }
    updated(folder, schedule, &options);
}

/// The calendar after a visit was moved by a day and another was dropped.
fn updated(folder: &Path, schedule: &Schedule, options: &Options) {
    let ics = posology::export::format("ics").unwrap();
    let mut changed = schedule.clone();
    let [moved, dropped] = two_visits(schedule);
    changed.doses.retain(|row| visit(row) != dropped);
    for row in changed.doses.iter_mut().filter(|row| visit(row) == moved) {
        let Facts::Planned { planned, .. } = &mut row.facts else { panic!("{} was given", row.id) };
        planned.at.date = plus_days(planned.at.date, 1).unwrap();
        (planned.at.begins, planned.at.ends) = (None, None);
    }
    let later = Options {
        previous: Some(ics.bytes(schedule, options).unwrap()),
        generated: "2026-12-01T10:00:00Z".to_owned(),
        ..options.clone()
    };
    std::fs::write(folder.join("updated.ics"), ics.bytes(&changed, &later).unwrap()).unwrap();
}

/// A visit, but for its day.
type Visit = (Option<String>, u32, i32, bool);

fn visit(row: &DoseRow) -> Visit {
    (row.phase.clone(), row.cycle, row.day, row.run().is_some())
}

/// The last two visits at which doses are planned and nothing else is done.
fn two_visits(schedule: &Schedule) -> [Visit; 2] {
    let others: Vec<_> =
        schedule.ends.iter().map(|row| row.date).chain(schedule.assessments.iter().map(|row| row.date)).collect();
    let alone = |row: &&DoseRow| {
        let again = |day: i32| !others.contains(&plus_days(row.date(), day).unwrap());
        row.run().is_none() && row.given().is_none() && again(0) && again(1)
    };
    let mut found: Vec<Visit> = schedule.doses.iter().rev().filter(alone).map(visit).collect();
    found.dedup();
    let mut last = found.into_iter();
    [last.next().unwrap(), last.next().unwrap()]
}
