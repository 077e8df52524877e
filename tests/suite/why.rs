//! What Dateline says of an output: what it is made of, why it was made, whether it would be made again.

use dateline::pipeline;
use dateline::why::{Explanation, explain};

use crate::site_test::SiteTest;

const SITE: &str = "-- dateline.yaml --
title: The Test
base_url: https://test.example/briefing
-- templates/topic.html --
{% extends \"builtin/topic.html\" %}{% block main %}{% for s in stories(topic=\"icc\", limit=1) %}{{ s.title }}{% endfor %}{% endblock %}
-- content/articles/first.md --
---
title: First
date: 2023-10-16
topics: [ICC]
---
One.
";

fn why(site: &SiteTest, address: &str) -> Result<Explanation, Option<String>> {
    let (prepared, _) = pipeline::prepare(&site.request());
    let prepared = prepared.expect("a sound site");
    explain(&prepared.desk, &prepared.plan, &prepared.templates, &site.public(), address)
}

#[test]
fn an_output_tells_its_templates_its_questions_and_why_it_was_made() {
    let site = SiteTest::new(SITE);
    let before = why(&site, "/topics/icc/").expect("it is planned");
    assert_eq!((before.made, before.stale), (None, Some("nothing was recorded for it")));
    site.build_clean();
    let built = why(&site, "https://test.example/briefing/topics/icc/").expect("it was built");
    assert_eq!((built.route.as_str(), built.family, built.stale), ("/topics/icc/", "topic", None));
    assert_eq!(built.made, Some("nothing was recorded for it"));
    assert!(
        built.templates.contains(&"templates/topic.html".to_owned())
            && built.templates.contains(&"topic.html (built in)".to_owned())
    );
    assert!(built.questions.iter().any(|question| question.contains("\"topic\":\"icc\"")), "{:?}", built.questions);
    let article = why(&site, "2023/10/16/first").expect("a slash more or less is fine");
    assert_eq!(article.source.as_deref(), Some("content/articles/first.md"));
}

#[test]
fn the_reason_of_the_last_making_is_kept_until_it_is_made_again() {
    let site = SiteTest::new(SITE);
    site.build_clean();
    site.write(
        "content/articles/first.md",
        "---\ntitle: First\ndate: 2023-10-16\ntopics: [ICC]\n---\nOne, corrected.\n",
    );
    assert_eq!(
        why(&site, "/2023/10/16/first/").expect("planned").stale,
        Some("what it shows, its templates or the program changed")
    );
    site.build_clean();
    site.build_clean();
    let article = why(&site, "/2023/10/16/first/").expect("built");
    assert_eq!((article.made, article.stale), (Some("what it shows, its templates or the program changed"), None));
    assert_eq!(why(&site, "/topics/").expect("built").made, Some("nothing was recorded for it"));
}

#[test]
fn an_address_that_leads_nowhere_names_the_nearest() {
    assert_eq!(why(&SiteTest::new(SITE), "/topics/ic/"), Err(Some("/topics/icc/".to_owned())));
}
