//! What a template is made of: itself and every template that it can reach. An edit makes only those pages stale whose
//! template reaches the file.
//!
//! Names are looked for in the text, not followed through Tera: a name in a comment counts too. That makes a page stale
//! once too often, never once too seldom.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::digest::{Digest, Digester};

/// A template: whether it is the site's own, and its name.
type Node<'a> = (bool, &'a str);

/// What a template is made of.
#[derive(Clone, Debug)]
pub(super) struct Closure {
    /// The digest of all texts.
    pub(super) digest: Digest,
    /// The templates, by their paths in the site, or as built in.
    pub(super) templates: Vec<String>,
}

/// The closure of each template, by the name that pages use: the site's own templates before the built-in ones.
pub(super) fn closures(builtin: &[(&str, &str)], own: &BTreeMap<String, String>) -> BTreeMap<String, Closure> {
    let mut texts: BTreeMap<Node<'_>, &str> = builtin.iter().map(|(name, text)| ((false, *name), *text)).collect();
    texts.extend(own.iter().map(|(name, text)| ((true, name.as_str()), text.as_str())));
    let edges: BTreeMap<Node<'_>, BTreeSet<Node<'_>>> =
        texts.iter().map(|(node, text)| (*node, reached(text, &texts))).collect();
    let names: BTreeSet<&str> = texts.keys().map(|(_, name)| *name).collect();
    names
        .into_iter()
        .map(|name| {
            let start = if own.contains_key(name) { (true, name) } else { (false, name) };
            let mut digester = Digester::new();
            let mut templates = Vec::new();
            for (own, name) in closure(start, &edges) {
                digester.part(&[u8::from(own)]).part(name.as_bytes()).part(texts[&(own, name)].as_bytes());
                templates.push(if own { format!("templates/{name}") } else { format!("{name} (built in)") });
            }
            (name.to_owned(), Closure { digest: digester.finish(), templates })
        })
        .collect()
}

fn closure<'a>(start: Node<'a>, edges: &BTreeMap<Node<'a>, BTreeSet<Node<'a>>>) -> BTreeSet<Node<'a>> {
    let mut found = BTreeSet::from([start]);
    let mut queue = vec![start];
    while let Some(next) = queue.pop() {
        for other in edges.get(&next).into_iter().flatten() {
            if found.insert(*other) {
                queue.push(*other);
            }
        }
    }
    found
}

/// The templates that a text names: by a quoted name, or by a component that they define.
fn reached<'a>(text: &str, texts: &BTreeMap<Node<'a>, &'a str>) -> BTreeSet<Node<'a>> {
    let quoted = |name: &str| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'"));
    let mut found = BTreeSet::new();
    for (node, other) in texts {
        let (own, name) = *node;
        let shadowed = !own && texts.contains_key(&(true, name));
        let named = (quoted(name) && !shadowed) || (!own && quoted(&format!("builtin/{name}")));
        if named || components(other).any(|component| uses(text, component)) {
            found.insert(*node);
        }
    }
    found
}

/// The names of the components that a text defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let before = text[..at].trim_end_matches('-').trim_end();
        let before = before.strip_suffix("{%-").or_else(|| before.strip_suffix("{%"));
        before.filter(|_| !text[..at].ends_with("end"))?;
        let name = text[at + word.len()..].trim_start();
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(name.len());
        Some(&name[..end]).filter(|name| !name.is_empty())
    })
}

/// Whether a text uses a component: as a tag, or by its quoted name.
fn uses(text: &str, component: &str) -> bool {
    let tag = format!("<{component}");
    text.contains(&format!("\"{component}\""))
        || text.match_indices(&tag).any(|(at, _)| {
            let next = text[at + tag.len()..].chars().next();
            !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILTIN: &[(&str, &str)] = &[
        ("article.html", "{% extends \"base.html\" %}{{ <card story={s} /> }}"),
        ("base.html", "{{ <say.by /> }}"),
        ("labels.html", "{% component say.by() -%}By{%- endcomponent say.by %}"),
        ("parts.html", "{%- component card(story) -%}x{%- endcomponent card -%}"),
        ("topic.html", "{{ shared(component=\"card\") }}"),
    ];

    fn changed(own: &[(&str, &str)]) -> Vec<String> {
        let own = own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (before, after) = (closures(BUILTIN, &BTreeMap::new()), closures(BUILTIN, &own));
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
        let plain = closures(BUILTIN, &own);
        let mut edited = own.clone();
        edited.insert("base.html".to_owned(), "new".to_owned());
        assert_ne!(plain["article.html"].digest, closures(BUILTIN, &edited)["article.html"].digest);
        assert_eq!(plain["topic.html"].digest, closures(BUILTIN, &edited)["topic.html"].digest);
    }
}
