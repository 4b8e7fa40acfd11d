//! The rows as text to paste into a file. Every figure is left open: a file that holds one still open does not load.

use super::about::{MissingRow, Untouched};

/// The rows in tables `[[example]]`, one for each kind of subject.
pub fn text(gaps: &[Untouched]) -> String {
    let mut subjects: Vec<&str> = Vec::new();
    for gap in gaps.iter().filter(|gap| !matches!(gap.row, MissingRow::Advise(_))) {
        if !subjects.contains(&gap.subject.as_str()) {
            subjects.push(&gap.subject);
        }
    }
    let planned = subjects.into_iter().map(|subject| planned(gaps, subject));
    let advised = gaps.iter().filter_map(|gap| match &gap.row {
        MissingRow::Advise(found) => Some(format!(
            "# {}\n[[example]]\nworked_by = \"\"\nfound     = {{ {found} }}\nadvise    = {{ }}\n",
            gap.what
        )),
        MissingRow::Expect { .. } | MissingRow::Administrations => None,
    });
    planned.chain(advised).collect::<Vec<_>>().join("\n")
}

fn planned(gaps: &[Untouched], subject: &str) -> String {
    let (keys, remark) = match subject.strip_prefix("# ") {
        Some(remark) => (String::new(), format!("  # {remark}")),
        None if subject.is_empty() => (String::new(), String::new()),
        None => (format!(", {subject}"), String::new()),
    };
    let mut text = format!(
        "[[example]]\nworked_by = \"\"\nsubject   = {{ height = \"\", weight = \"\"{keys} }}{remark}\nstart     = \nexpect    = [\n"
    );
    for (place, open, what) in merged(gaps.iter().filter(|gap| gap.subject == subject)) {
        text.push_str(&format!("  {{ {place}, {} }},  # {}\n", open.join(", "), what.join("; ")));
    }
    let counts = gaps.iter().any(|gap| gap.subject == subject && gap.row == MissingRow::Administrations);
    text.push_str("]\n");
    if counts {
        text.push_str("administrations =   # in all, of every drug\n");
    }
    text
}

/// What is asked of one place: the place, the keys left open, and each of them in words.
type Asked<'g> = (&'g str, Vec<&'g str>, Vec<&'g str>);

/// The rows of one place as one; of a place where nothing is given, and of two doses, each stays a row of its own.
fn merged<'g>(gaps: impl Iterator<Item = &'g Untouched>) -> Vec<Asked<'g>> {
    let mut rows: Vec<Asked<'g>> = Vec::new();
    for gap in gaps {
        let MissingRow::Expect { place, open } = &gap.row else { continue };
        let alone = |keys: &[&str]| keys.iter().any(|key| *key == open || key.starts_with("absent"));
        let known = rows.iter_mut().find(|(at, keys, _)| at == place && !alone(keys) && !open.starts_with("absent"));
        match known {
            Some((_, keys, what)) => {
                keys.push(open);
                what.push(&gap.what);
            }
            None => rows.push((place, vec![open], vec![&gap.what])),
        }
    }
    rows
}
