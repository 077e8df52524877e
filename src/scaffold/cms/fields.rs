//! The fields of a kind, from its schema.
//!
//! The schema says what may be written: a text, several, a map of keys. What a text is, such as an instant or the name of
//! a topic, it does not say; that is in [`role`], by the name of the key.

use serde_json::{Map, Value, json};

use crate::base::date::Zone;

/// What a text is.
enum Role {
    /// A line.
    Line,
    /// Sentences.
    Text,
    /// An instant.
    Time,
    /// The last part of an address.
    Slug,
    /// An address on the web.
    Web,
    /// An e-mail address.
    Mail,
    /// A picture.
    Picture,
    /// Another file.
    File,
    /// A reference to a file of another collection: its folder, and the field or `{{slug}}` by which it is named.
    Name(&'static str, &'static str),
    /// Kept as it is, and not shown.
    Kept,
}

/// What a text, or each of several, is.
fn role(kind: &str, name: &str) -> Role {
    match (kind, name) {
        (_, "date") if kind != "dateline" => Role::Time,
        (_, "updated" | "embargo" | "expires" | "at") => Role::Time,
        (_, "topics" | "parents" | "see_also") => Role::Name("topics", "title"),
        (_, "authors" | "editors" | "contributors") => Role::Name("people", "name"),
        (_, "stories" | "translation_of") => Role::Name("articles", "{{slug}}"),
        (_, "summary" | "caption" | "text" | "alt" | "key_points") => Role::Text,
        // Another name of `summary`; a file has one of them.
        (_, "description") => Role::Kept,
        (_, "slug") => Role::Slug,
        (_, "url" | "canonical") => Role::Web,
        (_, "email") => Role::Mail,
        (_, "src") => Role::Picture,
        (_, "audio") => Role::File,
        _ => Role::Line,
    }
}

/// The fields of a kind, in the order of its schema.
pub(super) fn of(kind: &str, schema: &Value, zone: &Zone) -> Vec<Value> {
    let mut fields = properties(kind, schema, zone);
    // No field has a default: an old story without the key would be given it with the next edit. It would become a draft, or have
    // the date of that day in place of that in its file's name. A new one needs a date.
    for field in &mut fields {
        if matches!((kind, &field["name"]), ("article" | "briefing", name) if name == "date") {
            field["required"] = true.into();
        }
    }
    fields
}

/// The text below the front matter. It is shown as it is written: in rich text, blocks and anchors of headings would be lost.
pub(super) fn body(kind: &str) -> Value {
    let hint = match kind {
        "article" => "Markdown, with the blocks of Dateline",
        "briefing" => "Markdown: each heading with two signs is an item",
        _ => "Markdown",
    };
    json!({
        "name": "body", "label": "Text", "widget": "markdown", "required": false, "hint": hint,
        "modes": ["raw", "rich_text"],
    })
}

/// The keys whose value is in a form that its field does not hold: an editor sees an empty one, and a save takes the value away.
pub(super) fn lost<'s>(schema: &'s Value, front: &Map<String, Value>) -> Vec<&'s str> {
    let is_lost = |name: &str, about: &Value| {
        let Some(value) = front.get(name).filter(|value| !value.is_null()) else { return false };
        match Shape::of(about) {
            Shape::Object(_) if name == "dateline" => value.is_object(),
            Shape::Object(_) => !value.is_object(),
            Shape::Several(one) if matches!(*one, Shape::Object(_)) => {
                value.as_array().is_none_or(|all| !all.iter().all(Value::is_object))
            }
            _ => false,
        }
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.filter(|(name, about)| is_lost(name, about)).map(|(name, _)| name.as_str()).collect()
}

fn properties(kind: &str, schema: &Value, zone: &Zone) -> Vec<Value> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, about)| field(kind, name, about, required.contains(&name.as_str()), zone)).collect()
}

fn field(kind: &str, name: &str, about: &Value, is_required: bool, zone: &Zone) -> Value {
    let mut field = Map::new();
    let mut set = |key: &str, value: Value| drop(field.insert(key.to_owned(), value));
    set("name", name.into());
    set("label", label(name).into());
    let shape = Shape::of(about);
    for (key, value) in widget(kind, name, &shape, zone) {
        set(&key, value);
    }
    if field["widget"] == "hidden" {
        return field.into();
    }
    let mut set = |key: &str, value: Value| drop(field.insert(key.to_owned(), value));
    set("required", is_required.into());
    if let Some(hint) = about["description"].as_str() {
        set("hint", hint.into());
    }
    field.into()
}

