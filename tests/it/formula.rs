//! Every formula of the catalogue: what it asks for, what it refuses, what it shows.

use posology::formula::bsa::BsaFormula;
use posology::formula::renal::{self, RenalFormula, creatinine_floor};
use posology::formula::rounding::{bands, combination, difference, step, tablets, vials};
use posology::formula::weight::WeightFormula;
use posology::formula::{CATALOGUE, Entry, FormulaError, Inputs, Need, Race, calvert};
use posology::quantity::decimal::{Direction, Ties};
use posology::quantity::{Age, Amount, Bsa, Creatinine, Decimal, DoseUnit, Gfr, Height, Sex, Weight, decimal};
use proptest::prelude::*;

/// A person about whom everything is known.
fn known(entry: &Entry) -> Inputs {
    let gfr = if entry.name == "deindex" { Gfr::Indexed(80.into()) } else { Gfr::Absolute(80.into()) };
    Inputs {
        height: Some(Height::new(170.into())),
        weight: Some(Weight::new(65.into())),
        sex: Some(Sex::Female),
        age: Some(Age::new(46.into())),
        creatinine: Some(Creatinine::read("71 umol/L").unwrap()),
        bsa: Some(Bsa::new(Decimal::new(175, 2))),
        factor: Some(Decimal::new(4, 1)),
        gfr: Some(gfr),
        target_auc: Some(5.into()),
        ..Inputs::default()
    }
}

fn without(mut inputs: Inputs, need: Need) -> Inputs {
    match need {
        Need::Height => inputs.height = None,
        Need::Weight => inputs.weight = None,
        Need::Sex => inputs.sex = None,
        Need::Age => inputs.age = None,
        Need::Creatinine => inputs.creatinine = None,
        Need::Bsa => inputs.bsa = None,
        Need::Factor => inputs.factor = None,
        Need::Gfr => inputs.gfr = None,
        Need::TargetAuc => inputs.target_auc = None,
    }
    inputs
}

#[test]
fn every_formula_answers_and_its_last_step_is_the_answer() {
    for entry in CATALOGUE {
        let computed = (entry.compute)(&known(entry)).unwrap();
        let last = computed.steps.last().unwrap();
        assert_eq!((last.value, last.unit), (computed.value, computed.unit), "{}", entry.name);
        assert_eq!(computed.unit, entry.unit, "{}", entry.name);
        assert!(computed.steps.iter().all(|line| !line.expression.is_empty() && !line.label.is_empty()));
    }
}

#[test]
fn every_formula_names_the_input_that_is_missing() {
    for entry in CATALOGUE {
        for need in entry.needs {
            let refused = (entry.compute)(&without(known(entry), *need)).unwrap_err();
            assert_eq!(refused, FormulaError::Missing { formula: entry.name, input: *need });
        }
    }
}

#[test]
fn no_formula_takes_what_its_entry_does_not_name() {
    for entry in CATALOGUE {
        let only =
            |inputs: Inputs, need: &Need| if entry.needs.contains(need) { inputs } else { without(inputs, *need) };
        let all = [
            Need::Height,
            Need::Weight,
            Need::Sex,
            Need::Age,
            Need::Creatinine,
            Need::Bsa,
            Need::Factor,
            Need::Gfr,
            Need::TargetAuc,
        ];
        let bare = all.iter().fold(known(entry), only);
        // An age that is not needed may still give a caution.
        let figures = |inputs: &Inputs| (entry.compute)(inputs).map(|computed| (computed.value, computed.steps));
        assert_eq!(figures(&bare), figures(&known(entry)), "{}", entry.name);
    }
}

