"""`relgraph work`: loads what comes in, derives and scores, by itself."""

import signal
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from graph.errors import UsageError
from relgraph.console import Json, emit, out, step
from relgraph.moment import Now
from relgraph.settings import Settings

if TYPE_CHECKING:
    from relgraph.work.job import Job, Round

Watched = Annotated[
    list[Path] | None,
    typer.Option("--watch", metavar="FOLDER", help="A folder whose new files are loaded; may be repeated."),
]
Mappings = Annotated[
    list[Path] | None,
    typer.Option(
        "--mapping", "-m", metavar="FILE", help="The mapping of each watched folder, in the same order."
    ),
]
Pulls = Annotated[
    list[Path] | None,
    typer.Option(
        "--pull", metavar="FILE", help="A mapping whose `pull:` names a system to ask; may be repeated."
    ),
]
Interval = Annotated[float, typer.Option(min=1, help="Seconds between two looks.")]
Retrain = Annotated[float, typer.Option(min=0, help="Days after which a model is trained anew; 0: never.")]


def register(app: typer.Typer) -> None:

    @app.command()
    def work(
        watch: Watched = None,
        mapping: Mappings = None,
        pull: Pulls = None,
        interval: Interval = 15.0,
        retrain_days: Retrain = 7.0,
        once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
        now: Now = None,
        as_json: Json = False,
    ) -> None:
        """Load what is new, derive and score, until stopped (Ctrl-C).

        What is new comes from watched folders, from systems that are asked, and from posted events.

        Without --watch, RELGRAPH_WATCH and RELGRAPH_WATCH_MAPPING name a folder and its mapping; without
        --pull, RELGRAPH_PULL names mappings of systems to ask; without these, only events are taken. With
        --json, each round that did something is one line.
        """
        from relgraph.work.loop import work_once

        settings = Settings().at(now)
        job = job_of(settings, watch or [], mapping or [], pull or [], interval, retrain_days)
        if once:
            done = work_once(settings, job)
            emit(asdict(done), as_json=as_json, render=render)
            if done.failed:
                raise typer.Exit(1)
            return
        _until_stopped(settings, job, as_json=as_json)


def job_of(
    settings: Settings,
    folders: list[Path],
    mappings: list[Path],
    pulls: list[Path],
    interval_s: float,
    retrain_days: float,
) -> "Job":
    """What to do, from options and settings; raises UsageError or MappingInvalid."""
    from ingest.mapping.read import read_mapping
    from relgraph.work.job import Job
    from relgraph.work.watch import Watch

    if not folders and settings.watch is not None:
        folders, mappings = [settings.watch], [settings.watch_mapping] if settings.watch_mapping else mappings
    if len(folders) != len(mappings):
        raise UsageError("give one --mapping for each --watch, in the same order")
    for mapping in (*mappings, *(pulls or settings.pull)):
        read_mapping(mapping)
    pairs = zip(folders, mappings, strict=True)
    watches = tuple(Watch(folder, mapping) for folder, mapping in pairs)
    return Job(watches, tuple(pulls or settings.pull), interval_s=interval_s, retrain_days=retrain_days)


def work_options(
    settings: Settings, folders: list[Path], mappings: list[Path], pulls: list[Path], now: str | None
) -> list[str]:
    """The options of a worker that is started beside something else; raises as `job_of` does."""
    job_of(settings, folders, mappings, pulls, 15.0, 7.0)
    watched = [("--watch", str(folder)) for folder in folders] + [("-m", str(one)) for one in mappings]
    watched += [("--pull", str(one)) for one in pulls]
    fixed = [("--now", now)] if now is not None else []
    return [word for pair in (*watched, *fixed) for word in pair]


def _until_stopped(settings: Settings, job: "Job", *, as_json: bool) -> None:
    """A first signal lets the round end; a second one ends the process, which loses nothing either."""
    from relgraph.work.loop import work_until

    stop = Event()

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    watched = ", ".join(map(str, [*(watch.folder for watch in job.watches), *job.pulls])) or "no folder"
    step(f"watching {watched} and the inbox, every {job.interval_s:g} s")
    work_until(settings, job, stop, _tell_json if as_json else lambda done: render(asdict(done)), step)


def _tell_json(done: "Round") -> None:
    typer.echo(orjson.dumps(asdict(done)).decode())


def render(done: dict[str, Any]) -> None:
    """Print what a round did for people."""
    out.print(f"{done['started_at'][:19]} UTC, {done['seconds']:.1f} s: {done['run_id']}")
    for load in done["loads"]:
        what = f"{load['events']:,} events" if "events" in load else ", ".join(load["files"])
        counts = ", ".join(f"{load[name]:,} {name}" for name in ("loaded", "unchanged", "quarantined"))
        out.print(f"  {what}: {counts} of {load['read']:,} rows ({load['run_id']})", markup=False)
    for name in done["files_waiting"]:
        out.print(f"  {name} may still be written to; the next look tells", markup=False)
    if done["derived"] is not None:
        out.print(f"  derived: {sum(done['derived'].values()):,} changes")
    if done["measured"] is not None:
        out.print("  the quality of the data is measured for this month; `relgraph quality` shows it")
    if done["scored"] is not None:
        out.print(f"  scored as of {done['scored']['as_of']}")
    for task in done["trained"]:
        out.print(f"  trained {task} anew")
    for state, count in done["sent"].items():
        out.print(f"  export: {count:,} {state}")
    for name, said in done["failed"].items():
        out.print(f"  {name} failed: {said}", markup=False)
    if not any(done[name] for name in ("loads", "files_waiting", "derived", "trained", "sent", "failed")):
        out.print("  nothing new")
