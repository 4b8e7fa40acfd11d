//! What a worked example may say, that each of it is compared, and what no example touches. Every figure was worked out by hand;
//! those of the corpus file stand beside its examples.

use posology::library::{Library, Origin, RegimenFile};
use posology::present::{protocol, read_back};

use crate::program::Home;
use crate::support::site;

const FILE: &str = include_str!("../corpus/valid/worked-examples.toml");
const PLAIN: &str = include_str!("../corpus/valid/one-drug.toml");

fn checked(text: &str) -> RegimenFile {
    Library::new(None, Vec::new(), site()).check("case", Origin::Shipped, text.as_bytes())
}

/// Code and text of everything that is told.
fn told(text: &str) -> Vec<(String, String)> {
    checked(text).findings.iter().map(|finding| (finding.code.to_string(), finding.text.clone())).collect()
}

/// What is told of the file with one figure of its examples changed.
fn changed(from: &str, to: &str) -> Vec<(String, String)> {
    assert!(FILE.contains(from), "{from}");
    told(&FILE.replacen(from, to, 1))
}

#[test]
fn everything_an_example_says_is_compared() {
    assert_eq!(told(FILE), []);
    let wrong = [
        (
            "over = \"60 minutes\", vials",
            "over = \"90 minutes\", vials",
            "the infusion runs 60 minutes, not 90 minutes",
        ),
        ("vials = 7", "vials = 6", "the vials are 7, not 6"),
        ("\"6.55 mL\"", "\"6.5 mL\"", "the volume is 6.55 mL, not 6.5 mL"),
        ("certain = true", "certain = false", "it is certain"),
        (
            "through = 2026-12-31",
            "through = 2027-01-01",
            "the window is 2026-12-28 through 2026-12-31, not 2026-12-28 through 2027-01-01",
        ),
        ("after = \"docetaxel\", vials", "after = \"capecitabine\", vials", "nothing puts it after capecitabine"),
        ("hour = \"4 hours\"", "hour = \"6 hours\"", "it is given at 0 hours, not at 6 hours"),
        (
            "\"150 mg\" = 5",
            "\"150 mg\" = 4",
            "the tablets are 2 of 500 mg and 5 of 150 mg, not 4 of 150 mg and 2 of 500 mg",
        ),
        (
            "through = \"60 minutes\" }, after",
            "through = \"90 minutes\" }, after",
            "the infusion runs 30 minutes to 60 minutes, not 30 minutes to 90 minutes",
        ),
    ];
    for (from, to, why) in wrong {
        let found = changed(from, to);
        let [(code, text)] = found.as_slice() else { panic!("{from}: {found:?}") };
        assert!(code == "R090" && text.contains(why), "{from}: {text}");
    }
}

/// A run that is a day too long, and a drug of too many days, fall on a day that an example says is free.
#[test]
fn a_day_on_which_nothing_may_be_is_compared() {
    let longer = FILE.replacen("through = 14", "through = 15", 1).replacen("28000 mg/m2", "30000 mg/m2", 1);
    assert!(
        told(&longer).iter().any(|(code, text)| code == "R090"
            && text == "Cycle 1 day 15, capecitabine: 1,750 mg is planned, and the row expects none."),
        "{:?}",
        told(&longer)
    );
}

#[test]
fn what_the_modification_tables_say_is_compared_for_every_treatment_drug() {
    let wrong = [
        ("advise = { capecitabine = \"hold\" }", "advise = {}", "capecitabine: the tables say hold, not treat"),
        (
            "advise = { docetaxel = \"hold\", capecitabine = \"hold\" }",
            "advise = { docetaxel = \"hold\", capecitabine = \"omit\" }",
            "capecitabine: the tables say hold, not omit",
        ),
        (
            "\nthen = { docetaxel = \"one level down\"",
            "\nthen = { docetaxel = \"75 % of the protocol dose\"",
            "when treatment goes on the tables say capecitabine: 75 % of the protocol dose; docetaxel: one level down, not",
        ),
        ("neutrophils = \"1.4 10^9/L\"", "neutrophils = \"1.5 10^9/L\"", "docetaxel: the tables say treat, not delay"),
        (", occurrence = { diarrhoea = \"first\" }", "", "first say which occurrence it is"),
        ("neutrophils = \"1.4 10^9/L\"", "sodium = \"140 mmol/L\"", "no table looks at sodium"),
    ];
    for (from, to, why) in wrong {
        let found = changed(from, to);
        assert!(found.iter().any(|(code, text)| code == "R090" && text.contains(why)), "{from}: {found:?}");
    }
    // A row exchanged in the table is found by the same examples.
    assert!(
        changed(
            "{ is = \"grade 2\", do = { capecitabine = \"hold\" }",
            "{ is = \"grade 2\", do = { docetaxel = \"hold\" }"
        )
        .iter()
        .any(|(code, _)| code == "R090")
    );
}

