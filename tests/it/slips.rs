//! Slips of somebody who copies a protocol into a file: how many the rules alone tell, and how many the examples that the
//! checker asks for. A slip changes one place (and whatever the author would have to change with it); the examples stay as the
//! second person worked them out. The files hold every example that the checker asks for, and are sound.

use posology::library::{Library, Origin, RegimenFile};

use crate::support::site;

const ESCALATION: &str = include_str!("../slips/escalation.toml");
const PHASES: &str = include_str!("../slips/before-and-after.toml");
const TABLES: &str = include_str!("../corpus/valid/worked-examples.toml");

/// What is written, and what was slipped into its place; several at once where the author's one misreading touches several.
type Slip = &'static [(&'static str, &'static str)];

const IN_ESCALATION: &[Slip] = &[
    &[("\"80 mg/m2\"", "\"90 mg/m2\""), ("\"240 mg/m2\"", "\"270 mg/m2\"")],
    &[("\"80 mg/m2\"", "\"8 mg/m2\"")],
    &[("\"80 mg/m2\"", "\"800 mg/m2\""), ("\"240 mg/m2\"", "\"2400 mg/m2\"")],
    &[("\"80 mg/m2\"", "\"80 mg/kg\""), ("\"240 mg/m2\"", "\"240 mg/kg\"")],
    &[("\"80 mg/m2\"", "\"80 mg\""), ("\"240 mg/m2\"", "\"240 mg\"")],
    &[("days = [1, 8, 15]", "days = [1, 8]")],
    &[("days = [1, 8, 15]", "days = [1, 8]"), ("\"240 mg/m2\"", "\"160 mg/m2\""), ("\"24 mg\"", "\"16 mg\"")],
    &[("days = [1, 8, 15]", "days = [1, 7, 15]")],
    &[("days = [1, 8, 15]", "days = [1, 8, 15, 22]")],
    &[("days = [1, 8, 15]", "days = [1, 8, 29]")],
    &[("over = \"60 minutes\"", "over = \"180 minutes\"")],
    &[("cap = \"160 mg\"", "cap = \"180 mg\"")],
    &[("cap = \"160 mg\"\n", "")],
    &[("\"65 mg/m2\", \"50 mg/m2\"", "\"50 mg/m2\", \"65 mg/m2\"")],
    &[("\"65 mg/m2\", \"50 mg/m2\"", "\"60 mg/m2\", \"50 mg/m2\"")],
    &[("\"65 mg/m2\", \"50 mg/m2\"", "\"65 mg/m2\", \"45 mg/m2\"")],
    &[("\"65 mg/m2\", \"50 mg/m2\"", "\"65 mg/m2\"")],
    &[("nearest = \"1 mg\"", "nearest = \"10 mg\"")],
    &[("vial = \"30 mg in 5 mL\"", "vial = \"300 mg in 5 mL\"")],
    &[("through = 21 }", "through = 28 }")],
    &[("through = 21 }", "through = 28 }"), ("\"21 doses\"", "\"28 doses\"")],
    &[("through = 21 }", "through = 22 }"), ("\"21 doses\"", "\"22 doses\"")],
    &[("cycle_total = \"21 doses\"\n", "")],
    &[("\"1\" = \"250 mg\", \"2\" = \"500 mg\"", "\"1\" = \"500 mg\", \"2\" = \"250 mg\"")],
    &[("\"1\" = \"250 mg\", \"2\" = \"500 mg\"", "\"1\" = \"250 mg\", \"2\" = \"750 mg\"")],
    &[("tablets = [\"250 mg\"]", "tablets = [\"100 mg\"]")],
    &[("strength_as = \"mesylate\"", "strength_as = \"banana\"")],
    &[("dose = \"8 mg\"", "dose = \"16 mg\""), ("\"24 mg\"", "\"48 mg\"")],
    &[("for = \"paclitaxel\"\n", "for = \"apatinib\"\n")],
    &[("length = \"28 days\"", "length = \"21 days\"")],
    &[("length = \"28 days\"", "length = \"42 days\"")],
    &[("up_to = 6", "planned = 6")],
    &[("up_to = 6", "up_to = 4")],
    &[("late = \"3 days\"", "late = \"7 days\"")],
    &[("\"1.5 10^9/L\"\ndays", "\"0.15 10^9/L\"\ndays")],
    &[("\"1.5 10^9/L\"\ndays", "\"1.0 10^9/L\"\ndays")],
    &[("\"100 10^9/L\"\ndays", "\"10 10^9/L\"\ndays")],
    &[("\"100 10^9/L\"\ndays", "\"75 10^9/L\"\ndays")],
    &[
        ("do = \"hold\", until = { through = \"grade 1\" }, then = \"two levels down\"", "do = \"stop this drug\""),
        ("later\", do = \"stop this drug\" }", "later\", do = \"hold\" }"),
    ],
    &[("{ is = \"grade 2\", do = \"one level down\" }", "{ is = \"grade 2\", do = \"hold\" }")],
    &[("then = \"two levels down\"", "then = \"one level down\"")],
    &[("{ is = \"grade 2\", do", "{ is = \"grade 3\", do")],
];

