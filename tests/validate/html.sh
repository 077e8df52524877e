#!/bin/sh
# html.sh FOLDER: every page, picture and e-mail of the sites in FOLDER, by the validator of the W3C and WHATWG. No error and no
# warning is allowed. Style sheets are left out: the validator does not know container queries yet.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$1/." "$folder"
# Feeds and sitemaps are XML, which it would take for HTML. What stands below .dateline is not served.
find "$folder" \( -name '*.xml' -o -name '*.xsl' \) -delete
letters="$folder.letters"
trap 'rm -rf "$folder" "$letters"' EXIT
mkdir "$letters"
find "$folder" -path '*/.dateline/*' -name email.html | while read -r letter; do
    # A placeholder stands for an address until a sending service fills it in.
    sed 's#{{unsubscribe_url}}#https://example.org/u#' "$letter" >"$letters/$(echo "$letter" | tr / -)"
done
find "$folder" -type d -name .dateline -prune -exec rm -rf {} +
java -jar .tools/node_modules/vnu-jar/build/dist/vnu.jar --Werror --also-check-svg --skip-non-html "$folder"
# Tables for layout and attributes of old are what mail programs need: warnings are.
java -jar .tools/node_modules/vnu-jar/build/dist/vnu.jar --errors-only "$letters"
echo "$(find "$letters" -name '*.html' | wc -l | tr -d ' ') e-mails are valid"
echo "$(find "$folder" -name '*.html' | wc -l | tr -d ' ') pages are valid"
