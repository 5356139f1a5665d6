"""What is wrong with real exports: doubled companies, missing fields, broken rows."""
