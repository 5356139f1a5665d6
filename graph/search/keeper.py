"""Keeps an index beside the graph: loads the one that was kept or builds it, and follows the change log.

It runs in a thread with a store of its own. A large index is built by a process of its own, so that whoever
answers meanwhile is not held up; workers that serve one graph build it once and map its files together.
"""

import logging
import multiprocessing
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cypher import template
from graph import migrations
from graph.private import private_folder
from graph.search.asked import Asked
from graph.search.document import LABELS, Document, Kind
from graph.search.files import Kept, keep, kept_index
from graph.search.finder import Standing, index_of, with_changes
from graph.search.follow import LogSilent, log_of, read_again, touched
from graph.search.index import built
from graph.search.read import all_documents
from graph.store import EngineConfig, Store, StoreError, open_store
from graph.store.embedded.locks import FileLock

log = logging.getLogger("relgraph.search")

FOLDER = "search"
"""Below RELGRAPH_HOME."""
SMALL = 5_000
"""Nodes that are read at once in the thread itself, and kept in memory alone."""
MOST_LATER = 20_000
"""Documents changed since the index was built, beyond which it is built anew."""
_LOCK_S = 3600.0
_PAUSE_S = 1.0


def read_index(store: Store) -> Standing:
    """An index of the graph as it is, in memory: for commands, notebooks and tests."""
    return index_of(all_documents(store))


@dataclass(frozen=True, slots=True)
class _Followed:
    """An index, and what the graph said when it was read: the ids in its log, or its sizes without one."""

    standing: Standing
    changes: frozenset[str]
    sizes: tuple[int, ...]


class IndexKeeper:
    """A `Finder` that is never older than a few seconds; None until its first index stands."""

    def __init__(self, config: EngineConfig) -> None:
        self._config = config
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._followed: _Followed | None = None

    def candidates(self, asked: Asked, most: Mapping[Kind, int]) -> list[Document] | None:
        """Documents that have most in common with what is asked; None while there is no index."""
        followed = self._followed
        return None if followed is None else followed.standing.candidates(asked, most)

    def start(self) -> None:
        """Begin to build or load, and to follow; returns at once."""
        self._thread = threading.Thread(target=self._run, name="search-index", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End following."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with open_store(self._config) as store:
                    self._follow(store)
            except StoreError as error:
                log.warning("the search index waits for the engine: %s", error)
            self._stop.wait(_PAUSE_S)

    def _follow(self, store: Store) -> None:
        if self._followed is None:
            self._followed = self._first(store)
        while not self._stop.wait(_PAUSE_S):
            self._followed = self._brought_up(store, self._followed)

    def _first(self, store: Store) -> _Followed:
        """The index that was kept, where it is of this graph; else one that is built now."""
        changes = log_of(store)
        kept = kept_index(self._folder, _database(store)) if changes else None
        if kept is None or not kept.changes <= changes:
            return self._built(store)
        return self._brought_up(store, _Followed(_standing(kept), kept.changes, ()))

    def _brought_up(self, store: Store, followed: _Followed) -> _Followed:
        """The index with what has changed since; the same where nothing has."""
        if not followed.changes:
            return followed if _sizes(store) == followed.sizes and not log_of(store) else self._built(store)
        if _count(store, "Change") == len(followed.changes):
            return followed
        changes = log_of(store)
        if followed.changes - changes:
            return self._built(store)
        try:
            ids = touched(store, changes - followed.changes)
        except LogSilent as silent:
            log.info("the search index is built anew: %s", silent)
            return self._built(store)
        later = len(followed.standing.later) + sum(map(len, ids.values()))
        if later > MOST_LATER:
            return self._built(store)
        standing = with_changes(followed.standing, read_again(store, ids)) if ids else followed.standing
        return _Followed(standing, changes, ())

    def _built(self, store: Store) -> _Followed:
        """A new index, in this thread where the graph is small or has no log to tell a kept one's age."""
        changes, sizes = log_of(store), _sizes(store)
        if not changes or sum(sizes) <= SMALL:
            return _Followed(read_index(store), changes, sizes)
        private_folder(self._config.home)
        with FileLock(private_folder(self._folder) / "build.lock") as lock:
            lock.acquire(_LOCK_S)
            kept = self._kept(store, changes)
            if kept is None:
                _build_beside(self._config)
                kept = self._kept(store, frozenset())
        if kept is None:
            return _Followed(read_index(store), changes, sizes)
        return _Followed(_standing(kept), kept.changes, ())

    def _kept(self, store: Store, least: frozenset[str]) -> Kept | None:
        """The kept index where it holds these changes: another worker may have built it meanwhile."""
        kept = kept_index(self._folder, _database(store))
        return kept if kept is not None and least <= kept.changes else None

    @property
    def _folder(self) -> Path:
        return self._config.home / FOLDER


def _build_beside(config: EngineConfig) -> None:
    process = multiprocessing.get_context("spawn").Process(target=build, args=(config,), daemon=True)
    process.start()
    process.join()


def build(config: EngineConfig) -> None:
    """Read the graph of `config` and keep an index of it below its home."""
    with open_store(config) as store:
        changes = log_of(store)
        keep(config.home / FOLDER, Kept(built(all_documents(store)), _database(store), changes))


def _standing(kept: Kept) -> Standing:
    return Standing(kept.index, built(()), frozenset())


def _database(store: Store) -> str:
    return migrations.state(store).database_id or ""


def _sizes(store: Store) -> tuple[int, ...]:
    return tuple(_count(store, label) for label in LABELS)


def _count(store: Store, label: str) -> int:
    (row,) = store.read(template("history.count").render(label=label))
    return int(row["count"])
