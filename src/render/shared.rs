//! Fragments that many pages share: a story's card looks the same in every list, so it is rendered once.

use std::fmt::Write as _;

use tera::{Context, Error, Kwargs, Map, TeraResult, Value};

use super::fragments::Fragment;
use super::session;

/// `{{ shared(component="card", story=story, size="row") }}`: a component of a story, rendered once for each language
/// and set of arguments. Of the page it sees `page.lang` and `page.dir` alone: whatever else it used would differ
/// from page to page.
pub(super) fn shared(kwargs: &Kwargs) -> TeraResult<Value> {
    let name: &str = kwargs.must_get("component")?;
    let story: Value = kwargs.must_get("story")?;
    let address = story.get_from_path("url").and_then(Value::as_str);
    let address = address.ok_or_else(|| Error::message("`shared` takes a story, as lists have them"))?;
    let (shelf, lang) = session::page()?;
    let mut key = format!("{name} {lang} {address}");
    let mut arguments = Context::new();
    for (argument, value) in kwargs.iter().filter(|(argument, _)| argument.as_str() != Some("component")) {
        let argument = argument.as_str().unwrap_or_default();
        if argument != "story" {
            write!(key, " {argument}={value}").map_err(|error| Error::message(error.to_string()))?;
        }
        arguments.insert_value(argument.to_owned(), value.clone());
    }
    if let Some(fragment) = shelf.fragments.get(&key) {
        session::record(&fragment.asked);
        return Ok(fragment.html);
    }
    let mut page = Map::new();
    page.insert("dir".into(), Value::from(crate::base::text::direction(&lang)));
    page.insert("lang".into(), Value::from(lang.as_str()));
    let mut around = Context::new();
    around.insert_value("page", page.into());
    around.insert_value("site", shelf.site.clone());
    let (html, asked) = session::apart(|| shelf.templates.component(name, &arguments, &around));
    session::record(&asked);
    let fragment = Fragment { html: Value::safe_string(&html?), asked };
    shelf.fragments.put(key, fragment.clone());
    Ok(fragment.html)
}
