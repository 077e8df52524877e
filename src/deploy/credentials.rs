//! Credentials: from the environment, or the standard files. They are handed to the store and never printed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use configparser::ini::Ini;

use super::options::DeployOptions;
use super::refusal::Result;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::Diagnostic;

/// Settings of a store, by the names of the environment's variables in lower case: `aws_access_key_id`.
#[derive(Default)]
pub(super) struct Credentials(pub(super) BTreeMap<String, String>);

/// Settings that may be printed. Everything else that credentials hold may not.
const OPEN: [&str; 8] =
    ["region", "default_region", "profile", "endpoint", "endpoint_url", "account_name", "file", "disabled"];

impl Credentials {
    /// Those of an S3 store.
    pub(super) fn aws(options: &DeployOptions<'_>) -> Result<Self> {
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
        // A key in the environment never goes with a token from a file.
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
        // What the machine itself is allowed to do: roles of containers, web identities, and instances that say so.
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

    /// Those whose variables start so: the others' standard files are found by the library.
    pub(super) fn of_environment(options: &DeployOptions<'_>, start: &str) -> Self {
        let ours = options.environment.iter().filter(|(name, value)| name.starts_with(start) && !value.is_empty());
        Self(ours.map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What must never be printed.
    pub(super) fn secrets(&self) -> Vec<String> {
        let is_open = |name: &str| OPEN.iter().any(|end| name.ends_with(end));
        // Short values would strike out words of every message.
        let secret = self.0.iter().filter(|(name, value)| !is_open(name) && value.len() >= 6);
        secret.map(|(_, value)| value.clone()).collect()
    }
}

/// One section of a file of settings; nothing where there is no such file.
fn read(file: &Path, section: &str) -> Result<Vec<(String, String)>> {
    if !disk::exists(file) {
        return Ok(Vec::new());
    }
    let text = disk::read_to_string(file).map_err(|error| Box::new(Diagnostic::from(error)))?;
    let mut ini = Ini::new_cs();
    ini.set_inline_comment_symbols(Some(&[]));
    let sections = ini.read(text).map_err(|_| {
        // What the reader says of it would quote the line.
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
