"""Why nothing was written.

WriteRefused           what was stated cannot be true of these records, or its values are out of range
├── NotAtCustomer      the contact has no job at the customer
├── KeyAlreadyUsed     the key stands for another statement of the same author
└── VersionConflict    the record is no longer what the author saw
"""

from graph.errors import UsageError


class WriteRefused(UsageError):
    """What was stated cannot be true of these records, or its values are out of range."""


class NotAtCustomer(WriteRefused):
    """The contact has no job at the customer that the statement is about."""

    def __init__(self, contact_id: str) -> None:
        super().__init__(f"contact {contact_id} does not work at that customer")


class KeyAlreadyUsed(WriteRefused):
    """The same author stated something else under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"key {key!r} stands for another statement of yours; take a new one")


class VersionConflict(WriteRefused):
    """The record has changed since the author read it, or somebody else was first."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject} is no longer as you saw it; read it again")
