//! The texts of a site that moves, before anything in them is looked at: without notes, and in the Markdown that we read.

use super::goldmark;
use super::hidden_comments;
use super::kramdown;
use super::migration_log::MigrationLog;
use super::settings::Settings;
use super::story::{MovedStory, Program, old_line};
use crate::base::codes;

/// Takes notes out of all texts, and carries the marks over that mean something else here.
pub(super) fn carry(
    program: Program,
    stories: &mut [MovedStory],
    settings: &Settings,
    shows_comments: bool,
    tally: &mut MigrationLog,
) {
    let kramdown = if program == Program::Jekyll { kramdown::Options::of(settings) } else { None };
    let goldmark = (program == Program::Hugo).then(|| goldmark::Options::of(settings));
    for story in stories {
        let public = hidden_comments::without(program, &story.body, shows_comments);
        let lines: Vec<&str> = story.body.lines().collect();
        let place = |line: u32| story.place(lines.get(line as usize).copied().unwrap_or_default(), line);
        for (line, what) in &public.hidden {
            let what = format!("a note that readers never saw (`{what}`) is left out");
            tally.add(codes::IMPORT_HIDDEN, what, place(*line));
        }
        let count = public.text.lines().count() as u32;
        let from: Vec<u32> = (0..=count).map(|line| old_line(&public.gone, line)).collect();
        let old = |line: u32| from.get(line as usize).copied().unwrap_or(line);
        if let Some(options) = goldmark.filter(|_| !story.is_html) {
            let carried = goldmark::carry(options, &public.text);
            for line in carried.hidden {
                tally.add(
                    codes::IMPORT_HIDDEN,
                    "HTML that readers never saw (`unsafe` is not on) is left out",
                    place(old(line)),
                );
            }
            story.lines = carried.lines.iter().map(|line| old(*line)).collect();
            story.body = carried.text;
            continue;
        }
        let carried = kramdown.as_ref().filter(|_| !story.is_html);
        let Some(carried) = carried.and_then(|options| kramdown::carry(options, &public.text)) else {
            (story.body, story.lines) = (public.text, from);
            continue;
        };
        for (line, what) in &carried.said {
            tally.add(codes::IMPORT_MARK, *what, place(old(*line)));
        }
        if let Some(line) = carried.otherwise {
            tally.add(codes::IMPORT_TEXT, "a text reads otherwise here, from this line on", place(old(line)));
        }
        story.lines = carried.lines.iter().map(|line| old(*line)).collect();
        story.body = carried.text;
    }
}
