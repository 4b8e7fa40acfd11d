//! The codes of what may be asked or refused when something is recorded. The sentences are in `findings`.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[
    AFTER_STOP,
    ALREADY_GIVEN,
    BEFORE_START,
    BEGUN_ON_IT,
    BORN_AFTER_START,
    CRITERIA_NOT_MET,
    CYCLE_BEGUN,
    CYCLE_EARLIER,
    CYCLE_FAR,
    CYCLE_ORDER,
    DELAY_RANGE,
    DOSE_DIFFERS,
    DOSE_IN_TEXT,
    DOUBLE_CHECK_DIFFERS,
    ENROLMENT_STAYS,
    FUTURE_DATE,
    GIVEN_AFTER_STOP,
    GIVEN_SINCE,
    HELD_BEFORE,
    HIDDEN_CHARACTER,
    IN_FORCE_ALREADY,
    INFUSION_LENGTH,
    LAST_DRUG,
    LATER_BEGUN,
    LEVEL_AND_PERCENT,
    LOOKS_PERSONAL,
    NO_FIRST_DOSE,
    NO_REASON,
    NO_SUCH_CYCLE,
    NO_SUCH_ENTRY,
    NOT_ALL_TYPED,
    NOT_DOUBLE_CHECKED,
    NOT_FOLDED,
    NOT_IN_ENTRY,
    NOT_PLANNED,
    NOTHING_CORRECTED,
    NOTHING_MEASURED,
    NOTHING_TO_PREPARE,
    NOTHING_TO_REDACT,
    NOTHING_TO_VERIFY,
    ORDER_OF_DOSES,
    OTHER_DRUGS,
    OTHER_KIND,
    OUT_OF_ORDER,
    PARTLY,
    PERCENT_RANGE,
    PERSONAL_DATA,
    PREPARED_AGAIN,
    RAISE_AGAIN,
    RAISES_LEVEL,
    REDACTION_STAYS,
    REDACTS,
    SAME_PERSON,
    SAME_SUPPLY,
    SAME_VERSION,
    SECOND_DOSE,
    START_FAR,
    STEP_BEFORE,
    STOP_BEFORE_START,
    STOPPED_ALREADY,
    SUBJECT_CODE,
    SUPPLY_COUNT,
    TOO_SOON,
    UNDONE,
    WAS_HELD,
    WAS_OMITTED,
    WEIGHT_AGED,
    WHICH_ONE,
];

pub const AFTER_STOP: Code = Code::new(&About {
    name: "after-stop",
    title: "A dose after the end of treatment",
    asks: Some("Reason for a dose after the end of treatment"),
    page: "A dose is recorded on a day after the last day of treatment on record. One of the two days may be wrong; a dose that was given is recorded with a reason.",
});

pub const ALREADY_GIVEN: Code = Code::new(&About {
    name: "already-given",
    title: "A dose that is on record already",
    asks: None,
    page: "The same administration (cycle, day, drug) is recorded as given already. Correct or undo that entry, or record a second dose where one was given.",
});

pub const BEFORE_START: Code = Code::new(&About {
    name: "before-start",
    title: "A day before the first day of treatment",
    asks: Some("Reason for a day before the first day of treatment"),
    page: "What is recorded happened before the first day of treatment. More than a year before, a dose is refused until the day or the start is corrected.",
});

pub const BEGUN_ON_IT: Code = Code::new(&About {
    name: "begun-on-it",
    title: "Doses were recorded since the subject was moved",
    asks: None,
    page: "The move to another version of the regimen cannot be undone once a dose was recorded on that version. Move the subject to the earlier version instead.",
});

pub const BORN_AFTER_START: Code = Code::new(&About {
    name: "born",
    title: "A date of birth after the first day",
    asks: None,
    page: "The date of birth is later than the first day of treatment. One of the two dates is wrong.",
});

pub const CRITERIA_NOT_MET: Code = Code::new(&About {
    name: "criteria-not-met",
    title: "The criteria to treat were not met",
    asks: Some("Reason for giving it although the criteria were not met"),
    page: "The last check of the criteria to treat for this day found one that was not met. Record a newer check, or say why the dose was given.",
});

pub const CYCLE_BEGUN: Code = Code::new(&About {
    name: "cycle-begun",
    title: "The cycle was begun already",
    asks: None,
    page: "A cycle of which a dose was given has its day 1 on that date and is not delayed any more. Where the date is wrong, correct the entry of the dose.",
});

