"""The composition root: settings, command line, simulated company, doctor."""
