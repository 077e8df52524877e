//! Whatever is edited, in whatever order: a build over what stands there equals a build into an empty folder.

use proptest::prelude::*;

use crate::site_test::SiteTest;

const TOPICS: [&str; 4] = ["ICC", "icc", "Oil/Gas", "北京"];
const EXTRAS: [&str; 9] = [
    "",
    "draft: true",
    "embargo: 2023-10-20",
    "expires: 2023-10-18T09:00:00Z",
    "section: World",
    "thread: Trip",
    "authors: [Desk]",
    "aliases: [/old/]",
    "updates: [{at: 2023-10-18, kind: withdrawn}]",
];

/// One edit of a site.
#[derive(Clone, Debug)]
enum Edit {
    Article { name: usize, day: usize, topics: Vec<usize>, extra: usize, body: usize },
    Briefing { day: usize, topics: Vec<usize>, stories: bool },
    Topic { name: usize, parent: Option<usize> },
    Remove(usize),
    Person(bool),
    Page(bool),
    Template(usize),
    Config(usize),
    Now(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let topics = || proptest::collection::vec(0..TOPICS.len(), 0..3);
    prop_oneof![
        6 => (0..6usize, 0..8usize, topics(), 0..EXTRAS.len(), 0..3usize)
            .prop_map(|(name, day, topics, extra, body)| Edit::Article { name, day, topics, extra, body }),
        2 => (0..3usize, topics(), any::<bool>()).prop_map(|(day, topics, stories)| Edit::Briefing { day, topics, stories }),
        1 => (0..TOPICS.len(), proptest::option::of(0..TOPICS.len())).prop_map(|(name, parent)| Edit::Topic { name, parent }),
        3 => (0..6usize).prop_map(Edit::Remove),
        1 => any::<bool>().prop_map(Edit::Person),
        1 => any::<bool>().prop_map(Edit::Page),
        1 => (0..3usize).prop_map(Edit::Template),
        1 => (0..4usize).prop_map(Edit::Config),
        1 => (0..3usize).prop_map(Edit::Now),
    ]
}

fn put(site: &SiteTest, path: &str, is_there: bool, text: &str) {
    if is_there {
        site.write(path, text);
    } else if site.root().join(path).exists() {
        site.remove(path);
    }
}

fn apply(site: &mut SiteTest, edit: &Edit) {
    let names = |topics: &[usize]| topics.iter().map(|at| TOPICS[*at]).collect::<Vec<_>>().join(", ");
    match edit {
        Edit::Article { name, day, topics, extra, body } => {
            let body = ["Text.", "Other [link](/topics/).", "## Part\n\nText[^1].\n\n[^1]: Note."][*body];
            let text = format!(
                "---\ntitle: Story {name}\ndate: 2023-10-{:02} 09:00\ntopics: [{}]\n{}\n---\n{body}\n",
                day + 12,
                names(topics),
                EXTRAS[*extra]
            );
            // An alias belongs to one.
            site.write(&format!("content/articles/s{name}.md"), text.replace("/old/", &format!("/old-{name}/")));
        }
        Edit::Briefing { day, topics, stories } => {
            let list = if *stories && site.root().join("content/articles/s0.md").exists() {
                "stories: [../articles/s0.md]"
            } else {
                ""
            };
            let text = format!(
                "---\ndate: 2023-10-{}\n{list}\n---\nIntro.\n\n## Item {{topics=\"{}\"}}\n\nText.\n",
                day + 15,
                names(topics)
            );
            site.write(&format!("content/briefings/{day}.md"), text);
        }
        Edit::Topic { name, parent } => {
            let parents =
                parent.filter(|parent| parent != name).map_or(String::new(), |parent| format!("parents: [P{parent}]"));
            // Two files must not have one name.
            put(
                site,
                "content/topics/t.md",
                true,
                &format!("---\ntitle: {}\n{parents}\n---\nIntroduction.\n", TOPICS[*name]),
            );
        }
        Edit::Remove(name) => {
            put(site, &format!("content/articles/s{name}.md"), false, "");
            for day in 0..3 {
                put(site, &format!("content/briefings/{day}.md"), false, "");
            }
        }
        Edit::Person(is_there) => put(site, "content/people/desk.md", *is_there, "---\nname: Desk\n---\n"),
        Edit::Page(is_there) => put(site, "content/pages/about.md", *is_there, "---\ntitle: About\n---\nText.\n"),
        Edit::Template(which) => {
            let ask = "{% for s in stories(limit=2) %}{{ s.title }}{% endfor %}";
            let text = ["", ask, "{% extends \"builtin/404.html\" %}"][*which];
            put(site, "templates/404.html", *which > 0, text);
        }
        Edit::Config(which) => {
            let more = ["", "page_size: 2\n", "briefings: daily\n", "timezone: Asia/Shanghai\n"][*which];
            site.write("dateline.yaml", format!("title: T\nbase_url: https://test.example\n{more}"));
        }
        Edit::Now(which) => {
            site.set_now(["2023-10-18T12:00:00Z", "2023-10-21T00:00:00Z", "2023-10-16T00:00:00Z"][*which]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_history_of_edits_ends_as_a_clean_build_would(rounds in proptest::collection::vec(proptest::collection::vec(edit(), 1..5), 1..6)) {
        let mut site = SiteTest::new("");
        for edits in rounds {
            for edit in &edits {
                apply(&mut site, edit);
            }
            let built = site.try_build();
            if !built.report.has_errors() {
                prop_assert!(site.tree() == site.fresh_tree(), "after {edits:?}");
            }
        }
    }
}
