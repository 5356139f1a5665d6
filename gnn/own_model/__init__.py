"""A data scientist's own model: judged beside ours, and served where it is promoted."""
