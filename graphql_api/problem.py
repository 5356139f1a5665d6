"""Why nothing was written: every way in which a statement can be refused."""

import strawberry


@strawberry.interface(description="Why nothing was written, for the user who asked.")
class Problem:
    """Shared by all refusals."""

    message: str


@strawberry.type(description="No contact answers to that id.")
class ContactNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="No opportunity or customer answers to that id.")
class TargetNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="No record of `kind` that the author may see answers to an id.")
class RecordNotFound(Problem):
    """Nothing was written; what is hidden from the author answers like what does not exist."""

    kind: str


@strawberry.type(description="The contact does not work at the customer that the statement is about.")
class NotAtThisCustomer(Problem):
    """Nothing was written."""


@strawberry.type(
    description="The record changed since it was read, or somebody else was first: read it again."
)
class VersionConflict(Problem):
    """Nothing was written."""


@strawberry.type(description="The key stands for another statement of the same author.")
class KeyAlreadyUsed(Problem):
    """Nothing was written."""


@strawberry.type(description="A value is out of range, or values do not fit each other.")
class InvalidInput(Problem):
    """Nothing was written."""


@strawberry.type(description="This token may not state facts.")
class Forbidden(Problem):
    """Nothing was written."""
