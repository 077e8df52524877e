//! Resolves shortcodes and template calls in a text. Calls that stand for an address or for code are replaced; the
//! others stay.

use std::collections::BTreeMap;

use super::code_spans::Ahead;
use crate::import::moving::source::story::Program;

/// A query that a call makes.
pub(in crate::import::moving) enum Ask<'a> {
    /// The address of a page or a file, by its path or name.
    Page(PageCall<'a>),
    /// A variable of the site or of the page, such as `site.title`.
    Value(&'a str),
}

/// A reference to a page.
#[derive(Clone, Copy)]
pub(in crate::import::moving) struct PageCall<'a> {
    /// The path or name, possibly with a fragment.
    pub(in crate::import::moving) name: &'a str,
    /// The language, if the call names one.
    pub(in crate::import::moving) language: Option<&'a str>,
}

/// A text with its resolvable calls replaced.
#[derive(Default)]
pub(in crate::import::moving) struct ResolvedText {
    pub(in crate::import::moving) text: String,
    /// The calls that were not resolved: the line within the text, from 0, and the name.
    pub(in crate::import::moving) left: Vec<(u32, String)>,
    /// The lines of calls that produce no output, from 0. They are removed.
    pub(in crate::import::moving) silent: Vec<u32>,
    /// The number of resolved calls.
    pub(in crate::import::moving) solved: usize,
}

/// Resolves the calls in `body`, with the help of `answer` for pages and variables.
pub(in crate::import::moving) fn resolve(
    program: Program,
    body: &str,
    answer: &dyn Fn(Ask<'_>) -> Option<String>,
) -> ResolvedText {
    let mut out = ResolvedText { text: String::with_capacity(body.len()), ..ResolvedText::default() };
    let mut assigned: BTreeMap<&str, &str> = BTreeMap::new();
    let mut ahead = Ahead::new(body);
    let (mut at, mut line) = (0, 0_u32);
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as u32;
    while let Some(start) = ahead.find("{{", at).into_iter().chain(ahead.find("{%", at)).min() {
        out.text.push_str(&body[at..start]);
        line += lines(&body[at..start]);
        let Some((length, call)) = call(program, &mut ahead, start) else {
            out.text.push_str(&body[start..start + 2]);
            at = start + 2;
            continue;
        };
        let raw = &body[start..start + length];
        at = start + length;
        if program == Program::Jekyll && call.is_tag && call.inner.starts_with("assign ") {
            assigned.extend(assignment(call.inner));
            out.silent.push(line);
            line += lines(raw);
            continue;
        }
        let known = |ask: Ask<'_>| match ask {
            Ask::Value(name) if assigned.contains_key(name) => assigned.get(name).map(|text| (*text).to_owned()),
            ask => answer(ask),
        };
        let here = Here { call, starts_line: is_start(&body[..start]), ends_line: is_end(&body[at..]), at };
        match meaning(program, here, &known, &mut ahead) {
            Meaning::Text(text) => {
                out.solved += 1;
                out.text.push_str(&text);
            }
            Meaning::Verbatim(end) => {
                // A verbatim passage extends to its end tag.
                let to = ahead.find(end, at).unwrap_or(body.len());
                out.solved += 1;
                out.text.push_str(&body[at..to]);
                line += lines(&body[at..to]);
                at = ahead.find("%}", to).map_or(to, |close| close + 2);
            }
            Meaning::Left(name) => {
                out.left.push((line, name));
                out.text.push_str(raw);
            }
            Meaning::Plain => out.text.push_str(raw),
        }
        line += lines(raw);
    }
    out.text.push_str(&body[at..]);
    out
}

/// Whether a line begins after this text.
fn is_start(before: &str) -> bool {
    before.is_empty() || before.ends_with('\n')
}

/// Whether a line ends before this text, apart from spaces.
fn is_end(after: &str) -> bool {
    after.is_empty() || after.trim_start_matches(' ').starts_with('\n')
}

/// Parses `assign x = "text"` into the name and the text; none for other expressions.
fn assignment(inner: &str) -> Option<(&str, &str)> {
    let (name, value) = inner.strip_prefix("assign ")?.split_once('=')?;
    let value = value.trim();
    let text = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))?;
    (!text.contains(['"', '\'', '|', '\n'])).then_some((name.trim(), text))
}

/// The result of interpreting a call: replacement text, a verbatim passage up to an end tag, an unresolved call with
/// its name, or ordinary text.
enum Meaning {
    Text(String),
    Verbatim(&'static str),
    Left(String),
    Plain,
}

/// A call without its delimiters.
#[derive(Clone, Copy)]
struct Call<'b> {
    inner: &'b str,
    is_tag: bool,
}

/// A call in its context.
struct Here<'b> {
    call: Call<'b>,
    starts_line: bool,
    ends_line: bool,
    /// The byte offset after the call.
    at: usize,
}

