#!/bin/bash
# lighttpd 1.4.69 (Debian 12's package `lighttpd`), `server.error-handler-404`.
#
# With a static page as the handler, what is not there is answered with 200 and that page: search engines take every wrong
# address for a page. `server.error-handler`, which looks like a synonym, keeps the status.
#
# Seen: by error-handler-404 200, by error-handler 404.
set -eu
PATH=$PATH:/usr/sbin
command -v lighttpd >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq lighttpd >/dev/null; }
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
mkdir public
echo missing >public/404.html
lighttpd -v | head -n 1
seen=
for handler in error-handler-404 error-handler; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >lighttpd.conf <<EOF
server.modules = ( "mod_staticfile" )
server.bind = "127.0.0.1"
server.port = $port
server.document-root = "$work/public"
mimetype.assign = ( ".html" => "text/html" )
server.$handler = "/404.html"
EOF
    lighttpd -D -f lighttpd.conf >said 2>&1 &
    pid=$!
    for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/404.html" && break || sleep 0.2; done
    status=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/nothing/")
    echo "$handler: $status"
    seen="$seen $status"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
    pid=
done
[ "$seen" = " 200 404" ]
