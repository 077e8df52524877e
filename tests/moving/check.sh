#!/bin/sh
# check.sh [PROGRAM…]: the sites beside this file, built by the real Hugo, the real Jekyll and the real Zola, and by Dateline after `import`, compared
# story by story. BREAK=WORD changes what was imported first: see broken.sh.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
DATELINE=$DATELINE python3 -B tests/moving/check.py "$@"
