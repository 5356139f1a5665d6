"""One round of the worker: what came in stands as a tie, once, and what goes wrong is told and left alone."""

from typing import Any

import pytest

from graph.inbox.append import append
from graph.service import run_sync
from graph.work.standing import LATE
from relgraph.doctor.work import work
from tests.work.office import CALLS, ROUNDS, Office


@pytest.mark.query("work.word")
def test_a_file_and_an_event_show_as_ties_within_one_round(office: Office) -> None:
    assert office.state()[0] == "none"
    office.put("calls-1.csv", CALLS)
    office.post("1", "C2")
    done = office.round()
    assert done.failed == {}
    assert [load["loaded"] for load in done.loads] == [5, 2]
    assert office.ties() == ["Ann", "Bob"]
    idle = office.round()
    assert not idle.did_something
    assert [row["status"] for row in office.store.read(ROUNDS)] == ["done"]
    assert (office.state()[0], work(office.store, office.wall).status) == ("ok", "ok")
    office.wall += 2 * LATE
    assert office.state()[0] == "late"
    assert work(office.store, office.wall).advice is not None


def test_a_file_that_is_being_written_waits(office: Office) -> None:
    office.round()
    office.put("calls-1.csv", CALLS[:-9], age_s=0)
    assert office.round().files_waiting == ["calls-1.csv"]
    office.put("calls-1.csv", CALLS, age_s=0)
    assert office.round().files_waiting == ["calls-1.csv"]
    done = office.round()
    assert [load["files"] for load in done.loads] == [["calls-1.csv"]]
    assert office.ties() == ["Ann"]


@pytest.mark.query("inbox.retry")
def test_what_fails_is_told_and_leaves_the_rest_alone(office: Office) -> None:
    office.round()
    office.put("calls-1.csv", "id,when\nK1,2026-03-09\n")
    office.post("1", "C2")
    order: dict[str, Any] = {"id": "2", "source": "crm", "kind": "order", "at": "2026-03-10T09:00:00Z"}
    run_sync(
        office.store, append, [order | {"customer": "2"}], now=office.wall, received_at=office.wall,
        receipt="order",
    )  # fmt: skip
    done = office.round()
    assert ["calls-1.csv" in said for said in done.failed.values()] == [True]
    assert str(office.home) not in str(done.failed)
    assert done.loads[0]["events_quarantined"] == 1
    assert office.ties() == ["Bob"]
    assert office.state()[0] == "failed"
    assert office.round().loads == [], "it is not tried again as it is"
    office.put("accounts.csv", "id,name\n1,Alpha\n2,Beta\n")
    (office.folder / "calls-1.csv").unlink()
    mended = office.round()
    assert mended.failed == {}
    assert mended.loads[-1]["events"] == 1, "what names the new customer is known now"
    assert mended.loads[-1]["quarantined"] == 0
    assert office.state()[0] == "ok"


class Killed(BaseException):
    """As a kill: nothing catches it."""


@pytest.mark.query("work.left_open")
def test_a_round_that_is_broken_off_is_made_good(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    office.put("calls-1.csv", CALLS)
    monkeypatch.setattr("relgraph.work.round.derive", killed)
    with pytest.raises(Killed):
        office.round()
    monkeypatch.undo()
    assert office.ties() == []
    office.store.write("work.left_open", at=office.wall.isoformat())
    assert [row["status"] for row in office.store.read(ROUNDS)] == ["killed"]
    assert office.round().loads == []
    assert office.ties() == ["Ann"]
