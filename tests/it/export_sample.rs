//! Schedules made by hand for the tests of the exports: one plain, one whose words are as awkward as
//! people's words get.

use posology::export::{Options, Print};
use posology::finding::Finding;
use posology::present::{
    ActivityRow, AssessmentRow, CountRow, CycleRow, DoseRow, EndRow, Entry, GridRow, MeasurementRow, ProtocolRow,
    ReasonRow, RegimenRow, RunRow, Schedule, Section, SheetRows, Status, SubjectRow, TabletRow,
};

/// Words with everything that has broken a file format somewhere.
pub(crate) const AWKWARD: &str = "Ärzte, \"quoted\" <b>&amp; 'x'; 药物 试验 💊 =1+1 \\n ]]> ${x}";

#[allow(clippy::unnecessary_wraps)] // the rows hold options
pub(crate) fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

fn dose(id: &str, cycle: u32, day: i32, date: &str, weekday: &'static str) -> DoseRow {
    DoseRow {
        id: id.to_owned(),
        phase: None,
        cycle,
        day,
        part: None,
        date: date.to_owned(),
        weekday,
        earliest: None,
        latest: None,
        state: "projected",
        certain: true,
        measured: text("2026-12-01"),
        drug: id.to_owned(),
        formulation: None,
        product: None,
        shown: id.to_owned(),
        role: "treatment",
        route: "intravenous".to_owned(),
        place: "clinic",
        over: None,
        over_minutes: None,
        dose: String::new(),
        unit: "mg",
        unit_ucum: "mg",
        dose_shown: String::new(),
        total: None,
        infusion_days: None,
        calculated: String::new(),
        uncapped: None,
        per: String::new(),
        level: 0,
        percent: None,
        loading: false,
        difference_percent: None,
        volume_ml: None,
        vials: None,
        supply: None,
        spread: None,
        when: None,
        hours_after: None,
        closed: None,
        run: None,
        working: Vec::new(),
        marks: Vec::new(),
        note: None,
    }
}

/// 170 cm, 65 kg: Mosteller √(170 × 65 / 3,600) = 1.7519 …, 1.75 m².
fn cisplatin(cycle: u32, date: &str, weekday: &'static str) -> DoseRow {
    DoseRow {
        drug: "cisplatin".to_owned(),
        shown: "CISplatin".to_owned(),
        earliest: text(date),
        latest: text(date),
        over: text("2 hours"),
        over_minutes: text("120"),
        dose: "120".to_owned(),
        dose_shown: "120 mg".to_owned(),
        total: text("120"),
        calculated: "122.5".to_owned(),
        per: "70 mg/m²".to_owned(),
        difference_percent: text("-2"),
        volume_ml: text("120"),
        vials: text("3"),
        supply: text("120 mL; 3 vials of 50 mg in 50 mL"),
        working: vec![
            "body surface area: √(170 cm × 65 kg ÷ 3,600) = 1.75 m²".to_owned(),
            "dose: 70 mg/m² × 1.75 m² = 122.5 mg".to_owned(),
            "rounded down to a multiple of 10 mg: 122.5 mg = 120 mg".to_owned(),
        ],
        marks: vec!["unverified: round".to_owned()],
        ..dose("cisplatin", cycle, 1, date, weekday)
    }
}

fn irinotecan(cycle: u32, day: i32, date: &str, weekday: &'static str, reduced: bool) -> DoseRow {
    let (figure, calculated, per) = if reduced { ("280", "280", "160 mg/m²") } else { ("315", "315", "180 mg/m²") };
    DoseRow {
        drug: "irinotecan".to_owned(),
        formulation: text("liposomal"),
        shown: "irinotecan liposomal".to_owned(),
        over: text("90 minutes"),
        over_minutes: text("90"),
        dose: figure.to_owned(),
        dose_shown: format!("{figure} mg"),
        total: text(figure),
        calculated: calculated.to_owned(),
        uncapped: if reduced { None } else { text("317.6") },
        per: per.to_owned(),
        level: if reduced { -1 } else { 0 },
        when: text("after cisplatin"),
        working: vec![format!("dose: {per} × 1.75 m² = {calculated} mg")],
        certain: cycle == 1,
        ..dose("irinotecan", cycle, day, date, weekday)
    }
}

fn capecitabine(cycle: u32, from: &str, weekday: &'static str, through: &str) -> DoseRow {
    DoseRow {
        drug: "capecitabine".to_owned(),
        shown: "capecitabine".to_owned(),
        route: "oral".to_owned(),
        place: "home",
        dose: "1500".to_owned(),
        dose_shown: "1,500 mg".to_owned(),
        // 28 doses.
        total: text("42000"),
        calculated: "1487.5".to_owned(),
        per: "850 mg/m²".to_owned(),
        difference_percent: text("+0.8"),
        certain: cycle == 1,
        run: Some(RunRow {
            from: from.to_owned(),
            through: through.to_owned(),
            through_day: 15,
            starts: Some("evening"),
            ends: Some("morning"),
            times_a_day: 2,
            administrations: 28,
            tablets: vec![TabletRow { strength: "500 mg".to_owned(), count: 84 }],
            morning: None,
            evening: None,
            words: format!("evening of {from} through morning of {through}, 28 doses"),
        }),
        working: vec!["dose: 850 mg/m² × 1.75 m² = 1,487.5 mg".to_owned()],
        note: text("With water, within 30 minutes after a meal."),
        ..dose("capecitabine", cycle, 1, from, weekday)
    }
}

