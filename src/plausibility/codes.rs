//! The codes of what may be wrong with a measurement.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[
    AGE_RANGE,
    AUC_RANGE,
    BMI_FOR_AGE,
    BMI_RANGE,
    BSA_RANGE,
    BSA_UNCAPPED,
    CHILD,
    CREATININE_CHANGE,
    CREATININE_LOW,
    CREATININE_RANGE,
    CREATININE_STALE,
    CREATININE_UNIT,
    DOSE_LARGE,
    FEET,
    GFR_ABOVE_CAP,
    GFR_RANGE,
    GRAMS,
    HEIGHT_CHANGE,
    HEIGHT_FOR_AGE,
    HEIGHT_RANGE,
    INCHES,
    INCHES_AND_POUNDS,
    INDEXED_GFR,
    INFANT,
    INFUSION_SHORT,
    LAB_RANGE,
    LAB_UNIT,
    MEASURED_LATER,
    METHOTREXATE_WEEKLY,
    METRES,
    POUNDS,
    SPINAL_SELDOM,
    SUPPORT_DAY_LARGE,
    SWAPPED,
    TENFOLD_HEIGHT,
    TENFOLD_WEIGHT,
    WEIGHT_FOR_AGE,
    WEIGHT_JUMP,
    WEIGHT_RANGE,
    WEIGHT_RATE,
    WEIGHT_STALE,
];

pub const AGE_RANGE: Code = Code::new(&About {
    name: "age-range",
    title: "An unusual age",
    asks: Some("Reason for this age"),
    page: "The age is outside the limits of the table of limits. Check the date of birth.",
});

pub const AUC_RANGE: Code = Code::new(&About {
    name: "auc-target",
    title: "An unusual target AUC",
    asks: Some("Reason for this target AUC"),
    page: "The target AUC of carboplatin is outside the limits of the table of limits.",
});

pub const BMI_FOR_AGE: Code = Code::new(&About {
    name: "bmi-for-age",
    title: "A body-mass index that is unusual for the age",
    asks: Some("Reason for this height and weight"),
    page: "The body-mass index of a child lies far from that of others of its age and sex (CDC growth charts of 2000, below two years WHO 2006), on CDC's modified z-scores. It may be pounds for kilograms, or another age. Measure again, or give the reason.",
});

pub const HEIGHT_FOR_AGE: Code = Code::new(&About {
    name: "height-for-age",
    title: "A height that is unusual for the age",
    asks: Some("Reason for this height"),
    page: "The height of a child lies far from that of others of its age and sex (CDC growth charts of 2000), on CDC's modified z-scores. It may be inches for centimetres, or another age; of a child born early the corrected age may be given. Measure again, or give the reason.",
});

pub const WEIGHT_FOR_AGE: Code = Code::new(&About {
    name: "weight-for-age",
    title: "A weight that is unusual for the age",
    asks: Some("Reason for this weight"),
    page: "The weight of a child lies far from that of others of its age and sex (CDC growth charts of 2000), on CDC's modified z-scores. It may be pounds for kilograms, or another age; of a child born early the corrected age may be given. Weigh again, or give the reason.",
});

pub const BMI_RANGE: Code = Code::new(&About {
    name: "bmi-range",
    title: "An unusual body-mass index",
    asks: Some("Reason for this height and weight"),
    page: "Height and weight are each possible, and together make a body-mass index outside the limits. Measure again, or give the reason.",
});

pub const BSA_RANGE: Code = Code::new(&About {
    name: "bsa-range",
    title: "An unusual body surface",
    asks: Some("Reason for this body surface"),
    page: "A body surface typed as a figure is outside the limits of the table of limits.",
});

pub const BSA_UNCAPPED: Code = Code::new(&About {
    name: "bsa-uncapped",
    title: "A large body surface without a cap",
    asks: Some("Reason for dosing on this body surface without a cap"),
    page: "The body surface is large, and the regimen states no cap, where one by habit might be expected. The dose is calculated on the whole surface.",
});

pub const CHILD: Code = Code::new(&About {
    name: "child",
    title: "A child on a regimen for adults",
    asks: Some("Reason for this age on a regimen for adults"),
    page: "The age is below 18 years, and the regimen is for adults. Check the date of birth, or use a regimen for children.",
});

pub const CREATININE_CHANGE: Code = Code::new(&About {
    name: "creatinine-change",
    title: "A large change of creatinine",
    asks: Some("Reason for the change of creatinine"),
    page: "The creatinine differs from the last one by more than is likely. A lost decimal point or another unit explains most of these.",
});

