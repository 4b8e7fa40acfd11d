//! Random courses over every shipped and corpus regimen: given late or in part, held, omitted, delayed, reduced, measured
//! again, moved, stopped. What holds of every plan must hold of theirs.
//!
//! `POSOLOGY_COURSES=10000 POSOLOGY_DIGESTS=file cargo test random_courses` writes a line of digests a course, so that two
//! versions of the planner can be compared; `POSOLOGY_COURSE=17` prints the plan of one course.

#![allow(clippy::print_stdout)] // what a comparison of two versions is read from
#![allow(clippy::disallowed_methods)] // the settings of this test are its own

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

use posology::calendar::{Date, days_between, plus_days};
use posology::checker;
use posology::course::{AdministrationRecord, Course, Delay, Extra, Key, Measurement, Part, Reduction};
use posology::finding::Finding;
use posology::plan::{self, Administration, AdministrationState, Options, Plan, PlannedCycle};
use posology::quantity::decimal::half_up;
use posology::quantity::{Amount, Creatinine, Decimal, Gfr, Height, Period, Portion, ProtocolDose, Weight};
use posology::regimen::{
    BeginsFrom, Clock, Days, HalfDay, Next, Omitted, Ramp, RampLength, Recalculate, Regimen, Spread,
};

use crate::support::site;

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn days(&mut self, from: i32, through: i32) -> i32 {
        from + i32::try_from(self.below(usize::try_from(through - from + 1).unwrap())).unwrap()
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

/// Every regimen that can be planned, in the order of the files' names; with a folder of further texts, those too.
fn regimens() -> Vec<Regimen> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut folders = vec![format!("{root}/regimens"), format!("{root}/tests/corpus/valid")];
    folders.extend(std::env::var("POSOLOGY_MORE"));
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort_by_key(|path| path.file_name().unwrap().to_owned());
    let read = |path| checker::check(&std::fs::read(path).unwrap(), &posology::calendar::Site::default()).regimen;
    paths.iter().filter_map(read).collect()
}

/// One regimen changed in something that the dates rest on.
fn varied(regimen: &Regimen, random: &mut Random) -> Regimen {
    let mut regimen = regimen.clone();
    for phase in &mut regimen.phases {
        let every = phase.cycle.length;
        for cycle in std::iter::once(&mut phase.cycle) {
            match random.below(12) {
                0 => cycle.next = Next::FromPlanned,
                1 => cycle.next = Next::FromActual,
                2 => cycle.count.omitted = Omitted::DoesNotCount,
                3 => cycle.count.omitted = Omitted::Unknown,
                4 => cycle.count.at_most = Some(Period::read("100 days").unwrap()),
                5 => cycle.length = random.days(every.max(7), every + 14),
                _ => {}
            }
        }
        if let Some(begins) = phase.begins.as_mut().filter(|_| random.once_in(3)) {
            let from = [BeginsFrom::LastDose, BeginsFrom::Day1, BeginsFrom::End];
            begins.from = *random.of(&from).unwrap();
        }
        for drug in &mut phase.drugs {
            match random.below(30) {
                0..=2 => drug.clock = Clock::Own,
                3 => drug.clock = Clock::WithCycle,
                4 => drug.stop_after = Some(Period::read("60 days").unwrap()),
                5 | 6 if drug.home => drug.days = Days::EveryDay,
                7 | 8 => drug.dosing.ramp = ramp(drug.home, random),
                9 if drug.home && drug.times == 2 => drug.starts = Some(HalfDay::Evening),
                10 if !drug.home && drug.hours.is_none() && drug.dosing.spread == Spread::Each => drug.times = 2,
                _ => {}
            }
        }
    }
    if let Some(body) = regimen.body.as_mut().filter(|_| random.once_in(3)) {
        let percent = Decimal::from(10);
        let rules = [
            Recalculate::EveryCycle,
            Recalculate::Never,
            Recalculate::Change { percent, reaching: true, last_used: random.once_in(2) },
        ];
        body.recalculate = *random.of(&rules).unwrap();
    }
    regimen
}

