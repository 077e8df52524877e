//! Rules about the addresses of links and pictures, wherever a file contains them: in Markdown, raw HTML, front matter,
//! settings or templates.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::written;
use crate::base::report::Place;
use crate::base::rules;
use crate::base::text::truncate;
use crate::base::web::{address, escape};
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::config::HtmlPolicy;

/// Top-level domains that resolve only within a private network (RFC 6761, RFC 6762, RFC 8375, and common usage).
const PRIVATE: [&str; 11] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "corp",
    "home",
    "home.arpa",
    "test",
    "invalid",
];

/// Link wrappers: hosts, with path prefixes, of mail programs, social networks and newsletters that redirect readers
/// and record the click. Subdomains are included.
const WRAPPERS: [(&str, &str); 32] = [
    ("safelinks.protection.outlook.com", ""),
    ("safelinks.protection.office365.us", ""),
    ("statics.teams.cdn.office.net", "/evergreen-assets/safelinks"),
    ("urldefense.com", ""),
    ("urldefense.us", ""),
    ("urldefense.proofpoint.com", ""),
    ("linkprotect.cudasvc.com", ""),
    ("secure-web.cisco.com", ""),
    ("clicktime.symantec.com", ""),
    ("click.symantec.com", ""),
    ("protect.checkpoint.com", ""),
    ("url.emailprotection.link", ""),
    ("mimecast.com", "/s/"),
    ("mimecastprotect.com", "/s/"),
    ("trendmicro.com", "/wis/clicktime"),
    ("google.com", "/url"),
    ("facebook.com", "/l.php"),
    ("instagram.com", "/l.php"),
    ("l.instagram.com", ""),
    ("linkedin.com", "/redir/redirect"),
    ("youtube.com", "/redirect"),
    ("out.reddit.com", ""),
    ("t.umblr.com", "/redirect"),
    ("list-manage.com", "/track/click"),
    ("mandrillapp.com", "/track/click"),
    ("ct.sendgrid.net", ""),
    ("click.pstmrk.it", ""),
    ("awstrack.me", ""),
    ("hubspotlinks.com", ""),
    ("exct.net", ""),
    ("link.mail.beehiiv.com", ""),
    ("substack.com", "/redirect"),
];

/// Query parameters that record who shared or clicked a link. The page is the same without them.
const TRACKING: [&str; 44] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "dclid",
    "gad_source",
    "gad_campaignid",
    "srsltid",
    "_ga",
    "_gl",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "igsh",
    "igshid",
    "epik",
    "rdt_cid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "__hssc",
    "__hstc",
    "__hsfp",
    "hsctatracking",
    "vero_id",
    "vero_conv",
    "oly_enc_id",
    "oly_anon_id",
    "wickedid",
    "ref_src",
    "ref_url",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "__twitter_impression",
    "at_medium",
    "at_campaign",
    "at_bbc_team",
];

/// A link that works only in the newsroom, or that goes through a wrapper.
pub(in crate::check) fn desk_link(subject: &Subject<'_>, found: &mut Findings) {
    desk(&Naming::of(subject), found);
}

/// The rule `desk-link` for any file.
pub(in crate::check) fn desk(naming: &Naming<'_>, found: &mut Findings) {
    for Named { address, range, is_raw, .. } in &naming.named {
        let shown = truncate(address, 80);
        let (message, help) = if address.to_ascii_lowercase().starts_with("file:") {
            // In other files every build reports unknown schemes.
            if !is_raw && naming.has_known_schemes {
                continue;
            }
            (format!("`{shown}` is a file on a disk, which readers do not have"), "put it beside the story".to_owned())
        } else {
            let Some((host, rest)) = host(address) else { continue };
            if is_private(&host) {
                let help = "give the public address; link to a story of this site by the path of its `.md` file";
                (format!("`{shown}` is a machine that only the newsroom can reach"), help.to_owned())
            } else if is_wrapper(&host, rest) {
                let help = match wrapped(address) {
                    Some(inner) => format!("give the address itself: `{inner}`"),
                    None => "follow it once, and give the address that it leads to".to_owned(),
                };
                (format!("`{shown}` goes through `{host}`, which notes who clicks"), help)
            } else {
                continue;
            }
        };
        found.push(rules::DESK_LINK, (naming.place)(range.clone()), message, help);
    }
}

/// A link with tracking parameters.
pub(in crate::check) fn tracked_link(subject: &Subject<'_>, found: &mut Findings) {
    tracked(&Naming::of(subject), found);
}

