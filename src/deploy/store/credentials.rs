//! Credentials for object stores, from environment variables or the standard AWS files. They are passed to the client
//! and never printed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use configparser::ini::Ini;

use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::deploy::options::DeployOptions;
use crate::deploy::refusal::Result;

/// Settings of a store, by the name of the environment variable in lower case: `aws_access_key_id`.
#[derive(Default)]
pub(in crate::deploy) struct Credentials(pub(in crate::deploy) BTreeMap<String, String>);

/// Endings of the names of settings that are not secret. Every other value is masked in messages.
const OPEN: [&str; 8] =
    ["region", "default_region", "profile", "endpoint", "endpoint_url", "account_name", "file", "disabled"];

impl Credentials {
    /// The credentials for an S3 store. The environment takes precedence over the files. Fails when a key pair is
    /// incomplete, a file cannot be read, or there is neither a key nor a role.
    pub(in crate::deploy) fn aws(options: &DeployOptions<'_>) -> Result<Self> {
        let mut found = Self::of_environment(options, "AWS_");
        let profile = options.environment.get("AWS_PROFILE").or_else(|| options.environment.get("AWS_DEFAULT_PROFILE"));
        if found.has("aws_access_key_id") != found.has("aws_secret_access_key") {
            return Err(Box::new(
                Diagnostic::error(
                    codes::NO_CREDENTIALS,
                    "of `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, only one is set",
                )
                .help("set both, or neither and `AWS_PROFILE`"),
            ));
        }
        let file = |variable: &str, usual: &str| -> Option<PathBuf> {
            let named = options.environment.get(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
            named.or_else(|| Some(options.home.as_ref()?.join(".aws").join(usual)))
        };
        let name = profile.map_or("default", String::as_str);
        let files = [
            (file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), name.to_owned()),
            (
                file("AWS_CONFIG_FILE", "config"),
                if name == "default" { name.to_owned() } else { format!("profile {name}") },
            ),
        ];
        // A session token belongs to its key pair, so that keys of the environment are never combined with a token of a
        // file.
        let from_files = !found.has("aws_access_key_id");
        for (file, section) in files.into_iter().filter_map(|(file, section)| Some((file?, section))) {
            for (key, value) in read(&file, &section)? {
                let wanted = match key.as_str() {
                    "region" => "aws_region",
                    "aws_access_key_id" | "aws_secret_access_key" | "aws_session_token" if from_files => key.as_str(),
                    _ => continue,
                };
                found.0.entry(wanted.to_owned()).or_insert(value);
            }
        }
        // Credentials of the machine itself: container roles, web identity, and the metadata service where its address
        // is set.
        let roles = [
            "container_credentials_relative_uri",
            "container_credentials_full_uri",
            "web_identity_token_file",
            "metadata_endpoint",
        ];
        let is_role = roles.iter().any(|name| found.has(&format!("aws_{name}")));
        if !found.has("aws_access_key_id") && !is_role {
            let looked = profile.map_or_else(
                || "`~/.aws/credentials`".to_owned(),
                |name| format!("the profile `{name}` of `~/.aws/credentials`"),
            );
            return Err(Box::new(
                Diagnostic::error(codes::NO_CREDENTIALS, format!("there are no credentials: not in the environment, not in {looked}"))
                    .help("set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or `AWS_PROFILE`; on a machine with a role of its own, `AWS_METADATA_ENDPOINT=http://169.254.169.254`"),
            ));
        }
        Ok(found)
    }

    /// The non-empty variables that start with `start`. Google and Azure need no more: their clients find the standard
    /// files.
    pub(in crate::deploy) fn of_environment(options: &DeployOptions<'_>, start: &str) -> Self {
        let ours = options.environment.iter().filter(|(name, value)| name.starts_with(start) && !value.is_empty());
        Self(ours.map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All values that messages must not contain.
    pub(in crate::deploy) fn secrets(&self) -> Vec<String> {
        let is_open = |name: &str| OPEN.iter().any(|end| name.ends_with(end));
        // Very short values are no secrets, and masking them would garble messages.
        let secret = self.0.iter().filter(|(name, value)| !is_open(name) && value.len() >= 6);
        secret.map(|(_, value)| value.clone()).collect()
    }
}

/// The entries of one section of an INI file; empty when the file or the section is missing. Fails when the file cannot
/// be read or parsed.
fn read(file: &Path, section: &str) -> Result<Vec<(String, String)>> {
    if !disk::exists(file) {
        return Ok(Vec::new());
    }
    let text = disk::read_to_string(file).map_err(|error| Box::new(Diagnostic::from(error)))?;
    let mut ini = Ini::new_cs();
    ini.set_inline_comment_symbols(Some(&[]));
    let sections = ini.read(text).map_err(|_| {
        // The parser's own message quotes the line, which may hold a secret.
        let message = format!("`{}` is not a file of settings", file.display());
        Box::new(
            Diagnostic::error(codes::NO_CREDENTIALS, message)
                .help("it has sections such as `[default]`, with lines such as `aws_access_key_id = …`"),
        )
    })?;
    let wanted = sections.into_iter().find(|(name, _)| name.trim() == section).map(|(_, values)| values);
    let mut values: Vec<(String, String)> =
        wanted.into_iter().flatten().filter_map(|(key, value)| Some((key.to_ascii_lowercase(), value?))).collect();
    values.sort();
    Ok(values)
}
