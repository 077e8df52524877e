//! Themes: a site's templates win, may extend the built-in ones, and may ask the site.

use dateline::pipeline;

use crate::site_test::{SiteTest, article, articles, assert_in_order, between, describe, is_page, short};

#[test]
fn a_template_of_the_site_extends_the_built_in_one_of_its_name() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "topics: [ICC]")])
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}{{ super() }}<p id=\"words\">{{ article.words }} word{{ article.words | pluralize }}</p>{% endblock story_end %}\n",
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
fn a_component_and_a_word_of_the_site_replace_that_one_alone() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "authors: [Ann]")])
            + "-- templates/names.html --\n{% component names(people) %}Die Ann{% endcomponent names %}\n"
            + "-- i18n/en.yaml --\nby: \"Von \"\n",
    );
    let main = site.build_clean().main("/2023/10/17/visit/");
    assert!(main.contains("Von Die Ann") && main.contains("Published "), "{main}");
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
    let output = site.build();
    assert_eq!(output.problems(), ["unused-file static/.hidden"]);
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
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nelsewhere: [/sign-up/]\nextra: {newsletter: /sign-up/, list: [1, 2]}\n\
         -- templates/article.html --\n{{ site.extra.newsletter }} {{ site.extra.list | length }} {{ article.extra.page }} {{ article.extra?.none or \"nothing\" }}\n"
            .to_owned()
            + &articles(&[("visit", "2023-10-17", "extra: {page: A3}")]),
    );
    assert_eq!(site.build_clean().file("/2023/10/17/visit/"), "/sign-up/ 2 A3 nothing\n");
}

/// A site of one story whose page holds `text` below it, and what a build says of it: message and help.
fn said_of(text: &str) -> Vec<String> {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "topics: [ICC]")])
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}"
            + text
            + "{% endblock story_end %}\n-- templates/mine.html --\n{% component mine() %}{{ article.title }}{% endcomponent mine %}\n\
               {% component inner(of) %}{{ of.nothing }}{% endcomponent inner %}\n{% component outer(of) %}\n{{ <inner of={of} /> }}{% endcomponent outer %}\n\
               -- templates/part.html --\n{{ page.nothing }}\n",
    );
    let report = site.try_build().report;
    report
        .diagnostics()
        .iter()
        .map(|problem| format!("{} / {}", problem.message, problem.help.as_deref().unwrap_or("")))
        .collect()
}

#[test]
fn questions_say_what_they_do_not_take_and_what_they_do_not_know() {
    for (question, told) in [
        ("stories(topics=\"oil\")", "`stories` takes no `topics`; did you mean `topic`?"),
        ("briefings(limits=2)", "`briefings` takes no `limits`; did you mean `limit`?"),
        ("topics(colour=1)", "`topics` takes no `colour`; it takes `kind`, `limit`"),
        (
            "stories(kind=\"analyses\")",
            "`analyses` is not a kind of story; there are report, analysis, explainer, opinion, live, item",
        ),
        ("stories(topic=\"Iccc\")", "no topic is called `Iccc`; did you mean `ICC`?"),
        ("stories(section=\"opinion\")", "no topic is called `opinion`; a file in `content/topics/` makes known one"),
    ] {
        let site = SiteTest::new(article("a", "date: 2023-10-17\ntopics: [ICC]", "Text."));
        site.write(
            "templates/front.html",
            format!("{{% for story in {question} %}}{{{{ story.title }}}}{{% endfor %}}"),
        );
        let report = site.try_build().report;
        let messages: Vec<&str> = report.diagnostics().iter().map(|problem| problem.message.as_str()).collect();
        assert!(messages.iter().any(|message| message.contains(told)), "{question}: {messages:?}");
    }
}

#[test]
fn a_question_for_a_topic_whose_stories_are_not_public_has_an_empty_answer() {
    let mut site = SiteTest::new(article("a", "date: 2023-10-17\ntopics: [ICC]", "Text."));
    site.write(
        "templates/front.html",
        "{% for story in stories(topic=\"gas\") %}{{ story.title }}{% else %}None yet.{% endfor %}",
    );
    for head in [
        "embargo: 2023-10-19",
        "draft: true",
        "expires: 2023-10-18",
        "updates: [{at: 2023-10-18, kind: withdrawn, text: Wrong.}]",
    ] {
        site.write_all(&article("b", &format!("date: 2023-10-17\nsection: Gas\n{head}"), "Text."));
        assert_eq!(site.build_and_compare().file("index.html"), "None yet.", "{head}");
    }
    site.write_all(&article("b", "date: 2023-10-17\nsection: Gas\nembargo: 2023-10-19", "Text."));
    site.set_now("2023-10-19T12:00:00Z");
    assert_eq!(site.build_and_compare().file("index.html"), "Title of b");
}

