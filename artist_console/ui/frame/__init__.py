"""What stands around the pages: rail, top bar, details, messages. Texts come in through setters."""
