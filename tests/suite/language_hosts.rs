//! Several languages, one of them on a host of its own: a deployment of its own, to which the others link.

use dateline::announce;
use dateline::check::CheckOptions;
use dateline::plan::email::{self, Missing};

use crate::announcing::listen;
use crate::checking::look;
use crate::serve::Served;
use crate::site_test::{Output, SiteTest, article, assert_in_order, attributes, between, describe};

const CONFIG: &str = "title: The Desk\nbase_url: https://test.example/news\nbriefings: daily\nemail: {from: desk@test.example}\n\
    languages:\n  ar: {title: المكتب, base_url: \"https://ar.test.example\", navigation: [{title: عنا, url: /about/}]}\n  \
    fr: {title: Le desk}\n";

/// Stories in three languages: English at the root, French below a path, Arabic on a host of its own.
fn site() -> SiteTest {
    let head = |date: &str, more: &str| format!("date: {date}\nsummary: Words.\n{more}");
    SiteTest::new(
        format!("-- dateline.yaml --\n{CONFIG}")
            + &article(
                "talks",
                &head("2023-10-16 09:00", "topics: [ICC]\nauthors: Lin Wei\nredirect_from: [/old/]")
                    .replace("redirect_from", "aliases"),
                "![Map](map.svg) [[port]] [[talks-on]]",
            )
            + &article(
                "talks-on",
                &head("2023-10-17 09:00", "topics: [ICC]"),
                "See [[gas]] and [the port](port.ar.md#quay).",
            )
            + &article("gas", &head("2023-10-17 10:00", "topics: [Gas]"), "Gas.")
            + &article(
                "talks.ar",
                &head("2023-10-16 09:00", "topics: [ICC]\nauthors: Lin Wei\naliases: [/old/]"),
                "![خريطة](map.svg) [[gas]] [[talks-on]] [[port]] [عنا](/about/) ![s](/a.svg)",
            )
            + &article("port.ar", &head("2023-10-17 10:00", "topics: [ICC]"), "## ميناء {#quay}\n\nميناء.")
            + &article("talks.fr", &head("2023-10-16 09:00", "topics: [ICC]"), "Lire [[port]] et [[gas]].")
            + "-- content/articles/map.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n-- static/a.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"
            + "-- content/topics/icc.md --\n---\ntitle: ICC\n---\n-- content/topics/icc.ar.md --\n---\ntitle: المحكمة\nslug: mahkama\n---\n"
            + "-- content/people/lin-wei.md --\n---\nname: Lin Wei\n---\nReporter.\n"
            + "-- content/pages/about.ar.md --\n---\ntitle: عنا\n---\nW.\n",
    )
}

/// The builds of both hosts, each compared with a clean one.
fn both(site: &mut SiteTest) -> (Output, Output) {
    site.set_language(Some("ar"));
    let arabic = site.build_and_compare();
    site.set_language(None);
    (site.build_and_compare(), arabic)
}

fn alternates(output: &Output, page: &str) -> Vec<String> {
    let page = output.file(page);
    let links = page.lines().filter(|line| line.starts_with("<link rel=\"alternate\" hreflang="));
    links.map(|line| format!("{} {}", between(line, "hreflang=\"", "\""), between(line, "href=\"", "\""))).collect()
}