pub const CREATININE_LOW: Code = Code::new(&About {
    name: "creatinine-low",
    title: "A low creatinine",
    asks: None,
    page: "A low creatinine makes a large estimated clearance. Where the regimen states a floor, the floor is used instead.",
});

pub const CREATININE_RANGE: Code = Code::new(&About {
    name: "creatinine-range",
    title: "An unusual creatinine",
    asks: Some("Reason for this creatinine"),
    page: "The creatinine is outside the limits of the table of limits. Compare the figure and its unit with the report.",
});

pub const CREATININE_STALE: Code = Code::new(&About {
    name: "creatinine-stale",
    title: "An old creatinine",
    asks: Some("Reason for using an old creatinine"),
    page: "The creatinine is older than the regimen or the table of limits accepts. Measure it again.",
});

pub const CREATININE_UNIT: Code = Code::new(&About {
    name: "creatinine-unit",
    title: "A creatinine in the other unit",
    asks: None,
    page: "The figure is not a creatinine in the unit given, and an ordinary one in the other unit. mg/dL and µmol/L differ 88-fold: type it with the unit of the report.",
});

pub const FEET: Code = Code::new(&About {
    name: "feet",
    title: "A height in feet and inches",
    asks: None,
    page: "The figure is not a height in centimetres, and an ordinary one with the feet before the point and the inches behind it: 5.7 for 5 ft 7 in.",
});

pub const GFR_ABOVE_CAP: Code = Code::new(&About {
    name: "gfr-above-cap",
    title: "A large kidney function",
    asks: None,
    page: "The kidney function is above the limit where many protocols cap it. The text says whether the regimen's cap applies.",
});

pub const GFR_RANGE: Code = Code::new(&About {
    name: "gfr-range",
    title: "An unusual kidney function",
    asks: Some("Reason for this kidney function"),
    page: "The kidney function, measured or estimated from the creatinine, is outside the limits of the table of limits.",
});

pub const GRAMS: Code = Code::new(&About {
    name: "grams",
    title: "A weight in grams",
    asks: None,
    page: "The figure is not a weight in kilograms, and an ordinary one in grams.",
});

pub const HEIGHT_CHANGE: Code = Code::new(&About {
    name: "height-change",
    title: "An adult's height has changed",
    asks: Some("Reason for the change of height"),
    page: "The height of an adult differs from the one on record. One of the two was measured or typed wrong.",
});

pub const HEIGHT_RANGE: Code = Code::new(&About {
    name: "height-range",
    title: "An unusual height",
    asks: Some("Reason for this height"),
    page: "The height is outside the limits of the table of limits. Without an age the limits of adults hold.",
});

pub const INCHES: Code = Code::new(&About {
    name: "inches",
    title: "A height in inches",
    asks: None,
    page: "The figure is not a height in centimetres, and an ordinary one in inches.",
});

pub const INCHES_AND_POUNDS: Code = Code::new(&About {
    name: "inches-and-pounds",
    title: "Height in inches and weight in pounds",
    asks: None,
    page: "The figures make no ordinary body in centimetres and kilograms, and one in inches and pounds.",
});

pub const INDEXED_GFR: Code = Code::new(&About {
    name: "indexed-gfr",
    title: "A GFR indexed to 1.73 m² with a target AUC",
    asks: None,
    page: "Calvert's formula takes the clearance of this body in mL/min. De-index the figure with the body surface: GFR × BSA ÷ 1.73.",
});

pub const INFANT: Code = Code::new(&About {
    name: "infant",
    title: "10 kg or less, and no rule for infants",
    asks: None,
    page: "At 10 kg and below a dose by body surface can be too large, and the regimen has no rule of its own for infants.",
});

pub const LAB_RANGE: Code = Code::new(&About {
    name: "lab-range",
    title: "An unusual laboratory figure",
    asks: Some("Reason for this laboratory figure"),
    page: "A result, or an upper limit of normal, is outside the limits of the table of limits. Compare the figure and its unit with the report.",
});

pub const LAB_UNIT: Code = Code::new(&About {
    name: "lab-unit",
    title: "A laboratory figure in another unit",
    asks: Some("Reason for this laboratory figure"),
    page: "The figure is unusual in the unit given, and like any other in another unit of the test.",
});

