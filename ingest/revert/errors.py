"""Why a load cannot be taken back."""

from graph.errors import RelgraphError


class CannotRevert(RelgraphError):
    """A load cannot be taken back; nothing was changed."""
