-- What a person keeps for themselves: contracts, what they said they own, answers that others gave them, with
-- the files behind them. It stays in this file; nothing of it is sent unless chosen one by one.

CREATE TABLE main.private (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  artist TEXT NOT NULL,
  body BLOB NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE main.attachment (         -- by content: the same file attached twice is kept once
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  body BLOB NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE main.private_version (    -- one row: what caches are compared with
  number INTEGER NOT NULL
) STRICT;
INSERT INTO main.private_version VALUES (0);
