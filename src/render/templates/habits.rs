//! Help for what authors bring along from Tera 1, Jinja, Twig and Liquid: each habit, and what it is in Tera 2.

use crate::base::text;

/// Names of other engines, and what takes their place.
type Habits = &'static [(&'static [&'static str], &'static str)];

/// Tags of other engines, and what takes their place.
const TAGS: Habits = &[
    (
        &["macro", "endmacro", "import", "from", "call", "endcall"],
        "Tera 2 has components: define `{% component box(x) %}…{% endcomponent box %}` in any file of `templates/`, and use it anywhere as `{{ <box x={…} /> }}`; nothing is imported",
    ),
    (&["elseif", "elsif"], "write `{% elif … %}`"),
    (&["with", "endwith", "assign"], "write `{% set name = … %}`"),
    (&["unless", "endunless"], "write `{% if not … %}`"),
    (&["autoescape", "endautoescape"], "text is always escaped; print finished markup with `| safe`"),
    (&["render", "partial"], "write `{% include \"name.html\" %}`"),
    (&["comment", "endcomment"], "write `{# … #}`"),
];

/// The tags that there are.
const KNOWN_TAGS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "set_global",
    "endset",
    "block",
    "endblock",
    "extends",
    "include",
    "component",
    "endcomponent",
    "filter",
    "endfilter",
    "raw",
    "endraw",
    "break",
    "continue",
];

/// Filters of other engines, and what takes their place.
const FILTERS: Habits = &[
    (&["map", "pluck"], "read the value in a loop: `{% for topic in article.topics %}{{ topic.title }}{% endfor %}`"),
    (
        &["filter", "select", "selectattr", "reject", "rejectattr", "where"],
        "test each element in a loop: `{% for topic in article.topics %}{% if topic.kind == \"place\" %}…`",
    ),
    (&["slice"], "write a range: `article.topics[0:5]`"),
    (&["slugify", "slug"], "addresses are made by Dateline: print `story.url` or `topic.slug`"),
    (
        &["striptags", "strip_tags", "strip_html", "plainify"],
        "values are plain text already, but for those that the documentation marks *HTML*",
    ),
    (
        &["markdown", "markdownify"],
        "bodies are HTML already: print them with `| safe`; fields of the front matter are plain text",
    ),
    (&["e", "h"], "text is always escaped; `escape_html` does it by hand"),
    (&["json_encode", "tojson", "jsonify", "json_dumps"], "it is called `json`"),
    (&["as_str", "string", "to_string"], "it is called `str`"),
    (&["linebreaksbr", "linebreaks", "nl2br"], "it is called `newlines_to_br`"),
    (&["urlencode", "url_encode", "urlencode_strict"], "addresses that Dateline hands out are encoded already"),
    (&["absolute_url", "absurl", "relative_url"], "write `absolute(url=page.url)`"),
    (&["count", "size"], "it is called `length`"),
    (&["items", "dictsort"], "it is called `pairs`"),
    (&["d"], "it is called `default`"),
    (&["concat"], "join texts with `~`"),
    (
        &["filesizeformat", "number_format", "humanize"],
        "numbers are printed as they are; `phrase(key=\"stories\", count=3)` prints one with its word",
    ),
    (&["strftime", "format_date", "time_format"], "it is called `date`: `article.date | date(format=\"%d %B %Y\")`"),
];

/// Functions of other engines, and what takes their place.
const FUNCTIONS: Habits = &[
    (
        &["now"],
        "a page is the same for the same sources and never sees the clock; `page.published` and `page.modified` are its dates",
    ),
    (
        &["get_env"],
        "a page never sees the environment; put the value under `extra` in `dateline.yaml` and read `site.extra`",
    ),
    (
        &["get_url", "url_for", "get_asset"],
        "write `asset(path=\"style.css\")` for a static file; pages, stories and topics have their address as `url`",
    ),
    (
        &["get_page", "get_section", "get_taxonomy", "get_taxonomy_url"],
        "ask with `stories(topic=\"icc\", limit=5)`, `topics(…)` or `briefings(…)`",
    ),
    (&["caller"], "the body of a component is its value `body`"),
    (&["load_data", "get_file_hash"], "put the values under `extra` in `dateline.yaml` and read `site.extra`"),
    (
        &["trans", "gettext", "_"],
        "words of the interface are values: print `{{ say.by }}`; `i18n/LANGUAGE.yaml` has them",
    ),
    (&["namespace", "cycler"], "assign from within a loop with `{% set_global name = … %}`"),
];

/// Tests of other engines, and what takes their place.
const TESTS: Habits = &[
    (&["divisibleby"], "it is called `divisible_by`"),
    (&["matching"], "there are no patterns; `containing`, `starting_with` and `ending_with` look for a text"),
    (&["object", "mapping"], "it is called `map`"),
    (&["sequence"], "it is called `array`"),
    (&["null"], "it is called `none`"),
    (&["empty"], "an empty value counts as false: write `{% if not … %}`"),
];

const UNKNOWN: &[(&str, Habits)] =
    &[("unknown filter `", FILTERS), ("unknown function `", FUNCTIONS), ("unknown test `", TESTS)];

