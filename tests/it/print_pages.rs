//! What is printed for the pharmacy and the ward: whose each page is, what is prepared and what is not, in words that cannot
//! mislead. 7 December 2026 is a Monday.

use posology::export::{self, ExportError, Options, Print};
use posology::present::{DoseState, Facts, GivenRow, LeftOut, Place, Schedule};

use posology::study::{Jurisdiction, LabelSize};

use crate::schedules::{all_shipped, shipped};

fn options() -> Options {
    Options { study: Some("TR-01".into()), subject: Some("S-014".into()), ..Options::default() }
}

fn printed(id: &str, schedule: &Schedule, options: &Options) -> Result<String, ExportError> {
    export::format(id).unwrap().bytes(schedule, options).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn page(id: &str, schedule: &Schedule) -> String {
    printed(id, schedule, &options()).unwrap()
}

fn give(schedule: &mut Schedule, which: impl Fn(&str) -> bool) {
    for dose in schedule.doses.iter_mut().filter(|dose| which(&dose.id)) {
        let planned = dose.planned().unwrap().clone();
        let given = GivenRow { at: planned.at.clone(), incomplete: false, missed: 0, days_late: Some(0) };
        dose.facts = Facts::Given { planned: Some(planned), given };
    }
}

/// 381 of 1,314 pages named no subject: each sheet has a head that a browser repeats on every page of it.
#[test]
fn every_sheet_of_every_regimen_says_whose_it_is() {
    for (id, schedules) in all_shipped() {
        for schedule in &schedules {
            for format in ["html-worksheet", "html-log"] {
                let page = page(format, schedule);
                let sheets = page.matches("<section").count();
                let heads = page.matches("@top-left { content: \"Study TR-01 · Subject S-014").count();
                assert_eq!((sheets, page.matches("<dl class=\"running\">").count()), (heads, sheets), "{id} {format}");
            }
            let worksheet = page("html-worksheet", schedule);
            let visits = worksheet.matches(" · Cycle ").count();
            assert_eq!(visits, worksheet.matches("· Date ").count(), "{id}: a visit without its day");
            assert!(visits > 0, "{id}");
        }
    }
}

#[test]
fn labels_of_every_regimen_fit_every_stock() {
    let mut refused = 0;
    for (id, schedules) in all_shipped() {
        for schedule in &schedules {
            for word in LabelSize::WORDS {
                for jurisdiction in [None, Some(Jurisdiction::Us), Some(Jurisdiction::Eu)] {
                    let print = Print { labels: LabelSize::of(word), jurisdiction, ..Print::default() };
                    let made = printed("html-labels", schedule, &Options { print, ..options() });
                    // A pack with two figures a day and much to say has no room on 4 × 2 in, and says so.
                    let page = match made {
                        Err(error) if *word == "letter-10" && error.to_string().contains("does not fit its stock") => {
                            refused += 1;
                            continue;
                        }
                        made => made.unwrap_or_else(|error| panic!("{id} on {word}: {error}")),
                    };
                    assert_eq!(page.matches("class=\"label\"").count(), schedule.doses.len(), "{id} {word}");
                    for never in ["in each 24 hours", "per 24 hours", "once daily: 1 dose", " 0 mL"] {
                        assert!(!page.contains(never), "{id} {word}: {never}");
                    }
                }
            }
        }
    }
    assert!(refused < 90, "{refused} prints refused on the smallest stock");
}

/// A bag that is prepared a second time can be hung a second time.
#[test]
fn what_was_given_or_left_out_is_not_printed_to_prepare() {
    let mut schedule = shipped("gi-mfolfox6");
    schedule.doses.retain(|dose| dose.cycle == 1);
    give(&mut schedule, |id| id == "oxaliplatin");
    let bolus = schedule.doses.iter_mut().find(|dose| dose.id == "fluorouracil-bolus").unwrap();
    let planned = bolus.planned().unwrap().clone();
    bolus.facts = Facts::Planned { planned, left_out: Some(LeftOut::Omitted) };
    bolus.reason = Some("neutrophils 0.9".to_owned());
    let labels = page("html-labels", &schedule);
    assert!(!labels.contains("oxaliplatin</h2>") && !labels.contains("BOLUS") && labels.contains("folinic acid</h2>"));
    let worksheet = page("html-worksheet", &schedule);
    assert!(!worksheet.contains("oxaliplatin</h2>"));
    assert!(worksheet.contains("Nothing to prepare: oxaliplatin: given on Mon 07-Dec-2026"), "{worksheet}");
    assert!(worksheet.contains("OMITTED, neutrophils 0.9"));

    let asked = Options { print: Print { given: true, ..Print::default() }, ..options() };
    let labels = printed("html-labels", &schedule, &asked).unwrap();
    assert!(labels.contains("oxaliplatin</h2>") && labels.contains("GIVEN: do not prepare again"));
    let worksheet = printed("html-worksheet", &schedule, &asked).unwrap();
    assert!(worksheet.contains("oxaliplatin</h2>") && worksheet.contains("GIVEN: prepare nothing"));

    give(&mut schedule, |_| true);
    assert!(schedule.doses.iter().all(|dose| dose.state() == DoseState::Given));
    for format in ["html-labels", "html-worksheet"] {
        assert!(page(format, &schedule).contains("There is nothing to print here"), "{format}");
    }
}

/// The two fluorouracil labels of one day differed in the dose alone.
#[test]
fn two_labels_of_one_drug_are_told_apart() {
    let labels = page("html-labels", &shipped("gi-mfolfox6"));
    for words in ["15-MINUTE INFUSION", "46-HOUR INFUSION", "4,200 mg is for all 46 hours, not for one day"] {
        assert!(labels.contains(words), "{words}");
    }
    // The range of the file is no instruction: what was chosen is written by hand.
    assert!(!labels.contains("120 minutes to 6 hours") && labels.contains("over ____________"));
    assert!(labels.contains("in 500 mL glucose 5 %") && labels.contains("0.298 mg/mL"));
    assert!(labels.contains("start Mon 07-Dec at ______") && labels.contains("end Wed 09-Dec at ______"));
    for id in ["folinic-acid", "fluorouracil-bolus", "fluorouracil-infusion"] {
        assert!(!labels.contains(id), "{id} is not a word for a ward");
    }
}

/// 21 CFR 312.6(a); Regulation (EU) No 536/2014, Annex VI, A.1; for China a wording that says itself that it is to be verified.
#[test]
fn labels_carry_the_words_of_the_law_they_are_printed_under() {
    let schedule = shipped("gi-xelox");
    let words = |jurisdiction| {
        let print = Print { jurisdiction: Some(jurisdiction), ..Print::default() };
        printed("html-labels", &schedule, &Options { print, ..options() }).unwrap()
    };
    let us = words(Jurisdiction::Us);
    assert!(us.contains("Caution: New Drug\u{2014}Limited by Federal (or United States) law to investigational use."));
    let eu = words(Jurisdiction::Eu);
    for words in ["For clinical trial use only", "Main contact, tel.", "Investigator", "Batch", "Store", "Use before"] {
        assert!(eu.contains(words), "{words}");
    }
    let home = schedule.doses.iter().filter(|dose| dose.place == Place::Home).count();
    assert_eq!(eu.matches("Keep out of the reach of children.").count(), home, "what is taken home, and nothing else");
    assert!(words(Jurisdiction::China).contains("仅用于临床试验 (wording to be verified)"));
}

#[test]
fn a_worksheet_has_the_boxes_of_the_double_check_and_what_to_prepare() {
    let mut schedule = shipped("gi-mfolfox6");
    schedule.doses.retain(|dose| dose.cycle == 1);
    let page = page("html-worksheet", &schedule);
    for words in [
        "Independent double check",
        "<p class=\"dose\">149 mg</p>",
        "<p class=\"value\">glucose 5 %, 500 mL</p>",
        "<p class=\"value\">0.298 mg/mL</p>",
        "limits 0.2 to 0.7 mg/mL",
        "file: 120 minutes to 6 hours",
        "<p class=\"value\">125 mL/h</p>",
        "4,200 mg is the dose for all of it, not for one day (in each 24 hours 2,191.3 mg)",
        "Oxaliplatin is not compatible with sodium chloride 0.9 %",
        "ends Wed 09-Dec-2026",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // All that is prepared for day 1 is checked, a row each with eight boxes: nothing that is taken at home, and no tablet beside
    // the treatment, which has a line of its own.
    let table = page.split("Independent double check").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!(table.matches("☐").count(), 4 * 8);
    let swallowed = page.split("Swallowed beside the treatment").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!((swallowed.matches("ondansetron").count(), swallowed.contains("oxaliplatin")), (2, false));
    assert!(!page.contains("total after this 8 mg") && page.contains("total after this 149 mg"), "{page}");
    assert!(!page.contains("…… mg") && !page.contains("after folinic-acid"));
}

#[test]
fn a_warning_stands_wherever_the_dose_does() {
    let mut schedule = shipped("gi-mfolfox6");
    schedule.doses[0].warn = Some("never by another route".to_owned());
    for format in ["text", "markdown", "html-worksheet", "html-labels", "json", "jsonl"] {
        // A column breaks it where the line ends.
        let page = page(format, &schedule).split_whitespace().collect::<String>();
        assert!(page.contains("neverbyanotherroute"), "{format}");
    }
    let note = "Oxaliplatin is not compatible with sodium chloride 0.9 %";
    for format in ["text", "markdown", "html-worksheet", "json"] {
        let page = page(format, &schedule).replace(['\n', ' '], "");
        assert!(page.contains(&note.replace(' ', "")), "{format}");
    }
}

#[test]
fn a_label_that_cannot_fit_is_refused_with_the_reason() {
    let mut schedule = shipped("gi-mfolfox6");
    schedule.doses[0].shown = "a very long name of a drug ".repeat(40);
    let print = Print { labels: Some(LabelSize::LetterTen), ..Print::default() };
    let refused = printed("html-labels", &schedule, &Options { print, ..options() }).unwrap_err().to_string();
    assert!(refused.contains("does not fit its stock (Letter, ten labels of 4 × 2 in)"), "{refused}");
    assert!(refused.contains("print on the larger roll of 102 × 76 mm"), "{refused}");
}

/// Each label of an HTML page.
fn each_label(page: &str) -> Vec<&str> {
    page.split("class=\"label\"").skip(1).collect()
}

/// A vinca alkaloid is never drawn into a syringe (WHO, Information Exchange System alert 115, 2007); what is swallowed is
/// in no bag.
#[test]
fn a_label_names_what_the_dose_is_handed_over_in() {
    let (mut vincas, mut needles) = (0, 0);
    for (id, schedules) in all_shipped() {
        for schedule in &schedules {
            for size in ["roll-102x76", "letter-10", "a4-8"] {
                let print = Print { labels: LabelSize::of(size), ..Print::default() };
                let Ok(page) = printed("html-labels", schedule, &Options { print, ..options() }) else { continue };
                let labels = each_label(&page);
                // What goes into the spine comes last, on sheets of its own.
                let mut doses: Vec<_> = schedule.doses.iter().collect();
                doses.sort_by_key(|dose| dose.is_spinal());
                for (label, dose) in labels.iter().zip(doses) {
                    let vinca = ["vincristine", "vinblastine", "vinorelbine"].contains(&dose.drug.as_str());
                    vincas += usize::from(vinca);
                    let oral = dose.route.as_deref() == Some("oral");
                    let home = dose.place == Place::Home;
                    let needle = ["subcutaneous", "intramuscular"].contains(&dose.route.as_deref().unwrap_or_default());
                    needles += usize::from(needle && !home);
                    assert!(!needle || home || label.contains("Syringe "), "{id} {size}: {label}");
                    assert!(!(vinca || oral || home) || !label.contains("Bag or syringe"), "{id} {size}: {label}");
                    assert!(
                        !(oral || home) || label.contains("Pack") && !label.contains("Bag"),
                        "{id} {size}: {label}"
                    );
                    assert!(!vinca || home || oral || label.contains("Bag"), "{id} {size}: {label}");
                }
            }
        }
    }
    assert!(vincas > 20 && needles > 20, "{vincas} {needles}");
}

/// 2 mg/m² of a tablet of 1 mg for 1.75 m² is 3.5 mg, 4 tablets rounded up: they are counted, and no millilitres are asked for.
#[test]
fn tablets_in_the_clinic_are_counted_and_not_drawn_up() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let lines = "dose = \"2 mg/m2\"\nroute = \"oral\"\ngiven = \"clinic\"\ndays = [1]\ntablets = [\"1 mg\"]\n\
                 round = { nearest = \"1 mg\", ties = \"up\" }\n";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let course = course("2026-12-07", "170", "65");
    let schedule = posology::present::schedule(&regimen, &course, &planned(&regimen, &course));
    let labels = page("html-labels", &schedule);
    let label = each_label(&labels)[0];
    assert!(label.contains("4 tablets of 1 mg") && label.contains("Pack ____ of ____"), "{label}");
    let sheet = page("html-worksheet", &schedule);
    let panel = sheet.split("<article").nth(1).or(sheet.split("class=\"panel\"").nth(1)).unwrap();
    let panel = panel.split("Independent double check").next().unwrap();
    assert!(panel.contains("4 tablets of 1 mg") && !panel.contains("mL"), "{panel}");
}

/// Busulfan, 0.8 mg/kg of 70 kg every six hours: 56 mg, four a day from day −7 on. After the first day 224 mg, and each
/// dose of the second adds 56.
#[test]
fn the_total_after_each_dose_of_a_day_is_its_own() {
    let mut schedule = shipped("heme-busulfan-cyclophosphamide");
    schedule.doses.retain(|dose| dose.drug == "busulfan");
    let each = schedule.doses[0].total().unwrap().value;
    let sheet = page("html-worksheet", &schedule);
    for (number, _) in schedule.doses.iter().enumerate() {
        let sum = each * posology::quantity::Decimal::from(number + 1);
        let total = posology::quantity::number::print(sum.normalize());
        assert_eq!(sheet.matches(&format!("total after this {total} mg")).count(), 1, "dose {}: {sheet}", number + 1);
    }
    assert_eq!(schedule.doses.len(), 16);
    // Hour 0 is of each day, and the first dose of the course is given once.
    let labels = page("html-labels", &schedule);
    assert_eq!(labels.matches("hour 0, the first dose of the day").count(), 4, "{labels}");
}

/// A page says what holds for its cycle: a weight of the third cycle is no word on the first.
#[test]
fn what_is_told_from_a_cycle_on_stands_on_no_page_before_it() {
    use posology::course::Measurement;
    use posology::quantity::Weight;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens/gi-mfolfox6.toml");
    let site = posology::calendar::Site::default();
    let regimen = posology::checker::check(&std::fs::read(path).unwrap(), &site).regimen.unwrap();
    let mut course = crate::support::course("2026-12-07", "170", "65");
    for (on, kilograms) in [("2027-01-02", 58), ("2027-01-30", 52)] {
        let weight = Some(Weight::new(kilograms.into()));
        course.measurements.push(Measurement {
            on: crate::support::date(on),
            weight,
            height: None,
            creatinine: None,
            gfr: None,
        });
    }
    let plan = posology::plan::plan(&regimen, &course, &site, posology::plan::Options::default()).unwrap();
    let schedule = posology::present::schedule(&regimen, &course, &plan);
    let sheet = page("html-worksheet", &schedule);
    let pages: Vec<&str> = sheet.split("<h1>Cycle ").skip(1).collect();
    assert_eq!(pages.len(), 12);
    for page in pages {
        let cycle: u32 = page.split(' ').next().unwrap().parse().unwrap();
        let told =
            (page.contains("From cycle 3 the weight is 58 kg"), page.contains("From cycle 5 the weight is 52 kg"));
        assert_eq!(told, ((3..5).contains(&cycle), cycle >= 5), "cycle {cycle}");
    }
}

/// Who stops on the third day: every page says so, and the patient's without the reason.
#[test]
fn every_page_says_that_treatment_has_ended() {
    let mut clinic = crate::clinic::Clinic::new();
    let add = ["add", "S-9", "gi-xelox", "--height", "170", "--weight", "65", "--start", "2026-12-07"];
    clinic.record(&[&add[..], &["--accept", "draft=training"]].concat());
    clinic.record(&["given", "S-9", "--cycle", "1", "--drug", "oxaliplatin"]);
    clinic.today = "2026-12-09";
    clinic.record(&["stop", "S-9", "--on", "2026-12-09", "--reason", "allergic reaction"]);
    for format in ["html-worksheet", "html-labels", "html-log", "html-notice", "html-calendar", "text", "markdown"] {
        let output = clinic.run(&["subject", "plan", "S-9", "--as", format]);
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.contains("Treatment ended on Wed 09-Dec-2026"), "{format}: {page}");
        assert_eq!(page.contains("allergic reaction"), format != "html-calendar", "{format}: {page}");
    }
}

