//! Former addresses and the files for hosts: redirects, what is gone, and what each program that serves the site makes
//! of them.

use crate::site_test::{SiteTest, article, articles, assert_in_order};

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
        "/feed/ /feed.xml 301\n/index.xml /feed.xml 301\n/tags/icc/index.xml /topics/icc/feed.xml 301\n\
         /caf%C3%A9/ /?from=cafe 301\n/shop/ https://shop.example/a?q=1 301\n/tags/icc/ /topics/icc/ 301\n"
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
    assert!(
        lines.contains("/b/index.xml /b/feed.xml 301\n") && lines.contains("/b/shop/ https://shop.example/a 301\n"),
        "{lines}"
    );
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
        ("/a/: /\n  /a: /topics/", vec!["bad-value dateline.yaml:5:3"]),
    ] {
        let site = SiteTest::new(config(&format!("redirects:\n  {line}\n")) + &stories);
        assert_eq!(site.problems(), problems, "{line}");
    }
    let site = SiteTest::new(config("redirects: {/topics/icc/: /}\n") + &stories);
    let problem = &site.try_build().report.diagnostics()[0].message.clone();
    assert_eq!(
        problem,
        "`redirects` leads `/topics/icc/` on, and `topics` in `content/articles/visit.md`, line 4 answers `/topics/icc/`"
    );
}

/// Lines of a file for hosts that hold these words.
fn lines<'t>(text: &'t str, words: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.contains(words)).map(str::trim).collect()
}

#[test]
fn an_alias_is_one_address_on_every_host_whatever_is_in_it() {
    let aliases = [
        "/old/a b/",
        "/old/café/",
        "/old/100%/",
        "/old/it's \"it\"/",
        "/old/*/",
        "/old/:x/",
        "/old/{x}/",
        "/old/[b]/",
        "/old/$host/",
        "/old/a+b/",
    ];
    let head = format!("date: 2023-10-17\naliases: {aliases:?}");
    let site = SiteTest::new(article("visit", &head, "Text."));
    let output = site.build_clean();
    let hosting = |name: &str| output.file(&format!("/.dateline/private/hosting/{name}"));
    assert_eq!(
        lines(&output.file("/_redirects"), "/old/"),
        [
            "/old/$host/ /2023/10/17/visit/ 301",
            "/old/100%25/ /2023/10/17/visit/ 301",
            "/old/[b]/ /2023/10/17/visit/ 301",
            "/old/a%20b/ /2023/10/17/visit/ 301",
            "/old/a+b/ /2023/10/17/visit/ 301",
            "/old/caf%C3%A9/ /2023/10/17/visit/ 301",
            "/old/it's%20%22it%22/ /2023/10/17/visit/ 301",
            "/old/%7Bx%7D/ /2023/10/17/visit/ 301",
            "/old/%2A/ /2023/10/17/visit/ 301",
            "/old/%3Ax/ /2023/10/17/visit/ 301",
        ]
    );
    assert_eq!(
        lines(&hosting("nginx.conf"), "/old/$"),
        ["location = \"/old/$host/\" { return 301 \"/2023/10/17/visit/$is_args$args\"; }"]
    );
    assert_eq!(lines(&hosting("Caddyfile"), "/old/*"), ["\"/old/*/\" \"/2023/10/17/visit/\""]);
    assert_eq!(lines(&hosting("Caddyfile"), "/old/{"), ["\"/old/{x}/\" \"/2023/10/17/visit/\""]);
    assert_eq!(lines(&hosting("Caddyfile"), "redir").len(), 2, "two rules for all addresses, however many there are");
    assert_eq!(lines(&hosting("htaccess"), "host"), ["RedirectMatch 301 \"^/old/\\x24host/$\" \"/2023/10/17/visit/\""]);
    assert_eq!(
        lines(&hosting("lighttpd.conf"), "it's"),
        ["$HTTP[\"url\"] == \"/old/it's \\\"it\\\"/\" { url.redirect = ( \"\" => \"/2023/10/17/visit/${qsa}\" ) }"]
    );
    for alias in aliases {
        assert!(output.file(alias).contains("url=/2023/10/17/visit/"), "{alias}");
    }
}

