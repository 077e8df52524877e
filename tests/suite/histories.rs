//! Whatever is edited, in whatever order: a build over what stands there equals a build into an empty folder, and what
//! did not change is not touched. Both ways are taken at once: `build` with what earlier runs have kept on the disk,
//! and `watch` with what it keeps in memory and looks at again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use dateline::base::disk::Rescan;
use dateline::base::stages::Stages;
use dateline::pipeline::{self, BuildCache, Prepared};
use proptest::prelude::*;

use crate::site_test::{SiteTest, tree};

const TOPICS: [&str; 8] = ["ICC", "icc", "Oil/Gas", "北京", "Belt and Road", "C++", "Łódź", "Lodz"];
const FOLDERS: [&str; 4] = ["a", "a-b", "b/c", "d"];
const EXTRAS: [&str; 14] = [
    "",
    "draft: true",
    "embargo: 2023-10-20",
    "expires: 2023-10-18T09:00:00Z",
    "section: World",
    "thread: Trip",
    "authors: [Desk]",
    "priority: 3",
    "updates: [{at: 2023-10-18, kind: withdrawn}]",
    "updates: [{at: 2023-10-17, kind: correction, text: It was wrong.}]",
    "kind: live\nupdates: [{at: 2023-10-17, kind: update, text: It begins.}]",
    "sources: [{name: A ruling, url: \"https://court.example/1\"}]\neditors: [Desk]",
    "lang: zh",
    "kind: live\nlive: {starts: 2000-01-01}\nupdates: [{at: 2023-10-17, kind: correction, text: It was wrong., item: one}]",
];
const BODIES: [&str; 11] = [
    "Text.",
    "Other [link](/topics/).",
    "## Part\n\nText[^1].\n\n[^1]: Note.",
    "Text!",
    "Read [[s1]] first. ![A map](map.svg)",
    "More words.\n\nAnd another [link](/topics/).",
    "A dead [link](/nowhere/).",
    "More words.\n\nAnd a dead [link](/nowhere/).",
    "## Part\n\nOther words[^1].\n\n[^1]: Another note.",
    "Text.\n\n## 2023-10-17 14:05 One {#one .key by=Desk}\n\nRead [[s1]].\n\n## 2023-10-19 09:00 Two\n\nTo come. ![A map](map.svg)",
    "Text.\n\n## 2023-10-17 14:05 One {#one}\n\nOther words.\n\n## 14:06\n\nMore.",
];
/// A story of live coverage with entries in files of their own; then no live coverage, which is an error with entries.
const LIVE: [&str; 5] = [
    "kind: live\n---\nText.\n",
    "kind: live\n---\nOther words.\n\n## 2023-10-17 14:05 One {#one}\n\nRead [[s1]].\n",
    "kind: live\ndraft: true\n---\nText.\n",
    "kind: live\nembargo: 2023-10-20\nlive: {order: oldest}\n---\nRead [it](entries/a.md). ![A map](entries/map.svg)\n",
    "kind: report\n---\nText.\n",
];
const ENTRY_FILES: [&str; 4] = ["a.md", "2023-10-17-1410-b.md", "one.md", "d.zh.md"];
const ENTRIES: [&str; 8] = [
    "date: 2023-10-17 14:00\n---\nText.\n",
    "date: 2023-10-17 14:00\n---\nOther words.\n",
    "title: Two\nkey: true\nauthors: [Desk]\ndate: 2023-10-17 15:00\n---\nRead [[s1]] and [it](../index.md#one).\n",
    "title: To come\ndate: 2023-10-19 09:00\n---\nTo come. ![A map](map.svg)\n",
    "title: A draft\ndraft: true\ndate: 2023-10-17 15:00\n---\nText. ![A map](map.svg)\n",
    "date: 2023-10-17 15:00\nupdates: [{at: 2023-10-18, kind: correction, text: It was wrong.}]\n---\n### Part\n\nA dead [link](/nowhere/).\n",
    "embargo: 2023-10-20\ndate: 2023-10-17 15:00\n---\n### Part\n\nText[^1].\n\n[^1]: Note.\n",
    "date: soon\n---\nText.\n",
];
const TEMPLATES: [(&str, &str); 8] = [
    ("404.html", "{% for s in stories(limit=2) %}{{ s.title }}{% endfor %}"),
    ("article.html", "{% extends \"builtin/article.html\" %}{% block main %}{{ super() }}<hr>{% endblock main %}"),
    ("topic.html", "{{ topic.title }} {{ site.title }}"),
    ("404.html", "{% for s in stories(limit=2) %}{{ s.titel }}{% endfor %}"),
    (
        "parts.html",
        "{%\n component\nnames(people) %}Von {% endcomponent %}{% component row(story) %}<i>{{ story.title }}</i>{% endcomponent %}",
    ),
    (
        "parts.html",
        "{%- component names(people) -%}Par {%- endcomponent -%}{%- component row(story) -%}{{ < names people={[]} /> }}{%- endcomponent -%}",
    ),
    ("page.html", "{{\n<\nnames\npeople={[]} /> }}{# {{ <row /> }} #}{{ page.title }}"),
    (
        "archive.html",
        "{% set n = \"ro\" ~ \"w\" %}{% for s in stories(limit=2) %}{{ shared(component=n, story=s) }}{% endfor %}",
    ),
];
const CONFIGS: [&str; 12] = [
    "",
    "page_size: 2",
    "briefings: daily",
    "timezone: Asia/Shanghai",
    "navigation: [{title: About, url: /about/}]",
    "feeds: {items: 3, content: summary}",
    "publisher: {name: Test Press, ethics: /ethics/}",
    "auto_link_topics: true",
    "topic_pairs: 2",
    "archive: /{year}/{month}/{day}/",
    "languages: {zh: {title: 新闻台}}\nbriefings: daily",
    "languages: {zh: {title: 新闻台, base_url: \"https://zh.test.example\"}}\nbriefings: daily",
];
const CLOCK: [&str; 4] =
    ["2023-10-18T12:00:00Z", "2023-10-21T00:00:00Z", "2023-10-16T00:00:00Z", "2023-10-18T08:59:59Z"];

