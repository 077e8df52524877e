//! Addresses of files and pages, in whatever form texts write them: in Markdown, and in every attribute of raw HTML.

use std::fs;

use dateline::check::{self, CheckOptions};

use crate::site_test::{SiteTest, article, assert_in_order, attributes, between, describe, png, short};

const NAMES: [&str; 6] = ["my pic.png", "a+b.png", "50%.png", "ü.png", "q?x.png", "a%20b.png"];

/// A site with pictures whose names need escapes beside an article and an edition.
fn with_pictures(config: &str, body: &str) -> SiteTest {
    let site = SiteTest::new(
        format!(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {{formats: [json]}}\nemail: {{from: \"T <t@test.example>\"}}\n{config}"
        ) + &format!(
            "-- content/articles/port/index.md --\n---\ntitle: Port\nsummary: S.\ndate: 2023-10-17\n---\n{body}\n"
        ) + &format!("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n## One\n\n{body}\n"),
    );
    for name in NAMES {
        site.write(&format!("content/articles/port/{name}"), png(512, 256))
            .write(&format!("content/briefings/{name}"), png(512, 256));
    }
    site
}

#[test]
fn a_picture_is_found_by_its_escaped_name() {
    let destinations = [
        ("my%20pic.png", "my%20pic.png"),
        ("./my%20pic.png", "my%20pic.png"),
        ("<my pic.png>", "my%20pic.png"),
        ("a%2Bb.png", "a+b.png"),
        ("50%25.png", "50%25.png"),
        ("%C3%BC.png", "%C3%BC.png"),
        ("ü.png?v=2", "%C3%BC.png?v=2"),
        ("ü.png#x", "%C3%BC.png#x"),
        ("q%3Fx.png", "q%253Fx.png"),
        ("a%2520b.png", "a%2520b.png"),
        ("a%20b.png", "a%2520b.png"),
    ];
    let body: String = destinations.iter().map(|(written, _)| format!("![A]({written}) [B]({written})\n")).collect();
    let site = with_pictures("", &body);
    let output = site.build_clean();
    for (page, folder) in
        [("/2023/10/17/port/", "/2023/10/17/port/"), ("/briefings/2023-10-17/", "/briefings/2023-10-17/")]
    {
        let main = output.main(page);
        let wanted: Vec<String> = destinations.iter().map(|(_, address)| format!("{folder}{address}")).collect();
        assert_eq!(attributes(&main, "src"), wanted);
        let links: Vec<String> = attributes(&main, "href").into_iter().filter(|href| href.contains(".png")).collect();
        assert_eq!(links, wanted);
        assert_eq!(main.matches("alt=\"A\" width=\"512\" height=\"256\"").count(), wanted.len(), "{main}");
    }
    for name in ["my pic.png", "a+b.png", "50%.png", "ü.png", "q%3Fx.png", "a%20b.png"] {
        assert_eq!(site.tree()[&format!("2023/10/17/port/{name}")], png(512, 256), "{name}");
    }
    let letter = output.file("/.dateline/private/briefings/2023-10-17/email.html");
    let shown = attributes(&letter, "src");
    for (_, address) in destinations {
        assert!(
            shown.contains(&format!("https://test.example/briefings/2023-10-17/{address}")),
            "{address}: {shown:?}"
        );
    }
    assert!(!output.file("/feed.json").contains("\"my%20pic"), "addresses in feeds are whole");
}

const RAW: &str = "<p>Up <a href=\"/about/\">a</a> <a href='https://Test.example/about/#x'>b</a> <a href=../../../../about/>c</a>\n\
    <a href=\"../about.md\">d</a> <a href=\"#here\">e</a> <a href=\"https://far.example/\">f</a></p>\n\n## Here\n\n\
    <picture>\n<source\n  srcset=\"/p,1.png 1x,my%20pic.png 2x, https://far.example/x.png 3x\">\n<img src=my%20pic.png srcset=\"/p,1.png?a=1&amp;b 640w, ü.png 320w\" sizes=50vw alt=x>\n</picture>\n\n\
    <video poster=\"my%20pic.png\" src=\"/v.mp4\" controls></video> <audio src=\"my%20pic.png\"></audio>\n\n\
    <blockquote cite=\"/about/\"><p>q <q cite='/about/'>r</q></p></blockquote>\n\n<img src=\"/p,1.png\" alt=s>\n";

fn raw(config: &str) -> SiteTest {
    let site = with_pictures(config, RAW);
    for name in NAMES.iter().filter(|name| !["my pic.png", "ü.png"].contains(name)) {
        site.remove(&format!("content/briefings/{name}"));
    }
    site.write("static/p,1.png", png(512, 256)).write("static/v.mp4", "v");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n## X\n");
    site.write("content/articles/about.md", "---\ntitle: On us\ndate: 2023-10-16\nslug: on-us\n---\nText.\n");
    site
}

#[test]
fn addresses_in_a_style_are_below_the_base_path_and_absolute_elsewhere() {
    let style = "<div style=\"color: red; background: url('/i/p.png'), url(/i/p.png)\">s</div>";
    let site = SiteTest::new(format!(
        "-- content/articles/a.md --\n---\ntitle: A\nsummary: S.\ndate: 2023-10-17\n---\n{style}\n"
    ));
    site.write("static/i/p.png", png(512, 256));
    let config = "title: T\nbase_url: https://test.example/sub\nmarkdown_twins: true\n";
    site.write("dateline.yaml", format!("{config}html: trust\n"));
    let output = site.build_clean();
    let of = |site: &str| format!("background: url('{site}/i/p.png'), url({site}/i/p.png)");
    let page = output.file("/2023/10/17/a/");
    assert!(page.contains(&of("/sub")), "{page}");
    for file in ["/feed.json", "/2023/10/17/a/index.md"] {
        assert!(output.file(file).contains(&of("https://test.example/sub")), "{file}: {}", output.file(file));
    }
    site.remove("static/i/p.png");
    assert!(!site.problems().is_empty(), "a picture that is not there is told");
    // Where HTML is not trusted there is no style.
    site.write("dateline.yaml", config);
    assert!(!site.build().file("/2023/10/17/a/").contains("url("));
}

#[test]
fn a_refresh_and_a_base_are_below_the_base_path() {
    let body = "<meta http-equiv=\"refresh\" content=\"300; url='/2023/10/16/b/'\"><base href=\"/files/\">\n\nText.\n";
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/sub\nhtml: trust\n".to_owned()
            + &article("a", "date: 2023-10-17", body)
            + &article("b", "date: 2023-10-16", "Text."),
    );
    let page = site.build_clean().file("/2023/10/17/a/");
    assert!(page.contains("content=\"300; url='/sub/2023/10/16/b/'\"><base href=\"/sub/files/\">"), "{page}");
    // One that leads nowhere is a broken link; one to a withheld story neither names it nor loads the page again.
    site.write_all(&article("b", "date: 2023-10-16\ndraft: true", "Text."));
    let output = site.build();
    assert_eq!(output.problems(), ["withheld-link content/articles/a.md:5:47"]);
    assert!(output.file("/2023/10/17/a/").contains("content=\"300; url='#'\">"));
    site.remove("content/articles/b.md");
    assert_eq!(site.build().problems(), ["dead-path content/articles/a.md:5:47"]);
    // Where HTML is not trusted there is neither.
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example/sub\n");
    let page = site.build().file("/2023/10/17/a/");
    assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("<base"), "{page}");
}

