//! The data model of a [`Site`], as the passes beside this folder fill it in.
//!
//! In and out: nothing but their own fields. Deliberately not here: how they come about.

mod article;
mod edition;
mod front;
mod page;
mod pair;
mod person;
mod site;
mod story;
mod thread;
mod topic;

pub use article::Article;
pub use edition::{BriefingFile, Edition, EditionEntry};
pub use front::{Front, Package};
pub use page::{PathLink, StandingPage};
pub use pair::Pair;
pub use person::Person;
pub use site::Site;
pub use story::{Story, StorySource};
pub use thread::Thread;
pub use topic::{Topic, TopicFile};
