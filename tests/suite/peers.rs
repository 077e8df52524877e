//! What other generators get wrong, done on small sites: the experiments of our comparison, each named for what must hold.

use std::fs;

use dateline::base::disk::Rescan;
use dateline::pipeline::{self, BuildCache};

use crate::site_test::{SiteTest, article, articles, assert_same, attributes, between, describe};

/// Experiment E1. Peers leave a mixture of old and new pages, or a single file, when a template breaks.
#[test]
fn a_template_that_breaks_after_a_good_build_leaves_the_published_site_byte_for_byte() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", "topics: [ICC]"), ("b", "2023-10-17", "topics: [ICC]")]));
    site.build_clean();
    let before = site.tree();
    site.write_all(&article("a", "date: 2023-10-16\ntopics: [ICC]", "A new text."));
    for broken in ["{% extends \"builtin/front.html\" %}{% block opening %}", "{{ no_such_value }}", "{{ 1 / 0 }}"] {
        site.write("templates/front.html", broken);
        let built = site.try_build();
        assert!(built.summary.is_none() && built.report.has_errors(), "{broken}");
        assert_same(&site.tree(), &before);
    }
    site.remove("templates/front.html");
    let (_, changed, _) = site.build_and_compare().changes();
    assert!(changed.contains(&"/2023/10/16/a/".to_owned()));
}

/// Experiment E2. With peers the page of a deleted post stays in the output.
#[test]
fn a_deleted_post_is_gone_from_the_output() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", "topics: [ICC]"), ("b", "2023-10-17", "topics: [Oil]")]));
    site.build_clean();
    site.remove("content/articles/b.md");
    let (_, _, removed) = site.build_and_compare().changes();
    assert_eq!(removed, ["/2023/10/17/b/", "/topics/oil/", "/topics/oil/feed.xml"]);
}

/// Experiment E3. Peers make two or three topics of one, or lose the order when they merge them.
#[test]
fn three_spellings_of_a_topic_are_one_list_newest_first() {
    let mut site = SiteTest::new(articles(&[
        ("one", "2099-01-01", "topics: [ICC]"),
        ("two", "2099-01-03", "topics: [icc]"),
        ("three", "2099-01-02", "topics: [I.C.C.]"),
        ("four", "2099-01-04", "topics: [icc]"),
        ("five", "2099-01-05", "topics: [ICC]"),
    ]));
    site.set_now("2099-02-01T00:00:00Z");
    let output = site.build_clean();
    let order: Vec<String> = output.headlines("/topics/icc/").iter().map(|line| line[1..11].to_owned()).collect();
    assert_eq!(order, ["2099/01/05", "2099/01/04", "2099/01/03", "2099/01/02", "2099/01/01"]);
    let topics: Vec<String> = site.tree().into_keys().filter(|file| file.starts_with("topics/")).collect();
    assert_eq!(topics, ["topics/icc/feed.xml", "topics/icc/index.html", "topics/index.html"]);
}

/// Experiment E4. A slash in a name nests the path with one peer.
#[test]
fn a_slash_in_a_topics_name_makes_no_folder() {
    let site = SiteTest::new(articles(&[("a", "2023-10-17", "topics: [Oil/Gas]")]));
    let output = site.build_clean();
    assert!(output.main("/topics/oil-gas/").contains("<h1>Oil/Gas</h1>") && !output.exists("/topics/oil/gas/"));
}

/// Experiment E5. Peers publish a story of 2099, first in feeds, or hold it back in silence.
#[test]
fn a_story_of_the_future_is_held_back_and_counted() {
    let site = SiteTest::new(articles(&[("now", "2023-10-17", ""), ("later", "2099-01-01 06:00", "")]));
    let output = site.build_clean();
    assert!(!output.exists("/2099/01/01/later/") && !output.file("/feed.xml").contains("later"));
    let prepared = output.built.prepared.expect("it was built");
    let held: Vec<_> = prepared.site().withheld.iter().map(|held| (held.path.as_str(), held.reason.word())).collect();
    assert_eq!(held, [("content/articles/later.md", "scheduled")]);
    assert_eq!(
        prepared.site().next_change().map(|at| at.instant().to_string()).as_deref(),
        Some("2099-01-01T06:00:00Z")
    );
}

/// Experiment E6. With peers a mistyped key is lost in silence, and one knows no `topics` at the top.
#[test]
fn a_mistyped_key_is_an_error_and_topics_stand_at_the_top() {
    let site = SiteTest::new(articles(&[("typo", "2023-10-17", "tpoics: [ICC]")]));
    assert_eq!(site.problems(), ["unknown-key content/articles/typo.md:4:1"]);
    assert!(describe(&site.try_build().report).contains("did you mean `topics`?"));
    let site = SiteTest::new(articles(&[("fine", "2023-10-17", "topics: [ICC]")]));
    assert_eq!(site.build_clean().headlines("/topics/icc/"), ["/2023/10/17/fine/ Title of fine"]);
}

