//! Where the repository of a site is.

/// The repository that the desk writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    /// The name that Sveltia CMS gives the host: `github` or `gitlab`.
    pub host: &'static str,
    /// The path of the repository, such as `owner/repository`.
    pub repository: String,
}

impl Backend {
    /// The hosts at which the desk has an editorial workflow.
    pub const HOSTS: [&str; 2] = ["github", "gitlab"];

    /// Reads `github:owner/repository` or `gitlab:group/project`. Fails with a message that says what it should be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form = || "write `github:OWNER/REPOSITORY` or `gitlab:GROUP/PROJECT`".to_owned();
        let (name, repository) = text.split_once(':').ok_or_else(form)?;
        let host = Self::HOSTS.into_iter().find(|host| *host == name).ok_or_else(form)?;
        let parts: Vec<&str> = repository.split('/').collect();
        let is_name = |part: &&str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let is_whole = parts.iter().all(is_name) && parts.len() >= 2;
        if !is_whole || (host == "github" && parts.len() > 2) {
            return Err(form());
        }
        Ok(Self { host, repository: repository.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_has_a_host_and_a_path() {
        let read = |text: &str| Backend::parse(text).map(|backend| format!("{} {}", backend.host, backend.repository));
        assert_eq!(read("github:owner/site").as_deref(), Ok("github owner/site"));
        assert_eq!(read("gitlab:group/part/site").as_deref(), Ok("gitlab group/part/site"));
        for wrong in
            ["", "github", "owner/site", "github:site", "github:a/b/c", "gitlab:a//b", "github:a b/c", "other:a/b"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
