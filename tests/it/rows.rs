//! What the format must be able to say, row by row: a shipped regimen that says it, files of the corpus that say it
//! well and wrongly, and the place on the reference page. A row without one of them is a promise nobody keeps.

use std::collections::BTreeSet;
use std::fs;

use posology::calendar::Site;
use posology::checker;
use posology::course::{Course, Delay};
use posology::quantity::Basis;
use posology::quantity::unit::Dimension;
use posology::regimen::{
    AssessmentWhen, CountKind, Days, Drug, Event, LooksAt, Over, Regimen, Relative, Rounding, Spread, Stated,
    WeightKind,
};

use crate::support;

struct Row {
    number: u32,
    /// What must be said, in a few words.
    says: &'static str,
    /// A shipped regimen, and what of its meaning is the row.
    shipped: &'static str,
    holds: fn(&Regimen) -> bool,
    /// A valid file of the corpus, and the line that says it.
    valid: (&'static str, &'static str),
    /// An invalid one, and the rule that finds the fault.
    invalid: (&'static str, &'static str),
    /// A text of the reference page.
    page: &'static str,
}

fn any(regimen: &Regimen, says: fn(&Drug) -> bool) -> bool {
    regimen.drugs().any(says)
}

fn bases(regimen: &Regimen) -> bool {
    let adjusted =
        regimen.body.as_ref().is_some_and(|body| body.weight == WeightKind::Adjusted && body.ideal.is_some());
    adjusted && any(regimen, |drug| drug.dosing.options().any(|one| one.dose.basis == Basis::PerKg))
}

fn fixed_and_by_size(drug: &Drug) -> bool {
    let bases: Vec<Basis> = drug.dosing.options().map(|one| one.dose.basis).collect();
    bases.contains(&Basis::PerM2) && bases.contains(&Basis::PerKg)
}

fn two_variables(drug: &Drug) -> bool {
    drug.dosing.rows().iter().any(|row| row.when.weight.is_some() && !row.when.tests.is_empty())
}

fn bolus_and_pump(regimen: &Regimen) -> bool {
    let of = |drug: &&Drug| drug.name == "fluorouracil";
    let pump = |drug: &Drug| matches!(drug.dosing.spread, Spread::Total { .. }) && drug.ends.is_some();
    regimen.drugs().filter(of).count() == 2 && regimen.drugs().filter(of).any(pump)
}

fn count(regimen: &Regimen, says: fn(&CountKind) -> bool) -> bool {
    regimen.phases.iter().any(|phase| says(&phase.cycle.count.kind))
}

fn on(regimen: &Regimen, wanted: Event) -> bool {
    regimen.assessments.iter().any(|one| matches!(&one.when, AssessmentWhen::From { event, .. } if *event == wanted))
}

fn every_event(regimen: &Regimen) -> bool {
    [Event::Randomisation, Event::LastDose, Event::Stop, Event::Progression].iter().all(|event| on(regimen, *event))
}

fn moving_and_fixed(regimen: &Regimen) -> bool {
    let has = |says: fn(&AssessmentWhen) -> bool| regimen.assessments.iter().any(|one| says(&one.when));
    has(|when| matches!(when, AssessmentWhen::Calendar { .. }))
        && has(|when| matches!(when, AssessmentWhen::Cycle { .. }))
}

