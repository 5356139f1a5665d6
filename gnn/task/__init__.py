"""Tasks own the cut-offs, the populations and the labels."""