fn ramp(home: bool, random: &mut Random) -> Vec<Ramp> {
    let dose = ProtocolDose::read("1 mg").unwrap();
    let lasts = |random: &mut Random| match random.below(2) {
        0 => RampLength::Days(random.days(3, 24)),
        _ => RampLength::Doses(u32::try_from(random.days(1, if home { 20 } else { 3 })).unwrap()),
    };
    let next = (!home && random.once_in(2)).then_some((Some(2), Some(4)));
    (0..random.days(1, 3)).map(|_| Ramp { dose, lasts: lasts(random), next }).collect()
}

fn started(regimen: &Regimen, random: &mut Random) -> Option<Course> {
    let example = random.of(&regimen.examples)?;
    let mut course = posology::verify::course(example)?;
    if let Some(cohort) = random.of(&regimen.cohorts).filter(|_| random.once_in(2)) {
        course.subject.cohort = Some(cohort.id.clone());
    }
    if random.once_in(3) {
        course.subject.measured = plus_days(course.start, -random.days(0, 20));
    }
    if random.once_in(8) {
        course.enrolled = plus_days(course.start, -random.days(0, 20));
    }
    Some(course)
}

fn kilograms(course: &Course, random: &mut Random) -> Option<Weight> {
    let weight = course.subject.weight?.value();
    let percent = Decimal::from(random.days(80, 122));
    Weight::read(&format!("{} kg", half_up(weight * percent / Decimal::ONE_HUNDRED, 1))).ok()
}

/// Something happens: mostly to what is planned next, now and then to anything at all.
fn happens(regimen: &Regimen, course: &mut Course, plan: &Plan, random: &mut Random) {
    let open: Vec<&Administration> =
        plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected).collect();
    let Some(next) = open.get(if random.once_in(4) { random.below(open.len()) } else { 0 }) else { return };
    let late = if random.once_in(3) { random.days(-4, 12) } else { 0 };
    let cycle = (next.key.phase.clone(), next.key.cycle);
    let of_cycle = || open.iter().filter(|one| (&one.key.phase, one.key.cycle) == (&cycle.0, cycle.1));
    let drug = plan.drug_of(regimen, next).map_or_else(String::new, |drug| drug.id.clone());
    let reason = || "a reason".to_owned();
    match random.below(20) {
        0..=3 => {
            let day: Vec<_> = of_cycle().filter(|one| one.key.day == next.key.day).collect();
            for one in day {
                given(course, one, plus_days(one.date, late), random);
            }
        }
        4..=6 => {
            let late = plus_days(next.date, late);
            given(course, next, late, random);
        }
        7 => drop(course.recorded.insert(next.key.clone(), AdministrationRecord::Held(reason()))),
        8 => drop(course.recorded.insert(next.key.clone(), AdministrationRecord::Omitted(reason()))),
        9 | 10 => {
            let all = random.below(3);
            for one in of_cycle().filter(|one| all > 0 || one.key.day == next.key.day) {
                course.recorded.insert(one.key.clone(), AdministrationRecord::Omitted(reason()));
            }
        }
        11 | 12 => {
            let delay = Delay { days: random.days(-3, 21), reason: reason(), required: random.once_in(2) };
            course.delays.insert(cycle, delay);
        }
        13 => {
            let (level, percent) = match random.below(3) {
                0 => (Some(-1), None),
                1 => (Some(-2), None),
                _ => (None, Some(Decimal::from(75))),
            };
            course.reductions.push(Reduction { drug, from: cycle, level, percent, reason: reason() });
        }
        14 | 15 => measured(course, next.date, random),
        16 if random.once_in(2) => course.stopped = Some((next.date, reason())),
        17 => unplanned(course, next, random),
        _ => {
            for one in open.iter().take(random.below(30)) {
                course.recorded.insert(one.key.clone(), AdministrationRecord::Given { on: one.date, dose: None });
            }
        }
    }
}

fn given(course: &mut Course, one: &Administration, on: Option<Date>, random: &mut Random) {
    let Some(on) = on else { return };
    let part = |amount: Amount| Amount { value: amount.value * Decimal::new(5, 1), ..amount };
    let dose = match random.below(3) {
        0 => None,
        1 => Some(one.portion()),
        _ => Some(Portion::once(part(one.dose.amount))),
    };
    course.recorded.insert(one.key.clone(), AdministrationRecord::Given { on, dose });
}

