//! A new site: a configuration and a few short stories that explain themselves.

use jiff::SignedDuration;

use super::NewFile;
use crate::base::date::{Moment, Zone};
use crate::render;

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("site/", $path)))),*]
    };
}

/// The files of a new site, with `@zone@` and dates as placeholders for [`fill`].
const FILES: &[(&str, &str)] = files![
    "dateline.yaml",
    "content/articles/write-a-story.md",
    "content/articles/give-it-topics.md",
    "content/articles/check-and-publish.md",
    "content/briefings/first-edition.md",
    "content/topics/publishing.md",
    "content/topics/guide.md",
    "content/pages/about.md",
];

/// Contents of `.gitignore`.
const IGNORED: &str = "# What Dateline writes.\n/public/\n/public-*/\n/.dateline/\n";

/// The files of a new site in `zone`, with stories dated just before `now`; also the default theme's templates and
/// static files, if wanted.
pub fn site(now: Moment, zone: &Zone, templates: bool) -> Vec<NewFile> {
    let mut files: Vec<NewFile> = FILES
        .iter()
        .map(|(path, text)| NewFile::text(place(path, now, zone), fill(text, now, zone)))
        .chain([NewFile::text(".gitignore", IGNORED)])
        .collect();
    if templates {
        let copy =
            |folder: &str, name: &str, bytes: &[u8]| NewFile { path: format!("{folder}/{name}"), bytes: bytes.into() };
        files.extend(render::TEMPLATES.iter().map(|(name, text)| copy("templates", name, text.as_bytes())));
        files.extend(render::STATICS.iter().map(|(name, bytes)| copy("static", name, bytes)));
    }
    files
}

/// The path of an example: articles are in the folder of their month, the edition is named by its day.
fn place(path: &str, now: Moment, zone: &Zone) -> String {
    let day = now.date(zone);
    match path.strip_prefix("content/articles/") {
        Some(name) => {
            let day = before(now, age(name)).date(zone);
            format!("content/articles/{:04}/{:02}/{name}", day.year(), day.month())
        }
        None if path.starts_with("content/briefings/") => format!("content/briefings/{day}.md"),
        None => path.to_owned(),
    }
}

/// Age of an example article in hours.
fn age(name: &str) -> i64 {
    match name {
        "write-a-story.md" => 2,
        "give-it-topics.md" => 26,
        _ => 50,
    }
}

fn before(now: Moment, hours: i64) -> Moment {
    // If the clock is before the first representable date, everything is dated now.
    now.instant().checked_sub(SignedDuration::from_hours(hours)).map_or(now, Moment::at)
}

fn fill(text: &str, now: Moment, zone: &Zone) -> String {
    let mut text = text.replace("@zone@", zone.name()).replace("@today@", &now.date(zone).to_string());
    for name in ["write-a-story", "give-it-topics", "check-and-publish"] {
        let written = before(now, age(&format!("{name}.md")));
        let day = written.date(zone);
        text = text
            .replace(&format!("@date:{name}@"), &written.rfc3339(zone))
            .replace(&format!("@month:{name}@"), &format!("{:04}/{:02}", day.year(), day.month()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_fill_in() {
        let zone = Zone::new("Asia/Shanghai").expect("bundled");
        let now = Moment::parse("2023-11-01T00:30:00+08:00", &zone).expect("a date");
        let files = site(now, &zone, false);
        for file in &files {
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(!text.contains('@') && !file.path.contains('@'), "{}: {text}", file.path);
        }
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert!(paths.contains(&"content/articles/2023/10/write-a-story.md"), "{paths:?}");
        assert!(paths.contains(&"content/briefings/2023-11-01.md"), "{paths:?}");
    }
}
