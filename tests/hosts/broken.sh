#!/bin/sh
# Shows that the test of each host can fail: in a copy of what was built one file is broken, and the host that reads it must
# give an answer that `check.sh` sees.
set -eu
cd "$(dirname "$0")/../.."
. tests/broken.sh
tests/hosts/build.sh "$work/built"

# broken HOST FILE EDIT WORDS: breaks FILE of the whole site with an edit of sed; the check of HOST must say WORDS.
broken() {
    rm -rf "$work/sites"
    cp -R "$work/built" "$work/sites"
    plant "$work/sites/whole/$2" "$3" || return 0
    must_fail "$1: $2 by $3" "$4" env SITES="$work/sites" tests/hosts/check.sh "$1"
}

hosting=.dateline/private/hosting
broken nginx "$hosting/nginx.conf" 's|"/old/\[b\]/"|"/old/b/"|' '/old/b/: status: 301'
broken nginx "$hosting/nginx.conf" 's|charset_types |charset_types text/html |' '[warn]'
broken nginx "$hosting/nginx.conf" 's|\$is_args\$args||' '/old/plain/?utm_source=x: Location'
broken Caddy "$hosting/Caddyfile" 's|^error @dateline_own 404||' '/.dateline/ledger: the ledger'
broken Caddy "$hosting/Caddyfile" 's|"/old/{x}/"|"/old/x/"|' '/old/%7Bx%7D/: status: 200'
broken Apache .htaccess 's|/old/\\x24host/|/old/$host/|' '/old/$host/: status: 200'
broken Apache .htaccess 's|^Header set Cache-Control "public, max-age=3153|# |' 'Cache-Control: '
broken lighttpd "$hosting/lighttpd.conf" 's|== "/2020/withdrawn/"|=~ "(?i)^/2020/withdrawn/"|' '/2020/WITHDRAWN/: status: 410'
broken Netlify _redirects 's|^/old/plain/ |/old/:word/ |' '/old/anything/: status: 301'
broken Cloudflare _redirects 's|^/old/plain/ |/old/:word/ |' '/old/anything/: status: 301'
broken Cloudflare _headers 's|application/atom+xml|application/xml|' '/feed.xml: application/xml'
broken Cloudflare _headers 's|^  X-Frame-Options: DENY|&\n/*|' 'X-Frame-Options: '
broken Apache .htaccess 's|^Header set Referrer-Policy|Header always set Referrer-Policy "same-origin"\n&|' 'Referrer-Policy: '
broken Apache .htaccess 's|/?#berths|/#berths|' '/part/?u=1: Location'
broken Firebase feed/index.html 's|<feed|<fed|' '/feed/: not the feed'

conclude "broken files"
