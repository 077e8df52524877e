#!/bin/bash
# wordpress-export-to-markdown 2.2.2 (npm), on an export of WordPress (WXR 1.2).
#
# A post that only editors could read (`private`) and one behind a password are written like any other: nothing in their files says
# that they were not public, and no option leaves them out. A draft is left out. Whoever builds a site from the folder publishes
# both.
#
# Seen: out/closed/index.md and out/private/index.md with a title, a date and the whole text; no file of the draft.
set -eu
command -v npm >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq npm >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund wordpress-export-to-markdown@2.2.2

# item ID NAME STATUS PASSWORD TEXT
item() {
    cat <<EOF
<item><title>$2</title><link>https://a.example/$2/</link><pubDate>Mon, 02 Feb 2026 10:00:00 +0000</pubDate>
<dc:creator>desk</dc:creator><guid isPermaLink="false">https://a.example/?p=$1</guid><description></description>
<content:encoded><![CDATA[$5]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>$1</wp:post_id><wp:post_date>2026-02-02 10:00:00</wp:post_date><wp:post_date_gmt>2026-02-02 10:00:00</wp:post_date_gmt>
<wp:post_name>$2</wp:post_name><wp:status>$3</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type>
<wp:post_password>$4</wp:post_password></item>
EOF
}
{
    cat <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Site</title>
<link>https://a.example</link><wp:wxr_version>1.2</wp:wxr_version>
EOF
    item 1 open publish '' '<p>For everybody.</p>'
    item 2 closed publish reef '<p>With the password only.</p>'
    item 3 private private '' '<p>For editors only.</p>'
    item 4 draft draft '' '<p>Not done.</p>'
    echo '</channel></rss>'
} >export.xml
node node_modules/wordpress-export-to-markdown/index.js --wizard=false --input=export.xml --output=out --include-other-types=false \
    --save-attached-images=false --save-scraped-images=false >log </dev/null
find out -type f | LC_ALL=C sort | tee seen
diff - seen <<'EOF'
out/closed/index.md
out/open/index.md
out/private/index.md
EOF
tail -n +1 out/closed/index.md out/private/index.md
for name in open closed private; do sed "s/$name/NAME/" out/$name/index.md | grep -v '^[A-Z]' >"$name.head"; done
cmp open.head closed.head
cmp open.head private.head
grep -q 'With the password only' out/closed/index.md && grep -q 'For editors only' out/private/index.md
