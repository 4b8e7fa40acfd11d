//! Doses by table: every row of the published tables in `tests/vectors`, through tables of real regimens.
//!
//! Where a published table was not read, its row says `dose = "unknown"`: no figure is made up here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use posology::dosing::{self, Dose, DoseError, Modification, SubjectOnDay};
use posology::quantity::{Decimal, Height, Weight};
use posology::regimen::Regimen;

use crate::support;

const CYCLE: &str = r#"length = "28 days"
count = { planned = 6 }
next = "from actual day 1"
window = "unknown""#;

/// A regimen of one drug with these lines; `loading`, `vial`, `tablets`, `round` and the rest as given.
fn regimen(lines: &str) -> Regimen {
    let mut drug =
        format!("[[drug]]\nid = \"a\"\nname = \"a drug\"\nroute = \"oral\"\ngiven = \"home\"\ndays = [1]\n{lines}\n");
    writeln!(drug, "source = \"unverified\"").unwrap();
    support::one_phase(CYCLE, &drug)
}

fn dose(regimen: &Regimen, state: &SubjectOnDay<'_>, loading: bool) -> Result<Dose, DoseError> {
    let drug = &regimen.phases[0].drugs[0];
    let size = dosing::size(regimen.body.as_ref().unwrap(), state).ok();
    dosing::dose(regimen, drug, state, Modification { loading, ..Modification::default() }, size.as_ref())
}

fn weighing(weight: &str) -> SubjectOnDay<'static> {
    let weight = Some(Weight::new(weight.parse().unwrap()));
    SubjectOnDay { weight, height: Some(Height::new(Decimal::from(150))), ..SubjectOnDay::default() }
}

/// A height of 144 cm and a weight of 25 times the squared surface: √(144 × 25 × b² ÷ 3600) = b.
fn surface(bsa: &str) -> SubjectOnDay<'static> {
    let bsa: Decimal = bsa.parse().unwrap();
    let weight = Decimal::from(25) * bsa * bsa;
    SubjectOnDay {
        weight: Some(Weight::new(weight)),
        height: Some(Height::new(Decimal::from(144))),
        ..SubjectOnDay::default()
    }
}

type Row = BTreeMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_reader(fs::File::open(path).unwrap());
    let headers = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn figure(row: &Row, key: &str) -> Option<Decimal> {
    Some(row[key].as_str()).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap())
}

const TAS: &str = r#"times = "twice daily"
tablets = ["15 mg", "20 mg"]
table = [
  { bsa = { below = "1.07 m2" }, dose = "35 mg" },
  { bsa = { from = "1.07 m2", through = "1.22 m2" }, dose = "40 mg" },
  { bsa = { from = "1.23 m2", through = "1.37 m2" }, dose = "45 mg" },
  { bsa = { from = "1.38 m2", through = "1.52 m2" }, dose = "50 mg" },
  { bsa = { from = "1.53 m2", through = "1.68 m2" }, dose = "55 mg" },
  { bsa = { from = "1.69 m2", through = "1.83 m2" }, dose = "60 mg" },
  { bsa = { from = "1.84 m2", through = "1.98 m2" }, dose = "65 mg" },
  { bsa = { from = "1.99 m2", through = "2.14 m2" }, dose = "70 mg" },
  { bsa = { from = "2.15 m2", through = "2.29 m2" }, dose = "75 mg" },
  { bsa = { from = "2.3 m2" }, dose = "80 mg" },
]"#;