const ROWS: &[Row] = &[
    Row {
        number: 1,
        says: "bases: surface, a named weight, flat, AUC, units, activity, cells, per day",
        shipped: "gyn-mirvetuximab",
        holds: bases,
        valid: ("bases-and-caps", "dose = \"2 million cells/kg\""),
        invalid: ("bases-and-caps", "R020"),
        page: "`million cells`",
    },
    Row {
        number: 2,
        says: "caps on an input",
        shipped: "heme-carfilzomib-20-56",
        holds: |regimen| regimen.body.as_ref().is_some_and(|body| body.bsa_cap.is_some()),
        valid: ("bases-and-caps", "bsa_cap = \"2.2 m2\""),
        invalid: ("bases-and-caps", "R011"),
        page: "`bsa_cap`",
    },
    Row {
        number: 3,
        says: "a cap on a dose, also only inside a weight band",
        shipped: "heme-blinatumomab",
        holds: |regimen| {
            any(regimen, |drug| drug.caps.iter().any(|cap| cap.weight.is_some_and(|band| band.below.is_some())))
        },
        valid: ("bases-and-caps", "cap = [{ dose = \"200 mg\", weight = { below = \"70 kg\" } }]"),
        invalid: ("bases-and-caps", "R044"),
        page: "`[{ dose = \"2 mg\", weight = { from = \"45 kg\" } }]`",
    },
    Row {
        number: 4,
        says: "a basis that switches at a threshold",
        shipped: "heme-pegaspargase",
        holds: |regimen| any(regimen, fixed_and_by_size),
        valid: (
            "doses-by-table",
            "{ weight = { through = \"36 kg\" }, age = { below = \"18 years\" }, dose = \"1.1 mg/kg\" }",
        ),
        invalid: ("bases-and-caps", "R046"),
        page: "(`\"0.75 mg/kg\"` below a weight, `\"45 mg\"` above it)",
    },
    Row {
        number: 5,
        says: "tables of one or two variables, complete and without overlap",
        shipped: "gyn-niraparib",
        holds: |regimen| any(regimen, two_variables),
        valid: ("doses-by-table", "{ age = { from = \"18 years\" }, genotype = \"A/A\", dose = \"40 mg\" }"),
        invalid: ("doses-by-table", "R047"),
        page: "### Doses by table",
    },
    Row {
        number: 6,
        says: "rounding to a step, a vial, tablets, or bands",
        shipped: "heme-abvd",
        holds: |regimen| any(regimen, |drug| matches!(drug.rounding, Rounding::Bands { .. })),
        valid: ("days-and-times", "round = { bands = ["),
        invalid: ("days-and-times", "R035"),
        page: "`bands = [{ from = \"90 mg\", give = \"100 mg\" }]`",
    },
    Row {
        number: 7,
        says: "bolus and infusion of one drug",
        shipped: "gi-mfolfox6",
        holds: bolus_and_pump,
        valid: ("days-and-times", "id = \"fluorouracil-bolus\""),
        invalid: ("days-and-times", "R025"),
        page: "A drug given twice in a cycle (bolus and infusion)",
    },
    Row {
        number: 8,
        says: "an infusion by occurrence, or limited by a rate",
        shipped: "heme-rchop21",
        holds: |regimen| any(regimen, |drug| matches!(drug.over, Some(Over::AtMostPerHour(_)))),
        valid: ("bases-and-caps", "over = { at_most_per_hour = \"60 mg\" }"),
        invalid: ("days-and-times", "R033"),
        page: "`{ at_most_per_hour = \"400 mg\" }`",
    },
    Row {
        number: 9,
        says: "several times a day, hours after another drug",
        shipped: "sarc-ifosfamide-mesna",
        holds: |regimen| any(regimen, |drug| drug.hours.as_ref().is_some_and(|hours| hours.drug == "ifosfamide")),
        valid: ("days-and-times", "hours = { at = [\"0 hours\", \"8 hours\", \"16 hours\"] }"),
        invalid: ("days-and-times", "R021"),
        page: "| `hours` |",
    },
    Row {
        number: 10,
        says: "a fraction of another drug's dose",
        shipped: "sarc-ifosfamide-mesna",
        holds: |regimen| any(regimen, |drug| drug.dosing.fraction().is_some()),
        valid: ("cohorts-steps-and-limits", "dose = \"20 % of ifosfamide\""),
        invalid: ("cohorts-steps-and-limits", "R024"),
        page: "`\"20 % of ifosfamide\"`",
    },
    Row {
        number: 11,
        says: "irregular days, days by cycle, continuous dosing",
        shipped: "br-palbociclib-fulvestrant",
        holds: |regimen| any(regimen, |drug| matches!(drug.days, Days::ByCycle(_))),
        valid: ("days-and-times", "by_cycle = ["),
        invalid: ("days-and-times", "R017"),
        page: "| `by_cycle` |",
    },
    Row {
        number: 12,
        says: "negative days and day 0 around a named event",
        shipped: "heme-axicabtagene",
        holds: |regimen| regimen.phases.iter().any(|phase| phase.cycle.day_zero.is_some()),
        valid: ("around-an-event", "days = { from = -6, through = -2 }"),
        invalid: ("around-an-event", "R015"),
        page: "| `day_zero` |",
    },
    Row {
        number: 13,
        says: "phases in order, with a gap, a condition and their own interval",
        shipped: "br-tchp",
        holds: |regimen| {
            regimen.phases.iter().any(|phase| phase.begins.as_ref().is_some_and(|one| one.condition.is_some()))
        },
        valid: ("phases-and-loading", "gap = \"14 days\", condition = \"after surgery\""),
        invalid: ("phases", "R024"),
        page: "## `[[phase]]`",
    },
    Row {
        number: 14,
        says: "a loading dose, and again after a long gap",
        shipped: "br-pertuzumab-trastuzumab-subcutaneous",
        holds: |regimen| {
            any(regimen, |drug| drug.dosing.loading.as_ref().is_some_and(|one| one.again_after == Some(Stated::Is(42))))
        },
        valid: ("phases-and-loading", "again_after = \"6 weeks\""),
        invalid: ("loading-and-ladders", "R011"),
        page: "| `loading` |",
    },
    Row {
        number: 15,
        says: "step-up doses with least and longest gaps, and by week",
        shipped: "heme-teclistamab",
        holds: |regimen| {
            any(regimen, |drug| drug.dosing.ramp.len() == 2 && drug.dosing.ramp.iter().all(|step| step.next.is_some()))
        },
        valid: ("cohorts-steps-and-limits", "lasts = \"1 dose\", next = { from = \"2 days\", through = \"7 days\" }"),
        invalid: ("cohorts-steps-and-limits", "R054"),
        page: "| `ramp` |",
    },
    Row {
        number: 16,
        says: "a ladder for each drug, whose step may change days or interval",
        shipped: "gi-lenvatinib",
        holds: |regimen| {
            let changes = |drug: &Drug| {
                drug.dosing
                    .ladders()
                    .flat_map(|ladder| &ladder.steps)
                    .any(|step| step.days.is_some() || step.length.is_some())
            };
            regimen.drugs().any(changes)
        },
        valid: ("phases-and-loading", "{ days = [1], length = \"28 days\" }"),
        invalid: ("loading-and-ladders", "R042"),
        page: "| `reduce` |",
    },
    Row {
        number: 17,
        says: "rules from a condition to an action, for one drug or several",
        shipped: "gi-liposomal-irinotecan-fluorouracil",
        holds: |regimen| {
            let on = |says: fn(&LooksAt) -> bool| regimen.rules.iter().any(|rule| says(&rule.looks_at));
            on(|what| matches!(what, LooksAt::Test { .. }))
                && on(|what| matches!(what, LooksAt::Grade { .. }))
                && on(|what| matches!(what, LooksAt::Event))
        },
        valid: ("rules", "fluorouracil = \"75 % of the protocol dose\""),
        invalid: ("rules", "R050"),
        page: "## `[[rule]]`",
    },
    Row {
        number: 18,
        says: "a starting dose by genotype or organ function",
        shipped: "gi-liposomal-irinotecan-fluorouracil",
        holds: |regimen| any(regimen, |drug| drug.dosing.starts.iter().any(|start| start.when.genotype.is_some())),
        valid: (
            "trial-frame",
            "{ when = { genotype = \"any other\", gfr = { below = \"30 mL/min\" } }, percent = \"75 %\" }",
        ),
        invalid: ("loading-and-ladders", "R033"),
        page: "| `start` | starting doses",
    },
    Row {
        number: 19,
        says: "criteria to treat, with the age of the result and what follows",
        shipped: "gi-trifluridine-tipiracil",
        holds: |regimen| regimen.criteria.iter().any(|criterion| criterion.otherwise == "delay"),
        valid: ("trial-frame", "valid_for = \"3 days\""),
        invalid: ("trial-frame", "R012"),
        page: "## `[[criterion]]`",
    },
    Row {
        number: 20,
        says: "limits over a life, with a named set of equivalents",
        shipped: "heme-rchop21",
        holds: |regimen| regimen.lifetimes.iter().any(|limit| !limit.counts.is_empty()),
        valid: ("cohorts-steps-and-limits", "equivalence = \"an example, 2026\""),
        invalid: ("cohorts-steps-and-limits", "R053"),
        page: "## `[[lifetime]]`",
    },
    Row {
        number: 21,
        says: "an end by cycles, by time, or for one drug",
        shipped: "gu-lenvatinib-pembrolizumab",
        holds: |regimen| {
            count(regimen, |kind| *kind == CountKind::UntilStopped) && any(regimen, |drug| drug.stop_after.is_some())
        },
        valid: ("phases-and-loading", "stop_after = \"12 months\""),
        invalid: ("phases", "R034"),
        page: "| `stop_after` |",
    },
    Row {
        number: 22,
        says: "salt or base, formulation and product as part of the drug",
        shipped: "npc-liposomal-irinotecan-nituzumab",
        holds: |regimen| any(regimen, |drug| drug.formulation.is_some() && drug.strength_as.is_some()),
        valid: ("trial-frame", "strength_as = \"free base\""),
        invalid: ("trial-frame", "R025"),
        page: "`formulation`, `product`, `strength_as`",
    },
    Row {
        number: 23,
        says: "the assigned cohort of an escalation",
        shipped: "liver-camrelizumab-apatinib-cohorts",
        holds: |regimen| any(regimen, |drug| drug.dosing.cohorts().len() == 4),
        valid: ("cohorts-steps-and-limits", "by_cohort = { A = \"125 mg\", B = \"250 mg\" }"),
        invalid: ("cohorts-steps-and-limits", "R046"),
        page: "| `by_cohort` |",
    },
    Row {
        number: 24,
        says: "order within a day; diluent, volume, concentration",
        shipped: "gi-mfolfox6",
        holds: |regimen| {
            any(regimen, |drug| matches!(drug.relative, Some(Relative::After(_))))
                && any(regimen, |drug| {
                    drug.dilution.as_ref().is_some_and(|one| one.from.is_some() && one.through.is_some())
                })
        },
        valid: ("days-and-times", "from = \"0.2 mg in 1 mL\", through = \"0.7 mg in 1 mL\""),
        invalid: ("cohorts-steps-and-limits", "R011"),
        page: "| `dilute` |",
    },
    Row {
        number: 25,
        says: "what moves with its drug, and what has its own clock",
        shipped: "npc-camrelizumab-apatinib-arms",
        holds: moving_and_fixed,
        valid: ("trial-frame", "clock = \"calendar from first dose\""),
        invalid: ("trial-frame", "R024"),
        page: "## `[[assessment]]`",
    },
    Row {
        number: 26,
        says: "limits at enrolment",
        shipped: "npc-camrelizumab-apatinib",
        holds: |regimen| regimen.eligibility.age.is_some_and(|age| age.from.is_some() && age.through.is_some()),
        valid: ("trial-frame", "age = { from = \"18 years\", through = \"75 years\" }"),
        invalid: ("trial-frame", "R034"),
        page: "## `[eligibility]`",
    },
    Row {
        number: 27,
        // A shipped file cannot leave a value to the site: without a site file it would not load.
        says: "values unknown, unverified, in conflict, or the site's",
        shipped: "gi-liposomal-irinotecan-fluorouracil",
        holds: |regimen| !regimen.unverified().is_empty() && !regimen.conflicts().is_empty(),
        valid: ("trial-frame", "conflict = { dose ="),
        invalid: ("trial-frame", "R026"),
        page: "Where\n   the protocol leaves it to the site, write `\"site\"`",
    },
    Row {
        number: 28,
        says: "activity with decay to the time of use",
        shipped: "gu-radium-223",
        holds: |regimen| {
            any(regimen, |drug| {
                drug.decay.is_some()
                    && drug.dosing.same().is_some_and(|dose| dose.unit.dimension() == Dimension::Activity)
            })
        },
        valid: ("bases-and-caps", "decay = { half_life = \"6.65 days\", ordered_before = \"24 hours\" }"),
        invalid: ("cohorts-steps-and-limits", "R044"),
        page: "| `decay` |",
    },
    Row {
        number: 29,
        says: "screening, end of treatment and follow-up on an event",
        shipped: "npc-camrelizumab-apatinib-arms",
        holds: every_event,
        valid: ("trial-frame", "clock = \"from enrolment\""),
        invalid: ("cohorts-steps-and-limits", "R033"),
        page: "`clock = \"from enrolment\"`",
    },
    Row {
        number: 30,
        says: "another drug instead, with its own basis",
        shipped: "npc-gp",
        holds: |regimen| {
            any(regimen, |drug| {
                drug.instead_of.is_some() && drug.dosing.same().is_some_and(|dose| dose.basis == Basis::Auc)
            })
        },
        valid: ("cohorts-steps-and-limits", "instead_of = \"cisplatin\""),
        invalid: ("cohorts-steps-and-limits", "R024"),
        page: "| `instead_of` |",
    },
    Row {
        number: 31,
        says: "trial number, protocol number, version and amendment",
        shipped: "npc-camrelizumab-apatinib-arms",
        holds: |regimen| matches!(regimen.trial, Some(Stated::Is(_))) && regimen.protocol.is_some(),
        valid: ("trial-frame", "amended = 2026-03-01"),
        invalid: ("trial-frame", "R005"),
        page: "`protocol`, `protocol_version`, `amended`",
    },
    Row {
        number: 32,
        says: "arms; blinded trials are out of scope",
        shipped: "npc-camrelizumab-apatinib-arms",
        holds: |regimen| regimen.cohorts.len() == 4 && any(regimen, |drug| drug.cohorts.len() == 3),
        valid: ("trial-frame", "cohorts = [\"treatment\"]"),
        invalid: ("trial-frame", "R025"),
        page: "Blinded arms are out of\nscope",
    },
];

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn shipped(id: &str) -> Regimen {
    support::regimen(&read(&format!("regimens/{id}.toml")))
}

