//! Texts as they may be shown: what an older program or an import let into a record is made visible when it is read.

use serde_json::Value;

use crate::writing::{Hidden, hidden, visible};

/// Makes visible what nobody sees in any text of a body.
pub(super) fn texts(body: &mut Value) {
    match body {
        Value::String(text) => {
            if hidden(text).is_some() {
                *text = visible(text).into_owned();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(texts),
        Value::Object(fields) => fields.values_mut().for_each(texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The first character of a body that nobody sees, in a text or a name.
pub(super) fn first_hidden(body: &Value) -> Option<Hidden> {
    match body {
        Value::String(text) => hidden(text),
        Value::Array(list) => list.iter().find_map(first_hidden),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| hidden(name).or_else(|| first_hidden(value))),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether there may be something of the kind in a body of JSON: nothing to look for in plain ASCII without escapes.
pub(super) fn worth_a_look(body: &[u8]) -> bool {
    body.iter().any(|byte| !matches!(byte, b' '..=b'~') || *byte == b'\\')
}
