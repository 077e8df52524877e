//! How much a change rewrites. DESIGN section 1: nothing shifts, and publishing one story is tens of files at any size.

use std::fs;

use crate::generated;
use crate::site_test::SiteTest;

/// What an edit of a built site changes, each route without what differs from case to case.
fn after(site: &SiteTest, edit: impl FnOnce(&SiteTest)) -> (Vec<String>, Vec<String>, Vec<String>) {
    site.build_clean();
    edit(site);
    site.build_and_compare().changes()
}

const NEW: &str =
    "---\ntitle: New\ndate: 2023-12-01 10:00\ntopics: [topic-1, topic-2]\nauthors: [World desk]\n---\nText.\n";

#[test]
fn publishing_a_story_rewrites_its_neighbour_its_lists_and_the_feeds_alone() {
    let site = generated::site(200, 10);
    let (added, changed, removed) = after(&site, |site| {
        site.write("content/articles/new.md", NEW);
    });
    assert_eq!(removed, Vec::<String>::new());
    assert_eq!(added, ["/2023/12/01/new/", "/archive/2023/12/"]);
    let allowed = [
        "/",
        "/archive/",
        "/archive/2023/",
        "/archive/2023/08/",
        "/feed.json",
        "/feed.xml",
        "/llms.txt",
        "/people/",
        "/people/world-desk/",
        "/people/world-desk/feed.xml",
        "/rss.xml",
        "/sitemap-2023.xml",
        "/sitemap-pages.xml",
        "/topics/",
        "/topics/topic-1/",
        "/topics/topic-1/feed.xml",
        "/topics/topic-2/",
        "/topics/topic-2/feed.xml",
    ];
    let newest =
        changed.iter().find(|route| route.starts_with("/2023/")).expect("the story before it has a next one").clone();
    let mut expected: Vec<String> = allowed.map(str::to_owned).to_vec();
    expected.push(newest);
    expected.sort();
    assert_eq!(changed, expected);
    assert!(added.len() + changed.len() <= 40);
}

#[test]
fn the_number_of_files_that_a_new_story_rewrites_does_not_grow_with_the_archive() {
    let count = |stories: usize| {
        let (added, changed, removed) = after(&generated::site(stories, 10), |site| {
            site.write("content/articles/new.md", NEW);
        });
        (added.len(), changed.len(), removed.len())
    };
    assert_eq!(count(60), count(240));
}

#[test]
fn a_new_text_of_an_old_story_rewrites_its_page_alone() {
    let site = generated::site(200, 10);
    let (added, changed, removed) = after(&site, |site| {
        site.write(&generated::path(3), generated::text(3, 10, "Other words"));
    });
    let feeds = changed.iter().filter(|route| route.ends_with("feed.xml")).count();
    assert_eq!((added.len(), removed.len()), (0, 0));
    assert_eq!(changed.len() - feeds, 1, "{changed:?}");
    assert!(changed[0].ends_with("/story-0003/"), "{changed:?}");
    for feed in changed.iter().filter(|route| route.ends_with("feed.xml")) {
        let text = fs::read_to_string(site.public().join(&feed[1..])).expect("a feed");
        assert!(text.contains("Other words of story 3."), "{feed} carries it");
    }
}

#[test]
fn a_new_title_of_a_story_rewrites_what_shows_it_and_nothing_else() {
    let site = generated::site(200, 10);
    let (added, changed, removed) = after(&site, |site| {
        site.write(&generated::path(3), generated::text(3, 10, "Text").replace("title: Story 3", "title: RENAMED"));
    });
    assert_eq!((added.len(), removed.len()), (0, 0));
    for route in &changed {
        let file = if route.ends_with('/') { format!("{route}index.html") } else { route.clone() };
        let text = fs::read_to_string(site.public().join(&file[1..])).expect("a file");
        assert!(text.contains("RENAMED"), "{route} does not show it");
    }
    let showing = site.tree().values().filter(|bytes| String::from_utf8_lossy(bytes).contains("RENAMED")).count();
    assert_eq!(changed.len(), showing);
    assert!(
        !site.tree().values().any(|bytes| String::from_utf8_lossy(bytes).contains(">Story 3<")),
        "nothing shows the old one"
    );
}

#[test]
fn a_new_edition_rewrites_no_article() {
    let site = generated::site(200, 10);
    let (added, changed, _) = after(&site, |site| {
        site.write(
            "content/briefings/2023-12-02.md",
            "---\ndate: 2023-12-02\nnumber: 99\n---\n\n## Item {topics=topic-3}\n\nText.\n",
        );
    });
    assert_eq!(added, ["/archive/2023/12/", "/briefings/2023-12-02/"]);
    assert!(!changed.iter().any(|route| route.starts_with("/2023/")), "{changed:?}");
    assert!(changed.len() <= 24, "{changed:?}");
}

#[test]
fn a_deleted_story_leaves_all_that_is_not_about_it() {
    let site = generated::site(200, 10);
    site.build_clean();
    let newest = site.tree().len();
    site.write("content/articles/new.md", NEW);
    site.build();
    site.remove("content/articles/new.md");
    let (added, _, removed) = site.build_and_compare().changes();
    assert_eq!((added, removed), (vec![], vec!["/2023/12/01/new/".to_owned(), "/archive/2023/12/".to_owned()]));
    assert_eq!(site.tree().len(), newest);
}
