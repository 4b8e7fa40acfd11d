//! Properties of the quantities: what is printed is read back, nothing panics, roots and steps are exact.

use posology::formula::bsa::{self, BsaFormula};
use posology::quantity::decimal::{Direction, Ties};
use posology::quantity::lab::CreatinineUnit;
use posology::quantity::{
    Age, Amount, Basis, Creatinine, Decimal, DoseUnit, Gfr, Height, Period, PeriodUnit, ProtocolDose, Sex, Weight,
    decimal, number,
};
use proptest::prelude::*;

/// Any figure a person could type: up to 15 digits, up to 9 of them decimals.
fn figure() -> impl Strategy<Value = Decimal> {
    (0_i64..1_000_000_000_000_000, 0_u32..10).prop_map(|(digits, places)| Decimal::new(digits, places).normalize())
}

/// A figure above zero, small enough to be a measurement.
fn measured() -> impl Strategy<Value = Decimal> {
    (1_i64..1_000_000, 0_u32..4).prop_map(|(digits, places)| Decimal::new(digits, places).normalize())
}

fn unit() -> impl Strategy<Value = DoseUnit> {
    prop::sample::select(DoseUnit::all().collect::<Vec<_>>())
}

/// The plain form with the unit, and the printed form with the commas of its thousands taken out.
fn both_forms(value: Decimal, printed: &str, unit: &str) -> [String; 2] {
    [format!("{} {unit}", number::plain(value)), printed.replace(',', "")]
}

/// Text that is near enough to the grammar to get past its first checks.
fn nearly() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 .,+\\-eEftinmgkculoL/²µ]{0,40}",
        "[0-9]{0,40}(\\.[0-9]{0,40})? ?(mg|cm|kg|lb|ft|in|umol/L|mL/min|days|AUC|mg/m2|)",
        "AUC ?[0-9.]{0,12}",
        "[0-9]{0,12}ft[0-9.]{0,30}(in)?",
    ]
}

fn read_everything(text: &str) {
    let _ = number::parse(text);
    let _ = number::split(text, "a number");
    let _ = number::shown(text);
    let _ = Height::read_echo(text);
    let _ = Weight::read_echo(text);
    let _ = Age::read(text);
    let _ = Sex::read(text);
    let _ = Amount::read(text);
    let _ = ProtocolDose::read(text);
    let _ = Period::read(text);
    let _ = Creatinine::read(text);
    let _ = Gfr::read(text);
    let _ = DoseUnit::read(text);
    let _ = BsaFormula::read(text);
    if let Ok(period) = Period::read(text) {
        let _ = (period.whole_days(), period.minutes());
    }
}

