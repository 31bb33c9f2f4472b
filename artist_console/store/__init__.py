"""The local database: what was decided (journal, precious) and what was heard (mirror, droppable)."""
