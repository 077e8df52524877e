//! The function `shared`: a story's card looks the same in every list, and the links of a footer on every page, so they are
//! rendered once and cached.

use tera::{Context, Error, Kwargs, TeraResult, Value};

use super::fragments::Fragment;
use super::session;
use crate::base::digest::Digest;

/// `{{ shared(component="card", story=story, size="row") }}`: a component, of a story or of the site, rendered once for
/// each language and set of arguments. Of the page it sees `page.lang`, `page.dir` and `page.ui_lang` alone: whatever else it
/// used would differ from page to page.
pub(super) fn shared(kwargs: &Kwargs) -> TeraResult<Value> {
    let name: &str = kwargs.must_get("component")?;
    let story: Option<Value> = kwargs.get("story")?;
    let address = story.as_ref().map(|story| story.get_from_path("url").and_then(Value::as_str));
    let address =
        address.unwrap_or(Some("")).ok_or_else(|| Error::message("`shared` takes a story, as lists have them"))?;
    // The name may be worked out while the page renders, so that no reading of the template tells it.
    session::uses(name)?;
    let (host, lang) = session::page()?;
    // Each part ends with a byte that no text has, so that moving a boundary changes the key.
    let mut key = Vec::with_capacity(256);
    let mut part = |bytes: &[u8]| {
        key.extend_from_slice(bytes);
        key.push(0xff);
    };
    for text in [name, &lang, address] {
        part(text.as_bytes());
    }
    for (argument, value) in arguments(kwargs).filter(|(argument, _)| *argument != "story") {
        part(argument.as_bytes());
        match (value.as_str(), value.as_bool(), value.as_i64()) {
            (Some(text), ..) => part(text.as_bytes()),
            (_, Some(true), _) => part(&[0xfe]),
            (_, Some(false), _) => part(&[0xfd]),
            (.., Some(number)) => part(&[&[0xfc], &number.to_le_bytes()[..]].concat()),
            _ => part(&[&[0xfb], value.to_string().as_bytes()].concat()),
        }
    }
    let key = Digest::of(&key);
    if let Some(fragment) = host.fragments().get(key) {
        session::record(&fragment.asked);
        return Ok(fragment.html);
    }
    let mut given = Context::new();
    for (argument, value) in arguments(kwargs) {
        given.insert_value(argument.to_owned(), value.clone());
    }
    let (html, asked) = session::capture(|| host.component(name, &given, &lang));
    session::record(&asked);
    let html = html.map_err(session::failed)?;
    let fragment = Fragment { html: Value::safe_string(&html), asked };
    host.fragments().put(key, fragment.clone());
    Ok(fragment.html)
}

/// The arguments of the component itself.
fn arguments(kwargs: &Kwargs) -> impl Iterator<Item = (&str, &Value)> {
    kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value))).filter(|(name, _)| *name != "component")
}