#[test]
fn each_host_has_its_languages_and_all_that_a_host_needs() {
    let mut site = site();
    let (main, arabic) = both(&mut site);
    assert!(main.problems().is_empty(), "{:?}", main.problems());
    assert!(arabic.problems().is_empty(), "{:?}", arabic.problems());
    for there in ["/", "/fr/", "/fr/2023/10/16/talks/", "/2023/10/16/talks/", "/topics/icc/", "/people/lin-wei/"] {
        assert!(main.exists(there), "{there}");
    }
    for missing in ["/ar/", "/2023/10/17/port/", "/topics/mahkama/", "/about/"] {
        assert!(!main.exists(missing), "{missing}");
    }
    for there in [
        "/",
        "/2023/10/16/talks/",
        "/2023/10/16/talks/map.svg",
        "/2023/10/17/port/",
        "/topics/mahkama/",
        "/archive/2023/10/",
        "/briefings/2023-10-17/",
        "/people/lin-wei/",
        "/about/",
        "/404.html",
        "/robots.txt",
        "/sitemap.xml",
        "/feed.xml",
        "/style.css",
        "/a.svg",
        "/_headers",
    ] {
        assert!(arabic.exists(there), "{there}");
    }
    for missing in ["/ar/", "/fr/", "/2023/10/17/gas/", "/topics/icc/", "/topics/gas/"] {
        assert!(!arabic.exists(missing), "{missing}");
    }
    let front = arabic.file("/");
    assert!(front.contains("<html lang=\"ar\" dir=\"rtl\">") && front.contains("href=\"/about/\""), "{front}");
    assert!(arabic.file("/robots.txt").contains("Sitemap: https://ar.test.example/sitemap.xml"));
    assert!(!main.file("/robots.txt").contains("ar.test.example"));
    assert_in_order(
        &arabic.file("/feed.xml"),
        &["xml:lang=\"ar\"", "<id>https://ar.test.example/", "https://ar.test.example/2023/10/17/port/"],
    );
    assert!(arabic.file("/2023/10/16/talks/").contains("\"@id\":\"https://ar.test.example/"));
    for (output, to) in [(&main, "/news/2023/10/16/talks/"), (&arabic, "/2023/10/16/talks/")] {
        let redirects = output.file("/_redirects");
        assert_in_order(&redirects, &["/old/ ", to]);
    }
    assert!(!main.file("/_redirects").contains("/ar/") && !arabic.file("/_redirects").contains("/news/"));
}

#[test]
fn hosts_name_each_other_in_the_same_words() {
    let mut site = site();
    let (main, arabic) = both(&mut site);
    let story = [
        "ar https://ar.test.example/2023/10/16/talks/",
        "en https://test.example/news/2023/10/16/talks/",
        "fr https://test.example/news/fr/2023/10/16/talks/",
        "x-default https://test.example/news/2023/10/16/talks/",
    ];
    for (output, page) in
        [(&main, "/2023/10/16/talks/"), (&main, "/fr/2023/10/16/talks/"), (&arabic, "/2023/10/16/talks/")]
    {
        assert_eq!(alternates(output, page), story, "{page}");
    }
    let front = [
        "en https://test.example/news/",
        "ar https://ar.test.example/",
        "fr https://test.example/news/fr/",
        "x-default https://test.example/news/",
    ];
    for (output, page) in [(&main, "/"), (&main, "/fr/"), (&arabic, "/")] {
        assert_eq!(alternates(output, page), front, "{page}");
    }
    let topic = [
        "en https://test.example/news/topics/icc/",
        "ar https://ar.test.example/topics/mahkama/",
        "fr https://test.example/news/fr/topics/icc/",
        "x-default https://test.example/news/topics/icc/",
    ];
    for (output, page) in [(&main, "/topics/icc/"), (&main, "/fr/topics/icc/"), (&arabic, "/topics/mahkama/")] {
        assert_eq!(alternates(output, page), topic, "{page}");
    }
    let switch = |output: &Output, page: &str| {
        let page = output.file(page);
        attributes(between(&page, "<header", "</header>"), "href")
    };
    for expected in ["https://ar.test.example/", "/news/fr/", "/news/"] {
        assert!(switch(&main, "/").iter().any(|link| link == expected), "{expected}");
    }
    for expected in ["https://test.example/news/", "https://test.example/news/fr/", "/"] {
        assert!(switch(&arabic, "/").iter().any(|link| link == expected), "{expected}");
    }
    let also = arabic.main("/2023/10/16/talks/");
    assert_in_order(
        &also,
        &[
            "بلغات أخرى",
            "https://test.example/news/2023/10/16/talks/",
            "https://test.example/news/fr/2023/10/16/talks/",
        ],
    );
}

