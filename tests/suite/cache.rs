//! The head cache: it saves time, and nothing else.

use std::fs;
use std::path::PathBuf;

use crate::site_test::{SiteTest, tree};

const SITE: &str = "
-- content/articles/2023/a.md --
---
title: First
date: 2023-10-17
topics: [ICC]
image: {src: map.svg, alt: A map}
---
One.
-- content/articles/2023/map.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"200\"/>
-- content/articles/2023/b.md --
---
title: Second
date: 2023-10-17 10:00
topics: [icc]
---
Two [leads nowhere](/nowhere/).
-- content/articles/2023/warns.md --
---
title: Third
date: 2023-10-17 11:00
---
A note[^1].
-- static/talk.mp3 --
sound
";

fn cache(site: &SiteTest) -> PathBuf {
    site.root().join(".dateline/sources")
}

#[test]
fn problems_are_found_again_although_nothing_is_read_again() {
    let site = SiteTest::new(SITE);
    let first = site.build().problems();
    assert!(first.len() >= 2, "{first:?}");
    assert_eq!(site.build_and_compare().problems(), first);
    assert_eq!(site.without_records().build().problems(), first);
}

#[test]
fn a_cache_that_is_lost_damaged_or_of_another_version_only_costs_time() {
    let site = SiteTest::new(SITE);
    let problems = site.build().problems();
    let (sound, expected) = (fs::read(cache(&site)).expect("it was kept"), site.tree());
    let check = |damaged: Option<&[u8]>, what: &str| {
        match damaged {
            Some(bytes) => fs::write(cache(&site), bytes).expect("written"),
            None => fs::remove_file(cache(&site)).expect("removed"),
        }
        let output = site.build();
        assert_eq!(output.problems(), problems, "{what}");
        assert!(tree(&site.public()) == expected, "{what}");
        assert_eq!(output.changes(), Default::default(), "{what}");
    };
    check(None, "lost");
    check(Some(b""), "empty");
    check(Some(&[&b"dateline sources 0\n"[..], &sound[19..]].concat()), "another version");
    for end in (0..sound.len()).step_by(sound.len() / 40 + 1) {
        check(Some(&sound[..end]), &format!("cut at {end}"));
        let mut bytes = sound.clone();
        bytes[end] ^= 0x20;
        check(Some(&bytes), &format!("a bit at {end}"));
    }
    check(Some(&[&sound[..], b"more"].concat()), "something at its end");
    fs::remove_dir_all(site.root().join(".dateline")).expect("removed");
    fs::write(site.root().join(".dateline"), "in the way").expect("written");
    assert_eq!(site.build().problems(), problems, "no place for it");
}

#[test]
fn an_edit_within_a_tick_of_the_clock_is_noticed() {
    let site = SiteTest::new(SITE);
    site.build();
    let file = site.root().join("content/articles/2023/a.md");
    let text = fs::read_to_string(&file).expect("a file");
    let before = fs::metadata(&file).and_then(|metadata| metadata.modified()).expect("a time");
    // The same size and the same time, as two saves within one tick of a coarse clock have.
    fs::write(&file, text.replace("One.", "Six.")).expect("written");
    fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(before)).expect("set");
    assert!(site.build_and_compare().main("/2023/10/17/a/").contains("Six."));
}

#[test]
fn a_picture_and_a_static_file_are_noticed() {
    let site = SiteTest::new(SITE);
    site.build();
    site.write(
        "content/articles/2023/map.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"480\"/>",
    );
    site.write("static/talk.mp3", "other");
    let output = site.build_and_compare();
    assert!(output.main("/2023/10/17/a/").contains("width=\"640\""));
    assert_eq!(output.file("/talk.mp3"), "other");
}

#[test]
fn other_settings_read_all_documents_anew() {
    let site = SiteTest::new(SITE);
    site.build();
    for zone in ["Asia/Shanghai", "America/New_York", "UTC"] {
        site.write("dateline.yaml", format!("title: T\nbase_url: https://test.example\ntimezone: {zone}\n"));
        site.build_and_compare();
    }
}

#[test]
fn old_entries_do_not_gather() {
    let site = SiteTest::new(SITE);
    site.build();
    let length = || fs::metadata(cache(&site)).expect("it is there").len();
    let first = length();
    for round in 0..40 {
        site.write("content/articles/2023/b.md", format!("---\ntitle: Second\ndate: 2023-10-17\n---\n{round}\n"));
        site.build();
        assert!(length() < first * 4, "{} after {round}", length());
    }
    site.build_and_compare();
}

#[test]
fn what_is_kept_stays_out_of_version_control() {
    let site = SiteTest::new(SITE);
    site.build();
    assert_eq!(fs::read_to_string(site.root().join(".dateline/.gitignore")).expect("it is there"), "*\n");
}
