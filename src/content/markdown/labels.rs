//! The words of the interface within a text: titles of alerts, names of buttons and checkboxes. The compiler writes them in
//! English, because it does not know the site; here they become those of the site.

use std::fmt::Write as _;

use crate::base::text;
use crate::config;

/// The start of the titles of alerts.
const TITLE: &str = "class=\"alert-title\">";

/// The start of the names of elements.
const NAME: &str = "aria-label=\"";

/// Where the compiler writes a word: what stands before it, the word, what it fills in (with its quotation marks), and what
/// stands after it.
const LABELS: [(&str, &str, Option<[&str; 2]>, &str); 10] = [
    (NAME, "footnote_back", Some(["", ""]), "\">↩</a>"),
    (NAME, "section", None, "\">#</a></h"),
    (NAME, "link_to", Some(["“", "”"]), "\">#</a></h"),
    (NAME, "task_done", None, "\"> "),
    (NAME, "task_open", None, "\"> "),
    (TITLE, "alert_note", None, "</p>"),
    (TITLE, "alert_tip", None, "</p>"),
    (TITLE, "alert_important", None, "</p>"),
    (TITLE, "alert_warning", None, "</p>"),
    (TITLE, "alert_caution", None, "</p>"),
];

/// Writes the labels of a text in the words of a site, each with its language where that is not the one of the text (WCAG 2.2,
/// criterion 3.1.2).
pub fn in_words(html: String, language: &str, words: &config::Catalog) -> String {
    let english = config::Catalog::english();
    if LABELS.iter().all(|(_, word, ..)| words.text(word) == english.text(word)) && is_same(language, "en")
        || ![NAME, TITLE].iter().any(|start| html.contains(start))
    {
        return html;
    }
    let mut written = String::with_capacity(html.len() + 64);
    let mut rest = html.as_str();
    while let Some(at) = [NAME, TITLE].iter().filter_map(|start| rest.find(start)).min() {
        let start = if rest[at..].starts_with(NAME) { NAME } else { TITLE };
        let after = &rest[at + start.len()..];
        written.push_str(&rest[..at]);
        let label = LABELS.iter().filter(|(of, ..)| *of == start).find_map(|(_, word, value, end)| {
            let english = english.text(word);
            let (before, _) = english.split_once('{').unwrap_or((english, ""));
            let inner = after.strip_prefix(before)?;
            let [open, close] = value.unwrap_or_default();
            let inner = inner.strip_prefix(open)?;
            let end = format!("{close}{end}");
            let at = if value.is_some() { inner.find(&end)? } else { inner.starts_with(&end).then_some(0)? };
            // The value of an attribute holds no quotation mark.
            (!inner[..at].contains('"')).then(|| (*word, &inner[..at], &inner[at + close.len()..]))
        });
        let Some((word, value, following)) = label else {
            written.push_str(start);
            rest = after;
            continue;
        };
        let own = words.language_of(word);
        if !is_same(language, own) {
            write!(written, "lang=\"{own}\" ").expect("writing to a string does not fail");
        }
        written.push_str(start);
        let mut plain = String::new();
        text::escape_html(words.text(word), &mut plain);
        written.push_str(&config::fill(&plain, &[("number", value), ("title", value)]));
        rest = following;
    }
    written.push_str(rest);
    written
}

/// Whether two tags are of the same language.
fn is_same(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Catalog;

    #[test]
    fn labels_are_in_the_words_of_the_site() {
        let html = "<h2>A <a class=\"anchor\" href=\"#a\" aria-label=\"Link to “A &amp; B”\">#</a></h2>\
            <p class=\"alert-title\">Note</p><p>Note <a aria-label=\"Footnotes of mine\">x</a></p>\
            <input aria-label=\"done\"> <a aria-label=\"Back to mention 1-2\">↩</a>";
        assert_eq!(in_words(html.to_owned(), "en-GB", &Catalog::shipped("en")), html);
        assert_eq!(
            in_words(html.to_owned(), "de-AT", &Catalog::shipped("de")),
            "<h2>A <a class=\"anchor\" href=\"#a\" aria-label=\"Link zu: A &amp; B\">#</a></h2>\
            <p class=\"alert-title\">Hinweis</p><p>Note <a aria-label=\"Footnotes of mine\">x</a></p>\
            <input aria-label=\"erledigt\"> <a aria-label=\"Zurück zu Erwähnung 1-2\">↩</a>"
        );
        let foreign = in_words(html.to_owned(), "ar", &Catalog::shipped("de"));
        assert!(foreign.contains("<p lang=\"de\" class=\"alert-title\">Hinweis"), "{foreign}");
        assert!(
            in_words(html.to_owned(), "ga", &Catalog::shipped("ga"))
                .contains("<input lang=\"en\" aria-label=\"done\">")
        );
    }
}
