//! One mistake is one message: what follows from it is not reported again.

use crate::site_test::SiteTest;

#[test]
fn what_points_at_an_unreadable_story_is_no_mistake_of_its_own() {
    let site = SiteTest::new(
        "-- content/articles/broken.md --
---
title: Broken
date: yesterday
---
-- content/articles/sound.md --
---
title: Sound
date: 2023-10-17
translation_of: broken
lang: de
---
See [it](broken.md) and [[broken]].
-- content/briefings/2023-10-17.md --
---
stories: [broken]
---
",
    );
    assert_eq!(site.problems(), ["bad-date content/articles/broken.md:3:7"]);
}

#[test]
fn an_alias_in_other_capitals_is_answered_where_capitals_matter() {
    let site = SiteTest::new(
        "-- content/articles/desk-18f.md --
---
title: Desk
date: 2023-10-17
aliases: [/2023/10/17/desk-18F/, /2023/10/17/desk-18f/]
---
",
    );
    let output = site.build_clean();
    assert!(output.file("/2023/10/17/desk-18f/").contains("class=\"page-article\""));
    if cfg!(not(any(windows, target_vendor = "apple"))) {
        assert!(output.file("/2023/10/17/desk-18F/").contains("/2023/10/17/desk-18f/"));
    }
}
