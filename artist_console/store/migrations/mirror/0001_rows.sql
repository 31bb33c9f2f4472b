-- What a backend said, and what is worked out from it for tables and search. Everything here can be dropped
-- and fetched again.

CREATE TABLE mirror.meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.version (          -- counts the changes of each kind of row: what caches are compared with
  kind TEXT PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.row (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (kind, id)
) STRICT;

CREATE TABLE mirror.staged (           -- a snapshot on its way in
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror.changed (          -- rows that the projection has not looked at yet
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL                -- the work or artist that the row is about, '' where it is about more
) STRICT;

-- Parts of rows that queries need.
CREATE TABLE mirror.ledger (
  artist TEXT NOT NULL,
  n INTEGER NOT NULL,
  key INTEGER NOT NULL,
  decision TEXT,
  PRIMARY KEY (artist, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.ledger_decision ON ledger (decision) WHERE decision IS NOT NULL;
CREATE TABLE mirror.work_artist (
  artist TEXT NOT NULL,
  work TEXT NOT NULL,
  key INTEGER NOT NULL,
  PRIMARY KEY (artist, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.work_artist_work ON work_artist (work);
CREATE TABLE mirror.merged (           -- ids of works that turned out to be another one
  gone TEXT PRIMARY KEY,
  work TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.merged_work ON merged (work);
CREATE TABLE mirror.embodies (
  recording TEXT NOT NULL,
  composition TEXT NOT NULL,
  PRIMARY KEY (composition, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.embodies_recording ON embodies (recording);
CREATE TABLE mirror.track (
  release TEXT NOT NULL,
  work TEXT NOT NULL,
  PRIMARY KEY (release, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.track_work ON track (work);
CREATE TABLE mirror.holder (
  key INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  party TEXT NOT NULL
) STRICT;
CREATE INDEX mirror.holder_subject ON holder (subject, party);
CREATE INDEX mirror.holder_party ON holder (party, subject);
CREATE TABLE mirror.inclusion (
  key INTEGER PRIMARY KEY,
  work TEXT NOT NULL,
  programme TEXT NOT NULL
) STRICT;
CREATE INDEX mirror.inclusion_work ON inclusion (work, programme);
CREATE INDEX mirror.inclusion_programme ON inclusion (programme, work);
CREATE TABLE mirror.statement (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  payee TEXT NOT NULL,
  period_until TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  replaces TEXT
) STRICT;
CREATE INDEX mirror.statement_payee ON statement (payee, period_until);

-- Lines of statements. Amounts are text and are added in Python, never in SQL.
CREATE TABLE mirror.line (
  statement TEXT NOT NULL,
  number INTEGER NOT NULL,
  work TEXT NOT NULL,
  programme TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (statement, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.line_work ON line (work, statement);
CREATE TABLE mirror.fetched (          -- how far the lines of a statement are here
  statement TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  next INTEGER,                        -- ask for lines after this number
  complete INTEGER NOT NULL,
  result TEXT NOT NULL                 -- of the checks of its arithmetic
) STRICT, WITHOUT ROWID;
CREATE TABLE mirror.line_total (       -- lines of one statement added up where nothing tells them apart
  statement TEXT NOT NULL,
  payee TEXT NOT NULL,
  month TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  programme TEXT NOT NULL,
  work TEXT NOT NULL,
  amount TEXT NOT NULL,
  lines INTEGER NOT NULL,
  territories TEXT NOT NULL,           -- a JSON list
  PRIMARY KEY (statement, month, currency, kind, programme, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.line_total_payee ON line_total (payee, month);
CREATE INDEX mirror.line_total_work ON line_total (work, month);

-- What tables show, worked out by the functions of the domain.
CREATE TABLE mirror.work_summary (
  key INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  work TEXT NOT NULL,
  work_key INTEGER NOT NULL,           -- key of the work's row: what the search index names
  title TEXT NOT NULL,                 -- these texts are folded: for order only
  release TEXT NOT NULL,
  artist_name TEXT NOT NULL,
  year INTEGER NOT NULL,
  where_rank INTEGER NOT NULL,         -- 0: the strongest
  permission_rank INTEGER NOT NULL,
  earned REAL NOT NULL,                -- for order only: the exact amounts are in the body
  changed_at TEXT NOT NULL,
  state TEXT NOT NULL,
  label TEXT NOT NULL,
  no_identifier INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  needs_you INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  finding INTEGER NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (artist, work)
) STRICT;
-- Search gives keys of works: what it is filtered and sorted by first stands beside them.
CREATE INDEX mirror.summary_work ON work_summary (work_key, artist, title);
CREATE INDEX mirror.summary_work_id ON work_summary (work);
CREATE INDEX mirror.summary_title ON work_summary (title, key);
CREATE INDEX mirror.summary_artist_title ON work_summary (artist, title, key);
CREATE INDEX mirror.summary_counts ON work_summary (artist, reported, needs_you, refused, finding);

CREATE TABLE mirror.stale (            -- artists whose findings and waiting list are to be worked out; '' is all
  artist TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE mirror.finding (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  artist TEXT NOT NULL,
  work TEXT NOT NULL,
  kind TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX mirror.finding_artist ON finding (artist, work);
CREATE TABLE mirror.waiting (
  key INTEGER PRIMARY KEY,
  artist TEXT NOT NULL,
  deadline TEXT NOT NULL,              -- a day far off where there is none
  since TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX mirror.waiting_order ON waiting (deadline, since, key);
CREATE INDEX mirror.waiting_artist ON waiting (artist, deadline, since, key);

-- Search as you type over folded text. `text` keeps what was indexed, so that a change can take it out again.
CREATE TABLE mirror.text (
  work_key INTEGER PRIMARY KEY,
  folded TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE mirror.trigram USING fts5 (
  folded, content = '', contentless_delete = 1, detail = full, tokenize = 'trigram case_sensitive 1'
);
-- Words of one and two characters: each is spelled as the hexadecimal numbers of its characters.
CREATE VIRTUAL TABLE mirror.gram USING fts5 (
  grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
