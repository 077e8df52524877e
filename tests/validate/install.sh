#!/bin/sh
# Fetches the validator into .tools/, which Git ignores. It needs npm once, and Java to run: where they are missing and
# there is `apt-get`, they are installed.
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

need java default-jre-headless
need npm npm
mkdir -p .tools
cp tests/validate/package.json tests/validate/package-lock.json .tools/
npm ci --prefix .tools --ignore-scripts --no-fund --no-audit