const SELUMETINIB: &str = r#"times = "twice daily"
starts = "morning"
table = [
  { bsa = { below = "0.55 m2" }, dose = "unknown" },
  { bsa = { from = "0.55 m2", below = "0.7 m2" }, morning = "20 mg", evening = "10 mg" },
  { bsa = { from = "0.7 m2", below = "0.9 m2" }, dose = "20 mg" },
  { bsa = { from = "0.9 m2", below = "1.1 m2" }, dose = "25 mg" },
  { bsa = { from = "1.1 m2", below = "1.3 m2" }, dose = "30 mg" },
  { bsa = { from = "1.3 m2", below = "1.5 m2" }, dose = "unknown" },
  { bsa = { from = "1.5 m2", below = "1.7 m2" }, dose = "40 mg" },
  { bsa = { from = "1.7 m2", through = "1.7 m2" }, dose = "45 mg" },
  { bsa = { above = "1.7 m2", below = "2.2 m2" }, dose = "unknown" },
  { bsa = { from = "2.2 m2" }, dose = "50 mg" },
]"#;

const SELUMETINIB_1: &str = r#"times = "twice daily"
starts = "morning"
table = [
  { bsa = { below = "0.55 m2" }, dose = "unknown" },
  { bsa = { from = "0.55 m2", below = "0.7 m2" }, dose = "10 mg" },
  { bsa = { from = "0.7 m2", below = "0.9 m2" }, morning = "20 mg", evening = "10 mg" },
  { bsa = { from = "0.9 m2", below = "1.1 m2" }, morning = "25 mg", evening = "10 mg" },
  { bsa = { from = "1.1 m2", below = "1.3 m2" }, morning = "25 mg", evening = "20 mg" },
  { bsa = { from = "1.3 m2", below = "1.5 m2" }, dose = "25 mg" },
  { bsa = { from = "1.5 m2" }, dose = "unknown" },
]"#;

const SELUMETINIB_2: &str = r#"times = "twice daily"
starts = "morning"
table = [
  { bsa = { below = "0.9 m2" }, dose = "unknown" },
  { bsa = { from = "0.9 m2", below = "1.1 m2" }, dose = "10 mg" },
  { bsa = { from = "1.1 m2", below = "1.3 m2" }, morning = "20 mg", evening = "10 mg" },
  { bsa = { from = "1.3 m2", below = "1.5 m2" }, morning = "25 mg", evening = "10 mg" },
  { bsa = { from = "1.5 m2" }, dose = "unknown" },
]"#;

const GRANULES: &str = r#"times = "twice daily"
starts = "morning"
table = [
  { bsa = { below = "0.6 m2" }, dose = "unknown" },
  { bsa = { from = "0.6 m2", through = "0.69 m2" }, dose = "15 mg" },
  { bsa = { from = "0.7 m2" }, dose = "unknown" },
]"#;

const TOVORAFENIB: &str = r#"table = [
  { bsa = { below = "0.9 m2" }, dose = "unknown" },
  { bsa = { from = "0.9 m2", through = "1.12 m2" }, dose = "400 mg" },
  { bsa = { from = "1.13 m2", below = "1.4 m2" }, dose = "500 mg" },
  { bsa = { from = "1.4 m2" }, dose = "600 mg" },
]"#;

const TOVORAFENIB_SUSPENSION: &str = r#"table = [
  { bsa = { below = "0.3 m2" }, dose = "unknown" },
  { bsa = { from = "0.3 m2", below = "0.36 m2" }, dose = "125 mg" },
  { bsa = { from = "0.36 m2", through = "0.42 m2" }, dose = "150 mg" },
  { bsa = { from = "0.43 m2", below = "0.49 m2" }, dose = "175 mg" },
  { bsa = { from = "0.49 m2", through = "0.54 m2" }, dose = "200 mg" },
  { bsa = { from = "0.55 m2", through = "0.63 m2" }, dose = "225 mg" },
  { bsa = { from = "0.64 m2", through = "0.77 m2" }, dose = "275 mg" },
  { bsa = { from = "0.78 m2", through = "0.83 m2" }, dose = "300 mg" },
  { bsa = { from = "0.84 m2", through = "0.84 m2" }, dose = "350 mg" },
  { bsa = { from = "0.85 m2", through = "1.24 m2" }, dose = "unknown" },
  { bsa = { from = "1.25 m2", through = "1.25 m2" }, dose = "450 mg" },
  { bsa = { from = "1.26 m2", below = "1.4 m2" }, dose = "525 mg" },
  { bsa = { from = "1.4 m2" }, dose = "600 mg" },
]"#;