/// What a file says of storage, time of use and cytotoxic drugs stands on label, worksheet, plan and in every file; what it does
/// not say is a line to write on.
#[test]
fn storage_time_of_use_and_the_cytotoxic_mark_stand_where_the_drug_is_handled() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let lines = "dose = \"100 mg/m2\"\nroute = \"intravenous\"\nover = \"60 minutes\"\ndays = [1]\nround = \"none\"\n";
    let keys = "store = \"2 to 8 °C, protected from light\"\nuse_within = \"24 hours\"\ncytotoxic = true\n";
    let course = course("2026-12-07", "170", "65");
    let of = |lines: &str| {
        let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
        posology::present::schedule(&regimen, &course, &planned(&regimen, &course))
    };
    let (said, silent) = (of(&format!("{lines}{keys}")), of(lines));
    let words = ["2 to 8 °C, protected from light", "use within 24 hours of its preparation", "CYTOTOXIC"];
    for format in ["html-labels", "html-worksheet", "text", "markdown"] {
        let flat = |schedule| page(format, schedule).split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(flat(&said).contains(word), "{format}: {word}");
            assert!(!flat(&silent).contains(word), "{format}: {word} of a file that does not say it");
        }
    }
    let (with, without) = (page("html-labels", &said), page("html-labels", &silent));
    let (with, without) = (each_label(&with)[0], each_label(&without)[0]);
    assert!(without.contains("Store") && !with.contains("Store "), "{with}");
    let row = page("csv", &said);
    assert!(row.lines().nth(1).unwrap().contains("24 hours,true,"), "{row}");
}

