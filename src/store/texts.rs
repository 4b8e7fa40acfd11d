//! What people typed, kept apart from the events that name it, so that a text can be taken away for good
//! and the chain still verifies.
//!
//! In a body that is stored, `"reason": "came on foot"` is `"reason": {"text": "<id>"}`, and the id is the
//! SHA-256 of 16 random bytes and the text. Whoever reads an event gets the text in its place again.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::hash::sha256;

/// The members of a body that hold what people typed, or repeat it.
pub const FREE: &[&str] = &["reason", "found", "text", "differences", "remark"];

/// What stands in the place of a text that was redacted.
pub const REDACTED: &str = "[redacted]";

/// The kind of the event that takes texts away; its body names them by their ids.
pub const KIND_OF_REDACTION: &str = "redacted";

/// Random bytes before a text, so that nobody finds a short text by trying.
pub type Salt = [u8; 16];

/// A text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeText {
    /// SHA-256 of salt and value, hexadecimal.
    pub id: String,
    /// Random bytes.
    pub salt: Vec<u8>,
    /// What was typed.
    pub value: String,
}

impl FreeText {
    /// A text with the id that follows from it.
    pub fn new(salt: Salt, value: String) -> Self {
        let id = id(&salt, &value);
        Self { id, salt: salt.to_vec(), value }
    }

    /// Whether the text is the one its id says.
    pub fn holds(&self) -> bool {
        id(&self.salt, &self.value) == self.id
    }
}

fn id(salt: &[u8], value: &str) -> String {
    sha256(&[salt, value.as_bytes()].concat())
}

/// A body without its texts, and they. What is no JSON, or holds none, stays byte for byte.
pub fn taken_out<E>(body: &[u8], salt: &mut dyn FnMut() -> Result<Salt, E>) -> Result<(Vec<u8>, Vec<FreeText>), E> {
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else { return Ok((body.to_vec(), Vec::new())) };
    let mut texts = Vec::new();
    take(&mut value, false, salt, &mut texts)?;
    let body = if texts.is_empty() { body.to_vec() } else { value.to_string().into_bytes() };
    Ok((body, texts))
}

fn take<E>(
    value: &mut Value,
    free: bool,
    salt: &mut dyn FnMut() -> Result<Salt, E>,
    texts: &mut Vec<FreeText>,
) -> Result<(), E> {
    match value {
        Value::String(text) if free => {
            let text = FreeText::new(salt()?, std::mem::take(text));
            *value = Value::Object(Map::from_iter([("text".to_owned(), Value::String(text.id.clone()))]));
            texts.push(text);
        }
        Value::Array(all) => all.iter_mut().try_for_each(|one| take(one, free, salt, texts))?,
        Value::Object(members) if reference(members).is_none() => {
            for (name, member) in members {
                take(member, FREE.contains(&name.as_str()), salt, texts)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The id that an object names, where it does nothing else.
fn reference(members: &Map<String, Value>) -> Option<&str> {
    let id = members.get("text").filter(|_| members.len() == 1)?.as_str()?;
    (id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

/// The ids of the texts that a stored body names.
pub fn named(body: &[u8]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    if mentions(body)
        && let Ok(value) = serde_json::from_slice::<Value>(body)
    {
        collect(&value, &mut ids);
    }
    ids
}

/// Most bodies name none: that is told without reading them as JSON.
fn mentions(body: &[u8]) -> bool {
    const MARK: &[u8] = b"{\"text\":\"";
    body.windows(MARK.len()).any(|window| window == MARK)
}

/// Whether a body holds an id anywhere.
pub fn mentions_id(body: &[u8], id: &str) -> bool {
    !id.is_empty() && body.windows(id.len()).any(|window| window == id.as_bytes())
}

fn collect(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, ids)),
        Value::Object(members) => match reference(members) {
            Some(id) => drop(ids.insert(id.to_owned())),
            None => members.values().for_each(|one| collect(one, ids)),
        },
        _ => {}
    }
}

/// A stored body with its texts in their places.
pub fn put_back<E>(body: &[u8], text: &mut dyn FnMut(&str) -> Result<String, E>) -> Result<Vec<u8>, E> {
    let parsed = if mentions(body) { serde_json::from_slice::<Value>(body).ok() } else { None };
    let Some(mut value) = parsed else { return Ok(body.to_vec()) };
    put(&mut value, text)?;
    Ok(value.to_string().into_bytes())
}

fn put<E>(value: &mut Value, text: &mut dyn FnMut(&str) -> Result<String, E>) -> Result<(), E> {
    match value {
        Value::Array(all) => all.iter_mut().try_for_each(|one| put(one, text))?,
        Value::Object(members) => match reference(members).map(str::to_owned) {
            Some(id) => *value = Value::String(text(&id)?),
            None => members.values_mut().try_for_each(|one| put(one, text))?,
        },
        _ => {}
    }
    Ok(())
}
