"""Ties, chains, paths, profiles: the domain on both engines."""
