"""One round of the worker: what came in stands as a tie, once, and what goes wrong is told and left alone."""

from typing import Any

import pytest

from graph.errors import RelgraphError
from graph.inbox.append import append
from graph.service import run_sync
from graph.work.standing import LATE
from ingest.errors import StagingLocked
from ingest.resolve.errors import IndexUnusable
from relgraph.doctor.work import work
from relgraph.work.models import TRAINING_PAUSE
from tests.work.office import CALLS, FILES, ROUNDS, Office

pytestmark = pytest.mark.slow


@pytest.mark.query("work.word")
def test_a_file_and_an_event_show_as_ties_within_one_round(office: Office) -> None:
    assert office.state()[0] == "none"
    office.put("calls-1.csv", CALLS)
    office.post("1", "C2")
    done = office.round()
    assert done.failed == {}
    assert [load["loaded"] for load in done.loads] == [5, 2]
    assert done.linked is not None
    assert done.linked["Contact"]["looked_at"] >= 2
    assert office.ties() == ["Ann", "Bob"]
    assert (done.measured or "").startswith("quality:")
    idle = office.round()
    assert not idle.did_something
    assert [row["status"] for row in office.store.read(ROUNDS)] == ["done"]
    assert (office.state()[0], work(office.store, office.wall).status) == ("ok", "ok")
    office.wall += 2 * LATE
    assert office.state()[0] == "late"
    assert work(office.store, office.wall).advice is not None