#[test]
fn links_in_texts_lead_to_the_host_of_the_story() {
    let mut site = site();
    let (main, arabic) = both(&mut site);
    let links = |output: &Output, page: &str| {
        attributes(between(&output.main(page), "<div class=\"prose\">", "</div>"), "href")
    };
    let port = "https://ar.test.example/2023/10/17/port/";
    assert_eq!(links(&main, "/2023/10/16/talks/"), [port, "/news/2023/10/17/talks-on/"]);
    assert_eq!(links(&main, "/2023/10/17/talks-on/"), ["/news/2023/10/17/gas/", &format!("{port}#quay")]);
    assert_eq!(links(&main, "/fr/2023/10/16/talks/"), [port, "/news/2023/10/17/gas/"]);
    assert_eq!(
        links(&arabic, "/2023/10/16/talks/"),
        [
            "https://test.example/news/2023/10/17/gas/",
            "https://test.example/news/2023/10/17/talks-on/",
            "/2023/10/17/port/",
            "/about/"
        ]
    );
    assert!(arabic.main("/2023/10/16/talks/").contains("src=\"/2023/10/16/talks/map.svg\""));
    assert!(arabic.main("/2023/10/16/talks/").contains("src=\"/a.svg\""));
    assert!(arabic.file("/feed.xml").contains("https://test.example/news/2023/10/17/gas/"));
}

#[test]
fn an_address_of_another_host_is_free_here() {
    let mut site = site();
    // The Arabic version of a public story waits, at the address that the English one has on its host.
    site.write_all(&article(
        "visit-to-the-hague",
        "date: 2023-10-17\nsummary: W.\naliases: [/former-visit/]",
        "W. [[visit-to-the-hague]] [map](/2023/10/17/visit-to-the-hague/)",
    ));
    site.write_all(&article(
        "visit-to-the-hague.ar",
        "date: 2023-10-17\nembargo: 2023-10-19\nsummary: انتظار طويل لهذه الزيارة في لاهاي\naliases: [/former-visit/]",
        "W.",
    ));
    let (main, arabic) = both(&mut site);
    assert_eq!(main.problems(), <[&str; 0]>::default());
    assert_eq!(arabic.problems(), <[&str; 0]>::default());
    assert!(alternates(&main, "/2023/10/17/visit-to-the-hague/").is_empty());
    assert!(!arabic.exists("/2023/10/17/visit-to-the-hague/"));
    site.set_now("2023-10-19T12:00:00Z");
    let (main, arabic) = both(&mut site);
    assert_eq!(alternates(&main, "/2023/10/17/visit-to-the-hague/").len(), 3, "the other host learns of it");
    assert!(arabic.exists("/2023/10/17/visit-to-the-hague/"));
}

#[test]
fn each_host_has_its_list_of_addresses() {
    let mut site = site();
    let lock = |site: &mut SiteTest, language| {
        site.set_language(language);
        let (locked, report) = dateline::pipeline::lock(&site.request());
        assert!(locked.is_some(), "{report:?}");
    };
    lock(&mut site, None);
    lock(&mut site, Some("ar"));
    let read = |site: &SiteTest, name: &str| std::fs::read_to_string(site.root().join(name)).expect("a list");
    let (main, arabic) = (read(&site, "urls.lock"), read(&site, "urls.ar.lock"));
    assert!(main.contains("@https://test.example/news\n") && main.contains("\n/fr/\n") && !main.contains("/port/"));
    assert!(arabic.contains("@https://ar.test.example\n") && arabic.contains("\n/2023/10/17/port/"), "{arabic}");
    assert!(!arabic.contains("/fr/"));
    let (main, arabic) = both(&mut site);
    assert_eq!((main.problems(), arabic.problems()), (Vec::new(), Vec::new()));
    site.remove("content/articles/port.ar.md");
    site.set_language(Some("ar"));
    let problems = site.problems();
    assert!(problems.iter().any(|problem| problem.starts_with("lost-url urls.ar.lock:")), "{problems:?}");
    site.set_language(None);
    assert!(site.problems().iter().all(|problem| !problem.starts_with("lost-url")));
}

