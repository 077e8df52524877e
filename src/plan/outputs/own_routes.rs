//! The routes that Dateline itself gives to its outputs. Each family names its own; importing asks which addresses of another
//! site they leave.

/// A route, or a form of routes with `{name}`, `{number}`, `{year}`, `{month}`, `{day}` or `{feed}` in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnRoute {
    /// Its text.
    pub form: &'static str,
    /// Whether every site has it, unless its configuration says otherwise.
    pub is_always: bool,
}

/// A route that every site has.
pub(super) const fn always(form: &'static str) -> OwnRoute {
    OwnRoute { form, is_always: true }
}

/// A route that sites have where there is something to show.
pub(super) const fn some(form: &'static str) -> OwnRoute {
    OwnRoute { form, is_always: false }
}

impl OwnRoute {
    /// Whether it is one route, not a form of many.
    pub fn is_fixed(&self) -> bool {
        !self.form.contains('{')
    }

    /// The folder at the root of the site that its pages are below, if there are any.
    pub fn folder(&self) -> Option<&'static str> {
        let (first, rest) = self.form[1..].split_once('/')?;
        (!rest.is_empty() && self.form.ends_with('/') && !first.contains('{')).then_some(first)
    }

    /// Whether a route has this form.
    pub fn fits(&self, route: &str) -> bool {
        fits(self.form, route)
    }
}

fn fits(form: &str, route: &str) -> bool {
    let Some((before, rest)) = form.split_once('{') else { return form == route };
    let Some((placeholder, after)) = rest.split_once('}') else { return false };
    let Some(route) = route.strip_prefix(before) else { return false };
    let ends = (1..=route.len()).filter(|end| route.is_char_boundary(*end));
    ends.take_while(|end| !route[..*end].contains('/'))
        .any(|end| is_value(placeholder, &route[..end]) && fits(after, &route[end..]))
}

/// Whether a text can stand in the place of a placeholder.
fn is_value(placeholder: &str, text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match placeholder {
        "number" => is_number,
        "year" => is_number && text.len() == 4,
        "month" | "day" => is_number && text.len() == 2,
        "feed" => matches!(text, "feed.xml" | "rss.xml" | "feed.json"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_have_the_form_of_their_family() {
        for (form, route, expected) in [
            ("/topics/{name}/page/{number}/", "/topics/a-b/page/12/", true),
            ("/topics/{name}/", "/topics/a/b/", false),
            ("/sitemap-{year}-{number}.xml", "/sitemap-2026-2.xml", true),
            ("/sitemap-{year}.xml", "/sitemap-26.xml", false),
            ("/people/{name}/{feed}", "/people/a/feed.json", true),
            ("/people/{name}/{feed}", "/people/a/b.xml", false),
            ("/", "/", true),
        ] {
            assert_eq!(some(form).fits(route), expected, "{form} {route}");
        }
        assert_eq!(some("/topics/{name}/").folder(), Some("topics"));
        assert_eq!(
            some("/topics/").folder().or(some("/{year}/{month}/").folder()).or(some("/feed.xml").folder()),
            None
        );
    }
}
