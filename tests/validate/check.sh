#!/bin/sh
# check.sh NAME FOLDER: runs the validator NAME of this folder on the sites in FOLDER.
set -eu
cd "$(dirname "$0")/../.."
name=$1
shift
failed=0
for file in tests/validate/"$name".*; do
    case $file in
    *.sh) "$file" "$@" || failed=1 ;;
    *.py) .tools/python/bin/python -B "$file" "$@" || failed=1 ;;
    # What belongs to one in Python is run by it.
    *.mjs) [ "$name" = feeds ] || node "$file" "$@" || failed=1 ;;
    esac
done
exit "$failed"
