//! Every rule's page: its bad example is found, its good one loads.

use posology::calendar::Site;
use posology::checker::{self, check};
use posology::finding::{Severity, blocks};
use posology::format::codes;
use posology::verify;

const BASE: &str = r#"format = 1

[regimen]
id = "base"
name = "Base"
version = "1"
status = "draft"
setting = "trial"
indication = "for tests"
supportive_care = "not included"

[cycle]
length = "14 days"
count = { planned = 6 }
next = "from actual day 1"
window = { early = "0 days", late = "3 days" }
source = { trial = ["length", "count"], unverified = ["next", "window"] }

[body]
bsa = "mosteller"
bsa_places = 2
weight = "actual"
recalculate = "every cycle"
source = "unverified"

[[drug]]
id = "study-drug"
name = "irinotecan"
dose = "70 mg/m2"
route = "intravenous"
over = "90 minutes"
days = [1]
round = { nearest = "1 mg", ties = "up" }
source = { trial = ["dose", "route", "days", "over"], unverified = ["round"] }

[[source]]
id = "trial"
title = "A trial"

[[example]]
subject = { height = "170 cm", weight = "65 kg" }
start = 2026-12-07
expect = [{ cycle = 1, day = 1, drug = "study-drug", dose = "123 mg" }, { cycle = 6, day = 1, date = 2027-02-15, drug = "study-drug" }]
"#;

/// A header and its lines.
type Block = (String, Vec<String>);

fn blocks_of(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![(String::new(), Vec::new())];
    for line in text.lines() {
        if line.starts_with('[') {
            blocks.push((line.to_owned(), Vec::new()));
        } else if !line.is_empty() {
            blocks.last_mut().unwrap().1.push(line.to_owned());
        }
    }
    blocks
}

fn key(line: &str) -> &str {
    line.split('=').next().unwrap().trim()
}

/// The base with a page's example put in: a key replaces the key, `# no x` takes it away, and a second
/// table of one name is added.
fn filled(example: &str) -> String {
    let mut base = blocks_of(BASE);
    let mut met: Vec<String> = Vec::new();
    for (header, lines) in blocks_of(example) {
        let nth = met.iter().filter(|name| **name == header).count();
        met.push(header.clone());
        let found = base.iter().enumerate().filter(|(_, (name, _))| *name == header).nth(nth).map(|(at, _)| at);
        let Some(found) = found else {
            base.push((header, lines));
            continue;
        };
        for line in &lines {
            if let Some(header) = line.strip_prefix("# no [") {
                base.retain(|(name, _)| *name != format!("[{header}"));
                continue;
            }
            let gone = line.strip_prefix("# no ").unwrap_or_else(|| key(line));
            base[found].1.retain(|old| key(old) != gone);
        }
        let new = lines.into_iter().filter(|line| !line.starts_with("# no"));
        if found < base.len() {
            base[found].1.extend(new);
        }
    }
    let blocks: Vec<String> = base.iter().map(|(header, lines)| format!("{header}\n{}\n", lines.join("\n"))).collect();
    blocks.join("\n")
}

/// The fenced texts of a page, bad and good.
fn examples(doc: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut parts = doc.split("```toml\n");
    let mut before = parts.next().unwrap();
    for part in parts {
        let (text, after) = part.split_once("```").unwrap();
        found.push((before.trim_end().ends_with("# Bad"), text.to_owned()));
        before = after;
    }
    found
}

#[test]
fn the_base_loads_without_a_word() {
    assert_eq!(check(filled("").as_bytes(), &Site::default()).findings, []);
}

