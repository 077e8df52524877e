//! What is in which language, and how it runs: on pages of one and of several languages, in e-mails and in feeds.

use dateline::base::html::{Token, VOID, tokens};

use crate::site_test::{Output, SiteTest, article, between};

/// A site in English whose stories, but for one, are in Arabic. What the desk itself says is in English, what stories say is
/// in Arabic, so that the script of a word tells the language that it must be marked as.
fn site() -> SiteTest {
    let rich = "lang: ar\ndate: 2023-10-17 10:00\nsummary: ملخص\nsection: World\ntopics: [Trade]\nthread: The trip\n\
        authors: [محمد, علي]\neditors: [سارة]\ncontributors: [ليلى]\nkind: analysis\nstatus: developing\n\
        key_points: [نقطة]\nfacts: [{label: عدد, value: ٥, source: مصدر}]\nsources: [{name: مصدر}]\n\
        image: {src: /a.png, alt: صورة, caption: شرح, credit: مصور}\naudio: /a.mp3\n\
        updates: [{at: 2023-10-17 11:00, kind: correction, text: تصحيح}, {at: 2023-10-17 12:00, kind: clarification, text: توضيح}, {at: 2023-10-17 13:00, text: جديد}]";
    let config = "-- dateline.yaml --\ntitle: The Desk\nbase_url: https://test.example\nbriefings: daily\n\
        feeds: {content: full, formats: [atom, rss, json]}\nemail: {from: desk@test.example}\n";
    let site = SiteTest::new(
        config.to_owned()
            + &article("rich", rich, "نص طويل.[^1]\n\n> [!NOTE]\n> نص.\n\n- [x] نعم\n\n[^1]: حاشية.\n")
            + &article(
                "plain",
                "date: 2023-10-16\nsummary: Words.\nsection: World\ntopics: [Trade]\nthread: The trip",
                "Text.",
            )
            + &article("other", "lang: ar\ndate: 2023-10-15\nsummary: ملخص\ntopics: [Trade]\nthread: The trip", "نص.")
            + &article("english", "lang: en\ndate: 2023-10-17\ntranslation_of: rich\nsummary: Words.", "Text.")
            + &article("gone", "lang: ar\ndate: 2023-10-14\nupdates: [{at: 2023-10-15, kind: withdrawn}]", "نص.")
            + "-- content/pages/about.md --\n---\ntitle: حول\nsummary: ملخص\nlang: ar\nupdated: 2023-10-17\n---\nنص.\n"
            + "-- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16 20:00\nnumber: 7\nlang: ar\nsummary: ملخص\ntopics: [Trade]\nstories: [rich, plain]\nupdates: [{at: 2023-10-17, kind: correction, text: تصحيح}]\n---\n> [!TIP]\n> مقدمة.\n\n## عنوان\n\nنص.\n\n## آخر\n\nنص.\n"
            + "-- content/briefings/2023-10-12.md --\n---\ntitle: نشرة\ndate: 2023-10-12\nlang: ar\n---\n## عنوان\n\nنص.\n",
    );
    for slug in ["rich", "other", "gone"] {
        let file = format!("content/articles/{slug}.md");
        let text = std::fs::read_to_string(site.root().join(&file)).expect("a story");
        site.write(&file, text.replace(&format!("Title of {slug}"), "عنوان"));
    }
    site.write("static/a.png", "").write("static/a.mp3", "");
    site
}

/// The words of the body of a page, those of its attributes included, each with the language and the direction that they
/// are marked as.
fn words(page: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(String, String, String)> = Vec::new();
    let mut in_body = false;
    for (token, _) in tokens(page) {
        let (lang, dir) = open.last().map(|(_, lang, dir)| (lang.clone(), dir.clone())).unwrap_or_default();
        match token {
            Token::Open(tag) => {
                in_body |= tag.is("body");
                let own = |name: &str, above: String| tag.get(name).map_or(above, std::borrow::Cow::into_owned);
                let (lang, dir) = (own("lang", lang), own("dir", dir));
                // A label of what holds a text is not of the text's language, and cannot be marked by itself.
                let is_holder = tag.get("role").is_some_and(|role| role == "doc-endnotes");
                for name in ["alt", "aria-label"].into_iter().filter(|_| !is_holder) {
                    found.extend(
                        tag.get(name).filter(|_| in_body).map(|said| (said.into_owned(), lang.clone(), String::new())),
                    );
                }
                if !VOID.contains(&tag.name) {
                    open.push((tag.name.to_owned(), lang, dir));
                }
            }
            Token::Close(name) => {
                while let Some((last, ..)) = open.pop() {
                    if last == name {
                        break;
                    }
                }
            }
            Token::Text(text) if in_body && !text.trim().is_empty() => found.push((text.trim().to_owned(), lang, dir)),
            Token::Text(_) | Token::Comment => {}
        }
    }
    found
}

fn letter(output: &Output, day: &str) -> String {
    output.file(&format!("/.dateline/private/briefings/{day}/email.html"))
}

