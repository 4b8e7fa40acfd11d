//! Labels, and the stock they are printed on.

use crate::study::LabelSize;

use super::panel::Line;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// Its size in words.
pub(crate) fn size_words(size: LabelSize) -> &'static str {
    match size {
        LabelSize::A4Eight => "A4, eight labels of 99.1 × 67.7 mm",
        LabelSize::LetterTen => "Letter, ten labels of 4 × 2 in",
        LabelSize::Roll => "roll of 102 × 76 mm",
    }
}

/// Width and height of one label, in points.
pub(crate) fn label_size(size: LabelSize) -> (f32, f32) {
    match size {
        LabelSize::Roll => (102.0 * MM, 76.0 * MM),
        LabelSize::LetterTen => (288.0, 144.0),
        LabelSize::A4Eight => (99.1 * MM, 67.7 * MM),
    }
}

/// Width and height of the sheet, in points.
pub(crate) fn sheet_size(size: LabelSize) -> (f32, f32) {
    match size {
        LabelSize::Roll => label_size(size),
        LabelSize::LetterTen => (612.0, 792.0),
        LabelSize::A4Eight => (595.28, 841.89),
    }
}

/// The upper left corners of a sheet's labels, in points: row by row.
pub(crate) fn places(size: LabelSize) -> Vec<(f32, f32)> {
    let (width, height) = label_size(size);
    // Letter: 0.15625 inch at the sides and half an inch above, a gutter of 0.1875 inch between the columns.
    // A4: 4.65 mm at the sides, 13.1 mm above, columns 101.6 mm apart.
    let (left, top, pitch, columns, rows) = match size {
        LabelSize::Roll => (0.0, 0.0, width, 1u8, 1u8),
        LabelSize::LetterTen => (11.25, 36.0, 301.5, 2, 5),
        LabelSize::A4Eight => (4.65 * MM, 13.1 * MM, 101.6 * MM, 2, 4),
    };
    let row =
        |row: u8| (0..columns).map(move |column| (left + f32::from(column) * pitch, top + f32::from(row) * height));
    (0..rows).flat_map(row).collect()
}

/// Labels of one stock.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labels {
    /// What they are printed on.
    pub(crate) size: LabelSize,
    /// In the order in which they are printed.
    pub(crate) labels: Vec<Label>,
}

impl Labels {
    /// What stands on each sheet: as many as it has places, and what goes into the spine on sheets of its own.
    pub(crate) fn sheets(&self) -> Vec<&[Label]> {
        let places = places(self.size).len().max(1);
        let alike = self.labels.chunk_by(|one, other| one.spinal == other.spinal);
        alike.flat_map(|labels| labels.chunks(places)).collect()
    }
}

/// One label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// `TR-01 · S-014`
    pub(crate) who: String,
    /// `Cycle 1 Day 1`
    pub(crate) visit: String,
    /// `Mon 07-Dec-2026`
    pub(crate) date: String,
    /// `DRAFT: not for use`
    pub(crate) draft: Option<String>,
    /// Whether it is for the cerebrospinal fluid.
    pub(crate) spinal: bool,
    /// The drug.
    pub(crate) name: String,
    /// What tells it from another label of the same drug.
    pub(crate) apart: Option<String>,
    /// How it is given, and behind which other drug.
    pub(crate) how: String,
    /// How it is given, where the stock has no room for its place among the others: that stands on the worksheet.
    pub(crate) how_alone: Option<String>,
    /// How much: what is in the bag, or what is taken each time.
    pub(crate) dose: String,
    /// `Bag ____ of ____`; on a small label it stands with what is written by hand.
    pub(crate) pack: Option<String>,
    /// In a frame, each with what stands at its right.
    pub(crate) lines: Vec<(String, String)>,
    /// A remark, below them; left out where the stock is too small for it.
    pub(crate) remark: Option<String>,
    /// Warnings, white on black.
    pub(crate) strips: Vec<String>,
    /// What is written by hand.
    pub(crate) write: Vec<Vec<Line>>,
    /// What the law asks for.
    pub(crate) foot: Vec<String>,
    /// The size of its letters in relation to the usual one: below 1 where the stock has no room for that.
    pub(crate) scale: f32,
}