#[test]
fn there_are_thirty_two_rows_and_each_says_something_else() {
    let numbers: Vec<u32> = ROWS.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=32).collect::<Vec<_>>());
    assert_eq!(ROWS.iter().map(|row| row.says).collect::<BTreeSet<_>>().len(), 32);
}

#[test]
fn a_shipped_regimen_says_every_row() {
    for row in ROWS {
        assert!((row.holds)(&shipped(row.shipped)), "{} {}: {}", row.number, row.says, row.shipped);
    }
}

/// A predicate that holds for anything proves nothing.
#[test]
fn no_row_is_said_by_the_smallest_file() {
    let smallest = support::regimen(&read("tests/corpus/valid/one-drug.toml"));
    for row in ROWS {
        assert!(!(row.holds)(&smallest), "{} {}", row.number, row.says);
    }
}

#[test]
fn the_corpus_says_every_row_well() {
    for row in ROWS {
        let (file, line) = row.valid;
        let text = read(&format!("tests/corpus/valid/{file}.toml"));
        assert!(text.contains(line), "{} {}: {file} does not hold {line}", row.number, row.says);
    }
}

#[test]
fn the_corpus_says_every_row_wrongly() {
    for row in ROWS {
        let (file, code) = row.invalid;
        let text = read(&format!("tests/corpus/invalid/{file}.toml"));
        let expected = text.lines().next().unwrap();
        assert!(expected.contains(&format!("{code}@")), "{} {}: {file} expects no {code}", row.number, row.says);
        assert!(checker::find(code).is_some(), "{code}");
    }
}