#[test]
fn names_are_unique_and_the_families_are_in_the_catalogue() {
    let names: std::collections::BTreeSet<&str> = CATALOGUE.iter().map(|entry| entry.name).collect();
    assert_eq!(names.len(), CATALOGUE.len());
    let families = BsaFormula::ALL.iter().map(|formula| formula.name());
    let families = families.chain(WeightFormula::ALL.iter().map(|formula| formula.name()));
    for name in families.chain(RenalFormula::ALL.iter().map(|formula| formula.name())) {
        assert!(names.contains(name), "{name}");
    }
    for formula in BsaFormula::ALL {
        assert_eq!(BsaFormula::read(formula.name()), Ok(*formula));
    }
    assert!(BsaFormula::read("dubois").unwrap_err().to_string().contains("one of mosteller, du-bois, haycock"));
}

#[test]
fn nonsense_is_refused_with_what_would_be_right() {
    let mosteller = posology::formula::entry("mosteller").unwrap();
    let refused = (mosteller.compute)(&Inputs { height: Some(Height::new(1_700.into())), ..known(mosteller) });
    assert_eq!(
        refused.unwrap_err().to_string(),
        "mosteller cannot use a height of 1,700 cm; give a height from 0.001 to 300 cm"
    );
    let james = posology::formula::entry("james").unwrap();
    let heavy = Inputs { weight: Some(Weight::new(600.into())), ..known(james) };
    assert!(matches!((james.compute)(&heavy), Err(FormulaError::OutOfRange { .. })));
}

#[test]
fn race_counts_only_when_it_is_asked_for() {
    for (name, coefficient) in [("mdrd", 1_212), ("mdrd-original", 1_212), ("ckd-epi-2009", 1_159)] {
        let entry = posology::formula::entry(name).unwrap();
        let with = |race| (entry.compute)(&Inputs { race, ..known(entry) }).unwrap().value;
        assert_eq!(with(None), with(Some(Race::Other)));
        let ratio = decimal::half_up(with(Some(Race::Black)) / with(None), 12);
        assert_eq!(ratio, Decimal::new(coefficient, 3).normalize(), "{name}");
    }
}

#[test]
fn an_indexed_gfr_never_enters_calvert_and_chatelut_is_no_gfr() {
    assert!(calvert::dose(5.into(), Gfr::Indexed(80.into()), None).is_err());
    let inputs = known(RenalFormula::Chatelut.entry());
    assert!(renal::gfr(RenalFormula::Chatelut, &inputs).is_err());
    assert!(renal::compute(RenalFormula::Chatelut, &inputs).is_ok());
}

#[test]
fn the_floor_the_clearance_the_cap_and_the_dose_are_all_shown() {
    let inputs = Inputs {
        creatinine: Some(Creatinine::read("0.4 mg/dL").unwrap()),
        sex: Some(Sex::Male),
        weight: Some(Weight::new(72.into())),
        age: Some(Age::new(40.into())),
        gfr_cap: Some(125.into()),
        target_auc: Some(6.into()),
        ..Inputs::default()
    };
    let floor = Creatinine::read("0.7 mg/dL").unwrap();
    let dose = calvert::from_creatinine(&inputs, Some(floor)).unwrap();
    let shown: Vec<&str> = dose.steps.iter().map(|line| line.expression.as_str()).collect();
    // (140 − 40) × 72 ÷ (72 × 0.7) is 142.857143, above the cap: 6 × 150 is 900.
    assert_eq!(
        shown,
        [
            "the larger of 0.4 mg/dL and 0.7 mg/dL",
            "(140 − 40) × 72 ÷ (72 × 0.7)",
            "the smaller of 142.857143… mL/min and 125 mL/min",
            "6 × (125 + 25)",
        ]
    );
    assert_eq!(dose.value, Decimal::from(900));
    let higher = Creatinine::read("88.4 umol/L").unwrap();
    assert_eq!(creatinine_floor::apply(higher, Some(floor)).unwrap().0, higher);
}

