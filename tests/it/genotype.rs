//! A genotype is read once, wherever it is typed: never taken for another one because of its spelling.
//!
//! 168 cm and 62 kg: √(168 × 62 ÷ 3600) = 1.70098, which the regimen rounds to 1.7 m2. UGT1A1*28/*28 starts at 50 mg/m2,
//! 50 × 1.7 = 85 mg; any other at 70 mg/m2, 70 × 1.7 = 119 mg.

use posology::calendar::Site;
use posology::regimen::{Regimen, genotype};
use serde_json::{Value, json};

use crate::clinic::Clinic;
use crate::program::{Home, Ran};
use crate::record_commands::approve;

const REGIMEN: &str = "gi-liposomal-irinotecan-fluorouracil";
const SUBJECT: [&str; 6] = ["--height", "168", "--weight", "62", "--start", "2026-12-07"];

fn plan(typed: &str) -> Ran {
    Home::new().run(&[&["plan", REGIMEN][..], &SUBJECT, &["--genotype", typed, "--json"]].concat())
}

fn dose(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str::<Value>(&ran.out).unwrap()["doses"][0]["planned"]["dose"].clone()
}

fn regimen(text: &str) -> Regimen {
    let checked = posology::checker::check(text.as_bytes(), &Site::default());
    checked.regimen.unwrap_or_else(|| panic!("{:#?}", checked.findings))
}

const CASE: &str = include_str!("../corpus/valid/rules.toml");

#[test]
fn every_spelling_of_the_genotype_of_the_file_has_its_start() {
    for typed in [
        "UGT1A1*28/*28",
        "ugt1a1*28/*28",
        "UGT1A1 *28/*28",
        "UGT1A1*28/*28 ",
        "UGT1A1*28/UGT1A1*28",
        "UGT1A1\u{2217}28\u{2044}\u{2217}28",
    ] {
        assert_eq!(dose(&plan(typed)), json!("85"), "{typed}");
    }
    // What was read is said, and the working names it.
    let text = Home::new().run(&[&["plan", REGIMEN][..], &SUBJECT, &["--genotype", "ugt1a1 *28 / *28"]].concat());
    assert!(text.err.contains("\"ugt1a1 *28 / *28\" is read as UGT1A1*28/*28"), "{}", text.err);
    assert!(text.out.contains("62 kg, UGT1A1*28/*28"), "{}", text.out);
}

#[test]
fn what_cannot_be_told_from_it_is_never_the_full_dose() {
    for typed in [
        "*28/*28",
        "homozygous",
        "UGT1A1*28",
        "UGT1A1*28/28",
        "UGT1A1 28/28",
        "UGT1A1*28*28",
        "UGTIA1*28/*28",
        "UGT1A1*28B/*28B",
        "CYP2D6*4/*4",
        "*1/*1",
        "n/a",
        "any other",
        "wild type",
        "UGT1A1*1/*1; UGT1A1*28/*28",
    ] {
        let ran = plan(typed);
        assert_eq!(ran.code, 3, "{typed}: {}", ran.out);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(told["error"]["code"], "unknown-genotype", "{typed}: {told:#}");
        let told_how = ran.err.contains("write \"UGT1A1*28/*28\"") || typed == "*1/*1";
        assert!(told_how, "{typed}: {}", ran.err);
        assert!(told["doses"].is_null());
    }
    assert!(plan("*28/*28").err.contains("if UGT1A1 is meant, write \"UGT1A1*28/*28\""), "{}", plan("*28/*28").err);
    for empty in ["", "  "] {
        let ran = plan(empty);
        assert_eq!((ran.code, ran.err.contains("The genotype was not given")), (1, true), "{}", ran.err);
    }
}