fn measured(course: &mut Course, day: Date, random: &mut Random) {
    let Some(on) = plus_days(day, random.days(-10, 3)) else { return };
    let (weight, height) = (kilograms(course, random), course.subject.height.filter(|_| random.once_in(4)));
    let height = height.and_then(|height| Height::read(&format!("{} cm", height.value() + Decimal::ONE)).ok());
    let kidney = course.subject.creatinine.is_some() && random.once_in(2);
    let creatinine = Creatinine::read("1.1 mg/dL").ok().filter(|_| kidney);
    let gfr = Gfr::read("70 mL/min").ok().filter(|_| kidney && random.once_in(4));
    course.measurements.push(Measurement { on, height, weight, creatinine, gfr });
    course.measurements.sort_by_key(|one| one.on);
}

/// A dose on a day the regimen does not have, or a second one.
fn unplanned(course: &mut Course, next: &Administration, random: &mut Random) {
    let Some(on) = plus_days(next.date, random.days(-1, 2)) else { return };
    let dose = next.dose.amount;
    if random.once_in(2) {
        let key = Key { part: Some(Part::Again(2)), ..next.key.clone() };
        course.extra.push(Extra { key, on, dose });
    } else {
        let key = Key { day: next.key.day + 1, ..next.key.clone() };
        course.recorded.insert(key, AdministrationRecord::Given { on, dose: Some(Portion::once(dose)) });
    }
}

/// A course of some length, with every plan on the way.
fn lived(
    regimens: &[Regimen],
    seed: u64,
    mut each: impl FnMut(&Regimen, &Course, Options, &Result<Plan, Vec<Finding>>),
) {
    let mut random = Random(seed);
    let Some(regimen) = random.of(regimens) else { return };
    let mut regimen = if random.once_in(2) { regimen.clone() } else { varied(regimen, &mut random) };
    let Some(mut course) = started(&regimen, &mut random) else { return };
    let options = match random.below(6) {
        0 => Options { cycles: Some(u32::try_from(random.days(1, 9)).unwrap()), ..Options::default() },
        1 => Options { open: Some(u32::try_from(random.days(1, 9)).unwrap()), ..Options::default() },
        _ => Options::default(),
    };
    let mut last: Option<Plan> = None;
    for _ in 0..random.days(2, 14) {
        let plan = plan::plan(&regimen, &course, &site(), options);
        each(&regimen, &course, options, &plan);
        last = plan.ok().or(last);
        let Some(plan) = &last else { return };
        happens(&regimen, &mut course, plan, &mut random);
        if random.once_in(40) {
            let mut newer = varied(&regimen, &mut random);
            newer.version.push('+');
            newer.sha256.push('+');
            let cycle = random.of(&plan.cycles).map(PlannedCycle::key);
            let (phase, from) = cycle.unwrap_or((regimen.phases.first().and_then(|phase| phase.id.clone()), 1));
            regimen = newer.following(&regimen, phase.as_deref(), from);
        }
    }
}

fn digest(value: impl std::fmt::Debug) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{value:?}").hash(&mut hasher);
    hasher.finish()
}

/// Everything a plan says of its cycles.
fn cycle_words(cycle: &PlannedCycle) -> String {
    format!(
        "{:?}",
        (
            cycle.phase,
            &cycle.phase_id,
            cycle.number,
            cycle.place,
            (cycle.planned, cycle.actual, cycle.undelayed),
            cycle.window,
            cycle.last_day,
            cycle.certain,
            cycle.begun,
            cycle.omitted,
            cycle.delay,
        )
    )
}

fn digests(plan: &Result<Plan, Vec<Finding>>) -> String {
    match plan {
        Err(findings) => format!(" blocked {:x}", digest(findings)),
        Ok(plan) => {
            let cycles: Vec<String> = plan.cycles.iter().map(cycle_words).collect();
            let parts = [
                digest(cycles),
                digest(&plan.administrations),
                digest(&plan.ends),
                digest(&plan.assessments),
                digest((&plan.size, &plan.bmi, plan.continues)),
                digest(&plan.findings),
            ];
            parts.iter().fold(String::new(), |mut line, part| {
                let _ = write!(line, " {:x}", part & 0xffff);
                line
            })
        }
    }
}

