//! The codes of everything the checker can say. A code is never reused.

use crate::finding::{About, Code};

macro_rules! codes {
    ($($name:ident = $code:literal;)+) => {
        $(
            #[doc = concat!("`", $code, "`: its page is `checker/pages/", $code, ".md`.")]
            pub const $name: Code = {
                const ABOUT: &About =
                    &About::of_page($code, include_str!(concat!("../checker/pages/", $code, ".md")));
                Code::new(ABOUT)
            };
        )+

        /// Every code.
        pub const ALL: &[Code] = &[$($name),+];
    };
}

codes! {
    NOT_TEXT = "R001";
    SIZE = "R002";
    SYNTAX = "R003";
    UNKNOWN_KEY = "R004";
    WRONG_TYPE = "R005";
    DUPLICATE_KEY = "R006";
    FORMAT = "R007";
    TOO_MANY = "R008";
    MISSING = "R010";
    QUANTITY = "R011";
    WORD = "R012";
    DAY_TEXT = "R013";
    DAY_OUTSIDE = "R014";
    DAY_ZERO = "R015";
    DAY_LIST = "R016";
    BY_CYCLE = "R017";
    DOSE_TWICE = "R018";
    LONG_INFUSION = "R019";
    AUC = "R020";
    TOTAL_MISSING = "R021";
    TOTAL_UNEQUAL = "R022";
    PHASES = "R023";
    REFERENCE = "R024";
    SAME_NAME = "R025";
    SITE = "R026";
    NO_SOURCE = "R027";
    TWO_SOURCES = "R028";
    UNDECLARED_SOURCE = "R029";
    UNUSED_SOURCE = "R030";
    SOURCE_OF_NOTHING = "R031";
    NO_EXAMPLE = "R032";
    ONE_OF = "R033";
    BOUNDS = "R034";
    BANDS = "R035";
    PERCENT = "R036";
    VINCA = "R040";
    KNOWN_CAP = "R041";
    LADDER = "R042";
    NOTE_DOSE = "R043";
    UNITS = "R044";
    APPROVED = "R045";
    GAP = "R046";
    OVERLAP = "R047";
    CTCAE = "R048";
    RULE_LEVEL = "R049";
    RULE_UNITS = "R050";
    TABLE_FAR = "R051";
    TABLE_FALLS = "R052";
    LIFETIME = "R053";
    RAMP = "R054";
    TRAILING_ZERO = "R061";
    ABBREVIATION = "R062";
    CAPITAL_NAME = "R063";
    FORMULATION = "R064";
    CONJUGATE = "R065";
    METHOTREXATE = "R066";
    LOMUSTINE = "R067";
    CISPLATIN = "R068";
    INTRATHECAL_SIZE = "R069";
    VINCA_DAY = "R070";
    INTRATHECAL_DRUG = "R071";
    ACTIVITY_UNITS = "R072";
    CARBOPLATIN = "R073";
    AUC_RANGE = "R074";
    TWIN = "R075";
    INFUSIONS_OVERLAP = "R076";
    ENDS_DAY = "R077";
    WINDOW_WIDE = "R078";
    DELAY_SHORT = "R079";
    GAP_BROKEN = "R080";
    LOADING_SMALL = "R081";
    CAP_FLAT = "R082";
    CAP_ODD = "R083";
    MAXIMUM_LOW = "R084";
    STEP_COARSE = "R085";
    WITHIN_WIDE = "R086";
    TABLETS_FLAT = "R087";
    START_DEAD = "R088";
    DRUG_UNTRIED = "R089";
    EXAMPLE = "R090";
    ONLY_FIRST = "R091";
    CAP_UNTRIED = "R092";
    PLACEHOLDER = "R093";
    SOURCE_LOST = "R094";
    LIMIT_FAR = "R095";
    LADDER_ABOVE = "R096";
    UNTIL_WORSE = "R097";
    RAISED_ABOVE = "R098";
    ODD_LETTER = "R099";
    NOT_COMPARED = "R100";
    CYCLE_SHORT = "R101";
    PHASES_OVERLAP = "R102";
    RULES_CONTRADICT = "R103";
    LOADING_UNCLEAR = "R104";
    SPLIT_DAY = "R105";
    COUNTED_DOSES = "R106";
    ORDER_DECIDES = "R107";
    NUMBER_PLAIN = "R110";
    DOSE_FAR = "R111";
    HIDDEN_CHARACTER = "R112";
    SUPPORTIVE_UNSAID = "R114";
    RETOLD = "R115";
    WARNING_LACKS = "R116";
    TWIN_OTHERWISE = "R117";
    COHORT_EMPTY = "R118";
    NEVER_GIVEN = "R119";
    DOSE_LARGE = "R120";
    RESCUE_UNSAID = "R121";
    BY_THE_AUTHOR = "R122";
    LATER_MILDER = "R123";
    AUC_OFTEN = "R124";
    GROWTH_FACTOR_EARLY = "R125";
    STRENGTH_WORD = "R126";
    COHORTS_FALL = "R127";
    INFUSION_SHORT = "R128";
    SUPPORT_DAY = "R129";
    ONE_ROW = "R130";
}