/// One edit of a site; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Edit {
    Create {
        folder: usize,
        day: usize,
        topics: Vec<usize>,
        extra: usize,
    },
    Title(usize, usize),
    Body(usize, usize),
    Topics(usize, Vec<usize>),
    Date(usize, usize),
    Alias(usize, usize),
    Extra(usize, usize),
    RenameFile(usize, usize),
    RenameFolder(usize, usize),
    RenameTopic(usize, usize),
    Delete(usize),
    Break(usize),
    Briefing {
        day: usize,
        topics: Vec<usize>,
    },
    Topic {
        name: usize,
        parent: usize,
    },
    Standing(usize, bool),
    Template(usize, bool),
    Config(usize),
    Static(usize),
    Live(usize),
    Entry {
        name: usize,
        text: usize,
        there: bool,
    },
    Picture(usize, usize),
    Clock(usize),
    /// Builds the host of the other language, or the main one again.
    Host(bool),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = || 0..60usize;
    let topics = || proptest::collection::vec(0..TOPICS.len(), 0..3);
    prop_oneof![
        6 => (index(), 0..BODIES.len(), topics(), 0..EXTRAS.len())
            .prop_map(|(folder, day, topics, extra)| Edit::Create { folder, day, topics, extra }),
        3 => (index(), index()).prop_map(|(at, n)| Edit::Title(at, n)),
        9 => (index(), index()).prop_map(|(at, n)| Edit::Body(at, n)),
        3 => (index(), topics()).prop_map(|(at, topics)| Edit::Topics(at, topics)),
        2 => (index(), 0..9usize).prop_map(|(at, day)| Edit::Date(at, day)),
        2 => (index(), index()).prop_map(|(at, n)| Edit::Alias(at, n)),
        2 => (index(), index()).prop_map(|(at, n)| Edit::Extra(at, n)),
        2 => (index(), index()).prop_map(|(at, n)| Edit::RenameFile(at, n)),
        1 => (index(), index()).prop_map(|(at, n)| Edit::RenameFolder(at, n)),
        1 => (index(), index()).prop_map(|(at, n)| Edit::RenameTopic(at, n)),
        3 => index().prop_map(Edit::Delete),
        1 => index().prop_map(Edit::Break),
        2 => (0..4usize, topics()).prop_map(|(day, topics)| Edit::Briefing { day, topics }),
        1 => (index(), index()).prop_map(|(name, parent)| Edit::Topic { name, parent }),
        1 => (index(), any::<bool>()).prop_map(|(n, there)| Edit::Standing(n, there)),
        2 => (0..TEMPLATES.len(), any::<bool>()).prop_map(|(n, there)| Edit::Template(n, there)),
        1 => (0..CONFIGS.len()).prop_map(Edit::Config),
        1 => index().prop_map(Edit::Static),
        2 => (0..LIVE.len() + 1).prop_map(Edit::Live),
        6 => (0..ENTRY_FILES.len(), 0..ENTRIES.len(), proptest::bool::weighted(0.8))
            .prop_map(|(name, text, there)| Edit::Entry { name, text, there }),
        1 => (index(), index()).prop_map(|(at, n)| Edit::Picture(at, n)),
        2 => (0..CLOCK.len()).prop_map(Edit::Clock),
        2 => any::<bool>().prop_map(Edit::Host),
    ]
}

