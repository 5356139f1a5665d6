"""One round of the worker: what came in stands as a tie, once, and what goes wrong is told and left alone."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cypher import Query
from graph.duckdb_limits import USUAL_LIMITS
from graph.inbox.append import append
from graph.service import run_sync
from graph.store import Store
from graph.work.standing import LATE, work_standing
from relgraph.settings import Settings
from relgraph.work.round import Job, Round, work_round
from relgraph.work.watch import SETTLED_S, Watch

WALL = datetime(2026, 3, 10, 12, tzinfo=UTC)
MAPPING = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail}}]
    links: [{type: WORKS_AT, to: {Customer: account}}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name, email: mail}}]
  calls:
    file: "calls*.csv"
    nodes: [{label: Interaction, key: id, fields: {at: at, channel: {constant: call}}}]
    links:
      - {type: PARTICIPATED_IN, from: {Employee: ours}}
      - {type: PARTICIPATED_IN, from: {Contact: theirs}}
"""
FILES = {
    "accounts.csv": "id,name\n1,Alpha\n",
    "people.csv": "id,name,mail,account\nC1,Ann,ann@alpha.com,1\nC2,Bob,bob@alpha.com,1\n",
    "staff.csv": "id,name,mail\nE1,Eva,eva@us.com\n",
}
CALLS = "id,at,ours,theirs\nK1,2026-03-09T10:00:00Z,E1,C1\n"
TIES = Query(
    "test.ties", "MATCH (:Employee)-[k:KNOWS]-(c:Contact) RETURN c.name AS name ORDER BY name",
    frozenset(), "read",
)  # fmt: skip
ROUNDS = Query(
    "test.rounds", "MATCH (r:Run) WHERE r.kind = 'work' RETURN r.status AS status ORDER BY r.started_at",
    frozenset(), "read",
)  # fmt: skip


class Office:
    """A watched folder, a home and a worker's rounds on an engine; the clock is the test's own."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.home, self.wall = store, folder / "in", folder / "home", WALL
        self.folder.mkdir()
        mapping = folder / "mapping.yml"
        mapping.write_text(MAPPING, encoding="utf-8")
        self.job = Job((Watch(self.folder, mapping),))

    def put(self, name: str, content: str, age_s: float = 2 * SETTLED_S) -> None:
        """Write a file whose last change lies so long before the next round."""
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        at = self.wall.timestamp() - age_s
        os.utime(path, (at, at))

    def post(self, event_id: str, contact: str) -> None:
        """Append an event about a call."""
        event = {
            "id": event_id, "source": "crm", "kind": "interaction", "at": "2026-03-10T09:00:00Z",
            "channel": "call", "participants": [{"employee": "E1"}, {"contact": contact}],
        }  # fmt: skip
        run_sync(self.store, append, [event], now=self.wall, received_at=self.wall, receipt=event_id)

    def round(self) -> Round:
        """The next round, a while later."""
        self.wall += timedelta(seconds=15)
        return work_round(self.store, self.settings, self.job, lambda: self.wall, USUAL_LIMITS)

    @property
    def settings(self) -> Settings:
        """Of this home."""
        return Settings.model_construct(home=self.home, now=None)

    def ties(self) -> list[str]:
        """Contacts whom Eva knows."""
        return [row["name"] for row in self.store.read(TIES)]

    def state(self) -> tuple[str, str]:
        """How the work stands."""
        found = run_sync(self.store, work_standing, self.wall)
        return found.state, found.shown


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """The folder with the company's files."""
    made = Office(store, tmp_path)
    for name, content in FILES.items():
        made.put(name, content)
    return made


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
    assert office.state()[0] == "ok"
    office.wall += 2 * LATE
    assert office.state()[0] == "late"


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
