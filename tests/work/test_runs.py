"""What loads and rounds have done, as the command tells it."""

import pytest

from graph.errors import NotFound
from relgraph.commands.runs import newest_runs, run_of
from tests.work.office import CALLS, Office

pytestmark = pytest.mark.slow


@pytest.mark.query("run.newest", "run.of")
def test_a_round_and_its_loads_are_listed_and_shown(office: Office) -> None:
    office.put("calls-1.csv", CALLS)
    office.post("1", "C2")
    done = office.round()
    listed = newest_runs(office.store, 10)
    assert sorted((run["kind"], run["status"], run["rows"]["loaded"]) for run in listed) == [
        ("ingest", "done", 2), ("ingest", "done", 5), ("work", "done", 7),
    ]  # fmt: skip
    assert newest_runs(office.store, 1)[0] in listed
    shown = run_of(office.store, done.run_id)
    assert shown["report"]["loads"] == done.loads
    assert run_of(office.store, done.loads[0]["run_id"])["report"]["totals"]["read"] == 5
    with pytest.raises(NotFound, match="no run answers to 'gone'"):
        run_of(office.store, "gone")
