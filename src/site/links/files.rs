//! Files beside documents: pictures, sound, and all contents of a folder with an `index.md`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::resolver::{Findings, Home, Resolver, composed_path, page_path};
use crate::base::codes;
use crate::base::disk;
use crate::base::html::Role;
use crate::base::report::{Diagnostic, Place};
use crate::base::route::Route;
use crate::base::text;
use crate::base::web::{address, escape};
use crate::content::asset::{Asset, destination};
use crate::content::document::{Content, Document};
use crate::content::folders::folder_of_story;
use crate::content::head::ImageHead;
use crate::content::markdown::{Filling, Renditions, Span, Target};
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::lookup::relative;
use crate::site::ids::AssetId;
use crate::site::model::PathLink;

/// A destination that refers to a file beside a document.
pub(in crate::site) enum Beside {
    /// A file that is published with the page: its URL, with the query and fragment of the destination, its route, and its
    /// index in `LinkTargets::beside`.
    Published(String, Route, usize),
    /// A file that is withheld with the document whose folder contains it; this has been reported.
    Withheld,
}

/// A picture or a sound file.
pub(in crate::site) enum File {
    /// The URL, a picture's width and height in pixels, if known, and its scaled copies, if it has some.
    At(String, Option<(u32, u32)>, Option<Arc<Renditions>>),
    /// The file does not exist; this has been reported.
    Missing,
    /// The file is withheld with another document; this has been reported.
    Withheld,
}

/// What a file is used for.
pub(in crate::site) enum FileUse {
    /// A picture in a text.
    Picture,
    /// The main picture of a document, with the point that its cuts keep.
    Main((u8, u8)),
    /// A sound file.
    Sound,
}

impl FileUse {
    fn focus(&self) -> Option<(u8, u8)> {
        if let Self::Main(focus) = self { Some(*focus) } else { None }
    }

    /// The noun for messages.
    fn noun(&self) -> &'static str {
        match self {
            Self::Picture | Self::Main(_) => "picture",
            Self::Sound => "sound file",
        }
    }
}

