//! Pictures and sound of front matters: what machines are told of them, and that none is told of that is not there.

use image::ImageFormat;

use crate::site_test::{SiteTest, article, attributes, between, encoded, picture, png, short};

const CONFIG: &str = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/sub\nfeeds: {formats: [atom, rss, json]}\n\
    email: {from: desk@test.example}\nimage: /share.png\npublisher: {name: H, logo: /logo.svg}\n";

/// The start tags `<name …>` of a piece of HTML or XML.
fn tags<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!("<{name} ");
    text.split(&*start).skip(1).map(|rest| rest.split('>').next().expect("a first part")).collect()
}

#[test]
fn feeds_tell_the_type_of_a_picture_where_its_path_does() {
    let pictures =
        ["https://img.example/p.jpg?w=100", "https://img.example/p.avif#x", "https://img.example/image?id=3"];
    let stories = pictures.iter().enumerate().map(|(at, src)| {
        article(
            &format!("s{at}"),
            &format!("date: 2023-10-1{at}\nimage: {{src: \"{src}\", alt: A, credit: C}}"),
            "Text.",
        )
    });
    let site = SiteTest::new(stories.collect::<String>());
    let output = site.build_clean();
    for file in ["/rss.xml", "/feed.xml"] {
        let feed = output.file(file);
        let found = tags(&feed, "media:content");
        assert_eq!(found.len(), 3, "{file}: {feed}");
        assert!(found[0].contains("url=\"https://img.example/image?id=3\"") && !found[0].contains("type="), "{file}");
        assert!(
            found[1].contains("type=\"image/avif\"") && found[2].contains("type=\"image/jpeg\""),
            "{file}: {found:?}"
        );
        assert_eq!(feed.matches("xmlns:media=").count(), 1, "{file}");
        assert!(feed.contains("<media:credit>C</media:credit>"), "{file}");
        assert!(feed.contains("<media:title type=\"plain\">A</media:title>"), "{file}");
    }
}

#[test]
fn sound_whose_type_nobody_knows_has_none_where_a_format_lets_it() {
    let site = SiteTest::new(
        article("a", "date: 2023-10-17\naudio: https://cdn.example/p.mp3?a=1", "Text.")
            + &article("b", "date: 2023-10-16\naudio: https://cdn.example/episode?id=3", "Text."),
    );
    let output = site.build_clean();
    let atom = output.file("/feed.xml");
    let links: Vec<&str> = tags(&atom, "link").into_iter().filter(|link| link.contains("enclosure")).collect();
    assert!(links[0].contains("type=\"audio/mpeg\"") && !links[1].contains("type="), "{links:?}");
    let rss = output.file("/rss.xml");
    assert_eq!(tags(&rss, "enclosure").iter().filter(|tag| tag.contains("type=\"audio/mpeg\"")).count(), 2, "it must");
    assert!(output.main("/2023/10/17/a/").contains("p.mp3?a=1\" type=\"audio/mpeg\">"));
    assert!(output.main("/2023/10/16/b/").contains("<source src=\"https://cdn.example/episode?id=3\"></audio>"));
}

/// Every file of an output that is no picture, as text.
fn texts(site: &SiteTest) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> =
        site.tree().into_iter().map(|(file, bytes)| (file, String::from_utf8_lossy(&bytes).into_owned())).collect();
    for name in ["email.html", "email.txt", "edition.eml"] {
        let file = site.public().join(".dateline/private/briefings/2023-10-17").join(name);
        found.push((name.to_owned(), std::fs::read_to_string(file).expect("an e-mail")));
    }
    found
}

