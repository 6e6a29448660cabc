#!/bin/sh
# Restores what backup.sh copied, into a database in which roles.sql has been run and no service has ever been started:
#
#   FAZHI_DATABASE_URL=postgres://postgres@…/fazhi FAZHI_REGION=230000 sh restore.sh FROM [EVIDENCE]
#
# FROM       the folder of the copy
# EVIDENCE   where enforcement's evidence goes, usually /var/lib/fazhi/enforcement/evidence; files there are kept
#
# Nothing is ever written over: a database that holds a table of a ledger or of the vault is refused.
set -eu
umask 077
url=${FAZHI_DATABASE_URL:?must name the database}
: "${FAZHI_REGION:?must be the region of the ledgers}"
from=${1:?usage: restore.sh FROM [EVIDENCE]}
evidence=${2:-}
[ -f "$from/ledgers.dump" ] || { echo "restore: $from holds no copy made by backup.sh" >&2; exit 1; }

ask() { psql --dbname="$url" --no-align --tuples-only --command="$1"; }
tables=$(ask "SELECT count(*) FROM pg_tables WHERE schemaname LIKE 'fazhi\\_%' AND schemaname <> 'fazhi_projection'")
if [ "$tables" -ne 0 ]; then
    echo "restore: the database holds a suite already ($tables tables); restore into a new one" >&2
    exit 1
fi
if [ "$(ask "SELECT count(*) FROM pg_namespace WHERE nspname = 'fazhi_vault'")" -ne 1 ]; then
    echo "restore: run roles.sql in the database first" >&2
    exit 1
fi

# The schemas are there, made by roles.sql with their rights.
list=$(mktemp)
trap 'rm -f "$list"' EXIT
pg_restore --list "$from/ledgers.dump" | grep -v ' SCHEMA ' >"$list"
pg_restore --dbname="$url" --exit-on-error --single-transaction --use-list="$list" "$from/ledgers.dump"
if [ -n "$evidence" ] && [ -d "$from/evidence" ]; then
    mkdir -p "$evidence"
    cp -Rn "$from/evidence/." "$evidence/"
fi
said=$(fazhi verify --data "$from" --database-url "$url")
printf '%s\n' "$said"
if [ "$said" != "$(cat "$from/verified.txt")" ]; then
    echo "restore: what was restored is not what was copied; do not use it" >&2
    exit 1
fi
echo "restore: done. The broker has later events than the ledgers now: empty it before the services start (runbook)."
