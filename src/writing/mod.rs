//! What people write, as writing: letters nobody sees, one person under two spellings, what gives a person away.
//!
//! A text that somebody typed, pasted or put into a file is kept for years and shown on terminals, pages and in other
//! people's software. What would change how the lines around it read is refused where it comes in and made visible
//! where it goes out.

pub mod hidden;
pub mod person;
pub mod personal;

pub use hidden::{Hidden, hidden, is_hidden, is_steering, steering, visible, visible_lines};
pub use person::{names_somebody, same_person};
pub use personal::Personal;

/// What is wrong with a file of settings, on one line: `line 3: invalid string`.
pub fn toml_fault(text: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    match error.span() {
        Some(span) => {
            let before = text.as_bytes().iter().take(span.start);
            format!("line {}: {message}", before.filter(|byte| **byte == b'\n').count() + 1)
        }
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fault_of_a_file_is_one_line_that_names_its_line() {
        let text = "a = 1\nb = \"x\ny = 2\n";
        let error = toml::from_str::<toml::Table>(text).unwrap_err();
        let told = super::toml_fault(text, &error);
        assert!(told.starts_with("line 2: "), "{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}