pub const CYCLE_EARLIER: Code = Code::new(&About {
    name: "cycle-earlier",
    title: "A cycle that would begin earlier than it stands",
    asks: Some("Reason for beginning the cycle earlier"),
    page: "A delay takes a cycle before the day on which it stands now. Days of a delay are counted from the day on which the cycle was planned, all in all, and not from an earlier delay.",
});

pub const CYCLE_FAR: Code = Code::new(&About {
    name: "cycle-far",
    title: "A cycle that would begin much later",
    asks: Some("Reason for beginning the cycle so much later"),
    page: "A delay takes a cycle later by more than the length of that cycle: a figure too many may have been typed.",
});

pub const CYCLE_ORDER: Code = Code::new(&About {
    name: "cycle-order",
    title: "Cycles in the wrong order",
    asks: Some("Reason for cycles in this order"),
    page: "A cycle would begin on or before the first day of the cycle before it. Correct the number of days or the date.",
});

pub const DELAY_RANGE: Code = Code::new(&About {
    name: "delay",
    title: "A delay that nobody means",
    asks: None,
    page: "A delay is a whole number of days from -60 to 400. Beyond that, treatment is stopped, or the number is a slip.",
});

pub const DOSE_DIFFERS: Code = Code::new(&About {
    name: "dose-differs",
    title: "The dose given is not the dose planned",
    asks: Some("Reason for the different dose"),
    page: "The dose recorded differs from the planned dose by more than the regimen's own limit on rounding, or at all where the regimen states none.",
});

pub const DOSE_IN_TEXT: Code = Code::new(&About {
    name: "dose-in-text",
    title: "A dose in a remark",
    asks: Some("Reason for writing a dose in the remark"),
    page: "A remark or a reason names a dose, which may contradict the dose on record. Record the dose itself, or say why it is written there.",
});

pub const DOUBLE_CHECK_DIFFERS: Code = Code::new(&About {
    name: "double-check-differs",
    title: "A double check that found a difference",
    asks: Some("Reason for going on although the double check differs"),
    page: "A second person worked the visit out and came to another figure than the one on record. Find out which is right, correct what is wrong, and let the visit be checked again; what happened all the same is recorded with a reason.",
});

pub const ENROLMENT_STAYS: Code = Code::new(&About {
    name: "enrolment",
    title: "An enrolment is not undone",
    asks: None,
    page: "Everything else in a record rests on the enrolment. Correct it where a figure is wrong, or stop treatment.",
});

pub const FUTURE_DATE: Code = Code::new(&About {
    name: "future-date",
    title: "A day that has not come",
    asks: None,
    page: "Only what has happened can be recorded. Record it on the day, or correct the date.",
});

pub const GIVEN_AFTER_STOP: Code = Code::new(&About {
    name: "given-after-stop",
    title: "A dose was given after this end of treatment",
    asks: None,
    page: "Treatment cannot have ended before the last dose on record. Give a later day, or undo the entry of the dose.",
});

pub const GIVEN_SINCE: Code = Code::new(&About {
    name: "given-since",
    title: "A dose was given in a cycle the change would alter",
    asks: None,
    page: "A dose level or percentage cannot begin with a cycle of which a dose of the drug was given: it would alter what was planned for it. Let it begin with a later cycle.",
});

pub const HELD_BEFORE: Code = Code::new(&About {
    name: "held-before",
    title: "A dose while an earlier one is held",
    asks: Some("Reason for a dose while an earlier one is held"),
    page: "A dose of an earlier cycle of the same drug is on record as held, and nothing was decided of it since: it is given, omitted, or said why it stays open.",
});

pub const HIDDEN_CHARACTER: Code = Code::new(&About {
    name: "hidden-character",
    title: "A character that nobody sees",
    asks: None,
    page: "A name, a reason or a remark holds a control character, a line break, a mark that turns the direction of writing, or a character without width. On a screen it could hide or forge an entry. Type the text instead of pasting it, on one line.",
});

pub const INFUSION_LENGTH: Code = Code::new(&About {
    name: "infusion-length",
    title: "An infusion of another length",
    asks: Some("Reason for the other length of the infusion"),
    page: "From the start to the end that were noted the dose ran for less than three quarters of the shortest time the regimen allows, or for more than one and a half of the longest, and by more than a quarter of an hour (a judgement of ours). A dose given in part may be shorter. Correct the hours where they were typed wrong.",
});

