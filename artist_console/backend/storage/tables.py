"""The tables. TEXT, INTEGER and BLOB only, so that one set of queries serves SQLite and PostgreSQL.

Money never has a column of its own: it stands as text inside the body of a row. Times are ISO 8601 in UTC.
Places in the feed have 64 bits.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# The feed's counter: read and raised inside the transaction that makes the change, so that no reader sees a
# later position before an earlier one. A sequence of the database would lose rows under concurrency.
counter = Table(
    "counter", metadata, Column("name", Text, primary_key=True), Column("value", BigInteger, nullable=False)
)

# What the feed carries. `number` is the position at which the row first came and never changes; `position`
# is that of its last change. The body of a ledger entry stands in `ledger` alone.
rows = Table(
    "rows",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
    Column("body", LargeBinary),
    Column("gone", Integer, nullable=False, default=0),
    UniqueConstraint("kind", "id"),
)

# Who may see a row: "*" everybody, "artist/<id>/<power>" whoever has that power for the artist, or
# "account/<id>". `via` is the row that grants it; a row is seen as long as one grant is left.
reach = Table(
    "reach",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("via", Text, primary_key=True),
)

# A row that left a key's reach while it stayed in others': a tombstone for those who hold that key.
departures = Table(
    "departures",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False, index=True),
)

# Sets of keys by their hash: a cursor names the one that it was issued under.
scopes = Table(
    "scopes", metadata, Column("sha256", Text, primary_key=True), Column("held", Text, nullable=False)
)

ledger = Table(
    "ledger",
    metadata,
    Column("artist", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("row_id", Text, nullable=False, unique=True),
    Column("head", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("decision", Text, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("receipt", Text, nullable=False),
)

accounts = Table(
    "accounts", metadata, Column("id", Text, primary_key=True), Column("name", Text, nullable=False)
)

# The artists that an account is, rather than acts for.
own_artists = Table(
    "own_artists",
    metadata,
    Column("account", Text, primary_key=True),
    Column("artist", Text, primary_key=True, index=True),
)

mandates = Table(
    "mandates",
    metadata,
    Column("id", Text, primary_key=True),
    Column("artist", Text, nullable=False, index=True),
    Column("holder", Text, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("code_sha256", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
)

streams = Table(
    "streams",
    metadata,
    Column("account", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("next_seq", Integer, nullable=False),
    Column("clock_offset_s", Integer),  # of the sender, when it last sent; None: it did not say
)

stream_items = Table(
    "stream_items",
    metadata,
    Column("account", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
)

# What became of each decision, whichever stream brought it first.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("artist", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("outcome", LargeBinary, nullable=False),
)

# Lines as earlier versions kept them; they become files when the service starts.
lines = Table(
    "lines",
    metadata,
    Column("statement", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

# The file of lines that a statement has, and its sealed pieces.
line_files = Table(
    "line_files",
    metadata,
    Column("statement", Text, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
)

line_pieces = Table(
    "line_pieces",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("piece", LargeBinary, nullable=False),
)

# Identifiers and normalised names by which an import finds what is there already.
lookup = Table(
    "lookup",
    metadata,
    Column("owner", Text, primary_key=True),  # the account whose catalogue it is; "" for everybody's
    Column("key", Text, primary_key=True),
    Column("id", Text, nullable=False, index=True),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("holder", Text),  # the process that runs it, where several share the database
    Column("upload", Text, unique=True, index=True),  # the file it takes over
    Column("ordered", LargeBinary),  # what was asked for: with both it goes on after a restart
    Column("times", Integer),  # how often it was begun since the last proper end
)

# Files on their way in. They lie, sealed, in the folder of the service.
uploads = Table(
    "uploads",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
)

# Accounts that speak for an organisation: an operator, a licensor.
organisation_accounts = Table(
    "organisation_accounts",
    metadata,
    Column("account", Text, primary_key=True),
    Column("party", Text, nullable=False, index=True),
)

# Public keys that the host knows to be an organisation's; `until`: no longer good from then on.
organisation_keys = Table(
    "organisation_keys",
    metadata,
    Column("party", Text, primary_key=True),
    Column("kid", Text, primary_key=True),
    Column("x", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("until", Text),
)
