//! Settings for machines and hosts: policies, crawlers, `trust.txt`, `security.txt`, `CNAME`, `IndexNow`.

use serde::Serialize;

use super::raw::{RawHosting, RawIndexNow, RawPublisher, RawSecurity, RawTrust};
use super::values::{bad, check_address, text_of};
use crate::base::codes;
use crate::base::date::{FORMS, Moment, Zone};
use crate::base::report::Diagnostic;
use crate::base::yaml::lenient::{Many, Text};
use crate::base::yaml::source::Problems;

/// Settings of `IndexNow`, which notifies search engines of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexNow {
    /// The key that proves ownership of the site. It is public: the site has a file with it.
    pub key: String,
    /// The endpoint to notify.
    pub endpoint: String,
}

impl IndexNow {
    /// Name of the file that contains the key.
    pub fn file(&self) -> String {
        format!("{}.txt", self.key)
    }
}

/// Files for web hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the configuration, none is a state")]
pub struct Hosting {
    /// The domain in `CNAME`.
    pub cname: Option<String>,
    /// Whether to write `.nojekyll`.
    pub nojekyll: bool,
    /// Whether to write `.htaccess`, for Apache.
    pub htaccess: bool,
    /// Whether to warn of Cloudflare's limits.
    pub cloudflare: bool,
    /// Whether both the disk of the build and the host have case-sensitive file names.
    pub case_sensitive: bool,
}

/// Contents of `security.txt` (RFC 9116).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// All fields except `Expires`, in order.
    pub fields: Vec<(&'static str, String)>,
    /// The `Expires` field.
    pub expires: Moment,
}

/// The publisher, for linked data and the footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// Legal or public name.
    pub name: String,
    /// Route or address of the logo.
    pub logo: Option<String>,
    /// Address of the publisher's own site.
    pub url: Option<String>,
    /// Page of the ethics policy.
    pub ethics: Option<String>,
    /// Page of the corrections policy.
    pub corrections: Option<String>,
    /// Further policies and pages, by schema.org property: each a route or address.
    pub policies: Vec<(&'static str, String)>,
    /// Addresses of its profiles on other sites.
    pub profiles: Vec<String>,
}

pub(super) fn publisher(raw: RawPublisher, problems: &mut Problems) -> Option<Publisher> {
    let RawPublisher {
        name: Text(name),
        logo,
        url,
        ethics,
        corrections,
        ownership,
        masthead,
        mission,
        diversity,
        verification,
        unnamed_sources,
        feedback,
        bylines,
        profiles,
    } = raw;
    let mut address = |key: &str, text: Option<Text>| {
        let text = text_of(text)?;
        check_address(&format!("publisher/{key}"), &text, problems)
    };
    let (logo, url) = (address("logo", logo), address("url", url));
    let (ethics, corrections) = (address("ethics", ethics), address("corrections", corrections));
    let policies = [
        ("ownership", "ownershipFundingInfo", ownership),
        ("masthead", "masthead", masthead),
        ("mission", "missionCoveragePrioritiesPolicy", mission),
        ("diversity", "diversityPolicy", diversity),
        ("verification", "verificationFactCheckingPolicy", verification),
        ("unnamed_sources", "unnamedSourcesPolicy", unnamed_sources),
        ("feedback", "actionableFeedbackPolicy", feedback),
        ("bylines", "noBylinesPolicy", bylines),
    ];
    let policies =
        policies.into_iter().filter_map(|(key, property, text)| Some((property, address(key, text)?))).collect();
    let profiles = texts(profiles);
    for (index, profile) in profiles.iter().filter(|(_, profile)| !is_web(profile)) {
        let problem = bad(format!("`{profile}` is not an address of a profile"));
        problems.value(format!("publisher/profiles/{index}"), problem.help("write one that starts with `https://`"));
    }
    let name = name.trim().to_owned();
    if name.is_empty() {
        problems.value("publisher/name", Diagnostic::error(codes::MISSING_KEY, "`name` is empty"));
        return None;
    }
    Some(Publisher { name, logo, url, ethics, corrections, policies, profiles: without_numbers(profiles) })
}

/// The default endpoint, which passes notifications on to all participating search engines.
const ENDPOINT: &str = "https://api.indexnow.org/indexnow";

