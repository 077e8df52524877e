#!/bin/bash
# The crate tera 2.4.0 with `preserve_order` and `fast_hash` (part of `fast`).
#
# `fast_hash` promises a faster hasher (ahash). It reaches the maps of templates and functions, and the values of contexts only while
# `preserve_order` is off: with both features, `tera::Map` is an `IndexMap` with the hasher of std, which is SipHash. In a program that
# needs both, a tenth of the instructions of rendering may go into hashing the keys of values.
#
# Seen: fast_hash alone: AHashMap; with preserve_order: IndexMap … std::hash::random::RandomState.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat >src/main.rs <<'RUST'
fn hasher_of<S>(_: impl FnOnce() -> S) -> &'static str {
    std::any::type_name::<S>()
}
fn main() {
    println!("{}", std::any::type_name::<tera::Map>().split('<').next().unwrap_or(""));
    println!("{}", hasher_of(|| tera::Map::default().hasher().clone()));
}
RUST
seen() {
    printf '[package]\nname = "seen"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ntera = { version = "=2.4.0", default-features = false, features = [%s] }\n' "$1" >Cargo.toml
    cargo run --quiet 2>/dev/null | tr '\n' ' '
}
plain=$(seen '"fast_hash"')
ordered=$(seen '"fast_hash", "preserve_order"')
echo "fast_hash: $plain"
echo "fast_hash and preserve_order: $ordered"
case "$plain" in *ahash*) ;; *) exit 1 ;; esac
case "$ordered" in *IndexMap*RandomState*) case "$ordered" in *ahash*) exit 1 ;; esac ;; *) exit 1 ;; esac