const CRIZOTINIB: &str = r#"table = [
  { bsa = { below = "1.34 m2" }, dose = "unknown" },
  { bsa = { from = "1.34 m2", through = "1.51 m2" }, dose = "400 mg" },
  { bsa = { from = "1.52 m2", through = "1.52 m2" }, dose = "450 mg" },
  { bsa = { above = "1.52 m2" }, dose = "unknown" },
]"#;

const S1: &str = r#"table = [
  { bsa = { below = "1.25 m2" }, dose = "40 mg" },
  { bsa = { from = "1.25 m2", below = "1.5 m2" }, dose = "50 mg" },
  { bsa = { from = "1.5 m2" }, dose = "60 mg" },
]"#;

const CAPECITABINE: &str = r#"times = "twice daily"
tablets = ["150 mg", "500 mg"]
table = [
  { bsa = { below = "1.26 m2" }, dose = "unknown" },
  { bsa = { from = "1.26 m2", through = "1.26 m2" }, dose = "1650 mg" },
  { bsa = { above = "1.26 m2", below = "1.78 m2" }, dose = "unknown" },
  { bsa = { from = "1.78 m2", through = "1.78 m2" }, dose = "2300 mg" },
  { bsa = { above = "1.78 m2" }, dose = "unknown" },
]"#;

const BY_SURFACE: &[(&str, &str)] = &[
    ("trifluridine_tipiracil_35_mg_m2_bid", TAS),
    ("selumetinib_capsules_25_mg_m2_bid", SELUMETINIB),
    ("selumetinib_granules_25_mg_m2_bid", GRANULES),
    ("selumetinib_capsules_dose_reduction_1", SELUMETINIB_1),
    ("selumetinib_capsules_dose_reduction_2", SELUMETINIB_2),
    ("tovorafenib_tablets_380_mg_m2_weekly", TOVORAFENIB),
    ("tovorafenib_suspension_380_mg_m2_weekly", TOVORAFENIB_SUSPENSION),
    ("crizotinib_eu_280_mg_m2_bid", CRIZOTINIB),
    ("tegafur_gimeracil_oteracil_s1_japan", S1),
    ("capecitabine_1250_mg_m2_bid", CAPECITABINE),
];

