//! Themes: a site's templates win, may extend the built-in ones, and may ask the site.

use crate::site_test::{SiteTest, article, articles, assert_in_order, between, is_page};

#[test]
fn a_template_of_the_site_extends_the_built_in_one_of_its_name() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "topics: [ICC]")])
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}{{ super() }}<p id=\"words\">{{ article.words | plural(one=\"word\", many=\"words\") }}</p>{% endblock story_end %}\n",
    );
    let output = site.build_clean();
    assert_in_order(
        &output.main("/2023/10/17/visit/"),
        &[
            "<h1 class=\"headline\">Title of visit</h1>",
            "<a href=\"/topics/icc/\">ICC</a>",
            "<p id=\"words\">1 word</p>",
        ],
    );
    assert!(!output.file("/topics/icc/").contains("id=\"words\""));
}

#[test]
fn a_base_of_the_site_is_under_every_page_even_the_built_in_ones() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "topics: [ICC]\nauthors: [Desk]\nthread: Trip\naliases: [/old/]")])
            + "-- content/people/desk.md --\n---\nname: Desk\n---\n-- content/pages/about.md --\n---\ntitle: About\n---\n-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n\
               -- templates/base.html --\n{% extends \"builtin/base.html\" %}\n{% block extra_head %}<meta name=\"desk\" content=\"{{ page.family }}\">{% endblock extra_head %}\n",
    );
    let output = site.build_clean();
    for (path, family) in [
        ("/", "front"),
        ("/2023/10/17/visit/", "article"),
        ("/topics/", "topics"),
        ("/topics/icc/", "topic"),
        ("/briefings/", "briefings"),
        ("/briefings/2023-10-17/", "briefing"),
        ("/archive/", "archive"),
        ("/archive/2023/", "year"),
        ("/archive/2023/10/", "month"),
        ("/people/", "people"),
        ("/people/desk/", "person"),
        ("/threads/", "threads"),
        ("/threads/trip/", "thread"),
        ("/about/", "page"),
        ("/404.html", "not-found"),
    ] {
        assert!(output.file(path).contains(&format!("<meta name=\"desk\" content=\"{family}\">")), "{path}");
    }
}

#[test]
fn a_component_of_the_site_replaces_that_one_alone() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "authors: [Ann]")])
            + "-- templates/labels.html --\n{% component say.by() %}Von {% endcomponent say.by %}\n",
    );
    let main = site.build_clean().main("/2023/10/17/visit/");
    assert!(main.contains("Von Ann") && main.contains("Published "), "{main}");
}

#[test]
fn templates_ask_for_stories_topics_and_briefings() {
    let site = SiteTest::new(
        articles(&[
            ("a", "2023-10-11", "topics: [ICC, Oil]\nkind: analysis\nauthors: [Ann Lee]"),
            ("b", "2023-10-12", "topics: [icc]\nsection: World\nthread: The trip"),
            ("c", "2023-10-13", "topics: [Oil]\nsection: World"),
            ("d", "2023-10-14", "topics: [Child]"),
        ]) + "-- content/topics/child.md --\n---\ntitle: Child\nkind: place\nparents: [ICC]\n---\n\
              -- content/briefings/2023-10-15.md --\n---\ndate: 2023-10-15\ntitle: Fifteen\n---\n\n## Item {topics=icc}\n\nText.\n\
              -- content/briefings/2023-10-16.md --\n---\ndate: 2023-10-16\ntitle: Sixteen\n---\nText.\n\
              -- templates/404.html --\n{% for s in stories(topic=\"I.C.C.\") %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(section=\"world\") %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(kind=\"analysis\") %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(person=\"ann lee\") %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(thread=\"the TRIP\") %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(limit=2, offset=1) %}{{ s.title }};{% endfor %}\n\
              {% for s in stories(topic=\"oil\", section=\"World\", limit=5) %}{{ s.title }};{% endfor %}\n\
              {% for t in topics(limit=2) %}{{ t.title }} {{ t.count }};{% endfor %}\n\
              {% for t in topics(kind=\"place\") %}{{ t.title }} {{ t.count }};{% endfor %}\n\
              {% for b in briefings(limit=1) %}{{ b.title }} {{ b.url }};{% endfor %}\n\
              {{ absolute(url=page.url) }} {{ site.title | json | safe }} {{ \"über\" | initial }} {{ \"2023-10-17\" | date(format=\"%d %B %Y\") }}\n",
    );
    let output = site.build_clean();
    let lines: Vec<String> = output.file("/404.html").lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "Item;Title of d;Title of b;Title of a;",
            "Title of c;Title of b;",
            "Title of a;",
            "Title of a;",
            "Title of b;",
            "Title of d;Title of c;",
            "Title of c;",
            "ICC 4;Oil 2;",
            "Child 1;",
            "Sixteen /briefings/2023-10-16/;",
            "https://test.example/404.html \"The Test\" Ü 17 October 2023",
        ]
    );
}