/// 150 mg/m² of capsules of 20 and 100 mg for 1.75 m² are 262.5 mg, to 20 mg 260 mg: 2 of 100 and 3 of 20 mg; for five days 10 and
/// 15. Nothing of it is a tablet.
#[test]
fn capsules_are_no_tablets() {
    use crate::support::{TWO_WEEKS, course, drug, one_phase, planned};
    let lines = "dose = \"150 mg/m2\"\nroute = \"oral\"\ngiven = \"home\"\ndays = { from = 1, through = 5 }\n\
                 cycle_total = \"750 mg/m2\"\nmissed = \"skip\"\ntablets = [\"20 mg\", \"100 mg\"]\nform = \"capsules\"\n\
                 round = { nearest = \"20 mg\", ties = \"up\" }\n";
    let regimen = one_phase(TWO_WEEKS, &drug("a", lines));
    let course = course("2026-12-07", "170", "65");
    let mut schedule = posology::present::schedule(&regimen, &course, &planned(&regimen, &course));
    schedule.doses.truncate(1);
    schedule.sheets.cycles.truncate(1);
    for format in ["html-labels", "html-worksheet", "html-calendar", "html-log", "text", "csv"] {
        let told = page(format, &schedule).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("capsules"), "{format}: {told}");
        assert!(!told.contains("tablets of") && !told.contains("tablet of"), "{format}: {told}");
    }
    let label = page("html-labels", &schedule);
    assert!(label.contains("2 capsules of 100 mg + 3 capsules of 20 mg"), "{label}");
    assert!(label.contains("10 capsules of 100 mg + 15 capsules of 20 mg"), "{label}");
    let json: serde_json::Value = serde_json::from_str(&page("json", &schedule)).unwrap();
    let tablets = &json["doses"][0]["planned"]["tablets"];
    assert_eq!(tablets[0], serde_json::json!({"strength": "100 mg", "count": 10, "form": "capsule"}));
}

