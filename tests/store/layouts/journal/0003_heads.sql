-- What a service has signed of its ledgers, and what speaks against it. None of it is ever changed or removed:
-- a head that was signed stays what it was, whatever the service signs later.

CREATE TABLE main.service_key (        -- keys that heads were believed with, and how each became known
  kid TEXT PRIMARY KEY,
  x TEXT NOT NULL,                     -- the public key
  name TEXT NOT NULL,                  -- as its owner gives it
  role TEXT NOT NULL,
  how TEXT NOT NULL,                   -- "first_sight": the first that this profile saw; "person": by hand
  at TEXT NOT NULL
) STRICT;

CREATE TABLE main.signed_head (        -- heads that were verified, the later the higher
  number INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  epoch TEXT NOT NULL,
  size INTEGER NOT NULL,
  head TEXT NOT NULL,                  -- of the chain
  jws TEXT NOT NULL,
  range_size INTEGER NOT NULL,         -- entries that were here: up to there the tree is worked out already ...
  peaks BLOB NOT NULL,                 -- ... to these hashes, from left to right
  stream INTEGER NOT NULL,             -- of the journal, at that time
  at TEXT NOT NULL
) STRICT;
CREATE INDEX main.signed_head_artist ON signed_head (artist, number);

CREATE TABLE main.head_conflict (      -- evidence: signed heads that cannot all be true
  number INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  kind TEXT NOT NULL,
  kept INTEGER REFERENCES signed_head (number),  -- the highest head before, where there was one
  shown TEXT NOT NULL,                 -- the signed head that does not fit; empty where entries are missing
  n INTEGER NOT NULL,                  -- where it does not fit
  at TEXT NOT NULL
) STRICT;
CREATE INDEX main.head_conflict_artist ON head_conflict (artist, number);

CREATE TRIGGER main.service_key_stays BEFORE UPDATE ON service_key
BEGIN SELECT raise(ABORT, 'a key is never changed'); END;
CREATE TRIGGER main.service_key_remains BEFORE DELETE ON service_key
BEGIN SELECT raise(ABORT, 'a key is never removed'); END;
CREATE TRIGGER main.service_key_once BEFORE INSERT ON service_key
WHEN EXISTS (SELECT 1 FROM service_key WHERE kid = NEW.kid)
BEGIN SELECT raise(ABORT, 'a key is kept once'); END;

CREATE TRIGGER main.signed_head_stays BEFORE UPDATE ON signed_head
BEGIN SELECT raise(ABORT, 'a signed head is never changed'); END;
CREATE TRIGGER main.signed_head_remains BEFORE DELETE ON signed_head
BEGIN SELECT raise(ABORT, 'a signed head is never removed'); END;
CREATE TRIGGER main.signed_head_once BEFORE INSERT ON signed_head
WHEN EXISTS (SELECT 1 FROM signed_head WHERE number = NEW.number)
BEGIN SELECT raise(ABORT, 'a signed head is kept once'); END;

CREATE TRIGGER main.head_conflict_stays BEFORE UPDATE ON head_conflict
BEGIN SELECT raise(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER main.head_conflict_remains BEFORE DELETE ON head_conflict
BEGIN SELECT raise(ABORT, 'evidence is never removed'); END;
CREATE TRIGGER main.head_conflict_once BEFORE INSERT ON head_conflict
WHEN EXISTS (SELECT 1 FROM head_conflict WHERE number = NEW.number)
BEGIN SELECT raise(ABORT, 'evidence is kept once'); END;
