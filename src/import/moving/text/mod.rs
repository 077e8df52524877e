//! Converts the texts of a source site: without hidden comments, in our Markdown dialect, with links to the new
//! addresses.
//!
//! In: the body of a story, and the placement of all stories. Out: the body for the new file, and the constructs that
//! could not be converted. Deliberately not here: front matter and files.

mod anchors;
pub(super) mod call_target;
pub(super) mod code_spans;
mod extensions;
mod goldmark;
pub(super) mod heading_ids;
mod hidden_comments;
mod kramdown;
pub(super) mod link_targets;
pub(super) mod links;
mod places;
pub(super) mod template_calls;

use std::borrow::Cow;

use crate::base::codes;
use crate::content::markdown::without_blocks;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{LinePlaces, MovedStory, Program};

/// Removes comments from all bodies, and rewrites markup that means something else in our dialect.
pub(super) fn carry(
    program: Program,
    stories: &mut [MovedStory],
    settings: &Settings,
    folder: &Folder,
    log: &mut MigrationLog,
) {
    let kramdown = if program == Program::Jekyll { kramdown::Options::of(settings) } else { None };
    let shows_comments = shows_comments(folder);
    let goldmark = (program == Program::Hugo).then(|| goldmark::Options::of(settings));
    let extensions = extensions::Extensions::of(program, settings);
    for story in &mut *stories {
        let public = hidden_comments::without(program, &story.body, shows_comments);
        let mut places = LinePlaces::new(story, &story.body, 0);
        for (line, what) in &public.hidden {
            let what = format!("a note that readers never saw (`{what}`) is left out");
            log.add(codes::IMPORT_HIDDEN, what, places.of(*line));
        }
        let count = public.text.lines().count() as u32;
        let from: Vec<u32> = (0..=count).map(|line| public.original(line)).collect();
        let old = |line: u32| from.get(line as usize).copied().unwrap_or(line);
        if let Some(options) = goldmark.filter(|_| !story.is_html) {
            let carried = goldmark::carry(options, &public.text);
            for line in carried.hidden {
                log.add(
                    codes::IMPORT_HIDDEN,
                    "HTML that readers never saw (`unsafe` is not on) is left out",
                    places.of(old(line)),
                );
            }
            let from: Vec<u32> = carried.lines.iter().map(|line| old(*line)).collect();
            let (text, said) = extensions.write(&carried.text);
            for (line, what) in said {
                let line = from.get(line as usize).or(from.last()).copied().unwrap_or(line);
                log.add(codes::IMPORT_MARK, what, places.of(line));
            }
            (story.body, story.lines) = (text, from);
            continue;
        }
        let carried = kramdown.as_ref().filter(|_| !story.is_html);
        let Some(carried) = carried.and_then(|options| kramdown::carry(options, &public.text)) else {
            let (text, said) = if story.is_html { (public.text, Vec::new()) } else { extensions.write(&public.text) };
            for (line, what) in said {
                log.add(codes::IMPORT_MARK, what, places.of(old(line)));
            }
            (story.body, story.lines) = (text, from);
            continue;
        };
        for (line, what) in extensions.write(&public.text).1.iter().chain(&carried.said) {
            log.add(codes::IMPORT_MARK, *what, places.of(old(*line)));
        }
        if let Some(line) = carried.otherwise {
            log.add(codes::IMPORT_TEXT, "a text reads otherwise here, from this line on", places.of(old(line)));
        }
        story.lines = carried.lines.iter().map(|line| old(*line)).collect();
        story.body = carried.text;
    }
    // No other program has our blocks: their colons are words.
    for story in stories {
        if let Cow::Owned(text) = without_blocks(&story.body) {
            story.body = text;
        }
    }
}

/// Whether a Hugo site overrides the `comment` shortcode with one that shows its content.
fn shows_comments(folder: &Folder) -> bool {
    let own = folder.files.keys().filter(|path| path.ends_with("shortcodes/comment.html"));
    own.map(|path| folder.text(path)).any(|text| text.is_ok_and(|text| text.contains(".Inner")))
}
