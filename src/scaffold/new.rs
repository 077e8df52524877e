//! A new story, entry, edition, topic, person or page, with commented front matter.

use super::NewFile;
use crate::base::codes;
use crate::base::date::{Moment, Zone};
use crate::base::digest::Digest;
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::base::yaml::emit as yaml;
use crate::content::document::Document;
use crate::site::Site;

// What a new file says to its author begins with `TK`, the mark of newsrooms for what is to come: `check` finds it when the
// file goes out as it is.

/// Longest slug of a new file, in bytes.
const LONGEST_SLUG: usize = 80;

/// A draft of an article: `content/articles/2023/10/slug.md`.
pub fn article(title: &str, date: Moment, zone: &Zone) -> NewFile {
    let (title, day) = (one_line(title), date.date(zone));
    let path = format!("content/articles/{:04}/{:02}/{}.md", day.year(), day.month(), slug(&title));
    let text = format!(
        "\
---
title: {title}
# One or two sentences under the headline. Lists, feeds and search engines show them too.
summary:
date: {date}
draft: true # `dateline publish` takes this line out, and sets the date
# Place, day and agency that open the text: BEIJING, Oct 17 (Agency)
dateline:
# The by-line. Several: [World desk, Energy desk]
authors:
# The one part of the publication that it belongs to.
section:
# What it is about, as many as fit: [Belt and Road, ICC]
topics:
# More keys (updates, key_points, facts, sources, image, thread, embargo, expires): docs/front-matter.md
---

TK The first sentence says what happened, where and when.
",
        title = yaml::scalar(&title),
        date = date.rfc3339(zone),
    );
    NewFile::text(path, text)
}

/// A draft of an entry of live coverage, whose story is the `index.md` at `story`: `entries/2023-10-18-1405-slug.md` beside it.
pub fn entry(story: &str, title: &str, date: Moment, zone: &Zone) -> NewFile {
    let (folder, ending) = story.split_once("/index").unwrap_or((story, ".md"));
    // To the minute: what `date` says besides needs no place in an address.
    let time: String = date.short(zone).chars().take("2023-10-18 14:05".len()).collect();
    let (title, time) = (one_line(title), time.replace(':', "").replace(' ', "-"));
    let path = format!("{folder}/entries/{time}-{}{ending}", slug(&title));
    let text = format!(
        "\
---
title: {title}
date: {date}
draft: true # `dateline publish` takes this line out, and sets the date
# Whether it is among the key events.
key: false
# Who wrote it: [Ada Okafor, Night desk]
authors:
---

TK What has happened.
",
        title = yaml::scalar(&title),
        date = date.rfc3339(zone),
    );
    NewFile::text(path, text)
}

/// The path of the story of live coverage that `called` names: by its slug, its path or its folder. It must be the `index.md` of a
/// folder.
pub fn live_story(site: Option<&Site>, called: &str) -> Result<String, Box<Diagnostic>> {
    let known = || site.into_iter().flat_map(Site::live_stories);
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let path = called.trim_end_matches('/');
    let is_it = |document: &&Document| {
        document.slug.as_deref() == Some(called) || document.path == path || folder(&document.path) == path
    };
    let refuse =
        |message: String, help: String| Err(Box::new(Diagnostic::error(codes::USAGE, message).help(help).of_usage()));
    let Some(story) = known().find(is_it) else {
        let near = text::nearest(called, known().filter_map(|document| document.slug.as_deref()));
        let help = near.map_or_else(|| "make a story with `kind: live` first".to_owned(), text::did_you_mean);
        return refuse(format!("no story of live coverage is called `{called}`"), help);
    };
    if !story.path.rsplit('/').next().is_some_and(|name| name.starts_with("index.")) {
        let folder = story.path.trim_end_matches(".md");
        let help = format!("move it to `{folder}/index.md`: then its entries can be files of their own");
        return refuse(format!("`{}` has all its entries in its text", story.path), help);
    }
    Ok(story.path.clone())
}

