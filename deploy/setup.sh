#!/bin/sh
# Brings what a new machine lacks: the Postgres server programs, which the tests start privately.
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
        echo "setup: neither root nor sudo: install the Postgres server yourself (Debian: postgresql)" >&2
        exit 1
    fi
}

install_postgres() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "setup: no apt-get here: install the Postgres server (initdb, postgres, psql) yourself" >&2
        exit 1
    fi
    log=$(mktemp)
    # The package would otherwise make and start a cluster of its own, which nothing here needs.
    if ! as_root sh -c '
        set -e
        export DEBIAN_FRONTEND=noninteractive
        apt-get update
        apt-get install --yes --no-install-recommends postgresql-common
        mkdir -p /etc/postgresql-common/createcluster.d
        echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/fazhi.conf
        apt-get install --yes --no-install-recommends postgresql
    ' >"$log" 2>&1; then
        cat "$log" >&2
        echo "setup: failed to install Postgres" >&2
        exit 1
    fi
    rm -f "$log"
}

has_postgres || install_postgres
has_postgres || { echo "setup: Postgres was installed, but initdb is still not to be found" >&2; exit 1; }