#[test]
fn a_picture_that_is_not_there_is_advertised_nowhere() {
    let story = |slug: &str, picture: &str, sound: &str| {
        let head = format!(
            "date: 2023-10-17\nsummary: S.\ntopics: [G]\nauthors: [Ann]\nimage: {{src: \"{picture}\", alt: A, credit: C}}\naudio: \"{sound}\""
        );
        article(slug, &head, "Text.")
    };
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &story("a", "/lost-a.png", "/lost-a.mp3")
            + &story("b", "/lost-b.png?x", "/lost-b.mp3")
            + &story("c", "https://test.example/sub/lost-c.png", "https://test.example/sub/lost-c.mp3")
            + "-- content/people/ann.md --\n---\nname: Ann\nimage: {src: /lost-d.png, alt: A}\n---\n"
            + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nstories: [a, b, c]\n---\nIntro.\n",
    );
    let output = site.build();
    let told = output.problems();
    for problem in [
        "dead-path content/articles/a.md:7:8",
        "dead-path content/articles/a.md:8:8",
        "dead-path content/articles/b.md:7:8",
        "dead-path content/articles/c.md:8:8",
        "dead-path content/people/ann.md:3:8",
    ] {
        assert!(told.iter().any(|found| found == problem), "{problem} in {told:#?}");
    }
    assert_eq!(
        told.iter().filter(|problem| problem.starts_with("missing-image dateline.yaml:")).count(),
        2,
        "{told:#?}"
    );
    for (file, text) in texts(&site) {
        for name in ["lost-", "share.png", "logo.svg"] {
            assert!(!text.contains(name), "{file} advertises `{name}`");
        }
    }
    // As soon as the files are there, all of them are shown.
    for file in ["a", "b", "c", "d"].map(|name| format!("static/lost-{name}.png")) {
        site.write(&file, png(8, 6));
    }
    for file in ["a", "b", "c"].map(|name| format!("static/lost-{name}.mp3")) {
        site.write(&file, "sound");
    }
    site.write("static/share.png", png(1200, 630))
        .write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    for (file, pieces) in [
        ("/index.html", vec!["og:image\" content=\"https://test.example/sub/share.png\""]),
        ("/2023/10/17/a/", vec!["https://test.example/sub/lost-a.png", "lost-a.mp3"]),
        (
            "/2023/10/17/b/",
            vec!["og:image\" content=\"https://test.example/sub/lost-b.png?x\"", "og:image:width\" content=\"8\""],
        ),
        ("/2023/10/17/c/", vec!["src=\"/sub/lost-c.png\" alt=\"A\" width=\"8\""]),
        ("/people/ann/", vec!["lost-d.png"]),
        ("/rss.xml", vec!["lost-a.png", "lost-b.png?x", "lost-c.png", "lost-a.mp3", "length=\"5\"", "logo.svg"]),
        ("/feed.xml", vec!["lost-a.png", "lost-b.png?x", "lost-c.png"]),
        ("/feed.json", vec!["\"image\": \"https://test.example/sub/lost-c.png\"", "\"size_in_bytes\": 5"]),
    ] {
        let text = output.file(file);
        for piece in pieces {
            assert!(text.contains(piece), "{piece} in {file}: {text}");
        }
    }
}

#[test]
fn a_file_that_is_not_beside_its_story_stops_the_build() {
    let body = "![p](lost.png)\n\n<img src=\"gone.png\" alt=\"g\">";
    let site = SiteTest::new(
        CONFIG.to_owned()
            + &article("a", "date: 2023-10-17\nimage: {src: lost.png, alt: A}\naudio: lost.mp3", body)
            + &format!("-- content/pages/about.md --\n---\ntitle: About\n---\n{body}\n")
            + "-- content/people/ann.md --\n---\nname: Ann\nimage: {src: lost.png, alt: A}\n---\n",
    );
    let built = site.try_build();
    assert!(built.summary.is_none(), "nothing is published");
    let errors = built.report.only_errors();
    assert_eq!(
        errors.diagnostics().iter().map(short).collect::<Vec<_>>(),
        [
            "missing-image content/articles/a.md:4:8",
            "missing-image content/articles/a.md:5:8",
            "missing-image content/articles/a.md:7:1",
            "missing-image content/articles/a.md:9:11",
            "missing-image content/pages/about.md:4:1",
            "missing-image content/pages/about.md:6:11",
            "missing-image content/people/ann.md:3:8",
        ]
    );
}

