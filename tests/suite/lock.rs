//! `urls.lock`: no address is lost by accident, and a story is known to feed readers for ever.

use dateline::pipeline;

use crate::site_test::{SiteTest, article, between, describe};

#[track_caller]
fn lock(site: &SiteTest) -> String {
    let (locked, report) = pipeline::lock(&site.request());
    assert!(locked.is_some(), "{report:?}");
    std::fs::read_to_string(site.root().join("urls.lock")).expect("it was written")
}

fn site() -> SiteTest {
    SiteTest::new(
        article("visit", "date: 2023-10-17\ntopics: [ICC]", "Text.")
            + &article("stays", "date: 2023-10-16\ntopics: [ICC]", "Text."),
    )
}

#[test]
fn the_lock_lists_pages_feeds_and_former_addresses_and_nothing_withheld() {
    let site = site();
    site.write_all(&article("secret-plan", "date: 2023-10-17\nembargo: 2099-01-01", "Text."));
    site.write_all(&article("stays", "date: 2023-10-16\naliases: [/short/]\ntopics: [ICC]", "Text."));
    let text = lock(&site);
    for route in ["/", "/2023/10/17/visit/", "/topics/icc/", "/topics/icc/feed.xml", "/short/", "/archive/2023/10/"] {
        assert!(text.lines().any(|line| line.split('\t').next() == Some(route)), "{route} in {text}");
    }
    assert!(!text.contains("secret-plan") && !text.contains("style.") && !text.contains("404"), "{text}");
    assert!(site.build_clean().exists("/2023/10/17/visit/"));
}

#[test]
fn a_vanished_list_is_an_error_until_it_is_led_on_as_the_message_says() {
    let site = site();
    site.write_all(&article("stays", "date: 2023-10-16\ntopics: [ICC, Gas]", "Text."));
    lock(&site);
    site.write_all(&article("stays", "date: 2023-10-16\ntopics: [ICC]", "Text."));
    let built = site.try_build();
    let lost: Vec<&str> =
        built.report.diagnostics().iter().filter_map(|problem| problem.message.split('`').nth(1)).collect();
    assert_eq!(lost, ["/topics/gas/", "/topics/gas/feed.xml"], "{}", describe(&built.report));
    for problem in built.report.diagnostics() {
        let help = problem.help.as_deref().unwrap_or_default();
        assert!(help.contains("add `redirect_from: [/topics/gas/]` to that topic’s file"), "{help}");
    }
    let front = "{% for story in stories(topic=\"gas\") %}{{ story.title }}{% else %}None.{% endfor %}";
    site.write("templates/front.html", front);
    site.write("content/topics/icc.md", "---\ntitle: ICC\nredirect_from: [/topics/gas/]\n---\n");
    let output = site.build_and_compare();
    assert_eq!((output.problems(), output.file("/")), (Vec::new(), "None.".to_owned()), "the list knows the topic");
    assert!(output.file("/_redirects").contains("/topics/gas/feed.xml /topics/icc/feed.xml 301\n"));
    site.remove("content/topics/icc.md");
    let redirects = "redirects: {/topics/gas/: /topics/icc/, /topics/gas/feed.xml: /topics/icc/feed.xml}\n";
    site.write("dateline.yaml", format!("title: The Test\nbase_url: https://test.example\n{redirects}"));
    assert!(site.build_clean().file("/_redirects").contains("/topics/gas/ /topics/icc/ 301\n"));
}

