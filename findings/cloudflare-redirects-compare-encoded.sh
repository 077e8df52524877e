#!/bin/bash
# wrangler 4.86.0 (workerd 1.20260426.1), `_redirects` of Cloudflare Pages.
#
# The path of a rule is compared with the path as the browser sent it, and neither is decoded: a rule for `/a%5Bb%5D/` is
# not met by `/a[b]/`, which is what browsers send, nor one for `/a+b/` by `/a%2Bb/`, although all of them open the same
# file. What browsers encode (blanks, quotes, other scripts) has to be encoded in the rule, and nothing else.
#
# Seen: rule /x%5B1%5D/: request /x[1]/ 404, /x%5B1%5D/ 301; rule /y[1]/: request /y[1]/ 301, /y%5B1%5D/ 404.
set -eu
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts --no-fund --no-audit wrangler@4.86.0
mkdir public
echo front >public/index.html
echo missing >public/404.html
printf '/x%%5B1%%5D/ / 301\n/y[1]/ / 301\n' >public/_redirects
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
HOME=$work CI=1 WRANGLER_SEND_METRICS=false node node_modules/wrangler/bin/wrangler.js pages dev public --port "$port" --ip 127.0.0.1 \
    --compatibility-date 2026-01-01 >said 2>&1 &
pid=$!
for _ in $(seq 90); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 1; done
seen=
for path in '/x[1]/' /x%5B1%5D/ '/y[1]/' /y%5B1%5D/; do
    status=$(curl -s -g -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$path")
    echo "$path $status"
    seen="$seen $status"
done
[ "$seen" = " 404 301 301 404" ]