/// A draft of an edition: `content/briefings/2023-10-17.md`, or with its title, `2023-10-17-evening.md`, if `is_taken`
/// says that the first file is there.
pub fn briefing(
    title: &str,
    date: Moment,
    zone: &Zone,
    number: Option<u32>,
    is_taken: impl Fn(&str) -> bool,
) -> NewFile {
    let day = date.date(zone);
    let mut path = format!("content/briefings/{day}.md");
    if is_taken(&path) {
        path = format!("content/briefings/{day}-{}.md", slug(&one_line(title)));
    }
    let number = number.map_or_else(|| "# number: 1".to_owned(), |number| format!("number: {number}"));
    let text = format!(
        "\
---
title: {title}
date: {date}
{number}
draft: true # `dateline publish` takes this line out
# One or two sentences for lists, feeds and the preview line of the e-mail.
summary:
# Stories of the site that follow the items below, in order, by slug or by path from here: [ministers-agree]
stories:
---

TK A few words of introduction.

## The first item

TK Every heading with two signs is an item with an address of its own. Give it topics and a short anchor:
`## Court ruling {{#ruling topics=icc,energy-exports}}`.
",
        title = yaml::scalar(&one_line(title)),
        date = date.rfc3339(zone),
    );
    NewFile::text(path, text)
}

/// A topic: `content/topics/slug.md`.
pub fn topic(title: &str) -> NewFile {
    let title = one_line(title);
    let path = format!("content/topics/{}.md", slug(&title));
    let text = format!(
        "\
---
title: {title}
# Other names of the same thing; stories may use any of them: [International Criminal Court, I.C.C.]
aliases:
# topic, section, place, person or organisation.
kind: topic
# Topics that this one belongs to. A story about this one counts as one about them: [International law]
parents:
# What it is, in a sentence or two.
summary:
# Topics that a reader may want too.
see_also:
---
",
        title = yaml::scalar(&title),
    );
    NewFile::text(path, text)
}

/// A person whose by-line leads to a page: `content/people/slug.md`.
pub fn person(name: &str) -> NewFile {
    let name = one_line(name);
    let path = format!("content/people/{}.md", slug(&name));
    let text = format!(
        "\
---
name: {name}
# Other spellings in by-lines: [J. Roe]
aliases:
# Role or job title.
role:
# A public e-mail address.
email:
# Pages elsewhere: [{{name: Mastodon, url: https://…}}]
links:
# A portrait beside this file: {{src: roe.jpg, alt: …, credit: …}}
image:
---
",
        name = yaml::scalar(&name),
    );
    NewFile::text(path, text)
}

/// A draft of a standing page, such as `About us`: `content/pages/slug.md`.
pub fn page(title: &str) -> NewFile {
    let title = one_line(title);
    let path = format!("content/pages/{}.md", slug(&title));
    let text = format!(
        "\
---
title: {title}
# One or two sentences for search engines and the cards of social networks.
summary:
draft: true # `dateline publish` takes this line out
# Keep it out of search engines.
noindex: false
---

TK Link to it under `navigation` in `dateline.yaml`.
",
        title = yaml::scalar(&title),
    );
    NewFile::text(path, text)
}

/// The number after the last edition before `date`; `None` when editions are not numbered.
pub fn next_number(site: &Site, date: Moment) -> Option<u32> {
    let written = || site.editions.iter().filter(|edition| edition.file.is_some());
    let before = written().filter(|edition| edition.date.instant() <= date.instant());
    match before.filter_map(|edition| edition.number).max() {
        Some(last) => last.checked_add(1),
        None => written().next().is_none().then_some(1),
    }
}

fn slug(title: &str) -> String {
    let mut slug = text::slugify(title);
    if slug.len() > LONGEST_SLUG {
        let end = slug[..=LONGEST_SLUG].rfind('-').unwrap_or(LONGEST_SLUG);
        slug.truncate(end);
    }
    if slug.is_empty() { format!("story-{}", Digest::of(title.as_bytes()).short()) } else { slug }
}

/// A title on one line, without control characters.
fn one_line(title: &str) -> String {
    let visible: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_what_can_be_seen() {
        assert_eq!(one_line(" a\n b\u{1b}[2Jc\u{2028}d "), "a b [2Jc d");
    }

    #[test]
    fn file_names_are_short_and_never_empty() {
        assert_eq!(slug("北京"), "bei-jing");
        assert!(slug("🙂").len() > 3);
        let long = slug(&"belt and road ".repeat(20));
        assert!(long.len() <= LONGEST_SLUG && long.ends_with(|c: char| c.is_ascii_alphanumeric()), "{long}");
    }
}
