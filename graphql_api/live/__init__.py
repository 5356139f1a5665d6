"""Subscriptions: one poller of the change log per process, shared by whoever listens."""
