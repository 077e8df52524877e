//! Random histories of one folder.

use super::*;

const ROUTES: [&str; 14] = [
    "/",
    "/a",
    "/a/",
    "/a/b",
    "/a/b/",
    "/a/b/c/",
    "/a-b/",
    "/feed.xml",
    "/2023/10/17/x/",
    "/2023/10/17/y/",
    "/2023/10/17/y/photo.png",
    "/topics/icc/page/2/",
    PRIVATE,
    "/.dateline/private/x",
];
/// Paths of the user's own files: in folders that are ours sometimes, always or never.
const NOTES: [&str; 6] =
    ["note", "2023/10/17/x/note", "2023/10/17/y/deep/note", "topics/icc/note", "topics/mine/note", "a-b/c/note"];
const TEXTS: [&str; 4] = ["one", "two", "six", "longer"];

/// Sites without clashes: of routes that exclude each other, such as `/a` and `/a/b`, the first in `ROUTES` is kept.
fn sites() -> impl Strategy<Value = Site> {
    prop::collection::btree_map(0..ROUTES.len(), 0..TEXTS.len(), 0..ROUTES.len()).prop_map(|pages| {
        let mut site = Site::new();
        for (route, text) in pages {
            let file = self::route(ROUTES[route]).file();
            let clashes = site.keys().any(|other| {
                let other = self::route(other).file();
                let inside = |one: &str, two: &str| one.strip_prefix(two).is_some_and(|rest| rest.starts_with('/'));
                inside(&file, &other) || inside(&other, &file)
            });
            if !clashes {
                site.insert(ROUTES[route], TEXTS[text]);
            }
        }
        site
    })
}

/// The number of random cases. The default is low, since each publication waits for the disk; `PROPTEST_CASES` raises
/// it.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the history of a folder, including interruptions, lost records and the user's own files, it ends with
    /// the last publication beside the user's files.
    #[test]
    fn any_history_ends_with_the_last_site(
        history in prop::collection::vec((sites(), 0..8_u8, 0..40_usize, 0..NOTES.len()), 1..9),
    ) {
        let sandbox = Sandbox::new();
        let output = sandbox.output();
        let mut notes = BTreeMap::from([("CNAME", "mine")]);
        publish(&output, &Site::new()).expect("published");
        place(&output, "CNAME", "mine");
        for (site, event, steps, note) in &history {
            // A user's file is added or removed; its folder stays until a publication finds it empty.
            let note = NOTES[*note];
            if notes.remove(note).is_some() {
                disk::remove_file(&disk::join(&output, note)).expect("removed");
            } else {
                place(&output, note, "mine");
                notes.insert(note, "mine");
            }
            if *event == 0 {
                interrupted(&output, site, *steps);
                continue;
            }
            if *event == 1 && texts(&output).contains_key("index.html") {
                place(&output, "index.html", "by hand");
            }
            drop(open(&output).expect("opened"));
            let before = tree(&output);
            let publication =
                Publication::open(&output, &[], PublishOptions { clean: *event == 2, ..PublishOptions::default() }).expect("opened");
            for (path, text) in site {
                let (route, key) = (route(path), Digest::of(text.as_bytes()));
                let up_to_date = publication.recorded(&route).is_some_and(|entry| entry.key == key);
                if !(up_to_date && publication.keep(&route)) {
                    publication
                        .put(&route, rank(route.as_str()), key, "page", vec![], Content::Bytes(text.as_bytes()))
                        .expect("put");
                }
            }
            let summary = publication.commit().expect("published");
            let foreign: Vec<_> = notes.iter().map(|(path, text)| (*path, *text)).collect();
            prop_assert_eq!(texts(&output), expected(site, &foreign));
            prop_assert_eq!(summary.foreign, notes.keys().map(|path| (*path).to_owned()).collect::<Vec<_>>());
            prop_assert_eq!(summary.added.len() + summary.changed.len() + summary.unchanged, site.len());
            for (path, (text, found)) in tree(&output) {
                if let Some((text_before, found_before)) = before.get(&path) && *text_before == text {
                    prop_assert_eq!(found, *found_before, "{} has not changed", path);
                }
            }
        }
    }
}
