"""Reading the history from a graph, on both engines, with companies that no load has written."""

from random import Random
from typing import Any

import pytest

from cypher import Query
from graph.history import TABLES, pages, read_history
from graph.store import QueryTimeout, Store
from tests.graph.random_company import random_company
from tests.graph.world import NOW, World, ago
from tests.histories import seeds


def rows(history: Any, name: str) -> list[dict[str, Any]]:
    """All rows of a view, sorted."""
    relation = history.connection.view(name)
    found = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    return sorted(found, key=str)


def company() -> World:
    world = World()
    world.customer("acme", created_at=ago(900), x_tier="gold", x_size=3, employees=12, domains=["acme.com"])
    world.customer("bolt")
    world.node("Product", "p", name="Pump", list_price=3)
    world.contact("ann", "acme", title="CEO")
    world.employee("eve")
    world.opportunity("d1", "acme", amount=10.5)
    world.role("ann", ("Opportunity", "d1"), "champion", stance=2)
    world.role("ann", ("Customer", "acme"), "decision_maker", source="derive")
    world.fact("OWNS", ("Employee", "eve"), ("Customer", "acme"))
    world.tie(("Employee", "eve"), ("Contact", "ann"), 0.5)
    world.order("o1", "acme", ago(10.25), [("p", 2.0, 6.0), ("p", -1, -3)])
    world.met(
        "m1",
        ago(5),
        [("Contact", "ann", "from"), ("Employee", "eve", "to")],
        visibility="owner",
        owner_id="eve",
    )
    world.part("FOR", ("Interaction", "m1"), ("Customer", "acme"))
    world.part("ABOUT", ("Interaction", "m1"), ("Opportunity", "d1"))
    return world


@pytest.mark.query("history.edges_of_start", "history.edges_of_end", "history.ids", "history.nodes")
def test_every_row_stands_typed_in_its_view(store: Store) -> None:
    company().load(store)
    with read_history(store) as history:
        assert history.position == 0
        acme, bolt = rows(history, "node_customer")
        assert acme | {"position": 0} == acme
        assert (acme["customer_id"], acme["employees"], acme["domains"]) == ("acme", 12, ["acme.com"])
        assert acme["created_at"] == ago(900).replace(tzinfo=None)
        assert acme["attributes"] == '{"x_size":3,"x_tier":"gold"}'
        assert (bolt["domains"], bolt["attributes"], bolt["ended_at"]) == (None, None, None)
        (product,) = rows(history, "node_product")
        assert repr(product["list_price"]) == "3.0"
        first, second = sorted(rows(history, "edge_contains"), key=lambda row: row["line"])
        assert list(first)[:4] == ["start_label", "start_id", "end_label", "end_id"]
        assert (first["start_label"], first["start_id"], first["end_id"]) == ("Order", "o1", "p")
        assert [(row["line"], row["quantity"], row["amount"]) for row in (first, second)] == [
            (1, 2.0, 6.0),
            (2, -1.0, -3.0),
        ]
        (order,) = rows(history, "node_order")
        assert order["ordered_at"] == ago(10.25).replace(tzinfo=None)
        (placed,) = rows(history, "edge_placed")
        assert (placed["start_label"], placed["start_id"], placed["end_id"]) == ("Customer", "acme", "o1")


def test_edges_name_the_label_of_both_ends(store: Store) -> None:
    company().load(store)
    with read_history(store) as history:
        part = {
            (row["start_label"], row["start_id"], row["part"])
            for row in rows(history, "edge_participated_in")
        }
        assert part == {("Contact", "ann", "from"), ("Employee", "eve", "to")}
        about = [(row["start_label"], row["end_label"]) for row in rows(history, "edge_about")]
        assert about == [("Interaction", "Opportunity")]
        of = {(row["start_label"], row["start_id"]) for row in rows(history, "edge_for")}
        assert of == {("Opportunity", "d1"), ("Interaction", "m1")}


def test_what_derive_made_stays_out_and_what_is_hidden_stands(store: Store) -> None:
    company().load(store)
    with read_history(store) as history:
        (role,) = rows(history, "edge_has_role")
        assert (role["end_label"], role["role"], role["stance"]) == ("Opportunity", "champion", 2)
        assert "edge_knows" not in TABLES
        (met,) = rows(history, "node_interaction")
        assert (met["visibility"], met["owner_id"]) == ("owner", "eve")


def test_an_empty_graph_has_all_views(store: Store) -> None:
    with read_history(store) as history:
        assert [name for name in TABLES if rows(history, name)] == []
        assert history.changed_since(-1).fetchall() == []


@pytest.mark.query("history.changes")
def test_the_position_counts_what_was_written_except_by_derive(store: Store) -> None:
    change = {"at": NOW.isoformat(), "kind": "load.Order", "count": 1}
    store.upsert_nodes("Change", [{"id": "a", "props": change | {"actor": "ingest"}}])
    store.upsert_nodes("Change", [{"id": "b", "props": change | {"actor": "derive"}}])
    company().load(store)
    with read_history(store) as history:
        assert history.position == 1
        assert {row["position"] for row in rows(history, "edge_contains")} == {1}
        assert history.changed_since(1).fetchall() == []
        kinds = {row[0] for row in history.changed_since(0).fetchall()}
        assert {"node_order", "edge_contains", "edge_works_at"} <= kinds


SEEN = Query(
    "test.seen",
    "MATCH (i:Interaction) WHERE {{rule}} RETURN i.interaction_id AS id".replace(
        "{{rule}}", "coalesce(i.visibility, 'company') = 'company'"
    ),
    frozenset(),
    "read",
)


@pytest.mark.parametrize("seed", seeds(2))
def test_the_company_rule_is_that_of_the_graph(store: Store, seed: int) -> None:
    random_company(Random(seed)).load(store)
    with read_history(store) as history:
        seen = history.connection.view("node_interaction").filter("seen_by_company(visibility)")
        ours = {row[0] for row in seen.project("interaction_id").fetchall()}
    assert ours == {row["id"] for row in store.read(SEEN)}
    assert ours


class Impatient:
    """A store that lets no page of more than two ids through."""

    def __init__(self, store: Store) -> None:
        self.stream = store.stream
        self._store = store

    def read(self, query: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        if len(params.get("ids", ())) > 2 or params.get("size", 0) > 4:
            raise QueryTimeout("history.edges_of_start", "it ran longer than the limit")
        return self._store.read(query, **params)


def test_a_page_that_meets_the_limit_is_asked_again_in_halves(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    company().load(store)
    world = World()
    for number in range(11):
        world.order(f"more{number}", "acme", ago(number), [("p", 1.0, 1.0)] * 3)
    world.load(store)
    monkeypatch.setattr(pages, "IDS", 9)
    monkeypatch.setattr(pages, "LEAST_IDS", 1)
    with read_history(store) as whole, read_history(Impatient(store)) as halves:
        for name in TABLES:
            assert rows(whole, name) == rows(halves, name)
        assert len(rows(halves, "node_order")) == 12