#[test]
fn pieces_are_the_fewest_even_where_the_largest_first_is_wrong() {
    let make = |dose: i64, sizes: &[i64], direction, ties| {
        let sizes: Vec<Decimal> = sizes.iter().map(|size| Decimal::from(*size)).collect();
        combination::make(dose.into(), &sizes, combination::Pick { direction, ties })
    };
    let written = |pieces: combination::Pieces| pieces.written("mg");
    assert_eq!(written(make(100, &[60, 50], Direction::Up, Ties::Up).unwrap()), "2 × 50 mg");
    assert_eq!(written(make(1_750, &[500, 150], Direction::Nearest, Ties::Up).unwrap()), "2 × 500 mg + 5 × 150 mg");
    assert_eq!(make(1_750, &[500], Direction::Nearest, Ties::Up).unwrap().total, 2_000.into());
    assert_eq!(make(1_750, &[500], Direction::Nearest, Ties::Down).unwrap().total, 1_500.into());
    assert!(make(1_750, &[500], Direction::Nearest, Ties::Even).is_err());
    assert_eq!(make(1_750, &[500], Direction::Down, Ties::Even).unwrap().total, 1_500.into());
    assert!(make(10, &[], Direction::Up, Ties::Up).is_err());
    assert!(make(10, &[0], Direction::Up, Ties::Up).is_err());
    assert!(make(i64::MAX, &[1], Direction::Up, Ties::Up).is_err());
}

#[test]
fn an_age_outside_the_range_is_a_caution_and_not_a_silence() {
    let entry = RenalFormula::CkdEpi2021.entry();
    let at = |age: u32| (entry.compute)(&Inputs { age: Some(Age::new(age.into())), ..known(entry) }).unwrap().cautions;
    assert_eq!(at(17), ["ckd-epi-2021 was made for ages from 18; the age is 17"]);
    assert_eq!(at(18), Vec::<String>::new());
}

/// Any decimal at all: 96 bits, any scale, any sign.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..29)
        .prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale))
}

/// Mostly what a form could send, sometimes anything.
fn loose() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        3 => (0_i64..1_000_000, 0_u32..7).prop_map(|(digits, places)| Decimal::new(digits, places)),
        1 => any_decimal(),
    ]
}

proptest! {
    #[test]
    fn no_figure_panics_a_formula(
        (height, weight, age, creatinine) in (loose(), loose(), loose(), loose()),
        (bsa, factor, gfr, auc, cap) in (loose(), loose(), loose(), loose(), loose()),
        (male, umol, indexed) in any::<(bool, bool, bool)>(),
    ) {
        let unit = if umol { posology::quantity::lab::CreatinineUnit::UmolPerL }
            else { posology::quantity::lab::CreatinineUnit::MgPerDl };
        let inputs = Inputs {
            height: Some(Height::new(height)),
            weight: Some(Weight::new(weight)),
            sex: Some(if male { Sex::Male } else { Sex::Female }),
            age: Some(Age::new(age)),
            creatinine: Some(Creatinine::new(creatinine, unit)),
            bsa: Some(Bsa::new(bsa)),
            race: Some(Race::Black),
            ideal: male.then_some(Weight::new(factor)),
            factor: Some(factor),
            gfr: Some(if indexed { Gfr::Indexed(gfr) } else { Gfr::Absolute(gfr) }),
            target_auc: Some(auc),
            gfr_cap: Some(cap),
        };
        for entry in CATALOGUE {
            if let Ok(computed) = (entry.compute)(&inputs) {
                prop_assert!(computed.value > Decimal::ZERO, "{} gave {}", entry.name, computed.value);
            }
        }
        let _ = calvert::from_creatinine(&inputs, inputs.creatinine);
    }

    #[test]
    fn no_figure_panics_a_rounding(dose in loose(), a in loose(), b in loose(), up in any::<bool>()) {
        let amount = Amount { value: dose, unit: DoseUnit::Mg };
        let direction = if up { Direction::Up } else { Direction::Nearest };
        let _ = step::round(amount, a, direction, Ties::Even);
        let _ = vials::at_least(amount, &[a, b]);
        let pick = combination::Pick { direction, ties: Ties::Down };
        let _ = tablets::round(amount, &[a, b], pick);
        let _ = bands::round(amount, &[bands::Band { from: a, give: a }, bands::Band { from: b, give: b }], Some(b));
        let _ = difference::percent(a, b);
    }
}
