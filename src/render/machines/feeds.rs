//! Feeds: Atom 1.0 (RFC 4287), RSS 2.0 with content, creator and Atom links, JSON Feed 1.1.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::xml::Xml;
use crate::base::text;
use crate::plan::{Enclosure, Feed, FeedEntry, FeedMedia, FeedPerson};

/// The scheme of IPTC Media Topics.
const MEDIA_TOPICS: &str = "http://cv.iptc.org/newscodes/mediatopic/";

/// Wraps HTML with its language and direction. Feed readers mix entries of many feeds and take neither from the feed; an
/// entry in the feed's own language that runs from left to right needs no wrapper.
fn marked<'h>(html: &'h str, language: &str, feed: &Feed) -> Cow<'h, str> {
    let direction = text::direction(language);
    if language == feed.language && direction == "ltr" {
        return html.into();
    }
    format!("<div dir=\"{direction}\" lang=\"{language}\">{}</div>", html.trim_end()).into()
}

/// Plain text as HTML.
fn html(plain: &str) -> String {
    let mut html = String::with_capacity(plain.len());
    text::escape_html(plain, &mut html);
    html
}

/// Media RSS, in RSS and in Atom: the one vocabulary of pictures that readers of both know.
const MEDIA: (&str, &str) = ("xmlns:media", "http://search.yahoo.com/mrss/");

/// A picture in the words of Media RSS.
fn picture(xml: &mut Xml, image: &FeedMedia) {
    let size = image.size.map(|(width, height)| (width.to_string(), height.to_string()));
    let mut attributes = vec![("url", &*image.address), ("medium", "image")];
    attributes.extend(image.media_type.as_deref().map(|media_type| ("type", media_type)));
    if let Some((width, height)) = &size {
        attributes.extend([("width", &**width), ("height", &**height)]);
    }
    xml.element("media:content", &attributes, |xml| {
        // The alternative text is its title: readers take a description for the item's own (feedparser 6.0).
        if !image.alt.is_empty() {
            xml.text("media:title", &[("type", "plain")], &image.alt);
        }
        if let Some(credit) = &image.credit {
            xml.text("media:credit", &[], credit);
        }
    });
}

/// The media type of sound, where a format demands one and the address tells none: the one that all players try.
const SOUND: &str = "audio/mpeg";

pub(in crate::render) fn atom(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:at", "http://purl.org/atompub/tombstones/1.0"),
        MEDIA,
        ("xml:lang", feed.language.as_str()),
    ];
    let has_pictures = feed.entries.iter().any(|entry| entry.image.is_some());
    let namespaces = namespaces.into_iter().filter(|(name, _)| match *name {
        "xmlns:at" => !feed.deleted.is_empty(),
        "xmlns:media" => has_pictures,
        _ => true,
    });
    xml.element("feed", &namespaces.collect::<Vec<_>>(), |xml| {
        xml.text("id", &[], &feed.id);
        xml.text("title", &[], &feed.title);
        xml.text("subtitle", &[], &feed.description);
        xml.text("updated", &[], &feed.updated);
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.address)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page)]);
        if let Some(hub) = &feed.hub {
            xml.empty("link", &[("rel", "hub"), ("href", hub)]);
        }
        xml.element("author", &[], |xml| {
            xml.text("name", &[], &feed.author);
            xml.text("uri", &[], &feed.author_address);
        });
        if let Some(logo) = &feed.logo {
            xml.text("logo", &[], logo);
        }
        xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Dateline");
        for (id, when) in &feed.deleted {
            xml.empty("at:deleted-entry", &[("ref", id), ("when", when)]);
        }
        feed.entries.iter().for_each(|entry| atom_entry(xml, feed, entry));
    });
    xml.finish()
}

/// The headline, which is plain text in every format.
fn title(entry: &FeedEntry) -> Cow<'_, str> {
    text::with_direction_mark(&entry.title, &entry.language)
}

