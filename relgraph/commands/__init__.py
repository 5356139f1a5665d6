"""One module per command (or close family); each has `register(app)`."""
