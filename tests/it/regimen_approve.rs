//! Approval: two different people, of one content; everything else is a draft and says so.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Home, Ran};

const FILE: &str = include_str!("../corpus/valid/one-drug.toml");

struct Workspace {
    home: Home,
    file: PathBuf,
}

impl Workspace {
    fn new(text: &str) -> Self {
        let home = Home::new();
        let file = home.path().join("one-drug.toml");
        fs::write(&file, text).unwrap();
        Self { home, file }
    }

    fn path(&self) -> &str {
        self.file.to_str().unwrap()
    }

    fn approve(&self, who: &str, more: &[&str]) -> Ran {
        let arguments = ["regimen", "approve", self.path(), "--who", who];
        self.home.run(&[arguments.as_slice(), more].concat())
    }

    /// The status a plan carries, and whether its text says DRAFT.
    fn plan(&self) -> (String, bool) {
        let arguments = ["plan", self.path(), "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        let text = self.home.run(&arguments);
        assert_eq!(text.code, 0, "{}", text.err);
        let document: Value = self.home.json(&arguments);
        (document["regimen"]["status"].as_str().unwrap().to_owned(), text.out.contains("DRAFT"))
    }
}

const ACCEPT: &[&str] = &["--accept", "unverified=compared with protocol 3.0"];

#[test]
fn two_people_make_a_regimen_approved_and_one_does_not() {
    let workspace = Workspace::new(FILE);
    assert_eq!(workspace.plan(), ("draft".to_owned(), true));
    let first = workspace.approve("A. Okafor", ACCEPT);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("a second person's approval is needed"), "{}", first.out);
    assert_eq!(workspace.plan(), ("draft".to_owned(), true));
    assert_eq!(workspace.approve("B. Lindqvist", ACCEPT).code, 0);
    assert_eq!(workspace.plan(), ("approved".to_owned(), false));
}

#[test]
fn the_same_person_is_refused_however_the_name_is_spelt() {
    let workspace = Workspace::new(FILE);
    assert_eq!(workspace.approve("A. Okafor", ACCEPT).code, 0);
    for again in
        ["A. Okafor", "a okafor", " A.OKAFOR ", "A.  Okafor", "\u{410}. Okafor", "A. \u{39f}kafor", "Ａ. Ókafor"]
    {
        let ran = workspace.approve(again, ACCEPT);
        assert_eq!(ran.code, 3, "{again}: {}", ran.err);
        assert!(ran.err.contains("has approved this content already"), "{}", ran.err);
    }
    assert_eq!(workspace.approve("...", ACCEPT).code, 2);
    assert_eq!(workspace.plan().0, "draft");
}

#[test]
fn a_changed_file_is_a_draft_again_and_so_is_one_that_only_calls_itself_approved() {
    let workspace = Workspace::new(FILE);
    workspace.approve("A. Okafor", ACCEPT);
    workspace.approve("B. Lindqvist", ACCEPT);
    fs::write(
        &workspace.file,
        FILE.replace("70 mg/m2", "60 mg/m2")
            .replace("dose = \"123 mg\"", "dose = \"105 mg\"")
            .replace("\"140 mg\"", "\"120 mg\""),
    )
    .unwrap();
    assert_eq!(workspace.plan(), ("draft".to_owned(), true));
    let shown = workspace.home.run(&["regimen", "show", workspace.path()]).out;
    assert!(shown.contains("lapsed: A. Okafor"), "{shown}");
    // The first content back again: its approvals count again.
    fs::write(&workspace.file, FILE).unwrap();
    assert_eq!(workspace.plan().0, "approved");
    let boast = FILE.replace("status = \"draft\"", "status = \"approved\"");
    assert_ne!(boast, FILE);
    fs::write(&workspace.file, boast).unwrap();
    assert_eq!(workspace.plan(), ("draft".to_owned(), true));
    let checked = workspace.home.run(&["regimen", "check", workspace.path()]).out;
    assert!(checked.contains("calls itself approved"), "{checked}");
}

#[test]
fn what_nobody_has_verified_is_accepted_by_name_or_not_at_all() {
    let workspace = Workspace::new(FILE);
    let ran = workspace.approve("A. Okafor", &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("nobody has verified") && ran.err.contains("--accept unverified="), "{}", ran.err);
    assert_eq!(workspace.approve("A. Okafor", &["--accept", "unverified"]).code, 2);
    workspace.approve("A. Okafor", ACCEPT);
    let shown = workspace.home.run(&["regimen", "show", workspace.path()]).out;
    assert!(shown.contains("accepted unverified: compared with protocol 3.0"), "{shown}");
}

