"""Fitting the candidates of a task, choosing among them on validation, and refitting them on all windows."""
