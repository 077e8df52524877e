//! Blocks of a text, `::: name`: on its page by their components, everywhere else in plain HTML, and in the policy of every
//! host.

use crate::site_test::{SiteTest, article, assert_in_order, describe, short};

const CONFIG: &str = "-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\nmarkdown_twins: true\n\
    email: {from: \"T <t@test.example>\"}\nsignup: {action: \"https://list.example/form\", field: mail, fields: {l: \"1\"}}\n";

const TEXT: &str = "Opening words.
::: pullquote by=\"A. <Speaker>\"
What was *said*, by [[other]].
:::
- A list
::: embed https://youtu.be/aB-1?t=90 title=\"The visit\" height=400
![The hall](hall.png)
:::

::: gallery title=\"The port\"
![One](hall.png)
![Two](hall.png)
:::

::: signup title=\"Every morning\" :::

```
::: pullquote
:::
```

Last words.
";

fn site(text: &str) -> SiteTest {
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("other", "date: 2023-10-16", "Text.")
            + &article("a/index", "date: 2023-10-17", text)
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n## One\n\nText.\n\n::: embed https://vimeo.com/123 :::\n\n::: pullquote\n## No item\n:::\n",
    );
    site.write("content/articles/a/hall.png", "not a picture");
    site
}

#[test]
fn a_page_shows_blocks_by_their_components() {
    let site = site(TEXT);
    let output = site.build_clean();
    let main = output.main("/2023/10/17/a/");
    assert_in_order(
        &main,
        &[
            "<p>Opening words.</p>",
            "<figure class=\"pullquote\">\n<blockquote>\n<p>What was <em>said</em>, by <a href=\"/2023/10/16/other/\">Title of other</a>.</p>\n</blockquote>\n<figcaption>A. &lt;Speaker&gt;</figcaption>\n</figure>",
            "<li>A list</li>\n</ul>",
            "<figure class=\"embed embed-film\" data-frame=\"https://www.youtube-nocookie.com/embed/aB-1?start=90\" data-title=\"The visit\" data-lang=\"en\" data-show=\"Show content from YouTube\" data-height=\"400\">",
            "<img src=\"/2023/10/17/a/hall.png\" alt=\"The hall\"",
            "<a class=\"external\" href=\"https://youtu.be/aB-1?t=90\" rel=\"external noopener\">The visit",
            "<script type=\"module\" src=\"/embed.",
            "<figure class=\"gallery\">",
            "alt=\"Two\"",
            "<figcaption>The port</figcaption>",
            "<section class=\"signup\" id=\"signup\" aria-label=\"Every morning\">",
            "<form action=\"https://list.example/form\" method=\"post\">",
            "name=\"mail\"",
            "<input type=\"hidden\" name=\"l\" value=\"1\">",
            "<pre><code>::: pullquote\n:::\n</code></pre>",
            "<p>Last words.</p>",
        ],
    );
    assert!(!main.contains("<iframe") && !main.contains("<!--"), "{main}");
    let edition = output.main("/briefings/2023-10-17/");
    assert!(edition.contains("data-frame=\"https://player.vimeo.com/video/123?dnt=1\""), "{edition}");
    assert_eq!(
        edition.matches("<section class=\"item\"").count() + edition.matches("<article class=\"item\"").count(),
        1,
        "{edition}"
    );
}

#[test]
fn readers_elsewhere_have_plain_html() {
    let site = site(TEXT);
    let output = site.build_clean();
    let feed = output.file("/feed.json");
    for plain in [
        "<blockquote>\\n<p>What was <em>said</em>",
        "<p>— A. &lt;Speaker&gt;</p>",
        "<a href=\\\"https://youtu.be/aB-1?t=90\\\">The visit (YouTube)</a>",
        "<a href=\\\"https://test.example/2023/10/17/a/#signup\\\">Every morning</a>",
    ] {
        assert!(feed.contains(plain), "{plain}: {feed}");
    }
    let letter = output.file("/.dateline/private/briefings/2023-10-17/email.html");
    assert!(letter.contains("https://vimeo.com/123") && !letter.contains("player.vimeo.com"), "{letter}");
    for text in [&feed, &letter] {
        assert!(!text.contains("block ") && !text.contains("iframe") && !text.contains("embed.js"), "{text}");
    }
    let twin = output.file("/2023/10/17/a/index.md");
    assert_in_order(
        &twin,
        &[
            "Opening words.\n",
            "What was *said*",
            "\n\n— A. \\<Speaker>\n\n- A list\n\n![The hall]",
            "[The visit](https://youtu.be/aB-1?t=90)",
            "The port",
            "[Every morning](https://test.example/2023/10/17/a/)",
            "```\n::: pullquote\n:::\n```",
        ],
    );
    assert_eq!(twin.matches(":::").count(), 2, "{twin}");
    // A block repeats what the text says, or shows what is no text.
    assert!(
        output.file("/2023/10/17/a/").contains("<meta name=\"description\" content=\"Opening words. Last words.\">")
    );
}

