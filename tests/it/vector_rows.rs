//! The vectors that are no formula: schedules of doses (`regimen_events`) and bad or borderline input (`edge_cases`).
//! Every row is either run through the program, or shown to be answered otherwise and why, or named with the reason why
//! it cannot be run. A row that is none of these, or whose text has changed, fails.

use posology::export;
use posology::formula::{self, Inputs};
use posology::ledger::Intensity;
use posology::plan::Infusion;
use posology::present;
use posology::quantity::decimal::half_up;
use posology::quantity::{Amount, Decimal, Height, ProtocolDose, Sex};

use crate::clinic::Clinic;
use crate::schedules::options;
use crate::support::{course, drug, one_phase, planned, regimen};

enum Row {
    /// What the row expects, found in the program.
    Run(fn(&str)),
    /// Answered otherwise, on purpose: the reason, and what is done instead.
    Otherwise(&'static str, fn(&str)),
    /// Cannot be run.
    Left(&'static str),
}
use Row::{Left, Otherwise, Run};

const GRAMMAR: &str = "a line of another program's grammar; regimens are TOML";
const HOURS: &str = "doses at hours that a plan, which knows days and parts of a day, does not hold";

/// Line in the file, the first words of its input, what becomes of it.
const EVENTS: &[(usize, &str, Row)] = &[
    (2, "100 over 2", Run(|want| assert_eq!(want, infused("100 mg", "2 hours", 0)))),
    (3, "100 q 12 x 3", Left(HOURS)),
    (4, "100 over 10 in 4 q 12 x 3", Left(HOURS)),
    (
        5,
        "1.23E+4",
        Otherwise("a dose is written out: an exponent is misread", |_| assert!(Amount::read("1.23E+4 mg").is_err())),
    ),
    (6, "1000 over 1.3", Run(|want| assert_eq!(want, infused("1000 mg", "1.3 hours", 3)))),
    (7, "1000 after 2", Left(HOURS)),
    (8, "100 over 10 q 12 x 3 ,", Left(GRAMMAR)),
    (9, "100 in 1 & 200 in 2 after 4", Left(HOURS)),
    (10, "100 in 1 & 200 in 2 then", Left(HOURS)),
    (11, "A(ii 24, addl 3)", Run(|want| assert_eq!(want, starts(&["[1, 2, 3, 4]", "[5, 6]", "[7, 8]"])))),
    (12, "amt 100 ii 24 addl 1", Left(HOURS)),
    (13, "amt 100 ii 24 addl 4", Run(|want| assert_eq!(want, times("[1, 2, 3, 4, 5]").len().to_string()))),
    (14, "amt 100 addl 24 without ii", Left("additional doses are never written: every dose has its own row")),
    (15, "m,w,f", Run(|want| assert_eq!(want, times("[1, 3, 5]").join(",")))),
    (16, "m,t,w", Run(|want| assert_eq!(want, times("[1, 2, 3]").join(",")))),
    (17, "t,th,s", Run(|want| assert_eq!(want, times("[2, 4, 7]").join(",")))),
    (
        18,
        "A(ii 24, addl 6); wait 72",
        Run(|want| {
            assert_eq!(want, starts(&["[1, 2, 3, 4, 5, 6, 7]", "[10, 11, 12]", "[19, 20]"]));
        }),
    ),
    (19, "single 250 q24 x5; single", Run(|want| assert_eq!(want, starts(&["[1, 2, 3, 4, 5]", "[6]", "[7, 8, 9]"])))),
    (20, "single 500; 250 q24 x5", Run(|want| assert_eq!(want, starts(&["[1]", "[2, 3, 4, 5, 6]"])))),
    (21, "single 500; ii 12", Left(HOURS)),
    (22, "time 50, ii 1.5, until 57.5", Left(HOURS)),
    (23, "time 50, ii 1.5, until 57.49", Left(HOURS)),
    (24, "time 50, ii 1.5, until 57.50", Left(HOURS)),
    (25, "amt 3 ii 24 until 120", Run(|want| assert_eq!(want, times("[1, 2, 3, 4, 5, 6]").join(",")))),
    (26, "same A and B; interval 15 h", Left("an infusion cut short is recorded as given in part, with what went in")),
    (27, "same A and B; switch", Left(HOURS)),
    (28, "induction 500 sc", Run(|want| assert_eq!(want, induction()))),
    (29, "1000 inf at 0,24", Left(HOURS)),
    (30, "1000 inf_1 at 0,24", Left(HOURS)),
    (31, "100 mg at rates", Run(|want| assert_eq!(want, lengths()))),
    (32, "sc, infusion, im", Otherwise("no length is ever assumed: a file without one is refused", |_| no_length())),
    (
        33,
        "negative dose amounts",
        Otherwise("refused, as the row's note wants", |_| {
            assert!(Amount::read("-1 mg").is_err() && Amount::read("-2 mg").is_err());
        }),
    ),
    (34, "AUC5", Run(|want| assert_eq!(want, auc("AUC5")))),
    (35, "AUC4.5", Run(|want| assert_eq!(want, auc("AUC4.5")))),
    (36, "AUC 1.5", Run(|want| assert_eq!(want, auc("AUC 1.5")))),
    (37, "AUC", Run(|want| assert_eq!(want, auc("AUC")))),
    (38, "AUC5-6", Run(|want| assert_eq!(want, auc("AUC5-6")))),
    (39, "AUC5-7.5", Run(|want| assert_eq!(want, auc("AUC5-7.5")))),
    (40, "", Run(|want| assert_eq!(want, auc("")))),
];

const CASES: &[(usize, &str, Row)] = &[
    (
        2,
        "weight or creatinine missing",
        Run(|_| {
            refused("renal --formula cockcroft-gault --sex male --age 60 --weight 70", "needs the creatinine");
            refused("renal --formula cockcroft-gault --sex male --age 60 --creatinine 0.8_mg/dL", "needs the weight");
        }),
    ),
    (
        3,
        "height 0, height null",
        Run(|_| {
            refused("bsa --height 0 --weight 65", "is zero");
            refused("bmi --weight 65", "needs the height");
            refused("bsa --height 170 --weight=-65", "is negative");
        }),
    ),
    (
        4,
        "age 70, male, creatinine 4.0",
        Run(|_| {
            assert!(
                shown("renal --formula mdrd --sex male --age 70 --creatinine 4_mg/dL").contains("mdrd: 14.9 mL/min")
            );
        }),
    ),
    (5, "height missing", Run(|_| refused("weight --formula devine --sex male", "needs the height"))),
    (
        6,
        "age < 1 year",
        Otherwise("no figure, rather than another one under this name", |_| {
            refused("weight --formula devine --height 60 --sex male --age 0", "no ideal weight by this formula");
        }),
    ),
    (7, "adult, sex unknown", Run(|_| refused("weight --formula devine --height 170", "needs the sex"))),
    (8, "Devine with age 15", Left("given without a warning: the formula's paper states no age")),
    (
        9,
        "24 in male",
        Run(|_| {
            let inputs =
                Inputs { height: Some(Height::read("24in").unwrap()), sex: Some(Sex::Male), ..Inputs::default() };
            let floor = formula::weight::compute(formula::weight::WeightFormula::DevineFloor, &inputs).unwrap();
            assert_eq!(floor.value, Decimal::from(50));
        }),
    ),
    (
        10,
        "sex missing",
        Otherwise("unsafe: a missing sex is asked for", |_| {
            refused("renal --formula cockcroft-gault --age 60 --weight 70 --creatinine 0.8_mg/dL", "needs the sex");
        }),
    ),
    (
        11,
        "creatinine unit missing",
        Otherwise("unsafe: a missing unit is asked for", |_| {
            refused("renal --formula ckd-epi-2021 --sex male --age 60 --creatinine 0.8", "has no unit");
        }),
    ),
    (
        12,
        "creatinine unit \"foo\"",
        Run(|_| {
            refused("renal --formula ckd-epi-2021 --sex male --age 60 --creatinine 0.8_foo", "uses the unit \"foo\"");
        }),
    ),
    (
        13,
        "max_value 150",
        Otherwise("a figure nobody has is refused; what is capped is told", |_| {
            refused("auc --target 5 --gfr 556 --no-cap", "above 500 mL/min");
            // Where a cap applies (125 mL/min unless told otherwise) no entry makes a larger dose: both results are shown.
            let capped = shown("auc --target 5 --gfr 556");
            assert!(capped.contains("WARN gfr") && capped.contains("the cap of 125 mL/min applies"), "{capped}");
            assert!(capped.contains("750 mg") && capped.contains("2,905 mg"), "{capped}");
            // 5 × (125 + 25)
            assert!(shown("auc --target 5 --gfr 200 --cap 125").contains("750 mg"));
        }),
    ),
    (
        14,
        "80 mg/dL",
        Run(|_| {
            refused("renal --formula ckd-epi-2021 --sex male --age 60 --creatinine 80_mg/dL", "Is it umol/L?");
        }),
    ),
    (
        15,
        "age 3",
        Otherwise("the figure, and for whom the formula was made", |_| {
            let line = "renal --formula ckd-epi-2021 --sex male --age 3 --creatinine 0.8_mg/dL";
            assert!(shown(line).contains("was made for ages from 18; the age is 3"));
        }),
    ),
    (
        16,
        "sex X",
        Run(|_| {
            refused("renal --formula ckd-epi-2021 --sex X --age 60 --creatinine 0.8_mg/dL", "is not female or male");
        }),
    ),
    (
        17,
        "sex missing",
        Run(|_| {
            refused("renal --formula ckd-epi-2021 --age 60 --creatinine 0.8_mg/dL", "needs the sex");
        }),
    ),
    (
        18,
        "sex or height missing",
        Run(|_| {
            refused("weight --formula janmahasatian --height 170 --weight 65", "needs the sex");
            refused("weight --formula janmahasatian --sex male --weight 65", "needs the height");
        }),
    ),
    (
        19,
        "increment missing",
        Run(|_| {
            refused("round 122.5", "--to");
            refused("round 122.5 --to 5mg --ties sideways", "sideways");
        }),
    ),
    (20, "BSA and height", Run(|_| refused("auc --target 5 --gfr 90_mL/min/1.73m2", "indexed to 1.73 m²"))),
    (
        21,
        "first administration after",
        Run(|_| {
            let one = Decimal::ONE;
            assert_eq!(Intensity::of(one, one, one, -one), None);
        }),
    ),
    (22, "optional drug absent", Run(|_| absent())),
];

/// Every row of a file stands in the list, in order, and holds.
fn all(file: &str, rows: &[(usize, &str, Row)], left: usize) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/vectors/{file}.csv"));
    let records: Vec<csv::StringRecord> = csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len(), "{file}: a row is in no list");
    for (record, (line, begins, row)) in records.iter().zip(rows) {
        assert_eq!(record.position().unwrap().line(), *line as u64, "{file}");
        assert!(
            record[1].starts_with(begins) && record[1].is_empty() == begins.is_empty(),
            "{file} line {line}: {}",
            &record[1]
        );
        match row {
            Run(holds) => holds(&record[2]),
            Otherwise(why, holds) => {
                assert!(!why.is_empty());
                holds(&record[2]);
            }
            Left(why) => assert!(!why.is_empty()),
        }
    }
    assert_eq!(rows.iter().filter(|(_, _, row)| matches!(row, Left(_))).count(), left, "{file}");
}

