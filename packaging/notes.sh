#!/bin/sh
# Prints what CHANGELOG.md says of the version in Cargo.toml.
set -eu
cd "$(dirname "$0")/.."
version=$(packaging/version.sh)
awk -v head="## [$version]" 'index($0, "## [") == 1 { on = index($0, head) == 1; next } on' CHANGELOG.md