pub const LAST_DRUG: Code = Code::new(&About {
    name: "last-drug",
    title: "The last drug of a treatment cannot be stopped alone",
    asks: None,
    page: "One drug is stopped while others go on. Where no other drug of the treatment is left, the treatment ends: record that.",
});

pub const LATER_BEGUN: Code = Code::new(&About {
    name: "later-begun",
    title: "A later cycle was begun already",
    asks: None,
    page: "A cycle is not delayed behind a later cycle of which a dose was given. Omit it, or correct the entry of the later one.",
});

pub const IN_FORCE_ALREADY: Code = Code::new(&About {
    name: "in-force-already",
    title: "A dose change to what is in force already",
    asks: Some("Reason for recording again what is in force already"),
    page: "The drug is at this level, or at this percentage, already in every cycle that the change is for: the entry would change no dose. Another level, another cycle or another drug may have been meant.",
});

pub const LEVEL_AND_PERCENT: Code = Code::new(&About {
    name: "level-and-percent",
    title: "A dose level and a percentage together",
    asks: Some("Reason for a level and a percentage together"),
    page: "The drug would be at a reduced level and at a percentage of that level's dose, both together. Where one was meant in place of the other, set the other to 0 or 100 %.",
});

pub const LOOKS_PERSONAL: Code = Code::new(&About {
    name: "looks-personal",
    title: "A text or a code that may give a person away",
    asks: Some("Reason why this gives nobody away"),
    page: "A reason, a remark or the code of a subject seems to hold a person's name, a date of birth, a telephone number, a record number, or a number whose check digit is that of an NHS number or a Chinese identity number. What is recorded stays in the record and in its backups. Leave it out, or say why it gives nobody away. Members of staff may be named behind Dr, Prof or nurse.",
});

pub const NO_FIRST_DOSE: Code = Code::new(&About {
    name: "no-first-dose",
    title: "A second dose without a first",
    asks: None,
    page: "A dose was marked as a second one, and the record has no first dose for that cycle, day and drug.",
});

pub const NO_REASON: Code = Code::new(&About {
    name: "no-reason",
    title: "No reason was given",
    asks: None,
    page: "What is recorded here needs a reason in a few words, without anything personal.",
});

pub const NO_SUCH_CYCLE: Code = Code::new(&About {
    name: "no-such-cycle",
    title: "No such cycle or phase, or several",
    asks: None,
    page: "The plan has no cycle of this number, the regimen has no phase of this name, or several phases have a cycle of this number and the phase was not named.",
});

pub const NO_SUCH_ENTRY: Code = Code::new(&About {
    name: "no-such-entry",
    title: "No such entry",
    asks: None,
    page: "The record of this subject has no entry of this number, or the entry was corrected or undone.",
});

pub const NOT_ALL_TYPED: Code = Code::new(&About {
    name: "not-all-typed",
    title: "A double check with figures still to be typed",
    asks: None,
    page: "An independent double check types every figure of the visit: what is measured, from its source, and each dose, worked out from the protocol. Nothing is shown or compared before all are typed.",
});

pub const NOT_DOUBLE_CHECKED: Code = Code::new(&About {
    name: "not-double-checked",
    title: "A dose without an independent double check",
    asks: None,
    page: "The dose is recorded as prepared or given, and no second person had worked the visit out before, or the dose is another one since. It is recorded as it happened, and deviations counts it.",
});

pub const NOT_FOLDED: Code = Code::new(&About {
    name: "no-course",
    title: "A record that makes no course of treatment",
    asks: None,
    page: "With this entry the record would contradict itself, for example with two enrolments. Nothing is recorded.",
});

pub const NOT_IN_ENTRY: Code = Code::new(&About {
    name: "not-in-entry",
    title: "A figure that such an entry does not hold",
    asks: None,
    page: "An entry is corrected in what it holds: a measurement in its figures, a dose in its day, dose and reason. Correct the entry that holds the figure.",
});

pub const NOT_PLANNED: Code = Code::new(&About {
    name: "not-planned",
    title: "A dose that is not in the plan",
    asks: Some("Reason for a dose outside the plan"),
    page: "The plan has no such administration. A dose that was given outside the plan is recorded with its drug, day, date and dose, and a reason.",
});

pub const NOTHING_CORRECTED: Code = Code::new(&About {
    name: "nothing-corrected",
    title: "A correction that changes nothing",
    asks: None,
    page: "The correction says what the entry says already. Give what it should have said.",
});

