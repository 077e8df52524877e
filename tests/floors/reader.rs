//! Reads which items a source file defines and which paths it names: use-trees, inline paths, re-exports and paths in
//! attributes. It works on tokens, so that comments, strings and macros cannot mislead it. Items under `#[cfg(test)]`
//! are left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A source file, as far as other files are concerned.
#[derive(Default)]
pub(crate) struct Source {
    /// Names of functions, types, constants and macros at the top of the file.
    items: BTreeSet<String>,
    /// Names of public types, with `pub` of any reach.
    pub(crate) types: Vec<String>,
    /// Names that `use` brings into scope, each with its path.
    uses: BTreeMap<String, Vec<String>>,
    /// Paths of `use …::*`.
    globs: Vec<Vec<String>>,
    /// All paths of two segments or more, and those of `use`.
    pub(crate) paths: BTreeSet<Vec<String>>,
}

/// All files of a crate by their module path, such as `plan::desk`; the root is the empty string.
pub(crate) struct Crate {
    pub(crate) sources: BTreeMap<String, Source>,
}

/// The target of a path.
enum Target {
    Module(String),
    /// Something defined in this module.
    Item(String),
    /// Another crate, or a name that is local to a function.
    Elsewhere,
}

impl Source {
    pub(crate) fn read(text: &str) -> Self {
        let mut source = Self::default();
        let tokens: TokenStream = text.parse().expect("the compiler has read it");
        source.walk(tokens, true);
        source
    }

    /// Whether it names items of another crate.
    pub(crate) fn names_crate(&self, name: &str) -> bool {
        let paths = self.paths.iter().chain(&self.globs);
        paths.map(Vec::as_slice).any(|path| path.first().is_some_and(|first| first == name))
    }

    fn walk(&mut self, tokens: TokenStream, is_top: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Punct(mark) if mark.as_char() == '#' => self.attribute(&tokens, at + 1),
                TokenTree::Group(group) => {
                    self.walk(group.stream(), false);
                    at + 1
                }
                TokenTree::Ident(word) if word == "use" && !is_mark(tokens.get(at + 1), '<') => {
                    self.use_tree(&tokens, at + 1, &[])
                }
                TokenTree::Ident(word) if word == "mod" && matches!(tokens.get(at + 2), Some(TokenTree::Group(_))) => {
                    panic!("a module inside a file is not read here: give it a file of its own");
                }
                TokenTree::Ident(word) => {
                    if is_top {
                        self.item(&tokens, at, &word.to_string());
                    }
                    self.path(&tokens, at)
                }
                _ => at + 1,
            };
        }
    }

    /// Reads the paths in an attribute. Returns the position behind it, or behind the item if it is one of tests.
    fn attribute(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let at = if is_mark(tokens.get(at), '!') { at + 1 } else { at };
        let Some(TokenTree::Group(group)) = tokens.get(at) else { return at };
        let text = group.stream().to_string().replace(' ', "");
        if text == "cfg(test)" || text.starts_with("cfg(all(test,") {
            let end = tokens[at + 1..].iter().position(|token| is_mark(Some(token), ';') || is_braced(token));
            return end.map_or(tokens.len(), |end| at + 1 + end + 1);
        }
        if !text.starts_with("doc") {
            self.walk(group.stream(), false);
            self.strings(group.stream());
        }
        at + 1
    }

    /// Serde names functions in strings: `#[serde(with = "super::name")]`.
    fn strings(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.strings(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(inner) = literal.to_string().trim_matches('"').parse() {
                        self.walk(inner, false);
                    }
                }
                _ => {}
            }
        }
    }

    fn item(&mut self, tokens: &[TokenTree], at: usize, keyword: &str) {
        let name_at = if keyword == "macro_rules" { at + 2 } else { at + 1 };
        let Some(TokenTree::Ident(name)) = tokens.get(name_at) else { return };
        let is_type = matches!(keyword, "struct" | "enum" | "trait" | "type" | "union");
        if is_type || matches!(keyword, "fn" | "const" | "static" | "macro_rules") {
            self.items.insert(name.to_string());
        }
        let before = match at.checked_sub(1).map(|before| &tokens[before]) {
            Some(TokenTree::Group(_)) => at.checked_sub(2).map(|before| &tokens[before]),
            token => token,
        };
        if is_type && matches!(before, Some(TokenTree::Ident(word)) if word == "pub") {
            self.types.push(name.to_string());
        }
    }

    /// Reads a path from its first segment on. Returns the position behind it.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize) -> usize {
        let mut path = Vec::new();
        while let Some(TokenTree::Ident(word)) = tokens.get(at) {
            path.push(word.to_string());
            at += 1;
            if !is_separator(tokens, at) {
                break;
            }
            at += 2;
        }
        if path.len() > 1 {
            self.paths.insert(path);
        }
        at
    }

    /// Reads one branch of a `use`, up to `,` or `;`.
    fn use_tree(&mut self, tokens: &[TokenTree], mut at: usize, prefix: &[String]) -> usize {
        let mut path = prefix.to_vec();
        let mut name = None;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    name = tokens.get(at).map(ToString::to_string);
                    at += 1;
                }
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(mark) if mark.as_char() == '*' => {
                    self.globs.push(path);
                    return at + 1;
                }
                TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => break,
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let mut next = 0;
                    while next < inner.len() {
                        next = self.use_tree(&inner, next, &path);
                    }
                    return at + 1;
                }
                _ => {}
            }
        }
        if let Some(last) = path.last() {
            self.uses.insert(name.unwrap_or_else(|| last.clone()), path.clone());
            self.paths.insert(path);
        }
        at
    }
}