#[test]
fn another_genotype_of_the_gene_is_told_with_the_dose_that_holds() {
    let ran = plan("UGT1A1*28/*1");
    assert_eq!(dose(&ran), json!("119"));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(document["subject"]["genotype"], "UGT1A1*1/*28");
    let note = "Genotype UGT1A1*1/*28 is none of those the file names (UGT1A1*28/*28). irinotecan liposomal: no starting \
                dose by genotype holds, and the dose is 70 mg/m2.";
    assert!(document["findings"].to_string().contains(note), "{:#}", document["findings"]);
    assert!(document["doses"][0].to_string().contains("no starting dose for genotype UGT1A1*1/*28"), "{document:#}");
    // A regimen that does not ask for it says so, whatever the words.
    let other = ["plan", "any-pembrolizumab-q3w", "--start", "2026-12-07", "--json", "--genotype"];
    let idle = Home::new().run(&[&other[..], &["foo"]].concat());
    assert!(idle.code == 0 && idle.out.contains("depends on the genotype, and no rule asks for it"), "{}", idle.out);
    assert_eq!(Home::new().run(&[&other[..], &[""]].concat()).code, 3);
}

/// 70 years or more, any other genotype: level -1 = 50 mg/m2. UGT1A1*28/*28 starts at 50, its level -1 is 43 mg/m2.
#[test]
fn advice_reads_it_as_a_plan_does() {
    let home = Home::new();
    std::fs::write(home.path().join("case.toml"), CASE).unwrap();
    let advise = |typed: &str| {
        let base = ["regimen", "advise", "./case.toml", "--event", "poor tolerance", "--age", "75", "--json"];
        home.run(&[&base[..], &["--genotype", typed]].concat())
    };
    let document = |typed: &str| -> Value {
        let ran = advise(typed);
        assert_eq!(ran.code, 0, "{typed}: {}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    };
    for typed in ["UGT1A1*28/*28", "ugt1a1 *28/*28"] {
        assert_eq!(document(typed)["drugs"][0]["dose"]["dose"], "43 mg/m2", "{typed}");
    }
    assert_eq!(document("ugt1a1 *28/*28")["taken"][0]["as"], "UGT1A1*28/*28");
    let other = document("UGT1A1*1/*6");
    assert_eq!(other["drugs"][0]["dose"]["dose"], "50 mg/m2");
    assert_eq!(other["doubts"][0]["code"], "other-genotype");
    for typed in ["homozygous", "*28/*28", "", "UGT1A1*28"] {
        let ran = advise(typed);
        assert_eq!(ran.code, 3, "{typed}: {}", ran.out);
        assert!(ran.out.contains("unknown-genotype") && !ran.out.contains("mg/m2"), "{typed}: {}", ran.out);
    }
}

#[test]
fn the_record_keeps_one_spelling_and_a_second_person_types_it_again() {
    let mut clinic = Clinic::new();
    let folder = clinic.path("library");
    std::fs::create_dir_all(&folder).unwrap();
    let shipped = std::fs::read_to_string(format!("regimens/{REGIMEN}.toml")).unwrap();
    std::fs::write(folder.join("own-gene.toml"), shipped.replace(&format!("\"{REGIMEN}\""), "\"own-gene\"")).unwrap();
    approve(&clinic, "own-gene");
    clinic.extra = vec!["--library".into(), folder.display().to_string()];
    let add = [&["add", "S-1", "own-gene"][..], &SUBJECT].concat();
    clinic.refused(&[&add[..], &["--genotype", "*28/*28"]].concat(), "unknown-genotype");
    let add = [&add[..], &["--genotype", "ugt1a1 *28/*28"]].concat();
    let shown = clinic.run(&[&["subject"][..], &add, &["--who", "A. Nurse", "--yes"]].concat());
    let shown = String::from_utf8(shown.stdout).unwrap();
    for words in ["genotype UGT1A1*28/*28", "85 mg; starting dose 50 mg/m² (genotype UGT1A1*28/*28)"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let history =
        || -> Value { serde_json::from_slice(&clinic.run(&["subject", "show", "S-1", "--json"]).stdout).unwrap() };
    assert_eq!(history()["history"][0]["event"]["enrolled"]["genotype"], "UGT1A1*28/*28");

    let check = |typed: &[&str]| {
        let base = ["subject", "check", "S-1", "1"];
        clinic.run(&[&base[..], &SUBJECT, typed, &["--who", "B. Second", "--yes"]].concat())
    };
    let half = check(&[]);
    assert_eq!(half.status.code(), Some(2));
    let told = String::from_utf8(half.stderr).unwrap();
    assert!(told.contains("--genotype") && !told.contains("28"), "{told}");
    assert_eq!(check(&["--genotype", "homozygous"]).status.code(), Some(1));
    assert!(check(&["--genotype", "UGT1A1*28/*1"]).status.success());
    let difference = "genotype: the entry says UGT1A1*28/*28, the second person typed UGT1A1*1/*28";
    assert_eq!(history()["history"][1]["event"]["verified"]["differences"][0], difference);
    assert!(check(&["--genotype", "UGT1A1 *28/*28"]).status.success());
    assert_eq!(history()["history"][2]["event"]["verified"]["agrees"], true);

    let correct = |typed: &'static str| ["correct", "S-1", "1", "--reason", "misread", "--genotype", typed];
    clinic.refused(&correct("homozygous"), "unknown-genotype");
    clinic.refused(&correct("UGT1A1*28 / *28"), "nothing-corrected");
    clinic.record(&correct("UGT1A1*1/*1"));
    assert_eq!(history()["plan"]["doses"][0]["planned"]["dose"], "119");
}

/// Words without stars are those of the file or none of them; another one is said as such.
#[test]
fn words_have_no_grammar() {
    let regimen = regimen(include_str!("../corpus/valid/doses-by-table.toml"));
    let read = |typed: &str| genotype::read(&regimen, typed).map(|one| (one.text, one.named));
    assert_eq!(read("a / a"), Ok(("A/A".to_owned(), true)));
    assert_eq!(read("Other: A/B"), Ok(("other: A/B".to_owned(), false)));
    assert_eq!(read("other: A/B").map(|(text, _)| read(&text)), Ok(Ok(("other: A/B".to_owned(), false))));
    for typed in ["A/B", "n/a", "A", "other:", "other: a/a", "UGT1A1*28/*28"] {
        let refused = read(typed).unwrap_err();
        assert!(refused.wanted().unwrap().contains("\"other: \""), "{typed}");
    }
}

/// Two genes in one file: one genotype of each, and rows are compared gene by gene.
#[test]
fn two_genes_are_two_genotypes() {
    let start = "start = [{ when = { genotype = \"UGT1A1*28/*28\" }";
    let two = CASE.replace(
        start,
        &start.replace("{ when", "{ when = { genotype = \"DPYD*2A/*2A\" }, dose = \"60 mg/m2\" }, { when"),
    );
    assert_ne!(two, CASE);
    let both = two.replace("\"UGT1A1*1/*1\"", "\"UGT1A1*1/*1; DPYD*1/*1\"");
    let regimen = regimen(&both);
    let read = |typed: &str| genotype::read(&regimen, typed).map(|one| one.text);
    assert_eq!(read("ugt1a1*28/*28; dpyd*1/*1").unwrap(), "DPYD*1/*1; UGT1A1*28/*28");
    for one in ["UGT1A1*1/*1", "DPYD*1/*1"] {
        assert!(read(one).unwrap_err().text.contains("says nothing of"), "{one}");
    }
    // A row for either gene: whoever has both is in two rows.
    let table = include_str!("../corpus/valid/doses-by-table.toml").replace(
        "{ age = { from = \"18 years\" }, genotype = \"A/A\", dose = \"40 mg\" },",
        "{ age = { from = \"18 years\" }, genotype = \"UGT1A1*28/*28\", dose = \"40 mg\" },\n  { age = { from = \"18 years\" }, genotype = \"DPYD*2A/*2A\", dose = \"30 mg\" },",
    );
    let checked = posology::checker::check(table.as_bytes(), &Site::default());
    let overlap = checked.findings.iter().find(|one| one.code.name() == "R047");
    let overlap = overlap.unwrap_or_else(|| panic!("{:#?}", checked.findings));
    assert!(overlap.text.contains("DPYD*2A/*2A") && overlap.text.contains("UGT1A1*28/*28"), "{}", overlap.text);
    // Two spellings of one genotype are one.
    let twice = CASE.replace(
        "{ when = { genotype = \"any other\", age = { below",
        "{ when = { genotype = \"ugt1a1 *28/*28\", age = { below",
    );
    let checked = posology::checker::check(twice.as_bytes(), &Site::default());
    assert!(checked.findings.iter().any(|one| one.code.name() == "R047"), "{:#?}", checked.findings);
}
