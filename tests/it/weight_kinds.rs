//! Weights that choose between others. Every figure was worked out by hand.

use posology::course::Course;
use posology::quantity::{Age, Creatinine, Height, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;

use crate::support::{HEAD, date, dose, on, planned, regimen};

fn with(weight: &str, drug: &str) -> Regimen {
    regimen(&format!(
        r#"{HEAD}
[cycle]
length = "21 days"
count = {{ planned = 2 }}
next = "from actual day 1"
window = "unknown"
source = "unverified"

[body]
weight = "{weight}"
ideal_weight = "devine"
adjusted_factor = "0.4"
recalculate = "never"
source = "unverified"

[[drug]]
id = "a"
name = "a"
{drug}
route = "intravenous"
over = "unknown"
days = [1]
round = "none"
source = "unverified"

[[example]]
subject = {{ height = "170 cm", weight = "65 kg", sex = "female", age = "50 years", creatinine = "0.8 mg/dL" }}
start = 2026-12-07
expect = [{{ cycle = 1, day = 1, drug = "a", date = 2026-12-07 }}]
"#
    ))
}

fn subject(height: &str, weight: &str, sex: Sex) -> Course {
    let subject = Subject {
        height: Some(Height::read(height).unwrap()),
        // With its unit: a bare number that pounds explain would ask for it.
        weight: Some(Weight::read(&format!("{weight} kg")).unwrap()),
        sex: Some(sex),
        age: Some(Age::read("65").unwrap()),
        creatinine: Some(Creatinine::read("1.0 mg/dL").unwrap()),
        ..Subject::default()
    };
    Course::new(date("2026-12-07"), subject)
}

/// Whole milligrams of the dose.
fn whole(regimen: &Regimen, course: &Course) -> String {
    let exact = dose(&planned(regimen, course), "a", 1, 1);
    exact.split('.').next().unwrap().trim_end_matches(" mg").to_owned()
}

#[test]
fn kidney_function_takes_the_adjusted_weight_from_a_body_mass_index_of_25() {
    let gfr = r#"gfr = { formula = "cockcroft-gault", weight = "adjusted from BMI 25", creatinine_floor = "0.7 mg/dL", cap = "125 mL/min", places = 1, recalculate = "every cycle" }"#;
    let regimen = with("actual", &format!("dose = \"AUC 5\"\n{gfr}"));
    // 98 ÷ 1.52² = 42.4. Ideal 45.5 + 2.3 × (152 ÷ 2.54 − 60) = 45.14 kg; adjusted 45.14 + 0.4 × 52.86 = 66.28 kg.
    // (140 − 65) × 66.28 ÷ 72 × 0.85 = 58.69 → 58.7; 5 × 83.7 = 418.5. By actual weight it would be 5 × 111.8 = 559.
    let heavy = subject("152", "98", Sex::Female);
    assert_eq!(dose(&planned(&regimen, &heavy), "a", 1, 1), "418.5 mg");
    let plan = planned(&regimen, &heavy);
    let steps = format!("{:?}", on(&plan, "a", 1, 1).dose.steps);
    assert!(steps.contains("from 25 kg/m² the adjusted weight"), "{steps}");
    // 57 ÷ 1.52² = 24.7: the actual weight. 75 × 57 ÷ 72 × 0.85 = 50.47 → 50.5; 5 × 75.5 = 377.5.
    assert_eq!(dose(&planned(&regimen, &subject("152", "57", Sex::Female)), "a", 1, 1), "377.5 mg");
    // Exactly 25: 64 kg at 160 cm. Ideal 45.5 + 2.3 × 2.992 = 52.38; adjusted 57.03; 75 × 57.03 ÷ 72 × 0.85 = 50.5;
    // 377.5. By actual weight 56.7 and 408.5.
    assert_eq!(dose(&planned(&regimen, &subject("160", "64", Sex::Female)), "a", 1, 1), "377.5 mg");
}

#[test]
fn the_lower_of_ideal_and_actual_weight() {
    let regimen = with("lower of ideal and actual", "dose = \"10 mg/kg\"");
    // Ideal of a man of 165 cm: 50 + 2.3 × (165 ÷ 2.54 − 60) = 61.409 kg.
    assert_eq!(whole(&regimen, &subject("165", "110", Sex::Male)), "614");
    assert_eq!(whole(&regimen, &subject("165", "55", Sex::Male)), "550");
}

#[test]
fn a_body_weight_that_chooses_says_so_in_the_working() {
    let regimen = with("adjusted from BMI 25", "dose = \"10 mg/kg\"");
    // 110 ÷ 1.65² = 40.4: adjusted 61.409 + 0.4 × 48.591 = 80.845 kg.
    assert_eq!(whole(&regimen, &subject("165", "110", Sex::Male)), "808");
    let plan = planned(&regimen, &subject("165", "110", Sex::Male));
    assert_eq!(on(&plan, "a", 1, 1).dose.steps.iter().filter(|step| step.label == "weight used").count(), 1);
}
