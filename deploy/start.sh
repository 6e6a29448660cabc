#!/bin/sh
# Starts fazhi with what must not stand on a command line or in a manifest: every file FAZHI_… in the folder that
# FAZHI_SECRETS names becomes the setting of its name. Certificates, the token for the other services and the issuers whose
# tokens are accepted are read from the same folder, where they are there, unless the settings say otherwise.
set -eu
secrets=${FAZHI_SECRETS:?must name a folder of secrets}
for file in "$secrets"/FAZHI_*; do
    [ -f "$file" ] || continue
    value=$(cat "$file")
    export "${file##*/}=$value"
done
[ ! -f "$secrets/cert.pem" ] || export FAZHI_TLS="${FAZHI_TLS:-$secrets}"
[ ! -f "$secrets/peer.token" ] || export FAZHI_PEER_TOKEN_FILE="${FAZHI_PEER_TOKEN_FILE:-$secrets/peer.token}"
[ ! -f "$secrets/issuers.toml" ] || export FAZHI_ISSUERS="${FAZHI_ISSUERS:-$secrets/issuers.toml}"
exec fazhi "$@"