const IN_PHASES: &[Slip] = &[
    &[("\"50 mg/m2\"", "\"75 mg/m2\"")],
    &[("\"75 mg/m2\"", "\"50 mg/m2\"")],
    &[("\"AUC 5\"", "\"AUC 50\"")],
    &[("\"AUC 5\"", "\"AUC 6\"")],
    &[(
        "dose = \"AUC 5\"\nroute = \"intravenous\"\nover = \"30 minutes\"\ndays = [1]",
        "dose = \"AUC 5\"\nroute = \"intravenous\"\nover = \"30 minutes\"\ndays = [1, 8, 15]\nmissed = \"skip\"\ncycle_total = \"AUC 15\"",
    )],
    &[("\"0.7 mg/dL\"", "\"none\"")],
    &[("cap = \"125 mL/min\"", "cap = \"none\"")],
    &[("cap = \"125 mL/min\"", "cap = \"150 mL/min\"")],
    &[("days = [2]", "days = [1]")],
    &[("days = [2]", "days = [4]")],
    &[("dose = \"6 mg\"", "dose = \"60 mg\"")],
    &[("gap = \"28 days\"", "gap = \"42 days\"")],
    &[("length = \"14 days\"", "length = \"21 days\"")],
    &[("planned = 4", "planned = 3")],
    &[("planned = 3", "planned = 4")],
    &[("\"2600 mg/m2\"", "\"2400 mg/m2\"")],
    &[("total = \"2600 mg/m2\"", "dose_per_day = \"2600 mg/m2\"")],
    &[("over = \"48 hours\"", "over = \"24 hours\"")],
    &[("day = 3, visit", "day = 2, visit")],
    &[
        ("days = [1]\nafter = \"docetaxel\"\ngfr", "days = [1]\ngfr"),
        (
            "name = \"docetaxel\"\ndose = \"75 mg/m2\"",
            "name = \"docetaxel\"\nafter = \"carboplatin\"\ndose = \"75 mg/m2\"",
        ),
    ],
    &[("over = \"30 minutes\"", "over = \"60 minutes\"")],
    &[("route = \"subcutaneous\"", "route = \"intrathecal\"")],
];

const IN_TABLES: &[Slip] = &[
    &[("\"20 % of cyclophosphamide\"", "\"40 % of cyclophosphamide\""), ("\"240 mg/m2\"", "\"480 mg/m2\"")],
    &[("at = [\"0 hours\", \"4 hours\"]", "at = [\"0 hours\", \"8 hours\"]")],
    &[("times = \"twice daily\"", "times = \"3 times daily\"")],
    &[("dose = \"1000 mg/m2\"", "dose = \"1250 mg/m2\""), ("\"28000 mg/m2\"", "\"35000 mg/m2\"")],
    &[("do = { capecitabine = \"hold\" }", "do = { docetaxel = \"hold\" }")],
    &[("capecitabine = \"75 % of the protocol dose\" } }", "capecitabine = \"50 % of the protocol dose\" } }")],
];

fn checked(text: &str) -> RegimenFile {
    Library::new(None, Vec::new(), site()).check("case", Origin::Shipped, text.as_bytes())
}

/// The codes that are told.
fn codes(text: &str) -> Vec<String> {
    let told = checked(text).findings.into_iter().map(|finding| finding.code.to_string());
    told.filter(|code| code != "examples-untried").collect()
}

fn slipped(text: &str, slip: Slip) -> String {
    slip.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// What the rules tell without the examples: R089 to R092 speak of those.
fn by_rules(codes: &[String]) -> bool {
    codes.iter().any(|code| !["R089", "R090", "R091", "R092"].contains(&code.as_str()))
}

#[test]
fn slips_are_told_by_the_rules_and_the_rest_by_the_examples_that_are_asked_for() {
    let (mut all, mut rules, mut untold) = (0_u32, 0_u32, Vec::new());
    for (text, slips) in [(ESCALATION, IN_ESCALATION), (PHASES, IN_PHASES), (TABLES, IN_TABLES)] {
        assert_eq!(codes(text), Vec::<String>::new(), "a sound file is told nothing");
        let regimen = checked(text).regimen.unwrap();
        let asked: Vec<String> =
            posology::verify::tried(&regimen, &site()).untouched.into_iter().map(|one| one.what).collect();
        assert_eq!(asked, Vec::<String>::new(), "a file for slips holds every example that is asked for");
        for slip in slips {
            let told = codes(&slipped(text, slip));
            all += 1;
            rules += u32::from(by_rules(&told));
            if told.is_empty() {
                untold.push(slip);
            }
        }
    }
    assert_eq!(all, 70);
    assert!(rules * 100 >= all * 40, "{rules} of {all} by the rules alone");
    assert!(untold.len() * 100 <= 70 * 5, "told by nobody: {untold:#?}");
}
