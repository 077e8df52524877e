//! Every file of a site that moves comes along, or the report names it.

use dateline::import::moving::{FileContent, Program};
use proptest::prelude::*;

use crate::moving::{Move, tree};

const HUGO: &[(&str, &str)] = &[
    ("content/posts/a.md", "---\ntitle: A\ndate: 2023-10-01\n---\n![p](/in-assets.png) ![q](pic.png)\n"),
    ("content/posts/bare.md", "Without front matter.\n"),
    ("content/posts/empty.md", ""),
    ("content/posts/broken.md", "---\ntitle: [\n---\n"),
    ("content/posts/_index.md", "---\ntitle: Posts\n---\n"),
    ("content/posts/.hidden.md", "x"),
    ("content/posts/pic.png", "p"),
    ("content/posts/leaf/index.md", "---\ntitle: L\ndate: 2023-10-02\n---\n"),
    ("content/posts/leaf/data.csv", "1"),
    ("content/posts/leaf/inner.md", "---\ntitle: I\n---\nx\n"),
    ("content/about.adoc", "= About"),
    ("content/404.md", "---\ntitle: 404\n---\nx\n"),
    ("static/robots.txt", "x"),
    ("static/.well-known/x.txt", "x"),
    ("static/.htaccess", "x"),
    ("static/note.md", "x"),
    ("static/posts/pic.png", "other"),
    ("assets/in-assets.png", "p"),
    ("assets/css/main.css", "p"),
    ("layouts/single.html", "{{ .Content }}"),
    ("layouts/partials/x.html", "x"),
    ("data/authors.yaml", "a: b"),
    ("themes/t/static/x.css", "x"),
    ("public/index.html", "x"),
    ("go.mod", "x"),
    (".hidden/x.yml", "x"),
];

const JEKYLL: &[(&str, &str)] = &[
    ("_posts/2025-01-01-bare.md", "Without front matter.\n"),
    ("_posts/2025-01-02-empty.md", ""),
    ("_posts/2025-01-03-front.md", "---\n---\n"),
    ("_posts/undated.md", "---\ntitle: U\n---\nSECRET\n"),
    ("_posts/undated-dated.md", "---\ntitle: U\ndate: 2025-03-03\n---\nSECRET\n"),
    ("_posts/2025-13-40-never.md", "---\ntitle: N\n---\nSECRET\n"),
    ("_posts/2025-02-01-text.txt", "---\ntitle: T\n---\nx\n"),
    ("_posts/2025-02-01-pic.png", "p"),
    ("_posts/pic.png", "p"),
    ("news/_posts/2025-01-05-in-news.md", "---\ntitle: I\n---\nx\n"),
    ("_drafts/bare.md", "SECRET\n"),
    ("_drafts/pic.png", "p"),
    ("_notes/bare.md", "x"),
    ("_notes/front.md", "---\ntitle: F\n---\n"),
    ("_notes/p.png", "p"),
    ("_notes/feed.json", "---\n---\n{}"),
    ("_other/x.md", "---\ntitle: O\n---\nx\n"),
    ("note.md", "x"),
    ("empty.md", ""),
    ("sub/note.html", "x"),
    ("page.md", "---\ntitle: P\n---\nx\n"),
    ("layout-only.md", "---\nlayout: x\n---\n"),
    ("list.html", "---\n---\n{% for p in site.posts %}{% endfor %}"),
    ("feed.json", "---\n---\n{}"),
    ("README.md", "x"),
    ("LICENSE.md", "---\ntitle: Licence\n---\nx\n"),
    ("Makefile", "x"),
    ("Gemfile", "x"),
    ("app.js", "x"),
    ("main.scss", "---\n---\nx"),
    ("public/paper.pdf", "x"),
    ("vendor/x.pdf", "x"),
    ("vendor/bundle/x.pdf", "x"),
    (".htaccess", "x"),
    (".hidden/x.md", "x"),
    ("_under.md", "x"),
    ("_layouts/default.html", "x"),
    ("_includes/x.html", "x"),
    ("_site/index.html", "x"),
    ("secret.md", "---\ntitle: S\n---\nx\n"),
];

