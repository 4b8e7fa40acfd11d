//! A source of figures.

/// A document that figures come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Short name.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Where it was read.
    pub url: Option<String>,
    /// Page, section or table of the document.
    pub page: Option<String>,
    /// What it says.
    pub says: Option<String>,
    /// The collector's grade.
    pub tier: Option<String>,
}

impl Source {
    /// The tier of a page that only retells the document, so that nothing taken from it is verified.
    pub(crate) const RETOLD: &'static str = "C";

    /// Whether this is such a page.
    pub fn retells(&self) -> bool {
        self.tier.as_deref().is_some_and(Self::is_retelling)
    }

    /// Whether a tier, as typed, is that of a retelling.
    pub(crate) fn is_retelling(tier: &str) -> bool {
        tier.trim().eq_ignore_ascii_case(Self::RETOLD)
    }
}