#[test]
fn every_page_s_bad_example_is_found_and_its_good_one_loads() {
    let of_examples = [codes::EXAMPLE, codes::DRUG_UNTRIED, codes::NEVER_GIVEN];
    let mut wrong = Vec::new();
    for rule in checker::RULES {
        for (bad, example) in examples(rule.code.page()) {
            let text = filled(&example);
            let checked = check(text.as_bytes(), &Site::default());
            let mut findings = checked.findings;
            // The examples of other pages are not worked out again for every change of the drug.
            if let Some(regimen) = checked.regimen.filter(|_| of_examples.contains(&rule.code)) {
                findings.extend(verify::flat_doses(&regimen));
                findings.extend(verify::examples(&regimen, &Site::default()));
            }
            let of_rule: Vec<_> = findings.iter().filter(|finding| finding.code == rule.code).collect();
            let told = || findings.iter().map(|f| format!("{} {}", f.code, f.text)).collect::<Vec<_>>().join("; ");
            if bad == of_rule.is_empty() {
                wrong.push(format!("{} {}, bad {bad}: {}", rule.code, rule.name, told()));
            }
            if !bad && blocks(&findings) {
                wrong.push(format!("{} {}, the good example: {}", rule.code, rule.name, told()));
            }
            if of_rule.iter().any(|finding| finding.severity != rule.severity) {
                wrong.push(format!("{} {} has another severity", rule.code, rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Under this heading a page says why it has no example.
const WITHOUT: &str = "# Without an example\n\n";

#[test]
fn every_page_has_a_bad_and_a_good_example_or_says_why_it_has_none() {
    for rule in checker::RULES {
        let examples = examples(rule.code.page());
        if let Some((_, reason)) = rule.code.page().split_once(WITHOUT) {
            assert!(examples.is_empty(), "{} has examples and says it has none", rule.code);
            assert!(reason.trim().len() > 20, "{} gives no reason", rule.code);
        } else {
            assert!(examples.iter().any(|(bad, _)| *bad), "{} has no bad example", rule.code);
            assert!(examples.iter().any(|(bad, _)| !*bad), "{} has no good example", rule.code);
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_every_page_says_why() {
    let mut seen = std::collections::BTreeSet::new();
    for rule in checker::RULES {
        assert!(seen.insert(rule.code.name()) && seen.insert(rule.name), "{}", rule.code);
        assert!(rule.code.page().lines().count() > 2, "{} has no reason", rule.code);
        assert!(rule.code.name().starts_with('R') && rule.code.name().len() == 4);
        assert_ne!(rule.severity, Severity::Note);
        assert_eq!(checker::find(rule.name).unwrap().code, rule.code);
    }
    let codes: Vec<&str> = checker::RULES.iter().map(|rule| rule.code.name()).collect();
    let mut listed: Vec<&str> = posology::format::codes::ALL.iter().map(|code| code.name()).collect();
    listed.sort_unstable();
    assert_eq!(codes, listed);
}

/// Every rule on one page, for people who choose a program before they run it.
fn page() -> String {
    let mut page = String::from(
        "# What the checker finds\n\n`posology regimen check FILE…` applies every rule in one run; `posology regimen explain R061` prints a rule's page: why\nit is there, a bad and a good example or why there is none. BLOCK: nothing is calculated from the file. WARN: it is usable, and an approver must\nanswer for it.\n\n| rule | | what it finds |\n|---|---|---|\n",
    );
    for rule in checker::RULES {
        page.push_str(&format!("| {} `{}` | {} | {} |\n", rule.code, rule.name, rule.severity.word(), rule.summary()));
    }
    page
}

#[test]
fn the_page_of_all_rules_is_up_to_date() {
    crate::pages::hold("docs/checker.md", &page());
}

/// A rule without a check of its own is held where the list says; and no page belongs to nothing.
#[test]
fn what_is_held_on_the_way_is_held_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let constants = include_str!("../../src/format/codes.rs");
    for rule in checker::RULES {
        let checker::Found::In(place) = rule.found else { continue };
        let line = constants.lines().find(|line| line.contains(&format!("= \"{}\";", rule.code))).unwrap();
        let name = format!("codes::{}", line.split('=').next().unwrap().trim());
        let path = root.join(place);
        let texts: Vec<String> = if path.is_dir() {
            crate::source::files(&path).into_iter().map(|(_, text)| text).collect()
        } else {
            vec![std::fs::read_to_string(&path).unwrap()]
        };
        let whole = |text: &String| {
            text.match_indices(&name)
                .any(|(at, _)| !text[at + name.len()..].starts_with(|c: char| c == '_' || c.is_alphanumeric()))
        };
        assert!(texts.iter().any(whole), "{}: {place} raises no {name}", rule.code);
    }
    let mut pages: Vec<String> = std::fs::read_dir(root.join("checker/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    let codes: Vec<String> = checker::RULES.iter().map(|rule| format!("{}.md", rule.code)).collect();
    assert_eq!(pages, codes);
}

#[test]
fn there_are_at_least_sixty_rules() {
    assert!(checker::RULES.len() >= 60, "{}", checker::RULES.len());
}