#[test]
fn people_and_threads_lead_on_from_former_names_as_the_message_says() {
    let site = SiteTest::new("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\npage_size: 1\n");
    let story = |day: u8, thread: &str, name: &str| {
        article(&format!("s{day}"), &format!("date: 2023-10-{day}\nthread: {thread}\nauthors: [{name}]"), "Text.")
    };
    let person =
        |name: &str, more: &str| site.write("content/people/ann.md", format!("---\nname: {name}\n{more}---\nBio.\n"));
    let stories = |thread: &str, name: &str| site.write_all(&[16, 17, 18].map(|day| story(day, thread, name)).concat());
    person("Ann Lee", "");
    stories("Trip", "Ann Lee");
    lock(&site);
    person("Ann Roe", "");
    stories("Visit", "Ann Roe");
    let built = site.try_build();
    let helps: Vec<String> = built
        .report
        .diagnostics()
        .iter()
        .filter(|problem| problem.code.0 == "lost-url")
        .map(|problem| problem.help.clone().expect("what to do"))
        .collect();
    assert!(helps.len() >= 5, "{}", describe(&built.report));
    let says = |words: &str| helps.iter().filter(|help| help.contains(words)).count();
    let of_person = says("add `redirect_from: [/people/ann-lee/]` to the file in `content/people/`");
    let of_thread = says("add `/threads/trip/` to `redirects:` in `dateline.yaml`, with its page");
    assert_eq!(of_person + of_thread, helps.len(), "{helps:?}");
    person("Ann Roe", "redirect_from: [/people/ann-lee/, /staff/lee]\n");
    let config =
        "title: T\nbase_url: https://test.example\npage_size: 1\nredirects: {/threads/trip/: /threads/visit/}\n";
    site.write("dateline.yaml", config);
    let output = site.build_and_compare();
    assert!(output.problems().is_empty(), "{}", describe(&output.built.report));
    let redirects = output.file("/_redirects");
    for (from, to) in [
        ("/people/ann-lee/", "/people/ann-roe/"),
        ("/people/ann-lee/feed.xml", "/people/ann-roe/feed.xml"),
        ("/people/ann-lee/page/2/", "/people/ann-roe/page/2/"),
        ("/staff/lee/", "/people/ann-roe/"),
        ("/threads/trip/", "/threads/visit/"),
        ("/threads/trip/feed.xml", "/threads/visit/feed.xml"),
    ] {
        assert!(redirects.contains(&format!("{from} {to} 301\n")), "{from} in {redirects}");
    }
    assert!(!redirects.contains("/staff/lee/feed.xml"), "nobody knows of a feed there");
    // An address among the names is told where it belongs.
    person("Ann Roe", "aliases: [/people/ann-lee/]\n");
    let report = describe(&site.try_build().report);
    assert!(
        report.contains("write `redirect_from: [/people/ann-lee/]` to lead a former address to this person"),
        "{report}"
    );
    // Two that claim one address.
    site.write("content/people/bob.md", "---\nname: Bob\nredirect_from: [/people/ann-roe/]\n---\nBio.\n");
    person("Ann Roe", "redirect_from: [/people/ann-lee/]\n");
    assert_eq!(site.problems(), ["alias-conflict content/people/bob.md:3:17"]);
}

#[test]
fn people_lead_on_in_each_language() {
    let config = "title: T\nbase_url: https://test.example\nlanguages: {ar: {title: المكتب}, fa: {title: F, base_url: \"https://fa.test.example\"}}\n";
    let person = "---\nname: Ann Roe\nredirect_from: [/people/ann-lee/, /ar/people/ann-lee/]\n---\nBio.\n";
    let mut site = SiteTest::new(format!("-- dateline.yaml --\n{config}-- content/people/ann.md --\n{person}"));
    for name in ["a", "a.ar", "a.fa"] {
        site.write_all(&article(name, "date: 2023-10-17\nauthors: [Ann Roe]", "Text."));
    }
    let redirects = site.build_and_compare().file("/_redirects");
    for (from, to) in [("/people/ann-lee/", "/people/ann-roe/"), ("/ar/people/ann-lee/", "/ar/people/ann-roe/")] {
        assert!(redirects.contains(&format!("{from} {to} 301\n")), "{from} in {redirects}");
        assert!(redirects.contains(&format!("{from}feed.xml {to}feed.xml 301\n")), "{from} in {redirects}");
    }
    site.set_language(Some("fa"));
    let redirects = site.build_and_compare().file("/_redirects");
    assert!(redirects.contains("/people/ann-lee/ /people/ann-roe/ 301\n"), "{redirects}");
}

