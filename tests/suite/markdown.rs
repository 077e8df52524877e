//! Markdown through whole pages: what the site does with a text, beyond `CommonMark`.

use crate::site_test::{SiteTest, article, assert_in_order, attributes, between};

/// The prose of an article with this text, and the problems that it has.
fn prose(config: &str, body: &str) -> (String, Vec<String>) {
    let site = SiteTest::new(
        format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\n{config}\n")
            + &article("visit", "date: 2023-10-17", body),
    );
    let output = site.build();
    let main = output.main("/2023/10/17/visit/");
    let prose =
        main.split("<div class=\"prose\">\n").nth(1).expect("a body").rsplit_once("</div>\n").expect("its end").0;
    let prose = prose.split("\n    </div>").next().expect("a part");
    (prose.to_owned(), output.problems())
}

#[test]
fn footnotes_of_several_items_on_one_page_do_not_meet() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\nIntro[^1].\n\n[^1]: Of the intro.\n\n\
         ## One {#one}\n\nFirst[^a], again[^a].\n\n[^a]: Of one.\n\n## Two {#two}\n\nSecond[^b].\n\n[^b]: Of two.\n\n### Same\n\n## Three {#three}\n\nText.\n\n### Same\n",
    );
    let output = site.build_clean();
    let main = output.main("/briefings/2023-10-17/");
    let ids = attributes(&main, "id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for address in attributes(&main, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.iter().any(|id| id == address), "nothing answers #{address}");
    }
    assert_eq!(main.matches("<div class=\"footnotes\"").count(), 3);
    assert_in_order(&main, &["Of the intro.", "id=\"one\"", "Of one.", "id=\"two\"", "Of two.", "id=\"three\""]);
    assert_eq!(main.matches("class=\"footnote-back\"").count(), 4, "one way back for each mark");
}

#[test]
fn template_signs_in_a_text_are_text() {
    let (html, problems) = prose("", "`{{ secret }}` and {{ page.title }} {% include \"base.html\" %} {# no #} {{{{");
    assert_eq!(html, "<p><code>{{ secret }}</code> and {{ page.title }} {% include “base.html” %} {# no #} {{{{</p>");
    assert_eq!(problems, Vec::<String>::new());
    let site = SiteTest::new(
        "-- content/articles/a.md --\n---\ntitle: \"{{ site }} {% x %}\"\ndate: 2023-10-17\nsummary: \"{# y #}\"\ntopics: [\"{{ z }}\"]\n---\nText.\n",
    );
    let output = site.build_clean();
    assert_in_order(&output.main("/2023/10/17/a/"), &["{{ site }} {% x %}</h1>", "{# y #}", "{{ z }}"]);
    assert!(output.file("/feed.xml").contains("{{ site }} {% x %}"));
}

#[test]
fn alerts_tables_tasks_definitions_and_headings_have_the_documented_markup() {
    let (html, problems) = prose(
        "",
        "## Who & what\n\n## Who & what\n\n## Own {#own}\n\n> [!WARNING]\n> Careful.\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\nReport\n: What happened.\n\n~~gone~~ \"quoted\" -- x...\n",
    );
    assert_in_order(
        &html,
        &[
            "<h2 id=\"who-and-what\">Who &amp; what",
            "<a class=\"anchor\" href=\"#who-and-what\"",
            "<h2 id=\"who-and-what-2\">",
            "<h2 id=\"own\">",
            "<div class=\"alert alert-warning\" role=\"note\"",
            "<p class=\"alert-title\">Warning</p>",
            "<p>Careful.</p>",
            "<div class=\"table-scroll\"",
            "class=\"align-center\"",
            "class=\"align-right\"",
            "<li class=\"task\"><input",
            "disabled",
            "<dl>",
            "<dt>Report</dt>",
            "<dd>",
            "<del>gone</del> “quoted” – x…",
        ],
    );
    assert!(!html.contains("style="), "a strict policy forbids it");
    assert_eq!(problems, Vec::<String>::new());
}

const HTML: &str = "<script>alert(1)</script><b onclick=\"x()\" style=\"color:red\">bold</b> <a href=\"javascript:x()\">link</a> <iframe src=\"https://x.example\"></iframe><mark>kept</mark> <form action=\"/\"><input name=\"q\"></form>";

