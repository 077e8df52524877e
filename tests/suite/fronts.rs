//! The front page: what the desk arranges, and what it shows by itself.

use crate::site_test::{SiteTest, articles, between, describe};

const CONFIG: &str = "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\n";

fn site(front: &str) -> SiteTest {
    let days: Vec<(String, String)> =
        (1..=12).map(|day| (format!("s{day:02}"), format!("2023-10-{day:02} 10:00"))).collect();
    let stories: String = days
        .iter()
        .enumerate()
        .map(|(index, (slug, date))| {
            let section = if index % 2 == 0 { "section: World" } else { "section: Energy\ntopics: [Oil]" };
            articles(&[(slug, date, section)])
        })
        .collect();
    SiteTest::new(format!("{CONFIG}{front}\n{stories}")).at("2023-10-13T00:00:00Z")
}

/// The slugs on the front, in the order of the page.
fn shown(site: &SiteTest) -> Vec<String> {
    let front = site.build_and_compare().file("/");
    let mut slugs = Vec::new();
    for link in front.split("<a href=\"/2023/10/").skip(1) {
        let slug = link.split('/').nth(1).expect("a slug");
        if slug.starts_with('s') && slugs.last().is_none_or(|last| last != slug) {
            slugs.push(slug.to_owned());
        }
    }
    slugs
}

#[test]
fn the_desk_says_what_leads_what_stands_beside_it_and_which_sections_follow() {
    let site = site(
        "front:\n  lead: {story: s03, related: [s05, /articles/s06.md], until: 2023-10-13 12:00}\n  packages: [s01, {story: s02, related: s04}]\n  sections: [Energy, world]",
    );
    let front = ["s03", "s05", "s06", "s01", "s02", "s04", "s12", "s11", "s10", "s09", "s08", "s07"];
    assert_eq!(shown(&site), front, "lead, its lines, packages, a secondary, briefs; nothing is left for bands");
    let page = site.build().file("/");
    let lead = between(&page, "<article class=\"card card-lead\">", "</article>");
    assert!(
        lead.contains("<ul class=\"package-lines\">\n    <li><a href=\"/2023/10/05/s05/\">Title of s05</a></li>"),
        "{lead}"
    );
    let mut site = site;
    site.set_now("2023-10-13T12:00:00Z");
    assert_eq!(shown(&site)[0], "s12", "its time is over");
}

#[test]
fn a_section_has_a_band_with_what_does_not_stand_above() {
    let many: String = (1..=20)
        .map(|day| articles(&[(&format!("s{day:02}"), &format!("2023-10-{day:02} 10:00"), "section: World")]))
        .collect();
    let config = format!("{CONFIG}front: {{sections: [World, Opinion]}}\n");
    let opinion = "-- content/topics/opinion.md --\n---\ntitle: Opinion\nkind: section\n---\n";
    let site = SiteTest::new(config + &many + opinion).at("2023-10-21T00:00:00Z");
    let page = site.build_and_compare().file("/");
    let band = between(&page, "<section class=\"band\"", "</section>");
    let slugs: Vec<&str> = band.split("href=\"/2023/10/").skip(1).filter_map(|link| link.split('/').nth(1)).collect();
    assert_eq!(slugs, ["s13", "s12", "s11", "s10"]);
    assert_eq!(page.matches("<section class=\"band\"").count(), 1, "a section without stories has none");
    let all = shown(&site);
    let once: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!(all.len(), once.len(), "no story stands there twice: {all:?}");
}

#[test]
fn what_is_withheld_stands_on_the_front_when_it_appears() {
    let mut site = site("front: {lead: secret, packages: [{story: s01, related: [secret-too]}]}");
    site.write(
        "content/articles/secret.md",
        "---\ntitle: Secret\ndate: 2023-10-12\nembargo: 2023-10-14 06:00\nslug: secret\n---\nText.\n",
    );
    site.write("content/articles/secret-too.md", "---\ntitle: Too\ndate: 2023-10-12\ndraft: true\n---\nText.\n");
    let output = site.build_and_compare();
    assert!(!output.file("/").contains("ecret"));
    assert_eq!(shown(&site)[0], "s12");
    site.set_now("2023-10-14T06:00:00Z");
    assert!(between(&site.build_and_compare().file("/"), "card-lead", "</article>").contains("Secret"));
}

