"""What is to be sent: where the graph says something else than the source said, or was told."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.outgoing import Outgoing, outgoing
from graph.service import run_sync
from graph.store import Store
from ingest.mapping.push import Push, Sent
from relgraph.outgoing.queue import Change, Queue, Queued

DIGITS = 4
"""Of probabilities: a score that moves less is no change."""
DAY = len("2026-03-01")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Planned:
    """Changes to queue, and fields of which what waits is no longer true."""

    changes: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    records: int
    """That were looked at."""


def plan(store: Store, push: Push, source: str, queue: Queue, now: datetime) -> Planned:
    """Compare every record of the source; nothing is written."""
    changes, withdrawn, count = list[Change](), list[Change](), 0
    for name, record in push.records.items():
        after = ""
        while page := run_sync(store, outgoing, label=record.label, source=source, after=after, now=now):
            for one in page:
                for field, sent in record.fields.items():
                    last = queue.last(name, one.key, field)
                    change = _change(name, one, field, sent, last)
                    if _is_new(change, last, one.loaded_at):
                        changes.append(change)
                    elif _waits_in_vain(change, last):
                        withdrawn.append(change)
            count, after = count + len(page), page[-1].key
    return Planned(tuple(changes), tuple(withdrawn), count)


def _change(name: str, one: Outgoing, field: str, sent: Sent, last: Queued | None) -> Change:
    own = sent.value.removeprefix("field.") if sent.value.startswith("field.") else None
    loaded = one.loaded.get(own) if own else None
    before = _believed(last, loaded, one.loaded_at if own else None)
    return Change(name, one.key, field, _value(one, sent.value), before, sent.source_wins)


def _believed(last: Queued | None, loaded: Any, loaded_at: datetime | None) -> Any:
    """What the source has, as far as we know: what it said last, or was told since.

    loaded_at: None also where the source says nothing of the field by itself.
    """
    if last is None or (loaded_at is not None and loaded_at > (last.done_at or last.queued_at)):
        return loaded
    match last.state:
        case "sent" | "there":
            return last.change.value
        case "waiting":
            return last.change.before
        case _:
            return loaded


def _is_new(change: Change, last: Queued | None, loaded_at: datetime | None) -> bool:
    """Whether it says something that the source neither says itself nor was told, or refused to hear."""
    if same(change.value, change.before):
        return False
    if last is None or last.done_at is None:
        return last is None or last.change != change
    loaded_since = loaded_at is not None and loaded_at > last.done_at
    if not same(last.change.value, change.value):
        return True
    return loaded_since and not same(last.change.before, change.before)


def _waits_in_vain(change: Change, last: Queued | None) -> bool:
    """Whether another value of the field waits, which is no longer so."""
    return last is not None and last.state == "waiting" and not same(last.change.value, change.value)


def _value(one: Outgoing, said: str) -> Any:
    """What the graph says, as JSON takes it; None for nothing."""
    kind, _, name = said.partition(".")
    match kind:
        case "field":
            return _plain(one.own.get(name))
        case "churn":
            found = getattr(one.risk, name) if one.risk else None
            return round(found, DIGITS) if isinstance(found, float) else found
        case "tags":
            return ";".join(sorted(tag.name for tag in one.tags if name in {"", tag.dimension})) or None
        case _:
            return _plain(getattr(one, kind))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return ";".join(map(str, value)) or None if isinstance(value, list | tuple) else value


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: nothing is an empty text, a number may be written as text.

    A moment is compared by its day. Texts that look like numbers are texts: a telephone's zero counts.
    """
    if _is_number(one) or _is_number(other):
        return _number(one) == _number(other)
    return _text(one) == _text(other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> float | None:
    try:
        return float(_text(value))
    except ValueError:
        return None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    plain = _plain(value)
    text = "" if plain is None else str(plain).strip()
    return text[:DAY] if _MOMENT.match(text) else text