impl Crate {
    pub(crate) fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { sources: files.into_iter().map(|(module, text)| (module.to_owned(), Source::read(text))).collect() }
    }

    /// For each file the files whose items it names, with the paths by which it does.
    pub(crate) fn edges(&self) -> BTreeMap<(String, String), Vec<String>> {
        let mut edges: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (module, source) in &self.sources {
            for path in &source.paths {
                if let Target::Item(other) = self.resolve(module, path, 0)
                    && other != *module
                {
                    edges.entry((module.clone(), other)).or_default().push(path.join("::"));
                }
            }
            for path in &source.globs {
                if let Target::Module(other) = self.resolve(module, path, 0)
                    && other != *module
                {
                    edges.entry((module.clone(), other)).or_default().push(format!("{}::*", path.join("::")));
                }
            }
        }
        edges
    }

    fn resolve(&self, module: &str, path: &[String], depth: usize) -> Target {
        let Some((first, rest)) = path.split_first() else { return Target::Module(module.to_owned()) };
        if depth > 20 {
            return Target::Elsewhere;
        }
        let start = match first.as_str() {
            "crate" => Target::Module(String::new()),
            "self" => Target::Module(module.to_owned()),
            "super" => Target::Module(parent(module).to_owned()),
            _ => self.find(module, first, depth),
        };
        self.follow(start, rest, depth)
    }

    fn follow(&self, mut target: Target, rest: &[String], depth: usize) -> Target {
        for segment in rest {
            let Target::Module(module) = &target else { return target };
            target = match segment.as_str() {
                "super" => Target::Module(parent(module).to_owned()),
                "self" => continue,
                _ => match self.find(module, segment, depth) {
                    // Such as what a macro defines.
                    Target::Elsewhere => Target::Item(module.clone()),
                    found => found,
                },
            };
        }
        target
    }

    /// Finds a name in the scope of a module.
    fn find(&self, module: &str, name: &str, depth: usize) -> Target {
        let child = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        if self.sources.contains_key(&child) {
            return Target::Module(child);
        }
        let Some(source) = self.sources.get(module) else { return Target::Elsewhere };
        if let Some(path) = source.uses.get(name) {
            // `use name::…` of another crate's module of the same name would lead here again and again.
            return if path.first().is_some_and(|first| first == name) {
                Target::Elsewhere
            } else {
                self.resolve(module, path, depth + 1)
            };
        }
        if source.items.contains(name) {
            return Target::Item(module.to_owned());
        }
        for glob in &source.globs {
            if let Target::Module(other) = self.resolve(module, glob, depth + 1)
                && self.sources.get(&other).is_some_and(|source| source.items.contains(name))
            {
                return Target::Item(other);
            }
        }
        Target::Elsewhere
    }
}

/// The parent of a module; that of a child of the root is the root.
pub(crate) fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

fn is_mark(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    is_mark(tokens.get(at), ':')
        && is_mark(tokens.get(at + 1), ':')
        && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_)))
}

fn is_braced(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}
