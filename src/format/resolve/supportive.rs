//! `supportive_care` and `[[checked]]`.

use crate::format::codes;
use crate::format::definition::{CheckedDef, Definition, RegimenDef, SupportiveDef, Table, TextOr};
use crate::quantity::number::shown;
use crate::regimen::{Checked, SupportiveCare};

use super::example;
use super::resolver::{Read, Resolver, TablePath, text, texts};
use super::source::Book;

/// The word for none of it.
const NONE: &str = "not included";
const HELP: &str =
    "write \"not included\", { listed_in = \"protocol\" } or { lacks = \"antiemetics\" }, with what is missing";

/// What the file says of its supportive care; `None` inside where it says nothing.
pub(super) fn supportive(
    resolver: &mut Resolver,
    book: &mut Book,
    head: Option<&Table<RegimenDef>>,
) -> Read<Option<SupportiveCare>> {
    let Some(said) = head.and_then(|head| head.supportive_care.as_ref()) else { return Some(None) };
    match said {
        TextOr::Text(at) if at.value == NONE => Some(Some(SupportiveCare::NotIncluded)),
        TextOr::Text(at) => {
            let told = format!("`supportive_care` is \"{}\", which is none of its words", shown(&at.value));
            resolver.block(codes::WORD, &at.span, told, HELP);
            None
        }
        TextOr::Table(at) => table(resolver, book, &at.value, &at.span).map(Some),
    }
}

fn table(
    resolver: &mut Resolver,
    book: &mut Book,
    def: &SupportiveDef,
    span: &std::ops::Range<usize>,
) -> Option<SupportiveCare> {
    if let Some(at) = &def.listed_in {
        book.declared(resolver, at);
    }
    let when_required = texts(def.when_required.as_ref());
    match (text(def.listed_in.as_ref()), text(def.lacks.as_ref())) {
        (source, Some(lacks)) => Some(SupportiveCare::Partial { lacks, source, when_required }),
        (Some(source), None) => Some(SupportiveCare::AsListed { source, when_required }),
        (None, None) => {
            let told = "`supportive_care` says neither whose list stands in the file nor what is missing".to_owned();
            resolver.block(codes::ONE_OF, span, told, HELP);
            None
        }
    }
}

/// Who compared the file with what, in the order of the file.
pub(super) fn checked(resolver: &mut Resolver, book: &mut Book, file: &Definition) -> Option<Vec<Checked>> {
    resolver.each(&file.checked, |resolver, def| one(resolver, book, def))
}

fn one(resolver: &mut Resolver, book: &mut Book, def: &Table<CheckedDef>) -> Option<Checked> {
    let place = TablePath::new("[[checked]]", &def.span, "checked");
    let by = resolver.words(&place, "by", def.by.as_ref(), "by = \"who compared it\"");
    let on = resolver.need(&place, "on", def.on.as_ref(), "on = 2026-12-07");
    let on = on.and_then(|at| example::date(resolver, at));
    let against = resolver.need(&place, "against", def.against.as_ref(), "against = [\"protocol\"]");
    for at in against.iter().flat_map(|at| &at.value) {
        book.declared(resolver, at);
    }
    Some(Checked { by: by?, on: on?, against: texts(Some(against?)), what: text(def.what.as_ref()) })
}
