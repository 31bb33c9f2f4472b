"""The service: handlers, authority, storage, import jobs; embedded for one person or hosted for many."""
