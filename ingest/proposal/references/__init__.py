"""Which columns name other records, and whose the others are."""