#[test]
fn schedules_of_other_programs() {
    all("regimen_events", EVENTS, 16);
}

#[test]
fn bad_and_borderline_input() {
    all("edge_cases", CASES, 1);
}

const MONTH: &str = "length = \"28 days\"\ncount = { planned = 1 }\nnext = \"from actual day 1\"\n\
                     window = { early = \"0 days\", late = \"3 days\" }";

/// TIME, AMT and RATE of one drug (by number) in the event table.
fn events(regimen: &posology::regimen::Regimen, number: &str) -> Vec<[String; 3]> {
    let course = course("2026-12-07", "170", "65");
    let schedule = present::schedule(regimen, &course, &planned(regimen, &course));
    let bytes = export::format("nonmem").unwrap().bytes(&schedule, &options()).unwrap();
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let head = table.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows = table.records().map(Result::unwrap).filter(|row| row[at("DRUG")] == *number);
    rows.map(|row| ["TIME", "AMT", "RATE"].map(|name| row[at(name)].to_owned())).collect()
}

fn infused(dose: &str, over: &str, places: u32) -> String {
    let lines = format!("dose = \"{dose}\"\nroute = \"intravenous\"\nover = \"{over}\"\ndays = [1]\nround = \"none\"");
    let [_, amount, rate] = &events(&one_phase(MONTH, &drug("a", &lines)), "1")[0];
    format!("amt={amount} rate={}", half_up(rate.parse().unwrap(), places).normalize())
}

