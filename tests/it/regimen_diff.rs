//! What changed between two regimens: the words, the JSON, and that nothing is passed over.

use std::fs;

use posology::present::{Change, Concern, diff};

use crate::program::Home;
use crate::support::regimen;

const BASE: &str = include_str!("../corpus/valid/npc-liposomal-irinotecan-nituzumab.toml");
const PHASES: &str = include_str!("../../regimens/br-ddac-t.toml");
const RULES: &str = include_str!("../corpus/valid/rules.toml");
const LIFETIME: &str = include_str!("../corpus/valid/cohorts-steps-and-limits.toml");
const CRITERION: &str = include_str!("../corpus/valid/trial-frame.toml");
const AUC: &str = include_str!("../corpus/valid/bases-and-caps.toml");
const RCHOP: &str = include_str!("../../regimens/heme-rchop21.toml");

fn with(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

fn changes(text: &str, edits: &[(&str, &str)]) -> Vec<Change> {
    diff(&regimen(text), &regimen(&with(text, edits)))
}

/// `irinotecan liposomal: dose 70 → 60 mg/m2`, in order.
fn told(text: &str, edits: &[(&str, &str)]) -> Vec<String> {
    changes(text, edits).iter().map(|change| format!("{}: {}", change.of, change.text)).collect()
}

#[test]
fn a_changed_figure_is_told_with_its_unit_once() {
    assert_eq!(told(BASE, &[("\"70 mg/m2\"", "\"60 mg/m2\"")]), ["irinotecan liposomal: dose 70 → 60 mg/m2"]);
    assert_eq!(
        told(BASE, &[("\"400 mg\"", "\"0.5 g\""), ("\"400 mg\"", "\"500 mg\"")])[0],
        "nimotuzumab: dose 400 mg → 0.5 g"
    );
    assert_eq!(told(BASE, &[("\"14 days\"", "\"21 days\"")]), ["Cycle: length 14 → 21 days"]);
    assert_eq!(told(BASE, &[("up_to = 8", "up_to = 6")]), ["Cycle: number up to 8 cycles → up to 6 cycles"]);
    assert_eq!(told(BASE, &[("bsa_places  = 2 ", "bsa_places  = 3 ")]), ["Body size: decimals 2 → 3"],);
}

#[test]
fn another_formulation_is_another_drug() {
    let told = told(BASE, &[("formulation = \"liposomal\"\n", "")]);
    assert_eq!(told, ["irinotecan: called irinotecan liposomal → irinotecan"]);
}

#[test]
fn caps_come_go_and_change() {
    let of = |new| told(RCHOP, &[("cap    = \"2 mg\"", new)]);
    assert_eq!(of("cap    = \"1.5 mg\""), ["vinCRIStine: capped at 2 → 1.5 mg"]);
    assert_eq!(of("cap    = \"none\""), ["vinCRIStine: capped at 2 mg: removed"]);
    let back = diff(&regimen(&with(RCHOP, &[("cap    = \"2 mg\"", "cap    = \"none\"")])), &regimen(RCHOP));
    assert_eq!(back.iter().map(|change| change.text.as_str()).collect::<Vec<_>>(), ["capped at 2 mg: added"]);
}

#[test]
fn days_are_dropped_added_and_moved() {
    let three = with(
        BASE,
        &[
            ("days        = [1]", "days        = [1, 8, 15]\nmissed = \"ask\"\ncycle_total = \"210 mg/m2\""),
            ("\"14 days\"", "\"28 days\""),
            ("unverified = [\"round\"]", "unverified = [\"round\", \"missed\"]"),
            ("2027-03-15", "2027-06-21"),
        ],
    );
    let of = |days, total| {
        let edits = [("[1, 8, 15]", days), ("\"210 mg/m2\"", total)];
        let found = changes(&three, &edits);
        let dates = found.into_iter().filter(|change| change.concerns == Concern::Date);
        dates.map(|change| change.text).collect::<Vec<_>>()
    };
    assert_eq!(of("[1, 8]", "\"140 mg/m2\""), ["day 15 dropped"]);
    assert_eq!(of("[1, 8, 15, 22]", "\"280 mg/m2\""), ["day 22 added"]);
    assert_eq!(of("[1, 9, 15]", "\"210 mg/m2\""), ["day 8 moved to day 9"]);
    assert_eq!(of("[1, 2, 3, 4]", "\"280 mg/m2\""), ["days 1, 8, 15 → days 1 to 4"]);
}

#[test]
fn drugs_and_phases_come_and_go() {
    let start = BASE.find("[[drug]]\nname   = \"nimotuzumab\"").unwrap();
    let end = BASE.find("[[source]]").unwrap();
    let without = with(
        &BASE.replace(&BASE[start..end], ""),
        &[("drug = \"nimotuzumab\", dose = \"400 mg\"", "drug = \"irinotecan\", dose = \"123 mg\"")],
    );
    let (old, new) = (regimen(BASE), regimen(&without));
    let texts = |changes: Vec<Change>| changes.into_iter().map(|change| (change.of, change.text)).collect::<Vec<_>>();
    let gone = texts(diff(&old, &new));
    assert!(gone.contains(&("nimotuzumab".to_owned(), "removed: 400 mg intravenous, Day 1".to_owned())), "{gone:?}");
    let come = texts(diff(&new, &old));
    assert!(come.contains(&("nimotuzumab".to_owned(), "added: 400 mg intravenous, Day 1".to_owned())), "{come:?}");
    let phase = told(PHASES, &[("\"175 mg/m2\"", "\"80 mg/m2\""), ("gap = \"0 days\"", "gap = \"7 days\"")]);
    assert_eq!(
        phase,
        [
            "PACLitaxel: dose 175 → 80 mg/m2",
            "Cycle: Paclitaxel: begins 0 → 7 days after the end of the last cycle of ac",
        ]
    );
}

#[test]
fn sources_are_compared_and_told_after_the_doses() {
    let edits = [
        (
            "canterbury = [\"cap\"], ismp = [\"dilute\"], unverified = [\"round\"]",
            "ismp = [\"dilute\"], unverified = [\"cap\", \"round\"]",
        ),
        ("\"1.4 mg/m2\"", "\"1.2 mg/m2\""),
    ];
    let found = told(RCHOP, &edits);
    assert_eq!(found, ["vinCRIStine: dose 1.4 → 1.2 mg/m2", "vinCRIStine: capped at: source canterbury → unverified"]);
}

#[test]
fn the_same_meaning_in_other_words_is_no_difference() {
    assert_eq!(told(BASE, &[("\"14 days\"", "\"2 weeks\""), ("format = 1", "# a remark\nformat = 1")]), [""; 0]);
}

/// Every kind of quantity in another unit: 70 mg is 0.07 g, 90 minutes 1.5 hours, 1.5 10^9/L 1500 /mm3.
#[test]
fn the_same_quantity_in_another_unit_means_the_same() {
    let pairs: &[(&str, &str, &str)] = &[
        (BASE, "dose        = \"70 mg/m2\"", "dose        = \"0.07 g/m2\""),
        (BASE, "\"90 minutes\"", "\"1.5 hours\""),
        (BASE, "nearest = \"1 mg\"", "nearest = \"0.001 g\""),
        (BASE, "\"43 mg in 10 mL\"", "\"0.043 g in 10 mL\""),
        (RCHOP, "cap    = \"2 mg\"", "cap    = \"2000 mcg\""),
        (RULES, "over = \"46 hours\"", "over = \"2760 minutes\""),
        (RULES, "to = [\"50 mg/m2\", \"43 mg/m2\"]", "to = [\"0.05 g/m2\", \"43 mg/m2\"]"),
        (RULES, "dose = \"50 mg/m2\", reduce", "dose = \"0.05 g/m2\", reduce"),
        (RULES, "{ from = \"1.5 10^9/L\", do = \"treat\" }", "{ from = \"1500 /mm3\", do = \"treat\" }"),
        (RULES, "until = { from = \"1.5 10^9/L\" }", "until = { from = \"1500 /uL\" }"),
        (RULES, "longest = \"28 days\"", "longest = \"4 weeks\""),
        (
            RULES,
            "test = \"neutrophils\"\nalso = [\"ANC\"]\ndrugs = \"all\"\nrows = [\n  { from = \"1.5 10^9/L\"",
            "test = \"neutrophils\"\nalso = [\"ANC\"]\ndrugs = \"all\"\nrows = [\n  { from = \"1.5 10^3/uL\"",
        ),
        (LIFETIME, "limit = \"9000 mg/m2\"", "limit = \"9 g/m2\""),
        (CRITERION, "at_least = \"1.5 10^9/L\"", "at_least = \"1500 /mm3\""),
        (AUC, "creatinine_floor = \"0.7 mg/dL\"", "creatinine_floor = \"61.88 umol/L\""),
    ];
    for (text, old, new) in pairs {
        let found = changes(text, &[(*old, *new)]);
        assert!(found.iter().all(|change| !change.differs()), "{new}: {found:#?}");
        assert!(found.iter().all(|change| change.concerns == Concern::Wording), "{new}");
    }
    let said = changes(BASE, &[("\"90 minutes\"", "\"1.5 hours\"")]);
    assert_eq!(said[0].told(), "irinotecan liposomal: over 90 minutes → 1.5 hours");
}

#[test]
fn a_moved_limit_is_one_change_and_so_is_another_action() {
    let first = "{ from = \"1.5 10^9/L\", do = \"treat\" }";
    let second = "{ below = \"1.5 10^9/L\", do = \"hold\", until = { from = \"1.5 10^9/L\" }";
    let moved = [
        (first, "{ from = \"1 10^9/L\", do = \"treat\" }"),
        (second, "{ below = \"1 10^9/L\", do = \"hold\", until = { from = \"1.5 10^9/L\" }"),
    ];
    let wait = "irinotecan, fluorouracil: hold, until 1.5 10^9/L or more, at most 28 days; if longer, irinotecan, fluorouracil: stop the regimen";
    let mut found = told(RULES, &moved);
    for text in &mut found {
        // The drugs of a rule stand in the order of their ids.
        *text = text.replace("fluorouracil, irinotecan", "irinotecan, fluorouracil");
    }
    assert_eq!(
        found,
        [
            "Dose modifications: neutrophils: 1.5 10^9/L or more → 1 10^9/L or more (irinotecan, fluorouracil: treat)"
                .to_owned(),
            format!("Dose modifications: neutrophils: below 1.5 10^9/L → below 1 10^9/L ({wait})"),
        ]
    );
    // The same limits in another unit, and one of them moved: 1500 /mm3 is 1.5 10^9/L.
    let unit = [
        (first, "{ from = \"1000 /mm3\", do = \"treat\" }"),
        (second, "{ below = \"1000 /mm3\", do = \"hold\", until = { from = \"1500 /mm3\" }"),
    ];
    let found = changes(RULES, &unit);
    assert_eq!(found.iter().filter(|change| change.differs()).count(), 2, "{found:#?}");
    let action = told(RULES, &[("above = \"3 x ULN\", do = \"omit\"", "above = \"3 x ULN\", do = \"hold\"")]);
    assert_eq!(action, ["Dose modifications: bilirubin: above 3 x ULN: irinotecan: omit → irinotecan: hold"]);
    // A row more is a row more.
    let more = told(
        RULES,
        &[(
            "{ above = \"3 x ULN\", do = \"omit\" }",
            "{ above = \"3 x ULN\", through = \"5 x ULN\", do = \"omit\" },\n  { above = \"5 x ULN\", do = \"stop this drug\" }",
        )],
    );
    assert_eq!(
        more,
        [
            "Dose modifications: bilirubin: above 3 x ULN → above 3 through 5 x ULN (irinotecan: omit)",
            "Dose modifications: bilirubin: above 5 x ULN: irinotecan: stop this drug: added",
        ]
    );
}

/// A bolus and a pump of one drug, and what changed of the pump: once.
#[test]
fn two_entries_of_one_drug_are_told_apart_and_nothing_is_told_twice() {
    let read = |id: &str| fs::read_to_string(format!("regimens/{id}.toml")).unwrap();
    let changed = read("gi-folfiri").replace("\"15 minutes\"", "\"3 minutes\"").replace("\"46 hours\"", "\"48 hours\"");
    let found = diff(&regimen(&read("gi-mfolfox6")), &regimen(&changed));
    let of = |what: &str| -> Vec<String> {
        found
            .iter()
            .filter(|change| change.what == what && change.of.starts_with("fluorouracil"))
            .map(Change::told)
            .collect()
    };
    assert_eq!(
        of("over"),
        ["fluorouracil (bolus): over 15 → 3 minutes", "fluorouracil (infusion): over 46 → 48 hours"]
    );
    assert_eq!(of("infusion lasts"), [""; 0]);
    assert!(found.iter().all(|change| change.of != "fluorouracil"), "{found:#?}");
    assert!(!found.iter().any(|change| change.what.starts_with("infusion lasts")), "{found:#?}");
    let mut lines: Vec<String> = found.iter().map(Change::told).collect();
    let all = lines.len();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), all, "a line that stands twice");
}

