//! Dose modifications: what a result, a grade or an event leads to. Expected doses are worked out by hand.

use posology::advice::{Advice, ForDrug, ObservationKind, Observations, advise};
use posology::calendar::Site;
use posology::checker::check;
use posology::quantity::{Measured, ProtocolDose};
use posology::regimen::{Action, Regimen};

const RULES: &str = include_str!("../corpus/valid/rules.toml");

fn regimen() -> Regimen {
    let checked = check(RULES.as_bytes(), &Site::default());
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    checked.regimen.unwrap()
}

fn observed(change: impl FnOnce(&mut Observations)) -> Advice {
    let mut observed = Observations { genotype: Some("UGT1A1*1/*1".to_owned()), ..Observations::default() };
    change(&mut observed);
    advise(&regimen(), &observed)
}

fn lab(observed: &mut Observations, name: &str, value: &str) {
    observed.tests.push((name.to_owned(), Measured::read(value).unwrap()));
}

fn of<'a>(advice: &'a Advice, drug: &str) -> &'a ForDrug {
    advice.drugs.iter().find(|one| one.drug == drug).unwrap()
}

fn dose(advice: &Advice, drug: &str) -> Option<String> {
    of(advice, drug).dose.and_then(|lowered| lowered.dose).map(|dose: ProtocolDose| dose.to_string())
}

#[test]
fn a_boundary_belongs_to_the_row_that_takes_it_in() {
    for (count, expected) in [("1.5 10^9/L", Action::Treat), ("1.49 10^9/L", Action::Hold), ("1499 /mm3", Action::Hold)]
    {
        let advice = observed(|observed| lab(observed, "ANC", count));
        assert_eq!(of(&advice, "irinotecan").now, Some(expected), "{count}");
        assert_eq!(of(&advice, "fluorouracil").now, Some(expected), "{count}");
    }
}

#[test]
fn a_reduction_is_counted_from_the_level_in_force_and_each_drug_has_its_own() {
    let grade_3 = |occurrence: u32, level: i32| {
        observed(|observed| {
            observed.grades.push(("diarrhoea".to_owned(), 3));
            observed.occurrences.push(("diarrhoea".to_owned(), occurrence));
            observed.levels.insert("irinotecan".to_owned(), level);
        })
    };
    let first = grade_3(1, 0);
    assert_eq!(of(&first, "irinotecan").now, Some(Action::Hold));
    assert_eq!(dose(&first, "irinotecan").as_deref(), Some("50 mg/m2"));
    assert_eq!(dose(&first, "fluorouracil").as_deref(), Some("1,800 mg/m2")); // 75 % of 2400
    assert_eq!(dose(&grade_3(2, -1), "irinotecan").as_deref(), Some("43 mg/m2"));
    // Past the last step the ladder says that the drug stops.
    assert_eq!(of(&grade_3(2, -2), "irinotecan").now, Some(Action::StopDrug));
    assert_eq!(of(&grade_3(2, -2), "fluorouracil").now, Some(Action::Hold));
    for drug in ["irinotecan", "fluorouracil"] {
        assert_eq!(of(&grade_3(4, -1), drug).now, Some(Action::StopRegimen));
    }
}

#[test]
fn the_ladder_is_that_of_the_assigned_start() {
    let homozygous = |level: i32| {
        observed(|observed| {
            observed.genotype = Some("UGT1A1*28/*28".to_owned());
            observed.grades.push(("neutropenia".to_owned(), 4));
            observed.levels.insert("irinotecan".to_owned(), level);
        })
    };
    assert_eq!(dose(&homozygous(0), "irinotecan").as_deref(), Some("43 mg/m2")); // 50 is the start here
    assert_eq!(of(&homozygous(-1), "irinotecan").now, Some(Action::StopDrug));
    assert_eq!(homozygous(0).rows[0].source.as_deref(), Some("unverified"));
    assert_eq!(homozygous(0).rows[0].mark, Some("unverified"));
}

#[test]
fn of_several_rows_the_furthest_wins_and_of_two_reductions_the_lower_dose() {
    let advice = observed(|observed| {
        lab(observed, "neutrophils", "0.9 10^9/L");
        lab(observed, "bilirubin", "2 x ULN");
        observed.grades.push(("neutropenia".to_owned(), 4));
    });
    assert_eq!(of(&advice, "irinotecan").now, Some(Action::Hold));
    assert_eq!(dose(&advice, "irinotecan").as_deref(), Some("35 mg/m2")); // 50 % of 70, below one level down: 50
    assert_eq!(advice.rows.len(), 3);
    let without_count = observed(|observed| {
        lab(observed, "bilirubin", "2 x ULN");
        observed.grades.push(("neutropenia".to_owned(), 4));
    });
    assert!(matches!(of(&without_count, "irinotecan").now, Some(Action::Percent(..))));
    assert_eq!(of(&without_count, "fluorouracil").now, None);
}

