"""A company for Python: frames, read-only Cypher, the graph, from both engines and from a snapshot."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import relgraph
from gnn.snapshot.folder import keep
from graph.clock import fixed_clock, keep_clock
from graph.errors import UsageError
from graph.store import NotReadOnly, QueryFailed, Store
from relgraph.explore import knows
from relgraph.python.company import Company
from relgraph.python.frames import FrameUnknown
from relgraph.python.source import Home, NoGraphHere
from relgraph.settings import Settings
from tests.gnn.synthetic import START, company, full
from tests.gnn.test_store import load_dealings, load_orders, node, part
from tests.notebooks.test_explore import tie

NOW = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Iterator[Company]:
    """Six customers with orders and one of everything else; the second interaction is one employee's own."""
    load_orders(store, company(customers=6))
    load_dealings(store)
    store.upsert_nodes("Customer", [node("C000", name="Otis", x_tier="gold", x_seats=12)])
    store.upsert_nodes("Contact", [node("p1", name="Ada")])
    store.upsert_nodes("Employee", [node("e1", name="Bo", team="north")])
    store.upsert_nodes("Ticket", [node("t1", subject="Pump leaks")])
    store.upsert_nodes("Interaction", [node("i2", at="2024-03-01T00:00:00+00:00", visibility="owner")])
    store.upsert_parts("FOR", "Interaction", "Customer", [part("i2", "C000")])
    store.upsert_facts("KNOWS", "Employee", "Contact", [tie("e1", "p1", 0.5)])
    keep_clock(store, fixed_clock(NOW), NOW)
    with Company(Home(store, Settings(RELGRAPH_HOME=tmp_path))) as made:
        yield made


def test_frames_have_names_attributes_texts_and_both_ends(loaded: Company) -> None:
    frames = loaded.frames()
    customer = frames.customers.set_index("customer_id").loc["C000"]
    assert (customer["name"], customer["x_tier"], customer["x_seats"]) == ("Otis", "gold", 12)
    assert frames["contacts"][["name", "customer", "seniority"]].values.tolist() == [["Ada", "Otis", "vp"]]
    assert frames["employees"][["name", "team"]].values.tolist() == [["Bo", "north"]]
    assert frames["tickets"][["subject", "customer", "product_id"]].values.tolist() == [
        ["Pump leaks", "Otis", "P02"]
    ]
    assert frames["ties"][["employee", "contact"]].values.tolist() == [["Bo", "Ada"]]
    stated = frames["roles"].query("basis != 'inferred'")
    assert set(stated["role"]) == {"champion", "blocker"}
    lines = frames["lines"]
    assert set(lines["customer_id"]) == {f"C{number:03d}" for number in range(6)}
    assert lines["product"].str.startswith("Product ").all()
    assert lines.groupby("order_id").size().sum() == 3 * len(frames["orders"])
    with pytest.raises(FrameUnknown, match="there are customers"):
        frames["people"]


def test_frames_hold_only_what_everybody_may_see(loaded: Company) -> None:
    assert loaded.frames()["interactions"]["interaction_id"].tolist() == ["i1"]
    assert loaded.frames()["participations"]["person"].tolist() == ["Ada"]


@pytest.mark.query("explore.knows")
def test_every_tie_is_told_as_of_now(loaded: Company) -> None:
    (row,) = knows(loaded._source.store, NOW)
    assert (row["employee_id"], row["contact_id"], row["interactions"]) == ("e1", "p1", 3)
    assert row["strength"] == pytest.approx(0.5)


