//! What Dateline says of an output: what it is made of, why it was made, whether it would be made again.

use std::sync::Arc;

use dateline::base::digest::Digest;
use dateline::pipeline;
use dateline::publish::Ledger;
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

pub(crate) fn why(site: &SiteTest, address: &str) -> Result<Explanation, Option<String>> {
    let (prepared, _) = pipeline::prepare(&site.request());
    let prepared = prepared.expect("a sound site");
    explain(&prepared.context, &prepared.plan, &prepared.templates, &site.public(), address)
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
    assert!(built.questions.contains(&"stories(topic=\"icc\", limit=1)".to_owned()), "{:?}", built.questions);
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

const DESK: &str = "-- dateline.yaml --
title: The Test
base_url: https://test.example
navigation: [{title: About, url: /about/}]
-- templates/404.html --
{% extends \"base.html\" %}{% block main %}{{ asset(path=\"map.css\") }}{% for s in stories(topic=\"icc\", limit=2) %}{{ s.title }}{% endfor %}{% endblock %}
-- templates/article.html --
{% extends \"builtin/article.html\" %}{% block main %}{{ <mybox /> }}{{ article.body | safe }}{% endblock main %}
-- templates/boxes.html --
{% component mybox() %}box{% endcomponent mybox %}
-- static/map.css --
p { margin: 0 }
-- content/pages/about.md --
---
title: About
---
-- content/topics/icc.md --
---
title: ICC
---
-- content/articles/first.md --
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
topics: [ICC, Oil]
---
Two.
";

/// What `edit` makes stale of the output at `address`, as it is told before the next build; after the build the same is told of it.
fn told(address: &str, edit: impl Fn(&SiteTest)) -> Vec<String> {
    let site = SiteTest::new(DESK);
    site.build_clean();
    assert_eq!(why(&site, address).expect("built").stale_by, [], "{address} before the edit");
    edit(&site);
    let ahead = why(&site, address).expect("planned");
    assert!(ahead.stale.is_some() && ahead.made_by.is_empty(), "{ahead:?}");
    site.build_clean();
    site.build_clean();
    let after = why(&site, address).expect("built");
    assert_eq!((&after.made_by, after.made, after.stale), (&ahead.stale_by, ahead.stale, None), "{address}");
    ahead.stale_by.iter().map(ToString::to_string).collect()
}

/// Replaces a text in a file of the site.
fn replace(path: &'static str, old: &'static str, new: &'static str) -> impl Fn(&SiteTest) {
    move |site| {
        let text = std::fs::read_to_string(site.root().join(path)).expect("it is there");
        assert!(text.contains(old), "{path} has no {old}");
        site.write(path, text.replace(old, new));
    }
}

/// The digest and size of a text, as listings show them.
fn mark(text: &str) -> String {
    format!("\"{}, {} bytes\"", Digest::of(text.as_bytes()).short(), text.len())
}

#[test]
fn an_edit_of_every_kind_is_named_with_what_it_was_and_what_it_is() {
    let (page, first, list) = ("/2023/10/16/first/", "content/articles/first.md", "/topics/icc/");
    let article = |end: &str| {
        mark(&format!(
            "{{% extends \"builtin/article.html\" %}}{{% block main %}}{{{{ <mybox /> }}}}{{{{ article.body | safe }}}}{end}\
             {{% endblock main %}}\n"
        ))
    };
    let boxes = |text: &str| mark(&format!("{{% component mybox() %}}{text}{{% endcomponent mybox %}}\n"));
    let words = "{% component names(people) %}Ann{% endcomponent names %}";
    let told_of = |address, path, old, new| told(address, replace(path, old, new));
    assert_eq!(
        told_of(page, first, "title: First", "title: Once"),
        ["page.title: \"First\" → \"Once\"", "article.document.front.title: \"First\" → \"Once\""]
    );
    assert_eq!(
        told_of(page, first, "2023-10-16", "2023-10-16\nsummary: In short."),
        ["page.description: \"One.\" → \"In short.\"", "article.document.front.summary: none → \"In short.\"",]
    );
    assert_eq!(
        told_of(page, first, "One.", "One, corrected."),
        [
            "page.description: \"One.\" → \"One, corrected.\"",
            "article.document.body: \"<p>One.</p>\" → \"<p>One, corrected.</p>\"",
        ]
    );
    assert_eq!(
        told_of("/feed.xml", first, "One.", "One, corrected."),
        ["entries https://test.example/2023/10/16/first/ content: \"<p>One.</p>\" → \"<p>One, corrected.</p>\""]
    );
    let comment = told_of(page, first, "topics: [ICC]", "topics: [ICC] # court");
    assert!(comment.iter().any(|line| line.starts_with("article.document.~all: ")), "{comment:?}");
    assert_eq!(
        told_of(page, "templates/article.html", "safe }}", "safe }}."),
        [format!("templates/article.html: {} → {}", article(""), article("."))]
    );
    assert_eq!(
        told_of(page, "templates/boxes.html", "box{%", "crate{%"),
        [format!("templates/boxes.html: {} → {}", boxes("box"), boxes("crate"))]
    );
    let names = told(page, |site| {
        site.write("templates/words.html", words);
    });
    assert_eq!(names, [format!("templates/words.html: none → {}", mark(words))]);
    let word = told(page, |site| {
        site.write("i18n/en.yaml", "published: \"Out \"\n");
    });
    assert_eq!(word, ["say.published: \"Published \" → \"Out \""]);
    assert_eq!(
        told_of(page, "dateline.yaml", "title: The Test", "title: The Trial"),
        ["site.title: \"The Test\" → \"The Trial\""]
    );
    assert_eq!(
        told_of(page, "dateline.yaml", "title: About", "title: Us"),
        [
            "site.navigation: {title: \"About\", url: \"/about/\", place: masthead} → {title: \"Us\", url: \"/about/\", place: masthead}"
        ]
    );
    let topic = told_of(page, "content/topics/icc.md", "title: ICC", "title: Court\naliases: [ICC]");
    assert!(topic.contains(&"article.topics: \"ICC\" → \"Court\"".to_owned()), "{topic:?}");
    let css = |text: &str| Digest::of(format!("p {{ {text}: 0 }}\n").as_bytes());
    let (old, new) = (css("margin"), css("padding"));
    assert_eq!(told_of("/map.css", "static/map.css", "margin", "padding"), [format!("file: \"{old}\" → \"{new}\"")]);
    assert_eq!(
        told_of("/404.html", "static/map.css", "margin", "padding"),
        [format!("asked asset(path=\"map.css\"): \"/map.{}.css\" → \"/map.{}.css\"", old.short(), new.short())]
    );
    let answer = told_of("/404.html", first, "title: First", "title: Once");
    assert!(answer[0].starts_with("asked stories(topic=\"icc\""), "{answer:?}");
    assert!(answer[0].contains("): {title: \"First\", url") && answer[0].contains(" → {title: \"Once\""), "{answer:?}");
    assert_eq!(
        told_of(list, first, "title: First", "title: Once"),
        ["stories /2023/10/16/first/ title: \"First\" → \"Once\""]
    );
    let third = told(list, |site| {
        site.write("content/articles/third.md", "---\ntitle: Third\ndate: 2023-10-18\ntopics: [ICC]\n---\nThree.\n");
    });
    assert!(third.contains(&"stories: none → \"Third\" /2023/10/18/third/".to_owned()), "{third:?}");
    assert!(third.contains(&"topic.count: 2 → 3".to_owned()), "{third:?}");
}

/// Makes the records of an output as if another build of the program had made it, whose identity is `program`.
fn made_by(site: &SiteTest, route: &str, program: &str) {
    let own = site.public().join(".dateline");
    let ledger = Ledger::of_folder(&site.public()).expect("it was built");
    let (key, other) = (ledger.get(route).expect("it was made").key, Digest::of(program.as_bytes()));
    let entries = ledger.entries().iter().cloned().map(|mut entry| {
        if entry.key == key {
            Arc::make_mut(&mut entry).key = other;
        }
        entry
    });
    let ledger = Ledger::new(entries.collect()).encode();
    let mut inputs = std::fs::read(own.join("inputs")).expect("it was built");
    for (old, new) in [(key.to_string(), other.to_string()), (dateline::base::BUILD.to_owned(), program.to_owned())] {
        assert_eq!(old.len(), new.len());
        while let Some(at) = inputs.windows(old.len()).position(|bytes| bytes == old.as_bytes()) {
            inputs[at..at + new.len()].copy_from_slice(new.as_bytes());
        }
    }
    // The first line, the length of the only segment, its digest, the segment.
    let (digest_at, segment_at) = (18 + 8, 18 + 8 + 32);
    let digest = Digest::of(&inputs[segment_at..]).to_string();
    inputs[digest_at..segment_at].copy_from_slice(digest.as_bytes());
    std::fs::write(own.join("inputs"), inputs).expect("a file");
    std::fs::write(own.join("ledger"), ledger).expect("a file");
    std::fs::remove_file(own.join("settled")).expect("it was built");
}

#[test]
fn another_build_of_the_program_is_named() {
    let site = SiteTest::new(DESK);
    site.build_clean();
    let (now, other) = (dateline::base::BUILD, format!("0.0.1-{}", "e".repeat(dateline::base::BUILD.len() - 6)));
    made_by(&site, "/2023/10/16/first/", &other);
    let told: Vec<String> =
        why(&site, "/2023/10/16/first/").expect("planned").stale_by.iter().map(ToString::to_string).collect();
    assert_eq!(told, [format!("program: \"{other}\" → \"{now}\"")]);
}

#[test]
fn causes_outlive_later_builds_and_a_file_of_inputs_that_is_written_anew_and_never_stop_one() {
    let site = SiteTest::new(DESK);
    let file = site.public().join(".dateline/inputs");
    let other = |at: usize| format!("---\ntitle: Other\ndate: 2023-09-16\n---\nOne {at}.\n");
    site.write("content/articles/other.md", other(0));
    site.build_clean();
    replace("content/articles/first.md", "title: First", "title: Once")(&site);
    let told = || -> Vec<String> {
        why(&site, "/2023/10/16/first/").expect("built").made_by.iter().map(ToString::to_string).collect()
    };
    site.build_clean();
    let (first, mut longest) = (told(), 0);
    assert!(first.contains(&"article.document.front.title: \"First\" → \"Once\"".to_owned()), "{first:?}");
    let length = || std::fs::metadata(&file).expect("it is there").len();
    for at in 1.. {
        site.write("content/articles/other.md", other(at));
        site.build_clean();
        assert_eq!(told(), first);
        if length() < longest {
            break;
        }
        longest = length();
        assert!(at < 60, "{longest} bytes, and never written anew");
    }
    std::fs::write(&file, "nonsense").expect("a file");
    assert_eq!(told(), [""; 0]);
    replace("content/articles/first.md", "title: Once", "title: Twice")(&site);
    site.build_clean();
    replace("content/articles/first.md", "title: Twice", "title: Thrice")(&site);
    site.build_clean();
    assert!(told().contains(&"article.document.front.title: \"Twice\" → \"Thrice\"".to_owned()), "{:?}", told());
}
