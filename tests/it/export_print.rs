//! Print-outs: everything is on the page, nothing a person wrote can break it.

use posology::calendar::{self, Site};
use posology::course::Course;
use posology::export::{self, Options, Print};
use posology::quantity::{Height, Weight};
use posology::study::LabelSize;
use posology::subject::Subject;
use posology::{checker, plan, present};

use crate::export_sample::{AWKWARD, awkward, awkward_options, keep, options, plain, write};

const PAGES: [&str; 6] = ["html-calendar", "html-worksheet", "html-protocol", "html-notice", "html-log", "html-labels"];

fn html(id: &str) -> String {
    String::from_utf8(write(id, &plain(), &options())).unwrap()
}

#[track_caller]
fn has(page: &str, words: &[&str]) {
    for one in words {
        assert!(page.contains(one), "{one} is missing");
    }
}

#[test]
fn every_page_says_what_it_is() {
    // Hand-outs and notices are pages of their own: `handout` and `notice` tell what stands on them. A label is cut out of
    // its sheet and says by itself what it is.
    for id in PAGES.iter().filter(|id| !["html-calendar", "html-notice", "html-labels"].contains(id)) {
        let page = html(id);
        let sections = page.matches("<section").count();
        for once_a_sheet in [
            "DRAFT</p>",
            "not an order. A qualified person checks every dose.</p>",
            "regimen cape-iri-cis version 3, draft · made 2026-12-05T09:30:00Z · Not verified by a second person</p>",
        ] {
            assert_eq!(page.matches(once_a_sheet).count(), sections, "{id}: {once_a_sheet}");
        }
        has(&page, &["counter(page) \" of \" counter(pages)", &"5f".repeat(32), "size: A4", "<html lang=\"en\">"]);
        keep(&format!("{id}.html"), page.as_bytes());
    }
}

#[test]
fn letter_is_letter() {
    let letter = Options { letter: true, ..options() };
    let page = String::from_utf8(write("html-log", &plain(), &letter)).unwrap();
    has(&page, &["size: letter"]);
}

#[test]
fn approved_pages_carry_no_banner() {
    let mut schedule = plain();
    schedule.regimen.status = posology::present::Status::Approved;
    let page = String::from_utf8(write("html-notice", &schedule, &options())).unwrap();
    assert!(!page.contains("DRAFT regimen"));
}

#[test]
fn a_worksheet_shows_inputs_steps_and_figures() {
    let page = html("html-worksheet");
    has(
        &page,
        &[
            "Cycle 1 Day 1, Mon 07-Dec-2026",
            "<p class=\"caption\">Height</p>\n<p class=\"value\">170 cm</p>\n<p class=\"small\">on 01-Dec-2026; today ________</p>",
            "<p class=\"value\">65 kg</p>\n<p class=\"small\">on 01-Dec-2026; today ________</p>",
            "√(170 cm × 65 kg ÷ 3,600) = 1.75 m²",
            "<p class=\"dose\">120 mg</p>",
            "rounded down to a multiple of 10 mg: 122.5 mg = 120 mg",
            "capped from 317.6 mg",
            "3 vials of 50 mg in 50 mL",
            "Lot <span class=\"write\">",
            "☐ Prepared by <span class=\"write\">",
            "☐ Checked by <span class=\"write\">",
            "neutrophils</td>",
            "WARN: The weight is 9 days old.",
            "In the regimen not verified: rounding.",
        ],
    );
    // 315 mg in Cycle 1; 280 is 35 less, and 35 / 315 is 11.1 %
    has(&page, &["315 mg in Cycle 1; difference −11.1 %", "total after this 240 mg"]);
}

#[test]
fn a_notice_shows_both_doses_and_why() {
    let page = html("html-notice");
    for words in ["315 mg", "280 mg", "−11.1\u{a0}%", "dose level -1", "diarrhoea grade 3", "DRAFT regimen"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page.matches("Dose change notice</h1>").count(), 1, "nothing changed in the first cycle");
}

#[test]
fn a_log_counts_tablets() {
    has(&html("html-log"), &["84 tablets of 500 mg", "Returned: count, date", "07-Dec-2026 to 21-Dec-2026"]);
}

#[test]
fn the_regimen_page_has_its_table_of_activities() {
    has(
        &html("html-protocol"),
        &[
            "<th scope=\"col\" style=\"width:15%\">Days 2 to 7</th>",
            "<td>CISplatin: Day 1</td><td><strong>X</strong></td><td></td><td></td>",
            "<td><strong>rounded</strong></td><td>down in steps of 10 mg</td><td>NOT VERIFIED; SOURCES DISAGREE: 10 mg or 5 mg</td>",
            "every 6 weeks from the first dose",
        ],
    );
}

#[test]
fn nothing_written_by_a_person_is_markup() {
    for id in PAGES {
        let page = String::from_utf8(write(id, &awkward(), &awkward_options())).unwrap();
        assert!(!page.contains("<b>"), "{id}");
        assert!(page.contains("&lt;b&gt;&amp;amp; 'x'; 药物 试验 💊"), "{id}: {AWKWARD}");
        keep(&format!("{id}-awkward.html"), page.as_bytes());
    }
}

