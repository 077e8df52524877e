//! The example site of this repository: no problem, no dead link, and a few pages as snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dateline::pipeline::{self, BuildOptions, Built, Deny, Now, Request};
use dateline::plan::outputs::family::ALL;
use dateline::plan::own_routes;
use dateline::site::Scope;
use tempfile::TempDir;

use crate::site_test::{attributes, describe, is_page, tree};

/// The instant that the example is built as of.
pub(crate) const NOW: &str = "2023-10-20T00:00:00Z";

/// The folder of the example site: the root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn build(base_url: Option<&str>, now: &str, scope: Scope) -> (Built, BTreeMap<String, Vec<u8>>) {
    let folder = TempDir::new().expect("a temporary folder");
    let output = folder.path().join("public");
    let request = Request {
        root: root(),
        config: root().join("dateline.yaml"),
        language: None,
        base_url: base_url.map(str::to_owned),
        origin: None,
        now: Now::Text(now.to_owned()),
        scope,
    };
    let how = BuildOptions {
        output: output.clone(),
        clean: false,
        verify: true,
        protected: Vec::new(),
        deny: Deny::default(),
    };
    let built = pipeline::build(&request, &how);
    assert!(!built.report.has_errors(), "{}", describe(&built.report));
    (built, tree(&output))
}

#[test]
fn it_has_no_problem_today_and_in_ten_years_and_shows_what_is_withheld() {
    for now in [NOW, "2026-10-05T00:00:00Z", "2034-01-01T00:00:00Z"] {
        let (built, _) = build(None, now, Scope::default());
        assert!(built.report.is_empty(), "{now}: {}", describe(&built.report));
    }
    let (built, tree) = build(None, NOW, Scope::default());
    let site = built.prepared.expect("it was built");
    let mut reasons: Vec<&str> = site.site().withheld.iter().map(|held| held.reason.word()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["draft", "embargoed"], "two stories show how that is");
    for topic in ["belt-and-road", "icc", "energy-exports"] {
        let page = text(&tree, &format!("topics/{topic}/index.html"));
        assert!(page.contains("href=\"/2023/10/"), "{topic} lists articles");
        assert!(
            page.contains("href=\"/briefings/2023-10-1") && page.contains("/#"),
            "{topic} lists items of briefings, linked deep"
        );
    }
}

fn text(tree: &BTreeMap<String, Vec<u8>>, file: &str) -> String {
    String::from_utf8(tree.get(file).unwrap_or_else(|| panic!("there is no {file}")).clone()).expect("UTF-8")
}

#[test]
fn every_link_and_anchor_of_it_resolves() {
    let (_, tree) = build(None, NOW, Scope::default());
    let seen = crawl(&tree, "https://meridian.example", "");
    assert!(seen > 1500, "{seen} links were followed");
}

#[test]
fn every_link_and_anchor_resolves_below_a_path_too() {
    let (_, tree) = build(Some("https://org.example/briefing"), NOW, Scope::default());
    let seen = crawl(&tree, "https://org.example", "/briefing");
    assert!(seen > 1500, "{seen} links were followed");
}

#[test]
fn every_link_of_a_preview_resolves() {
    let (_, tree) = build(None, NOW, Scope { drafts: true, future: true });
    crawl(&tree, "https://meridian.example", "");
}

/// Follows all links of all pages, feeds, sitemaps and redirects that lead to this site; how many there were.
fn crawl(tree: &BTreeMap<String, Vec<u8>>, origin: &str, base: &str) -> usize {
    let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut broken = BTreeSet::new();
    let mut seen = 0;
    for (file, bytes) in tree.iter().filter(|(file, _)| is_page(file)) {
        let ids = attributes(&String::from_utf8_lossy(bytes), "id");
        let unique: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), unique.len(), "{file} has an id twice: {ids:?}");
        anchors.insert(file, unique);
    }
    let mut follow = |from: &str, address: &str| {
        let own = address.strip_prefix(origin).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let address = own.unwrap_or(address);
        if address.contains("://") || address.starts_with("mailto:") || address.starts_with("//") {
            return;
        }
        seen += 1;
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let file = if path.is_empty() {
            from.to_owned()
        } else {
            let Some(inner) = path.strip_prefix(base).and_then(|inner| inner.strip_prefix('/')) else {
                broken.insert(format!("{from}: {address} is not below {base}/"));
                return;
            };
            if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
        };
        let file = file.split('?').next().expect("a first part");
        if !tree.contains_key(file) {
            broken.insert(format!("{from}: nothing answers {address}"));
        } else if !fragment.is_empty() && !anchors.get(file).is_some_and(|ids| ids.contains(fragment)) {
            broken.insert(format!("{from}: {address} has no such anchor"));
        }
    };
    for (file, bytes) in tree {
        let text = String::from_utf8_lossy(bytes);
        match Path::new(file).extension().and_then(|extension| extension.to_str()) {
            Some("html") => {
                let of = |name| attributes(&text, name);
                of("href").iter().chain(&of("src")).for_each(|address| follow(file, address));
                of("content")
                    .iter()
                    .filter(|content| content.starts_with(origin))
                    .for_each(|address| follow(file, address));
            }
            Some("xml") => {
                // Feeds hold HTML as text.
                let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
                for address in attributes(&text, "href").into_iter().chain(attributes(&text, "src")) {
                    assert!(address.contains(':'), "{file}: {address} is not absolute");
                    follow(file, &address);
                }
                for element in ["loc", "link", "guid", "id"] {
                    let start = format!("<{element}");
                    let pieces = text.split(&start).skip(1).filter_map(|rest| rest.split_once('>'));
                    for address in pieces.map(|(_, rest)| rest.split('<').next().expect("a first part")) {
                        if !address.trim().is_empty() {
                            follow(file, address);
                        }
                    }
                }
            }
            Some("json") => {
                for address in
                    text.split(origin).skip(1).map(|rest| rest.split(['"', '\\']).next().expect("a first part"))
                {
                    follow(file, &format!("{origin}{address}"));
                }
            }
            _ if file == "_redirects" => {
                for line in text.lines().filter(|line| !line.ends_with(" 410")) {
                    line.split(' ').take(2).for_each(|address| follow(file, address));
                }
            }
            _ => {}
        }
    }
    assert!(broken.is_empty(), "{}", broken.into_iter().collect::<Vec<_>>().join("\n"));
    seen
}

