"""Labelled folders of exports for `relgraph ingest init`: invented values under headers in the style of real systems."""