/// Fails when words are marked as of a language that is not theirs. Addresses are of none.
#[track_caller]
fn assert_marked(name: &str, page: &str) {
    let mut told = [0, 0];
    for (said, lang, dir) in words(page) {
        let is_arabic = said.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c) && c.is_alphabetic());
        let is_latin = said.chars().any(|c| c.is_ascii_alphabetic()) && !said.contains("://");
        let expected = match (is_arabic, is_latin) {
            (true, false) => ("ar", "rtl"),
            (false, true) => ("en", "ltr"),
            _ => continue,
        };
        told[usize::from(is_arabic)] += 1;
        // One word alone has no order to lose, and nobody sees what an attribute says.
        let is_word = dir.is_empty() || said.chars().all(char::is_alphabetic);
        assert_eq!((&*lang, if is_word { expected.1 } else { &*dir }), expected, "`{said}` on {name}");
    }
    assert!(told[0] > 0, "{name} says nothing");
}

#[test]
fn every_word_of_every_page_and_e_mail_is_marked_as_of_its_own_language() {
    let site = site();
    let output = site.build();
    let tree = site.tree();

    let pages = tree.iter().filter(|(file, _)| crate::site_test::is_page(file));
    let mut count = 0;
    for (file, bytes) in pages {
        assert_marked(file, &String::from_utf8_lossy(bytes));
        count += 1;
    }
    assert!(count > 15, "{count}");
    for day in ["2023-10-12", "2023-10-15", "2023-10-16", "2023-10-17"] {
        assert_marked(day, &letter(&output, day));
    }
    let rich = output.file("/2023/10/17/rich/");
    assert!(rich.contains("<html lang=\"ar\" dir=\"rtl\">"), "a page is in the language of its story");
    for label in ["17 October 2023", "Developing", "Analysis", "Key points", "The story so far", "Correction", "Listen"]
    {
        assert!(rich.contains(label), "{label} is on the page, and was looked at");
    }
    let plain = output.file("/2023/10/16/plain/");
    assert_eq!(
        plain.matches(" lang=\"en\"").count(),
        1,
        "what is in the language of the page and the site is not marked"
    );
}

#[test]
fn an_e_mail_says_how_it_runs_without_the_elements_that_web_mail_drops() {
    let site = site();
    let output = site.build();
    let html = letter(&output, "2023-10-12");
    let body = between(&html, "<body", "</body>");
    for element in ["<div ", "<table "] {
        let first = between(body, element, ">");
        assert!(first.contains("dir=\"rtl\"") && first.contains("lang=\"ar\""), "{element}{first}");
    }
    // One composed of stories in several languages is in the site's, and each of the others says so.
    let html = letter(&output, "2023-10-17");
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">"));
    let rows = html.split("<td").filter(|row| row.contains("dir=\"rtl\"") && row.contains("عنوان"));
    let rows: Vec<&str> = rows.filter(|row| !row.contains("Corrected in")).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
}

#[test]
fn texts_in_feeds_carry_their_direction_and_language() {
    let site = site();
    let output = site.build();
    let start = "<div dir=\"rtl\" lang=\"ar\">";
    let json: serde_json::Value = serde_json::from_str(&output.file("/feed.json")).expect("JSON");
    for item in json["items"].as_array().expect("items") {
        let content = item["content_html"].as_str().expect("a text");
        let is_arabic = item["language"] == "ar";
        assert_eq!(content.starts_with(start), is_arabic, "{content}");
        assert_eq!(content.ends_with("</div>"), is_arabic, "{content}");
    }
    let note = "<p><span dir=\"ltr\" lang=\"en\"><strong>Correction</strong> (17 October 2023):</span> تصحيح</p>";
    assert!(output.file("/rss.xml").contains(&format!("<content:encoded><![CDATA[{start}{note}")));
    for file in ["/feed.xml", "/topics/trade/feed.xml", "/threads/the-trip/feed.xml", "/briefings/feed.xml"] {
        let feed = output.file(file);
        assert!(feed.contains("<content type=\"html\">&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;"), "{file}");
    }
    let atom = output.file("/feed.xml");
    assert!(atom.contains(
        "<summary type=\"html\">&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;ملخص&lt;/div&gt;</summary>"
    ));
    let rss = output.file("/rss.xml");
    assert!(
        rss.contains("<description>&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;ملخص&lt;/div&gt;</description>"),
        "{rss}"
    );
    assert!(rss.contains("<dc:language>ar</dc:language>"));
    // An edition in Arabic with a story in English in one of its slots.
    let editions: serde_json::Value = serde_json::from_str(&output.file("/briefings/feed.json")).expect("JSON");
    let edition = editions["items"].as_array().expect("items").iter().find(|item| item["_news"]["edition"] == 7);
    let content = edition.expect("the edition")["content_html"].as_str().expect("a text");
    assert!(content.starts_with(start), "{content}");
    assert!(
        content.contains("<div dir=\"ltr\" lang=\"en\"><h2><a href=\"https://test.example/2023/10/16/plain/\">"),
        "{content}"
    );
}

#[test]
fn a_site_that_runs_from_right_to_left_says_so_in_its_feeds() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nlanguage: ar\n".to_owned()
            + &article("own", "date: 2023-10-17", "نص.")
            + &article("foreign", "date: 2023-10-16\nlang: en", "Text."),
    );
    let json: serde_json::Value = serde_json::from_str(&site.build().file("/feed.json")).expect("JSON");
    assert_eq!(json["items"][0]["content_html"], "<div dir=\"rtl\" lang=\"ar\"><p>نص.</p></div>");
    assert_eq!(json["items"][1]["content_html"], "<div dir=\"ltr\" lang=\"en\"><p>Text.</p></div>");
}