def test_weights_are_fitted_once_a_month(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter((3, 4))
    monkeypatch.setattr("relgraph.work.deriving.fit_weights", lambda *_: next(versions))
    office.put("calls-1.csv", CALLS)
    assert office.round().weights == 3
    office.post("1", "C2")
    again = office.round()
    assert again.derived is not None
    assert (again.weights, next(versions)) == (None, 4), "this month is fitted"


def test_a_file_that_is_being_written_waits(office: Office) -> None:
    assert office.round().measured is not None
    office.put("calls-1.csv", CALLS[:-9], age_s=0)
    assert office.round().files_waiting == ["calls-1.csv"]
    office.put("calls-1.csv", CALLS, age_s=0)
    assert office.round().files_waiting == ["calls-1.csv"]
    done = office.round()
    assert [load["files"] for load in done.loads] == [["calls-1.csv"]]
    assert done.measured is None, "this month is measured"
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
    monkeypatch.setattr("relgraph.work.deriving.derive", killed)
    with pytest.raises(Killed):
        office.round()
    monkeypatch.undo()
    assert office.ties() == []
    office.store.write("work.left_open", at=office.wall.isoformat())
    assert [row["status"] for row in office.store.read(ROUNDS)] == ["killed"]
    assert office.round().loads == []
    assert office.ties() == ["Ann"]


def test_rows_that_came_before_what_they_name_load_once_it_is_there(office: Office) -> None:
    office.put("calls-1.csv", "id,at,ours,theirs\nK1,2026-03-09T10:00:00Z,E1,C3\n")
    office.put("calls-2.csv", CALLS.replace("K1", "K2"))
    assert office.round().loads[0]["quarantined"] == 1
    assert office.round().loads == [], "nothing has come that it may name"
    office.put("people.csv", FILES["people.csv"] + "C3,Cem,cem@alpha.com,1\n")
    assert [load["files"] for load in office.round().loads] == [["people.csv"]]
    again = office.round()
    assert [(load["files"], load["quarantined"]) for load in again.loads] == [
        (["calls-1.csv", "calls-2.csv"], 0)
    ]
    assert office.ties() == ["Ann", "Cem"]
    assert office.round().loads == []


def test_rows_in_quarantine_for_good_are_not_tried_without_end(office: Office) -> None:
    office.put("calls-1.csv", "id,at,ours,theirs\nK1,2026-03-09T10:00:00Z,E1,C9\n")
    office.round()
    office.put("staff.csv", FILES["staff.csv"] + "E2,Uwe,uwe@us.com\n")
    assert [len(office.round().loads) for _ in range(3)] == [1, 1, 0]


ORDERS = """
source: crm
rates: {to: EUR, file: rates.csv}
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  orders:
    file: orders.csv
    where: {column: id, in_dataset: heads.id}
    nodes:
      - label: Order
        key: id
        fields: {ordered_at: day, amount: amount, currency: currency}
    links: [{type: PLACED, from: {Customer: account}}]
  heads:
    file: heads.csv
    where: {column: id, in_dataset: approved.id}
  approved: {file: approved.csv}
"""


def test_files_load_with_all_that_they_are_read_with_and_again_when_it_changes(office: Office) -> None:
    office.job.watches[0].mapping.write_text(ORDERS, encoding="utf-8")
    for name in ("people.csv", "staff.csv"):
        (office.folder / name).unlink()
    office.put("orders.csv", "id,day,amount,currency,account\nO1,2026-03-01,7,USD,1\nO2,2026-03-01,5,EUR,1\n")
    office.put("heads.csv", "id\nO1\nO2\n")
    office.put("approved.csv", "id\nO1\nO2\n")
    missing = office.round()
    assert missing.loads == []
    assert ["rates.csv" in said for said in missing.failed.values()] == [True]
    office.put("rates.csv", "currency,date,rate\nUSD,2026-01-01,0.5\n")
    first = office.round()
    assert first.failed == {}
    assert first.loads[0]["loaded"] == 3
    office.put("orders.csv", "id,day,amount,currency,account\nO1,2026-03-01,8,USD,1\nO2,2026-03-01,5,EUR,1\n")
    everything = ["approved.csv", "heads.csv", "orders.csv", "rates.csv"]
    assert [load["files"] for load in office.round().loads] == [everything]
    office.put("approved.csv", "id\nO1\n")
    changed = office.round()
    assert changed.failed == {}
    assert [load["files"] for load in changed.loads] == [everything], "orders are read by it"
    assert office.round().loads == []


def test_a_fault_that_passes_is_tried_again_by_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise StagingLocked(office.home, "held")

    office.round()
    office.put("calls-1.csv", CALLS)
    with monkeypatch.context() as patch:
        patch.setattr("relgraph.work.files.ingest", locked)
        done = office.round()
    assert ["another ingest" in said for said in done.failed.values()] == [True]
    assert done.derived is None, "nothing was loaded"
    assert office.round().failed == {}
    assert office.ties() == ["Ann"]


def test_what_was_refused_earlier_is_still_told(office: Office) -> None:
    office.round()
    office.put("calls-1.csv", "id,when\nK1,2026-03-09\n")
    office.round()
    office.put("calls-2.csv", "id,when\nK2,2026-03-09\n")
    said = "".join(office.round().failed.values())
    assert "calls-1.csv" in said
    assert "calls-2.csv" in said
    (office.folder / "calls-1.csv").unlink()
    assert "calls-1.csv" not in "".join(office.round().failed.values())


def test_a_kill_after_a_load_loses_no_event_in_quarantine(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    office.post("1", "C3")
    order = {"id": "2", "source": "crm", "kind": "order", "at": "2026-03-10T09:00:00Z", "customer": "2"}
    run_sync(
        office.store, append, [order], now=office.wall, received_at=office.wall, receipt="order"
    )  # fmt: skip
    office.round()
    office.put("accounts.csv", "id,name\n1,Alpha\n2,Beta\n")
    with monkeypatch.context() as patch:
        patch.setattr("relgraph.work.files.try_again", killed)
        with pytest.raises(Killed):
            office.round()
    loads = office.round().loads
    assert [load["events_quarantined"] for load in loads if "events" in load] == [0]


def failing(*_: Any, **__: Any) -> None:
    """As a step that fails for a reason that a user can act on."""
    raise RelgraphError("it is broken")


def test_training_leaves_what_is_not_derived_yet(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("calls-1.csv", CALLS)
    with monkeypatch.context() as patch:
        patch.setattr("relgraph.work.deriving.derive", failing)
        patch.setattr("relgraph.work.models.outdated", lambda *_: ["churn"])
        patch.setattr("relgraph.work.models.retrain", lambda *_: None)
        done = office.round()
    assert done.trained == ["churn"]
    assert office.ties() == []
    office.round()
    assert office.ties() == ["Ann"]


def test_scores_that_failed_are_owed_and_told_until_they_are_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("relgraph.work.models.score_where_served", failing)
        for _ in range(2):
            assert office.round().failed == {"scores": "it is broken"}
            assert office.state() == ("failed", "scores: it is broken")
    done = office.round()
    assert (done.failed, done.derived) == ({}, None)
    assert office.state()[0] == "ok"


def test_a_training_that_failed_is_told_until_one_succeeds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.round()
    with monkeypatch.context() as patch:
        patch.setattr("relgraph.work.models.outdated", lambda *_: ["churn"])
        patch.setattr("relgraph.work.models.retrain", failing)
        office.round()
        assert office.round().trained == []
        assert office.state() == ("failed", "training: it is broken")
        patch.setattr("relgraph.work.models.retrain", lambda *_: None)
        office.wall += TRAINING_PAUSE
        assert office.round().trained == ["churn"]
        assert office.state()[0] == "ok"


def test_a_linking_that_failed_is_owed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise IndexUnusable(office.home / "link" / "customer.duckdb", "locked")

    for name, content in FILES.items():
        office.put(name, content)
    with monkeypatch.context() as broken:
        broken.setattr("ingest.resolve.linking.run.find_pairs", fails)
        assert "locked" in office.round().failed["linking"]
        assert "locked" in office.round().failed["linking"], "told until it works"
    mended = office.round()
    assert mended.failed == {}
    assert mended.linked is not None
    assert mended.derived is not None
    assert not office.round().did_something
