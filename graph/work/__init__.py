"""How the worker stands, as it tells in the graph and whoever asks reads there."""
