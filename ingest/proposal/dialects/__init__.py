"""The names that well-known systems give to their tables and columns."""
