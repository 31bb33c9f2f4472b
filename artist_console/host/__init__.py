"""What the computer offers: folders, resources, settings, secrets, files, logs and the lock of a profile."""
