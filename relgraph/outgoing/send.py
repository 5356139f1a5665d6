"""Sending what is queued: a record is read, compared and written, and then noted.

Killed between writing and noting, the record is read again, found to have the values, and noted: nothing is
sent twice. Where an API tells no record, the same values are set again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.mapping.push import Push
from ingest.source.connector import Ask
from ingest.target.csv_file import write_files
from ingest.target.errors import RecordRefused
from ingest.target.open import open_target
from relgraph.outgoing.plan import same
from relgraph.outgoing.queue import Change, Queue, Queued, State

if TYPE_CHECKING:
    from ingest.target.rest import RestTarget

Wall = Callable[[], datetime]


def send(queue: Queue, push: Push, ask: Ask, wall: Wall) -> Counter[State]:
    """Send everything that waits; how many changes came to which state.

    Raises TargetFailed, PullInvalid, SecretMissing, ConnectorMissing: what was not sent waits.
    """
    if not queue.counts().get("waiting"):
        return Counter()
    return _to_files(queue, push, wall) if push.connector == "csv" else _to_api(queue, push, ask, wall)


def _to_files(queue: Queue, push: Push, wall: Wall) -> Counter[State]:
    waiting = [one for found in queue.waiting() for one in found]
    beside = queue.mapping.parent if queue.mapping else Path()
    told = Counter[State]()
    for name in push.records:
        of_record = [one for one in waiting if one.change.record == name]
        rows: dict[str, dict[str, object]] = {}
        for one in of_record:
            rows.setdefault(one.change.key, {})[one.change.field] = one.change.value
        if of_record:
            queued_at = max(one.queued_at for one in of_record)  # killed before noting, the same file again
            write_files(beside / push.options["folder"], name, rows.items(), queued_at)
        queue.done([one.change_id for one in of_record], "sent", None, wall())
        told["sent"] += len(of_record)
    return told


def _to_api(queue: Queue, push: Push, ask: Ask, wall: Wall) -> Counter[State]:
    told = Counter[State]()
    with closing(open_target(push, ask)) as target:
        for waiting in queue.waiting():
            told += _record(queue, target, waiting, wall)
    return told


def _id_of(changes: list[Queued]) -> str:
    """Of one request: the same changes have the same."""
    return hashlib.sha256("|".join(one.change_id for one in changes).encode()).hexdigest()[:24]


def _record(queue: Queue, target: "RestTarget", waiting: list[Queued], wall: Wall) -> Counter[State]:
    """Send the changes of one record."""
    record, key = waiting[0].change.record, waiting[0].change.key
    told, to_send = Counter[State](), list[Queued]()

    def note(found: list[Queued], state: State, why: str | None = None) -> None:
        queue.done([one.change_id for one in found], state, why, wall())
        told[state] += len(found)

    try:
        present = target.present(record, key, [one.change.field for one in waiting])
    except RecordRefused as error:
        note(waiting, "refused", str(error))
        return told
    for one in waiting:
        match _met(one.change, present):
            case None:
                to_send.append(one)
            case state, why:
                note([one], state, why)
    if to_send:
        fields = {one.change.field: one.change.value for one in to_send}
        try:
            target.write(record, key, fields, _id_of(to_send))
        except RecordRefused as error:
            note(to_send, "refused", str(error))
        else:
            note(to_send, "sent")
    return told


def _met(change: Change, present: Mapping[str, Any] | None) -> tuple[State, str | None] | None:
    """What becomes of a change by what the source has now; None where it is to be sent."""
    if present is None:
        return None
    now = present[change.field]
    if same(now, change.value):
        return "there", None
    if change.source_wins and not same(now, change.before):
        return "conflict", f"the source says {now!r} now, and said {change.before!r}"
    return None
