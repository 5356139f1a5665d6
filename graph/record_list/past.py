"""Lines of a list as they stood on a past day."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from graph.model import Employee
from graph.past_list import firms_then, nested_then, own_then
from graph.record_list.kind import RecordKind
from graph.service import GraphStore, Row


async def rows_then(store: GraphStore, kind: RecordKind, rows: Sequence[Row], moment: datetime) -> list[Row]:
    """The rows with the records, their customers and their owners as they stood then."""
    records = await own_then(store, kind.node, [row["record"] for row in rows], moment, kind.ends)
    found = [row | {"record": record} for row, record in zip(rows, records, strict=True)]
    for column in {"customers", "jobs"} & _columns(rows):
        found = await nested_then(found, column, partial(firms_then, store, moment=moment))
    if "owners" in _columns(rows):
        found = await nested_then(found, "owners", partial(own_then, store, Employee, moment=moment))
    return found


def _columns(rows: Sequence[Row]) -> set[str]:
    return set(rows[0]) if rows else set()
