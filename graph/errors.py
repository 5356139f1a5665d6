"""The errors a user can act on, as one tree.

    RelgraphError            exit code 1: the work failed; the message says what to do next
    ├── UsageError           exit code 2: the request itself is wrong (an option, a date, an id's form)
    ├── NotFound             the named record does not exist
    └── StoreError           the graph could not be read or written (graph.store)

Packages add their own leaves beside the code that raises them; anything outside this tree is a defect.
"""


class RelgraphError(Exception):
    """Base of every error whose message is meant for the user."""

    exit_code = 1


class UsageError(RelgraphError):
    """The request is wrong as asked; nothing was done."""

    exit_code = 2


class NotFound(RelgraphError):
    """No record answers to the id or name that was given."""

    def __init__(self, label: str, asked: str) -> None:
        super().__init__(f"no {label} answers to {asked!r}")
        self.label = label
        self.asked = asked
