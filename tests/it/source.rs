//! The source as tokens, so that what a test says of it holds for groups over several lines, for aliases
//! and for the bodies of macros alike. Comments and text in quotes are no tokens that matter here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// `plan::build` as its names.
pub type Module = Vec<String>;

/// A path as it is written: where it is written, its names, and what a `use` binds it to.
#[derive(Debug, Clone)]
struct Mention {
    file: String,
    line: usize,
    module: Module,
    names: Vec<String>,
    import: Option<Import>,
}

/// What a `use` brings into its module.
#[derive(Debug, Clone)]
struct Import {
    /// The name it is known by here; `None` for `*`.
    name: Option<String>,
    /// A re-export: its file is a door, and needs what is behind it only where it names it itself.
    public: bool,
}

/// A path found in the source, resolved.
#[derive(Debug, Clone)]
pub struct Found {
    /// The file it is written in, such as `plan/build.rs`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The names from the root of its crate: `crate::plan::Plan`, `std::fs::read`.
    pub path: Vec<String>,
    /// The file where the named thing lives, re-exports followed; of this crate only.
    pub lives: Option<String>,
    /// A re-export that this file itself does not use.
    pub door: bool,
}

/// Files of one crate.
#[derive(Debug, Default)]
pub struct Crate {
    modules: BTreeMap<Module, String>,
    mentions: Vec<Mention>,
    words: Vec<(String, usize, String)>,
    found: Vec<Found>,
}

/// Every Rust file below a folder: its path from there, its text.
pub fn files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root).unwrap().components();
                let name: Vec<_> = name.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                found.push((name.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// `plan/build.rs`, `plan/mod.rs`, `lib.rs` → `plan::build`, `plan`, the root.
fn module_of(file: &str) -> Module {
    let mut names: Module = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod") || file == "lib.rs" || file == "main.rs" {
        names.pop();
    }
    names
}

impl Crate {
    /// Reads the files of a crate.
    pub fn read(files: &[(String, String)]) -> Self {
        let mut read = Self::default();
        for (file, text) in files.iter().filter(|(file, _)| file != "main.rs") {
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
            let module = module_of(file);
            read.modules.insert(module.clone(), file.clone());
            read.read_words(file, tokens.clone());
            let tokens: Vec<TokenTree> = tokens.into_iter().collect();
            Walk { read: &mut read, file, module }.tokens(&tokens);
        }
        read.found = read.resolved();
        read
    }

    fn read_words(&mut self, file: &str, tokens: TokenStream) {
        let mut forwarded = false;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    forwarded = name == "forward_to_deserialize_any";
                    self.words.push((file.to_owned(), name.span().start().line, name.to_string()));
                }
                TokenTree::Group(group) if !forwarded => self.read_words(file, group.stream()),
                _ => {}
            }
        }
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.values().map(String::as_str)
    }

    /// Every name: its file, its line. (The types that serde is told to forward are listed by their names
    /// and used nowhere.)
    pub fn words(&self) -> impl Iterator<Item = (&str, usize, &str)> {
        self.words.iter().map(|(file, line, word)| (file.as_str(), *line, word.as_str()))
    }

    /// Every `use a::*` of a module of this crate that is not the one above: it hides what is used.
    pub fn stars(&self) -> Vec<String> {
        let star = |mention: &&Mention| mention.import.as_ref().is_some_and(|import| import.name.is_none());
        let module = |mention: &&Mention| mention.names.last().is_some_and(|name| name.starts_with(char::is_lowercase));
        let stars = self.mentions.iter().filter(star).filter(module).filter(|mention| mention.names != ["super"]);
        stars.map(|mention| format!("{}: use {}::*", mention.file, mention.names.join("::"))).collect()
    }

    /// Every path of the source that can be followed: of this crate, or of another by its name.
    pub fn paths(&self) -> &[Found] {
        &self.found
    }

    fn resolved(&self) -> Vec<Found> {
        let mut imports: BTreeMap<Module, Vec<&Mention>> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|mention| mention.import.is_some()) {
            imports.entry(mention.module.clone()).or_default().push(mention);
        }
        // The re-exports that a file names beyond the `use` itself.
        let named: BTreeSet<(&Module, &str)> = self
            .mentions
            .iter()
            .filter(|mention| mention.import.is_none())
            .map(|mention| (&mention.module, mention.names[0].as_str()))
            .collect();
        let scope = Scope { modules: &self.modules, imports: &imports };
        let mut followed = BTreeMap::new();
        let mut found = Vec::new();
        for mention in &self.mentions {
            let door = mention.import.as_ref().is_some_and(|import| {
                import.public && !import.name.as_deref().is_some_and(|name| named.contains(&(&mention.module, name)))
            });
            let follow = || {
                let path = scope.written(&mention.module, &mention.names, 0)?;
                let lives = (path[0] == "crate").then(|| scope.lives(&path[1..], 0)).flatten();
                Some((path, lives))
            };
            let key = (&mention.module, mention.names.as_slice());
            if let Some((path, lives)) = followed.entry(key).or_insert_with(follow).clone() {
                found.push(Found { file: mention.file.clone(), line: mention.line, path, lives, door });
            }
        }
        found
    }
}

