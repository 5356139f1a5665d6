"""`python -m bench.relations`: how well ties, leavers, roles and superiors agree with a simulated company.

Of ties it is told how well their strength tells apart the pairs of one of us and a contact that truly mailed
more than the median pair from the others.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any, Protocol

import numpy as np
import pandas as pd
import typer
from scipy.stats import spearmanr

from bench.engines import bed
from cypher import Query
from gnn.evaluate.classification import auc
from graph.departure import SURE
from graph.store import Store, open_store
from graph.tie.strength import decayed
from relgraph.demo.closeness import chains_of_deals, decision_makers, reporting_lines
from relgraph.demo.company import Company, simulated_key
from relgraph.demo.roles import roles
from simulate import MAPPING, SimulationConfig, simulate
from simulate.config import DEFAULT_END
from simulate.oracle import true_ties

TIES = Query(
    "bench.ties",
    "MATCH (e:Employee)-[k:KNOWS]->(p:Contact) RETURN e.employee_id AS employee, p.contact_id AS contact, "
    "k.strength AS strength, k.derived_at AS derived_at, k.half_life_days AS half_life",
    frozenset(),
    "read",
)
JOBS = Query(
    "bench.jobs",
    "MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer) WHERE w.valid_to IS NULL AND w.known_to IS NULL "
    "RETURN DISTINCT p.contact_id AS contact, "
    "COLLECT { MATCH (p)-[g:DEPARTED]->(c) RETURN g.confidence } AS gone",
    frozenset(),
    "read",
)


class Reader(Protocol):
    """The part of a store that is needed."""

    def read(self, query: Query, /) -> list[dict[str, Any]]:
        """Rows of a read query."""


def main(
    customers: Annotated[int, typer.Option(min=100, help="Size of the company.")] = 300,
    seed: Annotated[int, typer.Option(help="Which company.")] = 7,
) -> None:
    """Print each figure beside its goal."""
    at = datetime.combine(DEFAULT_END, time(23, 59, 59), UTC)
    with tempfile.TemporaryDirectory(prefix="relgraph-relations-") as name:
        folder = Path(name)
        company = Company(folder / "exports", folder / "truth")
        simulate(SimulationConfig(customers, seed), *company)
        with bed("embedded", folder / "home") as engine:
            engine.relgraph(
                "ingest", str(company.exports), "--mapping", str(MAPPING), "--now", at.isoformat()
            )
            engine.relgraph("derive")
            with open_store(engine.config) as store:
                lines = (
                    of_ties(store, company, at),
                    of_leavers(store, company),
                    *of_chains(store, company, at),
                )
    for line in lines:
        typer.echo(line)


def of_ties(store: Reader, company: Company, at: datetime) -> str:
    """Over all pairs that truly mailed; a pair without a tie has strength 0."""
    strength = {
        (simulated_key(row["employee"]), simulated_key(row["contact"])): decayed(
            row["strength"], row["derived_at"], at, row["half_life"]
        )
        for row in store.read(TIES)
    }
    mails = true_ties(company.truth)
    said, truly = np.array([(strength.get(pair, 0.0), count) for pair, count in mails.items()]).T
    many = (truly > np.median(truly)).astype(np.float64)
    return (
        f"ties: {len(mails):,} pairs; strong from weak AUC {auc(many, said):.3f} (goal .85), "
        f"rank correlation with mails {spearmanr(said, truly).statistic:.3f}"
    )


def of_leavers(store: Reader, company: Company) -> str:
    """Of the people shown as current, who had truly left, and whom the graph says to have left."""
    jobs = pd.read_parquet(company.truth / "jobs.parquet").sort_values("from")
    last = jobs.drop_duplicates("contact_id", keep="last")
    gone = last[last["to"] != ""]["contact_id"]
    shown = store.read(JOBS)
    current = {simulated_key(row["contact"]) for row in shown}
    left = current & set(gone.astype(str))
    said = {simulated_key(row["contact"]) for row in shown if any(sure >= SURE for sure in row["gone"])}
    precision, recall = (len(said & left) / max(len(these), 1) for these in (said, left))
    return (
        f"leavers: {len(left)} of {len(current):,} people shown as current had left, {len(said)} are said "
        f"to have; precision {precision:.3f} (goal .90), recall {recall:.3f} (goal .70)"
    )


def of_chains(store: Store, company: Company, at: datetime) -> Iterator[str]:
    """Roles, first deciders and superiors, as the demo tells them."""
    deals = chains_of_deals(store, at)
    parts, first = roles(deals, company), decision_makers(deals, company)
    inferred, title = parts.inferred, parts.by_title
    yield (
        f"roles that nobody stated: {parts.asked}, F1 {inferred.micro:.3f} (mean of roles "
        f"{inferred.macro:.3f}), by title alone {title.micro:.3f} ({title.macro:.3f})"
    )
    yield f"first decider: {first.right} of {first.answered} right, {first.known} deals"
    for basis, share in reporting_lines(store, company).items():
        if share.answered:
            yield f"superiors, {basis}: {share.right:,} of {share.answered:,} right ({share.precision:.3f})"


if __name__ == "__main__":
    typer.run(main)
