#!/bin/sh
# Fetches what drives the browser, and the fonts that it draws with, into .tools/browser/, which Git ignores, and the browser itself where there is none and
# there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need node nodejs
need npm npm
need chromium chromium
mkdir -p .tools/browser
cp tests/browser/package.json tests/browser/package-lock.json .tools/browser/
npm ci --prefix .tools/browser --ignore-scripts --no-fund --no-audit
