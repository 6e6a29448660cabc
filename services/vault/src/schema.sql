-- One row: the vault's own key under the key-encryption key, and the name of that one.
CREATE TABLE vault (
    one     bigint PRIMARY KEY CHECK (one = 1),
    kek     text NOT NULL,
    wrapped bytea NOT NULL
);

-- One row per person: the data key, wrapped; null once it was shredded, and null for ever.
CREATE TABLE persons (
    pseudonym bytea PRIMARY KEY,
    wrapped   bytea
);

-- One row per sealed part; it outlives the key, because the record holds its digest.
CREATE TABLE entries (
    id         bytea PRIMARY KEY,
    pseudonym  bytea NOT NULL REFERENCES persons,
    part       text NOT NULL,
    ciphertext bytea NOT NULL
);

-- One row per receipt: the public half of its code, and the Argon2id hash of the secret half.
CREATE TABLE receipts (
    selector text PRIMARY KEY,
    matter   bytea NOT NULL,
    hash     text NOT NULL
);
CREATE INDEX receipts_matter ON receipts (matter);
