"""Evidence: typed ids of the records that a statement rests on."""

from collections.abc import Iterable

import strawberry


@strawberry.type(description="A record that a statement rests on.")
class Evidence:
    """A typed id, such as kind `Ticket` and id `desk:417`."""

    kind: str
    id: strawberry.ID

    @classmethod
    def all_of(cls, typed_ids: Iterable[str]) -> list["Evidence"]:
        """Evidence from typed ids written `Kind:id`."""
        return [
            cls(kind=kind, id=strawberry.ID(rest))
            for kind, _, rest in (text.partition(":") for text in typed_ids)
        ]