#[test]
fn a_front_that_cannot_be_is_told_at_its_place() {
    let site = site(
        "front:\n  lead: {story: s3, until: soon}\n  packages:\n    - {story: s02, related: [s02, nothing]}\n    - s02\n    - \"\"\n  sections: [Wolrd]\n  lead_kinds: [reprot, letter]",
    );
    let said = describe(&site.try_build().report);
    for line in [
        "error: bad-date dateline.yaml:4:28:",
        "error: unknown-story dateline.yaml:4:17: `s3` is not a story of this site",
        "warning: repeated-story dateline.yaml:6:30: `s02` is on the front already",
        "error: unknown-story dateline.yaml:6:35: `nothing` is not a story of this site",
        "warning: repeated-story dateline.yaml:7:7: `s02` is on the front already",
        "error: bad-value dateline.yaml:8:7: a story is missing here",
        "error: bad-value dateline.yaml:9:14: no topic is called `Wolrd`",
        "error: bad-value dateline.yaml:10:16: `reprot` is not a kind of story",
        "error: bad-value dateline.yaml:10:24: `letter` is not a kind of story",
    ] {
        assert!(said.contains(line), "{line} in:\n{said}");
    }
}

#[test]
fn news_and_what_develops_lead_rather_than_a_line_of_opinion() {
    let leads = |config: &str, stories: &[(&str, &str, &str)]| {
        let site = SiteTest::new(format!("{CONFIG}{config}\n{}", articles(stories))).at("2023-10-18T00:00:00Z");
        shown(&site)[0].clone()
    };
    let news = ("snews", "2023-10-17 08:00", "");
    let opinion = ("sopinion", "2023-10-17 20:00", "kind: opinion");
    assert_eq!(leads("", &[news, opinion]), "snews");
    assert_eq!(leads("", &[("sold", "2023-10-10", ""), opinion]), "sold", "it is a few words long");
    assert_eq!(leads("", &[opinion]), "sopinion", "a front is not empty");
    let developing = ("sdeveloping", "2023-10-17 02:00", "status: developing");
    assert_eq!(leads("", &[news, developing]), "sdeveloping");
    let analysis = ("sanalysis", "2023-10-17 09:00", "kind: analysis");
    assert_eq!(leads("", &[news, analysis]), "snews");
    assert_eq!(leads("front: {lead_kinds: analysis}", &[news, analysis]), "sanalysis");
    assert_eq!(leads("front: {lead: sopinion}", &[news, opinion]), "sopinion", "the desk has the last word");
}

#[test]
fn a_rail_brings_two_stories_that_are_not_on_the_page_yet() {
    let many: String = (1..=22)
        .map(|hour| {
            let topics = match hour {
                1 | 2 => "topics: [Coal, Gas]",
                3 => "topics: [Coal, Oil]",
                4 | 5 => "topics: [Gas, Oil]",
                _ => "topics: [Coal]",
            };
            articles(&[(&format!("s{hour:02}"), &format!("2023-10-10 {hour:02}:00"), topics)])
        })
        .collect();
    let site = SiteTest::new(format!("{CONFIG}{many}")).at("2023-10-15T00:00:00Z");
    let slugs = shown(&site);
    let mut once = slugs.clone();
    once.sort();
    once.dedup();
    assert_eq!((slugs.len(), once.len()), (22, 22), "each once: {slugs:?}");
    let front = site.build().file("/");
    let rails = between(&front, "<section class=\"rails\"", "<section class=\"days\"");
    let names: Vec<&str> =
        rails.split("rail-name\"><a href=\"").skip(1).filter_map(|rail| rail.split('"').next()).collect();
    assert_eq!(names, ["/topics/coal/", "/topics/gas/"], "of oil's stories, none is left");
    let slugs: Vec<&str> =
        rails.split("href=\"/2023/10/10/").skip(1).filter_map(|link| link.split('/').next()).collect();
    assert_eq!(slugs, ["s15", "s14", "s05", "s04"], "two of coal, two of gas");
}
