//! Decide and fold, by any sequence of commands.

use posology::calendar::{self, Date, plus_days};
use posology::course::event::{Enrolled, Entry, Event, Measured, Pinned};
use posology::course::{AdministrationRecord, Folded, Product, Times, fold};
use posology::decide::{Command, Context, Decision, DoseChange, Scope, decide};
use posology::plan::{self, AdministrationState, Options, Plan};
use posology::quantity::{Amount, Weight};
use posology::regimen::Regimen;
use proptest::prelude::*;

use crate::support::{date, drug, one_phase, site, subject};

fn regimen() -> Regimen {
    let a = "dose = \"70 mg/m2\"\nroute = \"intravenous\"\ndays = [1]\nround = { nearest = \"1 mg\", ties = \"up\", within = \"5 %\" }\nreduce = { to = [\"50 mg/m2\", \"43 mg/m2\"], then = \"stop this drug\", raise_again = \"never\" }";
    let b = "dose = \"400 mg\"\nroute = \"intravenous\"\ndays = [1, 8]\ncycle_total = \"800 mg\"";
    one_phase(crate::support::TWO_WEEKS, &format!("{}{}", drug("a", a), drug("b", b)))
}

struct Record {
    regimen: Regimen,
    entries: Vec<Entry>,
    today: Date,
}

impl Record {
    fn new() -> Self {
        let regimen = regimen();
        let pinned = Pinned { id: regimen.id.clone(), version: "1".into(), sha256: regimen.sha256.clone() };
        let start = date("2026-12-07");
        let enrolled = Enrolled::new(pinned, start, &subject("170", "65"), Vec::new());
        let mut record = Self { regimen, entries: Vec::new(), today: start };
        record.push(start, Event::Enrolled(enrolled));
        record
    }

    fn push(&mut self, effective: Date, event: Event) {
        let seq = self.entries.last().map_or(1, |last| last.seq + 1);
        let (recorded, who) = (String::new(), "A".to_owned());
        self.entries.push(Entry {
            seq,
            effective,
            recorded,
            who,
            event,
            answers: Vec::new(),
            today: None,
            origin: String::new(),
        });
    }

    fn folded(&self) -> Folded {
        fold(&self.entries).unwrap()
    }

    fn plan(&self) -> Result<Plan, Vec<posology::finding::Finding>> {
        plan::plan(&self.regimen, &self.folded().course, &site(), Options::default())
    }

    /// Every question is answered, as a person in a hurry would.
    fn decide(&self, command: &Command) -> Decision {
        let folded = self.folded();
        let plan = self.plan().ok();
        let codes = [
            "weight-changes-doses",
            "omitted-cycle",
            "outside-window",
            "dose-differs",
            "not-planned",
            "was-omitted",
            "out-of-order",
            "raises-level",
            "second-dose",
            "least-gap",
            "weight-rate",
            "weight-jump",
        ];
        let accepted: Vec<(String, String)> = codes.iter().map(|code| ((*code).to_owned(), "why".to_owned())).collect();
        let context = Context {
            folded: &folded,
            plan: plan.as_ref(),
            regimen: &self.regimen,
            site: &site(),
            options: Options::default(),
            who: "A",
            now: self.today,
            replies: posology::decide::Replies { accepted: &accepted, confirmed: &[] },
        };
        decide(&context, command)
    }

    fn perform(&mut self, command: &Command) -> bool {
        match self.decide(command) {
            Decision::Events(events, _) => {
                events.into_iter().for_each(|one| self.push(one.effective, one.event));
                true
            }
            Decision::Asks(..) | Decision::Refused(_) => false,
        }
    }

    /// What must hold whatever was recorded.
    fn invariants(&self) {
        let folded = self.folded();
        assert_eq!(folded, fold(&self.entries).unwrap(), "folding is deterministic");
        let mut shuffled = self.entries.clone();
        shuffled.reverse();
        assert_eq!(folded, fold(&shuffled).unwrap(), "the place in the record orders, not the place in memory");
        let firsts: Vec<_> =
            folded.delivered.iter().filter(|one| !one.given.second).map(|one| &one.given.key).collect();
        let mut unique = firsts.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), firsts.len(), "no administration is given twice unsaid");
        assert!(folded.delivered.iter().all(|one| one.on <= self.today), "nothing was given in the future");
        for (key, record) in &folded.course.recorded {
            let given = folded.delivered.iter().any(|one| one.given.key == *key);
            assert_eq!(given, matches!(record, AdministrationRecord::Given { .. }), "{key:?} is given, or not");
        }
        let levels: Vec<i32> = folded.course.reductions.iter().filter_map(|one| one.level).collect();
        assert!(levels.iter().all(|level| (-2..=0).contains(level)), "on the ladder: {levels:?}");
        let plan = self.plan().expect("a record that was decided on can be planned");
        let mut level = 0;
        let mut doses: Vec<_> =
            plan.administrations.iter().filter(|one| one.key.drug == "a" && one.planned.is_some()).collect();
        doses.sort_by_key(|one| one.key.cycle);
        for one in doses {
            assert!(one.dose.level <= level, "no level rises along the plan");
            level = one.dose.level;
        }
    }
}

