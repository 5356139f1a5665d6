"""A small company's watched folder, and rounds of the worker on it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cypher import Query
from graph.duckdb_limits import USUAL_LIMITS
from graph.inbox.append import append
from graph.service import run_sync
from graph.store import Store
from graph.work.standing import work_standing
from relgraph.settings import Settings
from relgraph.work.job import Job, Round
from relgraph.work.round import work_round
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
