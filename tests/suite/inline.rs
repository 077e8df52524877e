//! What stands within a line means the same everywhere: on the page, in feeds, e-mails, titles and descriptions.

use dateline::check::{self, CheckOptions};

use crate::site_test::{SiteTest, article, assert_in_order, between, describe, short};

const CONFIG: &str = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\ntimezone: Europe/Berlin\n\
    feeds: {content: full, formats: [atom, rss, json]}\nemail: {from: desk@test.example}\nmarkdown_twins: true\n";

fn edition(day: &str, body: &str) -> String {
    format!("-- content/briefings/{day}.md --\n---\ndate: {day}\ntopics: [G]\n---\nI.\n\n{body}\n")
}

fn letter(name: &str) -> String {
    format!("/.dateline/private/briefings/2023-10-17/{name}")
}

#[test]
fn unknown_tags_are_text_in_headings_and_descriptions_too() {
    let body =
        "## The <your name> and <<mot>> head\n\nText.\n\n![Alt <your name> and <<mot>>](https://x.example/a.png)\n";
    let site =
        SiteTest::new(CONFIG.to_owned() + &article("a", "date: 2023-10-16", body) + &edition("2023-10-17", body));
    let output = site.build();
    let page = output.main("/2023/10/16/a/");
    let escaped = "The &lt;your name&gt; and &lt;&lt;mot&gt;&gt; head";
    assert_in_order(
        &page,
        &[
            "<h2 id=\"the-your-name-and-mot-head\">",
            &format!("aria-label=\"Link to “{escaped}”\""),
            "alt=\"Alt &lt;your name&gt; and &lt;&lt;mot&gt;&gt;\"",
        ],
    );
    assert!(output.main("/briefings/2023-10-17/").contains(&format!(">{escaped}</span>")));
    assert!(output.file("/feed.json").contains("The <your name> and <<mot>> head"));
    assert!(output.file("/feed.xml").contains("Alt &amp;lt;your name&amp;gt; and"));
    assert!(output.file(&letter("email.txt")).contains("1. The <your name> and <<mot>> head\n"));
    // Elements of HTML stay elements, and what is foreign stays left out.
    let body = "## The <b>bold</b> <svg><path/></svg>head\n\nText.\n";
    let site = SiteTest::new(CONFIG.to_owned() + &article("a", "date: 2023-10-16", body));
    assert!(site.build().main("/2023/10/16/a/").contains("aria-label=\"Link to “The bold head”\""));
}

#[test]
fn an_anchor_is_the_same_in_either_form_of_unicode() {
    const ONE: &str = "zu\u{308}rich";
    const COMPOSED: &str = "z\u{fc}rich";
    for policy in ["sanitise", "trust"] {
        let body = format!(
            "[a](#{COMPOSED}) [b](#{ONE}) [c](#zu%CC%88rich) [d](#ro{ONE}) <a href=\"#{ONE}\">e</a>\n\n## Z {{#{ONE}}}\n\n\
             <p id=\"ro{COMPOSED}\">x</p>\n\n<p aria-describedby=\"ro{ONE}\">y</p>\n\n<a name=\"na{ONE}\"></a> [f](#na{COMPOSED})\n"
        );
        let links =
            format!("[x](a.md#{ONE}) [[a#{ONE}]] <a href=\"/2023/10/16/a/#{ONE}\">z</a> [y](/2023/10/16/a/#{ONE})\n");
        let site = SiteTest::new(
            format!("{CONFIG}html: {policy}\n")
                + &article("a", "date: 2023-10-16", &body)
                + &article("b", "date: 2023-10-15", &links)
                + &edition("2023-10-17", &format!("## Item {{#{ONE}}}\n\n[here](#{COMPOSED})")),
        );
        let output = site.build();
        assert_eq!(output.problems(), [""; 0], "{}", describe(&output.built.report));
        for file in ["/2023/10/16/a/", "/2023/10/15/b/", "/briefings/2023-10-17/", "/feed.xml"] {
            let page = output.file(file);
            assert!(!page.contains('\u{308}') && !page.contains("%CC%88\""), "{file}: {page}");
        }
        let page = output.main("/2023/10/16/a/");
        assert!(page.contains(&format!("<h2 id=\"{COMPOSED}\">")) && page.contains(&format!("id=\"ro{COMPOSED}\"")));
        assert!(page.contains(&format!("aria-describedby=\"ro{COMPOSED}\"")), "{page}");
        assert!(output.main("/briefings/2023-10-17/").contains(&format!("id=\"{COMPOSED}\"")));
    }
}