/// Compares with the snapshot of this name, or writes it where `SNAPSHOTS=overwrite` says so.
fn assert_snapshot(name: &str, actual: &str) {
    let file = root().join("tests/suite/snapshots").join(name);
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, actual).expect("a file");
        return;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    for (at, (expected, actual)) in expected.lines().zip(actual.lines()).enumerate() {
        assert_eq!(actual, expected, "line {} of {name}; SNAPSHOTS=overwrite cargo test writes it anew", at + 1);
    }
    assert_eq!(
        actual.lines().count(),
        expected.lines().count(),
        "{name}; SNAPSHOTS=overwrite cargo test writes it anew"
    );
}

#[test]
fn its_pages_are_as_reviewed() {
    let (_, tree) = build(None, NOW, Scope::default());
    for (name, file) in [
        ("front.html", "index.html"),
        ("article.html", "2023/10/17/russian-crude-to-china/index.html"),
        ("topic.html", "topics/icc/index.html"),
        ("briefing.html", "briefings/2023-10-17/index.html"),
    ] {
        let page = text(&tree, file);
        let start = page.find("<main").expect("a main part");
        let end = page.find("</main>").expect("its end");
        let lines: String = page[start..end].lines().map(|line| line.trim_end().to_owned() + "\n").collect();
        assert_snapshot(name, &lines);
    }
}

/// A form of routes as the documentation writes it.
fn documented(form: &str) -> String {
    let words = [("name", "NAME"), ("number", "N"), ("year", "YYYY"), ("month", "MM"), ("day", "DD"), ("feed", "FEED")];
    words.iter().fold(form.to_owned(), |form, (name, word)| form.replace(&format!("{{{name}}}"), word))
}

#[test]
fn the_documentation_lists_the_routes_that_families_have_and_no_others() {
    let text = include_str!("../../docs/how-it-works.md");
    let table = text.split("## All routes").nth(1).expect("the list of routes");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | ").map(|(forms, _)| forms));
    let forms = rows.flat_map(|forms| forms.split('`').filter(|form| form.starts_with(['/', '*'])));
    // The feed of the site is documented by its place, further parts of sitemaps by a sentence, and `*.md` is beside stories.
    let is_site_feed = |form: &str| ["/feed.xml", "/rss.xml", "/feed.json"].contains(&form);
    let is_part = |form: &str| form.ends_with("-{number}.xml");
    let known: BTreeSet<String> = own_routes()
        .filter(|route| !is_site_feed(route.form) && !is_part(route.form))
        .map(|route| documented(route.form))
        .chain(["/FEED".to_owned(), "*.md".to_owned()])
        .collect();
    assert_eq!(forms.map(str::to_owned).collect::<BTreeSet<String>>(), known);
}

#[test]
fn every_route_of_a_full_site_has_a_form_of_its_family() {
    let (built, _) = build(None, NOW, Scope { drafts: true, future: true });
    let prepared = built.prepared.expect("it was built");
    let outputs = &prepared.plan.outputs;
    for output in outputs {
        let (route, family) = (output.route.as_str(), output.kind.family());
        assert!(ALL.contains(&family), "{}", family.name);
        let is_public = !family.routes.is_empty() && family.name != "redirect" && !output.route.is_private();
        assert!(!is_public || family.routes.iter().any(|own| own.fits(route)), "{route} is no {}", family.name);
    }
    for always in own_routes().filter(|route| route.is_always) {
        assert!(always.is_fixed() && outputs.iter().any(|output| output.route.as_str() == always.form), "{always:?}");
    }
}
