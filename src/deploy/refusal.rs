//! Errors of deployments, above all those of object stores, as diagnostics with a hint.

use std::error::Error as _;

use object_store::Error;

use crate::base::codes;
use crate::base::report::Diagnostic;

/// The result of an operation of a store or a disk.
pub(super) type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Substrings of error texts, with the hint for each. The first match counts, so specific codes precede general ones.
const KNOWN: &[(&str, &str)] = &[
    ("NoSuchBucket", "make the bucket, or correct `to` of the target"),
    ("ContainerNotFound", "make the container, or correct `to` of the target"),
    ("InvalidAccessKeyId", "the store does not know this access key: check `AWS_ACCESS_KEY_ID`, or the profile"),
    (
        "SignatureDoesNotMatch",
        "the secret does not belong to the access key: check `AWS_SECRET_ACCESS_KEY`, or the profile",
    ),
    ("ExpiredToken", "the credentials have expired: get new ones and deploy again, which continues from here"),
    ("RequestTimeTooSkewed", "set this machine's clock"),
    ("AuthenticationFailed", "check the account's name and key"),
    (
        "AccessDenied",
        "the credentials must allow to list the bucket, and to read, write and delete objects below the prefix",
    ),
    ("AuthorizationHeaderMalformed", "set `region` of the target to that of the bucket"),
    ("PermanentRedirect", "set `region` of the target to that of the bucket"),
    ("without LOCATION", "set `region` of the target to that of the bucket"),
    (
        "scheme is not allowed",
        "write the store's address into the target, as `endpoint`; without `https` it may only be on this machine",
    ),
    ("failed to lookup address", "check `endpoint` of the target, and the network"),
    ("dns error", "check `endpoint` of the target, and the network"),
    ("onnection refused", "check `endpoint` of the target, and whether the store is running"),
    (
        "403 Forbidden",
        "the credentials must allow to list the bucket, and to read, write and delete objects below the prefix",
    ),
];

/// Makes a diagnostic of a store's error. `doing` is the verb with its object, such as ``write `a` to``. All `secrets`
/// are masked in the message.
pub(super) fn refusal(address: &str, doing: &str, error: &Error, secrets: &[String]) -> Box<Diagnostic> {
    let whole = error.to_string();
    let part = |tag: &str| {
        let rest = whole.split_once(&format!("<{tag}>"))?.1;
        Some(rest.split_once(&format!("</{tag}>"))?.0.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let innermost = || {
        let mut last: &dyn std::error::Error = error;
        while let Some(source) = last.source() {
            last = source;
        }
        last.to_string()
    };
    let said = match (part("Message"), part("Code")) {
        (Some(message), Some(code)) => format!("{} ({code})", message.trim_end_matches('.')),
        (None, Some(code)) => code,
        _ => status(&whole).unwrap_or_else(|| if error.source().is_some() { innermost() } else { whole.clone() }),
    };
    let known = KNOWN.iter().find(|(sign, _)| whole.contains(sign) || said.contains(sign));
    let help = known.map_or("deploy again; that repeats no finished step", |(_, help)| help);
    let hidden = |text: String| secrets.iter().fold(text, |text, secret| text.replace(secret.as_str(), "…"));
    let one_line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("cannot {doing} `{address}`: {}", hidden(one_line));
    Box::new(Diagnostic::error(codes::STORE, message).help(help))
}

/// The HTTP status, such as `500 Internal Server Error`, of an error response without a body that names a code.
fn status(whole: &str) -> Option<String> {
    let rest = whole.split_once("non-2xx status code: ")?.1;
    let status = rest.split(':').next()?.trim();
    Some(format!("the store answers {status}"))
}

/// The error when the process was asked to stop.
pub(super) fn stopped() -> Box<Diagnostic> {
    let problem = Diagnostic::error(codes::DEPLOY_STOPPED, "the deployment was interrupted");
    Box::new(problem.help("deploy again; that continues from here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (String, Option<String>) {
        let error = Error::Generic { store: "S3", source: text.to_owned().into() };
        let problem = refusal("s3://b", "list", &error, &["s3cr3t".to_owned()]);
        (problem.message, problem.help)
    }

    #[test]
    fn refusals_are_short_and_tell_the_way_out() {
        let (message, help) = said(
            "Server returned non-2xx status code: 404 Not Found: <Error><Code>NoSuchBucket</Code><Message>The bucket does not exist.</Message><Key>s3cr3t</Key></Error>",
        );
        assert_eq!(message, "cannot list `s3://b`: The bucket does not exist (NoSuchBucket)");
        assert_eq!(help.as_deref(), Some("make the bucket, or correct `to` of the target"));
        let (message, _) = said("Server returned non-2xx status code: 503 Service Unavailable: ");
        assert_eq!(message, "cannot list `s3://b`: the store answers 503 Service Unavailable");
    }

    #[test]
    fn secrets_are_struck_out() {
        let (message, _) = said("no such host: https://x/?sig=s3cr3t");
        assert_eq!(message, "cannot list `s3://b`: no such host: https://x/?sig=…");
    }
}
