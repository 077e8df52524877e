#!/bin/sh
# check.sh [HOST…]: what the real programs of hosts answer for each address of `table.txt`, with what the build of `site/`
# wrote for them. SITES=FOLDER checks the sites that are there already, `whole/` and `root/briefing/`.
set -eu
cd "$(dirname "$0")/../.."
if [ -z "${SITES:-}" ]; then
    . tests/validate/program.sh
    SITES=$(mktemp -d)
    trap 'rm -rf "$SITES"' EXIT
    tests/hosts/build.sh "$SITES"
fi
python3 -B tests/hosts/check.py "$SITES" "$@"
