-- One row per event. The record is the event, byte for byte; every other column only finds it or proves it.
CREATE TABLE events (
    log_index      INTEGER PRIMARY KEY,
    stream         TEXT NOT NULL,
    stream_version INTEGER NOT NULL,
    leaf_hash      BLOB NOT NULL,
    record         TEXT NOT NULL,
    -- Set on the first event of a command only: its id, the digest of its body, and how many events it has.
    command_id     BLOB,
    command_digest BLOB,
    command_events INTEGER
) STRICT;
CREATE UNIQUE INDEX events_stream ON events (stream, stream_version);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE command_id IS NOT NULL;

-- One row per batch: the tree after it. recorded_us is the recorded time of its events, in microseconds since 1970.
CREATE TABLE heads (
    size        INTEGER PRIMARY KEY,
    recorded_us INTEGER NOT NULL,
    root        BLOB NOT NULL,
    frontier    BLOB NOT NULL
) STRICT;
CREATE INDEX heads_recorded ON heads (recorded_us, size);

CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: UPDATE on events is refused'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: DELETE on events is refused'); END;
CREATE TRIGGER heads_no_update BEFORE UPDATE ON heads BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: UPDATE on heads is refused'); END;
CREATE TRIGGER heads_no_delete BEFORE DELETE ON heads BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: DELETE on heads is refused'); END;
