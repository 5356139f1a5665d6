"""Evidence: typed ids of the records that a statement rests on."""

from collections.abc import Iterable

import strawberry


@strawberry.type(
    description="A record that a statement rests on. `id` is kind and record together, `Ticket:desk:417`: "
    "the same id bears the same fields everywhere, as caches of clients suppose."
)
class Evidence:
    """`kind` is the record's label in the graph, `recordId` its id, such as `Ticket` and `desk:417`."""

    id: strawberry.ID
    kind: str
    record_id: strawberry.ID

    @classmethod
    def all_of(cls, typed_ids: Iterable[str]) -> list["Evidence"]:
        """Evidence from typed ids written `Kind:id`."""
        return [cls.of(text) for text in typed_ids]

    @classmethod
    def of(cls, typed_id: str) -> "Evidence":
        """Evidence from one typed id."""
        kind, _, record_id = typed_id.partition(":")
        return cls(id=strawberry.ID(typed_id), kind=kind, record_id=strawberry.ID(record_id))
