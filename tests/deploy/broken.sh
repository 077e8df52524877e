#!/bin/sh
# Shows that each test of deployments can fail: the network between Dateline and the store does something wrong, and the
# test must fail and say it.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
export DATELINE
. tests/broken.sh

# broken HOW WORDS TEST [WORD…]: runs a test in a network that is broken in this way.
broken() {
    how=$1 words=$2
    shift 2
    must_fail "$*, broken by $how" "$words" env BROKEN="$how" tests/deploy/check.sh "$@"
}

broken headers 'Cache-Control: None' stores everything
broken puts 'keys: missing' stores everything
broken deletions 'too many' stores one_story
broken secrets 'a secret was printed' stores everything
broken puts 'keys: missing' faults network
broken conditions 'the store let both pass' together 6 offsets
broken thief 'lead to what is not there' interrupted 20
broken puts 'nothing changed: requests' thousands 40

conclude "broken networks"