pub const MEASURED_LATER: Code = Code::new(&About {
    name: "measured-later",
    title: "A measurement after the day it is used on",
    asks: None,
    page: "A weight or creatinine is dated after the day its dose is calculated for. Correct the day of the measurement.",
});

pub const METRES: Code = Code::new(&About {
    name: "metres",
    title: "A height in metres",
    asks: None,
    page: "The figure is not a height in centimetres, and an ordinary one in metres.",
});

pub const POUNDS: Code = Code::new(&About {
    name: "pounds",
    title: "A weight in pounds",
    asks: None,
    page: "The weight makes an unusual body with the height, and an ordinary one in pounds. Type it in kg, with its unit, or a second time where it was measured again.",
});

pub const SWAPPED: Code = Code::new(&About {
    name: "swapped",
    title: "Height and weight exchanged",
    asks: None,
    page: "With height and weight exchanged the figures make an ordinary body. The body surface cannot tell: it is nearly the same either way.",
});

pub const TENFOLD_HEIGHT: Code = Code::new(&About {
    name: "tenfold-height",
    title: "A height ten times too large or small",
    asks: None,
    page: "A decimal point or a digit of the height was lost or added.",
});

pub const TENFOLD_WEIGHT: Code = Code::new(&About {
    name: "tenfold-weight",
    title: "A weight ten times too large or small",
    asks: None,
    page: "A decimal point or a digit of the weight was lost or added.",
});

pub const WEIGHT_JUMP: Code = Code::new(&About {
    name: "weight-jump",
    title: "A weight far from the one before",
    asks: Some("Reason for the change of weight"),
    page: "A measured weight differs from the one before by more than is likely: is the figure right? Whether a right weight changes the doses is another question (`weight-changes-doses`).",
});

pub const WEIGHT_RANGE: Code = Code::new(&About {
    name: "weight-range",
    title: "An unusual weight",
    asks: Some("Reason for this weight"),
    page: "The weight is outside the limits of the table of limits. Without an age the limits of adults hold.",
});

pub const WEIGHT_RATE: Code = Code::new(&About {
    name: "weight-rate",
    title: "A weight that changed too fast",
    asks: Some("Reason for the fast change of weight"),
    page: "More kilograms were gained or lost than a body gains or loses in the time between. Measure again.",
});

pub const WEIGHT_STALE: Code = Code::new(&About {
    name: "weight-stale",
    title: "An old weight",
    asks: Some("Reason for using an old weight"),
    page: "The weight is older than the regimen or the table of limits accepts. Weigh again.",
});

pub const DOSE_LARGE: Code = Code::new(&About {
    name: "dose-large",
    title: "A single dose above the largest in use",
    asks: Some("Reason for this dose"),
    page: "The dose is above the largest single dose in use of its substance, by this route and this fast: a lost point, the dose of a cycle in one day, an infusion written as a push. From twice the largest a second person confirms it, a pharmacist or investigator; from five times nothing is planned unless the file names a source of the first tier. The table is `src/plausibility/drugs.toml`.",
});

pub const METHOTREXATE_WEEKLY: Code = Code::new(&About {
    name: "methotrexate-weekly",
    title: "Methotrexate by mouth more than once a week",
    asks: Some("Reason for methotrexate more than once a week"),
    page: "Methotrexate by mouth is given once a week; taken more often it has killed (ISMP). As it stands a second person confirms it.",
});

pub const SPINAL_SELDOM: Code = Code::new(&About {
    name: "spinal-seldom",
    title: "A drug that seldom goes into the cerebrospinal fluid",
    asks: Some("Reason for this route"),
    page: "The drug is given into the cerebrospinal fluid in a few protocols only. A second person confirms the route.",
});

pub const INFUSION_SHORT: Code = Code::new(&About {
    name: "infusion-short",
    title: "A dose that runs in less than the shortest time in use",
    asks: Some("Reason for this length"),
    page: "The dose goes into the vein faster than it is given anywhere that was read: a push for an infusion, minutes for hours. Below half of the shortest time a second person confirms it. The table is `src/plausibility/drugs.toml`.",
});

pub const SUPPORT_DAY_LARGE: Code = Code::new(&About {
    name: "support-day-large",
    title: "More support in a day than its daily maximum",
    asks: Some("Reason for this much in a day"),
    page: "What the regimen gives of one substance as premedication and support on a day comes to more than its daily maximum: two rows of one drug, or a dose of a day written for each time. From twice the maximum a second person confirms it. The table is `src/plausibility/drugs.toml`.",
});