fn scope(cycle: u32, drug: Option<&str>) -> Scope {
    Scope { cycle, drug: drug.map(str::to_owned), day: Some(1), ..Scope::default() }
}

fn command() -> impl Strategy<Value = (Command, i32)> {
    let why = || "why".to_owned();
    let act = prop_oneof![
        (1..5_u32, any::<bool>()).prop_map(move |(cycle, second)| Command::Give {
            scope: scope(cycle, Some("a")),
            on: None,
            dose: None,
            partly: false,
            second,
            product: Product::default(),
            times: Times::default(),
            reason: None,
        }),
        (1..5_u32, 1..300_u32).prop_map(move |(cycle, dose)| Command::Give {
            scope: scope(cycle, Some("b")),
            on: None,
            dose: Amount::read(&format!("{dose} mg")).ok(),
            partly: true,
            second: false,
            product: Product::default(),
            times: Times::default(),
            reason: Some(why()),
        }),
        (1..6_u32).prop_map(move |cycle| Command::Omit {
            scope: scope(cycle, None),
            reason: why(),
            missed: cycle % 2 == 0
        }),
        (1..6_u32).prop_map(move |cycle| Command::Hold { scope: scope(cycle, None), reason: why() }),
        (1..6_u32, -3..20_i32).prop_map(move |(cycle, days)| Command::Delay {
            phase: None,
            cycle,
            days,
            reason: why(),
            required: true,
        }),
        (1..6_u32, -4..2_i32).prop_map(move |(from, level)| Command::Change {
            drug: "a".to_owned(),
            phase: None,
            from,
            to: DoseChange::Level(level),
            reason: why(),
        }),
        (55..75_u32).prop_map(|kilograms| Command::Measure {
            on: date("2026-12-07"),
            measured: Measured { weight: Weight::read(&kilograms.to_string()).ok(), ..Measured::default() },
        }),
        (1..20_u64).prop_map(move |entry| Command::Undo { entry, reason: why() }),
    ];
    (act, 0..15_i32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::cases(96), ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_commands_breaks_an_invariant(commands in prop::collection::vec(command(), 1..18)) {
        let mut record = Record::new();
        for (command, days) in commands {
            record.today = plus_days(record.today, days).unwrap();
            record.perform(&command);
            record.invariants();
        }
    }

    #[test]
    fn undoing_and_undoing_that_changes_nothing(commands in prop::collection::vec(command(), 1..12), which in 0..12_usize) {
        let mut record = Record::new();
        for (command, days) in commands {
            record.today = plus_days(record.today, days).unwrap();
            record.perform(&command);
        }
        let entry = record.entries[which % record.entries.len()].seq;
        let (plan, course) = (record.plan(), record.folded().course);
        if record.perform(&Command::Undo { entry, reason: "error".to_owned() }) {
            let undo = record.entries.last().unwrap().seq;
            let redone = record.perform(&Command::Undo { entry: undo, reason: "no error".to_owned() });
            prop_assert!(redone, "an undo can be undone");
            prop_assert_eq!(record.plan(), plan);
            prop_assert_eq!(record.folded().course, course);
        }
    }
}

/// Omitted, given all the same, given a second time; the first entry was the wrong one and is undone. One dose went in,
/// and nobody may be asked to give it again.
#[test]
fn a_second_dose_is_the_only_one_once_the_first_is_undone() {
    let mut record = Record::new();
    let give = |second| Command::Give {
        scope: scope(1, Some("a")),
        on: None,
        dose: None,
        partly: false,
        second,
        product: Product::default(),
        times: Times::default(),
        reason: None,
    };
    assert!(record.perform(&Command::Omit { scope: scope(1, Some("a")), reason: "ill".into(), missed: false }));
    assert!(record.perform(&give(false)) && record.perform(&give(true)));
    let (first, second) = (record.entries[2].seq, record.entries[3].seq);
    let state = |record: &Record| {
        let plan = record.plan().unwrap();
        let of_a = plan.administrations.iter().filter(|one| one.key.cycle == 1 && one.key.drug == "a");
        of_a.map(|one| matches!(one.state, AdministrationState::Given)).collect::<Vec<_>>()
    };
    assert_eq!(state(&record), [true, true]);
    assert!(record.perform(&Command::Undo { entry: first, reason: "typed twice".into() }));
    assert_eq!(state(&record), [true], "one dose went in, and it stands in the place of the planned one");
    assert!(record.folded().recorded.values().any(|entry| *entry == second) && record.folded().extra.is_empty());
    record.invariants();
    let undo = record.entries.last().unwrap().seq;
    assert!(record.perform(&Command::Undo { entry: undo, reason: "both were right".into() }));
    assert_eq!(state(&record), [true, true]);
}

#[test]
fn the_day_orders_and_not_the_clock() {
    let mut record = Record::new();
    let measured = |kilograms: &str| {
        Event::Measured(posology::course::event::Measured {
            weight: Weight::read(kilograms).ok(),
            ..Default::default()
        })
    };
    record.push(date("2027-01-04"), measured("60"));
    record.push(date("2026-12-21"), measured("63"));
    let days: Vec<String> = record.folded().course.measurements.iter().map(|one| calendar::iso(one.on)).collect();
    assert_eq!(days, ["2026-12-21", "2027-01-04"]);
}
