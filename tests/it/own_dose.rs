//! Every question about a dose is answered by the dose of *this* subject, and of a file by every dose in it; never by the
//! one that happens to stand first. Figures worked out by hand.

use posology::advice::{ObservationKind, Observations, advise};
use posology::calendar::Site;
use posology::checker;
use posology::course::Course;
use posology::finding::Finding;
use posology::plan::{self, Options, Plan};
use posology::quantity::{Age, Creatinine, Height, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{EXAMPLE, HEAD, TWO_WEEKS, date, dose, regimen};

const BODY: &str = r#"[body]
bsa = "mosteller"
bsa_places = 2
weight = "actual"
recalculate = "every cycle"
source = "unverified"
[[cohort]]
id = "1"
[[cohort]]
id = "2"
"#;

fn text(drug: &str, more: &str) -> String {
    let example = EXAMPLE.replace(
        "weight = \"65 kg\" }",
        "weight = \"65 kg\", cohort = \"1\", age = \"50 years\", sex = \"female\", creatinine = \"0.8 mg/dL\" }",
    );
    format!(
        "{HEAD}\n[cycle]\n{TWO_WEEKS}\nsource = \"unverified\"\n{BODY}\n[[drug]]\nid = \"a\"\n{drug}\ndays = [1]\nround = \"none\"\nsource = \"unverified\"\n{more}\n{example}"
    )
}

fn infused(dose: &str) -> String {
    text(&format!("name = \"irinotecan\"\n{dose}\nroute = \"intravenous\"\nover = \"unknown\""), "")
}

fn infant(cohort: Option<&str>) -> Subject {
    Subject {
        height: Height::read("74 cm").ok(),
        weight: Weight::read("9 kg").ok(),
        age: Age::read("1 years").ok(),
        cohort: cohort.map(str::to_owned),
        ..Subject::default()
    }
}

fn plan_of(regimen: &Regimen, subject: Subject) -> Result<Plan, Vec<Finding>> {
    plan::plan(regimen, &Course::new(date("2026-12-07"), subject), &Site::default(), Options::default())
}

/// The codes of what is said against planning a subject.
fn refused(regimen: &Regimen, subject: Subject) -> Vec<String> {
    let findings = plan_of(regimen, subject).map_or_else(|findings| findings, |plan| plan.findings);
    let mut codes: Vec<String> = findings.into_iter().map(|one| one.code.to_string()).collect();
    codes.retain(|code| ["infant", "auc-target"].contains(&code.as_str()));
    codes
}

/// At 9 kg the cohort on 60 mg/m² is refused and the cohort on 100 mg is not, whichever is cohort 1.
#[test]
fn an_infant_is_refused_by_the_dose_of_its_own_cohort() {
    let flat_first = regimen(&infused(r#"by_cohort = { "1" = "100 mg", "2" = "60 mg/m2" }"#));
    assert_eq!(refused(&flat_first, infant(Some("1"))), [""; 0]);
    assert_eq!(refused(&flat_first, infant(Some("2"))), ["infant"]);
    let flat_second = regimen(&infused(r#"by_cohort = { "1" = "60 mg/m2", "2" = "100 mg" }"#));
    assert_eq!(refused(&flat_second, infant(Some("1"))), ["infant"]);
    assert_eq!(refused(&flat_second, infant(Some("2"))), [""; 0]);
    assert_eq!(dose(&plan_of(&flat_second, infant(Some("2"))).unwrap(), "a", 1, 1), "100 mg");
}

/// 60 mg/m² from 1 year: refused at 9 kg; 1 mg/kg below: 9 kg × 1 mg/kg = 9 mg.
#[test]
fn an_infant_is_refused_by_the_row_it_is_in() {
    let rows = [
        r#"{ age = { below = "1 years" }, dose = "1 mg/kg" }"#,
        r#"{ age = { from = "1 years" }, dose = "60 mg/m2" }"#,
    ];
    for [first, second] in [[rows[0], rows[1]], [rows[1], rows[0]]] {
        let regimen = regimen(&infused(&format!("table = [{first}, {second}]")));
        assert_eq!(refused(&regimen, infant(Some("1"))), ["infant"]);
        let younger = Subject { age: Age::read("0 years").ok(), ..infant(Some("1")) };
        assert_eq!(refused(&regimen, younger.clone()), [""; 0]);
        assert_eq!(dose(&plan_of(&regimen, younger).unwrap(), "a", 1, 1), "9 mg");
    }
}

/// A starting rule per kg is the rule for infants; one for another age is none.
#[test]
fn a_starting_rule_is_the_rule_for_infants_only_where_it_holds() {
    let with = |when: &str| {
        regimen(&infused(&format!("dose = \"60 mg/m2\"\nstart = [{{ when = {{ {when} }}, dose = \"1 mg/kg\" }}]")))
    };
    assert_eq!(refused(&with("weight = { through = \"10 kg\" }"), infant(Some("1"))), [""; 0]);
    assert_eq!(refused(&with("weight = { through = \"8 kg\" }"), infant(Some("1"))), ["infant"]);
    let both = with("weight = { through = \"10 kg\" }, age = { below = \"1 years\" }");
    assert_eq!(refused(&both, infant(Some("1"))), ["infant"], "the rule is for another age");
}

/// A row that goes on beyond infants says nothing of them; one that ends with them does.
#[test]
fn a_row_for_larger_people_is_no_rule_for_infants() {
    for (row, expected) in [
        ("weight = { below = \"50 kg\" }", &["infant"][..]),
        ("weight = { through = \"11 kg\" }", &["infant"]),
        ("weight = { through = \"10 kg\" }", &[]),
        ("age = { below = \"18 years\" }", &["infant"]),
        ("age = { below = \"3 years\" }", &["infant"]),
        ("age = { below = \"2 years\" }", &[]),
    ] {
        let (kind, end) = row.split_once(" = ").unwrap();
        let rest = end.replace("below", "from").replace("through", "above");
        let rows = format!("table = [{{ {row}, dose = \"60 mg/m2\" }}, {{ {kind} = {rest}, dose = \"70 mg/m2\" }}]");
        assert_eq!(refused(&regimen(&infused(&rows)), infant(Some("1"))), expected, "{row}");
    }
}

/// The row by body surface is a dose by body surface, in milligrams.
#[test]
fn a_row_by_body_surface_is_no_rule_for_infants() {
    let rows = r#"table = [{ bsa = { below = "1 m2" }, dose = "20 mg" }, { bsa = { from = "1 m2" }, dose = "60 mg" }]"#;
    assert_eq!(refused(&regimen(&infused(rows)), infant(Some("1"))), ["infant"]);
}

const GFR: &str = r#"gfr = { formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "125 mL/min", places = 0, recalculate = "every cycle" }"#;

fn carboplatin(one: &str, two: &str) -> String {
    text(
        &format!(
            "name = \"carboplatin\"\nby_cohort = {{ \"1\" = \"{one}\", \"2\" = \"{two}\" }}\n{GFR}\nroute = \"intravenous\"\nover = \"unknown\""
        ),
        "",
    )
}

fn adult(cohort: &str) -> Subject {
    Subject {
        height: Height::read("170 cm").ok(),
        weight: Weight::read("65 kg").ok(),
        age: Age::read("50 years").ok(),
        sex: Some(Sex::Female),
        creatinine: Creatinine::read("0.8 mg/dL").ok(),
        cohort: Some(cohort.to_owned()),
        ..Subject::default()
    }
}

/// Above AUC 10 no dose is calculated, whichever cohort has it, and the file says so before anybody is planned.
#[test]
fn a_target_above_the_ceiling_is_refused_in_every_cohort() {
    for text in [carboplatin("AUC 5", "AUC 12"), carboplatin("AUC 12", "AUC 5")] {
        let checked = checker::check(text.as_bytes(), &Site::default());
        let told: Vec<&Finding> = checked.findings.iter().filter(|finding| finding.code.name() == "R074").collect();
        assert!(checked.regimen.is_none(), "{:#?}", checked.findings);
        assert!(told.len() == 1 && told[0].text.contains("AUC 12"), "{told:#?}");
    }
}

/// AUC 8 is unusual: told to the cohort that gets it, and to no other.
#[test]
fn an_unusual_target_is_told_to_the_cohort_that_gets_it() {
    for (text, usual, unusual) in [(carboplatin("AUC 5", "AUC 8"), "1", "2"), (carboplatin("AUC 8", "AUC 5"), "2", "1")]
    {
        let regimen = regimen(&text);
        assert_eq!(refused(&regimen, adult(usual)), [""; 0]);
        assert_eq!(refused(&regimen, adult(unusual)), ["auc-target"]);
    }
}

const FEVER: &str = "[[rule]]\nevent = \"febrile neutropenia\"\ndrugs = [\"a\"]\nrows = [{ do = \"PERCENT of the protocol dose\" }]\nsource = \"unverified\"\n";

fn advised(drug: &str, percent: &str, observed: &Observations) -> String {
    let drug = format!("name = \"irinotecan\"\n{drug}\nroute = \"intravenous\"\nover = \"unknown\"");
    let regimen = regimen(&text(&drug, &FEVER.replace("PERCENT", percent)));
    let mut observed = observed.clone();
    observed.add(ObservationKind::Event, "febrile neutropenia", "y").unwrap();
    let advice = advise(&regimen, &observed);
    advice.drugs[0]
        .dose
        .and_then(|dose| dose.dose)
        .map_or_else(|| format!("asked: {:?}", advice.open), |dose| dose.to_string())
}

/// 50 % of 60 mg/m² is 30 mg/m²; 75 % of 100 mg/m² is 75 mg/m².
#[test]
fn a_percentage_of_the_protocol_dose_is_one_of_the_own_cohort() {
    let of = |cohort: &str| Observations { cohort: Some(cohort.to_owned()), ..Observations::default() };
    let falls = r#"by_cohort = { "1" = "100 mg/m2", "2" = "60 mg/m2" }"#;
    assert_eq!(advised(falls, "50 %", &of("1")), "50 mg/m2");
    assert_eq!(advised(falls, "50 %", &of("2")), "30 mg/m2");
    let rises = r#"by_cohort = { "1" = "60 mg/m2", "2" = "100 mg/m2" }"#;
    assert_eq!(advised(rises, "75 %", &of("1")), "45 mg/m2");
    assert_eq!(advised(rises, "75 %", &of("2")), "75 mg/m2");
    assert!(advised(rises, "75 %", &Observations::default()).contains("the cohort"), "asked, not assumed");
}

/// At 50 years 75 % of 100 mg/m², in whichever order the rows stand; a starting rule does not change the protocol dose.
#[test]
fn a_percentage_of_the_protocol_dose_is_one_of_the_own_row() {
    let at = |age: &str| {
        let mut observed = Observations::default();
        observed.add(ObservationKind::Age, "", age).unwrap();
        observed
    };
    let young = r#"{ age = { below = "18 years" }, dose = "60 mg/m2" }"#;
    let old = r#"{ age = { from = "18 years" }, dose = "100 mg/m2" }"#;
    for table in [format!("table = [{young}, {old}]"), format!("table = [{old}, {young}]")] {
        assert_eq!(advised(&table, "75 %", &at("50")), "75 mg/m2");
        assert_eq!(advised(&table, "75 %", &at("8")), "45 mg/m2");
    }
    let start = "dose = \"100 mg/m2\"\nstart = [{ when = { age = { from = \"70 years\" } }, percent = \"80 %\" }]";
    assert_eq!(advised(start, "75 %", &at("71")), "75 mg/m2", "of 100 mg/m², below the 80 mg/m² in force");
}

fn tablets(one: &str, two: &str) -> String {
    let drug = format!(
        "name = \"imatinib\"\nby_cohort = {{ \"1\" = \"{one}\", \"2\" = \"{two}\" }}\nroute = \"oral\"\ngiven = \"home\"\ntablets = [\"100 mg\", \"50 mg\"]"
    );
    text(&drug, "")
}

/// 130 mg are no sum of 100 mg and 50 mg, whichever cohort gets them.
#[test]
fn tablets_must_make_the_dose_of_every_cohort() {
    for text in [tablets("100 mg", "130 mg"), tablets("130 mg", "100 mg")] {
        let checked = checker::check(text.as_bytes(), &Site::default());
        let told: Vec<&str> =
            checked.findings.iter().filter(|one| one.code.name() == "R087").map(|one| one.text.as_str()).collect();
        assert_eq!(told, ["130 mg cannot be made of these tablets"]);
    }
}

/// `round` is asked for wherever somebody's dose goes by a size, not only where the first one's does.
#[test]
fn rounding_is_asked_for_where_any_dose_goes_by_a_size() {
    for doses in [r#"{ "1" = "100 mg", "2" = "60 mg/m2" }"#, r#"{ "1" = "60 mg/m2", "2" = "100 mg" }"#] {
        let text = infused(&format!("by_cohort = {doses}")).replace("round = \"none\"\n", "");
        let checked = checker::check(text.as_bytes(), &Site::default());
        assert!(
            checked.findings.iter().any(|one| one.code.name() == "R010" && one.text.contains("round")),
            "{:#?}",
            checked.findings
        );
    }
}

/// A dose by table is no fraction of another drug's as well: nothing says which of the two is meant.
#[test]
fn a_fraction_beside_a_table_is_a_dose_said_twice() {
    let rows = r#"table = [{ age = { below = "18 years" }, dose = "10 mg" }, { age = { from = "18 years" }, dose = "20 mg" }]"#;
    let second = format!(
        "[[drug]]\nid = \"b\"\nname = \"mesna\"\ndose = \"20 % of a\"\n{rows}\nroute = \"intravenous\"\nover = \"bolus\"\ndays = [1]\nround = \"none\"\nsource = \"unverified\"\n"
    );
    let text =
        text("name = \"ifosfamide\"\ndose = \"1200 mg/m2\"\nroute = \"intravenous\"\nover = \"unknown\"", &second);
    let checked = checker::check(text.as_bytes(), &Site::default());
    assert!(checked.findings.iter().any(|one| one.code.name() == "R018"), "{:#?}", checked.findings);
}
