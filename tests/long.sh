#!/bin/sh
# The long form of what tests/run.sh does short: random histories of 200 edits each, for as many as are asked for (20).
# A release build, since it takes hours otherwise. Run it at night, and after changes to anything that is kept from one
# build to the next.
set -eu
cd "$(dirname "$0")/.."
HISTORIES=${1:-20} EDITS=200 cargo test --release --locked --test suite histories -- --nocapture
