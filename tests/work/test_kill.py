"""The worker is killed at random moments; when it is run again, nothing is lost and nothing stands twice."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from graph.census import take
from graph.inbox.append import append
from graph.service import run_sync
from graph.store import Store
from tests.conftest import wipe
from tests.ingest.reading import BOOKKEEPING, contents
from tests.work.office import FILES, MAPPING, WALL

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("RELGRAPH_KILLS", "2"))
"""How many moments; `make soak` tries a hundred."""
LONGEST_S = 12.0
"""A round is over by then on an idle machine; the moments are drawn from this time."""


class Desk:
    """A watched folder, posted events and a home, worked on by processes."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.home = store, folder, store.config.home

    def fill(self) -> None:
        """Files that nobody writes to, and events."""
        self.folder.mkdir(exist_ok=True)
        calls = "".join(f"K{n},2026-03-0{1 + n % 9}T10:00:00Z,E1,C{1 + n % 2}\n" for n in range(4_000))
        files = FILES | {"calls-1.csv": "id,at,ours,theirs\n" + calls}
        for name, content in files.items():
            (self.folder / name).write_text(content, encoding="utf-8")
            os.utime(self.folder / name, (1, 1))
        (self.folder / "mapping.yml").write_text(MAPPING, encoding="utf-8")
        events = [
            {
                "id": str(n), "source": "crm", "kind": "interaction", "at": "2026-03-10T09:00:00Z",
                "channel": "call", "participants": [{"employee": "E1"}, {"contact": f"C{1 + n % 2}"}],
            }
            for n in range(300)
        ]  # fmt: skip
        run_sync(self.store, append, events, now=WALL, received_at=WALL, receipt="desk")

    def work(self) -> subprocess.Popen[bytes]:
        """One round as a process of its own."""
        config = self.store.config
        environment = {name: item for name, item in os.environ.items() if not name.startswith("NEO4J_")}
        environment["RELGRAPH_HOME"] = str(self.home)
        if config.uri is not None:
            environment |= {"NEO4J_URI": config.uri, "NEO4J_USER": config.user}
            environment |= {"NEO4J_PASSWORD": config.password or ""}
        options = ["--watch", str(self.folder), "-m", str(self.folder / "mapping.yml"), "--once"]
        return subprocess.Popen(
            [sys.executable, "-m", "relgraph", "work", *options, "--now", "2026-03-10"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def killed_after(self, seconds: float) -> bool:
        """Whether the round had to be killed."""
        with self.work() as process:
            try:
                assert process.wait(seconds) == 0
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        return False

    def done(self) -> tuple[dict[str, int], set[str]]:
        """What stands after a round that nobody disturbs: counts, and every relationship."""
        with self.work() as process:
            assert process.wait(280) == 0
        census = take(self.store)
        nodes = {label: n for label, n in census.nodes.items() if label not in BOOKKEEPING}
        return nodes | census.relationships, contents(self.store)[1]


@pytest.mark.timeout(600 + 60 * KILLS)
def test_killed_at_random_moments_nothing_is_lost_or_doubled(store: Store, tmp_path: Path) -> None:
    desk, draw = Desk(store, tmp_path / "in"), random.Random(7)
    desk.fill()
    whole = desk.done()
    assert whole[0]["Interaction"] == 4_300
    killed = 0
    for _ in range(KILLS):
        wipe(store)
        desk.fill()
        killed += desk.killed_after(draw.uniform(1.0, LONGEST_S))
        assert desk.done() == whole
    assert killed, "every kill came too late to prove anything"
