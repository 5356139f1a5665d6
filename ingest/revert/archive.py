"""What each load had typed, kept beside staging, so that the loads that remain can be compared anew.

A folder per load in `runs/`: the typed rows and what the load found of them, as Parquet, before anything was
compared with the graph. A load that was killed leaves a folder whose name ends in `.part`.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph import sql
from graph.clock import Clock, clock_as_kept, clock_as_read
from graph.private import close_files, private_folder
from graph.sql import Relation, Sql, fill
from graph.store import Store
from ingest import tables
from ingest.load.compare import Rows
from ingest.load.contributions import stated_properties
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging

FOLDER, PART = "runs", ".part"
ABOUT = "run.json"


@dataclass(frozen=True, slots=True)
class Archived:
    """A load whose typed rows are kept.

    place: its number in the order of loads. whole: nothing had been loaded into the graph before it without
    being kept. stated: the properties by label that its mapping states. finished: it was not killed. clock:
    its own now. columns: of its files, by dataset.
    """

    place: int
    run_id: str
    database_id: str
    whole: bool
    mapping: Mapping
    stated: dict[str, list[str]]
    folder: Path
    finished: bool
    clock: Clock
    columns: dict[str, list[str]]

    def file(self, name: str) -> Path:
        """One of its Parquet files."""
        return self.folder / f"{name}.parquet"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a load has found in its files.

    bad: the bad rows before any row was identified. clock: the load's own. columns: of the files, by dataset.
    """

    rows: Rows
    bad: Relation
    clock: Clock
    columns: dict[str, tuple[str, ...]]


def keep_run(
    staging: Staging, store: Store, home: Path, run_id: str, database_id: str, typed: Typed, pending: Relation
) -> None:  # fmt: skip
    """Keep what a load has typed and is about to write."""
    rows, place = typed.rows, _next_place(home)
    folder = private_folder(private_folder(home / FOLDER) / f"{place:08d}-{run_id}{PART}")
    for name, query in _parts(rows, typed.bad, pending, run_id):
        staging.execute(sql.as_parquet(query, folder / f"{name}.parquet"))
    about = {
        "run_id": run_id, "database_id": database_id, "place": place,
        "whole": _is_whole(staging, store, home, database_id),
        "clock": clock_as_kept(typed.clock), "columns": typed.columns,
        "mapping": rows.mapping.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "stated": {label: sorted(names) for label, names in stated_properties(rows.rules).items()},
    }  # fmt: skip
    (folder / ABOUT).write_bytes(orjson.dumps(about))
    close_files(folder)


def _parts(rows: Rows, typed_bad: Relation, pending: Relation, run_id: str) -> Iterable[tuple[str, Sql]]:
    for name in making(rows.mapping):
        yield f"val_{name}", fill("SELECT * FROM {t}", t=tables.value_rows(name, {}).table)
        clean = tables.clean_rows(name, ()).table
        yield f"clean_{name}", fill("SELECT __seq, __file, __row, __hash, __copy FROM {t}", t=clean)
    yield "bad", fill("SELECT * FROM {t}", t=typed_bad.table)
    yield "refused", fill("SELECT DISTINCT dataset, seq FROM {t}", t=rows.bad.table)
    yield "exported", fill("SELECT * FROM {t}", t=rows.exported.table)
    yield "key", fill("SELECT * FROM {t}", t=rows.keys.table)
    yield "pending", statement("revert.written", pending=pending, run_id=run_id)


def making(mapping: Mapping) -> list[str]:
    """Datasets that make something (the others only serve look-ups)."""
    return [name for name, dataset in mapping.datasets.items() if dataset.makes_something]


def _is_whole(staging: Staging, store: Store, home: Path, database_id: str) -> bool:
    """Whether every load that the graph has is kept."""
    every = kept_runs(home)
    for run in every:
        if run.database_id == database_id and run.finished:
            return run.whole
    kept = [run.run_id for run in every]
    unknown = statement("revert.not_kept", ledger=tables.LEDGER, database_id=database_id, kept=kept)
    return not staging.rows(unknown) and has_only(store, kept)


def has_only(store: Store, run_ids: list[str]) -> bool:
    """Whether a graph holds these loads and no other one, as it says itself.

    Another home may have loaded it, or the backup that it was restored from; of what an import has brought
    no run may speak at all.
    """
    if store.one("ingest.other_run", kept=run_ids) is not None:
        return False
    return store.one("ingest.any_run") is not None or store.one("ingest.any_alias") is None


def finish_run(home: Path, run_id: str) -> None:
    """Say of a kept load that the graph and staging have it."""
    (folder,) = (home / FOLDER).glob(f"*-{run_id}{PART}")
    folder.rename(folder.with_name(folder.name.removesuffix(PART)))


def archived_runs(home: Path, database_id: str) -> list[Archived]:
    """The loads of a graph that are kept, in their order, killed ones included."""
    return [run for run in kept_runs(home) if run.database_id == database_id]


def kept_runs(home: Path) -> list[Archived]:
    """The loads of all graphs that are kept in a home, in their order, killed ones included."""
    return [_read(folder) for folder in _folders(home)]


def newest_runs(home: Path, most: int) -> list[Archived]:
    """The last of them, the newest first."""
    return [_read(folder) for folder in reversed(_folders(home)[-most:])]


def _folders(home: Path) -> list[Path]:
    """Their folders, which are named by their places; one that was not written whole counts for nothing."""
    return sorted(file.parent for file in (home / FOLDER).glob(f"*/{ABOUT}"))


def _next_place(home: Path) -> int:
    """The place of a load that follows all others of its home."""
    places = (int(folder.name.partition("-")[0]) for folder in (home / FOLDER).glob("*-*"))
    return max(places, default=0) + 1


def _read(folder: Path) -> Archived:
    about = orjson.loads((folder / ABOUT).read_bytes())
    return Archived(
        about["place"],
        about["run_id"],
        about["database_id"],
        about["whole"],
        Mapping.model_validate(about["mapping"]),
        about["stated"],
        folder,
        not folder.name.endswith(PART),
        clock_as_read(about["clock"]),
        about["columns"],
    )


def tidy_runs(home: Path) -> None:
    """Give up what loads that were killed have left and nobody reads: all but what they were about to write.

    Only while no load is running: whoever has the staging file open is alone.
    """
    for folder in (home / FOLDER).glob("*-*"):
        if not (folder / ABOUT).exists():
            shutil.rmtree(folder)
    for file in (home / FOLDER).glob(f"*{PART}/*.parquet"):
        if file.stem != "pending":
            file.unlink()


def forget_run(run: Archived) -> None:
    """Give up what is kept of a load."""
    shutil.rmtree(run.folder)


def forget_runs(home: Path, database_id: str) -> None:
    """Give up all that is kept of a graph which was emptied, or restored from an older backup."""
    for run in archived_runs(home, database_id):
        forget_run(run)
