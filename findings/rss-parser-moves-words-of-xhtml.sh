#!/bin/bash
# rss-parser 3.13.0 (npm), which reads feeds for many programs in JavaScript.
#
# The text of an Atom entry with `type="xhtml"` (RFC 4287, section 4.1.3.3) comes out in another order: the words between the
# elements stand first, then all elements, one after the other. The same text with `type="html"` comes out as it is. So an
# Atom feed for everybody carries its texts as HTML, escaped.
#
# Seen: xhtml: First  then  last.<b>bold</b><i>it</i>
#       html:  First <b>bold</b> then <i>it</i> last.
set -eu
command -v npm >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq npm >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund rss-parser@3.13.0
cat >feed.xml <<'EOF'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:example:feed</id>
  <title>Feed</title>
  <updated>2026-01-02T00:00:00Z</updated>
  <author><name>Desk</name></author>
  <entry>
    <id>urn:example:1</id>
    <title>xhtml</title>
    <link href="https://a.example/1/"/>
    <updated>2026-01-02T00:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">First <b>bold</b> then <i>it</i> last.</div></content>
  </entry>
  <entry>
    <id>urn:example:2</id>
    <title>html</title>
    <link href="https://a.example/2/"/>
    <updated>2026-01-01T00:00:00Z</updated>
    <content type="html">First &lt;b&gt;bold&lt;/b&gt; then &lt;i&gt;it&lt;/i&gt; last.</content>
  </entry>
</feed>
EOF
cat >read.cjs <<'EOF'
const Parser = require('rss-parser');
const { readFileSync } = require('node:fs');
new Parser().parseString(readFileSync('feed.xml', 'utf8')).then((feed) => {
    for (const item of feed.items) {
        console.log(`${item.title}: ${item.content.replace(/<\/?div[^>]*>/g, '')}`);
    }
});
EOF
node read.cjs | tee seen
diff - seen <<'EOF'
xhtml: First  then  last.<b>bold</b><i>it</i>
html: First <b>bold</b> then <i>it</i> last.
EOF
