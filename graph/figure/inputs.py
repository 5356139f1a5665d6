"""The records that a figure rests on, in pages."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from cypher import query
from graph.figure.model import Figure, Input
from graph.figure.rule import PARAMETERS, Reads
from graph.keyset import BadCursor, cursor, key_after
from graph.moment import BEGINNING, END
from graph.record.page import page
from graph.service import GraphStore, Row, taken

_READ = {
    "orders": "figure.orders", "deals": "figure.deals", "tickets": "figure.tickets", "talks": "figure.talks",
    "invoices": "figure.invoices", "contracts": "figure.contracts", "people": "figure.people",
    "paid": "figure.paid",
}  # fmt: skip
"""The statement of each kind of records that figures rest on."""
_NAMED = "named"


async def figure_inputs(
    store: GraphStore,
    figure: Figure,
    *,
    first: int,
    after: str | None = None,
    viewer: str | None = None,
    hidden: Collection[str] = (),
) -> tuple[list[str], str | None]:
    """A page of typed ids of the records that a figure rests on, and the cursor of the next one.

    Newest first, or as its reasons name them. hidden: kinds that are not told of. Raises BadCursor.
    """
    if figure.inputs.named:
        return _of_named(figure.inputs.named, first, after, hidden)

    async def read(until: datetime, limit: int) -> tuple[set[Input], bool]:
        found = [await _read(store, figure, one, until, limit, viewer) for one in figure.inputs.reads]
        records = {Input(row["at"], row["kind"], row["record_id"]) for rows in found for row in rows}
        return {one for one in records if one.kind not in hidden}, all(len(rows) < limit for rows in found)

    shown, follows = await page(read, first=first, after=after, until=END)
    return [f"{one.kind}:{one.record_id}" for one in shown], follows


async def _read(
    store: GraphStore, figure: Figure, one: Reads, until: datetime, limit: int, viewer: str | None
) -> list[Row]:
    asked = query(_READ[one.records])
    since = BEGINNING if one.days is None else figure.as_of - timedelta(days=PARAMETERS[one.days])
    whole = one.model_dump() | {
        "id": figure.of.partition(":")[2],
        "since": since.isoformat(),
        "until": until.isoformat(),
        "as_of": figure.as_of.isoformat(),
        "viewer": viewer or "",
        "limit": limit,
    }
    return await store.read(asked, **taken(asked, whole))


def _of_named(
    named: Sequence[str], first: int, after: str | None, hidden: Collection[str]
) -> tuple[list[str], str | None]:
    told = [one for one in named if one.partition(":")[0] not in hidden]
    begin = 0
    if after is not None:
        match key_after(after, _NAMED):
            case [int(begin)] if begin >= 0:
                pass
            case _:
                raise BadCursor
    end = begin + first
    return told[begin:end], cursor(_NAMED, end) if end < len(told) else None
