//! Schedules made by hand for the tests of the exports: one plain, one whose words are as awkward as
//! people's words get.

use std::sync::Arc;

use posology::calendar::Window;
use posology::export::{Options, Print};
use posology::finding::Finding;
use posology::formula::bsa::BsaFormula;
use posology::plan::{DoseInputs, Infusion, Reading};
use posology::present::{
    ActivityRow, AssessmentRow, CountRow, CriterionRow, CycleRow, DoseRow, EndRow, Entry, Facts, GivenRow, GridRow,
    LeftOut, Measure, MeasurementRow, Occasion, Place, PlannedRow, PreparationRow, ProtocolRow, ReasonRow, RegimenRow,
    RunRow, Schedule, Section, SheetRows, Status, SubjectRow, TabletRow,
};
use posology::quantity::unit::DoseUnit;
use posology::quantity::{
    Age, Amount, Bmi, Bsa, Creatinine, Decimal, Height, Period, Portion, ProtocolDose, Results, Sex, Volume, Weight,
};
use posology::regimen::{CountKind, CycleWord, Doubt, Form, HalfDay, Handling, Mark, Role, Stated, Vial};
use posology::study::Contact;

use crate::support::date;

/// Words with everything that has broken a file format somewhere.
pub(crate) const AWKWARD: &str = "Ärzte, \"quoted\" <b>&amp; 'x'; 药物 试验 💊 =1+1 \\n ]]> ${x}";

#[allow(clippy::unnecessary_wraps)] // the rows hold options
pub(crate) fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

