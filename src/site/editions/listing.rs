//! Editions of files, and the stories that they place among their items or list after them.

use std::collections::HashMap;

use super::shown::ShownEdition;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::content::document::Document;
use crate::content::head::Update;
use crate::site::documents::lookup::Meaning;
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Showing;
use crate::site::ids::{ArticleId, DocId, StoryId};
use crate::site::model::{Story, StorySource};
use crate::site::stories::Listed;
use crate::site::stories::shown::ShownBriefing;

/// Where the stories of a site are.
struct StoriesByDoc {
    shown: HashMap<DocId, StoryId>,
    withdrawn: HashMap<DocId, ArticleId>,
}

/// The stories of one edition, as they are found.
struct Slots<'a> {
    inputs: PassInputs<'a>,
    document: &'a Document,
    by_doc: &'a StoriesByDoc,
    /// The names under which stories were listed.
    listed_as: HashMap<DocId, &'a str>,
    stories: Vec<StoryId>,
    withdrawn: Vec<ArticleId>,
}

/// Makes editions of files, and resolves the stories that they list.
pub(super) fn of_files(
    inputs: PassInputs<'_>,
    briefings: Vec<ShownBriefing>,
    listed: Listed<'_>,
    report: &mut Report,
) -> Vec<ShownEdition> {
    let is_article = |story: &(usize, &Story)| matches!(story.1.kind, StorySource::Article(_));
    let articles = listed.stories.iter().enumerate().filter(is_article);
    let by_doc = StoriesByDoc {
        shown: articles.map(|(index, story)| (story.doc, StoryId(index))).collect(),
        withdrawn: listed.withdrawn().map(|(id, article)| (article.doc, id)).collect(),
    };
    let edition = |ShownBriefing { file, route, published, preview }: ShownBriefing| {
        let document = inputs.documents.get(file.doc);
        let mut slots = Slots {
            inputs,
            document,
            by_doc: &by_doc,
            listed_as: HashMap::new(),
            stories: Vec::new(),
            withdrawn: Vec::new(),
        };
        let mut placed = Vec::new();
        for story in &file.body.placed {
            slots.add(&story.name, "placed", || story.span.place(&document.path), report);
            placed.resize(slots.stories.len(), story.before);
        }
        let in_items = std::mem::take(&mut slots.listed_as);
        for (index, name) in file.head.stories.iter().enumerate() {
            // The list may name all stories, and the headings place some of them.
            if !matches!(inputs.documents.article(&document.path, name), Meaning::One(doc) if in_items.contains_key(&doc))
            {
                slots.add(name, "listed", || document.place(&["stories", &index.to_string()]), report);
            }
        }
        let Slots { stories, withdrawn, .. } = slots;
        ShownEdition {
            route,
            date: file.head.date,
            published,
            updated: Update::last(&file.head.updates, published),
            number: file.head.number,
            week: None,
            stories,
            placed,
            withdrawn,
            preview,
            file: Some(file),
        }
    };
    briefings.into_iter().map(edition).collect()
}

impl<'a> Slots<'a> {
    /// Adds a story by its slug or path, or reports why it cannot be shown. `how` says whether it is listed or placed.
    fn add(&mut self, name: &'a str, how: &str, place: impl Fn() -> Place, report: &mut Report) {
        let PassInputs { documents, shown, .. } = self.inputs;
        let unknown = |what: &str| {
            Diagnostic::error(codes::UNKNOWN_STORY, format!("`{what}` is not a story of this site"))
                .at(place())
                .help("give the story’s path relative to this file, or its slug")
        };
        let meaning = documents.article(&self.document.path, name);
        if let Meaning::One(found) = meaning {
            if let Some(before) = self.listed_as.get(&found) {
                let message = if *before == name {
                    format!("`{name}` is {how} twice")
                } else {
                    format!("`{name}` is {how} already, as `{before}`")
                };
                let problem = Diagnostic::warning(codes::REPEATED_STORY, message).at(place());
                report.push(problem.help("remove one of the two; the edition shows the story once"));
                return;
            }
            self.listed_as.insert(found, name);
        }
        match meaning {
            Meaning::One(found) if documents.get(found).article().is_none() => {
                report.push(unknown(&documents.get(found).path));
            }
            Meaning::One(found) if shown[found.0].is_withheld() => report.push(
                Diagnostic::warning(
                    codes::WITHHELD_LINK,
                    format!("`{}` is withheld for now", documents.get(found).path),
                )
                .at(place())
                .help("the edition is published without it until it is live"),
            ),
            Meaning::One(found) if shown[found.0] == Showing::Elsewhere => {
                let message = format!("`{}` is in another language than this edition", documents.get(found).path);
                let problem = Diagnostic::error(codes::UNKNOWN_STORY, message).at(place());
                report.push(problem.help("list its translation, or link to it in a text"));
            }
            Meaning::One(found) => {
                self.stories.extend(self.by_doc.shown.get(&found));
                self.withdrawn.extend(self.by_doc.withdrawn.get(&found));
            }
            Meaning::Several(found) => report.push(documents.ambiguous(name, &found).at(place())),
            Meaning::Nothing if documents.is_unread(&self.document.path, name) => {}
            Meaning::Nothing => report.push(unknown(name)),
        }
    }
}