#[test]
fn habits_of_other_engines_are_answered_with_what_this_one_has() {
    let components = "Tera 2 has components: define `{% component box(x) %}…{% endcomponent box %}` in any file of `templates/`, and use it anywhere as `{{ <box x={…} /> }}`; nothing is imported";
    let named = "arguments have names: `default(value=\"…\")`, `date(format=\"%Y\")`, `range(end=3)`";
    let bracket = "write an element of a list in brackets: `article.topics[0]`, or `article.topics | first`";
    for (text, message, help) in [
        ("{% import \"m.html\" as m %}", "unknown tag", components),
        ("{% macro box(x) %}{% endmacro box %}", "unknown tag", components),
        ("{{ macros::box(x=1) }}", "found `:` but expected }}", components),
        ("{% elseif x %}", "unknown tag", "write `{% elif … %}`"),
        ("{% inclde \"part.html\" %}", "unknown tag", "did you mean `include`?"),
        ("{{ article.topics.0 }}", "found integer but expected identifier", bracket),
        ("{{ article.topics.0.title }}", "found float but expected identifier", bracket),
        ("{{ article.title | default(\"x\") }}", "found string but expected identifier", named),
        ("{% for i in range(3) %}{% endfor %}", "found integer but expected identifier", named),
        (
            "{{ article.title ? \"a\" : \"b\" }}",
            "unexpected character",
            "write a choice as `{{ \"a\" if article.updated else \"b\" }}`",
        ),
        (
            "{% include \"part.html\" ignore missing %}",
            "found identifier but expected %}",
            "an `include` names a template that is there: take `ignore missing` away",
        ),
        (
            "{{ article.title.upper() }}",
            "function calls are only allowed at the first element of a chain",
            "values have no methods; use a filter: `article.title | upper`",
        ),
        ("{{ article.title | tojson }}", "unknown filter `tojson`", "it is called `json`"),
        ("{{ article.title | truncat }}", "unknown filter `truncat`", "did you mean `truncate`?"),
        (
            "{% if 4 is divisibleby(divisor=2) %}{% endif %}",
            "unknown test `divisibleby`",
            "it is called `divisible_by`",
        ),
        (
            "{{ now() }}",
            "unknown function `now`",
            "a page is the same for the same sources and never sees the clock; `page.published` and `page.modified` are its dates",
        ),
    ] {
        assert_eq!(said_of(text), [format!("{message} / {help}")], "{text}");
    }
    let sum = said_of("{{ \"a\" + article.title }}").concat();
    assert!(sum.contains("join texts with `~`"), "{sum}");
    let absent = said_of("{{ site.publisher?.logo }}").concat();
    assert!(absent.contains("fall back with `or`, as in `site.publisher?.logo or \"\"`"), "{absent}");
    let parent = said_of("{{ site.publisher.logo }}").concat();
    assert!(parent.contains("write `?.` in place of `.`"), "{parent}");
}

#[test]
fn an_error_within_a_component_or_an_include_says_who_used_it() {
    let problems = said_of("{{ <outer of={article} /> }}").concat();
    assert!(
        problems.contains(
            "field `nothing` is not defined, called from `templates/mine.html:4:4`, called from `templates/article.html:2:25`"
        ),
        "{problems}"
    );
    let problems = said_of("{% include \"part.html\" %}").concat();
    assert!(problems.contains("field `nothing` is not defined, called from `templates/article.html:2:"), "{problems}");
    let problems = said_of("{{ <mine /> }}").concat();
    assert!(problems.contains("a component sees its arguments alone: add `article` to those of `mine`"), "{problems}");
}

