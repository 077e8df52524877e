//! One mistake is one message, and what is written is acted on or answered.

use crate::site_test::{SiteTest, article};

#[test]
fn what_points_at_an_unreadable_story_is_no_mistake_of_its_own() {
    let site = SiteTest::new(
        "-- content/articles/broken.md --
---
title: Broken
date: yesterday
---
-- content/articles/sound.md --
---
title: Sound
date: 2023-10-17
translation_of: broken
lang: de
---
See [it](broken.md) and [[broken]].
-- content/briefings/2023-10-17.md --
---
stories: [broken]
---
",
    );
    assert_eq!(site.problems(), ["bad-date content/articles/broken.md:3:7"]);
}

#[test]
fn an_alias_in_other_capitals_is_answered_where_capitals_matter() {
    let site = SiteTest::new(
        "-- content/articles/desk-18f.md --
---
title: Desk
date: 2023-10-17
aliases: [/2023/10/17/desk-18F/, /2023/10/17/desk-18f/]
---
",
    );
    let output = site.build_clean();
    assert!(output.file("/2023/10/17/desk-18f/").contains("class=\"page-article\""));
    // The same on every machine: a rule for hosts, and a page only where disk and host are said to tell capitals apart.
    let rule = "/2023/10/17/desk-18F/ /2023/10/17/desk-18f/ 301\n";
    assert_eq!(output.file("/_redirects"), rule);
    let names = || site.tree().into_keys().filter(|file| file.contains("18F")).collect::<Vec<_>>();
    assert_eq!(names(), Vec::<String>::new());
    if cfg!(not(any(windows, target_vendor = "apple"))) {
        site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nhosting: {case_sensitive: true}\n");
        let output = site.build_and_compare();
        assert_eq!(output.file("/_redirects"), rule);
        assert!(output.file("/2023/10/17/desk-18F/").contains("/2023/10/17/desk-18f/"));
    }
}

#[test]
fn what_is_gone_is_answered_so_unless_a_page_answers() {
    let site = SiteTest::new(
        "-- dateline.yaml --
title: The Test
base_url: https://test.example/briefing
gone: [/2020/01/01/retired/]
-- content/articles/live.md --
---
title: Live
date: 2023-10-17
---
",
    );
    assert!(site.build_clean().file("/_redirects").contains("/briefing/2020/01/01/retired/ /briefing/404.html 410\n"));
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\ngone: [/2023/10/17/live/]\n");
    let output = site.build();
    assert_eq!(output.problems(), ["not-gone dateline.yaml:3:8"], "a warning: the page is there");
    assert!(!output.file("/_redirects").contains("410"));
}

#[test]
fn a_setting_that_nothing_acts_on_yet_says_so() {
    let site = SiteTest::new(
        "-- dateline.yaml --
title: The Test
base_url: https://test.example
search: true
",
    );
    assert_eq!(site.problems(), ["not-yet dateline.yaml:3:1"]);
}

#[test]
fn the_addresses_of_a_file_with_errors_are_not_reported_as_missing() {
    let links = "[A](/2023/10/17/visit/), [X](/topics/nord-stream/), [old](/old-visit/), [month](/archive/2023/10/), [![P](p.svg)](/2023/10/17/visit/p.svg), <a href=\"/2023/10/17/visit/\">A</a>.\n\n[[visit]] and [B](visit/index.md).\n";
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nredirects: {/o/: /2023/10/17/visit/}\nnavigation: [{title: A, url: /2023/10/17/visit/}]\n\
         -- content/articles/visit/index.md --\n---\ntitle: Visit\ndate: 2023-10-17\ntopics: [Nord Stream]\naliases: [/old-visit/]\n---\nText. ![P](p.svg)\n\
         -- content/articles/visit/p.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n\
         -- content/articles/p.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n\
         -- content/pages/about.md --\n---\ntitle: About\n---\n[Jane](/people/jane-roe/), [edition](/briefings/2023-10-16/), [page](/guide/).\n\
         -- content/pages/guide.md --\n---\ntitle: Guide\n---\nText.\n\
         -- content/people/jane-roe.md --\n---\nname: Jane Roe\n---\nText.\n\
         -- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\n---\nText.\n"
            .to_owned()
            + &article("other", "date: 2023-10-16", links),
    );
    assert_eq!(site.problems(), [""; 0]);
    let (locked, _) = dateline::pipeline::lock(&site.request());
    assert!(locked.is_some());
    for (file, right, wrong) in [
        ("content/articles/visit/index.md", "title: Visit\n", "extra: [\ntitle: Visit\n"),
        ("content/articles/visit/index.md", "date: 2023-10-17", "date: 2023-10-37"),
        ("content/articles/visit/index.md", "title: Visit\n", ""),
        ("content/pages/guide.md", "title: Guide", "titel: [Guide"),
        ("content/pages/guide.md", "title: Guide", "slug: guide"),
        ("content/people/jane-roe.md", "name: Jane Roe", "slug: jane-roe"),
        ("content/briefings/2023-10-16.md", "date: 2023-10-16", "date: nonsense"),
    ] {
        let path = site.root().join(file);
        let text = std::fs::read_to_string(&path).expect("it is there");
        site.write(file, text.replacen(right, wrong, 1));
        let told = site.problems();
        assert_eq!(told.len(), 1, "{file} {wrong}: {told:?}");
        assert!(told[0].contains(file), "{told:?}");
        site.write(file, text);
    }
    // What cannot be its address is lost all the same.
    site.write("content/articles/visit/index.md", "---\ntitle: [\n---\nText.\n");
    site.write_all(&article("other", "date: 2023-10-16", "[No](/nowhere/)"));
    assert!(site.problems().contains(&"dead-path content/articles/other.md:5:1".to_owned()), "{:?}", site.problems());
}
