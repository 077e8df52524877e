//! Links of a site that moves, below an address with a path and among stories of one address; and its dates.

use dateline::import::moving::Program;

use crate::moving::Move;

const POST: &str = "-- content/posts/b.md --\n---\ntitle: B\ndate: 2023-10-02\n---\nB.\n-- static/i.png --\npicture\n-- static/p.pdf --\npaper\n";

/// A text as it comes out of a site of Hugo at an address with a path.
#[track_caller]
fn moved(settings: &str, body: &str) -> (String, Vec<String>) {
    let site = Move::new(
        Program::Hugo,
        &format!(
            "-- hugo.toml --\nbaseURL = \"https://a.example/blog/\"\ntitle = \"A\"\n{settings}\n-- content/posts/a.md --\n---\ntitle: A\ndate: 2023-10-01\nimage: /blog/i.png\naliases: [/old/, \"https://a.example/blog/older/\", \"https://a.example/blogger/\"]\n---\n{body}\n{POST}"
        ),
    );
    let (_, said, _) = site.go();
    (site.read("content/articles/2023/10/a.md"), said)
}

#[test]
fn links_below_an_address_with_a_path_are_followed() {
    for (written, expected, is_told) in [
        // By whole address, by path on the host, and as seen from the page.
        ("[x](https://a.example/blog/posts/b/)", "[x](b.md)", false),
        ("[x](HTTP://A.example/blog/posts/b/#c)", "[x](b.md#c)", false),
        ("[x](//a.example/blog/posts/b/)", "[x](b.md)", false),
        ("[x](/blog/posts/b/?y=1)", "[x](b.md)", false),
        ("[x](/posts/b/)", "[x](b.md)", false),
        ("[x](../b/)", "[x](b.md)", false),
        ("[x](../../../blog/posts/b/)", "[x](b.md)", false),
        ("[x]: /blog/posts/b/", "[x]: b.md", false),
        ("[x](/blog)", "[x](/)", false),
        ("[x](https://a.example/blog)", "[x](/)", false),
        ("![x](/blog/i.png)", "![x](/i.png)", false),
        ("<a href=/blog/p.pdf>x</a>", "<a href=\"/p.pdf\">x</a>", false),
        (
            "<img srcset=\"/blog/i.png 1x, https://a.example/blog/i.png 2x\" src='/blog/i.png'>",
            "<img srcset=\"/i.png 1x, /i.png 2x\" src='/i.png'>",
            false,
        ),
        // Lists and feeds that something here answers.
        ("[x](/blog/index.xml)", "[x](/feed.xml)", false),
        ("[x](/blog/posts/)", "[x](/archive/)", false),
        ("[x](/blog/sitemap.xml)", "[x](/sitemap.xml)", false),
        // Other sites on the same host.
        ("[x](/shop/)", "[x](https://a.example/shop/)", false),
        ("[x](../../../shop/?a#b)", "[x](https://a.example/shop/?a#b)", false),
        ("[x](/blogger/)", "[x](https://a.example/blogger/)", false),
        ("[x](https://a.example/shop/)", "[x](https://a.example/shop/)", false),
        ("[x](https://a.example.org/blog/posts/b/)", "[x](https://a.example.org/blog/posts/b/)", false),
        // What is lost is so at an address of the site.
        ("[x](/blog/none/#c)", "[x](/none/#c)", true),
        ("[x](../none/)", "[x](/posts/none/)", true),
        ("[x](https://a.example/blog/none/)", "[x](https://a.example/blog/none/)", true),
    ] {
        let (text, said) = moved("[markup.goldmark.renderer]\nunsafe = true", written);
        assert!(text.contains(expected), "{written}: {text}");
        assert_eq!(said.iter().any(|line| line.contains("import-link")), is_told, "{written}: {said:#?}");
        assert!(text.contains("image: /i.png\n"), "{text}");
        assert!(
            text.contains("aliases:\n- /old/\n- /older/\n") && text.contains("- https://a.example/blogger/"),
            "{text}"
        );
    }
    // Where the program itself writes links below its path.
    for settings in ["canonifyURLs = true", "relativeURLs = true"] {
        let (text, said) = moved(settings, "[x](/none/) [y](/posts/b/)");
        assert!(text.contains("[x](/none/) [y](b.md)"), "{text}");
        assert!(said.iter().any(|line| line.contains("import-link")), "{said:#?}");
    }
}