#[test]
fn every_address_in_raw_html_is_below_the_base_path_and_absolute_elsewhere() {
    for policy in ["sanitise", "trust"] {
        for base in ["", "/sub"] {
            let site = raw(&format!("html: {policy}\n"));
            let own = format!("https://Test.example{base}/");
            let text = RAW.replace("https://Test.example/", &own);
            let config = fs::read_to_string(site.root().join("dateline.yaml")).expect("a configuration");
            site.write("dateline.yaml", config.replace("https://test.example", &own.to_lowercase()));
            site.write(
                "content/articles/port/index.md",
                format!("---\ntitle: Port\nsummary: S.\ndate: 2023-10-17\n---\n{text}"),
            );
            let text = text.replace("../../../../about/", "../../about/").replace("../about.md", "/about/");
            site.write("content/briefings/2023-10-17.md", format!("---\ndate: 2023-10-17\n---\n## One\n\n{text}"));
            let output = site.build_clean();
            let check = |html: &str, site: &str, own: &str, story: &str, here: &str| {
                assert_in_order(
                    html,
                    &[
                        &format!("href=\"{site}/about/\""),
                        &format!("href=\"{site}/about/#x\""),
                        &format!("href=\"{site}/about/\""),
                        &format!("href=\"{story}\""),
                        &format!("href=\"{here}\""),
                        "href=\"https://far.example/\"",
                        &format!("srcset=\"{site}/p,1.png 1x, {own}my%20pic.png 2x, https://far.example/x.png 3x\""),
                        &format!("src=\"{own}my%20pic.png\" width=\"512\" height=\"256\""),
                        &format!("srcset=\"{site}/p,1.png?a=1&amp;b 640w, {own}%C3%BC.png 320w\""),
                        &format!("poster=\"{own}my%20pic.png\""),
                        &format!("src=\"{site}/v.mp4\""),
                        &format!("<audio src=\"{own}my%20pic.png\""),
                        &format!("cite=\"{site}/about/\""),
                        &format!("cite=\"{site}/about/\""),
                        &format!("src=\"{site}/p,1.png\" width=\"512\" height=\"256\""),
                    ],
                );
            };
            let story = format!("{base}/2023/10/16/on-us/");
            check(&output.main("/2023/10/17/port/"), base, &format!("{base}/2023/10/17/port/"), &story, "#here");
            let edition = format!("{base}/briefings/2023-10-17/");
            check(&output.main("/briefings/2023-10-17/"), base, &edition, &format!("{base}/about/"), "#here");
            let feed: serde_json::Value = serde_json::from_str(&output.file("/feed.json")).expect("JSON");
            let items = feed["items"].as_array().expect("items");
            let whole = format!("https://test.example{base}");
            let content = |url: &str| {
                let item =
                    items.iter().find(|item| item["url"].as_str() == Some(&format!("{whole}{url}"))).expect("an item");
                item["content_html"].as_str().expect("HTML").to_owned()
            };
            let page = format!("{whole}/2023/10/17/port/");
            check(
                &content("/2023/10/17/port/"),
                &whole,
                &page,
                &format!("{whole}/2023/10/16/on-us/"),
                &format!("{page}#here"),
            );
            let letter = output.file("/.dateline/private/briefings/2023-10-17/email.html");
            let item = between(&letter, "Up ", "</body>");
            assert_in_order(
                item,
                &[
                    &format!("<a href=\"{whole}/about/\""),
                    &format!("src=\"{whole}/briefings/2023-10-17/my%20pic.png\""),
                ],
            );
            for text in [&letter, &output.file("/feed.json")] {
                assert!(!text.contains("=\"/") && !text.contains("=\\\"/"), "{text}");
            }
        }
    }
}

