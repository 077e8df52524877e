//! The dependency closure of a template: itself and every template that it can reach. An edit makes only those pages stale
//! whose template reaches the file.
//!
//! The names in a text come from [`lexer`]. A template that it cannot read may reach all others. The name of a component
//! may also be worked out while a page renders (`shared(component=name)`): such a call is a question of the page, and is
//! answered by [`Closures::component`].

use std::collections::{BTreeMap, BTreeSet};

use super::builtin::PREFIX as BUILTIN;
use super::lexer::{self, TemplateNames};
use crate::base::digest::{Digest, Digester};

/// A template: whether it is the site's own, and its name.
type Node<'a> = (bool, &'a str);

/// A template's dependency closure.
#[derive(Clone, Debug)]
pub(super) struct Closure {
    /// The digest of all texts.
    pub(super) digest: Digest,
    /// The digest and the size of each text, by its path in the site, or as built in.
    pub(super) texts: BTreeMap<String, String>,
    /// The components that its texts call by name.
    pub(super) calls: BTreeSet<String>,
    /// Whether one of its texts may show the page's linked data.
    pub(super) linked_data: bool,
}

/// The closures of all templates.
#[derive(Clone, Debug)]
pub(super) struct Closures {
    /// By the name that pages use: the site's own templates before the built-in ones.
    pub(super) templates: BTreeMap<String, Closure>,
    components: BTreeMap<String, Closure>,
}

impl Closures {
    /// The closures of components: the templates that define each, and all that these reach.
    pub(super) fn component(&self, name: &str) -> Option<&Closure> {
        self.components.get(name)
    }

    /// The names of all components.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.components.keys().map(String::as_str)
    }
}

/// The closure of each template and of each component.
pub(super) fn closures(builtin: &[(&str, &str)], own: &BTreeMap<String, String>) -> Closures {
    let mut texts: BTreeMap<Node<'_>, &str> = builtin.iter().map(|(name, text)| ((false, *name), *text)).collect();
    texts.extend(own.iter().map(|(name, text)| ((true, name.as_str()), text.as_str())));
    let read: BTreeMap<Node<'_>, Option<TemplateNames>> =
        texts.iter().map(|(node, text)| (*node, lexer::names(text))).collect();
    let mut defined: BTreeMap<&str, BTreeSet<Node<'_>>> = BTreeMap::new();
    for (node, names) in &read {
        for name in names.iter().flat_map(|names| &names.defines) {
            defined.entry(name).or_default().insert(*node);
        }
    }
    let edges: BTreeMap<Node<'_>, BTreeSet<Node<'_>>> =
        read.iter().map(|(node, names)| (*node, reached(names.as_ref(), &texts, &defined))).collect();
    let marks: BTreeMap<Node<'_>, String> = texts
        .iter()
        .map(|(node, text)| (*node, format!("{}, {} bytes", Digest::of(text.as_bytes()).short(), text.len())))
        .collect();
    let made_of = |start: &BTreeSet<Node<'_>>| {
        let mut digester = Digester::new();
        let mut marked = BTreeMap::new();
        let mut calls = BTreeSet::new();
        let mut linked_data = false;
        for node @ (own, name) in closure(start, &edges) {
            digester.part(&[u8::from(own)]).part(name.as_bytes()).part(texts[&node].as_bytes());
            let shown = if own { format!("templates/{name}") } else { format!("{name} (built in)") };
            marked.insert(shown, marks[&node].clone());
            calls.extend(read[&node].iter().flat_map(|names| names.calls.iter().cloned()));
            linked_data |= read[&node].as_ref().is_none_or(|names| names.linked_data);
        }
        Closure { digest: digester.finish(), texts: marked, calls, linked_data }
    };
    let names: BTreeSet<&str> = texts.keys().map(|(_, name)| *name).collect();
    let templates = names.into_iter().map(|name| {
        let start = if own.contains_key(name) { (true, name) } else { (false, name) };
        (name.to_owned(), made_of(&BTreeSet::from([start])))
    });
    let components = defined.iter().map(|(name, nodes)| ((*name).to_owned(), made_of(nodes)));
    Closures { templates: templates.collect(), components: components.collect() }
}

