//! What a patient takes home: every visit, whom to call, the medicine of each cycle; in words, and never a thing that is
//! not for patients.

use posology::calendar;
use posology::export::{self, Options, Print, Replaces};
use posology::present::{Schedule, Status};
use posology::study::{Contact, PatientTexts};

use crate::schedules::shipped;

/// The words of a study, made up.
fn texts() -> PatientTexts {
    PatientTexts {
        version: Some("1.2".into()),
        approved: calendar::read("2026-11-16").ok(),
        call_at_once: vec!["temperature of 38.0 °C or more".into(), "bleeding".into()],
        stop_and_call: vec!["vomiting twice or more in 24 hours".into()],
        how: Some("Within 30 minutes after a meal.".into()),
        ask_first: Some("warfarin".into()),
        more: vec![("Contraception".into(), None)],
        ..PatientTexts::default()
    }
}

fn options() -> Options {
    let contacts = vec![
        Contact { who: "study nurse".into(), number: "01234 5678".into(), when: Some("day or night".into()) },
        Contact { who: "study physician".into(), number: "01234 9999".into(), when: None },
    ];
    let print = Print { texts: Some(texts()), contacts, replaces: Replaces::Nothing, ..Print::default() };
    Options { study: Some("TR-01".into()), subject: Some("S-014".into()), print, ..Options::default() }
}

fn html(schedule: &Schedule, options: &Options) -> String {
    String::from_utf8(export::format("html-calendar").unwrap().bytes(schedule, options).unwrap()).unwrap()
}

fn approved(name: &str) -> Schedule {
    let mut schedule = shipped(name);
    schedule.regimen.status = Status::Approved;
    schedule
}

