//! The stable codes of all diagnostics. `docs/diagnostics.md` explains each; a test compares the two.

use serde::{Deserialize, Deserializer, Serialize};

/// A stable, readable code such as `unknown-key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(pub &'static str);

/// Whose problem an error is, and thereby the exit code of the command that met it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExitKind {
    /// The sources of the site: exit code 1.
    #[default]
    Site,
    /// The command line, the configuration, or what they name: exit code 2.
    Usage,
    /// Reading, writing or sending failed, or the program is wrong: exit code 3.
    Fault,
}

impl Code {
    /// Whose problem an error with this code is, unless its place says otherwise.
    pub fn kind(self) -> ExitKind {
        KINDS.iter().find(|(code, _)| *code == self).map_or_else(ExitKind::default, |(_, kind)| *kind)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = ALL.iter().find(|code| code.0 == name);
        known.copied().ok_or_else(|| serde::de::Error::custom("no such code"))
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal $(is $kind:ident)?;)*) => {
        $($(#[doc = $doc])* pub const $name: Code = Code($text);)*
        /// Every code, in the order of the list.
        pub const ALL: &[Code] = &[$($name),*];
        /// The codes that are not about the sources of the site.
        const KINDS: &[(Code, ExitKind)] = &[$($(($name, ExitKind::$kind),)?)*];
    };
}

codes! {
    /// A file cannot be read.
    UNREADABLE = "unreadable";
    /// A file that went away while the site was made.
    VANISHED = "vanished" is Fault;
    /// A file that changed while the site was made.
    CHANGING = "changing" is Fault;
    /// A text file, or the name of a file, is not UTF-8.
    NOT_UTF8 = "not-utf8";
    /// A symbolic link leads back to a folder that contains it.
    LINK_LOOP = "link-loop";
    /// A symbolic link leads out of the site.
    LINK_OUTSIDE = "link-outside";
    /// The first line is not `---`.
    FRONT_MATTER_MISSING = "front-matter-missing";
    /// The front matter has no closing `---`.
    FRONT_MATTER_OPEN = "front-matter-open";
    /// The YAML cannot be parsed.
    YAML_SYNTAX = "yaml-syntax";
    /// The YAML is larger or deeper than any front matter needs to be.
    YAML_LIMIT = "yaml-limit";
    /// A key occurs twice.
    DUPLICATE_KEY = "duplicate-key";
    /// A key that nothing knows.
    UNKNOWN_KEY = "unknown-key";
    /// A required key is missing.
    MISSING_KEY = "missing-key";
    /// A value of the wrong kind.
    WRONG_TYPE = "wrong-type";
    /// A value of the right kind that makes no sense here.
    BAD_VALUE = "bad-value";
    /// A date in no known form, or on no calendar.
    BAD_DATE = "bad-date";
    /// A time that a change of the clocks skips, or brings twice.
    CLOCK_CHANGE = "clock-change";
    /// An entry of live coverage without a time that is one, or out of order.
    LIVE_ENTRY = "live-entry";
    /// Two keys that say different things.
    CONFLICT = "conflict";
    /// Two sources claim one route.
    ROUTE_CONFLICT = "route-conflict";
    /// An address that no file can have, since a name in it is too long.
    LONG_ADDRESS = "long-address";
    /// A path under `gone` that a page answers.
    NOT_GONE = "not-gone";
    /// Two stories claim one alias, or an alias stands in the way of a page.
    ALIAS_CONFLICT = "alias-conflict";
    /// Files for hosts hold more than a host reads.
    HOST_LIMIT = "host-limit";
    /// A link to a source file or slug that is not there.
    BROKEN_LINK = "broken-link";
    /// A link to an anchor that its target lacks.
    BROKEN_ANCHOR = "broken-anchor";
    /// A link to a path of this site that nothing answers.
    DEAD_PATH = "dead-path";
    /// A link with a scheme that could run code.
    UNSAFE_LINK = "unsafe-link";
    /// A link with a scheme that is not known.
    UNKNOWN_SCHEME = "unknown-scheme";
    /// A picture whose parts cannot be told apart, so that its metadata stays in it.
    DAMAGED_PICTURE = "damaged-picture";
    /// Part of an SVG that runs code or asks another host.
    SVG_LEFT_OUT = "svg-left-out";
    /// A picture of more pixels than are decoded, which goes out in its one size.
    HUGE_PICTURE = "huge-picture";
    /// A reference such as `[text][label]` without its definition.
    UNDEFINED_REFERENCE = "undefined-reference";
    /// An output would tell of a story that is withheld.
    WITHHELD_LEAK = "withheld-leak";
    /// An address that was published and that nothing answers any more.
    LOST_URL = "lost-url";
    /// A link to a story that is withheld.
    WITHHELD_LINK = "withheld-link";
    /// A file of a withdrawn story that another story shows.
    WITHDRAWN_FILE = "withdrawn-file";
    /// A `[[slug]]` that fits several stories.
    AMBIGUOUS_LINK = "ambiguous-link";
    /// An image that is not there.
    MISSING_IMAGE = "missing-image";
    /// A footnote that is used but not defined, or defined but not used.
    FOOTNOTE = "footnote";
    /// An anchor that occurs twice in one text.
    DUPLICATE_ANCHOR = "duplicate-anchor";
    /// An anchor that the page has or may come to have by itself.
    RESERVED_ANCHOR = "reserved-anchor";
    /// Blocks or elements nested without end.
    TOO_DEEP = "too-deep";
    /// Cells of a table beyond its head.
    TABLE_CELLS = "table-cells";
    /// Raw HTML that readers do not get to see.
    HTML_LEFT_OUT = "html-left-out";
    /// A block `::: name` that is not closed, unknown, or has values that it does not take.
    BAD_BLOCK = "bad-block";
    /// A data file that cannot be read, or that a block asks for and that is not there.
    BAD_DATA = "bad-data";
    /// A site in another language whose interface is in English.
    ENGLISH_LABELS = "english-labels";
    /// A topic without a file where `topics: closed` asks for one.
    UNKNOWN_TOPIC = "unknown-topic";
    /// Two topics that claim one name, or a parent that leads back to itself.
    TOPIC_CONFLICT = "topic-conflict";
    /// Two names that make one address; one of them has it.
    SHARED_SLUG = "shared-slug";
    /// A briefing names a story that is not there.
    UNKNOWN_STORY = "unknown-story";
    /// A briefing lists a story twice.
    REPEATED_STORY = "repeated-story";
    /// Edition numbers that repeat or run backwards.
    EDITION_NUMBER = "edition-number";
    /// A translation that does not exist or has the same language.
    TRANSLATION = "translation";
    /// An e-mail that mail programs may cut off.
    EMAIL_SIZE = "email-size";
    /// A template that cannot be parsed.
    TEMPLATE_SYNTAX = "template-syntax";
    /// A template that failed on a page.
    TEMPLATE_RENDER = "template-render";
    /// The configuration is missing.
    CONFIG_MISSING = "config-missing" is Usage;
    /// A setting that this version reads but does not act on yet.
    NOT_YET = "not-yet";
    /// The output folder is not one to write to.
    OUTPUT_REFUSED = "output-refused" is Usage;
    /// Another command is writing to the output folder.
    OUTPUT_LOCKED = "output-locked" is Fault;
    /// Files in the output folder that Dateline did not write.
    FOREIGN_FILE = "foreign-file";
    /// A file in the output folder that is not what the sources give.
    STALE_OUTPUT = "stale-output";
    /// Reading or writing failed.
    IO = "io" is Fault;
    /// A file in a content folder that nothing reads.
    UNUSED_FILE = "unused-file";
    /// The system cannot tell of changes, so the files are looked at again and again.
    WATCH_LIMIT = "watch-limit";
    /// A command line that makes no sense.
    USAGE = "usage" is Usage;
    /// A file that a command would have to overwrite.
    EXISTS = "exists" is Usage;
    /// A value in a form that the desk of `init --cms` would take away.
    LOST_IN_DESK = "lost-in-desk";
    /// A conclusion of an import, with the words that it is drawn from.
    INFERRED = "inferred";
    /// Copy that was imported before.
    ALREADY_IMPORTED = "already-imported";
    /// A file to import that is no text in any encoding that is read.
    NOT_TEXT = "not-text";
    /// A file to import whose encoding nothing in it says.
    GUESSED_ENCODING = "guessed-encoding";
    /// A file to import without words.
    NO_COPY = "no-copy";
    /// An embargo in words that name no instant.
    EMBARGO_UNRESOLVED = "embargo-unresolved";
    /// Mentions that `topics merge` leaves to be edited by hand.
    NOT_MERGED = "not-merged";
    /// What `publish` cannot release.
    NOT_RELEASED = "not-released";
    /// No place to deploy to has this name.
    NO_TARGET = "no-target" is Usage;
    /// Credentials for an object store are missing.
    NO_CREDENTIALS = "no-credentials" is Usage;
    /// An object store refused, or could not be reached.
    STORE = "store" is Fault;
    /// Another deployment to the same place is running.
    DEPLOY_BUSY = "deploy-busy" is Fault;
    /// The object store does not keep two deployments apart.
    DEPLOY_UNGUARDED = "deploy-unguarded";
    /// A deployment was asked to end before it was done.
    DEPLOY_STOPPED = "deploy-stopped" is Fault;
    /// The list of what was deployed is lost.
    MANIFEST_LOST = "manifest-lost";
    /// A deployment would delete more than it may.
    TOO_MANY_DELETIONS = "too-many-deletions";
    /// Someone who was to be told of changes did not take it.
    NOT_ANNOUNCED = "not-announced" is Fault;
    /// There is no release to go back to.
    NO_RELEASE = "no-release" is Usage;
    /// The release to go back to holds what is withheld.
    WITHHELD_RELEASE = "withheld-release";
    /// Something that a `--deny-…` option does not let pass.
    DENIED = "denied";
    /// A call of a template or shortcode that an import leaves as text.
    IMPORT_CALL = "import-call";
    /// Something that an import had to guess.
    IMPORT_GUESS = "import-guess";
    /// A file that an import does not bring along.
    IMPORT_LEFT = "import-left";
    /// A note or a file that readers of the other site never saw, and that an import does not publish.
    IMPORT_HIDDEN = "import-hidden";
    /// Marks of another Markdown that an import leaves out, or writes otherwise.
    IMPORT_MARK = "import-mark";
    /// A text that Dateline reads otherwise than the program that it comes from.
    IMPORT_TEXT = "import-text";
    /// A file that an import cannot read.
    IMPORT_UNREAD = "import-unread";
    /// A key whose value an import keeps under `extra`, although ours has such a key.
    IMPORT_KEY = "import-key";
    /// A link that leads to nothing that an import brings along.
    IMPORT_LINK = "import-link";
    /// A name or address that two files of an import claim.
    IMPORT_CLASH = "import-clash";
    /// A mistake of Dateline's own.
    INTERNAL = "internal" is Fault;
    /// The summary of a command, as its last line for programs.
    SUMMARY = "summary";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented_and_nothing_else_is() {
        let documented: Vec<_> = include_str!("../../docs/diagnostics.md")
            .lines()
            .filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`'))
            .collect();
        for code in ALL {
            assert_eq!(documented.iter().filter(|name| **name == code.0).count(), 1, "{code}");
        }
        assert_eq!(documented.len(), ALL.len());
    }
}
