"""A bulk load in two steps: files and staging for a graph of a new identity, then, once imported, its check.

The files hold a graph with an identity of its own, and staging says of it what the graph will have.
So a bulk load that is broken off leaves nothing: no graph bears the identity, and the next one forgets it.
"""

import shlex
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from graph.census import take
from graph.clock import clock_as_kept, clock_as_read, keep_clock
from graph.private import close_files, private_folder
from graph.sql import Relation
from graph.store import Store
from ingest import tables
from ingest.bulk.files import write_files
from ingest.errors import BulkDiffers, BulkFailed, BulkMissing, BulkNotPossible
from ingest.load.ledger import NOTES
from ingest.report import Report
from ingest.sql import statement
from ingest.staging.database import Staging

PREPARED = "load.json"
"""The last file that is written: only a folder that has it can be imported."""
SHOWN = 2000
"""Characters of the import tool's output that an error shows."""


@dataclass(frozen=True, slots=True)
class BulkLoad:
    """A prepared load, with the nodes by label and the relationships by type that the graph will have."""

    run_id: str
    database_id: str
    began: str
    report: dict[str, Any]
    clock: dict[str, Any]
    nodes: dict[str, int]
    relationships: dict[str, int]
    arguments: list[str]
    """For `neo4j-admin`."""


def check_possible(store: Store) -> str:
    """A new identity for the graph that a bulk load makes. Raises BulkNotPossible."""
    if not store.imports_files:
        raise BulkNotPossible("--bulk loads a Neo4j (NEO4J_URI); leave it out for the embedded engine")
    held = take(store).nodes
    if filled := sorted(held):
        shown = ", ".join(f"{held[label]:,} {label}" for label in filled[:3])
        raise BulkNotPossible(
            f"the graph is not empty ({shown}): a bulk load would replace it; leave --bulk out"
        )
    return str(uuid4())


def folder_of(staging: Staging, home: Path, database_id: str) -> Path:
    """An empty folder for the files; what earlier bulk loads left, which the graph is not, is forgotten."""
    for left in _folders(home):
        for kept in NOTES:
            staging.execute(statement("ledger.forget", kept=kept, database_id=left.name))
        shutil.rmtree(left)
    return private_folder(home / "bulk" / database_id)


def write_load(staging: Staging, pending: Relation, folder: Path, database: str, report: Report) -> BulkLoad:
    """The import files and the ledger of a load that no graph holds yet. Raises BulkNotPossible."""
    database_id, run_id = report.database_id, report.run_id
    began = datetime.fromisoformat(report.started_at).astimezone(UTC).isoformat()
    identity = {"database_id": database_id, "created_at": began}
    files = write_files(staging, pending, folder, identity)
    counts = staging.rows(statement("bulk.counts", pending=pending))
    noted = statement("bulk.ledger", pending=pending, database_id=database_id, run_id=run_id)
    staging.append(tables.LEDGER, noted)
    return BulkLoad(
        run_id, database_id, began, report.as_dict(), clock_as_kept(report.clock),
        {name: count for kind, name, count in counts if kind == "node"},
        {name: count for kind, name, count in counts if kind != "node"}, files.arguments(database, folder),
    )  # fmt: skip


def finish_files(folder: Path, load: BulkLoad) -> None:
    """Note that files and staging are whole."""
    unfinished = folder / f"{PREPARED}.part"
    unfinished.write_bytes(orjson.dumps(asdict(load)))
    close_files(folder)
    unfinished.rename(folder / PREPARED)


def prepared(home: Path, database_id: str | None = None) -> BulkLoad:
    """The load that was prepared last, or the one of a graph's identity. Raises BulkMissing."""
    for folder in _folders(home):
        if (folder / PREPARED).is_file() and database_id in (None, folder.name):
            return BulkLoad(**orjson.loads((folder / PREPARED).read_bytes()))
    raise BulkMissing(home)


def import_files(command: str, load: BulkLoad) -> None:
    """Have `command` stop the server, import and start the server. Raises BulkFailed."""
    done = subprocess.run(
        [*shlex.split(command), *load.arguments], check=False, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise BulkFailed(done.returncode, done.stdout[-SHOWN:])


def shown_command(load: BulkLoad) -> str:
    """The words for a shell of the machine where the server runs stopped."""
    return shlex.join(["neo4j-admin", *load.arguments])


def finish(store: Store, home: Path, now: datetime) -> BulkLoad:
    """Check an imported graph, and note the load in it. Raises BulkMissing, BulkDiffers."""
    identity = store.one("schema.version") or {}
    load = prepared(home, identity.get("database_id") or "")
    if differing := sorted(_differing(store, load)):
        raise BulkDiffers(differing)
    store.upsert_nodes("Change", _changes(load))
    keep_clock(store, clock_as_read(load.clock), now)
    props = {
        "kind": "ingest", "started_at": load.began, "finished_at": now.isoformat(), "status": "done",
        "report": orjson.dumps(load.report).decode(),
    }  # fmt: skip
    store.upsert_nodes("Run", [{"id": load.run_id, "props": props}])
    shutil.rmtree(home / "bulk" / load.database_id)
    return load


def _folders(home: Path) -> list[Path]:
    return sorted((home / "bulk").glob("*"))


def _differing(store: Store, load: BulkLoad) -> Iterator[str]:
    census = take(store)
    for expected, found in ((load.nodes, census.nodes), (load.relationships, census.relationships)):
        for name, count in expected.items():
            if found.get(name, 0) != count:
                yield f"{name}: {found.get(name, 0):,} instead of {count:,}"


def _changes(load: BulkLoad) -> Iterator[dict[str, Any]]:
    """The load in the change log: one entry for each label and type."""
    counts: Sequence[tuple[str, int]] = [*load.nodes.items(), *load.relationships.items()]
    for name, count in counts:
        props = {
            "at": load.began,
            "loaded_at": datetime.now(UTC).isoformat(),
            "run_id": load.run_id,
            "actor": "ingest",
            "kind": f"load.{name}",
            "count": count,
        }
        yield {"id": f"{load.run_id}:{name}:bulk", "props": props}
