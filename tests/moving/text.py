"""What a page says, in the form in which the pages of two generators can be compared: lists of words, links, emphasis and so on, with
nothing in them of the markup that each has of its own."""

import html.parser
import re
import urllib.parse

VOID = {"br", "hr", "img", "input", "meta", "link", "source", "wbr"}
EMPHASIS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "del", "s": "del"}
# Elements of which one begins where the one before it ends.
SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...", "\u00a0": " ", "\u202f": " ",
                       "\u200b": None, "\ufe0e": None})


def plain(text):
    """A text with the punctuation that people type, and one space for many."""
    return " ".join(text.translate(SIGNS).split())


class Node:
    def __init__(self, tag, attributes=(), parent=None):
        self.tag, self.at, self.parent, self.children = tag, dict(attributes), parent, []

    def text(self):
        return "".join(child if isinstance(child, str) else "\n" if child.tag == "br" else child.text() for child in self.children)

    def all(self, *tags):
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def named(self, name):
        return name in (self.at.get("class") or "").split()

    def within(self, *tags):
        node = self.parent
        while node:
            if node.tag in tags:
                return True
            node = node.parent
        return False


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("root")

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attributes):
        self.here.children.append(Node(tag, attributes, self.here))

    def handle_endtag(self, tag):
        node = self.here
        while node and node.tag != tag:
            node = node.parent
        if node and node.parent:
            self.here = node.parent

    def handle_data(self, data):
        self.here.children.append(data)


def read(source):
    reader = Reader()
    reader.feed(source)
    return reader.root


def drop(node, gone):
    """Takes out what is a generator's own, and returns it."""
    taken = []
    kept = []
    for child in node.children:
        if isinstance(child, Node) and gone(child):
            taken.append(child)
        else:
            if isinstance(child, Node):
                taken += drop(child, gone)
            kept.append(child)
    node.children = kept
    return taken


def is_back(node):
    return any(node.named(name) for name in ("footnote-backref", "reversefootnote", "footnote-back"))


def is_mark(node):
    """The mark of a footnote in a text."""
    return node.tag == "sup" and any(name in (child.at.get("class") or "") + (node.at.get("class") or "") for child in node.all("a")
                                     for name in ("footnote",))


def is_numbers(node):
    """Line numbers that a highlighter sets beside code."""
    return node.tag == "span" and "user-select:none" in (node.at.get("style") or "")


def is_last(node):
    """Whether nothing of a line follows in the block that a break stands in."""
    while node.parent and node.tag not in BLOCKS - {"br"}:
        siblings = node.parent.children
        for after in siblings[[child is node for child in siblings].index(True) + 1:]:
            if isinstance(after, Node) and after.tag != "br" or isinstance(after, str) and after.strip():
                return isinstance(after, Node) and after.tag in BLOCKS
        node = node.parent
    return True


def unwrapped(node):
    """Code that a highlighter puts into a table is code."""
    for index, child in enumerate(node.children):
        if isinstance(child, Node):
            if child.tag == "div" and child.named("highlight") and list(child.all("table")):
                pre = Node("pre", (), node)
                pre.children = [max((pre.text() for pre in child.all("pre")), key=len)]
                node.children[index] = pre
            else:
                unwrapped(child)


def inline(node):
    """The own words of an item or a cell, without what is nested in it as a block of its own."""
    return plain("".join(child if isinstance(child, str) else "" if child.tag in ("ul", "ol", "dl", "table", "pre", "blockquote")
                         else " " if child.tag == "br" else " " + inline_raw(child) + " " if child.tag in PARAGRAPHS else inline_raw(child) for child in node.children))


PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")


def inline_raw(node):
    return "".join(child if isinstance(child, str) else "" if child.tag in ("ul", "ol", "dl", "table", "pre", "blockquote")
                   else " " if child.tag == "br" else " " + inline_raw(child) + " " if child.tag in PARAGRAPHS else inline_raw(child)
                   for child in node.children)


