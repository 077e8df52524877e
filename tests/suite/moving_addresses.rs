//! The former addresses of a site that moves: each leads on, and no two are in each other's way.

use dateline::import::moving::Program;

use crate::moving::Move;

/// The aliases of a story, and the configuration of the new site.
#[track_caller]
fn aliases(site: &Move, path: &str) -> Vec<String> {
    let text = site.read(path);
    let listed = text.split_once("\naliases:\n").map_or("", |(_, rest)| rest);
    listed.lines().map_while(|line| line.strip_prefix("- ")).map(str::to_owned).collect()
}

const JEKYLL: &str = "-- _config.yml --\ntitle: N\nurl: https://a.example\ntimezone: UTC\n";

#[test]
fn a_former_feed_that_dateline_has_itself_leads_nowhere() {
    for (program, literal) in [
        (
            Program::Zola,
            "-- config.toml --\nbase_url = \"https://a.example\"\ngenerate_feeds = true\nfeed_filenames = [\"rss.xml\", \"sitemap.xml\", \"atom.xml\"]\n-- content/posts/a.md --\n+++\ntitle = \"a\"\ndate = 2023-01-01\n+++\nText.\n".to_owned(),
        ),
        (
            Program::Jekyll,
            format!("{JEKYLL}feed: {{path: rss.xml}}\n-- atom.xml --\n---\n---\nx\n-- _posts/2023-01-01-a.md --\n---\ntitle: a\n---\nx\n"),
        ),
    ] {
        let site = Move::new(program, &literal);
        let (_, output) = site.build();
        assert!(output.contains_key("rss.xml"), "{:#?}", output.keys());
        let config = site.read("dateline.yaml");
        assert!(config.contains("  /atom.xml: /feed.xml") && !config.contains("/rss.xml"), "{config}");
    }
}

#[test]
fn a_file_of_the_old_site_answers_before_a_list_does() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n-- static/posts/index.html --\n<p>Own list</p>\n-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\nText.\n",
    );
    let (_, output) = site.build();
    assert_eq!(output["posts/index.html"], b"<p>Own list</p>\n");
}

#[test]
fn the_address_of_one_story_is_not_the_pattern_of_all() {
    let story = |name: &str, front: &str| {
        format!("-- content/posts/{name}.md --\n---\ntitle: {name}\ndate: 2023-01-01\n{front}---\nText.\n")
    };
    let site = |stories: &str| {
        let literal = format!(
            "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n[permalinks]\nposts = \"/:year/:monthname/:slug/\"\n{stories}"
        );
        Move::new(Program::Hugo, &literal).plan().0.permalink
    };
    let plain: String = ["s0", "s1", "s2"].into_iter().map(|name| story(name, "")).collect();
    let odd = story("odd", "url: /special/odd/\n");
    assert_eq!(site(&format!("{plain}{odd}")), "/{year}/{month}/{day}/{slug}/");
    // What most stories have is the pattern.
    let own: String =
        ["o1", "o2", "o3"].into_iter().map(|name| story(name, &format!("url: /special/{name}/\n"))).collect();
    assert_eq!(site(&format!("{odd}{own}{}", story("s0", ""))), "/special/{slug}/");
}

#[test]
fn a_former_address_beside_the_own_file_is_an_alias() {
    let post = |day: &str, name: &str, front: &str| {
        format!("-- _posts/2023-01-{day}-{name}.md --\n---\ntitle: {name}\n{front}---\nx\n")
    };
    let site = Move::new(
        Program::Jekyll,
        &format!(
            "{JEKYLL}permalink: none\n{}{}{}{}",
            post("01", "a", ""),
            post("02", "b", ""),
            post("03", "c", "permalink: /custom/\n"),
            post("04", "d", "permalink: /x.php\n")
        ),
    );
    let (said, output) = site.build();
    assert!(!said.iter().any(|line| line.contains("import-clash")), "{said:#?}");
    assert_eq!(aliases(&site, "content/articles/2023/01/custom.md"), ["/custom/"]);
    assert_eq!(aliases(&site, "content/articles/2023/01/x.php.md"), ["/x.php"]);
    assert!(output.contains_key("custom/index.html") && output.contains_key("custom.html"), "{:#?}", output.keys());
}