#[test]
fn a_vanished_address_is_an_error_until_it_has_an_alias_or_a_tombstone() {
    let site = site();
    lock(&site);
    site.write_all(&article("stays", "date: 2023-10-16\nslug: moved\ntopics: [ICC]", "Text."));
    assert_eq!(site.problems(), ["lost-url urls.lock:4:1"]);
    let built = site.try_build();
    let problem = &built.report.diagnostics()[0];
    assert!(problem.message.contains("`/2023/10/16/stays/`"), "{}", problem.message);
    assert!(
        problem.help.as_ref().is_some_and(|help| help.contains("aliases: [/2023/10/16/stays/]")),
        "{:?}",
        problem.help
    );
    assert!(built.summary.is_none(), "nothing is published");
    site.write_all(&article(
        "stays",
        "date: 2023-10-16\nslug: moved\naliases: [/2023/10/16/stays/]\ntopics: [ICC]",
        "Text.",
    ));
    assert!(site.build_clean().file("/_redirects").contains("/2023/10/16/stays/ /2023/10/16/moved/ 301\n"));
    site.write_all(&article("stays", "date: 2023-10-16\nslug: moved\ntopics: [ICC]", "Text."));
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\ngone: [/2023/10/16/stays/]\n");
    assert!(site.build_clean().file("/_redirects").contains("/2023/10/16/stays/ /404.html 410\n"));
}

#[test]
fn an_expired_story_is_gone_by_plan_and_previews_are_not_compared() {
    let mut site = SiteTest::new(
        article("visit", "date: 2023-10-17\nexpires: 2023-10-20", "Text.")
            + &article("stays", "date: 2023-10-16", "Text."),
    );
    lock(&site);
    site.set_now("2023-10-21");
    assert_eq!(site.problems(), [""; 0]);
    site.remove("content/articles/stays.md");
    assert!(!site.problems().is_empty());
    assert_eq!(site.previewing(true, true).problems(), [""; 0]);
}

/// What a site's files for hosts say of a path.
fn told(site: &SiteTest, path: &str) -> Vec<String> {
    let files = ["_redirects", ".dateline/private/hosting/nginx.conf", ".dateline/private/hosting/Caddyfile"];
    let read = |file: &str| std::fs::read_to_string(site.public().join(file)).expect("it was written");
    let lines = files.into_iter().flat_map(|file| read(file).lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| line.contains(path)).collect()
}

#[test]
fn a_story_that_is_pulled_back_is_gone_by_plan_until_it_returns() {
    let head = "date: 2023-10-17\ntopics: [Harbour]\nauthors: [Ada Byron]\nthread: Port talks\naliases: [/old/visit/]";
    let live = article("visit", head, "Text.") + &article("stays", "date: 2023-09-16", "Text.");
    for back in ["embargo: 2023-12-01", "draft: true"] {
        let mut site = SiteTest::new(&live);
        site.build_clean();
        let list = lock(&site);
        assert!(list.contains("/topics/harbour/feed.xml") && list.contains("/old/visit/"), "{list}");
        site.write_all(&article("visit", &format!("{head}\n{back}"), "Text."));
        assert_eq!(site.build_and_compare().problems(), [""; 0], "{back}");
        let public = site.tree();
        assert!(!public.keys().any(|file| file.contains("visit") || file.contains("harbour")), "{:?}", public.keys());
        for gone in
            ["/2023/10/17/visit/", "/old/visit/", "/topics/harbour/", "/topics/harbour/feed.xml", "/archive/2023/10/"]
        {
            let said = told(&site, gone);
            assert!(
                said.len() >= 3 && said.iter().any(|line| *line == format!("{gone} /404.html 410")),
                "{back}: {said:#?}"
            );
            assert!(said.iter().any(|line| *line == format!("location = \"{gone}\" {{ return 410; }}")), "{said:#?}");
        }
        // That the desk says so too changes nothing, now and later.
        site.write(
            "dateline.yaml",
            "title: The Test\nbase_url: https://test.example\ngone: [/2023/10/17/visit/, /old/visit/]\n",
        );
        assert_eq!(site.build_and_compare().problems(), [""; 0], "{back}");
        assert_eq!(lock(&site), list, "{back}");
        if back.starts_with("embargo") {
            site.set_now("2023-12-01");
        } else {
            site.write_all(&live);
        }
        assert_eq!(
            site.build_and_compare().problems(),
            ["not-gone dateline.yaml:3:8", "not-gone dateline.yaml:3:28"],
            "{back}: a warning"
        );
        assert!(!told(&site, "/2023/10/17/visit/").iter().any(|line| line.contains("410")));
        site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\n");
        site.build_clean();
    }
}