fn atom_entry(xml: &mut Xml, feed: &Feed, entry: &FeedEntry) {
    let language = [("xml:lang", entry.language.as_str())];
    xml.element("entry", if entry.language == feed.language { &[] } else { &language }, |xml| {
        xml.text("id", &[], &entry.id);
        xml.text("title", &[], &title(entry));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.address)]);
        if let Some(sound) = &entry.enclosure {
            let length = sound.length.to_string();
            let mut link = vec![("rel", "enclosure")];
            link.extend(sound.media_type.map(|media_type| ("type", media_type)));
            link.push(("href", &*sound.address));
            link.extend((sound.length > 0).then_some(("length", &*length)));
            xml.empty("link", &link);
        }
        xml.text("published", &[], &entry.published);
        xml.text("updated", &[], &entry.updated);
        for author in &entry.authors {
            xml.element("author", &[], |xml| {
                xml.text("name", &[], &author.name);
                if let Some(address) = &author.address {
                    xml.text("uri", &[], address);
                }
            });
        }
        for topic in &entry.topics {
            match &topic.media_topic {
                Some(number) => {
                    let category = [("term", &**number), ("scheme", MEDIA_TOPICS), ("label", &*topic.name)];
                    xml.empty("category", &category);
                }
                None => xml.empty("category", &[("term", &topic.name)]),
            }
        }
        if let Some(summary) = &entry.summary {
            // `xml:lang` tells the language of plain text, and nothing its direction.
            if text::direction(&entry.language) == "ltr" {
                xml.text("summary", &[], summary);
            } else {
                xml.text("summary", &[("type", "html")], &marked(&html(summary), &entry.language, feed));
            }
        }
        if let Some(content) = &entry.content {
            xml.text("content", &[("type", "html")], &marked(content, &entry.language, feed));
        }
        if let Some(image) = &entry.image {
            picture(xml, image);
        }
    });
}

pub(in crate::render) fn rss(feed: &Feed) -> Vec<u8> {
    let namespaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        MEDIA,
    ];
    let mut xml = Xml::new();
    xml.element("rss", &namespaces, |xml| {
        xml.element("channel", &[], |xml| {
            xml.rss_text("title", &feed.title);
            xml.text("link", &[], &feed.page);
            xml.text("description", &[], &html(&feed.description));
            xml.text("language", &[], &feed.language.to_lowercase());
            for (name, date) in [("pubDate", &feed.published_rfc822), ("lastBuildDate", &feed.updated_rfc822)] {
                if let Some(date) = date {
                    xml.text(name, &[], date);
                }
            }
            xml.text("generator", &[], concat!("Dateline ", env!("CARGO_PKG_VERSION")));
            xml.text("docs", &[], "https://www.rssboard.org/rss-specification");
            xml.text("ttl", &[], "15");
            if let Some(logo) = &feed.logo {
                xml.element("image", &[], |xml| {
                    xml.text("url", &[], logo);
                    xml.rss_text("title", &feed.title);
                    xml.text("link", &[], &feed.page);
                });
            }
            xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.address)]);
            if let Some(hub) = &feed.hub {
                xml.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
            }
            feed.entries.iter().for_each(|entry| rss_item(xml, feed, entry));
        });
    });
    xml.finish()
}

fn rss_item(xml: &mut Xml, feed: &Feed, entry: &FeedEntry) {
    xml.element("item", &[], |xml| {
        xml.rss_text("title", &title(entry));
        xml.text("link", &[], &entry.address);
        xml.text("guid", &[("isPermaLink", if entry.id == entry.address { "true" } else { "false" })], &entry.id);
        xml.text("pubDate", &[], &entry.published_rfc822);
        // No other author steps in where an item has none.
        let authors = entry.authors.iter().map(|author| author.name.as_str());
        let publisher = Some(feed.author.as_str()).filter(|_| entry.authors.is_empty());
        authors.chain(publisher).for_each(|name| xml.rss_text("dc:creator", name));
        if entry.language != feed.language {
            xml.text("dc:language", &[], &entry.language);
        }
        for topic in &entry.topics {
            xml.rss_text("category", &topic.name);
        }
        for number in entry.topics.iter().filter_map(|topic| topic.media_topic.as_ref()) {
            xml.text("category", &[("domain", MEDIA_TOPICS)], number);
        }
        if let Some(summary) = &entry.summary {
            // Readers take it for HTML (RSS Best Practices Profile), and would drop `<Acme>`.
            xml.text("description", &[], &marked(&html(summary), &entry.language, feed));
        }
        if let Some(content) = &entry.content {
            xml.cdata("content:encoded", &marked(content, &entry.language, feed));
        }
        if let Some(sound) = &entry.enclosure {
            let length = sound.length.to_string();
            xml.empty(
                "enclosure",
                &[("url", &sound.address), ("length", &length), ("type", sound.media_type.unwrap_or(SOUND))],
            );
        }
        if let Some(image) = &entry.image {
            picture(xml, image);
        }
    });
}

