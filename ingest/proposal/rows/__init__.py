"""What a row of a table is, and which people it names."""