/// The words of a page, one space between two.
fn words(page: &str) -> String {
    let body = page.split("<main>").nth(1).unwrap();
    let mut text = String::new();
    let mut tag = false;
    for c in body.chars() {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                text.push(' ');
            }
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

const PATIENTS: &str = "npc-liposomal-irinotecan-nituzumab";

/// Two-week cycles from Mon 07-Dec-2026, eight of them.
#[test]
fn a_whole_course_is_one_page_with_every_monday() {
    let page = html(&approved(PATIENTS), &options());
    assert_eq!(page.matches("<section").count(), 1, "one page");
    let said = words(&page);
    for monday in [
        "07-Dec-2026",
        "21-Dec-2026",
        "04-Jan-2027",
        "18-Jan-2027",
        "01-Feb-2027",
        "15-Feb-2027",
        "01-Mar-2027",
        "15-Mar-2027",
    ] {
        assert!(said.contains(&format!("Mon {monday}")), "{monday}: {said}");
    }
    assert!(said.contains("Mon 07-Dec-2026 this day is fixed") && said.contains("Mon 21-Dec-2026 planned; confirmed"));
    assert_eq!(said.matches("planned; confirmed").count(), 7, "the first is firm, the others are planned");
    assert_eq!(page.matches("<table class=\"month\">").count(), 4, "December to March");
    for one in [
        "Two medicines by drip in the clinic, on the same day, every two weeks. No study medicine at home.",
        "Call, day or night 01234 5678 study nurse",
        "study physician: 01234 9999",
        "Call at once if you have temperature of 38.0 °C or more bleeding",
        "I am in study TR-01 and get liposomal irinotecan and nimotuzumab.",
        "Study TR-01 Your code S-014 Name",
        "Time Blood test on",
        "Ask us before you take or have warfarin",
        "Cannot come? Call us.",
        "Text for patients: version 1.2, approved on 16-Nov-2026",
        "First sheet; it replaces no other.",
        "Page 1 of 1",
    ] {
        assert!(said.contains(one), "{one} is missing: {said}");
    }
    assert!(!page.contains("SAMPLE"), "approved regimen, approved words");
}

#[test]
fn nothing_stands_on_it_that_is_not_for_patients() {
    for name in [PATIENTS, "gi-xelox", "gi-mfolfox6", "cns-stupp"] {
        let said = words(&html(&approved(name), &options()));
        for never in ["window", "C1D1", "vial", "sha256", "erified", "not an order", "mg/m", "posology"] {
            assert!(!said.contains(never), "{name}: {never}");
        }
    }
    let said = words(&html(&approved(PATIENTS), &options()));
    assert!(!said.contains(" mL") && !said.contains(" mg"), "no amounts of what is given in the clinic");
}

#[test]
fn a_draft_or_words_that_nobody_approved_say_sample() {
    let draft = html(&shipped(PATIENTS), &options());
    assert!(words(&draft).contains("SAMPLE, DO NOT HAND OUT: draft regimen"));
    assert!(draft.contains("content: \"SAMPLE\"") && draft.contains("content: \"DO NOT HAND OUT\""), "across the page");
    let mut without = options();
    without.print.texts = None;
    without.print.contacts.clear();
    let said = words(&html(&approved(PATIENTS), &without));
    assert!(said.contains("SAMPLE, DO NOT HAND OUT: texts not approved") && said.contains("not approved yet"));
    assert!(said.contains("Number, day or night:"), "a line to write the number on");
}

/// Evening of Mon 07-Dec through morning of Mon 21-Dec-2026: 14 mornings of 3 and 14 evenings of 4 tablets of 500 mg are
/// 42 + 56 = 98 tablets.
#[test]
fn the_tablets_of_a_cycle_are_one_page_with_a_box_for_each_dose() {
    let page = html(&approved("gi-xelox"), &options());
    let first = page.split("<section").find(|page| page.contains("Your tablets, cycle 1")).unwrap();
    let said = words(&format!("<main>{first}"));
    for one in [
        "Capecitabine , tablets of 500 mg, at home from Mon 07-Dec-2026 to Mon 21-Dec-2026",
        "Stop the tablets and call today if you have vomiting twice or more",
        "Each morning 3 tablets of 500 mg (1,500 mg)",
        "Each evening 4 tablets of 500 mg (2,000 mg)",
        "Mon 07-Dec drip, no tablets",
        "First: evening of Mon 07-Dec . Last: morning of Mon 21-Dec . 28 doses, 98 tablets of 500 mg in all.",
        "Tue 22-Dec no tablets no tablets",
        "Sun 27-Dec no tablets no tablets",
        "Mon 28-Dec next visit, at blood test on",
        "How Within 30 minutes after a meal.",
        "Missed a dose? Leave it out.",
        "Vomited? Ask us.",
        "all packs, empty ones too",
        "Staff: dispensed 98 tablets by",
        "returned tablets, counted by",
    ] {
        assert!(said.contains(one), "{one} is missing: {said}");
    }
    assert_eq!(first.matches("class=\"tick\"").count(), 28, "a box for each of 28 doses");
    assert_eq!(
        first.matches("class=\"grey\"").count(),
        1 + 1 + 18,
        "shaded: before the first, after the last, six whole rows"
    );
    let all = page.matches("<h1").count();
    assert_eq!(page.matches("<section").count(), all, "no sheet goes on on a second page");
}

/// Lonsurf is taken on days 1 to 5 and 8 to 12: all of it stands on one page of the cycle, and none says that there are no
/// tablets on a day on which there are (Mon 07-Dec to Fri 11-Dec, Mon 14-Dec to Fri 18-Dec).
#[test]
fn no_sheet_says_no_tablets_of_a_day_on_which_the_drug_is_taken() {
    let page = html(&approved("gi-trifluridine-tipiracil"), &options());
    assert_eq!(page.matches("Your medicine at home, cycle 1<").count(), 1, "a sheet a cycle");
    let said = section(&page, "Your medicine at home, cycle 1");
    for taken in ["Mon 07-Dec", "Fri 11-Dec", "Mon 14-Dec", "Fri 18-Dec"] {
        assert!(said.contains(&format!("{taken} 3 tablets of 20 mg (60 mg), morning and evening")), "{taken}: {said}");
    }
    assert!(!said.contains("no tablets"), "{said}");
    assert!(said.contains("Mon 07-Dec to Fri 11-Dec and Mon 14-Dec to Fri 18-Dec . 20 doses."), "{said}");
}

/// Tablets of 500 and 150 mg: every dose from the first to the last stands on the first page of its cycle, on one line.
#[test]
fn tablets_of_two_strengths_stand_on_one_page() {
    let page = html(&approved("gi-capecitabine"), &options());
    let first = page.split("<section").find(|page| page.contains("Your tablets, cycle 1")).unwrap();
    let said = words(&format!("<main>{first}"));
    assert!(said.contains(" first ") && said.contains(" last ") && said.contains("×150 mg at"), "{said}");
    assert_eq!(first.matches("class=\"tick\"").count(), 28, "a box for each of 28 doses");
    assert!(first.contains("<table"), "{said}");
}

/// Two numbers in one field: a line may end between them, and before what is said beside one, never among the figures of one.
#[test]
fn a_number_to_call_is_never_broken_among_its_figures() {
    let mut options = options();
    options.print.contacts = vec![
        Contact {
            who: "Nurse".into(),
            number: "+49 (0) 30 450 553 222 (Tag), +49 30 450 553 000 (Nacht)".into(),
            when: None,
        },
        Contact { who: "Physician".into(), number: "01234 5678 (day or night)".into(), when: None },
    ];
    let page = html(&approved(PATIENTS), &options);
    let kept = "+49\u{a0}(0)\u{a0}30\u{a0}450\u{a0}553\u{a0}222 (Tag), +49\u{a0}30\u{a0}450\u{a0}553\u{a0}000 (Nacht)";
    assert!(page.contains(kept) && page.contains("01234\u{a0}5678 (day or night)"), "{page}");
    // In the largest letters one of 20 figures and signs would be wider than its place.
    let large = |page: &str| page.contains("font-size:1.43em") || page.contains("font-size:143%");
    assert!(!large(&page), "{page}");
    options.print.contacts[0].number = "01234 5678".into();
    assert!(large(&html(&approved(PATIENTS), &options)), "a short one is large");
}

#[test]
fn the_new_sheet_says_which_it_replaces_and_has_a_code_of_its_own() {
    let schedule = approved(PATIENTS);
    let code = |page: &str| words(page).rsplit("code ").next().unwrap().split(' ').next().unwrap().to_owned();
    let first = html(&schedule, &options());
    assert_eq!(code(&first), code(&html(&schedule, &options())), "the same sheet");
    let mut later = options();
    later.print.replaces = Replaces::Sheet { number: 1, of: calendar::read("2026-12-01").unwrap() };
    let said = words(&html(&schedule, &later));
    assert!(
        said.contains("Sheet 2 replaces sheet 1 of 01-Dec-2026: please return it.")
            && said.contains("Sheet 2, code S014-")
    );
    let mut moved = schedule.clone();
    moved.doses.pop();
    assert_ne!(code(&first), code(&html(&moved, &options())), "another sheet");
    let mut not_said = options();
    not_said.print.replaces = Replaces::NotSaid;
    assert!(words(&html(&schedule, &not_said)).contains("This sheet replaces sheet of : please return it."));
}

#[test]
fn both_forms_have_the_same_pages_and_the_pdf_refuses_letters_it_cannot_draw() {
    for name in [PATIENTS, "gi-xelox", "gi-mfolfox6", "cns-stupp"] {
        let schedule = approved(name);
        let pdf = export::format("pdf-calendar").unwrap().bytes(&schedule, &options()).unwrap();
        let pages = pdf.windows(9).filter(|window| *window == b"/MediaBox").count();
        assert_eq!(html(&schedule, &options()).matches("<section").count(), pages, "{name}");
        crate::export_sample::keep(&format!("pdf-calendar-{name}.pdf"), &pdf);
    }
    let mut thai = options();
    thai.print.bring = vec!["แผ่นนี้".into()];
    let refused = export::format("pdf-calendar").unwrap().bytes(&approved(PATIENTS), &thai).unwrap_err().to_string();
    assert!(refused.contains("U+0E41") && refused.contains("HTML"), "{refused}");
    assert!(html(&approved(PATIENTS), &thai).contains("แผ่นนี้"));
}

fn section(page: &str, title: &str) -> String {
    let found = page.split("<section").find(|page| page.contains(title));
    words(&format!("<main>{}", found.unwrap_or_else(|| panic!("no {title}"))))
}

/// Every day of a cycle of 28 on one page: one page a cycle of dasatinib, palbociclib, olaparib, lenvatinib, imatinib.
#[test]
fn a_cycle_of_four_weeks_at_home_is_one_page() {
    for id in [
        "heme-dasatinib",
        "br-palbociclib-fulvestrant",
        "gyn-olaparib",
        "endo-lenvatinib-thyroid",
        "heme-imatinib-paediatric",
        "br-abemaciclib",
        "cns-stupp",
    ] {
        let page = html(&approved(id), &options());
        assert_eq!(
            page.matches("<section").count(),
            page.matches("<h1").count(),
            "{id}: a sheet goes on on a second page"
        );
    }
    let page = html(&approved("heme-dasatinib"), &options());
    let first = page.split("<section").find(|page| page.contains("Your tablets, cycle 1")).unwrap();
    assert_eq!(first.matches("class=\"tick\"").count(), 28, "a box for each of 28 doses");
}

/// Dexamethasone with daratumumab and lenalidomide is taken in goes, from Mon 07-Dec on: each cycle has one page with all of
/// them, and lenalidomide, taken in one go, its own.
#[test]
fn doses_in_several_goes_stand_on_one_page_of_their_cycle() {
    let page = html(&approved("heme-daratumumab-lenalidomide-dexamethasone"), &options());
    assert_eq!(page.matches("Your medicine at home, cycle 1<").count(), 1, "one page a cycle");
    assert_eq!(page.matches("Your medicine, cycle 1<").count(), 1, "lenalidomide has its own");
    let said = section(&page, "Your medicine at home, cycle 1");
    for one in ["Dexamethasone , at home from Mon 07-Dec-2026 to ", "Mon 14-Dec", "Mon 21-Dec", "Mon 28-Dec"] {
        assert!(said.contains(one), "{one}: {said}");
    }
}

/// The page of what is taken beside the treatment says all that the page of one drug says.
#[test]
fn the_page_of_several_medicines_says_all_that_of_one_says() {
    let mut options = options();
    let texts = options.print.texts.as_mut().unwrap();
    texts.missed = Some("Leave it out; take the next one at its time.".into());
    texts.vomited = Some("Do not take it again.".into());
    texts.at_home = Some("Keep it away from children.".into());
    let said = section(&html(&approved("gi-folfirinox"), &options), "Your medicine at home, cycle 1");
    for one in [
        ", at home from ",
        "Missed a dose? Leave it out; take the next one at its time.",
        "Vomited? Do not take it again.",
        "Safe at home Keep it away from children.",
        "Ask us first warfarin",
        "First: ",
        "Last: ",
        "next visit, at",
        "Bring this sheet and all packs, empty ones too",
        "Staff: dispensed",
    ] {
        assert!(said.contains(one), "{one} is missing: {said}");
    }
}

/// A form is no name, and what goes with a drug stands behind it.
#[test]
fn a_drug_is_called_in_plain_words() {
    let mut schedule = approved(PATIENTS);
    let mut named = |formulation: &str, drug: &str| {
        for dose in &mut schedule.doses {
            (dose.formulation, dose.drug) = (Some(formulation.to_owned()), drug.to_owned());
        }
        let said = words(&html(&schedule, &options()));
        said.split("and get ").nth(1).unwrap().split('.').next().unwrap().to_owned()
    };
    assert_eq!(named("tablets", "olaparib"), "olaparib");
    assert_eq!(named("phosphate", "fludarabine"), "fludarabine phosphate");
    assert_eq!(named("albumin-bound", "paclitaxel"), "albumin-bound paclitaxel");
    assert_eq!(named("with clavulanate, suspension 600 mg/42", "amoxicillin"), "amoxicillin with clavulanate");
    assert_eq!(named("with lumefantrine 120 mg for each 20 mg", "artemether"), "artemether with lumefantrine");
}

/// Everything a patient reads is set in 12 points or more.
#[test]
fn nothing_on_it_is_smaller_than_twelve_points() {
    for name in [PATIENTS, "gi-xelox", "gi-folfirinox"] {
        let page = html(&approved(name), &options());
        for size in page.split("font-size:").skip(1) {
            let size: f32 =
                size.trim_start().split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap().parse().unwrap();
            // Scales of a line (1.43em) are no sizes; a rule is drawn with words of 1 point.
            assert!(!(2.0..12.0).contains(&size), "{name}: {size}");
        }
    }
}
