#!/bin/bash
# feedparser 6.0.14 (PyPI), `at:deleted-entry` in an Atom feed (RFC 6721, "The Atom deleted-entry Element").
#
# It has no entry for a tombstone. The element's attributes and its comment become fields of the feed itself, each next one
# overwrites the one before, and `at:by`, which holds elements, is an empty text. Of a feed that withdraws three entries a
# client can learn of one.
#
# Seen: 1 entry; feed['at_deleted-entry'] has ref "…:c", feed['at_comment'] is "Third.", feed['at_by'] is "".
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cat >"$work/see.py" <<'PYTHON'
import feedparser

TOMBSTONES = "".join(
    f'<at:deleted-entry ref="tag:desk.example,2026:{name}" when="2026-11-0{day}T00:00:00Z"><at:by><name>Desk</name></at:by>'
    f"<at:comment>{comment}</at:comment></at:deleted-entry>"
    for day, (name, comment) in enumerate((("a", "First."), ("b", "Second."), ("c", "Third.")), start=1)
)
FEED = f'''<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>tag:desk.example,2026:feed</id>
<title>Desk</title><updated>2026-11-03T00:00:00Z</updated>{TOMBSTONES}<entry><id>tag:desk.example,2026:ports</id><title>Ports</title>
<updated>2026-11-01T00:00:00Z</updated><link href="https://desk.example/ports/"/></entry></feed>'''

print("feedparser", feedparser.__version__)
read = feedparser.parse(FEED)
seen = (len(read.entries), read.feed["at_deleted-entry"]["ref"], read.feed["at_comment"], read.feed["at_by"])
print("entries, the tombstone's ref, its comment, who deleted it:", seen)
raise SystemExit(seen != (1, "tag:desk.example,2026:c", "Third.", ""))
PYTHON
"$work/python/bin/python" "$work/see.py"
