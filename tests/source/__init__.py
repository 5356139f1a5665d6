"""Systems that are asked for their rows."""
