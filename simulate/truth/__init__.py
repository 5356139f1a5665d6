"""The truth under the exports, in a folder of its own that no pipeline code reads."""
