//! A year of a desk, day by day: embargoes end, stories expire, are withdrawn, or are pulled back and return, and nothing that
//! was planned fails a build.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dateline::base::disk::Rescan;
use dateline::base::stages::Stages;
use dateline::pipeline::{self, BuildCache};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

use crate::site_test::{SiteTest, describe};

const CONFIG: &str = "title: The Test\nbase_url: https://test.example\nbriefings: daily\nfeeds: {formats: [atom, rss]}\n\
     archive: /{year}/{month}/{day}/\nnavigation: [{title: Topics, url: /topics/}]\n";

/// The story of this number, and the day from which its file is there, as written on `today`: a withdrawal is added to the
/// file when it happens, and so is what pulls a live story back for a while.
fn story(number: i64, stories: i64, today: Date) -> Option<(String, String)> {
    // A fixed spread, which gives subjects that one story alone has, and subjects that many have.
    let spread = |seed: i64, below: i64| (number * seed + number * number * 7).rem_euclid(below);
    let days = |count: i64| Span::new().days(count);
    let written = date(2023, 1, 1) + days(number * 364 / stories);
    if written > today {
        return None;
    }
    let mut head = format!("title: Story {number}\ndate: {written}\nauthors: [Person {}]\n", spread(3, 9));
    let _ = writeln!(head, "topics: [Subject {}, Field {}]", number, spread(5, 12));
    if spread(11, 4) == 0 {
        let _ = writeln!(head, "thread: Thread {}", number / 5);
    }
    match spread(13, 8) {
        0 => {
            let _ = writeln!(head, "embargo: {} 06:00", written + days(2 + spread(17, 9)));
        }
        1 | 2 => {
            let _ = writeln!(head, "expires: {}", written + days(1 + spread(19, 60)));
        }
        3 if written + days(20) <= today => {
            let _ = writeln!(head, "updates: [{{at: {}, kind: withdrawn, text: It was wrong.}}]", written + days(20));
        }
        // Pulled back by an embargo, into another month, and returned; some desks take the key away then.
        4 if written + days(9) <= today => {
            let ends = written + days(30 + spread(23, 40));
            if spread(29, 2) == 0 || ends > today {
                let _ = writeln!(head, "embargo: {ends} 06:00");
            }
        }
        // Pulled back as a draft, and released again.
        5 if written + days(9) <= today && today < written + days(40) => head.push_str("draft: true\n"),
        // The date is corrected, by hours: the address stays.
        6 if written + days(3) <= today => {
            head = head.replace(&format!("date: {written}"), &format!("date: {written} 09:00"));
        }
        _ => {}
    }
    Some((format!("content/articles/{number}.md"), format!("---\n{head}---\nText of {number}.\n")))
}

/// How many stories the year has; `tests/run.sh history` asks for more.
fn stories() -> i64 {
    std::env::var("YEAR_STORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(30)
}

#[test]
fn no_day_of_a_year_fails_by_the_clock() {
    let stories = stories();
    let mut site = SiteTest::new("");
    site.write("dateline.yaml", CONFIG);
    for person in 0..9 {
        site.write(&format!("content/people/{person}.md"), format!("---\nname: Person {person}\n---\nText.\n"));
    }
    let mut memory = None;
    let mut today = date(2023, 1, 1);
    // Beyond the year, until the last story has expired.
    while today < date(2024, 3, 15) {
        let mut touched = BTreeSet::new();
        for (path, text) in (0..stories).filter_map(|number| story(number, stories, today)) {
            if std::fs::read_to_string(site.root().join(&path)).ok().as_ref() != Some(&text) {
                site.write(&path, text);
                touched.insert(path);
            }
        }
        site.set_now(&format!("{today} 12:00"));
        let request = site.request();
        let memory = memory.get_or_insert_with(|| BuildCache::load(&request));
        memory.touch(Rescan::Paths(touched));
        pipeline::rescan(&request, memory);
        // Every day the site is planned, which is where addresses are lost; every tenth day, it is built.
        let (prepared, mut report) = pipeline::prepare_again(&request, memory, &mut Stages::start());
        let prepared = prepared.expect("a plan");
        if (today - date(2023, 1, 1)).get_days() % 10 == 0 {
            report.extend(pipeline::build_again(&request, &site.how(site.public()), memory).report);
        }
        assert!(!report.has_errors(), "{today}: {}", describe(&report));
        let (locked, report) = pipeline::lock_prepared(&prepared, &request.root);
        assert!(locked.is_some(), "{today}: {}", describe(&report));
        today += 1.day();
    }
    assert_eq!(site.build_and_compare().problems(), [""; 0], "as a clean build");
    let lists = std::fs::read_dir(site.public().join("topics")).expect("topics").flatten();
    let all = lists.filter(|folder| is_emptied(&site, &folder.file_name().to_string_lossy())).count();
    assert!(all > 0, "the year has emptied a subject");
}

fn is_emptied(site: &SiteTest, topic: &str) -> bool {
    let page = site.public().join("topics").join(topic).join("index.html");
    std::fs::read_to_string(page).is_ok_and(|text| text.contains("There are no stories here at present."))
}
