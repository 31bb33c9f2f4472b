-- Lines are in files of their own, found by hash; here is what they come to. Amounts are text and are added in
-- Python. What was added up before stays until the files are here: without the service, totals go on.

ALTER TABLE mirror.statement ADD COLUMN lines_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE mirror.statement ADD COLUMN level TEXT NOT NULL DEFAULT 'payee_net';

CREATE TABLE mirror.roll_up (          -- lines of one statement that nothing here tells apart, added up
  statement TEXT NOT NULL,
  month TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  programme TEXT NOT NULL,
  work TEXT NOT NULL,
  use TEXT NOT NULL,
  source TEXT NOT NULL,
  sales_type TEXT NOT NULL,
  amount TEXT NOT NULL,
  lines INTEGER NOT NULL,
  territories TEXT NOT NULL,           -- of the lines, a JSON list
  PRIMARY KEY (statement, month, currency, kind, programme, work, use, source, sales_type)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.roll_up_work ON roll_up (work, month);
CREATE TABLE mirror.territory_roll_up ( -- the same lines, by territory in place of work
  statement TEXT NOT NULL,
  month TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  programme TEXT NOT NULL,
  territory TEXT NOT NULL,
  use TEXT NOT NULL,
  source TEXT NOT NULL,
  sales_type TEXT NOT NULL,
  amount TEXT NOT NULL,
  lines INTEGER NOT NULL,
  PRIMARY KEY (statement, month, currency, kind, programme, territory, use, source, sales_type)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror.territory_roll_up_territory ON territory_roll_up (territory, month);
CREATE TABLE mirror.whole_roll_up (    -- the same lines, by neither: what charts of millions of lines read
  statement TEXT NOT NULL,
  month TEXT NOT NULL,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  programme TEXT NOT NULL,
  use TEXT NOT NULL,
  source TEXT NOT NULL,
  sales_type TEXT NOT NULL,
  amount TEXT NOT NULL,
  lines INTEGER NOT NULL
) STRICT;
CREATE INDEX mirror.whole_roll_up_statement ON whole_roll_up (statement, month);

INSERT INTO mirror.roll_up
  SELECT statement, month, currency, kind, programme, work, '', '', '', amount, lines, territories
  FROM mirror.line_total;
INSERT INTO mirror.whole_roll_up
  SELECT statement, month, currency, kind, programme, '', '', '', amount, lines FROM mirror.line_total;

DROP TABLE mirror.line_total;
DROP TABLE mirror.line;
DROP TABLE mirror.fetched;
CREATE TABLE mirror.fetched (          -- statements whose file of lines is here and added up
  statement TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,                -- of the file
  result TEXT NOT NULL,                -- of the checks of its arithmetic
  seal TEXT NOT NULL                   -- whether the seal of the service holds
) STRICT, WITHOUT ROWID;

-- The service says anew what statements say now; what is the same stays as it is.
DELETE FROM mirror.meta WHERE name IN ('cursor', 'snapshot_next');
DELETE FROM mirror.staged;
