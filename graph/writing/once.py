"""Writes a statement once, however often it is asked for under its key."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from cypher import Query
from graph.service import GraphStore, Statements, WholeStore, Written
from graph.writing.author import Author
from graph.writing.errors import KeyAlreadyUsed, VersionConflict


@dataclass(frozen=True, slots=True)
class Writing:
    """A write that is ready: a statement of `cypher/writing`, its parameters, and the typed ids it touches.

    The statement makes the Change of `change`, and writes and returns nothing where that stands already, or
    where the records are no longer those that `subject` names. `rest` follows in its transaction, where it
    returned something. `change_kind`: how the kind of the Change begins.
    """

    query: str | Query
    params: Mapping[str, Any]
    touched: tuple[str, ...]
    subject: str = "the record"
    rest: Statements = ()
    change_kind: str = "write"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write did, now or when it was first asked for (`repeated`)."""

    change_id: str
    touched: tuple[str, ...]
    at: datetime
    repeated: bool


async def once(
    store: GraphStore, author: Author, verb: str, words: object, prepare: Callable[[], Awaitable[Writing]]
) -> Outcome:
    """Do what `prepare` makes ready, unless the author's key stands for it already; then say what it did.

    words: all that the author said, as JSON-like values or dataclasses: a key with other words is refused.
    Raises KeyAlreadyUsed, VersionConflict, and what `prepare` raises.
    """

    async def write(writing: Writing, given: Mapping[str, Any]) -> Written:
        return await store.write(writing.query, **given)

    return await _once(store, author, verb, words, prepare, write)


async def once_whole(
    store: WholeStore, author: Author, verb: str, words: object, prepare: Callable[[], Awaitable[Writing]]
) -> Outcome:
    """`once` for a write of several statements: `Writing.rest` belongs to its transaction."""

    async def write(writing: Writing, given: Mapping[str, Any]) -> Written:
        return await store.write_all(writing.query, writing.rest, **given)

    return await _once(store, author, verb, words, prepare, write)


async def _once(
    store: GraphStore, author: Author, verb: str, words: object,
    prepare: Callable[[], Awaitable[Writing]],
    write: Callable[[Writing, Mapping[str, Any]], Awaitable[Written]],
) -> Outcome:  # fmt: skip
    request = _digest(verb, words)
    had = await _had(store, author, request)
    if had is not None:
        return had
    writing = await prepare()
    change = {
        "change_id": author.change_id, "kind": f"{writing.change_kind}.{verb}", "actor": author.source,
        "reason": author.reason, "request": request, "entity_ids": list(writing.touched),
        "count": len(writing.touched),
    }  # fmt: skip
    moments = {"now": author.now.isoformat(), "loaded_at": author.loaded_at.isoformat()}
    written = await write(writing, {**writing.params, **moments, "change": change})
    if written.rows:
        return Outcome(author.change_id, writing.touched, author.now, repeated=False)
    meanwhile = await _had(store, author, request)
    if meanwhile is None:
        raise VersionConflict(writing.subject)
    return meanwhile


async def receipt(store: GraphStore, author: Author, verb: str, words: object) -> Outcome | None:
    """What `once` did for the key already; None where it is new. Raises KeyAlreadyUsed."""
    return await _had(store, author, _digest(verb, words))


async def _had(store: GraphStore, author: Author, request: str) -> Outcome | None:
    """What the key stands for already; raises KeyAlreadyUsed where that was something else."""
    rows = await store.read("writing.receipt", change_id=author.change_id)
    if not rows:
        return None
    if rows[0]["request"] != request:
        raise KeyAlreadyUsed(author.key)
    return Outcome(author.change_id, tuple(rows[0]["entity_ids"]), rows[0]["at"], repeated=True)


def _digest(verb: str, words: object) -> str:
    text = orjson.dumps([verb, words], option=orjson.OPT_SORT_KEYS | orjson.OPT_NAIVE_UTC)
    return hashlib.sha256(text).hexdigest()[:32]
