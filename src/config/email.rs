//! The settings of e-mail editions: as written → checked.

use serde::Serialize;

use super::raw::RawEmail;
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::yaml::lenient::Text;
use crate::base::yaml::source::Problems;

/// Settings of e-mail editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmailConfig {
    /// Sender.
    pub from: Mailbox,
    /// Address for replies, when it is not the sender.
    pub reply_to: Option<Mailbox>,
    /// The way in which readers unsubscribe.
    pub unsubscribe: Unsubscribe,
    /// Lines of the postal address in the footer.
    pub address: Vec<String>,
}

/// A mailbox: an e-mail address with an optional display name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mailbox {
    /// Display name.
    pub name: Option<String>,
    /// E-mail address.
    pub address: String,
}

/// The way in which readers unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Unsubscribe {
    /// Through a page: an `https` address.
    Page(String),
    /// By e-mail: a `mailto` address.
    Mail(String),
    /// Through a placeholder that the sending service replaces by each reader's own address.
    Placeholder(String),
}

impl Unsubscribe {
    /// The default placeholder.
    pub const DEFAULT: &str = "{{unsubscribe_url}}";

    /// The address or placeholder as text.
    pub fn as_str(&self) -> &str {
        let (Self::Page(text) | Self::Mail(text) | Self::Placeholder(text)) = self;
        text
    }
}

/// Delimiters of sending services' placeholders.
const PLACEHOLDERS: [(&str, &str); 5] = [("{", "}"), ("*|", "|*"), ("%", "%"), ("[", "]"), ("$", "$")];

pub(super) fn check_email(raw: RawEmail, problems: &mut Problems) -> Option<EmailConfig> {
    let RawEmail { from: Text(from), reply_to, list_unsubscribe, address } = raw;
    let from = mailbox("from", &from, problems);
    let reply_to = reply_to.and_then(|Text(text)| mailbox("reply_to", &text, problems));
    let unsubscribe = list_unsubscribe.and_then(|Text(text)| unsubscribe(text.trim(), problems));
    let address = address.map_or_else(Vec::new, |Text(text)| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    });
    let unsubscribe = unsubscribe.unwrap_or_else(|| Unsubscribe::Placeholder(Unsubscribe::DEFAULT.to_owned()));
    Some(EmailConfig { from: from?, reply_to, unsubscribe, address })
}

/// Parses `desk@example.org` or `The Briefing <desk@example.org>`.
fn mailbox(key: &str, text: &str, problems: &mut Problems) -> Option<Mailbox> {
    let text = text.trim();
    let (name, address) = match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => (unquoted(name.trim()), address.trim()),
        None => (String::new(), text),
    };
    let is_sound = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>@,;:\"()[]\\".contains(c))
    };
    let is_address = address.rsplit_once('@').is_some_and(|(local, domain)| {
        is_sound(local) && is_sound(domain) && domain.is_ascii() && local.is_ascii() && domain.contains('.')
    });
    if !is_address || name.contains(char::is_control) {
        let problem = Diagnostic::error(codes::BAD_VALUE, format!("`{text}` is not an e-mail address"));
        problems.value(
            format!("email/{key}"),
            problem.help("write `desk@example.org` or `The Briefing <desk@example.org>`, in ASCII after the name"),
        );
        return None;
    }
    Some(Mailbox { name: Some(name).filter(|name| !name.is_empty()), address: address.to_owned() })
}

/// A display name without the quotation marks of a quoted string and its backslash escapes (RFC 5322, section 3.2.4).
/// Quotation marks inside stay.
fn unquoted(name: &str) -> String {
    let inner = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_one = |inner: &&str| {
        let mut escaped = false;
        inner.chars().all(|c| {
            let fits = escaped || c != '"';
            escaped = !escaped && c == '\\';
            fits
        }) && !escaped
    };
    let Some(inner) = inner.filter(is_one) else { return name.to_owned() };
    let mut escaped = false;
    let kept = inner.chars().filter(|c| {
        escaped = !escaped && *c == '\\';
        !escaped
    });
    kept.collect::<String>().trim().to_owned()
}