/// `15mg x2 + 20mg x1` as counts by strength, without those of none.
fn tablets(text: &str) -> BTreeMap<Decimal, u32> {
    let parts = text.split(" + ").filter_map(|part| part.split_once("mg x"));
    let counted = parts.map(|(strength, count)| (strength.parse().unwrap(), count.parse().unwrap()));
    counted.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn every_published_row_by_body_surface_comes_out() {
    let regimens: BTreeMap<&str, Regimen> = BY_SURFACE.iter().map(|(id, lines)| (*id, regimen(lines))).collect();
    let rows = rows("bsa_band_labels.csv");
    assert_eq!(rows.len(), 63);
    for row in rows {
        let told = dose(&regimens[row["formula"].as_str()], &surface(&row["bsa_m2"]), false);
        let told = told.unwrap_or_else(|error| panic!("{} {}: {error}", row["formula"], row["bsa_m2"]));
        let what = format!("{} at {} m2", row["formula"], row["bsa_m2"]);
        if let Some(expected) = figure(&row, "expected_mg_per_dose") {
            assert_eq!(told.amount.value, expected, "{what}");
        }
        if let Some(expected) = figure(&row, "expected_total_daily_mg") {
            assert_eq!(told.amount.value * Decimal::TWO, expected, "{what}");
        }
        if let (Some(morning), Some(evening)) = (figure(&row, "expected_mg_am"), figure(&row, "expected_mg_pm")) {
            let parts = told.parts.map_or((told.amount.value, told.amount.value), |(am, pm)| (am.value, pm.value));
            assert_eq!(parts, (morning, evening), "{what}");
        }
        if !row["expected_tablets"].is_empty() {
            let counted: BTreeMap<Decimal, u32> =
                told.supply.tablets.iter().map(|(count, strength)| (strength.value, *count)).collect();
            assert_eq!(counted, tablets(&row["expected_tablets"]), "{what}");
        }
    }
}

const RAVULIZUMAB: &str = r#"loading = { again_after = "unknown" }
table = [
  { weight = { below = "5 kg" }, dose = "unknown", loading = "600 mg" },
  { weight = { from = "5 kg", below = "10 kg" }, dose = "300 mg", loading = "600 mg", length = "28 days" },
  { weight = { from = "10 kg", below = "20 kg" }, dose = "600 mg", loading = "600 mg", length = "28 days" },
  { weight = { from = "20 kg", below = "30 kg" }, dose = "2100 mg", loading = "900 mg", length = "56 days" },
  { weight = { from = "30 kg", below = "40 kg" }, dose = "2700 mg", loading = "1200 mg", length = "56 days" },
  { weight = { from = "40 kg", below = "60 kg" }, dose = "3000 mg", loading = "2400 mg", length = "56 days" },
  { weight = { from = "60 kg", below = "100 kg" }, dose = "3300 mg", loading = "2700 mg", length = "56 days" },
  { weight = { from = "100 kg" }, dose = "3600 mg", loading = "3000 mg", length = "56 days" },
]"#;

const USTEKINUMAB: &str = r#"vial = "130 mg"
table = [
  { weight = { through = "55 kg" }, dose = "260 mg" },
  { weight = { above = "55 kg", through = "85 kg" }, dose = "390 mg" },
  { weight = { above = "85 kg" }, dose = "520 mg" },
]"#;

const USTEKINUMAB_CHILD: &str = r#"round = { nearest = "0.1 mg", ties = "up" }
table = [
  { weight = { below = "60 kg" }, dose = "0.75 mg/kg" },
  { weight = { from = "60 kg", through = "100 kg" }, dose = "45 mg" },
  { weight = { above = "100 kg" }, dose = "unknown" },
]"#;

const USTEKINUMAB_VOLUME: &str = r#"round = { nearest = "0.01 mL", ties = "up" }
table = [
  { weight = { below = "60 kg" }, dose = "0.0083 mL/kg" },
  { weight = { from = "60 kg" }, dose = "unknown" },
]"#;

const DUPILUMAB: &str = r#"loading = { again_after = "unknown" }
table = [
  { weight = { below = "15 kg" }, dose = "unknown", loading = "600 mg" },
  { weight = { from = "15 kg", below = "30 kg" }, dose = "300 mg", loading = "600 mg", length = "4 weeks" },
  { weight = { from = "30 kg", below = "60 kg" }, dose = "200 mg", loading = "400 mg", length = "2 weeks" },
  { weight = { from = "60 kg" }, dose = "300 mg", loading = "600 mg", length = "2 weeks" },
]"#;

const DUPILUMAB_CHILD: &str = r#"table = [
  { weight = { below = "15 kg" }, dose = "unknown" },
  { weight = { from = "15 kg", through = "15 kg" }, dose = "300 mg", length = "4 weeks" },
  { weight = { above = "15 kg" }, dose = "unknown" },
]"#;

const DUPILUMAB_ASTHMA: &str = r#"table = [
  { weight = { below = "45 kg" }, dose = "unknown" },
  { weight = { from = "45 kg", through = "45 kg" }, dose = "200 mg", length = "2 weeks" },
  { weight = { above = "45 kg" }, dose = "unknown" },
]"#;

