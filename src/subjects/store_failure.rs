//! What a store did not do, as a failure of the program: of which kind, and what would be right.

use crate::failure::Failure;
use crate::finding::{Field, Remedy};
use crate::store::StoreError;

/// The code of a failure after which nobody knows whether something was recorded.
pub const UNANSWERED: &str = "unanswered";

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        let failure = match &error {
            StoreError::Absent(_) | StoreError::Unreadable { .. } | StoreError::NotWritten(_) => {
                Failure::unreadable(text)
            }
            StoreError::Unanswered { .. } => Failure { code: UNANSWERED, ..Failure::unreadable(text) },
            StoreError::Refused(_) | StoreError::InTheWay(_) | StoreError::Raced { .. } => Failure::refused(text),
            StoreError::Locked(_) | StoreError::Replaced(_) | StoreError::Interrupted(_) => Failure::busy(text),
            _ => Failure::store(text),
        };
        remedy(&error).into_iter().fold(failure, Failure::remedy)
    }
}

/// What would be right.
fn remedy(error: &StoreError) -> Option<Remedy> {
    let (fields, text): (&[Field], &str) = match error {
        StoreError::Absent(_) => {
            (&[Field::Records, Field::Enrolment], "name the folder of the record, or begin one by enrolling a subject")
        }
        StoreError::Exposed { command, .. } => return Some(format!("close it to others: {command}").into()),
        StoreError::Locked(_) => (&[], "close the other program, or try again in a moment"),
        StoreError::Interrupted(_) => {
            (&[], "let somebody who may write open it once, by looking at any subject; no backup is needed")
        }
        StoreError::Raced { .. } => (&[], "look at the subject again and, if it is still right, record it again"),
        StoreError::Damaged(_) => (
            &[Field::Verification, Field::Backup],
            "look through the whole record for everything that is wrong, and bring a backup back",
        ),
        StoreError::Replaced(_) => (&[], "open the record again, and look whether what you saw is still there"),
        StoreError::Unanswered { .. } => (&[Field::History], "look what stands before you record it again"),
        StoreError::NotWritten(_) => (&[], "make room on the disk, then record it again"),
        StoreError::InTheWay(_) => (&[Field::Replace], "have it replaced"),
        _ => return None,
    };
    Some(Remedy::of(fields, text))
}
