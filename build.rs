//! The identity of a build: the digest of everything that the program is made of. It stands in every key and cache, so that
//! an edit of the program makes stale what the program before it has made. And the list of the default theme's files.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a change of behaviour can come from.
const SOURCES: &[&str] = &["src", "templates", "static", "Cargo.toml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES.iter().filter(|source| Path::new(source).exists()) {
        println!("cargo:rerun-if-changed={source}");
        gather(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut digest = Digest::new();
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file)?;
        digest.add(name.as_bytes());
        digest.add(&(bytes.len() as u64).to_le_bytes());
        digest.add(&bytes);
    }
    let theme = [
        list("templates", "/// The built-in templates, by name.\npub const TEMPLATES: &[(&str, &str)]", "include_str")?,
        list(
            "static",
            "/// The built-in static files, by path.\npub const STATICS: &[(&str, &[u8])]",
            "include_bytes",
        )?,
    ];
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("theme.rs"), theme.concat())?;
    let words = "src/config/words/i18n";
    let words = list(
        words,
        "/// The shipped words, by the file of their language.\npub(super) const SHIPPED: &[(&str, &str)]",
        "include_str",
    )?;
    fs::write(folder.join("words.rs"), words)?;
    println!("cargo:rustc-env=DATELINE_BUILD={}-{:016x}", env!("CARGO_PKG_VERSION"), digest.0);
    Ok(())
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

/// A constant that embeds all files of a folder, by their paths within it.
fn list(folder: &str, constant: &str, include: &str) -> io::Result<String> {
    let mut files = Vec::new();
    gather(Path::new(folder), &mut files)?;
    let mut names: Vec<String> = files
        .iter()
        .filter_map(|file| Some(file.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/")))
        .collect();
    names.sort();
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let entry = |name: &String| format!("    ({name:?}, {include}!({:?})),\n", format!("{root}/{folder}/{name}"));
    Ok(format!("{constant} = &[\n{}];\n", names.iter().map(entry).collect::<String>()))
}

/// FNV-1a, which needs no crate: it tells builds apart and guards nothing.
struct Digest(u64);

impl Digest {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