#[test]
fn a_path_alone_is_the_address_of_a_site_of_jekyll() {
    let site = Move::new(
        Program::Jekyll,
        "-- _config.yml --\ntitle: A\nbaseurl: /blog\n-- _posts/2023-10-01-a.md --\n---\ntitle: A\n---\n[b](/blog/2023/10/02/b.html) [c]({{ '/2023/10/02/b.html' | relative_url }}) [d]({{ site.baseurl }}{% post_url 2023-10-02-b %}) [e]({% post_url 2023-10-02-b %}#x) [f]({{ '/none/' | relative_url }}) [g]({% link p.pdf %})\n-- _posts/2023-10-02-b.md --\n---\ntitle: B\n---\nIn words: {% post_url 2023-10-01-a %}.\n-- p.pdf --\np\n",
    );
    let (_, said, _) = site.go();
    let text = site.read("content/articles/2023/10/a.md");
    assert!(text.contains("[b](b.md) [c](b.md) [d](b.md) [e](b.md#x) [f](/none/) [g](/p.pdf)"), "{text}");
    assert!(site.read("content/articles/2023/10/b.md").contains("In words: /blog/2023/10/01/a.html."));
    assert!(said.iter().any(|line| line.contains("_posts/2023-10-01-a.md:4 import-link")), "{said:#?}");
    assert!(site.read("dateline.yaml").contains("base_url: https://example.org/blog\n"));
}

#[test]
fn a_reference_of_hugo_means_a_file_whatever_slugs_say() {
    let page = |path: &str, front: &str, body: &str| {
        format!("-- content/{path}.md --\n---\ntitle: {path}\ndate: 2023-10-01\n{front}---\n{body}\n")
    };
    let body = "1 [x]({{< ref \"same.md\" >}}) 2 [x]({{< relref \"other\" >}}) 3 [x]({{< ref \"/posts/same\" >}}) \
        4 [x]({{< ref \"../news/same.md#h\" >}}) 5 [x]({{< ref \"news/same\" >}}) 6 [x]({{< relref path=\"same\" lang=\"fr\" >}}) \
        7 [x]({{< ref \"Only Here\" >}}) 8 [x]({{< ref \"./same\" >}}) 9 [x]({{< ref \"leaf\" >}}) 0 [x]({{< ref \"leaf/index.md\" >}})";
    let text = [
        "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\n[languages.en]\n[languages.fr]\n".to_owned(),
        page("posts/first", "slug: same\n", "First.\n\n## H"),
        page("posts/other", "", body),
        page("posts/same", "", "Same."),
        page("posts/same.fr", "", "Même."),
        page("news/same", "", "News.\n\n## H"),
        page("news/deep/only here", "", "Only."),
        page("posts/leaf/index", "slug: same\n", body),
    ]
    .concat();
    let site = Move::new(Program::Hugo, &text);
    site.go();
    let file = |name: &str| {
        let all = crate::moving::tree(&site.new_root());
        let found = all.iter().find(|(_, text)| String::from_utf8_lossy(text).contains(&format!("title: {name}\n")));
        found.expect(name).0.rsplit_once("content/articles/2023/10/").expect(name).1.to_owned()
    };
    let other = site.read("content/articles/2023/10/other.md");
    for (number, to) in [
        (1, file("posts/same")),
        (3, file("posts/same")),
        (4, file("news/same") + "#h"),
        (5, file("news/same")),
        (6, file("posts/same.fr")),
        (7, file("news/deep/only here")),
        (8, file("posts/same")),
        (9, file("posts/leaf/index")),
        (0, file("posts/leaf/index")),
    ] {
        assert!(other.contains(&format!("{number} [x]({to})")), "{number} {to}: {other}");
    }
    let leaf = site.read(&format!("content/articles/2023/10/{}", file("posts/leaf/index")));
    assert!(leaf.contains(&format!("1 [x](../{})", file("posts/same"))), "{leaf}");
}

