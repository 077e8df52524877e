#!/bin/sh
# Serves a new site with the real program, and looks at it with a real browser while its files are edited.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --locked
program=${CARGO_TARGET_DIR:-target}/debug/dateline
NODE_PATH= node tests/browser/run.mjs "$program"
NODE_PATH= node tests/browser/live.mjs "$program"
NODE_PATH= node tests/browser/pictures.mjs "$program"
NODE_PATH= node tests/browser/columns.mjs "$program"
NODE_PATH= node tests/browser/layout.mjs "$program"