#[test]
fn html_in_a_text_is_sanitised_or_shown_or_trusted_as_the_site_says() {
    let (html, _) = prose("", HTML);
    assert_eq!(html.matches("<mark>kept</mark>").count(), 1);
    assert!(html.contains("<b>bold</b>") && html.contains("link"));
    for evil in ["<script", "alert(1)", "onclick", "style=", "javascript:", "<iframe", "<form"] {
        assert!(!html.contains(evil), "{evil} in {html}");
    }
    let (html, _) = prose("html: escape", HTML);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && html.contains("&lt;mark&gt;kept"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<b"));
    let (html, _) = prose("html: trust", HTML);
    assert!(html.contains(HTML), "{html}");
}

#[test]
fn a_story_cannot_leave_its_place_with_unbalanced_html() {
    let (html, _) = prose("", "</div></article></main><div><section>\n\ntext\n\n<!-- comment");
    assert_eq!(html.matches("<div").count(), html.matches("</div>").count(), "{html}");
    assert!(!html.contains("</main>") && !html.contains("</article>") && !html.contains("comment"), "{html}");
}

#[test]
fn a_footnote_that_only_itself_mentions_is_reported() {
    let (html, problems) =
        prose("", "Text.[^a]\n\n[^a]: See.[^b]\n[^b]: Shown.\n[^c]: Lost.[^d]\n[^d]: Lost, too.[^c]\n");
    assert!(html.contains("Shown.") && !html.contains("Lost"), "{html}");
    assert_eq!(problems, ["footnote content/articles/visit.md:9:1", "footnote content/articles/visit.md:10:1"]);
}

#[test]
fn footnotes_that_do_not_match_and_anchors_that_stand_twice_are_reported() {
    let (_, problems) =
        prose("", "Text[^none] and[^used].\n\n[^used]: Yes.\n\n[^unused]: No.\n\n## A {#x}\n\n## B {#x}\n");
    assert_eq!(
        problems,
        [
            "footnote content/articles/visit.md:5:5",
            "footnote content/articles/visit.md:9:1",
            "duplicate-anchor content/articles/visit.md:13:1",
        ]
    );
}

#[test]
fn a_text_that_starts_with_a_first_level_heading_stays_below_the_headline() {
    let (html, _) = prose("", "# One\n\n## Two\n\nText.");
    assert!(!html.contains("<h1"), "{html}");
}

/// A site on which one story and one edition speak of a live story and of a withheld one, by their slugs.
fn named() -> SiteTest {
    SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nmarkdown_twins: true\nfeeds: {content: full}\nemail: {from: desk@test.example, address: Road 1, list_unsubscribe: https://test.example/u}\n\
         -- content/articles/open.md --\n---\ntitle: Open\ndate: 2023-10-16\ntopics: [Ports]\n---\nGo deeper: [[merger]] and more, and [[other]] and [[other|this]].\n\n## More on [[merger]] and [[other]]\n\n![Map of [[merger]] and [[other]]](https://x.example/m.png)\n\
         -- content/articles/other.md --\n---\ntitle: Other headline\ndate: 2023-10-16\nsummary: S\n---\nText.\n\
         -- content/articles/merger.md --\n---\ntitle: Alpha to buy Beta\ndate: 2023-10-16\nembargo: 2033-01-01T00:00:00Z\n---\nSecret.\n\
         -- content/topics/ports.md --\n---\ntitle: Ports\n---\nHarbours: [[merger]], [[other]].\n\
         -- content/people/ann.md --\n---\nname: Ann\n---\nWrote [[merger]], [[other]].\n\
         -- content/pages/about.md --\n---\ntitle: About\n---\nWe wrote [[merger]], [[other]].\n\
         -- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nnumber: 1\n---\nHi, [[merger]].\n\n## After [[merger]] and [[other]] {topics=Ports}\n\nMore: [[merger]] soon, and [[other]].\n\n## [[other]]\n\nText.\n",
    )
}

#[test]
fn plain_text_shows_a_named_story_as_its_headline_and_a_withheld_one_as_an_ellipsis() {
    let site = named();
    let output = site.build();
    let head = |route: &str, what: &str| {
        let page = output.file(route);
        let value = page.split(what).nth(1).unwrap_or_else(|| panic!("no {what} on {route}"));
        value.split('"').next().unwrap_or("").to_owned()
    };
    for what in
        ["<meta name=\"description\" content=\"", "property=\"og:description\" content=\"", "\"description\":\""]
    {
        assert_eq!(head("/2023/10/16/open/", what), "Go deeper: … and more, and Other headline and this.", "{what}");
    }
    let description = "<meta name=\"description\" content=\"";
    assert_eq!(head("/topics/ports/", description), "Harbours: …, Other headline.");
    assert_eq!(head("/people/ann/", description), "Wrote …, Other headline.");
    assert_eq!(head("/about/", description), "We wrote …, Other headline.");
    let edition = output.main("/briefings/2023-10-17/");
    assert_in_order(&edition, &["After … and Other headline", "Other headline"]);
    let topic = output.main("/topics/ports/");
    assert_in_order(&topic, &["After … and Other headline", "More: … soon, and Other headline."]);
    let article = output.main("/2023/10/16/open/");
    assert!(article.contains("<h2 id=\"more-on-and\">"), "{article}");
    assert!(article.contains("alt=\"Map of … and Other headline\""), "{article}");
    for (file, bytes) in site.tree() {
        if file.starts_with(".dateline/settled") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("merger"), "{file} tells the slug of what is withheld");
    }
    let feed = output.file("/feed.xml");
    assert_in_order(&feed, &["After … and Other headline", "More: … soon, and Other headline."]);
}

