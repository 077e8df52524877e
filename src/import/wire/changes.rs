//! Derives the kind, the status and the change log of a story from its tags and its advisory.

use super::inference::{Inference, Sure};
use crate::import::wire::copy::story::Story;
use crate::import::wire::phrases::headers::{self, Tag};

/// The kind, the status and the latest change, as the copy states them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UpdateNotices {
    /// The kind: `analysis`, `explainer` or `opinion`.
    pub(super) kind: Option<&'static str>,
    /// Whether a tag such as `BREAKING` marks the story as developing.
    pub(super) is_developing: bool,
    /// The kind of the latest change, with its description if there is an advisory.
    pub(super) update: Option<(&'static str, Option<String>)>,
}

impl UpdateNotices {
    /// Parses the tags and the advisory of a story, and records the inferences.
    pub(super) fn of(story: &Story, inferences: &mut Vec<Inference>) -> Self {
        let mut changes = Self::default();
        let slug = story.slugline.as_ref().and_then(|slug| Some((headers::slug_tag(&slug.it)?, slug.line)));
        let tags = story.tag.iter().map(|tag| (tag.it.clone(), tag.line)).chain(slug);
        for (tag, line) in tags {
            changes.read(&tag, line, inferences);
        }
        if let Some(advisory) = &story.advisory {
            let text = advisory.it.trim_start_matches('(').trim_end_matches(['.', ')']).trim().to_owned();
            let verb = headers::verb(&advisory.it).unwrap_or_default();
            let kind = match (changes.update.as_ref().map(|(kind, _)| *kind), verb.as_str()) {
                (Some(kind @ ("correction" | "clarification")), _) => kind,
                (_, "corrects" | "this") => "correction",
                (_, "clarifies") => "clarification",
                (_, "refiles" | "repeats") => "refile",
                (kind, _) => kind.unwrap_or("update"),
            };
            let hidden = kind == "update" && text.to_lowercase().contains("correct");
            let sure = if hidden { Sure::Guess } else { Sure::Likely };
            let value = if hidden { format!("{kind}, although something is corrected too") } else { kind.to_owned() };
            inferences.push(Inference {
                what: "updates",
                value,
                from: format!("`{}`", advisory.it),
                line: advisory.line,
                sure,
            });
            changes.update = Some((kind, Some(text)));
        }
        changes
    }

    fn read(&mut self, tag: &Tag, line: u32, inferences: &mut Vec<Inference>) {
        for word in &tag.words {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let (what, value) = match bare {
                "ANALYSIS" | "INSIGHT" | "FOCUS" => ("kind", "analysis"),
                "EXPLAINER" | "FACTBOX" | "TIMELINE" | "Q&A" => ("kind", "explainer"),
                "OPINION" | "COMMENTARY" | "COLUMN" | "EDITORIAL" => ("kind", "opinion"),
                "BREAKING" | "BREAKING NEWS" | "URGENT" | "ALERT" | "FLASH" | "SNAP" | "DEVELOPING" => {
                    ("status", "developing")
                }
                "CORRECTED" | "CORRECTION" => ("updates", "correction"),
                "CLARIFICATION" => ("updates", "clarification"),
                "REFILE" | "REPEAT" | "RPT" => ("updates", "refile"),
                "UPDATE" | "WRAPUP" | "WRAP-UP" | "RECAST" => ("updates", "update"),
                _ => continue,
            };
            match what {
                "kind" => self.kind = self.kind.or(Some(value)),
                "status" => self.is_developing = true,
                // In `CORRECTED-UPDATE 1`, the correction is the latest change.
                _ => self.update = self.update.take().or(Some((value, None))),
            }
            inferences.push(Inference {
                what,
                value: value.to_owned(),
                from: format!("`{word}`"),
                line,
                sure: Sure::Likely,
            });
        }
    }
}
