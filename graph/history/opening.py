"""Opening a kept history: it is caught up with the change log, or built anew where the log cannot tell."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from graph import migrations
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.history.catch_up import LogSilent, caught_up, ids_to_read
from graph.history.compact import compacted
from graph.history.connection import connect
from graph.history.delta import Place
from graph.history.folder import is_whole, locked, read_changes, remove_unnamed, write_changes
from graph.history.history import History
from graph.history.manifest import Manifest, read_manifest, replace_manifest, succeeded
from graph.history.pages import Reader
from graph.history.rebuild import rebuild
from graph.history.views import add_views
from graph.private import private_folder
from graph.store import Store

FOLDER = "history"
"""Below RELGRAPH_HOME."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A kept history beside the change log of its graph."""

    manifest: Manifest | None
    stale: str | None
    """Why it must be built anew; None where it need not."""
    missing: frozenset[str]
    """Changes of the log that it does not hold."""
    log: frozenset[str]


def open_history(store: Store, home: Path, limits: DuckDbLimits = USUAL_LIMITS) -> History:
    """The history kept in `home`, brought up to the change log. limits: of DuckDB.

    A graph without a change log (nothing was loaded into it) cannot say what changed: it is read whole.
    """
    folder = private_folder(home / FOLDER)
    with locked(folder):
        manifest = brought_up(store, folder, limits)
    with ExitStack() as opened:
        spill = opened.enter_context(TemporaryDirectory(prefix="spill-", dir=folder))
        connection = opened.enter_context(connect(limits, Path(spill)))
        add_views(connection, folder, manifest.tables)
        return History(
            connection, manifest.position, manifest.complete_since, manifest.tables, opened.pop_all()
        )


def rebuild_history(store: Store, home: Path, limits: DuckDbLimits = USUAL_LIMITS) -> Manifest:
    """The history kept in `home`, read from the graph anew."""
    folder = private_folder(home / FOLDER)
    with locked(folder):
        return rebuild(store, folder, migrations.state(store).database_id or "", limits)


def standing(store: Store, folder: Path) -> Standing:
    """How the history in this folder stands to the graph."""
    database_id = migrations.state(store).database_id or ""
    log = frozenset(row["change_id"] for row in store.stream("history.changes"))
    manifest = read_manifest(folder)
    if manifest is None:
        return Standing(None, "there is none that this program can read", log, log)
    held = read_changes(folder, manifest) if is_whole(folder, manifest) else None
    if held is None:
        return Standing(manifest, "files are missing", log, log)
    return Standing(manifest, _stale(manifest, database_id, held, log), log - held, log)


def standing_of(store: Store, home: Path) -> Standing | None:
    """How the history kept in `home` stands to the graph; None where there is none."""
    folder = home / FOLDER
    return standing(store, folder) if folder.is_dir() else None


def brought_up(store: Store, folder: Path, limits: DuckDbLimits) -> Manifest:
    """The manifest of a history that holds all of the log; the caller has the lock."""
    found = standing(store, folder)
    if found.manifest is None or found.stale is not None:
        return rebuild(store, folder, migrations.state(store).database_id or "", limits)
    if not found.missing:
        return found.manifest
    try:
        return catch_up(store, folder, limits, found.manifest, found)
    except LogSilent:
        return rebuild(store, folder, found.manifest.database_id, limits)


def catch_up(
    store: Reader, folder: Path, limits: DuckDbLimits, manifest: Manifest, found: Standing
) -> Manifest:
    """The manifest after reading what the missing changes touched. Raises LogSilent."""
    asked = ids_to_read(store, found.missing)
    with (
        TemporaryDirectory(prefix="spill-", dir=folder) as spill,
        connect(limits, Path(spill)) as connection,
    ):
        add_views(connection, folder, manifest.tables)
        place = Place(connection, folder, len(found.log), manifest.sequence + 1)
        made = caught_up(store, place, manifest.tables, asked)
        made |= compacted(place, made)
    changes = write_changes(folder, place.sequence, found.log)
    after = replace_manifest(folder, succeeded(manifest, made, changes=changes, position=place.position))
    remove_unnamed(folder, after)
    return after


def _stale(manifest: Manifest, database_id: str, held: frozenset[str], log: frozenset[str]) -> str | None:
    if manifest.database_id != database_id:
        return "it is a copy of another graph"
    if not log:
        return "the graph has no change log"
    if held - log:
        return "the graph lacks changes that it holds: it was emptied, or restored from an older backup"
    return None