#[test]
fn the_address_that_a_redirect_leads_to_is_no_variable_of_a_server() {
    let site = SiteTest::new(
        config("permalink: \"/{year}/$host/%7B:x/{slug}/\"\n")
            + &article("visit", "date: 2023-10-17\naliases: [/old/]", "T."),
    );
    let output = site.build_clean();
    let to = "/2023/%24host/%257B%3Ax/visit/";
    assert_eq!(output.file("/_redirects"), format!("/old/ {to} 301\n"));
    let nginx = output.file("/.dateline/private/hosting/nginx.conf");
    assert_eq!(lines(&nginx, "/old/"), [format!("location = \"/old/\" {{ return 301 \"{to}$is_args$args\"; }}")]);
    let apache = output.file("/.dateline/private/hosting/htaccess");
    assert_eq!(lines(&apache, "/old/"), ["RedirectMatch 301 \"^/old/$\" \"/2023/\\$host/%7B:x/visit/\""]);
}

#[test]
fn encoded_former_addresses_are_the_ones_that_they_show() {
    let site = SiteTest::new(
        config("gone: [\"/gone%20page/\", /caf%C3%A9/]\n")
            + &article(
                "visit",
                "date: 2023-10-17\naliases: [\"/2020/a%20b/\", \"https://test.example/%C3%BCber\"]",
                "T.",
            ),
    );
    let output = site.build_clean();
    assert!(output.exists("/2020/a b/") && output.exists("/über/") && !output.exists("/2020/a%20b/"));
    let nginx = output.file("/.dateline/private/hosting/nginx.conf");
    assert_eq!(
        lines(&nginx, "return 410"),
        ["location = \"/café/\" { return 410; }", "location = \"/gone page/\" { return 410; }"]
    );
    assert!(output.file("/_redirects").contains("/2020/a%20b/ /2023/10/17/visit/ 301\n"));
    for wrong in ["/a/%2e%2e/b/", "/a%3Fb/", "/caf%E9/", "/%2edateline/"] {
        let site = SiteTest::new(article("visit", &format!("date: 2023-10-17\naliases: [\"{wrong}\"]"), "T."));
        assert_eq!(site.problems(), ["bad-value content/articles/visit.md:4:11"], "{wrong}");
    }
}

#[test]
fn an_alias_that_is_the_storys_own_address_is_nothing() {
    for alias in ["/2023/10/17/visit/index.html", "/2023/10/17/visit", "/2023/10/17/visit/"] {
        let site = SiteTest::new(article("visit", &format!("date: 2023-10-17\naliases: [{alias}]"), "Text."));
        let output = site.build_clean();
        assert!(output.main("/2023/10/17/visit/").contains("Text."), "{alias}");
        assert_eq!(output.file("/_redirects"), "", "{alias}");
    }
}

#[test]
fn what_is_gone_answers_in_no_form_of_its_address() {
    for gone in [
        "/topics/icc/",
        "/topics/icc",
        "/topics/icc/index.html",
        "/Topics/ICC/",
        "/topics%2Ficc/",
        "/old/",
        "/2023/10/17/Visit/",
        "/feed.xml",
        "/former/",
    ] {
        let site = SiteTest::new(
            config(&format!("gone: [{gone}]\nredirects: {{/former/: /}}\n"))
                + &article("visit", "date: 2023-10-17\ntopics: [ICC]\naliases: [/old/, /2023/10/17/VISIT/]", "Text."),
        );
        // A story that returns answers again: that stops no build.
        let output = site.build();
        assert_eq!(output.problems(), ["not-gone dateline.yaml:3:8"], "{gone}");
        for (file, rule) in [("/_redirects", " 410"), ("nginx.conf", "return 410"), ("Caddyfile", "dateline_gone")] {
            let path =
                if file.starts_with('/') { file.to_owned() } else { format!("/.dateline/private/hosting/{file}") };
            assert!(!output.file(&path).contains(rule), "{gone} {file}");
        }
    }
}

#[test]
fn a_file_never_stands_where_a_folder_is() {
    for alias in ["/feed.xml/", "/topics/icc.html/deep/", "/topics.html"] {
        let is_wrong = alias != "/topics.html";
        let site = SiteTest::new(article(
            "visit",
            &format!("date: 2023-10-17\ntopics: [ICC]\naliases: [/topics/icc.html, {alias}]"),
            "Text.",
        ));
        let expected = if is_wrong { vec!["alias-conflict content/articles/visit.md:5:29"] } else { vec![] };
        assert_eq!(site.problems(), expected, "{alias}");
    }
}

