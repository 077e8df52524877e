# shellcheck shell=sh
# What the scripts `broken.sh` share; read by them with `.`, from the root of the project. Each plants faults, runs a check, and
# counts how often the check has failed and named the fault. Faults may be planted side by side.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
: >"$work/seen"
: >"$work/missed"

# miss WORDS: a fault that was not seen.
miss() {
    echo "$1"
    echo missed >>"$work/missed"
}

# plant FILE EDIT: plants a fault by an edit of sed, which must change the file.
plant() {
    sed -i.before "$2" "$1"
    if cmp -s "$1" "$1.before"; then
        miss "nothing was broken in ${1#"$work"/} by $2"
        return 1
    fi
    rm "$1.before"
}

# must_fail FAULT WORDS COMMAND…: COMMAND must fail, and say WORDS.
must_fail() {
    fault=$1 words=$2 said=$(mktemp "$work/said.XXXXXX")
    shift 2
    if "$@" >"$said" 2>&1; then
        miss "$fault: the check passes"
    elif grep -qF -- "$words" "$said"; then
        echo seen >>"$work/seen"
    else
        miss "$fault: the check fails, and does not say \`$words\`:"
        head -c 600 "$said"
    fi
    rm "$said"
}

# conclude WHAT: says how many were seen, and fails when one was not.
conclude() {
    echo "$(wc -l <"$work/seen" | tr -d ' ') $1 were seen, $(wc -l <"$work/missed" | tr -d ' ') were not"
    [ -s "$work/seen" ] && [ ! -s "$work/missed" ]
}