#[test]
fn a_headline_that_changes_changes_each_summary_that_shows_it() {
    let site = named();
    site.build();
    site.write("content/articles/other.md", "---\ntitle: New headline\ndate: 2023-10-16\nsummary: S\n---\nText.\n");
    let output = site.build_and_compare();
    assert!(output.file("/about/").contains("content=\"We wrote …, New headline.\""));
    assert!(output.main("/topics/ports/").contains("After … and New headline"));
}

#[test]
fn summaries_leave_out_what_is_struck_footnotes_and_captions_and_keep_powers() {
    let description = |body: &str| {
        let site = SiteTest::new(article("visit", "date: 2023-10-17", body));
        let page = site.build().file("/2023/10/17/visit/");
        let value = page.split("<meta name=\"description\" content=\"").nth(1).expect("a description");
        value.split('"').next().unwrap_or("").to_owned()
    };
    for (body, expected) in [
        ("The toll is ~~100~~ 90, ~~old~~ <del>older</del> new.", "The toll is 90, new."),
        ("It is <s>50</s>, or so.", "It is, or so."),
        ("It cost 10<sup>6</sup> euros for 5 km<sup>2</sup>.", "It cost 10⁶ euros for 5 km²."),
        ("10<sup>−3</sup>, 10<sup>a/b</sup>, H<sub>2</sub>O, the 1<sup>st</sup>.", "10⁻³, 10^a/b, H₂O, the 1st."),
        ("The court has 123 members.[^1]\n\n[^1]: As of October.\n", "The court has 123 members."),
        ("A ![x](https://x.example/p.png \"Caption\") b.", "A b."),
        ("A<script>alert(1)</script> b.", "A b."),
    ] {
        assert_eq!(description(body), expected, "{body}");
    }
}

