//! Reading large files in overlapping windows.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::error::{Error, Result};

/// Reads a file in windows of `size` bytes that overlap by `overlap`, so that everything shorter than the overlap is
/// whole in one of them. A file that fits is read at once.
pub fn windows(path: &Path, size: usize, overlap: usize, mut visit: impl FnMut(&[u8])) -> Result<()> {
    let fail = |source| Error::new("read", path, source);
    let mut file = File::open(path).map_err(fail)?;
    let mut window = vec![0; size.max(overlap * 2)];
    let mut filled = 0;
    loop {
        let read = match file.read(&mut window[filled..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.map_err(fail)?,
        };
        filled += read;
        if read == 0 {
            visit(&window[..filled]);
            return Ok(());
        }
        if filled == window.len() {
            visit(&window);
            window.copy_within(filled - overlap.., 0);
            filled = overlap;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_crosses_the_border_of_two_windows_is_whole_in_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a");
        let text: String = (0..1000).map(|number| format!("<{number}>")).collect();
        super::super::create(&file, text.as_bytes()).expect("written");
        let mut seen = String::new();
        windows(&file, 64, 8, |window| seen.push_str(&String::from_utf8_lossy(window))).expect("read");
        for number in 0..1000 {
            assert!(seen.contains(&format!("<{number}>")), "{number}");
        }
        assert!(seen.len() < text.len() * 64 / 55);
        assert!(windows(&folder.path().join("b"), 64, 8, |_| ()).is_err());
    }
}
