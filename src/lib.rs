//! Dateline turns a folder of Markdown stories into a news briefing: a static site with articles, topics, dated
//! editions, by-lines, threads, feeds and sitemaps. The program `dateline` is a thin shell around this library. This
//! page is the map of the source. A change of the structure changes this page in the same commit.
//!
//! # The flow
//!
//! Values in, values out, in one direction. [`pipeline`] is the only place where the stages meet, and reads like this
//! picture:
//!
//! ```text
//! dateline.yaml ──config::read──▶ Config
//!                                   │
//! content/ ──content::gather──▶ Documents, assets ──site::assemble──▶ Site ──plan::plan──▶ Outputs: route, kind
//! data/    ──content::gather──▶ Data ──────────▶ site::assemble
//! static/  ──content::gather──▶ static files ───────────────────────────┐                         │
//! templates/ ─content::gather─▶ Templates                         SiteContext ◀───────────────────┤
//!                                   │                                   │                         │
//!                                   │                                   └─────plan::view────▶ View, and its key
//!                                   │                                                             │
//!                                   └──────────────────────────────────────render::Renderer──▶ bytes, and questions
//!                                                                                                 │
//!                               public/ ◀──────publish::Publication: put, then commit ────────────┘
//! ```
//!
//! - **gather**: each file becomes a [`Document`](content::document::Document), by itself: front matter checked,
//!   Markdown compiled, links left open.
//! - **assemble**: documents meet and become a [`Site`](site::Site): first what is withheld is set aside, then come
//!   order, topics, editions, people, threads, related stories, and the links are closed. A site is never edited
//!   afterwards.
//! - **plan**: the site becomes a list of outputs, each a route and what it is; a [`SiteContext`](plan::SiteContext)
//!   keeps what many pages share.
//! - **view**: an output becomes everything that it shows, as one value. The same value is hashed into the output's
//!   key, so a stale page is impossible by construction. What is costly to make, such as an article's text or JSON-LD,
//!   stands in it as what it is made of: that is hashed, and the function that makes it is given nothing else.
//! - **render**: a view becomes bytes. A template may ask further questions; each is kept with the digest of its
//!   answer.
//! - **publish**: what differs from the output folder is staged beside it and moved in by renames: all of it or
//!   nothing.
//!
//! Next to its value every stage returns a [`Report`](base::report::Report): all problems in one run, each with a
//! stable code, a place and what to do about it.
//!
//! # The floors
//!
//! A module imports from the floors below its own and from nowhere else. `tests/floors/` reads this table and the source,
//! and fails when one does otherwise. There are no dependency cycles between files or folders on one floor either.
//!
//! | floor | module | in → out | must not |
//! |---|---|---|---|
//! | 0 | [`base`] | dates, digests, routes, text, YAML, diagnostics, the only door to the disk | know what a story is |
//! | 1 | [`config`] | `dateline.yaml` → `Config` | read content |
//! | 2 | [`content`] | one file → `Document` | know other documents |
//! | 3 | [`site`] | documents → `Site` | know formats or templates |
//! | 4 | [`plan`] | site → outputs and their views | render, touch the disk |
//! | 5 | [`render`] | view → bytes | know the inside of `site`, touch the disk |
//! | 6 | [`publish`] | bytes → output folder | know content |
//! | 7 | [`pipeline`] | the chain of all these; the search for what is withheld | know what a page shows |
//! | 8 | [`deploy`] | a site and a target → a bucket or folder that holds it | import a neighbour on this floor |
//! | 8 | [`check`] | a site, and its history → what an editor would correct before publication | import a neighbour on this floor |
//! | 8 | [`announce`] | changed addresses → answers of hubs and search engines | import a neighbour on this floor |
//! | 8 | [`scaffold`] | a title → a new file | import a neighbour on this floor |
//! | 8 | [`import`] | wire copy, a site of another program → content files, and a report of what was left out | import a neighbour on this floor |
//! | 8 | [`merge`] | two topics → the content files, edited, in which they are one | import a neighbour on this floor |
//! | 8 | [`release`] | drafts → the content files, edited, in which they are none | import a neighbour on this floor |
//! | 8 | [`why`] | a route → what it is made of, and why | import a neighbour on this floor |
//! | 8 | [`watch`] | saves → paths to scan again | import a neighbour on this floor |
//! | 9 | [`actions`] | a title, wire copy, drafts → files, written, and what is to be said of them | print, know HTTP |
//! | 10 | [`serve`] | requests of a browser → pages, and change events; with its token, an action | write without the token |
//! | 11 | [`cli`] | arguments → a request → printed results | contain logic |
//!
//! # What you will not find
//!
//! - **No clock, environment or current folder below [`cli`].** Time is an input ([`pipeline::Now`]); the same sources
//!   and the same instant give the same bytes, on every machine, in every folder, with any number of threads. Only
//!   `deploy::bucket::claim` asks for the time, since it must know for how long it has been silent; `watch` and `base::stages`
//!   measure spans, which no output shows.
//! - **No file access outside `base::disk`**, and no printing outside `cli::output::print`.
//! - **No withheld story after `site::documents::visibility`.** Drafts, embargoed, future-dated and expired documents are set
//!   aside before anything is counted, listed or linked; later stages cannot leak what they cannot see.
//! - **No state that is edited in place, and no global.** A change makes a new `Site`; it costs milliseconds. What was
//!   read is remembered in a [`pipeline::BuildCache`], on the disk too; with another cache, or none, the same comes out.
//! - **No list that shifts.** Lists are cut into pages from the oldest story, so a full page is final.
//! - **No byte of the output moves before the last error could be found**, and nothing is deleted that the ledger does
//!   not list.
//! - **No template in a story.** `{{` in a body is text.
//! - **No panic on input.** A panic is a bug, and exits with 3.
//! - **No machine format made by templates.** JSON-LD, feeds, sitemaps and redirects are written in Rust; pages are written in
//!   Tera.
//!
//! # Where is …
//!
//! ## What people write
//!
//! | … | it is in |
//! |---|---|
//! | a key of the front matter | read in `content::front`, its meaning in `content::head` |
//! | a key of `dateline.yaml` | read in `config::raw`, checked in `config::read` |
//! | the message about an unknown key | `base::yaml::validate`; what people write in a key's place, `content::front::synonyms` |
//! | "did you mean" | [`base::text::did_you_mean`]; the search in `base::text::near`, for paths in `base::text::near_paths` |
//! | the slug of a file's name or a headline | [`base::text::slugify`]; two that clash, `site::registry::slugs` |
//! | words and minutes of a text | [`base::text::count_words`] and [`base::text::minutes`], in `base::text::length` |
//! | what is taken out of an author's HTML | `content::markdown::html::sanitize` |
//! | a block `::: name` | `content::markdown::blocks`, its line read in `fence`, its providers in `embed`; written by `content::markdown::write::blocks`; shown by the components of `templates/blocks.html`, called in `render::blocks` |
//! | entries of live coverage | the headings with times in `content::live_text`, a time in `content::entry_time`; those in files of their own are documents, whose stories `site::documents` finds (`entry_files`), and `site::stories` joins them (`entries`); one of a time to come is set aside in [`site::documents::visibility`]; the page's part, and the file that open pages ask for, in `plan::pages::live`, its feed in `plan::feeds::live`; the script `static/live.js` |
//! | a data file | read in `content::data`, its rows given to blocks in `site::links::data`; a question of templates in [`plan::context::questions`] |
//! | a chart | drawn in `content::markdown::blocks::chart` |
//! | names of topics in a running text | [`site::topics::names`] |
//! | the form of dates, time zones | [`base::date`] |
//!
//! ## What is published, and when
//!
//! | … | it is in |
//! |---|---|
//! | the rule by which a story is withheld: drafts, embargoes, dates to come, expiry | [`site::documents::visibility`] |
//! | what will be wrong when a withheld story appears | `pipeline::ahead` |
//! | the search for what is withheld | [`site::secrets`], `pipeline::audit` |
//! | when a story first appeared | `site::documents::appearance`; what later edits cannot change, [`site::urls_lock`] |
//! | what is a briefing and what an edition | [`site::editions`]; the order of its items and stories, `site::editions::listing` |
//! | what makes two spellings one topic | [`base::text::fold`], `site::registry` |
//! | which stories are related | `site::stories::related` |
//! | how links between stories are found | `site::links` |
//! | the edition of a further language | its settings in `config::languages`, what belongs to it and where it stands, also on a host of its own, in `config::editions`; each is a site of its own, assembled from the same documents in `pipeline::prepare`, and its outputs are in the plan of the whole: `plan::outputs::language`, `plan::context::editions` |
//!
//! ## Addresses
//!
//! | … | it is in |
//! |---|---|
//! | the form of every address | the patterns beside each family in [`plan::outputs::family`], such as `/topics/{name}/`; the list of all, `docs/how-it-works.md`, compared with the example site by a test |
//! | the address of one page | of a topic, `site::model::topic`; of a pair, `site::topics::pairs`; of a person or thread, `site::stories`; of an edition, [`site::editions`]; of a story its permalink, `content::address`; of all else the `outputs` function of its file in `plan::pages`, `plan::lists` or another room of [`plan`] |
//! | two outputs of one address, former and missing addresses | [`plan::addresses`] |
//! | the list of published addresses | [`site::urls_lock`], [`plan::addresses::urls_lock`] |
//! | an output that is neither deployed nor served | its route is private: [`base::route`] |
//! | the `Content-Security-Policy` | `plan::hosting::facts`; the origins of its frames, `plan::context::frames` |
//! | files for hosts, and how each of them writes the redirect of an alias | `plan::hosting`, a file for each host; documented in `docs/hosting.md` |
//!
//! ## What readers, machines and templates see
//!
//! | … | it is in |
//! |---|---|
//! | what a template sees | the view of its page in `plan::pages` or `plan::lists`, `site` in `plan::context::globals`; documented in `docs/theming.md` |
//! | what a template may ask | [`plan::context::questions`] |
//! | what stands on the front page | what the desk arranges, read in `config::front` and resolved in `site::front`; the rest, and what leads by itself, in `plan::pages::front` |
//! | the default theme | `templates/` and `static/` of the repository, embedded by `render::templates::builtin` |
//! | the words of the interface, such as "Updated", and how a site has them in its language | those of the shipped languages in `src/config/words/i18n/`, read with those of the desk by [`config::Catalog`] in `config::words`; dates, numbers and plural forms in [`base::locale`]; those within texts in `content::markdown::labels`; documented in `docs/theming.md` |
//! | what machines read of a page | `plan::json_ld`; feeds in `plan::feeds`; sitemaps and text files in `plan::machines` |
//! | the Markdown twin of an article | its text in `content::markdown::twin`, its head in `plan::machines::markdown` and `render::machines` |
//! | what is taken out of a picture, and which sizes it has | [`base::picture`]: metadata in a file for each format, SVG in `svg` and `svg_rules`; which renditions, in `rendition`; pixels, in `scale` |
//! | the addresses of renditions, and which a page offers | `site::links::renditions`; their settings in `config::images`; kept for browsers by `plan::hosting` |
//! | when a picture is scaled, and what is kept of it | `pipeline::pictures`; that no two threads decode one, `pipeline::scaling`; what of it stays after a deployment, `deploy::changes` |
//! | which corrections go out with which e-mail | `plan::context::mailings` |
//! | the e-mail of an edition | its model in [`plan::email`], its texts in `templates/email.html` and `email.txt`, what follows its templates (styles put in, lines wrapped) in `render::email` |
//!
//! ## Builds
//!
//! | … | it is in |
//! |---|---|
//! | what makes an output stale, that is, what invalidates a page | [`publish::Reason::find`], in `publish::staleness`; the names of its inputs in [`base::digest::inputs`], kept by `publish::records::manifests` |
//! | a build that has nothing to do | `pipeline::unchanged`, `publish::records::build_record` |
//! | an edit of words alone while `serve` runs | `pipeline::kept`, `site::reworded` |
//! | what was read before | the source cache, `content::source_cache` and `content::cache_file` |
//! | when a site is made again | `watch::keep` |
//! | what happens after `kill -9` | `publish::transaction::commit` |
//! | which output folders are refused | `publish::guard` |
//! | what `new`, `import wire`, `publish` and the desk's buttons do | [`actions`] |
//! | who may write through `serve` | `serve::gate` |
//! | what an open tab is told | `serve::events`, and `src/serve/client.js` |
//!
//! ## Deployment
//!
//! | … | it is in |
//! |---|---|
//! | what a deployment does, also when it is interrupted | [`deploy`], the table of its first page |
//! | the claim that two deployments do not run at once | `deploy::bucket::claim` |
//!
//! ## Messages
//!
//! | … | it is in |
//! |---|---|
//! | the list of diagnostic codes | [`base::codes`], explained in `docs/diagnostics.md` |
//! | the format of a message | [`base::report::print`] |
//! | a rule of `dateline check` | its name in [`base::rules`]; its function in `check::texts`, `check::links` or, where it compares files, [`check`] itself; explained in `docs/check.md` |
//! | what published stories said before, and how `check` knows it | `content::statement`; of a revision and of a deployment, `check::history`; kept by `deploy::manifest` |
//! | the exit codes | `cli::outcome`; which problem has which, its `ExitKind` in [`base::codes`] |
//!
//! ## Imports and edits
//!
//! | … | it is in |
//! |---|---|
//! | how a site of another program is migrated | [`import::moving`], documented in `docs/moving.md` |
//! | shortcodes and template calls of another program | `import::moving::text::template_calls` |
//! | how a text of kramdown is read | `import::moving::text::kramdown`; compared with the real one by `tests/moving/` |
//! | what wire copy looks like | `import::wire`, a file for each part; documented in `docs/import.md` |
//! | how content files are edited by a command | [`merge`], [`release`]: only the byte ranges of values change |
//! | the files that `init` and `new` write | [`scaffold`], and `src/scaffold/site/` and `ci/` |
//! | the desk in the browser: which field a key has | [`scaffold::cms`]; how its script is made, `packaging/cms/` |
//!
//! # How to add a kind of page
//!
//! 1. Make sure that what it shows is in [`site::Site`]. If not, add it there: a field, and the function that fills it.
//! 2. Add a case to [`plan::PageKind`], or to [`plan::List`] if it is cut into pages, with just enough to find its inputs:
//!    an index, a number. Add its row to the table of [`plan::outputs::family`]: name, rank, sitemap, how long its
//!    addresses last, whether they stay without a story, template, routes. The compiler asks for both.
//! 3. Add a file to `plan/pages/` with two functions: `outputs` pushes its routes, the other makes its
//!    [`Page`](plan::Page) with all that the template may see. Call the first from `plan::plan`, the second from
//!    `plan::view`. A list goes to `plan/lists/` and implements `Paged` there instead; it has its outputs, pager and
//!    feeds from that. On every build the view of every output is made, and most are kept: what costs more than a few
//!    strings goes in by `Page::deferred`, and linked data as a node by `Page::json_ld`.
//! 4. Write the template in `templates/`.
//! 5. Say what the template sees in `docs/theming.md`, and its address in `docs/how-it-works.md`.
//! 6. Add a case to the suite in `tests/`: a site as a text literal, what the page shows, and which outputs change when
//!    one story does.
//!
//! The key, incremental builds, sitemaps, `urls.lock`, `why`, withholding and publishing follow by themselves.
//!
//! # Where to begin
//!
//! With [`pipeline`], then from the first floor up. The first lines of each module say what comes in, what goes out, and
//! what is deliberately not there.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod actions;
#[cfg(feature = "deploy")]
pub mod announce;
pub mod base;
pub mod check;
#[expect(clippy::disallowed_methods, reason = "the environment and the clock are read here, and handed on")]
pub mod cli;
pub mod config;
pub mod content;
#[cfg(feature = "deploy")]
pub mod deploy;
#[cfg(feature = "import")]
pub mod import;
pub mod merge;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod release;
pub mod render;
pub mod scaffold;
pub mod serve;
pub mod site;
pub mod watch;
pub mod why;
