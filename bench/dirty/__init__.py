"""Labelled records made in code, dirty in the ways of several kinds of files: what linkage is tried on."""
