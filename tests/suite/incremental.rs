//! What a second build makes again, and why; the rest is kept as it is.

use std::collections::BTreeMap;

use dateline::publish::Reason;

use crate::site_test::SiteTest;

const SITE: &str = "-- content/articles/first.md --
---
title: First
date: 2023-10-16
topics: [ICC]
---
One.
-- content/articles/second.md --
---
title: Second
date: 2023-10-17
topics: [Oil]
---
Two.
";

fn reasons(site: &SiteTest) -> BTreeMap<Reason, usize> {
    site.build_clean().built.summary.expect("it was published").reasons
}

#[test]
fn nothing_is_made_when_nothing_changed() {
    let site = SiteTest::new(SITE);
    let made = reasons(&site);
    assert_eq!(made.keys().collect::<Vec<_>>(), [&Reason::New]);
    assert_eq!(reasons(&site), BTreeMap::new());
}

#[test]
fn an_edited_body_makes_its_page_and_the_feeds_that_carry_it() {
    let site = SiteTest::new(SITE);
    site.build_clean();
    site.write(
        "content/articles/first.md",
        "---\ntitle: First\ndate: 2023-10-16\ntopics: [ICC]\n---\nOne, corrected.\n",
    );
    let output = site.build_clean();
    let (added, changed, removed) = output.changes();
    assert_eq!(changed, ["/2023/10/16/first/", "/feed.json", "/feed.xml", "/rss.xml", "/topics/icc/feed.xml"]);
    assert!(added.is_empty() && removed.is_empty());
    assert_eq!(output.built.summary.expect("it was published").reasons, BTreeMap::from([(Reason::Inputs, 5)]));
}

#[test]
fn an_edited_template_makes_only_the_pages_that_reach_it() {
    let site = SiteTest::new(SITE);
    site.build_clean();
    site.write("templates/topic.html", "{% extends \"builtin/topic.html\" %}{% block title %}T{% endblock %}");
    assert_eq!(reasons(&site), BTreeMap::from([(Reason::Inputs, 2)]));
    site.write("templates/words.html", "{% component names(people) %}Ann{% endcomponent names %}");
    assert!(reasons(&site)[&Reason::Inputs] > 4, "names are on articles and the front page");
}

/// Builds with a template that calls a component in `call` and one that defines it by `define`, edits the component, and
/// says what stands on the page then.
fn after_an_edit_of_a_component(define: &str, call: &str) -> String {
    let site = SiteTest::new(SITE);
    let article = "{% extends \"builtin/article.html\" %}{% block main %}<main>CALL</main>{% endblock main %}";
    site.write("templates/article.html", article.replace("CALL", call));
    site.write("templates/boxes.html", define.replace("TEXT", "before"));
    assert!(site.build_clean().main("/2023/10/16/first/").contains("before"), "{call}");
    site.write("templates/boxes.html", define.replace("TEXT", "after"));
    let output = site.build_and_compare();
    let made = output.built.summary.as_ref().expect("it was published").reasons.values().sum::<usize>();
    assert_eq!(made, 2, "the two articles and nothing else: {call}");
    output.main("/2023/10/16/first/")
}

#[test]
fn an_edited_component_makes_the_pages_that_call_it_in_whatever_form() {
    let plain = "{% component mybox(story) %}TEXT{% endcomponent mybox %}";
    let bare = "{% component mybox() %}TEXT{% endcomponent mybox %}";
    for (define, call) in [
        (bare, "{{ <mybox /> }}"),
        ("{%\tcomponent\n   mybox ( ) %}TEXT{% endcomponent\nmybox %}", "{{ <mybox /> }}"),
        ("{%- component ui . mybox() -%}TEXT{%- endcomponent ui.mybox -%}", "{{-\n<\nui\n.\nmybox\n/>-}}"),
        (bare, "{{ < mybox /> }}"),
        (bare, "{% if article.title != \"{% raw %}\" %}{{<mybox/>}}{% endif %}"),
        (bare, "{% set all = [<mybox />] %}{{ all[0] | safe }}"),
        ("{% component mybox() %}TEXT {{ body }}{% endcomponent mybox %}", "{% <\nmybox > %}inside{% </mybox> %}"),
        (plain, "{{ shared(component=\"mybox\", story=next or previous) }}"),
        (plain, "{{ shared(component='my' ~ \"box\", story=next or previous) }}"),
        (plain, "{% set name = `my` ~ `box` %}{{ shared(story=next or previous, component=name) }}"),
        (
            "{% component inner() %}TEXT{% endcomponent %}{% component mybox(story) %}{{ <inner /> }}{% endcomponent %}",
            "{% set name = \"my\" %}{{ shared(component=name ~ \"box\", story=next or previous) }}",
        ),
    ] {
        assert!(after_an_edit_of_a_component(define, call).contains("after"), "{define} {call}");
    }
    assert!(after_an_edit_of_a_component("TEXT", "{% include \n\t'boxes.html' %}").contains("after"));
    assert!(after_an_edit_of_a_component("TEXT", "{% include `boxes.html` %}").contains("after"));
}

