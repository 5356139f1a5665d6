"""Whether data get in as they should: what the worker said last, and what waits in the inbox."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from graph.inbox.waiting import inbox_standing
from graph.service import GraphStore
from graph.store import Store

RUN_ID = "work"
"""The `Run` node in which the worker says how it stands."""
LATE = timedelta(minutes=5)
"""Events that wait longer, or a worker that was not heard of for longer, are late."""
ROUND = timedelta(hours=6)
"""A round of work that takes longer is late: most likely its process was killed."""

Doing = Literal["looking", "working", "stopped"]
State = Literal["none", "ok", "late", "failed"]


@dataclass(frozen=True, slots=True)
class Word:
    """What the worker says of itself.

    doing: it looks every `interval_s` seconds, works since `at`, or has been stopped. failed: what is
    wrong since the last round that did something, a sentence each.
    """

    doing: Doing
    at: datetime
    interval_s: float
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """How it stands, in one word and in a sentence.

    `none`: no worker has ever looked and nothing waits; `late`: something waits, or the worker was not
    heard of, for longer than it should; `failed`: something could not be loaded or derived.
    """

    state: State
    shown: str
    word: Word | None
    waiting: int
    since: datetime | None


def keep_word(store: Store, word: Word) -> None:
    """Say in the graph how the worker stands."""
    report = asdict(word) | {"at": word.at.isoformat()}
    props = {
        "kind": "worker", "status": word.doing, "started_at": word.at.isoformat(),
        "finished_at": word.at.isoformat(), "report": orjson.dumps(report).decode(),
    }  # fmt: skip
    store.upsert_nodes("Run", [{"id": RUN_ID, "props": props}])


async def work_standing(store: GraphStore, wall: datetime) -> WorkStanding:
    """How it stands at `wall`, the wall clock."""
    rows = await store.read("work.word")
    word = _word(orjson.loads(rows[0]["report"])) if rows else None
    inbox = await inbox_standing(store)
    state, shown = _judged(word, inbox.waiting, inbox.since, wall)
    return WorkStanding(state, shown, word, inbox.waiting, inbox.since)


def _word(kept: dict[str, Any]) -> Word:
    at = datetime.fromisoformat(kept["at"])
    return Word(kept["doing"], at, kept["interval_s"], tuple(kept["failed"]))


def _judged(word: Word | None, waiting: int, since: datetime | None, wall: datetime) -> tuple[State, str]:
    if word is not None and word.doing != "stopped" and wall - word.at > _patience(word):
        return "late", f"the worker was last heard of at {_shown(word.at)}, {word.doing}"
    if since is not None and wall - since > LATE and (word is None or word.doing != "working"):
        return "late", f"{waiting:,} events wait since {_shown(since)}"
    if word is not None and word.failed:
        return "failed", "; ".join(word.failed)
    events = f", {waiting:,} events wait" if waiting else ""
    if word is None:
        return ("ok", f"no worker yet{events}") if waiting else ("none", "no worker yet")
    return "ok", f"{word.doing} at {_shown(word.at)}{events}"


def _patience(word: Word) -> timedelta:
    return ROUND if word.doing == "working" else max(LATE, timedelta(seconds=4 * word.interval_s))


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
