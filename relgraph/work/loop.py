"""Rounds until told to stop, by one process for each home."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event

from graph.errors import RelgraphError
from graph.private import private_folder
from graph.store import Store, StoreError
from graph.store.embedded.locks import FileLock
from graph.work.standing import Word, keep_word
from relgraph.engine import opened
from relgraph.memory import duckdb_limits
from relgraph.settings import Settings
from relgraph.work.job import Job, Round
from relgraph.work.round import work_round

Tell = Callable[[Round], None]


class WorkerRunning(RelgraphError):
    """Another worker works on this home."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(f"another worker works on {settings.home}; one is enough, stop it first")


def work_once(settings: Settings, job: Job) -> Round:
    """A single round. Raises WorkerRunning, StoreError."""
    with _alone(settings), opened(settings) as store:
        return _rounds_of(store, settings, job)()


def work_until(settings: Settings, job: Job, stop: Event, tell: Tell, say: Callable[[str], None]) -> None:
    """Rounds until `stop`; where the engine is lost, the next round looks for it again.

    tell: called with every round that did something. say: with what goes wrong meanwhile.
    Raises WorkerRunning.
    """
    with _alone(settings):
        while not stop.is_set():
            try:
                with opened(settings) as store:
                    _until(store, settings, job, stop, tell)
            except StoreError as error:
                say(f"the engine is gone, it is looked for again in {job.interval_s:g} s: {error}")
                stop.wait(job.interval_s)


def _until(store: Store, settings: Settings, job: Job, stop: Event, tell: Tell) -> None:
    one_round = _rounds_of(store, settings, job)
    while not stop.is_set():
        done = one_round()
        if done.did_something:
            tell(done)
        stop.wait(job.interval_s)
    keep_word(store, Word("stopped", _wall(), job.interval_s))


def _rounds_of(store: Store, settings: Settings, job: Job) -> Callable[[], Round]:
    """Makes one round after the other; first says of rounds left open that their process was killed."""
    store.write("work.left_open", at=_wall().isoformat())
    limits = duckdb_limits(settings)
    return lambda: work_round(store, settings, job, _wall, limits)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    lock = FileLock(private_folder(settings.home / "work") / "work.lock")
    if not lock.try_acquire():
        raise WorkerRunning(settings)
    with lock:
        yield


def _wall() -> datetime:
    return datetime.now(UTC)