def listed(node):
    """A list as a text: its kind, its first number, and what its items say, one in another."""
    items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
    parts = []
    for item in items:
        box = next((box for box in item.all("input")), None)
        sign = "" if box is None or box.within("ul", "ol") and nearest(box) is not item else "[x] " if "checked" in box.at else "[ ] "
        nested = [listed(inner) for inner in item.all("ul", "ol") if nearest(inner) is item]
        parts.append(" ".join([sign + inline(item)] + nested))
    start = node.at.get("start", "1") if node.tag == "ol" else ""
    return f"{node.tag}{start}({' | '.join(parts)})"


def nearest(node):
    node = node.parent
    while node and node.tag not in ("li", "root"):
        node = node.parent
    return node


def aspects(node, resolve):
    """Each aspect of a text, as a list of what can be compared. `resolve` turns a destination into what answers there."""
    unwrapped(node)
    drop(node, is_numbers)
    drop(node, lambda child: child.named("anchor") or child.tag in ("script", "style"))
    drop(node, is_back)
    found = {}
    notes = drop(node, lambda child: child.named("footnotes"))
    # Zola leaves each note where it is written, with its number before it.
    own = drop(node, lambda child: child.named("footnote-definition"))
    labels = {id(note): "".join(label.text() for label in drop(note, lambda child: child.named("footnote-definition-label"))) for note in own}
    own.sort(key=lambda note: labels[id(note)])
    found["notes"] = [inline(item) for section in notes for item in section.all("li")] + [inline(note) for note in own]
    notes += own
    found["marks of notes"] = [mark.text().strip() for mark in drop(node, is_mark)]
    whole = [node] + notes

    def each(*tags):
        return [found for part in whole for found in part.all(*tags)]

    heads = each("h1", "h2", "h3", "h4", "h5", "h6")
    found["headings"] = []
    levels = []
    for head in heads:
        # How deep a heading stands among the others: no level is skipped here.
        level = int(head.tag[1])
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        found["headings"].append(f"{len(levels)} #{head.at.get('id') or None} {plain(head.text())}")
    found["ids"] = sorted(part.at["id"] for part in node.all(*{child.tag for child in every(node)}) if part.at.get("id")
                          and part.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"))
    found["emphasis"] = [f"{EMPHASIS[part.tag]} {plain(part.text())}" for part in sorted(each(*EMPHASIS), key=lambda part: part.tag)
                         if not part.within("pre") and plain(part.text())]
    found["emphasis"].sort()
    found["links"] = [f"{resolve(link.at['href'])} {plain(link.text())}" for link in each("a") if "href" in link.at]
    found["pictures"] = [f"{resolve(picture.at.get('src', ''))} {plain(picture.at.get('alt') or '')}" for picture in each("img")]
    found["lists"] = [listed(part) for part in node.all("ul", "ol") if not part.within("ul", "ol")]
    found["tables"] = []
    for table in each("table"):
        rows = [[inline(cell) for cell in row.all("td", "th")] for row in table.all("tr")]
        rows = [row for row in rows if any(row)]
        found["tables"].append(" / ".join(" | ".join(row) for row in rows))
    found["code"] = [part.text().strip("\n") for part in each("pre")] + \
        [" ".join(part.text().split()) for part in each("code") if not part.within("pre")]
    found["quotations"] = [" ".join(words(part)) for part in each("blockquote")]
    found["definitions"] = [f"{part.tag} {inline(part)}" for part in each("dt", "dd")]
    found["abbreviations"] = [f"{part.text()} {part.at.get('title')}" for part in each("abbr")]
    # One at the end of a block breaks nothing.
    found["breaks"] = [str(sum(not is_last(part) for part in each("br")))]
    found["rules"] = [str(len(list(node.all("hr"))))]
    found["other tags"] = [f"{part.tag} {plain(part.text())}" for part in each("sub", "sup", "kbd", "mark", "details", "section")]
    found["words"] = words(node)
    return found


def every(node):
    for child in node.children:
        if isinstance(child, Node):
            yield child
            yield from every(child)


BLOCKS = {"p", "div", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table", "section", "br"}


def words(node):
    def flat(node):
        for child in node.children:
            if isinstance(child, str):
                yield child
            elif child.tag in BLOCKS:
                yield " "
                yield from flat(child)
                yield " "
            else:
                yield from flat(child)
    return plain("".join(flat(node))).split()