#[test]
fn a_page_at_a_former_address_is_html_whatever_it_is_called() {
    let aliases = "[/old/index.php, /x.aspx, /y.JSP, /z.shtml, /c.cfm, /p.html]";
    let site = SiteTest::new(
        config("redirects: {/feed/: /feed.xml}\n")
            + &article("visit", &format!("date: 2023-10-17\naliases: {aliases}"), "T."),
    );
    let output = site.build_clean();
    let headers = output.file("/_headers");
    for file in ["/old/index.php", "/x.aspx", "/y.JSP", "/z.shtml", "/c.cfm"] {
        assert!(output.file(file).contains("url=/2023/10/17/visit/"), "{file}");
        assert!(headers.contains(&format!("\n{file}\n  Content-Type: text/html; charset=utf-8\n")), "{file}");
    }
    assert!(!headers.contains("p.html"), "its name says so");
    assert!(headers.contains("\n/feed/\n  Content-Type: application/atom+xml; charset=utf-8\n"));
}

#[test]
fn the_desks_own_files_for_hosts_are_joined_with_ours() {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17\naliases: [/old/, /mine/]", "Text.")
            + "-- static/_redirects --\n# ours\n/mine/ /elsewhere/ 302\n/blog/* /:splat 301\n\
               -- static/_headers --\n# ours\n/*\n  Referrer-Policy: no-referrer\n\n/2023/*\n  cache-control: no-store\n/feed.xml\n  X-Own: 1\n\
               /*\n  X-Frame-Options: DENY\n\
               -- static/.htaccess --\nOptions -Indexes\nErrorDocument 404 /mine.html\nHeader set Referrer-Policy no-referrer\n",
    );
    let output = site.build_clean();
    assert_eq!(
        output.file("/_redirects"),
        "# ours\n/mine/ /elsewhere/ 302\n/old/ /2023/10/17/visit/ 301\n/blog/* /:splat 301\n"
    );
    let headers = output.file("/_headers");
    // Of two rules of one path Cloudflare reads the last.
    let patterns: Vec<&str> = headers.lines().filter(|line| line.starts_with('/')).collect();
    assert!(patterns.iter().all(|path| patterns.iter().filter(|other| *other == path).count() == 1), "{headers}");
    assert!(
        headers.starts_with(
            "# ours\n/*\n  Referrer-Policy: no-referrer\n  X-Frame-Options: DENY\n  Content-Security-Policy: "
        ),
        "{headers}"
    );
    assert!(headers.contains("\n\n/2023/*\n  cache-control: no-store\n/feed.xml\n  X-Own: 1\n  Content-Type: application/atom+xml; charset=utf-8\n"), "{headers}");
    assert_eq!(headers.matches("Referrer-Policy").count(), 1, "hosts join what two rules say");
    assert_eq!(headers.matches("\n/2023/*\n").count(), 1, "{headers}");
    let htaccess = output.file("/.htaccess");
    assert_in_order(
        &htaccess,
        &["ErrorDocument 404 /404.html", "\nOptions -Indexes\n", "ErrorDocument 404 /mine.html", "RedirectMatch"],
    );
    assert!(!htaccess.contains("Header always set Referrer-Policy"), "both would be sent: {htaccess}");
    assert!(htaccess.contains("Header always set Content-Security-Policy"), "{htaccess}");
    assert!(htaccess.contains("RedirectMatch 301 \"^/old/$\" \"/2023/10/17/visit/\"\n"), "{htaccess}");
    assert!(
        std::fs::read_to_string(site.public().join(".dateline/.htaccess")).expect("it is there").contains("denied")
    );
    site.write("static/_redirects", "/mine/ /new/ 301\n");
    assert_eq!(site.build_and_compare().file("/_redirects"), "/mine/ /new/ 301\n/old/ /2023/10/17/visit/ 301\n");
    site.remove("static/.htaccess");
    assert!(!site.build_and_compare().exists("/.htaccess"));
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nhosting: {htaccess: true}\n");
    assert!(site.build_and_compare().file("/.htaccess").starts_with("# For Apache"));
}