/// Parses the call at a byte offset, and returns its length with it; none when there is no call.
fn call<'b>(program: Program, ahead: &mut Ahead<'b>, start: usize) -> Option<(usize, Call<'b>)> {
    let rest = ahead.rest(start);
    let is_tag = rest.starts_with("{%");
    let (open, close) = match program {
        Program::Hugo if rest.starts_with("{{<") => (3, ">}}"),
        Program::Hugo if rest.starts_with("{{%") => (3, "%}}"),
        Program::Hugo => return None,
        _ if is_tag => (2, "%}"),
        _ => (2, "}}"),
    };
    let end = ahead.find(close, start + open)?;
    // A call may span several lines but not a blank one.
    if ahead.find("\n\n", start + open).is_some_and(|gap| gap + 2 <= end) {
        return None;
    }
    let inner = ahead.text[start + open..end].trim_matches('-').trim();
    Some((end + close.len() - start, Call { inner, is_tag }))
}

fn meaning(
    program: Program,
    here: Here<'_>,
    answer: &dyn Fn(Ask<'_>) -> Option<String>,
    ahead: &mut Ahead<'_>,
) -> Meaning {
    let Here { call, starts_line, ends_line, at } = here;
    let Call { inner, is_tag } = call;
    if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
        // A commented-out call, which documentation uses to show the syntax.
        return Meaning::Text(match program {
            Program::Hugo => format!("{{{{<{shown}>}}}}"),
            _ if is_tag => format!("{{%{shown}%}}"),
            _ => format!("{{{{{shown}}}}}"),
        });
    }
    let name: String = inner.chars().take_while(|c| !c.is_whitespace() && *c != '(').collect();
    let rest = inner[name.len()..].trim();
    let alone = starts_line && ends_line;
    let found = match (program, name.as_str()) {
        (Program::Hugo, "ref" | "relref") => argument(rest, "path").and_then(|path| {
            let language = arguments(rest).into_iter().find_map(|(key, value)| (key == "lang").then_some(value));
            answer(Ask::Page(PageCall { name: &path, language: language.as_deref() }))
        }),
        (Program::Hugo, "highlight") if alone && ahead.find("/highlight", at).is_some() => Some(fence(rest)),
        (Program::Hugo, "/highlight") if alone => Some("```".to_owned()),
        (Program::Hugo, "figure") => figure(rest),
        (Program::Jekyll, "post_url" | "link") if is_tag => {
            answer(Ask::Page(PageCall { name: rest.trim_matches(['"', '\'']), language: None }))
        }
        (Program::Jekyll, "raw") if is_tag => return Meaning::Verbatim("{% endraw"),
        (Program::Jekyll, "highlight") if is_tag && alone && ahead.find("endhighlight", at).is_some() => {
            Some(fence(rest))
        }
        (Program::Jekyll, "endhighlight") if is_tag && alone => Some("```".to_owned()),
        (Program::Jekyll, _) if !is_tag => liquid(inner, answer),
        _ => None,
    };
    match (found, program) {
        (Some(text), _) => Meaning::Text(text),
        (None, Program::Zola) => {
            let is_name = |text: &str| {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
            };
            if is_name(&name) && rest.starts_with('(') {
                Meaning::Left(if is_tag { format!("{{% {name} %}}") } else { format!("{{{{ {name}() }}}}") })
            } else {
                Meaning::Plain
            }
        }
        // An end tag is not reported apart from its start tag.
        (None, Program::Hugo) if name.starts_with('/') || inner.starts_with('/') => Meaning::Plain,
        (None, Program::Hugo) => Meaning::Left(format!("{{{{< {name} >}}}}")),
        (None, Program::Jekyll) => {
            let name = match rest.split_whitespace().next() {
                Some(file) if name.starts_with("include") => format!("{name} {file}"),
                _ if is_tag && name.starts_with("end") => return Meaning::Plain,
                _ => name,
            };
            // An output such as `{{ page.x | y }}` is reported by its variable, a tag by its name.
            Meaning::Left(if is_tag { format!("{{% {name} %}}") } else { format!("{{{{ {name} }}}}") })
        }
    }
}

fn fence(rest: &str) -> String {
    let language = rest.split_whitespace().next().unwrap_or_default().trim_matches('"');
    format!("```{language}")
}

/// Returns the value of a named argument, or else of the first positional one.
fn argument(rest: &str, name: &str) -> Option<String> {
    let all = arguments(rest);
    let named = all.iter().find(|(key, _)| key == name);
    named.or_else(|| all.iter().find(|(key, _)| key.is_empty())).map(|(_, value)| value.clone())
}

