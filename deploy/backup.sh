#!/bin/sh
# Copies a suite on Postgres while it runs, and proves that the copy can be restored:
#
#   FAZHI_DATABASE_URL=postgres://postgres@…/fazhi FAZHI_REGION=230000 sh backup.sh TO [EVIDENCE [SECRETS KEYS]]
#
# TO         a new folder for the copy: ledgers and vault in one snapshot, evidence, and what `fazhi verify` said of it
# EVIDENCE   the folder that has enforcement's evidence, usually /var/lib/fazhi/enforcement/evidence
# SECRETS    the folder of keys, usually /etc/fazhi/secrets, packed into the file KEYS. Keep it apart from TO: who has both
#            can read every identity in the vault. It changes only when keys do.
#
# The database user must be able to read everything and to make a database for the trial restore. The views are left out:
# they are folded from the ledgers again.
set -eu
umask 077
url=${FAZHI_DATABASE_URL:?must name the database}
: "${FAZHI_REGION:?must be the region of the ledgers}"
to=${1:?usage: backup.sh TO [EVIDENCE [SECRETS KEYS]]}
evidence=${2:-}
secrets=${3:-}

[ ! -e "$to" ] || { echo "backup: $to exists already; nothing is written over" >&2; exit 1; }
[ -z "$secrets" ] || keys=${4:?KEYS must name the file for the keys}
part=$to.part
rm -rf "$part"
mkdir -p "$part"

# Ledgers and vault as of one moment. Evidence afterwards: a file is there before the event that names it, and stays.
pg_dump --dbname="$url" --format=custom --exclude-schema=fazhi_projection --file="$part/ledgers.dump"
[ -z "$evidence" ] || cp -R "$evidence" "$part/evidence"
[ -z "$secrets" ] || tar -C "$secrets" -cf "$keys" .

# The trial: restored into a database of its own, every event hashed again and every tree rebuilt.
trial=fazhi_trial_$$
psql --quiet --dbname="$url" --command="CREATE DATABASE $trial TEMPLATE template0"
drop() { psql --quiet --dbname="$url" --command="DROP DATABASE $trial"; }
trap drop EXIT
trial_url=$(printf '%s\n' "$url" | sed -E "s|^(postgres(ql)?://[^/]*)/[^?]*|\1/$trial|")
pg_restore --dbname="$trial_url" --exit-on-error --no-owner --no-privileges "$part/ledgers.dump"
fazhi verify --data "$part" --database-url "$trial_url" >"$part/verified.txt"
cat "$part/verified.txt"
mv "$part" "$to"
echo "backup: $to holds and was verified"
