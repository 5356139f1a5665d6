"""Takes readings from requests and has a thread write them, so that no request waits for the disk."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import orjson

from graphql_api.audit.file import Retention, TrailFile, key_of
from graphql_api.audit.line import Pseudonyms, Reading, document_of

WRITE_EVERY_S = 0.5
"""A reading is on the disk so long after it was answered; a process that is killed loses no more."""
_MOST_WAITING = 1_000_000
"""Subjects of readings that wait for the disk, some 100 MB; what comes beyond is dropped and counted."""

log = logging.getLogger("graphql_api")


class Counts(NamedTuple):
    """Readings since the process started: written, dropped, and waiting for the disk.

    Dropped is what finds no room, and what cannot be written at all.
    """

    written: int
    dropped: int
    waiting: int


class Trail(Protocol):
    """Where requests note what they told."""

    def note(self, reading: Reading) -> None:
        """Keep it."""


class NoTrail:
    """Keeps nothing, in tests and where there is no folder for it."""

    def note(self, reading: Reading) -> None:
        """Forget it."""


class Journal:
    """The trail of this process. `note` never waits; what cannot be kept is counted and told in the trail."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime],
        retention: Retention | None = None,
        most_waiting: int = _MOST_WAITING,
    ) -> None:
        self._home = home
        self._clock = clock
        self._file = TrailFile(home, retention or Retention())
        self._most_waiting = most_waiting
        self._waiting: deque[Reading] = deque()
        self._subjects = 0
        self._written = self._dropped = self._untold = 0
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._failing = False

    def note(self, reading: Reading) -> None:
        """Keep it; where too much waits for the disk, count it as dropped."""
        with self._lock:
            if self._subjects + len(reading.subjects) > self._most_waiting:
                self._dropped += 1
                self._untold += 1
                return
            self._waiting.append(reading)
            self._subjects += len(reading.subjects)

    def start(self) -> None:
        """Begin to write."""
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="audit trail", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and close the file; where something still waits it is left as cut."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            whole = not self._waiting and not self._untold
        try:
            if whole:
                self._file.close(self._clock())
            else:
                self._file.leave()
        except OSError as error:
            log.error("the audit trail cannot be closed: %s", error)

    def counts(self) -> Counts:
        """How many were written, dropped, and wait."""
        with self._lock:
            return Counts(self._written, self._dropped, len(self._waiting))

    def _run(self) -> None:
        while not self._ending.wait(WRITE_EVERY_S):
            self._write()
        self._write()

    def _write(self) -> None:
        """What waits goes to the disk, and stays waiting where the disk refuses."""
        with self._lock:
            batch, untold = list(self._waiting), self._untold
        if not batch and not untold:
            return
        now = self._clock()
        try:
            bodies, faults = _bodies(batch, Pseudonyms(key_of(self._home)))
            if untold or faults:
                bodies.append(orjson.dumps({"dropped": untold + len(faults), "until": now.isoformat()}))
            self._file.append(bodies, now)
        except OSError as error:
            if not self._failing:
                log.error("the audit trail cannot be written: %s", error)
            self._failing = True
            return
        self._failing = False
        if faults:
            log.error("the audit trail cannot hold %d readings: %s", len(faults), ", ".join(set(faults)))
        self._taken(batch, untold, len(faults))

    def _taken(self, batch: list[Reading], untold: int, faults: int) -> None:
        with self._lock:
            for reading in batch:
                self._waiting.popleft()
                self._subjects -= len(reading.subjects)
            self._written += len(batch) - faults
            self._dropped += faults
            self._untold -= untold


def _bodies(batch: list[Reading], pseudonyms: Pseudonyms) -> tuple[list[bytes], list[str]]:
    """The documents of readings as JSON, and of those that JSON cannot hold the class of the error."""
    bodies, faults = [], []
    for reading in batch:
        try:
            bodies.append(orjson.dumps(document_of(reading, pseudonyms)))
        except (TypeError, ValueError) as error:
            faults.append(type(error).__name__)
    return bodies, faults