#[test]
fn the_collection_of_posts_has_a_pattern_of_its_own() {
    let site = Move::new(
        Program::Jekyll,
        &format!(
            "{JEKYLL}permalink: pretty\ncollections: {{posts: {{permalink: \"/p/:title/\"}}}}\n-- _posts/2023-01-01-a.md --\n---\ntitle: a\n---\nx\n"
        ),
    );
    assert_eq!(site.plan().0.permalink, "/p/{slug}/");
}

#[test]
fn layouts_of_dates_are_placeholders_of_hugo() {
    for (pattern, ours, alias) in [
        ("/:2006/:01/:02/:slug/", "/{year}/{month}/{day}/{slug}/", None),
        ("/:06/:Jan/:slug/", "/{year}/{month}/{day}/{slug}/", Some("/23/jan/a/")),
        ("/:year/:2/:slug/", "/{year}/{month}/{day}/{slug}/", Some("/2023/1/a/")),
    ] {
        let site = Move::new(
            Program::Hugo,
            &format!(
                "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n[permalinks]\nposts = \"{pattern}\"\n-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\nText.\n"
            ),
        );
        let (moving, _, _) = site.go();
        assert_eq!(moving.permalink, ours, "{pattern}");
        let expected: Vec<&str> = alias.into_iter().collect();
        assert_eq!(aliases(&site, "content/articles/2023/01/a.md"), expected, "{pattern}");
    }
}

#[test]
fn aliases_of_hugo_are_where_hugo_put_them() {
    let front = "title: a\ndate: 2023-01-01\naliases: [/old/one/, rel, ../three, /four.html]\n";
    for (config, expected) in [
        ("uglyURLs = true\n", ["/old/one.html", "/posts/rel.html", "/three.html", "/four.html"]),
        ("", ["/old/one/", "/posts/rel/", "/three/", "/four.html"]),
    ] {
        let site = Move::new(
            Program::Hugo,
            &format!(
                "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n{config}-- content/posts/a.md --\n---\n{front}---\nText.\n"
            ),
        );
        let (said, _, _) = site.go();
        assert_eq!(aliases(&site, "content/articles/2023/01/a.md"), expected, "{said:#?}");
    }
}

/// The lines of `redirects` in the configuration of the new site.
fn redirects(site: &Move) -> Vec<String> {
    let config = site.read("dateline.yaml");
    let listed = config.split_once("redirects:\n").map_or("", |(_, rest)| rest);
    listed.lines().map_while(|line| line.strip_prefix("  ")).map(str::to_owned).collect()
}

#[track_caller]
fn leads(site: &Move, expected: &[&str]) {
    let (_, said, checked) = site.go();
    let found = redirects(site);
    for line in expected {
        assert!(found.iter().any(|found| found == line), "{line} is not in {found:#?}: {said:#?}");
    }
    assert!(!checked.iter().any(|line| line.contains("dead-path")), "{checked:#?}");
}

#[test]
fn each_language_of_hugo_had_a_folder() {
    let files = "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\nText.\n-- content/posts/a.de.md --\n---\ntitle: a de\ndate: 2023-01-01\naliases: [/alt/, neu]\ntags: [Hafen]\n---\nText.\n";
    let site = |config: &str| {
        Move::new(
            Program::Hugo,
            &format!(
                "-- hugo.toml --\nbaseURL = \"https://a.example/\"\ndefaultContentLanguage = \"en\"\n{config}{files}"
            ),
        )
    };
    let both = [
        "/de/: /",
        "/de/index.xml: /feed.xml",
        "/de/posts/: /archive/",
        "/de/posts/index.xml: /feed.xml",
        "/de/tags/hafen/: /topics/hafen/",
        "/en/: /",
    ];
    let plain = site("");
    leads(&plain, &both);
    // The lists of taxonomies were there without a term as well.
    leads(&plain, &["/index.xml: /feed.xml", "/posts/: /archive/", "/tags/: /topics/", "/de/categories/: /topics/"]);
    assert_eq!(aliases(&plain, "content/articles/2023/01/a-de.md"), ["/de/posts/a/", "/de/alt/", "/de/posts/neu/"]);
    let below = site("defaultContentLanguageInSubdir = true\n");
    leads(&below, &both);
    leads(&below, &["/en/index.xml: /feed.xml", "/en/posts/: /archive/", "/en/posts/index.xml: /feed.xml"]);
}

