"""Any id a user may hold, to the id that stands today: our own, a retired one, or `source:key`."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from graph.errors import NotFound, UsageError
from graph.service import GraphStore, Row

MOST = 100
"""Records that are asked for at once by typed ids."""


async def resolve(store: GraphStore, label: str, any_id: str) -> str:
    """The id of the `label` node that answers to `any_id`; our own ids come first. Raises NotFound."""
    rows = await store.read("alias.resolve", label=label, asked=any_id, alias_id=f"{label}|{any_id}")
    if not rows:
        raise NotFound(label, any_id)
    return str(min(rows, key=lambda row: (row["rank"], row["id"]))["id"])


async def resolve_each(store: GraphStore, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The ids that (label, retired id or `source:key`) stand for, in one statement. Raises NotFound."""
    found = await _aliases(store, asked)
    for label, text in sorted(asked - found.keys()):
        raise NotFound(label, text)
    return found


def ids_by_label(records: Sequence[str], labels: Collection[str], what: str) -> Mapping[str, list[str]]:
    """The ids of typed ids such as `Opportunity:d1`, by label, in their order.

    what: what they must be, as the error says it. Raises UsageError for more than MOST, and for any other.
    """
    if len(records) > MOST:
        raise UsageError(f"{len(records)} records at once; at most {MOST}")
    found: dict[str, list[str]] = defaultdict(list)
    for typed in records:
        label, _, record_id = typed.partition(":")
        if label not in labels or not record_id:
            raise UsageError(f"{typed!r} is no {what}")
        found[label].append(record_id)
    return dict(found)


async def rows_by_any_id(
    store: GraphStore, label: str, asked: Collection[str], read: Callable[[list[str]], Awaitable[list[Row]]]
) -> dict[str, list[Row]]:
    """What `read` finds of `label` nodes, by the ids asked for: our own, retired ones or `source:key`.

    `read` takes our own ids; its rows have `record_id`. An id that leads to nothing is left out.
    """
    found = _by_record(await read(sorted(set(asked))))
    aliases = await _aliases(store, {(label, one) for one in asked if one not in found})
    if aliases:
        behind = _by_record(await read(sorted(set(aliases.values()))))
        found |= {text: behind[own] for (_, text), own in aliases.items() if own in behind}
    return found


def _by_record(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["record_id"]].append(row)
    return dict(found)


async def _aliases(store: GraphStore, asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Our ids, by label and retired id or `source:key`."""
    if not asked:
        return {}
    pairs = {f"{label}|{text}": (label, text) for label, text in asked}
    rows = await store.read("alias.resolve_each", alias_ids=sorted(pairs))
    return {pairs[row["alias_id"]]: str(row["id"]) for row in rows}