#[test]
fn edits_give_what_a_clean_build_gives_on_both_hosts() {
    let mut site = site();
    both(&mut site);
    let edits: [&dyn Fn(&SiteTest); 6] = [
        &|site| {
            site.write_all(&article("gas", "date: 2023-10-17 10:00\nsummary: New.\ntopics: [ICC, Gas]", "New."));
        },
        &|site| {
            site.write_all(&article("gas.ar", "date: 2023-10-17 10:00\nsummary: New.\ntopics: [ICC]", "New. [[port]]"));
        },
        &|site| {
            site.write_all("-- content/topics/icc.ar.md --\n---\ntitle: المحكمة\nslug: mahkama-2\n---\n");
        },
        &|site| {
            site.remove("content/articles/talks.ar.md");
        },
        &|site| {
            site.write("dateline.yaml", CONFIG.replace("https://ar.test.example", "https://arabic.test.example/a"));
        },
        &|site| {
            site.write("dateline.yaml", CONFIG.replace("base_url: \"https://ar.test.example\", ", ""));
        },
    ];
    for (index, edit) in edits.iter().enumerate() {
        edit(&site);
        if index + 1 < edits.len() {
            both(&mut site);
        } else {
            // It has come back to the main host.
            assert!(site.build_and_compare().exists("/ar/2023/10/17/port/"));
            site.set_language(Some("ar"));
            assert_eq!(site.problems(), ["usage dateline.yaml:6:7"]);
        }
    }
}

#[test]
fn wrong_hosts_are_reported_where_they_are() {
    let mut site = SiteTest::new("");
    let problems = |site: &SiteTest, languages: &str| {
        site.write("dateline.yaml", format!("title: A\nbase_url: https://a.example/news/\nlanguages:\n{languages}"));
        site.try_build()
            .report
            .diagnostics()
            .iter()
            .filter(|one| one.severity == dateline::base::report::Severity::Error)
            .map(|one| {
                let place = one.place.clone().unwrap_or_else(|| panic!("{one:?}"));
                format!("{}:{} {}", place.line, place.column, one.message)
            })
            .collect::<Vec<_>>()
    };
    let said = problems(
        &site,
        "  ar: {base_url: ar.example}\n  fa: {base_url: \"https://A.example/news\"}\n  ur: {base_url: \"https://a.example/news/ur/\"}\n  de: {base_url: \"https://a.example\"}\n  he: {base_url: \"https://he.example\", path: /he/}\n  fr: {base_url: \"https://he.example/\"}\n  it: {base_url: \"https://a.example/it\"}\n",
    );
    assert_eq!(
        said,
        [
            "4:18 `ar.example` cannot be the address of an edition: it must start with `https://` or `http://`",
            "5:18 `https://A.example/news` is `https://a.example/news`, the address of the edition in `en`",
            "6:18 `https://a.example/news/ur/` is below `https://a.example/news`, the address of the edition in `en`",
            "7:18 `https://a.example` is above `https://a.example/news`, the address of the edition in `en`",
            "8:40 `he` has both a `path` and a `base_url`",
            "9:18 `https://he.example/` is `https://he.example`, the address of the edition in `he`",
        ]
    );
    site.set_language(Some("xx"));
    assert_eq!(
        problems(&site, "  ar: {base_url: \"https://ar.example\"}\n"),
        ["4:3 the site has no language `xx` (`--language`)"]
    );
    site.set_language(Some("EN"));
    assert_eq!(
        problems(&site, "  ar: {base_url: \"https://ar.example\"}\n"),
        ["0:0 `en` is the main language, whose host is built without `--language`"]
    );
    site.set_language(Some("fr"));
    assert_eq!(
        problems(&site, "  fr: {}\n"),
        ["4:7 `fr` has no host of its own, and is built with the site (`--language`)"]
    );
    site.set_language(None);
    let deploy = "deploy:\n  main: {to: out}\n  ar: {to: out-ar, language: AR}\n  fr: {to: x, language: fr}\n  de: {to: y, language: de}\n  bad: {to: out/, language: ar}\n";
    assert_eq!(
        problems(&site, &format!("  ar: {{base_url: \"https://ar.example\"}}\n  fr: {{}}\n{deploy}")),
        [
            "9:25 `fr` has no host of its own, and goes out with the site",
            "10:25 `de` is no language of the site",
            "11:13 the editions of `main` and `bad` would replace each other here",
        ]
    );
}

