//! Former addresses and the files for hosts: redirects, what is gone, and what each program that serves the site makes
//! of them.

use crate::site_test::{SiteTest, article, articles};

/// A configuration with these further lines.
fn config(lines: &str) -> String {
    format!("-- dateline.yaml --\ntitle: The Test\nbase_url: https://test.example\n{lines}")
}

#[test]
fn former_feeds_and_lists_lead_on_from_the_configuration() {
    let redirects = "redirects:
  /index.xml: /feed.xml
  /feed/: /feed.xml
  /tags/icc/: /topics/icc/
  /tags/icc/index.xml: https://test.example/topics/icc/feed.xml
  /caf%C3%A9/: /?from=cafe
  /shop: https://shop.example/a b
";
    let wrong = redirects.to_owned();
    let site = SiteTest::new(config(&wrong) + &article("visit", "date: 2023-10-17\ntopics: [ICC]", "Text."));
    assert_eq!(site.problems(), ["bad-value dateline.yaml:9:10"], "an address has no blanks");
    site.write("dateline.yaml", config(&redirects.replace("a b", "a?q=1")).split_once('\n').expect("lines").1);
    let output = site.build_clean();
    assert_eq!(
        output.file("/_redirects"),
        "/caf%C3%A9/ /?from=cafe 301\n/feed/ /feed.xml 301\n/index.xml /feed.xml 301\n/shop/ https://shop.example/a?q=1 301\n\
         /tags/icc/ /topics/icc/ 301\n/tags/icc/index.xml /topics/icc/feed.xml 301\n"
    );
    // Where there are no redirects, whoever has subscribed gets the feed, and whoever reads a page that leads on.
    assert_eq!(output.file("/index.xml"), output.file("/feed.xml"));
    assert_eq!(output.file("/feed/"), output.file("/feed.xml"));
    assert_eq!(output.file("/tags/icc/index.xml"), output.file("/topics/icc/feed.xml"));
    for (from, to) in
        [("/tags/icc/", "/topics/icc/"), ("/shop/", "https://shop.example/a?q=1"), ("/café/", "/?from=cafe")]
    {
        let page = output.file(from);
        assert!(page.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={to}\">")), "{from}: {page}");
    }
    // The copies follow what they are copies of.
    site.write_all(&articles(&[("second", "2023-10-18", "topics: [ICC]")]));
    let output = site.build_and_compare();
    assert_eq!(output.file("/index.xml"), output.file("/feed.xml"));
    // A path of the address stands before all of them.
    site.write(
        "dateline.yaml",
        format!("title: T\nbase_url: https://test.example/b\n{}", redirects.replace("a b", "a")),
    );
    let lines = site.build_and_compare().file("/_redirects");
    assert!(lines.contains("/b/index.xml /b/feed.xml 301\n/b/shop/ https://shop.example/a 301\n"), "{lines}");
}

#[test]
fn a_chain_of_redirects_is_one_hop_and_a_circle_is_refused() {
    let chain = "redirects: {/a/: /b/, /b: \"/c/index.html?x\", /c/: /old/, /d/: \"/2023/10/17/visit/#end\"}\n";
    let site = SiteTest::new(config(chain) + &article("visit", "date: 2023-10-17\naliases: [/old/]", "Text."));
    assert_eq!(
        site.build_clean().file("/_redirects"),
        "/a/ /2023/10/17/visit/ 301\n/b/ /2023/10/17/visit/ 301\n/c/ /2023/10/17/visit/ 301\n/d/ /2023/10/17/visit/#end 301\n\
         /old/ /2023/10/17/visit/ 301\n"
    );
    site.write(
        "dateline.yaml",
        "title: T\nbase_url: https://test.example\nredirects:\n  /x/: /y/\n  /y/: /x\n  /z/: /z/\n  /w/: /x/\n",
    );
    let at = |line: u32| format!("bad-value dateline.yaml:{line}:3");
    assert_eq!(site.problems(), [at(4), at(5), at(6), at(7)]);
}

#[test]
fn a_redirect_stands_in_nobodys_way_and_leads_somewhere() {
    let stories = article("visit", "date: 2023-10-17\ntopics: [ICC]\naliases: [/old/, /older/]", "Text.")
        + "-- static/talk.pdf --\nPDF\n";
    for (line, problems) in [
        ("/topics/icc/: /", vec!["route-conflict dateline.yaml:4:3"]),
        ("/topics/ICC/index.html: /", vec!["route-conflict dateline.yaml:4:3"]),
        ("/talk.pdf: /", vec!["route-conflict dateline.yaml:4:3"]),
        ("/feed.xml: /rss.xml", vec!["route-conflict dateline.yaml:4:3"]),
        ("/old/: /", vec!["route-conflict dateline.yaml:4:3"]),
        ("/old/: /2023/10/17/visit/", vec![]),
        ("/new/: /older", vec![]),
        ("/new/: /nowhere/", vec!["dead-path dateline.yaml:4:3"]),
        ("/new.pdf: /talk.pdf", vec![]),
        ("/tags/*: /topics/", vec!["bad-value dateline.yaml:4:3"]),
        ("/tags/:name/: /topics/", vec!["bad-value dateline.yaml:4:3"]),
        ("/tags/a/: /topics/:name", vec!["bad-value dateline.yaml:4:13"]),
        ("/tags/%2A/: /topics/", vec![]),
        ("/a%2e%2e/../b/: /", vec!["bad-value dateline.yaml:4:3"]),
        ("/a/?p=1: /", vec!["bad-value dateline.yaml:4:3"]),
        ("tags/: /", vec!["bad-value dateline.yaml:4:3"]),
        ("/a/: ftp://a.example/", vec!["bad-value dateline.yaml:4:8"]),
        ("/a/: /b/\n  /a: /", vec!["bad-value dateline.yaml:5:3"]),
    ] {
        let site = SiteTest::new(config(&format!("redirects:\n  {line}\n")) + &stories);
        assert_eq!(site.problems(), problems, "{line}");
    }
    let site = SiteTest::new(config("redirects: {/topics/icc/: /}\n") + &stories);
    let problem = &site.try_build().report.diagnostics()[0].message.clone();
    assert_eq!(problem, "`redirects` leads `/topics/icc/` on, and the topic output answers `/topics/icc/`");
}
