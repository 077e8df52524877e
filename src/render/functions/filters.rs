//! The filters and functions that templates have beside Tera's own. `docs/theming.md` documents each.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{session, shared};
use crate::base::text;
use crate::plan::context::questions::{Question, StoryQuery};

/// The default of `limit`.
const LIMIT: usize = 10;

/// Registers all of them. Must run before templates are added: Tera checks names when it parses.
pub(in crate::render) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("default", default);
    tera.register_filter("json", json);
    tera.register_filter("initial", initial);
    tera.register_function("asset", asset);
    tera.register_function("data", data);
    tera.register_function("absolute", absolute);
    tera.register_function("phrase", phrase);
    tera.register_function("stories", stories);
    tera.register_function("topics", topics);
    tera.register_function("briefings", briefings);
    tera.register_function("shared", |kwargs: Kwargs, _: &State| shared::shared(&kwargs));
}

/// `{{ article.date | date(format="%d %B %Y") }}`: a stamp in another form, in English names.
fn date(stamp: &Value, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    takes("date", &kwargs, &["format"])?;
    let format: &str = kwargs.must_get("format")?;
    let iso = match stamp.as_map().and_then(|map| map.get(&tera::value::Key::from("iso"))) {
        Some(iso) => iso.as_str(),
        None => stamp.as_str(),
    };
    let iso = iso.ok_or_else(|| Error::message("`date` takes a date of a story or page, or RFC 3339 text"))?;
    let text = match iso.parse::<jiff::civil::Date>() {
        Ok(day) if iso.len() == 10 => jiff::fmt::strtime::format(format, day),
        _ => {
            let pieces = jiff::fmt::temporal::DateTimeParser::new()
                .parse_pieces(iso)
                .map_err(|_| Error::message(format!("`{iso}` is not a date")))?;
            let offset = pieces.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
            let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
            let zoned = offset.to_time_zone().to_zoned_datetime(local).map_err(|e| Error::message(e.to_string()))?;
            jiff::fmt::strtime::format(format, &zoned)
        }
    };
    text.map_err(|e| Error::message(format!("`{format}` is not a date format: {e}")))
}

/// `{{ article.summary | default(value="No dek") }}`: another value for one that is `null` or does not exist; with
/// `boolean=true` also for one that is empty, zero or false. Tera's own filter steps in for what does not exist alone, and
/// absent values of a page are `null`.
fn default(value: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("default", &kwargs, &["value", "boolean"])?;
    let other = kwargs.must_get::<Value>("value")?;
    let absent = if kwargs.get::<bool>("boolean")?.unwrap_or_default() {
        !value.is_truthy()
    } else {
        value.is_none() || value.is_undefined()
    };
    Ok(if absent { other } else { value })
}

/// `{{ phrase(key="stories", count=3) }}`: a word of the interface with what it names in braces, in the plural form of
/// `count`.
fn phrase(kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let key: &str = kwargs.must_get("key")?;
    let count = count("count", &kwargs)?.map(|count| count as u64);
    let mut values = Vec::new();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| !["key", "count"].contains(name)) else { continue };
        values.push((name, value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)));
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (host, _) = session::page()?;
    host.phrase(key, count, &values).ok_or_else(|| Error::message(format!("there is no word `{key}`")))
}

/// `{{ value | json | safe }}`: JSON that may stand in a script element: `<` is written `\u003c`.
fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<String> {
    let json = serde_json::to_string(value).map_err(|e| Error::message(e.to_string()))?;
    Ok(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

/// `{{ topic.title | initial }}`: the first letter, in upper case.
fn initial(text: &str, _: Kwargs, _: &State) -> String {
    text.chars().find(|c| c.is_alphanumeric()).map_or_else(String::new, |c| c.to_uppercase().collect())
}

/// `{{ asset(path="style.css") }}`: the address of a static file.
fn asset(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("asset", &kwargs, &["path"])?;
    session::ask(&Question::Asset { path: kwargs.must_get::<String>("path")? })
}

/// `{% for row in data(path="icc-members.csv") %}`: the value of a data file.
fn data(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("data", &kwargs, &["path"])?;
    session::ask(&Question::Data { path: kwargs.must_get::<String>("path")? })
}

/// `{{ absolute(url=page.url) }}`: an address that works outside of the site.
fn absolute(kwargs: Kwargs, _: &State) -> TeraResult<String> {
    takes("absolute", &kwargs, &["url"])?;
    let url: &str = kwargs.must_get("url")?;
    if url.starts_with('/') && !url.starts_with("//") {
        Ok(format!("{}{url}", session::origin()?))
    } else {
        Ok(url.to_owned())
    }
}

/// `{% for story in stories(topic="icc", limit=5) %}`: the newest stories that fit.
fn stories(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("stories", &kwargs, &["topic", "section", "kind", "person", "thread", "limit", "offset"])?;
    session::ask(&Question::Stories(StoryQuery {
        topic: kwargs.get("topic")?,
        section: kwargs.get("section")?,
        kind: kwargs.get("kind")?,
        person: kwargs.get("person")?,
        thread: kwargs.get("thread")?,
        limit: count("limit", &kwargs)?.unwrap_or(LIMIT),
        offset: count("offset", &kwargs)?.unwrap_or(0),
    }))
}

/// `{% for topic in topics(kind="place", limit=10) %}`: topics, those with the most stories first.
fn topics(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("topics", &kwargs, &["kind", "limit"])?;
    session::ask(&Question::Topics { kind: kwargs.get("kind")?, limit: count("limit", &kwargs)?.unwrap_or(LIMIT) })
}

/// `{% for briefing in briefings(limit=5) %}`: the newest briefings.
fn briefings(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    takes("briefings", &kwargs, &["limit"])?;
    session::ask(&Question::Briefings { limit: count("limit", &kwargs)?.unwrap_or(LIMIT) })
}

/// Fails on an argument that a function or filter does not take. Tera ignores it, and `stories(topics="oil")` would be all stories.
fn takes(name: &str, kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
    let given = kwargs.iter().filter_map(|(argument, _)| argument.as_str());
    let Some(unknown) = given.filter(|argument| !known.contains(argument)).min() else { return Ok(()) };
    let near = text::nearest(unknown, known.iter().copied());
    let hint = near.map_or_else(
        || format!("it takes {}", known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ")),
        text::did_you_mean,
    );
    Err(Error::message(format!("`{name}` takes no `{unknown}`; {hint}")))
}

/// An argument that counts something.
fn count(name: &str, kwargs: &Kwargs) -> TeraResult<Option<usize>> {
    let Some(value) = kwargs.get::<&Value>(name)? else { return Ok(None) };
    let count = value.as_i128().and_then(|count| usize::try_from(count).ok());
    count.map(Some).ok_or_else(|| Error::message(format!("`{name}` cannot be `{value}`; write a whole number from 0")))
}