fn daily(id: &str, days: &str) -> String {
    let count = days.split(',').count();
    let total = if count > 1 { format!("cycle_total = \"{} mg\"\n", count * 100) } else { String::new() };
    let lines = format!("dose = \"100 mg\"\nroute = \"subcutaneous\"\n{total}days = {days}\nround = \"none\"");
    drug(id, &lines)
}

/// The hours of one drug's doses since Monday 07-Dec-2026, on which another is given.
fn times(days: &str) -> Vec<String> {
    let regimen = one_phase(MONTH, &[daily("a", "[1]"), daily("b", days)].concat());
    events(&regimen, "2").into_iter().map(|[time, ..]| time).collect()
}

/// The hour at which each of several blocks begins.
fn starts(blocks: &[&str]) -> String {
    let drugs: String = ["a", "b", "c"].iter().zip(blocks).map(|(id, days)| daily(id, days)).collect();
    let regimen = one_phase(MONTH, &drugs);
    let first = |number: usize| events(&regimen, &number.to_string())[0][0].clone();
    (1..=blocks.len()).map(first).collect::<Vec<_>>().join(",")
}

/// Two phases: days 1, 15 and 43 of 98, then five cycles of eight weeks.
fn induction() -> String {
    let phase = |id: &str, cycle: &str, days: &str| {
        let text = daily("a", days).replace("[[drug]]", "[[phase.drug]]");
        format!(
            "[[phase]]\nid = \"{id}\"\nname = \"{id}\"\nnumbering = \"restarts\"\nsource = \"unverified\"\n{cycle}\n{text}"
        )
    };
    let cycle = |length: &str, count: &str| {
        format!(
            "[phase.cycle]\nlength = \"{length}\"\ncount = {{ planned = {count} }}\nnext = \"from actual day 1\"\n\
             window = {{ early = \"0 days\", late = \"3 days\" }}\nsource = \"unverified\"\n"
        )
    };
    let begins = "begins = { after = \"induction\", on = \"end of last cycle\", gap = \"0 days\" }\n[phase.cycle]";
    let first = phase("induction", &cycle("98 days", "1"), "[1, 15, 43]");
    let second = phase("maintenance", &cycle("56 days", "5").replace("[phase.cycle]", begins), "[1]");
    let example = crate::support::EXAMPLE.replace("{ cycle = 1", "{ phase = \"induction\", cycle = 1");
    let regimen = regimen(&[crate::support::HEAD, crate::support::BODY, &first, &second, &example].join("\n"));
    events(&regimen, "1").into_iter().map(|[time, ..]| time).collect::<Vec<_>>().join(",")
}

