#!/bin/bash
# feedparser 6.0.14 (PyPI), `media:description` inside `media:content`, in RSS 2.0 and in Atom.
#
# The description of a picture (Media RSS 1.5.1) is read as that of the item, by the order of the elements: behind the item's
# own `description` or `summary` it becomes the item's content, so that a reader shows the caption as the text of the story;
# before it, it becomes the summary, and the summary becomes the content. Neither is marked as the picture's.
#
# Seen, in both formats: behind: summary "The summary.", content "A caption."; before: summary "A caption.", content "The
# summary."
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cat >"$work/see.py" <<'PYTHON'
import feedparser

PICTURE = '<media:content url="https://desk.example/a.jpg" type="image/jpeg"><media:description type="plain">A caption.</media:description></media:content>'
RSS = '''<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Desk</title><link>https://desk.example/</link>
<description>News</description><item><title>Ports</title><link>https://desk.example/ports/</link>%s</item></channel></rss>'''
ATOM = '''<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><id>tag:desk.example,2026:feed</id>
<title>Desk</title><updated>2026-11-01T00:00:00Z</updated><entry><id>tag:desk.example,2026:ports</id><title>Ports</title>
<updated>2026-11-01T00:00:00Z</updated><link href="https://desk.example/ports/"/>%s</entry></feed>'''

print("feedparser", feedparser.__version__)
seen = []
for name, feed, own in (("RSS", RSS, "<description>The summary.</description>"), ("Atom", ATOM, "<summary>The summary.</summary>")):
    for order, inside in (("behind", own + PICTURE), ("before", PICTURE + own)):
        entry = feedparser.parse(feed % inside).entries[0]
        found = (entry.summary, entry.content[0].value)
        print(f"{name}, the picture {order} the summary: summary {found[0]!r}, content {found[1]!r}")
        seen.append(found)
expected = [("The summary.", "A caption."), ("A caption.", "The summary.")]
raise SystemExit(seen != expected + expected)
PYTHON
"$work/python/bin/python" "$work/see.py"
