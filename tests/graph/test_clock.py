"""The company's now: kept by a load, else the newest event; and when it has to be read anew."""

import pytest

from graph.clock import EMPTY, Clock, data_now, finished_runs, fixed_clock, keep_clock, read_clock
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago


def note(store: Store, run_id: str, finished_at: str | None) -> None:
    props = {"kind": "ingest", "status": "running", "started_at": "2025-01-01T00:00:00+00:00"}
    ended = {} if finished_at is None else {"finished_at": finished_at}
    store.upsert_nodes("Run", [{"id": run_id, "props": props | ended}])


@pytest.mark.query("derive.runs")
def test_the_mark_changes_when_a_run_ends(store: Store) -> None:
    assert run_sync(store, finished_runs) is None
    note(store, "r1", "2025-01-01T01:00:00+00:00")
    before = run_sync(store, finished_runs)
    assert before is not None
    assert run_sync(store, finished_runs) == before
    note(store, "r2", None)
    assert run_sync(store, finished_runs) is None
    note(store, "r2", "2025-01-01T02:00:00+00:00")
    assert run_sync(store, finished_runs) not in (None, before)


def test_a_graph_that_no_load_has_filled_says_its_newest_event(store: Store) -> None:
    assert run_sync(store, data_now) == EMPTY
    world = World()
    world.customer("acme")
    world.order("o1", "acme", ago(3), [])
    world.opportunity("deal", "acme", opened_at=ago(5))
    world.load(store)
    assert run_sync(store, read_clock) == Clock(ago(3), "event", "the newest event in the graph")


@pytest.mark.query("derive.kept_clock")
def test_the_kept_clock_is_the_only_one(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.order("o1", "acme", ago(3), [])
    world.load(store)
    chosen = Clock(ago(9), "stamp", "the newest stamp", quiet_days=92.0)
    keep_clock(store, chosen, NOW)
    assert run_sync(store, read_clock) == chosen
    keep_clock(store, fixed_clock(ago(1)), NOW)
    assert run_sync(store, data_now) == ago(1)