/// What a name means where it is written.
struct Scope<'a> {
    modules: &'a BTreeMap<Module, String>,
    imports: &'a BTreeMap<Module, Vec<&'a Mention>>,
}

/// Re-exports of re-exports end somewhere; a circle of them does not compile.
const DEEP: usize = 12;

impl Scope<'_> {
    /// A path from the root of its crate; `None` for a name of the file itself.
    fn written(&self, here: &Module, names: &[String], depth: usize) -> Option<Vec<String>> {
        let absolute = |module: &[String], rest: &[String]| Some([&["crate".to_owned()], module, rest].concat());
        match names.first()?.as_str() {
            "crate" => Some(names.to_vec()),
            "self" | "super" => {
                let up = names.iter().take_while(|name| *name == "self" || *name == "super").count();
                let floors = names[..up].iter().filter(|name| *name == "super").count();
                absolute(&here[..here.len().checked_sub(floors)?], &names[up..])
            }
            first => {
                // The head of a longer path is a module sooner than a function of the same name.
                let child = [here.as_slice(), &[first.to_owned()]].concat();
                if names.len() > 1 && self.modules.contains_key(&child) {
                    return absolute(here, names);
                }
                let mine = self.imports.get(here).into_iter().flatten();
                let bound = |import: &Import| import.name.as_deref() == Some(first);
                let itself = |mention: &Mention| mention.names.len() == 1 && mention.names[0] == first;
                let import = mine
                    .filter(|mention| mention.import.as_ref().is_some_and(bound) && !itself(mention))
                    .find(|mention| mention.names != names);
                if let Some(import) = import.filter(|_| depth < DEEP) {
                    let base = self.written(&import.module, &import.names, depth + 1);
                    let base = base.unwrap_or_else(|| import.names.clone());
                    return Some([&base, &names[1..]].concat());
                }
                // A name alone is a variable sooner than a module or a crate.
                if names.len() == 1 {
                    return None;
                }
                first.starts_with(|c: char| c.is_ascii_lowercase()).then(|| names.to_vec())
            }
        }
    }

    /// The file where a thing lives: down the modules as far as they go, then through a re-export.
    fn lives(&self, names: &[String], depth: usize) -> Option<String> {
        let deepest = (0..=names.len()).rev().find(|length| self.modules.contains_key(&names[..*length]))?;
        let module = names[..deepest].to_vec();
        if let Some(next) = names.get(deepest).filter(|_| depth < DEEP) {
            for mention in self.imports.get(&module).into_iter().flatten() {
                if mention.import.as_ref().and_then(|import| import.name.as_ref()) != Some(next) {
                    continue;
                }
                let target = self.written(&module, &mention.names, depth + 1);
                if let Some(target) = target.filter(|target| target[0] == "crate" && target[1..] != *names) {
                    return self.lives(&[&target[1..], &names[deepest + 1..]].concat(), depth + 1);
                }
            }
        }
        (!module.is_empty()).then(|| self.modules[&module].clone())
    }
}

