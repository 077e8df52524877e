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
    /// The heading of its group in the topic index.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Topic => "Topics",
            Self::Section => "Sections",
            Self::Place => "Places",
            Self::Person => "People",
            Self::Organisation => "Organisations",
        }
    }

    /// The label that readers see; a subject has none.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Topic => None,
            Self::Section => Some("Section"),
            Self::Place => Some("Place"),
            Self::Person => Some("Person"),
            Self::Organisation => Some("Organisation"),
        }
    }
}