#[test]
fn the_hash_on_the_page_that_was_read_guards_against_another_content() {
    let workspace = Workspace::new(FILE);
    let hash = workspace.home.json(&["regimen", "show", workspace.path()])["sha256"].as_str().unwrap().to_owned();
    let with = |hash: &str| workspace.approve("A. Okafor", &[ACCEPT, &["--sha256", hash]].concat());
    // A variable of the shell that is not set, and what is too short to tell one content from another, guard nothing.
    let long = format!("{hash}0");
    for short in ["", " ", &hash[..1], &hash[..11], "no hexadecimal", &long] {
        let ran = with(short);
        assert_eq!(ran.code, 2, "{short}: {}", ran.err);
        assert!(ran.err.contains("first 12 digits") && ran.err.contains("regimen show one-drug"), "{}", ran.err);
    }
    for other in ["000000000000", &"0".repeat(64)] {
        assert_eq!(with(other).code, 3, "{other}");
    }
    assert_eq!(workspace.plan().0, "draft");
    assert_eq!(with(&hash[..12]).code, 0);
    let whole = workspace.approve("B. Lindqvist", &[ACCEPT, &["--sha256", &hash.to_uppercase()]].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains("approved by A. Okafor and B. Lindqvist; kept in"), "{}", whole.out);
    let third = workspace.approve("C. Li", ACCEPT);
    assert!(third.out.contains("approved by A. Okafor, B. Lindqvist and C. Li; kept in"), "{}", third.out);
    assert!(third.out.contains("three people have approved this content"), "{}", third.out);
}

#[test]
fn a_shipped_regimen_s_approvals_stand_in_the_user_s_folder_and_are_no_regimen() {
    let home = Home::new();
    let id = "any-pembrolizumab-q3w";
    for who in ["A. Okafor", "B. Lindqvist"] {
        let mut arguments = vec!["regimen", "approve", id, "--who", who];
        arguments.extend(["--accept", "unverified=site pharmacy", "--accept", "conflict=site pharmacy"]);
        let ran = home.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let list = home.json(&["regimen", "list"]);
    let rows = list["regimens"].as_array().unwrap();
    let approved: Vec<&str> =
        rows.iter().filter(|row| row["status"] == "approved").map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(approved, [id]);
    assert!(rows.iter().all(|row| !row["id"].as_str().unwrap().contains("approvals")));
    let file = home.path().join(".config/posology/regimens").join(format!("{id}.approvals.toml"));
    assert!(file.is_file());
    let folder = home.path().join(".config/posology/regimens");
    fs::write(folder.join("mine.toml"), FILE).unwrap();
    let ran = home.run(&["regimen", "check", folder.to_str().unwrap()]);
    assert!(ran.out.contains("1 file checked, 0 not usable"), "{}", ran.out);
    // A file of approvals that cannot be read approves nothing, and says so.
    fs::write(&file, "nonsense").unwrap();
    let checked = home.run(&["regimen", "check", id]).out;
    assert!(checked.contains("no approval counts"), "{checked}");
}

#[test]
fn the_page_to_sign_holds_everything_that_a_signature_stands_for() {
    let home = Home::new();
    let page = home.run(&["regimen", "show", "heme-rchop21"]).out;
    for text in [
        "*** DRAFT: nobody has approved",
        "1.4 mg/m2",
        "capped at",
        "2 mg",
        "[UNVERIFIED]",
        "SOURCES DISAGREE: NZ library: 60 minutes at most",
        "Criteria to treat",
        "Worked by hand",
        "C6D1 on 22-Mar-2027: doxorubicin 88 mg",
        "Still to be checked\n  [ ] not verified: cycle: what a delay does to later dates",
        "  [ ] the sources disagree: cyclophosphamide: over",
        "0 of 2 approvals: a draft",
        "Compared with the protocol by",
        "Compared again, independently, by",
        "https://srl.org.nz/regimens/lymphoma/264611000210107",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let hash = home.json(&["regimen", "show", "heme-rchop21"])["sha256"].as_str().unwrap().to_owned();
    assert!(page.contains(&format!("The content signed has the SHA-256 {hash}")));
}
