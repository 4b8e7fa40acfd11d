//! Where every key comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::{At, Definition, Keys, OneOrMany, Present, SourceDef, SourcesDef, Table};
use crate::quantity::number::shown;
use crate::regimen::{Provenance, Source};

use super::resolver::{Resolver, TablePath, text};
use super::unique;

/// Ids that need no `[[source]]`.
const BUILT_IN: &[&str] = &[Provenance::UNVERIFIED, "site"];

/// The sources of the file, and which were used.
pub(super) struct Book<'d> {
    defs: &'d [Table<SourceDef>],
    declared: BTreeMap<&'d str, Range<usize>>,
    used: BTreeSet<String>,
    /// Where the values of `[defaults]` stand.
    defaults: Vec<Range<usize>>,
    pruned: bool,
}

impl<'d> Book<'d> {
    pub(super) fn new(resolver: &mut Resolver, definition: &'d Definition) -> Self {
        let ids = || definition.source.iter().filter_map(|def| def.id.as_ref());
        unique(resolver, "sources", ids().map(|at| (at.value.as_str(), at.span.clone())));
        let declared = ids().map(|at| (at.value.as_str(), at.span.clone())).collect();
        let pruned = resolver.already_reported(&(0..0), "source") || resolver.anything_pruned();
        let defaults = definition.defaults.iter().flat_map(|def| def.present()).map(|key| key.span).collect();
        Self { defs: &definition.source, declared, used: BTreeSet::new(), defaults, pruned }
    }

    /// The provenance of one table.
    pub(super) fn table(
        &mut self,
        resolver: &mut Resolver,
        place: &TablePath,
        table: &impl Keys,
        source: Option<&SourcesDef>,
        conflict: Option<&At<BTreeMap<String, String>>>,
    ) -> Provenance {
        let present = table.present();
        let mut by_key = BTreeMap::new();
        match source {
            Some(SourcesDef::All(at)) => {
                self.declared(resolver, at);
                by_key.extend(
                    present.iter().filter(|key| key.needs_source()).map(|key| (key.key.to_owned(), at.value.clone())),
                );
            }
            Some(SourcesDef::ByKey(at)) => by_key = self.lists(resolver, place, &present, &at.value),
            None => {}
        }
        if !resolver.already_reported(&place.span, "source") {
            unlisted(resolver, place, &present, &by_key);
        }
        for key in conflict.iter().flat_map(|at| at.value.keys()) {
            if !present.iter().any(|there| there.key == key) {
                let span = conflict.map_or(0..0, |at| at.span.clone());
                nothing(resolver, place, &span, key, &present);
            }
        }
        let conflict = conflict.map(|at| at.value.clone()).unwrap_or_default();
        let said_once = present.iter().filter(|key| self.defaults.contains(&key.span));
        let by_default = said_once.map(|key| key.key.to_owned()).collect();
        Provenance { by_key, conflict, by_default }
    }

    /// `{ trial = ["dose"], round = "unverified", default = "label" }` to source by key.
    fn lists(
        &mut self,
        resolver: &mut Resolver,
        place: &TablePath,
        present: &[Present],
        entries: &BTreeMap<At<String>, OneOrMany>,
    ) -> BTreeMap<String, String> {
        let mut seen: BTreeMap<&str, (&str, &Range<usize>)> = BTreeMap::new();
        let mut default = None;
        for (name, entry) in entries {
            let pairs: Vec<(&str, &str, &Range<usize>)> = match entry {
                OneOrMany::Many(keys) => {
                    self.declared(resolver, name);
                    keys.value.iter().map(|key| (key.value.as_str(), name.value.as_str(), &key.span)).collect()
                }
                OneOrMany::One(id) => {
                    self.declared(resolver, id);
                    if name.value == "default" {
                        default = Some(id.value.as_str());
                        continue;
                    }
                    vec![(name.value.as_str(), id.value.as_str(), &name.span)]
                }
            };
            for (key, id, span) in pairs {
                if !present.iter().any(|there| there.key == key) {
                    nothing(resolver, place, span, key, present);
                } else if let Some((first, other)) = seen.insert(key, (id, span)) {
                    twice(resolver, place, key, (first, other), (id, span));
                }
            }
        }
        let listed = seen.iter().map(|(key, (id, _))| ((*key).to_owned(), (*id).to_owned()));
        let mut by_key: BTreeMap<String, String> = listed.collect();
        for key in present.iter().filter(|key| key.needs_source()) {
            if let Some(id) = default {
                by_key.entry(key.key.to_owned()).or_insert_with(|| id.to_owned());
            }
        }
        by_key
    }

