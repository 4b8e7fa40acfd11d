//! The codes of everything the checker can say. A code is never reused.

use crate::finding::{About, Code};

macro_rules! codes {
    ($($name:ident = $code:literal, $doc:literal;)+) => {
        $(
            #[doc = $doc]
            pub const $name: Code = Code::new(&About { name: $code, title: $doc, asks: None, page: "" });
        )+

        /// Every code.
        pub const ALL: &[Code] = &[$($name),+];
    };
}

codes! {
    NOT_TEXT = "R001", "The file is no UTF-8 text.";
    SIZE = "R002", "The file is empty or too large.";
    SYNTAX = "R003", "The file is no TOML.";
    UNKNOWN_KEY = "R004", "A key that the format does not have.";
    WRONG_TYPE = "R005", "A value of the wrong kind.";
    DUPLICATE_KEY = "R006", "A key or table that stands twice.";
    FORMAT = "R007", "A format version this program does not read.";
    TOO_MANY = "R008", "More problems than are listed.";
    MISSING = "R010", "A key that must be there.";
    QUANTITY = "R011", "A figure that cannot be read.";
    WORD = "R012", "A word that means nothing here.";
    DAY_TEXT = "R013", "Days written as text.";
    DAY_OUTSIDE = "R014", "A day outside the cycle.";
    DAY_ZERO = "R015", "A day 0 without an event that names it.";
    DAY_LIST = "R016", "A list of days that is not one.";
    BY_CYCLE = "R017", "Days by cycle with a gap or an overlap.";
    DOSE_TWICE = "R018", "A dose said twice.";
    LONG_INFUSION = "R019", "A long infusion without `total` or `dose_per_day`.";
    AUC = "R020", "A target AUC mixed with another basis.";
    TOTAL_MISSING = "R021", "A cycle total that is missing.";
    TOTAL_UNEQUAL = "R022", "A cycle total that is not dose times days.";
    PHASES = "R023", "Phases and single-phase tables together.";
    REFERENCE = "R024", "A name that nothing here has.";
    SAME_NAME = "R025", "Two things of one name.";
    SITE = "R026", "A value the site must supply.";
    NO_SOURCE = "R027", "A figure without a source.";
    TWO_SOURCES = "R028", "A figure with two sources.";
    UNDECLARED_SOURCE = "R029", "A source that is not declared.";
    UNUSED_SOURCE = "R030", "A source that nothing uses.";
    SOURCE_OF_NOTHING = "R031", "A source of a key that is not there.";
    NO_EXAMPLE = "R032", "A file without a worked example.";
    ONE_OF = "R033", "Keys that exclude each other.";
    BOUNDS = "R034", "A figure that makes no sense.";
    BANDS = "R035", "Dose bands that do not rise.";
    PERCENT = "R036", "A percentage that does not say of what.";
    VINCA = "R040", "A vinca alkaloid by an intrathecal or intraventricular route.";
    KNOWN_CAP = "R041", "A drug that is as a rule capped, dosed by body size, without a `cap`.";
    LADDER = "R042", "A ladder of reduced doses that does not fall.";
    NOTE_DOSE = "R043", "A note with a dose that is not one of the drug's own figures.";
    UNITS = "R044", "A cap, rounding step, vial, tablet, maximum or reduced dose in a unit that does not convert into that of the dose.";
    APPROVED = "R045", "A file whose status is `approved` while some of its keys are `unverified`.";
    GAP = "R046", "A table of rules or doses with a value in no row.";
    OVERLAP = "R047", "A table of rules or doses with a value in two rows.";
    CTCAE = "R048", "Grades without the version of the CTCAE.";
    RULE_LEVEL = "R049", "A rule that lowers a dose level the drug does not have.";
    RULE_UNITS = "R050", "A rule whose figures are in units that do not convert.";
    TABLE_FAR = "R051", "A dose by table far from the formula beside it.";
    TABLE_FALLS = "R052", "A dose by table that falls while the body grows.";
    LIFETIME = "R053", "A limit over a life that counts nothing, or does not say how.";
    RAMP = "R054", "Steps that do not lead up to the full dose.";
    TRAILING_ZERO = "R061", "A dose with a zero behind the decimal point that says nothing.";
    ABBREVIATION = "R062", "A drug named by an abbreviation.";
    CAPITAL_NAME = "R063", "A drug name that begins with a capital letter: a brand, or a generic name written like one.";
    FORMULATION = "R064", "A formulation inside the drug name instead of under `formulation`.";
    CONJUGATE = "R065", "Trastuzumab emtansine above 3.6 mg/kg: the dose of trastuzumab, not of its conjugate.";
    METHOTREXATE = "R066", "Oral methotrexate on days in a row.";
    LOMUSTINE = "R067", "Lomustine more often than every six weeks.";
    CISPLATIN = "R068", "Cisplatin above 100 mg/m2 in one cycle.";
    INTRATHECAL_SIZE = "R069", "An intrathecal dose by body surface or weight.";
    VINCA_DAY = "R070", "A vinca alkaloid and an intrathecal drug on one day.";
    INTRATHECAL_DRUG = "R071", "A drug by the intrathecal route that is not usually given there.";
    ACTIVITY_UNITS = "R072", "A mass for a drug that is measured in units.";
    CARBOPLATIN = "R073", "Carboplatin by body surface.";
    AUC_RANGE = "R074", "A target AUC outside 1.5 to 7.";
    TWIN = "R075", "One drug entered twice with the same dose on the same day.";
    INFUSIONS_OVERLAP = "R076", "An infusion that has not ended when the next of the same drug begins.";
    ENDS_DAY = "R077", "An infusion that ends on a day on which, by its length, it cannot end.";
    WINDOW_WIDE = "R078", "A window around day 1 as wide as the cycle.";
    DELAY_SHORT = "R079", "A longest delay shorter than the late side of the window.";
    GAP_BROKEN = "R080", "Planned days closer together than the drug's own `least_gap`.";
    LOADING_SMALL = "R081", "A loading dose that is not larger than the dose.";
    CAP_FLAT = "R082", "A flat dose above its own cap.";
    CAP_ODD = "R083", "A cap that applies to everybody, or to nobody.";
    MAXIMUM_LOW = "R084", "A `maximum` below the dose itself.";
    STEP_COARSE = "R085", "A rounding step that changes an ordinary dose by more than 10 %.";
    WITHIN_WIDE = "R086", "A rounding limit above 10 %.";
    TABLETS_FLAT = "R087", "A flat dose that the listed tablets cannot make.";
    START_DEAD = "R088", "A starting dose that no subject can reach, because an earlier row takes everybody it is for.";
    DRUG_UNTRIED = "R089", "A treatment drug that no worked example gives.";
    EXAMPLE = "R090", "A worked example that does not come out.";
    ONLY_FIRST = "R091", "Worked examples that never leave the first cycle.";
    CAP_UNTRIED = "R092", "A cap that no worked example reaches.";
    PLACEHOLDER = "R093", "A text that was to be filled in.";
    SOURCE_LOST = "R094", "A source that nobody can look up: neither an address nor what it says.";
    LIMIT_FAR = "R095", "A limit that lies where no protocol puts one, or that has no unit.";
    LADDER_ABOVE = "R096", "A ladder of reduced doses that does not lie below a dose a subject can start on.";
    UNTIL_WORSE = "R097", "A wait whose end is not better than what it waits out.";
    RAISED_ABOVE = "R098", "A rule or a starting dose that comes to more than the protocol's dose.";
    ODD_LETTER = "R099", "A drug name with a letter that is no plain one: Cyrillic, without width, with an accent.";
    NOT_COMPARED = "R100", "A reduced, loading or rising dose by another body size than the dose it belongs to.";
    CYCLE_SHORT = "R101", "A cycle shorter than the days of its drugs.";
    PHASES_OVERLAP = "R102", "Two phases that give one drug on the same day.";
    RULES_CONTRADICT = "R103", "Two tables of rules that say different things of one value and one drug.";
    LOADING_UNCLEAR = "R104", "A loading dose that can be read in two ways.";
    SPLIT_DAY = "R105", "A day split into morning and evening, of a drug that is not given twice daily.";
    COUNTED_DOSES = "R106", "A number of doses that ends where the plan cannot change the dose.";
    NUMBER_PLAIN = "R110", "A number that is not written in plain decimal digits.";
    DOSE_FAR = "R111", "A dose no body can be given.";
}
