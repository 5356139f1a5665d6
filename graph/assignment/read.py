"""Who looks after records by a rule, as a viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson

from cypher import Query, template
from graph.alert.playbook import Language
from graph.assignment.rule import LABELS
from graph.assignment.texts import reason
from graph.resolve_id import ids_by_label, rows_by_any_id
from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who was given a record (by its typed id), by which rule, since when and why."""

    record: str
    employee: dict[str, Any]
    rule_id: str
    rule_version: int
    queue: str | None
    since: datetime
    reason: str


async def assignments(
    store: GraphStore, records: Sequence[str], *, as_of: datetime, viewer: str | None,
    language: Language = "en",
) -> list[Assignment]:  # fmt: skip
    """Of typed ids such as `Ticket:t1`, retired ones too, in their order; what no rule gave is left out.

    Raises UsageError for more than `resolve_id.MOST`, and for what is no ticket, lead or alert.
    """
    keys = dict(LABELS.values())
    by_label = ids_by_label(records, keys, "ticket, lead or alert, such as Ticket:t1")
    found = {}
    for label, ids in by_label.items():
        asked = template("assignment.of").render(label=label, key=keys[label])
        read = partial(_rows, store, asked, as_of, viewer)
        for record_id, rows in (await rows_by_any_id(store, label, ids, read)).items():
            found[f"{label}:{record_id}"] = rows[-1]
    return [_assignment(typed, found[typed], language) for typed in records if typed in found]


async def _rows(
    store: GraphStore, asked: Query, as_of: datetime, viewer: str | None, ids: list[str]
) -> list[Row]:
    return await store.read(asked, ids=ids, as_of=as_of.isoformat(), viewer=viewer)


def _assignment(typed: str, row: dict[str, Any], language: Language) -> Assignment:
    employee = row["employee"]
    who = employee["name"] or employee["employee_id"]
    told = reason(orjson.loads(row["figures"]), who, language)
    return Assignment(
        typed, employee, row["rule_id"], row["rule_version"], row["queue"], row["since"], told
    )  # fmt: skip