const ZOLA: &[(&str, &str)] = &[
    ("content/blog/2023-10-01-a.md", "+++\ntitle = \"A\"\n+++\nx\n"),
    ("content/blog/bare.md", "Without front matter.\n"),
    ("content/blog/empty.md", ""),
    ("content/blog/_index.md", "+++\n+++\n"),
    ("content/blog/.hidden.md", "x"),
    ("content/blog/pic.png", "p"),
    ("content/404.md", "+++\n+++\nx"),
    ("static/x.css", "x"),
    ("static/.nojekyll", ""),
    ("templates/index.html", "x"),
    ("sass/x.scss", "x"),
    ("public/index.html", "x"),
    ("README.md", "x"),
];

fn of(program: Program, files: &[(&str, &str)]) -> Move {
    let settings = match program {
        Program::Hugo => "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\n",
        Program::Jekyll => {
            "-- _config.yml --\nurl: https://a.example\ntitle: A\ncollections: {notes: {output: true}}\nexclude: [secret.md]\n"
        }
        Program::Zola => "-- config.toml --\nbase_url = \"https://a.example\"\ntitle = \"A\"\n",
    };
    let site = Move::new(program, settings);
    for (path, text) in files {
        site.write(&format!("old/{path}"), text);
    }
    site
}

/// Moves, and says which files neither came along nor were named.
#[track_caller]
fn silent(program: Program, files: &[(&str, &str)]) -> Vec<String> {
    let site = of(program, files);
    let (moving, report) = site.plan();
    let old = site.folder.path().join("old");
    let copied = |path: &str| {
        moving.files.iter().any(|file| matches!(&file.source, FileContent::File(source) if *source == old.join(path)))
    };
    let named = |path: &str| {
        report
            .diagnostics()
            .iter()
            .filter_map(|problem| problem.place.as_ref())
            .any(|place| place.file == path || place.file.ends_with('/') && path.starts_with(place.file.as_str()))
    };
    // A story of an own title is a text that was made.
    let title = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("title"))?;
        Some(line.split([':', '=']).nth(1)?.trim().trim_matches('"').to_owned())
    };
    let told = |text: &str| {
        title(text).is_some_and(|title| {
            moving.files.iter().any(
                |file| matches!(&file.source, FileContent::Text(text) if text.contains(&format!("title: {title}\n"))),
            )
        })
    };
    files
        .iter()
        .filter(|(path, text)| !copied(path) && !named(path) && !told(text))
        .map(|(path, _)| (*path).to_owned())
        .collect()
}

#[test]
fn no_file_is_lost_in_silence() {
    for (program, files) in [(Program::Hugo, HUGO), (Program::Jekyll, JEKYLL), (Program::Zola, ZOLA)] {
        assert_eq!(silent(program, files), [""; 0], "{program:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_file_is_lost_in_silence_whatever_stands_beside_it(kept in proptest::collection::vec(any::<bool>(), JEKYLL.len())) {
        for (program, files) in [(Program::Hugo, HUGO), (Program::Jekyll, JEKYLL), (Program::Zola, ZOLA)] {
            let some: Vec<(&str, &str)> =
                files.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(file, _)| *file).collect();
            prop_assert_eq!(silent(program, &some), [""; 0], "{:?}", program);
        }
    }
}

#[test]
fn files_of_jekyll_go_where_jekyll_puts_them() {
    let site = of(Program::Jekyll, JEKYLL);
    let (said, output) = site.build();
    let there = tree(&site.new_root());
    // A post needs no front matter; anything else without it is copied as it is.
    for path in [
        "content/articles/2025/01/bare.md",
        "content/articles/2025/01/empty.md",
        "content/articles/2025/01/front.md",
        "content/pages/license.md",
        "static/2025/02/01/pic.png",
        "static/notes/bare.md",
        "static/notes/p.png",
        "static/note.md",
        "static/empty.md",
        "static/sub/note.html",
        "static/public/paper.pdf",
        "static/vendor/x.pdf",
        "static/.htaccess",
    ] {
        assert!(there.contains_key(path), "{path} is not in {:#?}", there.keys());
    }
    let secret = b"SECRET".as_slice();
    let leaks = output.iter().filter(|(_, bytes)| bytes.windows(6).any(|window| window == secret));
    assert_eq!(leaks.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), [""; 0]);
    for expected in [
        "_posts/undated.md:0 import-hidden a file that readers never saw (a post whose name gives no date) becomes a draft",
        "_posts/undated-dated.md:0 import-hidden",
        "_posts/2025-13-40-never.md:0 import-hidden",
        "_posts/2025-02-01-text.txt:0 import-unread a text that is neither Markdown nor HTML stays where it is",
        "_posts/pic.png:0 import-left a file that is not content",
        "_layouts/:0 import-left a folder from which no file is imported",
        "secret.md:0 import-left a file that the site itself excludes",
        "vendor/bundle/x.pdf:0 import-left a file that the site itself excludes",
        "_notes/feed.json:0 import-left a template of the old site",
        "layout-only.md:0 import-left a page that a template makes",
    ] {
        assert!(said.iter().any(|line| line.contains(expected)), "{expected} is not in {said:#?}");
    }
}

