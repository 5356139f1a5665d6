"""Systems that are asked for their rows: connectors behind one entry point, and what they read as files."""
