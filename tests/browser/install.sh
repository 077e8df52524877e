#!/bin/sh
# Fetches what drives the browser into .tools/browser/, which Git ignores, and the browser itself where there is none and
# there is `apt-get`.
set -eu
cd "$(dirname "$0")/../.."

# need COMMAND PACKAGE: installs a Debian package where a command is missing.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    echo "installing $2, since there is no \`$1\`"
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"
}

need node nodejs
need npm npm
need chromium chromium
mkdir -p .tools/browser
cp tests/browser/package.json tests/browser/package-lock.json .tools/browser/
npm ci --prefix .tools/browser --ignore-scripts --no-fund --no-audit
