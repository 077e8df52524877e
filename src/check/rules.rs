//! The table of rules.

use super::findings::Findings;
use super::links::{addresses, unmade};
use super::subject::Subject;
use super::texts::{dateline, head, images, leftovers, link_texts, names, topics, wording};
use crate::base::codes::Code;
use crate::base::rules;

/// A rule that reads one file.
type FileRule = fn(&Subject<'_>, &mut Findings);

/// Rules that read one file at a time. Rules about the whole site are called by name, because each takes different
/// input.
pub(super) const OF_FILES: &[(Code, FileRule)] = &[
    (rules::TK_LEFT, wording::tk_left),
    (rules::DOUBLED_WORD, wording::doubled_word),
    (rules::SKIPPED_HEADING, wording::skipped_heading),
    (rules::LONG_HEADLINE, head::long_headline),
    (rules::MISSING_DEK, head::missing_dek),
    (rules::DEK_REPEATS, head::dek_repeats),
    (rules::NO_SOURCE, head::no_source),
    (rules::DATELINE_PLACE, dateline::dateline_place),
    (rules::DATELINE_DATE, dateline::dateline_date),
    (rules::KEPT_DATE, head::kept_date),
    (rules::STALE_DEVELOPING, head::stale_developing),
    (rules::VAGUE_LINK, link_texts::vague_link),
    (rules::UNMADE_LINK, unmade::unmade_link),
    (rules::STRAY_MARK, leftovers::stray_mark),
    (rules::FOREIGN_SHORTCODE, leftovers::foreign_shortcode),
    (rules::DESK_LINK, addresses::desk_link),
    (rules::TRACKED_LINK, addresses::tracked_link),
    (rules::IMAGE_WITHOUT_ALT, images::image_without_alt),
    (rules::IMAGE_WITHOUT_CREDIT, images::image_without_credit),
    (rules::NO_TOPIC, topics::no_topic),
    (rules::SEVERAL_NAMES, names::several_names),
];
