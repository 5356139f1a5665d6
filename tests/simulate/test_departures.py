"""People who left, found by signs in the exports and measured against the truth of the simulated company."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cypher import Query
from graph import migrations
from graph.departure import SURE
from graph.derive.run import derive
from graph.store import EngineConfig, Store, open_store
from ingest.mapping.read import read_mapping
from ingest.run import ingest
from simulate import MAPPING, SimulationConfig
from tests.conftest import wipe
from tests.simulate.world import rows, simulated

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = SimulationConfig(60, 4)
SHOWN = Query(
    "test.shown",
    """MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer)
    WHERE w.valid_to IS NULL
    RETURN p.contact_id AS contact_id, c.customer_id AS customer_id,
      COLLECT { MATCH (p)-[g:DEPARTED]->(c) RETURN g.confidence } AS gone""",
    frozenset(),
    "read",
    "all",
)


@pytest.fixture(scope="module")
def derived(
    engine_config: EngineConfig, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Path, Path]]:
    """The exports loaded and derived, with their folder and that of the truth."""
    home = tmp_path_factory.mktemp("home")
    out, truth, _ = simulated(CONFIG)
    with open_store(engine_config) as store:
        migrations.migrate(store)
        wipe(store)
        ingest(store, read_mapping(MAPPING), out, home, NOW)
        derive(store)
        yield store, out, truth


def test_who_left_is_found_and_hardly_anybody_else(derived: tuple[Store, Path, Path]) -> None:
    store, out, truth = derived
    jobs = pq.read_table(truth / "jobs.parquet").to_pylist()
    last = {f"crm:{job['contact_id']}": bool(job["to"]) for job in sorted(jobs, key=lambda job: job["from"])}
    shown = store.read(SHOWN)
    left = {row["contact_id"] for row in shown if last.get(row["contact_id"])}
    found = {row["contact_id"] for row in shown if any(sure >= SURE for sure in row["gone"])}
    precision, recall = len(found & left) / len(found), len(found & left) / len(left)
    print(f"shown as current {len(shown)}, truly left {len(left)}, flagged {len(found)};")
    print(f"precision {precision:.3f}, recall {recall:.3f}")
    assert len(left) >= 3
    assert precision >= 0.9
    assert recall >= 0.9
    assert sum(row["IsEmailBounced"] == "true" for row in rows(out / "crm/Contact.csv")) > len(found)
