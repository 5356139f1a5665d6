"""The exports load through their mapping, on every engine, and every row is accounted for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph import migrations
from graph.store import EngineConfig, Store, open_store
from ingest.mapping.read import read_mapping
from ingest.report import Report
from ingest.run import ingest
from simulate import MAPPING, SimulationConfig
from tests.conftest import wipe
from tests.simulate.world import rows, simulated

pytestmark = pytest.mark.slow

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONFIG = SimulationConfig(60, 4)


@pytest.fixture(scope="module")
def loaded(
    engine_config: EngineConfig, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Report, Path]]:
    """The graph with the exports in it, the report of the run, and its home."""
    home = tmp_path_factory.mktemp("home")
    out, _, _ = simulated(CONFIG)
    with open_store(engine_config) as store:
        migrations.migrate(store)
        wipe(store)
        yield store, ingest(store, read_mapping(MAPPING), out, home, NOW), home


def counted(store: Store) -> dict[str, int]:
    found = [*store.read("store.count_nodes"), *store.read("store.count_relationships")]
    return {next(str(v) for v in row.values() if isinstance(v, str)): row["count"] for row in found}


def test_every_row_is_accounted_for(loaded: tuple[Store, Report, Path]) -> None:
    _, report, _ = loaded
    assert all(found.adds_up for found in report.datasets.values())
    assert report.review == []
    clean = {"erp_customers", "accounts", "partners", "users", "jobs", "products", "meetings"}
    assert clean.isdisjoint(reason["dataset"] for reason in report.reasons)
    assert 0 < report.quarantined < 0.01 * sum(found.read for found in report.datasets.values())


def test_exact_keys_join_and_doubles_stay_two(loaded: tuple[Store, Report, Path]) -> None:
    store, _, _ = loaded
    found = counted(store)
    assert found["Customer"] == 60 + 9  # 15% of 60 stand twice
    out, _, report = simulated(CONFIG)
    assert found["Contact"] == report.rows["crm/Contact.csv"]
    assert found["Product"] == 240
    assert found["Order"] > 0.99 * report.rows["erp/sales_orders.csv"]
    assert found["WORKS_AT"] == report.rows["crm/AccountContactRelation.csv"]
    assert found["PARTNER_OF"] == report.rows["crm/Partner.csv"]
    parents = sum(bool(row["ParentId"]) for row in rows(out / "crm/Account.csv"))
    assert found["PARENT_OF"] == parents


def test_people_are_found_by_address(loaded: tuple[Store, Report, Path]) -> None:
    store, report, _ = loaded
    found = counted(store)
    assert found["PARTICIPATED_IN"] > 2 * found["Interaction"]
    unknown = report.datasets["messages"].without["PARTICIPATED_IN"]
    assert sum(count for why, count in unknown.items() if "empty" not in why) < 0.03 * found["Interaction"]


def test_again_changes_nothing(loaded: tuple[Store, Report, Path]) -> None:
    store, _, home = loaded
    before = counted(store)
    out, _, _ = simulated(CONFIG)
    again = ingest(store, read_mapping(MAPPING), out, home, NOW)
    assert not again.changed
    assert {k: v for k, v in counted(store).items() if k not in ("Run", "Change")} == {
        k: v for k, v in before.items() if k not in ("Run", "Change")
    }