#[test]
fn the_page_of_the_format_tells_every_row() {
    let page = read("docs/regimen-format.md");
    for row in ROWS {
        assert!(page.contains(row.page), "{} {}: no {}", row.number, row.says, row.page);
    }
}

/// The worked examples of a valid file are part of what it says.
#[test]
fn the_examples_of_the_corpus_come_out() {
    for row in ROWS {
        let text = read(&format!("tests/corpus/valid/{}.toml", row.valid.0));
        let regimen = support::regimen(&text);
        assert_eq!(posology::verify::examples(&regimen, &Site::default()), [], "{}", row.valid.0);
    }
}

fn delayed(id: &str, course: &mut Course, cycle: (Option<&str>, u32), days: i32) -> posology::plan::Plan {
    let key = (cycle.0.map(str::to_owned), cycle.1);
    course.delays.insert(key, Delay { days, reason: "a test".to_owned(), required: true });
    support::planned(&shipped(id), course)
}

/// The steps are counted in doses: a week that begins late keeps its own dose, and none is skipped.
#[test]
fn a_late_week_of_a_ramp_keeps_its_dose() {
    let mut course = support::course("2026-12-07", "173 cm", "76 kg");
    let plan = delayed("heme-venetoclax-rituximab", &mut course, (Some("ramp-up"), 3), 9);
    let ramp = plan.administrations.iter().filter(|one| one.key.phase.as_deref() == Some("ramp-up"));
    let weeks: Vec<(String, String, u32)> = ramp
        .map(|one| {
            let days = one.run.as_ref().unwrap().days;
            (posology::calendar::iso(one.date), one.dose.amount.to_string(), days)
        })
        .collect();
    // Week 3 was due on 21-Dec-2026, and begins nine days later.
    let due = [
        ("2026-12-07", "20 mg"),
        ("2026-12-14", "50 mg"),
        ("2026-12-30", "100 mg"),
        ("2027-01-06", "200 mg"),
        ("2027-01-13", "400 mg"),
    ];
    let due: Vec<_> = due.iter().map(|(date, dose)| ((*date).to_owned(), (*dose).to_owned(), 7)).collect();
    assert_eq!(weeks, due);
}