#[test]
fn a_multiple_of_normal_comes_from_the_result_and_its_limit() {
    let bilirubin = |limit: Option<&str>| {
        observed(|observed| {
            lab(observed, "bilirubin", "40 umol/L");
            observed.limits.extend(limit.map(|limit| ("bilirubin".to_owned(), Measured::read(limit).unwrap())));
        })
    };
    // 40 ÷ 20 = 2 x ULN; 40 ÷ 12 = 3.33 x ULN.
    assert_eq!(dose(&bilirubin(Some("20 umol/L")), "irinotecan").as_deref(), Some("35 mg/m2"));
    assert_eq!(of(&bilirubin(Some("12 umol/L")), "irinotecan").now, Some(Action::Omit));
    let asked = bilirubin(None);
    assert_eq!((asked.rows.len(), asked.open[0].needs.as_str()), (0, "the upper limit of normal"));
    assert_eq!(bilirubin(Some("1 mg/dL")).rows.len(), 0);
}

#[test]
fn what_nobody_said_is_asked_and_never_assumed() {
    let silent = observed(|observed| observed.grades.push(("diarrhoea".to_owned(), 3)));
    assert!(silent.rows.is_empty());
    assert_eq!(silent.open.len(), 1);
    assert_eq!(silent.open[0].kind, posology::advice::ObservationKind::Occurrence);
    let fever = |with: bool| {
        observed(|observed| {
            observed.grades.push(("neutropenia".to_owned(), 3));
            let said = if with { &mut observed.events } else { &mut observed.absent };
            said.push("fever".to_owned());
        })
    };
    assert_eq!(of(&fever(false), "irinotecan").now, Some(Action::Treat));
    assert_eq!(of(&fever(true), "irinotecan").now, Some(Action::Down(1)));
    let unsaid = observed(|observed| observed.grades.push(("neutropenia".to_owned(), 3)));
    assert_eq!((unsaid.rows.len(), unsaid.open.len()), (0, 1));
    let old = |age: Option<i64>| {
        observed(|observed| {
            observed.events.push("poor tolerance".to_owned());
            observed.age = age.map(Into::into);
        })
    };
    assert_eq!(of(&old(Some(70)), "irinotecan").now, Some(Action::Level(-1)));
    assert_eq!(of(&old(Some(69)), "irinotecan").now, Some(Action::Ask));
    assert!(old(None).rows.is_empty() && !old(None).open.is_empty());
}

#[test]
fn what_no_rule_looks_at_is_told() {
    let advice = observed(|observed| {
        lab(observed, "sodium", "130 mmol/L");
        observed.events.push("rash".to_owned());
        observed.grades.push(("Diarrhoea".to_owned(), 1));
    });
    let unused: Vec<&str> = advice.unused.iter().map(|one| one.said.as_str()).collect();
    assert_eq!(unused, ["sodium 130 mmol/L", "rash"]);
    assert_eq!(advice.rows[0].found, "Diarrhoea grade 1 (CTCAE 5.0)");
}

#[test]
fn a_plain_synonym_counts_as_the_test_and_anything_further_off_is_asked() {
    // 1.0 is below 1.5: held, whatever the count is called.
    for name in ["absolute neutrophil count", "neutrophil", "Neutrophil Count", "anc", "NEUTS"] {
        let advice = observed(|observed| lab(observed, name, "1.0 10^9/L"));
        assert_eq!(of(&advice, "irinotecan").now, Some(Action::Hold), "{name}");
        assert!(advice.unused.is_empty(), "{name}");
    }
    let advice = observed(|observed| {
        lab(observed, "total bilirubin", "40 umol/L");
        observed.limits.push(("Bilirubins".to_owned(), Measured::read("20 umol/L").unwrap()));
        observed.events.push("ILD".to_owned());
    });
    assert_eq!(advice.rows.len(), 2);
    let taken = |said: &str, usual: &str| (said.to_owned(), usual.to_owned());
    assert_eq!(
        advice.taken,
        [
            taken("total bilirubin", "bilirubin"),
            taken("Bilirubins", "bilirubin"),
            taken("ILD", "interstitial lung disease")
        ]
    );
    let far = observed(|observed| {
        observed.events.push("lung disease".to_owned());
        observed.grades.push(("diarea".to_owned(), 3));
        observed.absent.push("rash".to_owned());
        observed.occurrences.push(("rash".to_owned(), 2));
        observed.limits.push(("sodium".to_owned(), Measured::read("145 mmol/L").unwrap()));
    });
    assert!(far.rows.is_empty());
    let near: Vec<_> =
        far.unused.iter().map(|one| (one.said.as_str(), one.near.as_ref().map(|near| near.1.as_str()))).collect();
    let expected = [
        ("sodium upper limit 145 mmol/L", None),
        ("diarea grade 3", Some("diarrhoea")),
        ("lung disease", Some("interstitial lung disease")),
        ("no rash", None),
        ("rash, occurrence 2", None),
    ];
    assert_eq!(near, expected);
}