const DUPILUMAB_EOE: &str = r#"table = [
  { weight = { below = "39.9 kg" }, dose = "unknown" },
  { weight = { from = "39.9 kg", below = "40 kg" }, dose = "300 mg", length = "2 weeks" },
  { weight = { from = "40 kg" }, dose = "300 mg", length = "1 week" },
]"#;

const DABRAFENIB: &str = r#"table = [
  { weight = { below = "26 kg" }, dose = "unknown" },
  { weight = { from = "26 kg", through = "37 kg" }, dose = "75 mg" },
  { weight = { above = "37 kg", below = "38 kg" }, dose = "unknown" },
  { weight = { from = "38 kg", through = "50 kg" }, dose = "100 mg" },
  { weight = { above = "50 kg", below = "51 kg" }, dose = "unknown" },
  { weight = { from = "51 kg" }, dose = "150 mg" },
]"#;

const TRAMETINIB: &str = r#"table = [
  { weight = { below = "26 kg" }, dose = "unknown" },
  { weight = { from = "26 kg", through = "37 kg" }, dose = "1 mg" },
  { weight = { above = "37 kg", below = "38 kg" }, dose = "unknown" },
  { weight = { from = "38 kg", through = "50 kg" }, dose = "1.5 mg" },
  { weight = { above = "50 kg", below = "51 kg" }, dose = "unknown" },
  { weight = { from = "51 kg" }, dose = "2 mg" },
]"#;

// A peer's local bands; between two of its points the row is the lower one's.
const INFLIXIMAB: &str = r#"vial = "100 mg"
table = [
  { weight = { below = "44 kg" }, dose = "unknown" },
  { weight = { from = "44 kg", below = "45 kg" }, dose = "200 mg" },
  { weight = { from = "45 kg", below = "48 kg" }, dose = "225 mg" },
  { weight = { from = "48 kg", below = "58 kg" }, dose = "250 mg" },
  { weight = { from = "58 kg", below = "88 kg" }, dose = "300 mg" },
  { weight = { from = "88 kg", below = "89 kg" }, dose = "400 mg" },
  { weight = { from = "89 kg", below = "110 kg" }, dose = "450 mg" },
  { weight = { from = "110 kg", below = "116 kg" }, dose = "550 mg" },
  { weight = { from = "116 kg", below = "134 kg" }, dose = "600 mg" },
  { weight = { from = "134 kg" }, dose = "700 mg" },
]"#;

const BY_WEIGHT: &[(&str, &str)] = &[
    ("ravulizumab_iv", RAVULIZUMAB),
    ("ustekinumab_iv_induction", USTEKINUMAB),
    ("ustekinumab_sc_paediatric_psoriasis", USTEKINUMAB_CHILD),
    ("ustekinumab_sc_paediatric_0_75_mg_kg", USTEKINUMAB_CHILD),
    ("ustekinumab_sc_paediatric_volume_45mg_0_5ml", USTEKINUMAB_VOLUME),
    ("dupilumab_ad_6_17y", DUPILUMAB),
    ("dupilumab_csu_12_17y", DUPILUMAB),
    ("dupilumab_ad_6mo_5y", DUPILUMAB_CHILD),
    ("dupilumab_asthma_6_11y", DUPILUMAB_ASTHMA),
    ("dupilumab_eoe", DUPILUMAB_EOE),
    ("dabrafenib_paediatric_bid", DABRAFENIB),
    ("trametinib_paediatric_qd", TRAMETINIB),
    ("infliximab_5_mg_kg_local_bands", INFLIXIMAB),
];

