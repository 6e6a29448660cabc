-- Who does what only one process of a service shall do at a time, and until when. No part of the record.
CREATE TABLE leases (
    name   text PRIMARY KEY,
    holder uuid NOT NULL,
    until  timestamptz NOT NULL
);
