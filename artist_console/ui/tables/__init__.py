"""Models of the tables: they ask commands for rows."""
