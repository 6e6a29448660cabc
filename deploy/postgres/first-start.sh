#!/bin/sh
# Run by the Postgres image when it has made its folder for the first time.
set -eu
exec psql --username postgres --dbname fazhi --set secrets=/run/secrets/postgres --file /etc/fazhi/roles.sql