#[test]
fn links_in_raw_html_are_checked_where_they_stand_and_once() {
    let body = "> <p>\n> <a href=\"/nowhere/\">a</a> <a\n>   href='https://test.example/nope/?q'>b</a></p>\n\nText <a href=\"../gone/\">c</a> and <a href=#none>d</a>.\n\n\
                <img src=\"lost.png\" srcset=\"/lost-1.png 1x, lost-2.png 2x\" alt=x>\n\n<a href=\"other.md#nope\">e</a> <a href=\"/other/#nope\">f</a>\n\n\
                <blockquote cite=\"/why/\"><p>q</p></blockquote>\n\n[g](../odd/) ![h](lost-3.png)\n\n<a href=\"https://test.example\">i</a> <a href=\"#top\">j</a>\n";
    for policy in ["sanitise", "trust"] {
        let site = SiteTest::new(
            format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nhtml: {policy}\n")
                + &article("a", "date: 2023-10-17", body)
                + &article("other", "date: 2023-10-16", "Text.")
                + "-- content/pages/other.md --\n---\ntitle: Other\n---\nText.\n",
        );
        let built = [
            "dead-path content/articles/a.md:6:12",
            "dead-path content/articles/a.md:7:11",
            "dead-path content/articles/a.md:9:15",
            "broken-anchor content/articles/a.md:9:43",
            "missing-image content/articles/a.md:11:11",
            "dead-path content/articles/a.md:11:29",
            "missing-image content/articles/a.md:11:45",
            "broken-anchor content/articles/a.md:13:10",
            "dead-path content/articles/a.md:15:19",
            "dead-path content/articles/a.md:17:1",
            "missing-image content/articles/a.md:17:14",
        ];
        let report = site.try_build().report;
        let told: Vec<String> = report.diagnostics().iter().map(short).collect();
        assert_eq!(told, built, "{}", describe(&report));
        let checked = check::check(&site.request(), &CheckOptions::default()).expect("it can be checked");
        let links: Vec<String> = checked
            .report
            .diagnostics()
            .iter()
            .filter(|problem| ["dead-link", "dead-anchor"].contains(&problem.code.0))
            .map(short)
            .collect();
        assert_eq!(links, ["dead-anchor content/articles/a.md:13:40"], "{}", describe(&checked.report));
    }
    // On the page it is an anchor, in the feed a whole address.
    let config = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nhtml: trust\nfeeds: {content: full}\n";
    let site = SiteTest::new(
        config.to_owned()
            + &article("a", "date: 2023-10-17\nsummary: S.", "Text.\n\n<svg><use href=\"#nope\"/></svg>\n"),
    );
    let checked = check::check(&site.request(), &CheckOptions::default()).expect("it can be checked");
    let dead: Vec<_> = checked.report.diagnostics().iter().filter(|problem| problem.code.0 == "dead-anchor").collect();
    let [dead] = dead[..] else { panic!("{}", describe(&checked.report)) };
    assert_eq!(short(dead), "dead-anchor content/articles/a.md:8:17");
    assert!(dead.message.ends_with("other outputs"), "{}", dead.message);
}

