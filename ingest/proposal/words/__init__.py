"""The words of headers, and the meanings that they may stand for."""
