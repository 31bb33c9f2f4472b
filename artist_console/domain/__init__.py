"""What is true: frozen values and pure functions. No files, no network, no clock, no randomness."""
