//! Outputs of the editions in further languages, within the plan of the whole site.

use super::output::{Output, OutputKind};

impl Output {
    /// The output within the plan of the whole site, as one of the language edition with this index.
    pub(in crate::plan) fn in_language(self, language: usize) -> Self {
        let (route, doc) = (self.route.clone(), self.doc);
        Self { route, kind: OutputKind::Language(language, Box::new(self)), doc }
    }
}

impl OutputKind {
    /// The kind that the output has in the edition of its language.
    pub fn plain(&self) -> &Self {
        match self {
            Self::Language(_, output) => output.kind.plain(),
            kind => kind,
        }
    }

    /// The index of the language edition; `None` for an output of the main one.
    pub fn language(&self) -> Option<usize> {
        match self {
            Self::Language(language, _) => Some(*language),
            _ => None,
        }
    }
}
