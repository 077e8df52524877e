//! The rules about addresses, applied to `dateline.yaml` and the templates.

use std::path::Path;

use super::addresses::{self, Named, Naming};
use super::rendered;
use super::unmade;
use super::written;
use crate::base::report::Place;
use crate::base::rules;
use crate::base::text::lines::Lines;
use crate::base::yaml::scalars::scalars;
use crate::base::yaml::spanned;
use crate::check::findings::Findings;
use crate::check::severity::Levels;
use crate::site::Site;

/// Settings whose addresses readers never follow.
const OF_MACHINES: &[&str] = &["base_url", "deploy", "indexnow", "check"];

pub(in crate::check) fn check(site: &Site, root: &Path, levels: &Levels, found: &mut Findings) {
    let config = site.config.file();
    for (name, text) in rendered::texts(root, config) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let lines = Lines::of(text);
        let naming = Naming {
            text,
            named: if name == config { of_settings(text) } else { of_template(text) },
            has_known_schemes: false,
            place: Box::new(|range| Place::within(&name, text, &lines, range)),
        };
        if levels.is_on(rules::DESK_LINK) {
            addresses::desk(&naming, found);
        }
        if levels.is_on(rules::TRACKED_LINK) {
            addresses::tracked(&naming, found);
        }
        if levels.is_on(rules::UNMADE_LINK) {
            unmade::slips(&naming, found);
            if name == config {
                marks_in_settings(&naming, found);
            } else {
                marks_in_template(&naming, found);
            }
        }
    }
}

fn of_settings(text: &str) -> Vec<Named> {
    written::in_yaml(text, OF_MACHINES).into_iter().map(|range| Named::written(text, range, true)).collect()
}

fn of_template(text: &str) -> Vec<Named> {
    written::in_template(text).into_iter().map(|(range, is_whole)| Named::written(text, range, is_whole)).collect()
}

/// Link syntax in texts of settings, which are shown verbatim. Values of `extra` are left to the theme.
fn marks_in_settings(naming: &Naming<'_>, found: &mut Findings) {
    let Ok(tree) = spanned::parse(naming.text) else { return };
    for one in scalars(&tree) {
        let Some(key) = one.path.iter().rev().find(|step| step.parse::<usize>().is_err()) else { continue };
        if one.path[0] != "extra" && unmade::has_marks(one.text) {
            unmade::say_marks(key, (naming.place)(one.range), found);
        }
    }
}

/// Link syntax between the tags of a template, which is HTML.
fn marks_in_template(naming: &Naming<'_>, found: &mut Findings) {
    for (start, words) in written::words_of_template(naming.text) {
        let ends = words.match_indices("](").filter(|(at, _)| unmade::is_address(&words[at + 2..]));
        for (end, _) in ends {
            let Some(from) = words[..end].rfind('[') else { continue };
            let range = start + from..start + end + 2;
            let message = format!("`{}` did not become a link", &naming.text[range.clone()]);
            let help = "a template is HTML: write `<a href=\"address\">words</a>`";
            found.push(rules::UNMADE_LINK, (naming.place)(range), message, help);
        }
    }
}
