"""Labelled folders of exports for `relgraph ingest init`, with made-up values."""
