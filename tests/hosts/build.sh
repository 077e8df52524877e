#!/bin/sh
# build.sh FOLDER: builds `site/` into FOLDER/whole, and below a path beside a neighbour into FOLDER/root/briefing.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
folder=$1
mkdir -p "$folder/root/other"
chmod 755 "$folder"
"$DATELINE" --root tests/hosts/site build -q --clean --deny-warnings --now 2026-11-22T12:00:00Z -o "$folder/whole"
"$DATELINE" --root tests/hosts/site build -q --clean --deny-warnings --now 2026-11-22T12:00:00Z \
    -u https://meridian.example/briefing -o "$folder/root/briefing"
rm -rf tests/hosts/site/.dateline
echo '<p>The neighbour.' >"$folder/root/other/index.html"
echo '<rss version="2.0"></rss>' >"$folder/root/other/feed.xml"
