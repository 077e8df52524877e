#!/bin/sh
# Fetches the validator into .tools/, which Git ignores. It needs npm once, and Java to run: where they are missing and
# there is `apt-get`, they are installed.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need java default-jre-headless
need npm npm
mkdir -p .tools
cp tests/validate/package.json tests/validate/package-lock.json .tools/
npm ci --prefix .tools --ignore-scripts --no-fund --no-audit