#[test]
fn examples_by_the_author_alone_are_told_and_by_anybody_else_not() {
    assert_eq!(told(&FILE.replace("M. Lindqvist", "a okafor")).len(), 1);
    let (code, text) = told(&FILE.replace("M. Lindqvist", "A. OKAFOR")).remove(0);
    assert_eq!(
        (code.as_str(), text.as_str()),
        ("R122", "every example was worked out by A. Okafor, who wrote the file")
    );
    assert_eq!(told(&FILE.replace("author = \"A. Okafor\"\n", "")), []);
}

fn untouched(text: &str) -> Vec<String> {
    let checked = posology::checker::check(text.as_bytes(), &site());
    let untouched = posology::verify::tried(&checked.regimen.unwrap(), &site()).untouched;
    untouched.into_iter().map(|one| one.what).collect()
}

/// The examples of the corpus file touch everything; each figure that is taken out of one is asked for by its name.
#[test]
fn what_no_example_touches_is_listed_until_an_example_says_it() {
    assert_eq!(untouched(FILE), Vec::<String>::new());
    let lost = [
        ("over = \"60 minutes\", vials", "vials", "docetaxel, how long it runs"),
        ("vials = 7, ", "", "docetaxel, its vials"),
        (", volume = \"6.55 mL\"", "", "docetaxel, its volume"),
        (", certain = true", "", "whether later cycles are certain"),
        ("date = 2026-12-28, window = { from = 2026-12-28, through = 2026-12-31 }", "date = 2026-12-28", "the window"),
        (" after = \"docetaxel\", vials", " vials", "cyclophosphamide, after which drug"),
        ("hour = \"4 hours\", ", "", "mesna, at which hour"),
        (", tablets = { \"500 mg\" = 2, \"150 mg\" = 5 }", "", "capecitabine, its tablets"),
        ("day = 14, drug", "day = 13, drug", "capecitabine on day 14, the last of the run"),
        ("day = 15, drug", "day = 16, drug", "capecitabine: nothing on day 15"),
        ("administrations = 20\n", "", "the number of administrations in all"),
        ("level = { docetaxel = -1 }", "age = \"50 years\"", "docetaxel at dose level -1"),
        ("grade = { diarrhoea = \"grade 2\" }", "grade = { diarrhoea = \"grade 1\" }", "diarrhoea: grade 2"),
        (
            "neutrophils = \"1.4 10^9/L\" }, day = 1 }\nadvise = { docetaxel = \"delay\", cyclophosphamide = \"delay\", capecitabine = \"delay\" }",
            "neutrophils = \"1.5 10^9/L\" }, day = 1 }\nadvise = {}",
            "the criterion on neutrophils, not met",
        ),
    ];
    for (from, to, what) in lost {
        assert!(FILE.contains(from), "{from}");
        assert_eq!(untouched(&FILE.replacen(from, to, 1)), [what], "{from}");
    }
    let rounded = FILE
        .replace("height = \"175 cm\", weight = \"80 kg\"", "height = \"170 cm\", weight = \"65 kg\"")
        .replace("1950 mg", "1750 mg");
    assert_eq!(untouched(&rounded), ["capecitabine, with a rounding that shows"]);
}