#[test]
fn bare_addresses_are_links_that_end_as_on_github() {
    let (html, problems) = prose(
        "",
        "See https://a.example/x--y.pdf, (www.b.example/q?a=(b)) or \"https://c.example/?a=1&amp;b=2\"; mail desk@d.example.\n\n\
         `https://code.example` [https://e.example](https://f.example) <a href=\"https://g.example\">https://h.example</a> https:\\//no.example\n\n\
         | https://t.example | b |\n|---|---|\n| 1 | x@t.example |\n",
    );
    let external = "class=\"external\" rel=\"external noopener\"";
    assert_in_order(
        &html,
        &[
            &format!("See <a href=\"https://a.example/x--y.pdf\" {external}>https://a.example/x--y.pdf</a>, "),
            &format!("(<a href=\"http://www.b.example/q?a=(b)\" {external}>www.b.example/q?a=(b)</a>) or "),
            &format!(
                "“<a href=\"https://c.example/?a=1&amp;b=2\" {external}>https://c.example/?a=1&amp;b=2</a>”; mail "
            ),
            "<a href=\"mailto:desk@d.example\">desk@d.example</a>.</p>",
            "<code>https://code.example</code> ",
            ">https://e.example</a> ",
            ">https://h.example</a> https://no.example</p>",
            ">https://t.example</a></th>",
            "<a href=\"mailto:x@t.example\">x@t.example</a>",
        ],
    );
    assert_eq!(html.matches("<a ").count(), 8, "{html}");
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn typographic_marks_leave_code_figures_and_chinese_alone() {
    let (html, _) = prose(
        "",
        "A <code>\"raw\" -- 'c'...</code> <kbd>\"k\"</kbd> \"b\".\n\nHe is 6' 2\" tall, a 12\" gun, rock 'n' roll.\n\n他说\"你好\"。 \"He said \"no\" to it.\" \\\"no\\\" &quot;x&quot;\n\n\"*Emphasis*\" and \"`code`\"--dash\n",
    );
    assert_in_order(
        &html,
        &[
            "<p>A <code>\"raw\" -- 'c'...</code> <kbd>\"k\"</kbd> “b”.</p>",
            "<p>He is 6' 2\" tall, a 12\" gun, rock ’n’ roll.</p>",
            "<p>他说\"你好\"。 “He said “no” to it.” \"no\" \"x\"</p>",
            "<p>“<em>Emphasis</em>” and “<code>code</code>”–dash</p>",
        ],
    );
}

#[test]
fn unknown_tags_are_text_and_what_is_left_out_is_reported_once() {
    let (html, problems) = prose(
        "",
        "<<Bonjour le monde>> dit-il. Dear <your name>, press <enter>.\n\n<placeholder>\n\n<iframe src=\"https://x.example\"></iframe> <iframe></iframe> <b style=\"color:red\">b</b>\n\n| A | B |\n|---|---|\n| 1 | 2 | THREE |\n| 4 | `five\\|SIX` |\n",
    );
    assert_in_order(
        &html,
        &[
            "&lt;&lt;Bonjour le monde&gt;&gt; dit-il. Dear &lt;your name&gt;, press &lt;enter&gt;.",
            "&lt;placeholder&gt;",
            "<b>b</b>",
        ],
    );
    assert_eq!(
        problems,
        [
            "html-left-out content/articles/visit.md:9:1",
            "html-left-out content/articles/visit.md:9:61",
            "table-cells content/articles/visit.md:13:1",
        ]
    );
    let (_, problems) = prose("html: trust", "Dear <your name>, <your name>, <x-ok>ok</x-ok>.");
    assert_eq!(problems, ["html-left-out content/articles/visit.md:5:6"]);
}

#[test]
fn nesting_without_end_is_a_problem_at_its_line_and_ends_no_process() {
    for deep in [
        "- ".repeat(2_000),
        "1. ".repeat(2_000),
        "> ".repeat(4_000),
        "<div>".repeat(4_000),
        "<b>".repeat(8_000),
        "*a **b ".repeat(2_000),
    ] {
        let site = SiteTest::new(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nmarkdown_twins: true\nemail: {from: desk@test.example, address: Road 1, list_unsubscribe: https://test.example/u}\n".to_owned()
                + &article("visit", "date: 2023-10-17", &format!("Text.\n\n{deep} b"))
                + &format!("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\nHi.\n\n{deep} b\n"),
        );
        let built = site.try_build();
        let problems: Vec<String> = built.report.diagnostics().iter().map(crate::site_test::short).collect();
        if deep.starts_with('*') {
            continue;
        }
        for file in ["content/articles/visit.md:7:", "content/briefings/2023-10-17.md:6:"] {
            assert!(problems.iter().any(|problem| problem.starts_with(&format!("too-deep {file}"))), "{problems:?}");
        }
    }
}

#[test]
fn what_does_not_nest_is_not_too_deep() {
    let shapes = format!("<svg viewBox=\"0 0 9 9\">\n{}</svg>", "<rect width=\"1\"/>\n".repeat(300));
    let formula = format!("<math>{}</math>", "<mspace/>".repeat(300));
    let icons = "<svg class=\"icon\"/> ".repeat(300);
    let names: String = (0..300).map(|number| format!("<name{number}> <<mot{number}>> ")).collect();
    let told = |html: &str, body: &str| {
        let config = format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nhtml: {html}\n");
        let site = SiteTest::new(config + &article("a", "date: 2023-10-17", body));
        let problems: Vec<String> = site.try_build().report.diagnostics().iter().map(crate::site_test::short).collect();
        problems.into_iter().any(|problem| problem.starts_with("too-deep"))
    };
    for body in [&shapes, &formula, &icons] {
        for html in ["trust", "sanitise", "escape"] {
            assert!(!told(html, body), "{html}: {body}");
        }
    }
    assert!(!told("sanitise", &names), "what is no element is text");
    let groups = format!("<svg>{}</svg>", "<g>".repeat(300));
    for body in [groups, "<div/>".repeat(300), format!("<svg>{}</svg>", "<div/>".repeat(300))] {
        assert!(told("trust", &body), "{body}");
    }
}

#[test]
fn plain_text_says_what_the_page_says() {
    let described = |body: &str| {
        let site = SiteTest::new(article("a", "date: 2023-10-17", body));
        let page = site.build().file("/2023/10/17/a/");
        between(&page, "<meta name=\"description\" content=\"", "\"").to_owned()
    };
    for (body, expected) in [
        ("He says <q>no <q>way</q></q>.", "He says “no ‘way’”."),
        ("<del>\n\nOld words.\n\nOlder words.\n\n</del>\n\nNew words.", "New words."),
        ("<s>\n\nOld words.\n\n</s>\n\nNew words.", "New words."),
        ("<div><del>Old.</del></div>\n\nNew words.", "New words."),
        ("Hear <audio src=\"/a.mp3\">fallback</audio> it <video>other</video>now.", "Hear it now."),
        ("<div>\n<pre>let a\n\nlet b</pre>\n</div>\n\nNew words.", "New words."),
        ("<figure>\n\nA caption.\n\n</figure>\n\nNew words.", "New words."),
        ("See <svg class=\"icon\"/> it --- now.", "See it — now."),
        ("- [ ] todo\n\n- [x] done\n", "[ ] todo [x] done"),
    ] {
        assert_eq!(described(body), expected, "{body}");
    }
}

#[test]
fn tasks_quotations_and_brackets_keep_their_meaning_outside_of_pages() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nmarkdown_twins: true\nemail: {from: desk@test.example}\n"
            .to_owned()
            + "-- content/articles/a.md --\n---\ntitle: 'Analysis [Update]: talks'\ndate: 2023-10-17\n---\n- [ ] todo\n- [x] done\n\nHe: <q>no way</q>.\n"
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n\n## Item\n\n- [ ] todo\n- [x] done\n",
    );
    let output = site.build();
    let twin = output.file("/2023/10/17/a/index.md");
    assert!(
        twin.contains("[ ] todo\n") && twin.contains("[x] done\n") && twin.contains("He: <q>no way</q>."),
        "{twin}"
    );
    for file in ["/2023/10/17/a/", "/briefings/2023-10-17/"] {
        assert!(output.file(file).contains("<input type=\"checkbox\""), "pages have boxes");
    }
    let feed = output.file("/feed.xml");
    assert!(feed.contains("[ ] todo") && feed.contains("[x] done") && !feed.contains("&lt;input"), "{feed}");
    assert!(output.file("/llms.txt").contains("- [Analysis \\[Update\\]: talks](https://test.example/2023/10/17/a/)"));
    let letter = |name: &str| output.file(&format!("/.dateline/private/briefings/2023-10-17/{name}"));
    assert_in_order(&letter("email.txt"), &["- [ ] todo\n", "- [x] done\n"]);
    assert_in_order(&letter("email.html"), &["[ ] todo", "[x] done"]);
}

