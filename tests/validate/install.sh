#!/bin/sh
# Fetches the validator into .tools/, which Git ignores. Needs npm; to run it needs Java.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p .tools
cp tests/validate/package.json tests/validate/package-lock.json .tools/
npm ci --prefix .tools --ignore-scripts --no-fund --no-audit