/// The rows leave every figure open, so that a file with one of them does not load.
#[test]
fn the_rows_to_work_out_hold_no_figure() {
    let home = Home::new();
    let file = home.path().join("case.toml");
    std::fs::write(&file, PLAIN).unwrap();
    let path = file.to_str().unwrap();
    let ran = home.run(&["regimen", "check", path, "--rows"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let row = "{ cycle = 1, day = 1, drug = \"irinotecan\", over = \"\" },  # irinotecan, how long it runs";
    assert!(ran.out.contains(row), "{}", ran.out);
    let later = "{ cycle = 2, day = 1, drug = \"irinotecan\", window = { from = , through = }, certain =  },";
    assert!(ran.out.contains(later), "{}", ran.out);
    for line in ran.out.lines().filter(|line| !line.starts_with('#')) {
        let line = line.split("  #").next().unwrap();
        for figure in ["dose = \"", "over = \"", "volume = \""] {
            assert!(line.split(figure).skip(1).all(|rest| rest.starts_with('"')), "{line}");
        }
    }
    std::fs::write(&file, format!("{PLAIN}\n{}", ran.out)).unwrap();
    assert_eq!(home.run(&["regimen", "check", path]).code, 1);
    let said = home.json(&["regimen", "check", "gi-mfolfox6"]);
    assert!(said["files"][0]["untouched"].as_array().unwrap().len() > 3, "{said}");
}

/// Nothing that is signed is left out, and no figure is changed on the way.
#[test]
fn a_regimen_is_read_back_with_every_figure_of_its_page() {
    let library = Library::new(None, Vec::new(), site());
    for id in ["gi-flot", "heme-blinatumomab", "br-keynote-522", "sarc-ifosfamide-mesna"] {
        let regimen = library.find(id).unwrap().regimen.unwrap();
        let said: Vec<String> =
            read_back(&regimen).into_iter().flat_map(|one| one.sentences).map(|one| one.text).collect();
        let page = protocol(&regimen);
        let given = page
            .sections
            .iter()
            .filter(|section| !["regimen", "examples", "sources", "checked"].contains(&section.id.as_str()));
        for line in given.flat_map(|section| &section.lines) {
            let value = line.value.trim_end_matches('.');
            assert!(said.iter().any(|text| text.contains(value)), "{id}: {}: {value}", line.label);
        }
    }
    let home = Home::new();
    let ran = home.run(&["regimen", "read-back", "gi-flot"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for sentence in ["  [ ] One dose is 85 mg/m2.", "  [ ] From one day 1 to the next are 14 days."] {
        assert!(ran.out.contains(sentence), "{sentence}: {}", ran.out);
    }
    assert!(ran.out.contains("The content read back has the SHA-256"), "{}", ran.out);
    let said = home.json(&["regimen", "read-back", "gi-flot"]);
    assert!(said["passages"][0]["sentences"][0]["text"].as_str().unwrap().ends_with('.'), "{said}");
}

/// The rows stand below the copy as comments, so that the copy means what its original means.
#[test]
fn a_copy_of_a_regimen_ends_with_what_its_examples_leave_out() {
    let home = Home::new();
    let ran = home.run(&["regimen", "new", "my-folfox", "--from", "gi-mfolfox6"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (_, rows) = ran.out.split_once("# What no example above touches").unwrap();
    assert!(rows.contains("# expect    = [") && rows.contains("over = \"\""), "{rows}");
    assert!(rows.lines().skip(1).all(|line| line.starts_with('#')), "{rows}");
}

#[test]
fn an_approval_says_who_worked_the_examples_out() {
    let home = Home::new();
    let file = home.path().join("case.toml");
    std::fs::write(&file, FILE).unwrap();
    let path = file.to_str().unwrap();
    let accept = ["--accept", "unverified=compared with protocol 3.0"];
    let ran = home.run(&[["regimen", "approve", path, "--who", "B. Sundar"].as_slice(), accept.as_slice()].concat());
    let line = "its examples were worked out by: M. Lindqvist, A. Okafor; the file was written by A. Okafor";
    assert!(ran.out.contains(line), "{}{}", ran.out, ran.err);
    std::fs::write(&file, PLAIN).unwrap();
    let ran = home.run(&[["regimen", "approve", path, "--who", "B. Sundar"].as_slice(), accept.as_slice()].concat());
    assert!(ran.out.contains("its examples were worked out by: the file does not say"), "{}{}", ran.out, ran.err);
}
