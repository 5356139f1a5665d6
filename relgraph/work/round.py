"""One round, from files to models; each step goes on from where a killed one stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import orjson

from graph import migrations
from graph.assignment.run import assign
from graph.clock import data_now, fixed_clock, keep_clock
from graph.derive import derive
from graph.duckdb_limits import DuckDbLimits
from graph.errors import RelgraphError
from graph.history import open_history
from graph.inbox.waiting import inbox_standing, try_again
from graph.merge.suspend import Clerk
from graph.service import run_sync
from graph.store import Store, StoreError
from graph.work.standing import Word, keep_word
from ingest.clock.choose import ExportedInFuture
from ingest.errors import (
    ColumnMissing,
    RemovalsNotAccepted,
    SourceUnreadable,
    StagingForeign,
    StagingLocked,
)
from ingest.inbox.load import load_inbox
from ingest.mapping.model import Mapping
from ingest.mapping.pull import Pull
from ingest.mapping.read import read_mapping
from ingest.report import Report
from ingest.resolve.linking.config import link_config
from ingest.resolve.linking.run import Mode, link_graph
from ingest.run import ingest
from ingest.source.connector import Ask
from relgraph.secrets import secret_of
from relgraph.settings import Settings
from relgraph.work.learning import outdated, retrain, score_where_served
from relgraph.work.pull import Asked, ask_system, pulled_watch
from relgraph.work.quality import measure_monthly
from relgraph.work.state import Files, WorkState, keep_state, read_state
from relgraph.work.watch import Watch, files_of, look, only, settled, to_load
from relgraph.work.weights import fit_weights, month_of

TRAINING_PAUSE = timedelta(days=1)
REFUSED = (SourceUnreadable, ColumnMissing, RemovalsNotAccepted)
"""What is wrong with the files themselves; anything else may pass by itself."""
NOTHING_LOADED = (*REFUSED, StagingLocked, StagingForeign, ExportedInFuture)
"""What a load raises before it writes anything."""


class FolderMissing(RelgraphError):
    """A watched folder is not there."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(f"the watched folder {watch.folder} does not exist; make it, or correct --watch")


class NothingToPull(RelgraphError):
    """A mapping was named whose rows come from no system."""

    def __init__(self, mapping: Path) -> None:
        super().__init__(f"{mapping} has no `pull:`, which says where its rows are; or use --watch FOLDER")


@dataclass(frozen=True, slots=True)
class Job:
    """What the worker does: the folders it watches, how often it looks, and how old a model may grow."""

    watches: tuple[Watch, ...] = ()
    pulls: tuple[Path, ...] = ()
    """Mappings whose `pull:` names a system to ask."""
    ask: Ask = secret_of
    interval_s: float = 15.0
    retrain_days: float = 7.0
    """0: models are never trained anew."""


@dataclass(slots=True)
class Round:
    """What a round did; `failed` says in sentences what did not work, by what it concerns."""

    run_id: str
    started_at: str
    loads: list[dict[str, Any]] = field(default_factory=list)
    """Each with its run, the files or number of events, and the rows read, loaded and quarantined."""
    files_waiting: list[str] = field(default_factory=list)
    """New files that may still be written to; the next look tells."""
    linked: dict[str, dict[str, int]] | None = None
    """By kind of record, how many were looked at, merged, and found to wait for a person."""
    derived: dict[str, int] | None = None
    """Derived items that were written or removed, by kind."""
    measured: str | None = None
    """The measurement of the data's quality that was taken: one a month."""
    weights: int | None = None
    """The version of weights that were fitted: one a month, where there is enough to fit."""
    scored: dict[str, Any] | None = None
    trained: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def did_something(self) -> bool:
        """Whether it is worth a record."""
        return bool(self.loads or self.derived is not None or self.trained or self.failed)


def work_round(
    store: Store, settings: Settings, job: Job, wall: Callable[[], datetime], limits: DuckDbLimits
) -> Round:
    """One round on an open store. wall: the wall clock. Raises StoreError where the engine is lost."""
    return _Working(store, settings, job, wall, limits).run()


