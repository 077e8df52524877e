#!/bin/sh
# Makes a new site with a desk in the browser, and writes in it with a real browser.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --locked
program=${CARGO_TARGET_DIR:-target}/debug/dateline
NODE_PATH= node tests/browser/cms.mjs "$program"
