"""Tools for developing relgraph; the wheel leaves them out."""
