//! The record of an output folder: what is read of any text, is written and read back as the same.

#![no_main]

use dateline::base::digest::Digest;
use dateline::publish::Ledger;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    check(text);
    // A text that ends as it should gets past the check of its digest.
    let body = format!("dateline ledger 2\n{text}\n");
    let count = text.lines().filter(|line| !line.starts_with('#')).count();
    check(&format!("{body}end\t{count}\t{}\n", Digest::of(body.as_bytes())));
});

fn check(text: &str) {
    let Some(ledger) = Ledger::parse(text) else { return };
    let again = ledger.encode();
    let read = Ledger::parse(&again).expect("what was written can be read");
    assert_eq!(read.encode(), again, "a ledger does not survive being written");
    assert_eq!(read.entries().len(), ledger.entries().len(), "entries were lost");
    for entry in ledger.entries() {
        let file = entry.route.file();
        assert!(!file.starts_with('/') && !file.split('/').any(|part| part == ".."), "a file outside: {file}");
    }
}
