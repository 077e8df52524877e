//! The blocks in the texts of a page: each is rendered by its component, `block.NAME`, before the page's template runs.
//!
//! A component gets one value, `block`: the name of its kind, its anchor, its values, and its text as `body`. It is a
//! question of the page, like every component whose name no template tells.

use serde::Deserialize;
use tera::{Context, Map, Value};

use super::functions::session;
use super::templates::Templates;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text::{did_you_mean, nearest};
use crate::content::markdown::blocks::{Mark, may_hold, next};

/// The start of the names of these components.
const PREFIX: &str = "block.";

/// The values of a block, as its mark has them.
#[derive(Deserialize)]
struct Call {
    block: serde_json::Map<String, serde_json::Value>,
    file: String,
    line: u32,
    column: u32,
}

impl Templates {
    /// What to say of a block that no component shows; `None` for one that there is.
    pub fn unknown_block(&self, kind: &str) -> Option<Diagnostic> {
        let name = format!("{PREFIX}{kind}");
        if self.has_component(&name) {
            return None;
        }
        let known: Vec<&str> = self.components().filter_map(|name| name.strip_prefix(PREFIX)).collect();
        let problem = Diagnostic::error(codes::BAD_BLOCK, format!("there is no block `{kind}`"));
        Some(match nearest(kind, known.iter().copied()) {
            Some(near) => problem.help(did_you_mean(near)),
            None => problem.help(format!(
                "there are {}; a component `{name}` of a template of the site makes another",
                known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")
            )),
        })
    }
}

/// A value of a page in which each block is shown by its component. `around` makes what components may take from the place
/// of use.
pub(super) fn shown(
    value: Value,
    templates: &Templates,
    around: impl FnOnce() -> Context,
) -> Result<Value, Box<Diagnostic>> {
    if !holds_blocks(&value) {
        return Ok(value);
    }
    Blocks { templates, around: around() }.value(&value)
}

/// Whether one of its texts may have a block.
fn holds_blocks(value: &Value) -> bool {
    if let Some(text) = value.as_str() {
        return may_hold(text);
    }
    let within = |map: &Map| map.values().any(holds_blocks);
    value.as_map().is_some_and(within) || value.as_array().is_some_and(|list| list.iter().any(holds_blocks))
}

struct Blocks<'t> {
    templates: &'t Templates,
    around: Context,
}

impl Blocks<'_> {
    fn value(&self, value: &Value) -> Result<Value, Box<Diagnostic>> {
        if let Some(text) = value.as_str() {
            let shown = self.text(text)?;
            return Ok(if value.is_safe() { Value::safe_string(&shown) } else { Value::normal_string(&shown) });
        }
        if let Some(map) = value.as_map() {
            let entries = map.iter().map(|(key, value)| Ok((key.clone(), self.value(value)?)));
            return Ok(entries.collect::<Result<Map, Box<Diagnostic>>>()?.into());
        }
        if let Some(list) = value.as_array() {
            let values = list.iter().map(|value| self.value(value));
            return Ok(values.collect::<Result<Vec<Value>, Box<Diagnostic>>>()?.into());
        }
        Ok(value.clone())
    }

    /// A text with its blocks, the innermost first.
    fn text(&self, html: &str) -> Result<String, Box<Diagnostic>> {
        let mut shown = String::with_capacity(html.len() * 2);
        let mut open: Vec<(&str, String)> = Vec::new();
        let mut rest = html;
        while let Some((mark, range)) = next(rest) {
            shown.push_str(&rest[..range.start]);
            match mark {
                Mark::Open(values) => open.push((values, std::mem::take(&mut shown))),
                Mark::Close => {
                    if let Some((values, before)) = open.pop() {
                        let body = std::mem::replace(&mut shown, before);
                        shown.push_str(&self.block(values, body)?);
                    }
                }
            }
            rest = &rest[range.end..];
        }
        shown.push_str(rest);
        // An element of trusted HTML may have taken the end of a block with it.
        while let Some((_, before)) = open.pop() {
            shown = before + &shown;
        }
        Ok(shown)
    }

    fn block(&self, values: &str, body: String) -> Result<String, Box<Diagnostic>> {
        // Whoever writes such a comment in trusted HTML has its text.
        let Ok(Call { mut block, file, line, column }) = serde_json::from_str::<Call>(values) else { return Ok(body) };
        let kind = block.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
        let name = format!("{PREFIX}{kind}");
        let place = || Place::columns(&file, line, column..column + kind.chars().count() as u32);
        // Reported before, where the text was read or the site prepared: no component fails of it.
        let lacks_address = block.get("url").is_some_and(serde_json::Value::is_null);
        if lacks_address || !self.templates.has_component(&name) {
            return Ok(body);
        }
        // An error of a component that has no place of its own is at the block.
        let explained = |error: &tera::Error| {
            let mut problem = self.templates.explain(error, "");
            problem.place.get_or_insert_with(place);
            Box::new(problem)
        };
        session::uses(&name).map_err(|error| explained(&error))?;
        block.remove("body");
        let Some(mut values) = Value::from_serializable(&block).into_map() else { return Ok(body) };
        values.insert("body".into(), Value::safe_string(body.trim()));
        let mut arguments = Context::new();
        arguments.insert_value("block", values.into());
        self.templates.component(&name, &arguments, &self.around).map_err(|error| explained(&error))
    }
}
