"""Systems that are told what the graph says of their records."""