#[test]
fn folders_of_hugo_may_have_other_names() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\nstaticDir = [\"files\", \"more\"]\n-- files/a.pdf --\na\n-- more/.well-known/b --\nb\n-- static/d.pdf --\nd\n",
    );
    let (_, said, _) = site.go();
    let there = tree(&site.new_root());
    for path in ["static/a.pdf", "static/.well-known/b"] {
        assert!(there.contains_key(path), "{path} is not in {:#?}", there.keys());
    }
    assert!(said.iter().any(|line| line.contains("static/:0 import-left")), "{said:#?}");
    // Where there are mounts, they are all that there is.
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example\"\ntitle = \"A\"\nstaticDir = [\"files\"]\n[[module.mounts]]\nsource = \"pictures\"\ntarget = \"static/img\"\n-- files/a.pdf --\na\n-- pictures/c.png --\nc\n",
    );
    let (_, said, _) = site.go();
    let there = tree(&site.new_root());
    assert!(there.contains_key("static/img/c.png") && !there.contains_key("static/a.pdf"), "{:#?}", there.keys());
    assert!(said.iter().any(|line| line.contains("files/:0 import-left")), "{said:#?}");
}

#[test]
fn files_for_hosts_and_included_files_come_along() {
    let rules = "/old /posts/a/ 301\n";
    for (program, literal) in [
        (
            Program::Hugo,
            format!(
                "-- hugo.toml --\nbaseURL = \"https://a.example\"\n-- static/_redirects --\n{rules}-- static/_headers --\n/*\n  X-Own: 1\n-- static/.well-known/x --\nx\n"
            ),
        ),
        (
            Program::Zola,
            format!(
                "-- config.toml --\nbase_url = \"https://a.example\"\n-- static/_redirects --\n{rules}-- static/_headers --\n/*\n  X-Own: 1\n-- static/.well-known/x --\nx\n"
            ),
        ),
        (
            Program::Jekyll,
            format!(
                "-- _config.yml --\nurl: https://a.example\ninclude: [.well-known, _redirects, _headers]\n-- _redirects --\n{rules}-- _headers --\n/*\n  X-Own: 1\n-- .well-known/x --\nx\n"
            ),
        ),
    ] {
        let (said, output) = Move::new(program, &literal).build();
        assert!(!said.iter().any(|line| line.contains("import-left")), "{said:#?}");
        let holds = |path: &str, text: &str| String::from_utf8_lossy(&output[path]).contains(text);
        assert!(holds("_redirects", rules) && holds("_headers", "X-Own: 1"), "{program:?}");
        assert_eq!(output[".well-known/x"], b"x\n");
    }
}

#[test]
fn files_of_a_story_that_moves_answer_where_they_were() {
    let site = Move::new(
        Program::Hugo,
        "-- hugo.toml --\nbaseURL = \"https://a.example/\"\n[permalinks]\nposts = \"/:year/:monthname/:slug/\"\n-- content/posts/b/index.md --\n---\ntitle: b\ndate: 2023-01-01\n---\n[r](report.pdf) ![p](in/my%20map.png)\n-- content/posts/b/report.pdf --\npdf\n-- content/posts/b/in/my map.png --\npng\n",
    );
    let (_, output) = site.build();
    for path in ["2023/january/b/report.pdf", "2023/01/01/b/report.pdf"] {
        assert_eq!(output.get(path).map(Vec::as_slice), Some(b"pdf\n".as_slice()), "{:#?}", output.keys());
    }
    assert!(output.contains_key("2023/january/b/in/my map.png"), "{:#?}", output.keys());
    let rules = String::from_utf8_lossy(&output["_redirects"]).into_owned();
    assert!(rules.contains("/2023/january/b/report.pdf /2023/01/01/b/report.pdf 301"), "{rules}");
}
