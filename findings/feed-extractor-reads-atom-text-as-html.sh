#!/bin/bash
# @extractus/feed-extractor 8.0.3 (npm).
#
# An Atom `summary` with `type="text"` is plain text, and a `<` in it is that sign (RFC 4287, section 3.1.1.1). It is read as HTML
# all the same: what stands between `<` and the next `>` is gone, and with it words. An entry's address that is relative to
# `xml:base` (section 2) comes out empty. So a feed for everybody has absolute addresses, and summaries that do without `<`.
#
# Seen: summary: Growth fell to 1  1 percent.
#       address: []
set -eu
command -v npm >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq npm >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @extractus/feed-extractor@8.0.3
cat >feed.xml <<'EOF'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/news/">
  <id>urn:example:feed</id>
  <title>Feed</title>
  <updated>2026-01-02T00:00:00Z</updated>
  <author><name>Desk</name></author>
  <entry>
    <id>urn:example:1</id>
    <title>Growth</title>
    <link href="growth/"/>
    <updated>2026-01-02T00:00:00Z</updated>
    <summary type="text">Growth fell to 1 &lt; 2 and then rose &gt; 1 percent.</summary>
  </entry>
</feed>
EOF
cat >read.mjs <<'EOF'
import { extractFromXml } from '@extractus/feed-extractor';
import { readFileSync } from 'node:fs';
const [entry] = extractFromXml(readFileSync('feed.xml', 'utf8'), { descriptionMaxLen: 0 }).entries;
console.log(`summary: ${entry.description}`);
console.log(`address: [${entry.link}]`);
EOF
node read.mjs | tee seen
diff - seen <<'EOF'
summary: Growth fell to 1  1 percent.
address: []
EOF
