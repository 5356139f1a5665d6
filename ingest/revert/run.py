"""One revert: find the load, compare the others anew without it, write what differs, and note it."""

from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from graph import sql
from graph.clock import Clock, keep_clock, kept_clock
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.service import run_sync
from graph.sql import fill
from graph.store import Store
from ingest import tables
from ingest.clock.choose import later
from ingest.load.ledger import NOTES, check_ledger
from ingest.load.merged import join_again, set_apart
from ingest.options import Step
from ingest.revert.apply import Scribe, apply, leave_spoken_of
from ingest.revert.archive import FOLDER, Archived, archived_runs, forget_run, has_only
from ingest.revert.errors import CannotRevert
from ingest.revert.replay import replay
from ingest.scratch import scratch_of
from ingest.sql import statement
from ingest.staging.database import STAGING, Staging, open_staging
from ingest.which_run import database_id_of, new_run_id

MARK = "reverting.json"
"""Names the revert that has begun and not ended, in `runs/`."""


@dataclass(frozen=True, slots=True)
class Reverted:
    """What a revert did.

    put, dropped: items by label or type. stays: entities, by label, that no load states any longer and of
    which people have said something. unreferred: rows of later loads that now wait in quarantine. killed:
    other loads that had not come to their end; what they had written went, too.
    """

    run_id: str
    revert_id: str
    put: dict[str, int]
    dropped: dict[str, int]
    stays: dict[str, list[str]]
    unreferred: int
    killed: list[str]

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def revert(
    store: Store, home: Path, run_id: str, wall: datetime, *, step: Step = lambda _: None,
    limits: DuckDbLimits = USUAL_LIMITS,
) -> Reverted:  # fmt: skip
    """Take a load back: the graph holds what the remaining loads add up to, and what people and derive said.

    wall: the wall clock. A revert that is killed is finished by the next revert or load. Raises CannotRevert.
    """
    database_id = database_id_of(store)
    with closing(open_staging(home, limits)) as staging:
        if not check_ledger(staging, store, database_id):
            raise CannotRevert("the graph was emptied or restored since its last load; load the exports anew")
        finish_revert(staging, store, home, database_id, wall, limits)
        run = _found(store, archived_runs(home, database_id), run_id)
        mark = _mark(home, run, wall)
        return _finish(staging, store, home, mark, wall, step, limits)


def finish_revert(
    staging: Staging, store: Store, home: Path, database_id: str, wall: datetime, limits: DuckDbLimits
) -> None:
    """Finish a revert of this graph that was killed."""
    mark = home / FOLDER / MARK
    if mark.exists() and orjson.loads(mark.read_bytes())["database_id"] == database_id:
        _finish(staging, store, home, mark, wall, lambda _: None, limits)


def _found(store: Store, runs: list[Archived], run_id: str) -> Archived:
    """The load of this id. Raises CannotRevert."""
    for run in runs:
        if run.run_id == run_id:
            if not all(one.whole for one in runs) or not has_only(store, [one.run_id for one in runs]):
                raise CannotRevert(
                    "the graph holds loads that are not kept in this RELGRAPH_HOME (it was restored, loaded "
                    "from another home, or by a version without reverts); load its exports anew into a new "
                    "RELGRAPH_HOME and an empty graph to be able to take loads back"
                )
            return run
    raise CannotRevert(f"no load {run_id!r} is kept for this graph; `relgraph runs list` shows the loads")


def _mark(home: Path, run: Archived, wall: datetime) -> Path:
    path = home / FOLDER / MARK
    about = {"run_id": run.run_id, "revert_id": new_run_id(wall), "database_id": run.database_id}
    path.write_bytes(orjson.dumps(about))
    path.chmod(0o600)
    return path


def _finish(
    staging: Staging, store: Store, home: Path, mark: Path, wall: datetime, step: Step, limits: DuckDbLimits
) -> Reverted:
    about = orjson.loads(mark.read_bytes())
    revert_id, database_id = about["revert_id"], about["database_id"]
    runs = archived_runs(home, database_id)
    gone = [run for run in runs if run.run_id == about["run_id"] or not run.finished]
    remaining = [run for run in runs if run not in gone]
    with scratch_of(home, revert_id) as scratch:
        step("comparing the other loads anew")
        with closing(open_staging(scratch, limits)) as aside:
            replay(aside, remaining)
        staging.execute(fill("ATTACH {p} AS replayed (READ_ONLY)", p=sql.bind(str(scratch / STAGING))))
        _compare(staging, runs, gone, about)
        step("writing")
        done = _write(staging, store, about, [run.run_id for run in gone if not run.finished], wall)
        _note_begun(store, about, wall)  # the ledger is believed only where the graph has its newest run
        _note(staging, database_id, about)
        for run in remaining:
            _journal_anew(staging, run)
        staging.execute(sql.Sql("DETACH replayed"))
    _keep_clock(store, remaining, wall)
    _note_run(store, done, [run.run_id for run in gone], wall)
    for run in gone:
        forget_run(run)
    mark.unlink()
    return done