pub(super) fn indexnow(raw: RawIndexNow, problems: &mut Problems) -> Option<IndexNow> {
    let RawIndexNow { key: Text(key), endpoint } = raw;
    let key = key.trim().to_owned();
    let endpoint = text_of(endpoint).unwrap_or_else(|| ENDPOINT.to_owned());
    if !is_web(&endpoint) {
        let problem = bad(format!("`{endpoint}` is not an endpoint"));
        problems.value("indexnow/endpoint", problem.help(format!("the usual one is `{ENDPOINT}`")));
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !(8..=128).contains(&key.len()) || !key.chars().all(fits) {
        let problem = bad(format!("`{key}` cannot be a key"));
        problems.value(
            "indexnow/key",
            problem.help("write 8 to 128 letters, digits and hyphens, such as 32 hexadecimal digits"),
        );
        return None;
    }
    Some(IndexNow { key, endpoint })
}

/// Product tokens of crawlers (RFC 9309, section 2.2.1).
pub(super) fn crawlers(raw: Option<Many<Text>>, problems: &mut Problems) -> Vec<String> {
    let names = texts(raw);
    let fits = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    for (index, name) in names.iter().filter(|(_, name)| !fits(name)) {
        let problem = bad(format!("`{name}` is not the name of a crawler"));
        problems.value(
            format!("robots/block/{index}"),
            problem.help("write it as `GPTBot`; `robots.txt` has no other signs"),
        );
    }
    without_numbers(names)
}

pub(super) fn trust(raw: RawTrust, problems: &mut Problems) -> Vec<(&'static str, String)> {
    let RawTrust {
        belongto,
        member,
        control,
        controlledby,
        vendor,
        customer,
        social,
        contact,
        disclosure,
        datatrainingallowed,
    } = raw;
    let lists = [
        ("member", member),
        ("belongto", belongto),
        ("control", control),
        ("controlledby", controlledby),
        ("vendor", vendor),
        ("customer", customer),
        ("social", social),
        ("contact", contact),
        ("disclosure", disclosure),
    ];
    let mut lines = Vec::new();
    for (name, values) in lists {
        for (index, value) in texts(values) {
            // Of all values, only a contact may contain spaces.
            if name != "contact" && (value.contains(char::is_whitespace) || !value.contains('.')) {
                let problem = bad(format!("`{value}` is neither a domain nor an address"));
                problems.value(format!("trust/{name}/{index}"), problem.help("write `https://example.org/`"));
            }
            lines.push((name, value));
        }
    }
    if let Some(allowed) = datatrainingallowed {
        lines.push(("datatrainingallowed", if allowed { "yes" } else { "no" }.to_owned()));
    }
    lines
}

pub(super) fn security(raw: RawSecurity, zone: &Zone, problems: &mut Problems) -> Option<Security> {
    let RawSecurity {
        contact,
        expires: Text(expires),
        encryption,
        policy,
        acknowledgments,
        hiring,
        preferred_languages,
    } = raw;
    let mut fields = Vec::new();
    let contacts = texts(Some(contact));
    if contacts.is_empty() {
        let problem = Diagnostic::error(codes::MISSING_KEY, "`contact` is empty");
        problems.value("security/contact", problem.help("write `mailto:security@example.org` or an `https:` address"));
    }
    for (index, contact) in contacts {
        if !["mailto:", "https:", "tel:"].iter().any(|scheme| contact.starts_with(scheme)) {
            let problem = bad(format!("`{contact}` is not an address with a scheme"));
            let mended = format!("mailto:{contact}");
            problems.value(
                format!("security/contact/{index}"),
                if contact.contains('@') {
                    problem.help(format!("write `{mended}`")).replace_with(mended)
                } else {
                    problem.help("write one that starts with `mailto:` or `https:`")
                },
            );
        }
        fields.push(("Contact", contact));
    }
    let others = [
        ("encryption", "Encryption", encryption),
        ("policy", "Policy", policy),
        ("acknowledgments", "Acknowledgments", acknowledgments),
        ("hiring", "Hiring", hiring),
    ];
    for (key, field, value) in others {
        let Some(value) = text_of(value) else { continue };
        if let Some(value) = check_address(&format!("security/{key}"), &value, problems) {
            fields.push((field, value));
        }
    }
    let languages = texts(preferred_languages);
    if !languages.is_empty() {
        fields.push(("Preferred-Languages", without_numbers(languages).join(", ")));
    }
    match Moment::parse(&expires, zone) {
        Ok(expires) => Some(Security { fields, expires }),
        Err(error) => {
            problems.value("security/expires", Diagnostic::error(codes::BAD_DATE, error.to_string()).help(FORMS));
            None
        }
    }
}

pub(super) fn hosting(raw: RawHosting, problems: &mut Problems) -> Hosting {
    let RawHosting { cname: name, nojekyll, htaccess, cloudflare, case_sensitive } = raw;
    Hosting {
        cname: cname(name, problems),
        nojekyll: nojekyll.unwrap_or(false),
        htaccess: htaccess.unwrap_or(false),
        cloudflare: cloudflare.unwrap_or(true),
        case_sensitive: case_sensitive.unwrap_or(false),
    }
}

fn cname(raw: Option<Text>, problems: &mut Problems) -> Option<String> {
    let name = text_of(raw)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    if name.contains('.') && name.chars().all(fits) {
        return Some(name);
    }
    let problem = bad(format!("`{name}` is not a domain"));
    problems.value("hosting/cname", problem.help("write it as `briefing.example.org`"));
    None
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// The non-empty texts of a list, each with its index.
fn texts(raw: Option<Many<Text>>) -> Vec<(usize, String)> {
    let Some(Many(raw)) = raw else { return Vec::new() };
    raw.into_iter().enumerate().filter_map(|(index, text)| Some((index, text_of(Some(text))?))).collect()
}

fn without_numbers(texts: Vec<(usize, String)>) -> Vec<String> {
    texts.into_iter().map(|(_, text)| text).collect()
}