#[test]
fn a_footnote_is_found_whatever_its_capitals() {
    let (html, problems) = prose("", "A[^A], b[^a], c[^Straße].\n\n[^a]: The note.\n\n[^STRASSE]: The road.\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!(html.matches("<li id=").count(), 2, "{html}");
    assert_in_order(&html, &["fn-visit-1", "fnref-visit-1-2", "fn-visit-2", "The note.", "The road."]);
}

#[test]
fn a_definition_begins_with_a_colon_and_a_blank() {
    let (html, problems) = prose("", "Great news!\n\n:tada: We *did* it\n\n:-) smile [x](/)\n:**\"bold\"**\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!(
        html,
        "<p>Great news!</p>\n<p>:tada: We <em>did</em> it</p>\n<p>:-) smile <a href=\"/\">x</a>\n:<strong>“bold”</strong></p>"
    );
    let (html, _) = prose("", "Term\n: Definition\n:more\n\n> Quoted\n> :Code:\n");
    assert_in_order(&html, &["<dt>Term</dt>", "<dd>", "Definition\n:more", "</dd>", "Quoted\n:Code:"]);
    assert_eq!(html.matches("<dd>").count(), 1, "{html}");
    // Places after such a colon are those of the file.
    let site =
        SiteTest::new(article("visit", "date: 2023-10-17", "Text\n\n:x [A](/nope/)\n\n:y [B](nope.md) [r][s]\n"));
    assert_eq!(
        site.problems(),
        [
            "dead-path content/articles/visit.md:7:4",
            "broken-link content/articles/visit.md:9:4",
            "undefined-reference content/articles/visit.md:9:17"
        ]
    );
}
