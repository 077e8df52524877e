#!/bin/bash
# wrangler 4.86.0 (workerd 1.20260426.1), `_redirects` of Cloudflare Pages.
#
# One line with a placeholder or a splat makes every later line of the file a pattern, and the limit of 100 patterns holds
# for them too, although they have no pattern: of 150 plain lines below one with `:word` 99 are kept. Netlify, whose format
# this is, knows no such order.
#
# Seen: "Maximum number of dynamic rules supported is 100. Skipping remaining 52 lines of file.", then /plain-98/ 301, /plain-99/ 404.
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
{
    echo "/wiki/:word /index.html 301"
    for n in $(seq 0 149); do echo "/plain-$n/ / 301"; done
} >public/_redirects
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
HOME=$work CI=1 WRANGLER_SEND_METRICS=false node node_modules/wrangler/bin/wrangler.js pages dev public --port "$port" --ip 127.0.0.1 \
    --compatibility-date 2026-01-01 >said 2>&1 &
pid=$!
for _ in $(seq 90); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 1; done
grep -i "skipping\|valid redirect" said || true
status() { curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$1"; }
echo "/plain-98/ $(status /plain-98/), /plain-99/ $(status /plain-99/), /plain-149/ $(status /plain-149/)"
[ "$(status /plain-98/)" = 301 ] && [ "$(status /plain-99/)" = 404 ] && [ "$(status /plain-149/)" = 404 ]
