"""When the data's clock has to be read anew."""

import pytest

from graph.clock import finished_runs
from graph.service import run_sync
from graph.store import Store


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
