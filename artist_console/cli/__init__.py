"""The command line: a thin layer over the commands, readable at 80 columns, or JSON with `--json`."""