#[test]
fn every_published_row_by_weight_comes_out() {
    let regimens: BTreeMap<&str, Regimen> = BY_WEIGHT.iter().map(|(id, lines)| (*id, regimen(lines))).collect();
    let rows = rows("weight_tier_labels.csv");
    assert_eq!(rows.len(), 106);
    for row in rows {
        let regimen = &regimens[row["formula"].as_str()];
        let state = weighing(&row["weight_kg"]);
        let what = format!("{} at {} kg", row["formula"], row["weight_kg"]);
        let plain = dose(regimen, &state, false).unwrap_or_else(|error| panic!("{what}: {error}"));
        for key in ["expected_maintenance_mg", "expected_dose_mg", "expected_volume_ml"] {
            if let Some(expected) = figure(&row, key) {
                assert_eq!(plain.amount.value, expected, "{what}: {key}");
            }
        }
        if let Some(expected) = figure(&row, "expected_loading_mg").filter(|loading| !loading.is_zero()) {
            assert_eq!(dose(regimen, &state, true).unwrap().amount.value, expected, "{what}: loading");
        }
        if figure(&row, "expected_loading_mg") == Some(Decimal::ZERO) {
            assert!(regimen.phases[0].drugs[0].dosing.loading.is_none(), "{what}");
        }
        if let Some(weeks) = figure(&row, "expected_interval_wk") {
            let weight = state.weight.unwrap().value();
            let row =
                regimen.phases[0].drugs[0].dosing.rows().iter().find(|row| row.when.weight.unwrap().holds(weight));
            assert_eq!(row.unwrap().length.map(Decimal::from), Some(weeks * Decimal::from(7)), "{what}: interval");
        }
        if let Some(vials) = figure(&row, "expected_vials") {
            assert_eq!(plain.supply.vials.map(|(count, _)| Decimal::from(count)), Some(vials), "{what}: vials");
        }
    }
}

/// The lower edges of the national bands (1 mg/mL, single container), from whichever column prints them: "From", the
/// step between two bands, and the ends of the variance columns. 0.38 mg has none: √(0.34 × 0.38) = 0.359, as for the others.
fn national_bands(rows: &[Row]) -> BTreeMap<Decimal, Decimal> {
    let of = |formula: &'static str| rows.iter().filter(move |row| row["formula"] == formula);
    let is = |row: &&Row| row["note"] == "From (inclusive)";
    let mut edges: BTreeMap<Decimal, Decimal> = BTreeMap::from([(Decimal::new(38, 2), Decimal::new(36, 2))]);
    let mut add = |band: Option<Decimal>, edge: Option<Decimal>| {
        edges.entry(band.unwrap()).or_insert(edge.unwrap());
    };
    for row in of("nhs_band_lookup").filter(is) {
        add(figure(row, "expected_band_mg"), figure(row, "dose_mg"));
    }
    for row in of("nhs_step_between_bands") {
        add(figure(row, "next_band_mg"), figure(row, "expected_step_mg"));
    }
    for row in of("nhs_variance_at_lower_step") {
        add(figure(row, "band_mg"), figure(row, "dose_mg"));
    }
    for (band, before) in [(26, 24), (34, 30), (90, 80)] {
        let before =
            of("nhs_variance_at_upper_step").find(|row| figure(row, "band_mg") == Some(Decimal::new(before, 2)));
        add(Some(Decimal::new(band, 2)), figure(before.unwrap(), "dose_mg"));
    }
    edges
}

