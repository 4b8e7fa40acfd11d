//! What the deserializer says, in words that help.

use toml::de::Error;

use super::fields::Tables;
use super::prune::Cut;
use crate::finding::Finding;
use crate::format::codes;
use crate::quantity::names::nearest;
use crate::quantity::number::shown;

/// The finding of an error at an entry, and the key that a misspelt one was probably meant to be.
pub(super) fn finding(error: &Error, cut: Option<&Cut>, tables: &Tables) -> (Finding, Option<String>) {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let (finding, meant) = match message.strip_prefix("unknown field `") {
        Some(rest) => unknown(rest, cut, tables),
        None => (wrong_type(message, cut), None),
    };
    (finding.at(span, ""), meant)
}

/// The words between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn unknown(rest: &str, cut: Option<&Cut>, tables: &Tables) -> (Finding, Option<String>) {
    let (key, allowed) = rest.split_once('`').unwrap_or((rest, ""));
    let allowed = quoted(allowed);
    let place = cut.map_or("the top of the file", |cut| place(&cut.path, tables));
    let text = format!("`{}` is not a key of {place}", shown(key));
    let meant = nearest(key, &allowed);
    let near = meant.map(|near| format!("did you mean `{near}`?"));
    let others: Vec<&str> =
        tables.iter().filter(|(name, keys)| *name != place && keys.contains(&key)).map(|(name, _)| *name).collect();
    let elsewhere = (!others.is_empty()).then(|| format!("`{key}` belongs to {}", others.join(", ")));
    let help = match (near, elsewhere) {
        (Some(near), Some(elsewhere)) => format!("{near} ({elsewhere})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => format!("the keys here are {}", allowed.join(", ")),
    };
    (Finding::block(codes::UNKNOWN_KEY, text).help(help), meant.map(str::to_owned))
}

/// A path of keys as it stands in a file.
fn place(path: &str, tables: &Tables) -> &'static str {
    let last = path.rsplit('.').next().unwrap_or(path);
    let named =
        |name: &str| tables.iter().map(|(table, _)| *table).find(|table| table.trim_matches(['[', ']']) == name);
    match last {
        "" => "the top of the file",
        "to" => "a step of reduce",
        "age" | "weight" | "bsa" | "until" => "a range",
        "gfr" if path.contains("when") || path.contains("eligibility") || path.contains("table") => "a range",
        name => named(name).unwrap_or("this table"),
    }
}

/// Keys whose value is a figure with a unit, a date, a list …: what to write, by key.
const EXAMPLES: &[(&str, &str)] = &[
    ("dose", "\"70 mg/m2\""),
    ("total", "\"2400 mg/m2\""),
    (
        "table",
        "[{ weight = { below = \"60 kg\" }, dose = \"8 mg\" }, { weight = { from = \"60 kg\" }, dose = \"12 mg\" }]",
    ),
    ("dose_per_day", "\"1000 mg/m2\""),
    ("cycle_total", "\"28000 mg/m2\""),
    ("over", "\"90 minutes\""),
    ("early", "\"0 days\""),
    ("late", "\"3 days\""),
    ("least_gap", "\"7 days\""),
    ("stop_after", "\"28 days\""),
    ("longest", "\"28 days\""),
    ("lasts", "\"7 days\""),
    ("length", "\"14 days\""),
    ("bsa_cap", "\"2.2 m2\""),
    ("bsa_places", "2"),
    ("places", "0"),
    ("weight", "\"65 kg\""),
    ("height", "\"170 cm\""),
    ("age", "\"46 years\""),
    ("creatinine", "\"0.8 mg/dL\""),
    ("gfr", "\"85 mL/min\""),
    ("percent", "\"75 %\""),
    ("within", "\"5 %\""),
    ("version", "\"1\""),
    ("format", "1"),
    ("adjusted_factor", "\"0.4\""),
    ("days", "[1, 8, 15], { from = 1, through = 14 } or \"every day\""),
    ("start", "2026-12-07"),
    ("date", "2026-12-07"),
    ("amended", "2026-12-07"),
    ("read", "2026-12-07"),
    ("on", "2026-12-07"),
    ("supportive_care", "\"not included\" or { listed_in = \"protocol\" }"),
    ("checked", "a [[checked]] table, with two brackets"),
    ("window", "{ early = \"0 days\", late = \"3 days\" }"),
    ("count", "{ planned = 6 }"),
    ("round", "{ nearest = \"1 mg\", ties = \"up\" }"),
    ("reduce", "{ to = [\"50 mg/m2\"], then = \"stop this drug\", raise_again = \"never\" }"),
    ("subject", "{ height = \"170 cm\", weight = \"65 kg\" }"),
    ("also", "[\"another spelling\"]"),
    ("stop", "[\"disease progression\"]"),
    ("tablets", "[\"150 mg\", \"500 mg\"]"),
    ("drug", "a [[drug]] table, with two brackets"),
    ("source", "a [[source]] table, with two brackets"),
    ("example", "an [[example]] table, with two brackets"),
    ("phase", "a [[phase]] table, with two brackets"),
    ("assessment", "an [[assessment]] table, with two brackets"),
    ("criterion", "a [[criterion]] table, with two brackets"),
    ("rule", "a [[rule]] table, with two brackets"),
    ("cohort", "a [[cohort]] table, with two brackets"),
    ("lifetime", "a [[lifetime]] table, with two brackets"),
    ("counts", "{ doxorubicin = \"1\", epirubicin = \"0.8\" }"),
    ("ramp", "[{ dose = \"20 mg\", lasts = \"7 days\" }]"),
    ("dilute", "{ fluid = \"sodium chloride 0.9 %\", volume = \"250 mL\" }"),
    ("never", "[\"sodium chloride 0.9 %\"]"),
    ("rows", "[{ below = \"1.5 10^9/L\", do = \"hold\" }, { from = \"1.5 10^9/L\", do = \"treat\" }]"),
];

