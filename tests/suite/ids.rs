//! Ids: each stands once in a page, whoever gives it.

use std::collections::BTreeSet;

use crate::site_test::{SiteTest, article, attributes, describe, is_page};

/// Headings that some part of a page could want to be called like.
const HEADINGS: &str = "## Main\n\n## Sources\n\n## Facts\n\n## Key points\n\n## Related\n\n## Thread\n\n## Story topics\n\n\
    ## Contents label\n\n## Changes\n\n## Newest\n\n## Note 1\n\n## Note 2\n\n## Theme main\n\n## Sources\n\n## Section main\n\n\
    ## Fn a 1\n\n## Fnref a 1\n\n## Chart\n\n<div id=\"chart\" class=\"x\">c</div>\n\n<p id=facts>\nf</p>\n\n\
    A[^1], again[^1], and <b id='note-b'>b</b>.\n\n[^1]: A note with <i id=\"i\">an id</i>.\n";

fn ids_of(site: &SiteTest) -> usize {
    let mut seen = 0;
    for (file, bytes) in site.tree() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let texts: Vec<String> = match file.rsplit_once('.').map(|(_, kind)| kind) {
            Some("html") => vec![text],
            Some("json") if file.contains("feed") => {
                let feed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                let items = feed["items"].as_array().cloned().unwrap_or_default();
                items.iter().filter_map(|item| Some(item["content_html"].as_str()?.to_owned())).collect()
            }
            _ => continue,
        };
        for text in texts {
            let ids = attributes(&text, "id");
            let different: BTreeSet<&String> = ids.iter().collect();
            assert_eq!(ids.len(), different.len(), "{file}: {ids:?}");
            for name in attributes(&text, "aria-labelledby") {
                assert!(different.contains(&name), "{file}: nothing has the id {name}");
            }
            if is_page(&file) {
                for anchor in attributes(&text, "href").iter().filter_map(|href| href.strip_prefix('#')) {
                    let is_known =
                        different.contains(&anchor.to_owned()) || text.contains(&format!("name=\"{anchor}\""));
                    assert!(is_known, "{file}: nothing has the id {anchor}");
                }
            }
            seen += ids.len();
        }
    }
    seen
}

#[test]
fn no_id_stands_twice_whatever_headings_say() {
    let head = "date: 2023-10-17\ntopics: [ICC]\nauthors: [Desk]\nthread: T\nsources: [X]\nkey_points: [One]\n\
         facts: [{label: a, value: b}]\nupdates: [{at: 2023-10-17, kind: correction, text: c}, {at: 2023-10-17, text: d}]";
    let long = "word ".repeat(1300);
    let items =
        HEADINGS.replace("[^1]", "[^n]").replace("div id=\"chart\"", "div id=\"c\"").replace("id=facts", "id=f");
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nbriefings: daily\nhtml: trust\n".to_owned()
            + &article("a", head, &format!("{HEADINGS}\n{long}"))
            + &article("b", "date: 2023-10-16\ntopics: [ICC]\nthread: T", HEADINGS)
            + &format!("-- content/pages/about.md --\n---\ntitle: About\n---\n{HEADINGS}")
            + &format!("-- content/topics/icc.md --\n---\ntitle: ICC\n---\n{HEADINGS}")
            + &format!("-- content/people/desk.md --\n---\nname: Desk\n---\n{HEADINGS}")
            + &format!(
                "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\nstories: [a, b]\nupdates: [{{at: 2023-10-17, text: d}}]\n---\n\
                 ### Main\n\n### Story 40\n\n{items}\n## Talks\n\n### Main\n\nA[^x].\n\n[^x]: x\n\n## Talks Main\n\nB[^x].\n\n## Talks\n\n## Story 24\n\n## Story 25\n"
            ),
    );
    let output = site.build();
    assert_eq!(output.problems(), [""; 0], "{}", describe(&output.built.report));
    assert!(ids_of(&site) > 200);
    let page = output.main("/2023/10/17/a/");
    for id in ["sources", "sources-2", "theme--sources", "section-main", "section-main-2", "note-1", "chart-2"] {
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id}: {page}");
    }
    assert!(
        output.main("/briefings/2023-10-17/").contains("id=\"talks-main\" aria-labelledby=\"theme--title-talks-main\"")
    );
}

#[test]
fn ids_that_a_text_gives_twice_or_that_are_the_pages_own_are_reported() {
    let body = "## A {#theme--sources}\n\n## B {#theme--facts}\n\n<p id=\"x\">x</p>\n\n<p id=\"x\" class=y>y <a name=\"old\">z</a> <b id=main>m</b></p>\n\n\
                [x](#x) [old](#old) [b](#section-theme--facts)\n";
    for (policy, kept) in [("sanitise", "<a id=\"old\">z</a>"), ("trust", "<a name=\"old\">z</a>")] {
        let site = SiteTest::new(
            format!("-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nhtml: {policy}\n")
                + &article("a", "date: 2023-10-17", body)
                + "-- content/briefings/2023-10-17.md --\n---\ndate: 2023-10-17\n---\n\n## A {#main}\n\n## B {#b}\n\n## C {#b}\n",
        );
        let output = site.build();
        assert_eq!(
            output.problems(),
            [
                "reserved-anchor content/articles/a.md:5:1",
                "reserved-anchor content/articles/a.md:7:1",
                "duplicate-anchor content/articles/a.md:11:8",
                "reserved-anchor content/articles/a.md:11:47",
                "reserved-anchor content/briefings/2023-10-17.md:5:1",
                "duplicate-anchor content/briefings/2023-10-17.md:9:1",
            ],
            "{}",
            describe(&output.built.report)
        );
        assert!(output.main("/2023/10/17/a/").contains(kept), "{}", output.main("/2023/10/17/a/"));
        ids_of(&site);
    }
}
