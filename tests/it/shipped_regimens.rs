//! The shipped regimen files: each loads without a finding, its worked examples come out, and it is honest about itself.

use std::fs;
use std::path::{Path, PathBuf};

use posology::calendar::Site;
use posology::library::{Library, Origin};
use posology::regimen::{Example, Regimen, Status};
use posology::{checker, verify};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimens");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    paths
}

fn load(path: &Path) -> Regimen {
    let checked = checker::check(&fs::read(path).unwrap(), &Site::default());
    let told: Vec<String> = checked.findings.iter().map(|found| format!("{} {}", found.code, found.text)).collect();
    assert!(told.is_empty(), "{}: {told:#?}", path.display());
    checked.regimen.unwrap()
}

#[test]
fn every_file_loads_without_a_finding_and_its_examples_come_out() {
    let paths = files();
    assert!(paths.len() >= 60, "only {} files", paths.len());
    for path in paths {
        let regimen = load(&path);
        for site in [Site::default(), Site::unknown()] {
            let wrong = verify::examples(&regimen, &site);
            assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
        }
    }
}

/// Opened by its id, a shipped file does not run its examples: the test above has.
#[test]
fn a_shipped_file_opened_by_its_id_is_what_all_checks_make_of_it() {
    for site in [Site::default(), Site::unknown()] {
        let library = Library::new(None, Vec::new(), site);
        for path in files() {
            let opened = library.find(path.file_stem().unwrap().to_str().unwrap()).unwrap();
            let checked = library.check(&opened.id, Origin::Shipped, &opened.text);
            assert!(opened.regimen.is_some(), "{}", opened.id);
            assert_eq!((opened.findings, opened.regimen), (checked.findings, checked.regimen), "{}", opened.id);
        }
    }
}

#[test]
fn every_file_is_named_by_its_id_and_is_a_draft() {
    for path in files() {
        let regimen = load(&path);
        assert_eq!(Some(regimen.id.as_str()), path.file_stem().and_then(|stem| stem.to_str()));
        assert_eq!(regimen.status, Status::Draft, "{}", path.display());
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().next(), Some("#:schema ../docs/regimen.schema.json"), "{}", path.display());
    }
}

#[test]
fn every_file_works_at_least_two_cases_and_one_later_administration() {
    for path in files() {
        let regimen = load(&path);
        assert!(regimen.examples.len() >= 2, "{}", path.display());
        let mut expected = regimen.examples.iter().flat_map(Example::expected);
        assert!(expected.any(|expect| expect.cycle > 1 || expect.day != 1), "{}", path.display());
        let mut all = regimen.examples.iter().flat_map(Example::expected);
        assert!(all.all(|expect| expect.date().is_some() && expect.dose().is_some()), "{}", path.display());
    }
}

/// No figure of a dose is without a source that can be looked up, unless it is marked.
#[test]
fn every_named_source_says_where_it_was_read() {
    for path in files() {
        for source in load(&path).sources {
            assert!(source.url.is_some() || source.id == "trial", "{}: source {}", path.display(), source.id);
        }
    }
}

/// The number of files is written where people read it.
#[test]
fn the_change_log_counts_the_files() {
    let log = include_str!("../../CHANGELOG.md");
    assert!(log.contains(&format!("* {} regimens, ", files().len())), "{} files", files().len());
}

/// A wrong expectation must fail: the examples are run, not only read.
#[test]
fn a_changed_expectation_fails() {
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let broken = text.replacen("date = 20", "date = 21", 1);
        assert_ne!(text, broken, "{}", path.display());
        let checked = checker::check(broken.as_bytes(), &Site::default());
        let wrong = verify::examples(&checked.regimen.unwrap(), &Site::default());
        assert_eq!(wrong.len(), 1, "{}", path.display());
    }
}

/// A source is a document that can be filed: graded A to C, read at a page that is neither a proxy nor written by a machine.
#[test]
fn every_source_is_graded_and_none_is_a_proxy_or_a_machine_s_page() {
    const REFUSED: &[&str] = &["anonyproxies", "droracle", "weglot", "drlex.ai", "47.251.", "nicotine", "healthline"];
    /// They reproduce what others publish: never the document itself.
    const REPRINTS: &[&str] = &[
        "scribd",
        "docslib",
        "120ty",
        "mimsdev",
        "crick.ai",
        "ctv.veeva",
        "meddatax",
        "medluna",
        "careacross",
        "ablesci",
        "reaganudall",
        "clincosm",
        "drugs.com",
        "prescriberpoint",
        "rxreasoner",
        "studylib",
        "studyres",
    ];
    for path in files() {
        for source in load(&path).sources {
            let url = source.url.clone().unwrap_or_default();
            let refused = REFUSED.iter().find(|host| url.contains(*host));
            assert!(refused.is_none(), "{}: {} was read at {url}", path.display(), source.title);
            let host = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
            assert!(url.is_empty() || host.contains('/'), "{}: {url} is not a page", path.display());
            let graded = matches!(source.tier.as_deref(), Some("A" | "B" | "C")) || source.id == "trial";
            assert!(graded, "{}: source {} has the tier {:?}", path.display(), source.id, source.tier);
            let copied = source.tier.as_deref() == Some("A") && REPRINTS.iter().any(|host| url.contains(*host));
            assert!(!copied, "{}: source {} was read at {url}, a reprint, and is no tier A", path.display(), source.id);
            assert!(!source.title.contains("mirror"), "{}: {} names a copy", path.display(), source.title);
        }
    }
}