impl Resolver<'_> {
    /// The filling for a picture in a text. A missing picture is left out.
    pub(in crate::site) fn image(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        match self.file(document, route, src, &FileUse::Picture, place, found) {
            File::At(src, size, renditions) => Filling::Image { src: src.into(), size, renditions },
            File::Missing | File::Withheld => Filling::Withheld,
        }
    }

    /// The main picture from the front matter; `None` when the file is missing, so that no metadata refers to it.
    pub(in crate::site) fn picture(
        &self,
        document: &Document,
        route: &Route,
        image: &ImageHead,
        found: &mut Findings,
    ) -> Option<Filling> {
        match self.file(document, route, &image.src, &FileUse::Main(image.focus), || document.place(&["image"]), found)
        {
            File::At(src, size, renditions) => Some(Filling::Image { src: src.into(), size, renditions }),
            File::Missing | File::Withheld => None,
        }
    }

    /// Resolves a picture or sound file, given as a file beside the document, a path of the site, or an absolute URL.
    pub(in crate::site) fn file(
        &self,
        document: &Document,
        route: &Route,
        src: &str,
        used: &FileUse,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> File {
        let base = &self.config.base_url;
        let own = base.path_of(src);
        let src = own.as_deref().unwrap_or(src);
        if src.contains("://") || src.starts_with("//") {
            return File::At(src.to_owned(), None, None);
        }
        if src.starts_with('/') {
            let src = &*composed_path(src);
            if let Some(doc) = self.held_at(src) {
                self.document_link(doc, "", place, found);
                return File::Withheld;
            }
            found.path_links.push(PathLink { path: src.to_owned(), place: place() });
            let size = static_file(self.targets.statics, &destination(src).0).and_then(|file| file.size);
            return File::At(base.link(&escape::address(src)), size, None);
        }
        match self.asset(document, route, src, &place, found) {
            Some(Beside::Published(address, target, index)) => {
                let renditions = self.renditions((&address, &target), index, used.focus(), found);
                return File::At(address, self.targets.beside[index].size, renditions);
            }
            Some(Beside::Withheld) => return File::Withheld,
            None => {}
        }
        let (folder, what) = (folder(&document.path), used.noun());
        let (message, help) = if is_hidden(src) {
            (format!("the {what} `{src}` is hidden by its name, and is not published"), HIDDEN.to_owned())
        } else {
            let help = format!("put it into `{folder}/`, or give a path that starts with `/` for one under `static/`");
            (format!("there is no {what} `{src}` beside this file"), help)
        };
        let problem = Diagnostic::error(codes::MISSING_IMAGE, message).at(place()).help(help);
        found.report.push(problem.about(page_path(route, src)));
        File::Missing
    }

    /// Resolves a destination to a file beside `document` and adds the file to the published ones. `None` when there is
    /// no such file.
    pub(in crate::site) fn asset(
        &self,
        document: &Document,
        route: &Route,
        written: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Option<Beside> {
        let (full, index, rest) = self.meant(document, written)?;
        if let Some(doc) = self.held.beside(&full) {
            let story = &self.documents.get(doc).path;
            found.report.push(
                Diagnostic::warning(codes::WITHHELD_LINK, format!("`{full}` is withheld for now, with `{story}`"))
                    .at(place())
                    .help("a link’s words stay as plain text, and a picture is left out, until the story is live"),
            );
            return Some(Beside::Withheld);
        }
        let name = full.rsplit('/').next()?;
        let own = text::composed(&document.path);
        let folder = folder_of_story(&own).unwrap_or(folder(&own));
        let withdrawn = self.held.beside_withdrawn(&full).map(|doc| self.documents.get(doc).path.as_str());
        if let Some(story) = withdrawn.filter(|story| self::folder(&text::composed(story)) != folder) {
            found.report.push(
                Diagnostic::warning(
                    codes::WITHDRAWN_FILE,
                    format!("`{full}` belongs to `{story}`, which was withdrawn"),
                )
                .at(place())
                .help("remove it here too, or move the file beside this story if nothing is wrong with it"),
            );
        }
        // A file in the document's own folder keeps its relative path; any other is published directly beside the page.
        let inner = full.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        let target = route.join(&publishable(inner)).ok()?;
        found.used.insert(index);
        let address = self.config.base_url.link(&escape::browser(target.as_str()));
        found.files.insert((target.clone(), AssetId(index)));
        Some(Beside::Published(address + &escape::address(rest), target, index))
    }

    /// Finds the file for a destination: its path from the site's root, its index, and the query and fragment of the
    /// destination. Both the percent-decoded and the literal name are tried.
    fn meant<'w>(&self, document: &Document, written: &'w str) -> Option<(String, usize, &'w str)> {
        let find = |path: &str, rest: &'w str| {
            let full = text::composed(&relative(&document.path, path)?).into_owned();
            let index = *self.assets.get(full.strip_prefix("content/")?)?;
            Some((full, index, rest))
        };
        let (path, rest) = destination(written);
        find(&path, rest).or_else(|| find(&written[..written.len() - rest.len()], rest)).or_else(|| find(written, ""))
    }

    /// The filling for a picture in a text, for any kind of target.
    pub(in crate::site) fn shown_picture(
        &self,
        document: &Document,
        route: &Route,
        target: &Target,
        span: Span,
        found: &mut Findings,
    ) -> Filling {
        match target {
            Target::Path(src) | Target::Relative(src) | Target::Source { path: src, .. } => {
                self.image(document, route, src, || span.place(&document.path), found)
            }
            Target::Outside(src) => Filling::Image { src: src.as_str().into(), size: None, renditions: None },
            Target::Slug { .. } => Filling::Withheld,
        }
    }

    /// The filling for an attribute of raw HTML. A relative URL is resolved against the source file, as in Markdown; if
    /// nothing is found there, against the page, as browsers do.
    pub(in crate::site) fn address(
        &self,
        document: &Document,
        route: &Route,
        (target, role): (&Target, Role),
        span: Span,
        found: &mut Findings,
    ) -> Filling {
        let base = &self.config.base_url;
        let place = || span.place(&document.path);
        let relative = match (target, role) {
            (Target::Path(path), Role::Endpoint) => return Filling::Href(base.link(path).into()),
            (Target::Path(_), Role::Page) => return self.link(document, route, target, place, found),
            (Target::Path(_) | Target::Outside(_) | Target::Slug { .. }, _) => {
                return self.shown_picture(document, route, target, span, found);
            }
            (Target::Source { path, .. }, Role::Page) if self.source(document, path).is_some() => {
                return self.link(document, route, target, place, found);
            }
            (Target::Source { path, anchor }, _) if anchor.is_empty() => path.clone(),
            (Target::Source { path, anchor }, _) => format!("{path}#{anchor}"),
            (Target::Relative(path), _) => path.clone(),
        };
        if role != Role::Endpoint
            && let Some(beside) = self.asset(document, route, &relative, || span.place(&document.path), found)
        {
            return match beside {
                Beside::Published(address, _, index) => {
                    Filling::Image { src: address.into(), size: self.targets.beside[index].size, renditions: None }
                }
                Beside::Withheld => Filling::Withheld,
            };
        }
        let Some(path) = address::seen_from(route.as_str(), &relative) else {
            return Filling::Href(relative.into());
        };
        match role {
            Role::Endpoint => Filling::Href(base.link(&path).into()),
            Role::Page => self.link(document, route, &Target::Path(path), place, found),
            Role::Picture if static_file(self.targets.statics, &page_path(route, &relative)).is_none() => {
                self.image(document, route, &relative, place, found)
            }
            Role::File | Role::Picture => self.shown_picture(document, route, &Target::Path(path), span, found),
        }
    }

    /// Adds all files in the folders of documents named `index.md` to the published ones.
    pub(in crate::site) fn bundles(&self, homes: &[Home], found: &mut Findings) {
        for home in homes {
            let document = self.documents.get(home.doc);
            let path = text::composed(&document.path);
            let is_withdrawn = matches!(&document.content, Content::Article(head, _) if is_withdrawn(head));
            let Some(folder) = path.strip_suffix("index.md").and_then(|folder| folder.strip_prefix("content/")) else {
                continue;
            };
            // Assets are ordered by path, so that those of a folder are contiguous.
            let start = self.targets.beside.partition_point(|asset| asset.path.as_str() < folder);
            let inside = self.targets.beside.iter().enumerate().skip(start);
            for (index, asset) in inside.take_while(|(_, asset)| asset.path.starts_with(folder)) {
                // The innermost folder with a document decides.
                if self.held.beside(&format!("content/{}", asset.path)).is_some() {
                    continue;
                }
                if let Some(inner) = asset.path.strip_prefix(folder)
                    && let Ok(target) = home.route.join(&publishable(inner))
                {
                    found.used.insert(index);
                    if !is_withdrawn {
                        found.files.insert((target, AssetId(index)));
                    }
                }
            }
        }
    }

    /// Reports files that nothing uses, except those beside a withheld document, which will use them, or beside one with
    /// errors, which may.
    pub(in crate::site) fn unused(&self, found: &mut Findings) {
        let documents = self.documents.all().iter().zip(self.shown);
        let waiting: HashSet<String> = documents
            .filter(|(_, showing)| showing.is_withheld())
            .map(|(document, _)| folder(&text::composed(&document.path)).to_owned())
            .collect();
        let unread: Vec<(&str, bool)> =
            self.documents.unread().iter().map(|file| (folder(&file.path), file.path.ends_with("/index.md"))).collect();
        let may_use = |file: &str| {
            let is_in = |of: &str| file.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'));
            unread.iter().any(|(of, is_whole)| *of == folder(file) || *is_whole && is_in(of))
        };
        for (index, asset) in self.targets.beside.iter().enumerate() {
            let place = Place::file(format!("content/{}", asset.path));
            let waits = waiting.contains(folder(&place.file))
                || self.held.beside(&place.file).is_some()
                || may_use(&place.file);
            if !found.used.contains(&index) && !waits {
                let (message, help) = if Route::new(&format!("/{}", asset.path)).is_err() {
                    let help = "rename it without `?`, `#`, `\\` and control characters";
                    ("no address can have the name of this file, and it is not published", help)
                } else if asset.path.ends_with(".markdown") {
                    ("Dateline reads files of Markdown whose names end in `.md`", "rename it so that it ends in `.md`")
                } else {
                    ("nothing uses this file", "link to it from a story, move it to `static/`, or delete it")
                };
                found.report.push(Diagnostic::warning(codes::UNUSED_FILE, message).at(place).help(help));
            }
        }
    }
}

/// The help for a destination that is hidden.
pub(in crate::site) const HIDDEN: &str =
    "give the file, and the folders that it is in, names without a dot at their start and `~` at their end";

/// Whether a relative destination names a file that no source folder shows: hidden, or the backup of an editor.
pub(in crate::site) fn is_hidden(written: &str) -> bool {
    let (path, _) = destination(written);
    path.split('/').any(|part| !matches!(part, "" | "." | "..") && disk::is_ignored(part))
}

/// The parent folder of a path; empty for a bare file name.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path under which a file is published. Characters that delimit the path in a URL are percent-encoded in the file
/// name itself, since Windows does not allow some of them either.
fn publishable(path: &str) -> Cow<'_, str> {
    if path.contains(['?', '#', '\\']) {
        path.replace('?', "%3F").replace('#', "%23").replace('\\', "%5C").into()
    } else {
        path.into()
    }
}

pub(in crate::site) fn static_file<'s>(statics: &'s [Asset], path: &str) -> Option<&'s Asset> {
    let path = text::composed(path.trim_start_matches('/'));
    let at = statics.binary_search_by(|file| file.path.as_str().cmp(&path)).ok()?;
    Some(&statics[at])
}
