#!/bin/sh
# Shows that the test of each host can fail: in a copy of what was built one file is broken, and the host that reads it must
# give an answer that `check.sh` sees.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
tests/hosts/build.sh "$work/built"
seen=0
failed=0

# broken HOST FILE EDIT WORDS: breaks FILE of the whole site with an edit of sed; the check of HOST must say WORDS.
broken() {
    host=$1 file=$2 edit=$3 words=$4
    rm -rf "$work/sites"
    cp -R "$work/built" "$work/sites"
    sed -i.before "$edit" "$work/sites/whole/$file"
    if cmp -s "$work/sites/whole/$file" "$work/sites/whole/$file.before"; then
        echo "$host: nothing was broken in $file by $edit"
        failed=$((failed + 1))
        return
    fi
    rm "$work/sites/whole/$file.before"
    if SITES="$work/sites" tests/hosts/check.sh "$host" >"$work/said" 2>&1; then
        echo "$host: passes $file broken by $edit"
        failed=$((failed + 1))
    elif grep -qF -- "$words" "$work/said"; then
        seen=$((seen + 1))
    else
        echo "$host: fails $file broken by $edit, and does not say \`$words\`:"
        head -n 5 "$work/said"
        failed=$((failed + 1))
    fi
}

hosting=.dateline/private/hosting
broken nginx "$hosting/nginx.conf" 's|"/old/\[b\]/"|"/old/b/"|' '/old/b/: status: 301'
broken nginx "$hosting/nginx.conf" 's|charset_types |charset_types text/html |' '[warn]'
broken nginx "$hosting/nginx.conf" 's|\$is_args\$args||' '/old/plain/?utm_source=x: Location'
broken Caddy "$hosting/Caddyfile" 's|^error @dateline_own 404||' '/.dateline/ledger: the ledger'
broken Caddy "$hosting/Caddyfile" 's|"/old/{x}/"|"/old/x/"|' '/old/%7Bx%7D/: status: 200'
broken Apache .htaccess 's|/old/\\x24host/|/old/$host/|' '/old/$host/: status: 200'
broken Apache .htaccess 's|^Header always set Cache-Control "public, max-age=3153|# |' 'Cache-Control: '
broken lighttpd "$hosting/lighttpd.conf" 's|== "/2020/withdrawn/"|=~ "(?i)^/2020/withdrawn/"|' '/2020/WITHDRAWN/: status: 410'
broken Netlify _redirects 's|^/old/plain/ |/old/:word/ |' '/old/anything/: status: 301'
broken Cloudflare _redirects 's|^/old/plain/ |/old/:word/ |' '/old/anything/: status: 301'
broken Cloudflare _headers 's|application/atom+xml|application/xml|' '/feed.xml: application/xml'
broken Firebase feed/index.html 's|<feed|<fed|' '/feed/: not the feed'

echo "$seen broken files were seen, $failed were not"
[ "$failed" -eq 0 ]