#[test]
fn a_category_leads_to_the_topic_of_its_section() {
    let hugo = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\ncategories: [News]\n---\nText.\n-- content/posts/b.md --\n---\ntitle: b\ndate: 2023-01-01\ncategories: [News]\n---\nText.\n",
    );
    leads(
        &hugo,
        &[
            "/categories/news/: /topics/news/",
            "/categories/news/index.xml: /topics/news/feed.xml",
            "/categories/: /topics/",
        ],
    );
    let jekyll = Move::new(
        Program::Jekyll,
        &format!(
            "{JEKYLL}plugins: [jekyll-archives]\njekyll-archives: {{permalinks: {{tag: '/tag/:name/', category: '/cat/:name/'}}}}\n-- _posts/2023-01-01-a.md --\n---\ntitle: a\ncategory: News\ntags: Port Rail\n---\nx\n"
        ),
    );
    leads(&jekyll, &[]);
    assert_eq!(
        redirects(&jekyll),
        ["/cat/news/: /topics/news/", "/tag/port/: /topics/port/", "/tag/rail/: /topics/rail/"]
    );
    let zola = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://a.example\"\ntaxonomies = [{name = \"categories\", feed = true}]\n-- content/posts/a.md --\n+++\ntitle = \"a\"\ndate = 2023-01-01\n[taxonomies]\ncategories = [\"News\"]\n+++\nText.\n",
    );
    leads(&zola, &["/categories/news/: /topics/news/", "/categories/news/atom.xml: /topics/news/feed.xml"]);
}

#[test]
fn each_taxonomy_leads_to_the_pages_that_there_are() {
    let post = |name: &str, front: &str| {
        format!(
            "-- content/posts/{name}.md --\n---\ntitle: {name}\ndate: 2023-01-01\nseries: [Big Story]\n{front}---\nText.\n"
        )
    };
    let posts = post("a", "tags: [Foo Bar]\nauthors: [Jane Doe]\n") + &post("b", "tags: [foo bar]\n");
    let site = |config: &str| {
        Move::new(
            Program::Hugo,
            &format!(
                "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n{config}\n[taxonomies]\ntag = \"tags\"\nauthor = \"authors\"\nseries = \"series\"\n{posts}"
            ),
        )
    };
    let plain = site("");
    leads(
        &plain,
        &[
            "/tags/foo-bar/: /topics/foo-bar/",
            "/series/big-story/: /threads/big-story/",
            "/series/: /threads/",
            "/series/big-story/index.xml: /threads/big-story/feed.xml",
        ],
    );
    let (_, said) = (redirects(&plain), site("").build().0);
    assert!(!redirects(&plain).iter().any(|line| line.contains("people")), "{:#?}", redirects(&plain));
    assert!(said.iter().any(|line| line.contains("the pages of `/authors/` have no counterpart")), "{said:#?}");
    let named = site(
        "[permalinks.term]\ntags = \"/t/:slug/\"\n[permalinks.taxonomy]\ntags = \"/alltags/\"\n[permalinks.section]\nposts = \"/all/:slug/\"\n[outputFormats.RSS]\nbaseName = \"feed\"",
    );
    leads(
        &named,
        &[
            "/t/foo-bar/: /topics/foo-bar/",
            "/t/foo-bar/feed.xml: /topics/foo-bar/feed.xml",
            "/alltags/: /topics/",
            "/all/posts/: /archive/",
            "/all/posts/feed.xml: /feed.xml",
        ],
    );
    assert!(!redirects(&named).iter().any(|line| line.starts_with("/tags/")), "{:#?}", redirects(&named));
}

#[test]
fn sections_and_languages_of_zola_lead_on() {
    let site = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://a.example\"\ngenerate_feeds = true\n[languages.fr]\ngenerate_feeds = true\n-- content/posts/_index.md --\n+++\ntitle = \"P\"\ngenerate_feeds = true\n+++\n-- content/posts/a.md --\n+++\ntitle = \"a\"\ndate = 2023-01-01\n+++\nText.\n-- content/posts/a.fr.md --\n+++\ntitle = \"a fr\"\ndate = 2023-01-01\n+++\nTexte.\n-- content/redir/_index.md --\n+++\ntitle = \"R\"\nredirect_to = \"posts/\"\n+++\n-- content/redir/p.md --\n+++\ntitle = \"rp\"\n+++\nx\n-- content/two/_index.md --\n+++\nredirect_to = \"redir/p\"\n+++\n",
    );
    leads(
        &site,
        &[
            "/atom.xml: /feed.xml",
            "/posts/atom.xml: /feed.xml",
            "/fr/atom.xml: /feed.xml",
            "/fr/: /",
            "/fr/posts/: /archive/",
            "/redir/: /archive/",
            "/two/: /redir/p/",
        ],
    );
}

