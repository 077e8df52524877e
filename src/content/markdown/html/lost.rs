//! What sanitising takes away of a tag, and what to write in its place.

use super::elements::is_removed;
use super::sanitize;
use crate::base::html::{self, Tag};
use crate::base::web::address;

/// Something that readers will not get.
pub(in crate::content::markdown) struct LostHtml {
    /// What it is, to say it once.
    pub(in crate::content::markdown) kind: String,
    pub(in crate::content::markdown) message: String,
    pub(in crate::content::markdown) help: String,
}

/// What is taken away of a start tag, whose name is `name` in lower case: the element, or attributes of it.
pub(in crate::content::markdown) fn of(name: &str, tag: &Tag<'_>) -> Vec<LostHtml> {
    if is_removed(name, tag) {
        let message = format!("`<{name}>` is left out: the site lets only harmless HTML through");
        return vec![LostHtml { kind: format!("<{name}>"), message, help: instead(name, tag) }];
    }
    if !html::is_known(name) {
        return Vec::new();
    }
    if !sanitize::keeps_element(name) {
        let message = format!("`<{name}>` is left out, and what is in it stays");
        let help = "remove it, or let the site’s owner set `html: trust`".to_owned();
        return vec![LostHtml { kind: format!("<{name}>"), message, help }];
    }
    // The name of an old-style anchor becomes its id.
    let is_anchor = |attribute: &str| name == "a" && attribute == "name";
    let names = tag.attributes.iter().map(|attribute| attribute.name.to_ascii_lowercase());
    let lost = names.filter(|attribute| !sanitize::keeps_attribute(name, attribute) && !is_anchor(attribute));
    lost.map(|attribute| LostHtml {
        message: format!("the attribute `{attribute}` is left out: the site lets only harmless HTML through"),
        help: match attribute.as_str() {
            "style" => "use a class of the theme, or let the site’s owner set `html: trust`",
            handler if handler.starts_with("on") => "remove it: a text runs no scripts; a template of the theme may",
            _ => "remove it, or let the site’s owner set `html: trust`",
        }
        .to_owned(),
        kind: attribute,
    })
    .collect()
}

/// What to write in place of an element.
fn instead(name: &str, tag: &Tag<'_>) -> String {
    let source = ["src", "data"].iter().find_map(|key| address::web(&tag.get(key)?));
    let block = match (name, source) {
        ("iframe" | "embed" | "object" | "frame", Some(source)) => {
            format!("write `::: embed {} :::` on a line of its own", source.whole)
        }
        ("iframe" | "embed" | "object" | "frame" | "script", _) => {
            "link to it with a block, `::: embed https://… :::`".to_owned()
        }
        ("form" | "input" | "button" | "select" | "textarea", _) => {
            "the block `::: signup :::` is the form for subscribers".to_owned()
        }
        ("svg" | "canvas", _) => {
            "put a drawing into a file, and show it as a picture; `::: chart` draws numbers".to_owned()
        }
        ("style", _) => "put it into a style sheet of the theme".to_owned(),
        _ => "write it in Markdown".to_owned(),
    };
    format!("{block}, or let the site’s owner set `html: trust`")
}