/// The rule `tracked-link` for any file.
pub(in crate::check) fn tracked(naming: &Naming<'_>, found: &mut Findings) {
    for Named { address, range, is_exact, .. } in &naming.named {
        if host(address).is_none_or(|(host, rest)| is_wrapper(&host, rest)) {
            continue;
        }
        let Some((_, marks)) = without_marks(address) else { continue };
        let marks: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
        let message = format!("{} in `{}` tell who shared or clicked it", marks.join(", "), truncate(address, 80));
        let clean = naming.text.get(range.clone()).filter(|_| *is_exact).and_then(without_marks);
        let place = (naming.place)(range.clone());
        found.push(rules::TRACKED_LINK, place, message, "the page is the same without them");
        if let Some((clean, _)) = clean {
            found.replace_with(&clean);
        }
    }
}

/// An address in a file.
pub(in crate::check) struct Named {
    pub(in crate::check) address: String,
    /// Byte range in the file.
    pub(in crate::check) range: Range<usize>,
    /// Whether the range is exactly that of the address.
    is_exact: bool,
    is_raw: bool,
}

impl Named {
    /// The address as written.
    pub(in crate::check) fn written(text: &str, range: Range<usize>, is_exact: bool) -> Self {
        Self { address: text[range.clone()].to_owned(), range, is_exact, is_raw: false }
    }
}

/// A file that contains addresses.
pub(in crate::check) struct Naming<'t> {
    pub(in crate::check) text: &'t str,
    pub(in crate::check) named: Vec<Named>,
    /// Whether every build reports unknown schemes in it.
    pub(in crate::check) has_known_schemes: bool,
    /// The place of a byte range.
    pub(in crate::check) place: Box<dyn Fn(Range<usize>) -> Place + 't>,
}

impl<'t> Naming<'t> {
    /// For a content file.
    pub(in crate::check) fn of(subject: &'t Subject<'_>) -> Self {
        Self {
            text: &subject.text,
            named: all(subject),
            has_known_schemes: subject.site.config.html != HtmlPolicy::Trust,
            place: Box::new(|range| subject.place_in_file(range)),
        }
    }
}

/// All addresses in a content file.
fn all(subject: &Subject<'_>) -> Vec<Named> {
    // The front matter is between two `---` lines.
    let whole = &subject.text[..subject.body];
    let start = whole.find('\n').map_or(whole.len(), |end| end + 1);
    let end = start + subject.document.front.len().min(whole.len() - start);
    let front = whole.get(start..end).map(|front| written::in_yaml(front, &[])).unwrap_or_default();
    let front = front.into_iter().map(|range| Named::written(whole, start + range.start..start + range.end, true));
    let body = subject.prose.addresses.iter().map(|address| Named {
        address: address.text.clone(),
        range: subject.body + address.range.start..subject.body + address.range.end,
        is_exact: address.is_exact,
        is_raw: address.is_raw,
    });
    front.chain(body).collect()
}

/// The host of a web address in lower case, and the rest.
fn host(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once("//")?;
    if !["", "http:", "https:"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return None;
    }
    let path = &rest[rest.find(['/', '?', '#']).unwrap_or(rest.len())..];
    let host = address::host(&if scheme.is_empty() { format!("https:{address}") } else { address.to_owned() })?;
    // IPv6 addresses are in brackets.
    let host = host.trim_start_matches('[').trim_end_matches([']', '.']);
    (!host.is_empty()).then(|| (host.to_owned(), path))
}

/// Whether a host is `name` or a subdomain of it.
fn is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether a host can be reached only from within a private network.
fn is_private(host: &str) -> bool {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified();
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        let is_local = address.is_loopback() || address.is_unspecified();
        return is_local || address.is_unique_local() || address.is_unicast_link_local();
    }
    // A name without a dot resolves only locally. A host `http` or `https` is a different mistake.
    let is_single = !host.contains('.') && !matches!(host, "http" | "https");
    is_single || PRIVATE.iter().any(|name| is_below(host, name))
}

fn is_wrapper(host: &str, rest: &str) -> bool {
    // The search engine has one host per country.
    let is_search = ["google.", "www.google."].iter().any(|start| host.starts_with(start));
    let fits = |path: &str| match rest.strip_prefix(path) {
        Some(after) => path.is_empty() || path.ends_with('/') || !after.starts_with(|c: char| c.is_alphanumeric()),
        None => false,
    };
    (is_search && fits("/url")) || WRAPPERS.iter().any(|(name, path)| is_below(host, name) && fits(path))
}