#[test]
fn the_destination_of_a_picture_is_a_url() {
    let story = |slug: &str, day: u8, picture: &str| {
        article(
            slug,
            &format!("date: 2023-10-{day}\nimage: {{src: \"{picture}\", alt: A}}\naudio: \"my%20talk.mp3\""),
            "Text.",
        )
    };
    let site = SiteTest::new(
        story("a", 17, "my%20pic.png")
            + &story("b", 16, "my pic.png?v=2#x")
            + &story("c", 15, "./50%25.png")
            + &story("d", 14, "%C3%BC%2Bb.png")
            + &story("e", 13, "/img/my%20map.png")
            + &story("f", 12, "/img/my map.png"),
    );
    for file in ["my pic.png", "50%.png", "ü+b.png"] {
        site.write(&format!("content/articles/{file}"), png(8, 6));
    }
    site.write("static/img/my map.png", png(8, 6)).write("content/articles/my talk.mp3", "sound");
    let output = site.build_clean();
    for (page, address, file) in [
        ("/2023/10/17/a/", "/2023/10/17/a/my%20pic.png", "/2023/10/17/a/my pic.png"),
        ("/2023/10/16/b/", "/2023/10/16/b/my%20pic.png?v=2#x", "/2023/10/16/b/my pic.png"),
        ("/2023/10/15/c/", "/2023/10/15/c/50%25.png", "/2023/10/15/c/50%.png"),
        ("/2023/10/14/d/", "/2023/10/14/d/%C3%BC+b.png", "/2023/10/14/d/ü+b.png"),
        ("/2023/10/13/e/", "/img/my%20map.png", "/img/my map.png"),
        ("/2023/10/12/f/", "/img/my%20map.png", "/img/my map.png"),
    ] {
        let picture = tags(&output.main(page), "img")[0].to_owned();
        assert!(picture.contains(&format!("src=\"{address}\" alt=\"A\" width=\"8\" height=\"6\"")), "{picture}");
        let whole = format!("https://test.example{address}");
        assert_eq!(between(&output.file(page), "og:image\" content=\"", "\""), whole);
        assert!(attributes(&output.file("/rss.xml"), "url").contains(&whole), "{whole}");
        assert!(output.exists(file), "{file}");
    }
    let rss = output.file("/rss.xml");
    assert!(rss.contains("/2023/10/17/a/my%20talk.mp3\" length=\"5\""), "{rss}");
}

const SECRET: &str = "50 deg N, serial number 4711";

/// A photograph as a phone makes it: it lies on its side, says where it was taken, and has a film behind it.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| {
        [&[0xff, marker][..], &(contents.len() as u16 + 2).to_be_bytes(), contents].concat()
    };
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    exif.extend([0x3b, 0x01, 2, 0, SECRET.len() as u8, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(SECRET.as_bytes());
    let plain = encoded(&picture(width, height), ImageFormat::Jpeg);
    let comment = segment(0xfe, SECRET.as_bytes());
    [&plain[..2], &segment(0xe1, &exif), &comment, &plain[2..], SECRET.as_bytes()].concat()
}

#[test]
fn no_picture_says_where_it_was_taken() {
    let site = SiteTest::new(
        article(
            "a",
            "date: 2023-10-17\nimage: {src: lead.jpg, alt: A, credit: C}",
            "![B](inner.jpg)\n\n<a href=\"/whole.JPEG\">Whole</a>",
        ) + "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {formats: [rss]}\n",
    );
    let whole = photograph(640, 480);
    for file in ["content/articles/lead.jpg", "content/articles/inner.jpg", "static/whole.JPEG"] {
        site.write(file, &whole);
    }
    // A picture may have the wrong ending.
    site.write("static/wrong.png", &whole).write("static/notes.txt", &whole);
    let output = site.build_and_compare();
    assert_eq!(output.problems(), [""; 0]);
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
    let telling: Vec<String> =
        site.tree().into_iter().filter(|(_, bytes)| holds(bytes)).map(|(file, _)| file).collect();
    assert_eq!(telling, ["notes.txt"], "only what is no picture by its name goes out as it is");
    let main = output.main("/2023/10/17/a/");
    assert_eq!(main.matches("width=\"480\" height=\"640\"").count(), 2, "it is shown upright: {main}");
    assert!(output.file("/2023/10/17/a/").contains("og:image:width\" content=\"480\""));
    let sent = site.tree()["2023/10/17/a/lead.jpg"].len();
    assert!(sent < whole.len());
}

#[test]
fn a_damaged_picture_is_no_picture() {
    let site = SiteTest::new(article("a", "date: 2023-10-17", "![B](cut.png)"));
    let whole = png(8, 6);
    site.write("content/articles/cut.png", &whole[..whole.len() - 6]).write("static/cut.jpg", &photograph(8, 6)[..60]);
    assert_eq!(site.problems(), ["damaged-picture content/articles/cut.png", "damaged-picture static/cut.jpg"]);
    site.write("content/articles/cut.png", &whole).remove("static/cut.jpg");
    assert_eq!(site.build_and_compare().problems(), [""; 0]);
}
