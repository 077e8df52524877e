//! Resolving symbolic links and `..` in paths.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{Error, Named, Result};

/// Resolves links and `..`, even if the last components do not exist.
pub fn resolve(path: &Path) -> Result<PathBuf> {
    let mut base = std::path::absolute(path).named("find", path)?;
    let mut rest = Vec::new();
    loop {
        match base.canonicalize() {
            Ok(mut resolved) => {
                for part in rest.iter().rev() {
                    match part {
                        Part::Up => drop(resolved.pop()),
                        Part::Down(name) => resolved.push(name),
                    }
                }
                return Ok(resolved);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match base.components().next_back() {
                    Some(Component::Normal(name)) => rest.push(Part::Down(name.to_owned())),
                    Some(Component::ParentDir) => rest.push(Part::Up),
                    _ => return Err(Error::new("find", path, error)),
                }
                base.pop();
            }
            Err(error) => return Err(Error::new("find", path, error)),
        }
    }
}

enum Part {
    Up,
    Down(std::ffi::OsString),
}
