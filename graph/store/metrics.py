"""Calls, rows and time per query name, counted in this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(frozen=True, slots=True)
class QueryCount:
    """What one query cost so far."""

    calls: int = 0
    failures: int = 0
    rows: int = 0
    seconds: float = 0.0

    def plus(self, rows: int, seconds: float, *, failed: bool) -> "QueryCount":
        """This count with one more call."""
        return QueryCount(self.calls + 1, self.failures + failed, self.rows + rows, self.seconds + seconds)


@dataclass(slots=True)
class Call:
    """One call in progress; the caller sets `rows`."""

    rows: int = 0


@dataclass(slots=True)
class Metrics:
    """Counts per query name; safe to use from several threads."""

    _counts: dict[str, QueryCount] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def call(self, name: str) -> Iterator[Call]:
        """Time one call; it counts as a failure when the block raises."""
        call, started, failed = Call(), perf_counter(), True
        try:
            yield call
            failed = False
        finally:
            with self._lock:
                before = self._counts.get(name, QueryCount())
                self._counts[name] = before.plus(call.rows, perf_counter() - started, failed=failed)

    def snapshot(self) -> dict[str, QueryCount]:
        with self._lock:
            return dict(self._counts)