#[test]
fn lists_that_an_expiry_or_a_withdrawal_empties_keep_their_addresses() {
    let head = "date: 2023-10-17\ntopics: [Harbour, Ships]\nauthors: [Ada Byron]\nthread: Port talks";
    let config = "title: The Test\nbase_url: https://test.example\nbriefings: daily\narchive: /{year}/{month}/{day}/\nfeeds: {formats: [atom, rss, json]}\n";
    let live = article("visit", head, "Text.") + &article("stays", "date: 2023-09-16", "Text.");
    let withdrawn = "updates: [{at: 2023-10-18 06:00, kind: withdrawn, text: It was wrong.}]";
    for (ending, instant) in [("expires: 2023-10-18 06:00", "2023-10-18T06:00:00"), (withdrawn, "2023-10-18T06:00:00")]
    {
        let site = SiteTest::new(&live);
        site.write("dateline.yaml", config);
        let list = lock(&site);
        site.write_all(&article("visit", &format!("{head}\n{ending}"), "Text."));
        assert_eq!(site.build_and_compare().problems(), [""; 0], "{ending}");
        let kept = lock(&site);
        assert!(list.lines().all(|line| kept.lines().any(|other| other == line)), "{ending}: {kept}");
        let output = site.build_and_compare();
        for page in [
            "/topics/harbour/",
            "/topics/harbour/with/ships/",
            "/threads/port-talks/",
            "/threads/",
            "/2023/10/",
            "/2023/10/17/",
        ] {
            // Two topics of one story make no pair.
            if !list.lines().any(|line| line.split('\t').next() == Some(page)) {
                continue;
            }
            let text = output.file(page);
            assert!(text.contains("There are no stories here at present."), "{ending}: {page}: {text}");
            assert!(text.contains("noindex") && !text.contains("Title of visit"), "{ending}: {page}: {text}");
            assert!(
                !told(&site, page).iter().any(|line| line.contains(&format!("{page} /404.html 410"))),
                "{ending}: {page}"
            );
            assert!(!output.file("/sitemap-pages.xml").contains(page), "{ending}: {page}");
        }
        let title = between(&output.file("/topics/harbour/"), "<h1 class=\"headline\">", "</h1>").to_owned();
        assert_eq!(title, "Harbour");
        let feed = output.file("/topics/harbour/feed.xml");
        assert!(!feed.contains("<entry"), "{ending}: {feed}");
        assert!(
            feed.contains(&format!("<updated>{instant}")) && feed.contains("<title>The Test: Harbour</title>"),
            "{feed}"
        );
        assert!(!output.file("/threads/port-talks/rss.xml").contains("<item"), "{ending}");
        assert!(output.file("/topics/harbour/feed.json").contains("\"items\": []"), "{ending}");
        // The story itself is gone, or says that it was withdrawn.
        assert_eq!(output.exists("/2023/10/17/visit/"), ending == withdrawn);
        // A new story fills its lists again, under the same addresses.
        site.write_all(&article("again", "date: 2023-10-17 12:00\ntopics: [Harbour]\nthread: Port talks", "Text."));
        let output = site.build_and_compare();
        assert!(
            output.file("/topics/harbour/").contains("Title of again")
                && output.file("/threads/port-talks/").contains("Title of again")
        );
    }
}

