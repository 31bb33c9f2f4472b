"""The backend's own authorization server: OAuth 2.1 for devices, and the pages on which people sign in."""