#[test]
fn the_date_of_a_page_of_hugo_is_the_one_that_hugo_took() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n[frontmatter]\ndate = [\":filename\", \":default\"]\n[permalinks]\nposts = \"/:year/:month/:day/:slugorfilename/\"\n-- content/posts/2023-05-06-dated.md --\n---\ntitle: T\ndate: 2023-01-01\n---\nText.\n-- content/posts/lm.md --\n---\ntitle: lm\nlastmod: 2023-03-03\n---\nx\n-- content/posts/go.md --\n---\ntitle: go\ndate: 2023-01-01 23:30:00 +0000 UTC\n---\nx\n",
    );
    let (said, output) = site.build();
    for path in ["2023/05/06/dated", "2023/03/03/lm", "2023/01/01/go"] {
        assert!(output.contains_key(&format!("{path}/index.html")), "{path} is not in {:#?}: {said:#?}", output.keys());
    }
    assert!(site.read("content/articles/2023/05/dated.md").contains("  front_date: 2023-01-01\n"));
    assert!(site.read("content/articles/2023/01/go.md").contains("date: 2023-01-01T23:30:00Z\n"));
}

#[test]
fn dates_of_ruby_are_read_as_ruby_reads_them() {
    let post = |name: &str, date: &str| format!("-- _posts/{name}.md --\n---\ntitle: {name}\n{date}---\nx\n");
    let site = Move::new(
        Program::Jekyll,
        &format!(
            "{JEKYLL}permalink: /:year/:month/:day/:title/\n{}{}{}",
            post("2023-01-02-a", "date: 2023-01-02 11:04 PM\n"),
            post("2023-01-02-b", "date: 2023-01-02 23:30:00 EST\n"),
            post("12-12-07-c", "")
        ),
    );
    let (said, output) = site.build();
    for path in ["2023/01/02/a", "2023/01/03/b", "2012/12/07/c"] {
        assert!(output.contains_key(&format!("{path}/index.html")), "{path} is not in {:#?}: {said:#?}", output.keys());
    }
    assert!(site.read("content/articles/2023/01/a.md").contains("date: 2023-01-02T23:04:00Z\n"));
    assert!(site.read("content/articles/2023/01/b.md").contains("date: 2023-01-03T04:30:00Z\n"));
}

#[cfg(unix)]
#[test]
fn a_time_in_the_name_of_a_file_of_zola_is_its_date() {
    let site = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://a.example\"\n-- content/posts/2023-05-06T10:00:00Z-iso.md --\n+++\ntitle = \"iso\"\n+++\nx\n",
    );
    let (_, output) = site.build();
    assert!(output.contains_key("posts/iso/index.html"), "{:#?}", output.keys());
    assert!(site.read("content/articles/2023/05/iso.md").contains("date: 2023-05-06T10:00:00Z\n"));
}

#[test]
fn the_configuration_of_hugo_for_production_comes_last() {
    let site = Move::new(
        Program::Hugo,
        "-- config/_default/hugo.toml --\nbaseURL = \"https://dev.example/\"\ntitle = \"N\"\n[params]\ndescription = \"Daily.\"\n-- config/_default/permalinks.toml --\nposts = \"/p/:slug/\"\n-- config/production/hugo.toml --\nbaseurl = \"https://a.example/\"\n[params]\nmode = \"x\"\n-- config/staging/hugo.toml --\ntitle = \"Staging\"\n-- content/posts/a.md --\n---\ntitle: a\ndate: 2023-01-01\n---\nText.\n",
    );
    site.go();
    let config = site.read("dateline.yaml");
    for line in ["title: N\n", "base_url: https://a.example\n", "description: Daily.\n", "permalink: /p/{slug}/\n"] {
        assert!(config.contains(line), "{line} is not in {config}");
    }
}