/// The names that exist, for the same beginnings; Tera does not list its own.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "unknown filter `",
        &[
            "abs",
            "capitalize",
            "date",
            "default",
            "escape_html",
            "escape_xml",
            "first",
            "float",
            "get",
            "group_by",
            "indent",
            "initial",
            "int",
            "join",
            "json",
            "keys",
            "last",
            "length",
            "lower",
            "newlines_to_br",
            "nth",
            "pairs",
            "pluralize",
            "replace",
            "reverse",
            "round",
            "safe",
            "sort",
            "split",
            "str",
            "title",
            "trim",
            "trim_end",
            "trim_start",
            "truncate",
            "unique",
            "upper",
            "values",
            "wordcount",
        ],
    ),
    ("unknown function `", &["absolute", "asset", "briefings", "range", "shared", "stories", "throw", "topics"]),
    (
        "unknown test `",
        &[
            "array",
            "bool",
            "containing",
            "defined",
            "divisible_by",
            "ending_with",
            "even",
            "float",
            "integer",
            "iterable",
            "map",
            "none",
            "number",
            "odd",
            "starting_with",
            "string",
            "undefined",
        ],
    ),
];

/// Whether a tag has this name.
pub(super) fn is_tag(name: &str) -> bool {
    KNOWN_TAGS.contains(&name)
}

/// The tag that was meant by one that is none, as far as its letters tell.
pub(super) fn near_tag(name: &str) -> Option<&'static str> {
    let foreign = TAGS.iter().flat_map(|(names, _)| *names);
    text::nearest(name, KNOWN_TAGS.iter().chain(foreign).copied()).filter(|near| is_tag(near))
}

/// Help for a filter, function or test that does not exist.
pub(super) fn unknown_name(message: &str) -> Option<String> {
    let (start, table) = UNKNOWN.iter().find(|(start, _)| message.starts_with(start))?;
    let name = message[start.len()..].split('`').next()?;
    let known = KNOWN.iter().find(|(kind, _)| kind == start).map_or(&[][..], |(_, names)| names);
    let near = || text::nearest(name, known.iter().copied()).map(text::did_you_mean);
    entry(table, name).map(str::to_owned).or_else(near)
}

/// Help for an error whose span is `start..end` of the template's text.
pub(super) fn at(message: &str, source: &str, start: usize, end: usize) -> Option<String> {
    let word = source.get(start..end).unwrap_or("");
    let before = source.get(..start).unwrap_or("").trim_end();
    if message == "unknown tag" {
        let all = TAGS.iter().flat_map(|(names, _)| *names).chain(KNOWN_TAGS).copied();
        let near = text::nearest(word, all);
        let did_you_mean = || near.map(text::did_you_mean);
        return entry(TAGS, near.unwrap_or(word)).map(str::to_owned).or_else(did_you_mean);
    }
    let help = if let Some(expected) = message.strip_prefix("found ").and_then(|rest| rest.split_once(" but expected "))
    {
        match expected {
            ("integer" | "float", "identifier") if before.ends_with('.') => {
                "write an element of a list in brackets: `article.topics[0]`, or `article.topics | first`"
            }
            (_, "identifier") if before.ends_with(['(', ',']) => {
                "arguments have names: `default(value=\"…\")`, `date(format=\"%Y\")`, `range(end=3)`"
            }
            ("`:`", _) => TAGS[0].1,
            ("identifier", "%}") if word == "ignore" => {
                "an `include` names a template that is there: take `ignore missing` away"
            }
            ("identifier", "%}") if matches!(word, "with" | "without" | "only") => {
                "an `include` sees all that the page sees; use a component to hand values over"
            }
            _ => return None,
        }
    } else if message == "unexpected character" && source.get(start..).is_some_and(|rest| rest.starts_with('?')) {
        "write a choice as `{{ \"a\" if article.updated else \"b\" }}`"
    } else if message.starts_with("`+` requires both operands to be numbers") {
        "join texts with `~`: `\"By \" ~ article.title`"
    } else if message.starts_with("function calls are only allowed at the first element") {
        "values have no methods; use a filter: `article.title | upper`"
    } else if message.starts_with("tried to render a variable that is undefined") {
        "the value before `?.` is absent here: fall back with `or`, as in `site.publisher?.logo or \"\"`"
    } else if message.starts_with("field `") && message.ends_with("is not defined") {
        "the value before the `.` is `null` here, or a text or a number without fields: write `?.` in place of `.` for what may be absent, and fall back with `or`, as in `site.publisher?.logo or \"\"`"
    } else if message.ends_with("but got `undefined`") {
        "the value is absent here: fall back with `or` before the filter, as in `(article.section or \"\") | upper`"
    } else {
        return None;
    };
    Some(help.to_owned())
}

/// Help for a name that is missing inside a component, which sees its own arguments and not those of the page.
pub(super) fn scope(message: &str, source: &str, at: usize) -> Option<String> {
    let name = message.strip_prefix("variable `")?.strip_suffix("` is not defined")?;
    let component = component_around(source.get(..at)?)?;
    if matches!(name, "site" | "page") {
        return Some(format!("a component sees its arguments alone: take `@{name}`, as in `{component}(@{name})`"));
    }
    Some(format!(
        "a component sees its arguments alone: add `{name}` to those of `{component}`, and hand it over where that is used: `<{component} {name}={{{name}}} />`"
    ))
}

/// The component whose definition is open at the end of `before`.
fn component_around(before: &str) -> Option<&str> {
    let tags = before.match_indices("component").filter_map(|(at, word)| {
        let lead = before[..at].strip_suffix("end").unwrap_or(&before[..at]);
        let is_tag = lead.trim_end().trim_end_matches(['-', '+']).ends_with("{%");
        let name = before[at + word.len()..].trim_start();
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(name.len());
        is_tag.then_some((lead.len() == at, &name[..end]))
    });
    tags.last().filter(|(opens, _)| *opens).map(|(_, name)| name)
}

fn entry(table: Habits, name: &str) -> Option<&'static str> {
    table.iter().find(|(names, _)| names.contains(&name)).map(|(_, help)| *help)
}
