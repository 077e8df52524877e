//! Changes since a revision, through the program `git`.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::thread;

use jiff::Timestamp;

use crate::base::codes;
use crate::base::report::Diagnostic;

/// A revision of the site, compared with the files on the disk.
#[derive(Debug)]
pub(super) struct Revision {
    /// Full hash of the commit.
    commit: String,
    /// The site's folder within the repository: empty, or with a trailing `/`.
    prefix: String,
    /// Time of the commit.
    pub(super) at: Timestamp,
    /// Files below the site's folder that differ from the revision, whether committed or not, including new ones; each
    /// with its old path, if it had one.
    pub(super) changed: BTreeMap<String, Option<String>>,
}

/// Compares a revision with the files on the disk.
pub(super) fn since(root: &Path, name: &str) -> Result<Revision, Box<Diagnostic>> {
    let top = git(root, &["rev-parse", "--show-prefix"], None)?;
    let Ok(prefix) = top.success() else {
        let problem = wrong(format!("`{}` is in no git repository: {}", root.display(), top.complaint()));
        return Err(Box::new(problem.help("`--since` asks git what has changed; leave it out to check everything")));
    };
    let wanted = format!("{name}^{{commit}}");
    let found = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], None)?;
    let Ok(commit) = found.success() else {
        let problem = wrong(format!("git knows no revision `{name}`"));
        return Err(Box::new(problem.help(
            "name a commit, a branch or a tag, such as `HEAD`, `HEAD~1` or `origin/main`; a shallow clone has the newest commit alone",
        )));
    };
    let (prefix, commit) = (line(&prefix), line(&commit));
    let at = ask(root, &["log", "-1", "--format=%ct", &commit])?;
    let seconds = line(&at).parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let diff = ask(
        root,
        &[
            "diff",
            "--name-status",
            "-z",
            "-M",
            "--no-ext-diff",
            "--ignore-submodules",
            "--relative",
            &commit,
            "--",
            ".",
        ],
    )?;
    let mut changed = statuses(&diff);
    let new = ask(root, &["ls-files", "-z", "--others", "--exclude-standard", "--", "."])?;
    changed.extend(paths(&new).map(|path| (path, None)));
    Ok(Revision { commit, prefix, at: seconds.unwrap_or(Timestamp::MAX), changed })
}

impl Revision {
    /// The bytes of files at the revision, by their old paths. Files that did not exist are left out.
    pub(super) fn contents(&self, root: &Path, paths: &[String]) -> Result<BTreeMap<String, Vec<u8>>, Box<Diagnostic>> {
        // The protocol has one path per line, so paths with line breaks cannot be requested.
        let asked: Vec<&String> = paths.iter().filter(|path| !path.contains('\n')).collect();
        let names: String = asked.iter().map(|path| format!("{}:{}{path}\n", self.commit, self.prefix)).collect();
        let answer = git(root, &["cat-file", "--batch"], Some(names.into_bytes()))?.success();
        let bytes = answer.map_err(|complaint| Box::new(wrong(format!("git failed: {complaint}"))))?;
        let mut found = BTreeMap::new();
        let mut rest = bytes.as_slice();
        for path in asked {
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else { break };
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let mut words = head.rsplit(' ');
            let (size, kind) = (words.next().and_then(|size| size.parse::<usize>().ok()), words.next());
            let (Some(size), Some(kind)) = (size, kind) else { continue };
            if kind == "blob" {
                found.insert(path.clone(), rest.get(..size).unwrap_or(rest).to_vec());
            }
            rest = rest.get(size + 1..).unwrap_or(b"");
        }
        Ok(found)
    }
}

/// Output of `git`.
struct Said {
    is_well: bool,
    out: Vec<u8>,
    err: String,
}

impl Said {
    /// Standard output on success, or else what went wrong.
    fn success(&self) -> Result<Vec<u8>, String> {
        if self.is_well { Ok(self.out.clone()) } else { Err(self.complaint()) }
    }

    fn complaint(&self) -> String {
        let first = self.err.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why");
        first.trim_start_matches("fatal: ").trim().to_owned()
    }
}

fn ask(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let said = git(root, arguments, None)?;
    said.success().map_err(|complaint| Box::new(wrong(format!("git failed: {complaint}"))))
}

fn git(root: &Path, arguments: &[&str], input: Option<Vec<u8>>) -> Result<Said, Box<Diagnostic>> {
    let folder = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let mut command = Command::new("git");
    command.arg("--no-optional-locks").args(arguments).current_dir(folder);
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let failed = |error: std::io::Error| {
        let problem = if error.kind() == ErrorKind::NotFound {
            wrong("there is no program `git` here".to_owned())
                .help("`--since` asks git what has changed: install it, or leave `--since` out")
        } else {
            wrong(format!("git cannot be run: {error}"))
        };
        Box::new(problem)
    };
    let mut child = command.spawn().map_err(failed)?;
    // On its own thread, because git answers before it has read all input.
    let writer = child.stdin.take().zip(input).map(|(mut pipe, input)| {
        thread::spawn(move || {
            let _ = pipe.write_all(&input);
        })
    });
    let output = child.wait_with_output().map_err(failed)?;
    if let Some(writer) = writer {
        let _ = writer.join();
    }
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Said { is_well: output.status.success(), out: output.stdout, err })
}

fn wrong(message: String) -> Diagnostic {
    Diagnostic::error(codes::USAGE, message)
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}

/// Splits a NUL-terminated list of paths. Paths that are not UTF-8 cannot belong to a site.
fn paths(bytes: &[u8]) -> impl Iterator<Item = String> {
    let parts = bytes.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    parts.filter_map(|part| String::from_utf8(part.to_vec()).ok())
}

/// Parses `--name-status -z`: `M`, path; `R100`, old path, new path.
fn statuses(bytes: &[u8]) -> BTreeMap<String, Option<String>> {
    let mut changed = BTreeMap::new();
    let mut parts = bytes.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    while let Some(status) = parts.next().filter(|status| !status.is_empty()) {
        let Some(path) = parts.next().map(std::borrow::Cow::into_owned) else { break };
        match status.chars().next() {
            Some('R' | 'C') => {
                if let Some(new) = parts.next() {
                    changed.insert(new.into_owned(), Some(path));
                }
            }
            Some('A') => drop(changed.insert(path, None)),
            _ => drop(changed.insert(path.clone(), Some(path))),
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read() {
        let bytes = b"M\0a.md\0R087\0b.md\0c d.md\0A\0e.md\0D\0f.md\0";
        let text = |path: &str| Some(path.to_owned());
        let expected = [("a.md", text("a.md")), ("c d.md", text("b.md")), ("e.md", None), ("f.md", text("f.md"))];
        assert_eq!(statuses(bytes), expected.map(|(path, old)| (path.to_owned(), old)).into());
        assert_eq!(statuses(b""), BTreeMap::new());
    }
}
