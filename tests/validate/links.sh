#!/bin/sh
# links.sh FOLDER: every link inside the sites in FOLDER, from page to page, with fragments, pictures and feeds, by hyperlink.
set -eu
cd "$(dirname "$0")/../.."
folder=$1
said=$(mktemp)
trap 'rm -f "$said"' EXIT
failed=0
for site in "$folder"/*; do
    address=$(sed -n 's/.*rel="canonical" href="\([^"]*\)".*/\1/p' "$site/index.html")
    # A site below a path is put below it, so that what begins with `/` is found.
    root=$(mktemp -d)
    path=$(printf '%s' "$address" | sed 's|^[a-z]*://[^/]*||; s|/$||')
    mkdir -p "$root$path"
    cp -R "$site/." "$root$path"
    rm -rf "$root$path/.dateline"
    if ! node .tools/node_modules/hyperlink/lib/cli.js --root "$root" --canonicalroot "${address%"$path/"}/" -r --internal \
        "$root$path/index.html" "$root$path/404.html" >"$said" 2>&1 || grep -q '^not ok' "$said"; then
        grep -A 12 '^not ok' "$said" | head -60 || true
        failed=1
    fi
    rm -rf "$root"
    echo "$(basename "$site"): $(grep -c '^ok' "$said" || true) links hold"
    grep -q '^ok' "$said" || failed=1
done
exit "$failed"
