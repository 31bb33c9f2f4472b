-- How often a decision that waits was to be sent, and what was answered. For people; nothing depends on it.

CREATE TABLE mirror.try (
  place INTEGER PRIMARY KEY,           -- of the decision in the journal
  count INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT;