fn wrong_type(message: &str, cut: Option<&Cut>) -> Finding {
    let key = cut.map_or("", |cut| cut.pruned.key.as_str());
    let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    else {
        return Finding::block(codes::WRONG_TYPE, format!("`{}`: {}", shown(key), shown(message)));
    };
    let found = plain(found);
    let text = match found {
        "a bare number" => format!("`{}` is a bare number, and a number always has its unit, in one text", shown(key)),
        "a list" if expected.contains("table") || expected.starts_with("struct") => {
            format!("`{}` is a list, and its parts are told by their names, not by their order", shown(key))
        }
        _ => format!("`{}` is {found}, where {} is expected", shown(key), wanted(expected)),
    };
    let text = if found == "a bare number" && !expected.contains("string") {
        format!("`{}` is a number, where {} is expected", shown(key), wanted(expected))
    } else {
        text
    };
    let at_top = cut.is_some_and(|cut| cut.path.is_empty());
    let example =
        EXAMPLES.iter().filter(|(_, example)| at_top || !example.contains("[[")).find(|(name, _)| *name == key);
    let finding = Finding::block(codes::WRONG_TYPE, text);
    match example {
        Some((_, example)) if example.contains("[[") => finding.help(format!("write {example}")),
        Some((_, example)) if cut.is_none_or(|cut| !cut.element) => {
            finding.help(format!("write for example {key} = {example}"))
        }
        _ => finding.help(format!("write {}", wanted(expected))),
    }
}

/// A kind of value in plain words.
fn plain(found: &str) -> &'static str {
    const KINDS: &[(&str, &str)] = &[
        ("integer", "a bare number"),
        ("floating point", "a bare number"),
        ("string", "a text"),
        ("boolean", "true or false"),
        ("sequence", "a list"),
        ("map", "a table or a date"),
    ];
    KINDS.iter().find(|(kind, _)| found.starts_with(kind)).map_or("something else", |(_, plain)| plain)
}

fn wanted(expected: &str) -> String {
    const KINDS: &[(&str, &str)] = &[
        ("a string", "a text in quotes"),
        ("i64", "a whole number"),
        ("u32", "a whole number"),
        ("a boolean", "true or false"),
        ("a sequence", "a list in square brackets"),
        ("struct ", "a table"),
        ("a map", "a table"),
        ("a datetime", "a date such as 2026-12-07"),
        ("a TOML datetime", "a date such as 2026-12-07"),
    ];
    KINDS
        .iter()
        .find(|(kind, _)| expected.starts_with(kind))
        .map_or_else(|| shown(expected), |(_, plain)| (*plain).to_owned())
}