/// A vinca alkaloid goes into a bag and says so, in every file.
#[test]
fn a_vinca_alkaloid_is_in_a_bag_and_says_its_route() {
    let mut seen = 0;
    for path in files() {
        let regimen = load(&path);
        for drug in regimen.drugs().filter(|drug| drug.name.starts_with("vin")) {
            let note = drug.note.clone().unwrap_or_default();
            assert!(note.contains("never a syringe") && note.contains("fatal"), "{}: {note}", path.display());
            let over = drug.over.as_ref().map(|over| format!("{over:?}")).unwrap_or_default();
            assert!(!over.contains("Bolus"), "{}: {over}", path.display());
            seen += 1;
        }
    }
    assert_eq!(seen, 10);
}

/// Whoever gives fluorouracil or capecitabine is told of DPYD, and of the kidney where the label asks.
#[test]
fn fluoropyrimidines_ask_for_dpyd_and_capecitabine_and_cisplatin_for_the_kidney() {
    let mut seen = 0;
    for path in files() {
        let regimen = load(&path);
        let gives = |name: &str| regimen.drugs().any(|drug| drug.name == name);
        let (oral, platinum) = (gives("capecitabine"), gives("cisplatin"));
        if oral || gives("fluorouracil") {
            let told = regimen.eligibility.other.iter().chain(&regimen.note).any(|one| one.contains("DPYD"));
            assert!(told, "{}: not a word of DPYD", path.display());
            seen += 1;
        }
        let kidney = regimen.criteria.iter().any(|one| one.test.contains("creatinine clearance"));
        assert!(
            !(oral || platinum)
                || kidney
                || regimen.eligibility.gfr.is_some()
                || path.ends_with("npc-gp-penpulimab.toml"),
            "{}: the kidney",
            path.display()
        );
    }
    assert!(seen >= 22, "{seen}");
}

/// Nobody of an ordinary size is locked out of capecitabine by the tablets there are.
#[test]
fn capecitabine_can_be_planned_at_every_size() {
    for id in ["npc-capecitabine-metronomic", "npc-capecitabine-adjuvant", "npc-tpc", "gi-capecitabine", "gi-xelox"] {
        let regimen = load(Path::new(&format!("regimens/{id}.toml")));
        for weight in 45..=110 {
            let mut course = crate::support::course("2026-12-07", "165 cm", &format!("{weight} kg"));
            course.subject.age = Some(posology::quantity::Age::read("50 years").unwrap());
            let planned = posology::plan::plan(&regimen, &course, &Site::default(), posology::plan::Options::default());
            assert!(planned.is_ok(), "{id} at {weight} kg: {:#?}", planned.err());
        }
    }
}

/// A child is told that an adult's file is not meant for it; an adult need not give an age.
#[test]
fn an_adult_s_file_refuses_a_child_and_asks_no_adult_for_an_age() {
    let regimen = load(Path::new("regimens/heme-venetoclax-rituximab.toml"));
    let mut course = crate::support::course("2026-12-07", "110 cm", "18 kg");
    course.subject.age = Some(posology::quantity::Age::read("5 years").unwrap());
    let told =
        posology::plan::plan(&regimen, &course, &Site::default(), posology::plan::Options::default()).unwrap_err();
    assert!(told.iter().any(|finding| finding.code.name() == "not-eligible"), "{told:#?}");
    let adult = crate::support::course("2026-12-07", "170 cm", "65 kg");
    posology::plan::plan(&regimen, &adult, &Site::default(), posology::plan::Options::default()).unwrap();
}

/// `docs/library.md`: how far each file may be relied on, at a glance.
#[test]
fn the_page_of_the_library_is_up_to_date() {
    let mut page = String::from(
        "# The library\n\nEvery shipped file, and how far it may be relied on. All are drafts: a pharmacist compares a file with the protocol before \
         it is used\n(`posology regimen show ID` prints what is still to be checked). *Sources* counts documents by tier: A the document itself, its \
         publisher or a\nregistry; B a page that reproduces it; C a page that retells it, from which nothing is taken unmarked. *Unverified* counts \
         figures that no source\nconfirms. *Supportive care* is what stands in the file of premedication, hydration and antiemetics. *Checked* is the \
         last comparison with a source\nby somebody other than the author.\n\n\
         | file | what it is | sources A · B · C | unverified | supportive care | checked |\n|---|---|---|---|---|---|\n",
    );
    let all = files();
    for path in &all {
        let regimen = load(path);
        let tier = |tier: &str| regimen.sources.iter().filter(|one| one.tier.as_deref() == Some(tier)).count();
        let care = regimen.supportive_care.as_ref().map_or("", |care| care.word());
        let last = regimen.checked.iter().map(|one| one.on).max();
        let last = last.map_or("–".to_owned(), posology::calendar::print);
        page.push_str(&format!(
            "| `{}` | {} | {} · {} · {} | {} | {care} | {last} |\n",
            regimen.id,
            regimen.name,
            tier("A"),
            tier("B"),
            tier("C"),
            regimen.unverified().len()
        ));
    }
    page.push_str(&format!("\n{} files.\n", all.len()));
    crate::pages::hold("docs/library.md", &page);
}

/// No line a person reads calls a figure by a key of the file such as `bsa_places`.
#[test]
fn what_is_not_verified_is_named_in_words() {
    let mut seen = 0;
    for path in files() {
        for line in load(&path).unverified_words() {
            let Some((_, names)) = line.split_once(": ") else { panic!("{line}") };
            let keys = ["over", "dilute", "round", "bsa", "reduce", "ramp", "gfr", "vial"];
            for name in names.split(", ") {
                seen += 1;
                assert!(!name.contains('_') && (name == "vial" || !keys.contains(&name)), "{}: {line}", path.display());
            }
        }
    }
    assert!(seen > 100, "{seen} figures were looked at");
}
