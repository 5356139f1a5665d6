"""The schema by feature: the types of one subject and what resolves them, in one file each."""