def _compare(staging: Staging, runs: list[Archived], gone: list[Archived], about: dict[str, str]) -> None:
    """`tables.UNDONE`: what the graph has otherwise than without the load."""
    staging.empty(tables.WRITTEN)
    for run in runs:
        pending = sql.bind(str(run.file("pending")))
        staging.append(tables.WRITTEN, fill("SELECT * FROM read_parquet({p})", p=pending))
    undone = statement(
        "revert.undone", written=tables.WRITTEN, rewritten=tables.replayed(tables.REWRITTEN),
        standing=tables.replayed(tables.STANDING), ledger=tables.LEDGER,
        replayed_ledger=tables.replayed(tables.LEDGER), run_id=about["run_id"],
        database_id=about["database_id"], killed=[run.run_id for run in gone],
    )  # fmt: skip
    staging.make(tables.UNDONE, undone)


def _journal_anew(staging: Staging, run: Archived) -> None:
    """What a remaining load has now written: the next revert begins from there."""
    made = run.file("pending.new")
    rows = statement("revert.of_run", rewritten=tables.replayed(tables.REWRITTEN), run_id=run.run_id)
    staging.execute(sql.as_parquet(rows, made))
    made.chmod(0o600)
    made.replace(run.file("pending"))


def _write(
    staging: Staging, store: Store, about: dict[str, str], killed: list[str], wall: datetime
) -> Reverted:
    clock = run_sync(store, kept_clock)
    now = clock.now if clock is not None else wall
    set_apart(staging, store, tables.UNDONE, now, wall)
    stays = leave_spoken_of(staging, store)
    apply(staging, Scribe(store, about["revert_id"], now))
    join_again(store, now, wall)
    counts = staging.rows(statement("revert.counts", undone=tables.UNDONE))
    put = {name: count for verb, name, count in counts if verb == "put"}
    dropped = {name: count for verb, name, count in counts if verb == "drop"}
    unreferred = staging.count(tables.replayed(tables.UNREFERRED))
    others = [run_id for run_id in killed if run_id != about["run_id"]]
    return Reverted(about["run_id"], about["revert_id"], put, dropped, stays, unreferred, others)


def _note(staging: Staging, database_id: str, about: dict[str, str]) -> None:
    """Remember what the graph now has, all at once."""
    with staging.transaction():
        for kept in NOTES:
            staging.execute(statement("ledger.forget", kept=kept, database_id=database_id))
            swapped = statement("revert.swap", replayed=tables.replayed(kept), database_id=database_id)
            staging.append(kept, swapped)
        staging.append(
            tables.LEDGER,
            statement("revert.noted_run", database_id=database_id, run_id=about["revert_id"]),
        )
        forgotten = statement("revert.forget_bad", quarantine=tables.QUARANTINE, run_id=about["run_id"])
        staging.execute(forgotten)
        aside = statement(
            "revert.set_aside", unreferred=tables.replayed(tables.UNREFERRED), raw=tables.RAW,
            quarantine=tables.QUARANTINE,
        )  # fmt: skip
        staging.append(tables.QUARANTINE, aside)


def _keep_clock(store: Store, runs: list[Archived], wall: datetime) -> None:
    """The company's now as the remaining loads say it."""
    clock: Clock | None = None
    for run in runs:
        clock = later(run.clock, clock)
    if clock is not None and clock != run_sync(store, kept_clock):
        keep_clock(store, clock, wall)


def _note_begun(store: Store, about: dict[str, str], wall: datetime) -> None:
    props = {"kind": "revert", "started_at": wall.isoformat(), "status": "running"}
    store.upsert_nodes("Run", [{"id": about["revert_id"], "props": props}])


def _note_run(store: Store, done: Reverted, gone: list[str], wall: datetime) -> None:
    """The revert as a run of its own, and the loads as taken back."""
    props = {
        "kind": "revert", "started_at": wall.isoformat(), "finished_at": datetime.now(UTC).isoformat(),
        "status": "done", "report": orjson.dumps(done.as_dict()).decode(),
    }  # fmt: skip
    store.upsert_nodes("Run", [{"id": done.revert_id, "props": props}])
    noted = [run_id for run_id in gone if store.one("ingest.run", run_id=run_id) is not None]
    store.upsert_nodes("Run", [{"id": run_id, "props": {"status": "reverted"}} for run_id in noted])
