//! Where a path really leads.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{Error, Named, Result};

/// The path without links and `..`, whether or not its last parts exist.
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