/// Goes through the tokens of one file.
struct Walk<'a> {
    read: &'a mut Crate,
    file: &'a str,
    module: Module,
}

impl Walk<'_> {
    fn tokens(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            at = self.one(tokens, at);
        }
    }

    /// Reads what begins at a token; where the next begins.
    fn one(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        match &tokens[at] {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                // `pub(in crate::a)` opens a door and goes through none.
                if !(word(inner.first(), "in") && word(before(1), "pub")) {
                    assert!(!elsewhere(group), "{}: #[path] hides a module from this test", self.file);
                    self.tokens(&inner);
                }
                at + 1
            }
            TokenTree::Ident(name) if name == "mod" => match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(TokenTree::Ident(name)), Some(TokenTree::Group(group))) => {
                    self.module.push(name.to_string());
                    self.read.modules.insert(self.module.clone(), self.file.to_owned());
                    self.tokens(&group.stream().into_iter().collect::<Vec<_>>());
                    self.module.pop();
                    at + 3
                }
                _ => at + 2,
            },
            // Not the `use<'a>` of a type.
            TokenTree::Ident(name) if name == "use" && !mark(tokens.get(at + 1), '<') => {
                let restricted = matches!(before(1), Some(TokenTree::Group(_))) && word(before(2), "pub");
                self.tree(tokens, at + 1, &[], Some(restricted || word(before(1), "pub")))
            }
            TokenTree::Ident(name) => {
                let field = mark(before(1), '.') && !mark(before(2), '.');
                // What follows a `::` is a tail (`<T as A>::b`), unless the path begins with it.
                let tail = double(tokens, at.wrapping_sub(2))
                    && match before(3) {
                        Some(TokenTree::Punct(end)) => end.as_char() == '>' && !mark(before(4), '-'),
                        head => head.is_some(),
                    };
                let variable = mark(before(1), '$') && name != "crate";
                if field || tail || variable { at + 1 } else { self.tree(tokens, at, &[], None) }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at + 1,
        }
    }

    /// A path with its groups: `a::b`, `a::{b, c::{self, d}}`, `a::*`, `a as b`. Where the next token is.
    fn tree(&mut self, tokens: &[TokenTree], at: usize, above: &[String], using: Option<bool>) -> usize {
        let mut names = above.to_vec();
        let mut line = 0;
        let import = |name| using.map(|public| Import { name, public });
        // A `use` may begin with `::`, which names a crate.
        let mut at = if double(tokens, at) { at + 2 } else { at };
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(name)) => {
                    line = name.span().start().line;
                    names.push(name.to_string());
                    at += 1;
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for item in inner.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','))
                    {
                        self.tree(item, 0, &names, using);
                    }
                    return at + 1;
                }
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                    self.mention(&names, line, import(None));
                    return at + 1;
                }
                _ => break,
            }
            if !double(tokens, at) {
                break;
            }
            at += 2;
        }
        if names.len() == above.len() {
            return at;
        }
        // `a::{self}` is `a`.
        if names.len() > 1 && names.last().is_some_and(|last| last == "self") {
            names.pop();
        }
        let mut name = names.last().cloned();
        if using.is_some() && word(tokens.get(at), "as") {
            name = tokens.get(at + 1).map(ToString::to_string);
            at += 2;
        }
        self.mention(&names, line, import(name));
        at
    }

    fn mention(&mut self, names: &[String], line: usize, import: Option<Import>) {
        let names = names.iter().map(|name| name.trim_start_matches("r#").to_owned()).collect();
        let (file, module) = (self.file.to_owned(), self.module.clone());
        self.read.mentions.push(Mention { file, line, module, names, import });
    }
}

fn word(token: Option<&TokenTree>, text: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if name == text)
}

fn mark(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// `::` begins here.
fn double(tokens: &[TokenTree], at: usize) -> bool {
    mark(tokens.get(at), ':') && mark(tokens.get(at.wrapping_add(1)), ':')
}

/// `[path = "…"]` of an attribute.
fn elsewhere(group: &Group) -> bool {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    group.delimiter() == Delimiter::Bracket && word(inner.first(), "path") && mark(inner.get(1), '=')
}
