//! Kinds of topics.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// A subject.
    #[default]
    Topic,
    /// A section of the publication.
    Section,
    /// A place.
    Place,
    /// A person.
    Person,
    /// An organisation.
    Organisation,
}

impl TopicKind {
    /// The name of the word that heads its group in the topic index (see [`crate::config::Catalog`]).
    pub fn heading(self) -> &'static str {
        match self {
            Self::Topic => "kind_topics",
            Self::Section => "kind_sections",
            Self::Place => "kind_places",
            Self::Person => "kind_persons",
            Self::Organisation => "kind_organisations",
        }
    }

    /// The name of the word that readers see as its label; a subject has none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Topic => None,
            Self::Section => Some("kind_section"),
            Self::Place => Some("kind_place"),
            Self::Person => Some("kind_person"),
            Self::Organisation => Some("kind_organisation"),
        }
    }
}
