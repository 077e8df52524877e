#!/bin/sh
# workflows.sh [FOLDER]: what `dateline init --ci` writes for each host, read by the makers' own schemas and linters, and run: see
# workflows.py. FOLDER has a new site for each host, named like it; without one they are made.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=${1:-}
if [ -z "$folder" ]; then
    folder=$work
    for host in github gitlab netlify cloudflare; do
        # Its stories are as old as the instant that workflows.py builds it as of.
        SOURCE_DATE_EPOCH=1697630400 "$DATELINE" init -q "$folder/$host" --ci "$host" >/dev/null
    done
fi
.tools/python/bin/python -B tests/validate/workflows.py "$folder" "$DATELINE"
