//! The date of a page of Hugo, by the order of `frontmatter.date`.

use jiff::civil::Date;

use crate::import::moving::source::date;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, text_of, texts};

/// The keys that hold a date, in Hugo's order.
const DEFAULT: &[&str] = &["date", "publishDate", "pubdate", "published", "lastmod", "modified"];

/// Writes the date of a page under `date`, where another key or the name of the file holds it. Returns whether the name
/// does, which then is no part of the address.
pub(super) fn settle(settings: &Settings, front: &mut Keys, named: Option<Date>) -> bool {
    let order = settings.map("frontmatter").and_then(|map| get(map, "date")).and_then(texts);
    let order = order.unwrap_or_else(|| vec![":default".to_owned()]);
    let order = order.iter().flat_map(|name| match name.to_lowercase().as_str() {
        ":default" => DEFAULT.iter().map(|key| (*key).to_owned()).collect(),
        _ => vec![name.clone()],
    });
    for name in order {
        if name.eq_ignore_ascii_case(":filename") {
            let Some(day) = named else { continue };
            write(front, day.to_string());
            return true;
        }
        let is_date =
            |text: &String| date::read(text, &settings.zone).is_some_and(|at| at.date(&settings.zone).year() > 1);
        if let Some(text) = text_of(front, &name).filter(is_date) {
            // The front matter is searched for the others anyway.
            let is_found = get(front, "date").is_none() && DEFAULT[..4].contains(&name.as_str());
            if !is_found {
                write(front, text);
            }
            break;
        }
    }
    false
}

/// Sets `date`. Another date that stands there is kept.
fn write(front: &mut Keys, text: String) {
    let key = front.keys().find(|key| key.eq_ignore_ascii_case("date")).cloned();
    let old = key.and_then(|key| front.shift_remove(&key));
    if let Some(old) = old.filter(|old| old.as_str() != Some(text.as_str())) {
        front.insert("front_date".to_owned(), old);
    }
    front.insert("date".to_owned(), text.into());
}

/// Returns the day of a page as it is written, whatever the time zone of the site.
pub(super) fn written_day(front: &Keys, settings: &Settings) -> Option<Date> {
    let text = DEFAULT[..4].iter().find_map(|key| text_of(front, key))?;
    date::written_day(&text, &settings.zone)
}