#[test]
fn a_host_is_served_by_itself_and_follows_edits() {
    let mut site = site();
    site.set_language(Some("ar"));
    let served = Served::new(site);
    let page = served.get("/2023/10/17/port/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("lang=\"ar\" dir=\"rtl\""), "{}", page.text());
    for other in ["/2023/10/17/gas/", "/fr/", "/ar/2023/10/17/port/"] {
        assert_eq!(served.get(other).status, 404, "{other}");
    }
    assert_eq!(served.get("/nowhere/").status, 404);
    assert!(served.get("/nowhere/").text().contains("lang=\"ar\""), "the error page is that of the host");
    let port =
        article("port.ar", "date: 2023-10-17 10:00\nsummary: Words.\ntopics: [ICC]", "## ميناء {#quay}\n\nجديد.");
    served.site.write_all(&port);
    assert!(served.remade().1);
    assert!(served.get("/2023/10/17/port/").text().contains("جديد"));
    // What the other host has changes what this one says of it.
    let gas =
        article("gas", "date: 2023-10-17 10:00\nsummary: Words.", "Gas.").replace("Title of gas", "Another headline");
    served.site.write_all(&gas);
    assert!(served.remade().1);
    let page = served.get("/2023/10/16/talks/").text();
    assert!(
        page.contains("<a href=\"https://test.example/news/2023/10/17/gas/\"") && page.contains("Another headline")
    );
}

#[test]
fn a_check_of_a_host_is_about_its_languages() {
    let mut site = site();
    let head = "date: 2023-10-17\nsummary: Words.\ntopics: [ICC]";
    site.write_all(&article("left", head, "TK the the end. [Nowhere](/nowhere/)"));
    site.write_all(&article("left.ar", head, "TK هنا. [Nowhere](/nowhere/)"));
    let mut found = |language: Option<&str>| {
        site.set_language(language);
        let report = look(&site, &CheckOptions::default()).report;
        let codes = ["tk-left", "doubled-word", "dead-path"];
        let found = report.diagnostics().iter().filter(|one| codes.contains(&one.code.0));
        found.map(|one| format!("{} {}", one.code.0, one.place.as_ref().expect("a place").file)).collect::<Vec<_>>()
    };
    let all = |path: &str, codes: &[&str]| codes.iter().map(|code| format!("{code} {path}")).collect::<Vec<_>>();
    assert_eq!(found(None), all("content/articles/left.md", &["tk-left", "doubled-word", "dead-path"]));
    assert_eq!(found(Some("ar")), all("content/articles/left.ar.md", &["tk-left", "dead-path"]));
}

#[test]
fn each_host_sends_the_letters_of_its_own_editions() {
    let mut site = site();
    let (main, arabic) = both(&mut site);
    for (output, address, other) in [
        (&main, "https://test.example/news/2023/10/17/gas/", "https://ar.test.example"),
        (&arabic, "https://ar.test.example/2023/10/17/port/", "https://test.example/news/2023/10/17/gas/"),
    ] {
        let prepared = output.built.prepared.as_ref().expect("it was built");
        let (_, id) = email::find(&prepared.context, "latest").expect("an edition");
        let route = &prepared.site().edition(id).route;
        assert_eq!(route.as_str(), "/briefings/2023-10-17/");
        let letter = output.file("/.dateline/private/briefings/2023-10-17/email.html");
        assert!(letter.contains(address) && !letter.contains(other), "{letter}");
    }
    let prepared = arabic.built.prepared.as_ref().expect("it was built");
    assert!(matches!(email::find(&prepared.context, "fr/latest"), Err(Missing::Unknown(_))));
}