/// Every dose that was recorded stands in the plan once, on its day.
fn every_recorded_dose_is_there(course: &Course, plan: &Plan) {
    for (key, record) in &course.recorded {
        let rows: Vec<&Administration> = plan.administrations.iter().filter(|one| one.key == *key).collect();
        assert!(rows.len() <= 1, "{key:?} twice");
        match (record, rows.first()) {
            (AdministrationRecord::Given { on, .. }, Some(row)) => {
                assert_eq!((row.date, &row.state), (*on, &AdministrationState::Given), "{key:?}");
            }
            (AdministrationRecord::Given { dose, .. }, None) => {
                assert!(dose.is_none(), "{key:?} was given and is not in the plan");
            }
            (_, Some(row)) => assert_ne!(row.state, AdministrationState::Projected, "{key:?}"),
            (_, None) => {}
        }
    }
}

/// What is planned of the first cycles does not rest on how many more are shown.
fn later_cycles_change_nothing(regimen: &Regimen, course: &Course, plan: &Plan) {
    let shown = plan.cycles.len() / 2;
    let options = Options { cycles: u32::try_from(shown).ok(), ..Options::default() };
    let Ok(fewer) = plan::plan(regimen, course, &site(), options) else { return };
    // The last cycle does not know when the next begins; what is open-ended is as long as was asked.
    let same = shown.saturating_sub(1);
    let words = |plan: &Plan| plan.cycles.iter().take(same).map(cycle_words).collect::<Vec<_>>();
    assert_eq!(words(plan), words(&fewer));
}

fn cycles_follow_each_other(plan: &Plan) {
    for cycle in &plan.cycles {
        assert_eq!(cycle.delay, days_between(cycle.planned, cycle.actual));
        assert!(!(cycle.begun && cycle.omitted), "cycle {} was begun and left out", cycle.number);
        assert!(cycle.last_day >= cycle.actual);
    }
    assert!(plan.administrations.is_sorted_by_key(|one| one.date));
    let weights: Vec<&str> =
        plan.findings.iter().filter(|one| one.code.name().starts_with("weight")).map(|one| one.text.as_str()).collect();
    let mut once = weights.clone();
    once.dedup();
    assert_eq!(weights, once);
}

#[test]
fn what_holds_of_every_plan_holds_of_random_courses() {
    let setting = |name: &str| std::env::var(name).ok();
    let courses: u64 = setting("POSOLOGY_COURSES").map_or(400, |many| many.parse().unwrap());
    let only: Option<u64> = setting("POSOLOGY_COURSE").map(|one| one.parse().unwrap());
    let regimens = regimens();
    let (mut lines, mut planned, mut blocked) = (String::new(), 0, 0);
    for seed in only.map_or(0..courses, |one| one..one + 1) {
        let mut line = String::new();
        let mut id = String::new();
        lived(&regimens, seed, |regimen, course, options, plan| {
            id.clone_from(&regimen.id);
            line.push_str(&digests(plan));
            line.push_str(" |");
            if only.is_some() {
                println!("{options:?}\n{course:#?}\n{plan:#?}");
            }
            match plan {
                Ok(plan) => {
                    planned += 1;
                    cycles_follow_each_other(plan);
                    every_recorded_dose_is_there(course, plan);
                    if options == Options::default() {
                        later_cycles_change_nothing(regimen, course, plan);
                    }
                }
                Err(findings) => {
                    blocked += 1;
                    assert!(posology::finding::blocks(findings));
                }
            }
        });
        let _ = writeln!(lines, "{seed} {id}{line}");
    }
    if let Some(file) = setting("POSOLOGY_DIGESTS") {
        std::fs::write(file, lines).unwrap();
    }
    println!("{planned} plans, {blocked} blocked");
    assert!(planned > 3 * blocked, "{planned} plans and {blocked} that nothing comes of: too few to say anything");
}