#[test]
fn the_policy_of_every_host_has_what_the_site_uses() {
    const FILES: [&str; 5] = [
        "/_headers",
        "/.dateline/private/hosting/nginx.conf",
        "/.dateline/private/hosting/Caddyfile",
        "/.dateline/private/hosting/htaccess",
        "/.dateline/private/hosting/lighttpd.conf",
    ];
    let site = site(TEXT);
    site.write_all(&article("secret", "date: 2023-10-17\ndraft: true", "::: embed https://secret.example/@a/1\n:::\n"));
    let policy = "form-action 'self' https://list.example; base-uri 'none'; frame-ancestors 'self'; \
                  frame-src https://player.vimeo.com https://www.youtube-nocookie.com\"";
    let output = site.build_and_compare();
    for file in FILES {
        let text = output.file(file);
        assert!(text.contains(policy.trim_end_matches('"')) && !text.contains("secret.example"), "{file}: {text}");
    }
    // A block that goes takes its origin along, and hosts of the configuration stay.
    site.write_all(&article("a/index", "date: 2023-10-17", "Text."));
    let config = CONFIG.split_once('\n').expect("lines").1;
    site.write(
        "dateline.yaml",
        format!("{config}frames: [maps.example.org, \"*.charts.example\"]\nforms: [forms.example.org]\n"),
    );
    let output = site.build_and_compare();
    for file in FILES {
        let text = output.file(file);
        let frames = "frame-src https://*.charts.example https://maps.example.org https://player.vimeo.com";
        let forms = "form-action 'self' https://forms.example.org https://list.example;";
        assert!(text.contains(frames) && text.contains(forms) && !text.contains("youtube"), "{file}: {text}");
    }
}

#[test]
fn a_component_of_the_site_replaces_a_block_or_makes_another() {
    let site = site(
        "::: pullquote\nWords.\n:::\n\n::: timeline 2023 of=\"a & b\"\nInner.\n\n::: pullquote\nDeep.\n:::\n:::\n",
    );
    let report = site.try_build().report;
    assert_eq!(
        report.diagnostics().iter().map(short).collect::<Vec<_>>(),
        ["bad-block content/articles/a/index.md:9:5"]
    );
    site.write(
        "templates/own.html",
        "{% component block.timeline(block, @page) %}<ol class=\"{{ block.kind }}\" lang=\"{{ page.lang }}\">{{ block.value }} {{ block.of }} {{ block.body | safe }}</ol>{% endcomponent block.timeline %}\n",
    );
    let main = site.build_and_compare().main("/2023/10/17/a/");
    assert_in_order(
        &main,
        &[
            "<ol class=\"timeline\" lang=\"en\">2023 a &amp; b <p>Inner.</p>",
            "<figure class=\"pullquote\">",
            "Deep.",
            "</ol>",
        ],
    );
    site.write(
        "templates/blocks.html",
        "{% component block.pullquote(block) %}<q>{{ block.body | safe }}</q>{% endcomponent block.pullquote %}\n",
    );
    let output = site.build_and_compare();
    assert!(output.main("/2023/10/17/a/").contains("<q><p>Words.</p></q>"));
    let output = site
        .write(
            "templates/blocks.html",
            "{% component block.pullquote(block) %}<b>{{ block.body | safe }}</b>{% endcomponent block.pullquote %}\n",
        )
        .build_and_compare();
    assert!(output.main("/2023/10/17/a/").contains("<b><p>Words.</p></b>"));
}

#[test]
fn a_block_gone_wrong_is_reported_at_its_line() {
    for (text, message) in [
        ("::: pulquote\n:::", "there is no block `pulquote`"),
        ("::: pullquote\nText.", "the block `pullquote` is not closed"),
        ("Text.\n\n:::", "this line closes no block"),
        ("::: embed\n:::", "`embed` has no address"),
        ("::: embed javascript:alert(1)\n:::", "`javascript:alert(1)` is not an address of the web"),
        ("::: embed https://a.example/ titel=\"x\"\n:::", "`embed` takes no `titel`"),
        ("::: gallery \"x\"\n:::", "`gallery` takes no value without a name"),
        ("::: gallery title=\"x\n:::", "a quotation mark is not closed"),
        ("::: pullquote by=a by=b\n:::", "`by` occurs twice"),
        ("::: timeline body=a\n:::", "no value can be called `body`"),
    ] {
        let site = site(text);
        let said = describe(&site.try_build().report);
        assert_eq!(said.matches(message).count(), 1, "{text}: {said}");
        let built: Vec<String> = site.try_build().report.diagnostics().iter().map(short).collect();
        assert_eq!(site.problems(), built, "`check` sees what a build sees");
    }
    let deep = "::: pullquote\n".repeat(40) + "Text.\n" + &":::\n".repeat(40);
    let said: Vec<String> = site(&deep).try_build().report.diagnostics().iter().map(short).collect();
    assert_eq!(said, ["too-deep content/articles/a/index.md:15:5"]);
    let plain = SiteTest::new(article("a", "date: 2023-10-17", "::: signup\n:::"));
    assert_eq!(plain.problems(), ["bad-block content/articles/a.md:5:5"]);
}

