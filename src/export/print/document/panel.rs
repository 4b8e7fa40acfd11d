//! One drug of a worksheet.

/// A drug in its frame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    /// Its number in the visit.
    pub(crate) number: String,
    /// Its name.
    pub(crate) name: String,
    /// How it is given.
    pub(crate) how: String,
    /// How its dose came about, step by step.
    pub(crate) working: Vec<String>,
    /// The dose: the largest thing of the panel.
    pub(crate) figure: String,
    /// Volume, diluent, concentration, length, rate.
    pub(crate) boxes: Vec<Boxed>,
    /// Warnings, white on black.
    pub(crate) strips: Vec<String>,
    /// Remarks in small letters.
    pub(crate) notes: Vec<String>,
    /// What is written by hand, row by row.
    pub(crate) lines: Vec<Vec<Line>>,
}

/// A captioned figure; a line to write on where nobody knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Boxed {
    /// What it is.
    pub(crate) caption: String,
    /// The figure; empty where it is written by hand.
    pub(crate) value: String,
    /// Behind the line to write on.
    pub(crate) unit: String,
    /// A remark below.
    pub(crate) below: String,
    /// Share of the width.
    pub(crate) share: u16,
}

/// A label with a line to write on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Whether a box to tick stands before it.
    pub(crate) tick: bool,
    /// The label.
    pub(crate) label: String,
    /// Share of the width.
    pub(crate) share: u16,
}

impl Line {
    /// A label with room behind it.
    pub(crate) fn new(label: &str, share: u16) -> Self {
        Self { tick: false, label: label.to_owned(), share }
    }

    /// The same behind a box to tick.
    pub(crate) fn tick(label: &str, share: u16) -> Self {
        Self { tick: true, ..Self::new(label, share) }
    }
}
