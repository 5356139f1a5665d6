"""Asks fifty texts of each way and says how often the right one came first, and how long an answer took."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from bench.report import Cell
from bench.search.company import Directory, Subject
from bench.search.misspell import WAYS, asked
from graph.search import Answer, Finder, search
from graph.service import run_sync
from graph.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = 50


@dataclass(slots=True)
class Tally:
    """What was seen of one way."""

    first: int = 0
    told: int = 0
    five: int = 0
    milliseconds: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """Processor time of this process, without the engine's and without waiting."""
    missed: list[str] = field(default_factory=list)


def measured(store: Store, finder: Finder, found: Directory, seed: int) -> list[tuple[Cell, ...]]:
    """A row per way: first, first or alike as the answer says, in the first five, p50 and p95."""
    return [_row(way, _judged(store, finder, asked(way, found, TEXTS, seed))) for way in WAYS]


def _judged(store: Store, finder: Finder, texts: list[tuple[str, Subject]]) -> Tally:
    tally = Tally()
    run_sync(store, search, finder, text="to warm up", as_of=NOW)
    for text, subject in texts:
        began, worked = time.perf_counter(), time.process_time()
        answer = run_sync(store, search, finder, text=text, as_of=NOW)
        tally.milliseconds.append((time.perf_counter() - began) * 1000)
        tally.own.append((time.process_time() - worked) * 1000)
        _count(tally, answer, text, subject, lambda words: run_sync(
            store, search, finder, text=words, as_of=NOW, first=50
        ))  # fmt: skip
    return tally


def _count(tally: Tally, answer: Answer, text: str, subject: Subject, more: Callable[[str], Answer]) -> None:
    """Among the alike counts as first where the answer says that it is ambiguous."""
    ids = [hit.node_id for hit in answer.hits]
    first = ids[:1] == [subject.id]
    alike = answer.ambiguous and subject.id in {hit.node_id for hit in more(text).hits if hit.alike}
    tally.first += first
    tally.told += first or alike
    tally.five += subject.id in ids[:5] or alike
    if not first and not alike:
        tally.missed.append(f"{text!r} for {subject.props['name']}")


def _row(way: str, tally: Tally) -> tuple[Cell, ...]:
    share = [
        f"{100 * count / len(tally.milliseconds):.0f}%" for count in (tally.first, tally.told, tally.five)
    ]
    p50, p95 = np.percentile(tally.milliseconds, (50, 95))
    own = float(np.percentile(tally.own, 95))
    return (way, *share, float(p50), float(p95), own, "; ".join(tally.missed[:2]))
