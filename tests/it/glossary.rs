//! `docs/glossary.md`: one meaning a word, and the words are those that people read.

use std::collections::BTreeSet;

use crate::pages;
use crate::program::Home;

struct Word {
    word: String,
    not: Vec<String>,
}

fn words() -> Vec<Word> {
    let page = pages::text("docs/glossary.md");
    let table = page.lines().skip_while(|line| !line.starts_with("|---|---|---|")).skip(1);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [word, _, not] = cells.as_slice() else { panic!("three cells are wanted: {line}") };
        let avoided = not.split(", ").filter(|word| *word != "–");
        Word { word: (*word).to_owned(), not: avoided.map(str::to_owned).collect() }
    });
    rows.collect()
}

/// The help of a command and of every command below it.
fn help(home: &Home, path: &[&str], all: &mut String) {
    let shown = home.run(&[path, &["--help"]].concat()).out;
    let list = shown.split_once("\nCommands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap());
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        help(home, &[path, &[name]].concat(), all);
    }
    all.push_str(&shown);
}

/// What people read, in small letters, each word between blanks.
fn read_by_people() -> String {
    let mut all = String::new();
    help(&Home::new(), &[], &mut all);
    for page in ["README.md", "docs/checker.md", "docs/keys.md", "docs/record.md", "docs/screens.md", "docs/using.md"] {
        all.push_str(&pages::text(page));
    }
    let letters = all.to_lowercase().replace(|letter: char| !letter.is_alphanumeric() && letter != '-', " ");
    format!(" {} ", letters.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn every_word_stands_once_in_its_place() {
    let words = words();
    assert!(words.len() > 50, "only {} words were read", words.len());
    let mut seen = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        assert!(seen.insert(word.word.as_str()), "{} is there twice", word.word);
        assert!(at == 0 || words[at - 1].word < word.word, "{} is out of order", word.word);
    }
    for word in &words {
        for avoided in &word.not {
            assert!(!seen.contains(avoided.as_str()), "{avoided} has a meaning and is to be avoided for {}", word.word);
        }
    }
}

/// Words of the source that people meet under another name or not at all.
const OF_THE_SOURCE: [&str; 4] = ["basis", "observation", "projected", "worklist"];

#[test]
fn people_read_the_words_and_none_that_is_to_be_avoided() {
    let (read, format) = (read_by_people(), pages::text("docs/regimen-format.md").to_lowercase());
    let mut wrong = Vec::new();
    for word in words() {
        // The beginning of the word counts: approve, approval, approved.
        let stem = &word.word[..word.word.len() - usize::from(word.word.len() > 4)];
        let there = read.contains(&format!(" {stem}")) || format.contains(stem);
        if !there && !OF_THE_SOURCE.contains(&word.word.as_str()) {
            wrong.push(format!("nobody reads {:?}", word.word));
        }
        for avoided in &word.not {
            if read.contains(&format!(" {avoided} ")) || read.contains(&format!(" {avoided}s ")) {
                wrong.push(format!("{avoided:?} is read, which is {:?}", word.word));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