/// Experiment E7. Two sources of one address: the last one wins with one peer, without a word.
#[test]
fn two_sources_of_one_address_are_an_error_that_names_both() {
    let site = SiteTest::new(articles(&[("a/visit", "2023-10-17", ""), ("b/visit", "2023-10-17", "")]));
    assert_eq!(site.problems(), ["route-conflict content/articles/b/visit.md"]);
    let text = describe(&site.try_build().report);
    assert!(
        text.contains("`content/articles/a/visit.md`")
            && text.contains("`content/articles/b/visit.md`")
            && text.contains("`/2023/10/17/visit/`"),
        "{text}"
    );
}

/// Experiment E8. A peer reports the first broken file alone, at the wrong line, and calls the page a section.
#[test]
fn two_broken_files_are_both_reported_at_their_lines() {
    let site = SiteTest::new(
        "-- content/articles/first.md --\n---\ntitle: First\ndate: 17/10/2023\n---\nText.\n\
         -- content/articles/second.md --\n---\ntitle: \"Second\ndate: 2023-10-17\n---\nText.\n",
    );
    let problems = site.problems();
    assert_eq!(problems.len(), 2, "{}", describe(&site.try_build().report));
    assert_eq!(problems[0], "bad-date content/articles/first.md:3:7");
    assert!(problems[1].starts_with("yaml-syntax content/articles/second.md:2:"), "{}", problems[1]);
}

/// Experiment E9. A peer cannot read a valid date when the day before was a 31st.
#[test]
fn a_date_with_a_space_and_an_offset_is_read_on_every_day_of_the_year() {
    let site = SiteTest::new("").at("2027-01-01T00:00:00Z");
    for month in 1..=12 {
        for (day, offset) in [(10, "-05:00"), (1, "+05:00"), (28, "-0500")] {
            site.write_all(&articles(&[(
                &format!("s-{month}-{day}"),
                &format!("2026-{month:02}-{day:02} 09:00:00 {offset}"),
                "",
            )]));
        }
    }
    let output = site.build_clean();
    assert_eq!(between(&output.main("/2026/02/10/s-2-10/"), "datetime=\"", "\""), "2026-02-10T14:00:00Z");
    assert_eq!(output.built.prepared.expect("it was built").site().articles.len(), 36);
}

/// Experiment E13. Peers write every file anew on every build.
#[test]
fn a_build_with_no_change_moves_no_time() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", "topics: [ICC]"), ("b", "2023-10-17", "topics: [ICC]")]));
    site.build_clean();
    let times = |site: &SiteTest| -> Vec<_> {
        site.tree()
            .into_keys()
            .map(|file| (fs::metadata(site.public().join(&file)).and_then(|m| m.modified()).expect("a time"), file))
            .collect()
    };
    let before = times(&site);
    site.build_clean();
    assert_eq!(times(&site), before);
}

/// Experiment E14. A peer checks only links of its own notation.
#[test]
fn a_plain_link_to_an_address_that_nothing_answers_is_found() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "Text [y](/posts/none/) text."));
    assert_eq!(site.problems(), ["dead-path content/articles/a.md:5:6"]);
}

/// Experiment E15. With one peer, a build that is told of one changed file, and has nothing to start from, crashes and
/// writes nothing.
#[test]
fn a_build_that_is_told_of_one_file_alone_begins_with_all() {
    let site = SiteTest::new(articles(&[("a", "2023-10-16", "topics: [ICC]"), ("b", "2023-10-17", "topics: [ICC]")]));
    let mut cache = BuildCache::default();
    cache.touch(Rescan::Paths(["content/articles/a.md".to_owned()].into()));
    let built = pipeline::build_again(&site.request(), &site.how(site.public()), &mut cache);
    assert!(built.report.is_empty() && built.summary.is_some());
    assert!(site.tree() == site.fresh_tree());
}

/// Experiment E16. The feed of a topic names the site's root as its page with one peer.
#[test]
fn a_topics_feed_belongs_to_the_topics_page() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/briefing\n".to_owned()
            + &articles(&[("a", "2023-10-17", "topics: [ICC]")]),
    );
    let output = site.build_clean();
    let head = output.file("/topics/icc/feed.xml").split("<entry>").next().expect("a head").to_owned();
    let links: Vec<(String, String)> = attributes(&head, "rel").into_iter().zip(attributes(&head, "href")).collect();
    let expected = [
        ("self", "https://test.example/briefing/topics/icc/feed.xml"),
        ("alternate", "https://test.example/briefing/topics/icc/"),
    ];
    assert_eq!(links, expected.map(|(rel, href)| (rel.to_owned(), href.to_owned())));
    assert!(
        output.file("/topics/icc/").contains("href=\"/briefing/topics/icc/feed.xml\""),
        "and the page names its feed"
    );
}