/// A row, or a start, asks for the body surface as for everything else: it is read, asked, and never passed over.
#[test]
fn a_body_surface_is_read_by_the_one_evaluator() {
    let text = RULES
        .replace("age = { from = \"70 years\" }", "bsa = { from = \"2 m2\" }")
        .replace("age = { below = \"70 years\" }", "bsa = { below = \"2 m2\" }");
    let checked = check(text.as_bytes(), &Site::default());
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    let regimen = checked.regimen.unwrap();
    let said = |bsa: Option<&str>| {
        let mut observed = Observations { genotype: Some("UGT1A1*1/*1".to_owned()), ..Observations::default() };
        observed.events.push("poor tolerance".to_owned());
        if let Some(bsa) = bsa {
            observed.add(ObservationKind::Surface, "", bsa).unwrap();
        }
        advise(&regimen, &observed)
    };
    assert_eq!(of(&said(Some("2 m2")), "irinotecan").now, Some(Action::Level(-1)));
    assert_eq!(of(&said(Some("1.99")), "irinotecan").now, Some(Action::Ask));
    let unsaid = said(None);
    assert!(unsaid.rows.is_empty());
    assert_eq!(unsaid.open[0].kind, ObservationKind::Surface);
    assert_eq!(unsaid.open[0].kind, posology::advice::ObservationKind::Surface, "{:?}", unsaid.open);
}

/// Two starts, by a genotype and by any other: one level down is one step of the start that holds.
#[test]
fn any_other_genotype_has_its_start() {
    let start = "start = [{ when = { genotype = \"UGT1A1*28/*28\" }, dose = \"50 mg/m2\", reduce";
    let other = "start = [{ when = { genotype = \"any other\" }, dose = \"60 mg/m2\", reduce = { to = [\"55 mg/m2\"], \
                 then = \"stop this drug\", raise_again = \"never\" } }, { when = { genotype = \"UGT1A1*28/*28\" }, dose = \"50 mg/m2\", reduce";
    assert_eq!(RULES.matches(start).count(), 1);
    let text = RULES
        .replace(start, other)
        .replace("dose = \"123 mg\"", "dose = \"105 mg\"")
        .replace("dose = \"140 mg\"", "dose = \"120 mg\"");
    let checked = check(text.as_bytes(), &Site::default());
    let regimen = checked.regimen.unwrap_or_else(|| panic!("{:#?}", checked.findings));
    let down = |genotype: &str| {
        let mut observed = Observations { genotype: Some(genotype.to_owned()), ..Observations::default() };
        observed.grades.push(("neutropenia".to_owned(), 4));
        dose(&advise(&regimen, &observed), "irinotecan")
    };
    assert_eq!(down("UGT1A1*1/*1").as_deref(), Some("55 mg/m2"));
    assert_eq!(down("UGT1A1*28/*28").as_deref(), Some("43 mg/m2"));
}