proptest! {
    #[test]
    fn numbers_are_read_back_as_printed(value in figure()) {
        prop_assert_eq!(number::parse(&number::plain(value)).unwrap(), value);
        prop_assert_eq!(number::parse(&number::print(value).replace(',', "")).unwrap(), value);
    }

    #[test]
    fn printing_groups_thousands_and_nothing_else(value in figure()) {
        let printed = number::print(value);
        prop_assert_eq!(printed.replace(',', ""), number::plain(value));
        let whole = printed.split('.').next().unwrap();
        let groups: Vec<&str> = whole.split(',').collect();
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
    }

    #[test]
    fn amounts_are_read_back(value in figure(), unit in unit()) {
        let amount = Amount { value, unit };
        for text in both_forms(value, &amount.to_string(), unit.written()) {
            prop_assert_eq!(Amount::read(&text).unwrap(), amount);
        }
    }

    #[test]
    fn protocol_doses_are_read_back(
        value in figure(),
        unit in unit(),
        basis in prop::sample::select(vec![Basis::Flat, Basis::PerM2, Basis::PerKg, Basis::Auc]),
    ) {
        let unit = if basis == Basis::Auc { DoseUnit::Mg } else { unit };
        let dose = ProtocolDose { value, unit, basis };
        let plain = match basis {
            Basis::Auc => format!("AUC {}", number::plain(value)),
            _ => format!("{} {}", number::plain(value), dose.unit_text()),
        };
        for text in [plain, dose.to_string().replace(',', "")] {
            prop_assert_eq!(ProtocolDose::read(&text).unwrap(), dose);
        }
    }

    #[test]
    fn periods_are_read_back(
        value in figure(),
        unit in prop::sample::select(vec![
            PeriodUnit::Minutes, PeriodUnit::Hours, PeriodUnit::Days,
            PeriodUnit::Weeks, PeriodUnit::Months, PeriodUnit::Years,
        ]),
    ) {
        let period = Period { value, unit };
        prop_assert_eq!(Period::read(&period.to_string().replace(',', "")).unwrap(), period);
    }

    #[test]
    fn heights_and_weights_are_read_back(value in measured()) {
        let (height, weight) = (Height::new(value), Weight::new(value));
        for text in both_forms(value, &height.to_string(), "cm") {
            prop_assert_eq!(Height::read(&text).unwrap(), height);
        }
        for text in both_forms(value, &weight.to_string(), "kg") {
            prop_assert_eq!(Weight::read(&text).unwrap(), weight);
        }
    }

    #[test]
    fn creatinine_and_gfr_are_read_back(value in measured(), umol in any::<bool>(), indexed in any::<bool>()) {
        let (unit, written) =
            if umol { (CreatinineUnit::UmolPerL, "umol/L") } else { (CreatinineUnit::MgPerDl, "mg/dL") };
        let creatinine = Creatinine::new(value, unit);
        for text in both_forms(value, &creatinine.to_string(), written) {
            prop_assert_eq!(Creatinine::read(&text).unwrap(), creatinine);
        }
        let (gfr, written) =
            if indexed { (Gfr::Indexed(value), "mL/min/1.73m2") } else { (Gfr::Absolute(value), "mL/min") };
        for text in both_forms(value, &gfr.to_string(), written) {
            prop_assert_eq!(Gfr::read(&text).unwrap(), gfr);
        }
    }

    #[test]
    fn no_text_panics_a_reader(text in nearly()) {
        read_everything(&text);
    }

    #[test]
    fn a_root_squared_is_its_radicand(digits in 1_i64..i64::MAX, places in 0_u32..16) {
        let value = Decimal::new(digits, places);
        let root = decimal::sqrt(value).unwrap();
        let apart = (root * root - value).abs() / value;
        prop_assert!(apart <= Decimal::new(1, 20), "√{value} = {root}, {apart} apart");
    }

    #[test]
    fn a_whole_root_is_exact(digits in 0_i64..3_000_000_000, places in 0_u32..10) {
        let root = Decimal::new(digits, places);
        prop_assert_eq!(decimal::sqrt(root * root).unwrap(), root);
    }

    #[test]
    fn a_rounded_dose_is_a_multiple_on_the_right_side(
        value in measured(),
        step in prop::sample::select(vec!["0.1", "0.25", "0.3", "1", "2.5", "5", "7", "10", "50", "250"]),
        ties in prop::sample::select(vec![Ties::Up, Ties::Down, Ties::Even]),
    ) {
        let step: Decimal = step.parse().unwrap();
        let to = |direction| decimal::to_step(value, step, direction, ties).unwrap();
        let (down, near, up) = (to(Direction::Down), to(Direction::Nearest), to(Direction::Up));
        for rounded in [down, near, up] {
            prop_assert_eq!(rounded % step, Decimal::ZERO);
        }
        prop_assert!(down <= value && value <= up && up - down <= step);
        prop_assert!((near - value).abs() * Decimal::TWO <= step);
        prop_assert_eq!(up == down, value % step == Decimal::ZERO);
    }

    #[test]
    fn mosteller_to_two_places_is_the_exact_one(tenths_cm in 500_u64..2_300, tenths_kg in 20_u64..2_500) {
        prop_assert_eq!(mosteller(tenths_cm, tenths_kg), exact_mosteller(tenths_cm, tenths_kg));
    }
}

/// What the program computes, rounded half up to hundredths of a square metre.
fn mosteller(tenths_cm: u64, tenths_kg: u64) -> Decimal {
    let tenths = |value: u64| Decimal::new(i64::try_from(value).unwrap(), 1);
    let surface =
        bsa::compute(BsaFormula::Mosteller, Height::new(tenths(tenths_cm)), Weight::new(tenths(tenths_kg)), None);
    decimal::half_up(surface.unwrap().value, 2)
}

/// The same in whole numbers: with x = h × w ÷ 36 the square of the hundredths (h, w in tenths), half up is
/// ⌈⌊√(4x)⌋ ÷ 2⌉.
fn exact_mosteller(tenths_cm: u64, tenths_kg: u64) -> Decimal {
    let hundredths = (tenths_cm * tenths_kg / 9).isqrt().div_ceil(2);
    Decimal::new(i64::try_from(hundredths).unwrap(), 2).normalize()
}

#[test]
fn mosteller_is_exact_on_a_grid_and_on_the_known_ties() {
    assert_eq!(mosteller(1_377, 425), Decimal::new(128, 2)); // exactly 1.275
    for tenths_cm in (500..2_300).step_by(17) {
        for tenths_kg in (20..2_500).step_by(13) {
            let exact = exact_mosteller(tenths_cm, tenths_kg);
            assert_eq!(mosteller(tenths_cm, tenths_kg), exact, "{tenths_cm} mm, {tenths_kg} × 0.1 kg");
        }
    }
}

#[test]
fn the_printed_forms_that_are_meant_for_people_are_refused_by_the_reader() {
    assert!(number::parse("1,250").is_err());
    assert_eq!(number::print(Decimal::from(1_250)), "1,250");
}
