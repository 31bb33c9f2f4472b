"""Exchange with a backend: a pure plan, one transaction that applies it, and the only HTTP of the client."""
