#!/bin/sh
# build.sh FOLDER: builds what the validators look at into FOLDER.
#
#   example   the example site, with all that it withholds
#   path      the same as readers see it, below a path
#   hostile   hostile/: whatever a desk may paste, with an edition for each day
#   foreign   the site in the folder that FOREIGN names, when it names one
#
# Nothing may depend on the day, so what has a date in it is built as of one.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
folder=$1

rm -rf "$folder"
mkdir -p "$folder"
"$DATELINE" build -q --clean --drafts --future -o "$folder/example"
"$DATELINE" build -q --clean --now 2023-10-18T12:00:00Z -u https://example.org/briefing -o "$folder/path"
"$DATELINE" --root tests/validate/hostile build -q --clean --now 2024-03-08T06:00:00Z -o "$folder/hostile"
[ -z "${FOREIGN:-}" ] || "$DATELINE" --root "$FOREIGN" build -q --clean -o "$folder/foreign"

for site in "$folder"/*; do
    echo "$(basename "$site"): $(find "$site" -name '*.html' | wc -l | tr -d ' ') pages"
done