#[test]
fn a_page_is_made_anew_when_the_answer_to_its_question_changes_and_not_otherwise() {
    let site = SiteTest::new(
        articles(&[("a", "2023-10-11", "topics: [ICC]"), ("b", "2023-10-12", "topics: [Oil]")])
            + "-- templates/404.html --\n{% for s in stories(topic=\"ICC\", limit=3) %}{{ s.title }};{% endfor %}\n",
    );
    site.build_clean();
    site.write_all(&articles(&[("c", "2023-10-13", "topics: [Oil]")]));
    assert!(!site.build_and_compare().changes().1.contains(&"/404.html".to_owned()));
    site.write_all(&articles(&[("d", "2023-10-14", "topics: [ICC]")]));
    assert!(site.build_and_compare().changes().1.contains(&"/404.html".to_owned()));
    let ledger = std::fs::read_to_string(site.public().join(".dateline/ledger")).expect("a ledger");
    let asked: Vec<&str> = ledger.lines().filter(|line| line.contains("\"ask\":\"stories\"")).collect();
    assert!(asked.iter().any(|line| line.contains("\"topic\":\"ICC\"") && line.contains("\"limit\":3")), "{asked:?}");
}

#[test]
fn static_files_go_out_as_they_are_and_style_sheets_also_under_a_name_that_changes() {
    let site = SiteTest::new(
        "-- static/desk.css --\n:root{}\n-- static/.well-known/security.txt --\nContact: x\n-- static/.hidden --\nno\n-- static/a b.txt --\nx\n\
        -- templates/base.html --\n{% extends \"builtin/base.html\" %}{% block styles %}{{ super() }}<link rel=\"stylesheet\" href=\"{{ asset(path=\"desk.css\") }}\">{% endblock styles %}\n",
    );
    let output = site.build_clean();
    assert_eq!(output.file("/desk.css"), ":root{}\n");
    assert_eq!(output.file("/.well-known/security.txt"), "Contact: x\n");
    assert!(!output.exists("/.hidden") && output.exists("/a b.txt"));
    let address = |output: &crate::site_test::Output| {
        let page = output.file("/404.html");
        let name = between(&page, "href=\"/desk.", "\"").to_owned();
        format!("/desk.{name}")
    };
    let before = address(&output);
    assert_eq!(output.file(&before), ":root{}\n");
    site.write("static/desk.css", ":root{--accent:red}\n");
    let output = site.build_and_compare();
    let after = address(&output);
    assert!(before != after && !output.exists(&before), "{before} {after}");
    assert_eq!(output.file(&after), ":root{--accent:red}\n");
}

#[test]
fn a_static_file_of_the_site_replaces_the_built_in_one() {
    let site = SiteTest::new("-- static/style.css --\nbody{}\n");
    let output = site.build_clean();
    assert_eq!(output.file("/style.css"), "body{}\n");
    let names: Vec<String> = site.tree().into_keys().filter(|file| file.starts_with("style.")).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn no_page_has_an_inline_script_or_style() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17\ntopics: [ICC]", "| a |\n|--:|\n| 1 |\n")
            + &articles(&[("b", "2023-10-16", "topics: [ICC]")]),
    );
    site.build_clean();
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes);
        if is_page(&file) {
            assert!(!text.contains(" style=\"") && !text.contains("<style") && !text.contains(" onclick="), "{file}");
            assert!(!text.contains("<script>"), "{file}");
        }
    }
}

#[test]
fn values_of_the_configuration_and_of_stories_reach_the_templates() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nextra: {newsletter: /sign-up/, list: [1, 2]}\n\
         -- templates/article.html --\n{{ site.extra.newsletter }} {{ site.extra.list | length }} {{ article.extra.page }} {{ article.extra?.none or \"nothing\" }}\n"
            .to_owned()
            + &articles(&[("visit", "2023-10-17", "extra: {page: A3}")]),
    );
    assert_eq!(site.build_clean().file("/2023/10/17/visit/"), "/sign-up/ 2 A3 nothing\n");
}
