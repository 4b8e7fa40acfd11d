//! What stands between the cells of a list that somebody typed.

/// Of the line with the names of the columns: spreadsheets of many countries write semicolons.
pub(super) fn of(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}