    /// Notes a use; tells an id that is not declared.
    pub(super) fn declared(&mut self, resolver: &mut Resolver, id: &At<String>) {
        self.used.insert(id.value.clone());
        if BUILT_IN.contains(&id.value.as_str())
            || self.declared.contains_key(id.value.as_str())
            || resolver.was_lost(&["source", "id"])
        {
            return;
        }
        let names: Vec<&str> = self.declared.keys().copied().chain(BUILT_IN.iter().copied()).collect();
        let near = crate::format::parse::nearest(&id.value, &names);
        let text = format!("no [[source]] has the id \"{}\"", shown(&id.value));
        // A near miss is a misspelling; another word may be a source that nobody has described yet.
        let finding = match near {
            Some(near) => Finding::block(codes::UNDECLARED_SOURCE, text).help(format!("did you mean \"{near}\"?")),
            None => Finding::warn(codes::UNDECLARED_SOURCE, text)
                .help(format!("add a [[source]] with id = \"{}\", or write \"unverified\"", shown(&id.value))),
        };
        resolver.tell(finding.at(id.span.clone(), "not declared"));
    }

    /// The sources, once every table has been through.
    pub(super) fn finish(self, resolver: &mut Resolver) -> Option<Vec<Source>> {
        let leads: BTreeSet<&str> = self
            .defs
            .iter()
            .filter(|def| def.retells())
            .filter_map(|def| Some(def.id.as_ref()?.value.as_str()))
            .collect();
        for (id, span) in &self.declared {
            if !self.used.contains(*id) && !leads.contains(id) && !self.pruned {
                let finding =
                    Finding::warn(codes::UNUSED_SOURCE, format!("nothing in the file comes from \"{}\"", shown(id)));
                resolver.tell(finding.at(span.clone(), "not used").help("name it in a `source`, or delete it"));
            }
        }
        resolver.each(self.defs, |resolver, def| {
            let place = TablePath::new("[[source]]", &def.span, "source");
            let id = resolver.words(&place, "id", def.id.as_ref(), "id = \"trial\"");
            let title =
                resolver.words(&place, "title", def.title.as_ref(), "title = \"title of the protocol or label\"");
            Some(Source {
                id: id?,
                title: title?,
                url: text(def.url.as_ref()),
                page: text(def.page.as_ref()),
                says: text(def.says.as_ref()),
                tier: text(def.tier.as_ref()),
            })
        })
    }
}

/// Keys in no list: one finding a table, with a place for each.
fn unlisted(resolver: &mut Resolver, place: &TablePath, present: &[Present], by_key: &BTreeMap<String, String>) {
    let bare: Vec<&Present> =
        present.iter().filter(|key| key.needs_source() && !by_key.contains_key(key.key)).collect();
    if bare.is_empty() {
        return;
    }
    let names: Vec<String> = bare.iter().map(|key| format!("`{}`", key.key)).collect();
    let text = format!("{} does not say where {} comes from", place.name, names.join(", "));
    let quoted: Vec<String> = bare.iter().map(|key| format!("\"{}\"", key.key)).collect();
    let help = format!(
        "list each key under its source, or as not verified: source = {{ unverified = [{}] }}",
        quoted.join(", ")
    );
    let finding = Finding::block(codes::NO_SOURCE, text);
    let finding = bare.iter().fold(finding, |finding, key| finding.at(key.span.clone(), "without a source"));
    resolver.tell(finding.help(help));
}

fn twice(
    resolver: &mut Resolver,
    place: &TablePath,
    key: &str,
    first: (&str, &Range<usize>),
    second: (&str, &Range<usize>),
) {
    let text = format!("`{key}` of {} has two sources, \"{}\" and \"{}\"", place.name, shown(first.0), shown(second.0));
    let finding = Finding::block(codes::TWO_SOURCES, text);
    let finding = finding.at(second.1.clone(), "the second").at(first.1.clone(), "the first");
    resolver.tell(finding.help("keep the one that says it; where they disagree, `conflict` says so"));
}

fn nothing(resolver: &mut Resolver, place: &TablePath, span: &Range<usize>, key: &str, present: &[Present]) {
    if resolver.already_reported(&place.span, key) {
        return;
    }
    let names: Vec<&str> = present.iter().map(|there| there.key).collect();
    let help = match crate::format::parse::nearest(key, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("delete it from the list, or write the key `{}`", shown(key)),
    };
    let text = format!("{} has no key `{}`, so nothing can come from there", place.name, shown(key));
    resolver.block(codes::SOURCE_OF_NOTHING, span, text, &help);
}
