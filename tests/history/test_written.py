"""What users write reaches the kept history by the ids that their changes name."""

from datetime import timedelta
from pathlib import Path

import pytest

from graph.history import open_history
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from graph.writing.interaction import InteractionWords, log_interaction
from graph.writing.task import TaskWords, complete_task, create_task
from tests.graph.world import NOW
from tests.history.test_kept import change, same_as_graph
from tests.history.test_read import company


@pytest.mark.slow
def test_what_a_user_writes_is_caught_up(store: Store, tmp_path: Path) -> None:
    made = company()
    made.employee("eve")
    made.load(store)
    change(store, "c1", "load.Customer", "Customer", "acme")
    open_history(store, tmp_path).close()

    def author(key: str) -> Author:
        return Author("eve", key, NOW, NOW + timedelta(days=1), "as we spoke")

    words = InteractionWords("call", customer="acme", participants=("ann",), private=True)
    run_sync(store, log_interaction, author("1"), words)
    task = run_sync(store, create_task, author("2"), TaskWords("Quote", customer="acme", contact="ann"))
    assert same_as_graph(store, tmp_path)
    run_sync(store, complete_task, author("3"), task.touched[0].removeprefix("Task:"))
    assert same_as_graph(store, tmp_path)
    with open_history(store, tmp_path) as kept:
        done = "SELECT count(*) FROM node_task WHERE done_at IS NOT NULL"
        assert kept.connection.execute(done).fetchone() == (1,)
        met = "SELECT count(*) FROM edge_participated_in WHERE end_id LIKE 'written:%'"
        assert kept.connection.execute(met).fetchone() == (2,)