#[test]
fn obsolete_elements_keep_their_meaning() {
    let body = "It cost <strike>100</strike> 90 <acronym title=\"euros\">EUR</acronym> on <time datetime=\"2023-10-16\">Monday</time>.";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", "date: 2023-10-16", body)
            + &edition("2023-10-17", &format!("## One\n\n{body}")),
    );
    let output = site.build();
    let expected =
        "It cost <s>100</s> 90 <abbr title=\"euros\">EUR</abbr> on <time datetime=\"2023-10-16\">Monday</time>.";
    assert!(output.main("/2023/10/16/a/").contains(expected));
    assert!(output.file("/feed.xml").contains("It cost &lt;s&gt;100&lt;/s&gt; 90"));
    let page = output.file("/2023/10/16/a/");
    assert_eq!(between(&page, "<meta name=\"description\" content=\"", "\""), "It cost 90 EUR on Monday.");
    assert!(output.file(&letter("email.html")).contains("It cost <s>100</s> 90"));
    assert!(output.file(&letter("email.txt")).contains("It cost 90 EUR on Monday."));
}

#[test]
fn the_text_of_a_letter_says_what_its_html_says() {
    let body = "## It\n\n~~[old](https://x.example/old)~~ 90, was <del><q>100</q></del>, toll 90 ~~95~~.\n\n\
        x<sup>2<sup>3</sup></sup> and <sup>a<sub>b</sub>c</sup>\n\n1989. The wall fell.\n\n\
        | | 2023 | 2024 |\n|---|---|---|\n| Oil | 5 | 6 |\n| Gas | | 7 |\n\n<ol type=\"a\"><li>x</li><li>y</li></ol>\n\n\
        <ol reversed><li>v</li><li>w</li></ol>\n\n<bdo dir=\"rtl\">abc</bdo> <bdi>d</bdi>\n\n\
        <img src=\"https://x.example/h.png\" alt=\"hidden one\" hidden>\n";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", "date: 2023-10-16", "Size x<sup>2<sup>3</sup></sup> and <sup>a<sub>b</sub>c</sup>.")
            + &edition("2023-10-17", body),
    );
    let output = site.build();
    let text = output.file(&letter("email.txt"));
    assert_in_order(
        &text,
        &[
            "\n90, was, toll 90.\n",
            "\nx^2³ and abc\n",
            "\n1989. The wall fell.\n",
            "\n| 2023 | 2024\nOil | 5 | 6\nGas | | 7\n",
            "\na. x\nb. y\n",
            "\n2. v\n1. w\n",
        ],
    );
    assert!(!text.contains("x.example") && !text.contains("hidden one") && !text.contains('“'), "{text}");
    let html = output.file(&letter("email.html"));
    assert_in_order(&html, &["<ol start=\"1989\"", "<ol type=\"a\"", "reversed", "<bdo dir=\"rtl\"", "<bdi"]);
    assert!(!html.contains("hidden one"));
    let page = output.file("/2023/10/16/a/");
    assert_eq!(between(&page, "<meta name=\"description\" content=\"", "\""), "Size x^2³ and abc.");
}

#[test]
fn a_footnote_where_only_plain_text_is_shown_is_reported() {
    let body = "## Head[^q] of it\n\nBody.\n\n[^q]: Note.\n";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &edition("2023-10-17", body)
            + &article("a", "date: 2023-10-16", "## Head[^q]\n\nText.\n\n[^q]: Note.\n"),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        ["footnote content/briefings/2023-10-17.md:7:8"],
        "{}",
        describe(&output.built.report)
    );
    assert!(output.main("/2023/10/16/a/").contains("href=\"#fn-a-1\""), "an article's heading has its mark");
}