/// An article as the test writes it.
#[derive(Clone, Debug)]
struct Article {
    title: String,
    day: usize,
    topics: Vec<usize>,
    extra: usize,
    body: usize,
    alias: Option<usize>,
    broken: bool,
}

/// A site that is edited, and where it was since it was last looked at.
struct Desk {
    site: SiteTest,
    articles: BTreeMap<String, Article>,
    created: usize,
    topic_names: [&'static str; TOPICS.len()],
    touched: BTreeSet<String>,
}

impl Desk {
    fn new() -> Self {
        let site = SiteTest::new("");
        let (articles, touched) = (BTreeMap::new(), BTreeSet::new());
        Self { site, articles, created: 0, topic_names: TOPICS, touched }
    }

    fn write(&mut self, path: &str, text: impl AsRef<[u8]>) {
        self.site.write(path, text);
        self.touched.insert(path.to_owned());
    }

    fn put(&mut self, path: &str, there: bool, text: &str) {
        if there {
            self.write(path, text);
        } else if self.site.root().join(path).exists() {
            self.site.remove(path);
            self.touched.insert(path.to_owned());
        }
    }

    fn names(&self, topics: &[usize]) -> String {
        topics.iter().map(|at| format!("\"{}\"", self.topic_names[*at])).collect::<Vec<_>>().join(", ")
    }

    fn save(&mut self, path: &str) {
        let Some(article) = self.articles.get(path).cloned() else { return };
        let Article { title, day, topics, extra, body, alias, broken } = article;
        let alias = alias.map_or(String::new(), |alias| format!("aliases: [/old-{alias}/]\n"));
        let broken = if broken { "tpoics: [x]\n" } else { "" };
        let text = format!(
            "---\ntitle: {title}\ndate: 2023-10-{:02} 09:00\ntopics: [{}]\n{}\n{alias}{broken}---\n{}\n",
            day + 12,
            self.names(&topics),
            EXTRAS[extra],
            BODIES[body]
        );
        self.write(path, text);
    }

    fn change(&mut self, at: usize, change: impl FnOnce(&mut Article)) {
        let Some(path) = self.articles.keys().nth(at % self.articles.len().max(1)).cloned() else { return };
        if let Some(article) = self.articles.get_mut(&path) {
            change(article);
        }
        self.save(&path);
    }

