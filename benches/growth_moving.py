"""Inputs of `growth.py` for `import hugo`, `import jekyll` and `import zola`: sites of other programs, hostile ones included."""

import math

HUGO = ["import", "hugo", "old", "-o", "new", "--dry-run", "--quiet"]
JEKYLL = ["import", "jekyll", "old", "-o", "new", "--dry-run", "--quiet"]
ZOLA = ["import", "zola", "old", "-o", "new", "--dry-run", "--quiet"]

SETTINGS = {
    "hugo": ("old/hugo.toml", "baseURL = 'https://b.example/'\ntitle = 'T'\n"),
    "jekyll": ("old/_config.yml", "title: T\nurl: https://b.example\n"),
    "zola": ("old/config.toml", "base_url = 'https://b.example'\ntitle = 'T'\n"),
}


def post(program, number, body, head=""):
    name = f"_posts/2023-10-17-p{number}.md" if program == "jekyll" else f"content/posts/p{number}.md"
    if program == "zola":
        return f"old/{name}", f"+++\ntitle = 'P {number}'\ndate = 2023-10-17\n{head}+++\n{body}\n"
    return f"old/{name}", f"---\ntitle: P {number}\ndate: 2023-10-17\n{head}---\n{body}\n"


def site(program, bodies, head=lambda number: "", more=()):
    posts = (post(program, number, body, head(number)) for number, body in enumerate(bodies))
    return dict([SETTINGS[program], *posts, *more])


def text(program, body):
    """A site with one story, which a size makes."""
    return lambda n: site(program, [body(n)])


def posts(program):
    return lambda n: site(program, [f"Text {k} with *emphasis*.\n\n## Heading" for k in range(n)])