class _Working:
    """A round in work. What it did is kept in the graph when it begins to do something, and at its end."""

    def __init__(
        self, store: Store, settings: Settings, job: Job, wall: Callable[[], datetime], limits: DuckDbLimits
    ) -> None:
        self.store, self.settings, self.job, self.wall, self.limits = store, settings, job, wall, limits
        self.home = settings.home
        self.began = wall()
        self.round = Round(f"work-{self.began:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", self.began.isoformat())
        self.state = self._read_state()
        self.recorded = False

    def run(self) -> Round:
        """All steps."""
        if self.state.unfinished:  # a load may have been killed after what it wrote
            self._keep(loaded=self.state.with_incomplete_again())
        for watch in self.job.watches:
            with self._step(f"folder {watch.folder}"):
                self._files(watch)
        for mapping in self.job.pulls:
            with self._step(f"pull {mapping}"):
                self._pull(mapping)
        with self._step("inbox"):
            self._inbox()
        if self.state.unfinished:
            with self._step("linking"):
                self._link()
            with self._step("derive"):
                self._derive()
        if self.round.derived is not None:
            with self._step("quality"):
                wall = self.wall()
                self.round.measured = measure_monthly(self.store, self.settings, wall, self.limits)
            with self._step("weights"):
                self._fit_weights()
        if self.state.unscored:
            with self._step("scores"):
                self._score()
        self._train_outdated()
        self._end()
        return self.round

    def _read_state(self) -> WorkState:
        """What is kept; nothing of it where the graph has lost its newest load, as one restored has."""
        state = read_state(self.home, migrations.check(self.store).database_id or "")
        if state.last_run is not None and self.store.one("ingest.run", run_id=state.last_run) is None:
            return WorkState(database_id=state.database_id)
        return state

    def _keep(self, **changed: Any) -> None:
        self.state = keep_state(self.home, self.state, **changed)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        """A step whose failure leaves the others alone; the loss of the engine ends the round."""
        try:
            yield
        except StoreError:
            raise
        except (RelgraphError, OSError, duckdb.Error) as error:
            self.round.failed[name] = str(error)

    def _begin(self) -> None:
        """Say that something is being done, before it is."""
        if not self.recorded:
            self.recorded = True
            keep_word(self.store, Word("working", self.wall(), self.job.interval_s))
            self._record("running")

    @contextmanager
    def _loading(self) -> Iterator[None]:
        """A load, after which is derived, unless nothing was loaded."""
        owed = self.state.unfinished
        self._begin()
        self._keep(unfinished=True)
        try:
            yield
        except NOTHING_LOADED:
            self._keep(unfinished=owed)
            raise

    def _files(self, watch: Watch) -> None:
        if not watch.folder.is_dir():
            raise FolderMissing(watch)
        mapping = read_mapping(watch.mapping).model_copy(update={"live": True})
        now = look(watch.folder, mapping)
        loaded = self._loaded(watch, now)
        whole = set(now) if watch.pulled else settled(now, self.state.seen.get(watch.name, {}), self.wall())
        self.round.files_waiting += sorted(one for one in now if one not in whole and one not in loaded)
        if self.state.seen.get(watch.name) != now:
            self._keep(seen=self.state.seen | {watch.name: now})
        names = to_load(watch.folder, mapping, now, loaded, whole)
        if names:
            self._load(watch, mapping, {name: now[name] for name in names})

    def _pull(self, path: Path) -> None:
        """Ask a mapping's system where it is due, then load what it gave, now or before."""
        mapping = read_mapping(path)
        if mapping.pull is None:
            raise NothingToPull(path)
        watch = pulled_watch(self.home, path, mapping)
        self._tidy(watch)
        asked = self.state.asked.get(watch.name, Asked())
        if asked.due is None or self.wall() >= asked.due:
            keep_word(self.store, Word("working", self.wall(), self.job.interval_s))
            self._ask(watch, mapping, mapping.pull)
        self._files(watch)

    def _ask(self, watch: Watch, mapping: Mapping, declared: Pull) -> None:
        """Have the rows of every stream wait as a file; what fails is told until it works."""

        def keep(asked: Asked) -> None:
            self._keep(asked=self.state.asked | {watch.name: asked})

        known = self.state.asked.get(watch.name, Asked())
        failed = ask_system(mapping, declared, self.job.ask, watch.folder, known, self.wall, keep)
        told = f"pull {watch.mapping}"
        others = {name: said for name, said in self.state.failed.items() if name != told}
        self._keep(failed=others | ({told: "; also ".join(failed)} if failed else {}))

    def _tidy(self, watch: Watch) -> None:
        """Remove pulled files that are done with; those with bad rows stay, and are tried again."""
        stays = {*self.state.incomplete.get(watch.name, ())}
        stays |= self.state.asked.get(watch.name, Asked()).waiting
        done = self.state.loaded.get(watch.name, {}).keys() - stays
        for name in done:
            (watch.folder / name).unlink(missing_ok=True)
        if done:
            loaded, refused = (
                known
                | {watch.name: {name: at for name, at in known.get(watch.name, {}).items() if name in stays}}
                for known in (self.state.loaded, self.state.refused)
            )
            self._keep(loaded=loaded, refused=refused)

    def _loaded(self, watch: Watch, now: Files) -> Files:
        """The files that are done with. Those that failed are tried again once one of them has changed."""
        loaded, refused = self.state.loaded.get(watch.name, {}), self.state.refused.get(watch.name, {})
        if any(now.get(name) != at for name, at in refused.items()):
            loaded = {name: at for name, at in loaded.items() if name not in refused}
            failed = {name: said for name, said in self.state.failed.items() if name != watch.name}
            others = {name: files for name, files in self.state.refused.items() if name != watch.name}
            self._keep(loaded=self.state.loaded | {watch.name: loaded}, refused=others, failed=failed)
        return loaded

    def _load(self, watch: Watch, mapping: Mapping, files: Files) -> None:
        try:
            with self._loading(), only(watch.folder, sorted(files), self.home) as place:
                report = self._ingested(watch, mapping, place)
        except REFUSED as error:
            self._refuse(watch, files, str(error))
            return
        self.round.loads.append(
            {"folder": str(watch.folder), "files": sorted(files), **_counts(report.run_id, report.totals)}
        )
        try_again(self.store)  # before the files are remembered, so that a kill in between repeats it
        self._remember(watch, mapping, files, report)
        if watch.pulled:
            self._tidy(watch)

    def _remember(self, watch: Watch, mapping: Mapping, files: Files, report: Report) -> None:
        """These files are done with; where they brought something, others with bad rows are tried again."""
        bad = {name for name, counted in report.datasets.items() if counted.quarantined}
        named = {file for name, own in files_of(watch.folder, mapping).items() if name in bad for file in own}
        before = set(self.state.incomplete.get(watch.name, ()))
        incomplete = sorted(before - files.keys() | named & files.keys())
        loaded = self.state.with_incomplete_again() if report.changed else self.state.loaded
        self._keep(
            loaded=loaded | {watch.name: loaded.get(watch.name, {}) | files},
            incomplete=self.state.incomplete | {watch.name: incomplete},
            asked={
                name: asked.loaded(set(files)) if name == watch.name else asked
                for name, asked in self.state.asked.items()
            },
            last_run=report.run_id if report.changed else self.state.last_run,
        )

    def _ingested(self, watch: Watch, mapping: Mapping, place: Path) -> Report:
        """The report of the load; errors name the watched folder, not the place of its links."""
        try:
            return ingest(
                self.store, mapping, place, self.home, self.wall(), fixed=self.settings.now,
                limits=self.limits,
            )  # fmt: skip
        except StoreError:
            raise
        except RelgraphError as error:
            error.args = (str(error).replace(str(place), str(watch.folder)),)
            raise

    def _refuse(self, watch: Watch, files: Files, why: str) -> None:
        """Remember that these files cannot be loaded, so that they are not tried again as they are."""
        done = self.state.loaded.get(watch.name, {}) | files
        refused = self.state.refused.get(watch.name, {}) | files
        said = dict.fromkeys([*self.state.failed.get(watch.name, "").split("; also "), why])
        self._keep(
            loaded=self.state.loaded | {watch.name: done},
            refused=self.state.refused | {watch.name: refused},
            failed=self.state.failed | {watch.name: "; also ".join(filter(None, said))},
        )

    def _inbox(self) -> None:
        while run_sync(self.store, inbox_standing).waiting:
            like = read_mapping(self.job.watches[0].mapping) if self.job.watches else None
            with self._loading():
                made = load_inbox(
                    self.store, self.home, self.wall(), like=like, fixed=self.settings.now, limits=self.limits
                )
            if made is None:
                return
            states = [one.state for one in made.taken]
            counts = _counts(made.report.run_id, made.report.totals)
            told = {"events": len(states), "events_quarantined": states.count("quarantined")}
            self.round.loads.append(told | counts)
            if made.report.changed:
                self._keep(last_run=made.report.run_id, loaded=self.state.with_incomplete_again())

    def _link(self) -> None:
        """Link what is new, before anything is derived of it."""
        self._begin()
        clerk = Clerk("link", run_sync(self.store, data_now), self.wall())
        config = link_config(None, self.home)
        with open_history(self.store, self.home, self.limits) as history:
            mode = Mode(self.home, self.limits, trained=True)
            done = link_graph(self.store, history.connection, config, clerk, mode)
        self.round.linked = {
            one.kind: {"looked_at": one.looked_at, "merged": len(one.merged), "review": one.new}
            for one in done
        }

    def _derive(self) -> None:
        """Derive what was loaded."""
        self._begin()
        if self.settings.now is not None:
            keep_clock(self.store, fixed_clock(self.settings.now), self.wall())
        with open_history(self.store, self.home, self.limits) as history:
            report = derive(self.store, None, history=history, off=self.settings.rules_off)
            assigned = assign(self.store, history.connection, report.now)
        self.round.derived = {name: done.written + done.removed for name, done in report.counts.items()}
        if assigned.decisions:
            self.round.derived["assignments"] = len(assigned.decisions)
        self._keep(unfinished=False, unscored=True)

    def _fit_weights(self) -> None:
        """Fit weights once a month; where there was too little, the next month tries again."""
        month = month_of(self.store, self.settings)
        if self.state.weights_tried != month:
            self.round.weights = fit_weights(self.store, self.settings, self.wall(), self.limits)
            self._keep(weights_tried=month)

    def _score(self) -> None:
        """Score what was derived or trained; owed until it succeeds."""
        self._begin()
        self.round.scored = score_where_served(self.store, self.settings, self.wall(), self.limits)
        self.round.failed.pop("scores", None)
        self._keep(unscored=False)

    def _train_outdated(self) -> None:
        """Train what has grown old, at most once a day; that a training failed is told until one succeeds."""
        tried, wall, days = self.state.training_tried_at, self.wall(), self.job.retrain_days
        old = outdated(self.store, wall - timedelta(days=days)) if days else []
        if old and tried is not None and wall - tried < TRAINING_PAUSE:
            return
        if old:
            with self._step("training"):
                self._train(old, wall)
        failed = {name: said for name, said in self.state.failed.items() if name != "training"}
        failed |= {name: said for name, said in self.round.failed.items() if name == "training"}
        if failed != self.state.failed:
            self._keep(failed=failed)

    def _train(self, tasks: list[str], wall: datetime) -> None:
        self._begin()
        self._keep(training_tried_at=wall)
        for task in tasks:
            self._keep(unscored=True)
            retrain(self.store, self.settings, task, wall, self.limits)
            self.round.trained.append(task)
        with self._step("scores"):
            self._score()

    def _end(self) -> None:
        self.round.seconds = round((self.wall() - self.began).total_seconds(), 3)
        self.round.failed |= self.state.failed
        failed = tuple(f"{name.partition('|')[0]}: {said}" for name, said in self.round.failed.items())
        if self.recorded:
            self._record("failed" if failed else "done")
        keep_word(self.store, Word("looking", self.wall(), self.job.interval_s, failed))

    def _record(self, status: str) -> None:
        props = {
            "kind": "work", "started_at": self.round.started_at, "status": status,
            "report": orjson.dumps(asdict(self.round)).decode(),
        }  # fmt: skip
        if status != "running":
            props["finished_at"] = self.wall().isoformat()
        self.store.upsert_nodes("Run", [{"id": self.round.run_id, "props": props}])


def _counts(run_id: str, totals: dict[str, int]) -> dict[str, Any]:
    counted = {name: totals[name] for name in ("read", "loaded", "unchanged", "quarantined")}
    return {"run_id": run_id, **counted}
