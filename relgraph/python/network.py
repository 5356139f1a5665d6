"""A company as a networkx graph, for algorithms that are written for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

NODES = {
    "Customer": ("customers", "customer_id"),
    "Contact": ("contacts", "contact_id"),
    "Employee": ("employees", "employee_id"),
    "Product": ("products", "product_id"),
}
"""Label → its frame and key. A node is named by both, such as `Customer:erp:C1`."""
SHOWN = ("name", "industry", "region", "country", "family", "title", "seniority", "team")


@dataclass(frozen=True)
class Edges:
    """Edges of one kind: labels of both ends, rows, the columns with the ends' ids and those shown."""

    kind: str
    start: str
    end: str
    rows: pd.DataFrame
    ends: tuple[str, str]
    shown: tuple[str, ...] = ()


def network(frames: Mapping[str, pd.DataFrame]) -> "nx.MultiDiGraph[str]":
    """Customers, their people, ours and products, as typed nodes, with what stands now between them.

    Nodes have `kind`, `id` and what is known of `SHOWN`. Edges have the key and `kind` `BOUGHT` (with
    `orders`, `quantity`), `WORKS_AT`, `HAS_ROLE` (`role`, `stance`), `OWNS`, `PARENT_OF`, `PARTNER_OF`,
    `REFERRED` and `KNOWS` (`strength`, 0…1; a snapshot has none).
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for label, (name, key) in NODES.items():
        for row in _rows(frames[name], (key,), SHOWN):
            made.add_node(f"{label}:{row[key]}", kind=label, id=row.pop(key), **row)
    for edges in _edges(frames):
        _add(made, edges)
    return made


def _add(made: "nx.MultiDiGraph[str]", edges: Edges) -> None:
    """Add the edges whose ends are both there; two of one kind between the same nodes are one."""
    start, end = edges.ends
    for row in _rows(edges.rows, edges.ends, edges.shown):
        source, target = f"{edges.start}:{row.pop(start)}", f"{edges.end}:{row.pop(end)}"
        if source in made and target in made:
            made.add_edge(source, target, key=edges.kind, kind=edges.kind, **row)


def _edges(frames: Mapping[str, pd.DataFrame]) -> Iterator[Edges]:
    jobs, roles, owners, links = (_standing(frames[name]) for name in ("jobs", "roles", "owners", "links"))
    bought = ("orders", "quantity")
    yield Edges("BOUGHT", "Customer", "Product", _bought(frames), ("customer_id", "product_id"), bought)
    people = ("contact_id", "customer_id")
    yield Edges("WORKS_AT", "Contact", "Customer", jobs, people, ("title", "seniority"))
    yield Edges("HAS_ROLE", "Contact", "Customer", roles, people, ("role", "stance", "influence"))
    yield Edges("OWNS", "Employee", "Customer", owners, ("employee_id", "customer_id"))
    for kind in ("parent_of", "partner_of", "referred"):
        rows = links[links["kind"] == kind]
        yield Edges(kind.upper(), "Customer", "Customer", rows, ("start_id", "end_id"))
    if "ties" in frames:
        known = ("strength", "interactions")
        yield Edges("KNOWS", "Employee", "Contact", frames["ties"], ("employee_id", "contact_id"), known)


def _bought(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Per customer and product the number of orders and the quantity; returns are left out."""
    lines, orders = frames["lines"], frames["orders"]
    sales = orders.loc[orders["kind"] != "return", ["order_id", "customer_id"]]
    sold = lines[["order_id", "product_id", "quantity"]].merge(sales, on="order_id")
    pairs = sold[~(sold["quantity"] <= 0)].groupby(["customer_id", "product_id"])
    return pairs.agg(orders=("order_id", "nunique"), quantity=("quantity", "sum")).reset_index()


def _standing(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["valid_to"].isna()]


def _rows(frame: pd.DataFrame, needed: tuple[str, ...], shown: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows with the columns needed, and what is known of those shown."""
    columns = [*needed, *(column for column in shown if column in frame)]
    for row in frame[columns].astype(object).to_dict("records"):
        yield {str(name): value for name, value in row.items() if name in needed or not pd.isna(value)}
