//! Sites of many stories, the same each time.

use std::fmt::Write as _;

use crate::site_test::SiteTest;

/// A site of `stories` articles over `topics` topics, with people, threads and briefings, over some months.
pub(crate) fn site(stories: usize, topics: usize) -> SiteTest {
    let site =
        SiteTest::new("-- content/people/desk.md --\n---\nname: World desk\n---\nText.\n").at("2023-12-31T00:00:00Z");
    for number in 0..stories {
        site.write(&path(number), text(number, topics, "Text"));
    }
    for day in 0..(stories / 20).min(28) {
        let name = format!("2023-06-{:02}", day + 1);
        let text = format!(
            "---\ndate: {name} 12:00\nnumber: {}\n---\nIntro.\n\n## Item {day} {{topics=topic-{}}}\n\nText.\n",
            day + 1,
            day % topics
        );
        site.write(&format!("content/briefings/{name}.md"), text);
    }
    site
}

/// Where the article with this number is.
pub(crate) fn path(number: usize) -> String {
    format!("content/articles/story-{number:04}.md")
}

/// The article with this number.
pub(crate) fn text(number: usize, topics: usize, body: &str) -> String {
    let (day, month) = (number % 28 + 1, number / 28 % 11 + 1);
    let mut text = format!(
        "---\ntitle: Story {number}\nsummary: Of story {number}.\ndate: 2023-{month:02}-{day:02} {:02}:{:02}\ntopics: [topic-{}, topic-{}]\nauthors: [World desk]\n",
        number % 24,
        number % 60,
        number % topics,
        number * 7 % topics,
    );
    if number.is_multiple_of(10) {
        writeln!(text, "thread: Thread {}", number / 50).expect("writing to a string does not fail");
    }
    write!(text, "---\n{body} of story {number}.\n\n## Part\n\nMore *text*.\n")
        .expect("writing to a string does not fail");
    text
}
