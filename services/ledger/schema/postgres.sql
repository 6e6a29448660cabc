-- One row per event. The record is the event, byte for byte; every other column only finds it or proves it.
CREATE TABLE events (
    log_index      bigint PRIMARY KEY,
    stream         text COLLATE "C" NOT NULL,
    stream_version bigint NOT NULL,
    leaf_hash      bytea NOT NULL,
    record         text NOT NULL,
    -- Set on the first event of a command only: its id, the digest of its body, and how many events it has.
    command_id     bytea,
    command_digest bytea,
    command_events bigint
);
CREATE UNIQUE INDEX events_stream ON events (stream, stream_version);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE command_id IS NOT NULL;

-- One row per batch: the tree after it. recorded_us is the recorded time of its events, in microseconds since 1970.
CREATE TABLE heads (
    size        bigint PRIMARY KEY,
    recorded_us bigint NOT NULL,
    root        bytea NOT NULL,
    frontier    bytea NOT NULL
);
CREATE INDEX heads_recorded ON heads (recorded_us, size);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON heads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- ALWAYS: otherwise session_replication_role = replica would switch them off.
ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only;
ALTER TABLE heads ENABLE ALWAYS TRIGGER heads_append_only;