/// Six weeks without a dose: the first dose again; a day less: not.
#[test]
fn a_loading_dose_is_given_again_after_the_gap_the_file_names() {
    for (late, dose) in [(20, "600 mg"), (21, "1,200 mg")] {
        let mut course = support::course("2026-12-07", "158 cm", "60 kg");
        let plan = delayed("br-pertuzumab-trastuzumab-subcutaneous", &mut course, (None, 3), late);
        assert_eq!(support::dose(&plan, "pertuzumab-trastuzumab", 3, 1), dose, "{late} days late");
        assert_eq!(support::dose(&plan, "pertuzumab-trastuzumab", 4, 1), "600 mg", "{late} days late");
    }
}

/// The step-up days of the label keep its gaps; a day later than the longest gap is told.
#[test]
fn the_gaps_of_a_step_up_are_checked() {
    let text = read("regimens/heme-teclistamab.toml");
    let told = |text: &str| {
        let regimen = support::regimen(text);
        let plan = support::planned(&regimen, &support::course("2026-12-07", "173 cm", "72 kg"));
        plan.findings.iter().filter(|found| found.code.name() == "step-interval").count()
    };
    assert_eq!(told(&text), 0);
    let late = text
        .replace("days   = [1, 4, 7]", "days   = [1, 4, 12]")
        .replace("length = \"13 days\"", "length = \"19 days\"");
    assert_ne!(late, text);
    assert_eq!(told(&late), 1);
}

/// A cap inside a weight band says nothing about the flat dose outside it.
#[test]
fn a_cap_of_a_weight_band_may_lie_below_the_flat_dose() {
    let text = read("tests/corpus/valid/bases-and-caps.toml");
    let lower = text.replace("cap = [{ dose = \"200 mg\", weight", "cap = [{ dose = \"120 mg\", weight");
    assert_ne!(lower, text);
    let codes = |text: &str| -> Vec<&'static str> {
        let findings = posology::checker::check(text.as_bytes(), &Site::default()).findings;
        findings.iter().map(|finding| finding.code.name()).collect()
    };
    assert!(!codes(&lower).contains(&"R082"), "{:?}", codes(&lower));
    let everywhere = text.replace("cap = [{ dose = \"200 mg\", weight = { below = \"70 kg\" } }]", "cap = \"120 mg\"");
    assert!(codes(&everywhere).contains(&"R082"), "{:?}", codes(&everywhere));
}