def links(program, link):
    return lambda n: site(program, ["\n".join(link.format(k=k) for k in range(j * 10, j * 10 + 10)) for j in range(-(-n // 10))])


def one_address(program):
    head = {"zola": "path = 'same'\n", "hugo": "url: /same/\n", "jekyll": "permalink: /same/\n"}[program]
    return lambda n: site(program, ["Text."] * n, lambda k: head)


def sections(n):
    return site("hugo", ["Text."], more=[(f"old/content/docs/s{k}/{name}.md", f"---\ntitle: S {k}\n---\n{body}") for k in range(n)
                                        for name, body in [("_index", ""), ("p", "Text.\n")]])


def sections_of_zola(n):
    return site("zola", ["Text."], more=[(f"old/content/docs/s{k}/{name}.md", f"+++\ntitle = 'S {k}'\n+++\n{body}") for k in range(n)
                                        for name, body in [("_index", ""), ("p", "Text.\n")]])


def pages(n):
    return site("hugo", [], more=[("old/content/docs/_index.md", "---\ntitle: S\n---\n")]
                + [(f"old/content/docs/p{k}.md", f"---\ntitle: P {k}\n---\nText.\n") for k in range(n)])


def values(n):
    """Variables of a page, which has as many keys and lacks each of these."""
    return site("jekyll", ["\n".join(f"{{{{ page.none{k} }}}}" for k in range(n))], lambda k: "".join(f"key{j}: 1\n" for j in range(n)))


def translations(n):
    settings = ("old/hugo.toml", SETTINGS["hugo"][1] + "[languages.en]\n[languages.fr]\n")
    pairs = [(f"old/content/posts/t{k}.{tag}md", f"---\ntitle: T {k}\ndate: 2023-10-17\n---\nText.\n") for k in range(n) for tag in ["", "fr."]]
    return dict([settings, *pairs])


def files(n):
    return site("jekyll", [f"![a](/files/f{k}.png)" for k in range(n)], more=[(f"old/files/f{k}.png", "x") for k in range(n)])


def keys(program):
    assign = "=" if program == "zola" else ":"
    return lambda n: site(program, ["Text."], lambda k: "".join(f"key{k}{assign} 1\n" for k in range(n)))


def aliases(n):
    return site("hugo", ["Text."], lambda k: "aliases:\n" + "".join(f"  - /old/{j}/\n" for j in range(n)))


def lines(line):
    return lambda n: "\n".join(line for _ in range(n))


def paragraphs(line):
    return lambda n: "\n\n".join(line.format(k=k) for k in range(n))


def signs(sign, end=""):
    return lambda n: sign * n + end


# What Markdown of either kind may be written to be slow with: name, smallest size for the short form, for the long form, body of a size.
MARKS = [
    ("stars", 500, 20_000, signs("*a ")),
    ("stars without spaces", 500, 20_000, signs("*a**b")),
    ("signs of emphasis", 500, 20_000, signs("*a _b **c __d ")),
    ("brackets", 500, 20_000, signs("[")),
    ("brackets of links", 500, 20_000, signs("[a](")),
    ("pictures", 500, 20_000, signs("![a")),
    ("backticks", 2_000, 50_000, lambda n: " ".join("`" * k for k in range(math.isqrt(n)))),
    ("angles", 500, 20_000, signs("<")),
    ("open tags", 500, 20_000, signs("<b>")),
    ("tags without an end", 500, 20_000, signs("<a ")),
    ("tags with one end", 500, 20_000, signs("<a ", ">")),
    ("tags with a last quote", 500, 20_000, signs("<a ", "b=\">")),
    ("tags without a quote", 500, 20_000, signs("<a b=\"c> ")),
    ("comments without an end", 500, 20_000, signs("<!-- ")),
    ("lines of comments without an end", 100, 4_000, paragraphs("<!-- a")),
    ("lines of tags without an end", 100, 4_000, paragraphs("<div a")),
    ("lines of tags without a quote", 100, 4_000, lines("<div a=\"b")),
    ("elements on a line", 200, 8_000, signs("<div>a</div>")),
    ("addresses without an end", 500, 20_000, signs("<http://a ")),
    ("footnotes without an end", 500, 20_000, signs("[^a")),
    ("entities without an end", 500, 20_000, signs("&a ")),
    ("guillemets", 500, 20_000, signs("<<a ")),
    ("guillemets that close", 500, 20_000, signs("a>> ")),
    ("guillemets in quotations", 500, 20_000, signs(">> ")),
    ("guillemets behind tags", 500, 20_000, signs("<a>>>")),
    ("struck words", 500, 20_000, signs("~~a b~ ")),
    ("braces", 500, 20_000, signs("{: ")),
    ("braces with one end", 500, 20_000, signs("{: ", "}")),
    ("brackets with one end", 500, 20_000, signs("[", "]")),
    ("links to slugs", 500, 20_000, signs("[[a ")),
    ("pointed addresses without an end", 500, 20_000, signs("[a](<b ")),
    ("titles without an end", 500, 20_000, signs("[a](b \"c ", ")")),
    ("a run of stars", 500, 20_000, signs("*", "a")),
    ("full stops", 500, 20_000, lambda n: "<i>*a" + "1. a " * n),
    ("calls without an end", 500, 20_000, signs("{{< a ")),
    ("calls", 500, 20_000, signs("{{< a >}} ")),
    ("names of calls", 500, 20_000, signs("{{<a", ">}}")),
    ("a long line", 2_000, 100_000, signs("word ")),
    ("quotations in quotations", 20, 250, signs("> ", "a")),
    ("lists in lists", 20, 250, signs("* ", "a")),
    ("lists by indents", 1_000, 40_000, lambda n: "\n".join("  " * k + "* a" for k in range(math.isqrt(n)))),
    ("lines of quotations", 200, 8_000, lines("> a")),
    ("items", 200, 8_000, lines("* a")),
    ("lines", 200, 8_000, lines("a *b* c")),
    ("paragraphs", 100, 4_000, paragraphs("a *b* [c](/d{k}/)")),
    ("headings", 100, 4_000, paragraphs("## Same")),
    ("blocks of HTML", 100, 4_000, paragraphs("<div>a</div>")),
    ("HTML in HTML", 100, 4_000, lines("<div>")),
    ("tags in HTML", 100, 4_000, paragraphs("<div><p>a</p>")),
    ("definitions of links", 100, 4_000, paragraphs("[a{k}]: /b{k}/\n\n[x][a{k}]")),
    ("footnotes there", 100, 4_000, paragraphs("x[^{k}]\n\n[^{k}]: Note")),
    ("rows of a table", 100, 4_000, lines("| a | b |")),
    ("cells of a table", 200, 8_000, lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n"),
    ("fences without an end", 100, 4_000, lines("```a b")),
    ("setext", 100, 4_000, lines("a\n---")),
]
KRAMDOWN = [
    ("abbreviations", 50, 2_000, paragraphs("*[A{k}x]: About\n\nThe A{k}x is here")),
    ("formulas", 500, 20_000, signs("$$a ")),
    ("formulas of lines", 200, 8_000, paragraphs("$$ a")),
    ("extensions", 500, 20_000, signs("{::nomarkdown} ")),
    ("blocks of extensions", 100, 4_000, paragraphs("{{::nomarkdown}}")),
    ("named attributes", 100, 4_000, paragraphs("{{:n{k}: .a}}\n\nText\n{{: n{k}}}")),
    ("terms", 100, 4_000, paragraphs("Term {k}\n: Meaning")),
    ("raw elements", 500, 20_000, signs("<code>a</code> ")),
    ("markdown=1", 50, 2_000, lines("<div markdown=\"1\">")),
    ("notes of Liquid", 500, 20_000, signs("{% comment %}")),
    ("branches of Liquid", 500, 20_000, signs("{% if false %}")),
    ("branches that end", 200, 8_000, lambda n: "{% if false %}" * n + "{% endif %}" * n),
    ("branches with others", 200, 8_000, lambda n: "{% if false %}" * n + "{% else %}" + "{% endif %}" * n),
    ("notes of lines", 100, 4_000, paragraphs("{{% comment %}}\na\n{{% endcomment %}}\n\n{{::comment}}\nb\n{{:/}}")),
    ("highlight", 500, 20_000, signs("{% highlight a %}\n")),
    ("highlight with one end", 500, 20_000, signs("{% highlight a %}\n", "{% endhighlight")),
    ("extensions of other ends", 500, 20_000, signs("{::a} ", "{:/b}")),
    ("extensions with one brace", 500, 20_000, signs("{::a ", "{:/}")),
    ("blocks of extensions of other ends", 100, 4_000, lambda n: "{::a}\n\n" * n + "{:/b}"),
    ("attributes of a list", 500, 20_000, lambda n: "a\n{: " + "b " * n + "}"),
    ("attributes by name", 100, 4_000, lambda n: "{:n: " + ".a " * n + "}\n\n" + "a\n{: n}\n\n" * n),
    ("abbreviations of many lengths", 1_000, 40_000, lambda n: "".join(f"*[{'A' * k}]: B\n" for k in range(1, math.isqrt(n))) + "\n" + "AAA " * n),
    ("code in cells", 500, 20_000, lambda n: "a | " + "<code>" * n + "\n"),
]
OF_HUGO = [
    ("notes of Hugo", 500, 20_000, signs("{{/* a ")),
    ("shortcodes of notes", 500, 20_000, signs("{{< comment >}}")),
    ("notes of lines", 100, 4_000, paragraphs("{{{{< comment >}}}}\na\n{{{{< /comment >}}}}")),
    ("ends of notes", 500, 20_000, lambda n: "{{< comment >}}" + "{{</comment " * n),
    ("boxes", 200, 8_000, lines("- [ ]\na")),
    ("HTML that is left out", 200, 8_000, paragraphs("<b>a</b>")),
]
OF_ZOLA = [
    ("calls", 500, 20_000, signs("{{ a() }} ")),
    ("calls without an end", 500, 20_000, signs("{{ a() ")),
    ("blocks of calls", 500, 20_000, signs("{% a() %}")),
    ("notes", 100, 4_000, paragraphs("{{# a\nb #}}")),
    ("notes without an end", 500, 20_000, signs("{# a ")),
    ("headings", 100, 4_000, paragraphs("## Same")),
    ("paragraphs", 100, 4_000, paragraphs("a *b* [c](/d{k}/)")),
    ("tags with one end", 500, 20_000, signs("<a ", ">")),
    ("anchors", 100, 4_000, paragraphs("<a id=\"a{k}\"></a> [b](#a{k}) [c](#b{k})")),
]


def marks(program, found):
    return [(f"{program}: {name}", short, long, text(program, body)) for name, short, long, body in found]


INPUTS = [
    *((*row, JEKYLL) for row in marks("jekyll", MARKS + KRAMDOWN)),
    *((*row, HUGO) for row in marks("hugo", MARKS + OF_HUGO)),
    *((*row, ZOLA) for row in marks("zola", OF_ZOLA)),
    *((f"{program}: {name}", short, long, body(program), command)
      for program, command in [("hugo", HUGO), ("jekyll", JEKYLL), ("zola", ZOLA)]
      for name, short, long, body in [("posts", 20, 500, posts), ("posts of one address", 20, 500, one_address), ("keys", 50, 2_000, keys)]),
    ("hugo: references by name", 50, 1_000, links("hugo", '[a]({{{{< ref "p{k}" >}}}})'), HUGO),
    ("jekyll: references", 50, 1_000, links("jekyll", "[a]({{% post_url 2023-10-17-p{k} %}}) [b]({{% link _posts/2023-10-17-p{k}.md %}})"), JEKYLL),
    ("jekyll: broken references", 50, 1_000, links("jekyll", "[a]({{% post_url 2023-10-17-q{k} %}}) [b](/2023/10/17/q{k}.html)"), JEKYLL),
    ("zola: links", 50, 1_000, links("zola", "[a](@/posts/p{k}.md#x) [b](/posts/p{k}/)"), ZOLA),
    ("hugo: values", 50, 2_000, lambda n: site("hugo", ["Text."], lambda k: "params:\n" + "".join(f"  key{j}: 1\n" for j in range(n))), HUGO),
    ("jekyll: values", 50, 2_000, values, JEKYLL),
    ("jekyll: times", 50, 2_000, lambda n: site("jekyll", ["Text."], lambda k: "".join(f"time{j}: 2023-10-17 10:00:00\n" for j in range(n))), JEKYLL),
    ("jekyll: preformatted text", 50, 2_000, lambda n: site("jekyll", [], more=[("old/a.html", "---\ntitle: A\n---\n" + "<pre>\n  a\n</pre>\n" * n)]), JEKYLL),
    ("zola: sections without text", 20, 500, sections_of_zola, ZOLA),
    ("hugo: pages of a section", 20, 500, pages, HUGO),
    ("hugo: sections without text", 20, 500, sections, HUGO),
    ("hugo: translations", 20, 500, translations, HUGO),
    ("jekyll: files", 20, 500, files, JEKYLL),
    ("hugo: aliases", 50, 2_000, aliases, HUGO),
]