#[test]
fn every_row_of_the_national_dose_bands_comes_out() {
    let rows = rows("dose_banding_nhs.csv");
    let bands = national_bands(&rows);
    let list: Vec<String> =
        bands.iter().map(|(give, from)| format!("{{ from = \"{from} mg\", give = \"{give} mg\" }}")).collect();
    let banded = |asked: Decimal| {
        let regimen = regimen(&format!("dose = \"{asked} mg\"\nround = {{ bands = [{}] }}", list.join(", ")));
        dose(&regimen, &SubjectOnDay::default(), false).unwrap()
    };
    let lookups = rows.iter().filter(|row| row["formula"] == "nhs_band_lookup");
    let mut tested = 0;
    for row in lookups {
        let (asked, band) = (figure(row, "dose_mg").unwrap(), figure(row, "expected_band_mg").unwrap());
        assert_eq!(banded(asked).amount.value, band, "{asked} mg");
        tested += 1;
    }
    assert_eq!(tested, 85);
    // The variance columns: the band against the dose at its ends, in whole percent. Below a band the dose is at its
    // lower end, so the band itself is what comes out.
    for row in rows.iter().filter(|row| row["formula"] == "nhs_variance_at_lower_step") {
        let (asked, band) = (figure(row, "dose_mg").unwrap(), figure(row, "band_mg").unwrap());
        let expected = figure(row, "expected_variance_pct").unwrap();
        let difference = banded(asked).difference.unwrap();
        assert_eq!(banded(asked).amount.value, band, "{asked} mg");
        assert!(
            (difference - expected).abs() < Decimal::new(15, 1),
            "{asked} mg: {difference} %, printed {expected} %"
        );
    }
}

#[test]
fn a_row_without_a_dose_stops_planning_and_says_whom_it_is_for() {
    let regimen = regimen(DABRAFENIB);
    let error = dose(&regimen, &weighing("37.5"), false).unwrap_err();
    assert_eq!(error.to_string(), "a drug: no source gives a dose for weight 37.5 kg, so none is planned");
}

#[test]
fn the_table_wins_over_the_formula_and_the_step_says_so() {
    // 35 × 1.07 = 37.45 mg, which would round to 35 mg; the table prints 40 mg.
    let regimen = regimen(&format!("dose = \"35 mg/m2\"\n{TAS}"));
    let told = dose(&regimen, &surface("1.07"), false).unwrap();
    assert_eq!(told.amount.to_string(), "40 mg");
    assert!(
        told.steps.iter().any(|step| step.sentence().contains("by table: body surface 1.07 m²")),
        "{:#?}",
        told.steps
    );
    assert!(told.steps.iter().any(|step| step.label == "body surface used"));
}

#[test]
fn two_variables_are_looked_up_together_and_each_row_has_its_own_ladder() {
    let regimen = regimen(
        r#"gfr = { formula = "cockcroft-gault", weight = "actual", creatinine_floor = "none", cap = "none", places = 0, recalculate = "never" }
table = [
  { weight = { below = "60 kg" }, gfr = { from = "30 mL/min" }, dose = "8 mg", reduce = { to = ["4 mg"], then = "ask", raise_again = "never" } },
  { weight = { below = "60 kg" }, gfr = { below = "30 mL/min" }, dose = "4 mg" },
  { weight = { from = "60 kg" }, gfr = { from = "30 mL/min" }, dose = "12 mg", reduce = { to = ["8 mg", "4 mg"], then = "ask", raise_again = "never" } },
  { weight = { from = "60 kg" }, gfr = { below = "30 mL/min" }, dose = "8 mg" },
]"#,
    );
    let drug = &regimen.phases[0].drugs[0];
    let case = |weight: &str, gfr: i64, level: i32| {
        let gfr = Some(posology::quantity::Gfr::Absolute(gfr.into()));
        let state = SubjectOnDay { gfr, ..weighing(weight) };
        let size = dosing::size(regimen.body.as_ref().unwrap(), &state).ok();
        let force = Modification { level, ..Modification::default() };
        dosing::dose(&regimen, drug, &state, force, size.as_ref()).map(|dose| dose.amount.to_string())
    };
    let expected = [("59.9", 30, "8 mg"), ("59.9", 29, "4 mg"), ("60", 30, "12 mg"), ("60", 29, "8 mg")];
    for (weight, gfr, dose) in expected {
        assert_eq!(case(weight, gfr, 0).unwrap(), dose, "{weight} kg, {gfr} mL/min");
    }
    assert_eq!(case("60", 90, -2).unwrap(), "4 mg");
    assert!(case("59.9", 90, -2).is_err());
}