/// What no line of a page says is told although something else changed too.
#[test]
fn nothing_is_passed_over_because_something_else_was_told() {
    let (old, mut new) = (regimen(RULES), regimen(RULES));
    new.version = "2".to_owned();
    new.phases[0].cycle.days = posology::calendar::DayCount::AroundZero;
    let found: Vec<String> = diff(&old, &new).iter().map(Change::told).collect();
    assert!(found[0].starts_with("Cycle: something changed for which this program has no words"), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

/// Every shipped file against every other: never silent, and the way back undoes the way there.
#[test]
fn no_two_shipped_files_are_the_same() {
    let mut regimens = Vec::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/regimens")).unwrap() {
        regimens.push(regimen(&fs::read_to_string(entry.unwrap().path()).unwrap()));
    }
    regimens.sort_by(|a, b| a.id.cmp(&b.id));
    for (at, one) in regimens.iter().enumerate() {
        assert_eq!(diff(one, one), [], "{}", one.id);
        let other = &regimens[(at + 1) % regimens.len()];
        let (there, back) = (diff(one, other), diff(other, one));
        assert!(!there.is_empty() && there.iter().all(|change| change.what != "something"), "{}", one.id);
        assert_eq!(there.len(), back.len(), "{} {}", one.id, other.id);
    }
}

#[test]
fn the_command_prints_text_and_json() {
    let home = Home::new();
    let path = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (a, b) = (path("a.toml", RCHOP), path("b.toml", &with(RCHOP, &[("\"50 mg/m2\"", "\"50 mg/m2\" # same")])));
    let ran = home.run(&["regimen", "diff", &a, &b]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.ends_with("no difference: the wording differs, the meaning does not\n"), "{}", ran.out);
    let document = home.json(&["regimen", "diff", "npc-gp", "npc-pf"]);
    assert_eq!(document["differs"], true);
    let first = &document["changes"][0];
    assert_eq!(first["concerns"], "dose");
    // Nothing but another unit: no difference, for a program too.
    let c = path("c.toml", &with(RCHOP, &[("cap    = \"2 mg\"", "cap    = \"2000 mcg\"")]));
    let ran = home.run(&["regimen", "diff", &a, &c]);
    assert!(ran.out.contains("no difference: the wording differs, the meaning does not\n\nSaid otherwise, and means the same\n  vinCRIStine: capped at 2 mg → 2,000 mcg\n"), "{}", ran.out);
    let document = home.json(&["regimen", "diff", &a, &c]);
    assert_eq!((&document["differs"], &document["changes"][0]["concerns"]), (&false.into(), &"wording".into()));
    assert_eq!(home.run(&["regimen", "diff", "npc-gp", "no-such"]).code, 1);
    assert_eq!(home.run(&["regimen", "diff", "npc-gp"]).code, 2);
}
