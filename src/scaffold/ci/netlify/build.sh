#!/bin/sh
# What Netlify runs: makes the site in site/.
set -eu
PATH="$PWD/.program/bin:$PATH"
installed() { [ "$(dateline --version 2>/dev/null || true)" = "dateline $DATELINE_VERSION" ]; }
# The npm package contains the program; it is compiled where there is none for this machine.
if ! installed; then
    npm install --global --prefix "$PWD/.program" --no-fund --no-audit "dateline-ssg@$DATELINE_VERSION" || true
fi
if ! installed; then
    rustup toolchain install stable --profile minimal
    cargo +stable install --locked --force dateline --version "$DATELINE_VERSION" --root .program
fi

dateline check
dateline build -u "${BASE_URL:-$URL}" --changes changes.json

# Dateline's own records, e-mails among them, stay here.
rm -rf site
cp -R public site
rm -rf site/.dateline
# Netlify prefers a file to a redirect; a status with ! turns that round.
sed 's/ \(30[12]\)$/ \1!/' public/_redirects >site/_redirects
