#!/bin/sh
# Builds the example site into a temporary folder, at its own address and below a path, and has every page and
# picture of it validated. No error and no warning is allowed. Style sheets are left out: the validator does not know
# container queries yet.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo run --quiet --locked -- build -q --drafts --future -o "$folder/root"
cargo run --quiet --locked -- build -q -u https://example.org/briefing -o "$folder/path"
# Feeds and sitemaps are XML, which it would take for HTML.
find "$folder" -name '*.xml' -delete
# A placeholder stands for an address until a sending service fills it in.
find "$folder" -path '*/.dateline/*' -name '*.html' -exec sed -i.bak 's#{{unsubscribe_url}}#https://example.org/u#' {} +
java -jar .tools/node_modules/vnu-jar/build/dist/vnu.jar --Werror --also-check-svg --skip-non-html \
    "$folder/root" "$folder/path"
echo "$(find "$folder" -name '*.html' | wc -l | tr -d ' ') pages are valid"
