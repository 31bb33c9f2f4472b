-- What layout 3 added.
INSERT INTO main.service_key (kid, x, name, role, how, at) VALUES ('kid-1', 'eA', 'Harbour Hosting', 'hosted_service', 'first_sight', '2025-11-18T12:00:00+00:00');
INSERT INTO main.signed_head (number, artist, epoch, size, head, jws, range_size, peaks, stream, at) VALUES (1, 'artist-1', 'epoch-1', 7, 'abab', 'eyJh.eyJi.c2ln', 0, X'', 1, '2025-11-18T12:00:00+00:00');
INSERT INTO main.head_conflict (number, artist, kind, kept, shown, n, at) VALUES (1, 'artist-1', 'fork', 1, 'eyJh.eyJj.c2ln', 7, '2025-11-18T12:00:00+00:00');
