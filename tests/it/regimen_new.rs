//! A new file has an id of its own, and what a program reads is one JSON document.

use std::fs;

use crate::program::Home;

#[test]
fn an_id_that_a_regimen_has_is_refused_with_what_to_do() {
    let home = Home::new();
    let shipped = home.run(&["regimen", "new", "gi-mfolfox6"]);
    assert_eq!((shipped.code, shipped.out.as_str()), (3, ""));
    for words in ["there is a regimen \"gi-mfolfox6\" already: it is shipped", "gi-mfolfox6-own"] {
        assert!(shipped.err.contains(words), "{}", shipped.err);
    }
    let new = home.run(&["regimen", "new", "my-trial"]);
    assert_eq!(new.code, 0, "{}", new.err);
    let folder = home.path().join("mine");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("my-trial.toml"), &new.out).unwrap();
    let again = home.run(&["regimen", "new", "my-trial", "--library", folder.to_str().unwrap()]);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("mine/my-trial.toml"), "{}", again.err);
}

#[test]
fn an_id_that_is_none_is_told_what_one_is() {
    let home = Home::new();
    for odd in ["Mein Trial", "-a", "a/b", &"a".repeat(300)] {
        let refused = home.run(&["regimen", "new", "--", odd]);
        assert_eq!(refused.code, 2, "{odd}");
        assert!(refused.err.contains("at most 64 lower-case letters, digits and single hyphens"), "{}", refused.err);
        assert!(refused.err.len() < 600, "{}", refused.err);
    }
}

#[test]
fn rules_are_explained_to_a_program_too() {
    let home = Home::new();
    let list = home.json(&["regimen", "explain"]);
    let rules = list["rules"].as_array().unwrap();
    assert_eq!(rules.len(), posology::checker::RULES.len());
    assert_eq!(rules[0]["code"], "R001");
    let one = home.json(&["regimen", "explain", "table-gap"]);
    assert_eq!((&one["code"], &one["severity"], &one["format"]), (&"R046".into(), &"block".into(), &1.into()));
    assert!(one["page"].as_str().unwrap().contains("# Bad"));
    let none = home.run(&["regimen", "explain", "R999", "--json"]);
    assert_eq!(none.code, 1);
    assert!(none.out.contains("\"error\""), "{}", none.out);
}

#[test]
fn the_settings_are_a_document_too() {
    let home = Home::new();
    let document = home.json(&["config"]);
    assert_eq!(document["defaults"]["tui"]["lock_minutes"], 10);
    assert!(document["file"].as_str().unwrap().ends_with("settings.toml"), "{document:#}");
}

/// Files that people ask for by name stay what they are.
#[test]
fn what_prints_a_file_prints_that_file() {
    let home = Home::new();
    for (arguments, begins) in [
        (&["regimen", "new", "my-trial"][..], "#"),
        (&["regimen", "schema"], "{"),
        (&["completions", "bash"], "_posology"),
        (&["man"], "."),
    ] {
        let plain = home.run(arguments).out;
        assert_eq!(home.run(&[arguments, &["--json"]].concat()).out, plain, "{arguments:?}");
        assert!(plain.starts_with(begins), "{arguments:?}: {plain:.60}");
    }
    let help = home.run(&["--help"]).out;
    for command in ["regimen new", "regimen schema", "completions", "man", "subject export"] {
        assert!(help.contains(&format!("`{command}`")), "{command}: {help}");
    }
}