#[test]
fn what_is_beyond_the_limits_of_a_host_is_said_and_is_what_matters_least() {
    let stories: String =
        (0..120).map(|n| article(&format!("s{n}"), &format!("date: 2023-10-17\naliases: [/o{n}/]"), "Text.")).collect();
    let site = SiteTest::new(config("permalink: /{slug}/\n") + &stories + "-- static/app.js --\n1;\n");
    let headers = site.build_clean().file("/_headers");
    let rules: Vec<&str> = headers.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!((rules[0], rules.contains(&"/feed.xml")), ("/*", true));
    assert!(rules.len() < 20, "one rule for all pages: {}", rules.len());
    assert!(headers.contains("  Cache-Control: public, max-age=300\n/feed.xml\n"), "{headers}");
    let script = rules.iter().find(|rule| rule.starts_with("/app.")).expect("a rule");
    let forever = format!("{script}\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n");
    assert!(headers.contains(&forever), "{headers}");
    let many = (0..2001).map(|n| format!("  /r{n}/: /\n")).collect::<String>();
    let many = format!("title: T\nbase_url: https://test.example\nredirects:\n{many}");
    let site = SiteTest::new("");
    site.write("dateline.yaml", &many);
    let built = site.build();
    assert_eq!(built.problems(), ["host-limit dateline.yaml"]);
    assert_eq!(
        built.built.report.diagnostics()[0].message,
        "`_redirects` has 2001 former addresses, and Cloudflare reads 2000: the last 1 are lost there"
    );
    site.write("dateline.yaml", many + "hosting: {cloudflare: false}\n");
    site.build_clean();
}

#[test]
fn a_site_below_a_path_leaves_its_neighbours_alone() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/briefing\ngone: [/lost/]\n".to_owned()
            + &article("visit", "date: 2023-10-17\naliases: [/old/]", "Text."),
    );
    let output = site.build_clean();
    let nginx = output.file("/.dateline/private/hosting/nginx.conf");
    let rules: Vec<&str> = nginx.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(
        rules[..2],
        [
            "location = \"/briefing\" { absolute_redirect off; return 301 \"/briefing/$is_args$args\"; }",
            "location ^~ \"/briefing/\" {"
        ]
    );
    assert_eq!(rules.last(), Some(&"}"), "all else is inside");
    let caddy = output.file("/.dateline/private/hosting/Caddyfile");
    for line in caddy.lines().filter(|line| !line.starts_with(['\t', '#', '}'])) {
        let is_ours = line.contains("dateline") || line.starts_with("handle_errors");
        assert!(is_ours, "it is for all that the server has: {line}");
    }
    assert!(caddy.contains("in [404, 410] && {http.request.orig_uri.path}.startsWith(\"/briefing/\")"), "{caddy}");
    let lighttpd = output.file("/.dateline/private/hosting/lighttpd.conf");
    assert!(
        lighttpd.contains("$HTTP[\"url\"] =~ \"^/briefing(/|$)\" {\n") && lighttpd.ends_with("}\n}\n"),
        "{lighttpd}"
    );
}

#[test]
fn no_static_file_is_left_out_in_silence() {
    let site = SiteTest::new(
        "-- static/.htaccess --\nOptions -Indexes\n-- static/.well-known/a.txt --\nA\n-- static/img/ok.png --\nP\n\
         -- static/.env --\nS\n-- static/.private/x.txt --\nX\n-- static/img/h#x.png --\nP\n-- static/img/q?x.png --\nP\n\
         -- static/x.png~ --\nP\n-- static/.DS_Store --\nD\n-- static/.gitkeep --\n\n-- static/.a.txt.swp --\nS\n\
         -- static/~x/y.txt --\nY\n",
    );
    let output = site.build();
    assert_eq!(
        output.problems(),
        [
            "unused-file static/.env",
            "unused-file static/.private/x.txt",
            "unused-file static/img/h#x.png",
            "unused-file static/img/q?x.png",
            "unused-file static/x.png~",
        ]
    );
    for file in ["/.htaccess", "/.well-known/a.txt", "/img/ok.png", "/~x/y.txt"] {
        assert!(output.exists(file), "{file}");
    }
}

#[test]
fn apache_keeps_a_query_out_of_an_anchor_and_redirects_to_every_address_that_it_can_write() {
    let redirects = "redirects:
  /part/: \"/2023/10/17/visit/#part\"
  /form/: \"/2023/10/17/visit/?a=b#part\"
  /full/: https://shop.example/100%25/
  /kept/: https://shop.example/a%2Fb/
";
    let site = SiteTest::new(config(redirects) + &article("visit", "date: 2023-10-17", "## Part\n\nText."));
    let output = site.build();
    assert_eq!(
        lines(&output.file("/.dateline/private/hosting/htaccess"), "RedirectMatch 301"),
        [
            "RedirectMatch 301 \"^/form/$\" \"/2023/10/17/visit/?a=b#part\"",
            "RedirectMatch 301 \"^/full/$\" \"https://shop.example/100%/\"",
            "RedirectMatch 301 \"^/part/$\" \"/2023/10/17/visit/?#part\"",
        ]
    );
}
