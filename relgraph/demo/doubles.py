"""How well linking finds the companies that stand twice in the simulated exports."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from graph.clock import data_now
from graph.history import History
from graph.merge.suspend import Clerk
from graph.service import run_sync
from graph.store import Store
from ingest.resolve.components import components
from ingest.resolve.linking.anew import records_of
from ingest.resolve.linking.config import LinkConfig
from ingest.resolve.linking.run import Mode, link_graph
from ingest.resolve.metrics import Labels, pair_agreement
from relgraph.demo.company import Company
from simulate.oracle import true_doubles

Pairs = Iterable[tuple[str, str]]


def doubled_companies(store: Store, history: History, company: Company) -> dict[str, Any]:
    """Precision and recall, over pairs of records, of what linking by defaults calls one company.

    Nothing is merged, so that every record keeps the id by which the other truths know it.
    """
    clerk = Clerk("link", run_sync(store, data_now), datetime.now(UTC))
    mode = Mode(dry=True, trained=True)
    (report,) = link_graph(store, history.connection, LinkConfig(), clerk, mode, kinds=["Customer"])
    place = {key: row for row, key in enumerate(records_of(history.connection, "Customer")["customer_id"])}
    planted = _clusters(_planted(store, place, company), place)
    found = _clusters(((keep, other) for keep, other, _ in report.merged), place)
    agreement = pair_agreement(found, planted).as_dict()
    return {**agreement, "found": len(report.merged), "review": report.review, "records": report.records}


def _planted(store: Store, customers: Mapping[str, int], company: Company) -> Pairs:
    """The customers of the graph that stand for one company, in pairs."""
    doubles = [(f"{system}:{one}", f"{system}:{two}") for system, one, two in true_doubles(company.truth)]
    keys = {f"Customer|{key}": key for pair in doubles for key in pair if key not in customers}
    rows = store.read("alias.resolve_each", alias_ids=sorted(keys))
    own = {keys[row["alias_id"]]: row["id"] for row in rows}
    for one, two in doubles:
        yield own.get(one, one), own.get(two, two)


def _clusters(pairs: Pairs, place: Mapping[str, int]) -> Labels:
    """Of each record the cluster that these pairs put it in."""
    rows = [(place[one], place[two]) for one, two in pairs]
    return components(len(place), np.array(rows, dtype=np.int64).reshape(-1, 2))
