//! A regimen file as the start of another.

/// The text under another id: a first version and a draft, with a name that tells it from the original. Who compared the original
/// with its sources has not compared the copy.
///
/// ```
/// let text = "[regimen]\nid = \"a-b\"\nname = \"A + B\"\nversion = \"7\"\n\n[[checked]]\nby = \"X\"\n\n[[drug]]\nid = \"c\"\n";
/// let copy = posology::library::copy::copy(text, "a-b", "a-c");
/// assert_eq!(copy, "[regimen]\nid = \"a-c\"\nname = \"A + B (copy)\"\nversion = \"1\"\n\n[[drug]]\nid = \"c\"\n");
/// ```
pub fn copy(text: &str, old: &str, id: &str) -> String {
    let mut table = "";
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        if line.starts_with('[') {
            table = line.split('#').next().unwrap_or("").trim();
        }
        // The blank line before the next header goes with the table that is left out.
        if table == "[[checked]]" || line.starts_with("#:schema") {
            continue;
        }
        let key = line.split('=').next().unwrap_or("").trim();
        lines.push(match (table, key) {
            ("[regimen]", "id") => line.replacen(&format!("\"{old}\""), &format!("\"{id}\""), 1),
            ("[regimen]", "name") if line.trim_end().ends_with('"') => {
                format!("{} (copy)\"", line.trim_end().trim_end_matches('"'))
            }
            ("[regimen]", "version") => with_value(line, "1"),
            ("[regimen]", "status") => with_value(line, "draft"),
            _ => line.to_owned(),
        });
    }
    lines.join("\n")
}

/// A line `key = "…"  # comment` with another text.
fn with_value(line: &str, value: &str) -> String {
    match line.split_once('"').and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}\"{value}\"{after}"),
        None => line.to_owned(),
    }
}
