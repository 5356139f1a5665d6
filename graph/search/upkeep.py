"""Keeps an index beside the graph: takes the one that was kept or builds it, and follows the change log.

A large index is built by a process of its own, so that whoever answers meanwhile is not held up; workers that
serve one graph build it once, under a lock, and map its files together.
"""

import multiprocessing
from dataclasses import dataclass
from pathlib import Path

from cypher import template
from graph import migrations
from graph.private import private_folder
from graph.search.document import LABELS
from graph.search.files import Kept, keep, kept_index
from graph.search.finder import Standing, index_of, with_changes
from graph.search.follow import LogSilent, log_of, read_again, touched
from graph.search.index import built
from graph.search.read import all_documents
from graph.store import EngineConfig, Store, open_store
from graph.store.embedded.locks import FileLock

FOLDER = "search"
"""Below RELGRAPH_HOME."""
SMALL = 5_000
"""Nodes that are read at once, without a process beside, and kept in memory alone."""
MOST_LATER = 20_000
"""Documents changed since the index was built, beyond which it is built anew."""
_LOCK_S = 3600.0


@dataclass(frozen=True, slots=True)
class Followed:
    """An index, and what the graph said when it was read: the ids in its log, or its sizes without one."""

    standing: Standing
    changes: frozenset[str]
    sizes: tuple[int, ...]


def read_index(store: Store) -> Standing:
    """An index of the graph as it is, in memory: for commands, notebooks and tests."""
    return index_of(all_documents(store))


def first_index(store: Store) -> Followed:
    """The index that was kept, where it is of this graph; else one that is built now."""
    changes = log_of(store)
    kept = kept_index(_folder(store), _database(store)) if changes else None
    if kept is None or not kept.changes <= changes:
        return _new(store)
    return brought_up(store, Followed(_standing(kept), kept.changes, ()))


def brought_up(store: Store, followed: Followed) -> Followed:
    """The index with what has changed since; the same where nothing has.

    Without a change log only the number of nodes tells that something changed.
    """
    if not followed.changes:
        unchanged = _sizes(store) == followed.sizes and not _count(store, "Change")
        return followed if unchanged else _new(store)
    changes = log_of(store)
    if changes == followed.changes:
        return followed
    if followed.changes - changes:
        return _new(store)
    return _with(store, followed, changes)


def _with(store: Store, followed: Followed, changes: frozenset[str]) -> Followed:
    """The index with these changes; a new one where they do not say what they touched, or too much."""
    try:
        ids = touched(store, changes - followed.changes)
    except LogSilent:
        return _new(store)
    if len(followed.standing.later) + sum(map(len, ids.values())) > MOST_LATER:
        return _new(store)
    standing = with_changes(followed.standing, read_again(store, ids)) if ids else followed.standing
    return Followed(standing, changes, ())


def _new(store: Store) -> Followed:
    """A new index: in memory where the graph is small or has no log to tell a kept one's age."""
    changes, sizes = log_of(store), _sizes(store)
    if not changes or sum(sizes) <= SMALL:
        return Followed(read_index(store), changes, sizes)
    with FileLock(private_folder(_folder(store)) / "build.lock") as lock:
        lock.acquire(_LOCK_S)
        kept = _kept_with(store, changes)
        if kept is None:
            _build_beside(store.config)
            kept = _kept_with(store, frozenset())
    return Followed(read_index(store), changes, sizes) if kept is None else _following(kept)


def _kept_with(store: Store, least: frozenset[str]) -> Kept | None:
    """The kept index where it holds these changes: another worker may have built it meanwhile."""
    kept = kept_index(_folder(store), _database(store))
    return kept if kept is not None and least <= kept.changes else None


def _build_beside(config: EngineConfig) -> None:
    process = multiprocessing.get_context("spawn").Process(target=build, args=(config,), daemon=True)
    process.start()
    process.join()


def build(config: EngineConfig) -> None:
    """Read the graph of `config` and keep an index of it below its home."""
    with open_store(config) as store:
        changes = log_of(store)
        keep(config.home / FOLDER, Kept(built(all_documents(store)), _database(store), changes))


def _following(kept: Kept) -> Followed:
    return Followed(_standing(kept), kept.changes, ())


def _standing(kept: Kept) -> Standing:
    return Standing(kept.index, built(()), frozenset())


def _folder(store: Store) -> Path:
    return store.config.home / FOLDER


def _database(store: Store) -> str:
    return migrations.state(store).database_id or ""


def _sizes(store: Store) -> tuple[int, ...]:
    return tuple(_count(store, label) for label in LABELS)


def _count(store: Store, label: str) -> int:
    (row,) = store.read(template("history.count").render(label=label))
    return int(row["count"])