#[test]
fn a_component_that_only_a_comment_or_raw_text_names_makes_nothing() {
    let site = SiteTest::new(SITE);
    let names = "{# {% include \"boxes.html\" %} {{ <mybox /> }} #}{% raw %}{{ <mybox /> }}{% endraw %}";
    site.write("templates/404.html", names);
    site.write("templates/boxes.html", "{% component mybox() %}before{% endcomponent mybox %}");
    assert_eq!(site.build_clean().file("/404.html"), "{{ <mybox /> }}");
    site.write("templates/boxes.html", "{% component mybox() %}after{% endcomponent mybox %}");
    assert_eq!(reasons(&site), BTreeMap::new());
}

#[test]
fn a_component_of_a_name_that_a_list_works_out_is_asked_for_once_and_noticed() {
    let site = SiteTest::new(SITE);
    let rows =
        "{% for story in stories(limit=5) %}{{ shared(component=\"row_\" ~ story.kind, story=story) }}{% endfor %}";
    site.write("templates/404.html", rows);
    site.write("templates/rows.html", "{% component row_report(story) %}<p>{{ story.title }}</p>{% endcomponent %}");
    assert_eq!(site.build_clean().file("/404.html"), "<p>Second</p><p>First</p>");
    site.write("templates/rows.html", "{% component row_report(story) %}<b>{{ story.title }}</b>{% endcomponent %}");
    let output = site.build_and_compare();
    assert_eq!(output.file("/404.html"), "<b>Second</b><b>First</b>");
    assert_eq!(output.built.summary.expect("it was published").reasons, BTreeMap::from([(Reason::Answers, 1)]));
}

#[test]
fn a_new_answer_makes_the_page_that_asked() {
    let site = SiteTest::new(SITE);
    let ask = "{% for story in stories(topic=\"icc\", limit=3) %}<p>{{ story.title }}</p>{% endfor %}";
    site.write("templates/404.html", ask);
    assert!(site.build_clean().file("/404.html").contains("<p>First</p>"));
    site.write("content/articles/third.md", "---\ntitle: Third\ndate: 2023-10-18\ntopics: [ICC]\n---\nThree.\n");
    let output = site.build_clean();
    assert_eq!(output.file("/404.html"), "<p>Third</p><p>First</p>");
    assert_eq!(output.built.summary.expect("it was published").reasons.get(&Reason::Answers), Some(&1));
    site.write("content/articles/fourth.md", "---\ntitle: Fourth\ndate: 2023-10-18\ntopics: [Oil]\n---\nFour.\n");
    assert_eq!(reasons(&site).get(&Reason::Answers), None);
}

#[test]
fn a_file_that_someone_changed_or_removed_is_made_again() {
    let site = SiteTest::new(SITE);
    site.build_clean();
    let page = site.public().join("topics/icc/index.html");
    std::fs::remove_file(&page).expect("it was built");
    assert_eq!(reasons(&site), BTreeMap::from([(Reason::Touched, 1)]));
    assert!(page.exists());
}

#[test]
fn an_embargo_that_lifts_is_an_input() {
    let mut site = SiteTest::new(SITE);
    site.write(
        "content/articles/held.md",
        "---\ntitle: Held\ndate: 2023-10-17\nembargo: 2023-10-19T06:00:00Z\ntopics: [ICC]\n---\nHeld.\n",
    );
    site.set_now("2023-10-19T05:59:59Z");
    assert!(!site.build().exists("/2023/10/17/held/"));
    site.set_now("2023-10-19T06:00:00Z");
    let output = site.build();
    assert!(output.exists("/2023/10/17/held/") && output.main("/topics/icc/").contains("Held"));
}

#[test]
fn verify_finds_a_file_that_no_record_gives_away() {
    let site = SiteTest::new(SITE);
    let verify = || {
        let how = dateline::pipeline::BuildOptions { verify: true, ..site.how(site.public()) };
        let built = dateline::pipeline::build(&site.request(), &how);
        built.report.diagnostics().iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert!(verify().is_empty());
    // The same size and time as recorded, so that only the bytes tell.
    let page = site.public().join("topics/icc/index.html");
    let text = std::fs::read_to_string(&page).expect("it was built");
    let time = std::fs::metadata(&page).and_then(|found| found.modified()).expect("a time");
    std::fs::write(&page, text.replace("First", "Worst")).expect("it can be written");
    std::fs::File::options().append(true).open(&page).and_then(|file| file.set_modified(time)).expect("a time is set");
    assert_eq!(verify(), ["`/topics/icc/` is not what these sources give"]);
}