/// The least whole hours of 100 mg at 1 to 5 mg an hour.
fn lengths() -> String {
    let hours = (1..=5).map(|rate| {
        let lines = format!(
            "dose = \"100 mg\"\nroute = \"intravenous\"\nover = {{ at_most_per_hour = \"{rate} mg\" }}\ndays = [1]\nround = \"none\""
        );
        let plan = planned(&one_phase(MONTH, &drug("a", &lines)), &course("2026-12-07", "170", "65"));
        match &plan.administrations[0].infusion {
            Some(Infusion::AtMost { least, .. }) => half_up(least.minutes().unwrap() / Decimal::from(60), 0).to_string(),
            other => panic!("{other:?}"),
        }
    });
    hours.collect::<Vec<_>>().join(",")
}

fn no_length() {
    let lines =
        "\n[[drug]]\nname = \"a\"\ndose = \"100 mg\"\nroute = \"intravenous\"\ndays = [1]\nsource = \"unverified\"\n";
    let clinic = Clinic::new();
    let (head, body, example) = (crate::support::HEAD, crate::support::BODY, crate::support::EXAMPLE);
    let text = format!("{head}\n[cycle]\n{MONTH}\nsource = \"unverified\"\n{body}{lines}{example}");
    std::fs::write(clinic.path("a.toml"), text).unwrap();
    let output = clinic.bare(&["regimen", "check", clinic.path("a.toml").to_str().unwrap()]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.code() == Some(1) && told.contains("over = \"90 minutes\""), "{told}");
}

fn auc(text: &str) -> String {
    ProtocolDose::read(text).map_or_else(|_| "invalid".to_owned(), |dose| dose.value.normalize().to_string())
}

/// `calc` and the rest, split at spaces; `_` stands for a space within an argument.
fn calc(line: &str) -> std::process::Output {
    let words: Vec<String> = line.split_whitespace().map(|word| word.replace('_', " ")).collect();
    Clinic::new().bare(&[&["calc"][..], &words.iter().map(String::as_str).collect::<Vec<_>>()].concat())
}

fn refused(line: &str, why: &str) {
    let output = calc(line);
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8(told).unwrap();
    assert!(!output.status.success() && told.contains(why), "{line}: {told}");
}

fn shown(line: &str) -> String {
    let output = calc(line);
    assert!(output.status.success(), "{line}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// XELOX of which only oxaliplatin was given: the capecitabine of nobody who counted it is unknown; left out by decision it is
/// no dose, and an intensity of nothing.
fn absent() {
    let clinic = Clinic::new();
    let add = ["add", "S-1", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic.record(&["given", "S-1", "--cycle", "1", "--drug", "oxaliplatin"]);
    let capecitabine = || {
        let output = clinic.run(&["subject", "show", "S-1", "--json"]);
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let drugs = document["ledger"]["drugs"].as_array().unwrap();
        let one = drugs.iter().find(|one| one["drug"] == "capecitabine").unwrap();
        (one["doses"].as_u64(), one["relative_dose_intensity"].as_str().map(str::to_owned))
    };
    assert_eq!(capecitabine(), (Some(0), None));
    clinic.record(&["omit", "S-1", "--cycle", "1", "--drug", "capecitabine", "--reason", "not wanted"]);
    assert_eq!(capecitabine(), (Some(0), Some("0".to_owned())));
}
