"""What the history knows of customers, for gaps."""

import duckdb

from graph.gap.known import CustomerSeen, Known
from graph.search.number import host_of
from graph.sql import statement
from graph.sql.run import rows


def known_in(history: duckdb.DuckDBPyConnection) -> Known:
    """Of all customers that have not ended. history: its views."""
    customers = {
        row.pop("customer_id"): CustomerSeen(**(row | {"domain": host_of(row["domain"] or "") or None}))
        for row in rows(history, statement("gap.customers"))
    }
    emails = {row["customer_id"]: tuple(row["emails"]) for row in rows(history, statement("gap.emails"))}
    parents = {row["child"]: row["parent"] for row in rows(history, statement("gap.parents"))}
    return Known(customers, emails, parents)
