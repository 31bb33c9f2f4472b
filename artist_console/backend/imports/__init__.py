"""Files that a person brings in, read by `formats` and taken over as jobs: all of a file or nothing."""