fn unsubscribe(text: &str, problems: &mut Problems) -> Option<Unsubscribe> {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let is_plain = inner.is_ascii() && !inner.contains(|c: char| c.is_control() || "<>\"".contains(c));
    let starts = |scheme: &str| inner.len() > scheme.len() && inner.starts_with(scheme) && !inner.contains(' ');
    if is_plain && starts("https://") {
        return Some(Unsubscribe::Page(inner.to_owned()));
    }
    if is_plain && starts("mailto:") && inner.contains('@') {
        return Some(Unsubscribe::Mail(inner.to_owned()));
    }
    let is_placeholder = |(start, end): &(&str, &str)| {
        inner.len() > start.len() + end.len() && inner.starts_with(start) && inner.ends_with(end)
    };
    if is_plain && !inner.contains('&') && PLACEHOLDERS.iter().any(is_placeholder) {
        return Some(Unsubscribe::Placeholder(inner.to_owned()));
    }
    let problem = Diagnostic::error(codes::BAD_VALUE, format!("readers cannot unsubscribe at `{text}`"));
    problems.value(
        "email/list_unsubscribe",
        problem.help("write an address that starts with `https://` or `mailto:`, or the placeholder of your sending service, such as `{{unsubscribe_url}}`"),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn email(lines: &str) -> (Option<EmailConfig>, Vec<String>) {
        let text = format!("title: T\nbase_url: https://t.example\nemail:\n{lines}");
        let (config, report) = read("dateline.yaml", &text);
        let line = |problem: &Diagnostic| {
            let place = problem.place.as_ref().expect("a place");
            format!("{}:{} {}", place.line, place.column, problem.message)
        };
        (config.and_then(|config| config.email), report.diagnostics().iter().map(line).collect())
    }

    #[test]
    fn a_sender_is_enough() {
        let (config, problems) = email("  from: The \"Night\" Desk <desk@t.example>\n");
        let config = config.expect("settings");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.from.name.as_deref(), Some("The \"Night\" Desk"));
        assert_eq!(config.from.address, "desk@t.example");
        assert_eq!(config.unsubscribe, Unsubscribe::Placeholder("{{unsubscribe_url}}".to_owned()));
        assert!(config.reply_to.is_none() && config.address.is_empty());
    }

    #[test]
    fn quotation_marks_of_e_mail_are_no_part_of_a_name() {
        for (written, name) in [
            (r#"'"Desk, The" <a@t.example>'"#, "Desk, The"),
            (r#"'"The \"Night\" Desk" <a@t.example>'"#, "The \"Night\" Desk"),
            (r#"The "Night" <a@t.example>"#, "The \"Night\""),
            (r#"'"Night" Desk <a@t.example>'"#, "\"Night\" Desk"),
            (r#"'"Night" or "Day" <a@t.example>'"#, "\"Night\" or \"Day\""),
            (r#"'"A\\B" <a@t.example>'"#, "A\\B"),
        ] {
            let (config, problems) = email(&format!("  from: {written}\n"));
            assert_eq!(config.and_then(|config| config.from.name).as_deref(), Some(name), "{written}: {problems:?}");
        }
    }

    #[test]
    fn every_key_is_read() {
        let (config, problems) = email(
            "  from: desk@t.example\n  reply_to: R <r@t.example>\n  list_unsubscribe: <https://t.example/u?a=1&b=2>\n  address: |\n    The Desk\n    1 High Street\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let config = config.expect("settings");
        assert_eq!(config.unsubscribe, Unsubscribe::Page("https://t.example/u?a=1&b=2".to_owned()));
        assert_eq!(config.address, ["The Desk", "1 High Street"]);
        assert_eq!(config.reply_to.map(|to| to.address).as_deref(), Some("r@t.example"));
        for text in ["*|UNSUB|*", "%unsubscribe_url%", "\"{{ unsubscribe }}\"", "mailto:u@t.example"] {
            let (config, problems) =
                email(&format!("  from: desk@t.example\n  list_unsubscribe: \"{}\"\n", text.trim_matches('"')));
            assert!(config.is_some() && problems.is_empty(), "{text}: {problems:?}");
        }
    }

    #[test]
    fn what_no_mail_program_could_use_is_refused() {
        for (line, message) in [
            ("from: desk", "4:9 `desk` is not an e-mail address"),
            ("from: Desk <desk@localhost>", "4:9 `Desk <desk@localhost>` is not an e-mail address"),
            (
                "from: \"a@t.example\\r\\nBcc: b@t.example\"",
                "4:9 `a@t.example\r\nBcc: b@t.example` is not an e-mail address",
            ),
            (
                "from: a@t.example\n  list_unsubscribe: http://t.example/",
                "5:21 readers cannot unsubscribe at `http://t.example/`",
            ),
            ("from: a@t.example\n  list_unsubscribe: here", "5:21 readers cannot unsubscribe at `here`"),
            (
                "from: a@t.example\n  list_unsubscribe: \"{{x}}\\r\\nBcc: {{b}}\"",
                "5:21 readers cannot unsubscribe at `{{x}}\r\nBcc: {{b}}`",
            ),
        ] {
            assert_eq!(email(&format!("  {line}\n")).1, [message], "{line}");
        }
    }
}
