//! Typed indices into the lists of a [`Site`](super::Site), so that no index of one list is used for another.

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub usize);
        )*
    };
}

id! {
    /// Index of a document in `Site::documents`.
    DocId,
    /// Index of a story in [`Site::stories`](super::Site::stories).
    StoryId,
    /// Index of an article in [`Site::articles`](super::Site::articles).
    ArticleId,
    /// Index of a topic in [`Site::topics`](super::Site::topics).
    TopicId,
    /// Index of a pair of topics in [`Site::pairs`](super::Site::pairs).
    PairId,
    /// Index of an edition in [`Site::editions`](super::Site::editions).
    EditionId,
    /// Index of a person in [`Site::people`](super::Site::people).
    PersonId,
    /// Index of a developing story in [`Site::threads`](super::Site::threads).
    ThreadId,
    /// Index of a standing page in [`Site::pages`](super::Site::pages).
    PageId,
    /// Index of a file beside a story in [`Site::assets`](super::Site::assets).
    AssetId,
}