#[test]
fn the_default_filter_steps_in_for_null_as_well_as_for_names_that_do_not_exist() {
    let site = SiteTest::new(
        articles(&[("visit", "2023-10-17", "topics: [ICC]")])
            + "-- templates/article.html --\n{% extends \"builtin/article.html\" %}\n{% block story_end %}<p id=\"d\">\
               {{ article.updated | default(value=\"never\") }}|{{ article.nothing | default(value=\"n\") }}|{{ nothing | default(value=\"m\") }}|\
               {{ article.title | default(value=\"no\") }}|{{ \"\" | default(value=\"empty\") }}|{{ \"\" | default(value=\"empty\", boolean=true) }}\
               </p>{% endblock story_end %}\n",
    );
    let page = site.build_clean().file("/2023/10/17/visit/");
    assert_eq!(between(&page, "<p id=\"d\">", "</p>"), "never|n|m|Title of visit||empty");
}

#[test]
fn chains_of_templates_are_as_long_as_they_like_or_an_error_at_their_start() {
    let site = SiteTest::new("-- content/pages/p.md --\n---\ntitle: P\ntemplate: t0.html\n---\n");
    for (tag, length) in [("extends", 200), ("include", 60), ("include", 200)] {
        for at in 0..length {
            site.write(&format!("templates/t{at}.html"), format!("{{% {tag} \"t{}.html\" %}}", at + 1));
        }
        site.write(&format!("templates/t{length}.html"), "at last");
        if (tag, length) == ("include", 200) {
            assert_eq!(site.problems(), ["template-syntax templates/t0.html:1:13"]);
        } else {
            assert_eq!(site.build_clean().file("/p/"), "at last");
        }
    }
}

/// The faults of a site's templates, with their lines.
fn lines(site: &SiteTest) -> Vec<String> {
    let told = site.try_build().report;
    let line = |problem: String| problem.rsplit_once(':').map(|(line, _)| line.to_owned()).unwrap_or(problem);
    told.diagnostics().iter().map(short).map(line).collect()
}

#[test]
fn all_faults_of_syntax_are_told_in_one_run() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "Text."));
    site.write("templates/page.html", "<p>{{ a | }}</p>\n{% if x %}{{ b..c }}{% endif %}\n<p>{{ d + }} {{ fine }}\n");
    site.write("templates/404.html", "{{ a | }}{% if %}{{ b | }}{% endif %}\n");
    site.write(
        "templates/topic.html",
        "{% if a | %}x{% elif b..c %}\n{% endif x %}{% for a of b %}\n{% endfor %}{% unless x %}y{% endunless %}\n\
         {% else if x %}\n{% include x %}{% with a=1 %}{% endwith %}\n{% set x = %}\n{{ never + }}\n",
    );
    let told = lines(&site);
    let at = |file: &str| -> Vec<u32> {
        let start = format!("template-syntax templates/{file}.html:");
        told.iter().filter_map(|line| line.strip_prefix(&start)?.parse().ok()).collect()
    };
    assert_eq!(at("404"), [1, 1, 1], "{told:?}");
    assert_eq!(at("page"), [1, 2, 3], "{told:?}");
    // An assignment is needed by what follows.
    assert_eq!(at("topic"), [1, 1, 2, 2, 3, 4, 5, 5, 6], "{told:?}");
}