/// The original address in a wrapper, where the wrapper shows it.
fn wrapped(address: &str) -> Option<String> {
    // https://urldefense.com/v3/__https://example.org/__;!!…
    if let Some((_, rest)) = address.split_once("/v3/__") {
        return rest.split("__;").next().map(str::to_owned);
    }
    let query = address.split_once('?')?.1.split('#').next()?;
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut inner = values.filter(|(name, _)| matches!(*name, "url" | "q" | "u" | "a" | "domain" | "to"));
    inner.find_map(|(_, value)| {
        // Version 2 of Proofpoint's wrappers encodes `%3A` as `-3A`, and `/` as `_`.
        let is_defense = value.starts_with("http-3A") || value.starts_with("https-3A");
        let value = if is_defense { value.replace('-', "%").replace('_', "/") } else { value.to_owned() };
        let decoded = escape::decode(&value)?;
        (decoded.starts_with("https://") || decoded.starts_with("http://")).then_some(decoded)
    })
}

/// An address without its tracking parameters, and the names of those; `None` when there are none.
fn without_marks(address: &str) -> Option<(String, Vec<&str>)> {
    let (path, rest) = address.split_once('?')?;
    let (query, anchor) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let between = if query.contains("&amp;") { "&amp;" } else { "&" };
    let is_mark = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("utm_") || TRACKING.contains(&name.as_str())
    };
    let name = |pair: &&str| is_mark(pair.split('=').next().unwrap_or(pair));
    let (marks, kept): (Vec<&str>, Vec<&str>) = query.split(between).partition(name);
    if marks.is_empty() {
        return None;
    }
    let sign = if kept.is_empty() { "" } else { "?" };
    let clean = format!("{path}{sign}{}{anchor}", kept.join(between));
    Some((clean, marks.into_iter().map(|pair| pair.split('=').next().unwrap_or(pair)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_the_desk_are_told_from_those_of_the_world() {
        let found = |address: &str| host(address).is_some_and(|(host, _)| is_private(&host));
        for address in [
            "http://localhost:8000/a/",
            "https://preview.localhost",
            "//127.0.0.1/",
            "http://10.1.2.3/",
            "http://172.31.0.1",
            "http://user@192.168.0.1:80/",
            "http://169.254.1.1/",
            "http://0.0.0.0:4000/",
            "http://[::1]:8000/",
            "http://[fd00::1]/",
            "http://intranet/wiki",
            "https://cms.newsroom.local/",
            "https://NAS.lan/",
        ] {
            assert!(found(address), "{address}");
        }
        for address in [
            "https://localhost.example/",
            "https://172.32.0.1/",
            "https://8.8.8.8/",
            "https://local.example.org/",
            "/localhost/",
            "mailto:a@localhost",
            "https://[2001:db8::1]/",
        ] {
            assert!(!found(address), "{address}");
        }
    }

    #[test]
    fn wrappers_give_the_address_within() {
        let target = Some("https://a.example/x?y=1");
        for (address, inner) in [
            ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1&data=05", target),
            ("https://urldefense.com/v3/__https://a.example/x?y=1__;!!abc$", target),
            ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_x-3Fy-3D1&d=Dw", target),
            ("https://www.google.com/url?q=https://a.example/x%3Fy%3D1&sa=D", target),
            ("https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1", target),
            ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx%3Fy%3D1&h=AT", target),
            ("https://x.us1.list-manage.com/track/click?u=1&id=2", None),
        ] {
            let (host, rest) = host(address).expect("a host");
            assert!(is_wrapper(&host, rest), "{address}");
            assert_eq!(wrapped(address).as_deref(), inner, "{address}");
        }
        for address in ["https://www.google.com/urls", "https://mailchi.mp/x", "https://www.google.com/search?q=x"] {
            let (host, rest) = host(address).expect("a host");
            assert!(!is_wrapper(&host, rest), "{address}");
        }
    }

    #[test]
    fn only_what_tracks_is_taken_out() {
        for (address, clean) in [
            ("https://a.example/?utm_source=x&utm_medium=y", Some("https://a.example/")),
            ("https://a.example/?id=1&utm_source=x&page=2#top", Some("https://a.example/?id=1&page=2#top")),
            ("https://a.example/?id=1&amp;FBCLID=x", Some("https://a.example/?id=1")),
            ("https://a.example/?a=1&amp;gclid=x&amp;b=2", Some("https://a.example/?a=1&amp;b=2")),
            ("https://a.example/?mc_eid", Some("https://a.example/")),
            ("https://a.example/?ref=utm_source&q=fbclid", None),
            ("https://a.example/utm_source=x", None),
        ] {
            assert_eq!(without_marks(address).map(|(clean, _)| clean).as_deref(), clean, "{address}");
        }
    }
}
