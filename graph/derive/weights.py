"""How signs of superiors and of roles are weighed, from what is stated at the customers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import duckdb

from graph.buying_role import weights as roles
from graph.derive.behaviour import stated_roles
from graph.derive.choice import Choice
from graph.derive.hierarchy import read_jobs, stated_lines
from graph.reporting_line import superior as lines
from graph.store import Store

LINES = 5_000
"""Stated lines after which learning reads no further customers."""
ROLES = 20_000
"""Stated roles after which it does not."""


def learned(
    store: Store,
    customers: Iterable[Sequence[str]],
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    choice: Choice,
) -> tuple[lines.Weights, roles.RoleWeights]:
    """Those of the choice; what it leaves open is learned from batches of customers, read once for both."""
    of_lines: list[lines.Case] = []
    of_roles: list[roles.Case] = []
    for batch in customers:
        more_lines = choice.weights is None and len(of_lines) < LINES
        more_roles = choice.roles is None and len(of_roles) < ROLES
        if not (more_lines or more_roles):
            break
        jobs = read_jobs(store, batch)
        of_lines += stated_lines(store, jobs, connection, now) if more_lines else ()
        of_roles += stated_roles(connection, jobs, now) if more_roles else ()
    return (
        lines.learn(of_lines) if choice.weights is None else choice.weights,
        roles.learn(of_roles) if choice.roles is None else choice.roles,
    )