/// Parses arguments such as `"a" src="b"` into pairs of name and value; positional ones have an empty name.
fn arguments(rest: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '`' | '\'')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let (name, value) = match after.strip_prefix('=') {
            Some(value) => (word, value.trim_start()),
            None if word.is_empty() => ("", after),
            None => {
                all.push((String::new(), word.to_owned()));
                rest = after.trim_start();
                continue;
            }
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '`' | '\'')) => {
                let inner = &value[1..];
                inner.find(quote).map_or((inner, ""), |end| (&inner[..end], &inner[end + 1..]))
            }
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        all.push((name.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    all
}

/// Converts Hugo's `figure` to a Markdown image; none when Markdown cannot express all its arguments.
fn figure(rest: &str) -> Option<String> {
    let all = arguments(rest);
    let of = |name: &str| all.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let shape = ["src", "alt", "caption", "width", "height", "class", "loading", "align"];
    if !all.iter().all(|(key, _)| shape.contains(&key.as_str())) {
        return None;
    }
    let (src, alt, caption) = (of("src")?, of("alt"), of("caption").unwrap_or_default());
    if src.contains([' ', '(', ')', '<'])
        || alt.unwrap_or(caption).contains(['[', ']'])
        || caption.contains(['"', '<', '\n', '['])
    {
        return None;
    }
    let title = if caption.is_empty() || alt.is_none() { String::new() } else { format!(" \"{caption}\"") };
    Some(format!("![{}]({src}{title})", alt.unwrap_or(caption)))
}

/// Returns the value of a Liquid output, if it is a string or a known variable with address filters only.
fn liquid(inner: &str, answer: &dyn Fn(Ask<'_>) -> Option<String>) -> Option<String> {
    let mut parts = inner.split('|').map(str::trim);
    let value = parts.next()?;
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let value = match quoted {
        Some(text) => text.to_owned(),
        None => answer(Ask::Value(value))?,
    };
    parts.try_fold(value, |value, filter| {
        let site = |name: &'static str| answer(Ask::Value(name)).unwrap_or_default();
        let is_whole = value.contains("://");
        Some(match filter.replace(' ', "").as_str() {
            "relative_url" | "absolute_url" if is_whole => value,
            "relative_url" => format!("{}/{}", site("site.baseurl"), value.trim_start_matches('/')),
            "absolute_url" => {
                format!("{}{}/{}", site("site.url"), site("site.baseurl"), value.trim_start_matches('/'))
            }
            "prepend:site.baseurl" => format!("{}{value}", site("site.baseurl")),
            "prepend:site.url" => format!("{}{value}", site("site.url")),
            "escape" | "strip" | "uri_escape" => value,
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_mean_an_address_become_one_and_others_stay() {
        let answer = |ask: Ask<'_>| match ask {
            Ask::Page(PageCall { name: "a.md" | "2015-03-17-a" | "_posts/2015-03-17-a.md", .. }) => {
                Some("/a/".to_owned())
            }
            Ask::Value("site.baseurl") => Some(String::new()),
            Ask::Value("site.title") => Some("T".to_owned()),
            _ => None,
        };
        for (program, text, expected, left) in [
            (Program::Hugo, "[a]({{< ref \"a.md\" >}})", "[a](/a/)", 0),
            (Program::Hugo, "[a]({{% relref path=\"a.md\" lang=\"fr\" %}})", "[a](/a/)", 0),
            (Program::Hugo, "[a]({{< ref \"b.md\" >}})", "[a]({{< ref \"b.md\" >}})", 1),
            (Program::Hugo, "{{</* ref x */>}} {{ .Title }}", "{{< ref x >}} {{ .Title }}", 0),
            (Program::Hugo, "{{< highlight go \"linenos\" >}}\nx\n{{< /highlight >}}\n", "```go\nx\n```\n", 0),
            (Program::Hugo, "{{< figure src=\"a.png\" alt=\"A\" caption=\"B c\" >}}", "![A](a.png \"B c\")", 0),
            (Program::Hugo, "{{< figure src=\"a.png\" link=\"x\" >}}", "{{< figure src=\"a.png\" link=\"x\" >}}", 1),
            (Program::Hugo, "{{< youtube x >}} and {{< open", "{{< youtube x >}} and {{< open", 1),
            (Program::Jekyll, "[a]({% post_url 2015-03-17-a %})", "[a](/a/)", 0),
            (Program::Jekyll, "[a]({{ site.baseurl }}{% link _posts/2015-03-17-a.md %})", "[a](/a/)", 0),
            (Program::Jekyll, "{{ '/x.png' | relative_url }} {{site.title}}", "/x.png T", 0),
            (Program::Jekyll, "{% assign b = \"/b/\" %}[x]({{b}}1) {{ c }}", "[x](/b/1) {{ c }}", 1),
            (Program::Jekyll, "{% raw %}{{ x }}{% endraw %} y", "{{ x }} y", 0),
            (Program::Jekyll, "{% highlight ruby %}\nx\n{% endhighlight %}", "```ruby\nx\n```", 0),
            (
                Program::Jekyll,
                "{% include a.html %} {{ page.x | upcase }}",
                "{% include a.html %} {{ page.x | upcase }}",
                2,
            ),
            (
                Program::Zola,
                "{{ youtube(id=\"x\") }} {{ x }} {% y() %}z{% end %}",
                "{{ youtube(id=\"x\") }} {{ x }} {% y() %}z{% end %}",
                2,
            ),
            (Program::Zola, "{{/* x() */}}", "{{ x() }}", 0),
        ] {
            let resolved = resolve(program, text, &answer);
            assert_eq!((resolved.text.as_str(), resolved.left.len()), (expected, left), "{text}");
        }
    }
}
