"""The backend's database: tables, revisions, and one module of queries for each kind of thing."""