pub(crate) fn figure(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn mg(text: &str) -> Amount {
    Amount { value: figure(text), unit: DoseUnit::read("mg").unwrap() }
}

/// What is planned of a drug that nothing was done to.
fn ordered(on: &str, dose: &str, per: &str, working: &[&str]) -> PlannedRow {
    let inputs = DoseInputs {
        height: Some(Reading { value: Height::read("170").unwrap(), on: Some(date("2026-12-01")) }),
        weight: Some(Reading { value: Weight::read("65").unwrap(), on: Some(date("2026-12-01")) }),
        creatinine: None,
        gfr: None,
        size: None,
    };
    PlannedRow {
        at: Occasion {
            date: date(on),
            portion: Portion::once(mg(dose)),
            total: Some(mg(dose)),
            run: None,
            begins: None,
            ends: None,
        },
        window: None,
        calculated: mg(dose),
        uncapped: None,
        per: ProtocolDose::read(per).unwrap(),
        level: 0,
        percent: None,
        loading: false,
        step: false,
        difference: None,
        preparation: PreparationRow { amount: mg(dose), drug: None, vials: None, dilution: None, minutes: None },
        measure: Measure::Amount,
        tablets: Vec::new(),
        dispensed: None,
        every: None,
        spread: None,
        inputs: Arc::new(inputs),
        size: Vec::new(),
        working: working.iter().map(|step| (*step).to_owned()).collect(),
        marks: Vec::new(),
    }
}

fn dose(id: &str, cycle: u32, day: i32, planned: PlannedRow) -> DoseRow {
    DoseRow {
        id: id.to_owned(),
        phase: None,
        phase_name: None,
        cycle,
        cycle_word: CycleWord::Cycle,
        day,
        part: None,
        facts: Facts::Planned { planned, left_out: None },
        reason: None,
        changed: Vec::new(),
        recorded: None,
        used: posology::course::Product::default(),
        certain: cycle == 1,
        drug: id.to_owned(),
        formulation: None,
        product: None,
        shown: id.to_owned(),
        role: Role::Treatment,
        route: text("intravenous"),
        place: Place::Clinic,
        over: None,
        when: None,
        hours_after: None,
        own_hours: false,
        closed: None,
        own_day: day,
        apart: None,
        handling: Handling::default(),
        warn: None,
        missed: None,
        note: None,
    }
}

/// What is planned of a row.
pub(crate) fn plan_of(row: &mut DoseRow) -> &mut PlannedRow {
    match &mut row.facts {
        Facts::Planned { planned, .. } | Facts::Given { planned: Some(planned), .. } => planned,
        Facts::Given { planned: None, .. } => panic!("{} was not planned", row.id),
    }
}

/// Another amount for a planned dose.
pub(crate) fn plan_amount(row: &mut DoseRow, value: Decimal) {
    let at = &mut plan_of(row).at;
    let amount = Amount { value, ..at.portion.amount };
    (at.portion, at.total) = (Portion::once(amount), Some(amount));
}

/// Records a dose as it was planned.
pub(crate) fn give(row: &mut DoseRow) {
    let planned = plan_of(row).clone();
    let given = GivenRow { at: planned.at.clone(), incomplete: false, missed: 0, days_late: Some(0) };
    row.facts = Facts::Given { planned: Some(planned), given };
}

/// Records that a dose is held or omitted.
pub(crate) fn leave_out(row: &mut DoseRow, why: LeftOut, reason: &str) {
    let planned = plan_of(row).clone();
    row.facts = Facts::Planned { planned, left_out: Some(why) };
    row.reason = text(reason);
}

/// 170 cm, 65 kg: Mosteller √(170 × 65 / 3,600) = 1.7519 …, 1.75 m².
fn cisplatin(cycle: u32, on: &str) -> DoseRow {
    let working = [
        "body surface area: √(170 cm × 65 kg ÷ 3,600) = 1.75 m²",
        "dose: 70 mg/m² × 1.75 m² = 122.5 mg",
        "rounded down to a multiple of 10 mg: 122.5 mg = 120 mg",
    ];
    let planned = PlannedRow {
        window: Some(Window::exact(date(on))),
        calculated: mg("122.5"),
        difference: Some(figure("-2")),
        preparation: PreparationRow {
            amount: mg("120"),
            drug: Some(Volume::ml(figure("120"))),
            vials: Some((3, Vial { amount: mg("50"), volume: Some(Volume::ml(figure("50"))) })),
            dilution: None,
            minutes: Some(figure("120")),
        },
        marks: vec![Mark { doubt: Doubt::Unverified, key: "round" }],
        ..ordered(on, "120", "70 mg/m2", &working)
    };
    DoseRow {
        drug: "cisplatin".to_owned(),
        shown: "CISplatin".to_owned(),
        over: Some(Infusion::For(Period::read("2 hours").unwrap())),
        certain: true,
        ..dose("cisplatin", cycle, 1, planned)
    }
}

fn irinotecan(cycle: u32, day: i32, on: &str, reduced: bool) -> DoseRow {
    let (figure, per, words) =
        if reduced { ("280", "160 mg/m2", "160 mg/m²") } else { ("315", "180 mg/m2", "180 mg/m²") };
    let working = [format!("dose: {words} × 1.75 m² = {figure} mg")];
    let mut planned = PlannedRow {
        uncapped: (!reduced).then(|| mg("317.6")),
        level: if reduced { -1 } else { 0 },
        ..ordered(on, figure, per, &working.each_ref().map(String::as_str))
    };
    if cycle == 2 {
        let weighed = Reading { value: Weight::read("64").unwrap(), on: Some(date("2026-12-23")) };
        planned.inputs = Arc::new(DoseInputs { weight: Some(weighed), ..DoseInputs::clone(&planned.inputs) });
    }
    DoseRow {
        drug: "irinotecan".to_owned(),
        formulation: text("liposomal"),
        shown: "irinotecan liposomal".to_owned(),
        over: Some(Infusion::For(Period::read("90 minutes").unwrap())),
        when: text("after cisplatin"),
        changed: if reduced { vec![lowered()] } else { Vec::new() },
        ..dose("irinotecan", cycle, day, planned)
    }
}

fn capecitabine(cycle: u32, from: &str, through: &str) -> DoseRow {
    let run = RunRow {
        from: date(from),
        through: date(through),
        through_day: 15,
        starts: Some(HalfDay::Evening),
        ends: Some(HalfDay::Morning),
        times_a_day: 2,
        administrations: 28,
    };
    let mut planned = PlannedRow {
        calculated: mg("1487.5"),
        difference: Some(figure("0.8")),
        tablets: vec![TabletRow { strength: mg("500"), count: 84, form: Form::Tablets }],
        ..ordered(from, "1500", "850 mg/m2", &["dose: 850 mg/m² × 1.75 m² = 1,487.5 mg"])
    };
    // 28 doses.
    (planned.at.total, planned.at.run) = (Some(mg("42000")), Some(run));
    DoseRow {
        drug: "capecitabine".to_owned(),
        shown: "capecitabine".to_owned(),
        route: text("oral"),
        place: Place::Home,
        note: text("With water, within 30 minutes after a meal."),
        ..dose("capecitabine", cycle, 1, planned)
    }
}

/// Two cycles of three drugs, the second reduced.
pub(crate) fn plain() -> Schedule {
    let mut held = irinotecan(2, 8, "2027-01-04", true);
    leave_out(&mut held, LeftOut::Held, "neutrophils 0.8");
    Schedule {
        regimen: RegimenRow {
            id: "cape-iri-cis".to_owned(),
            version: "3".to_owned(),
            status: Status::Draft,
            sha256: "5f".repeat(32),
            name: "Made-up regimen for tests".to_owned(),
            indication: "nothing".to_owned(),
            trial: Some(Stated::Unknown),
            note: text("for tests only"),
            cycle_word: CycleWord::Cycle,
            cycles_from: 1,
            unverified: vec!["cisplatin: round".to_owned()],
            unverified_words: vec!["cisplatin: rounding".to_owned()],
            supportive_care: Some("not included".to_owned()),
        },
        count: CountRow {
            kind: Some(CountKind::UpTo(8)),
            planned: 2,
            words: "up to 8 cycles".to_owned(),
            shortened: true,
        },
        subject: SubjectRow {
            height: Some(Height::read("170").unwrap()),
            weight: Some(Weight::read("65").unwrap()),
            bsa: Some(Bsa::new(figure("1.75"))),
            bsa_formula: Some(BsaFormula::Mosteller),
            bmi: Some(Bmi::new(figure("22.5"))),
            sex: Some(Sex::Female),
            age: Some(Age::read("52").unwrap()),
            creatinine: Some(Creatinine::read("0.8 mg/dL").unwrap()),
            gfr: None,
            genotype: None,
            tests: Results::default(),
            measured: Some(date("2026-12-01")),
            reference_dates: std::collections::BTreeMap::new(),
            start: date("2026-12-07"),
            enrolled: None,
            clock: None,
        },
        doses: vec![
            cisplatin(1, "2026-12-07"),
            irinotecan(1, 1, "2026-12-07", false),
            capecitabine(1, "2026-12-07", "2026-12-21"),
            irinotecan(1, 8, "2026-12-14", false),
            cisplatin(2, "2026-12-28"),
            irinotecan(2, 1, "2026-12-28", true),
            capecitabine(2, "2026-12-28", "2027-01-11"),
            held,
        ],
        ends: vec![EndRow {
            id: "irinotecan".to_owned(),
            phase: None,
            phase_name: None,
            cycle: 1,
            day: 3,
            date: date("2026-12-09"),
            visit: "Pump is taken off".to_owned(),
            shown: "irinotecan liposomal".to_owned(),
            certain: true,
            closed: None,
        }],
        assessments: vec![AssessmentRow {
            name: "CT scan".to_owned(),
            date: date("2027-01-18"),
            window: Some(Window { earliest: date("2027-01-11"), latest: date("2027-01-25") }),
            cycle: None,
            day: None,
            moves: false,
            closed: None,
            marks: Vec::new(),
        }],
        findings: vec![Finding::warn(posology::plausibility::codes::WEIGHT_STALE, "The weight is 9 days old.")],
        continues: true,
        sheets: sheets(),
        discontinued: None,
        stopped_drugs: std::collections::BTreeSet::new(),
        history: Vec::new(),
        visits: Vec::new(),
        supplies: Vec::new(),
        ledger: None,
        earlier: Vec::new(),
    }
}

fn sheets() -> SheetRows {
    let cycle = |number, first: &str, last: &str| CycleRow {
        phase: None,
        phase_name: None,
        number,
        word: CycleWord::Cycle,
        first: date(first),
        last: date(last),
        window: Some(Window { earliest: date(first), latest: date(last) }),
        certain: number == 1,
    };
    SheetRows {
        protocol: protocol(),
        cycles: vec![cycle(1, "2026-12-07", "2026-12-27"), cycle(2, "2026-12-28", "2027-01-17")],
        measurements: vec![
            MeasurementRow {
                on: Some(date("2026-12-01")),
                height: Some(Height::read("170").unwrap()),
                weight: Some(Weight::read("65").unwrap()),
                creatinine: Some(Creatinine::read("0.8 mg/dL").unwrap()),
            },
            MeasurementRow {
                on: Some(date("2026-12-23")),
                height: None,
                weight: Some(Weight::read("64").unwrap()),
                creatinine: None,
            },
        ],
        reasons: vec![lowered()],
    }
}

fn lowered() -> ReasonRow {
    ReasonRow {
        phase: None,
        cycle: 2,
        drug: text("irinotecan"),
        what: "dose level -1".to_owned(),
        why: "diarrhoea grade 3".to_owned(),
    }
}

fn protocol() -> ProtocolRow {
    let entry = |label: &str, value: &str, source: Option<&str>| Entry {
        label: label.to_owned(),
        value: value.to_owned(),
        source: source.map(str::to_owned),
        conflict: None,
        table: None,
    };
    let drug = |shown: &str, dose: &str, days: &str| Section {
        id: format!("drug.{shown}"),
        title: shown.to_owned(),
        lines: vec![
            entry("dose", dose, Some("made-up")),
            entry("days", days, Some("made-up")),
            Entry { conflict: text("10 mg or 5 mg"), ..entry("rounded", "down in steps of 10 mg", Some("unverified")) },
        ],
    };
    let activity = |name: &str, note: &str, on: [bool; 3]| ActivityRow {
        name: name.to_owned(),
        note: note.to_owned(),
        on: on.to_vec(),
    };
    let whole =
        |title: &str, line: Entry| Section { id: title.to_lowercase(), title: title.to_owned(), lines: vec![line] };
    ProtocolRow {
        sections: vec![
            drug("CISplatin", "70 mg/m2", "Day 1"),
            drug("irinotecan liposomal", "180 mg/m2", "Days 1, 8 (2 doses)"),
            whole("Eligibility at enrolment", entry("age", "18 years or more", None)),
            whole("Assessments", entry("CT scan", "every 6 weeks from the first dose", None)),
        ],
        grids: vec![GridRow {
            title: "Treatment".to_owned(),
            columns: vec![(1, 1), (2, 7), (8, 8)],
            activities: vec![
                activity("CISplatin", "Day 1", [true, false, false]),
                activity("irinotecan liposomal", "", [true, false, true]),
                activity("capecitabine", "daily for 8 days", [true, true, true]),
            ],
        }],
        criteria: vec![CriterionRow {
            test: "neutrophils".to_owned(),
            limit: "at least 1.5 × 10⁹/L".to_owned(),
            days: vec![1],
            valid_for: None,
            otherwise: "delay by a week".to_owned(),
        }],
    }
}

/// The same with awkward words in every place a person can fill.
pub(crate) fn awkward() -> Schedule {
    awkward_with(AWKWARD)
}

/// The same with other words.
pub(crate) fn awkward_with(words: &str) -> Schedule {
    let mut schedule = plain();
    schedule.regimen.name = words.to_owned();
    schedule.regimen.indication = words.to_owned();
    schedule.regimen.unverified = vec![words.to_owned()];
    for dose in &mut schedule.doses {
        dose.note = text(words);
        dose.product = text(words);
        dose.shown = format!("{} ({words})", dose.shown);
    }
    for test in &mut schedule.assessments {
        test.name = words.to_owned();
    }
    schedule.ends.iter_mut().for_each(|end| end.visit = words.to_owned());
    let changed = schedule.doses.iter_mut().flat_map(|dose| &mut dose.changed);
    schedule.sheets.reasons.iter_mut().chain(changed).for_each(|reason| reason.why = words.to_owned());
    schedule.sheets.protocol.sections[2].lines[0].value = words.to_owned();
    schedule
}

pub(crate) fn options() -> Options {
    Options {
        generated: "2026-12-05T09:30:00Z".to_owned(),
        study: text("STUDY-7"),
        subject: text("S-014"),
        show_drugs: true,
        namespace: text("0f8fad5b-d9cb-469f-a165-70867728950e"),
        print: Print {
            contacts: vec![Contact { who: "Study nurse".to_owned(), number: "ext. 4711".to_owned(), when: None }],
            ..Print::default()
        },
        ..Options::default()
    }
}

pub(crate) fn awkward_options() -> Options {
    Options {
        study: text(AWKWARD),
        print: Print {
            site: text(AWKWARD),
            verification: text(AWKWARD),
            bring: vec![AWKWARD.to_owned()],
            contacts: vec![Contact { who: AWKWARD.to_owned(), number: AWKWARD.to_owned(), when: None }],
            ..Print::default()
        },
        ..options()
    }
}

/// The bytes of a format.
pub(crate) fn write(id: &str, schedule: &Schedule, options: &Options) -> Vec<u8> {
    posology::export::format(id).unwrap().bytes(schedule, options).unwrap()
}

/// Where the third-party checks find what the tests wrote.
pub(crate) fn keep(name: &str, bytes: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("export");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
}