/// Two cycles of three drugs, the second reduced.
pub(crate) fn plain() -> Schedule {
    let mut held = irinotecan(2, 8, "2027-01-04", "Monday", true);
    held.state = "held";
    held.note = text("neutrophils 0.8");
    Schedule {
        regimen: RegimenRow {
            id: "cape-iri-cis".to_owned(),
            version: "3".to_owned(),
            status: Status::Draft,
            sha256: "5f".repeat(32),
            name: "Made-up regimen for tests".to_owned(),
            indication: "nothing".to_owned(),
            trial: text("unknown"),
            unverified: vec!["cisplatin: round".to_owned()],
        },
        count: CountRow { kind: "up-to", cycles: Some(8), planned: 2, words: "up to 8 cycles".to_owned() },
        subject: SubjectRow {
            height: text("170 cm"),
            weight: text("65 kg"),
            bsa: text("1.75 m2"),
            bsa_formula: text("Mosteller"),
            bmi: text("22.5 kg/m2"),
            sex: Some("female"),
            age: text("52"),
            creatinine: text("0.8 mg/dL"),
            gfr: None,
            genotype: None,
            tests: None,
            measured: text("2026-12-01"),
            reference_dates: std::collections::BTreeMap::new(),
            start: "2026-12-07".to_owned(),
        },
        doses: vec![
            cisplatin(1, "2026-12-07", "Monday"),
            irinotecan(1, 1, "2026-12-07", "Monday", false),
            capecitabine(1, "2026-12-07", "Monday", "2026-12-21"),
            irinotecan(1, 8, "2026-12-14", "Monday", false),
            cisplatin(2, "2026-12-28", "Monday"),
            irinotecan(2, 1, "2026-12-28", "Monday", true),
            capecitabine(2, "2026-12-28", "Monday", "2027-01-11"),
            held,
        ],
        ends: vec![EndRow {
            id: "irinotecan".to_owned(),
            phase: None,
            cycle: 1,
            day: 3,
            date: "2026-12-09".to_owned(),
            weekday: "Wednesday",
            visit: "Pump is taken off".to_owned(),
            shown: "irinotecan liposomal".to_owned(),
            certain: true,
            closed: None,
        }],
        assessments: vec![AssessmentRow {
            name: "CT scan".to_owned(),
            date: "2027-01-18".to_owned(),
            weekday: "Monday",
            earliest: text("2027-01-11"),
            latest: text("2027-01-25"),
            cycle: None,
            day: None,
            moves: false,
            closed: None,
            marks: Vec::new(),
        }],
        findings: vec![Finding::warn(posology::plausibility::codes::WEIGHT_STALE, "The weight is 9 days old.")],
        continues: true,
        sheets: sheets(),
    }
}

fn sheets() -> SheetRows {
    let cycle = |number, first: &str, last: &str| CycleRow {
        phase: None,
        number,
        first: first.to_owned(),
        last: last.to_owned(),
        earliest: text(first),
        latest: text(last),
        certain: number == 1,
    };
    SheetRows {
        protocol: protocol(),
        cycles: vec![cycle(1, "2026-12-07", "2026-12-27"), cycle(2, "2026-12-28", "2027-01-17")],
        measurements: vec![
            MeasurementRow {
                on: text("2026-12-01"),
                height: text("170 cm"),
                weight: text("65 kg"),
                creatinine: text("0.8 mg/dL"),
            },
            MeasurementRow { on: text("2026-12-23"), height: None, weight: text("64 kg"), creatinine: None },
        ],
        reasons: vec![ReasonRow {
            phase: None,
            cycle: 2,
            drug: text("irinotecan"),
            what: "dose level -1".to_owned(),
            why: "diarrhoea grade 3".to_owned(),
        }],
    }
}

fn protocol() -> ProtocolRow {
    let words = |rows: [&str; 4]| rows.map(str::to_owned);
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
        criteria: vec![words(["neutrophils", "at least 1.5 × 10⁹/L", "Day 1", "delay by a week"])],
    }
}

/// The same with awkward words in every place a person can fill.
pub(crate) fn awkward() -> Schedule {
    let mut schedule = plain();
    schedule.regimen.name = AWKWARD.to_owned();
    schedule.regimen.indication = AWKWARD.to_owned();
    schedule.regimen.unverified = vec![AWKWARD.to_owned()];
    for dose in &mut schedule.doses {
        dose.note = text(AWKWARD);
        dose.product = text(AWKWARD);
        dose.shown = format!("{} ({AWKWARD})", dose.shown);
    }
    for test in &mut schedule.assessments {
        test.name = AWKWARD.to_owned();
    }
    schedule.ends.iter_mut().for_each(|end| end.visit = AWKWARD.to_owned());
    schedule.sheets.reasons.iter_mut().for_each(|reason| reason.why = AWKWARD.to_owned());
    schedule.sheets.protocol.sections[2].lines[0].value = AWKWARD.to_owned();
    schedule
}

pub(crate) fn options() -> Options {
    Options {
        generated: "2026-12-05T09:30:00Z".to_owned(),
        study: text("STUDY-7"),
        subject: text("S-014"),
        show_drugs: true,
        namespace: text("0f8fad5b-d9cb-469f-a165-70867728950e"),
        print: Print { contacts: vec![("Study nurse".to_owned(), "ext. 4711".to_owned())], ..Print::default() },
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
            contacts: vec![(AWKWARD.to_owned(), AWKWARD.to_owned())],
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