#[test]
fn anchors_of_a_change_log_are_its_own() {
    let updates =
        "updates: [{at: 2023-10-17 10:00, kind: correction, text: c}, {at: 2023-10-17 10:00, kind: update, text: u}]";
    let body = "<p id=\"correction-20231017T080000Z\">x</p>\n\n## H {#update-20231017T080000Z}\n\n[log](#correction-20231017T080000Z)\n";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", &format!("date: 2023-10-16\n{updates}"), body)
            + &format!("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n{updates}\n---\nI.\n\n## H {{#correction-20231017T080000Z}}\n\nText.\n"),
    )
    .at("2023-10-18T00:00Z");
    let output = site.build();
    assert_eq!(
        output.problems().iter().filter(|problem| problem.starts_with("reserved-anchor ")).count(),
        3,
        "{}",
        describe(&output.built.report)
    );
    for file in ["/2023/10/16/a/", "/briefings/2023-10-17/"] {
        let page = output.file(file);
        for id in ["correction-20231017T080000Z", "update-20231017T080000Z"] {
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{file}: {id}");
        }
    }
}

#[test]
fn a_bare_address_takes_precedence_over_emphasis() {
    let link =
        |address: &str| format!("<a href=\"{address}\" class=\"external\" rel=\"external noopener\">{address}</a>");
    for (text, expected) in [
        ("P https://x.example/a/__init__.py.", format!("P {}.", link("https://x.example/a/__init__.py"))),
        ("P https://x.example/_a_/b", format!("P {}", link("https://x.example/_a_/b"))),
        ("P https://x.example/a*b*c", format!("P {}", link("https://x.example/a*b*c"))),
        ("P https://x.example/~a~/b", format!("P {}", link("https://x.example/~a~/b"))),
        ("*P https://x.example/a*b* c", format!("<em>P {}</em> c", link("https://x.example/a*b"))),
        ("*a https://x.example/b*", format!("<em>a {}</em>", link("https://x.example/b"))),
        ("https://x.example/_a and b_", format!("{} and b_", link("https://x.example/_a"))),
        ("**b** https://x.example/*a* *c*", format!("<strong>b</strong> {}* <em>c</em>", link("https://x.example/*a"))),
        ("[_a_](https://x.example/_b_) _c_", "<em>a</em>".to_owned()),
        ("`https://x.example/_a_` *b*", "<code>https://x.example/_a_</code> <em>b</em>".to_owned()),
        ("P xmpp:a@x.example/r.", "P <a href=\"xmpp:a@x.example/r\">xmpp:a@x.example/r</a>.".to_owned()),
        ("P https://u:p@x.example/", format!("P {}", link("https://u:p@x.example/"))),
    ] {
        let site = SiteTest::new(CONFIG.to_owned() + &article("a", "date: 2023-10-16", &format!("\"Ä\" {text}\n")));
        let page = site.build().main("/2023/10/16/a/");
        assert!(page.contains(&expected) && page.contains("“Ä”"), "{text}: {page}");
    }
}

#[test]
fn a_name_in_a_caption_is_a_link_and_in_plain_text_it_is_reported() {
    let body = "![x](https://x.example/a.png \"Cap [[o]] [[secret]] [[o|words]].\")\n\n![y](p.png \"Own [[o]]\") and [z](/about/ \"see [[o]]\")\n";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", "date: 2023-10-16\nsummary: \"Dek [[o]]\"", body)
            + "-- content/articles/o.md --\n---\ntitle: The \"Other\"\ndate: 2023-10-15\n---\nText.\n"
            + &article("secret", "date: 2023-10-16\ndraft: true", "Text.")
            + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n",
    );
    site.write("content/articles/p.png", "");
    let output = site.build();
    let page = output.main("/2023/10/16/a/");
    let link = "<a href=\"/2023/10/15/o/\">";
    assert_in_order(
        &page,
        &[
            &format!("<figcaption><span class=\"caption\">Cap {link}The “Other”</a> … {link}words</a>.</span>"),
            &format!("<span class=\"caption\">Own {link}The “Other”</a></span>"),
        ],
    );
    let twin = output.file("/2023/10/16/a/index.md");
    assert_in_order(&twin, &["a.png \"Cap The “Other” … words.\")", "p.png \"Own The “Other”\")"]);
    assert_eq!(output.problems(), ["withheld-link content/articles/a.md:6:41"], "{}", describe(&output.built.report));
    let checked = check::check(&site.request(), &CheckOptions::default()).expect("a report").report;
    let unmade: Vec<String> =
        checked.diagnostics().iter().map(short).filter(|told| told.contains("unmade-link")).collect();
    assert_eq!(unmade, ["unmade-link content/articles/a.md:4:10", "unmade-link content/articles/a.md:8:29"]);
}

