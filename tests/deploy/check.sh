#!/bin/sh
# check.sh NAME [WORD…]: runs the test NAME of this folder; WORD is for it.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
export DATELINE
name=$1
shift
exec .tools/deploy/bin/python -B tests/deploy/"$name".py "$@"