pub const NOTHING_MEASURED: Code = Code::new(&About {
    name: "nothing",
    title: "Nothing was measured",
    asks: None,
    page: "A measurement needs at least one figure: a weight, a height, a creatinine or a measured kidney function.",
});

pub const NOTHING_TO_PREPARE: Code = Code::new(&About {
    name: "nothing-to-prepare",
    title: "Nothing that waits to be prepared",
    asks: None,
    page: "Every dose that was named was given, held or omitted. Name the cycle, the day and the drug that was prepared.",
});

pub const NOTHING_TO_REDACT: Code = Code::new(&About {
    name: "nothing-to-redact",
    title: "An entry without a text to take away",
    asks: None,
    page: "The entry holds no reason, remark or answer that somebody typed, or its texts were taken away before. Figures and dates are corrected, not taken away.",
});

pub const NOTHING_TO_VERIFY: Code = Code::new(&About {
    name: "nothing-to-verify",
    title: "A visit that cannot be worked out any more",
    asks: None,
    page: "The independent double check comes before the dose. Nothing of this visit is still to be given, or the plan is blocked and there is no dose to compare with.",
});

pub const ORDER_OF_DOSES: Code = Code::new(&About {
    name: "order-of-doses",
    title: "Doses of one drug in the wrong order",
    asks: Some("Reason for doses in this order"),
    page: "A dose would come before an earlier one of the same drug, or after a later one. Correct the day, or the entry that is wrong.",
});

pub const OTHER_DRUGS: Code = Code::new(&About {
    name: "other-drugs",
    title: "A regimen without a drug that is on record",
    asks: None,
    page: "A subject is moved only to a version that has every drug already recorded. A regimen with other drugs is another treatment: stop this one, and enrol under a new code.",
});

pub const OTHER_KIND: Code = Code::new(&About {
    name: "other-kind",
    title: "A correction of another kind",
    asks: None,
    page: "An entry is corrected by one of its own kind; an entry about another entry is undone instead.",
});

pub const OUT_OF_ORDER: Code = Code::new(&About {
    name: "out-of-order",
    title: "An earlier cycle with nothing on record",
    asks: Some("Reason for leaving the earlier cycle open"),
    page: "A dose of a cycle is recorded while nothing is on record of an earlier cycle: it was forgotten, or the wrong cycle was typed.",
});

pub const PARTLY: Code = Code::new(&About {
    name: "partly",
    title: "A dose given in part without amount or reason",
    asks: None,
    page: "A dose given in part needs the amount that was given, and the reason.",
});

pub const PERCENT_RANGE: Code = Code::new(&About {
    name: "percent",
    title: "A percentage that is not a reduction",
    asks: None,
    page: "A dose is reduced to a percentage above 0 and up to 100 % of the protocol dose. At 0 %, omit the dose or stop treatment.",
});

pub const PERSONAL_DATA: Code = Code::new(&About {
    name: "personal-data",
    title: "Personal data in a text",
    asks: None,
    page: "The text holds an e-mail address. Nothing personal is kept in a record.",
});

pub const PREPARED_AGAIN: Code = Code::new(&About {
    name: "prepared-again",
    title: "A dose that was prepared already",
    asks: Some("Reason for preparing it again"),
    page: "The dose is on record as prepared. A bag that is prepared a second time can be hung a second time: undo the first entry where it was not prepared, or say why it was prepared again.",
});

pub const RAISE_AGAIN: Code = Code::new(&About {
    name: "raise-again",
    title: "A reduced dose is raised again",
    asks: Some("Reason for raising the dose again"),
    page: "The change raises a dose that was reduced. A trial allows it only where the protocol says so; elsewhere, where the regimen does not say whether it may, a reason is asked for.",
});

pub const RAISES_LEVEL: Code = Code::new(&About {
    name: "raises-level",
    title: "A correction raises a dose",
    asks: Some("Reason why the lower level was never right"),
    page: "Undoing or correcting an entry brings back a higher dose level or percentage.",
});

pub const REDACTION_STAYS: Code = Code::new(&About {
    name: "redaction",
    title: "A redaction is not undone",
    asks: None,
    page: "The texts that a redaction took away are in the record no more. Record a remark where something has to be said again.",
});

pub const REDACTS: Code = Code::new(&About {
    name: "redacts",
    title: "Texts are taken away for good",
    asks: Some("Reason why it is taken away, and who decided it"),
    page: "A redaction takes the texts of an entry out of the record, because they give a person away; nothing brings them back. The entry, its figures, its dates and who recorded it stay, and so does the redaction with its reason. Backups and exports made before still hold the texts.",
});

