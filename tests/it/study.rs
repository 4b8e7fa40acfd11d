//! The study's file: read with every problem at its line, made with a namespace that is kept, used so that nothing is
//! typed twice.

use std::fs;

use posology::calendar;
use posology::cli::schemas;
use posology::library::study::{Usual, choose};
use posology::study::{self, Jurisdiction, LabelSize, Paper, Study};

use crate::program::{Home, Ran};

const PAGE: &str = include_str!("../../docs/study-format.md");

/// The whole file of the page.
pub fn example() -> String {
    PAGE.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

fn read(text: &str) -> Result<Study, Vec<(usize, String)>> {
    let read = study::read(text.as_bytes());
    read.study.ok_or_else(|| {
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let told = |one: &posology::finding::Finding| {
            (one.places.first().map_or(0, |place| line(place.range.start)), one.text.clone())
        };
        read.findings.iter().map(told).collect()
    })
}

#[test]
fn the_example_of_the_page_says_what_the_page_says_of_it() {
    let read = study::read(example().as_bytes());
    assert!(read.findings.is_empty(), "{:#?}", read.findings);
    let study = read.study.unwrap();
    assert_eq!((study.code.as_str(), study.jurisdiction), ("TR-01", Some(Jurisdiction::Eu)));
    let site = study.site("clinic of the north").unwrap();
    assert_eq!((site.paper, site.labels), (Some(Paper::A4), Some(LabelSize::A4Eight)));
    let closures = site.closures.as_ref().unwrap();
    let closed = |day| closures.reason(calendar::read(day).unwrap());
    assert_eq!(closed("2026-12-25"), Some("Christmas Day"));
    assert_eq!((closed("2027-02-06"), closed("2027-02-13")), (None, Some("Saturday")));
    let texts = study.texts("npc-liposomal-irinotecan-nituzumab").unwrap();
    assert!(texts.is_approved() && study.texts("gi-xelox").is_none());
    assert_eq!(texts.more, [("Contraception".to_owned(), None)]);
}

#[test]
fn the_page_names_every_key_and_the_schema_every_stock_of_labels() {
    for (table, keys) in study::tables() {
        for key in keys {
            let named = [format!("`{key}`"), format!("[{key}]"), format!("[[{key}]]"), format!("\n{key} = ")];
            let nested = [format!(".{key}]"), format!("[[site.{key}]]")];
            assert!(named.iter().chain(&nested).any(|word| PAGE.contains(word)), "{key} of {table}");
        }
    }
    assert!(schemas::STUDY.contains("roll-102x76"));
}

#[test]
fn every_problem_is_told_at_its_line() {
    let text = "format = 1\n\n[study]\ncode = \"=cmd|x\"\nnamespace = \"7f2c1d8e-3b4a-1c5d-9e6f-0a1b2c3d4e5f\"\njurisdiction = \"uk\"\n\n\
                [[site]]\nname = \"North\"\npapper = \"a4\"\nlabels = \"a4\"\n[site.closures]\nweekdays = [\"sat\", \"funday\"]\n\
                [site.closures.days]\n2026-02-30 = \"no\"\n2027-02-06 = \"closed\"\n[site.closures.opened]\n2027-02-06 = \"open\"\n\
                [[site.contact]]\nwho = \"nurse\"\nnumber = \"call us\"\n\n[[site]]\nname = \"NORTH\"\n\n[[arm]]\nname = \"A\"\n";
    let told = read(text).unwrap_err();
    for (line, words) in [
        (4, "letters, digits"),
        (5, "not a random UUID"),
        (6, "\"uk\" is not a valid jurisdiction"),
        (10, "`papper` is not a key of [[site]]"),
        (11, "\"a4\" is not a valid size of labels"),
        (13, "\"funday\" is not a weekday"),
        (15, "\"2026-02-30\" is not a day"),
        (18, "closed and opened at once"),
        (21, "is not a telephone number"),
        (23, "two sites are called \"NORTH\""),
    ] {
        assert!(told.iter().any(|(at, text)| *at == line && text.contains(words)), "{line} {words}: {told:#?}");
    }
}

#[test]
fn what_is_missing_is_told_and_no_namespace_is_ever_asked_of_a_person() {
    let told = read("format = 1\n[study]\ntitle = \"x\"\n[[arm]]\nname = \"A\"\n").unwrap_err();
    let has = |words: &str| told.iter().any(|(_, text)| text.contains(words));
    assert!(has("no `code`") && has("no `namespace`") && has("[[arm]] says no `regimen`"), "{told:#?}");
    let read = study::read(b"format = 1\n[study]\ncode = \"TR-01\"\n");
    assert!(
        read.findings.iter().all(|finding| finding.wanted().is_some_and(|help| help.contains("the program makes")))
    );
    assert!(study::read(b"[study]\ncode = \"A1\"\n").study.is_none(), "a file says its format");
    let approved = example().replace("version = \"1.2\"\n", "");
    let told = study::read(approved.as_bytes());
    assert_eq!(told.findings.iter().map(|one| one.code.name()).collect::<Vec<_>>(), ["study-unapproved"]);
    assert!(!told.study.unwrap().patients[0].is_approved());
}

#[test]
fn two_texts_for_one_regimen_are_refused() {
    let twice = example().replace(
        "[[patients.more]]",
        "[[patients]]\nregimens = [\"npc-liposomal-irinotecan-nituzumab\"]\n[[patients.more]]",
    );
    assert!(read(&twice).unwrap_err().iter().any(|(_, text)| text.contains("two tables [[patients]]")));
}

fn home_with_example() -> Home {
    let home = Home::new();
    fs::write(home.path().join("tr-01.toml"), example()).unwrap();
    home
}

#[track_caller]
fn went_well(ran: Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn a_new_file_has_a_namespace_of_its_own_and_is_never_overwritten() {
    let home = Home::new();
    for code in ["TR-01", "TR-02"] {
        assert!(went_well(home.run(&["study", "new", code])).contains("study check"));
    }
    let of = |name: &str| study::read(&fs::read(home.path().join(name)).unwrap()).study.unwrap().namespace;
    assert_ne!(of("tr-01.toml"), of("tr-02.toml"));
    let again = home.run(&["study", "new", "TR-01"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("keeps the namespace it began with"), "{}", again.err);
    let odd = home.run(&["study", "new", "=cmd|'x'!A0"]);
    assert!(odd.code == 2 && odd.err.contains("letters, digits"), "{}", odd.err);
    let file = home.run(&["study", "new", "tr-03.toml"]);
    assert!(file.code == 2 && file.err.contains("posology study new TR-03 -o tr-03.toml"), "{}", file.err);
    assert!(went_well(home.run(&["study", "check", "tr-01.toml"])).contains("OK: no problems"));
    fs::write(home.path().join("bad.toml"), "format = 1\n[study]\ncode = \"A 1\"\n").unwrap();
    let bad = home.run(&["study", "check", "bad.toml"]);
    assert!(bad.code == 1 && bad.out.contains("bad.toml:3:8"), "{}", bad.out);
}

const BODY: [&str; 6] = ["--height", "170", "--weight", "65", "--start", "2026-12-07"];

fn plan(home: &Home, more: &[&str]) -> Ran {
    home.run(&[&["plan", "npc-liposomal-irinotecan-nituzumab"], BODY.as_slice(), more].concat())
}

#[test]
fn the_file_gives_code_namespace_days_and_contacts() {
    let home = home_with_example();
    let page = went_well(plan(&home, &["--study", "./tr-01.toml", "--subject", "S-014", "--as", "html-calendar"]));
    // The number is never broken over two lines.
    let page = page.replace('\u{a0}', " ");
    assert!(page.contains("TR-01") && page.contains("01234 5678") && page.contains("your study card"));
    let named = went_well(plan(&home, &["--study", "tr-01.toml", "--subject", "S-014", "--as", "ics"]));
    let typed = [
        "--study",
        "TR-01",
        "--subject",
        "S-014",
        "--as",
        "ics",
        "--namespace",
        "7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f",
    ];
    let ids = |text: &str| text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        ids(&named),
        ids(&went_well(plan(&home, &typed))),
        "the file's namespace is the one that was typed before"
    );
    let other = plan(
        &home,
        &[
            "--study",
            "./tr-01.toml",
            "--subject",
            "S-014",
            "--as",
            "ics",
            "--namespace",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
        ],
    );
    assert!(other.code == 3 && other.err.contains("every event comes twice"), "{}", other.err);
    // 07-Dec-2026 is a Monday: closed by the file, so the plan says it.
    let closed = example().replace("2026-12-25 = \"Christmas Day\"", "2026-12-07 = \"Move of the clinic\"");
    fs::write(home.path().join("closed.toml"), closed).unwrap();
    assert!(went_well(plan(&home, &["--study", "closed.toml"])).contains("Move of the clinic"));
}

#[test]
fn a_regimen_that_no_arm_has_is_told() {
    let home = home_with_example();
    let arguments = [&["plan", "gi-xelox"], BODY.as_slice(), &["--study", "tr-01.toml"]].concat();
    let told = home.run(&arguments);
    assert!(told.code == 0 && told.err.contains("no arm of study TR-01 has the regimen gi-xelox"), "{}", told.err);
    assert!(!plan(&home, &["--study", "tr-01.toml"]).err.contains("no arm"));
}

#[test]
fn the_settings_name_the_study_once() {
    let home = home_with_example();
    let folder = home.path().join(".config/posology");
    fs::create_dir_all(&folder).unwrap();
    let file = home.path().join("tr-01.toml");
    fs::write(folder.join("settings.toml"), format!("[study]\nfile = {:?}\n", file.display().to_string())).unwrap();
    for more in [["--as", "html-calendar"].as_slice(), &["--as", "html-calendar", "--study", "TR-01"]] {
        assert!(went_well(plan(&home, more)).contains("01234\u{a0}5678"));
    }
    assert!(!went_well(plan(&home, &["--as", "html-calendar", "--study", "OTHER"])).contains("01234\u{a0}5678"));
    fs::write(folder.join("settings.toml"), "[study]\nnamespace = \"x\"\n").unwrap();
    let told = plan(&home, &[]);
    assert!(told.code == 1 && told.err.contains("namespace"), "an unknown setting is told: {}", told.err);
}

#[test]
fn a_study_without_a_file_gets_a_namespace_that_is_kept_and_told() {
    let home = Home::new();
    let ics = ["--study", "TR-09", "--subject", "S-014", "--as", "ics", "--generated-at", "2026-12-05T09:30:00Z"];
    let first = plan(&home, &ics);
    assert!(first.code == 0 && first.err.contains("a namespace was made and is kept in"), "{}", first.err);
    let second = plan(&home, &ics);
    assert_eq!((second.out, second.err.contains("namespace")), (first.out, false));
    assert!(home.path().join(".local/share/posology/namespace-TR-09.txt").is_file());
    let fhir = plan(&home, &["--study", "TR-10", "--subject", "S-014", "--as", "fhir"]);
    assert!(fhir.code == 0, "{}", fhir.err);
}

#[test]
fn a_wrong_study_or_site_is_told_with_what_to_type() {
    let home = home_with_example();
    let two = example().replace(
        "[[patients]]",
        "[[site]]\nname = \"South\"\n[[site.contact]]\nwho = \"x\"\nnumber = \"1\"\n[[patients]]",
    );
    fs::write(home.path().join("two.toml"), two).unwrap();
    for (arguments, code, words) in [
        (["--study", "two.toml", "--as", "text"], 1, "Clinic of the North, South"),
        (["--study", "absent.toml", "--as", "text"], 1, "no such file"),
        (["--study", "TR 01", "--as", "text"], 2, "letters, digits"),
    ] {
        let ran = plan(&home, &arguments);
        assert!(ran.code == code && ran.err.contains(words), "{arguments:?}: {} {}", ran.code, ran.err);
    }
    let ran = plan(&home, &["--study", "two.toml", "--site", "west"]);
    assert!(ran.code == 1 && ran.err.contains("no site \"west\"") && ran.err.contains("--site"), "{}", ran.err);
    assert!(plan(&home, &["--study", "two.toml", "--site", "south"]).code == 0);
}

#[test]
fn files_propose_names_that_tell_subjects_and_documents_apart() {
    let home = home_with_example();
    let told = plan(&home, &["--subject", "S-014", "--as", "pdf-worksheet"]);
    let name = "S-014-worksheet-npc-liposomal-irinotecan-nituzumab-2026-12-07.pdf";
    assert!(told.err.contains(name), "{}", told.err);
    assert_eq!(plan(&home, &["--subject", "S-014", "--as", "pdf-worksheet", "-o", "."]).code, 0);
    assert!(home.path().join(name).is_file());
    let names: std::collections::BTreeSet<String> = posology::export::FORMATS
        .iter()
        .map(|format| format.proposed_name(Some("S-014"), "x", calendar::read("2026-12-07").unwrap()))
        .collect();
    assert_eq!(names.len(), posology::export::FORMATS.len(), "no two documents of a plan share a name");
}

#[test]
fn a_bare_code_needs_no_usable_file_of_another_study() {
    let usual = Usual { file: Some("/nowhere/absent.toml".into()), site: None };
    assert!(choose(None, None, &usual).is_err(), "the file that the settings name is missing, which is told");
    let chosen = choose(Some("TR-07"), Some("North"), &usual).unwrap();
    assert_eq!((chosen.code.as_deref(), chosen.study, chosen.site.as_deref()), (Some("TR-07"), None, Some("North")));
}
