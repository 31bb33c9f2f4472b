-- What a person decided here, what became of it, and the proof. Nothing in the first five tables is ever
-- changed or removed: triggers refuse it, also on the way of INSERT OR REPLACE.

CREATE TABLE main.decision (
  place INTEGER PRIMARY KEY,           -- the order in which decisions were made here
  id TEXT NOT NULL UNIQUE,
  artist TEXT NOT NULL,
  act TEXT NOT NULL,
  digest TEXT NOT NULL,                -- of the canonical record: identity through resends
  body BLOB NOT NULL
) STRICT;

CREATE TABLE main.stream (
  number INTEGER PRIMARY KEY,          -- the highest one is the one that is sent from
  id TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE main.sending (            -- where a decision stands in a stream: seq 1, 2, 3 without gaps
  stream INTEGER NOT NULL REFERENCES stream (number),
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES decision (place),
  PRIMARY KEY (place, stream)          -- one tree: each page that an append touches is a page to be synced
) STRICT, WITHOUT ROWID;

CREATE TABLE main.outcome (
  number INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES decision (place),
  outcome TEXT NOT NULL,
  n INTEGER,
  head TEXT,
  words TEXT NOT NULL,
  against TEXT,                        -- the decision that stands against it
  at TEXT NOT NULL,
  UNIQUE (stream, seq)
) STRICT;
CREATE INDEX main.outcome_place ON outcome (place, number);

CREATE TABLE main.receipt (
  number INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES decision (place),
  jws TEXT NOT NULL,
  n INTEGER,
  head TEXT,
  at TEXT NOT NULL,
  UNIQUE (place, jws)
) STRICT;

CREATE TABLE main.pin (                -- highest position and head seen of a ledger, per stream
  stream INTEGER NOT NULL,
  artist TEXT NOT NULL,
  n INTEGER NOT NULL,
  head TEXT NOT NULL,
  PRIMARY KEY (stream, artist)
) STRICT, WITHOUT ROWID;

CREATE TABLE main.settled (            -- conflicts and the like that the person has dealt with
  place INTEGER PRIMARY KEY REFERENCES decision (place),
  how TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE main.parked (             -- what a backend could not read: kept, shown, not sent again
  place INTEGER PRIMARY KEY REFERENCES decision (place),
  reason TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE main.draft (              -- choices not yet confirmed; no part of the journal
  place INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE main.profile (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER main.decision_stays BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER main.decision_remains BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never removed'); END;
CREATE TRIGGER main.decision_once BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR place = NEW.place)
BEGIN SELECT raise(ABORT, 'a decision is recorded once'); END;

CREATE TRIGGER main.stream_stays BEFORE UPDATE ON stream
BEGIN SELECT raise(ABORT, 'a stream is never changed'); END;
CREATE TRIGGER main.stream_remains BEFORE DELETE ON stream
BEGIN SELECT raise(ABORT, 'a stream is never removed'); END;
CREATE TRIGGER main.stream_once BEFORE INSERT ON stream
WHEN EXISTS (SELECT 1 FROM stream WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'a stream is opened once'); END;

CREATE TRIGGER main.sending_stays BEFORE UPDATE ON sending
BEGIN SELECT raise(ABORT, 'the order of a stream is never changed'); END;
CREATE TRIGGER main.sending_remains BEFORE DELETE ON sending
BEGIN SELECT raise(ABORT, 'the order of a stream is never changed'); END;
CREATE TRIGGER main.sending_in_order BEFORE INSERT ON sending
WHEN NEW.seq <> 1 + coalesce(
    (SELECT seq FROM sending WHERE stream = NEW.stream ORDER BY place DESC LIMIT 1), 0)
  OR NEW.place <= coalesce(
    (SELECT place FROM sending WHERE stream = NEW.stream ORDER BY place DESC LIMIT 1), 0)
BEGIN SELECT raise(ABORT, 'a stream grows at its end, without gaps'); END;

CREATE TRIGGER main.outcome_stays BEFORE UPDATE ON outcome
BEGIN SELECT raise(ABORT, 'an outcome is never changed'); END;
CREATE TRIGGER main.outcome_remains BEFORE DELETE ON outcome
BEGIN SELECT raise(ABORT, 'an outcome is never removed'); END;
CREATE TRIGGER main.outcome_once BEFORE INSERT ON outcome
WHEN EXISTS (SELECT 1 FROM outcome WHERE (stream = NEW.stream AND seq = NEW.seq) OR number = NEW.number)
BEGIN SELECT raise(ABORT, 'an outcome is recorded once'); END;

CREATE TRIGGER main.receipt_stays BEFORE UPDATE ON receipt
BEGIN SELECT raise(ABORT, 'a receipt is never changed'); END;
CREATE TRIGGER main.receipt_remains BEFORE DELETE ON receipt
BEGIN SELECT raise(ABORT, 'a receipt is never removed'); END;
CREATE TRIGGER main.receipt_once BEFORE INSERT ON receipt
WHEN EXISTS (SELECT 1 FROM receipt WHERE number = NEW.number)
BEGIN SELECT raise(ABORT, 'a receipt is recorded once'); END;