pub(in crate::render) fn json(feed: &Feed) -> Vec<u8> {
    let mut top = Map::new();
    let mut put = |name: &str, value: Value| top.insert(name.to_owned(), value);
    put("version", json!("https://jsonfeed.org/version/1.1"));
    put("title", json!(feed.title));
    put("home_page_url", json!(feed.page));
    put("feed_url", json!(feed.address));
    put("description", json!(feed.description));
    put("language", json!(feed.language));
    if let Some(logo) = &feed.logo {
        put("icon", json!(logo));
    }
    put("authors", json!([{ "name": feed.author, "url": feed.author_address }]));
    if let Some(hub) = &feed.hub {
        put("hubs", json!([{ "type": "WebSub", "url": hub }]));
    }
    put("items", feed.entries.iter().map(|entry| json_item(feed, entry)).collect());
    let mut bytes = serde_json::to_vec_pretty(&top).expect("text and lists are JSON");
    bytes.push(b'\n');
    bytes
}

fn json_item(feed: &Feed, entry: &FeedEntry) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| item.insert(name.to_owned(), value);
    put("id", json!(entry.id));
    put("url", json!(entry.address));
    put("title", json!(title(entry)));
    let summary = entry.summary.as_deref().map(|summary| text::with_direction_mark(summary, &entry.language));
    if let Some(summary) = &summary {
        put("summary", json!(summary));
    }
    match (&entry.content, &summary) {
        (Some(content), _) => put("content_html", json!(marked(content, &entry.language, feed))),
        (None, Some(summary)) => put("content_text", json!(summary)),
        (None, None) => put("content_text", json!(title(entry))),
    };
    if let Some(image) = &entry.image {
        put("image", json!(image.address));
    }
    put("date_published", json!(entry.published));
    put("date_modified", json!(entry.updated));
    if !entry.authors.is_empty() {
        let author = |author: &FeedPerson| match &author.address {
            Some(address) => json!({ "name": author.name, "url": address }),
            None => json!({ "name": author.name }),
        };
        put("authors", entry.authors.iter().map(author).collect());
    }
    if !entry.topics.is_empty() {
        put("tags", entry.topics.iter().map(|topic| json!(topic.name)).collect());
    }
    put("language", json!(entry.language));
    if let Some(Enclosure { address, media_type, length }) = &entry.enclosure {
        let mut attachment = json!({ "url": address, "mime_type": media_type.unwrap_or(SOUND) });
        if *length > 0 {
            attachment["size_in_bytes"] = json!(length);
        }
        put("attachments", json!([attachment]));
    }
    if let Some(news) = news(entry) {
        put("_news", news);
    }
    Value::Object(item)
}

/// The extension `_news`: JSON Feed wants names of extensions to begin with `_`.
fn news(entry: &FeedEntry) -> Option<Value> {
    let news = &entry.news;
    let mut node = Map::new();
    let mut put = |name: &str, value: Value| node.insert(name.to_owned(), value);
    if let Some(dateline) = &news.dateline {
        put("dateline", json!(dateline));
    }
    if let Some(status) = news.status {
        put("status", json!(status));
    }
    if let Some(edition) = news.edition {
        put("edition", json!(edition));
    }
    if !news.corrections.is_empty() {
        put("corrections", json!(news.corrections));
    }
    let codes: Vec<&String> = entry.topics.iter().filter_map(|topic| topic.media_topic.as_ref()).collect();
    if !codes.is_empty() {
        put("mediatopics", json!(codes));
    }
    (!node.is_empty()).then_some(Value::Object(node))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_dropped_and_the_rest_survives() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "x\u{1}\"<&")], |xml| {
            xml.text("c", &[], "1\u{b} < 2 & \u{fffe}🙂");
            xml.cdata("d", "]]>");
        });
        let text = String::from_utf8(xml.finish()).expect("UTF-8");
        assert!(text.contains("<a b=\"x&quot;&lt;&amp;\">") && text.contains("<c>1 &lt; 2 &amp; 🙂</c>"), "{text}");
        assert!(text.contains("<d><![CDATA[]]]]><![CDATA[>]]></d>"), "{text}");
    }
}