/// The first day of treatment came a day late: its own page says so, and no page of a later cycle.
#[test]
fn what_is_told_of_a_cycle_stands_on_its_page_alone() {
    use posology::course::{AdministrationRecord, Key};
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens/gi-xelox.toml");
    let site = posology::calendar::Site::default();
    let regimen = posology::checker::check(&std::fs::read(path).unwrap(), &site).regimen.unwrap();
    let mut course = crate::support::course("2026-12-07", "170", "65");
    let key = Key { phase: None, cycle: 1, day: 1, drug: "oxaliplatin".into(), part: None };
    course.recorded.insert(key, AdministrationRecord::Given { on: crate::support::date("2026-12-08"), dose: None });
    let plan = posology::plan::plan(&regimen, &course, &site, posology::plan::Options::default()).unwrap();
    let schedule = posology::present::schedule(&regimen, &course, &plan);
    let told = "Cycle 1 day 1 on Tue 08-Dec-2026 is outside its window, which is Mon 07-Dec-2026 alone.";
    assert!(page("text", &schedule).split_whitespace().collect::<Vec<_>>().join(" ").contains(told));
    let print = Print { given: true, ..Print::default() };
    let sheet = printed("html-worksheet", &schedule, &Options { print, ..options() }).unwrap();
    let pages: Vec<&str> = sheet.split("<h1>Cycle ").skip(1).collect();
    assert!(pages.len() >= 8, "{sheet}");
    for page in pages {
        assert_eq!(page.contains(told), page.starts_with("1 "), "{page}");
    }
}