#[test]
fn control_characters_do_not_reach_a_page() {
    let mut schedule = plain();
    schedule.regimen.name = "a\u{0}b\u{1b}c\u{ffff}d".to_owned();
    let page = String::from_utf8(write("html-protocol", &schedule, &options())).unwrap();
    assert!(page.contains("a b c d"));
}

#[test]
fn one_cycle_alone() {
    let mut options = options();
    options.print.cycle = Some(2);
    let page = String::from_utf8(write("html-worksheet", &plain(), &options)).unwrap();
    assert!(page.contains("Cycle 2 Day 1") && !page.contains("<h1>Cycle 1 Day 1"));
}

#[test]
fn an_empty_plan_still_makes_a_page() {
    let mut schedule = plain();
    schedule.doses.clear();
    schedule.sheets.cycles.clear();
    for id in PAGES {
        let page = String::from_utf8(write(id, &schedule, &options())).unwrap();
        assert!(page.contains("<h1"), "{id}");
    }
}

#[test]
fn same_plan_same_bytes() {
    for id in PAGES {
        assert_eq!(write(id, &awkward(), &options()), write(id, &awkward(), &options()));
    }
}

#[test]
fn a_bolus_is_not_compared_with_the_infusion_of_the_same_drug() {
    // mFOLFOX6 gives 400 mg/m² of fluorouracil at once and 2,400 mg/m² over 46 hours, in every cycle alike.
    let schedule = crate::schedules::shipped("gi-mfolfox6");
    let page = String::from_utf8(write("html-notice", &schedule, &options())).unwrap();
    assert!(page.contains("There is nothing to print here"), "{page}");
    let page = String::from_utf8(write("html-worksheet", &schedule, &options())).unwrap();
    // 400 × 1.75 and 2,400 × 1.75
    assert!(
        page.contains("700 mg in Cycle 1; difference none") && page.contains("4,200 mg in Cycle 1; difference none")
    );
}

#[test]
fn a_label_that_is_cut_out_still_says_draft() {
    let mut schedule = crate::schedules::shipped("gi-mfolfox6");
    let labels = |schedule: &_| String::from_utf8(write("html-labels", schedule, &options())).unwrap();
    let said = labels(&schedule).matches("DRAFT: not for use").count();
    assert_eq!(said, schedule.doses.len());
    schedule.regimen.status = posology::present::Status::Approved;
    assert!(!labels(&schedule).contains("DRAFT"));
}

#[test]
fn a_print_out_that_nobody_would_print_is_refused_with_what_to_do_and_tables_are_not() {
    // A dose on each of 2,005 days in the clinic: a page a visit.
    let text = include_str!("../../regimens/npc-liposomal-irinotecan-nituzumab.toml");
    let text = text.replace("count  = { up_to = 8 }", "count  = { planned = 401 }");
    let often = |text: &str, days, total| {
        text.replacen(days, &format!("days = [1, 2, 3, 4, 5]\nmissed = \"skip\"\ncycle_total = \"{total}\""), 1)
    };
    let text = often(&often(&text, "days        = [1]", "350 mg/m2"), "days   = [1]", "2000 mg");
    let text = text.replace("trial = [\"dose\", \"route\"", "trial = [\"missed\", \"dose\", \"route\"");
    let regimen = checker::check(text.as_bytes(), &Site::default()).regimen.unwrap();
    let subject = Subject {
        height: Some(Height::read("170").unwrap()),
        weight: Some(Weight::read("65").unwrap()),
        ..Subject::default()
    };
    let course = Course::new(calendar::read("2026-12-07").unwrap(), subject);
    let plan = plan::plan(&regimen, &course, &Site::default(), plan::Options::default()).unwrap();
    let schedule = present::schedule(&regimen, &course, &plan);
    let of = |cycle, id| {
        let print = Print { cycle, labels: Some(LabelSize::Roll), ..Print::default() };
        export::format(id).unwrap().bytes(&schedule, &Options { print, ..options() })
    };
    for id in ["pdf-worksheet", "html-labels"] {
        let refused = of(None, id).unwrap_err().to_string();
        has(
            &refused,
            &["pages", "at most 2,000 are made", "Print a part of the plan at a time, or write CSV or XLSX."],
        );
        assert!(of(Some(400), id).is_ok(), "{id}");
    }
    assert!(of(None, "csv").is_ok());
}

/// Mesna with ifosfamide, at 0, 4 and 8 hours, is prepared alike three times: one frame with lines for each, and a line of the
/// double check. The visit is one page.
#[test]
fn doses_that_are_prepared_alike_stand_in_one_frame() {
    let schedule = crate::schedules::shipped("sarc-ifosfamide-mesna");
    let page = String::from_utf8(write("html-worksheet", &schedule, &options())).unwrap();
    let first = page.split("<section").find(|page| page.contains("Cycle 1 Day 1, ")).unwrap();
    assert_eq!(first.matches("mesna</h2>").count(), 1, "{first}");
    for said in ["4 hours after ifosfamide", "8 hours after ifosfamide", "1: Lot", "3: Lot", "mesna, 3 doses"] {
        assert!(first.contains(said), "{said}: {first}");
    }
    let pdf = write("pdf-worksheet", &schedule, &options());
    let pages = pdf.windows(9).filter(|window| *window == b"/MediaBox").count();
    assert_eq!(page.matches("<section").count(), pages, "a page a visit");
}
