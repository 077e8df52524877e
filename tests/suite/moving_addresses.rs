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