#[test]
fn former_addresses_have_the_day_that_each_program_took() {
    // Hugo takes the day as it is written; Jekyll that in the zone of the site, and YAML's times without offset as UTC.
    let hugo = |date: &str| {
        let text = format!(
            "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\ntimeZone = \"America/New_York\"\n[permalinks]\nposts = \"/:year/:month/:day/:slug/x/\"\n-- content/posts/a.md --\n---\ntitle: A\ndate: {date}\n---\nText.\n"
        );
        let site = Move::new(Program::Hugo, &text);
        site.go();
        let all = crate::moving::tree(&site.new_root());
        all.into_iter()
            .find(|(path, _)| path.starts_with("content/"))
            .map(|(_, text)| String::from_utf8_lossy(&text).into_owned())
    };
    for (date, address) in [
        ("2025-12-31T23:30:00-05:00", "/2025/12/31/a/x/"),
        ("2026-01-01T00:30:00+05:00", "/2026/01/01/a/x/"),
        ("2026-01-01T00:30:00Z", "/2026/01/01/a/x/"),
        ("2026-01-01T00:30:00", "/2026/01/01/a/x/"),
        ("2025-12-31 23:30:00 -0500", "/2025/12/31/a/x/"),
    ] {
        let text = hugo(date).expect("a story");
        assert!(text.contains(&format!("- {address}\n")), "{date}: {text}");
    }
    for (zone, date, address) in [
        ("UTC", "2025-12-31 23:30:00 -0500", "/2026/01/01/04/a/"),
        ("Europe/Berlin", "2026-01-01T00:30:00+05:00", "/2025/12/31/20/a/"),
        ("Europe/Berlin", "2026-01-01 00:30:00", "/2026/01/01/01/a/"),
        ("America/New_York", "2026-01-01 00:30:00", "/2025/12/31/19/a/"),
        ("America/New_York", "2026-01-01T00:30:00 # night", "/2025/12/31/19/a/"),
        ("America/New_York", "\"2026-01-01 00:30:00\"", "/2026/01/01/00/a/"),
        ("America/New_York", "2026-01-01 00:30", "/2026/01/01/00/a/"),
        ("America/New_York", "2026-01-01", "/2026/01/01/00/a/"),
    ] {
        let text = format!(
            "-- _config.yml --\nurl: https://a.example\ntitle: A\ntimezone: {zone}\npermalink: /:year/:month/:day/:hour/:title/\n-- _posts/2026-01-01-a.md --\n---\ntitle: A\ndate: {date}\n---\nText.\n"
        );
        let site = Move::new(Program::Jekyll, &text);
        site.go();
        let all = crate::moving::tree(&site.new_root());
        let text = all
            .into_iter()
            .find(|(path, _)| path.starts_with("content/"))
            .map(|(_, text)| String::from_utf8_lossy(&text).into_owned());
        let text = text.expect("a story");
        assert!(text.contains(&format!("- {address}\n")), "{zone} {date}: {text}");
    }
}

#[test]
fn a_clash_names_the_address_and_who_has_it() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\n-- content/posts/a.md --\n---\ntitle: A\ndate: 2023-10-01\naliases: [/x/, /archive/]\n---\nA.\n-- content/posts/b.md --\n---\ntitle: B\ndate: 2023-10-02\nslug: a\naliases: [/x/, \"/y?z\"]\n---\nB.\n-- content/p/q.md --\n---\ntitle: Q\n---\nQ.\n-- static/one/a.pdf --\na\n-- content/one/a.pdf --\nb\n",
    );
    let (_, said, _) = site.go();
    for expected in [
        "content/posts/a.md:0 import-clash `/archive/` is a former address, and no alias here: Dateline makes a page there itself",
        "content/posts/b.md:0 import-clash `/posts/a/` would be its place, but `content/posts/a.md` has it; it goes to `/posts/a-2/`",
        "content/posts/b.md:0 import-clash `/x/` is a former address, and no alias here: `content/posts/a.md` has it",
        "content/posts/b.md:0 import-clash `/y?z` is a former address that no host can answer, and no alias",
        "static/one/a.pdf:0 import-clash `static/one/a.pdf` would be its place, but `content/one/a.pdf` has it; this file stays behind",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
    // What the new site has already is named, too.
    let site = Move::new(
        Program::Zola,
        "-- config.toml --\nbase_url = \"https://a.example\"\ntitle = \"A\"\n-- content/about.md --\n+++\ntitle = \"About\"\n+++\nx\n",
    );
    site.write("new/dateline.yaml", "title: Ours\nbase_url: https://ours.example\n");
    site.write("new/content/pages/about.md", "---\ntitle: Ours\n---\n\nOurs.\n");
    let (_, said, _) = site.go();
    let expected = "content/about.md:0 import-clash `/about/` would be its place, but `content/pages/about.md` of the new site has it; it goes to `/about-2/`";
    assert!(said.iter().any(|line| line.contains(expected)), "{said:#?}");
}
