//! What the ending of a file's name says of its format: nobody opens a table under the name of a page.

use std::path::Path;

use super::{FORMATS, Format};

/// Formats whose files end as this name does; none where the name ends in something that no format has.
pub fn of_ending(path: &Path) -> Vec<&'static Format> {
    let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else { return Vec::new() };
    FORMATS.iter().filter(|format| format.extension.eq_ignore_ascii_case(ending)).collect()
}

/// Why a format is not written under a name: its ending is that of others.
pub fn wrong_ending(format: &Format, path: &Path) -> Option<String> {
    let others = of_ending(path);
    if others.is_empty() || others.iter().any(|one| one.extension == format.extension) {
        return None;
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Some(format!("{name} would hold {}, whose files end in .{}", format.id, format.extension))
}

/// The one format that an ending alone means: that of its name, or the only one; `None` where several are meant.
pub fn meant_by(path: &Path) -> Option<&'static Format> {
    let all = of_ending(path);
    let named = all.iter().find(|format| format.id == format.extension);
    named.or_else(|| all.first().filter(|_| all.len() == 1)).copied()
}

/// The names of formats, to choose from.
pub fn names(formats: &[&Format]) -> String {
    formats.iter().map(|format| format.id).collect::<Vec<_>>().join(", ")
}