    fn rename(&mut self, from: &str, to: &str) {
        let to_file = self.site.root().join(to);
        if to_file.exists() {
            return;
        }
        fs::create_dir_all(to_file.parent().expect("a path has a folder")).expect("a folder");
        fs::rename(self.site.root().join(from), to_file).expect("it is there");
        self.touched.extend([from.to_owned(), to.to_owned()]);
        let moved: Vec<String> = self
            .articles
            .keys()
            .filter(|path| *path == from || path.starts_with(&format!("{from}/")))
            .cloned()
            .collect();
        for path in moved {
            let article = self.articles.remove(&path).expect("it was listed");
            self.articles.insert(format!("{to}{}", &path[from.len()..]), article);
        }
    }

    fn apply(&mut self, edit: &Edit) {
        match edit.clone() {
            Edit::Create { folder, day, topics, extra } => {
                let path = format!("content/articles/{}/s{}.md", FOLDERS[folder % FOLDERS.len()], self.created);
                let title = format!("Story {}", self.created);
                self.created += 1;
                let article = Article { title, day, topics, extra, body: 0, alias: None, broken: false };
                self.articles.insert(path.clone(), article);
                self.save(&path);
            }
            Edit::Title(at, n) => self.change(at, |article| article.title = format!("Title {n}")),
            Edit::Body(at, n) => self.change(at, |article| article.body = n % BODIES.len()),
            Edit::Topics(at, topics) => self.change(at, |article| article.topics = topics),
            Edit::Date(at, day) => self.change(at, |article| article.day = day),
            Edit::Alias(at, n) => self.change(at, |article| article.alias = Some(n).filter(|n| n % 3 > 0)),
            Edit::Extra(at, n) => self.change(at, |article| article.extra = n % EXTRAS.len()),
            Edit::Break(at) => self.change(at, |article| article.broken = true),
            Edit::RenameFile(at, n) => {
                let Some(from) = self.articles.keys().nth(at % self.articles.len().max(1)).cloned() else { return };
                self.rename(&from, &format!("content/articles/{}/r{n}.md", FOLDERS[n % FOLDERS.len()]));
            }
            Edit::RenameFolder(at, n) => {
                let folder = |at: usize| format!("content/articles/{}", FOLDERS[at % FOLDERS.len()]);
                if self.site.root().join(folder(at)).exists() {
                    self.rename(&folder(at), &folder(n));
                }
            }
            Edit::RenameTopic(at, n) => {
                self.topic_names[at % TOPICS.len()] = ["The Court", "Oil & gas", "Peking"][n % 3];
                let about: Vec<String> = self.articles.keys().cloned().collect();
                for path in about {
                    self.save(&path);
                }
            }
            Edit::Delete(at) => {
                let Some(path) = self.articles.keys().nth(at % self.articles.len().max(1)).cloned() else { return };
                self.articles.remove(&path);
                self.put(&path, false, "");
            }
            Edit::Briefing { day, topics } => {
                let names = self.names(&topics).replace('"', "");
                let text = format!(
                    "---\ndate: 2023-10-{}\n---\nIntro.\n\n## Item {{topics=\"{names}\"}}\n\nText.\n",
                    day + 15
                );
                self.put(&format!("content/briefings/{day}.md"), topics.len() < 2, &text);
            }
            Edit::Topic { name, parent } => {
                let name = TOPICS[name % TOPICS.len()];
                let text = format!("---\ntitle: \"{name}\"\nparents: [P{}]\n---\nIntroduction.\n", parent % 3);
                self.put("content/topics/t.md", parent % 4 > 0, &text);
            }
            Edit::Standing(n, there) => {
                self.put("content/people/desk.md", there, "---\nname: Desk\n---\n");
                self.put("content/pages/about.md", n % 2 == 0, "---\ntitle: About\n---\nText.\n");
            }
            Edit::Template(n, there) => self.put(&format!("templates/{}", TEMPLATES[n].0), there, TEMPLATES[n].1),
            Edit::Config(n) => {
                self.write("dateline.yaml", format!("title: T\nbase_url: https://test.example\n{}\n", CONFIGS[n]));
            }
            Edit::Static(n) => self.put("static/style.css", n % 3 > 0, &format!("body {{ margin: {n}px }}")),
            Edit::Live(n) => {
                for name in ["index.md", "index.zh.md"] {
                    let text = LIVE.get(n).unwrap_or(&"");
                    let text = format!("---\ntitle: Live\ndate: 2023-10-17 09:00\n{text}");
                    self.put(&format!("content/articles/live/{name}"), n < LIVE.len(), &text);
                }
            }
            Edit::Entry { name, text, there } => {
                self.put(
                    "content/articles/live/entries/map.svg",
                    text > 1,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                );
                let path = format!("content/articles/live/entries/{}", ENTRY_FILES[name]);
                self.put(&path, there, &format!("---\n{}", ENTRIES[text]));
            }
            Edit::Picture(at, n) => {
                let path = format!("content/articles/{}/map.svg", FOLDERS[at % FOLDERS.len()]);
                self.put(
                    &path,
                    n % 4 > 0,
                    &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"9\"/>", n + 1),
                );
            }
            Edit::Clock(n) => self.site.set_now(CLOCK[n]),
            Edit::Host(is_other) => {
                if is_other {
                    self.apply(&Edit::Config(CONFIGS.len() - 1));
                }
                self.site.set_language(is_other.then_some("zh"));
            }
        }
    }