#[test]
fn blocks_keep_their_place_in_sanitised_html() {
    let text = "<div class=\"a\">\n\n::: pullquote\nOne <b onclick=\"x()\">two</b>.\n:::\n\n</div>\n\n<script>\n\n::: pullquote\nGone.\n:::\n\n</script>\n";
    let site = site(text);
    let output = site.build();
    let main = output.main("/2023/10/17/a/");
    assert_in_order(&main, &["<div class=\"a\">", "<figure class=\"pullquote\">", "<b>two</b>", "</figure>", "</div>"]);
}

#[test]
fn what_sanitising_takes_away_is_a_warning_at_its_line() {
    let text = "<iframe src=\"https://youtu.be/aB1\"></iframe>\n\n<iframe src=\"/x\"></iframe>\n\n\
                <a href=\"https://a.example/\" target=\"_blank\" onclick=\"x()\">a</a> <a name=\"old\">b</a>\n\n\
                <font color=red>c</font> <td align=left>\n\n<form action=\"/\"></form> <svg><path d=\"M0 0\"/></svg>\n\n\
                <img src=\"hall.png\" alt=\"\" loading=\"lazy\"> <h1>d</h1> <x-own>e</x-own>\n";
    let report = site(text).build().built.report;
    let said: Vec<String> = report
        .diagnostics()
        .iter()
        .map(|problem| format!("{} {}", problem.place.as_ref().map_or(0, |place| place.line), problem.message))
        .collect();
    let harmless = "is left out: the site lets only harmless HTML through";
    assert_eq!(
        said,
        [
            format!("5 `<iframe>` {harmless}"),
            format!("7 `<iframe>` {harmless}"),
            format!("9 the attribute `onclick` {harmless}"),
            format!("9 the attribute `target` {harmless}"),
            "11 `<font>` is left out, and what is in it stays".to_owned(),
            format!("11 the attribute `align` {harmless}"),
            format!("13 `<form>` {harmless}"),
            format!("13 `<svg>` {harmless}"),
            format!("15 `<x-own>` {harmless}"),
        ]
    );
    let help = |at: usize| report.diagnostics()[at].help.clone().unwrap_or_default();
    assert!(help(0).contains("`::: embed https://youtu.be/aB1 :::`") && help(6).contains("`::: signup :::`"));
}

#[test]
fn the_script_of_frames_is_published_where_a_text_has_one() {
    let site = SiteTest::new(article("plain", "date: 2023-10-17\nsummary: W.", "Text."));
    assert!(!site.build_and_compare().exists("/embed.js"));
    let embed = "::: embed https://www.youtube.com/watch?v=dQw4w9WgXcQ\n:::";
    site.write_all(&article("film", "date: 2023-10-17\nsummary: W.", embed));
    let output = site.build_and_compare();
    assert!(output.exists("/embed.js") && output.main("/2023/10/17/film/").contains("src=\"/embed."));
    site.write_all(&article("film", "date: 2023-10-17\ndraft: true\nsummary: W.", embed));
    assert!(!site.build_and_compare().exists("/embed.js"), "a draft is no page");
    site.write("static/embed.js", "// The desk's own.");
    assert!(site.build_and_compare().exists("/embed.js"));
}

#[test]
fn a_theme_that_asks_for_a_script_has_it_whatever_the_pages_have() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "Text."));
    for script in ["embed.js", "live.js"] {
        let page = format!("<html lang=\"en\"><script src=\"{{{{ asset(path=\"{script}\") }}}}\"></script></html>");
        site.write("templates/404.html", &page);
        let output = site.build_and_compare();
        let text = output.file("/404.html");
        let address = text.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        assert!(output.exists(address) && output.exists(&format!("/{script}")), "{address}");
        site.remove("templates/404.html");
        assert!(!site.build_and_compare().exists(address), "{address}");
    }
}

#[test]
fn a_plan_follows_what_templates_ask_for() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "Text."));
    let mut cache = dateline::pipeline::BuildCache::default();
    let mut has_script = |text: &str| {
        site.write("templates/404.html", text);
        cache.touch(dateline::base::disk::Rescan::All);
        let built = dateline::pipeline::build_again(&site.request(), &site.how(site.public()), &mut cache);
        assert!(!built.report.has_errors());
        site.public().join("embed.js").exists()
    };
    assert!(!has_script("<html></html>"));
    assert!(has_script("<html>{{ asset(path=\"embed.js\") }}</html>"));
    assert!(!has_script("<html></html>"));
}