#[test]
fn what_the_sanitiser_keeps_works_as_html_says() {
    let body = "<p hidden>unseen <b>unseen</b></p>\n\nWords <span hidden>unseen</span> here ![A](https://x.example/a.png \"Cap\")and more.\n\n\
                <ol><li value=\"7\">seven</li><li>eight</li></ol>\n\n<a name=\"old-anchor\"></a>\n\n[up](#old-anchor) [far](//e.example/x) <a href=\"\">page</a> <a href=\"//e.example/y\">y</a>\n\n\
                <audio src=\"/a.mp3\">unseen</audio>\n\n<figure><img src=\"https://x.example/b.png\" alt=\"B\"><figcaption>Below</figcaption></figure>After.\n";
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {content: full, formats: [atom, json]}\nemail: {from: \"T <t@test.example>\"}\n-- static/a.mp3 --\n"
            .to_owned()
            + &article("a", "date: 2023-10-16", body)
            + &format!("-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n## One\n\n{body}\n"),
    );
    let output = site.build();
    let broken: Vec<String> =
        output.problems().into_iter().filter(|problem| !problem.starts_with("reserved")).collect();
    assert_eq!(broken, Vec::<String>::new());
    let page = output.main("/2023/10/16/a/");
    assert_in_order(
        &page,
        &[
            "<p hidden",
            "<span hidden",
            "<li value=\"7\">",
            "<a id=\"old-anchor\"></a>",
            "href=\"#old-anchor\"",
            "href=\"/2023/10/16/a/\">page</a>",
        ],
    );
    let head = output.file("/2023/10/16/a/");
    assert_eq!(between(&head, "<meta name=\"description\" content=\"", "\""), "Words here and more. up far page y");
    let letter = |name: &str| output.file(&format!("/.dateline/private/briefings/2023-10-17/{name}"));
    for name in ["email.txt", "email.html"] {
        assert!(!letter(name).contains("unseen"), "{name} shows what is hidden, or stands in for sound");
    }
    assert!(letter("email.html").contains("<li value=\"7\""));
    assert_in_order(
        &letter("email.txt"),
        &["Words here", " Cap and more.", "7. seven\n", "8. eight\n", "Below\n\nAfter."],
    );
    for (name, page) in
        [("/feed.xml", "/2023/10/16/a/"), ("/feed.json", "/2023/10/16/a/"), ("/feed.xml", "/briefings/2023-10-17/")]
    {
        let feed = output.file(name).replace("\\\"", "\"").replace("&quot;", "\"");
        for wanted in [
            format!("https://test.example{page}\""),
            "\"https://e.example/x\"".to_owned(),
            "\"https://e.example/y\"".to_owned(),
        ] {
            assert!(feed.contains(&wanted), "{name} has no {wanted}");
        }
        assert!(!feed.contains("\"//e.example") && !feed.contains("href=\"\""), "{name}");
    }
}