    /// Takes out everything that makes a build fail.
    fn heal(&mut self) {
        let paths: Vec<String> = self.articles.keys().cloned().collect();
        for (at, path) in paths.iter().enumerate() {
            let article = self.articles.get_mut(path).expect("it was listed");
            let clash = article.alias.is_some();
            if article.broken || matches!(article.body, 4 | 6 | 7) || clash {
                (article.broken, article.body, article.alias) = (false, 0, None);
                self.save(path);
            }
            // Two stories of one day with one name want one address.
            let name = path.rsplit('/').next().unwrap_or("");
            if paths[..at].iter().any(|other| other.rsplit('/').next() == Some(name)) {
                self.articles.remove(path);
                self.put(path, false, "");
            }
        }
        self.apply(&Edit::Live(0));
        self.site.set_language(None);
        for name in 0..ENTRY_FILES.len() {
            self.apply(&Edit::Entry { name, text: 0, there: name != 3 });
        }
        for (name, _) in TEMPLATES {
            self.put(&format!("templates/{name}"), false, "");
        }
        self.put("content/topics/t.md", false, "");
        for day in 0..4 {
            self.put(&format!("content/briefings/{day}.md"), false, "");
        }
    }
}

/// The files below a folder with their bytes and times.
fn stamped(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    tree(folder)
        .into_iter()
        .map(|(path, bytes)| {
            let modified = fs::metadata(folder.join(&path)).and_then(|metadata| metadata.modified());
            (path, (bytes, modified.expect("files have times")))
        })
        .collect()
}