def test_a_query_answers_with_named_columns(loaded: Company) -> None:
    text = "MATCH (c:Customer) WHERE c.name = $name RETURN c.customer_id AS id, c.x_tier AS tier"
    assert loaded.query(text, name="Otis").to_dict("records") == [{"id": "C000", "tier": "gold"}]
    words = "RETURN 'CREATE' AS said, {`set`: 1, merge: 2}.merge AS merged // DELETE nothing"
    assert loaded.query(words).to_dict("records") == [{"said": "CREATE", "merged": 2}]
    with pytest.raises(QueryFailed, match="takes"):
        loaded.query(text)
    with pytest.raises(QueryFailed):
        loaded.query("MATCH (c:Customer RETURN c")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Customer {customer_id: 'new'})",
        "MATCH (c:Customer) SET c.name = 'x' RETURN c.name AS n",
        "match (c:Customer)\nset\nc.name = 'x'",
        "MATCH (c:Customer) DETACH/**/DELETE c",
        "MERGE (:Customer {customer_id: 'new'}) RETURN 1 AS one",
        "MATCH (c:Customer) REMOVE c.name",
        "MATCH (c:Customer) FOREACH (x IN [1] | SET c.name = 'x')",
        "MATCH (c:Customer) \\u0053ET c.name = 'x'",
        "CALL db.create.setNodeVectorProperty(null, 'a', [])",
        "CALL `db.labels`()",
        "LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row",
        "RETURN 1 AS a //\rUNION LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row[0] AS a",
        "DROP INDEX nothing IF EXISTS",
    ],
)
def test_a_query_that_writes_is_refused(loaded: Company, text: str) -> None:
    count = "MATCH (c:Customer) RETURN count(c) AS n, count(c.name) AS named, max(c.name) AS last"
    before = loaded.query(count)
    with pytest.raises(NotReadOnly, match="the query is refused"):
        loaded.query(text)
    assert loaded.query(count).equals(before)


def test_what_the_check_of_words_misses_is_rolled_back(
    loaded: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.reading.WRITING", frozenset())
    with pytest.raises((NotReadOnly, QueryFailed)):
        loaded.query("CREATE (:Customer {customer_id: 'new'})")
    assert loaded.query("MATCH (c:Customer {customer_id: 'new'}) RETURN c").empty


def test_the_graph_as_networkx(loaded: Company) -> None:
    graph = loaded.networkx()
    assert graph.nodes["Customer:C000"]["name"] == "Otis"
    assert graph["Contact:p1"]["Customer:C000"]["WORKS_AT"]["seniority"] == "vp"
    assert graph["Employee:e1"]["Contact:p1"]["KNOWS"]["strength"] == pytest.approx(0.5)
    assert nx.has_path(graph, "Employee:e1", "Customer:C000")
    bought = {(a, b) for a, b, kind in graph.edges(keys=True) if kind == "BOUGHT"}
    lines = loaded.frames()["lines"]
    pairs = zip(lines["customer_id"], lines["product_id"], strict=True)
    assert bought == {(f"Customer:{c}", f"Product:{p}") for c, p in pairs}


def test_the_graph_as_hetero_data(loaded: Company) -> None:
    data = loaded.hetero(horizon_days=60)
    assert data["customer"].x.shape == (6, len(data["customer"].feature_names))
    edge = data["product", "bought_by", "customer"]
    source, target = edge.edge_index.numpy()
    pairs = {(data["customer"].ids[c], data["product"].ids[p]) for p, c in zip(source, target, strict=True)}
    lines = loaded.frames()["lines"]
    assert pairs == set(zip(lines["customer_id"], lines["product_id"], strict=True))
    assert data["contact"].ids == ["p1"]


def test_a_snapshot_is_a_company_without_an_engine(tmp_path: Path) -> None:
    cutoff = (START + pd.Timedelta(days=300)).to_pydatetime().replace(tzinfo=UTC)
    keep(full(), cutoff, tmp_path / "snap")
    with relgraph.open(tmp_path / "snap") as made:
        assert made.now == cutoff
        assert made.home is None
        frames = made.frames()
        assert frames.orders["at"].max() < pd.Timestamp(cutoff).tz_localize(None)
        assert set(frames.customers["industry"]) == {"Optics", "Pumps"}
        assert made.networkx().number_of_nodes() > 80
        assert made.hetero(60)["customer"].x.shape[0] == 80
        with pytest.raises(NoGraphHere, match="snapshot"):
            made.query("RETURN 1 AS one")
    with pytest.raises(UsageError, match="holds no snapshot"):
        relgraph.open(tmp_path)


def test_opening_a_company_loads_no_torch() -> None:
    code = (
        "import relgraph, sys; relgraph.open; import relgraph.python.opening; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.slow
def test_the_home_of_the_settings_is_opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELGRAPH_HOME", str(home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with relgraph.open() as made:
        assert made.home == home
        assert made.query("MATCH (c:Customer) RETURN count(c) AS n")["n"].tolist() == [0]
        assert made.frames()["customers"].empty