#[test]
fn what_a_link_may_not_be_a_picture_may_not_be_either() {
    let body = "![a](javascript:alert%281%29)\n\n![b](data:text/html,x) ![c](data:image/png;base64,AAAA) ![d](file:///etc/passwd)\n\n\
                <a href=\"java&#115;cript:x\">e</a> <img srcset=\"/p.png 1x, javascript:x 2x\" src=\"vbscript:y\" alt=z>\n\n\
                <img src=\"data:image/gif;base64,BBBB\" alt=y> <q cite='javascript:z'>q</q>\n";
    let site = SiteTest::new(article("a", "date: 2023-10-17", body));
    site.write("static/p.png", png(512, 256));
    let output = site.build();
    assert_eq!(
        output.problems(),
        [
            "unsafe-link content/articles/a.md:5:1",
            "unsafe-link content/articles/a.md:7:1",
            "unknown-scheme content/articles/a.md:7:57",
            "unsafe-link content/articles/a.md:9:10",
            "unsafe-link content/articles/a.md:9:59",
            "unsafe-link content/articles/a.md:9:81",
            "unsafe-link content/articles/a.md:11:55",
        ],
        "{}",
        describe(&output.built.report)
    );
    let main = output.main("/2023/10/17/a/");
    assert!(!main.contains("script:") && !main.contains("text/html") && !main.contains("file:"), "{main}");
    assert_in_order(
        &main,
        &[
            "<img src=\"data:image/png;base64,AAAA\" alt=\"c\"",
            "<a>e</a>",
            "srcset=\"/p.png 1x\"",
            "data:image/gif;base64,BBBB",
            "<q>q</q>",
        ],
    );
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nhtml: trust\n");
    assert!(site.build_clean().main("/2023/10/17/a/").contains("<img src=\"javascript:alert%281%29\""));
}

#[test]
fn a_link_in_raw_html_to_a_withheld_story_is_no_link() {
    let site = SiteTest::new(
        article(
            "a",
            "date: 2023-10-17",
            "See <a class=x href=\"secret.md\">it</a>, <a href='/2023/10/16/secret/'>that</a>.",
        ) + &article("secret", "date: 2023-10-16\ndraft: true", "Text."),
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        ["withheld-link content/articles/a.md:5:22", "withheld-link content/articles/a.md:5:50"],
        "{}",
        describe(&output.built.report)
    );
    let main = output.main("/2023/10/17/a/");
    assert!(!main.contains("secret") && main.contains(">it</a>") && main.contains(">that</a>"), "{main}");
}

#[test]
fn what_is_wrong_in_the_heading_of_an_item_or_a_description_is_reported() {
    let site = SiteTest::new(
        "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n## On [[nowhere]] and [[a]]\n\nText.\n\n## Of [[none|x]] and [y](lost.md)\n\nText ![see [[nobody]]](/p.png).\n\n### Of [[niemand]]\n"
            .to_owned()
            + &article("a", "date: 2023-10-16", "Text."),
    );
    site.write("static/p.png", png(512, 256));
    assert_eq!(
        site.problems(),
        [
            "broken-link content/briefings/2023-10-17.md:4:7",
            "broken-link content/briefings/2023-10-17.md:8:7",
            "broken-link content/briefings/2023-10-17.md:8:22",
            "broken-link content/briefings/2023-10-17.md:10:12",
            "broken-link content/briefings/2023-10-17.md:12:8",
        ],
        "{}",
        describe(&site.try_build().report)
    );
}

#[test]
fn html_that_never_ends_is_told_at_its_line() {
    for (body, expected) in [
        ("Text.\n\n<div>\n<!-- never\n\nSwallowed.", Some("8:1")),
        ("<div>\n<!-- a\n\n<p>b</p>\n-->\n</div>", None),
        ("<!-- never\n\nSwallowed.\n", Some("5:1")),
        ("> <div title=\"never\n\nSwallowed \"and\" more.", Some("5:8")),
        ("- a\n\n  <div\n    class=\"never\n\nSwallowed.", Some("8:5")),
        ("<div class=x\n\nSwallowed.", Some("5:1")),
        ("<textarea>\na\n\nSwallowed.", Some("5:1")),
        ("<div title=\"a\n  b\">\n\nText.\n\n</div>", None),
        ("1 < 2 and `<!-- code` and <b>bold</b>", None),
        ("```\n<!-- code\n```", None),
    ] {
        for policy in ["sanitise", "trust", "escape"] {
            let site = SiteTest::new(article("a", "date: 2023-10-17", body));
            site.write("dateline.yaml", format!("title: T\nbase_url: https://test.example\nhtml: {policy}\n"));
            let report = site.build_and_compare().built.report;
            let ends = report.diagnostics().iter().filter(|problem| problem.message.contains("never ends"));
            let found: Vec<String> = ends.map(short).collect();
            let expected = expected.filter(|_| policy != "escape");
            let expected: Vec<String> =
                expected.iter().map(|at| format!("html-left-out content/articles/a.md:{at}")).collect();
            assert_eq!(found, expected, "{policy}: {body}");
        }
    }
    let edition = "-- content/briefings/2023-10-17.md --\n---\ntitle: E\n---\nIntro.\n\n## One\n\n<!-- never\n\n## Two\n\nText.\n";
    assert_eq!(SiteTest::new(edition).build().problems(), ["html-left-out content/briefings/2023-10-17.md:8:1"]);
}
