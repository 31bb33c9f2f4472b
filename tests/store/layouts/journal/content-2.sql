-- What layout 2 added.
INSERT INTO main.private (kind, id, artist, body, changed_at) VALUES ('contract', 'contract-1', 'artist-1', X'7b7d', '2025-11-18T12:00:00+00:00');
INSERT INTO main.attachment (sha256, name, size, body, added_at) VALUES ('cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', 'contract.pdf', 4, X'25504446', '2025-11-18T12:00:00+00:00');
UPDATE main.private_version SET number = 1;