/// Boundary, figure, drug or row taken away: the checker says which value is now in no row or in two.
#[test]
fn a_table_that_is_cut_is_found_out() {
    let told = |from: &str, to: &str| {
        assert_eq!(RULES.matches(from).count(), 1, "{from}");
        let checked = check(RULES.replace(from, to).as_bytes(), &Site::default());
        let told: Vec<(&str, String)> =
            checked.findings.into_iter().map(|found| (found.code.name(), found.text)).collect();
        assert_eq!(told.len(), 1, "{told:#?}");
        told.into_iter().next().unwrap()
    };
    let cases = [
        (
            "{ from = \"1.5 10^9/L\", do = \"treat\" }",
            "{ from = \"1.6 10^9/L\", do = \"treat\" }",
            "R046",
            "neutrophils from 1.5 to below 1.6 10^9/L",
        ),
        (
            "{ from = \"1.5 10^9/L\", do = \"treat\" }",
            "{ from = \"1.4 10^9/L\", do = \"treat\" }",
            "R047",
            "neutrophils 1.4 10^9/L is in rows 1 and 2",
        ),
        (
            "  { is = \"grade 2\", do = \"hold\", until = { through = \"grade 1\" } },\n",
            "",
            "R046",
            "diarrhoea grade 2 is",
        ),
        ("occurrence = \"third or later\"", "occurrence = \"third\"", "R046", "occurrence 4"),
        (
            "{ above = \"3 x ULN\", do = \"omit\" }",
            "{ from = \"3 x ULN\", do = \"omit\" }",
            "R047",
            "bilirubin 3 x ULN",
        ),
        (
            "  { is = \"grade 3\", without = \"fever\", do = \"treat\" },\n",
            "",
            "R046",
            "neutropenia grade 3 and without fever",
        ),
        ("age = { below = \"70 years\" }", "age = { below = \"60 years\" }", "R046", "age from 60 to below 70 years"),
        ("age = { below = \"70 years\" }", "age = { through = \"69 years\" }", "", ""),
    ];
    for (from, to, code, text) in cases {
        if code.is_empty() {
            let checked = check(RULES.replace(from, to).as_bytes(), &Site::default());
            assert!(checked.findings.is_empty(), "{to}: {:#?}", checked.findings);
            continue;
        }
        let found = told(from, to);
        assert_eq!(found.0, code, "{to}: {}", found.1);
        assert!(found.1.contains(text), "{to}: {}", found.1);
    }
}

/// Platelets have a table for day 1 and one for day 8; haemoglobin is a criterion of day 1.
const BY_DAY: &str = r#"
[[rule]]
test = "platelets"
days = [1]
drugs = "all"
rows = [{ from = "100 10^9/L", do = "treat" }, { below = "100 10^9/L", do = "hold" }]
source = "trial"

[[rule]]
test = "platelets"
days = [8]
drugs = "all"
rows = [{ from = "75 10^9/L", do = "treat" }, { below = "75 10^9/L", do = "omit" }]
source = "trial"

[[criterion]]
test = "haemoglobin"
at_least = "90 g/L"
days = [1]
otherwise = "delay"
source = "trial"
"#;

#[test]
fn a_table_answers_for_its_own_days() {
    let checked = check(format!("{RULES}{BY_DAY}").as_bytes(), &Site::default());
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    let regimen = checked.regimen.unwrap();
    let on = |day: Option<i32>, name: &str, value: &str| {
        let mut observed = Observations { day, genotype: Some("UGT1A1*1/*1".to_owned()), ..Observations::default() };
        lab(&mut observed, name, value);
        advise(&regimen, &observed)
    };
    for (day, count, expected) in
        [(1, "80 10^9/L", Action::Hold), (8, "80 10^9/L", Action::Treat), (8, "74 10^9/L", Action::Omit)]
    {
        let advice = on(Some(day), "platelets", count);
        assert_eq!(of(&advice, "irinotecan").now, Some(expected), "{count} on day {day}");
        assert_eq!(advice.rows.len(), 1);
        let other = &advice.other_days[0];
        assert_eq!((other.rule.as_str(), other.day), ("platelets", day));
        assert_eq!(other.days, [if day == 1 { 8 } else { 1 }]);
    }
    // No table is about day 15, which is said; and which day it is must be known before a table of one day is read.
    let neither = on(Some(15), "platelets", "10 10^9/L");
    assert_eq!((neither.rows.len(), neither.other_days.len(), of(&neither, "irinotecan").now), (0, 2, None));
    let unsaid = on(None, "platelets", "80 10^9/L");
    assert_eq!(unsaid.unsettled(), ["irinotecan", "fluorouracil"]);
    assert_eq!(unsaid.open[0].kind, ObservationKind::Day);
    assert!(unsaid.rows.is_empty());
    // A criterion names its day, and decides on that alone.
    assert_eq!(of(&on(Some(1), "haemoglobin", "80 g/L"), "irinotecan").now, Some(Action::Delay));
    let later = on(Some(8), "haemoglobin", "80 g/L");
    assert_eq!((of(&later, "irinotecan").now, later.other_days[0].days.as_slice()), (None, &[1][..]));
    let any = on(None, "haemoglobin", "80 g/L");
    assert_eq!(of(&any, "irinotecan").now, Some(Action::Delay));
    assert!(any.rows[0].row.ends_with("on day 1: not met"), "{}", any.rows[0].row);
}
