#!/bin/bash
# Apache httpd 2.4 (Debian 12's package `apache2-bin`), mod_alias.
#
# `Redirect` and `RedirectMatch` append the query of the request to the end of the target, also when the target has a fragment: the
# query becomes a part of the fragment, and the page at the target never gets it. A target that has a query of its own, if only
# an empty one, keeps the query of the request out.
#
# Seen: /a?u=1 is sent to /b#part?u=1, /c?u=1 to /d?#part.
set -eu
PATH=$PATH:/usr/sbin
command -v apache2 >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq apache2-bin >/dev/null; }
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir public
chmod 755 "$work"
cat >httpd.conf <<CONF
ServerRoot "$work"
ServerName localhost
Listen 127.0.0.1:$port
PidFile $work/pid
ErrorLog $work/errors
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
$([ "$(id -u)" -ne 0 ] || printf 'User nobody\nGroup nogroup')
DocumentRoot "$work/public"
RedirectMatch 301 "^/a$" "/b#part"
RedirectMatch 301 "^/c$" "/d?#part"
CONF
apache2 -v | head -n 1
apache2 -X -f "$work/httpd.conf" >said 2>&1 &
pid=$!
for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.2; done
target() { curl -s -o /dev/null -D - "http://127.0.0.1:$port$1" | tr -d '\r' | sed -n 's|^Location: http://[^/]*||p'; }
echo "/a?u=1 -> $(target '/a?u=1')"
echo "/c?u=1 -> $(target '/c?u=1')"
[ "$(target '/a?u=1')" = '/b#part?u=1' ]
[ "$(target '/c?u=1')" = '/d?#part' ]
