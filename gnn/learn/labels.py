"""What every task's labels have in common."""

from typing import Protocol, Self

from gnn.features.history import Ints


class Labels(Protocol):
    """The population of one window; a task adds what became of each customer."""

    @property
    def rows(self) -> Ints:
        """Row numbers of the customers counted."""

    def only(self, rows: Ints) -> Self:
        """The same for some of these customers."""
