"""Why records are not merged or unmerged."""

from graph.writing.errors import WriteRefused


class CannotMerge(WriteRefused):
    """The two records cannot be one, or nothing is merged under that id."""
