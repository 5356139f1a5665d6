"""What a load wrote, appended to the kept history as soon as the engine has acknowledged it.

Nothing is read from the graph but its change log and, where a history begins, the number of its nodes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from cypher import template
from graph import migrations
from graph.duckdb_limits import LARGEST, USUAL_LIMITS, DuckDbLimits
from graph.history.acknowledged import dropped_keys, put_rows
from graph.history.compact import compacted
from graph.history.connection import connect
from graph.history.delta import Place, with_delta
from graph.history.folder import locked, read_changes, remove_unnamed, write_changes
from graph.history.manifest import Files, Manifest, replace_manifest, succeeded
from graph.history.opening import FOLDER, Standing, standing
from graph.history.rebuild import empty
from graph.history.tables import TABLES
from graph.history.views import add_views
from graph.private import private_folder
from graph.sql import fill, name
from graph.sql.run import execute
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a load wrote.

    rows: a Parquet file with `kind` (node, fact, part, drop), `name`, `start_label`, `end_label`, `body` (the
    store's row as JSON) and `fresh` (the graph never held it, so that nothing is removed from it).
    cleared: by label or type, the properties that a row which leaves them out no longer has.
    """

    run_id: str
    rows: Path
    cleared: Mapping[str, frozenset[str]]


def append_load(store: Store, home: Path, load: Acknowledged, limits: DuckDbLimits = USUAL_LIMITS) -> bool:
    """Add a load to the history kept in `home`; returns whether the history now holds it.

    Where the folder holds no history of this graph, a first load begins one; else the next opening builds it.
    """
    folder = private_folder(home / FOLDER)
    with locked(folder):
        found = standing(store, folder)
        own = frozenset(key for key in found.log if key.startswith(f"{load.run_id}:"))
        manifest = _begun(store, folder, found, own)
        if manifest is None:
            return False
        added = partial(
            _appended, store, folder, manifest=manifest, load=load, own=own, position=len(found.log)
        )
        least = limits.at_most(LARGEST)
        try:
            return added(least)
        except duckdb.OutOfMemoryException:  # not everything can be spilled; what was begun is written anew
            if least == limits:
                raise
            return added(limits)


def _begun(store: Store, folder: Path, found: Standing, own: frozenset[str]) -> Manifest | None:
    """The manifest to append to; None where there is none that fits."""
    if found.manifest is not None and found.stale is None:
        return found.manifest
    if found.log and found.log == own:
        return empty(folder, migrations.state(store).database_id or "")
    return None


def _appended(
    store: Store, folder: Path, limits: DuckDbLimits, *, manifest: Manifest, load: Acknowledged,
    own: frozenset[str], position: int,
) -> bool:  # fmt: skip
    with (
        TemporaryDirectory(prefix="spill-", dir=folder) as spill,
        connect(limits, Path(spill)) as connection,
    ):
        add_views(connection, folder, manifest.tables)
        connection.read_parquet(str(load.rows)).create_view("acknowledged")
        place = Place(connection, folder, position, manifest.sequence + 1)
        made = _tables(place, manifest.tables, load)
        if not manifest.tables and not _counts_agree(store, connection):
            return False
        made |= compacted(place, made)
    held = read_changes(folder, manifest) | own
    changes = write_changes(folder, place.sequence, held)
    after = succeeded(manifest, made, changes=changes, position=position)
    replace_manifest(folder, after)
    remove_unnamed(folder, after)
    return True


def _tables(place: Place, tables: Mapping[str, Files], load: Acknowledged) -> dict[str, Files]:
    """The files of the tables that the load wrote; nodes before the edges between them."""
    written = {
        what for (what,) in place.connection.execute("SELECT DISTINCT name FROM acknowledged").fetchall()
    }
    made = {}
    for view, table in TABLES.items():
        if table.of in written:
            puts = put_rows(table, load.cleared.get(table.of, frozenset()))
            files = tables.get(view, Files())
            made[view] = with_delta(place, table, files, puts, dropped_keys(table))
    return made


def _counts_agree(store: Store, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a history that begins with a load holds all nodes of the graph: nothing stood there before."""
    for table in TABLES.values():
        if table.kind == "node":
            row = store.one(template("history.count").render(label=table.of))
            count = fill("SELECT count(*) FROM {view}", view=name(table.name))
            ((rows,),) = execute(connection, count).fetchall()
            if row is None or row["count"] != rows:
                return False
    return True
