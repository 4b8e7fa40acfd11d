//! How each fact is named and asked for: the one table of names, labels, units and hints.

use crate::quantity::{Height, Weight};

use super::Fact;

/// How a fact is named and asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Described {
    /// Its name: of the option, in documents, in findings.
    pub name: &'static str,
    /// Its label on a form.
    pub label: &'static str,
    /// As a sentence names it.
    pub noun: &'static str,
    /// The unit that a bare figure has; empty where there is none.
    pub unit: &'static str,
    /// What stands for the value in a usage line.
    pub placeholder: &'static str,
    /// What may be typed, in a few words.
    pub hint: &'static str,
    /// The same as a sentence for a help page.
    pub help: &'static str,
}

impl Fact {
    /// How it is named and asked for.
    pub const fn described(self) -> Described {
        let (name, label, noun, unit, placeholder, hint, help) = match self {
            Fact::Start => (
                "start",
                "Start date",
                "start date",
                "",
                "DATE",
                "day 1 of cycle 1: 7dec, +4, mon, 2026-12-07",
                "Day 1 of cycle 1: 2026-12-07, 07-Dec-2026, 7dec",
            ),
            Fact::Height => (
                "height",
                "Height",
                "height",
                Height::UNIT,
                "H",
                "in cm: 170; or 5ft7in",
                "Body height in cm: 170, 170cm; or with its unit: 67in, 5ft7in",
            ),
            Fact::Weight => (
                "weight",
                "Weight",
                "weight",
                Weight::UNIT,
                "W",
                "in kg: 65.5; or 154lb",
                "Actual body weight in kg: 65, 65.5kg; or with its unit: 154lb",
            ),
            Fact::Sex => {
                ("sex", "Sex", "sex", "", "SEX", "f or m", "Sex, as the formulas use it: female or male (f, m)")
            }
            Fact::Age => (
                "age",
                "Age or birth",
                "age",
                "",
                "AGE",
                "years: 46; of a child 4mo or 12 d; or date of birth: 1980-02-01",
                "Age in completed years, of a young child 4mo or \"12 d\"; or the date of birth, of which only the age is kept",
            ),
            Fact::CorrectedAge => (
                "corrected-age",
                "Corrected age",
                "corrected age",
                "",
                "AGE",
                "born early, below 2 years: 2mo; before the day it was due -6w",
                "Age counted from the day it was due, of a child born early and below two years: 2mo, or -6w before that day",
            ),
            Fact::Born => (
                "born",
                "Date of birth",
                "date of birth",
                "",
                "DATE",
                "such as 1980-02-01; not kept",
                "Date of birth: 1980-02-01 or 01-Feb-1980; used for the age, never stored or written",
            ),
            Fact::Creatinine => (
                "creatinine",
                "Creatinine",
                "creatinine",
                "",
                "VALUE",
                "with its unit: 0.8 mg/dL or 71 umol/L",
                "Serum creatinine with its unit: \"0.8 mg/dL\" or \"71 umol/L\"",
            ),
            Fact::Gfr => (
                "gfr",
                "GFR",
                "GFR",
                "",
                "VALUE",
                "instead of a creatinine: 85 mL/min; 150 mL/min by iohexol; dialysis",
                "Kidney function with its unit: \"85 mL/min\"; with how it was measured: \"150 mL/min by iohexol\"; or dialysis",
            ),
            Fact::Genotype => (
                "genotype",
                "Genotype",
                "genotype",
                "",
                "GENOTYPE",
                "the gene with both alleles: UGT1A1*1/*28",
                "Genotype, the gene with both alleles: \"UGT1A1*1/*28\"",
            ),
            Fact::Lab => (
                "lab",
                "Laboratory",
                "laboratory result",
                "",
                "TEST FIGURE UNIT",
                "test, figure and unit: platelets 180 10^9/L; several with ;",
                "A laboratory result that a dose depends on: \"platelets 180 10^9/L\" (may be repeated)",
            ),
            Fact::Cohort => (
                "cohort",
                "Cohort",
                "cohort",
                "",
                "COHORT",
                "the assigned cohort or arm, as the regimen names it",
                "The assigned cohort or arm, as the regimen names it",
            ),
            Fact::Measured => (
                "measured",
                "Measured on",
                "day of the measurement",
                "",
                "DATE",
                "day of height and weight: yesterday, 5dec",
                "The day height and weight were measured",
            ),
            Fact::WeightFrom => (
                "weight-from",
                "Weight is from",
                "source of the weight",
                "",
                "SOURCE",
                "here, reported or elsewhere (another ward); empty where nobody noted it",
                "Where the weight is from: here, reported or elsewhere (another ward)",
            ),
            Fact::Consented => (
                "consented",
                "Consented on",
                "day of consent",
                "",
                "DATE",
                "visits are counted from it: 24nov, 2026-11-24",
                "The day of consent, which visits may be counted from",
            ),
            Fact::Enrolled => (
                "enrolled",
                "Enrolled on",
                "day of enrolment",
                "",
                "DATE",
                "visits are counted from it: 1dec, 2026-12-01",
                "The day of enrolment in the study, which visits may be counted from",
            ),
            Fact::Randomised => (
                "randomised",
                "Randomised on",
                "day of randomisation",
                "",
                "DATE",
                "visits are counted from it: 1dec, 2026-12-01",
                "The day of randomisation, which visits may be counted from",
            ),
            Fact::At => (
                "at",
                "Hour 0 at",
                "clock time of hour 0",
                "",
                "TIME",
                "clock time, hours are counted from it: 08:00",
                "Clock time from which doses at hours and the end of a pump are counted: 08:00; with the place whose clocks change, \"08:00 America/New_York\"",
            ),
        };
        Described { name, label, noun, unit, placeholder, hint, help }
    }
}