pub const SAME_PERSON: Code = Code::new(&About {
    name: "same-person",
    title: "A check by the person who typed the entry",
    asks: None,
    page: "An entry is checked by a second person, who types its figures again without seeing them.",
});

pub const SAME_SUPPLY: Code = Code::new(&About {
    name: "same-supply",
    title: "The same count of home doses a second time",
    asks: Some("Reason for the same count a second time"),
    page: "The record has the same number of home doses, dispensed, returned or taken, on the same day for the same run. Typed twice is the commonest error of accountability; where it did happen twice, say so.",
});

pub const SAME_VERSION: Code = Code::new(&About {
    name: "same-version",
    title: "The subject is on this version already",
    asks: None,
    page: "The text of the regimen is the one the subject is on. There is nothing to move to.",
});

pub const SECOND_DOSE: Code = Code::new(&About {
    name: "second-dose",
    title: "A second dose of one administration",
    asks: Some("Reason for the second dose"),
    page: "The administration has a dose on record, and another one was given. Both are kept and counted.",
});

pub const START_FAR: Code = Code::new(&About {
    name: "start-far",
    title: "A start more than a year from today",
    asks: Some("Reason for a start more than a year from today"),
    page: "The first day of treatment is more than a year before or after today. Often the year is wrong.",
});

pub const STEP_BEFORE: Code = Code::new(&About {
    name: "step-before",
    title: "A step up without the step before it",
    asks: Some("Reason for a step up without the step before it"),
    page: "The regimen leads up to the full dose in steps, and the step before this one is not on record, was left out or went in only in part. What follows then is said by the protocol, not worked out.",
});

pub const STOP_BEFORE_START: Code = Code::new(&About {
    name: "stop-before-start",
    title: "A dose that ended before it was begun",
    asks: None,
    page: "The hour at which a dose ended lies before the hour at which it was begun, or is the same. An infusion that ran into another day has that day written before the hour.",
});

pub const STOPPED_ALREADY: Code = Code::new(&About {
    name: "stopped",
    title: "Treatment was stopped already",
    asks: None,
    page: "The record has an end of treatment. Correct or undo that entry.",
});

pub const SUBJECT_CODE: Code = Code::new(&About {
    name: "subject-code",
    title: "A subject code that may be a name or a number of a person",
    asks: None,
    page: "A record holds the study's code for a subject, never a name, a date of birth, an e-mail address or a hospital number.",
});

pub const SUPPLY_COUNT: Code = Code::new(&About {
    name: "supply-count",
    title: "A count of home doses that does not add up",
    asks: Some("Reason for the count"),
    page: "More tablets were dispensed, returned or taken than the plan or the record makes likely. Tablets are counted when dispensed or returned, doses when taken.",
});

pub const TOO_SOON: Code = Code::new(&About {
    name: "too-soon",
    title: "A dose much sooner after the one before than planned",
    asks: Some("Reason for a dose so soon after the one before"),
    page: "The regimen states no window for the dose, and it came after half the planned days or fewer behind the dose of the same drug before it.",
});

pub const UNDONE: Code = Code::new(&About {
    name: "undone",
    title: "The entry was undone already",
    asks: None,
    page: "An entry that was undone is neither corrected nor undone again. To have it back, undo the entry that undid it.",
});

pub const WAS_HELD: Code = Code::new(&About {
    name: "was-held",
    title: "A dose that was recorded as held",
    asks: Some("Reason for giving a dose that was held"),
    page: "The visit is on record as held, and now a dose of it is recorded as given. Why it may be given now is kept with it.",
});

pub const WAS_OMITTED: Code = Code::new(&About {
    name: "was-omitted",
    title: "A dose that was recorded as omitted",
    asks: Some("Reason for a dose that was recorded as omitted"),
    page: "The administration is on record as omitted, and now a dose of it is recorded as given.",
});

pub const WEIGHT_AGED: Code = Code::new(&About {
    name: "stale-weight",
    title: "A dose on a weight more than a week old",
    asks: None,
    page: "The weight behind a dose by body size was measured more than 7 days before the dose was given.",
});

pub const WHICH_ONE: Code = Code::new(&About {
    name: "which",
    title: "More than one dose or run is meant",
    asks: None,
    page: "The cycle, day or drug named fits several doses or runs where one is needed. Name the drug and the day.",
});