fn closure<'a>(start: &BTreeSet<Node<'a>>, edges: &BTreeMap<Node<'a>, BTreeSet<Node<'a>>>) -> BTreeSet<Node<'a>> {
    let mut found = start.clone();
    let mut queue: Vec<Node<'a>> = start.iter().copied().collect();
    while let Some(next) = queue.pop() {
        for other in edges.get(&next).into_iter().flatten() {
            if found.insert(*other) {
                queue.push(*other);
            }
        }
    }
    found
}

/// The templates that a text names: those that it extends or includes, and those that define a component that it calls.
/// All of them when its names could not be read.
fn reached<'a>(
    names: Option<&'a TemplateNames>,
    texts: &BTreeMap<Node<'a>, &'a str>,
    defined: &BTreeMap<&str, BTreeSet<Node<'a>>>,
) -> BTreeSet<Node<'a>> {
    let Some(names) = names else { return texts.keys().copied().collect() };
    let mut found = BTreeSet::new();
    for name in &names.templates {
        // Tera looks for the name as it is, then for the built-in template of that name.
        let below = name.strip_prefix(BUILTIN).and_then(|name| find(texts, false, name));
        found.extend(find(texts, true, name).or(below).or_else(|| find(texts, false, name)));
    }
    found.extend(names.calls.iter().filter_map(|name| defined.get(name.as_str())).flatten());
    found
}

fn find<'a>(texts: &BTreeMap<Node<'a>, &'a str>, own: bool, name: &'a str) -> Option<Node<'a>> {
    texts.get_key_value(&(own, name)).map(|(node, _)| *node)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATES: &[(&str, &str)] = &[
        ("article.html", "{% extends \"base.html\" %}{{ <card story={s} /> }}"),
        ("base.html", "{{ <say.by /> }}"),
        ("labels.html", "{% component say.by() -%}By{%- endcomponent say.by %}"),
        ("parts.html", "{%- component card(story) -%}x{%- endcomponent card -%}"),
        ("topic.html", "{{ shared(component=\"card\") }}"),
    ];

    fn changed(own: &[(&str, &str)]) -> Vec<String> {
        let own = own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let closures = |own| closures(TEMPLATES, own).templates;
        let (before, after) = (closures(&BTreeMap::new()), closures(&own));
        before.into_iter().filter(|(name, before)| after[name].digest != before.digest).map(|(name, _)| name).collect()
    }

    #[test]
    fn an_edit_reaches_whoever_extends_includes_or_uses_a_component() {
        assert_eq!(changed(&[]), [""; 0]);
        assert_eq!(changed(&[("base.html", "new")]), ["article.html", "base.html"]);
        assert_eq!(
            changed(&[("words.html", "{% component say.by() %}Von{% endcomponent say.by %}")]),
            ["article.html", "base.html"]
        );
        assert_eq!(
            changed(&[("parts.html", "{% component card(story) %}y{% endcomponent card %}")]),
            ["article.html", "parts.html", "topic.html"]
        );
    }

    #[test]
    fn an_override_that_extends_the_builtin_one_depends_on_both() {
        let own = BTreeMap::from([("article.html".to_owned(), "{% extends \"builtin/article.html\" %}".to_owned())]);
        let closures = |own| closures(TEMPLATES, own).templates;
        let plain = closures(&own);
        let mut edited = own.clone();
        edited.insert("base.html".to_owned(), "new".to_owned());
        assert_ne!(plain["article.html"].digest, closures(&edited)["article.html"].digest);
        assert_eq!(plain["topic.html"].digest, closures(&edited)["topic.html"].digest);
    }
}
