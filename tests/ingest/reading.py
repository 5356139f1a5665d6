"""A whole graph as comparable values, without what differs between two equal loads."""

from typing import Any

from cypher import Query
from graph.store import Store

RUN_MARKS = ("run_id", "loaded_at")
BOOKKEEPING = ("Change", "Run", "Migration", "Database")


def contents(store: Store) -> tuple[set[str], set[str]]:
    """Every node and every relationship with its ends, as text."""
    nodes = _ask(store, "MATCH (n) RETURN labels(n)[0] AS label, n AS shown")
    links = _ask(store, "MATCH (a)-[r]->(b) RETURN a AS start, type(r) AS type, r AS shown, b AS end")
    return (
        {f"{row['label']} {_told(row['shown'])}" for row in nodes if row["label"] not in BOOKKEEPING},
        {f"{_told(row['start'])} {row['type']} {_told(row['shown'])} {_told(row['end'])}" for row in links},
    )


def _ask(store: Store, text: str) -> list[dict[str, Any]]:
    return store.read(Query("test.ask", text, frozenset(), "read"))


def _told(properties: dict[str, Any]) -> str:
    return str(sorted((name, str(item)) for name, item in properties.items() if name not in RUN_MARKS))