#[test]
fn a_withdrawn_story_can_be_pulled_back() {
    let head = "date: 2023-10-17\nupdates: [{at: 2023-10-18 06:00, kind: withdrawn, text: It was wrong.}]";
    for back in ["embargo: 2023-12-01", "draft: true", "expires: 2023-10-18 08:00"] {
        let site = SiteTest::new(article("visit", head, "Text.") + &article("stays", "date: 2023-09-16", "Text."));
        assert!(lock(&site).contains("/corrections/feed.xml"));
        site.write_all(&article("visit", &format!("{head}\n{back}"), "Text."));
        assert_eq!(site.build_and_compare().problems(), [""; 0], "{back}");
    }
}

#[test]
fn what_nobody_planned_is_lost() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17\ntopics: [Harbour]", "Text.")
            + &article("stays", "date: 2023-09-16", "Text."),
    );
    lock(&site);
    site.write_all(&article(
        "visit",
        "date: 2023-10-17\ntopics: [Harbour]\nupdates: [{at: 2023-10-18, kind: withdrawn, text: It was wrong.}]",
        "Text.",
    ));
    assert!(site.build_and_compare().exists("/2023/10/17/visit/"), "the notice stays");
    site.remove("content/articles/stays.md");
    assert!(site.problems().iter().any(|problem| problem.starts_with("lost-url urls.lock")));
}

#[test]
fn what_is_pulled_back_without_a_list_goes_without_a_word() {
    let site = SiteTest::new(article("visit", "date: 2023-10-17", "Text."));
    site.build_clean();
    site.write_all(&article("visit", "date: 2023-10-17\ndraft: true", "Text."));
    assert_eq!(site.build_and_compare().problems(), [""; 0]);
    assert_eq!(told(&site, "/2023/10/17/visit/"), [""; 0]);
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\ngone: [/2023/10/17/visit/]\n");
    assert_eq!(site.build_and_compare().problems(), [""; 0], "what the desk itself names in public is no secret");
    assert_eq!(told(&site, "/2023/10/17/visit/").len(), 3);
}

#[test]
fn a_moved_story_keeps_its_feed_id_and_a_short_address_changes_none() {
    let site = site();
    lock(&site);
    let id = |site: &SiteTest| between(&site.build().file("/feed.xml"), "<entry>\n  <id>", "<").to_owned();
    let first = id(&site);
    assert_eq!(first, "https://test.example/2023/10/17/visit/");
    site.write_all(&article("visit", "date: 2023-10-17\ntopics: [ICC]\naliases: [/short/]", "Text."));
    assert_eq!(id(&site), first, "an alias that was never its address");
    site.write_all(&article(
        "visit",
        "date: 2023-10-17\ntopics: [ICC]\nslug: moved\naliases: [/short/, /2023/10/17/visit/]",
        "Text.",
    ));
    assert_eq!(id(&site), first);
    let text = lock(&site);
    assert!(text.contains("/2023/10/17/moved/\t/2023/10/17/visit/\t\t2023-10-17\n"), "{text}");
    assert_eq!(id(&site), first);
    assert_eq!(lock(&site), text, "once more changes nothing");
}

#[test]
fn a_damaged_lock_is_an_error_at_its_line() {
    let site = site();
    lock(&site);
    site.write("urls.lock", "# dateline urls 1\n/2023/10/17/visit/\nnonsense\n");
    assert_eq!(site.problems(), ["bad-value urls.lock:3:1"]);
    site.write("urls.lock", "<<<<<<< ours\n");
    assert_eq!(site.problems(), ["bad-value urls.lock:1:1"]);
}