#[test]
fn plain_texts_have_the_marks_of_the_body() {
    let head = "date: 2023-10-16\nsummary: 'The court''s \"warrant\" -- and more...'\nkey_points: [It's \"open\"]\n\
        facts: [{label: Don't know, value: 6'2\"}]\nimage: {src: /m.png, alt: A, caption: 'The \"route\"'}\n\
        updates: [{at: 2023-10-16, kind: correction, text: It wasn't so}]\ntopics: [\"Xi's China\"]";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + "-- static/m.png --\n-- content/topics/xi.md --\n---\ntitle: Xi's China\n---\n"
            + &article("a", head, "It's \"so\".").replace("Title of a", "'A \"deal\" that isn''t'"),
    );
    let output = site.build_and_compare();
    let page = output.main("/2023/10/16/a/");
    assert_in_order(
        &page,
        &[
            "A “deal” that isn’t",
            "The court’s “warrant” – and more…",
            "It wasn’t so",
            "It’s “open”",
            "The “route”",
            "It’s “so”",
            "Xi&#39;s China",
            "Don’t know",
            "6&#39;2&quot;",
        ],
    );
    assert_eq!(output.problems(), [""; 0], "the topic of the file and of the story are one");
}

#[test]
fn pictures_that_are_not_there_are_left_out_of_texts() {
    let body = "![b](/lost/b.png)\n\n![c](/lost/c.png \"Caption\")\n\nA ![d](/lost/d.png) d.\n\n<img src=\"/lost/e.png\" alt=\"e\"> e \
        <img src=\"/here.png\" srcset=\"/lost/f.png 2x, /here.png 3x\" alt=\"f\"> f\n\n![g](/here.png)\n";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", "date: 2023-10-16", body)
            + &edition("2023-10-17", &format!("## One\n\n{body}"))
            + &format!("-- content/pages/about.md --\n---\ntitle: About\n---\n{body}")
            + &format!("-- content/topics/g.md --\n---\ntitle: G\n---\n{body}")
            + &format!("-- content/people/ann.md --\n---\nname: Ann\n---\n{body}"),
    );
    site.write("static/here.png", "");
    let output = site.build();
    for (path, text) in site.tree() {
        let text = String::from_utf8_lossy(&text);
        assert!(!text.contains("lost/") && !text.contains("lost-"), "{path}: {text}");
    }
    let page = output.main("/2023/10/16/a/");
    assert_in_order(
        &page,
        &[
            "<figure class=\"image\"><figcaption><span class=\"caption\">Caption</span>",
            "<p>A  d.</p>",
            "<img src=\"/here.png\"",
            "alt=\"f\"",
            "alt=\"g\"",
        ],
    );
    assert_eq!(page.matches("<img ").count(), 2, "{page}");
    assert_eq!(page.matches("<figure").count(), 2, "{page}");
    assert!(!page.contains("srcset"), "{page}");
    assert!(output.file(&letter("email.html")).contains("here.png"));
}

#[test]
fn what_is_named_in_another_language_says_so() {
    let site = SiteTest::new(
        CONFIG.to_owned()
            + "-- content/articles/he.md --\n---\ntitle: ABC עברית\ndate: 2023-10-16\nlang: he\n---\nx\n"
            + &article("b", "date: 2023-10-15", "See [[he]].")
            + "-- content/briefings/2023-10-17.md --\n---\ntitle: NATO מהדורה\ndate: 2023-10-17\nlang: he\n---\nNATO מבוא.\n\n## ABC עברית\n\nראו [[he]].\n",
    );
    let output = site.build();
    assert!(
        output.main("/2023/10/15/b/").contains("<a href=\"/2023/10/16/he/\" lang=\"he\" dir=\"rtl\">ABC עברית</a>")
    );
    assert!(output.main("/briefings/2023-10-17/").contains("<a href=\"/2023/10/16/he/\">ABC עברית</a>"));
    let text = output.file(&letter("email.txt"));
    assert_in_order(&text, &["T\n\u{200f}NATO מהדורה\n", "\n\u{200f}NATO מבוא.", "\n1. \u{200f}ABC עברית\n"]);
    let message = output.file(&letter("edition.eml"));
    let message = mail_parser::MessageParser::default().parse(message.as_bytes()).expect("a message");
    assert_eq!(message.subject(), Some("\u{200f}NATO מהדורה"));
    assert!(output.file(&letter("email.html")).contains(">NATO מהדורה</h1>"));
}
