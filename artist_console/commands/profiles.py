"""A profile: folder, lock, log, keys, store and, where it is its own service, the embedded backend."""