/// `key_points` → `Key points`.
fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What a schema allows, in the fullest form.
enum Shape<'s> {
    Text,
    Number,
    Switch,
    /// One of these: values, with what they mean.
    Choice(Vec<&'s str>),
    /// A map with these keys.
    Object(&'s Value),
    /// A map from any key to a text.
    Pairs,
    /// A map of any form.
    Anything,
    Several(Box<Shape<'s>>),
}

impl<'s> Shape<'s> {
    fn of(schema: &'s Value) -> Self {
        if let Some(choices) = schema["oneOf"].as_array() {
            return Self::Choice(choices.iter().filter_map(|choice| choice["const"].as_str()).collect());
        }
        if let Some(forms) = schema["anyOf"].as_array() {
            let shapes = forms.iter().filter(|form| form["type"] != "null").map(Self::of);
            // Of the forms that a value may have, the one that holds most.
            return shapes.max_by_key(Self::breadth).unwrap_or(Self::Text);
        }
        let is = |kind: &str| match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(|one| one == kind),
            one => one == kind,
        };
        match &schema["additionalProperties"] {
            _ if is("array") => Self::Several(Box::new(Self::of(&schema["items"]))),
            _ if is("object") && schema["properties"].is_object() => Self::Object(schema),
            Value::Object(_) if is("object") => Self::Pairs,
            _ if is("object") => Self::Anything,
            _ if is("string") => Self::Text,
            _ if is("integer") => Self::Number,
            _ => Self::Switch,
        }
    }

    fn breadth(&self) -> u8 {
        match self {
            Self::Text | Self::Number | Self::Switch | Self::Choice(_) => 0,
            Self::Object(_) | Self::Pairs | Self::Anything => 1,
            Self::Several(_) => 2,
        }
    }
}

fn widget(kind: &str, name: &str, shape: &Shape<'_>, zone: &Zone) -> Map<String, Value> {
    let widget = match shape {
        // The line that opens a text is written as a line.
        Shape::Object(_) if name == "dateline" => json!({ "widget": "string" }),
        Shape::Text => text(&role(kind, name), zone),
        Shape::Number => json!({ "widget": "number", "value_type": "int" }),
        Shape::Switch => json!({ "widget": "boolean" }),
        Shape::Choice(values) => json!({ "widget": "select", "options": values }),
        Shape::Object(schema) => json!({ "widget": "object", "fields": properties(name, schema, zone) }),
        Shape::Pairs => json!({ "widget": "keyvalue" }),
        Shape::Anything => json!({ "widget": "hidden" }),
        Shape::Several(one) => match (&**one, role(kind, name)) {
            (Shape::Text, role @ Role::Name(..)) => {
                let mut widget = text(&role, zone);
                widget["multiple"] = true.into();
                widget
            }
            (Shape::Object(schema), _) => {
                json!({ "widget": "list", "collapsed": "auto", "fields": properties(name, schema, zone) })
            }
            (_, role) => {
                let mut field = text(&role, zone);
                field["name"] = "entry".into();
                field["label"] = label(name).into();
                json!({ "widget": "list", "field": field })
            }
        },
    };
    widget.as_object().cloned().unwrap_or_default()
}

fn text(role: &Role, zone: &Zone) -> Value {
    match role {
        Role::Line => json!({ "widget": "string" }),
        Role::Text => json!({ "widget": "text" }),
        // Written with its offset, an instant is itself on every machine. No `format` is said: with one, and a zone by its name,
        // the page stands still (`findings/sveltia-cms-hangs-on-a-format-with-a-zone.sh`).
        Role::Time => json!({ "widget": "datetime", "input_timezone": zone.name(), "output_utc": false }),
        Role::Slug => json!({
            "widget": "string", "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", "small letters, digits and hyphens"],
        }),
        Role::Web => json!({ "widget": "string", "type": "url" }),
        Role::Mail => json!({ "widget": "string", "type": "email" }),
        Role::Picture => json!({ "widget": "image" }),
        Role::File => json!({ "widget": "file" }),
        Role::Name(collection, value) => {
            let display = if *collection == "people" { "name" } else { "title" };
            json!({
                "widget": "relation", "collection": collection, "value_field": value, "display_fields": [display],
                "search_fields": if *collection == "articles" { json!([display]) } else { json!([display, "aliases"]) },
            })
        }
        Role::Kept => json!({ "widget": "hidden" }),
    }
}
