#!/bin/sh
# Real disks that are full, that cannot be written to, and that grant files no more room: what a build says of them, that the published
# site stays as it was, and that the next build with room makes what a build into an empty folder makes.
#
# Mounts small file systems in a name space of its own, which root may do, and others where the system lets them be root of one
# (`unshare --user`). DATELINE=FILE names the program.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${DISKS:-}" ]; then
    . tests/validate/program.sh
    DATELINE=$(realpath "$DATELINE")
    export DATELINE DISKS=inside
    [ "$(id -u)" -eq 0 ] && exec unshare --mount "$0"
    exec unshare --user --map-root-user --mount "$0"
fi

work=$(mktemp -d)
now="--now 2023-10-18T12:00:00Z"
passed=0
failed=0

# holds WHAT COMMAND…: one check.
holds() {
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: $what" >&2
        sed 's/^/    /' "$work/said" >&2
    fi
}

clean_up() {
    for folder in "$work"/disk*; do
        if mountpoint -q "$folder"; then umount "$folder"; fi
    done
    rm -rf "$work"
}
trap clean_up EXIT

# disk NAME OPTIONS: a file system of its own in memory.
disk() {
    mkdir -p "$work/$1"
    mount -t tmpfs -o "$2" tmpfs "$work/$1"
}

# site FOLDER: a small site.
site() {
    mkdir -p "$1/content/articles" "$1/static"
    printf 'title: T\nbase_url: https://t.example\n' >"$1/dateline.yaml"
    for story in one two; do
        printf -- '---\ntitle: Story %s\ndate: 2023-10-17\n---\nText.\n' $story >"$1/content/articles/$story.md"
    done
}

# run COMMAND…: runs the program; what it says is in `said`, how it ends in `code`.
run() {
    code=0
    "$DATELINE" "$@" >"$work/said" 2>&1 || code=$?
}

build() {
    run build --root "$site" $now -o "$1"
}

# tells CODE WORDS: it ended so, with one error that says so.
tells() {
    holds "ends with $1 (it was $code)" [ "$code" -eq "$1" ]
    holds "says one cause once" [ "$(grep -c '^error' "$work/said")" -eq 1 ]
    holds "says: $2" grep -qi "$2" "$work/said"
    if grep -qi panic "$work/said"; then holds "does not panic" false; fi
}

# same ONE OTHER: two outputs are the same, but for Dateline's own folder.
same() {
    diff -r --exclude=.dateline "$1" "$2"
}

# snapshot: what is published now.
snapshot() {
    rm -rf "$work/before"
    mkdir "$work/before"
    (cd "$1" && tar cf - --exclude=.dateline .) | tar xf - -C "$work/before"
}

# completes OUTPUT: with room, a build makes what one into an empty folder makes, and leaves no drafts.
completes() {
    build "$1"
    holds "the next build completes" [ "$code" -eq 0 ]
    rm -rf "$work/fresh"
    "$DATELINE" build -q --root "$site" $now -o "$work/fresh"
    holds "and makes what a clean one makes" same "$1" "$work/fresh"
    holds "and leaves no drafts" [ ! -e "$1/.dateline/staging" ]
    holds "and no journal" [ ! -e "$1/.dateline/journal" ]
}

# change SIZE: an edit, and a file of so many bytes.
change() {
    printf 'More of it, %s.\n' "$1" >>"$site/content/articles/one.md"
    head -c "$1" /dev/urandom >"$site/static/video.mp4"
}

# begin NAME: a disk, and a site as it was at first.
begin() {
    name=$1
    site=$work/site
    rm -rf "$site"
    site "$site"
}

begin "a disk that fills up"
disk disk-full size=2m
build "$work/disk-full/public"
holds "there is room at first" [ "$code" -eq 0 ]
snapshot "$work/disk-full/public"
change 4000000
build "$work/disk-full/public"
tells 3 'no space left\|storage full'
holds "what was published stays whole" same "$work/disk-full/public" "$work/before"
mount -o remount,size=16m "$work/disk-full"
completes "$work/disk-full/public"
umount "$work/disk-full"

begin "a disk that is full"
disk disk-none size=2m
build "$work/disk-none/public"
snapshot "$work/disk-none/public"
change 1000
cat /dev/zero >"$work/disk-none/filler" 2>/dev/null || true
build "$work/disk-none/public"
tells 3 'no space left\|storage full'
holds "what was published stays whole" same "$work/disk-none/public" "$work/before"
rm "$work/disk-none/filler"
completes "$work/disk-none/public"
umount "$work/disk-none"

begin "a disk that is full before the first build"
disk disk-first size=200k
change 400000
build "$work/disk-first/public"
tells 3 'no space left\|storage full'
holds "nothing is left there" [ -z "$(ls -A "$work/disk-first")" ]
mount -o remount,size=16m "$work/disk-first"
completes "$work/disk-first/public"
umount "$work/disk-first"

begin "a disk without room for one more file"
disk disk-names size=16m,nr_inodes=110
build "$work/disk-names/public"
holds "there is room at first" [ "$code" -eq 0 ]
snapshot "$work/disk-names/public"
for number in $(seq 60); do
    printf -- '---\ntitle: Story %s\ndate: 2023-10-16\n---\nText.\n' "$number" >"$site/content/articles/n$number.md"
done
build "$work/disk-names/public"
tells 3 'no space left\|storage full'
holds "what was published stays whole" same "$work/disk-names/public" "$work/before"
mount -o remount,nr_inodes=5000 "$work/disk-names"
completes "$work/disk-names/public"
umount "$work/disk-names"

begin "a file that may grow no more"
rm -rf "$work/limited"
build "$work/limited"
snapshot "$work/limited"
change 3000000
(
    ulimit -f 1000
    code=0
    "$DATELINE" build --root "$site" $now -o "$work/limited" >"$work/said" 2>&1 || code=$?
    echo "$code" >"$work/code"
)
code=$(cat "$work/code")
tells 3 'file too large'
holds "what was published stays whole" same "$work/limited" "$work/before"
completes "$work/limited"

begin "a disk that cannot be written to"
disk disk-read size=16m
build "$work/disk-read/public"
snapshot "$work/disk-read/public"
mount -o remount,ro "$work/disk-read"
change 1000
build "$work/disk-read/public"
tells 3 'read-only'
holds "what was published stays whole" same "$work/disk-read/public" "$work/before"
build "$work/disk-read/new/public"
tells 3 'read-only'
run init "$work/disk-read/fresh"
tells 3 'read-only'
printf 'deploy: {live: {to: %s}}\n' "$work/disk-read/live" >>"$site/dateline.yaml"
run deploy live --root "$site" $now -o "$work/deployed"
tells 3 'read-only'
mount -o remount,rw "$work/disk-read"
completes "$work/disk-read/public"
umount "$work/disk-read"

begin "sources that cannot be written to"
disk disk-sources size=16m
site "$work/disk-sources"
site=$work/disk-sources
mount -o remount,ro "$work/disk-sources"
rm -rf "$work/elsewhere"
completes "$work/elsewhere"
run lock --root "$site" $now
tells 3 'read-only'
run new article --root "$site" "A story"
tells 3 'read-only'
umount "$work/disk-sources"

begin "sources on a disk that is full"
disk disk-cache size=1m
site "$work/disk-cache"
site=$work/disk-cache
cat /dev/zero >"$work/disk-cache/filler" 2>/dev/null || true
rm -rf "$work/elsewhere"
completes "$work/elsewhere"
run lock --root "$site" $now
tells 3 'no space left\|storage full'
umount "$work/disk-cache"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