#[test]
fn all_faults_of_rendering_are_told_in_one_run() {
    let site = SiteTest::new(articles(&[("a", "2023-10-17", "topics: [ICC]"), ("b", "2023-10-16", "topics: [ICC]")]));
    site.write(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block story_end %}{{ article.nothing.x }}\n{{ nothing }}\n\
         {% if article.title + 1 > 2 %}{{ nothing }}{% else %}{{ more }}{% endif %}\n\
         {% set x = article.nowhere.y %}{{ x.z }}\n{{ <mine of={article} /> }}\n{% for a in article.title %}{{ a.b.c }}{% endfor %}\n\
         {{ article.kind | date(format=\"%d\") }}{% include \"part.html\" %}{{ article.title | upper }}\n{% endblock story_end %}\n",
    );
    site.write(
        "templates/mine.html",
        "{% component mine(of) %}\n{{ of.one.x }}\n{{ of.two.x }}{% endcomponent mine %}\n",
    );
    site.write("templates/part.html", "{{ part }}");
    site.write(
        "templates/404.html",
        "{{ page.a.b }}\n{{ page.c.d }}{% for story in stories(limit=1) %}{{ shared(component=\"mini\", story=story) }}\n\
         {{ shared(component=\"mini\", story=story, b=1, a=1) }}{% endfor %}",
    );
    site.write(
        "templates/mini.html",
        "{% component mini(story) %}{{ story.none.x }}{{ story.nil.x }}{% endcomponent mini %}\n",
    );
    let told = lines(&site);
    let expected = [
        "404.html:1",
        "404.html:2",
        "404.html:3",
        "article.html:2",
        "article.html:3",
        "article.html:4",
        "article.html:5",
        "article.html:7",
        "article.html:8",
        "mine.html:2",
        "mine.html:3",
        "mini.html:1",
        "mini.html:1",
        "part.html:1",
    ];
    assert_eq!(
        told,
        expected.map(|line| format!("template-render templates/{line}")),
        "{}",
        describe(&site.try_build().report)
    );
    let report = site.try_build().report;
    let messages: Vec<&str> = report.diagnostics().iter().map(|problem| problem.message.as_str()).collect();
    assert!(messages.iter().all(|message| !message.contains('\n')), "{messages:?}");
    for told in [
        "field `none` is not defined, called from `templates/404.html:2:",
        "unknown argument(s) `a`, `b` in component call. Possible argument(s) are: `story`",
    ] {
        assert!(messages.iter().any(|message| message.starts_with(told)), "{told}: {messages:?}");
    }
    assert_eq!(describe(&pipeline::check(&site.request()).1), describe(&report), "`check` says what `build` says");
}

#[test]
fn a_component_that_no_template_can_define_is_told_beside_faults_of_syntax() {
    let site = SiteTest::new("");
    site.write("templates/broken.html", "{% component maybe() %}{{ a | }}{% endcomponent maybe %}");
    site.write("templates/404.html", "{{ <maybe /> }}\n{{ <surely_not /> }}");
    assert_eq!(lines(&site), ["template-syntax templates/404.html:2", "template-syntax templates/broken.html:1"]);
}

#[test]
fn a_page_whose_template_is_not_there_says_so_where_it_names_it() {
    let page =
        |name: &str| format!("-- content/pages/{name}.md --\n---\ntitle: A\ntemplate: {name}.html\n---\nText.\n");
    let site = SiteTest::new(page("pag") + &page("nowhere"));
    let told = site.try_build().report;
    let at: Vec<String> = told.diagnostics().iter().map(short).collect();
    assert_eq!(at, ["template-syntax content/pages/nowhere.md:3:11", "template-syntax content/pages/pag.md:3:11"]);
    assert!(
        describe(&told).contains("there is no template `pag.html` (Some(\"did you mean `page.html`? It happens"),
        "{}",
        describe(&told)
    );
}

#[test]
fn a_fault_of_a_built_in_template_that_the_sites_own_extends_is_told_at_its_line() {
    let site = SiteTest::new(articles(&[("a", "2023-10-17", "")]));
    site.write("templates/article.html", "{% extends \"builtin/article.html\" %}");
    site.write(
        "templates/names.html",
        "{% component kicker(story, topic = true) %}{{ nothing }}{% endcomponent kicker %}",
    );
    let told = describe(&site.try_build().report);
    assert!(told.contains("template-render templates/names.html:1:47"), "{told}");
    let place = told.split("called from `templates/builtin/article.html:").nth(1).unwrap_or_default();
    assert!(!place.is_empty() && !place.starts_with("1:1`"), "{told}");
}

#[test]
fn a_count_that_cannot_be_is_said_as_it_is_written() {
    for (call, told) in [
        ("stories(limit=-1)", "`limit` cannot be `-1`; write a whole number from 0"),
        ("stories(offset=-3)", "`offset` cannot be `-3`; write a whole number from 0"),
        ("topics(limit=\"x\")", "`limit` cannot be `x`; write a whole number from 0"),
        ("briefings(limit=1.5)", "`limit` cannot be `1.5`; write a whole number from 0"),
    ] {
        let site = SiteTest::new("");
        site.write("templates/404.html", format!("{{% for one in {call} %}}{{% endfor %}}"));
        let report = site.try_build().report;
        assert!(describe(&report).contains(told), "{call}: {}", describe(&report));
    }
}

#[test]
fn all_templates_that_are_not_there_are_told_in_one_run_each_where_it_is_named() {
    let site = SiteTest::new("");
    site.write("templates/own.html", "{% extends \"builtin/page.html\" %}");
    site.write("templates/page.html", "{% extends \"bultin/page.html\" %}");
    site.write(
        "templates/404.html",
        "{% include \"nowhere.html\" %}\n{% include 'owm.html' %}{% include \"own.html\" %}",
    );
    site.write("templates/topic.html", "{{ x | nofilter }}{% include \"style.txt\" %}");
    let report = site.try_build().report;
    let told: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(
        told,
        [
            "template-syntax templates/404.html:1:13",
            "template-syntax templates/404.html:2:13",
            "template-syntax templates/page.html:1:13",
            "template-syntax templates/topic.html:1:8",
            "template-syntax templates/topic.html:1:31",
        ],
        "{}",
        describe(&report)
    );
    for meant in ["own.html", "builtin/page.html"] {
        assert!(describe(&report).contains(&format!("did you mean `{meant}`?")), "{meant}");
    }
}

#[test]
fn values_that_are_absent_and_components_that_are_not_there_have_a_help() {
    for (template, help) in [
        ("{{ page.nope | upper }}", "fall back with `or` before the filter"),
        ("{{ site.extra.x.y }}", "or a text or a number without fields"),
        ("{{ <say.bye /> }}", "print `{{ say.bye }}`"),
        ("{{ <pagr /> }}", "did you mean `<pager />`?"),
        ("{{ <nothing.like.it /> }}", "define it in a file of `templates/`: `{% component nothing.like.it() %}"),
        ("{% include \"none.html\" %}", "write its path below `templates/`"),
    ] {
        let site = SiteTest::new(
            "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nextra: {x: 1}\n-- templates/404.html --\n"
                .to_owned()
                + template
                + "\n",
        );
        let report = site.try_build().report;
        let told = describe(&report);
        assert_eq!(report.diagnostics().len(), 1, "{template}: {told}");
        assert!(told.contains(help), "{template}: {told}");
        assert!(!told.contains("?;"), "{told}");
    }
}

#[test]
fn the_masthead_has_the_sections_and_links_in_the_order_of_the_desk() {
    let section = |name: &str, head: &str| {
        format!("-- content/topics/{name}.md --\n---\ntitle: {name}\nkind: section\n{head}---\n")
    };
    let sections = ["Arts", "Business", "World", "asia"];
    let stories: Vec<String> = sections
        .iter()
        .map(|name| article(&name.to_lowercase(), &format!("date: 2023-10-17\nsection: {name}"), "Text."))
        .collect();
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/sub\nnavigation:\n  - {title: About, url: /about/}\n  \
         - {title: All topics, url: /topics/}\n  - {title: Imprint, url: /imprint/, place: footer}\n"
            .to_owned()
            + &section("World", "weight: -1\n")
            + &section("Business", "weight: 10\n")
            + &stories.concat()
            + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n-- content/pages/imprint.md --\n---\ntitle: Imprint\n---\nText.\n",
    );
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    let links = |page: &str| {
        let page = output.file(page);
        let masthead = between(&page, "<nav class=\"sections\"", "</nav>").to_owned();
        let footer = between(&page, "<nav class=\"colophon-links\"", "</nav>").to_owned();
        (masthead, footer)
    };
    let (masthead, footer) = links("/2023/10/17/world/");
    assert_in_order(
        &masthead,
        &[
            "/sub/topics/world/\" aria-current=\"true\">World<",
            "/sub/topics/business/\">",
            "/sub/topics/arts/\">",
            "/sub/topics/asia/\">",
            "/sub/archive/\">Archive<",
            "/sub/about/\">About<",
            "/sub/topics/\">All topics<",
        ],
    );
    assert_eq!(masthead.matches("href=\"/sub/topics/\"").count(), 1, "{masthead}");
    assert!(!masthead.contains("Imprint") && footer.contains(">Imprint<") && !footer.contains("About"), "{footer}");
    assert!(links("/about/").0.contains("/sub/about/\" aria-current=\"page\">About<"));
    assert!(links("/topics/").0.contains("aria-current=\"page\">All topics<"));
    site.write_all(&section("Business", "weight: heavy\n"));
    assert_eq!(site.problems(), ["wrong-type content/topics/Business.md:4:9"]);
}