/// Builds both ways; whether there was no error.
fn build(desk: &mut Desk, cache: &mut BuildCache, watched: &Path) -> Result<bool, TestCaseError> {
    let outputs = [desk.site.public(), watched.to_owned()];
    let before = outputs.each_ref().map(|output| stamped(output));
    let built = desk.site.try_build();
    cache.touch(Rescan::Paths(std::mem::take(&mut desk.touched)));
    pipeline::rescan(&desk.site.request(), cache);
    let again = pipeline::build_again(&desk.site.request(), &desk.site.how(watched.to_owned()), cache);
    prop_assert_eq!(built.report.diagnostics(), again.report.diagnostics());
    let after = outputs.map(|output| stamped(&output));
    if built.report.has_errors() {
        prop_assert!(before == after, "a failed build changes nothing");
        return Ok(false);
    }
    let fresh = desk.site.fresh_tree();
    for (before, after) in before.iter().zip(&after) {
        let differs = fresh.iter().find(|(path, bytes)| after.get(*path).is_none_or(|(ours, _)| ours != *bytes));
        prop_assert!(differs.is_none(), "{:?} differs", differs.map(|(path, _)| path));
        prop_assert_eq!(fresh.len(), after.len());
        for (path, (bytes, time)) in after {
            let same = before.get(path).filter(|(old, _)| old == bytes);
            prop_assert!(same.is_none_or(|(_, old)| old == time), "{} was written again", path);
        }
    }
    Ok(true)
}

/// How many edits a history has, and how many histories are tried: few in `cargo test`, many in `tests/long.sh`.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn a_plan_outlives_an_edit_of_words_and_of_nothing_else() {
    let desk = Desk::new();
    let mut cache = BuildCache::default();
    let mut prepare = |front: &str, text: &str| {
        let path = "content/articles/a.md";
        desk.site.write(path, format!("---\ntitle: A\ndate: 2023-10-17\n{front}---\n{text}\n"));
        cache.touch(Rescan::Paths(BTreeSet::from([path.to_owned()])));
        pipeline::rescan(&desk.site.request(), &mut cache);
        let (prepared, report) = pipeline::prepare_again(&desk.site.request(), &mut cache, &mut Stages::start());
        (prepared.expect("it can be prepared"), report.diagnostics().to_vec())
    };
    let mut last = prepare("", "Text. [Topics](/topics/)").0;
    for (front, text, keeps) in [
        ("", "Other words. [Topics](/topics/)", true),
        ("", "A line.\n\n[Topics](/topics/) and *nothing* else", true),
        ("", "A line.\n\n[Topics](/archive/) and nothing else", false),
        ("", "A line.\n\n## [Topics](/archive/) and nothing else", false),
        ("topics: [B]\n", "A line.\n\n## [Topics](/archive/) and nothing else", false),
        ("topics: [B]\n", "Another line.\n\n## [Topics](/archive/) and nothing else", true),
        ("topics: [B]\n", "Another line.\n\n## [Topics](/nowhere/) and nothing else", false),
    ] {
        let (next, said) = prepare(front, text);
        assert_eq!(Arc::ptr_eq(&last.plan, &next.plan), keeps, "{front}{text}");
        let (fresh, report) = pipeline::prepare(&desk.site.request());
        assert_eq!(said, report.diagnostics(), "{text}");
        let links = |prepared: &Prepared| format!("{:?}", prepared.site().path_links);
        assert_eq!(links(&next), fresh.as_ref().map(links).unwrap_or_default(), "{text}");
        last = next;
    }
    // What a problem says of a line is said anew.
    let (next, said) = prepare("topics: [B]\n", "A line.\n\nAnother line.\n\n## [Topics](/nowhere/) and nothing else");
    assert!(
        !Arc::ptr_eq(&last.plan, &next.plan)
            && said.iter().any(|problem| problem.place.as_ref().is_some_and(|place| place.line == 10)),
        "{said:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: number("HISTORIES", 3) as u32,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_history_of_edits_ends_as_a_clean_build_would(
        start in proptest::collection::vec(edit(), 0..12),
        edits in proptest::collection::vec(edit(), number("EDITS", 40)),
    ) {
        let mut desk = Desk::new();
        let mut cache = BuildCache::default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let watched = folder.path().join("public");
        for edit in &start {
            desk.apply(edit);
        }
        for edit in &edits {
            desk.apply(edit);
            if !build(&mut desk, &mut cache, &watched)? {
                desk.heal();
                build(&mut desk, &mut cache, &watched)?;
            }
        }
    }
}
