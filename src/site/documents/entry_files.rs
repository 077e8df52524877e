//! Entries of live coverage in files of their own: the story that each belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text;
use crate::config::Config;
use crate::content::document::Document;
use crate::content::folders::folder_of_story;
use crate::content::head::StoryKind;
use crate::content::unread::UnreadFile;
use crate::site::ids::DocId;

/// Which files are entries of which story.
#[derive(Clone, Debug, Default)]
pub(in crate::site) struct EntryFiles {
    /// The story of each entry.
    stories: BTreeMap<DocId, DocId>,
    /// The entries of each story, by path.
    entries: HashMap<DocId, Vec<DocId>>,
}

impl EntryFiles {
    /// Finds the story of each entry: the `index.md` above its folder `entries/`, in the language that the file's name says. An
    /// entry takes over the language of its story. Reports entries without a story of live coverage.
    pub(in crate::site) fn find(
        documents: &mut [Arc<Document>],
        unread: &[UnreadFile],
        config: &Config,
        report: &mut Report,
    ) -> Self {
        let (mut files, mut told) = (Self::default(), BTreeSet::new());
        for index in 0..documents.len() {
            let document = &documents[index];
            let Some((_, folder)) = document.entry().zip(folder_of_story(&document.path)) else { continue };
            let tag = config.language_of_name(&document.path).map_or_else(String::new, |(tag, _)| format!(".{tag}"));
            let path = format!("{folder}/index{tag}.md");
            let found = documents.binary_search_by(|other| (*other.path).cmp(&path));
            let is_live = |at: &usize| documents[*at].article().is_some_and(|(head, _)| head.kind == StoryKind::Live);
            match found.ok().filter(is_live) {
                Some(story) => {
                    files.stories.insert(DocId(index), DocId(story));
                    files.entries.entry(DocId(story)).or_default().push(DocId(index));
                    if let Some(own) = document.in_language(documents[story].language()) {
                        documents[index] = Arc::new(own);
                    }
                }
                // What is wrong with the story is reported there.
                None if unread.iter().any(|file| *file.path == *text::composed(&path)) => {}
                None if told.insert(path.clone()) => {
                    let (message, help) = if found.is_ok() {
                        (
                            format!("`{path}` is no live coverage, and has no entries"),
                            "add `kind: live` to it".to_owned(),
                        )
                    } else {
                        let file = format!("{folder}{tag}.md");
                        let help = if documents.binary_search_by(|other| (*other.path).cmp(&file)).is_ok() {
                            format!("move `{file}` there: a story whose entries are files is a folder")
                        } else {
                            "write the story there, with `kind: live`; or rename the folder `entries`, if its files are stories themselves".to_owned()
                        };
                        (format!("there is no `{path}` that this could be an entry of"), help)
                    };
                    let problem = Diagnostic::error(codes::LIVE_ENTRY, message).at(Place::file(&document.path));
                    report.push(problem.help(help));
                }
                None => {}
            }
        }
        files
    }

    /// The story of an entry.
    pub(in crate::site) fn story_of(&self, entry: DocId) -> Option<DocId> {
        self.stories.get(&entry).copied()
    }

    /// The entries of a story, by path.
    pub(in crate::site) fn of(&self, story: DocId) -> &[DocId] {
        self.entries.get(&story).map_or(&[], Vec::as_slice)
    }

    /// All entries, each with its story.
    pub(in crate::site) fn all(&self) -> impl Iterator<Item = (DocId, DocId)> {
        self.stories.iter().map(|(entry, story)| (*entry, *story))
    }
}
