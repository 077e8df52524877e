#!/bin/sh
# What Netlify runs: makes the site in site/.
set -eu
PATH="$PWD/.program/bin:$PATH"
if [ "$(dateline --version 2>/dev/null || true)" != "dateline $DATELINE_VERSION" ]; then
    rustup toolchain install stable --profile minimal
    cargo +stable install --locked dateline --version "$DATELINE_VERSION" --root .program
fi

dateline check
dateline build -u "${BASE_URL:-$URL}" --changes changes.json

# Dateline's own records, e-mails among them, stay here.
rm -rf site
cp -R public site
rm -rf site/.dateline
# Netlify prefers a file to a redirect; a status with ! turns that round.
sed 's/ \(30[12]\)$/ \1!/' public/_redirects >site/_redirects
