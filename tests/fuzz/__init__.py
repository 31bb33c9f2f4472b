"""Coverage-guided fuzzing of every parser that a stranger's file reaches; see docs/fuzzing.md."""
