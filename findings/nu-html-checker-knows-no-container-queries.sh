#!/bin/bash
# vnu-jar 26.9.27 (npm; the Nu Html Checker of the W3C and WHATWG), the style sheet inside a page.
#
# Container queries, which all browsers have had since 2023, are errors: the at-rule and the property that names a container.
# So are `@property` and `@starting-style`. Nesting, `@layer`, `:has()`, `light-dark()` and ranges in media queries pass. A
# valid page is refused for its style, and what the checker says of the markup is right all the same.
#
# Seen: errors for `container-type`, `@container`, `@property`, `@starting-style`, and for nothing else.
set -eu
command -v java >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq default-jre-headless >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts vnu-jar@26.9.27 >/dev/null
cat >page.html <<'PAGE'
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ports</title><style>
.card { container-type: inline-size }
@container (width > 20em) { p { color: #111 } }
@property --gap { syntax: "<length>"; inherits: false; initial-value: 0px }
@starting-style { p { opacity: 0 } }
@layer base { p { color: light-dark(#111, #eee) } }
@media (width >= 40em) { p:has(> img) { color: #111 } }
.card { &:hover { color: #111 } }
</style></head><body class="card"><p>Ports</p></body></html>
PAGE
java -jar node_modules/vnu-jar/build/dist/vnu.jar --version
java -jar node_modules/vnu-jar/build/dist/vnu.jar --format gnu page.html 2>said || true
cut -d: -f2- said
[ "$(grep -c ': error: ' said)" -eq 4 ]
for name in container-type @container @property @starting-style; do grep -q -- "$name" said; done
