//! What is assigned to a subject.

/// A cohort of an escalation, or an arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Short name.
    pub id: String,
    /// The name people use.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
}
