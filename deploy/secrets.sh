#!/bin/sh
# Makes everything about a site that must be secret, in one folder, from nothing:
#
#   FAZHI_REGION=230000 sh secrets.sh DIR               for processes on machines, which read DIR/SERVICE itself
#   FAZHI_REGION=230000 sh secrets.sh DIR containers    for containers, which find DIR/SERVICE at /run/secrets/fazhi
#
# DIR/ca                the authority of the certificates; its key signs them and is needed nowhere else
# DIR/issuer            the issuer of tokens; likewise
# DIR/SERVICE           for each service: its settings as files (FAZHI_DATABASE_URL, …), certificate, token for the others,
#                       and whose tokens it accepts (issuers.toml; others may be added there)
# DIR/nats              the broker's certificate, and passwords.env with the passwords of all who come in
# DIR/postgres          Postgres's certificate, and the passwords that roles.sql gives
# DIR/grafana           the password of its administrator
# DIR/digest.key, DIR/vault.key   the same for all services; who loses the second loses every sealed identity
#
# Run again, it keeps passwords and keys, and issues certificates and tokens anew: monthly, say, since certificates are valid
# for 90 days. From the environment: DATABASE (host:port of Postgres; localhost:5432, or postgres:5432 for containers),
# HOSTS (further names of the machines, for all certificates), ROUTES (the three hosts of a NATS cluster).
set -eu
umask 077
dir=${1:?usage: secrets.sh DIR [containers]}
: "${FAZHI_REGION:?must be the region, e.g. 230000}"
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
database=${DATABASE:-localhost:5432}
[ "${2:-}" != containers ] || database=${DATABASE:-postgres:5432}

# Random, and beginning with a letter: nobody takes it for a number, and it needs no quoting anywhere.
password() { echo "p$(openssl rand -hex 24)"; }
# Writes what comes in into a file that is not there yet.
once() { if [ -s "$1" ]; then cat >/dev/null; else cat >"$1"; fi; }

[ -d "$dir/ca" ] || fazhi pki init "$dir/ca"
mkdir -p "$dir/issuer"
[ -s "$dir/issuer/issuer.pem" ] || openssl genpkey -algorithm ed25519 -out "$dir/issuer/issuer.pem"
openssl rand -hex 32 | once "$dir/digest.key"
openssl rand -hex 32 | once "$dir/vault.key"

# certificate NAME [FURTHER NAME…], into DIR/NAME.
certificate() {
    name=$1
    options=
    for host in "fazhi-$@" ${HOSTS:-}; do options="$options --dns $host"; done
    # shellcheck disable=SC2086 # The options are several.
    fazhi pki issue "$dir/ca" "$name" $options --out "$dir/$name"
}

for service in powerlist enforcement disclosure complaints reconsideration projection; do
    own=$dir/$service
    mkdir -p "$own" "$dir/postgres" "$dir/nats"
    certificate "$service"
    fazhi token --data "$dir/issuer" --role service --region "$FAZHI_REGION" --subject "$service" --hours 8784 \
        >"$own/peer.token"
    # Which `fazhi token` put beside its own.
    cp "$dir/issuer/issuer.pub.pem" "$own/issuer.pub.pem"
    printf '[[issuer]]\nissuer = "fazhi"\nkey = "issuer.pub.pem"\n' | once "$own/issuers.toml"
    at=$own
    [ "${2:-}" != containers ] || at=/run/secrets/fazhi
    password | once "$dir/postgres/$service.password"
    printf 'postgres://fazhi_%s:%s@%s/fazhi?sslmode=verify-full&sslrootcert=%s\n' "$service" \
        "$(cat "$dir/postgres/$service.password")" "$database" "$at/ca.pem" >"$own/FAZHI_DATABASE_URL"
    echo "$service" >"$own/FAZHI_NATS_USER"
    password | once "$own/FAZHI_NATS_PASSWORD"
    cp "$dir/digest.key" "$own/FAZHI_DIGEST_KEY"
    cp "$dir/vault.key" "$own/FAZHI_VAULT_KEY"
done
# They seal nothing.
rm "$dir/powerlist/FAZHI_VAULT_KEY" "$dir/disclosure/FAZHI_VAULT_KEY" "$dir/projection/FAZHI_VAULT_KEY"

certificate postgres fazhi-postgres-rw
password | once "$dir/postgres/password"
certificate nats fazhi-nats-0.fazhi-nats fazhi-nats-1.fazhi-nats fazhi-nats-2.fazhi-nats
password | once "$dir/nats/route.password"
route=$(cat "$dir/nats/route.password")
{
    for service in powerlist enforcement disclosure complaints reconsideration projection; do
        name=$(printf %s "$service" | tr '[:lower:]' '[:upper:]')
        echo "FAZHI_NATS_PASSWORD_$name=$(cat "$dir/$service/FAZHI_NATS_PASSWORD")"
    done
    echo "NATS_ROUTE_PASSWORD=$route"
    number=1
    for host in ${ROUTES:-fazhi-nats-0.fazhi-nats fazhi-nats-1.fazhi-nats fazhi-nats-2.fazhi-nats}; do
        echo "NATS_ROUTE_$number=tls://route:$route@$host:6222"
        number=$((number + 1))
    done
} >"$dir/nats/passwords.env"
mkdir -p "$dir/grafana"
password | once "$dir/grafana/password"

# What is new belongs to whom its folder belongs to.
if [ "$(id -u)" -eq 0 ]; then
    for folder in "$dir"/*/; do chown -R --reference="$folder" "$folder"; done
fi
