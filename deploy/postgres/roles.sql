-- Roles, schemas and rights of a suite in one database. An administrator runs it in that database, before the first start
-- and again after a password was changed or a service was added; run twice, it changes nothing:
--
--   createdb fazhi
--   psql -d fazhi -v secrets=/etc/fazhi/secrets/postgres -f roles.sql
--
-- The folder named has SERVICE.password for every service that logs in, as deploy/secrets.sh makes it.
--
-- fazhi_owner             owns schemas and tables of the ledgers and of the vault; nobody logs in as it
-- fazhi_<service>_append  may read and insert in one ledger, and take turns by leases; nobody logs in as it
-- fazhi_<service>         what a service logs in as: the above; the vault, for those that seal identities
-- fazhi_projection        owns the views, which are folded from the ledgers and may be deleted at any time
-- fazhi_read              may read everything but the vault: for verification, and tools that read the views

\set ON_ERROR_STOP on
SET client_min_messages = warning;
BEGIN;

SELECT format('CREATE ROLE %I NOLOGIN', role)
FROM unnest(ARRAY['powerlist', 'enforcement', 'disclosure', 'complaints', 'reconsideration']) AS service,
     unnest(ARRAY['fazhi_owner', 'fazhi_read', 'fazhi_vault_use', 'fazhi_' || service || '_append']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role)
GROUP BY role
\gexec

SELECT format('CREATE ROLE %I LOGIN', 'fazhi_' || service)
FROM unnest(ARRAY['powerlist', 'enforcement', 'disclosure', 'complaints', 'reconsideration', 'projection']) AS service
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fazhi_' || service)
\gexec

-- Passwords.
\set file :secrets '/powerlist.password'
\set powerlist `cat :'file'`
\set file :secrets '/enforcement.password'
\set enforcement `cat :'file'`
\set file :secrets '/disclosure.password'
\set disclosure `cat :'file'`
\set file :secrets '/complaints.password'
\set complaints `cat :'file'`
\set file :secrets '/reconsideration.password'
\set reconsideration `cat :'file'`
\set file :secrets '/projection.password'
\set projection `cat :'file'`
CREATE TEMP TABLE given (
    role     text,
    password text CONSTRAINT "a file with a password is missing or empty" CHECK (password <> '')
) ON COMMIT DROP;
INSERT INTO given VALUES
    ('fazhi_powerlist', :'powerlist'),
    ('fazhi_enforcement', :'enforcement'),
    ('fazhi_disclosure', :'disclosure'),
    ('fazhi_complaints', :'complaints'),
    ('fazhi_reconsideration', :'reconsideration'),
    ('fazhi_projection', :'projection');
SELECT format('ALTER ROLE %I PASSWORD %L', role, password) FROM given \gexec

-- No one comes in who was not let in, and no one makes anything in a schema that is everybody's.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- The ledgers, one schema each. The right to insert comes with the tables: `fazhi prepare` gives it.
SELECT format(statement, service)
FROM unnest(ARRAY['powerlist', 'enforcement', 'disclosure', 'complaints', 'reconsideration']) AS service,
     unnest(ARRAY[
        'CREATE SCHEMA IF NOT EXISTS fazhi_%1$s AUTHORIZATION fazhi_owner',
        'GRANT USAGE ON SCHEMA fazhi_%1$s TO fazhi_%1$s_append, fazhi_read',
        'GRANT SELECT ON ALL TABLES IN SCHEMA fazhi_%1$s TO fazhi_%1$s_append, fazhi_read',
        'ALTER DEFAULT PRIVILEGES FOR ROLE fazhi_owner IN SCHEMA fazhi_%1$s
             GRANT SELECT ON TABLES TO fazhi_%1$s_append, fazhi_read',
        'GRANT fazhi_%1$s_append TO fazhi_%1$s'
     ]) WITH ORDINALITY AS step (statement, place)
ORDER BY place
\gexec

-- The vault. A row is added, and its key is overwritten when it is shredded; none is deleted.
CREATE SCHEMA IF NOT EXISTS fazhi_vault AUTHORIZATION fazhi_owner;
GRANT USAGE ON SCHEMA fazhi_vault TO fazhi_vault_use;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA fazhi_vault TO fazhi_vault_use;
ALTER DEFAULT PRIVILEGES FOR ROLE fazhi_owner IN SCHEMA fazhi_vault
    GRANT SELECT, INSERT, UPDATE ON TABLES TO fazhi_vault_use;
GRANT fazhi_vault_use TO fazhi_enforcement, fazhi_complaints, fazhi_reconsideration;

-- The views, all of them the projection's own.
CREATE SCHEMA IF NOT EXISTS fazhi_projection AUTHORIZATION fazhi_projection;
GRANT USAGE ON SCHEMA fazhi_projection TO fazhi_read;
GRANT SELECT ON ALL TABLES IN SCHEMA fazhi_projection TO fazhi_read;
ALTER DEFAULT PRIVILEGES FOR ROLE fazhi_projection IN SCHEMA fazhi_projection GRANT SELECT ON TABLES TO fazhi_read;

SELECT format('GRANT CONNECT ON DATABASE %I TO fazhi_%s', current_database(), service)
FROM unnest(ARRAY['powerlist', 'enforcement', 'disclosure', 'complaints', 'reconsideration', 'projection', 'owner',
                  'read']) AS service
\gexec
COMMIT;
