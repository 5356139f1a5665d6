"""What can be wrong with a question put to the learning part; each message says what to do next."""

from datetime import date

from graph.errors import RelgraphError, UsageError


class CutoffOutsideData(UsageError):
    """The cut-off lies outside the dates of the orders."""

    def __init__(self, cutoff: date, first: date, last: date) -> None:
        super().__init__(
            f"the cut-off {cutoff} lies outside the data: orders run from {first} to {last}; "
            "choose a date in between"
        )


class HorizonNotObserved(UsageError):
    """What happened within the horizon after the cut-off is not in the data yet."""

    def __init__(self, cutoff: date, horizon_days: int, last: date) -> None:
        super().__init__(
            f"the horizon is not yet observed: {horizon_days} days after {cutoff} lie beyond the newest data "
            f"({last}); choose an earlier cut-off or a shorter horizon"
        )


class NotEnoughHistory(RelgraphError):
    """Too little lies before the cut-off to learn from."""


class OneClassOnly(RelgraphError):
    """Every customer ended the same way, so that there is nothing to tell apart."""