#[test]
fn each_host_announces_its_own_addresses() {
    let mut site = site();
    let (endpoint, thread) = listen(&["200 OK"]);
    let key = format!("indexnow: {{key: abcdef0123, endpoint: \"{endpoint}\"}}\n");
    site.write("dateline.yaml", format!("{key}{CONFIG}"));
    let (main, arabic) = both(&mut site);
    assert_eq!(
        (main.file("/abcdef0123.txt"), arabic.file("/abcdef0123.txt")),
        ("abcdef0123".into(), "abcdef0123".into())
    );
    let changed =
        announce::Changed { added: vec!["https://ar.test.example/2023/10/17/port/".into()], ..Default::default() };
    let config = &arabic.built.prepared.as_ref().expect("it was built").site().config;
    let settings = config.indexnow.as_ref().expect("it is set");
    let (_, report) = announce::indexnow(&config.base_url, settings, &changed).expect("it was sent");
    assert!(report.is_empty(), "{}", describe(&report));
    let body: serde_json::Value = serde_json::from_str(&thread.join().expect("a request")[0]).expect("JSON");
    assert_eq!(
        (&body["host"], &body["keyLocation"]),
        (&"ar.test.example".into(), &"https://ar.test.example/abcdef0123.txt".into())
    );
}

#[test]
fn each_host_has_former_addresses_of_its_own() {
    let mut site = site();
    let config = CONFIG.replace(
        "base_url: \"https://ar.test.example\"",
        "base_url: \"https://ar.test.example\", redirects: {/tags/mina/: /topics/mahkama/, \"https://ar.test.example/x/\": /about/}, gone: [/qadim/]",
    );
    site.write("dateline.yaml", format!("{config}redirects: {{/tags/icc/: /topics/icc/}}\ngone: [/retired/]\n"));
    let (main, arabic) = both(&mut site);
    assert!(main.problems().is_empty() && arabic.problems().is_empty(), "{:?}", arabic.problems());
    let (main, arabic) = (main.file("/_redirects"), arabic.file("/_redirects"));
    assert!(arabic.contains("/tags/mina/ /topics/mahkama/ 301\n") && arabic.contains("/x/ /about/ 301\n"), "{arabic}");
    assert!(main.contains("/news/tags/icc/ /news/topics/icc/ 301\n"), "{main}");
    assert!(arabic.contains("/qadim/") && !arabic.contains("retired") && !arabic.contains("/tags/icc/"), "{arabic}");
    assert!(main.contains("/retired/") && !main.contains("qadim") && !main.contains("mina"), "{main}");
    // What leads nowhere is told to the build of its host, at its line.
    site.write("dateline.yaml", config.replace("/topics/mahkama/,", "/nowhere/,").replace("[/qadim/]", "[/about/]"));
    assert_eq!(site.problems(), [""; 0]);
    site.set_language(Some("ar"));
    assert_eq!(site.problems(), ["dead-path dateline.yaml:6:72", "not-gone dateline.yaml:6:143"]);
    // Below a path, a language shares those of the site.
    site.set_language(None);
    site.write(
        "dateline.yaml",
        CONFIG.replace("title: Le desk", "title: Le desk, gone: [/fr/vieux/], redirects: {/a/: /b/}"),
    );
    assert_eq!(site.problems(), ["conflict dateline.yaml:7:24", "conflict dateline.yaml:7:44"]);
}

#[test]
fn a_lost_address_of_a_host_is_led_on_as_the_message_says() {
    let mut site = site();
    let config = CONFIG.replace(", navigation: [{title: عنا, url: /about/}]", "");
    site.write("dateline.yaml", &config);
    site.set_language(Some("ar"));
    let (locked, report) = dateline::pipeline::lock(&site.request());
    assert!(locked.is_some(), "{report:?}");
    site.write_all(&article(
        "talks.ar",
        "date: 2023-10-16 09:00\nsummary: Words.\ntopics: [ICC]\nauthors: Lin Wei",
        "T.",
    ));
    site.remove("content/pages/about.ar.md");
    let report = site.try_build().report;
    let lost = report.diagnostics().iter().find(|problem| problem.message.contains("`/about/`")).expect("it is lost");
    let help = lost.help.as_deref().expect("what to do");
    assert!(help.contains("add it to `gone:` of `ar` under `languages:` in `dateline.yaml`"), "{help}");
    site.write("dateline.yaml", config.replace("ar.test.example\"", "ar.test.example\", gone: [/about/, /old/]"));
    assert_eq!(site.problems(), [""; 0]);
}
